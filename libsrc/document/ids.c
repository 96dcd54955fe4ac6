/* ids.c: which tags are still the same after an edit, and what an edit changed.
 * In: tags that are gone (absolute offsets, shifted as the text was) and tags found anew. Out: ids.
 * Invariant: a tag whose device stands over the same bytes keeps its id; an id is never given twice.
 * Cost: a sort and a search of the tags that are gone. */
#include "document/document.h"

static int order(const struct retired *a, const struct retired *b)
{
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    return a->device < b->device ? -1 : a->device > b->device;
}

/* Shell's: in place, and fast where the list is nearly in order. */
static void sort(retired_list *list)
{
    uint32_t gap = 1;
    while (gap < list->count / 3)
        gap = gap * 3 + 1;
    for (; gap; gap /= 3)
        for (uint32_t i = gap; i < list->count; i++) {
            struct retired row = list->at[i];
            uint32_t at = i;
            for (; at >= gap && order(&list->at[at - gap], &row) > 0; at -= gap)
                list->at[at] = list->at[at - gap];
            list->at[at] = row;
        }
}

bool ids_retire(struct rhetor_document *document, retired_list *list, uint32_t row, bool window)
{
    const struct paragraph *paragraph = document->paragraphs.at[row];
    const struct tag *tags = window ? paragraph->window_tags.at : paragraph->tags.at;
    uint32_t count = window ? paragraph->window_tags.count : paragraph->tags.count;
    uint32_t base = document->starts.at[row];
    if (!vec_room(&document->memory, list, count))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (tags[i].id)
            list->at[list->count++] = (struct retired){tags[i].device, base + tags[i].start,
                                                       base + tags[i].end, tags[i].id};
    sort(list);
    return true;
}

void ids_shift(struct rhetor_document *document, uint32_t start, uint32_t old_end, int32_t shift)
{
    retired_list *list = &document->retired;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < list->count; i++) {
        struct retired row = list->at[i];
        if (row.start < old_end && row.end > start)
            continue;
        if (row.start >= old_end) {
            row.start += (uint32_t)shift;
            row.end += (uint32_t)shift;
        }
        list->at[kept++] = row;
    }
    list->count = kept;
}

/* The id of an equal row, which is taken; 0: none. */
static uint32_t take(retired_list *list, const struct retired *wanted)
{
    uint32_t low = 0, high = list->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (order(&list->at[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < list->count && !order(&list->at[low], wanted); low++)
        if (list->at[low].id) {
            uint32_t id = list->at[low].id;
            list->at[low].id = 0;
            return id;
        }
    return 0;
}

void ids_give(struct rhetor_document *document, uint32_t row, bool window)
{
    struct paragraph *paragraph = document->paragraphs.at[row];
    struct tag *tags = window ? paragraph->window_tags.at : paragraph->tags.at;
    uint32_t count = window ? paragraph->window_tags.count : paragraph->tags.count;
    uint32_t base = document->starts.at[row];
    for (uint32_t i = 0; i < count; i++) {
        struct retired wanted = {tags[i].device, base + tags[i].start, base + tags[i].end, 0};
        tags[i].id = take(&document->old, &wanted);
        if (!tags[i].id)
            tags[i].id = take(&document->retired, &wanted);
        if (!tags[i].id)
            tags[i].id = ++document->last_id;
    }
    document->old.count = 0;
}

/* ---- What changed ------------------------------------------------------------------------------ */

/* Bytes [start, old_end) have become [start, new_end); start == old_end == new_end is a stretch
 * of which nothing moved. */
void change_add(rhetor_change *change, uint32_t start, uint32_t old_end, uint32_t new_end)
{
    int32_t shift = (int32_t)(new_end - old_end);
    if (change->start > change->end || (!change->size && !change->end)) { /* nothing yet */
        *change = (rhetor_change){.size = sizeof *change, .start = start, .end = new_end,
                                  .shift = shift};
        return;
    }
    uint32_t end = change->end < old_end ? new_end : change->end + (uint32_t)shift;
    change->start = start < change->start ? start : change->start;
    change->end = end > new_end ? end : new_end;
    change->shift += shift;
}

int32_t rhetor_document_changes(rhetor_document *document, rhetor_change *out)
{
    if (!document || !out || out->size < sizeof(uint32_t))
        return RHETOR_E_ARGUMENT;
    rhetor_change change = document->change;
    uint32_t size = out->size;
    if (change.start > change.end)
        change.start = change.end = 0;
    change.size = size;
    change.generation = document->generation;
    copy_rows(&change, 1, sizeof change, 0, 1, size, out);
    document->change = (rhetor_change){.start = 1, .end = 0, .size = sizeof change};
    return RHETOR_OK;
}
