/* test_match.c: cues in a paragraph: roles, spans, conditions, agreement, scopes, voices,
 * exemptions, limits; the same from several threads; explanations. */
#include "cue_bed.h"

#include <pthread.h>

#include "engine/image.h"

struct trial { const char *rule, *text, *found; };

/* Keys of one pattern of the device `x`; see bed_found for what is found. */
static const struct trial trials[] = {
    {"pattern: '(?<offerer>{party}) {=be} (?:willing|ready) to (?<offer>{=give:v} {np})'",
     "Our allies are ready to give the old town, I think.",
     "x/p[Our allies are ready to give the old town] offerer=Our allies offer=give the old town"},
    {"pattern: 'thanks to (?<span>{n:person}) today'", "Thanks to nurses today.", "x/p[nurses]"},
    {"pattern: 'the (?<owner>{n:person}) hat'", "He took the minister's hat.",
     "x/p[the minister's hat] owner=minister"},
    {"pattern: 'took the (?<owner>{n:person})'", "He took the minister's hat.",
     "x/p[took the minister's] owner=minister"},
    {"{pattern: win, unless: never}", "We win. We never win. We win.", "x/p[win]; x/p[win]"},
    {"{pattern: win, unless-before: never}", "We never win. We win, never fear.", "x/p[win]"},
    {"{pattern: win, unless-before: {pattern: never, words: 1}}",
     "We never win. Never can we really win.", "x/p[win]"},
    {"{pattern: win, unless-after: never}", "We win, never fear. We never win.", "x/p[win]"},
    {"{pattern: win, unless-in: 'win or lose'}", "We win or lose. We win.", "x/p[win]"},
    {"{pattern: win, near: today}", "We win today. We win tomorrow.", "x/p[win]"},
    {"{pattern: win, after: {pattern: today, words: 2}}",
     "We win it all right today. We win it today.", "x/p[win]"},
    {"{pattern: win, before: today}", "Today we win. We win today.", "x/p[win]"},
    {"{pattern: win, previous: hope}", "We hope. We win. We win.", "x/p[win]"},
    {"{pattern: win, next: hope}", "We win. We win. We hope.", "x/p[win]"},
    {"{pattern: win, unless: [never, if]}", "We win if so. We never win. We win.", "x/p[win]"},
    {"{pattern: '(?<a>{word}) and (?<b>{word})', agree: [{same-word: [a, b]}]}",
     "Out and out, in and out.", "x/p[Out and out] a=Out b=out"},
    {"{pattern: '(?<a>{word}) to (?<b>{word})', agree: [{same-lemma: [a, b]}]}",
     "Give to given, take to given.", "x/p[Give to given] a=Give b=given"},
    {"{pattern: '(?<a>{word}) and (?<b>{word})', agree: [{different: [a, b]}]}",
     "Out and out; in and out.", "x/p[in and out] a=in b=out"},
    {"{pattern: '(?<a>{word}) to (?<b>{word}), (?<c>{word}) to (?<d>{word})', agree: [{reversed: [a, b, c, d]}]}",
     "Eat to live, live to eat. Eat to live, eat to live.",
     "x/p[Eat to live, live to eat] a=Eat b=live c=live d=eat"},
    {"{pattern: 'we{gap:8} win', scope: clause}", "We go, they win, and we all win.",
     "x/p[we all win]"},
    {"{pattern: '{clause}', scope: clause, near: win}", "We go, they win.", "x/p[they win]"},
    {"{pattern: 'we go. They win', scope: paragraph}", "So we go. They win.",
     "x/p[we go. They win]"},
    {"{pattern: '^we win', scope: quotation}", "We win, \xE2\x80\x9Cwe win\xE2\x80\x9D he said.",
     "x/p[we win]"},
    {"{pattern: win, position: first}", "Win we do. We win.", "x/p[Win]"},
    {"{pattern: win, position: last}", "Win we do. We win.", "x/p[win]"},
    {"{pattern: win, position: first-in-paragraph}", "Win we do. Win or not.", "x/p[Win]"},
    {"{pattern: Win, case: true}", "Win we do; we win.", "x/p[Win]"},
    {"{pattern: 'in', raw: true}", "We win.", "x/p[in]"},
    {"{pattern: 'w\\w{2} ', raw: true}", "We win it.", "x/p[win]"},
    {"{pattern: win, speaker: x}", "We win.", ""},
    {"{pattern: win, voice: quoted}", "We win.", ""},
    {"pattern: '_{0}win'", "We _win_ it.", "x/p[win]"},
    {"pattern: '\\d\\.\\d (?:seconds|\\w+)'", "It took 4.5 seconds", "x/p[4.5 seconds]"},
    {"pattern: '(?<=\\w )\\d{1,4}\\.\\d{1,3}(?![.\\d])'", "Version 4.2", "x/p[4.2]"},
    {"pattern: 'they ?(?:''ll| will) win'", "They'll win; they 'll win.", "x/p[They'll win]; x/p[they 'll win]"},
    {"pattern: 'free (?:world|men) ?(?:{n} ?)?'", "The free world.We must go.", "x/p[free world]"},
    {"{pattern: 'we [^.]{1,20}\\. They', scope: paragraph}", "So we go on. They win.", "x/p[we go on. They]"},
    {"pattern: '(?<a>{nation}) troops'", "The U.S. troops and French troops left.",
     "x/p[U.S. troops] a=U.S; x/p[French troops] a=French"},
};

