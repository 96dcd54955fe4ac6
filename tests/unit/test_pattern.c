/* test_pattern.c: what each construct of the pattern language matches and does not, what is
 * required of a text, and how mistakes are told. */
#include "cue_bed.h"

/* pattern (as in YAML, within single quotes), text, what it finds: "" nothing, else the matched
 * texts joined by |. */
struct trial { const char *pattern, *text, *found; };

static const char lexicons[] =
    "lexicons:\n"
    "  offers: [\"=offer:v\", \"=grant:v\", make available, lend a hand, lend an ear]\n"
    "  urgency: [now, today, at once, without delay, urgent*]\n"
    "  big: [vast, huge, enormous, large, great, giant, immense, massive, colossal, grand, tall, wide, broad, "
    "mighty, hefty, sizable, towering, epic]\n"
    "  stops: [but, because]\n"
    "  less: {include: [big], minus: [huge]}\n";

static const struct trial trials[] = {
    /* blanks, quotes, hyphens, case, word boundaries */
    {"win at all costs", "They win at  all\ncosts now.", "win at  all\ncosts"},
    {"win", "They win; winners winning twin win.", "win|win"},
    {"don''t", "They don\xE2\x80\x99t, we don't.", "don\xE2\x80\x99t|don't"},
    {"well-known", "A well\xE2\x80\x90known man.", "well\xE2\x80\x90known"},
    {"the \"reform\"", "In the \xE2\x80\x9Creform\xE2\x80\x9D and the \"reform\" here.",
     "the \xE2\x80\x9Creform\xE2\x80\x9D|the \"reform\""},
    {"WIN", "We win.", "win"},
    {"ask(?:ed|ing)?", "He asked, was asking, ask, asks.", "asked|asking|ask"},
    {"(?:un)?likely", "It is unlikely; likely.", "unlikely|likely"},
    {"(?:willing|ready|prepared) to", "We are prepared to go and ready  to stay.",
     "prepared to|ready  to"},
    {"we can", "We can't, we can go.", "we can"},
    {"time is (?:of|on) .{1,12} essence", "Time is of the essence.", "Time is of the essence"},
    {"\\bcat\\b", "A cat, a category.", "cat"},
    {"why\\?", "He asked: why? Because.", "why?"},
    {"[,;\\x{2014}] however", "So, however; it \xE2\x80\x94 however.", ", however|\xE2\x80\x94 however"},
    {"[,\xE2\x80\x94] yet", "So, yet it\xE2\x80\x94 yet.", ", yet|\xE2\x80\x94 yet"},
    {"e\\.g\\.", "Take rice, e.g. brown.", "e.g."},
    {"(?i:NOW)|never", "Now or never.", "Now|never"},
    /* lexicons, lemmas */
    {"{=offer:v}", "They offered an offer; she was offering.", "offered|offering"},
    {"{=offer}", "They offered an offer.", "offered|offer"},
    {"{=give:v|=grant:v} {word}", "She gave it and grants that.", "gave it|grants that"},
    {"{offers} {n}", "She granted asylum.", "granted asylum"},
    {"{offers}", "We lend an ear, they made available; we make available.",
     "lend an ear|make available"},
    {"{urgency}", "At once! It is urgently needed today.", "At once|urgently|today"},
    {"a {big} {n}", "It was a towering mistake, a small one.", "a towering mistake"},
    {"{less} dogs", "huge dogs, vast dogs, giant dogs", "vast dogs|giant dogs"},
    {"{offers|urgency}", "Grant it now.", "Grant|now"},
    {"{!big} dog", "A small dog, a vast dog.", "small dog"},
    {"{!=give} it", "give it, gave it, take it", "take it"},
    /* classes */
    {"the {n:person}", "The minister saw the table and the minister's wife.",
     "The minister|the minister's"},
    {"{v:communication} that", "They warn that it is so.", "warn that"},
    {"to {v.base}", "to give, to the table, to go", "to give|to go"},
    {"{v.ing} it", "taking it, takes it", "taking it"},
    {"{v:possession.ed} it", "He gave it, lost it, said it.", "gave it|lost it"},
    {"very {a}", "A very old man and very soon.", "very old"},
    /* built-in */
    {"{subject} {modal} {not} go", "We could not go. They shouldn't go, she can't go, he won't go.",
     "We could not go|They shouldn't go|she can't go|he won't go"},
    {"{subject} {=be} ready", "We're ready, he's ready, I am ready, the minister's ready.",
     "We're ready|he's ready|I am ready"},
    {"{subject} {have} seen", "We've seen it; they have seen it.", "We've seen|they have seen"},
    {"{subject} {modal} pay", "They'll pay, I'd pay, you must pay.",
     "They'll pay|I'd pay|you must pay"},
    {"do {not} know", "We do not know, don't know.", "do not know|don't know"},
    {"said {name}", "So said Maria Santos, said he.", "said Maria Santos"},
    {"{money}",
     "It cost $40 million, or 12 dollars, or \xE2\x82\xAC"
     "3.5 bn.",
     "$40 million|12 dollars|\xE2\x82\xAC"
     "3.5 bn"},
    {"{money}", "It cost $1.2B, or \xC2\xA3""3bn in 2023.", "$1.2B|\xC2\xA3""3bn"},
    {"in {number}", "In 2023, we won; in 1,400 homes.", "In 2023|in 1,400"},
    {"{percent}", "Some 40 percent and 3.5% and five per cent.", "40 percent|3.5%|five per cent"},
    {"{number} years", "forty years, 12 years, two hundred years",
     "forty years|12 years|two hundred years"},
    {"in {date}", "in 1945, in May 1945, in 12 words", "in 1945|in May 1945"},
    {"{np} fell", "The old stone bridge fell.", "The old stone bridge fell"},
    {"{party} {=be} willing", "Our allies are willing. The bridge is willing. She was willing.",
     "Our allies are willing|She was willing"},
    {"{determiner} dog", "Every dog; a dog.", "Every dog|a dog"},
    {"{preposition} you", "with you, from you, see you", "with you|from you"},
    /* gaps */
    {"give{gap:3} up", "We give it all up; give a b c d up; give, up.", "give it all up"},
    {"give{gap:5!stops} up", "We give it up; give this but that up.", "give it up"},
    {"if {clause}, then", "If it rains, then go.", "If it rains, then"},
    {"because {rest}", "No, because it rained, and so on.", "because it rained, and so on."},
};

