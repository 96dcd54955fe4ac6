/* test_segment.c: tokens, sentences, quotations; and the fast path against ICU.
 * Texts of corpus/ are read below $srcdir (or .), as automake sets it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rhetor/rhetor.h"
#include "segment/quotation.h"
#include "segment/sentence.h"
#include "segment/token.h"
#include "text/split.h"
#include "text/utf8.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

struct fixture {
    struct segmenter *segmenter;
    struct paragraph paragraph;
    VEC(struct token) tokens;
    VEC(uint32_t) breaks;
    char out[8192];
};

static int fixture_open(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    return segmenter_open(&memory_default, &f->segmenter);
}

static void paragraph_clear(struct paragraph *p)
{
    vec_free(&memory_default, &p->tokens);
    vec_free(&memory_default, &p->sentences);
    vec_free(&memory_default, &p->quotations);
    free(p->bytes);
    p->bytes = NULL;
}

static int fixture_close(void **state)
{
    struct fixture *f = *state;
    segmenter_close(f->segmenter);
    vec_free(&memory_default, &f->tokens);
    vec_free(&memory_default, &f->breaks);
    paragraph_clear(&f->paragraph);
    free(f);
    return 0;
}

static void paragraph_set(struct fixture *f, const char *text, size_t length)
{
    struct paragraph *p = &f->paragraph;
    free(p->bytes);
    p->bytes = malloc(length + 1);
    assert_non_null(p->bytes);
    memcpy(p->bytes, text, length);
    p->bytes[length] = 0;
    p->length = (uint32_t)length;
}

static void paragraph_segment(struct fixture *f)
{
    assert_int_equal(tokens_find(f->segmenter, &f->paragraph), RHETOR_OK);
    assert_int_equal(sentences_find(f->segmenter, &f->paragraph), RHETOR_OK);
    assert_int_equal(quotations_find(f->segmenter, &f->paragraph), RHETOR_OK);
}

/* ---- Tokens: text|text */

static const char *const token_cases[][2] = {
    {"Plain words, here.", "Plain|words|,|here|."},
    {"It's don't rock'n'roll", "It's|don't|rock'n'roll"},
    {"It\u2019s Anna\u2019s, the workers\u2019 hall",
     "It\u2019s|Anna\u2019s|,|the|workers|\u2019|hall"},
    {"3.5 and 1,000,000 and 5'10", "3.5|and|1,000,000|and|5'10"},
    {"U.S. and e.g. this", "U.S|.|and|e.g|.|this"},
    {"well-known either/or", "well|-|known|either|/|or"},
    {"snake_case 3rd 1990s", "snake_case|3rd|1990s"},
    {"a...b", "a|.|.|.|b"},
    {"caf\u00e9 na\u00efve \u0141\u00f3d\u017a", "caf\u00e9|na\u00efve|\u0141\u00f3d\u017a"},
    {"so\u2014thus\u2026 \u201cyes\u201d", "so|\u2014|thus|\u2026|\u201c|yes|\u201d"},
    {"a\u00a0b", "a|b"},
    {"line\nend\r\nmore", "line|end|more"},
    {"e\u0301te\u0301 first", "e\u0301te\u0301|first"},
    {"go \U0001F469\u200D\U0001F4BB now", "go|\U0001F469\u200D\U0001F4BB|now"},
    {"\u0441\u043b\u043e\u0432\u043e and \u03bb\u03cc\u03b3\u03bf\u03c2",
     "\u0441\u043b\u043e\u0432\u043e|and|\u03bb\u03cc\u03b3\u03bf\u03c2"},
    {"\xEF\xBB\xBFMark", "Mark"},
    {"$5 and 40%", "$|5|and|40|%"},
    {"", ""},
    {" \n ", ""},
};

static void test_tokens(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(token_cases); i++) {
        paragraph_set(f, token_cases[i][0], strlen(token_cases[i][0]));
        assert_int_equal(tokens_find(f->segmenter, &f->paragraph), RHETOR_OK);
        size_t n = 0;
        for (uint32_t k = 0; k < f->paragraph.tokens.count; k++) {
            const struct token *token = &f->paragraph.tokens.at[k];
            n += (size_t)sprintf(f->out + n, "%s%.*s", k ? "|" : "", (int)token->length,
                                 f->paragraph.bytes + token->start);
        }
        f->out[n] = 0;
        assert_string_equal(f->out, token_cases[i][1]);
    }
}

