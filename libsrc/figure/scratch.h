/* scratch.h: the buffers that figures share: one per document, kept and reused, so that a detector
 * allocates nothing a tag. Every detector empties what it uses before it fills it. */
#ifndef RHETOR_FIGURE_SCRATCH_H
#define RHETOR_FIGURE_SCRATCH_H

#include "figure/clause.h"

/* An n-gram of a paragraph or its neighbours: where it stands (figure/repetition.c). */
struct phrase_place {
    uint32_t hash;
    uint32_t word;  /* row in figure_scratch.places */
    uint32_t next;  /* row of an older phrase in the same slot, or UINT32_MAX */
};

struct figure_scratch {
    const struct memory *memory;
    VEC(struct piece) pieces;
    VEC(struct member) members;
    VEC(struct figure_part) parts;
    VEC(uint32_t) rows;
    VEC(uint32_t) slots;
    VEC(struct word_place) places;
    VEC(struct phrase_place) phrases;
};

#endif
