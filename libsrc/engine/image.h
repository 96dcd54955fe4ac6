/* image.h: the built-in sets as constant data.
 * In (at build time): the model and rules of corpus/patterns. Out: rules_image.c with the rules'
 * tables as arrays, the moves' tables, and the model as bytes, to be laid under a user's sets.
 * Invariant: what is read back is what was written; the bytes depend on the sets alone. Cost: the
 * tables none; the model about a millisecond, only where a user's set is loaded over it. */
#ifndef RHETOR_ENGINE_IMAGE_H
#define RHETOR_ENGINE_IMAGE_H

#include "cue/compile.h"
#include "move/table.h"

/* Compiled built-in moves: constant; lend, do not free. */
const struct moves *moves_builtin(void);

/* Fills a fresh model with the built-in sets; it may then take layers and be compiled. The strings
 * are constant data. E_MEMORY. */
int32_t model_builtin(struct model *model);

extern const unsigned char model_image[];
extern const uint32_t model_image_length;

/* The model as bytes, and back; bytes that are none give E_SET. */
struct model_bytes { VEC(unsigned char) at; };
int32_t model_write(struct model *model, const struct memory *memory, struct model_bytes *out);
int32_t model_read(struct model *model, const unsigned char *bytes, uint32_t length);

/* The engine's numbers, for moves_build. */
struct numbers rules_numbers(const struct rules *rules);

#endif
