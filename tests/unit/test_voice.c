/* test_voice.c: names, and who says what to whom in whose voice. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rhetor/rhetor.h"
#include "segment/quotation.h"
#include "segment/sentence.h"
#include "segment/token.h"
#include "text/split.h"
#include "voice/voice.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

struct fixture {
    struct segmenter *segmenter;
    struct words words;
    struct names names;
    struct paragraph paragraph;
    char out[8192];
    size_t length;
};

static int fixture_open(void **state)
{
    struct vocabulary vocabulary = {0};
    struct fixture *f = calloc(1, sizeof *f);
    *state = f;
    return segmenter_open(&memory_default, &f->segmenter) ||
           words_init(&f->words, &memory_default, &vocabulary) ||
           names_init(&f->names, &memory_default);
}

static int fixture_close(void **state)
{
    struct fixture *f = *state;
    struct paragraph *p = &f->paragraph;
    segmenter_close(f->segmenter);
    words_free(&f->words);
    names_free(&f->names);
    vec_free(&memory_default, &p->tokens);
    vec_free(&memory_default, &p->sentences);
    vec_free(&memory_default, &p->quotations);
    vec_free(&memory_default, &p->namings);
    vec_free(&memory_default, &p->tags);
    vec_free(&memory_default, &p->roles);
    free(p->bytes);
    free(f);
    return 0;
}

/* Analyses the next paragraph; returns its end. */
static uint32_t paragraph_next(struct fixture *f, const char *text, uint32_t length, uint32_t at)
{
    struct paragraph *p = &f->paragraph;
    uint32_t end = split_next(text, length, at, &p->flags);
    free(p->bytes);
    p->bytes = malloc(end - at + 1);
    memcpy(p->bytes, text + at, end - at);
    p->bytes[end - at] = 0;
    p->length = end - at;
    p->in = p->out;
    memset(&p->out, 0, sizeof p->out);
    p->tags.count = p->roles.count = 0;
    assert_int_equal(tokens_find(f->segmenter, p), RHETOR_OK);
    assert_int_equal(sentences_find(f->segmenter, p), RHETOR_OK);
    assert_int_equal(quotations_find(f->segmenter, p), RHETOR_OK);
    quotation_settle(p, quotation_goes_on(p, text + end, length - end));
    assert_int_equal(words_find(&f->words, p), RHETOR_OK);
    assert_int_equal(voice_find(p, &f->words, &f->names), RHETOR_OK);
    return end;
}

/* One line a quotation: voice, speaker > addressee: its first word. */
static void render(struct fixture *f)
{
    static const char *const voices[] = {"author", "quoted", "scripted"};
    const struct paragraph *p = &f->paragraph;
    for (uint32_t i = 0; i < p->quotations.count; i++) {
        const struct quotation *q = &p->quotations.at[i];
        const char *inner = p->bytes + q->inner_start;
        int first = (int)strcspn(inner, " ,.?!\"\n");
        f->length +=
            (size_t)sprintf(f->out + f->length, "%s%s", f->length ? "; " : "", voices[q->voice]);
        if (q->speaker)
            f->length +=
                (size_t)sprintf(f->out + f->length, " %s", names_text(&f->names, q->speaker, NULL));
        if (q->addressee)
            f->length += (size_t)sprintf(f->out + f->length, " > %s",
                                         names_text(&f->names, q->addressee, NULL));
        f->length += (size_t)sprintf(f->out + f->length, ": %.*s", first, inner);
    }
}

struct voice_case {
    const char *text, *want;
};

static void check(struct fixture *f, const struct voice_case *rows, size_t count)
{
    uint32_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t length = (uint32_t)strlen(rows[i].text);
        f->length = 0;
        f->out[0] = 0;
        memset(&f->paragraph.out, 0, sizeof f->paragraph.out);
        for (uint32_t at = 0; at < length;) {
            at = paragraph_next(f, rows[i].text, length, at);
            render(f);
        }
        if (strcmp(f->out, rows[i].want) != 0) {
            print_error("%s\n   want: %s\n   have: %s\n", rows[i].text, rows[i].want, f->out);
            failed++;
        }
    }
    assert_int_equal(failed, 0);
}

