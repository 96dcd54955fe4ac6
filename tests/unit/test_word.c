/* test_word.c: what is known of words, their forms and sounds, and parts of speech in context. Runs
 * with either table; what only WordNet knows is asked for where the table has it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "word/pos.h"
#include "word/word.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define CLASS(name) ((uint64_t)1 << word_class_bit(name, strlen(name)))

static struct word_info look(const char *word)
{
    struct word_info info;
    word_lookup(word, strlen(word), &info);
    return info;
}

/* A word that no hand-written list has: is WordNet in the table? */
static bool has_wordnet(void)
{
    return !(look("aardvark").closed & WORD_UNKNOWN);
}

/* ---- Lemmas and forms */

struct lemma_case {
    const char *word, *lemma;
    int pos;
    unsigned form;
    bool wordnet; /* only with WordNet */
};

static const struct lemma_case lemma_cases[] = {
    {"offer", "offer", WORD_VERB, WORD_BASE, false},
    {"offers", "offer", WORD_VERB, WORD_THIRD, false},
    {"offered", "offer", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, false},
    {"offering", "offer", WORD_VERB, WORD_ING, false},
    {"gave", "give", WORD_VERB, WORD_PAST, false},
    {"given", "give", WORD_VERB, WORD_PARTICIPLE, false},
    {"went", "go", WORD_VERB, WORD_PAST, false},
    {"was", "be", WORD_VERB, WORD_PAST, false},
    {"is", "be", WORD_VERB, WORD_THIRD, false},
    {"being", "be", WORD_VERB, WORD_ING, false},
    {"had", "have", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, false},
    {"withdrew", "withdraw", WORD_VERB, WORD_PAST, false},
    {"thought", "think", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, false},
    {"left", "leave", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, false},
    {"hoping", "hope", WORD_VERB, WORD_ING, false},
    {"planned", "plan", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, true},
    {"travelled", "travel", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, true},
    {"traveled", "travel", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, true},
    {"denies", "deny", WORD_VERB, WORD_THIRD, false},
    {"dying", "die", WORD_VERB, WORD_ING, false},
    {"singing", "sing", WORD_VERB, WORD_ING, true},
    {"countries", "country", WORD_NOUN, WORD_PLURAL, false},
    {"women", "woman", WORD_NOUN, WORD_PLURAL, false},
    {"crises", "crisis", WORD_NOUN, WORD_PLURAL, false},
    {"children", "child", WORD_NOUN, WORD_PLURAL, false},
    {"people", "person", WORD_NOUN, WORD_PLURAL, false},
    {"watches", "watch", WORD_NOUN, WORD_PLURAL, true},
    {"better", "good", WORD_ADJECTIVE, WORD_COMPARATIVE, false},
    {"best", "good", WORD_ADJECTIVE, WORD_SUPERLATIVE, false},
    {"worst", "bad", WORD_ADJECTIVE, WORD_SUPERLATIVE, false},
    {"happier", "happy", WORD_ADJECTIVE, WORD_COMPARATIVE, false},
    {"biggest", "big", WORD_ADJECTIVE, WORD_SUPERLATIVE, false},
    {"anna's", "anna", WORD_NOUN, WORD_BASE, true},
    {"nations'", "nation", WORD_NOUN, WORD_PLURAL, false},
};

static void lemmas_are_found(void **state)
{
    (void)state;
    bool wordnet = has_wordnet();
    for (size_t i = 0; i < COUNT(lemma_cases); i++) {
        const struct lemma_case *c = &lemma_cases[i];
        if (c->wordnet && !wordnet)
            continue;
        struct word_info info = look(c->word);
        struct word_lemma lemma = info.lemma[c->pos];
        if (lemma.length != strlen(c->lemma) || memcmp(lemma.text, c->lemma, lemma.length))
            fail_msg("%s: lemma %.*s, not %s", c->word, lemma.length, lemma.text, c->lemma);
        if ((info.form[c->pos] & c->form) != c->form)
            fail_msg("%s: form %x, not %x", c->word, info.form[c->pos], c->form);
    }
}

