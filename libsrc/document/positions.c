/* positions.c: offsets in other units, lines and columns. See text/units.h for what is a unit.
 * In: offsets in any order. Out: offsets. Invariant: a byte offset inside a character goes to its
 * start, one past the end to the end. Cost: one pass over the text where the input is sorted. */
#include <string.h>

#include "document/document.h"
#include "text/units.h"

static bool is_unit(int32_t unit)
{
    return unit == RHETOR_BYTES || unit == RHETOR_UTF16 || unit == RHETOR_CODEPOINTS;
}

/* ---- Units ------------------------------------------------------------------------------------- */

/* Where a walk over the paragraphs stands: row and its start in both units. */
struct walk { uint32_t row, from_at, to_at; };

static uint32_t paragraph_units(const struct paragraph *paragraph, int32_t unit)
{
    return unit == RHETOR_BYTES ? paragraph->length
                                : units_count(unit, paragraph_original(paragraph),
                                              paragraph->length);
}

static uint32_t convert_one(const struct rhetor_document *document, int32_t from, int32_t to,
                            uint32_t at, struct walk *walk, struct unit_cursor *cursor)
{
    if (at < walk->from_at) {
        *walk = (struct walk){0, 0, 0};
        *cursor = (struct unit_cursor){.from = from, .to = to};
    }
    while (walk->row < document->paragraphs.count) {
        const struct paragraph *paragraph = document->paragraphs.at[walk->row];
        uint32_t n = paragraph_units(paragraph, from);
        if (at - walk->from_at < n) {
            if (!cursor->bytes)
                *cursor = (struct unit_cursor){.bytes = paragraph_original(paragraph),
                                               .length = paragraph->length, .from = from,
                                               .to = to};
            return walk->to_at + unit_cursor_seek(cursor, at - walk->from_at);
        }
        walk->from_at += n;
        walk->to_at += paragraph_units(paragraph, to);
        walk->row++;
        cursor->bytes = NULL;
    }
    return walk->to_at;
}

int32_t rhetor_document_convert(rhetor_document *document, int32_t from, int32_t to,
                                const uint32_t *in, uint32_t n, uint32_t *out)
{
    if (!document || (n && (!in || !out)))
        return RHETOR_E_ARGUMENT;
    if (!is_unit(from) || !is_unit(to))
        return RHETOR_E_UNKNOWN;
    struct walk walk = {0, 0, 0};
    struct unit_cursor cursor = {.from = from, .to = to};
    for (uint32_t i = 0; i < n; i++)
        out[i] = convert_one(document, from, to, in[i], &walk, &cursor);
    return RHETOR_OK;
}

/* ---- Lines ------------------------------------------------------------------------------------- */

/* A walk over the lines, either way: bytes [0, at) of paragraph `row` are counted. Paragraphs begin
 * where lines do. */
struct line_walk { uint32_t row, at, lines, line_start; };

static uint32_t row_lines(const struct rhetor_document *document, uint32_t row)
{
    const struct paragraph *paragraph = document->paragraphs.at[row];
    return lines_count(paragraph_original(paragraph), paragraph->length);
}

/* Back to a byte of the walk's own paragraph. */
static void lines_back(const char *bytes, struct line_walk *walk, uint32_t start, uint32_t to)
{
    uint32_t passed = lines_count(bytes + to, walk->at - to);
    walk->at = to;
    walk->lines -= passed;
    if (!passed)
        return;
    while (to > 0 && bytes[to - 1] != '\n' && bytes[to - 1] != '\r')
        to--;
    walk->line_start = start + to;
}

static void lines_to(const struct rhetor_document *document, struct line_walk *walk, uint32_t byte)
{
    uint32_t target = document->starts.count ? paragraph_at(document, byte) : 0;
    if (byte >= document->length)
        target = document->starts.count;
    if (target < walk->row) {
        if (walk->row < document->starts.count)
            lines_back(paragraph_original(document->paragraphs.at[walk->row]), walk,
                       document->starts.at[walk->row], 0);
        while (walk->row > target)
            walk->lines -= row_lines(document, --walk->row);
        walk->line_start = row_start(document, target);
    }
    for (;;) {
        bool here = walk->row == target;
        if (walk->row >= document->paragraphs.count)
            return;
        const struct paragraph *paragraph = document->paragraphs.at[walk->row];
        const char *bytes = paragraph_original(paragraph);
        uint32_t start = document->starts.at[walk->row];
        uint32_t to = here ? byte - start : paragraph->length, from;
        /* a line end that the offset cuts (between CR and LF) has not ended yet */
        if (here && to && bytes[to - 1] == '\r' && bytes[to] == '\n')
            to--;
        if (to < walk->at) {
            lines_back(bytes, walk, start, to);
            return;
        }
        walk->lines += lines_count(bytes + walk->at, to - walk->at);
        if (lines_last(bytes + walk->at, to - walk->at, &from))
            walk->line_start = start + walk->at + from;
        walk->at = to;
        if (here)
            return;
        walk->row++;
        walk->at = 0;
    }
}

