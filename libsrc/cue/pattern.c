/* pattern.c: see pattern.h. A pattern is parsed into pieces; one walk over them writes the regex,
 * one (pattern_facts.c) finds out what it requires. */
#include "cue/pattern_piece.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* ---- Places and mistakes ----------------------------------------------------------------------
 */

/* The pattern's byte `offset` in its file: quotes doubled, escapes and folded lines are stepped
 * over by taking the next byte of the file that is equal. */
static struct place place_in(const struct model *model, const struct text_item *item,
                             uint32_t offset)
{
    struct place place = item->place;
    if (place.source >= model->sources.count)
        return place;
    const struct source *source = &model->sources.at[place.source];
    uint32_t at = place.byte, end = source->length;
    for (uint32_t i = 0; i < offset && item->text[i]; i++) {
        uint32_t next = at;
        while (next < end && next < at + 200 && source->bytes[next] != item->text[i])
            next++;
        if (next >= end || source->bytes[next] != item->text[i])
            break;
        at = next + 1;
        if (item->text[i] == '\'' && at < end && source->bytes[at] == '\'' &&
            item->text[i + 1] != '\'')
            at++;
    }
    for (uint32_t i = place.byte; i < at; i++) {
        place.column++;
        if (source->bytes[i] == '\n') {
            place.line++;
            place.column = 1;
        }
    }
    place.byte = at;
    return place;
}

void pattern_say(struct compiler *compiler, const struct text_item *item, uint32_t offset,
                 const char *code, const char *advice, const char *format, ...)
{
    char message[400];
    struct place place = place_in(compiler->model, item, offset);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    model_say(compiler->model, RHETOR_ERROR, &place, code, advice, "%s", message);
    compiler->wrong = true;
}

/* ---- Parsing ------------------------------------------------------------------------------------
 */

static struct piece *fail(struct parser *parser, uint32_t offset, const char *code,
                          const char *advice, const char *message)
{
    if (!parser->failed)
        pattern_say(parser->compiler, parser->item, parser->nested ? parser->origin : offset, code,
                    advice, "%s", message);
    parser->failed = true;
    return NULL;
}

struct piece *piece_new(struct parser *parser, enum piece_kind kind, uint32_t from, uint32_t to)
{
    struct piece *piece = arena_take(&parser->compiler->scratch, sizeof *piece);
    if (!piece) {
        parser->compiler->no_memory = parser->failed = true;
        return NULL;
    }
    *piece = (struct piece){.kind = kind, .text = parser->text + from, .length = to - from,
                            .offset = parser->nested ? parser->origin : from};
    return piece;
}

static struct piece *parse_choice(struct parser *parser);

/* What a bracketed class may begin or end with. */
static uint8_t class_edges(const char *text, uint32_t length)
{
    static const char apostrophes[] = "[\'\xE2\x80\x98\xE2\x80\x99\xCA\xBC]";
    bool only = true;
    for (uint32_t i = 0; i < length; i++)
        only &= strchr(apostrophes, text[i]) != NULL;
    if (only)
        return 0;
    for (uint32_t i = 1; i + 1 < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (i + 3 < length && c == 0xE2 && ((unsigned char)text[i + 1] & 0xFE) == 0x80) {
            i += 2; /* U+2000 to U+207F: dashes, quotation marks, ellipsis */
            continue;
        }
        if (!strncmp(text + i, "\\x{20", 5) && memchr(text + i, '}', length - i)) {
            i += (uint32_t)strcspn(text + i, "}");
            continue;
        }
        if (c == '^' || c == '\\' || c == '\'' || c >= 0x80 || is_word_byte((char)c))
            return EDGE_BEGIN | EDGE_END;
    }
    return 0;
}

