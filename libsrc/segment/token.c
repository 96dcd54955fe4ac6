/* token.c: see token.h. */
#include "segment/token.h"

#include <string.h>

#include <unicode/uchar.h>

#include "rhetor/rhetor.h"
#include "text/utf8.h"

enum { TOKEN_MAX = 65535 };

/* What a byte is to the fast path. Letters, digits and the low line make words; a mark inside joins
 * two letters or two digits. */
enum byte_class {
    B_LOWER = 1,
    B_UPPER = 2,
    B_DIGIT = 4,
    B_LINE = 8,   /* low line: joins anything, is neither letter nor digit */
    B_LATIN = 16, /* first byte of a Latin letter of two bytes */
    B_JOIN = 32,  /* . and ': between letters, between digits */
    B_JOIN_NUMBER = 64,
    B_SPACE = 128,
    B_LETTER = B_LOWER | B_UPPER | B_LATIN,
    B_WORD = B_LETTER | B_DIGIT | B_LINE
};

/* A class is one bit; what is 0 is a sign of one byte below 0x80, and looked at closer above. */
static const uint8_t byte_class[256] = {
    ['\t'] = B_SPACE,      ['\n'] = B_SPACE,      ['\v'] = B_SPACE, ['\f'] = B_SPACE,
    ['\r'] = B_SPACE,      [' '] = B_SPACE,       ['\''] = B_JOIN,  ['.'] = B_JOIN,
    [','] = B_JOIN_NUMBER, [';'] = B_JOIN_NUMBER, ['0'] = B_DIGIT,  ['1'] = B_DIGIT,
    ['2'] = B_DIGIT,       ['3'] = B_DIGIT,       ['4'] = B_DIGIT,  ['5'] = B_DIGIT,
    ['6'] = B_DIGIT,       ['7'] = B_DIGIT,       ['8'] = B_DIGIT,  ['9'] = B_DIGIT,
    ['A'] = B_UPPER,       ['B'] = B_UPPER,       ['C'] = B_UPPER,  ['D'] = B_UPPER,
    ['E'] = B_UPPER,       ['F'] = B_UPPER,       ['G'] = B_UPPER,  ['H'] = B_UPPER,
    ['I'] = B_UPPER,       ['J'] = B_UPPER,       ['K'] = B_UPPER,  ['L'] = B_UPPER,
    ['M'] = B_UPPER,       ['N'] = B_UPPER,       ['O'] = B_UPPER,  ['P'] = B_UPPER,
    ['Q'] = B_UPPER,       ['R'] = B_UPPER,       ['S'] = B_UPPER,  ['T'] = B_UPPER,
    ['U'] = B_UPPER,       ['V'] = B_UPPER,       ['W'] = B_UPPER,  ['X'] = B_UPPER,
    ['Y'] = B_UPPER,       ['Z'] = B_UPPER,       ['_'] = B_LINE,   ['a'] = B_LOWER,
    ['b'] = B_LOWER,       ['c'] = B_LOWER,       ['d'] = B_LOWER,  ['e'] = B_LOWER,
    ['f'] = B_LOWER,       ['g'] = B_LOWER,       ['h'] = B_LOWER,  ['i'] = B_LOWER,
    ['j'] = B_LOWER,       ['k'] = B_LOWER,       ['l'] = B_LOWER,  ['m'] = B_LOWER,
    ['n'] = B_LOWER,       ['o'] = B_LOWER,       ['p'] = B_LOWER,  ['q'] = B_LOWER,
    ['r'] = B_LOWER,       ['s'] = B_LOWER,       ['t'] = B_LOWER,  ['u'] = B_LOWER,
    ['v'] = B_LOWER,       ['w'] = B_LOWER,       ['x'] = B_LOWER,  ['y'] = B_LOWER,
    ['z'] = B_LOWER,       [0xC3] = B_LATIN,      [0xC4] = B_LATIN, [0xC5] = B_LATIN,
    [0xC6] = B_LATIN,      [0xC7] = B_LATIN,      [0xC8] = B_LATIN,
};

/* Signs below 0x80: kind and break flag. What is not here is a symbol. */
static const uint8_t ascii_punctuation[128] = {
    ['!'] = 2, ['"'] = 1, ['#'] = 1,  ['%'] = 1, ['&'] = 1, ['\''] = 1, ['('] = 2, [')'] = 2,
    ['*'] = 1, [','] = 2, ['-'] = 1,  ['.'] = 2, ['/'] = 1, [':'] = 2,  [';'] = 2, ['?'] = 2,
    ['@'] = 1, ['['] = 2, ['\\'] = 1, [']'] = 2, ['_'] = 1, ['{'] = 1,  ['}'] = 1,
};