static void test_token_flags(void **state)
{
    struct fixture *f = *state;
    const char *text = "The NATO plan - a \u00c9lan, 40 U.S. x;\nNext well-known - end --";
    struct {
        const char *word;
        uint8_t kind, flags;
    } rows[] = {
        {"The", TOKEN_WORD, TOKEN_CAPITAL | TOKEN_LINE},
        {"NATO", TOKEN_WORD, TOKEN_CAPITAL | TOKEN_UPPER},
        {"plan", TOKEN_WORD, 0},
        {"-", TOKEN_PUNCTUATION, TOKEN_BREAK},
        {"a", TOKEN_WORD, 0},
        {"\u00c9lan", TOKEN_WORD, TOKEN_CAPITAL | TOKEN_NON_ASCII},
        {",", TOKEN_PUNCTUATION, TOKEN_BREAK | TOKEN_GLUED},
        {"40", TOKEN_NUMBER, 0},
        {"U.S", TOKEN_WORD, TOKEN_CAPITAL | TOKEN_UPPER},
        {".", TOKEN_PUNCTUATION, TOKEN_BREAK | TOKEN_GLUED},
        {"x", TOKEN_WORD, 0},
        {";", TOKEN_PUNCTUATION, TOKEN_BREAK | TOKEN_GLUED},
        {"Next", TOKEN_WORD, TOKEN_CAPITAL | TOKEN_LINE},
        {"well", TOKEN_WORD, 0},
        {"-", TOKEN_PUNCTUATION, TOKEN_GLUED},
        {"known", TOKEN_WORD, TOKEN_GLUED},
        {"-", TOKEN_PUNCTUATION, TOKEN_BREAK},
        {"end", TOKEN_WORD, 0},
        {"-", TOKEN_PUNCTUATION, TOKEN_BREAK},
        {"-", TOKEN_PUNCTUATION, TOKEN_BREAK | TOKEN_GLUED},
    };
    paragraph_set(f, text, strlen(text));
    assert_int_equal(tokens_find(f->segmenter, &f->paragraph), RHETOR_OK);
    assert_int_equal(f->paragraph.tokens.count, COUNT(rows));
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct token *token = &f->paragraph.tokens.at[i];
        if (token->length != strlen(rows[i].word) || token->kind != rows[i].kind ||
            token->flags != rows[i].flags)
            fail_msg("%s: kind %u flags %u", rows[i].word, token->kind, token->flags);
    }
    /* the stop of an abbreviation in mid-sentence ends no clause */
    assert_int_equal(sentences_find(f->segmenter, &f->paragraph), RHETOR_OK);
    assert_false(f->paragraph.tokens.at[9].flags & TOKEN_BREAK);
    assert_true(f->paragraph.tokens.at[0].flags & TOKEN_FIRST);
}

static void test_long_word(void **state)
{
    struct fixture *f = *state;
    size_t length = 200000;
    char *text = malloc(length);
    for (size_t i = 0; i < length; i += 2)
        memcpy(text + i, "\xC3\xA9", 2);
    paragraph_set(f, text, length);
    assert_int_equal(tokens_find(f->segmenter, &f->paragraph), RHETOR_OK);
    uint32_t at = 0;
    for (uint32_t i = 0; i < f->paragraph.tokens.count; i++) {
        assert_int_equal(f->paragraph.tokens.at[i].start, at);
        at += f->paragraph.tokens.at[i].length;
        assert_int_equal(at % 2, 0);
    }
    assert_int_equal(at, length);
    assert_true(f->paragraph.tokens.count <= 4);
    free(text);
}

/* ---- The fast path against ICU */

