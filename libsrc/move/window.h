/* window.h: what move.c, series.c and count.c share: the paragraphs around the anchor, and
 * emitting. All offsets are bytes from the anchor's first byte; what lies before it is never
 * emitted. */
#ifndef RHETOR_MOVE_WINDOW_H
#define RHETOR_MOVE_WINDOW_H

#include "move/move.h"

/* A tag of a paragraph of the window, in the order of the text. */
struct move_event {
    const struct tag *tag;
    const struct paragraph *paragraph;
    uint32_t base;             /* of its paragraph */
    uint32_t start, end;
    uint32_t sentence;         /* counted from the anchor's first */
    uint32_t behind;           /* paragraphs behind the anchor */
    uint32_t used;             /* 1 + the row of the move that last had it as a part */
};

/* A stretch that a series compares: its words are a run of the scratch's. */
struct move_unit {
    uint32_t start, end;
    uint32_t first_word, word_count;
};
struct move_word { uint32_t type, start, end; uint8_t pos; };

static inline struct paragraph *anchor_of(const struct move_view *view)
{
    return view->paragraphs[view->row];
}

static inline bool is_word_token(const struct token *token)
{
    return token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER;
}

/* Whether a tag is what a target asks for. */
static inline bool hits(uint32_t target, const struct tag *tag)
{
    return target & TARGET_RULE ? tag->rule == (target & ~TARGET_RULE) : tag->device == target;
}

/* Row of the sentence that begins at or before `at`; 0 where none does. */
uint32_t sentence_at(const struct paragraph *paragraph, uint32_t at);

/* Appends a tag to the anchor's window tags; its roles are the window roles from first_role on. */
bool emit(const struct move_view *view, uint8_t kind, uint32_t device, uint32_t rule,
          float log_odds, uint32_t start, uint32_t end, uint32_t read_start, uint32_t read_end,
          uint32_t first_role);

bool series_find(const struct move_view *view, const struct series_row *series);
bool count_find(const struct move_view *view, const struct count_row *count);

/* The units of the anchor (sentences, clauses, lines) in the scratch; false: no memory. */
bool units_find(const struct move_view *view, uint8_t unit);

#endif