static const struct voice_case attribution[] = {
    {"Brandt said, \"The pier is closed.\"", "quoted Brandt: The"},
    {"\"The pier is closed,\" Brandt said.", "quoted Brandt: The"},
    {"\"The pier is closed,\" said Brandt.", "quoted Brandt: The"},
    {"\u201cThe pier is closed,\u201d said General Ayla Brandt.",
     "quoted General Ayla Brandt: The"},
    {"\"Is the pier closed?\" asked the minister.", "quoted the minister: Is"},
    {"\"The pier,\" said Brandt, \"is closed for good.\"", "quoted Brandt: The; quoted Brandt: is"},
    {"\"The pier is closed,\" Brandt told the mayor.", "quoted Brandt > the mayor: The"},
    {"Brandt told the mayor: \"The pier is closed.\"", "quoted Brandt > the mayor: The"},
    {"Brandt rose and said, \"The pier is closed.\"", "quoted Brandt: The"},
    {"Then the union leader, a tired man, replied, \"The pier is open.\"",
     "quoted the union leader: The"},
    {"\"The pier is closed,\" said the chairman, Oskar Lund, yesterday.", "quoted Oskar Lund: The"},
    {"According to Brandt, \"the pier is closed for good.\"", "quoted Brandt: the"},
    {"The plan was hailed by Oskar Lund as \"the best thing for the harbour in years.\"",
     "quoted Oskar Lund: the"},
    {"In the words of Brandt, \"nobody will swim there again.\"", "quoted Brandt: nobody"},
    {"Mrs. Lund shook her head. \"Nobody told me about the pier.\"", "quoted Mrs. Lund: Nobody"},
    {"As my father put it, \"nobody will swim there again.\"", "quoted my father: nobody"},
    {"The spokeswoman, Dana Lund, came. \"The pier is closed,\" she said.",
     "quoted Dana Lund: The"},
    {"General Ayla Brandt came late. \"The pier is closed,\" Brandt said.",
     "quoted General Ayla Brandt: The"},
    {"Mr. Holt met Mrs. Lund. \"The pier is closed,\" she said.", "quoted Mrs. Lund: The"},
    {"Mr. Holt met Mrs. Lund. \"The pier is closed,\" he said.", "quoted Mr. Holt: The"},
    {"\"Miss Lund, the pier is closed,\" said Brandt.", "quoted Brandt > Miss Lund: Miss"},
    {"\"The pier is closed, Miss Lund,\" said Brandt.", "quoted Brandt > Miss Lund: The"},
    {"\"He told me, 'Wait at the pier until six,' and left,\" said Nora Lund.",
     "quoted Nora Lund: He; quoted he > Nora Lund: Wait"},
};

static const struct voice_case scripted[] = {
    {"Brandt could open with, \u201cWe both need the harbour.\u201d", "scripted Brandt: We"},
    {"\"We both need the harbour,\" she might add, \"and we both know it.\"",
     "scripted she: We; scripted she: and"},
    {"The minister should tell Brandt: \"We both need the harbour.\"",
     "scripted the minister > Brandt: We"},
    {"Suppose Brandt said, \"We both need the harbour.\"", "scripted Brandt: We"},
    {"Imagine a chairman saying, \"We both need the harbour.\"", "scripted a chairman: We"},
    {"Tell the mayor: \"We both need the harbour.\"", "scripted you > the mayor: We"},
    {"I wish Brandt had said, \"We both need the harbour.\"", "scripted Brandt: We"},
    {"Brandt never said, \"We both need the harbour.\"", "scripted Brandt: We"},
    {"Brandt will say, \"We both need the harbour.\"", "scripted Brandt: We"},
    {"Brandt ought to say, \"We both need the harbour.\"", "scripted Brandt: We"},
    {"Brandt could end by saying, \"We both need the harbour.\"", "scripted Brandt: We"},
    {"If the mayor asks, \"What will it cost us?\" tell him the truth.",
     "scripted the mayor: What"},
    {"The answer ought to be: \"We both need the harbour.\"", "scripted: We"},
    {"A wiser leader would say, \"We both need the harbour.\"", "scripted a wiser leader: We"},
    /* habit and ability report */
    {"Every night Nora would say, \"We both need the harbour.\"", "quoted Nora: We"},
    {"Holt could only say, \"We both need the harbour.\"", "quoted Holt: We"},
    {"My aunt used to say, \"Never swim there.\" She would add, \"It is deep.\"",
     "quoted my aunt: Never; quoted my aunt: It"},
    {"Nobody in the room said, \"This is a mistake.\"", "scripted Nobody: This"},
    {"Ask him, \"Which pier is it?\" and he will tell you, \"Both of them are.\"",
     "scripted you: Which; scripted he > you: Both"},
    {"If that is so, Brandt said, \"we both need the harbour.\"", "quoted Brandt: we"},
    {"Brandt went on to say, \"We both need the harbour.\"", "quoted Brandt: We"},
};

