/* test_load.c: what the loader makes of sound sets: every key, defaults, layers, limits. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cue/yaml.h"

static int32_t load(struct model *model, const char *name, const char *text)
{
    return model_load(model, name, text, (uint32_t)strlen(text), NULL);
}

static void print_all(const struct model *model)
{
    for (uint32_t i = 0; i < model->diagnostics.count; i++)
        fprintf(stderr, "%s:%u:%u: %s\n", model->diagnostics.at[i].file,
                model->diagnostics.at[i].line, model->diagnostics.at[i].column,
                model->diagnostics.at[i].message);
}

#define SOUND(call)                                                                               \
    do {                                                                                          \
        int32_t status = (call);                                                                  \
        if (status != RHETOR_OK)                                                                  \
            print_all(&model);                                                                    \
        assert_int_equal(status, RHETOR_OK);                                                      \
    } while (0)

static const char full[] =
    "set: {name: rhetor-en, version: 1.0.0, license: MIT, author: A, citation: C, language: en}\n"
    "lexicons:\n"
    "  offers: [\"=offer:v\", make available]\n"
    "  aid: [aid]\n"
    "  relief: {words: [relief, reprieve], include: [aid], minus: [x]}\n"
    "words: {tariff: n:possession, zoomer: [n:person, a]}\n"
    "antipatterns:\n"
    "  - {id: set-phrase, pattern: 'carrot cake', exempts: [carrot], case: true}\n"
    "  - 'stick shift'\n"
    "devices:\n"
    "  - id: carrot\n"
    "    name: Carrot\n"
    "    family: inducement\n"
    "    definition: An offer.\n"
    "    references: [Schelling 1960, Austin 1962]\n"
    "    message: 'offers {offer} to {recipient}'\n"
    "    roles: [offerer, recipient, offer]\n"
    "    threshold: 0.4\n"
    "    prior: -0.5\n"
    "    antipatterns: [{id: of-old, pattern: 'golden carrot'}]\n"
    "    patterns:\n"
    "      - '{party} {=be} (?:willing|ready) to {=give:v}'\n"
    "      - id: willing-to\n"
    "        pattern: '(?<offerer>{party}) {=be} willing to (?<offer>{=give:v} {np})'\n"
    "        weight: 0.8\n"
    "        scope: paragraph\n"
    "        voice: [author, quoted]\n"
    "        speaker: 'Brandt'\n"
    "        position: last-in-paragraph\n"
    "        unless: ['if asked', {pattern: 'hardly', words: 3}]\n"
    "        unless-before: {pattern: 'never', words: 4}\n"
    "        unless-in: 'carrot cake'\n"
    "        next: 'or else'\n"
    "        raise: [{near: '{urgency}', by: 0.75, words: 9}]\n"
    "        lower: {in: 'perhaps', by: 0.5}\n"
    "        agree: [{same-word: [a, b]}, {reversed: [a, b, c, d]}]\n"
    "        case: true\n"
    "        raw: true\n"
    "        message: 'm'\n"
    "        examples: ['We [[are willing to fund [[offer:a clinic]]]].']\n"
    "        counter-examples: ['He is willing to bet on it.', 'No.']\n"
    "      - 'shall have {np}'\n"
    "    series:\n"
    "      - {id: thrice, unit: clause, share: ending, words: 2, least: 4, most: 6, apart: 1,\n"
    "         joiner: 'and|or', tolerance: 0.5, weight: 0.6}\n"
    "      - {share: shape}\n"
    "    counts:\n"
    "      - {id: dense, in: line, of: [carrot, carrot/willing-to], at-least: 4, at-most: 9,\n"
    "         kinds: 2, per-words: 100}\n"
    "    moves:\n"
    "      - id: both\n"
    "        sequence: [carrot, {recipient: carrot/willing-to}]\n"
    "        within: 3 paragraphs\n"
    "        same: [voice, {party: [carrot.recipient, recipient.recipient, carrot.offer]}]\n"
    "        unless: [carrot]\n"
    "        inside: carrot\n"
    "        not-inside: [carrot/2]\n"
    "        weight: 0.65\n"
    "        examples: ['[[x]]']\n"
    "      - {any: carrot, within: sentence}\n"
    "  - {id: plain, hidden: true}\n";

static void test_every_key(void **state)
{
    (void)state;
    struct model model;
    assert_int_equal(model_init(&model, &memory_default), RHETOR_OK);
    SOUND(load(&model, "built-in:one.yaml", full));

    assert_int_equal(model.manifests.count, 1);
    assert_string_equal(model.manifests.at[0].name, "rhetor-en");
    assert_string_equal(model.manifests.at[0].language, "en");
    assert_int_equal(model.lexicons.count, 3);
    const struct lexicon *relief = model_lexicon(&model, "relief");
    assert_non_null(relief);
    assert_int_equal(relief->words.count, 2);
    assert_string_equal(relief->words.at[1].text, "reprieve");
    assert_int_equal(relief->words.at[1].place.line, 5);
    assert_int_equal(relief->words.at[1].place.column, 28);
    assert_string_equal(relief->include.at[0].text, "aid");
    assert_string_equal(relief->minus.at[0].text, "x");
    assert_int_equal(model.words.count, 2);
    assert_string_equal(model.words.at[0].classes.at[0].text, "n:possession");
    assert_int_equal(model.words.at[1].classes.count, 2);
    assert_int_equal(model.antipatterns.count, 2);
    assert_string_equal(model.antipatterns.at[0].id, "set-phrase");
    assert_int_equal(model.antipatterns.at[0].case_sensitive, 1);
    assert_string_equal(model.antipatterns.at[1].id, "antipattern-2");

    const struct device *carrot = model_device(&model, "carrot");
    assert_non_null(carrot);
    assert_string_equal(carrot->references, "Schelling 1960; Austin 1962");
    assert_int_equal(carrot->roles.count, 3);
    assert_true(carrot->threshold == 0.4f && carrot->prior == -0.5f);
    assert_string_equal(carrot->antipatterns.at[0].id, "carrot/of-old");
    assert_int_equal(carrot->patterns.count, 3);
    const struct pattern *plain = &carrot->patterns.at[0], *rich = &carrot->patterns.at[1];
    assert_string_equal(plain->id, "carrot/1");
    assert_string_equal(carrot->patterns.at[2].id, "carrot/3");
    assert_true(plain->weight == RULE_WEIGHT);
    assert_int_equal(plain->voice, VOICE_ANY);
    assert_int_equal(plain->scope, SCOPE_SENTENCE);
    assert_int_equal(plain->source.place.line, 22);
    assert_int_equal(full[plain->source.place.byte], '{');
    assert_string_equal(rich->id, "carrot/willing-to");
    assert_true(rich->weight == 0.8f);
    assert_int_equal(rich->scope, SCOPE_PARAGRAPH);
    assert_int_equal(rich->voice, VOICE_AUTHOR | VOICE_QUOTED);
    assert_string_equal(rich->speaker, "Brandt");
    assert_int_equal(rich->position, LAST_IN_PARAGRAPH);
    assert_int_equal(rich->raw, 1);
    assert_int_equal(rich->case_sensitive, 1);
    static const struct {
        const char *text;
        float amount;
        uint32_t words;
        uint8_t where, forbid;
    } expected[] = {{"if asked", 0, 0, IN_UNIT, 1},    {"hardly", 0, 3, IN_UNIT, 1},
                    {"never", 0, 4, BEFORE, 1},        {"carrot cake", 0, 0, COVERING, 1},
                    {"or else", 0, 0, NEXT_UNIT, 0},   {"{urgency}", 0.75f, 9, IN_UNIT, 0},
                    {"perhaps", -0.5f, 0, COVERING, 0}};
    assert_int_equal(rich->condition_count, 7);
    for (uint32_t i = 0; i < rich->condition_count; i++) {
        assert_string_equal(rich->conditions[i].pattern.text, expected[i].text);
        assert_true(rich->conditions[i].amount == expected[i].amount);
        assert_int_equal(rich->conditions[i].words, expected[i].words);
        assert_int_equal(rich->conditions[i].where, expected[i].where);
        assert_int_equal(rich->conditions[i].forbid, expected[i].forbid);
    }
    assert_int_equal(rich->agreement_count, 2);
    assert_int_equal(rich->agreements[1].kind, REVERSED);
    assert_string_equal(rich->agreements[1].groups.at[3].text, "d");
    assert_int_equal(rich->example_count, 3);
    assert_int_equal(rich->examples[0].counter, 0);
    assert_int_equal(rich->examples[2].counter, 1);
    assert_int_equal(plain->example_count, 0);

    const struct series *thrice = &carrot->series.at[0];
    assert_string_equal(thrice->id, "carrot/thrice");
    assert_int_equal(thrice->unit, UNIT_CLAUSE);
    assert_int_equal(thrice->share, SHARE_ENDING);
    assert_int_equal(thrice->words * 1000 + thrice->least * 100 + thrice->most * 10 + thrice->apart,
                     2461);
    assert_string_equal(thrice->joiner, "and|or");
    assert_string_equal(carrot->series.at[1].id, "carrot/series-2");
    assert_int_equal(carrot->series.at[1].least, 3);
    const struct count_rule *dense = &carrot->counts.at[0];
    assert_int_equal(dense->unit, UNIT_LINE);
    assert_int_equal(dense->at_least * 100 + dense->at_most * 10 + dense->kinds, 492);
    assert_int_equal(dense->per_words, 100);
    const struct move *both = &carrot->moves.at[0];
    assert_int_equal(both->form, MOVE_SEQUENCE);
    assert_int_equal(both->reach, WITHIN_PARAGRAPHS);
    assert_int_equal(both->within, 3);
    assert_int_equal(both->same_voice, 1);
    assert_string_equal(both->parts[0].name, "carrot");
    assert_string_equal(both->parts[1].name, "recipient");
    assert_string_equal(both->parts[1].of.text, "carrot/willing-to");
    assert_int_equal(both->same_party.count, 4);
    assert_string_equal(both->same_party.at[1].text, both->same_party.at[2].text);
    assert_string_equal(both->not_inside.at[0].text, "carrot/2");
    assert_int_equal(carrot->moves.at[1].within, 1);
    assert_int_equal(model_device(&model, "plain")->hidden, 1);
    assert_string_equal(model_device(&model, "plain")->name, "plain");

    /* carrot/2 has a name of its own, so there is no rule carrot/2. */
    assert_int_equal(model_check(&model), RHETOR_E_SET);
    assert_int_equal(model.diagnostics.count, 1);
    assert_string_equal(model.diagnostics.at[0].code, "unknown-rule");
    assert_int_equal(model_device(&model, "carrot")->moves.count, 1);
    model_free(&model);
}

