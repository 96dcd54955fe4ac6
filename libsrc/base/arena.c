/* arena.c: see arena.h. Invariant: every block but the newest is full or abandoned. */
#include "base/arena.h"

#include <string.h>

enum { BLOCK_MIN = 4096, BLOCK_MAX = 1 << 20, ALIGN = 16 };

struct arena_block {
    struct arena_block *older;
    size_t size; /* of data */
};
enum { HEAD = (sizeof(struct arena_block) + ALIGN - 1) / ALIGN * ALIGN };

void arena_init(struct arena *arena, const struct memory *memory)
{
    arena->memory = memory;
    arena->block = NULL;
    arena->used = 0;
}

void *arena_take(struct arena *arena, size_t size)
{
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (!arena->block || arena->block->size - arena->used < size) {
        size_t next = arena->block ? arena->block->size * 2 : BLOCK_MIN;
        if (next > BLOCK_MAX)
            next = BLOCK_MAX;
        if (next < size)
            next = size;
        struct arena_block *block = memory_take(arena->memory, HEAD + next);
        if (!block)
            return NULL;
        block->older = arena->block;
        block->size = next;
        arena->block = block;
        arena->used = 0;
    }
    void *out = (char *)arena->block + HEAD + arena->used;
    arena->used += size;
    return out;
}

char *arena_text(struct arena *arena, const char *text, size_t length)
{
    char *out = arena_take(arena, length + 1);
    if (!out)
        return NULL;
    if (length)
        memcpy(out, text, length);
    out[length] = 0;
    return out;
}

static void free_from(const struct memory *memory, struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        memory_give(memory, block);
        block = older;
    }
}

void arena_reset(struct arena *arena)
{
    if (arena->block) {
        free_from(arena->memory, arena->block->older);
        arena->block->older = NULL;
    }
    arena->used = 0;
}

void arena_free(struct arena *arena)
{
    free_from(arena->memory, arena->block);
    arena->block = NULL;
    arena->used = 0;
}
