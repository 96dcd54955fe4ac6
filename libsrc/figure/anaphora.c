/* anaphora.c: successive clauses or sentences begin with the same words (Lausberg 1960, §§
 * 629-630; Corbett and Connors 1999, 390).
 * In: a paragraph and its neighbours. Out: one tag over a run of neighbouring sentences or
 * clauses that begin alike, part head for each opening; and one tag over the opening where
 * paragraphs begin alike. What a common opening weighs decides: words of content and of stance
 * (let, if, never, both) much, pronouns and auxiliaries little, articles nearly nothing; times
 * the members.
 * Example: "We ask for patience. We ask for time." Near miss: "The rain came. The road was wet."
 * Cost: linear. */
#include "figure/scratch.h"

enum { HEAD_WORDS = 6 };

/* What a word weighs as an opening, by the list it is in; else by its part of speech. */
static const struct weight {
    const char *list;
    float weight;
} weights[] = {
    {" let ", 1.0f},
    {" if when where because not never nor both every no nobody all without unless until "
     "while though whether why how neither either whoever whatever whenever too only once some "
     "gone enough imagine remember ",
     0.75f},
    {" who what which that each many few those these here more less most so as or still yet even "
     "to for by from with ",
     0.4f},
    {" i we you ", 0.4f},
    {" he she they it my our your his her their its ", 0.25f},
    {" the a an this there of in on at is are was were be been it's that's there's ", 0.15f},
};

static float word_weight(const struct words *words, const struct token *token)
{
    const struct word_type *type = words_type(words, token->type);
    for (uint32_t i = 0; i < sizeof weights / sizeof *weights; i++)
        if (word_in(type, weights[i].list))
            return weights[i].weight;
    switch (token->pos) {
    case POS_VERB:
        return is_light(words, token) ? 0.7f : 1.2f;
    case POS_NOUN:
    case POS_ADJECTIVE:
        return 0.5f;
    case POS_ADVERB:
        return 0.6f;
    case POS_NAME:
    case POS_NUMBER:
        return 0.2f;
    case POS_MODAL:
    case POS_AUXILIARY:
        return 0.4f;
    default:
        return 0.35f;
    }
}

/* ---- Openings -------------------------------------------------------------------------------- */

static bool opening_skips(const struct words *words, const struct token *token)
{
    return !is_word(token) || word_in(words_type(words, token->type), " and but so yet or then & ");
}

/* The span without a leading conjunction, its words as they begin. */
static struct span opening(const struct words *words, const struct paragraph *paragraph,
                           struct span span)
{
    while (span.first + 1 < span.end && opening_skips(words, token_at(paragraph, span.first)))
        span.first++;
    return span;
}

/* How many words two spans begin with in common; *weight: what they weigh. */
static uint32_t common(const struct words *words, const struct paragraph *p, struct span a,
                       const struct paragraph *q, struct span b, float *weight)
{
    uint32_t count = 0;
    *weight = 0;
    while (count < HEAD_WORDS && a.first + count < a.end && b.first + count < b.end) {
        const struct token *x = token_at(p, a.first + count), *y = token_at(q, b.first + count);
        if (!is_word(x) || x->type != y->type)
            break;
        *weight += word_weight(words, x);
        count++;
    }
    return count;
}

/* ---- Runs in one paragraph ------------------------------------------------------------------- */

struct run { uint32_t first, count, words; float weight; bool clauses; };

static float run_score(const struct figure_view *view, const struct run *run)
{
    const struct member *members = view->scratch->members.at + run->first;
    const struct paragraph *p = view->paragraph;
    float strength = run->weight * (float)(run->count - 1) + (run->words >= 3 ? 0.1f : 0);
    float like = 0;
    for (uint32_t i = 1; i < run->count; i++)
        like += likeness(view->words, p, members[i - 1].span, members[i].span, NULL);
    like /= (float)(run->count - 1);
    if (run->clauses && run->words == 1 && run->count == 2 && run->weight < 1)
        strength -= 0.3f;
    if (run->count == 2 && run->words == 2 &&
        token_at(p, members[0].span.first)->pos == POS_DETERMINER &&
        word_weight(view->words, token_at(p, members[0].span.first)) < 0.3f)
        strength -= 0.8f;
    if (run->count == 2 && run->weight < 0.45f)
        strength -= 0.12f;
    if (like > 0.6f)
        strength += (like - 0.6f) * 1.5f;
    else if (like < 0.3f)
        strength -= 0.2f;
    if (run->words == 1 && word_in(word_at(view->words, p, members[0].span.first),
                                   " the a an in of at on "))
        strength -= 0.3f;
    float score = strength >= 1 ? 0.66f + (strength - 1) * 0.15f : 0.36f + 0.3f * strength;
    return score > 0.95f ? 0.95f : score;
}