struct scan {
    struct segmenter *segmenter;
    struct paragraph *paragraph;
    const char *bytes;
    uint32_t end;     /* of the content */
    const char *flat; /* for ICU; made on first need */
};

static bool is_line_end(const unsigned char *p, const unsigned char *end)
{
    return *p == '\n' || *p == '\r' ||
           (*p == 0xE2 && end - p >= 3 && p[1] == 0x80 && (p[2] & 0xFE) == 0xA8);
}

/* Whether white space [from, to) before a token holds a line end. */
static bool gap_has_line_end(const char *bytes, uint32_t from, uint32_t to)
{
    for (uint32_t at = from; at < to; at++)
        if (is_line_end((const unsigned char *)bytes + at, (const unsigned char *)bytes + to))
            return true;
    return false;
}

static bool token_push(struct scan *scan, uint32_t start, uint32_t end, uint8_t kind, uint8_t flags)
{
    struct paragraph *p = scan->paragraph;
    uint32_t before = 0;
    if (p->tokens.count) {
        const struct token *last = &p->tokens.at[p->tokens.count - 1];
        before = last->start + last->length;
        if (before == start)
            flags |= TOKEN_GLUED;
        else if ((start - before > 1 || scan->bytes[before] != ' ') &&
                 gap_has_line_end(scan->bytes, before, start))
            flags |= TOKEN_LINE;
    } else
        flags |= TOKEN_LINE;
    while (end - start > TOKEN_MAX) {
        uint32_t cut = start + TOKEN_MAX;
        while (((unsigned char)scan->bytes[cut] & 0xC0) == 0x80)
            cut--;
        struct token part = {
            .start = start, .length = (uint16_t)(cut - start), .kind = kind, .flags = flags};
        if (!vec_push(scan->segmenter->memory, &p->tokens, part))
            return false;
        start = cut;
        flags = (uint8_t)((flags | TOKEN_GLUED) & ~TOKEN_LINE);
    }
    struct token token = {
        .start = start, .length = (uint16_t)(end - start), .kind = kind, .flags = flags};
    return vec_push(scan->segmenter->memory, &p->tokens, token);
}

static bool is_break(uint32_t c)
{
    return (c < 0x80 && ascii_punctuation[c] == 2) || (c >= 0x2012 && c <= 0x2015) || c == 0x2026 ||
           c == 0x3001 || c == 0x3002;
}

/* A hyphen that stands for a dash: between blanks, or doubled. */
static bool is_hyphen_dash(const struct scan *scan, uint32_t at)
{
    char before = at > 0 ? scan->bytes[at - 1] : ' ';
    char after = at + 1 < scan->end ? scan->bytes[at + 1] : ' ';
    return before == '-' || after == '-' ||
           (byte_class[(unsigned char)before] == B_SPACE &&
            byte_class[(unsigned char)after] == B_SPACE);
}

/* Kind and flags from the characters: the slow way, of every token with one beyond ASCII and of
 * ICU's. */
static bool token_describe(struct scan *scan, uint32_t start, uint32_t end)
{
    uint32_t letters = 0, uppers = 0, digits = 0, c = 0, first = 0;
    uint8_t flags = 0, kind;
    bool capital = false;
    for (uint32_t at = start; at < end;) {
        at += utf8_next(scan->bytes, end, at, &c);
        if (first == 0)
            first = c;
        if (c >= 0x80)
            flags |= TOKEN_NON_ASCII;
        if (u_isUAlphabetic((UChar32)c) || u_charType((UChar32)c) == U_MODIFIER_LETTER) {
            bool upper = u_isUUppercase((UChar32)c) || u_istitle((UChar32)c);
            if (letters == 0)
                capital = upper;
            letters++;
            uppers += upper;
        } else if (u_isdigit((UChar32)c))
            digits++;
    }
    if (letters) {
        kind = TOKEN_WORD;
        flags |= (uint8_t)((capital ? TOKEN_CAPITAL : 0) |
                           (letters >= 2 && uppers == letters ? TOKEN_UPPER : 0));
    } else if (digits)
        kind = TOKEN_NUMBER;
    else {
        kind = u_ispunct((UChar32)first) ? TOKEN_PUNCTUATION : TOKEN_SYMBOL;
        if (is_break(first) || (first == '-' && is_hyphen_dash(scan, start)))
            flags |= TOKEN_BREAK;
    }
    return token_push(scan, start, end, kind, flags);
}