/* Bytes [from, to) of the text as units; both are starts of characters. */
static uint32_t units_between(const struct rhetor_document *document, int32_t unit, uint32_t from,
                              uint32_t to)
{
    uint32_t total = 0;
    if (unit == RHETOR_BYTES)
        return to - from;
    for (uint32_t row = paragraph_at(document, from); from < to; row++) {
        const struct paragraph *paragraph = document->paragraphs.at[row];
        uint32_t base = document->starts.at[row], end = base + paragraph->length;
        end = end < to ? end : to;
        total += units_count(unit, paragraph_original(paragraph) + (from - base), end - from);
        from = end;
    }
    return total;
}

static uint32_t clamp(const struct rhetor_document *document, uint32_t byte)
{
    if (byte >= document->length)
        return document->length;
    uint32_t row = paragraph_at(document, byte), base = document->starts.at[row];
    const struct paragraph *paragraph = document->paragraphs.at[row];
    return base + units_clamp(paragraph_original(paragraph), paragraph->length, byte - base);
}

int32_t rhetor_document_positions(rhetor_document *document, int32_t unit, const uint32_t *bytes,
                                  uint32_t n, rhetor_position *out)
{
    if (!document || (n && (!bytes || !out)))
        return RHETOR_E_ARGUMENT;
    if (!is_unit(unit))
        return RHETOR_E_UNKNOWN;
    struct line_walk walk = {0, 0, 0, 0};
    uint32_t line = 0, last = 0, units = 0; /* the place last asked for, in its line */
    for (uint32_t i = 0; i < n; i++) {
        uint32_t byte = clamp(document, bytes[i]);
        lines_to(document, &walk, byte);
        if (line != walk.line_start) {
            line = last = walk.line_start;
            units = 0;
        }
        if (byte >= last)
            units += units_between(document, unit, last, byte);
        else
            units -= units_between(document, unit, byte, last);
        last = byte;
        out[i] = (rhetor_position){walk.lines + 1, units + 1};
    }
    return RHETOR_OK;
}

/* Start of line `line` (from 1), or the text's length where there are fewer. */
static uint32_t line_at(const struct rhetor_document *document, uint32_t line, uint32_t *row,
                        uint32_t *lines)
{
    while (*row < document->paragraphs.count) {
        const struct paragraph *paragraph = document->paragraphs.at[*row];
        uint32_t own = lines_count(paragraph_original(paragraph), paragraph->length);
        uint32_t left = line - 1 - *lines;
        if (left < own || (left == own && *row + 1 == document->paragraphs.count)) {
            uint32_t want = left;
            uint32_t at = lines_advance(paragraph_original(paragraph), paragraph->length, &want);
            return document->starts.at[*row] + at;
        }
        *lines += own;
        ++*row;
    }
    return document->length;
}

/* `units` behind byte `from`, but not past its line's end. */
static uint32_t column_at(const struct rhetor_document *document, int32_t unit, uint32_t from,
                          uint32_t units)
{
    if (from >= document->length)
        return document->length;
    uint32_t row = paragraph_at(document, from), base = document->starts.at[row];
    const struct paragraph *paragraph = document->paragraphs.at[row];
    const char *bytes = paragraph_original(paragraph) + (from - base);
    uint32_t n = paragraph->length - (from - base), one = 1;
    n = lines_advance(bytes, n, &one);
    while (n && (bytes[n - 1] == '\n' || bytes[n - 1] == '\r'))
        n--;
    uint32_t at = units_advance(unit, bytes, n, &units);
    return from + units_clamp(bytes, n, at);
}

int32_t rhetor_document_offsets(rhetor_document *document, int32_t unit,
                                const rhetor_position *positions, uint32_t n, uint32_t *out)
{
    if (!document || (n && (!positions || !out)))
        return RHETOR_E_ARGUMENT;
    if (!is_unit(unit))
        return RHETOR_E_UNKNOWN;
    uint32_t row = 0, lines = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (positions[i].line == 0 || positions[i].column == 0)
            return RHETOR_E_ARGUMENT;
        if (i && positions[i].line < positions[i - 1].line)
            row = lines = 0;
        uint32_t line = line_at(document, positions[i].line, &row, &lines);
        out[i] = column_at(document, unit, line, positions[i].column - 1);
    }
    return RHETOR_OK;
}
