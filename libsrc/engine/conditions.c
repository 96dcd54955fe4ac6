/* conditions.c: what a pattern asks of a match beyond itself, written for readers.
 * In: a pattern's row. Out: a line a fact, with the keys of the set: "unless-before: never (3 words)".
 * Invariant: equal text means equal conditions, so that duplicates can be told. Cost: linear in it. */
#include <stdarg.h>
#include <stdio.h>

#include "cue/set.h"
#include "engine/engine.h"

struct output { char *at; uint32_t length, capacity; };

static void put(struct output *output, const char *format, ...)
{
    uint32_t room = output->length < output->capacity ? output->capacity - output->length : 0;
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(room ? output->at + output->length : NULL, room, format, arguments);
    va_end(arguments);
    output->length += n > 0 ? (uint32_t)n : 0;
}

static void put_unit(struct output *output, const struct pattern_row *row)
{
    static const char *const scopes[] = {"", "clause", "paragraph", "quotation", "heading"};
    static const char *const positions[] = {"", "first", "last", "first-in-paragraph",
                                            "last-in-paragraph"};
    static const char *const voices[] = {"none", "author", "quoted", "author, quoted", "scripted",
                                         "author, scripted", "speech", ""};
    if (*scopes[row->scope % 5])
        put(output, "scope: %s\n", scopes[row->scope % 5]);
    if (*voices[row->voice & VOICE_ANY])
        put(output, "voice: %s\n", voices[row->voice & VOICE_ANY]);
    if (*positions[row->position % 5])
        put(output, "position: %s\n", positions[row->position % 5]);
    if (row->bits & PATTERN_CASE)
        put(output, "case: true\n");
    if (row->bits & PATTERN_RAW)
        put(output, "raw: true\n");
}

static void put_condition(struct output *output, const struct rules *rules,
                          const struct condition_row *condition)
{
    static const char *const wanted[] = {"near", "before", "after", "previous", "next", "in"};
    static const char *const refused[] = {"unless", "unless-before", "unless-after",
                                          "unless-previous", "unless-next", "unless-in"};
    const char *source = rules_text(rules, rules->patterns[condition->pattern].source);
    if (condition->amount != 0)
        put(output, "%s %.2f: ", condition->amount > 0 ? "raise" : "lower",
            (double)(condition->amount > 0 ? condition->amount : -condition->amount));
    put(output, "%s: %s", (condition->forbid ? refused : wanted)[condition->where % 6], source);
    if (condition->words)
        put(output, " (%u words)", (unsigned)condition->words);
    put(output, "\n");
}

static void put_agreement(struct output *output, const struct rules *rules,
                          const struct agreement_row *agreement)
{
    static const char *const kinds[] = {"same-word", "same-lemma", "different", "different-lemma",
                                        "reversed"};
    put(output, "agree %s:", kinds[agreement->kind % 5]);
    for (uint32_t i = 0; i < agreement->name_count; i++)
        put(output, " %s", rules_text(rules, rules->lists[agreement->first_name + i]));
    put(output, "\n");
}

uint32_t rule_conditions(const struct rules *rules, uint32_t pattern, char *out, uint32_t capacity)
{
    const struct pattern_row *row = &rules->patterns[pattern];
    struct output output = {out, 0, capacity};
    if (capacity)
        out[0] = 0;
    put_unit(&output, row);
    if (row->speaker != NONE)
        put(&output, "speaker: %s\n",
            rules_text(rules, rules->patterns[row->speaker].source));
    for (uint32_t i = 0; i < row->condition_count; i++)
        put_condition(&output, rules, &rules->conditions[row->first_condition + i]);
    for (uint32_t i = 0; i < row->agreement_count; i++)
        put_agreement(&output, rules, &rules->agreements[row->first_agreement + i]);
    return output.length;
}