static const char *braced(const char *rule)
{
    static char out[1024];
    snprintf(out, sizeof out, *rule == '{' ? "{id: p, %s" : "{id: p, %s}", rule + (*rule == '{'));
    return out;
}

static void test_trials(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        static struct bed bed;
        static char yaml[4096];
        snprintf(yaml, sizeof yaml, "devices:\n  - {id: x, name: X, patterns: [%s]}\n",
                 braced(trials[i].rule));
        bed_make(&bed, yaml);
        for (uint32_t d = 0; d < bed.model.diagnostics.count; d++)
            print_error("%s: %s\n", trials[i].rule, bed.model.diagnostics.at[d].message);
        const char *found = bed_found(&bed, trials[i].text);
        if (strcmp(found, trials[i].found)) {
            print_error("%s\n  in:       %s\n  expected: %s\n  found:    %s\n", trials[i].rule,
                        trials[i].text, trials[i].found, found);
            wrong++;
        }
        bed_free(&bed);
    }
    assert_int_equal(wrong, 0);
}

static void test_voice(void **state)
{
    (void)state;
    static struct bed bed;
    bed_make(&bed, "devices:\n"
                   "  - {id: x, name: X, patterns: [{id: quoted, pattern: win, voice: quoted},\n"
                   "      {id: author, pattern: win, voice: author},\n"
                   "      {id: brandt, pattern: win, speaker: '^General Brandt$'}]}\n");
    const char *text = "We win. \xE2\x80\x9CWe win,\xE2\x80\x9D he said.";
    bed_read(&bed, text);
    assert_int_equal(bed.paragraph.quotations.count, 1);
    bed.paragraph.quotations.at[0].voice = RHETOR_QUOTED;
    bed.paragraph.quotations.at[0].speaker = names_add(&bed.names, "General Brandt", 14);
    bed.paragraph.tags.count = bed.paragraph.roles.count = 0;
    struct match_view view = bed_view(&bed);
    assert_int_equal(cues_find(bed.matcher, &view), RHETOR_OK);
    assert_int_equal(bed.paragraph.tags.count, 3);
    for (uint32_t i = 0; i < 3; i++) {
        const struct tag *tag = &bed.paragraph.tags.at[i];
        const char *id = bed.rules.text + bed.rules.rules[tag->rule].id;
        assert_int_equal(tag->quotation, strcmp(id, "x/author") ? 0 : -1);
        assert_int_equal(tag->voice, strcmp(id, "x/author") ? RHETOR_QUOTED : RHETOR_AUTHOR);
    }
    bed_free(&bed);
}