static const struct voice_case indirect[] = {
    {"Brandt can then note that both towns need the harbour.", "scripted Brandt: both"},
    {"The minister should point out that both towns need the harbour.",
     "scripted the minister: both"},
    {"Brandt could remind the mayor that both towns need the harbour.",
     "scripted Brandt > the mayor: both"},
    {"Remind them that both towns need the harbour.", "scripted you: both"},
    {"Brandt noted that both towns need the harbour.", ""},
    {"Critics might argue that both towns need the harbour.", "scripted Critics: both"},
    {"One could say that both towns need the harbour.", ""},
    {"I should add that both towns need the harbour.", ""},
    {"It should be noted that both towns need the harbour.", ""},
    {"Brandt cannot say that both towns need the harbour.", ""},
};

static const struct voice_case forms[] = {
    {"They might claim, and the street would nod, that the wall had always leaned.",
     "scripted they: the"},
    {"When they ask who sent you, you tell them: I came by myself.", "scripted you: I"},
    {"We propose that she announce a delay \"in deference to the harvest\", and no more.",
     "scripted she: in"},
    {"She would do well to remind the council that both towns need the harbour.",
     "scripted she > the council: both"},
    {"Brandt would remind the council that both towns need the harbour.", ""},
    {"Let it be said that both towns need the harbour.", "scripted: both"},
    {"You may let it be known that a ferry is on its way.", "scripted you: a"},
    {"Some will ask: why pay for a pier at all?", "scripted some: why"},
    {"A sceptic might object that nobody swims there.", "scripted a sceptic: nobody"},
    {"I'd have Brandt tell the council that the pier stays open.",
     "scripted Brandt > the council: the"},
    {"If I were Holt I'd tell them that the pier stays open.", "scripted I: the"},
    {"If he asks whether the pier is safe, she ought to reply that it is dry.",
     "scripted he: whether; scripted she: it"},
    {"If anybody rings, say that the pier is shut.", "scripted you: the"},
    {"The tenants should be told that the pier is shut.", "scripted > the tenants: the"},
    {"Let Brandt come down and say, \"I was wrong about the pier.\"", "scripted Brandt: I"},
    {"I would like to hear Brandt say, just once, \"I was wrong.\"", "scripted Brandt: I"},
    {"We heard Brandt say, \"I was wrong about the pier.\"", "quoted Brandt: I"},
    {"Brandt may then reply that the pier is shut, which is true.", "scripted Brandt: the"},
    {"One might say that the pier is shut.", ""},
    {"Thank you for coming: the pier is shut.", ""},
    {"You might say that the pier is a ruin.", ""},
};

static const struct voice_case held[] = {
    {"He tells me that by spring every boat in the harbour must be \"fully connected\".",
     "author: fully"},
    {"The firm may pass on \"usage insights\", as far as anybody knows.", "author: usage"},
    {"The mayor called the pier \"a farce\" and left.", "quoted the mayor: a"},
    {"A spokesman for the trust, Ian Lund, called the pier \"deeply regrettable\".",
     "quoted Ian Lund: deeply"},
    {"Nora Lund said she was \"cautiously hopeful\" about the pier.",
     "quoted Nora Lund: cautiously"},
    {"The report says the pier is \"not fit for purpose\".", "quoted the report: not"},
};

static const struct voice_case persons[] = {
    {"A man in a grey coat sat down. \"Do you mind?\" he asked. \"My name is Emil Kasz.\"\n\n\"Not "
     "at all,\" said Nora.\n\n\"I knew your mother,\" the man said.",
     "quoted Emil Kasz: Do; quoted Emil Kasz: My; quoted Nora > Emil Kasz: Not; "
     "quoted Emil Kasz > Nora: I"},
    {"A boy jumped off. \"We have no rope!\" he called.\n\n\"We have twine, Joss,\" said "
     "Nora.\n\n\"That is no rope,\" the boy said.",
     "quoted a boy: We; quoted Nora > Joss: We; quoted Joss > Nora: That"},
    {"\"You are late,\" said Nora.\n\nHer brother shrugged. \"The tram.\"\n\nEmil Lund "
     "sighed.\n\n\"Sit,\" she said.\n\n\"I would rather stand.\"",
     "quoted Nora: You; quoted her brother: The; quoted Nora: Sit; "
     "quoted Emil Lund > Nora: I"},
    {"\"Is she in?\" asked Emil.\n\n\"Who wants her?\"\n\n\"Her brother.\"",
     "quoted Emil: Is; quoted > Emil: Who; quoted Emil: Her"},
    {"\"We walked,\" Nora told the surveyor.\n\n\"All the way?\"",
     "quoted Nora > the surveyor: We; quoted the surveyor > Nora: All"},
};

