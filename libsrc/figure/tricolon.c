/* tricolon.c: three parallel members (Lausberg 1960, § 733; Corbett and Connors 1999, 382).
 * In: a paragraph. Out: a tag over three members of one build: nouns, phrases, verbs, clauses;
 * parts first, second, third.
 * Example: "to mend the roof, to paint the door and to feed the cat". Near miss: "Ann, Bob and
 * Carl": three bare names are a list; so are four members, which are parallelism's.
 * Cost: linear. */
#include "figure/scratch.h"

static bool is_name(const struct figure_view *view, struct span span)
{
    return build_of(view->words, view->paragraph, span).kind == BUILD_NAME;
}

/* How far the lengths differ: 1 for equal ones, 0 for very unequal ones. */
static float evenness(const struct figure_view *view, const struct series *series)
{
    uint32_t least = UINT32_MAX, most = 0;
    for (uint32_t i = 0; i < series->count; i++) {
        uint32_t words = span_words(view->paragraph, series->members[i].span);
        least = words < least ? words : least;
        most = words > most ? words : most;
    }
    return (float)(least + 1) / (float)(most + 1);
}

/* Members that begin with the same word, or hold the same word: a build that was meant. */
static uint32_t shared_words(const struct figure_view *view, const struct series *series)
{
    uint32_t same = 0, all = 0;
    for (uint32_t i = 1; i < series->count; i++) {
        likeness(view->words, view->paragraph, series->members[i - 1].span, series->members[i].span,
                 &same);
        all += same + (token_at(view->paragraph, series->members[i].span.first)->type ==
                       token_at(view->paragraph, series->members[0].span.first)->type);
    }
    return all;
}

static float score_of_build(const struct figure_view *view, const struct series *series)
{
    float even = evenness(view, series);
    uint32_t shared = shared_words(view, series);
    float score = series->build.kind == BUILD_NOUN     ? 0.6f
                  : series->build.kind == BUILD_PHRASE ? 0.5f
                  : series->build.kind == BUILD_CLAUSE ? 0.5f
                                                       : 0.6f;
    score += even > 0.6f ? 0.15f : even < 0.25f ? -0.25f : 0;
    return score + (shared >= 4 ? 0.15f : shared >= 2 ? 0.1f : 0);
}

/* Phrases of two words or more that begin with one part of speech and end their clause, no names:
 * "our land, our labor, our good name" are no apposition. */
static bool is_measured(const struct figure_view *view, const struct series *series)
{
    const struct paragraph *p = view->paragraph;
    uint8_t pos = token_at(p, series->members[0].span.first)->pos;
    bool alike = begin_alike(view->words, p, series);
    for (uint32_t i = 0; i < series->count; i++) {
        struct span span = series->members[i].span;
        if (span_words(p, span) < 2 || token_at(p, span.first)->pos != pos ||
            token_at(p, span.first)->pos == POS_NAME)
            return false;
        for (uint32_t at = span.first; at < span.end && !alike; at++)
            if (token_at(p, at)->pos == POS_NAME || token_at(p, at)->kind == TOKEN_NUMBER)
                return false;
    }
    return true;
}

static bool tricolon_use(struct figure_view *view, const struct series *series)
{
    if (series->count != 3 || series->build.kind == BUILD_NAME)
        return true;
    uint32_t names = 0;
    if (crosses_quotation(view->paragraph, (struct span){series->members[0].span.first,
                                                         series->members[2].span.end}))
        return true;
    for (uint32_t i = 0; i < 3; i++)
        names += is_name(view, series->members[i].span);
    if (names == 3)
        return true;
    float score = score_of_build(view, series) - (names ? 0.15f : 0);
    if (series->joined == 0)
        score -= series->build.kind == BUILD_NOUN || series->build.kind == BUILD_PHRASE ||
                         series->build.kind == BUILD_ADJECTIVE
                     ? (is_measured(view, series) ? 0.05f : 0.3f)
                     : 0.1f;
    else if (series->members[2].joint == NO_ROW)
        return true;
    return members_emit(view, series->members, 3, score > 0.95f ? 0.95f : score);
}

/* ---- Three sentences ------------------------------------------------------------------------- */

enum { SENTENCE_WORDS = 16 };
#define SENTENCES_LIKE 0.59f

static struct span sentence_span(const struct figure_view *view, uint32_t row)
{
    const struct sentence *sentence = &view->paragraph->sentences.at[row];
    struct span span = {sentence->first_token, sentence->first_token + sentence->token_count};
    span_trim(view->paragraph, &span);
    return span;
}

/* How like two neighbouring sentences are; more where they begin with one word. 0: too long. */
static float neighbours_like(const struct figure_view *view, uint32_t row)
{
    const struct paragraph *p = view->paragraph;
    if (row + 1 >= p->sentences.count)
        return 0;
    struct span a = sentence_span(view, row), b = sentence_span(view, row + 1);
    uint32_t n = span_words(p, a), m = span_words(p, b);
    if (n < 2 || m < 2 || n > SENTENCE_WORDS || m > SENTENCE_WORDS)
        return 0;
    const struct token *x = token_at(p, a.first), *y = token_at(p, b.first);
    bool common = x->type == y->type && !word_in(words_type(view->words, x->type), " the a an ");
    return likeness(view->words, p, a, b, NULL) + (common ? 0.25f : 0);
}

/* "A dredger was hired. A lunch was eaten. Speeches were made.": three, and no fourth. */
static bool sentences_find(struct figure_view *view)
{
    float before = 0, first = neighbours_like(view, 0);
    for (uint32_t i = 0; i + 2 < view->paragraph->sentences.count; i++) {
        float second = neighbours_like(view, i + 1), behind = neighbours_like(view, i + 2);
        float least = first < second ? first : second;
        if (least >= SENTENCES_LIKE && before < SENTENCES_LIKE && behind < SENTENCES_LIKE) {
            struct member members[3];
            for (uint32_t k = 0; k < 3; k++)
                members[k] = (struct member){sentence_span(view, i + k), NO_ROW, 0};
            if (!members_emit(view, members, 3, least > 0.8f ? 0.65f : 0.55f))
                return false;
        }
        before = first;
        first = second;
    }
    return true;
}

bool tricolon_find(struct figure_view *view)
{
    for (uint32_t i = 0; i < view->paragraph->sentences.count; i++)
        if (!series_each(view, &view->paragraph->sentences.at[i], tricolon_use) ||
            !joined_each(view, &view->paragraph->sentences.at[i], tricolon_use))
            return false;
    return sentences_find(view);
}
