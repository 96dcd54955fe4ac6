/* units.h: positions in other units than bytes, over one stretch of text (a paragraph's original
 * bytes, bad ones included: each counts as one unit).
 * In: bytes, units of rhetor_unit. Out: counts and offsets, which never fall inside a character.
 * Invariant: a character that the stretch's end cuts counts byte by byte; paragraphs end behind
 * line ends, so none is cut there. Cost: one pass, eight bytes a step over ASCII; a cursor that is
 * asked in ascending order passes over the stretch once. */
#ifndef RHETOR_TEXT_UNITS_H
#define RHETOR_TEXT_UNITS_H

#include <stdbool.h>
#include <stdint.h>

/* Start of the character that holds byte `at`; n where at >= n. */
uint32_t units_clamp(const char *bytes, uint32_t n, uint32_t at);

/* Units of the whole characters in bytes[0, n). */
uint32_t units_count(int32_t unit, const char *bytes, uint32_t n);

/* Offset behind the first *left units, or n where there are fewer; what is missing stays in *left.
 * An end inside a character goes to its start (*left is 0 then). */
uint32_t units_advance(int32_t unit, const char *bytes, uint32_t n, uint32_t *left);

/* Converts offsets within one stretch from one unit to another. Zero `byte`, `from_at`, `to_at`. */
struct unit_cursor {
    const char *bytes;
    uint32_t length;
    int32_t from, to;
    uint32_t byte, from_at, to_at; /* the place last asked for */
};
uint32_t unit_cursor_seek(struct unit_cursor *cursor, uint32_t at);

/* Line ends (LF, CRLF, CR) in bytes[0, n). */
uint32_t lines_count(const char *bytes, uint32_t n);

/* Offset behind the last line end in bytes[0, n), so where its last line starts; false: no line
 * end. */
bool lines_last(const char *bytes, uint32_t n, uint32_t *start);

/* Offset behind the first *left line ends, or n; what is missing stays in *left. */
uint32_t lines_advance(const char *bytes, uint32_t n, uint32_t *left);

#endif
