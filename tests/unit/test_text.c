/* test_text.c: UTF-8, units, lines, the cutting into paragraphs. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "rhetor/rhetor.h"
#include "segment/paragraph.h"
#include "text/split.h"
#include "text/units.h"
#include "text/utf8.h"

#define N(text) (text), (uint32_t)(sizeof(text) - 1)
#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* ---- UTF-8 */

struct bad_case {
    const char *text;
    size_t length, bad;
    const char *masked;
};
#define BAD(text, bad, masked)                                                                     \
    {                                                                                              \
        text, sizeof(text) - 1, bad, masked                                                        \
    }
static const struct bad_case bad_cases[] = {
    BAD("", 0, ""),
    BAD("plain text of more than eight bytes", 35, "plain text of more than eight bytes"),
    BAD("caf\xC3\xA9", 5, "caf\xC3\xA9"),
    BAD("\xF0\x9F\x98\x80", 4, "\xF0\x9F\x98\x80"),
    BAD("12345678\xFF"
        "9",
        8,
        "12345678\x1A"
        "9"),
    BAD("a\xC3", 1, "a\x1A"), /* cut short */
    BAD("a\xC3z", 1, "a\x1Az"),
    BAD("\xE2\x82", 0, "\x1A\x1A"),
    BAD("\xC0\xAF", 0, "\x1A\x1A"), /* overlong */
    BAD("\xE0\x80\x80", 0, "\x1A\x1A\x1A"),
    BAD("\xED\xA0\x80", 0, "\x1A\x1A\x1A"),         /* a surrogate */
    BAD("\xF4\x90\x80\x80", 0, "\x1A\x1A\x1A\x1A"), /* beyond U+10FFFF */
    BAD("\xF5\x80\x80\x80", 0, "\x1A\x1A\x1A\x1A"),
    BAD("\x80 ok", 0, "\x1A ok"),
    BAD("\xF0\x9F\x98x", 0, "\x1A\x1A\x1Ax"),
};

static void test_bad_bytes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(bad_cases); i++) {
        char out[64];
        const struct bad_case *row = &bad_cases[i];
        assert_int_equal(utf8_bad(row->text, row->length, 0), row->bad);
        utf8_mask(out, row->text, row->length);
        assert_memory_equal(out, row->masked, row->length);
        assert_int_equal(utf8_bad(out, row->length, 0), row->length);
    }
    assert_int_equal(utf8_bad("\xFF"
                              "a\xFF",
                              3, 1),
                     2);
}

static void test_every_code_point(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        char text[4];
        size_t n = 0;
        if (c < 0x80)
            text[n++] = (char)c;
        else {
            int extra = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
            text[n++] = (char)((0xFF00u >> (extra + 1)) | (c >> (6 * extra)));
            while (extra--)
                text[n++] = (char)(0x80 | ((c >> (6 * extra)) & 0x3F));
        }
        uint32_t forward, backward;
        uint32_t length = utf8_next(text, n, 0, &forward);
        uint32_t back = utf8_before(text, n, &backward);
        if (c >= 0xD800 && c <= 0xDFFF) {
            assert_int_equal(forward, UTF8_BAD);
            continue;
        }
        if (forward != c || backward != c || length != n || back != n)
            fail_msg("U+%04X", c);
    }
}

/* ---- Units */

static void test_counts(void **state)
{
    (void)state;
    assert_int_equal(units_count(RHETOR_BYTES, N("a\xC3\xA9\xF0\x9F\x98\x80")), 7);
    assert_int_equal(units_count(RHETOR_UTF16, N("a\xC3\xA9\xF0\x9F\x98\x80")), 4);
    assert_int_equal(units_count(RHETOR_CODEPOINTS, N("a\xC3\xA9\xF0\x9F\x98\x80")), 3);
    assert_int_equal(units_count(RHETOR_UTF16, N("\xE2\x80")), 2); /* two bad bytes */
    assert_int_equal(units_count(RHETOR_CODEPOINTS, N("0123456789abcdef\xFFz")), 18);
    assert_int_equal(units_count(RHETOR_UTF16, N("")), 0);
}

