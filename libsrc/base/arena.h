/* arena.h: memory that is freed all at once. Cost: a bump; blocks double from 4 KiB to 1 MiB. */
#ifndef RHETOR_BASE_ARENA_H
#define RHETOR_BASE_ARENA_H

#include "base/memory.h"

struct arena_block;
struct arena {
    const struct memory *memory;
    struct arena_block *block; /* newest first */
    size_t used;               /* in the newest */
};

void arena_init(struct arena *arena, const struct memory *memory);
void *arena_take(struct arena *arena, size_t size); /* aligned to 16; NULL: no memory */
char *arena_text(struct arena *arena, const char *text, size_t length); /* copy with a NUL */
void arena_reset(struct arena *arena); /* keeps the newest block */
void arena_free(struct arena *arena);

#endif
