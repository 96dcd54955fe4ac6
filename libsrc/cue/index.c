/* index.c: open addressing over FNV-1a. See index.h. */
#include "cue/index.h"

#include <string.h>

static uint32_t hash_text(const char *text)
{
    uint32_t hash = 2166136261u;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash ^ hash >> 15;
}

static struct index_slot *slot_of(const struct index *index, const char *text, uint32_t hash)
{
    for (uint32_t at = hash;; at++) {
        struct index_slot *slot = &index->slots[at & (index->slot_count - 1)];
        if (!slot->text || (slot->hash == hash && !strcmp(slot->text, text)))
            return slot;
    }
}

static bool index_grow(const struct memory *memory, struct index *index)
{
    struct index wider = {.slot_count = index->slot_count ? index->slot_count * 2 : 16,
                          .count = index->count};
    wider.slots = memory_zero(memory, wider.slot_count * sizeof *wider.slots);
    if (!wider.slots)
        return false;
    for (uint32_t i = 0; i < index->slot_count; i++)
        if (index->slots[i].text)
            *slot_of(&wider, index->slots[i].text, index->slots[i].hash) = index->slots[i];
    memory_give(memory, index->slots);
    *index = wider;
    return true;
}

uint32_t index_put(const struct memory *memory, struct index *index, const char *text, uint32_t row)
{
    if (index->count * 2 >= index->slot_count && !index_grow(memory, index))
        return INDEX_NONE;
    uint32_t hash = hash_text(text);
    struct index_slot *slot = slot_of(index, text, hash);
    if (slot->text)
        return slot->row;
    *slot = (struct index_slot){text, hash, row};
    index->count++;
    return row;
}

uint32_t index_find(const struct index *index, const char *text)
{
    if (!index->count)
        return INDEX_NONE;
    const struct index_slot *slot = slot_of(index, text, hash_text(text));
    return slot->text ? slot->row : INDEX_NONE;
}

void index_free(const struct memory *memory, struct index *index)
{
    memory_give(memory, index->slots);
    *index = (struct index){0};
}
