/* base.h: rules that are compiled already, under a model that was made of them and layers.
 * In: the built-in rules, the model with a user's sets over it. Out: for each of its patterns the row of
 * the compiled one, where nothing that it is made of changed. Invariant: what is taken over is what
 * compiling it anew would give. Cost: a look-up of each name in braces. */
#ifndef RHETOR_CUE_BASE_H
#define RHETOR_CUE_BASE_H

#include "cue/compile.h"

/* Lays the base's texts, lists and tests under the compiler's tables. False: no memory. */
bool base_begin(struct compiler *compiler, const struct rules *rules);
void base_end(struct compiler *compiler);

/* The base's row of a cue, or of an antipattern; NONE: it has to be compiled. */
uint32_t base_cue(const struct compiler *compiler, const struct pattern *pattern);
uint32_t base_anti(const struct compiler *compiler, const struct antipattern *antipattern);

/* A copy of a base's row for this model, without what its rule says of it. */
uint32_t base_take(struct compiler *compiler, uint32_t row);

#endif