static struct piece *parse_class(struct parser *parser)
{
    uint32_t from = parser->at, at = from + 1;
    const char *text = parser->text;
    at += text[at] == '^';
    at += text[at] == ']';
    while (text[at] && text[at] != ']') {
        if (text[at] == '\\' && text[at + 1])
            at++;
        else if (text[at] == '[' && strchr(":.=", text[at + 1]) && text[at + 1])
            while (text[at + 1] && text[at + 1] != ']')
                at++;
        at++;
    }
    if (!text[at])
        return fail(parser, from, "bad-pattern", "", "a [ has no ]");
    parser->at = at + 1;
    struct piece *piece = piece_new(parser, PIECE_RAW, from, at + 1);
    if (piece)
        piece->edges = class_edges(text + from, at + 1 - from);
    return piece;
}

static struct piece *parse_escape(struct parser *parser)
{
    uint32_t from = parser->at;
    const char *text = parser->text;
    char c = text[from + 1];
    if (!c)
        return fail(parser, from, "bad-pattern", "", "a \\ stands at the end");
    parser->at += 2;
    struct piece *piece;
    if (c == 'C')
        return fail(parser, from, "refused", "", "\\C is refused: it would cut characters");
    if (strchr("bBAZzG", c)) {
        piece = piece_new(parser, PIECE_RAW, from, from + 2);
        if (piece)
            piece->edges = EDGE_EMPTY | (c == 'b' ? EDGE_BOUNDARY : 0);
        return piece;
    }
    if (c == 's' || c == 'h' || c == 'v' || c == 'R' || c == 'n' || c == 't' || c == 'r') {
        piece = piece_new(parser, PIECE_RAW, from, from + 2);
        return piece;
    }
    if (!is_word_byte(c) && (unsigned char)c < 0x80) { /* \. */
        piece = piece_new(parser, PIECE_TEXT, from, from + 2);
        if (piece)
            piece->letter = (uint32_t)(unsigned char)c;
        return piece;
    }
    if (strchr("gkpPxoNu", c) &&
        (text[parser->at] == '{' || (c == 'k' && strchr("<'", text[parser->at])))) {
        char close = text[parser->at] == '{' ? '}' : text[parser->at] == '<' ? '>' : '\'';
        const char *end = strchr(text + parser->at + 1, close);
        if (!end)
            return fail(parser, from, "bad-pattern", "", "an escape has no end");
        parser->at = (uint32_t)(end - text) + 1;
    } else {
        uint32_t most = c == 'x' ? 2 : c == 'p' || c == 'P' ? 1 : 3;
        while (most-- && text[parser->at] &&
               strchr("0123456789abcdefABCDEFLMNPSZC", text[parser->at]) &&
               (c == 'x' || c == 'p' || c == 'P' || (c >= '0' && c <= '9')))
            parser->at++;
    }
    piece = piece_new(parser, PIECE_RAW, from, parser->at);
    if (piece)
        piece->edges = EDGE_BEGIN | EDGE_END |
                       (c == 'k' || c == 'g' || (c >= '1' && c <= '9') ? EDGE_EMPTY : 0);
    return piece;
}

/* The opening of a group up to its content; what kind it is. */
static uint32_t group_opening(const char *text, struct piece *piece)
{
    uint32_t n = 1;
    if (text[1] != '?')
        return 1;
    n = 2;
    char c = text[2], d = c ? text[3] : 0;
    if (c == ':' || c == '>' || c == '|')
        return 3;
    if (c == '=' || c == '!' || c == '*') {
        piece->look = c == '!' ? LOOK_NOT : LOOK_AHEAD;
        return 3;
    }
    if (c == '<' && (d == '=' || d == '!' || d == '*')) {
        piece->look = d == '!' ? LOOK_NOT : LOOK_BEHIND;
        return 4;
    }
    if (c == 'P' && d == '<')
        n = 3;
    if (text[n] == '<' || text[n] == '\'') {
        char close = text[n] == '<' ? '>' : '\'';
        const char *end = strchr(text + n + 1, close);
        return end ? (uint32_t)(end - text) + 1 : 0;
    }
    if (c == '(') { /* a condition: its own parentheses stand first */
        uint32_t depth = 0;
        for (n = 2; text[n]; n++) {
            depth += text[n] == '(';
            depth -= text[n] == ')';
            if (!depth)
                break;
        }
        piece->opaque = true;
        return text[n] ? n + 1 : 0;
    }
    n = 2 + (uint32_t)strspn(text + 2, "imsxnJ^-");
    if (text[n] == ':')
        return n + 1;
    piece->opaque = true;
    piece->alone = true; /* (?i) or (?R): nothing inside */
    const char *end = strchr(text, ')');
    return end ? (uint32_t)(end - text) : 0;
}

