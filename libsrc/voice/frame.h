/* frame.h: the words around a quotation that say who speaks.
 * In: a scene, token ranges. Out: a frame, or none.
 * Cost: the tokens of the sentence at hand. */
#ifndef RHETOR_VOICE_FRAME_H
#define RHETOR_VOICE_FRAME_H

#include "voice/mention.h"

enum frame_kind { FRAME_NONE, FRAME_SPEECH, FRAME_LABEL /* what follows is a name or a term */ };

/* Nobody is named who is to say it: the reader is told to ("Tell him ...", "Answer: ..."), or just
 * somebody ("he should be told that ..."). */
enum frame_order { ORDER_NONE, ORDER_READER, ORDER_ANYBODY };

struct frame {
    uint8_t kind;
    uint8_t voice;
    uint8_t order;                 /* enum frame_order */
    uint8_t advice;                /* what the subject should or could say */
    uint8_t would;                 /* "would", and no condition: habit, of one's own kin */
    uint32_t verb;                 /* token */
    const struct mention *subject; /* NULL: not named */
    const struct mention *addressee;
};

/* A frame in tokens [from, to) for words that begin at `to` (or behind it). */
struct frame frame_before(const struct scene *scene, uint32_t from, uint32_t to);

/* A frame in tokens [from, to) for words that end at `from`. */
struct frame frame_after(const struct scene *scene, uint32_t from, uint32_t to);

/* Indirect script in tokens [from, to): "he can note that ...". [*words, *end) is what is to be
 * said. `going_on`: the sentence before is such a one, so that "Say it was ..." is too; `advised`:
 * the text tells somebody what to say, so that "you could say that ..." is no mere hedge. */
struct indirect {
    bool going_on, advised;
    uint32_t at; /* where to begin to look, in the sentence */
};
struct frame frame_indirect(const struct scene *scene, uint32_t from, uint32_t to,
                            struct indirect how, uint32_t *words, uint32_t *end);

#endif
