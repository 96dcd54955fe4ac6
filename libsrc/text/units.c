/* units.c: see units.h. */
#include "text/units.h"

#include <string.h>

#include "rhetor/rhetor.h"
#include "text/utf8.h"

static uint32_t units_of(int32_t unit, uint32_t length)
{
    return unit == RHETOR_BYTES ? length : unit == RHETOR_UTF16 && length == 4 ? 2 : 1;
}

uint32_t units_clamp(const char *bytes, uint32_t n, uint32_t at)
{
    if (at >= n)
        return n;
    for (uint32_t back = 1; back < 4 && back <= at; back++) {
        if (((unsigned char)bytes[at - back + 1] & 0xC0) != 0x80)
            break;
        uint32_t c;
        if (utf8_decode(bytes, n, at - back, &c) > back)
            return at - back;
    }
    return at;
}

uint32_t units_count(int32_t unit, const char *bytes, uint32_t n)
{
    uint32_t left = UINT32_MAX;
    units_advance(unit, bytes, n, &left);
    return UINT32_MAX - left;
}

uint32_t units_advance(int32_t unit, const char *bytes, uint32_t n, uint32_t *left)
{
    uint32_t at = 0, want = *left;
    while (at < n && want) {
        if (n - at >= 8 && want >= 8 && utf8_ascii8(bytes + at)) {
            at += 8;
            want -= 8;
            continue;
        }
        uint32_t c, length = utf8_next(bytes, n, at, &c), units = units_of(unit, length);
        if (units > want) {
            want = 0;
            break;
        }
        at += length;
        want -= units;
    }
    *left = want;
    return at;
}

uint32_t unit_cursor_seek(struct unit_cursor *cursor, uint32_t at)
{
    if (at < cursor->from_at)
        cursor->byte = cursor->from_at = cursor->to_at = 0;
    const char *bytes = cursor->bytes + cursor->byte;
    uint32_t left = at - cursor->from_at, want = left;
    uint32_t step = units_advance(cursor->from, bytes, cursor->length - cursor->byte, &left);
    cursor->from_at += cursor->from == RHETOR_BYTES ? step
                       : left                       ? want - left
                                                    : units_count(cursor->from, bytes, step);
    cursor->to_at += cursor->to == RHETOR_BYTES ? step : units_count(cursor->to, bytes, step);
    cursor->byte += step;
    return cursor->to_at;
}

/* The next line end at or after `at`: its first byte; n: none. *next: behind it. */
static uint32_t line_end(const char *bytes, uint32_t n, uint32_t at, uint32_t *next)
{
    while (at < n && bytes[at] != '\n' && bytes[at] != '\r')
        at++;
    *next = at < n ? at + 1 : n;
    if (at + 1 < n && bytes[at] == '\r' && bytes[at + 1] == '\n')
        (*next)++;
    return at;
}

uint32_t lines_advance(const char *bytes, uint32_t n, uint32_t *left)
{
    uint32_t at = 0;
    while (*left) {
        uint32_t next, end = line_end(bytes, n, at, &next);
        if (end == n)
            return n;
        at = next;
        --*left;
    }
    return at;
}

uint32_t lines_count(const char *bytes, uint32_t n)
{
    uint32_t left = UINT32_MAX;
    lines_advance(bytes, n, &left);
    return UINT32_MAX - left;
}

bool lines_last(const char *bytes, uint32_t n, uint32_t *start)
{
    while (n > 0 && bytes[n - 1] != '\n' && bytes[n - 1] != '\r')
        n--;
    *start = n;
    return n > 0;
}
