/* sentence.c: see sentence.h. The rules are SB5 to SB998 of Unicode's annex 29, entered at each
 * stop. */
#include "segment/sentence.h"

#include <string.h>

#include <unicode/uchar.h>

#include "rhetor/rhetor.h"
#include "text/utf8.h"

struct scan {
    struct segmenter *segmenter;
    struct paragraph *paragraph;
    const char *bytes;
    uint32_t end;             /* of the content */
    uint32_t from;            /* the rules' last break, suppressed ones included */
    UBreakIterator *iterator; /* over the whole content; made on first need */
};

/* Sentence_Break of a character; line ends are white space. */
static int property_of(uint32_t c)
{
    if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029)
        return U_SB_SP;
    return u_getIntPropertyValue((UChar32)c, UCHAR_SENTENCE_BREAK);
}

/* The character at `at` and its property; past the end -1. *next is behind it. */
static int read_at(const struct scan *scan, uint32_t at, uint32_t *next)
{
    if (at >= scan->end)
        return -1;
    uint32_t c;
    *next = at + utf8_next(scan->bytes, scan->end, at, &c);
    if (c == 0xFEFF && at == 0)
        return U_SB_SP;
    return property_of(c);
}

static bool is_extension(int property)
{
    return property == U_SB_EXTEND || property == U_SB_FORMAT;
}

static uint32_t skip_extensions(const struct scan *scan, uint32_t at)
{
    uint32_t next = at;
    while (is_extension(read_at(scan, at, &next)))
        at = next;
    return at;
}

static uint32_t skip_all(const struct scan *scan, uint32_t at, int property)
{
    uint32_t next = at;
    int found;
    while ((found = read_at(scan, at, &next)) == property || is_extension(found))
        at = next;
    return at;
}

/* The property of what stands before `at` in the same sentence; -1: nothing. */
static int property_before(const struct scan *scan, uint32_t at)
{
    while (at > scan->from) {
        uint32_t c;
        at -= utf8_before(scan->bytes, at, &c);
        int property = property_of(c);
        if (!is_extension(property))
            return property;
    }
    return -1;
}

/* The first letter or stop from `at` on (SB8 asks whether it is a lower-case letter); -1: none. */
static int letter_ahead(const struct scan *scan, uint32_t at)
{
    uint32_t next = at;
    for (;;) {
        int property = read_at(scan, at, &next);
        switch (property) {
        case -1:
        case U_SB_LOWER:
        case U_SB_OLETTER:
        case U_SB_UPPER:
        case U_SB_ATERM:
        case U_SB_STERM:
            return property;
        default:
            at = next;
        }
    }
}

/* Where the stop in [start, end) breaks; 0: it does not; UNSURE: a letter without case follows a
 * full stop, where ICU's rules and the annex differ. */
#define UNSURE UINT32_MAX
static uint32_t break_behind(const struct scan *scan, uint32_t start, uint32_t end, bool aterm)
{
    uint32_t at = skip_extensions(scan, end), next;
    int property = read_at(scan, at, &next);
    if (aterm) {
        if (property == U_SB_NUMERIC)
            return 0;
        if (property == U_SB_UPPER) {
            int before = property_before(scan, start);
            if (before == U_SB_UPPER || before == U_SB_LOWER)
                return 0;
        }
    }
    at = skip_all(scan, at, U_SB_CLOSE);
    at = skip_all(scan, at, U_SB_SP);
    property = read_at(scan, at, &next);
    if (property == U_SB_SCONTINUE || property == U_SB_ATERM || property == U_SB_STERM)
        return 0;
    if (!aterm)
        return at;
    property = letter_ahead(scan, at);
    return property == U_SB_LOWER ? 0 : property == U_SB_OLETTER ? UNSURE : at;
}

enum verdict { BREAK, SUPPRESSED, ASK };

static bool is_blank_byte(char c) { return c == ' ' || c == '\n' || c == '\r'; }

/* Whether an abbreviation before `at` suppresses the break there: ICU looks over one blank at most.
 */