static struct piece *parse_group(struct parser *parser)
{
    uint32_t from = parser->at;
    const char *text = parser->text + from;
    if (text[1] == '*')
        return fail(parser, from, "refused", "", "verbs such as (*SKIP) are refused");
    if (text[1] == '?' && text[2] == 'C')
        return fail(parser, from, "refused", "write {n:person} and the like",
                    "callouts are refused");
    if (text[1] == '?' && text[2] == '#') {
        const char *end = strchr(text, ')');
        if (!end)
            return fail(parser, from, "bad-pattern", "", "a comment has no )");
        parser->at += (uint32_t)(end - text) + 1;
        struct piece *piece = piece_new(parser, PIECE_RAW, from, from);
        if (piece)
            piece->edges = EDGE_EMPTY;
        return piece;
    }
    if (++parser->depth > PATTERN_DEEP)
        return fail(parser, from, "too-deep", "", "more than 60 groups stand inside each other");
    struct piece *piece = piece_new(parser, PIECE_GROUP, from, from);
    uint32_t opening = piece ? group_opening(text, piece) : 0;
    if (!piece)
        return NULL;
    if (!opening)
        return fail(parser, from, "bad-pattern", "", "a ( has no )");
    piece->length = opening;
    parser->at += opening;
    if (!piece->alone) {
        piece->first = parse_choice(parser);
        if (!piece->first)
            return NULL;
    }
    if (parser->text[parser->at] != ')')
        return fail(parser, from, "bad-pattern", "", "a ( has no )");
    parser->at++;
    parser->depth--;
    return piece;
}

/* A quantifier at `at`: its length, or 0; its bounds, *most NONE for none. */
static uint32_t quantifier(const char *at, uint32_t *least, uint32_t *most)
{
    uint32_t n = 1;
    *least = *at == '+';
    *most = *at == '?' ? 1 : NONE;
    if (*at == '{') {
        char *end;
        if (at[1] < '0' || at[1] > '9')
            return 0;
        unsigned long low = strtoul(at + 1, &end, 10), high = low;
        if (*end == ',')
            high = end[1] == '}' ? NONE : strtoul(end + 1, &end, 10);
        if (*end == ',')
            end++;
        if (*end != '}')
            return 0;
        *least = low < NONE ? (uint32_t)low : NONE;
        *most = high < NONE ? (uint32_t)high : NONE;
        n = (uint32_t)(end - at) + 1;
    } else if (!*at || !strchr("?*+", *at)) {
        return 0;
    }
    return n + (at[n] == '?' || at[n] == '+');
}

static struct piece *parse_atom(struct parser *parser)
{
    uint32_t from = parser->at, next = from;
    const char *text = parser->text;
    char c = text[from];
    struct piece *piece;
    switch (c) {
    case '[': return parse_class(parser);
    case '(': return parse_group(parser);
    case '\\': return parse_escape(parser);
    case '^':
    case '$':
        parser->at++;
        piece = piece_new(parser, PIECE_RAW, from, from + 1);
        if (piece)
            piece->edges = EDGE_EMPTY;
        return piece;
    case '.':
        parser->at++;
        piece = piece_new(parser, PIECE_RAW, from, from + 1);
        if (piece)
            piece->edges = EDGE_BEGIN | EDGE_END;
        return piece;
    case ' ':
    case '\n':
    case '\t':
        if (parser->raw)
            break;
        parser->at += (uint32_t)strspn(text + from, " \n\t");
        return piece_new(parser, PIECE_SPACE, from, parser->at);
    case '{':
        if (parser->raw)
            break;
        return parse_brace(parser);
    case '*':
    case '+':
    case '?':
        return fail(parser, from, "bad-pattern", "a literal one is written \\? \\* \\+",
                    "a quantifier has nothing before it");
    default: break;
    }
    if ((unsigned char)c < 0x20 && c != '\n' && c != '\t')
        return fail(parser, from, "bad-pattern", "", "a control character");
    UChar32 letter;
    int32_t step = 0;
    U8_NEXT(text + from, step, 4, letter);
    next = from + (uint32_t)step;
    parser->at = next;
    piece = piece_new(parser, PIECE_TEXT, from, next);
    if (piece)
        piece->letter = letter < 0 ? 0xFFFD : (uint32_t)letter;
    return piece;
}

