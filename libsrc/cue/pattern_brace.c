/* pattern_brace.c: what stands in braces: lexicons, lemmas, parts of speech and classes, built-in
 * classes, gaps. The built-in ones are rows of the tables below; those with a source are written in
 * the language itself. A set's lexicon of the same name stands before a built-in one. */
#include <stdio.h>
#include <string.h>

#include "cue/pattern_piece.h"
#include "word/pos.h"
#include "segment/paragraph.h"

#define BIT(n) (UINT32_C(1) << (n))
enum { INLINE_MOST = 16, ALTERNATIVES_MOST = 32 };
enum {
    NOUNS = BIT(POS_NOUN) | BIT(POS_NAME), VERBS = BIT(POS_VERB) | BIT(POS_AUXILIARY),
    OPEN_N = BIT(WORD_NOUN), OPEN_V = BIT(WORD_VERB), OPEN_A = BIT(WORD_ADJECTIVE),
    OPEN_R = BIT(WORD_ADVERB)
};
/* By enum word_open. */
static const uint32_t pos_masks[] = {NOUNS, VERBS, BIT(POS_ADJECTIVE),
                                     BIT(POS_ADVERB) | BIT(POS_PARTICLE)};

/* ---- Tables ------------------------------------------------------------------------------------
 */

static const struct { const char *name, *words;
} lists[] = {
    {"subject", "i we you he she they it one who"},
    {"pronoun", "i me we us you he him she her it they them"},
    {"%personal", "i we you he she they me us him her them"},
    {"possessive", "my our your his her its their whose"},
    {"%determiner",
     "the a an my our your his her its their this that these those no any some all every each"},
    {"determiner",
     "the a an this that these those every each no some any another all both many few "
     "several such either neither most more"},
    {"modal", "can could may might must shall should will would ought"},
    {"be", "am is are was were be been being"},
    {"have", "have has had having"},
    {"do", "do does did doing done"},
    {"not", "not never"},
    {"conjunction", "and or but nor yet so"},
    {"%scale", "hundred thousand million billion trillion bn m k"},
};

static const struct { const char *name, *source;
} sources[] = {
    {"title", "(?:(?:prime|vice|deputy|foreign|former|acting) )?{%title}\\.?"},
    {"name", "{%name}(?:\\.? (?:(?:de|van|von|der|al|bin) ){0,2}{%name}){0,3}"},
    {"person", "(?:{title} )?{name}|{%personal}"},
    {"place", "{%place}(?: {%place}){0,2}"},
    {"nation",
     "{%nation}|(?:the )?(?:united|new|north|south|east|west|saudi|sri|el|costa|great) {%name}"},
    {"org",
     "(?:the )?(?:{%name} ){0,4}{%body}(?: (?:of|for|on) (?:the )?{%name}(?: {%name}){0,2})?|{%acronym}"},
    {"%amount", "(?:{%digits}|{%number}(?:[- ]{%number}){0,3})(?: ?{%scale})?"},
    {"money",
     "(?:\\$|\xE2\x82\xAC|\xC2\xA3|\xC2\xA5) ?{%digits}(?: ?{%scale})?|"
     "{%amount} (?:dollars?|euros?|pounds?|cents?|pence|yen|yuan|rupees?|pesos?|francs?|rou?bles?)"},
    {"number", "{%digits}(?: {%scale})?|{%number}(?:[- ](?:and )?{%number}){0,4}"},
    {"percent",
     "(?:{%digits}|{%number}(?:[- ]{%number}){0,2})(?: ?%| (?:percent|per cent|percentage points?))"},
    {"date", "(?:{%day},? )?{%month}(?: {%day-number})?(?:,? {%year})?|"
             "{%day-number} {%month}(?: {%year})?|{%year}|{%day}"},
    {"np", "(?:{%determiner} )?(?:{%modifier} ){0,3}{%head}"},
    {"party", "{%personal}|(?:{%determiner} )?(?:{%modifier}\\.? ){0,3}{%party}"},
};