static void test_advance(void **state)
{
    (void)state;
    const char text[] = "ab\xF0\x9F\x98\x80"
                        "c";
    struct {
        int32_t unit;
        uint32_t want, at, left;
    } rows[] = {
        {RHETOR_UTF16, 2, 2, 0},      {RHETOR_UTF16, 3, 2, 0} /* inside the pair */,
        {RHETOR_UTF16, 4, 6, 0},      {RHETOR_UTF16, 9, 7, 4},
        {RHETOR_CODEPOINTS, 3, 6, 0}, {RHETOR_BYTES, 4, 2, 0} /* inside the character */,
        {RHETOR_BYTES, 7, 7, 0},      {RHETOR_CODEPOINTS, 0, 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint32_t left = rows[i].want;
        assert_int_equal(units_advance(rows[i].unit, N(text), &left), rows[i].at);
        assert_int_equal(left, rows[i].left);
    }
}

static void test_clamp(void **state)
{
    (void)state;
    const char text[] = "a\xE2\x80\x9C"
                        "b\xF0\x9F\x98\x80\x80";
    const uint32_t starts[] = {0, 1, 1, 1, 4, 5, 5, 5, 5, 9, 10, 10};
    for (uint32_t at = 0; at < COUNT(starts); at++)
        assert_int_equal(units_clamp(N(text), at), starts[at]);
}

/* A cursor gives, in any order of asking, what counting from the start gives. */
static void test_cursor(void **state)
{
    (void)state;
    const char text[] =
        "Plain words, then caf\xC3\xA9 \xF0\x9F\x98\x80\xF0\x9F\x98\x80 bad \xFF\xE2\x80 end";
    uint32_t length = sizeof text - 1;
    for (int32_t from = 0; from < 3; from++)
        for (int32_t to = 0; to < 3; to++) {
            struct unit_cursor cursor = {.bytes = text, .length = length, .from = from, .to = to};
            uint32_t random = 7;
            for (int i = 0; i < 200; i++) {
                uint32_t at =
                    i < 60 ? (uint32_t)i : (random = random * 1664525u + 1013904223u) % 60;
                uint32_t left = at, byte = units_advance(from, text, length, &left);
                assert_int_equal(unit_cursor_seek(&cursor, at), units_count(to, text, byte));
            }
        }
}

static void test_lines(void **state)
{
    (void)state;
    const char text[] = "one\ntwo\r\nthree\rfour\n\nsix";
    uint32_t start, left;
    assert_int_equal(lines_count(N(text)), 5);
    assert_int_equal(lines_count(N("")), 0);
    assert_int_equal(lines_count(N("\r\n\r\n")), 2);
    assert_true(lines_last(N(text), &start));
    assert_int_equal(start, 21);
    assert_false(lines_last(N("one"), &start));
    assert_int_equal(start, 0);
    left = 2;
    assert_int_equal(lines_advance(N(text), &left), 9);
    left = 7;
    assert_int_equal(lines_advance(N(text), &left), sizeof text - 1);
    assert_int_equal(left, 2);
}

/* ---- Paragraphs: '|' stands where a paragraph ends */

#define LONG                                                                                       \
    "This line is longer than any hard-wrapped one would be, so that what follows it is another "  \
    "paragraph, as in a text of long lines."
static const char *const split_cases[] = {
    "One line",
    "One line\n",
    "A first paragraph.\n\n|A second one.\n\n\n|A third.\n",
    "A first paragraph.\r\n\r\n|A second one.\r\n",
    "A first paragraph.\r\r|A second one.",
    "Blank with blanks.\n \t\xC2\xA0\n|Next.",
    "\n\n|Words after blank lines.",
    "\xEF\xBB\xBF"
    "Mark first.\n\n|Next.",
    LONG "\n|" LONG "\n",
    LONG "\n|short\n",
    "A hard-wrapped paragraph keeps its lines together as\nlong as they look like one paragraph.\n",
    "A hard-wrapped paragraph of a letter, with its end in\na short line.\n|Then the next one "
    "begins "
    "without a blank line.\n",
    "Lines that end a sentence, of about the usual width.\n   |Indented lines begin anew, of "
    "course.\n",
    "Lines of about the usual width, without any sentence\n   end before the indentation, go on.\n",
    "The list has these members, as was said already before:\n|- one\n|- two\n|* three\n|1. "
    "four\n|(a) five\n",
    "The list has these members, as was said already before:\n|\xE2\x80\xA2 one\n|\xE2\x80\xA2 "
    "two\n",
    "# A heading\n|and its text, which begins with a small letter here\n",
    "some hard-wrapped words of a line that is wide enough\n|## Another heading\n",
    "one\xE2\x80\xA8two lines of one paragraph",
    "one\xE2\x80\xA9|two paragraphs",
    "short line\n|\xE2\x80\x9CQuoted words begin anew.\xE2\x80\x9D\n",
    "short line\nwhich goes on in lower case\n",
    "The year that this wrapped sentence speaks of was\n1984. It was no list; the number has four "
    "digits.\n",
};

static void test_split(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(split_cases); i++) {
        char text[1024];
        uint32_t length = 0, ends[16], count = 0;
        for (const char *c = split_cases[i]; *c; c++) {
            /* blanks of an indentation belong behind the cut */
            if (*c == '|') {
                uint32_t end = length;
                while (end > 0 && text[end - 1] == ' ')
                    end--;
                ends[count++] = end;
            } else
                text[length++] = *c;
        }
        ends[count++] = length;
        uint32_t at = 0, row = 0;
        while (at < length) {
            uint8_t flags;
            at = split_next(text, length, at, &flags);
            if (row >= count || at != ends[row])
                fail_msg("case %zu: paragraph %u ends at %u", i, row, at);
            row++;
        }
        assert_int_equal(row, count);
    }
}