static const char *fast_differs(struct fixture *f)
{
    struct segmenter *s = f->segmenter;
    struct paragraph *p = &f->paragraph;
    assert_int_equal(tokens_find_icu(s, p), RHETOR_OK);
    assert_true(vec_room(&memory_default, &f->tokens, p->tokens.count + 1));
    if (p->tokens.count)
        memcpy(f->tokens.at, p->tokens.at, p->tokens.count * sizeof *p->tokens.at);
    uint32_t count = p->tokens.count;
    assert_int_equal(tokens_find(s, p), RHETOR_OK);
    if (count != p->tokens.count ||
        (count && memcmp(f->tokens.at, p->tokens.at, count * sizeof *p->tokens.at) != 0))
        return "tokens";
    assert_int_equal(sentence_breaks_icu(s, p), RHETOR_OK);
    f->breaks.count = 0;
    for (uint32_t i = 0; i < s->breaks.count; i++)
        assert_true(vec_push(&memory_default, &f->breaks, s->breaks.at[i]));
    assert_int_equal(sentence_breaks(s, p), RHETOR_OK);
    if (f->breaks.count != s->breaks.count ||
        (s->breaks.count &&
         memcmp(f->breaks.at, s->breaks.at, s->breaks.count * sizeof *s->breaks.at) != 0))
        return "sentences";
    return NULL;
}

/* The alphabet is nasty on purpose: every class of both break rules, beside abbreviations. */
static const char *const nasty[] = {
    "a",          "b",          "A",          "B",          " ",
    " ",          " ",          "\n",         "\r\n",       "\t",
    ".",          ".",          "?",          "!",          "'",
    "\"",         "(",          ")",          "[",          "]",
    ",",          ";",          ":",          "-",          "_",
    "1",          "2",          "0",          "\u201c",     "\u201d",
    "\u2018",     "\u2019",     "\u2014",     "\u2013",     "\u2026",
    "\u00a0",     "\u00e9",     "\u00c9",     "Mr.",        "the",
    "The",        "U.S.",       "I.", /* 43 plain */
    "\u00df",     "\u00d7",     "\u00aa",     "\u00b7",     "\u00ad",
    "\u0301",     "\u200d",     "\U0001F600", "\U0001F469", "\U0001F44D\U0001F3FD",
    "\U0001F1E9", "\U0001F1EA", "\u05d0",     "\u05d1",     "\u4e2d",
    "\u6587",     "\u30a2",     "\u0e01",     "\u0e32",     "@",
    "St.",        "a.m.",       "No.",        "Ph.D.",      "e.g.",
    "vs.",        "\u20ac",     "\u2028",     "\u2029",     "\xC2\x85",
    "\u2024",     "\uFF0E",     "\u3002",     "\uFF1F",     "\u02bc",
    "\u0180",     "\u01c5",     "\u02b0",     "\x1a",       "\v",
    "\f",         "/",          "&",          "#",          "$",
    "\u2060",     "\u200b",     "\u00b2",     "\u00ba",     "\ufb01",
    "\u202f",     "\u2027",     "\u0589",     "\u0663",     "\u0640",
    "\u0600",     "\uFEFF",     "Lt.Cdr.",    "pp.",
};

static void test_fast_random(void **state)
{
    struct fixture *f = *state;
    uint32_t random = 20240607;
    for (int round = 0; round < 40000; round++) {
        char text[512];
        size_t length = 0;
        uint32_t letters = round % 3 ? COUNT(nasty) : 43;
        random = random * 1664525u + 1013904223u;
        for (uint32_t i = 1 + (random >> 16) % 30; i > 0; i--) {
            random = random * 1664525u + 1013904223u;
            const char *part = nasty[(random >> 12) % letters];
            memcpy(text + length, part, strlen(part));
            length += strlen(part);
        }
        paragraph_set(f, text, length);
        const char *what = fast_differs(f);
        if (what)
            fail_msg("%s differ: [%s]", what, f->paragraph.bytes);
    }
}

static uint32_t folder_compare(struct fixture *f, const char *folder)
{
    char path[1024];
    const char *top = getenv("srcdir");
    snprintf(path, sizeof path, "%s/corpus/%s", top ? top : ".", folder);
    DIR *dir = opendir(path);
    uint32_t compared = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        size_t n = strlen(entry->d_name);
        if (n < 4 || strcmp(entry->d_name + n - 4, ".txt") != 0)
            continue;
        char file[2048];
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        FILE *in = fopen(file, "rb");
        assert_non_null(in);
        static char raw[1 << 20], text[1 << 20];
        uint32_t length = (uint32_t)fread(raw, 1, sizeof raw, in);
        fclose(in);
        utf8_mask(text, raw, length);
        for (uint32_t at = 0; at < length; compared++) {
            uint8_t flags;
            uint32_t end = split_next(text, length, at, &flags);
            paragraph_set(f, text + at, end - at);
            const char *what = fast_differs(f);
            if (what)
                fail_msg("%s: %s differ: [%s]", file, what, f->paragraph.bytes);
            at = end;
        }
    }
    if (dir)
        closedir(dir);
    return compared;
}