static void words_that_stand_for_themselves(void **state)
{
    (void)state;
    assert_int_equal(look("number").form[WORD_ADJECTIVE], 0);
    assert_int_equal(look("bed").form[WORD_VERB] & WORD_PAST, 0);
    assert_int_equal(look("was").form[WORD_NOUN], 0);
    assert_int_equal(look("this").form[WORD_NOUN], 0);
    assert_int_equal(look("boss").form[WORD_NOUN], WORD_BASE);
    assert_false(look("hoping").lemma[WORD_VERB].length == 3);
}

static void no_words_do_no_harm(void **state)
{
    (void)state;
    struct word_info info;
    char text[400];
    memset(text, 'a', sizeof text);
    for (size_t length = 0; length < sizeof text; length++)
        word_lookup(text, length, &info);
    static const char *const odd[] = {
        "'", "''", "'s",  "n't", "s'", "-",     ",",  "1945", "'80s", "\xC3\xA9", "\xE2\x80\x94",
        "x", "ed", "ing", "s",   "es", "'d've", "a'", "\x80"};
    for (size_t i = 0; i < COUNT(odd); i++) {
        info = look(odd[i]);
        for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
            assert_true(info.form[pos] == 0 || info.lemma[pos].text != NULL);
        (void)word_stress_sound(odd[i], strlen(odd[i]));
        char forms[WORD_FORMS_MAX][WORD_MAX];
        assert_true(word_forms(odd[i], strlen(odd[i]), WORD_ANY, forms, WORD_FORMS_MAX) >= 1);
    }
    assert_int_equal(word_forms("", 0, WORD_ANY, NULL, 0), 0);
}

static bool forms_have(const char *lemma, int pos, const char *form)
{
    char forms[WORD_FORMS_MAX][WORD_MAX];
    size_t count = word_forms(lemma, strlen(lemma), pos, forms, WORD_FORMS_MAX);
    for (size_t i = 0; i < count; i++)
        if (!strcmp(forms[i], form))
            return true;
    return false;
}

struct forms_case {
    const char *lemma;
    int pos;
    const char *has[8], *lacks[4];
};

static const struct forms_case forms_cases[] = {
    {"offer", WORD_VERB, {"offer", "offers", "offered", "offering"}, {"offerred", "offeres"}},
    {"stop", WORD_VERB, {"stops", "stopped", "stopping"}, {"stoped", "stoping"}},
    {"give", WORD_VERB, {"gives", "gave", "given", "giving"}, {"gived", "giveing"}},
    {"be", WORD_VERB, {"is", "am", "are", "was", "were", "been", "being"}, {"beed", "bing"}},
    {"have", WORD_VERB, {"has", "had", "having"}, {"haved", "haves"}},
    {"carry", WORD_VERB, {"carries", "carried", "carrying"}, {"carrys", "carryed"}},
    {"die", WORD_VERB, {"dies", "died", "dying"}, {"diing"}},
    {"agree", WORD_VERB, {"agrees", "agreed", "agreeing"}, {"agring"}},
    {"put", WORD_VERB, {"put", "puts", "putting"}, {"putted"}},
    {"box", WORD_NOUN, {"box", "boxes"}, {"boxs"}},
    {"city", WORD_NOUN, {"city", "cities"}, {"citys"}},
    {"day", WORD_NOUN, {"day", "days"}, {"daies"}},
    {"wife", WORD_NOUN, {"wives"}, {"wifes"}},
    {"person", WORD_NOUN, {"people", "persons"}, {NULL}},
    {"big", WORD_ADJECTIVE, {"bigger", "biggest"}, {"biger"}},
    {"happy", WORD_ADJECTIVE, {"happier", "happiest"}, {"happyer"}},
    {"good", WORD_ADJECTIVE, {"better", "best"}, {"gooder", "goodest"}},
    {"important", WORD_ADJECTIVE, {"important"}, {"importanter"}},
    {"travel", WORD_VERB, {"travelled", "traveled", "travelling", "traveling"}, {NULL}},
    {"blorf", WORD_ANY, {"blorf", "blorfs", "blorfed", "blorfing"}, {"blorfer"}},
    {"promise", WORD_ANY, {"promises", "promised", "promising"}, {"promiser"}},
};