static const struct voice_case letters[] = {
    {"To: Petra Lund, Head of Fares\nFrom: The Press Desk\n\nYou might open with, \"The trams run "
     "again.\" If he presses you, say: \"I will not guess.\"",
     "scripted Petra Lund: The; scripted Petra Lund: I"},
    {"Dear Councillor Holt,\n\nYou could say, \"The lamps are lit in March.\"",
     "scripted Councillor Holt: The"},
    {"President Lund should open with praise. \"Your farmers feed us,\" she could say.\n\nThen "
     "she must be blunt. \"The grain rots on both sides.\"\n\nTell him that the border opens.",
     "scripted President Lund: Your; scripted President Lund: The; scripted President Lund: the"},
    {"LUND: My father used to say, \"Ask for coal in summer.\"",
     "author LUND: My; quoted my father: Ask"},
};

static const struct voice_case author[] = {
    {"They praise the \"reform\" every day.", "author: reform"},
    {"The \"reform\" cost us the harbour.", "author: reform"},
    {"The film is called \"The Long Pier\" in the north.", "author: The"},
    {"The word \"pier\" is old.", "author: pier"},
};

static const struct voice_case passages[] = {
    /* alternating turns */
    {"\"The pier is closed,\" said Nora Lund.\n\n\"Who closed it?\" asked Mr. Holt.\n\n\"The "
     "council did "
     "it.\"\n\n\"They would.\"",
     "quoted Nora Lund: The; quoted Mr. Holt > Nora Lund: Who; quoted Nora Lund > Mr. Holt: The; "
     "quoted Mr. Holt > Nora Lund: They"},
    /* a speech over paragraphs */
    {"Brandt could say, \u201cWe both need the harbour. I know it.\n\n\u201cIn return, you open "
     "the "
     "pier.\u201d",
     "scripted Brandt: We; scripted Brandt: In"},
    /* announced at a paragraph's end */
    {"This is what Brandt told the council:\n\n\u201cWe both need the harbour.\u201d",
     "quoted Brandt > the council: We"},
    /* labelled turns */
    {"Ms. Lund: We both need the harbour.\n\nMr. Holt: Then open the pier.",
     "author Ms. Lund: We; author Mr. Holt > Ms. Lund: Then"},
};

static void test_attribution(void **state) { check(*state, attribution, COUNT(attribution)); }
static void test_scripted(void **state) { check(*state, scripted, COUNT(scripted)); }
static void test_indirect(void **state) { check(*state, indirect, COUNT(indirect)); }
static void test_author(void **state) { check(*state, author, COUNT(author)); }
static void test_forms(void **state) { check(*state, forms, COUNT(forms)); }
static void test_held(void **state) { check(*state, held, COUNT(held)); }
static void test_persons(void **state) { check(*state, persons, COUNT(persons)); }
static void test_letters(void **state) { check(*state, letters, COUNT(letters)); }
static void test_passages(void **state) { check(*state, passages, COUNT(passages)); }

static void test_indirect_row(void **state)
{
    struct fixture *f = *state;
    const char *text = "Brandt can then note that, as we saw, both towns need it. He left.";
    paragraph_next(f, text, (uint32_t)strlen(text), 0);
    assert_int_equal(f->paragraph.quotations.count, 1);
    const struct quotation *q = &f->paragraph.quotations.at[0];
    assert_int_equal(q->flags, RHETOR_QUOTATION_INDIRECT);
    assert_int_equal(q->start, strstr(text, "as we") - text);
    assert_int_equal(q->end, strstr(text, ". He") - text);
    assert_int_equal(q->frame_start, 0);
    assert_int_equal(q->frame_end, 6);
}