static struct piece *parse_repeated(struct parser *parser)
{
    uint32_t from = parser->at, least, most;
    struct piece *piece = parse_atom(parser);
    if (!piece)
        return NULL;
    uint32_t n = quantifier(parser->text + parser->at, &least, &most);
    if (!n)
        return piece;
    struct piece *repeat = piece_new(parser, PIECE_REPEAT, parser->at, parser->at + n);
    if (!repeat)
        return NULL;
    repeat->offset = parser->nested ? parser->origin : from;
    repeat->first = piece;
    repeat->least = least;
    repeat->most = most;
    parser->at += n;
    return repeat;
}

static struct piece *parse_sequence(struct parser *parser)
{
    struct piece *sequence = piece_new(parser, PIECE_SEQUENCE, parser->at, parser->at);
    struct piece **end = sequence ? &sequence->first : NULL;
    while (end && parser->text[parser->at] && !strchr("|)", parser->text[parser->at])) {
        *end = parse_repeated(parser);
        if (!*end)
            return NULL;
        end = &(*end)->next;
    }
    return sequence;
}

static struct piece *parse_choice(struct parser *parser)
{
    struct piece *choice = piece_new(parser, PIECE_CHOICE, parser->at, parser->at);
    struct piece **end = choice ? &choice->first : NULL;
    while (end) {
        *end = parse_sequence(parser);
        if (!*end)
            return NULL;
        end = &(*end)->next;
        if (parser->text[parser->at] != '|')
            return choice;
        parser->at++;
    }
    return NULL;
}

/* A built-in's own source, parsed where it is asked for. */
struct piece *parse_nested(struct parser *parser, const char *source)
{
    struct parser inner = *parser;
    inner.text = source;
    inner.at = 0;
    inner.origin = parser->nested ? parser->origin : parser->at;
    inner.nested = parser->nested + 1;
    struct piece *group = piece_new(&inner, PIECE_GROUP, 0, 0);
    if (!group)
        return NULL;
    group->text = "(?:";
    group->length = 3;
    group->first = inner.nested > 8 ? NULL : parse_choice(&inner);
    parser->failed = inner.failed;
    return group->first ? group : NULL;
}

/* ---- Writing ------------------------------------------------------------------------------------
 */

#define APOSTROPHE "['\xE2\x80\x99\xE2\x80\x98\xCA\xBC]"
#define LETTER "\x01"
#define SPACE "\x02"
#define INSIDE "\x03"
/* A word with inner apostrophes and stops; the last stop of U.S. belongs to it. */
#define WORD_TEXT                                                                                  \
    LETTER "++(?:['.\xE2\x80\x99\xE2\x80\x98\xCA\xBC]" LETTER "++)*(?:(?<=\\." LETTER ")\\.)?"
#define GAP_WORD INSIDE "++(?:[.,](?=" LETTER ")" INSIDE "++)*+"

static void put(struct writer *writer, const char *text, size_t length)
{
    if (!vec_room(writer->compiler->memory, &writer->out, (uint32_t)length + 1)) {
        writer->compiler->no_memory = true;
        return;
    }
    memcpy(writer->out.at + writer->out.count, text, length);
    writer->out.count += (uint32_t)length;
}