static void forms_are_made(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(forms_cases); i++) {
        const struct forms_case *c = &forms_cases[i];
        for (size_t j = 0; j < COUNT(c->has) && c->has[j]; j++)
            if (!forms_have(c->lemma, c->pos, c->has[j]))
                fail_msg("%s lacks %s", c->lemma, c->has[j]);
        for (size_t j = 0; j < COUNT(c->lacks) && c->lacks[j]; j++)
            if (forms_have(c->lemma, c->pos, c->lacks[j]))
                fail_msg("%s has %s", c->lemma, c->lacks[j]);
    }
}

static void forms_stay_in_their_room(void **state)
{
    (void)state;
    char forms[2][WORD_MAX];
    assert_int_equal(word_forms("be", 2, WORD_VERB, forms, 2), 2);
    assert_string_equal(forms[0], "be");
}

static void forms_lead_back_to_their_lemma(void **state)
{
    (void)state;
    static const char *const lemmas[] = {"offer",  "withhold", "take",    "warn",  "deny",  "lose",
                                         "choose", "threaten", "promise", "build", "leave", "hold",
                                         "keep",   "send",     "bring",   "begin"};
    for (size_t i = 0; i < COUNT(lemmas); i++) {
        char forms[WORD_FORMS_MAX][WORD_MAX];
        size_t count = word_forms(lemmas[i], strlen(lemmas[i]), WORD_VERB, forms, WORD_FORMS_MAX);
        assert_true(count >= 4);
        for (size_t j = 0; j < count; j++) {
            struct word_info info = look(forms[j]);
            if (info.lemma[WORD_VERB].length != strlen(lemmas[i]) ||
                memcmp(info.lemma[WORD_VERB].text, lemmas[i], info.lemma[WORD_VERB].length))
                fail_msg("%s of %s has lemma %.*s", forms[j], lemmas[i],
                         info.lemma[WORD_VERB].length,
                         info.lemma[WORD_VERB].text ? info.lemma[WORD_VERB].text : "");
        }
    }
}

/* ---- Classes */

static void class_names(void **state)
{
    (void)state;
    assert_int_equal(word_class_bit("n:person", 8), 18);
    assert_int_equal(word_class_bit("v:communication", 15), 32);
    assert_int_equal(word_class_bit("n", 1), WORD_CLASS_NOUN);
    assert_int_equal(word_class_bit("n:persons", 9), -1);
    assert_int_equal(word_class_bit("", 0), -1);
    int named = 0;
    for (int bit = 0; bit < 64; bit++) {
        const char *name = word_class_name(bit);
        if (!name)
            continue;
        named++;
        assert_int_equal(word_class_bit(name, strlen(name)), bit);
    }
    assert_int_equal(named, WORD_CLASS_FILES + 4);
    assert_null(word_class_name(64));
    assert_null(word_class_name(-1));
}