static void test_tags(void **state)
{
    struct fixture *f = *state;
    const struct voice_devices devices = {{10, 20}, {11, 21}, {12, 22}, 5, 6};
    struct paragraph *p = &f->paragraph;
    const char *text =
        "Brandt told the mayor, \"Open the pier, or lose it.\" The \"reform\" is dead. She could "
        "say, \"It is my pier.\"";
    paragraph_next(f, text, (uint32_t)strlen(text), 0);
    assert_int_equal(voice_tags(p, &f->words, &f->names, &devices), RHETOR_OK);
    assert_int_equal(p->tags.count, 3);
    const uint32_t wanted[] = {11, 12, 10};
    for (uint32_t i = 0; i < 3; i++)
        assert_int_equal(p->tags.at[i].device, wanted[i]);
    const struct tag *tag = &p->tags.at[0];
    assert_int_equal(tag->rule, 21);
    assert_int_equal(tag->start, strstr(text, "Open") - text);
    assert_int_equal(tag->end, strstr(text, "\" The") - text);
    assert_int_equal(tag->role_count, 2);
    assert_int_equal(p->roles.at[tag->first_role].name, 5);
    assert_int_equal(p->roles.at[tag->first_role].end, 6);
    assert_string_equal(names_text(&f->names, p->roles.at[tag->first_role + 1].party, NULL),
                        "the mayor");
    assert_int_equal(tag->voice, RHETOR_AUTHOR);

    const struct voice_devices off = {{UINT32_MAX, 0}, {UINT32_MAX, 0}, {UINT32_MAX, 0}, 5, 6};
    p->tags.count = 0;
    assert_int_equal(voice_tags(p, &f->words, &f->names, &off), RHETOR_OK);
    assert_int_equal(p->tags.count, 0);
}