/* Numbers in digits: plain PCRE2; each stands in a token that begins with a digit. */
static const struct { const char *name, *regex; } digits[] = {
    {"%digits", "\\d+(?:[,]\\d{2,3})*(?:\\.\\d+)?(?:(?:bn|[kmbt])(?![a-z]))?"},
    {"%year", "(?:1[5-9]|20)\\d\\d(?!\\d)"},
    {"%day-number", "\\d{1,2}(?:st|nd|rd|th)?"},
};

/* One-word tests: traits (a word has one of them), part of speech, flags of the token. */
static const struct {
    const char *name;
    uint32_t closed;       /* bits of enum word_closed */
    const char *classes;   /* of first senses; blank-separated */
    bool named;            /* or the token is a name */
    uint32_t pos_mask, open, flags;
} words[] = {
    {"preposition", WORD_PREPOSITION, "", false, 0, 0, 0},
    {"%title", WORD_TITLE, "", false, 0, 0, 0},
    {"%name", 0, "", true, 0, 0, 0},
    {"%place", WORD_NATION, "n:location", false, 0, 0, TOKEN_CAPITAL},
    {"%nation", WORD_NATION | WORD_DEMONYM, "", false, 0, 0, TOKEN_CAPITAL},
    {"%body", 0, "n:group", false, 0, 0, TOKEN_CAPITAL},
    {"%acronym", 0, "", true, 0, 0, TOKEN_UPPER},
    {"%number", WORD_NUMBER, "", false, 0, 0, 0},
    {"%month", WORD_MONTH, "", false, 0, 0, TOKEN_CAPITAL},
    {"%day", WORD_DAY, "", false, 0, 0, TOKEN_CAPITAL},
    {"%modifier", WORD_NUMBER | WORD_ORDINAL | WORD_NATION | WORD_DEMONYM | WORD_TITLE, "n a", true,
     NOUNS | BIT(POS_ADJECTIVE) | BIT(POS_NUMBER), OPEN_N | OPEN_A, 0},
    {"%head", WORD_NATION | WORD_DEMONYM, "n", true, NOUNS, OPEN_N, 0},
    {"%party", WORD_NATION | WORD_DEMONYM, "n:person n:group", true, NOUNS, OPEN_N, 0},
};

/* Forms: of verbs, and of nouns. "ed" is both past and participle. */
static const struct { const char *name; uint32_t verb, noun; } forms[] = {
    {"base", WORD_BASE, WORD_BASE}, {"ing", WORD_ING, 0}, {"ed", WORD_PAST | WORD_PARTICIPLE, 0},
    {"s", WORD_THIRD, WORD_PLURAL}, {"past", WORD_PAST, 0}, {"participle", WORD_PARTICIPLE, 0},
};
#define ROWS(table) (sizeof(table) / sizeof *(table))

/* Forms that are written as 're, 've, 'll, 'd, 's behind a pronoun. */
static const struct { const char *word; uint8_t contracts; } contracted[] = {
    {"are", CONTRACTS_BE | CONTRACTS_S}, {"have", CONTRACTS_HAVE | CONTRACTS_S},
    {"had", CONTRACTS_D}, {"would", CONTRACTS_D}, {"will", CONTRACTS_WILL},
};
static const char *const auxiliaries =
    " can could may might must shall should will would ought is are was were have has had do does did need ";

/* ---- Pieces ------------------------------------------------------------------------------------
 */

static struct piece *mistake(struct parser *parser, uint32_t from, const char *code,
                             const char *advice, const char *format, const char *text, int length)
{
    char message[300];
    snprintf(message, sizeof message, format, length > 60 ? 60 : length, text);
    if (!parser->failed)
        pattern_say(parser->compiler, parser->item, parser->nested ? parser->origin : from, code,
                    advice, "%s", message);
    parser->failed = true;
    return NULL;
}

static struct word_piece *words_new(struct parser *parser)
{
    struct word_piece *made = arena_take(&parser->compiler->scratch, sizeof *made);
    if (!made) {
        parser->compiler->no_memory = parser->failed = true;
        return NULL;
    }
    memset(made, 0, sizeof *made);
    made->test = made->literal_test = NONE;
    return made;
}