static void test_score(void **state)
{
    (void)state;
    static struct bed bed;
    bed_make(&bed, "devices:\n"
                   "  - {id: x, name: X, patterns: [{id: p, pattern: win, weight: 0.5,\n"
                   "      raise: [{near: today, by: 1}], lower: [{near: perhaps, by: 2}]}]}\n");
    bed_read(&bed, "We win. We win today. Perhaps we win. Perhaps we win today.");
    assert_int_equal(bed.paragraph.tags.count, 4);
    static const float expected[] = {0.5f, 0.7311f, 0.1192f, 0.2689f};
    for (uint32_t i = 0; i < 4; i++)
        assert_true(bed.paragraph.tags.at[i].score - expected[i] < 1e-3f &&
                    expected[i] - bed.paragraph.tags.at[i].score < 1e-3f);
    char why[512];
    struct match_view view = bed_view(&bed);
    uint32_t n = match_explain(bed.matcher, &view, &bed.paragraph.tags.at[3], why, sizeof why);
    assert_int_equal(n, strlen(why));
    assert_string_equal(
        why,
        "weight 0.50: win\nraised by 1.00: near \"today\"\nlowered by 2.00: near \"perhaps\"\n");
    assert_int_equal(match_explain(bed.matcher, &view, &bed.paragraph.tags.at[3], why, 9), n);
    assert_string_equal(why, "weight 0");
    bed_free(&bed);
}

static void test_explain(void **state)
{
    (void)state;
    static struct bed bed;
    bed_make(
        &bed,
        "devices:\n  - {id: x, name: X, patterns: [{id: p, pattern: 'the {n:person} {v.ed}'}]}\n");
    bed_read(&bed, "Then the minister resigned.");
    assert_int_equal(bed.paragraph.tags.count, 1);
    char why[512];
    struct match_view view = bed_view(&bed);
    match_explain(bed.matcher, &view, &bed.paragraph.tags.at[0], why, sizeof why);
    assert_non_null(
        strstr(why, "word: \"minister\" is {n:person}\nword: \"resigned\" is {v.ed}\n"));
    assert_int_equal(bed.paragraph.tags.count, 1);
    bed_free(&bed);
}

static void test_exemptions(void **state)
{
    (void)state;
    static struct bed bed;
    bed_make(
        &bed,
        "antipatterns:\n"
        "  - {id: cake, pattern: 'carrot cake', exempts: [x]}\n"
        "  - {id: juice, pattern: 'carrot juice'}\n"
        "devices:\n"
        "  - {id: x, name: X, patterns: [carrot], antipatterns: [{id: top, pattern: 'carrot top'}]}\n"
        "  - {id: y, name: Y, patterns: [cake]}\n");
    assert_int_equal(bed.status, RHETOR_OK);
    assert_int_equal(bed.rules.everywhere_count, 0);
    bed_read(&bed, "A carrot cake. The carrot juice, a carrot top. No cake.");
    assert_int_equal(bed.scratch.exemptions.count, 3);
    assert_int_equal(bed.paragraph.tags.count, 5);
    assert_int_equal(tags_settle(&bed.paragraph, false, false, &bed.scratch, &memory_default), RHETOR_OK);
    assert_int_equal(bed.paragraph.tags.count, 2);
    for (uint32_t i = 0; i < 2; i++)
        assert_int_equal(bed.paragraph.tags.at[i].device, rules_device(&bed.rules, "y"));
    bed_free(&bed);
}

/* A pattern that backtracks without end is stopped, said once, and takes nothing else with it. */
static void test_limit(void **state)
{
    (void)state;
    static struct bed bed;
    static char text[2000];
    memset(text, 'a', 1500);
    memcpy(text + 1500, " b, we can win.", 16);
    bed_make(
        &bed,
        "devices:\n  - {id: x, name: X, patterns: [{id: p, pattern: '(?:a|aa|a+)+c', raw: true}, win]}\n");
    const char *found = bed_found(&bed, text);
    assert_string_equal(found, "x/2[win]");
    uint32_t count;
    const uint32_t *limited = matcher_limited(bed.matcher, &count);
    assert_int_equal(count, 1);
    assert_string_equal(bed.rules.text + bed.rules.rules[limited[0]].id, "x/p");
    bed_found(&bed, text);
    matcher_limited(bed.matcher, &count);
    assert_int_equal(count, 1);
    bed_free(&bed);
}

