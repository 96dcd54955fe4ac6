/* match_explain.c: why a cue stands: its pattern is run once more, and what it asked is written
 * down. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cue/match_inside.h"
#include "cue/set.h"

void output_text(struct output *output, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    for (int i = 0; i < n && i < (int)sizeof text - 1; i++, output->length++)
        if (output->length + 1 < output->capacity)
            output->at[output->length] = text[i];
}

/* The words that callouts let pass within the match; what was given up by backtracking shows too,
 * unless the word was asked again. */
void explain_match(struct matcher *matcher, const struct pattern_row *pattern)
{
    const struct rules *rules = matcher->rules;
    const struct paragraph *paragraph = matcher->view->paragraph;
    for (uint32_t i = 0; i < matcher->heard.count; i++) {
        struct heard heard = matcher->heard.at[i];
        bool again = false;
        for (uint32_t n = i + 1; n < matcher->heard.count; n++)
            again |= matcher->heard.at[n].number == heard.number &&
                     matcher->heard.at[n].token == heard.token;
        if (again)
            continue;
        const struct token *token = &paragraph->tokens.at[heard.token];
        const struct test_row *test =
            &rules->tests[rules->lists[pattern->first_callout + heard.number - 1]];
        const char *name = rules->text + test->name;
        output_text(matcher->explain, "word: \"%.*s\" is {%s}\n",
                    (int)(token->length < 80 ? token->length : 80), paragraph->bytes + token->start,
                    name + (*name == '%'));
    }
}

void explain_condition(struct matcher *matcher, const struct condition_row *condition, bool found)
{
    static const char *const places[] = {"near", "before", "after", "previous", "next", "in"};
    const char *source = matcher->rules->text + matcher->rules->patterns[condition->pattern].source;
    if (condition->amount != 0) {
        if (found)
            output_text(matcher->explain, "%s by %.2f: %s \"%.200s\"\n",
                        condition->amount > 0 ? "raised" : "lowered",
                        (double)(condition->amount > 0 ? condition->amount : -condition->amount),
                        places[condition->where], source);
        return;
    }
    if (!condition->forbid) /* what would forbid the tag is not there, or the tag were not */
        output_text(matcher->explain, "found, as asked: %s \"%.200s\"\n",
                    places[condition->where], source);
}

uint32_t match_explain(struct matcher *matcher, const struct match_view *view,
                       const struct tag *tag, char *out, uint32_t capacity)
{
    struct output output = {out, 0, capacity};
    const struct rules *rules = matcher->rules;
    uint32_t row = tag->rule < rules->rules_count ? rules->rules[tag->rule].pattern : NONE;
    const struct paragraph *paragraph = view->paragraph;
    if (row != NONE && paragraph->sentences.count) {
        const struct pattern_row *pattern = &rules->patterns[row];
        matcher->view = view;
        matcher->explain = &output;
        matcher->explain_start = tag->start;
        matcher->explain_end = tag->end;
        matcher->whole = pattern->scope > SCOPE_CLAUSE;
        struct unit unit = unit_at(matcher, pattern->scope, tag->start);
        uint32_t lo = 0, hi = paragraph->tokens.count;
        for (uint32_t i = 0; !matcher->whole && i < paragraph->sentences.count; i++) {
            const struct sentence *sentence = &paragraph->sentences.at[i];
            if (sentence->start == unit.start) {
                lo = sentence->first_token;
                hi = lo + sentence->token_count;
            }
        }
        output_text(&output, "weight %.2f: %.300s\n", (double)rules->rules[tag->rule].weight,
                    rules->text + pattern->source);
        matcher->no_memory = false;
        paragraph_read(matcher);
        if (!matcher->no_memory) {
            sentence_read(matcher, lo, hi);
            pattern_select(matcher, row);
            pattern_run(matcher, row, unit);
        }
        matcher->explain = NULL;
        matcher->whole = false;
    }
    if (capacity)
        out[output.length < capacity ? output.length : capacity - 1] = 0;
    return output.length;
}