static struct piece *piece_words(struct parser *parser, uint32_t from, struct word_piece *made)
{
    struct piece *piece = made ? piece_new(parser, PIECE_WORDS, from, from) : NULL;
    if (piece)
        piece->words = made;
    return piece;
}

static const struct test_row test_none = {.group = NONE};

static uint32_t test_add(struct parser *parser, const struct test_row *rows, uint32_t count,
                         const char *name, size_t length)
{
    struct compiler *compiler = parser->compiler;
    uint32_t text = pool_text(compiler, name, length), first = NONE;
    for (uint32_t i = 0; i < count; i++) {
        struct test_row row = rows[i];
        row.name = text;
        row.more = i + 1 < count;
        uint32_t at = PUSH(compiler, tests, row);
        first = i ? first : at;
    }
    return first;
}

static void note_auxiliaries(struct parser *parser, struct word_piece *made)
{
    const struct wordbook *book = &parser->compiler->book;
    for (uint32_t i = 0; i < made->literal.count; i++) {
        const struct word_known *word = &book->words.at[made->literal.at[i]];
        char padded[WORD_MAX + 4];
        if (word->length + 3 > sizeof padded)
            continue;
        padded[0] = ' ';
        memcpy(padded + 1, word->text, word->length);
        memcpy(padded + 1 + word->length, " ", 2);
        made->auxiliary |= strstr(auxiliaries, padded) != NULL;
        made->stems |= !strcmp(word->text, "can")     ? STEM_CA
                       : !strcmp(word->text, "will")  ? STEM_WO
                       : !strcmp(word->text, "shall") ? STEM_SHA
                                                      : 0;
        for (size_t n = 0; n < ROWS(contracted); n++)
            if (!strcmp(word->text, contracted[n].word))
                made->contracts |= contracted[n].contracts;
    }
}

static bool is_inline(struct items items)
{
    for (uint32_t i = 0; i < items.count; i++)
        if (items.at[i] & (ITEM_TRAIT | ITEM_PREFIX))
            return false;
    return items.count <= INLINE_MOST;
}

static struct piece *brace_lexicon(struct parser *parser, uint32_t from, uint32_t row,
                                   const char *name, size_t length)
{
    struct compiler *compiler = parser->compiler;
    const struct spelled *spelled = wordbook_lexicon(&compiler->book, row);
    struct word_piece *made = words_new(parser);
    struct test_row tests[1 + WORD_OPEN_COUNT];
    uint32_t count = 0;
    if (!made)
        return NULL;
    if (!spelled->first.count)
        return mistake(parser, from, "empty-lexicon", "", "the lexicon \"%.*s\" is empty", name,
                       (int)length);
    made->needed = spelled->needed;
    made->alone = spelled->all;
    made->first = spelled->first;
    made->last = spelled->last;
    made->phrases = spelled->phrases;
    made->phrase_count = spelled->phrase_count;
    bool plain = true;
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
        plain &= !spelled->by_pos[pos].count;
    if (plain && is_inline(spelled->words)) {
        made->literal = spelled->words;
        return piece_words(parser, from, made);
    }
    if (spelled->words.count) {
        tests[count] = test_none;
        tests[count++].group = group_of(&compiler->book, spelled->words);
    }
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
        if (spelled->by_pos[pos].count) {
            tests[count] = test_none;
            tests[count].pos_mask = pos_masks[pos];
            tests[count].open = BIT(pos);
            tests[count++].group = group_of(&compiler->book, spelled->by_pos[pos]);
        }
    made->test = test_add(parser, tests, count, name, length);
    return piece_words(parser, from, made);
}

static const char pos_letters[] = "nvar";

