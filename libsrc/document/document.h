/* document.h: one text, its paragraphs in order, and what has to be done to them again.
 *
 * In: the caller's text and edits. Out: rows of every paragraph, and flat views with absolute offsets.
 * Work on a paragraph has two stages. The *near* stage needs its text and what the paragraph before
 * hands on (struct context): tokens, sentences, quotations, words, voice, cues, near figures. The
 * *wide* stage reads the near rows of its neighbours: wide figures, repetition, moves.
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

/* How far the wide stage of a paragraph reads: moves reach at most five paragraphs on. */
enum { REACH_BEFORE = 5, REACH_AFTER = 5 };

enum paragraph_state { NEAR_DUE, WIDE_DUE, DONE };

/* A tag that an edit or a new analysis has replaced, kept until ids are settled. */
struct retired { uint32_t device, start, end, id; };

struct rhetor_document {
    struct rhetor_engine *engine;
    struct memory memory;
    struct segmenter *segmenter;
    struct words words;
    struct names names;
    struct matcher *matcher;
    struct figure_scratch *scratch;
    struct repetition *repetition;

    VEC(struct paragraph *) paragraphs;
    VEC(uint32_t) starts;               /* of each paragraph */
    uint32_t length;
    uint32_t generation;
    uint32_t next_id;
    uint32_t near_lo, near_hi;          /* rows [lo, hi) hold every paragraph whose near stage is due */
    uint32_t wide_lo, wide_hi;          /* ... whose wide stage is due or may be */
    uint32_t bytes_due;                 /* length of paragraphs whose near stage is due */
    const volatile uint32_t *cancel;

    VEC(struct retired) retired;
    rhetor_change change;

    /* Flat views, built when asked for. */
    uint32_t viewed;                    /* generation and stage they show; 0: none */
    VEC(rhetor_tag) tags;
    VEC(rhetor_role) roles;
    VEC(rhetor_quotation) quotations;
    VEC(rhetor_span) sentences;
    VEC(rhetor_span) spans;
    VEC(rhetor_diagnostic) diagnostics;
    struct arena arena;                 /* of the diagnostics' strings */
    char *text;                         /* flat, or NULL */
    VEC(struct tag_place) order;        /* scratch of views: where each shown tag is */
};

struct tag_place { const struct tag *tag; const struct paragraph *paragraph; uint32_t base; bool wide; };

/* paragraphs.c */
struct paragraph *paragraph_make(struct rhetor_document *document, const char *bytes,
                                 uint32_t length, bool first);
void paragraph_free(struct rhetor_document *document, struct paragraph *paragraph);
uint32_t paragraph_at(const struct rhetor_document *document, uint32_t offset);
const char *paragraph_original(const struct paragraph *paragraph);

/* analyse.c */
void near_due(struct rhetor_document *document, uint32_t lo, uint32_t hi);
void retire_tags(struct rhetor_document *document, uint32_t row);

/* view.c */
void views_drop(struct rhetor_document *document);

#endif