static void put_text(struct writer *writer, const char *text)
{
    put(writer, text, strlen(text));
}

static void put_place(struct writer *writer, uint32_t source)
{
    struct regex_place place = {writer->out.count, source};
    if (!vec_push(writer->compiler->memory, &writer->map, place))
        writer->compiler->no_memory = true;
}

/* One character as text: its typographic forms, its meaning as a sign taken away. */
static void put_letter(struct writer *writer, const char *text, size_t length, bool raw)
{
    if (raw)
        put(writer, text, length);
    else if (length == 1 && *text == '\'')
        put_text(writer, APOSTROPHE);
    else if (length == 1 && *text == '"')
        put_text(writer, "[\"\xE2\x80\x9C\xE2\x80\x9D\xE2\x80\x9E\xC2\xAB\xC2\xBB]");
    else if (length == 1 && *text == '-')
        put_text(writer, "[-\xE2\x80\x90-\xE2\x80\x93]");
    else
        put(writer, text, length);
}

/* A word or phrase of a lexicon. */
static void put_word(struct writer *writer, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ' ')
            put_text(writer, SPACE "+");
        else if (text[i] == '*' && i + 1 == length)
            put_text(writer, LETTER "*+");
        else if ((unsigned char)text[i] < 0x80 && strchr("\\^$.[|()?*+{}#", text[i]))
            put(writer, (char[]){'\\', text[i]}, 2);
        else
            put_letter(writer, text + i, 1, false);
    }
}

/* The number of a callout that runs these tests; equal tests have one. */
static void put_callout(struct writer *writer, uint32_t test)
{
    struct translated *out = writer->translated;
    char text[16];
    uint32_t n = 0;
    while (n < out->callout_count && out->callouts[n] != test)
        n++;
    if (n == CALLOUTS_MOST) {
        writer->too_many = true;
        return;
    }
    if (n == out->callout_count)
        out->callouts[out->callout_count++] = test;
    snprintf(text, sizeof text, "(?C%u)", (unsigned)n + 1);
    put_text(writer, text);
}

/* Phrases in the order of their texts: those that share the first word stand behind it. */
static void put_phrases(struct writer *writer, const struct phrase *phrases, uint32_t count)
{
    for (uint32_t i = 0; i < count;) {
        size_t first = strcspn(phrases[i].text, " -");
        uint32_t end = i + 1;
        bool blank = phrases[i].text[first] == ' ';
        while (end < count && blank && !strncmp(phrases[i].text, phrases[end].text, first + 1))
            end++;
        if (i)
            put_text(writer, "|");
        if (end == i + 1) {
            put_word(writer, phrases[i].text, strlen(phrases[i].text));
        } else {
            put_word(writer, phrases[i].text, first);
            put_text(writer, SPACE "+(?:");
            for (uint32_t n = end; n > i; n--) { /* the longer before what it begins with */
                if (n < end)
                    put_text(writer, "|");
                put_word(writer, phrases[n - 1].text + first + 1,
                         strlen(phrases[n - 1].text + first + 1));
            }
            put_text(writer, ")");
        }
        i = end;
    }
}

#define NOT_T "n" APOSTROPHE "t"

