/* document.h: a text as paragraphs, what is known of each, and what is still to be done.
 *
 * In: bytes and edits. Out: rows of every kind, with absolute offsets.
 * Work on a paragraph has two stages. The *near* stage needs its text, what the paragraph before
 * hands on (struct context) and the first bytes of the one behind: tokens, sentences, quotations,
 * words, voice, cues, near figures. The *wide* stage reads the near rows of its neighbours: wide
 * figures, repetition, moves.
 * Invariant: the paragraphs tile the text; starts[i] is the offset of paragraph i; a paragraph whose
 * state is DONE has the same rows that a fresh document of the same text would give it. */
#ifndef RHETOR_DOCUMENT_DOCUMENT_H
#define RHETOR_DOCUMENT_DOCUMENT_H

#include "cue/match.h"
#include "engine/engine.h"
#include "figure/figure.h"
#include "figure/repetition.h"
#include "segment/segmenter.h"
#include "voice/name.h"
#include "voice/person.h"

/* How far the wide stage of a paragraph reads, and so how far a change reaches: the more of what
 * moves (MOVE_AFTER) and figures (FIGURE_AROUND) read. */
enum { REACH = 5 };

enum paragraph_state { NEAR_DUE, WIDE_DUE, DONE };

/* A tag that is gone, or is being found again, with the id that its like will get; absolute. */
struct retired { uint32_t device, start, end, id; };
typedef VEC(struct retired) retired_list;

/* Where a shown tag is. */
struct tag_place {
    const struct tag *tag;
    const struct paragraph *paragraph;
    uint32_t base;
    bool window;
};

struct rhetor_document {
    struct rhetor_engine *engine;
    struct memory memory;
    struct segmenter *segmenter;
    struct words words;
    struct names names;
    struct matcher *matcher;
    struct figure_scratch *figure_scratch;
    struct repetition *repetition;
    struct tag_scratch tag_scratch;
    struct move_scratch move_scratch;

    VEC(struct paragraph *) paragraphs;
    VEC(uint32_t) starts;               /* of each paragraph */
    uint32_t length;
    uint32_t generation;
    uint32_t last_id;
    uint32_t near_lo, near_hi;          /* rows [lo, hi) hold every paragraph whose near stage is due */
    uint32_t wide_lo, wide_hi;          /* ... whose wide stage is due */
    uint32_t bytes_due;                 /* of paragraphs whose near stage is due */
    const volatile uint32_t *cancel;

    retired_list retired;               /* of paragraphs that are gone */
    retired_list old;                   /* of the paragraph at hand */
    rhetor_change change;

    /* Flat views, built when asked for. */
    bool viewed, diagnosed, named;
    struct persons persons;             /* where `named` */
    VEC(rhetor_tag) tags;
    VEC(rhetor_role) roles;
    VEC(rhetor_quotation) quotations;
    VEC(rhetor_span) sentences;
    VEC(rhetor_span) spans;
    VEC(rhetor_diagnostic) diagnostics;
    struct arena arena;                 /* of the diagnostics' strings */
    char *text;                         /* flat, or NULL */
};

static inline uint32_t row_start(const struct rhetor_document *document, uint32_t row)
{
    return row < document->starts.count ? document->starts.at[row] : document->length;
}

/* paragraphs.c */
struct paragraph *paragraph_make(struct rhetor_document *document, const char *bytes,
                                 uint32_t length);
void paragraph_free(struct rhetor_document *document, struct paragraph *paragraph);
uint32_t paragraph_at(const struct rhetor_document *document, uint32_t offset); /* its row */
const char *paragraph_original(const struct paragraph *paragraph); /* the caller's bytes */
void rows_due(struct rhetor_document *document, uint32_t lo, uint32_t hi); /* near stage */
void wide_due(struct rhetor_document *document, uint32_t lo, uint32_t hi);
/* Paragraphs [row, row + gone) have become [row, row + fresh): bounds follow. */
void rows_moved(struct rhetor_document *document, uint32_t row, uint32_t gone, uint32_t fresh);

/* ids.c: tags keep their ids where the same device stands over the same words. */
bool ids_retire(struct rhetor_document *document, retired_list *list, uint32_t row, bool window);
void ids_shift(struct rhetor_document *document, uint32_t start, uint32_t old_end, int32_t shift);
void ids_give(struct rhetor_document *document, uint32_t row, bool window);
void change_add(rhetor_change *change, uint32_t start, uint32_t old_end, uint32_t new_end);

/* analyse.c: for repetition_touched; user = the document. */
void paragraph_touched(void *user, struct paragraph *paragraph);

/* view.c */
void views_drop(struct rhetor_document *document);
/* A paragraph's shown tags in order; false at the end. Zero *near and *wide first. */
bool next_shown(const struct rhetor_document *document, const struct paragraph *paragraph,
                uint32_t *near, uint32_t *wide, struct tag_place *out);
bool tag_place(const struct rhetor_document *document, uint32_t id, struct tag_place *out,
               uint32_t *row);
uint32_t copy_rows(const void *rows, uint32_t count, uint32_t size, uint32_t first,
                   uint32_t capacity, uint32_t stride, void *out);
rhetor_tag tag_row(const struct rhetor_document *document, const struct tag_place *place,
                   uint32_t first_role);
rhetor_role role_row(const struct rhetor_document *document, const struct tag_place *place,
                     uint32_t role);
/* Who is who, where it is not known yet; false: no memory. */
bool persons_known(struct rhetor_document *document);

#endif