static void classes_of_words(void **state)
{
    (void)state;
    static const struct {
        const char *word, *has, *lacks;
    } cases[] = {{"minister", "n:person", "n:artifact"},
                 {"creditor", "n:person", "n:group"},
                 {"warned", "v:communication", "n:person"},
                 {"offers", "v:possession", "n:person"},
                 {"grants", "n:possession", "n:animal"},
                 {"parliament", "n:group", "v"},
                 {"fear", "n:feeling", "n:person"},
                 {"quickly", "r", "n"},
                 {"honest", "a", "v"},
                 {"people", "n:person", "n:food"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct word_info info = look(cases[i].word);
        if (!(info.classes & CLASS(cases[i].has)))
            fail_msg("%s is no %s", cases[i].word, cases[i].has);
        if (info.classes & CLASS(cases[i].lacks))
            fail_msg("%s is %s", cases[i].word, cases[i].lacks);
        assert_int_equal(info.first_classes & ~info.classes, 0);
    }
}

static void frequencies_tell_parts_of_speech(void **state)
{
    (void)state;
    if (!has_wordnet())
        skip();
    assert_true(look("house").freq[WORD_NOUN] > look("house").freq[WORD_VERB]);
    assert_true(look("think").freq[WORD_VERB] > look("think").freq[WORD_NOUN]);
    assert_true(look("left").freq[WORD_VERB] > look("left").freq[WORD_NOUN]);
    assert_true(look("good").freq[WORD_ADJECTIVE] > look("good").freq[WORD_NOUN]);
}

/* ---- Closed classes */

static void closed_classes(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        uint32_t has, lacks;
    } cases[] = {{"the", WORD_DETERMINER, WORD_PRONOUN},
                 {"that", WORD_DETERMINER | WORD_PRONOUN | WORD_SUBORDINATOR, WORD_MODAL},
                 {"her", WORD_POSSESSIVE | WORD_PRONOUN, WORD_WH},
                 {"must", WORD_MODAL, WORD_BE},
                 {"were", WORD_BE, WORD_HAVE},
                 {"don't", WORD_DO | WORD_NEGATION | WORD_CONTRACTION, WORD_GENITIVE},
                 {"can't", WORD_MODAL | WORD_NEGATION, WORD_GENITIVE},
                 {"won't", WORD_MODAL | WORD_NEGATION, WORD_BE},
                 {"it's", WORD_PRONOUN | WORD_BE | WORD_CONTRACTION, WORD_GENITIVE},
                 {"they'll", WORD_PRONOUN | WORD_MODAL | WORD_CONTRACTION, WORD_GENITIVE},
                 {"we've", WORD_PRONOUN | WORD_HAVE, WORD_BE},
                 {"someone's", WORD_GENITIVE, WORD_CONTRACTION},
                 {"minister's", WORD_GENITIVE, WORD_CONTRACTION},
                 {"who's", WORD_WH | WORD_CONTRACTION, WORD_GENITIVE},
                 {"never", WORD_NEGATION, WORD_DETERMINER},
                 {"seventy", WORD_NUMBER, WORD_ORDINAL},
                 {"third", WORD_ORDINAL, WORD_NUMBER},
                 {"thursday", WORD_DAY, WORD_MONTH},
                 {"august", WORD_MONTH, WORD_DAY},
                 {"norway", WORD_NATION, WORD_DEMONYM},
                 {"norwegian", WORD_DEMONYM, WORD_NATION},
                 {"professor", WORD_TITLE, WORD_NATION},
                 {"margaret", WORD_GIVEN, WORD_TITLE},
                 {"because", WORD_SUBORDINATOR, WORD_CONJUNCTION},
                 {"nor", WORD_CONJUNCTION, WORD_MODAL},
                 {"1789", WORD_NUMBER, WORD_UNKNOWN},
                 {"zqxjkv", WORD_UNKNOWN, WORD_PRONOUN}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        uint32_t closed = look(cases[i].word).closed;
        if ((closed & cases[i].has) != cases[i].has || closed & cases[i].lacks)
            fail_msg("%s: closed %x", cases[i].word, closed);
    }
}

static void pronouns_and_gender(void **state)
{
    (void)state;
    struct word_info we = look("we"), him = look("him"), theirs = look("theirs"),
                     herself = look("herself");
    assert_int_equal(we.pronoun, WORD_FIRST_PERSON | WORD_PLURAL_PERSON | WORD_SUBJECT);
    assert_int_equal(him.pronoun, WORD_THIRD_PERSON | WORD_OBJECT);
    assert_int_equal(him.gender, WORD_MALE);
    assert_true(theirs.pronoun & WORD_OWNER && theirs.pronoun & WORD_PLURAL_PERSON);
    assert_true(herself.pronoun & WORD_REFLEXIVE && herself.gender == WORD_FEMALE);
    assert_int_equal(look("queen").gender, WORD_FEMALE);
    assert_int_equal(look("kings").gender, WORD_MALE);
    assert_int_equal(look("sweden").gender, WORD_GROUP);
    assert_int_equal(look("parliament").gender, WORD_GROUP);
    assert_int_equal(look("kim").gender & WORD_FEMALE, WORD_FEMALE);
}

static void function_words(void **state)
{
    (void)state;
    static const char *const yes[] = {"the",  "of",      "and",  "is",      "not", "would",
                                      "they", "because", "very", "however", "it's"};
    static const char *const no[] = {"bridge", "promise", "offer",   "past",   "like",
                                     "need",   "seven",   "tuesday", "quickly"};
    for (size_t i = 0; i < COUNT(yes); i++) {
        struct word_info info = look(yes[i]);
        if (!word_is_function(&info))
            fail_msg("%s is no function word", yes[i]);
    }
    for (size_t i = 0; i < COUNT(no); i++) {
        struct word_info info = look(no[i]);
        if (word_is_function(&info))
            fail_msg("%s is a function word", no[i]);
    }
}