static void test_cancel(void **state)
{
    (void)state;
    static struct bed bed;
    bed_make(&bed, "devices:\n  - {id: x, name: X, patterns: [win]}\n");
    bed_read(&bed, "We win. We win.");
    volatile uint32_t flag = 1;
    struct match_view view = bed_view(&bed);
    view.cancel = &flag;
    assert_int_equal(cues_find(bed.matcher, &view), RHETOR_E_CANCELLED);
    bed_free(&bed);
}

static void test_words(void **state)
{
    (void)state;
    static struct bed bed;
    bed_make(&bed,
             "words: {zoomer: n:person, tariff: n:possession}\n"
             "devices:\n  - {id: x, name: X, patterns: [{id: p, pattern: 'the {n:person}'}]}\n");
    assert_string_equal(bed_found(&bed, "Ask the zoomer about the tariff."), "x/p[the zoomer]");
    bed_free(&bed);
}

/* Patterns compile while several threads ask for them. */
struct run { struct bed *bed; char found[4096]; };

static void *run_thread(void *user)
{
    struct run *run = user;
    for (int i = 0; i < 50; i++)
        snprintf(run->found, sizeof run->found, "%s", "");
    struct paragraph *paragraph = &run->bed->paragraph;
    struct matcher *matcher;
    struct paragraph own = *paragraph;
    struct tag_scratch scratch = {0};
    memset(&own.tags, 0, sizeof own.tags);
    memset(&own.roles, 0, sizeof own.roles);
    if (matcher_open(run->bed->programs, &memory_default, &matcher) != RHETOR_OK)
        return NULL;
    struct match_view view = {&run->bed->words, NULL, &own, &scratch, NULL};
    cues_find(matcher, &view);
    size_t n = 0;
    for (uint32_t i = 0; i < own.tags.count; i++)
        n += (size_t)snprintf(run->found + n, sizeof run->found - n, "%u:%u-%u ",
                              own.tags.at[i].rule, own.tags.at[i].start, own.tags.at[i].end);
    matcher_close(matcher);
    tag_scratch_free(&scratch, &memory_default);
    vec_free(&memory_default, &own.tags);
    vec_free(&memory_default, &own.roles);
    return NULL;
}

static void test_threads(void **state)
{
    (void)state;
    static struct bed bed;
    static char yaml[1 << 14];
    static struct run runs[4];
    size_t n =
        (size_t)snprintf(yaml, sizeof yaml, "devices:\n  - id: x\n    name: X\n    patterns:\n");
    for (int i = 0; i < 100; i++)
        n += (size_t)snprintf(yaml + n, sizeof yaml - n, "      - '(?:we|they) {=win} %s {n}'\n",
                              (const char *[]){"the", "a", "every", "any"}[i % 4]);
    bed_make(&bed, yaml);
    bed_read(&bed, "Nothing here.");
    struct matcher *warm = bed.matcher;
    programs_close(bed.programs);
    matcher_close(warm);
    assert_int_equal(programs_open(&bed.rules, NULL, &memory_default, &bed.programs), RHETOR_OK);
    assert_int_equal(matcher_open(bed.programs, &memory_default, &bed.matcher), RHETOR_OK);
    /* read without matching, so that the threads meet patterns that nobody has compiled */
    const char *text = "We won the game. They win a prize. We win every game. They won any game.";
    struct paragraph *paragraph = &bed.paragraph;
    snprintf(bed.bytes, sizeof bed.bytes, "%s", text);
    paragraph->length = (uint32_t)strlen(text);
    assert_int_equal(tokens_find(bed.segmenter, paragraph), RHETOR_OK);
    assert_int_equal(sentences_find(bed.segmenter, paragraph), RHETOR_OK);
    assert_int_equal(words_find(&bed.words, paragraph), RHETOR_OK);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        runs[i].bed = &bed;
        assert_int_equal(pthread_create(&threads[i], NULL, run_thread, &runs[i]), 0);
    }
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_true(strlen(runs[0].found) > 400);
    for (int i = 1; i < 4; i++)
        assert_string_equal(runs[i].found, runs[0].found);
    bed_free(&bed);
}

