/* utf8.c: see utf8.h. */
#include "text/utf8.h"

#include <string.h>

/* Table 3-7 by lead byte: length, and what the second byte may be. */
struct lead {
    uint8_t length, low, high;
};

static struct lead lead_of(unsigned char byte)
{
    if (byte < 0xC2 || byte > 0xF4)
        return (struct lead){0, 0, 0};
    if (byte < 0xE0)
        return (struct lead){2, 0x80, 0xBF};
    if (byte < 0xF0)
        return (struct lead){3, byte == 0xE0 ? 0xA0 : 0x80, byte == 0xED ? 0x9F : 0xBF};
    return (struct lead){4, byte == 0xF0 ? 0x90 : 0x80, byte == 0xF4 ? 0x8F : 0xBF};
}

uint32_t utf8_decode(const char *bytes, size_t n, size_t at, uint32_t *c)
{
    const unsigned char *p = (const unsigned char *)bytes + at;
    if (p[0] < 0x80) {
        *c = p[0];
        return 1;
    }
    struct lead lead = lead_of(p[0]);
    *c = UTF8_BAD;
    if (lead.length == 0 || n - at < lead.length || p[1] < lead.low || p[1] > lead.high)
        return 1;
    uint32_t value = ((p[0] & (0xFFu >> (lead.length + 1))) << 6) | (p[1] & 0x3Fu);
    for (unsigned i = 2; i < lead.length; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 1;
        value = (value << 6) | (p[i] & 0x3Fu);
    }
    *c = value;
    return lead.length;
}

uint32_t utf8_before(const char *bytes, size_t at, uint32_t *c)
{
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && ((unsigned char)bytes[start] & 0xC0) == 0x80)
        start--;
    uint32_t length = utf8_decode(bytes, at, start, c);
    if (length == at - start)
        return length;
    *c = UTF8_BAD;
    return 1;
}

size_t utf8_bad(const char *bytes, size_t n, size_t from)
{
    size_t at = from;
    while (at < n) {
        if (n - at >= 8 && utf8_ascii8(bytes + at)) {
            at += 8;
            continue;
        }
        uint32_t c;
        uint32_t length = utf8_next(bytes, n, at, &c);
        if (c == UTF8_BAD)
            return at;
        at += length;
    }
    return n;
}

void utf8_mask(char *out, const char *bytes, size_t n)
{
    size_t at = 0;
    while (at < n) {
        size_t bad = utf8_bad(bytes, n, at);
        memcpy(out + at, bytes + at, bad - at);
        if (bad < n)
            out[bad++] = UTF8_MASK;
        at = bad;
    }
}
