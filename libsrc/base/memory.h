/* memory.h: the caller's allocator, and growable arrays over it.
 * In: sizes. Out: memory or NULL/false; nothing here reports errors in any other way. */
#ifndef RHETOR_BASE_MEMORY_H
#define RHETOR_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct memory {
    void *(*resize)(void *user, void *old, uint64_t new_size);
    void *user;
};

/* realloc and free. */
extern const struct memory memory_default;

void *memory_take(const struct memory *memory, size_t size);
void *memory_zero(const struct memory *memory, size_t size); /* zero-filled */
void memory_give(const struct memory *memory, void *block);  /* NULL is allowed */

/* Makes room for `need` elements of `element` bytes in *at; doubles. False: no memory, *at unchanged. */
bool memory_grow(const struct memory *memory, void **at, uint32_t *capacity, uint32_t need,
                 size_t element);

void memory_trim(const struct memory *memory, void **at, uint32_t *capacity, uint32_t count,
                 size_t element);

/* A growable array: struct { T *at; uint32_t count, capacity; }, zero-initialised. */
#define VEC(T) struct { T *at; uint32_t count, capacity; }
#define vec_room(memory, vec, more)                                                              \
    ((vec)->count + (more) <= (vec)->capacity ||                                                 \
     memory_grow((memory), (void **)&(vec)->at, &(vec)->capacity, (vec)->count + (uint32_t)(more), \
                 sizeof *(vec)->at))
#define vec_push(memory, vec, value)                                                             \
    (vec_room(memory, vec, 1) ? ((vec)->at[(vec)->count++] = (value), true) : false)
/* Gives back room that is not needed, where it is more than a quarter. */
#define vec_trim(memory, vec)                                                                    \
    memory_trim((memory), (void **)&(vec)->at, &(vec)->capacity, (vec)->count, sizeof *(vec)->at)
#define vec_free(memory, vec)                                                                    \
    (memory_give((memory), (vec)->at), (vec)->at = NULL, (vec)->count = (vec)->capacity = 0)

#endif
