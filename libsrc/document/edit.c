/* edit.c: replaces bytes, and cuts what is touched into paragraphs again.
 * In: byte ranges, or ranges in other units. Out: paragraphs whose near stage is due.
 * Invariant: where a paragraph's bytes are as before, the paragraph and its rows stay.
 * Cost: the paragraphs touched, and one addition a paragraph behind them. */
#include <string.h>

#include "document/document.h"
#include "text/split.h"

/* Rows of paragraphs that an edit touches, and their text after it. */
struct region {
    uint32_t lo, hi;  /* rows [lo, hi) */
    uint32_t start;   /* of row lo in the old text */
    char *bytes;
    uint32_t length;
};

static bool region_read(struct rhetor_document *document, struct region *region, uint32_t start,
                        uint32_t old_end, const char *text, uint32_t length)
{
    region->start = row_start(document, region->lo);
    uint32_t end = row_start(document, region->hi);
    region->length = (start - region->start) + length + (end - old_end);
    region->bytes = memory_take(&document->memory, (size_t)region->length + 1);
    if (!region->bytes)
        return false;
    char *out = region->bytes;
    for (uint32_t row = region->lo; row < region->hi; row++) {
        const struct paragraph *paragraph = document->paragraphs.at[row];
        uint32_t from = document->starts.at[row], to = from + paragraph->length;
        const char *bytes = paragraph_original(paragraph);
        if (from < start) {
            uint32_t n = (to < start ? to : start) - from;
            memcpy(out, bytes, n);
            out += n;
        }
    }
    if (length)
        memcpy(region->bytes + (start - region->start), text, length);
    out = region->bytes + (start - region->start) + length;
    for (uint32_t row = region->lo; row < region->hi; row++) {
        const struct paragraph *paragraph = document->paragraphs.at[row];
        uint32_t from = document->starts.at[row], to = from + paragraph->length;
        if (to <= old_end)
            continue;
        uint32_t skip = old_end > from ? old_end - from : 0;
        memcpy(out, paragraph_original(paragraph) + skip, paragraph->length - skip);
        out += paragraph->length - skip;
    }
    return true;
}

static bool same_bytes(const struct paragraph *paragraph, const char *bytes, uint32_t length)
{
    return paragraph->length == length && !memcmp(paragraph_original(paragraph), bytes, length);
}

typedef VEC(uint32_t) pieces;

static bool region_split(struct rhetor_document *document, const struct region *region, pieces *ends)
{
    ends->count = 0;
    for (uint32_t at = 0; at < region->length;) {
        uint8_t flags = 0;
        at = split_next(region->bytes, region->length, at, &flags);
        if (!vec_push(&document->memory, ends, at))
            return false;
    }
    return true;
}

/* Grows the region until the paragraphs at both its ends are cut as they were: then, since a cut
 * depends on the two lines beside it alone, every cut outside it stands. */
static int32_t region_settle(struct rhetor_document *document, struct region *region, pieces *ends,
                             uint32_t start, uint32_t old_end, const char *text, uint32_t length)
{
    uint32_t count = document->paragraphs.count;
    for (;;) {
        memory_give(&document->memory, region->bytes);
        region->bytes = NULL;
        if (!region_read(document, region, start, old_end, text, length) ||
            !region_split(document, region, ends))
            return RHETOR_E_MEMORY;
        uint32_t step = region->hi - region->lo; /* doubling keeps repeated growth linear */
        bool grown = false;
        if (region->lo > 0 &&
            (ends->count == 0 || row_start(document, region->lo + 1) > start ||
             !same_bytes(document->paragraphs.at[region->lo], region->bytes, ends->at[0]))) {
            region->lo = region->lo > step ? region->lo - step : 0;
            grown = true;
        }
        uint32_t last = ends->count > 1 ? ends->at[ends->count - 2] : 0;
        if (region->hi < count &&
            (ends->count == 0 || row_start(document, region->hi - 1) < old_end ||
             !same_bytes(document->paragraphs.at[region->hi - 1], region->bytes + last,
                         region->length - last))) {
            region->hi = region->hi + step < count ? region->hi + step : count;
            grown = true;
        }
        if (!grown)
            return RHETOR_OK;
    }
}

/* Rows [row, row + fresh) are new: what has read what stood there is due too. */
static void neighbours_due(struct rhetor_document *document, uint32_t row, uint32_t fresh)
{
    static const struct context nothing;
    uint32_t behind = row + fresh;
    rows_due(document, row, behind);
    if (row && document->paragraphs.at[row - 1]->looks_on)
        rows_due(document, row - 1, row);
    if (!fresh && behind < document->paragraphs.count) {
        const struct context *before = row ? &document->paragraphs.at[row - 1]->out : &nothing;
        if (memcmp(&document->paragraphs.at[behind]->in, before, sizeof *before))
            rows_due(document, behind, behind + 1);
    }
    wide_due(document, row > REACH ? row - REACH : 0, behind + REACH);
}