/* {=offer} {=offer:v} */
static struct piece *brace_lemma(struct parser *parser, uint32_t from, const char *name,
                                 size_t length)
{
    int pos = WORD_ANY;
    const char *colon = memchr(name, ':', length);
    size_t own = colon ? (size_t)(colon - name) : length;
    if (colon) {
        const char *letter = own + 2 == length ? memchr(pos_letters, name[own + 1], 4) : NULL;
        if (!letter)
            return mistake(parser, from, "bad-brace", "as in {=offer:v}",
                           "\"%.*s\": a lemma's part of speech is n, v, a or r", name, (int)length);
        pos = (int)(letter - pos_letters);
    }
    if (own < 2)
        return mistake(parser, from, "bad-brace", "as in {=offer}", "\"%.*s\" has no lemma", name,
                       (int)length);
    struct word_piece *made = words_new(parser);
    if (!made)
        return NULL;
    made->literal = items_forms(&parser->compiler->book, name + 1, own - 1, pos);
    made->needed = made->first = made->last = made->literal;
    if (pos != WORD_ANY) {
        struct test_row test = test_none;
        test.pos_mask = pos_masks[pos];
        test.open = BIT(pos);
        made->literal_test = test_add(parser, &test, 1, name, length);
    }
    note_auxiliaries(parser, made);
    return piece_words(parser, from, made);
}

/* {n} {v.ing} {n:person} {v:possession.ing}; NULL without a mistake: it is none of these. */
static struct piece *brace_class(struct parser *parser, uint32_t from, const char *name,
                                 size_t length)
{
    const char *letter = memchr(pos_letters, name[0], 4), *dot = memchr(name, '.', length);
    size_t own = dot ? (size_t)(dot - name) : length;
    if (!letter || (own > 1 && name[1] != ':'))
        return NULL;
    struct compiler *compiler = parser->compiler;
    int pos = (int)(letter - pos_letters), bit = word_class_bit(name, own);
    struct test_row test = test_none;
    if (bit < 0)
        return mistake(parser, from, "unknown-class",
                       "n:person, n:group, v:communication, v:possession …",
                       "unknown class \"%.*s\"", name, (int)own);
    if (dot) {
        size_t n = 0;
        while (n < ROWS(forms) && (strlen(forms[n].name) != length - own - 1 ||
                                   memcmp(forms[n].name, dot + 1, length - own - 1)))
            n++;
        if (n == ROWS(forms) || (pos == WORD_NOUN && !forms[n].noun) || pos > WORD_VERB)
            return mistake(parser, from, "bad-brace", "base, ing, ed, s, past, participle",
                           "unknown form in \"%.*s\"", name, (int)length);
        test.verb_form = pos == WORD_VERB ? forms[n].verb : 0;
        test.noun_form = pos == WORD_NOUN ? forms[n].noun : 0;
    }
    struct word_piece *made = words_new(parser);
    if (!made)
        return NULL;
    /* The group is asked for always, so that what it requires of a text is what the test asks. */
    uint32_t traits[2] = {item_trait(TRAIT_CLASS + (uint32_t)bit), item_trait(TRAIT_NAME)};
    made->needed = items_make(&compiler->book, traits, own == 1 && pos == WORD_NOUN ? 2 : 1);
    made->first = made->last = made->needed;
    test.pos_mask = pos_masks[pos];
    test.open = BIT(pos);
    test.group = group_of(&compiler->book, made->first);
    made->test = test_add(parser, &test, 1, name, length);
    return piece_words(parser, from, made);
}

static bool is_text(const char *text, const char *name, size_t length)
{
    return strlen(text) == length && !memcmp(text, name, length);
}

static struct piece *brace_list(struct parser *parser, uint32_t from, const char *list, bool is_not)
{
    struct wordbook *book = &parser->compiler->book;
    uint32_t items[64], n = 0;
    for (const char *at = list; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        items[n++] = item_word(book, at, length);
        at += length;
    }
    struct word_piece *made = words_new(parser);
    if (!made)
        return NULL;
    made->literal = made->needed = made->first = made->last = items_make(book, items, n);
    made->is_not = is_not;
    if (!is_not)
        note_auxiliaries(parser, made);
    return piece_words(parser, from, made);
}

