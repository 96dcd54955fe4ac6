/* memory.c: the default allocator and the growth of arrays. Invariant: on failure nothing changes. */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void *resize_default(void *user, void *old, uint64_t new_size)
{
    (void)user;
    if (new_size == 0) {
        free(old);
        return NULL;
    }
    if (new_size > SIZE_MAX)
        return NULL;
    return realloc(old, (size_t)new_size);
}

const struct memory memory_default = {resize_default, NULL};

void *memory_take(const struct memory *memory, size_t size)
{
    return memory->resize(memory->user, NULL, size ? size : 1);
}

void *memory_zero(const struct memory *memory, size_t size)
{
    void *block = memory_take(memory, size);
    if (block)
        memset(block, 0, size);
    return block;
}

void memory_give(const struct memory *memory, void *block)
{
    if (block)
        memory->resize(memory->user, block, 0);
}

bool memory_grow(const struct memory *memory, void **at, uint32_t *capacity, uint32_t need,
                 size_t element)
{
    uint64_t wanted = *capacity ? (uint64_t)*capacity * 2 : 8;
    while (wanted < need)
        wanted *= 2;
    if (wanted > UINT32_MAX)
        return false;
    void *block = memory->resize(memory->user, *at, wanted * element);
    if (!block)
        return false;
    *at = block;
    *capacity = (uint32_t)wanted;
    return true;
}

void memory_trim(const struct memory *memory, void **at, uint32_t *capacity, uint32_t count,
                 size_t element)
{
    if (*capacity - count <= *capacity / 4)
        return;
    void *block = memory->resize(memory->user, *at, (uint64_t)count * element);
    if (count && !block)
        return;
    *at = block;
    *capacity = count;
}