static void put_words(struct writer *writer, const struct piece *piece)
{
    const struct word_piece *words = piece->words;
    bool some = false;
    if (!writer->bounded)
        put_text(writer, "(?<!" LETTER ")");
    if (words->negated) {
        struct piece inner = *piece;
        struct word_piece plain = *words;
        plain.negated = false;
        inner.words = &plain;
        put_text(writer, "(?!");
        writer->bounded = true;
        put_words(writer, &inner);
        put_text(writer, "(?!" LETTER "))" WORD_TEXT);
        writer->bounded = false;
        return;
    }
    put_text(writer, "(?:");
    if (words->phrase_count) {
        put_text(writer, "(?:");
        put_phrases(writer, words->phrases, words->phrase_count);
        put_text(writer, ")(?!" LETTER ")");
        some = true;
    }
    if (words->literal.count) {
        if (some)
            put_text(writer, "|");
        put_text(writer, "(?:");
        for (uint32_t i = 0; i < words->literal.count; i++) {
            const struct word_known *word = &writer->compiler->book.words.at[words->literal.at[i]];
            if (i)
                put_text(writer, "|");
            put_word(writer, word->text, word->length);
        }
        if (words->stems & STEM_CA)
            put_text(writer, "|ca(?=" NOT_T ")");
        if (words->stems & STEM_WO)
            put_text(writer, "|wo(?=" NOT_T ")");
        if (words->stems & STEM_SHA)
            put_text(writer, "|sha(?=" NOT_T ")");
        if (words->auxiliary)
            put_text(writer, ")(?:(?!" LETTER ")|(?=n" APOSTROPHE "t)|(?=not))");
        else
            put_text(writer, ")(?!" LETTER ")");
        if (words->literal_test != NONE)
            put_callout(writer, words->literal_test);
        some = true;
    }
    if (words->test != NONE) {
        put_text(writer, some ? "|" WORD_TEXT : WORD_TEXT);
        put_callout(writer, words->test);
    } else if (words->any) {
        put_text(writer, WORD_TEXT);
    }
    put_text(writer, ")");
    writer->bounded = false;
}

static void put_piece(struct writer *writer, const struct piece *piece);

static void put_gap(struct writer *writer, const struct piece *piece)
{
    char count[16];
    put_text(writer, "(?:" SPACE "+");
    if (piece->words) {
        struct piece stop = *piece;
        put_text(writer, "(?!");
        writer->bounded = true;
        put_words(writer, &stop);
        put_text(writer, "(?!" LETTER "))");
    }
    put_text(writer, GAP_WORD "){0,");
    snprintf(count, sizeof count, "%u}?", (unsigned)piece->most);
    put_text(writer, count);
    writer->bounded = false;
}

/* A blank and not: n't stands without one. */
static void put_not(struct writer *writer, const struct piece *piece)
{
    put_text(writer, "(?:" SPACE "+");
    writer->bounded = true;
    put_words(writer, piece);
    put_text(writer, "|" NOT_T "(?!" LETTER ")|(?<=can)(?:" APOSTROPHE "t|not)(?!" LETTER "))");
    writer->bounded = false;
}

/* A blank and a verb that is contracted: we're, she'll. 's is only after pronouns a verb. */
static void put_contracted(struct writer *writer, const struct piece *piece)
{
    static const struct { uint8_t bit; const char *text;
    } ends[] = {
        {CONTRACTS_BE, "|" APOSTROPHE "(?:m|re)(?!" LETTER ")"},
        {CONTRACTS_HAVE, "|" APOSTROPHE "ve(?!" LETTER ")"},
        {CONTRACTS_WILL, "|" APOSTROPHE "ll(?!" LETTER ")"},
        {CONTRACTS_D, "|" APOSTROPHE "d(?!" LETTER ")"},
        {CONTRACTS_S,
         "|(?<=\\bhe|\\bshe|\\bit|\\bthat|\\bthere|\\bwhat|\\bwho|\\bhere|\\bwhere|\\bhow)" APOSTROPHE
         "s(?!" LETTER ")"}};
    put_text(writer, "(?:" SPACE "+");
    writer->bounded = true;
    put_words(writer, piece);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (piece->words->contracts & ends[i].bit)
            put_text(writer, ends[i].text);
    put_text(writer, ")");
    writer->bounded = false;
}

static void put_sequence(struct writer *writer, const struct piece *piece)
{
    for (const struct piece *at = piece->first; at; at = at->next) {
        const struct piece *next = at->kind == PIECE_SPACE ? at->next : NULL;
        if (next && next->kind == PIECE_WORDS && (next->words->is_not || next->words->contracts)) {
            put_place(writer, next->offset);
            if (next->words->is_not)
                put_not(writer, next);
            else
                put_contracted(writer, next);
            at = next;
            continue;
        }
        put_piece(writer, at);
    }
}