static void unknown_words_are_guessed(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        int pos;
        unsigned form;
    } cases[] = {{"blorfness", WORD_NOUN, WORD_BASE},     {"blorfly", WORD_ADVERB, WORD_BASE},
                 {"blorfous", WORD_ADJECTIVE, WORD_BASE}, {"blorfing", WORD_VERB, WORD_ING},
                 {"blorfed", WORD_VERB, WORD_PAST},       {"blorfs", WORD_NOUN, WORD_PLURAL},
                 {"blorfize", WORD_VERB, WORD_BASE},      {"blorf", WORD_NOUN, WORD_BASE}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct word_info info = look(cases[i].word);
        assert_true(info.closed & WORD_UNKNOWN);
        if (!(info.form[cases[i].pos] & cases[i].form))
            fail_msg("%s: form %x", cases[i].word, info.form[cases[i].pos]);
    }
    struct word_info info = look("blorfed");
    assert_int_equal(info.lemma[WORD_VERB].length, 5);
    info = look("overfund"); /* known but for its beginning */
    assert_true(info.form[WORD_VERB] & WORD_BASE);
}

/* ---- Sounds */

static void sounds_agree(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"knight", "night"},    {"phone", "fan"},     {"write", "rite"},      {"gnome", "name"},
        {"psalm", "sun"},       {"who", "how"},       {"what", "will"},       {"unicorn", "you"},
        {"xylophone", "zebra"}, {"chorus", "kit"},    {"gem", "jam"},         {"one", "won"},
        {"quick", "kit"},       {"get", "gold"},      {"chef", "ship"},       {"sugar", "ship"},
        {"european", "young"},  {"use", "year"},      {"pneumatic", "night"}, {"hour", "odd"},
        {"honest", "odd"},      {"cease", "silence"}, {"whole", "holy"},      {"ghost", "gold"},
        {"thyme", "time"},      {"czar", "zebra"}};
    for (size_t i = 0; i < COUNT(pairs); i++)
        if (word_sound(pairs[i][0], strlen(pairs[i][0])) !=
            word_sound(pairs[i][1], strlen(pairs[i][1])))
            fail_msg("%s and %s differ", pairs[i][0], pairs[i][1]);
}

static void sounds_differ(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"city", "cat"},    {"gem", "get"},       {"church", "cat"}, {"ship", "sun"},
        {"thing", "time"},  {"hour", "house"},    {"who", "what"},   {"phone", "pan"},
        {"knight", "king"}, {"unicorn", "under"}, {"one", "only"},   {"yes", "ytterbium"}};
    for (size_t i = 0; i < COUNT(pairs); i++)
        if (word_sound(pairs[i][0], strlen(pairs[i][0])) ==
            word_sound(pairs[i][1], strlen(pairs[i][1])))
            fail_msg("%s and %s agree", pairs[i][0], pairs[i][1]);
    assert_int_equal(word_sound("1945", 4), SOUND_NONE);
    assert_int_equal(word_sound("", 0), SOUND_NONE);
    assert_int_equal(word_sound("\xC3\xA9lite", 6), SOUND_VOWEL_E);
}

static void stress_passes_weak_beginnings(void **state)
{
    (void)state;
    assert_int_equal(word_stress_sound("unfair", 6), SOUND_F);
    assert_int_equal(word_stress_sound("become", 6), SOUND_K);
    assert_int_equal(word_stress_sound("uncle", 5), SOUND_VOWEL_U);
    assert_int_equal(word_stress_sound("battle", 6), SOUND_B);
}

/* ---- Parts of speech in context */

enum { TOKENS = 700 };

struct tagged {
    size_t count;
    uint8_t pos[TOKENS], confidence[TOKENS], form[TOKENS];
};