static struct piece *brace_word(struct parser *parser, uint32_t from, size_t row)
{
    struct wordbook *book = &parser->compiler->book;
    uint32_t items[40], n = 0;
    struct test_row test = {.group = NONE, .pos_mask = words[row].pos_mask, .open = words[row].open,
                            .flags = words[row].flags};
    for (uint32_t bit = 0; bit < 32; bit++)
        if (words[row].closed & BIT(bit))
            items[n++] = item_trait(TRAIT_CLOSED + bit);
    for (const char *at = words[row].classes; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        uint32_t bit = (uint32_t)word_class_bit(at, length);
        items[n++] = item_trait((bit < WORD_CLASS_FILES ? TRAIT_FIRST : TRAIT_CLASS) + bit);
        at += length;
    }
    if (words[row].named)
        items[n++] = item_trait(TRAIT_NAME);
    struct word_piece *made = words_new(parser);
    if (!made)
        return NULL;
    made->needed = made->first = made->last = items_make(book, items, n);
    test.group = group_of(book, made->first);
    made->test = test_add(parser, &test, 1, words[row].name, strlen(words[row].name));
    return piece_words(parser, from, made);
}

static struct piece *brace_digits(struct parser *parser, uint32_t from, const char *regex)
{
    uint32_t trait = item_trait(TRAIT_DIGIT);
    struct word_piece *made = words_new(parser);
    struct piece *piece = made ? piece_new(parser, PIECE_RAW, from, from) : NULL;
    if (!piece)
        return NULL;
    made->needed = made->first = made->last = items_make(&parser->compiler->book, &trait, 1);
    piece->text = regex;
    piece->length = (uint32_t)strlen(regex);
    piece->words = made;
    return piece;
}

static uint32_t lexicon_row(const struct parser *parser, const char *name, size_t length)
{
    char text[80];
    if (length >= sizeof text)
        return INDEX_NONE;
    memcpy(text, name, length);
    text[length] = 0;
    const struct lexicon *lexicon = model_lexicon(parser->compiler->model, text);
    return lexicon ? (uint32_t)(lexicon - parser->compiler->model->lexicons.at) : INDEX_NONE;
}

static struct piece *unknown(struct parser *parser, uint32_t from, const char *name, size_t length)
{
    VEC(const char *) names = {0};
    struct compiler *compiler = parser->compiler;
    const struct model *model = compiler->model;
    char text[80], advice[120] = "a lexicon of the set, or a built-in class";
    bool ok = true;
    for (uint32_t i = 0; i < model->lexicons.count; i++)
        ok &= vec_push(compiler->memory, &names, model->lexicons.at[i].name);
    for (size_t i = 0; i < ROWS(lists) && ok; i++)
        ok &= vec_push(compiler->memory, &names, lists[i].name);
    for (size_t i = 0; i < ROWS(sources) && ok; i++)
        ok &= vec_push(compiler->memory, &names, sources[i].name);
    snprintf(text, sizeof text, "%.*s", (int)(length < 79 ? length : 79), name);
    const char *near = ok ? nearest(text, names.at, names.count) : NULL;
    if (near && near[0] != '%')
        snprintf(advice, sizeof advice, "did you mean {%s}?", near);
    vec_free(compiler->memory, &names);
    return mistake(parser, from, "unknown-lexicon", advice, "unknown lexicon or class \"%.*s\"",
                   name, (int)length);
}

static struct piece *brace_item(struct parser *parser, uint32_t from, const char *name,
                                size_t length)
{
    uint32_t row = lexicon_row(parser, name, length);
    if (row != INDEX_NONE)
        return brace_lexicon(parser, from, row, name, length);
    if (!length)
        return mistake(parser, from, "bad-brace", "", "empty braces%.*s", "", 0);
    if (name[0] == '=')
        return brace_lemma(parser, from, name, length);
    if (name[0] == '!') {
        struct piece *piece = brace_item(parser, from, name + 1, length - 1);
        if (!piece)
            return NULL;
        if (piece->kind != PIECE_WORDS || piece->words->phrase_count)
            return mistake(parser, from, "bad-brace", "",
                           "\"%.*s\": ! stands before what is one word", name, (int)length);
        struct word_piece *made = words_new(parser);
        if (!made)
            return NULL;
        *made = *piece->words;
        made->negated = true;
        made->contracts = 0;
        made->needed = made->first = made->last = (struct items){0};
        return piece_words(parser, from, made);
    }
    if (is_text("word", name, length)) {
        struct word_piece *made = words_new(parser);
        if (made)
            made->any = true;
        return piece_words(parser, from, made);
    }
    if (is_text("clause", name, length) || is_text("rest", name, length))
        return piece_new(parser, name[0] == 'c' ? PIECE_CLAUSE : PIECE_REST, from, from);
    if (name[0] != '%' || parser->nested) {
        for (size_t i = 0; i < ROWS(lists); i++)
            if (is_text(lists[i].name, name, length))
                return brace_list(parser, from, lists[i].words, !strcmp(lists[i].name, "not"));
        for (size_t i = 0; i < ROWS(sources); i++)
            if (is_text(sources[i].name, name, length))
                return parse_nested(parser, sources[i].source);
        for (size_t i = 0; i < ROWS(digits); i++)
            if (is_text(digits[i].name, name, length))
                return brace_digits(parser, from, digits[i].regex);
        for (size_t i = 0; i < ROWS(words); i++)
            if (is_text(words[i].name, name, length))
                return brace_word(parser, from, i);
    }
    struct piece *piece = brace_class(parser, from, name, length);
    return piece || parser->failed ? piece : unknown(parser, from, name, length);
}

