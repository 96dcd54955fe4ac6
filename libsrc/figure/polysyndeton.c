/* polysyndeton.c: conjunctions where commas are expected (Lausberg 1960, §§ 686-687; Corbett and
 * Connors 1999, 387).
 * In: a paragraph. Out: a tag over three or more members of one build with the same conjunction
 * before each but the first; parts first, second, third, member.
 * Example: "and the rain fell and the wind blew and the river rose". Near miss: "salt and pepper,
 * and bread".
 * Cost: linear. */
#include "figure/scratch.h"

static bool is_nominal_build(struct build build)
{
    return build.kind == BUILD_NOUN || build.kind == BUILD_PHRASE || build.kind == BUILD_NAME;
}

/* "both A and B and C" apart, two conjunctions between nouns may be nested pairs; between verbs and
 * clauses they are meant. */
static bool polysyndeton_use(struct figure_view *view, const struct series *series)
{
    if (series->count < 3 || series->build.kind == BUILD_NAME)
        return true;
    float score =
        series->build.kind == BUILD_CLAUSE || series->build.kind == BUILD_VERB ? 0.65f : 0.6f;
    if (is_nominal_build(series->build))
        score = series->build.kind == BUILD_NOUN ? 0.6f : 0.45f;
    score += series->count >= 4 ? 0.25f : 0;
    return members_emit(view, series->members, series->count, score);
}

/* Members that commas part, with the conjunction before each but the first all the same: "the
 * rain, and the soup, and the phone". */
static bool marked_use(struct figure_view *view, const struct series *series)
{
    if (series->count < 3 || series->joined + 1 != series->count ||
        series->build.kind == BUILD_NAME)
        return true;
    return members_emit(view, series->members, series->count, series->count > 3 ? 0.8f : 0.62f);
}

bool polysyndeton_find(struct figure_view *view)
{
    for (uint32_t i = 0; i < view->paragraph->sentences.count; i++)
        if (!joined_each(view, &view->paragraph->sentences.at[i], polysyndeton_use) ||
            !series_each(view, &view->paragraph->sentences.at[i], marked_use))
            return false;
    return true;
}