static void test_trials(void **state)
{
    (void)state;
    unsigned wrong = 0;
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        static char yaml[1 << 13];
        static struct bed bed;
        char found[1024] = "";
        snprintf(yaml, sizeof yaml,
                 "%sdevices:\n  - {id: x, name: X, patterns: [{id: p, pattern: '%s'}]}\n", lexicons,
                 trials[i].pattern);
        bed_make(&bed, yaml);
        if (bed.status != RHETOR_OK)
            print_error("%s: %s\n", trials[i].pattern,
                        bed.model.diagnostics.count ? bed.model.diagnostics.at[0].message : "?");
        bed_read(&bed, trials[i].text);
        for (uint32_t t = 0; t < bed.paragraph.tags.count; t++) {
            const struct tag *tag = &bed.paragraph.tags.at[t];
            size_t n = strlen(found);
            snprintf(found + n, sizeof found - n, "%s%.*s", t ? "|" : "",
                     (int)(tag->end - tag->start), bed.bytes + tag->start);
        }
        if (strcmp(found, trials[i].found)) {
            print_error("%s\n  in:       %s\n  expected: %s\n  found:    %s\n", trials[i].pattern,
                        trials[i].text, trials[i].found, found);
            print_error("  regex:    %s\n", bed.rules.text + bed.rules.patterns[0].regex);
            wrong++;
        }
        bed_free(&bed);
    }
    assert_int_equal(wrong, 0);
}