static enum verdict exception_before(const struct scan *scan, uint32_t at)
{
    const struct segmenter *segmenter = scan->segmenter;
    if (!segmenter->exceptions_known)
        return ASK;
    if (at > 0 && is_blank_byte(scan->bytes[at - 1]))
        at--;
    if (at < 2)
        return BREAK;
    enum verdict verdict = BREAK;
    unsigned char group = (unsigned char)scan->bytes[at - 2];
    for (unsigned row = segmenter->exception_rows[group];
         row < segmenter->exception_rows[group + 1]; row++) {
        const struct exception *exception = &segmenter->exceptions.at[row];
        if (exception->length > at ||
            memcmp(scan->bytes + at - exception->length, exception->text, exception->length) != 0)
            continue;
        if (exception->dotted)
            return ASK;
        verdict = SUPPRESSED;
    }
    return verdict;
}

static int32_t icu_open(struct scan *scan)
{
    int32_t status = RHETOR_OK;
    const char *flat = segmenter_flat(scan->segmenter, scan->paragraph, scan->end);
    if (!flat)
        return RHETOR_E_MEMORY;
    scan->iterator = segmenter_over(scan->segmenter, SEGMENT_SENTENCES, flat, scan->end, &status);
    return status;
}

enum { HANDOVER = RHETOR_MORE }; /* the whole paragraph is ICU's */

/* Judges the stop in [start, end). */
static int32_t stop_judge(struct scan *scan, uint32_t start, uint32_t end, bool aterm)
{
    uint32_t at = break_behind(scan, start, end, aterm);
    if (at == UNSURE)
        return HANDOVER;
    if (at == 0 || at >= scan->end)
        return RHETOR_OK;
    scan->from = at;
    enum verdict verdict = exception_before(scan, at);
    if (verdict == ASK) {
        if (!scan->iterator) {
            int32_t status = icu_open(scan);
            if (status != RHETOR_OK)
                return status;
        }
        /* not ubrk_isBoundary: ICU 72 answers otherwise than its own iteration there */
        verdict =
            ubrk_following(scan->iterator, (int32_t)at - 1) == (int32_t)at ? BREAK : SUPPRESSED;
    }
    if (verdict == BREAK && !vec_push(scan->segmenter->memory, &scan->segmenter->breaks, at))
        return RHETOR_E_MEMORY;
    return RHETOR_OK;
}

/* Judges every stop among the characters of a token beyond ASCII. */
static int32_t token_judge(struct scan *scan, const struct token *token)
{
    uint32_t at = token->start, next = at;
    int32_t status = RHETOR_OK;
    while (at < token->start + token->length && status == RHETOR_OK) {
        int property = read_at(scan, at, &next);
        if (property == U_SB_ATERM || property == U_SB_STERM)
            status = stop_judge(scan, at, next, property == U_SB_ATERM);
        at = next;
    }
    return status;
}

static struct scan scan_of(struct segmenter *segmenter, struct paragraph *paragraph)
{
    segmenter->breaks.count = 0;
    return (struct scan){.segmenter = segmenter,
                         .paragraph = paragraph,
                         .bytes = paragraph->bytes,
                         .end = paragraph_content(paragraph)};
}

int32_t sentence_breaks(struct segmenter *segmenter, struct paragraph *paragraph)
{
    struct scan scan = scan_of(segmenter, paragraph);
    int32_t status = RHETOR_OK;
    /* ICU may take an at sign for a letter, so that a word holds a stop that ends a sentence. */
    bool careful = scan.end && memchr(scan.bytes, '@', scan.end);
    for (uint32_t i = 0; i < paragraph->tokens.count && status == RHETOR_OK; i++) {
        const struct token *token = &paragraph->tokens.at[i];
        if ((token->flags & TOKEN_NON_ASCII) || careful)
            status = token_judge(&scan, token);
        else if (token->kind == TOKEN_PUNCTUATION) {
            char c = scan.bytes[token->start];
            if (c == '.' || c == '!' || c == '?')
                status = stop_judge(&scan, token->start, token->start + 1, c == '.');
        }
    }
    if (status == HANDOVER)
        return sentence_breaks_icu(segmenter, paragraph);
    if (status == RHETOR_OK && scan.end &&
        !vec_push(segmenter->memory, &segmenter->breaks, scan.end))
        status = RHETOR_E_MEMORY;
    return status;
}

