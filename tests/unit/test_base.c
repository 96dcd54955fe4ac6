/* test_base.c: a model over the built-in sets compiles to the same whether what is compiled already is taken
 * over or not, whatever a layer changes. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cue/compile.h"
#include "engine/image.h"
#include "engine/outside.h"

static const char *const layers[] = {
    "words: {zzz: n:person}\n",
    "lexicons: {zz_own: [alpha, '=give:v', 'bet*', at last]}\n"
    "devices:\n"
    "  - {id: zz, patterns: ['{zz_own} {np}', 'the {n:person}', {pattern: 'we {modal}', unless: ['{not}', now]}]}\n",
    "lexicons+: {LEXICON: [zzzz, '=zigzag:v']}\n",
    "lexicons: {title: [zzzz]}\n",
    "lexicons: {stops: [zzzz], not: [zzzz]}\n",
    "devices: [{id: carrot, patterns+: [{id: willing-to, pattern: 'zzzz {n}', weight: 0.6}]}]\n",
    "devices: [{id: carrot, disable: true}]\n",
    "devices: [{id: stick, override: true, patterns: ['zzzz']}]\n",
};

static int by_byte(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

/* Alternatives stand in the order in which words were met, which means nothing: bytes are compared sorted. */
static void same_text(char *a, char *b)
{
    qsort(a, strlen(a), 1, by_byte);
    qsort(b, strlen(b), 1, by_byte);
    assert_string_equal(a, b);
    free(a);
    free(b);
}

static char *text_of(const struct rules *rules, uint32_t pattern,
                     uint32_t (*write)(const struct rules *, uint32_t, char *, uint32_t))
{
    uint32_t n = write(rules, pattern, NULL, 0);
    char *text = malloc(n + 1);
    assert_non_null(text);
    write(rules, pattern, text, n + 1);
    return text;
}

static void same_way(const struct rules *a, const struct way_row *one, const struct rules *b,
                     const struct way_row *two)
{
    assert_int_equal(one->least, two->least);
    assert_int_equal(one->most, two->most);
    assert_int_equal(one->entry == NONE, two->entry == NONE);
    assert_int_equal(one->check_count, two->check_count);
    for (uint32_t i = 0; i < one->check_count; i++) {
        const struct check_row *x = &a->checks[one->first_check + i],
                               *y = &b->checks[two->first_check + i];
        assert_int_equal(x->from, y->from);
        assert_int_equal(x->to, y->to);
        assert_int_equal(a->groups[x->group].word_count, b->groups[y->group].word_count);
    }
    assert_int_equal(a->groups[one->lead].word_count, b->groups[two->lead].word_count);
}

static void same_pattern(const struct rules *a, uint32_t row_a, const struct rules *b, uint32_t row_b)
{
    const struct pattern_row *one = &a->patterns[row_a], *two = &b->patterns[row_b];
    assert_string_equal(rules_text(a, one->source), rules_text(b, two->source));
    same_text(strdup(rules_text(a, one->regex)), strdup(rules_text(b, two->regex)));
    assert_int_equal(one->kind, two->kind);
    assert_int_equal(one->bits, two->bits);
    assert_int_equal(one->scope * 100 + one->voice * 10 + one->position,
                     two->scope * 100 + two->voice * 10 + two->position);
    assert_int_equal(one->rule, two->rule);
    assert_int_equal(one->group_count, two->group_count);
    assert_int_equal(one->callout_count, two->callout_count);
    assert_int_equal(one->condition_count, two->condition_count);
    assert_int_equal(one->agreement_count, two->agreement_count);
    assert_int_equal(one->exempt_count, two->exempt_count);
    assert_int_equal(one->entry == NONE, two->entry == NONE);
    assert_int_equal(one->way_count, two->way_count);
    for (uint32_t i = 0; i < one->way_count; i++)
        same_way(a, &a->ways[one->first_way + i], b, &b->ways[two->first_way + i]);
    assert_int_equal(one->speaker, two->speaker);
    same_text(text_of(a, row_a, rules_anchors), text_of(b, row_b, rules_anchors));
    same_text(text_of(a, row_a, rules_show), text_of(b, row_b, rules_show));
}

/* The words that are in a group by the look-up that texts use. */
static void same_words(const struct rules *a, const struct rules *b)
{
    for (uint32_t i = 0; i < a->words_count; i++) {
        const struct word_entry *word = &a->words[i];
        uint32_t other = rules_word(b, rules_text(a, word->text), word->length);
        assert_int_not_equal(other, NONE);
        for (uint32_t n = 0; n < word->count; n++)
            assert_true(a->lists[word->first + n] < a->groups_count);
    }
}

static void compile(struct model *model, const struct rules *base, const char *layer,
                    struct rules *rules)
{
    struct outside outside;
    struct outside_names names;
    assert_int_equal(model_init(model, &memory_default), RHETOR_OK);
    assert_int_equal(model_builtin(model), RHETOR_OK);
    char *text = strdup(layer), *at = strstr(text, "LEXICON");
    if (at) { /* one that is used */
        const char *name = model->lexicons.at[0].name;
        char *with = malloc(strlen(text) + strlen(name) + 1);
        sprintf(with, "%.*s%s%s", (int)(at - text), text, name, at + 7);
        free(text);
        text = with;
    }
    model_load(model, "layer.yaml", text, (uint32_t)strlen(text), NULL);
    free(text);
    outside_fill(&outside, &names);
    model_check(model);
    assert_int_not_equal(rules_compile_over(model, base, &outside, CHECK_USERS, &memory_default, rules),
                         RHETOR_E_MEMORY);
}

static void test_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
        struct model model, fresh_model;
        struct rules over, fresh;
        compile(&model, rules_builtin(), layers[i], &over);
        compile(&fresh_model, NULL, layers[i], &fresh);
        assert_int_equal(over.rules_count, fresh.rules_count);
        assert_int_equal(over.patterns_count, fresh.patterns_count);
        assert_int_equal(over.everywhere_count, fresh.everywhere_count);
        for (uint32_t row = 0; row < over.rules_count; row++)
            assert_string_equal(rules_text(&over, over.rules[row].id),
                                rules_text(&fresh, fresh.rules[row].id));
        for (uint32_t row = 0; row < over.patterns_count; row++)
            same_pattern(&over, row, &fresh, row);
        same_words(&fresh, &over);
        rules_free(&over, &memory_default);
        rules_free(&fresh, &memory_default);
        model_free(&model);
        model_free(&fresh_model);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_same)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