static void test_fast_corpus(void **state)
{
    struct fixture *f = *state;
    uint32_t compared = folder_compare(f, "gold") + folder_compare(f, "texts");
    if (compared == 0)
        fail_msg("no text below corpus/: is srcdir set?");
}

/* ---- Sentences: text|text */

static const char *const sentence_cases[] = {
    "One here.|Two here!|Three?",
    "\"Why not?\" she asked.|Then silence.",
    "\u201cWhy not?\u201d asked the minister.",
    "\u201cStop!\u201d Brandt said.|He left.",
    "\u201cStop!\u201d General Ayla Brandt shouted.",
    "\u201cStop!\u201d I said.",
    "\u201cStop!\u201d|She said nothing more.",
    "\"Really?\"|The room fell silent.",
    "He met J. R. Smith there.|Then he left.",
    "He met Gen. Brandt and Lt. Moor in St. Louis.|It rained.",
    "Mr. Brown and Mrs. Green met Dr. White.",
    "The U.S. Treasury agreed.",
    "He left the U.S.|The next day it rained.",
    "It is No. 5 of p. 7, since Jan. 5.|He left.",
    "At 5 p.m. on Friday it ended.",
    "I met Joe.|He was late.",
    "It ended World War I.|The rest is known.",
    "He said \u201cI am done.|Leave me.\u201d and walked off.",
    "He said \u201cend.\u201d  |Next one.",
    "\"One.\"|\"Two.\"|(See the note.)|Three.",
    "Then ... he went.|And... nothing.",
    "Well\u2026|But no one came.",
    "Well\u2026 no one came.",
    "A note.[3]|Next sentence.",
    "The man (who else?) went.",
    "Hard-wrapped lines are\none sentence.|The next\nis too.",
    "See vs. The Crown, i.e. The King.",
    "It cost $3.5 million.|It rose 4.2 percent.",
    "Wait\u2014what?|Yes.",
    "\u00c9lan came.|\u00c9clairs went.",
    "The man said no.|\u201cNever.\u201d|And so on.",
    "Read the e.g. section.|Was it Vol. 3?",
};

static void test_sentences(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(sentence_cases); i++) {
        char text[512];
        size_t length = 0, n = 0;
        for (const char *c = sentence_cases[i]; *c; c++)
            text[length++] = *c == '|' ? ' ' : *c;
        paragraph_set(f, text, length);
        paragraph_segment(f);
        for (uint32_t k = 0; k < f->paragraph.sentences.count; k++) {
            const struct sentence *s = &f->paragraph.sentences.at[k];
            n += (size_t)sprintf(f->out + n, "%s%.*s", k ? "|" : "", (int)(s->end - s->start),
                                 f->paragraph.bytes + s->start);
        }
        char want[512];
        size_t w = 0;
        for (const char *c = sentence_cases[i]; *c; c++)
            if (!(*c == ' ' && c[1] == '|') && !(*c == ' ' && c[1] == ' ' && c[2] == '|'))
                want[w++] = *c;
        want[w] = 0;
        f->out[n] = 0;
        assert_string_equal(f->out, want);
    }
}

/* Every token is in exactly one sentence, and none is much longer than the limit. */
static void test_sentences_tile(void **state)
{
    struct fixture *f = *state;
    static const char *const units[] = {"word ",  "word, ", "x",      "(",
                                        "\u201c", "a. ",    "\u4e2d", "1 "};
    for (size_t u = 0; u < COUNT(units); u++) {
        size_t size = strlen(units[u]), length = 30000 / size * size;
        char *text = malloc(length);
        for (size_t at = 0; at < length; at += size)
            memcpy(text + at, units[u], size);
        paragraph_set(f, text, length);
        free(text);
        paragraph_segment(f);
        uint32_t next = 0;
        for (uint32_t i = 0; i < f->paragraph.sentences.count; i++) {
            const struct sentence *s = &f->paragraph.sentences.at[i];
            assert_int_equal(s->first_token, next);
            assert_true(s->token_count > 0);
            assert_true(s->token_count == 1 || s->end - s->start <= 2 * SENTENCE_MAX + 8);
            next += s->token_count;
        }
        assert_int_equal(next, f->paragraph.tokens.count);
    }
}