static const char base[] =
    "set: {name: base, version: 1.0.0}\n"
    "lexicons: {praise: [great, fine, grand]}\n"
    "devices:\n"
    "  - id: stick\n"
    "    name: Stick\n"
    "    definition: A threat.\n"
    "    patterns: [{id: one, pattern: aaa}, bbb, {id: three, pattern: ccc}]\n"
    "    moves: [{id: m, all: [stick/one, stick/three]}]\n"
    "  - {id: litotes, patterns: [ddd]}\n";

static void ids(const struct device *device, char *out)
{
    out[0] = 0;
    for (uint32_t i = 0; i < device->patterns.count; i++)
        sprintf(out + strlen(out), "%s%s=%s", i ? " " : "", device->patterns.at[i].id,
                device->patterns.at[i].source.text);
}

static void test_layers(void **state)
{
    (void)state;
    struct model model;
    char out[400];
    assert_int_equal(model_init(&model, &memory_default), RHETOR_OK);
    SOUND(load(&model, "base.yaml", base));
    SOUND(load(&model, "mine/a.yaml",
               "lexicons+: {praise: [gnarly]}\n"
               "lexicons-: {praise: [great, lovely]}\n"
               "devices:\n"
               "  - id: stick\n"
               "    patterns+: [eee, {id: one, pattern: fff}]\n"
               "    patterns-: [stick/three]\n"
               "    threshold: 0.4\n"
               "  - {id: litotes, disable: true}\n"));
    const struct device *stick = model_device(&model, "stick");
    ids(stick, out);
    assert_string_equal(out, "stick/one=fff stick/2=bbb stick/4=eee");
    assert_true(stick->threshold == 0.4f);
    assert_string_equal(stick->name, "Stick");
    assert_int_equal(stick->moves.count, 1);
    assert_int_equal(model_device(&model, "litotes")->disabled, 1);
    const struct lexicon *praise = model_lexicon(&model, "praise");
    assert_int_equal(praise->words.count, 3);
    assert_string_equal(praise->words.at[2].text, "gnarly");
    assert_int_equal(praise->minus.count, 2);

    /* Who gave what: the device is the base's, its first pattern the user's. */
    assert_string_equal(model.manifests.at[stick->manifest].name, "base");
    const struct source *source = &model.sources.at[stick->patterns.at[0].place.source];
    assert_string_equal(source->name, "mine/a.yaml");
    assert_string_equal(model.manifests.at[source->manifest].name, "a");
    assert_string_equal(stick->patterns.at[0].place.file, "mine/a.yaml");

    SOUND(load(&model, "last.yaml",
               "lexicons+: {praise: [great]}\n"
               "lexicons: {blame: [bad]}\n"
               "devices:\n"
               "  - {id: stick, patterns: [ggg], moves-: [m]}\n"
               "  - {id: litotes, override: true, name: Litotes, patterns: [hhh]}\n"));
    stick = model_device(&model, "stick");
    ids(stick, out);
    assert_string_equal(out, "stick/1=ggg");
    assert_int_equal(stick->moves.count, 0);
    const struct device *litotes = model_device(&model, "litotes");
    ids(litotes, out);
    assert_string_equal(out, "litotes/1=hhh");
    assert_int_equal(litotes->disabled, 0);
    assert_int_equal(litotes->threshold < 0, 1);
    praise = model_lexicon(&model, "praise");
    assert_int_equal(praise->words.count, 4);
    assert_int_equal(praise->minus.count, 1); /* great is back */
    assert_int_equal(model_check(&model), RHETOR_OK);
    assert_int_equal(model.diagnostics.count, 0);
    model_free(&model);
}

