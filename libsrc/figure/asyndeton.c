/* asyndeton.c: no conjunction where one is expected (Lausberg 1960, §§ 709-711; Corbett and
 * Connors 1999, 386).
 * In: a paragraph. Out: a tag over three or more members of one build that commas or semicolons
 * part, none of them with a conjunction, and which end their clause; parts first, second, third,
 * member.
 * Example: "we came late, left early, learned nothing". Near miss: "a long, dull, useless
 * speech": adjectives before a noun want no conjunction.
 * Cost: linear. */
#include "figure/scratch.h"

enum { SHORT = 4 };

static float score_of_build(const struct series *series, float like, bool brief)
{
    switch (series->build.kind) {
    case BUILD_CLAUSE:
        return like > 0.6f ? 0.7f : 0.52f;
    case BUILD_VERB:
    case BUILD_INFINITIVE:
        return like > 0.45f ? 0.65f : brief ? 0.55f : 0.5f;
    case BUILD_PREPOSITION:
    case BUILD_LINK:
        return like > 0.6f ? 0.65f : 0.3f;
    case BUILD_NOUN:
        return 0.5f;
    case BUILD_PHRASE:
        return like > 0.85f ? 0.55f : 0.3f;
    default:
        return 0.2f;
    }
}

static bool asyndeton_use(struct figure_view *view, const struct series *series)
{
    if (series->count < 3 || series->joined || !series->closed)
        return true;
    float like = 1;
    bool brief = true;
    for (uint32_t i = 0; i < series->count; i++)
        brief &= span_words(view->paragraph, series->members[i].span) <= SHORT;
    for (uint32_t i = 1; i < series->count; i++) {
        float each = likeness(view->words, view->paragraph, series->members[i - 1].span,
                              series->members[i].span, NULL);
        like = each < like ? each : like;
    }
    float score = score_of_build(series, like, brief) + (series->count > 3 ? 0.1f : 0);
    return members_emit(view, series->members, series->count, score);
}

bool asyndeton_find(struct figure_view *view)
{
    for (uint32_t i = 0; i < view->paragraph->sentences.count; i++)
        if (!series_each(view, &view->paragraph->sentences.at[i], asyndeton_use))
            return false;
    return true;
}