static void put_piece(struct writer *writer, const struct piece *piece)
{
    bool bounded = writer->bounded;
    put_place(writer, piece->offset);
    switch (piece->kind) {
    case PIECE_TEXT:
        put_letter(writer, piece->text, piece->length, writer->raw || piece->length != 1);
        writer->bounded = false;
        break;
    case PIECE_RAW:
        put(writer, piece->text, piece->length);
        writer->bounded = bounded && piece->edges & EDGE_EMPTY;
        break;
    case PIECE_SPACE:
        put_text(writer, writer->behind ? SPACE : SPACE "+");
        writer->bounded = true;
        break;
    case PIECE_WORDS: put_words(writer, piece); break;
    case PIECE_GAP: put_gap(writer, piece); break;
    case PIECE_CLAUSE:
        put_text(writer, GAP_WORD "(?:" SPACE "+" GAP_WORD "){0,24}");
        writer->bounded = false;
        break;
    case PIECE_REST: put_text(writer, "(?s:.+)"); break;
    case PIECE_GROUP: {
        bool behind = writer->behind;
        put(writer, piece->text, piece->length);
        writer->bounded = bounded && !piece->look;
        writer->behind |= piece->look && memchr(piece->text, '<', piece->length);
        if (piece->first)
            put_piece(writer, piece->first);
        put_text(writer, ")");
        writer->bounded = bounded && piece->look;
        writer->behind = behind;
        break;
    }
    case PIECE_CHOICE:
        for (const struct piece *at = piece->first; at; at = at->next) {
            writer->bounded = bounded;
            put_sequence(writer, at);
            if (at->next)
                put_text(writer, "|");
        }
        break;
    case PIECE_SEQUENCE: put_sequence(writer, piece); break;
    case PIECE_REPEAT: {
        bool wrap = piece->first->kind != PIECE_GROUP && piece->first->kind != PIECE_RAW &&
                    piece->first->kind != PIECE_TEXT;
        writer->bounded = bounded && piece->most == 1;
        if (wrap)
            put_text(writer, "(?:");
        put_piece(writer, piece->first);
        if (wrap)
            put_text(writer, ")");
        put(writer, piece->text, piece->length);
        writer->bounded = false;
        break;
    }
    }
}

bool pattern_translate(struct compiler *compiler, const struct text_item *item, bool raw,
                       bool anchored, struct translated *out)
{
    struct parser parser = {.compiler = compiler, .item = item, .text = item->text, .raw = raw};
    struct writer writer = {.compiler = compiler, .translated = out, .raw = raw};
    out->callout_count = out->required_count = out->map_count = 0;
    out->entry_known = false;
    if (strlen(item->text) > PATTERN_BYTES) {
        fail(&parser, 0, "too-long", "use lexicons", "a pattern is longer than 4,096 bytes");
        return false;
    }
    struct piece *root = parse_choice(&parser);
    if (root && item->text[parser.at] == ')')
        root = fail(&parser, parser.at, "bad-pattern", "", "a ) has no (");
    if (!root)
        return false;
    bool begins, ends;
    facts_find(&parser, root, out, &begins, &ends);
    anchored = anchored && out->entry_known && !raw;
    if (!anchored)
        out->entry_known = false;
    if (!raw) {
        put_text(&writer, anchored ? "\\G(?:" : begins ? "(?<!" LETTER ")(?:" : "(?:");
        writer.bounded = true;
    }
    put_piece(&writer, root);
    if (!raw)
        put_text(&writer, ends ? ")(?!" LETTER "|" APOSTROPHE "t(?!" LETTER "))" : ")");
    if (writer.too_many)
        fail(&parser, 0, "too-long", "split it", "a pattern asks for more than 255 words by class");
    out->regex = arena_text(&compiler->scratch, writer.out.at ? writer.out.at : "", writer.out.count);
    out->length = writer.out.count;
    struct regex_place *map = arena_take(&compiler->scratch, writer.map.count * sizeof *map);
    if (!out->regex || !map)
        compiler->no_memory = true;
    else if (writer.map.count)
        memcpy(map, writer.map.at, writer.map.count * sizeof *map);
    out->map = map;
    out->map_count = writer.map.count;
    vec_free(compiler->memory, &writer.out);
    vec_free(compiler->memory, &writer.map);
    return !parser.failed && !compiler->no_memory;
}