/* Within one set a second lexicon of a name is a warning, between sets it is a layer. */
static void test_replaced(void **state)
{
    (void)state;
    struct model model;
    assert_int_equal(model_init(&model, &memory_default), RHETOR_OK);
    SOUND(load(&model, "built-in:a.yaml",
               "set: {name: en, version: 1}\nlexicons: {praise: [fine]}\n"));
    SOUND(load(&model, "built-in:b.yaml", "lexicons: {praise: [good]}\n"));
    assert_int_equal(model.manifests.count, 1);
    assert_int_equal(model.diagnostics.count, 1);
    assert_string_equal(model.diagnostics.at[0].code, "replaced");
    assert_int_equal(model.diagnostics.at[0].severity, RHETOR_WARNING);
    SOUND(load(&model, "mine.yaml", "lexicons: {praise: [ace]}\n"));
    assert_int_equal(model.diagnostics.count, 1);
    assert_string_equal(model_lexicon(&model, "praise")->words.at[0].text, "ace");
    assert_int_equal(model.lexicons.count, 1);
    model_free(&model);
}

/* A mistake takes its own rule out and nothing else. */
static void test_rest_stands(void **state)
{
    (void)state;
    struct model model;
    char out[400];
    assert_int_equal(model_init(&model, &memory_default), RHETOR_OK);
    int32_t status =
        load(&model, "x.yaml",
             "devices:\n"
             "  - id: a\n"
             "    name: [wrong]\n"
             "    patterns: [one, {pattern: two, weight: 7}, three, {pattern: four, unles: x}]\n"
             "  - id: [wrong]\n"
             "  - {id: b, patterns: [five]}\n"
             "lexicons: {good: [x], bad: {wrong: [y]}}\n");
    assert_int_equal(status, RHETOR_E_SET);
    assert_int_equal(model.diagnostics.count, 5);
    ids(model_device(&model, "a"), out);
    assert_string_equal(out, "a/1=one a/3=three");
    ids(model_device(&model, "b"), out);
    assert_string_equal(out, "b/1=five");
    assert_non_null(model_lexicon(&model, "good"));
    assert_null(model_lexicon(&model, "bad"));

    /* What is no YAML changes nothing. */
    assert_int_equal(load(&model, "y.yaml", "devices:\n  - {id: a, patterns: [zzz]}\n  - {id: c\n"),
                     RHETOR_E_SET);
    ids(model_device(&model, "a"), out);
    assert_string_equal(out, "a/1=one a/3=three");
    assert_null(model_device(&model, "c"));
    model_free(&model);
}

