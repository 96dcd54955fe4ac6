/* split.c: see split.h. Lines end at LF, CRLF, CR, U+2028, U+2029. */
#include "text/split.h"

#include <stdbool.h>
#include <string.h>

#include <unicode/uchar.h>

#include "text/utf8.h"

enum {
    LINE_LONG = 120, /* a line over this is a paragraph of its own: the text is not hard-wrapped */
    LINE_SHORT = 45, /* a line under this may be a paragraph's last */
    HEADING_MAX = 100,
    MARKER_MAX = 3 /* digits of a list number, letters of "(iv)" */
};

struct line {
    uint32_t start, end, next; /* words are [start, end), next is behind the line end */
    uint32_t first, last;      /* without the white space at both ends; first == last: blank */
};

static bool is_space(uint32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || c == 0xFEFF ||
           (c >= 0x80 && c != UTF8_BAD && u_isUWhiteSpace((UChar32)c));
}

static struct line line_read(const char *bytes, uint32_t length, uint32_t at)
{
    struct line line = {.start = at};
    uint32_t end = at;
    uint32_t size = 0;
    for (; end < length; end++) {
        unsigned char byte = (unsigned char)bytes[end];
        if (byte == '\n' || byte == '\r') {
            size = byte == '\r' && end + 1 < length && bytes[end + 1] == '\n' ? 2 : 1;
            break;
        }
        if (byte == 0xE2 && end + 2 < length && (unsigned char)bytes[end + 1] == 0x80 &&
            ((unsigned char)bytes[end + 2] & 0xFE) == 0xA8) {
            size = 3;
            break;
        }
    }
    line.end = end;
    line.next = end + size;
    uint32_t c, step;
    line.first = at;
    while (line.first < end && (step = utf8_next(bytes, end, line.first, &c), is_space(c)))
        line.first += step;
    line.last = end;
    while (line.last > line.first && (step = utf8_before(bytes, line.last, &c), is_space(c)))
        line.last -= step;
    return line;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* The byte of a line's words, NUL behind them. */
static char line_byte(const char *bytes, const struct line *line, uint32_t i)
{
    return line->first + i < line->last ? bytes[line->first + i] : 0;
}

static bool is_heading_mark(const char *bytes, const struct line *line)
{
    uint32_t i = 0;
    while (line_byte(bytes, line, i) == '#')
        i++;
    return i >= 1 && i <= 6 && line_byte(bytes, line, i) == ' ';
}

/* "- ", "* ", "• ", "1. ", "2) ", "(a) ", "(12) ". */
static bool is_list_mark(const char *bytes, const struct line *line)
{
    char c = line_byte(bytes, line, 0);
    uint32_t i = 0;
    if (c == '-' || c == '*')
        i = 1;
    else if (line->last - line->first > 3 && !memcmp(bytes + line->first, "•", 3))
        i = 3;
    else if (c == '(') {
        i = 1;
        while (i <= MARKER_MAX &&
               (is_digit(line_byte(bytes, line, i)) || is_letter(line_byte(bytes, line, i))))
            i++;
        if (i == 1 || line_byte(bytes, line, i) != ')')
            return false;
        i++;
    } else if (is_digit(c)) {
        while (i < MARKER_MAX && is_digit(line_byte(bytes, line, i)))
            i++;
        if (line_byte(bytes, line, i) != '.' && line_byte(bytes, line, i) != ')')
            return false;
        i++;
    } else
        return false;
    c = line_byte(bytes, line, i);
    return c == ' ' || c == '\t';
}

static bool is_closer(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201D || c == 0x2019 || c == 0xBB;
}

static bool is_stop(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == 0x2026;
}

static bool ends_sentence(const char *bytes, const struct line *line)
{
    uint32_t c = 0;
    for (uint32_t at = line->last; at > line->first;) {
        at -= utf8_before(bytes, at, &c);
        if (!is_closer(c))
            break;
    }
    return is_stop(c);
}

static bool begins_anew(const char *bytes, const struct line *line)
{
    uint32_t c;
    utf8_next(bytes, line->last, line->first, &c);
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201F) || c == 0xAB || c == 0x300C ||
           (c != UTF8_BAD && (u_isdigit((UChar32)c) || u_isUUppercase((UChar32)c)));
}

static bool is_cut(const char *bytes, const struct line *a, const struct line *b)
{
    if (a->end - a->start > LINE_LONG || b->end - b->start > LINE_LONG)
        return true;
    if (a->next - a->end == 3 && (unsigned char)bytes[a->end + 2] == 0xA9) /* U+2029 */
        return true;
    if (is_heading_mark(bytes, a) || is_heading_mark(bytes, b) || is_list_mark(bytes, b))
        return true;
    if (b->first - b->start >= 2 && ends_sentence(bytes, a))
        return true;
    return a->last - a->first < LINE_SHORT && begins_anew(bytes, b);
}

/* Short, one line, no final stop, and most of its longer words capitalised. */
static bool is_heading(const char *bytes, const struct line *line)
{
    if (is_heading_mark(bytes, line))
        return true;
    uint32_t length = line->last - line->first, c;
    if (length == 0 || length > HEADING_MAX)
        return false;
    utf8_before(bytes, line->last, &c);
    if (is_stop(c) || is_closer(c) || c == ',' || c == ';')
        return false;
    uint32_t upper = 0, lower = 0;
    for (uint32_t at = line->first; at < line->last;) {
        uint32_t from = at, first = 0;
        while (at < line->last) {
            uint32_t step = utf8_next(bytes, line->last, at, &c);
            if (is_space(c)) {
                at += step;
                break;
            }
            if (at == from)
                first = c;
            at += step;
        }
        if (at - from <= 4 && at < line->last)
            continue;
        if (first != UTF8_BAD && u_isUUppercase((UChar32)first))
            upper++;
        else if (first != UTF8_BAD && u_isUAlphabetic((UChar32)first))
            lower++;
    }
    return upper > lower;
}

uint32_t split_next(const char *bytes, uint32_t length, uint32_t at, uint8_t *flags)
{
    *flags = 0;
    struct line line = line_read(bytes, length, at), first = line;
    bool one = true;
    if (line.first == line.last)
        *flags = PARAGRAPH_BLANK;
    while (line.next < length) {
        struct line next = line_read(bytes, length, line.next);
        if (next.first == next.last) { /* blank: stays with what is before it, and ends it */
            while (next.next < length && next.first == next.last)
                next = line_read(bytes, length, next.next);
            line.next = next.first == next.last ? next.next : next.start;
            break;
        }
        if (*flags || is_cut(bytes, &line, &next))
            break;
        line = next;
        one = false;
    }
    if (!*flags) {
        if (is_list_mark(bytes, &first))
            *flags |= PARAGRAPH_ITEM;
        else if (one && is_heading(bytes, &first))
            *flags |= PARAGRAPH_HEADING;
    }
    return line.next;
}