/* What is selected finds all that running every pattern everywhere finds, in sentences put together
 * at random from what the patterns ask for and what nearly is it. */
static const char mixed[] =
    "lexicons:\n"
    "  offers: [\"=offer:v\", \"=grant:v\", make available, \"=take part\"]\n"
    "  urgency: [now, today, at once, without delay, urgent*]\n"
    "devices:\n  - id: x\n    name: X\n    patterns:\n"
    "      - '{party} {=be} (?:willing|ready) to {=give:v} {np}'\n"
    "      - '{party} {offers}'\n"
    "      - '{offers} {np}{gap:3} {urgency}'\n"
    "      - '{subject} {modal} {not} {=go:v}'\n"
    "      - '{subject} {have} {not} {=give}'\n"
    "      - 'the {n:person}''s {n}'\n"
    "      - '{n:person} and {n:person}'\n"
    "      - '(?:un)?likely to (?:be|{=go})'\n"
    "      - 'if {clause}, {subject} {modal}'\n"
    "      - '(?:the|an?) {a} {n}'\n"
    "      - '{nation} troops|{money}|{percent}'\n"
    "      - '{name} said'\n"
    "      - 'said {name}'\n"
    "      - '{urgency}'\n"
    "      - {pattern: 'we{gap:8} now', scope: clause}\n"
    "      - {pattern: '{np} now', scope: clause, unless: never, raise: [{near: '{urgency}'}]}\n"
    "      - {pattern: 'now', near: '{=give}', after: {pattern: '{party}', words: 3}}\n"
    "      - '\"{word}\" {n}'\n"
    "      - 'why (?:not|{subject}) {v.base}\\?'\n"
    "      - '(?:very |quite )*{a} {preposition}'\n"
    "      - '{!=give} today'\n"
    "      - '{determiner} {title} {name}'\n"
    "      - {pattern: '(?<a>{word}) and (?<b>{word})', agree: [{same-lemma: [a, b]}]}\n"
    "      - 'the [a-z]+ness of (?:it|{np})'\n"
    "      - '{subject}(?: {not})? {=give:v}'\n"
    "      - '{=take} (?:(?:the|a) )?(?:hat|coats?)'\n"
    "      - '(?<!we )give'\n"
    "      - '{v:possession.ing} {possessive}'\n"
    "      - '(?:[^:?!]{2,40}: )?(?:and |but )?(?<span>{urgency}) {word}'\n"
    "      - 'they ?(?:''ll| will|''re| are) {v}'\n"
    "      - '(?:like|hat)\\w* (?:of|now)'\n"
    "      - 'choke ?hold|bridge ?head'\n"
    "      - '\\d{1,3}[- ](?:years?|\\w+)'\n"
    "      - '\\d\\.\\d|\\d[\\d,]+ years'\n"
    "      - {pattern: 'we [^.]{0,30}[.;] they', scope: paragraph}\n"
    "      - {pattern: '{subject}(?: {word})* (?:now|today)', scope: paragraph}\n"
    "      - {pattern: '{word} {word} now', scope: quotation}\n"
    "      - {pattern: '(?:if|now) {clause}, (?:then )?{subject}', position: first}\n"
    "      - {pattern: '(?:{np}|{party}) {v}', near: 'at once|now'}\n"
    "      - {pattern: '{subject} {v}', unless: '{offers|urgency}', lower: [{near: '{offers}', by: 1}]}\n"
    "      - '{word}(?:{gap:3}) never'\n"
    "      - '(?<![\\w,] )(?:give|go)(?: {word}){0,3}? ?now'\n"
    "      - 'well[- ]known|off[- ]?hand'\n"
    "      - '(?:can|do)(?:not|n''t) {v.base}'\n"
    "      - '{offers|urgency} {gap:2}{!=give}'\n"
    "      - '(?:(?:the|our) {n}, )?(?:{party}|{name}) (?:could|can)(?:n''t| not)? {=go}'\n"
    "      - '(?:give|gave)(?:{gap:5} )?(?:to|part)(?: the)?(?: {n})?'\n"
    "      - '{rest} at once'\n"
    "      - '(?:[,;] )(?<span>(?:then|so) {word})'\n"
    "      - '(?:take (?:part|a hat|the bridge)|make {a}|be {a}) (?:at once|now|today)'\n";