/* Puts the pieces in place of the region's paragraphs, keeping those that are as they were. */
static int32_t region_put(struct rhetor_document *document, const struct region *region,
                          const pieces *ends, int32_t shift)
{
    const struct memory *memory = &document->memory;
    uint32_t old_count = region->hi - region->lo, head = 0, tail = 0;
    while (head < old_count && head < ends->count) {
        uint32_t from = head ? ends->at[head - 1] : 0;
        if (!same_bytes(document->paragraphs.at[region->lo + head], region->bytes + from,
                        ends->at[head] - from))
            break;
        head++;
    }
    while (tail < old_count - head && tail < ends->count - head) {
        uint32_t at = ends->count - 1 - tail, from = at ? ends->at[at - 1] : 0;
        if (!same_bytes(document->paragraphs.at[region->hi - 1 - tail], region->bytes + from,
                        ends->at[at] - from))
            break;
        tail++;
    }
    uint32_t fresh = ends->count - head - tail, gone = old_count - head - tail;
    uint32_t row = region->lo + head;

    VEC(struct paragraph *) made = {0};
    for (uint32_t i = 0; i < fresh; i++) {
        uint32_t at = head + i, from = at ? ends->at[at - 1] : 0;
        struct paragraph *paragraph = paragraph_make(document, region->bytes + from,
                                                     ends->at[at] - from);
        if (!paragraph || !vec_push(memory, &made, paragraph)) {
            if (paragraph)
                paragraph_free(document, paragraph);
            goto no_memory;
        }
    }
    if (fresh > gone && (!vec_room(memory, &document->paragraphs, fresh - gone) ||
                         !vec_room(memory, &document->starts, fresh - gone)))
        goto no_memory;

    for (uint32_t i = 0; i < gone; i++) {
        ids_retire(document, &document->retired, row + i, false);
        ids_retire(document, &document->retired, row + i, true);
        repetition_touched(document->repetition, document->paragraphs.at[row + i],
                           paragraph_touched, document);
        paragraph_free(document, document->paragraphs.at[row + i]);
    }
    uint32_t behind = document->paragraphs.count - (row + gone);
    memmove(document->paragraphs.at + row + fresh, document->paragraphs.at + row + gone,
            behind * sizeof *document->paragraphs.at);
    memmove(document->starts.at + row + fresh, document->starts.at + row + gone,
            behind * sizeof *document->starts.at);
    document->paragraphs.count = document->starts.count = row + fresh + behind;
    for (uint32_t i = 0; i < fresh; i++) {
        uint32_t at = head + i;
        document->paragraphs.at[row + i] = made.at[i];
        document->starts.at[row + i] = region->start + (at ? ends->at[at - 1] : 0);
    }
    for (uint32_t i = row + fresh; i < document->starts.count; i++)
        document->starts.at[i] += (uint32_t)shift;
    if (fresh != gone)
        for (uint32_t i = row; i < document->paragraphs.count; i++)
            document->paragraphs.at[i]->index = i;
    else
        for (uint32_t i = 0; i < fresh; i++)
            document->paragraphs.at[row + i]->index = row + i;
    vec_free(memory, &made);
    rows_moved(document, row, gone, fresh);
    neighbours_due(document, row, fresh);
    return RHETOR_OK;

no_memory:
    for (uint32_t i = 0; i < made.count; i++)
        paragraph_free(document, made.at[i]);
    vec_free(memory, &made);
    return RHETOR_E_MEMORY;
}

int32_t rhetor_document_replace(rhetor_document *document, uint32_t start, uint32_t old_end,
                                const char *text, uint32_t length)
{
    if (!document || start > old_end || old_end > document->length || (!text && length))
        return RHETOR_E_ARGUMENT;
    uint64_t total = (uint64_t)document->length - (old_end - start) + length;
    if (total > document->engine->options.text_limit)
        return RHETOR_E_LIMIT;

    struct region region = {0};
    uint32_t count = document->paragraphs.count;
    if (count) {
        uint32_t first = paragraph_at(document, start), last = paragraph_at(document, old_end);
        region.lo = first ? first - 1 : 0;
        region.hi = last + 2 < count ? last + 2 : count;
    }
    pieces ends = {0};
    int32_t shift = (int32_t)(length - (old_end - start));
    int32_t status = region_settle(document, &region, &ends, start, old_end, text, length);
    if (status == RHETOR_OK)
        status = region_put(document, &region, &ends, shift);
    if (status == RHETOR_OK) {
        ids_shift(document, start, old_end, shift);
        document->length = (uint32_t)total;
        document->generation++;
        change_add(&document->change, start, old_end, start + length);
        views_drop(document);
    }
    memory_give(&document->memory, region.bytes);
    vec_free(&document->memory, &ends);
    return status;
}

int32_t rhetor_document_replace_range(rhetor_document *document, int32_t unit, uint32_t start,
                                      uint32_t old_end, const char *text, uint32_t length)
{
    uint32_t ends[2] = {start, old_end};
    int32_t status = rhetor_document_convert(document, unit, RHETOR_BYTES, ends, 2, ends);
    if (status != RHETOR_OK)
        return status;
    return rhetor_document_replace(document, ends[0], ends[1], text, length);
}

int32_t rhetor_document_replace_lines(rhetor_document *document, uint32_t first, uint32_t last,
                                      const char *text, uint32_t length)
{
    rhetor_position lines[2] = {{first, 1}, {last, 1}};
    uint32_t ends[2];
    if (first == 0 || last < first)
        return RHETOR_E_ARGUMENT;
    int32_t status = rhetor_document_offsets(document, RHETOR_BYTES, lines, 2, ends);
    if (status != RHETOR_OK)
        return status;
    return rhetor_document_replace(document, ends[0], ends[1], text, length);
}
