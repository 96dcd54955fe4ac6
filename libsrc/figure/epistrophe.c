/* epistrophe.c: successive clauses or sentences end with the same words (Lausberg 1960, §§
 * 631-632; Corbett and Connors 1999, 391).
 * In: a paragraph and the one behind it. Out: a tag from the first closing words to the last,
 * part end for each closing.
 * Example: "they ran for the money, they lied for the money". Near miss: "he went to the city and
 * she left the city early": only one of them ends so.
 * Cost: linear. */
#include "figure/scratch.h"

enum { END_WORDS = 6, SHORT_WORDS = 9 };

/* Measures come back at the ends of figures of no device. */
#define UNITS " percent year years month months day days week weeks million billion dollars ago "

struct closing { uint32_t words, content; };

/* How many words two spans end with in common. */
static struct closing common(const struct words *words, const struct paragraph *p, struct span a,
                             struct span b)
{
    struct closing out = {0, 0};
    uint32_t i = a.end, j = b.end;
    while (out.words < END_WORDS && i > a.first && j > b.first) {
        const struct token *x = token_at(p, --i), *y = token_at(p, --j);
        if (!is_word(x) || x->type != y->type)
            break;
        out.words++;
        out.content += is_content(words, x) && !word_in(words_type(words, x->type), UNITS);
    }
    return out;
}

/* A clause, or what a preposition opens: no mere noun of a list. */
static bool is_clausal(const struct figure_view *view, const struct member *member)
{
    return has_finite(view->words, view->paragraph, member->span) ||
           build_of(view->words, view->paragraph, member->span).kind == BUILD_PREPOSITION;
}

static float run_score(const struct figure_view *view, const struct member *members,
                       uint32_t count, struct closing closing)
{
    const struct paragraph *p = view->paragraph;
    uint32_t longest = 0, shortest = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t words = span_words(p, members[i].span);
        longest = words > longest ? words : longest;
        shortest = words < shortest ? words : shortest;
    }
    if (closing.content == 0 || shortest <= closing.words)
        return 0;
    float score = closing.words >= 2 ? 0.45f : 0.25f;
    score += count >= 3 ? 0.3f : 0;
    score += longest <= SHORT_WORDS ? 0.15f : longest > 25 ? -0.2f : 0;
    score += closing.words >= 3 ? 0.1f : 0;
    if (closing.words == 1 && count == 2 && !is_clausal(view, &members[0]))
        score -= 0.2f;
    score += likeness(view->words, p, members[0].span, members[1].span, NULL) > 0.7f ? 0.15f : 0;
    return score;
}

static bool run_emit(struct figure_view *view, const struct member *members, uint32_t count,
                     struct closing closing)
{
    struct figure_scratch *scratch = view->scratch;
    const struct paragraph *p = view->paragraph;
    float score = run_score(view, members, count, closing);
    if (score < 0.25f)
        return true;
    scratch->parts.count = 0;
    for (uint32_t i = 0; i < count && i < PARTS_MAX; i++) {
        uint32_t end = members[i].span.end;
        struct figure_part part = {"end", token_at(p, end - closing.words)->start,
                                   token_end(token_at(p, end - 1))};
        if (!vec_push(scratch->memory, &scratch->parts, part))
            return false;
    }
    struct span whole = {members[0].span.end - closing.words, members[count - 1].span.end};
    if (span_words(p, members[0].span) <= SHORT_WORDS)
        whole.first = members[0].span.first;
    return span_emit(view, whole, score > 0.95f ? 0.95f : score, scratch->parts.at,
                     scratch->parts.count);
}

static bool runs_find(struct figure_view *view)
{
    struct figure_scratch *scratch = view->scratch;
    const struct paragraph *p = view->paragraph;
    for (uint32_t i = 0; i + 1 < scratch->members.count;) {
        const struct member *members = scratch->members.at + i;
        struct closing closing = {0, 0};
        uint32_t count = 1;
        while (i + count < scratch->members.count) {
            struct closing next =
                common(view->words, p, members[count - 1].span, members[count].span);
            if (next.content == 0)
                break;
            if (count == 1 || next.words < closing.words)
                closing = next;
            count++;
        }
        if (count > 1 && !run_emit(view, members, count, closing))
            return false;
        i += count > 1 ? count - 1 : 1;
    }
    return true;
}

static bool member_add(struct figure_view *view, struct span span)
{
    if (!span_trim(view->paragraph, &span))
        return true;
    struct member member = {span, NO_ROW, 0};
    return vec_push(view->scratch->memory, &view->scratch->members, member);
}

/* Sentences first; then, in each, its pieces; then pieces and what "and", "or" parts. */
bool epistrophe_find(struct figure_view *view)
{
    struct figure_scratch *scratch = view->scratch;
    const struct paragraph *p = view->paragraph;
    scratch->members.count = 0;
    for (uint32_t i = 0; i < p->sentences.count; i++) {
        const struct sentence *sentence = &p->sentences.at[i];
        if (!member_add(view, (struct span){sentence->first_token,
                                            sentence->first_token + sentence->token_count}))
            return false;
    }
    if (!runs_find(view))
        return false;
    for (uint32_t i = 0; i < p->sentences.count; i++) {
        if (!pieces_find(view, &p->sentences.at[i]))
            return false;
        scratch->members.count = 0;
        for (uint32_t j = 0; j < scratch->pieces.count; j++) {
            struct span span = scratch->pieces.at[j].span;
            uint32_t from = span.first;
            for (uint32_t at = span.first + 1; at + 1 < span.end; at++)
                if (word_in(word_at(view->words, p, at), " and or but ")) {
                    if (!member_add(view, (struct span){from, at}))
                        return false;
                    from = at + 1;
                }
            if (!member_add(view, (struct span){from, span.end}))
                return false;
        }
        if (!runs_find(view))
            return false;
    }
    return true;
}