static bool run_emit(struct figure_view *view, const struct run *run)
{
    struct figure_scratch *scratch = view->scratch;
    const struct paragraph *p = view->paragraph;
    const struct member *members = scratch->members.at + run->first;
    float score = run_score(view, run);
    uint32_t longer = 0;
    for (uint32_t i = 0; i < run->count; i++)
        longer += members[i].span.end - members[i].span.first > run->words;
    if (score < 0.25f || longer < 2)
        return true;
    scratch->parts.count = 0;
    for (uint32_t i = 0; i < run->count && i < PARTS_MAX; i++) {
        struct span span = members[i].span;
        struct figure_part part = {"head", token_at(p, span.first)->start,
                                   token_end(token_at(p, span.first + run->words - 1))};
        if (!vec_push(scratch->memory, &scratch->parts, part))
            return false;
    }
    return span_emit(view, (struct span){members[0].span.first, members[run->count - 1].span.end},
                     score, scratch->parts.at, scratch->parts.count);
}

/* Whether the second and third member have clearly more in common than the first and second. */
static bool next_is_better(const struct figure_view *view, uint32_t at)
{
    const struct paragraph *p = view->paragraph;
    const struct member *members = view->scratch->members.at + at;
    float weight, next;
    if (at + 2 >= view->scratch->members.count)
        return false;
    common(view->words, p, members[0].span, p, members[1].span, &weight);
    common(view->words, p, members[1].span, p, members[2].span, &next);
    return next > 1.4f * weight;
}

/* Runs among scratch->members, which are neighbours in order. A run goes on while the opening
 * that its members share weighs no less than half of what the first two shared. */
static bool runs_find(struct figure_view *view, bool clauses)
{
    struct figure_scratch *scratch = view->scratch;
    const struct paragraph *p = view->paragraph;
    for (uint32_t i = 0; i + 1 < scratch->members.count;) {
        struct run run = {.first = i, .count = 1, .clauses = clauses};
        if (next_is_better(view, i)) {
            i++;
            continue;
        }
        while (i + run.count < scratch->members.count) {
            float weight;
            uint32_t words = common(view->words, p, scratch->members.at[i].span, p,
                                    scratch->members.at[i + run.count].span, &weight);
            if (words == 0 || (run.count > 1 && weight < run.weight / 2))
                break;
            run.words = run.count == 1 || words < run.words ? words : run.words;
            run.weight = run.count == 1 || weight < run.weight ? weight : run.weight;
            run.count++;
        }
        if (run.count > 1 && !run_emit(view, &run))
            return false;
        i += run.count > 1 ? run.count - 1 : 1;
    }
    return true;
}

static bool member_add(struct figure_view *view, struct span span)
{
    struct figure_scratch *scratch = view->scratch;
    if (!span_trim(view->paragraph, &span))
        return true;
    struct member member = {opening(view->words, view->paragraph, span), NO_ROW, 0};
    return vec_push(scratch->memory, &scratch->members, member);
}

static bool sentences_find_runs(struct figure_view *view)
{
    const struct paragraph *p = view->paragraph;
    view->scratch->members.count = 0;
    for (uint32_t i = 0; i < p->sentences.count; i++) {
        struct span span = {p->sentences.at[i].first_token,
                            p->sentences.at[i].first_token + p->sentences.at[i].token_count};
        if (!member_add(view, span))
            return false;
    }
    return runs_find(view, false);
}

/* What semicolons and dashes part: "If you walk, ...; if you ride, ...". */
static bool halves_find_runs(struct figure_view *view, const struct sentence *sentence)
{
    const struct paragraph *p = view->paragraph;
    uint32_t from = sentence->first_token, end = from + sentence->token_count;
    view->scratch->members.count = 0;
    for (uint32_t i = from; i < end; i++) {
        char c = p->bytes[token_at(p, i)->start];
        if (!(token_at(p, i)->flags & TOKEN_BREAK) || c == ',' || c == '(' || c == ')')
            continue;
        if (!member_add(view, (struct span){from, i}))
            return false;
        from = i + 1;
    }
    return member_add(view, (struct span){from, end}) && runs_find(view, false);
}

/* Where in a piece the two words stand with which the next begins: "they left not because ..., not
 * because ...". NO_ROW: nowhere, or at its beginning. */
static uint32_t taken_up(const struct figure_view *view, struct span span, struct span next)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t at = span.end; next.first + 1 < next.end && at-- > span.first + 1;)
        if (at + 1 < span.end && token_at(p, at)->type == token_at(p, next.first)->type &&
            token_at(p, at + 1)->type == token_at(p, next.first + 1)->type)
            return word_weight(view->words, token_at(p, at)) +
                               word_weight(view->words, token_at(p, at + 1)) >= 1
                       ? at
                       : (uint32_t)NO_ROW;
    return NO_ROW;
}