static void tag(const char *sentence, struct tagged *out)
{
    static struct word_info infos[TOKENS];
    static const struct word_info *pointers[TOKENS];
    static uint8_t flags[TOKENS];
    out->count = 0;
    for (const char *at = sentence; *at && out->count < TOKENS;) {
        at += strspn(at, " ");
        size_t length = strcspn(at, " ");
        if (!length)
            break;
        char folded[64] = {0};
        for (size_t i = 0; i < length; i++)
            folded[i] = (char)(at[i] >= 'A' && at[i] <= 'Z' ? at[i] + 32 : at[i]);
        size_t n = out->count++;
        word_lookup(folded, length, &infos[n]);
        pointers[n] = &infos[n];
        flags[n] =
            (uint8_t)((folded[0] != at[0] ? POS_CAPITAL : 0) | (n == 0 ? POS_FIRST : 0) |
                      (length == 1 && strchr(",;:.!?", at[0]) ? POS_IS_PUNCT | POS_BREAK : 0) |
                      (at[0] >= '0' && at[0] <= '9' ? POS_IS_NUMBER : 0));
        at += length;
    }
    pos_tag_forms(pointers, flags, out->count, out->pos, out->confidence, out->form);
}

static void neighbours_decide(void **state)
{
    (void)state;
    static const struct {
        const char *sentence;
        int pos[9];
    } cases[] = {
        {"The offer was fair .",
         {POS_DETERMINER, POS_NOUN, POS_AUXILIARY, POS_ADJECTIVE, POS_PUNCT}},
        {"They offer help .", {POS_PRONOUN, POS_VERB, POS_NOUN, POS_PUNCT}},
        {"We will fight .", {POS_PRONOUN, POS_MODAL, POS_VERB, POS_PUNCT}},
        {"The fight was long .",
         {POS_DETERMINER, POS_NOUN, POS_AUXILIARY, POS_ADJECTIVE, POS_PUNCT}},
        {"She wants to work .", {POS_PRONOUN, POS_VERB, POS_PARTICLE, POS_VERB, POS_PUNCT}},
        {"Her work is good .", {POS_DETERMINER, POS_NOUN, POS_AUXILIARY, POS_ADJECTIVE, POS_PUNCT}},
        {"He left Geneva .", {POS_PRONOUN, POS_VERB, POS_NAME, POS_PUNCT}},
        {"You must not lie .", {POS_PRONOUN, POS_MODAL, POS_PARTICLE, POS_VERB, POS_PUNCT}},
        {"They have promised money .", {POS_PRONOUN, POS_AUXILIARY, POS_VERB, POS_NOUN, POS_PUNCT}},
        {"They have a promise .", {POS_PRONOUN, POS_VERB, POS_DETERMINER, POS_NOUN, POS_PUNCT}}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct tagged tagged;
        tag(cases[i].sentence, &tagged);
        for (size_t j = 0; j < tagged.count; j++)
            if (tagged.pos[j] != cases[i].pos[j])
                fail_msg("%s: word %zu is %s, not %s", cases[i].sentence, j,
                         pos_name(tagged.pos[j]), pos_name(cases[i].pos[j]));
    }
}

static void verbs_have_forms(void **state)
{
    (void)state;
    struct tagged tagged;
    tag("He offered help and was offered money .", &tagged);
    assert_int_equal(tagged.form[1], WORD_PAST);
    assert_int_equal(tagged.form[5], WORD_PARTICIPLE);
    tag("They cut taxes , having cut wages .", &tagged);
    assert_int_equal(tagged.form[2], WORD_PLURAL);
    assert_int_equal(tagged.form[4], WORD_ING);
}

static void confidence_is_bounded_and_falls_with_doubt(void **state)
{
    (void)state;
    struct tagged tagged;
    tag("The minister warned them that zqxjkv would follow .", &tagged);
    for (size_t i = 0; i < tagged.count; i++)
        assert_in_range(tagged.confidence[i], 50, 100);
    assert_true(tagged.confidence[0] > 90);
    assert_true(tagged.confidence[5] <= 80);
}

static void long_sentences_are_tagged_through(void **state)
{
    (void)state;
    static char text[8000];
    text[0] = 0;
    for (int i = 0; i < 120; i++)
        strcat(text, "the offer was fair , ");
    struct tagged tagged;
    tag(text, &tagged);
    assert_int_equal(tagged.count, 600);
    for (size_t i = 0; i < tagged.count; i += 5) {
        assert_int_equal(tagged.pos[i], POS_DETERMINER);
        assert_int_equal(tagged.pos[i + 1], POS_NOUN);
        assert_int_equal(tagged.pos[i + 3], POS_ADJECTIVE);
    }
    pos_tag(NULL, NULL, 0, NULL, NULL);
}