/* ---- Quotations: what is quoted, {} by depth */

static const char *const quotation_cases[][2] = {
    {"She said \u201cyes\u201d and \u201cno\u201d.", "1yes 1no"},
    {"She said \"yes\" and \"no\".", "1yes 1no"},
    {"\u201cHe said \u2018go\u2019 to me,\u201d she said.", "1He said \u2018go\u2019 to me, 2go"},
    {"\u2018The workers\u2019 hall is \u201cours\u201d,\u2019 he said.",
     "1The workers\u2019 hall is \u201cours\u201d, 2ours"},
    {"'It is mine,' he said. 'Don't go.'", "1It is mine, 1Don't go."},
    {"don't, the '90s, 'tis, rock 'n' roll, the dogs' tails, \u2019twas, the \u201990s", ""},
    {"the \u2018change\u2019 and 'reform' of it", "1change 1reform"},
    {"A 12\" pipe, a 5'10\" man, 6' tall.", ""},
    {"He wrote \"in 1990\" there.", "1in 1990"},
    {"\"A 12\" pipe,\" he said.", "1A 12\" pipe,"},
    {"\u00abOui\u00bb \u2039non\u203a \u201eJa\u201c \u201aso\u2018", "1Oui 1non 1Ja 1so"},
    {"\u00bbNein\u00ab sagte er", "1Nein"},
    {"\u300c\u3042\u300e\u3044\u300f\u300d", "1\u3042\u300e\u3044\u300f 2\u3044"},
    {"\"She told me 'go away' and left,\" he said.", "1She told me 'go away' and left, 2go away"},
    {"\"'Go,' he said,\" she said.", "1'Go,' he said, 2Go,"},
    {"She\u2014\"oh no\"\u2014left (\"quietly\").", "1oh no 1quietly"},
    {"An \u201copen one. Next \u201cclosed\u201d one.", "1open one. 1closed"},
    {"An \"open one. Then nothing.", "1open one."},
    {"mixed \u201cmarks\" here", "1marks"},
    {"stray \u201d and \u2019 and ' close nothing", ""},
    {"\u201d\u201d \"\" \u201c\u201d empty", ""},
    {"\u2018And then?\u2019 \u2018Nothing.\u2019", "1And then? 1Nothing."},
    {"the boys' and girls' rooms, runnin' wild", ""},
};

static void test_quotations(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(quotation_cases); i++) {
        paragraph_set(f, quotation_cases[i][0], strlen(quotation_cases[i][0]));
        memset(&f->paragraph.in, 0, sizeof f->paragraph.in);
        paragraph_segment(f);
        quotation_settle(&f->paragraph, false);
        size_t n = 0;
        f->out[0] = 0;
        for (uint32_t k = 0; k < f->paragraph.quotations.count; k++) {
            const struct quotation *q = &f->paragraph.quotations.at[k];
            n += (size_t)sprintf(f->out + n, "%s%d%.*s", k ? " " : "", q->depth,
                                 (int)(q->inner_end - q->inner_start),
                                 f->paragraph.bytes + q->inner_start);
        }
        assert_string_equal(f->out, quotation_cases[i][1]);
    }
}

static void test_quotations_over_paragraphs(void **state)
{
    struct fixture *f = *state;
    enum { NEXT = RHETOR_QUOTATION_CONTINUES, BEFORE = RHETOR_QUOTATION_CONTINUED };
    struct {
        const char *text;
        uint8_t flags;
        const char *inner;
    } rows[] = {
        {"He said: \u201cI begin. And more.", NEXT, "I begin. And more."},
        {"\u201cI go on. And on.", NEXT | BEFORE, "I go on. And on."},
        {"\u201cI end.\u201d He left.", BEFORE, "I end."},
        {"\u201cThis stays open. And here is more.", RHETOR_QUOTATION_UNCLOSED, "This stays open."},
        {"Plain words.", 0, NULL},
        {"\u2018British one.", NEXT, "British one."},
        {"\u2018It ends.\u2019", BEFORE, "It ends."},
    };
    memset(&f->paragraph.in, 0, sizeof f->paragraph.in);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct paragraph *p = &f->paragraph;
        paragraph_set(f, rows[i].text, strlen(rows[i].text));
        paragraph_segment(f);
        const char *next = i + 1 < COUNT(rows) ? rows[i + 1].text : NULL;
        quotation_settle(p, quotation_goes_on(p, next, next ? (uint32_t)strlen(next) : 0));
        p->in = p->out;
        assert_int_equal(p->quotations.count, rows[i].inner ? 1 : 0);
        if (!rows[i].inner)
            continue;
        const struct quotation *q = &p->quotations.at[0];
        assert_int_equal(q->flags, rows[i].flags);
        assert_int_equal(q->inner_end - q->inner_start, strlen(rows[i].inner));
        assert_memory_equal(p->bytes + q->inner_start, rows[i].inner, strlen(rows[i].inner));
    }
}

