/* buffer.c: see buffer.h. In: bytes, words, numbers. Out: one stretch of memory. Invariant: room >= length,
 * and what buffer_json wrote is a JSON string whatever came in. Cost: amortised linear. */
#include "buffer.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *need(void *block)
{
    if (!block) {
        fputs("rhetor-lsp: out of memory\n", stderr);
        exit(2);
    }
    return block;
}

char *need_text(const char *text)
{
    return need(strdup(text));
}

static char *vformat_text(const char *form, va_list args)
{
    va_list again;
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, form, again);
    va_end(again);
    char *out = need(malloc((size_t)length + 1));
    vsnprintf(out, (size_t)length + 1, form, args);
    return out;
}

char *format_text(const char *form, ...)
{
    va_list args;
    va_start(args, form);
    char *out = vformat_text(form, args);
    va_end(args);
    return out;
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->at);
    *buffer = (struct buffer){0};
}

static char *buffer_room(struct buffer *buffer, size_t n)
{
    if (buffer->room - buffer->length < n) {
        size_t room = buffer->room ? buffer->room : 256;
        while (room - buffer->length < n)
            room *= 2;
        buffer->at = need(realloc(buffer->at, room));
        buffer->room = room;
    }
    return buffer->at + buffer->length;
}

void buffer_put(struct buffer *buffer, const char *bytes, size_t n)
{
    if (n)
        memcpy(buffer_room(buffer, n), bytes, n);
    buffer->length += n;
}

void buffer_word(struct buffer *buffer, const char *word)
{
    buffer_put(buffer, word, strlen(word));
}

void buffer_number(struct buffer *buffer, uint32_t number)
{
    char digits[10];
    size_t n = sizeof digits;
    do
        digits[--n] = (char)('0' + number % 10);
    while (number /= 10);
    buffer_put(buffer, digits + n, sizeof digits - n);
}

void buffer_format(struct buffer *buffer, const char *form, ...)
{
    va_list args;
    va_start(args, form);
    char *text = vformat_text(form, args);
    va_end(args);
    buffer_word(buffer, text);
    free(text);
}

/* ---- JSON strings ------------------------------------------------------------------------------ */

size_t utf8_length(const char *bytes, size_t n)
{
    const unsigned char *s = (const unsigned char *)bytes;
    size_t length = s[0] < 0x80 ? 1 : s[0] >= 0xC2 && s[0] <= 0xDF ? 2 : (s[0] & 0xF0) == 0xE0 ? 3
                    : s[0] >= 0xF0 && s[0] <= 0xF4 ? 4 : 0;
    if (length == 0 || length > n)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    bool bad = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
               (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F);
    return bad ? 0 : length;
}

static void put_escaped(struct buffer *buffer, unsigned char c)
{
    char text[8];
    switch (c) {
    case '\n': buffer_put(buffer, "\\n", 2); return;
    case '"': buffer_put(buffer, "\\\"", 2); return;
    case '\\': buffer_put(buffer, "\\\\", 2); return;
    default: buffer_put(buffer, text, (size_t)snprintf(text, sizeof text, "\\u%04x", c));
    }
}

void buffer_json(struct buffer *buffer, const char *text, size_t n)
{
    buffer_put(buffer, "\"", 1);
    size_t plain = 0; /* what is not copied yet begins here */
    for (size_t i = 0; i < n;) {
        unsigned char c = (unsigned char)text[i];
        size_t length = c >= 0x80 ? utf8_length(text + i, n - i) : 1;
        if (length && c >= 0x20 && c != '"' && c != '\\') {
            i += length;
            continue;
        }
        buffer_put(buffer, text + plain, i - plain);
        if (length)
            put_escaped(buffer, c);
        else
            buffer_put(buffer, "\xEF\xBF\xBD", 3);
        plain = ++i;
    }
    buffer_put(buffer, text + plain, n - plain);
    buffer_put(buffer, "\"", 1);
}

void buffer_json_word(struct buffer *buffer, const char *word)
{
    buffer_json(buffer, word, strlen(word));
}