static void test_split_flags(void **state)
{
    (void)state;
    struct {
        const char *text;
        uint8_t flags;
    } rows[] = {
        {"# Any heading at all.\n", PARAGRAPH_HEADING},
        {"The Harbour Vote and Its Price\n", PARAGRAPH_HEADING},
        {"THE HARBOUR VOTE\n", PARAGRAPH_HEADING},
        {"A plain short sentence stands here.\n", 0},
        {"the harbour vote and what it costs\n", 0},
        {"- an item\n", PARAGRAPH_ITEM},
        {"12) an item\n", PARAGRAPH_ITEM},
        {"(iv) an item\n", PARAGRAPH_ITEM},
        {"-no item\n", 0},
        {" \n\n", PARAGRAPH_BLANK},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        uint8_t flags = 255;
        uint32_t length = (uint32_t)strlen(rows[i].text);
        assert_int_equal(split_next(rows[i].text, length, 0, &flags), length);
        assert_int_equal(flags, rows[i].flags);
    }
}

/* Paragraphs tile any bytes, and a cut depends on its neighbourhood alone: cutting from any
 * paragraph's start gives the same ends. */
static void test_split_tiles(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "word ", "Word. ",       "\n",       "\r\n", "\r",   "\n\n", "  ",  "- ",
        "\"",    "\xE2\x80\xA9", "\xC2\xA0", "# ",   "\xFF", "(a) ", "1. ", LONG};
    uint32_t random = 3;
    for (int round = 0; round < 3000; round++) {
        char text[4096];
        uint32_t length = 0;
        for (int i = 0; i < 20; i++) {
            random = random * 1664525u + 1013904223u;
            const char *part = parts[(random >> 16) % COUNT(parts)];
            memcpy(text + length, part, strlen(part));
            length += (uint32_t)strlen(part);
        }
        uint32_t ends[64], count = 0;
        uint8_t flags;
        for (uint32_t at = 0; at < length;) {
            uint32_t end = split_next(text, length, at, &flags);
            assert_true(end > at && end <= length);
            ends[count++] = at = end;
        }
        for (uint32_t row = 0; row + 1 < count; row++) {
            /* from the start of its neighbour, in a text that ends with it */
            uint32_t from = row ? ends[row - 1] : 0;
            char copy[4096];
            memcpy(copy, text + from, ends[row + 1] - from);
            assert_int_equal(split_next(copy, ends[row + 1] - from, 0, &flags), ends[row] - from);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bad_bytes),   cmocka_unit_test(test_every_code_point),
        cmocka_unit_test(test_counts),      cmocka_unit_test(test_advance),
        cmocka_unit_test(test_clamp),       cmocka_unit_test(test_cursor),
        cmocka_unit_test(test_lines),       cmocka_unit_test(test_split),
        cmocka_unit_test(test_split_flags), cmocka_unit_test(test_split_tiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
