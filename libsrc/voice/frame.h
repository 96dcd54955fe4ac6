/* frame.h: the words around a quotation that say who speaks.
 * In: a scene, token ranges. Out: a frame, or none.
 * Cost: the tokens of the sentence at hand. */
#ifndef RHETOR_VOICE_FRAME_H
#define RHETOR_VOICE_FRAME_H

#include "voice/mention.h"

enum frame_kind { FRAME_NONE, FRAME_SPEECH, FRAME_LABEL /* what follows is a name or a term */ };

struct frame {
    uint8_t kind;
    uint8_t voice;
    uint32_t verb;                 /* token */
    const struct mention *subject; /* NULL: not named */
    const struct mention *addressee;
};

/* A frame in tokens [from, to) for words that begin at `to` (or behind it). */
struct frame frame_before(const struct scene *scene, uint32_t from, uint32_t to);

/* A frame in tokens [from, to) for words that end at `from`. */
struct frame frame_after(const struct scene *scene, uint32_t from, uint32_t to);

/* Indirect script in tokens [from, to): "he can note that ...". *words is the first token of what
 * is to be said. `going_on`: the sentence before is such a one, so that "Say it was ..." is too. */
struct frame frame_indirect(const struct scene *scene, uint32_t from, uint32_t to, bool going_on,
                            uint32_t *words);

#endif