static void test_aliases(void **state)
{
    (void)state;
    struct model model;
    assert_int_equal(model_init(&model, &memory_default), RHETOR_OK);
    SOUND(load(&model, "x.yaml",
               "lexicons: {a: &words [x, y], b: *words, c: {words: &one [z]}, d: *one}\n"));
    assert_int_equal(model_lexicon(&model, "b")->words.count, 2);
    assert_string_equal(model_lexicon(&model, "d")->words.at[0].text, "z");
    SOUND(load(&model, "empty.yaml", ""));
    SOUND(load(&model, "comment.yaml", "# nothing yet\n"));
    model_free(&model);
}

static char *repeat(const char *head, const char *format, uint32_t count)
{
    char *text = malloc(strlen(head) + (size_t)count * 64 + 1), *end = text;
    assert_non_null(text);
    end += sprintf(end, "%s", head);
    for (uint32_t i = 0; i < count; i++)
        end += sprintf(end, format, i, i);
    return text;
}

static void test_limits(void **state)
{
    (void)state;
    struct model model;
    assert_int_equal(model_init(&model, &memory_default), RHETOR_OK);

    char *large = malloc(YAML_BYTES + 1);
    assert_non_null(large);
    memset(large, '#', YAML_BYTES + 1);
    assert_int_equal(model_load(&model, "large.yaml", large, YAML_BYTES + 1, NULL), RHETOR_E_LIMIT);
    assert_string_equal(model.diagnostics.at[0].code, "too-large");
    assert_int_equal(model_load(&model, "fits.yaml", large, YAML_BYTES, NULL), RHETOR_OK);
    free(large);

    char *anchors = repeat("lexicons: {a: [", "&a%u x, *a%u, ", 2000);
    strcat(anchors, "y]}\n");
    assert_int_equal(load(&model, "anchors.yaml", anchors), RHETOR_E_SET);
    assert_string_equal(model.diagnostics.at[1].code, "too-large");
    free(anchors);

    /* Many rules and many mistakes: neither is quadratic, and the list of mistakes ends. */
    char *rules =
        repeat("devices:\n- id: many\n  patterns:\n", "  - {id: p%u, pattern: w%u}\n", 100000);
    SOUND(load(&model, "rules.yaml", rules));
    assert_int_equal(model_device(&model, "many")->patterns.count, 100000);
    SOUND(load(&model, "again.yaml", rules));
    assert_int_equal(model_device(&model, "many")->patterns.count, 100000);
    free(rules);
    char *wrong = repeat("devices:\n", "- {idd: a%u, id: b%u}\n", 100000);
    assert_int_equal(load(&model, "wrong.yaml", wrong), RHETOR_E_SET);
    assert_int_equal(model.diagnostics.count, DIAGNOSTICS_MOST);
    assert_string_equal(model.diagnostics.at[DIAGNOSTICS_MOST - 1].code, "too-many");
    assert_int_equal(model_check(&model), RHETOR_OK);
    free(wrong);
    model_free(&model);
}