/* ---- For PCRE2 and for readers ----------------------------------------------------------------
 */

uint32_t pattern_options(bool case_sensitive)
{
    return PCRE2_UTF | PCRE2_UCP | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_UTF_CHECK |
           (case_sensitive ? 0 : PCRE2_CASELESS);
}

uint32_t pattern_expand(const char *regex, bool short_form, char *out, uint32_t capacity)
{
    static const char *const classes[][4] = {
        {"",
         /* all but ASCII signs, Latin-1 signs and general punctuation */
         "[^\\x{00}-/:-@\\[-`{-\\x{a9}\\x{ab}-\\x{b4}\\x{b6}-\\x{b9}\\x{bb}-\\x{bf}\\x{d7}\\x{f7}"
         "\\x{2000}-\\x{206f}\\x{3000}-\\x{3020}\\x{ff00}-\\x{ff0f}\\x{fffc}-\\x{ffff}]",
         "[\\t-\\r \\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200b}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]",
         "[^\\t-\\r !\"(),.:;?\\[\\]\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200b}\\x{2013}-\\x{2015}\\x{201c}-\\x{201e}"
         "\\x{2026}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]"},
        {"", "\\w", "\\s", "[^\\s,;:.!?()]"}};
    uint32_t n = 0;
    while (*regex) {
        size_t plain = strcspn(regex, "\x01\x02\x03");
        const char *text = plain ? regex : classes[short_form][(int)*regex];
        size_t length = plain ? plain : strlen(text);
        if (n < capacity)
            memcpy(out + n, text, length < capacity - n ? length : capacity - n);
        n += (uint32_t)length;
        regex += plain ? plain : 1;
    }
    if (capacity)
        out[n < capacity ? n : capacity - 1] = 0;
    return n;
}

/* The source byte of a byte of the regex written out in its short form. */
static uint32_t source_of(const struct translated *translated, size_t expanded)
{
    uint32_t at = 0, source = 0;
    size_t seen = 0;
    for (; translated->regex[at] && seen < expanded; at++) {
        char one[2] = {translated->regex[at], 0};
        seen += pattern_expand(one, true, NULL, 0);
    }
    for (uint32_t i = 0; i < translated->map_count && translated->map[i].out <= at; i++)
        source = translated->map[i].source;
    return source;
}

bool pattern_check(struct compiler *compiler, const struct text_item *item,
                   const struct translated *translated, bool cue)
{
    uint32_t length = pattern_expand(translated->regex, true, NULL, 0);
    char *regex = memory_take(compiler->memory, length + 1);
    if (!regex) {
        compiler->no_memory = true;
        return false;
    }
    pattern_expand(translated->regex, true, regex, length + 1);
    int number;
    PCRE2_SIZE offset;
    /* What makes matching fast says nothing of mistakes, and takes half of the time. */
    uint32_t options =
        (PCRE2_NO_START_OPTIMIZE | PCRE2_NO_AUTO_POSSESS | pattern_options(true)) & ~PCRE2_UCP;
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)regex, length, options, &number, &offset, NULL);
    memory_give(compiler->memory, regex);
    if (!code) {
        char message[200] = "";
        pcre2_get_error_message(number, (PCRE2_UCHAR *)message, sizeof message);
        pattern_say(compiler, item, source_of(translated, offset), "bad-pattern", "", "%s",
                    message);
        return false;
    }
    uint32_t empty = 0;
    pcre2_pattern_info(code, PCRE2_INFO_MATCHEMPTY, &empty);
    pcre2_code_free(code);
    if (empty && cue) {
        pattern_say(compiler, item, 0, "matches-empty", "make a part of it required",
                    "the pattern matches the empty string");
        return false;
    }
    return true;
}