static void headlines_are_not_all_names(void **state)
{
    (void)state;
    struct tagged tagged;
    tag("Council Rejects New Plan To Build Bridge", &tagged);
    assert_int_equal(tagged.pos[1], POS_VERB);
    assert_int_equal(tagged.pos[3], POS_NOUN);
    assert_int_equal(tagged.pos[5], POS_VERB);
    assert_string_equal(pos_name(POS_NOUN), "noun");
    assert_null(pos_name(POS_COUNT));
    assert_null(pos_name(-1));
}

static void strong_verbs_have_no_regular_past(void **state)
{
    (void)state;
    struct word_info info = look("seed");
    assert_false(info.lemma[WORD_VERB].length == 3 &&
                 !memcmp(info.lemma[WORD_VERB].text, "see", 3));
    info = look("learned");
    assert_true(info.form[WORD_VERB] & WORD_PAST);
    assert_int_equal(info.lemma[WORD_VERB].length, 5);
}

static void contractions_keep_their_verb(void **state)
{
    (void)state;
    struct word_info info = look("don't");
    assert_int_equal(info.lemma[WORD_VERB].length, 2);
    assert_memory_equal(info.lemma[WORD_VERB].text, "do", 2);
    info = look("let's");
    assert_memory_equal(info.lemma[WORD_VERB].text, "let", 3);
    info = look("they'll");
    assert_int_equal(info.lemma[WORD_VERB].length, 0);
    info = look("governor's");
    assert_memory_equal(info.lemma[WORD_NOUN].text, "governor", 8);
    assert_int_equal(info.form[WORD_VERB], 0);
}

static void names_in_context(void **state)
{
    (void)state;
    struct tagged tagged;
    tag("Yesterday Senator Zqxjkv met Mr . Grace in March .", &tagged);
    assert_int_equal(tagged.pos[1], POS_NAME);
    assert_int_equal(tagged.pos[2], POS_NAME);
    assert_int_equal(tagged.pos[3], POS_VERB);
    assert_int_equal(tagged.pos[6], POS_NAME);
    assert_int_equal(tagged.pos[8], POS_NAME);
    tag("Hope is given to few .", &tagged);
    assert_int_equal(tagged.pos[0], POS_NOUN);
}

static void relatives_and_particles(void **state)
{
    (void)state;
    struct tagged tagged;
    tag("Those who vote for him will give up the fight .", &tagged);
    assert_int_equal(tagged.pos[1], POS_WH);
    assert_int_equal(tagged.pos[2], POS_VERB);
    assert_int_equal(tagged.pos[6], POS_VERB);
    assert_int_equal(tagged.pos[7], POS_PARTICLE);
    assert_int_equal(tagged.pos[9], POS_NOUN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lemmas_are_found),
        cmocka_unit_test(words_that_stand_for_themselves),
        cmocka_unit_test(no_words_do_no_harm),
        cmocka_unit_test(forms_are_made),
        cmocka_unit_test(forms_stay_in_their_room),
        cmocka_unit_test(forms_lead_back_to_their_lemma),
        cmocka_unit_test(class_names),
        cmocka_unit_test(classes_of_words),
        cmocka_unit_test(frequencies_tell_parts_of_speech),
        cmocka_unit_test(closed_classes),
        cmocka_unit_test(pronouns_and_gender),
        cmocka_unit_test(function_words),
        cmocka_unit_test(unknown_words_are_guessed),
        cmocka_unit_test(sounds_agree),
        cmocka_unit_test(sounds_differ),
        cmocka_unit_test(stress_passes_weak_beginnings),
        cmocka_unit_test(neighbours_decide),
        cmocka_unit_test(verbs_have_forms),
        cmocka_unit_test(confidence_is_bounded_and_falls_with_doubt),
        cmocka_unit_test(long_sentences_are_tagged_through),
        cmocka_unit_test(headlines_are_not_all_names),
        cmocka_unit_test(strong_verbs_have_no_regular_past),
        cmocka_unit_test(contractions_keep_their_verb),
        cmocka_unit_test(names_in_context),
        cmocka_unit_test(relatives_and_particles),
    };
    return cmocka_run_group_tests_name("word", tests, NULL, NULL);
}