/* The anchors of a pattern; every matched text must hold one word of each. */
static void test_required(void **state)
{
    (void)state;
    static const struct { const char *pattern, *anchors; } rows[] = {
        {"carrot cake", "carrot | cake"},
        {"ask(?:ed|ing)", "asked asking"},
        {"(?:un)?likely", "unlikely likely"},
        {"(?:time is short|act now)", "short act"},
        {"very ?much", "very verymuch"},   /* verymuch, very much */
        {"(?:maybe )?perhaps", "perhaps"},
        {"\\w+ness", ""},
        {"grant(?!ed)", "grant"},
        {"a {big} dog", "dog"},            /* and more */
        {"{n:person}", "<n:person>"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static char yaml[1 << 13];
        static struct bed bed;
        char anchors[4096];
        snprintf(yaml, sizeof yaml,
                 "%sdevices:\n  - {id: x, name: X, patterns: [{id: p, pattern: '%s'}]}\n", lexicons,
                 rows[i].pattern);
        bed_make(&bed, yaml);
        assert_int_equal(bed.rules.patterns_count, 1);
        rules_anchors(&bed.rules, 0, anchors, sizeof anchors);
        if (strncmp(anchors, rows[i].anchors, strlen(rows[i].anchors)))
            print_error("%s: %s\n", rows[i].pattern, anchors);
        if (!*rows[i].anchors)
            assert_string_equal(anchors, "");
        else
            assert_int_equal(strncmp(anchors, rows[i].anchors, strlen(rows[i].anchors)), 0);
        assert_int_equal(bed.rules.everywhere_count, *rows[i].anchors ? 0 : 1);
        bed_free(&bed);
    }
}

static void test_mistakes(void **state)
{
    (void)state;
    static const struct { const char *pattern, *code; uint32_t column;
    } rows[] = {
        {"give (it", "bad-pattern", 6},
        {"give it)", "bad-pattern", 8},
        {"a [bc", "bad-pattern", 3},
        {"{ofers} it", "unknown-lexicon", 1},
        {"we {=go:q}", "bad-brace", 4},
        {"{n:persn}", "unknown-class", 1},
        {"give (?C1) it", "refused", 6},
        {"(*SKIP)a", "refused", 1},
        {"a\\Cb", "refused", 2},
        {"(?:a)?", "matches-empty", 1},
        {"a{gap:0} b", "bad-brace", 2},
        {"*a", "bad-pattern", 1},
        {"do ''(?<=a+)b", "bad-pattern", 6},
        {"{give", "bad-brace", 1},
        {"x{!np}", "bad-brace", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static char yaml[1 << 13];
        static struct bed bed;
        static const char before[] = "  - {id: x, name: X, patterns: [{id: p, pattern: '";
        snprintf(yaml, sizeof yaml, "%sdevices:\n%s%s'}, {id: q, pattern: sound}]}\n", lexicons,
                 before, rows[i].pattern);
        bed_make(&bed, yaml);
        assert_int_equal(bed.status, RHETOR_E_SET);
        assert_int_equal(bed.model.diagnostics.count, 1);
        const rhetor_diagnostic *said = &bed.model.diagnostics.at[0];
        if (strcmp(said->code, rows[i].code) || said->column != rows[i].column + sizeof before - 1)
            print_error("%s: %s at %d: %s\n", rows[i].pattern, said->code,
                        (int)said->column - (int)sizeof before + 1, said->message);
        assert_string_equal(said->code, rows[i].code);
        assert_int_equal(said->column, rows[i].column + sizeof before - 1);
        assert_int_equal(said->line, 8);
        assert_int_equal(bed.rules.patterns_count, 1); /* the other one stands */
        bed_free(&bed);
    }
}

static void test_show(void **state)
{
    (void)state;
    static char yaml[1 << 13];
    static struct bed bed;
    char shown[4096];
    snprintf(yaml, sizeof yaml,
             "%sdevices:\n  - {id: x, name: X, patterns: [{id: p, pattern: 'a {big} dog'}]}\n",
             lexicons);
    bed_make(&bed, yaml);
    uint32_t n = rules_show(&bed.rules, 0, shown, sizeof shown);
    assert_int_equal(n, strlen(shown));
    assert_non_null(strstr(shown, "|towering"));
    assert_null(strstr(shown, "(?C"));
    assert_int_equal(rules_show(&bed.rules, 0, shown, 5), n);
    assert_int_equal(strlen(shown), 4);
    bed_free(&bed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_trials), cmocka_unit_test(test_required),
        cmocka_unit_test(test_mistakes), cmocka_unit_test(test_show)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