int32_t sentence_breaks_icu(struct segmenter *segmenter, struct paragraph *paragraph)
{
    struct scan scan = scan_of(segmenter, paragraph);
    if (scan.end == 0)
        return RHETOR_OK;
    int32_t status = icu_open(&scan);
    if (status != RHETOR_OK)
        return status;
    for (int32_t at = ubrk_next(scan.iterator); at != UBRK_DONE; at = ubrk_next(scan.iterator))
        if (!vec_push(segmenter->memory, &segmenter->breaks, (uint32_t)at))
            return RHETOR_E_MEMORY;
    return RHETOR_OK;
}

static bool sentence_push(struct segmenter *segmenter, struct paragraph *paragraph, uint32_t first,
                          uint32_t count)
{
    struct token *tokens = paragraph->tokens.at + first;
    struct sentence sentence = {.start = tokens[0].start,
                                .end = tokens[count - 1].start + tokens[count - 1].length,
                                .first_token = first,
                                .token_count = count};
    uint16_t row = (uint16_t)paragraph->sentences.count;
    uint32_t word = 0;
    while (word < count && tokens[word].kind > TOKEN_NUMBER)
        word++;
    if (word < count)
        tokens[word].flags |= TOKEN_FIRST;
    for (uint32_t i = 0; i < count; i++) {
        tokens[i].sentence = row;
        if (tokens[i].kind == TOKEN_PUNCTUATION && i + 1 < count &&
            (tokens[i].flags & TOKEN_GLUED) && paragraph->bytes[tokens[i].start] == '.' &&
            tokens[i + 1].kind <= TOKEN_NUMBER)
            tokens[i].flags &= (uint8_t)~TOKEN_BREAK;
    }
    return vec_push(segmenter->memory, &paragraph->sentences, sentence);
}

/* Tokens [first, last) make a sentence, or several where it is too long. */
static bool sentence_cut(struct segmenter *segmenter, struct paragraph *paragraph, uint32_t first,
                         uint32_t last)
{
    const struct token *tokens = paragraph->tokens.at;
    uint32_t from = first;
    bool longer = last > first && tokens[last - 1].start - tokens[first].start > SENTENCE_MAX;
    for (uint32_t i = first + 1; longer && i < last; i++) {
        uint32_t bytes = tokens[i].start - tokens[from].start;
        if (bytes <= SENTENCE_MAX)
            continue;
        bool clause = (tokens[i - 1].flags & TOKEN_BREAK) && !(tokens[i].flags & TOKEN_GLUED);
        if (clause || (bytes > SENTENCE_MAX + SENTENCE_MAX / 8 &&
                       (!(tokens[i].flags & TOKEN_GLUED) || bytes > 2 * SENTENCE_MAX))) {
            if (!sentence_push(segmenter, paragraph, from, i - from))
                return false;
            from = i;
        }
    }
    return from == last || sentence_push(segmenter, paragraph, from, last - from);
}

int32_t sentences_find(struct segmenter *segmenter, struct paragraph *paragraph)
{
    paragraph->sentences.count = 0;
    int32_t status = sentence_breaks(segmenter, paragraph);
    if (status == RHETOR_OK)
        status = sentences_join(segmenter, paragraph);
    uint32_t first = 0;
    for (uint32_t i = 0; i < segmenter->breaks.count && status == RHETOR_OK; i++) {
        uint32_t last = first;
        while (last < paragraph->tokens.count &&
               paragraph->tokens.at[last].start < segmenter->breaks.at[i])
            last++;
        if (!sentence_cut(segmenter, paragraph, first, last))
            status = RHETOR_E_MEMORY;
        first = last;
    }
    return status;
}