/* Clauses: pieces, and within a piece what a conjunction joins to a like beginning. */
static bool clauses_find_runs(struct figure_view *view, const struct sentence *sentence)
{
    struct figure_scratch *scratch = view->scratch;
    const struct paragraph *p = view->paragraph;
    if (!pieces_find(view, sentence))
        return false;
    scratch->members.count = 0;
    for (uint32_t i = 0; i < scratch->pieces.count; i++) {
        struct span span = scratch->pieces.at[i].span;
        uint32_t joint = scratch->pieces.at[i].joint;
        if (joint != NO_ROW && word_is(word_at(view->words, p, joint), "nor"))
            span.first = joint;
        uint32_t from = span.first, taken = NO_ROW;
        if (i + 1 < scratch->pieces.count)
            taken = taken_up(view, span, scratch->pieces.at[i + 1].span);
        if (taken != NO_ROW) {
            if (!member_add(view, (struct span){from, taken}))
                return false;
            from = taken;
        }
        for (uint32_t at = from + 1; at + 2 < span.end; at++) {
            if (!word_in(word_at(view->words, p, at), " and or nor but "))
                continue;
            if (!member_add(view, (struct span){from, at}))
                return false;
            from = at + 1;
        }
        if (!member_add(view, (struct span){from, span.end}))
            return false;
    }
    return runs_find(view, true);
}

/* ---- Paragraphs that begin alike ------------------------------------------------------------- */

static bool paragraph_opening(const struct words *words, const struct paragraph *paragraph,
                              struct span *out)
{
    if (!paragraph || (paragraph->flags & (PARAGRAPH_BLANK | PARAGRAPH_HEADING | PARAGRAPH_ITEM)) ||
        paragraph->sentences.count == 0)
        return false;
    const struct sentence *first = &paragraph->sentences.at[0];
    *out = (struct span){first->first_token, first->first_token + first->token_count};
    if (!span_trim(paragraph, out))
        return false;
    *out = opening(words, paragraph, *out);
    if (out->first + 2 < out->end && token_at(paragraph, out->first)->pos == POS_ADVERB &&
        (token_at(paragraph, out->first + 1)->flags & TOKEN_BREAK)) {
        out->first += 2;
        *out = opening(words, paragraph, *out);
    }
    return true;
}

/* The opening to the end of its noun: "To those new States". */
static uint32_t opening_end(const struct paragraph *paragraph, struct span span, uint32_t words)
{
    uint32_t end = span.first + words;
    while (end < span.end && end < span.first + HEAD_WORDS &&
           token_at(paragraph, end - 1)->pos != POS_NOUN &&
           (token_at(paragraph, end)->pos == POS_NOUN ||
            token_at(paragraph, end)->pos == POS_ADJECTIVE ||
            token_at(paragraph, end)->pos == POS_DETERMINER))
        end++;
    return end;
}

/* What the openings of paragraphs must weigh together. */
#define PARAGRAPHS_LEAST 0.78f

static bool paragraphs_find(struct figure_view *view)
{
    const struct paragraph *p = view->paragraph;
    struct span own, other;
    float sum = 0, best = 0;
    uint32_t words = 0;
    if (!paragraph_opening(view->words, p, &own))
        return true;
    for (uint32_t i = 0; i < 2 * FIGURE_AROUND; i++) {
        const struct paragraph *q =
            i < FIGURE_AROUND ? view->before[i] : view->after[i - FIGURE_AROUND];
        float weight;
        if (!paragraph_opening(view->words, q, &other))
            continue;
        uint32_t count = common(view->words, p, own, q, other, &weight);
        if (count == 1 && token_at(p, own.first)->pos == POS_PRONOUN)
            continue;
        if (word_in(word_at(view->words, p, own.first), " it this there "))
            weight -= 0.2f;
        sum += weight;
        if (weight > best) {
            best = weight;
            words = count;
        }
    }
    if (words == 0 || best < 0.4f)
        return true;
    uint32_t end = opening_end(p, own, words);
    struct figure_part part = {"head", token_at(p, own.first)->start,
                               token_end(token_at(p, end - 1))};
    float score = sum >= PARAGRAPHS_LEAST ? 0.5f + (sum - PARAGRAPHS_LEAST) * 0.15f
                                        : sum * 0.5f / PARAGRAPHS_LEAST;
    return span_emit(view, (struct span){own.first, end}, score > 0.95f ? 0.95f : score, &part, 1);
}

bool anaphora_find(struct figure_view *view)
{
    if (!sentences_find_runs(view))
        return false;
    for (uint32_t i = 0; i < view->paragraph->sentences.count; i++)
        if (!clauses_find_runs(view, &view->paragraph->sentences.at[i]) ||
            !halves_find_runs(view, &view->paragraph->sentences.at[i]))
            return false;
    return paragraphs_find(view);
}