static const char *const pieces[] = {"the",
                                     "a",
                                     "an",
                                     "our",
                                     "allies",
                                     "minister",
                                     "minister's",
                                     "ministers'",
                                     "General",
                                     "Brandt",
                                     "Ayla",
                                     "we",
                                     "We're",
                                     "they",
                                     "they'll",
                                     "he's",
                                     "she",
                                     "is",
                                     "are",
                                     "can't",
                                     "can",
                                     "cannot",
                                     "could",
                                     "couldn't",
                                     "not",
                                     "never",
                                     "won't",
                                     "will",
                                     "have",
                                     "haven't",
                                     "give",
                                     "given",
                                     "gave",
                                     "giving",
                                     "go",
                                     "gone",
                                     "going",
                                     "willing",
                                     "ready",
                                     "to",
                                     "offer",
                                     "offered",
                                     "offers",
                                     "grant",
                                     "make",
                                     "available",
                                     "took",
                                     "take",
                                     "part",
                                     "now",
                                     "today",
                                     "at",
                                     "once",
                                     "urgently",
                                     "without",
                                     "delay",
                                     "likely",
                                     "unlikely",
                                     "be",
                                     "if",
                                     "then",
                                     ",",
                                     ",",
                                     ";",
                                     "old",
                                     "U.S.",
                                     "French",
                                     "troops",
                                     "$40",
                                     "million",
                                     "12",
                                     "percent",
                                     "said",
                                     "\"hard\"",
                                     "\xE2\x80\x9Csoft\xE2\x80\x9D",
                                     "power",
                                     "why",
                                     "?",
                                     ".",
                                     ".",
                                     "!",
                                     "very",
                                     "quite",
                                     "from",
                                     "President",
                                     "and",
                                     "and",
                                     "darkness",
                                     "of",
                                     "it",
                                     "hat",
                                     "coats",
                                     "my",
                                     "losing",
                                     "well-known",
                                     "_now_",
                                     "don\xE2\x80\x99t",
                                     "do",
                                     "people",
                                     "bridge",
                                     "12",
                                     "years",
                                     "old:",
                                     "and",
                                     "but",
                                     "so",
                                     "choke",
                                     "hold",
                                     "chokehold",
                                     "bridgehead",
                                     "hats",
                                     "likewise",
                                     "well",
                                     "known",
                                     "at",
                                     "once",
                                     "n't",
                                     "'ll",
                                     "hat",
                                     "."};