/* Random marks: rows stay inside the paragraph, ascend, nest or stand apart. */
static void test_quotations_random(void **state)
{
    struct fixture *f = *state;
    static const char *const parts[] = {"\"",     "'",      "\u201c", "\u201d", "\u2018", "\u2019",
                                        "\u00ab", "\u00bb", "\u201e", "word",   "Word",   " ",
                                        " ",      ". ",     "(",      ")",      "12",     "\u2014",
                                        "s",      "\n",     "\u300c", "\u300d"};
    uint32_t random = 11;
    memset(&f->paragraph.in, 0, sizeof f->paragraph.in);
    for (int round = 0; round < 20000; round++) {
        char text[256];
        size_t length = 0;
        for (int i = 0; i < 24; i++) {
            random = random * 1664525u + 1013904223u;
            const char *part = parts[(random >> 12) % COUNT(parts)];
            memcpy(text + length, part, strlen(part));
            length += strlen(part);
        }
        paragraph_set(f, text, length);
        paragraph_segment(f);
        f->paragraph.in = f->paragraph.out;
        quotation_settle(&f->paragraph, round % 2);
        uint32_t start = 0;
        for (uint32_t i = 0; i < f->paragraph.quotations.count; i++) {
            const struct quotation *q = &f->paragraph.quotations.at[i];
            bool sound = q->start >= start && q->start < q->inner_start &&
                         q->inner_start < q->inner_end && q->inner_end <= q->end &&
                         q->end <= length && q->depth >= 1 && q->mark != MARK_NONE;
            for (uint32_t k = 0; k < i && sound; k++) {
                const struct quotation *o = &f->paragraph.quotations.at[k];
                sound = o->end <= q->start || q->end <= o->end;
            }
            if (!sound)
                fail_msg("row %u of [%s]", i, f->paragraph.bytes);
            start = q->start;
        }
    }
}

/* ---- Cost: an eightfold text takes at most some sixteen times as long */

static double seconds(struct fixture *f, const char *unit, size_t length)
{
    size_t size = strlen(unit);
    char *text = malloc(length);
    for (size_t at = 0; at < length; at++)
        text[at] = unit[at % size];
    while (length > 0 && ((unsigned char)text[length - 1] & 0x80))
        length--;
    paragraph_set(f, text, length);
    free(text);
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        struct timespec from, to;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        paragraph_segment(f);
        quotation_settle(&f->paragraph, false);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        double t = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
        best = t < best ? t : best;
    }
    return best;
}

static void test_linear(void **state)
{
    struct fixture *f = *state;
    static const char *const units[] = {
        "\u201cx",
        "\u201cx\u201d ",
        "\"x ",
        "(",
        "word ",
        "w",
        "'a ",
        "a. 1 ",
        "U.S. ",
        "Mr. A ",
        "\u4e2d\u6587 x",
        "s' ",
        "\u201cA. b\u201d \u2018",
        ".",
        "? ",
        "\n",
        "e\u0301 ",
        ". \u05d0 ",
    };
    memset(&f->paragraph.in, 0, sizeof f->paragraph.in);
    for (size_t i = 0; i < COUNT(units); i++) {
        double small = seconds(f, units[i], 1 << 15), large = seconds(f, units[i], 1 << 18);
        if (large > 16 * small + 0.005)
            fail_msg("%s: %g s for 32 KB, %g s for 256 KB", units[i], small, large);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_tokens),
        TEST(test_token_flags),
        TEST(test_long_word),
        TEST(test_fast_random),
        TEST(test_fast_corpus),
        TEST(test_sentences),
        TEST(test_sentences_tile),
        TEST(test_quotations),
        TEST(test_quotations_over_paragraphs),
        TEST(test_quotations_random),
        TEST(test_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
