/* index.h: strings to rows. In: lent strings and a row each. Out: the row a string was first put
 * with. Invariant: at most half of the slots are taken. Cost: a hash and, nearly always, one
 * compare. */
#ifndef RHETOR_CUE_INDEX_H
#define RHETOR_CUE_INDEX_H

#include "base/memory.h"

#define INDEX_NONE UINT32_MAX

struct index_slot { const char *text; uint32_t hash, row; };
struct index {              /* zero-initialised */
    struct index_slot *slots;
    uint32_t slot_count, count;
};

/* The row that `text` has already, else `row`, which it has from now on. INDEX_NONE: no memory. */
uint32_t index_put(const struct memory *memory, struct index *index, const char *text,
                   uint32_t row);
uint32_t index_find(const struct index *index, const char *text); /* INDEX_NONE: not there */
void index_free(const struct memory *memory, struct index *index);

#endif