/* Tokens of [from, to) by ICU. */
static int32_t scan_icu(struct scan *scan, uint32_t from, uint32_t to)
{
    int32_t status = RHETOR_OK;
    if (!scan->flat)
        scan->flat = segmenter_flat(scan->segmenter, scan->paragraph, scan->end);
    if (!scan->flat)
        return RHETOR_E_MEMORY;
    UBreakIterator *iterator =
        segmenter_over(scan->segmenter, SEGMENT_WORDS, scan->flat + from, to - from, &status);
    if (!iterator)
        return status;
    uint32_t start = from;
    for (int32_t next = ubrk_next(iterator); next != UBRK_DONE; next = ubrk_next(iterator)) {
        uint32_t end = from + (uint32_t)next, last = end, c, step;
        /* a narrow no-break space belongs to the word beside it */
        while (start < last && (step = utf8_next(scan->flat, to, start, &c), segment_is_space(c)))
            start += step;
        while (last > start && (step = utf8_before(scan->flat, last, &c), segment_is_space(c)))
            last -= step;
        if (start < last && !token_describe(scan, start, last))
            return RHETOR_E_MEMORY;
        start = end;
    }
    return RHETOR_OK;
}

enum sign { SIGN_UNKNOWN, SIGN_LETTER, SIGN_JOIN, SIGN_OTHER, SIGN_SPACE };

/* What the fast path knows of a character beyond ASCII, and its length. */
static enum sign sign_at(const struct scan *scan, uint32_t at, uint32_t *length)
{
    const unsigned char *p = (const unsigned char *)scan->bytes + at;
    uint32_t left = scan->end - at;
    *length = 2;
    if (left < 2)
        return SIGN_UNKNOWN;
    if (p[0] >= 0xC3 && p[0] <= 0xC8)
        return p[0] == 0xC3 && (p[1] == 0x97 || p[1] == 0xB7) ? SIGN_OTHER : SIGN_LETTER;
    if (p[0] == 0xC2) {
        if (p[1] == 0xA0)
            return SIGN_SPACE;
        if (p[1] == 0xAA || p[1] == 0xB5 || p[1] == 0xBA)
            return SIGN_LETTER;
        return p[1] < 0xA0 || p[1] == 0xAD || p[1] == 0xB7 ? SIGN_UNKNOWN : SIGN_OTHER;
    }
    *length = 3;
    if (p[0] != 0xE2 || left < 3)
        return SIGN_UNKNOWN;
    if (p[1] == 0x82 && p[2] == 0xAC)
        return SIGN_OTHER;
    if (p[1] != 0x80)
        return SIGN_UNKNOWN;
    if (p[2] == 0x98 || p[2] == 0x99)
        return SIGN_JOIN;
    return (p[2] >= 0x90 && p[2] <= 0xA2) || p[2] == 0xA6 || p[2] == 0xB9 || p[2] == 0xBA
               ? SIGN_OTHER
               : SIGN_UNKNOWN;
}

static bool letter_at(const struct scan *scan, uint32_t at)
{
    if (at >= scan->end)
        return false;
    unsigned char byte = (unsigned char)scan->bytes[at];
    uint32_t length;
    return byte < 0x80 ? (byte_class[byte] & B_LETTER) != 0
                       : sign_at(scan, at, &length) == SIGN_LETTER;
}

static bool digit_at(const struct scan *scan, uint32_t at)
{
    return at < scan->end && byte_class[(unsigned char)scan->bytes[at]] == B_DIGIT;
}

/* The end of the word that begins at `at`; *seen: its classes. *unknown: a character that ICU must
 * see follows or is inside. */
static uint32_t word_end(const struct scan *scan, uint32_t at, unsigned *seen, bool *unknown)
{
    const unsigned char *bytes = (const unsigned char *)scan->bytes;
    unsigned all = 0, last = 0, class;
    for (;;) {
        while (at < scan->end && (class = byte_class[bytes[at]] & (B_WORD & ~B_LATIN)) != 0) {
            all |= class;
            last = class;
            at++;
        }
        if (at >= scan->end)
            break;
        class = byte_class[bytes[at]];
        if (class & B_SPACE)
            break;
        uint32_t length = 1;
        bool join = class == B_JOIN;
        if (bytes[at] >= 0x80) {
            enum sign sign = sign_at(scan, at, &length);
            if (sign == SIGN_LETTER) {
                all |= B_LATIN;
                last = B_LATIN;
                at += length;
                continue;
            }
            *unknown = sign == SIGN_UNKNOWN;
            join = sign == SIGN_JOIN;
        }
        if ((join && (last & B_LETTER) && letter_at(scan, at + length)) ||
            ((join || class == B_JOIN_NUMBER) && last == B_DIGIT && digit_at(scan, at + length))) {
            all |= length > 1 ? B_LATIN : 0;
            last = 0;
            at += length;
            continue;
        }
        if (bytes[at] == '@' || (bytes[at] == ':' && (last & B_LETTER) && letter_at(scan, at + 1)))
            *unknown = true; /* versions of ICU differ */
        break;
    }
    *seen = all;
    return at;
}