static void test_selection(void **state)
{
    (void)state;
    static struct bed bed, plain;
    uint32_t seed = 12345, found = 0;
    bed_make(&bed, mixed);
    assert_string_equal(bed.said, "");
    assert_int_equal(bed.status, RHETOR_OK);
    for (uint32_t i = 0; i < bed.rules.everywhere_count; i++)
        print_error("runs everywhere: %s\n",
                    bed.rules.text + bed.rules.patterns[bed.rules.everywhere[i]].source);
    assert_int_equal(bed.rules.everywhere_count, 0);
    bed_make_plain(&plain, mixed);
    assert_int_equal(plain.rules.everywhere_count, plain.rules.rules_count);
    for (int round = 0; round < 4000; round++) {
        char text[1024];
        size_t n = 0;
        seed = seed * 1664525 + 1013904223;
        uint32_t words = 4 + (seed >> 16) % 30;
        for (uint32_t i = 0; i < words; i++) {
            seed = seed * 1664525 + 1013904223;
            const char *piece = pieces[(seed >> 12) % (sizeof pieces / sizeof *pieces)];
            bool glued = strchr(",;.?!", *piece) != NULL;
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s",
                                  i && !glued ? (seed >> 8) % 11 ? " " : "\n" : "", piece);
        }
        bed_read(&bed, text);
        bed_read(&plain, text);
        bool same = bed.paragraph.tags.count == plain.paragraph.tags.count;
        found += plain.paragraph.tags.count;
        for (uint32_t i = 0; i < plain.paragraph.tags.count; i++) { /* in any order */
            const struct tag *tag = &plain.paragraph.tags.at[i];
            bool there = false;
            for (uint32_t t = 0; t < bed.paragraph.tags.count; t++) {
                const struct tag *other = &bed.paragraph.tags.at[t];
                there |= other->start == tag->start && other->end == tag->end &&
                         other->rule == tag->rule && other->role_count == tag->role_count &&
                         other->score == tag->score;
            }
            if (!there)
                print_error("%s[%.*s] is not selected in: %s\n",
                            plain.rules.text + plain.rules.rules[tag->rule].source,
                            (int)(tag->end - tag->start), text + tag->start, text);
            same &= there;
        }
        if (!same)
            print_error("selected %u, of %u: %s\n", bed.paragraph.tags.count,
                        plain.paragraph.tags.count, text);
        assert_true(same);
    }
    assert_true(found > 5000);
    bed_free(&bed);
    bed_free(&plain);
}

/* The model written as bytes and read back compiles to the same tables. */
static void test_image(void **state)
{
    (void)state;
    static struct bed bed;
    struct model_bytes bytes = {{0}};
    struct model model;
    struct rules rules;
    bed_make(&bed, mixed);
    assert_int_equal(model_write(&bed.model, &memory_default, &bytes), RHETOR_OK);
    assert_int_equal(model_init(&model, &memory_default), RHETOR_OK);
    assert_int_equal(model_read(&model, bytes.at.at, bytes.at.count), RHETOR_OK);
    assert_int_equal(rules_compile(&model, NULL, CHECK_ALL, &memory_default, &rules), RHETOR_OK);
#define TABLE(type, name, fields)                                                                  \
    assert_int_equal(rules.name##_count, bed.rules.name##_count);                                  \
    if (rules.name##_count)                                                                        \
        assert_memory_equal(rules.name, bed.rules.name, rules.name##_count * sizeof *rules.name);
    RULES_TABLES(TABLE)
#undef TABLE
    rules_free(&rules, &memory_default);
    model_free(&model);
    for (uint32_t cut = 0; cut < bytes.at.count;
         cut += 1 + cut / 16) { /* bytes that end too early */
        unsigned char *part = malloc(cut + 1);
        memcpy(part, bytes.at.at, cut);
        assert_int_equal(model_init(&model, &memory_default), RHETOR_OK);
        assert_int_equal(model_read(&model, part, cut), RHETOR_E_SET);
        model_free(&model);
        free(part);
    }
    vec_free(&memory_default, &bytes.at);
    bed_free(&bed);
}

/* The image that the image's code is linked with: none of the built-in sets is needed here. */
const unsigned char model_image[] = {0};
const uint32_t model_image_length = 0;

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trials),     cmocka_unit_test(test_voice),
        cmocka_unit_test(test_score),      cmocka_unit_test(test_explain),
        cmocka_unit_test(test_exemptions), cmocka_unit_test(test_limit),
        cmocka_unit_test(test_cancel),     cmocka_unit_test(test_words),
        cmocka_unit_test(test_threads),    cmocka_unit_test(test_selection),
        cmocka_unit_test(test_image)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
