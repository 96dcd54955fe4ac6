/* utf8.h: well-formedness of UTF-8, and decoding a character at a time.
 * In: any bytes. Out: where the first bad byte is, a masked copy of the same length, code points.
 * Invariant: a byte that is no part of a well-formed sequence (Unicode 15, table 3-7) is bad by
 * itself and counts as one character. Cost: eight bytes a step over ASCII. */
#ifndef RHETOR_TEXT_UTF8_H
#define RHETOR_TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_MASK = 0x1A };            /* stands for a bad byte in a masked copy */
#define UTF8_BAD UINT32_C(0xFFFFFFFF) /* "code point" of a bad byte */

/* Length of the well-formed sequence at bytes[at], with its code point; 1 and UTF8_BAD where there
 * is none. at < n. */
uint32_t utf8_decode(const char *bytes, size_t n, size_t at, uint32_t *c);

/* The same with ASCII inline. */
static inline uint32_t utf8_next(const char *bytes, size_t n, size_t at, uint32_t *c)
{
    if ((unsigned char)bytes[at] < 0x80) {
        *c = (unsigned char)bytes[at];
        return 1;
    }
    return utf8_decode(bytes, n, at, c);
}

/* Length of the character that ends at `at` (at > 0), with its code point; for well-formed text. */
uint32_t utf8_before(const char *bytes, size_t at, uint32_t *c);

/* First bad byte at or after `from`, which is a character's start; n where there is none. */
size_t utf8_bad(const char *bytes, size_t n, size_t from);

/* Copies n bytes, bad ones as UTF8_MASK. */
void utf8_mask(char *out, const char *bytes, size_t n);

/* True: the eight bytes at p are ASCII. */
static inline bool utf8_ascii8(const char *p)
{
    uint64_t chunk;
    __builtin_memcpy(&chunk, p, 8);
    return (chunk & UINT64_C(0x8080808080808080)) == 0;
}

#endif