static bool word_push(struct scan *scan, uint32_t start, uint32_t end, unsigned seen)
{
    if (seen & B_LATIN)
        return token_describe(scan, start, end);
    if (!(seen & B_LETTER))
        return seen & B_DIGIT ? token_push(scan, start, end, TOKEN_NUMBER, 0)
                              : token_describe(scan, start, end);
    if (!(seen & B_UPPER))
        return token_push(scan, start, end, TOKEN_WORD, 0);
    if (!(seen & (B_LOWER | B_DIGIT | B_LINE)) && end - start == 1)
        return token_push(scan, start, end, TOKEN_WORD, TOKEN_CAPITAL);
    if ((seen & B_LOWER) && byte_class[(unsigned char)scan->bytes[start]] == B_UPPER)
        return token_push(scan, start, end, TOKEN_WORD, TOKEN_CAPITAL);
    return token_describe(scan, start, end);
}

/* The end of the stretch that ICU must see: to the first blank behind which no unknown character
 * comes before the next blank. */
static uint32_t stretch_end(const struct scan *scan, uint32_t at)
{
    uint32_t end = scan->end, length, c;
    bool unknown = true;
    while (at < scan->end) {
        unsigned char byte = (unsigned char)scan->bytes[at];
        length = 1;
        if (byte >= 0x80) {
            if (sign_at(scan, at, &length) == SIGN_UNKNOWN) {
                length = utf8_decode(scan->bytes, scan->end, at, &c);
                unknown = true;
            }
        } else if (byte_class[byte] == B_SPACE) {
            if (!unknown)
                return end;
            end = at;
            unknown = false;
            while (at + length < scan->end &&
                   byte_class[(unsigned char)scan->bytes[at + length]] == B_SPACE)
                length++;
        }
        at += length;
    }
    return unknown ? scan->end : end;
}

static int32_t scan_fast(struct scan *scan)
{
    const unsigned char *bytes = (const unsigned char *)scan->bytes;
    uint32_t at = 0;
    uint32_t stretch = 0,
             kept = 0; /* where the words since the last blank begin, and the tokens before */
    if (scan->end >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3))
        at = 3;
    while (at < scan->end) {
        unsigned class = byte_class[bytes[at]];
        if (class == B_SPACE) {
            stretch = at++;
            kept = scan->paragraph->tokens.count;
            continue;
        }
        bool unknown = false, room = true;
        uint32_t length = 1;
        enum sign sign = SIGN_OTHER;
        if (bytes[at] >= 0x80)
            sign = sign_at(scan, at, &length);
        if ((class & (B_WORD & ~B_LATIN)) || sign == SIGN_LETTER) {
            unsigned seen;
            uint32_t end = word_end(scan, at, &seen, &unknown);
            room = unknown || word_push(scan, at, end, seen);
            at = end;
        } else if (sign == SIGN_UNKNOWN || bytes[at] == '@')
            unknown = true;
        else {
            if (sign != SIGN_SPACE)
                room = bytes[at] >= 0x80 || bytes[at] == '-'
                           ? token_describe(scan, at, at + length)
                           : token_push(scan, at, at + 1,
                                        ascii_punctuation[bytes[at]] ? TOKEN_PUNCTUATION
                                                                     : TOKEN_SYMBOL,
                                        ascii_punctuation[bytes[at]] == 2 ? TOKEN_BREAK : 0);
            at += length;
        }
        if (!room)
            return RHETOR_E_MEMORY;
        if (unknown) {
            scan->paragraph->tokens.count = kept;
            at = stretch_end(scan, at);
            int32_t status = scan_icu(scan, stretch, at);
            if (status != RHETOR_OK)
                return status;
            kept = scan->paragraph->tokens.count;
            stretch = at;
        }
    }
    return RHETOR_OK;
}

static struct scan scan_of(struct segmenter *segmenter, struct paragraph *paragraph)
{
    paragraph->tokens.count = 0;
    return (struct scan){.segmenter = segmenter,
                         .paragraph = paragraph,
                         .bytes = paragraph->bytes,
                         .end = paragraph_content(paragraph)};
}

int32_t tokens_find(struct segmenter *segmenter, struct paragraph *paragraph)
{
    struct scan scan = scan_of(segmenter, paragraph);
    if (!vec_room(segmenter->memory, &paragraph->tokens, scan.end / 6 + 4))
        return RHETOR_E_MEMORY;
    return scan_fast(&scan);
}

int32_t tokens_find_icu(struct segmenter *segmenter, struct paragraph *paragraph)
{
    struct scan scan = scan_of(segmenter, paragraph);
    return scan.end ? scan_icu(&scan, 0, scan.end) : RHETOR_OK;
}