/* An allocator that fails at the nth call, and counts what is not given back. */
struct failing { long left, live; bool failed; };

static void *resize_failing(void *user, void *old, uint64_t size)
{
    struct failing *failing = user;
    if (size == 0) {
        failing->live -= old != NULL;
        free(old);
        return NULL;
    }
    if (failing->left-- <= 0) {
        failing->failed = true;
        return NULL;
    }
    void *block = realloc(old, size);
    failing->live += !old && block;
    return block;
}

static void test_no_memory(void **state)
{
    (void)state;
    struct failing failing = {0};
    struct memory memory = {resize_failing, &failing};
    long calls = 0;
    for (;; calls++) {
        struct model model;
        failing.left = calls;
        failing.failed = false;
        assert_int_equal(model_init(&model, &memory), RHETOR_OK);
        int32_t status = load(&model, "one.yaml", full);
        int32_t checked = status == RHETOR_OK ? model_check(&model) : RHETOR_OK;
        model_free(&model);
        assert_int_equal(failing.live, 0);
        if (!failing.failed) {
            assert_int_equal(status, RHETOR_OK);
            assert_int_equal(checked, RHETOR_E_SET);
            break;
        }
        assert_int_equal(status == RHETOR_OK ? checked : status, RHETOR_E_MEMORY);
    }
    assert_true(calls > 20);
}

static void test_nearest(void **state)
{
    (void)state;
    static const char *const names[] = {"weight", "voice", "unless", "unless-in", "id"};
    assert_string_equal(nearest("wieght", names, 5), "weight");
    assert_string_equal(nearest("voices", names, 5), "voice");
    assert_string_equal(nearest("unles-in", names, 5), "unless-in");
    assert_null(nearest("colour", names, 5));
    assert_null(nearest("ix", names, 5));
    assert_null(nearest("", names, 5));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_key),   cmocka_unit_test(test_layers),
        cmocka_unit_test(test_replaced),    cmocka_unit_test(test_rest_stands),
        cmocka_unit_test(test_aliases),     cmocka_unit_test(test_limits),
        cmocka_unit_test(test_no_memory),   cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