/* {gap} {gap:8} {gap:8!stops} */
static struct piece *brace_gap(struct parser *parser, uint32_t from, const char *name,
                               size_t length)
{
    uint32_t most = 5;
    size_t at = 3;
    if (at < length && name[at] == ':') {
        for (most = 0, at++; at < length && name[at] >= '0' && name[at] <= '9' && most < 1000; at++)
            most = most * 10 + (uint32_t)(name[at] - '0');
        if (!most || most > 50)
            return mistake(parser, from, "bad-brace", "{gap:8}", "\"%.*s\": a gap is 1 to 50 words",
                           name, (int)length);
    }
    struct piece *gap = piece_new(parser, PIECE_GAP, from, from), *stop = NULL;
    if (!gap)
        return NULL;
    gap->most = most;
    if (at < length && name[at] == '!') {
        stop = brace_item(parser, from, name + at + 1, length - at - 1);
        if (!stop)
            return NULL;
        if (stop->kind != PIECE_WORDS)
            return mistake(parser, from, "bad-brace", "",
                           "\"%.*s\": a gap stops at words of a lexicon", name, (int)length);
        gap->words = stop->words;
    } else if (at < length) {
        return mistake(parser, from, "bad-brace", "{gap:8!stops}", "\"%.*s\" is no gap", name,
                       (int)length);
    }
    return gap;
}

struct piece *parse_brace(struct parser *parser)
{
    uint32_t from = parser->at;
    const char *name = parser->text + from + 1, *end = strpbrk(name, "{}");
    if (!end || *end != '}')
        return mistake(parser, from, "bad-brace", "a literal one is written \\{",
                       "a { has no }%.*s", "", 0);
    size_t length = (size_t)(end - name);
    struct piece *piece = NULL, *group = NULL, *choice = NULL, **next = NULL;
    if (length >= 3 && !memcmp(name, "gap", 3) &&
        (length == 3 || name[3] == ':' || name[3] == '!')) {
        piece = brace_gap(parser, from, name, length);
    } else if (!memchr(name, '|', length)) {
        piece = brace_item(parser, from, name, length);
    } else {
        group = piece_new(parser, PIECE_GROUP, from, from);
        choice = piece_new(parser, PIECE_CHOICE, from, from);
        if (!group || !choice)
            return NULL;
        group->text = "(?:";
        group->length = 3;
        group->first = choice;
        next = &choice->first;
        for (size_t at = 0; at <= length;) {
            const char *bar = memchr(name + at, '|', length - at);
            size_t own = bar ? (size_t)(bar - name) - at : length - at;
            struct piece *sequence = piece_new(parser, PIECE_SEQUENCE, from, from);
            if (!sequence)
                return NULL;
            sequence->first = brace_item(parser, from, name + at, own);
            if (!sequence->first)
                return NULL;
            *next = sequence;
            next = &sequence->next;
            at += own + 1;
        }
        piece = group;
    }
    parser->at = from + (uint32_t)length + 2;
    return piece;
}