static void test_scare_quotes(void **state)
{
    struct fixture *f = *state;
    const struct voice_devices devices = {{0, 0}, {1, 1}, {2, 2}, 0, 1};
    static const struct {
        const char *text;
        uint32_t tags;
    } rows[] = {
        {"The \"reform\" cost us the harbour.", 1},
        {"Their \u2018no limits\u2019 pact is over.", 1},
        {"The so-called \"special measure\" is over.", 1},
        {"The \"Global Harbour Pact\" is over.", 0}, /* a title */
        {"The word \"pier\" is old.", 0},            /* a term */
        {"The film is called \"the long pier\" there.", 0},
        {"See the report (The council meets the \"new\" rules of the harbour - The Daily Post).",
         0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        memset(&f->paragraph.out, 0, sizeof f->paragraph.out);
        paragraph_next(f, rows[i].text, (uint32_t)strlen(rows[i].text), 0);
        assert_int_equal(voice_tags(&f->paragraph, &f->words, &f->names, &devices), RHETOR_OK);
        if (f->paragraph.tags.count != rows[i].tags)
            fail_msg("%s: %u", rows[i].text, f->paragraph.tags.count);
    }
}

/* What a paragraph hands on depends on it and on what it was handed alone. */
static void test_context_repeats(void **state)
{
    struct fixture *f = *state;
    const char *text = "\"The pier is closed,\" said Nora Lund to Mr. Holt. \u201cAnd it stays";
    paragraph_next(f, text, (uint32_t)strlen(text), 0);
    struct context first = f->paragraph.out;
    memset(&f->paragraph.out, 0, sizeof f->paragraph.out);
    const char *other = "\"Nothing,\" said Oskar Brandt.";
    paragraph_next(f, other, (uint32_t)strlen(other), 0);
    memset(&f->paragraph.out, 0, sizeof f->paragraph.out);
    paragraph_next(f, text, (uint32_t)strlen(text), 0);
    assert_memory_equal(&first, &f->paragraph.out, sizeof first);
}

static void test_names(void **state)
{
    struct fixture *f = *state;
    uint32_t length, brandt = names_add(&f->names, "General Ayla Brandt", 19);
    assert_int_not_equal(brandt, 0);
    assert_int_equal(names_add(&f->names, "General Ayla Brandt", 19), brandt);
    assert_int_not_equal(names_add(&f->names, "Ayla Brandt", 11), brandt);
    assert_string_equal(names_text(&f->names, brandt, &length), "General Ayla Brandt");
    assert_int_equal(length, 19);
    assert_string_equal(names_text(&f->names, 0, &length), "");
    assert_string_equal(names_text(&f->names, 99999, &length), "");
    for (int i = 0; i < 2000; i++) {
        char text[32];
        uint32_t n = (uint32_t)sprintf(text, "Name %d", i);
        uint32_t number = names_add(&f->names, text, n);
        assert_string_equal(names_text(&f->names, number, NULL), text);
    }
    assert_string_equal(names_text(&f->names, brandt, NULL), "General Ayla Brandt");
}

static void test_lexicon_sorted(void **state)
{
    (void)state;
    for (uint32_t i = 1; i < lexeme_count; i++)
        if (strcmp(lexemes[i - 1].word, lexemes[i].word) >= 0)
            fail_msg("%s, %s", lexemes[i - 1].word, lexemes[i].word);
    assert_int_equal(lexicon_find("sa", 2), 0);
    assert_true(lexicon_find("say", 3) & L_SAY);
}

/* Any bytes: rows stay sound. */
static void test_random(void **state)
{
    struct fixture *f = *state;
    static const char *const parts[] = {
        "\"",  "'",      "\u201c", "\u201d", "said ",         "Brandt ", "he ",  "she ", ", ",
        ". ",  "could ", "say ",   "that ",  "the minister ", "tell ",   "him ", ": ",   "\n\n",
        "by ", "of ",    "words ", "Mr. ",   "Lund's ",       "to ",     "(",    ") "};
    const struct voice_devices devices = {{0, 0}, {1, 1}, {2, 2}, 0, 1};
    uint32_t random = 5;
    for (int round = 0; round < 5000; round++) {
        char text[512];
        uint32_t length = 0;
        for (int i = 0; i < 24; i++) {
            random = random * 1664525u + 1013904223u;
            const char *part = parts[(random >> 12) % COUNT(parts)];
            memcpy(text + length, part, strlen(part));
            length += (uint32_t)strlen(part);
        }
        for (uint32_t at = 0; at < length;) {
            at = paragraph_next(f, text, length, at);
            assert_int_equal(voice_tags(&f->paragraph, &f->words, &f->names, &devices), RHETOR_OK);
            uint32_t start = 0;
            for (uint32_t i = 0; i < f->paragraph.quotations.count; i++) {
                const struct quotation *q = &f->paragraph.quotations.at[i];
                assert_true(q->start >= start && q->start <= q->inner_start);
                assert_true(q->inner_start < q->inner_end && q->inner_end <= q->end);
                assert_true(q->end <= f->paragraph.length && q->voice <= RHETOR_SCRIPTED);
                start = q->start;
            }
        }
    }
}

/* An eightfold paragraph takes at most some sixteen times as long. */
static double seconds(struct fixture *f, const char *unit, uint32_t length)
{
    const struct voice_devices devices = {{0, 0}, {1, 1}, {2, 2}, 0, 1};
    uint32_t size = (uint32_t)strlen(unit);
    length = length / size * size;
    char *text = malloc(length);
    for (uint32_t at = 0; at < length; at += size)
        memcpy(text + at, unit, size);
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        memset(&f->paragraph.out, 0, sizeof f->paragraph.out);
        paragraph_next(f, text, length, 0);
        struct timespec from, to;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        f->paragraph.quotations.count = 0;
        assert_int_equal(quotations_find(f->segmenter, &f->paragraph), RHETOR_OK);
        assert_int_equal(voice_find(&f->paragraph, &f->words, &f->names), RHETOR_OK);
        assert_int_equal(voice_tags(&f->paragraph, &f->words, &f->names, &devices), RHETOR_OK);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        double t = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
        best = t < best ? t : best;
    }
    free(text);
    return best;
}

static void test_linear(void **state)
{
    struct fixture *f = *state;
    static const char *const units[] = {
        "\"a b,\" ",
        "\u201cGo now.\u201d ",
        "\u201c",
        "he said that \u201cx y\u201d ",
        "(\"x\" ",
        "\"No.\" he said. ",
        "he could ",
        "Brandt, the minister, said ",
        "She told him. ",
        "Mr. Lund met Ms. Holt. ",
        "\u201cA \u2018b\u2019 c\u201d ",
    };
    for (size_t i = 0; i < COUNT(units); i++) {
        double small = seconds(f, units[i], 1 << 14), large = seconds(f, units[i], 1 << 17);
        if (large > 16 * small + 0.01)
            fail_msg("%s: %g s for 16 KB, %g s for 128 KB", units[i], small, large);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_open, fixture_close)
    const struct CMUnitTest tests[] = {
        TEST(test_attribution),     TEST(test_scripted), TEST(test_indirect),
        TEST(test_forms),           TEST(test_held),     TEST(test_persons),
        TEST(test_letters),         TEST(test_author),   TEST(test_passages),
        TEST(test_indirect_row),    TEST(test_tags),     TEST(test_scare_quotes),
        TEST(test_context_repeats), TEST(test_names),    TEST(test_lexicon_sorted),
        TEST(test_random),          TEST(test_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
