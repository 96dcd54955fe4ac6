/* segmenter.c: see segmenter.h. */
#include "segment/segmenter.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/udata.h>
#include <unicode/ures.h>

#include "rhetor/rhetor.h"
#include "text/utf8.h"

static int32_t status_of(UErrorCode error)
{
    return U_SUCCESS(error)                     ? RHETOR_OK
           : error == U_MEMORY_ALLOCATION_ERROR ? RHETOR_E_MEMORY
                                                : RHETOR_E_INTERNAL;
}

static unsigned char exception_group(const struct exception *exception)
{
    return (unsigned char)exception->text[exception->length - 2];
}

static bool exception_add(struct segmenter *segmenter, const char *text, int32_t length,
                          bool dotted)
{
    struct exception row = {.length = (uint8_t)length, .dotted = dotted};
    memcpy(row.text, text, (size_t)length);
    return vec_push(segmenter->memory, &segmenter->exceptions, row);
}

static void exceptions_group(struct segmenter *segmenter)
{
    struct exception *rows = segmenter->exceptions.at;
    uint32_t count = segmenter->exceptions.count;
    for (uint32_t i = 1; i < count; i++) { /* some 150 rows */
        struct exception row = rows[i];
        uint32_t at = i;
        for (; at > 0 && exception_group(&rows[at - 1]) > exception_group(&row); at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
    }
    uint32_t at = 0;
    for (unsigned group = 0; group <= 256; group++) {
        while (at < count && exception_group(&rows[at]) < group)
            at++;
        segmenter->exception_rows[group] = (uint16_t)at;
    }
}

/* Reads ICU's own list, so that the fast path follows the ICU that is there. Where the list cannot
 * be read or holds what the fast path does not expect, exceptions_known stays false. */
static int32_t exceptions_read(struct segmenter *segmenter)
{
    UErrorCode error = U_ZERO_ERROR;
    UResourceBundle *bundle = ures_open(U_ICUDATA_NAME "-brkitr", "en", &error);
    UResourceBundle *all = ures_getByKey(bundle, "exceptions", NULL, &error);
    UResourceBundle *list = ures_getByKey(all, "SentenceBreak", NULL, &error);
    bool known = U_SUCCESS(error), memory = true;
    int32_t count = known ? ures_getSize(list) : 0;
    for (int32_t i = 0; i < count && known && memory; i++) {
        char text[sizeof((struct exception *)0)->text];
        int32_t length = sizeof text;
        ures_getUTF8StringByIndex(list, i, text, &length, true, &error);
        if (U_FAILURE(error) || length < 2 || length >= (int32_t)sizeof text) {
            known = false;
            break;
        }
        const char *stop = memchr(text, '.', (size_t)length);
        bool dotted = stop && stop + 1 != text + length;
        memory = exception_add(segmenter, text, length, dotted);
        if (memory && dotted && stop > text)
            memory = exception_add(segmenter, text, (int32_t)(stop - text) + 1, true);
    }
    ures_close(list);
    ures_close(all);
    ures_close(bundle);
    if (!memory)
        return RHETOR_E_MEMORY;
    segmenter->exceptions_known = known && count > 0;
    exceptions_group(segmenter);
    return RHETOR_OK;
}

int32_t segmenter_open(const struct memory *memory, struct segmenter **out)
{
    struct segmenter *segmenter = memory_zero(memory, sizeof *segmenter);
    if (!segmenter)
        return RHETOR_E_MEMORY;
    segmenter->memory = memory;
    segmenter->text = (UText)UTEXT_INITIALIZER;
    int32_t status = exceptions_read(segmenter);
    if (status != RHETOR_OK) {
        segmenter_close(segmenter);
        return status;
    }
    *out = segmenter;
    return RHETOR_OK;
}

void segmenter_close(struct segmenter *segmenter)
{
    if (!segmenter)
        return;
    const struct memory *memory = segmenter->memory;
    if (segmenter->words)
        ubrk_close(segmenter->words);
    if (segmenter->sentences)
        ubrk_close(segmenter->sentences);
    utext_close(&segmenter->text);
    vec_free(memory, &segmenter->flat);
    vec_free(memory, &segmenter->breaks);
    vec_free(memory, &segmenter->mended);
    vec_free(memory, &segmenter->exceptions);
    vec_free(memory, &segmenter->signs);
    memory_give(memory, segmenter);
}

bool segment_is_space(uint32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x80 && u_isUWhiteSpace((UChar32)c));
}

uint32_t paragraph_content(const struct paragraph *paragraph)
{
    uint32_t end = paragraph->length;
    while (end > 0) {
        uint32_t c, step = utf8_before(paragraph->bytes, end, &c);
        if (!segment_is_space(c))
            break;
        end -= step;
    }
    return end;
}

/* Length of the line end at `at`, NEL included; 0: none. */
static uint32_t line_end_at(const unsigned char *bytes, uint32_t at, uint32_t length)
{
    switch (bytes[at]) {
    case '\n':
    case '\r':
        return 1;
    case 0xC2:
        return at + 1 < length && bytes[at + 1] == 0x85 ? 2 : 0;
    case 0xE2:
        return at + 2 < length && bytes[at + 1] == 0x80 && (bytes[at + 2] & 0xFE) == 0xA8 ? 3 : 0;
    default:
        return 0;
    }
}

const char *segmenter_flat(struct segmenter *segmenter, const struct paragraph *paragraph,
                           uint32_t length)
{
    const unsigned char *bytes = (const unsigned char *)paragraph->bytes;
    bool mark = length >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3);
    uint32_t at = 0;
    if (!mark) {
        while (at < length && !line_end_at(bytes, at, length))
            at++;
        if (at == length)
            return paragraph->bytes;
    }
    segmenter->flat.count = 0;
    if (!vec_room(segmenter->memory, &segmenter->flat, length))
        return NULL;
    char *flat = segmenter->flat.at;
    memcpy(flat, bytes, length);
    if (mark)
        memset(flat, ' ', 3);
    while (at < length) {
        uint32_t size = line_end_at(bytes, at, length);
        memset(flat + at, ' ', size);
        at += size ? size : 1;
    }
    return flat;
}

UBreakIterator *segmenter_over(struct segmenter *segmenter, enum segmenter_iterator which,
                               const char *text, uint32_t length, int32_t *status)
{
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator **iterator = which == SEGMENT_WORDS ? &segmenter->words : &segmenter->sentences;
    if (!*iterator)
        *iterator = which == SEGMENT_WORDS
                        ? ubrk_open(UBRK_WORD, "en", NULL, 0, &error)
                        : ubrk_open(UBRK_SENTENCE, "en@ss=standard", NULL, 0, &error);
    utext_openUTF8(&segmenter->text, text, length, &error);
    ubrk_setUText(*iterator, &segmenter->text, &error);
    *status = status_of(error);
    return U_SUCCESS(error) ? *iterator : NULL;
}
