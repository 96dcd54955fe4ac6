/* antithesis.c: contrasted ideas in balanced build (Lausberg 1960, §§ 787-807; Corbett and
 * Connors 1999, 382).
 * In: a paragraph. Out: a tag over both sides; parts first, second. Three forms: a denial and
 * what stands in its place (not X but Y; X, not Y); a choice (X rather than Y, instead of); two
 * sides of like build with opposite words (the many who are poor, the few who are rich), or one
 * of them denied.
 * Example: "we need not a promise but a plan". Near miss: "I did not call, but she wrote": a new
 * subject behind "but" contrasts nothing.
 * Cost: linear. */
#include "figure/opposite.h"
#include "figure/scratch.h"

enum { SIDE_WORDS_MAX = 14, PAIR_REACH = 24 };

/* A word that may have an opposite near by. */
struct candidate { uint32_t row, lemma; const struct opposite *listed; };

static bool are_opposites(const struct words *words, const struct candidate *a,
                          const struct candidate *b)
{
    return are_opposite(words_type(words, a->lemma), a->listed, words_type(words, b->lemma));
}

/* ---- Sides ----------------------------------------------------------------------------------- */

static bool sides_emit(struct figure_view *view, struct span a, struct span b, struct span whole,
                       float score)
{
    const struct paragraph *p = view->paragraph;
    struct figure_part parts[2] = {
        {"first", token_at(p, a.first)->start, token_end(token_at(p, a.end - 1))},
        {"second", token_at(p, b.first)->start, token_end(token_at(p, b.end - 1))}};
    return span_emit(view, whole, score, parts, 2);
}

static bool is_break(const struct paragraph *paragraph, uint32_t row)
{
    return token_at(paragraph, row)->flags & TOKEN_BREAK;
}

/* To the next mark, the next conjunction, or SIDE_WORDS_MAX words on. */
static struct span side_right(const struct figure_view *view, uint32_t at, uint32_t end)
{
    struct span span = {at, at};
    uint32_t count = 0;
    while (span.end < end && !is_break(view->paragraph, span.end) && count < SIDE_WORDS_MAX) {
        count += is_word(token_at(view->paragraph, span.end));
        span.end++;
    }
    span_trim(view->paragraph, &span);
    return span;
}

static struct span side_left(const struct figure_view *view, uint32_t from, uint32_t at)
{
    const struct paragraph *p = view->paragraph;
    struct span span = {at, at};
    uint32_t count = 0;
    while (span.first > from && !is_break(p, span.first - 1) && count < SIDE_WORDS_MAX) {
        span.first--;
        count += is_word(token_at(p, span.first));
    }
    span_trim(p, &span);
    return span;
}

/* The tail of the left side that answers the right one. */
static struct span side_answer(const struct figure_view *view, struct span left, struct span right)
{
    struct build build = build_of(view->words, view->paragraph, right);
    uint32_t at = left.first < left.end
                      ? build_tail(view->words, view->paragraph, left, build)
                      : (uint32_t)NO_ROW;
    if (at != NO_ROW)
        left.first = at;
    return left;
}

/* ---- Denial ---------------------------------------------------------------------------------- */

static bool is_not(const struct figure_view *view, uint32_t row)
{
    return word_in(word_at(view->words, view->paragraph, row), " not never ");
}

/* A subject with its verb begins at `row`: what follows "but" is then a sentence of its own. */
static bool clause_begins(const struct figure_view *view, uint32_t row, uint32_t end)
{
    const struct token *token = token_at(view->paragraph, row);
    if (token->pos == POS_PRONOUN && row + 1 < end) {
        uint8_t next = token_at(view->paragraph, row + 1)->pos;
        return next == POS_VERB || next == POS_AUXILIARY || next == POS_MODAL ||
               next == POS_ADVERB ||
               (words_type(view->words, token->type)->info.closed & WORD_CONTRACTION);
    }
    return has_finite(view->words, view->paragraph, side_right(view, row, end));
}

/* "not X but Y", "not because X, but because Y". */
static bool not_but(struct figure_view *view, uint32_t at, struct span sentence)
{
    const struct paragraph *p = view->paragraph;
    bool after_verb = at > sentence.first && (token_at(p, at - 1)->pos == POS_AUXILIARY ||
                                              token_at(p, at - 1)->pos == POS_MODAL);
    uint32_t but = at + 1;
    while (but + 1 < sentence.end && but < at + PAIR_REACH &&
           !word_is(word_at(view->words, p, but), "but"))
        but++;
    if (but + 1 >= sentence.end || but >= at + PAIR_REACH || but < at + 2 ||
        word_in(word_at(view->words, p, but + 1), " also for rather "))
        return true;
    struct span a = {at + 1, but}, b = side_right(view, but + 1, sentence.end);
    if (!span_trim(p, &a) || b.first >= b.end)
        return true;
    const struct token *first = token_at(p, a.first);
    bool frame = word_in(words_type(view->words, first->type), " only merely just simply ");
    if (frame && a.first + 1 < a.end)
        first = token_at(p, ++a.first);
    struct build left = build_of(view->words, p, a), right = build_of(view->words, p, b);
    bool same = build_agrees(left, right) || first->type == token_at(p, b.first)->type ||
                (first->pos == token_at(p, b.first)->pos && first->pos != POS_PRONOUN);
    bool opens = at == sentence.first || is_break(p, at - 1);
    if (!(opens && !has_finite(view->words, p, a) && first->pos != POS_PRONOUN) &&
        clause_begins(view, b.first, sentence.end) && first->type != token_at(p, b.first)->type)
        return true;
    float score = frame ? 0.45f : after_verb ? (same ? 0.6f : 0.3f) : same ? 0.85f : 0.65f;
    return sides_emit(view, a, b, (struct span){at, b.end}, score);
}

/* "X, not Y", "X and not Y". */
static bool and_not(struct figure_view *view, uint32_t at, struct span sentence)
{
    const struct paragraph *p = view->paragraph;
    uint32_t mark = at - 1;
    bool joined = word_is(word_at(view->words, p, mark), "and");
    bool comma = p->bytes[token_at(p, mark)->start] == ',';
    if ((!joined && !comma) || at + 1 >= sentence.end ||
        word_in(word_at(view->words, p, at + 1),
                " only just merely simply yet even least always all necessarily to so because "
                "surprisingly if until counting including unlike long "))
        return true;
    struct span b = side_right(view, at + 1, sentence.end);
    struct span a = side_left(view, sentence.first, mark);
    if (b.first >= b.end || a.first >= a.end || span_words(p, b) > 8)
        return true;
    for (uint32_t i = b.end; i < sentence.end && i < b.end + 8; i++)
        if (word_is(word_at(view->words, p, i), "but"))
            return true;
    struct build build = build_of(view->words, p, b);
    if (build.kind == BUILD_NONE || build.kind == BUILD_CLAUSE || build.kind == BUILD_LINK ||
        build_tail(view->words, p, a, build) == NO_ROW)
        return true;
    a = side_answer(view, a, b);
    float score = build.kind == BUILD_VERB ? 0.45f : joined ? 0.7f : 0.75f;
    return sides_emit(view, a, b, (struct span){a.first, b.end}, score);
}

/* ---- Choice ---------------------------------------------------------------------------------- */

/* "X rather than Y", "X instead of Y"; "rather than X, Y" at the beginning of a clause. */
static bool choice(struct figure_view *view, uint32_t at, struct span sentence)
{
    const struct paragraph *p = view->paragraph;
    struct span b = side_right(view, at + 2, sentence.end);
    struct span a = side_left(view, sentence.first, at);
    if (b.first >= b.end)
        return true;
    if (a.first >= a.end && at > sentence.first && p->bytes[token_at(p, at - 1)->start] == ',')
        a = side_left(view, sentence.first, at - 1);
    bool opens = a.first >= a.end ||
                 (span_words(p, a) <= 2 && a.first == sentence.first) ||
                 token_at(p, at)->flags & TOKEN_FIRST;
    if (opens) {
        if (b.end + 1 >= sentence.end || p->bytes[token_at(p, b.end)->start] != ',')
            return true;
        struct span c = side_right(view, b.end + 1, sentence.end);
        return c.first >= c.end ||
               sides_emit(view, b, c, (struct span){at, c.end}, 0.7f);
    }
    a = side_answer(view, a, b);
    while (span_words(p, a) > 9)
        a.first++;
    return sides_emit(view, a, b, (struct span){a.first, b.end}, 0.75f);
}

static bool denials_find(struct figure_view *view, struct span sentence)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t at = sentence.first; at + 2 < sentence.end; at++) {
        const struct word_type *type = word_at(view->words, p, at);
        if (type->length < 3 || !is_word(token_at(p, at)))
            continue;
        bool next_than = word_is(word_at(view->words, p, at + 1), "than");
        bool next_of = word_is(word_at(view->words, p, at + 1), "of");
        if ((next_than && word_is(type, "rather")) || (next_of && word_is(type, "instead"))) {
            if (!choice(view, at, sentence))
                return false;
        } else if (is_not(view, at)) {
            if (!not_but(view, at, sentence) ||
                (at > sentence.first && word_is(type, "not") && !and_not(view, at, sentence)))
                return false;
        }
    }
    return true;
}

/* ---- Opposite words in like places ----------------------------------------------------------- */

enum { OPPOSITES_REACH = 18, LIKE_REACH = 4 };

/* The word before, past an article. */
static uint32_t frame_of(const struct figure_view *view, uint32_t row)
{
    const struct paragraph *p = view->paragraph;
    while (row > 0) {
        const struct token *before = token_at(p, --row);
        if (!is_word(before))
            return NO_ROW;
        if (before->pos != POS_DETERMINER)
            return before->type;
    }
    return NO_ROW;
}

/* Whether a content word before or behind one comes back beside the other: "of war ... of peace",
 * "instruments of war ... instruments of peace". */
static bool frames_agree(const struct figure_view *view, uint32_t a, uint32_t b, bool *content,
                         struct span *whole)
{
    const struct paragraph *p = view->paragraph;
    *content = false;
    *whole = (struct span){a, b + 1};
    for (uint32_t i = a > LIKE_REACH ? a - LIKE_REACH : 0; i <= a + LIKE_REACH && i < b; i++)
        for (uint32_t j = b > a + LIKE_REACH ? b - LIKE_REACH : a + 1;
             j <= b + LIKE_REACH && j < p->tokens.count; j++)
            if (i != a && j != b && is_content(view->words, token_at(p, i)) && j > i &&
                (i < a) == (j < b) && token_at(p, i)->type == token_at(p, j)->type) {
                *content = true;
                whole->first = i < whole->first ? i : whole->first;
                whole->end = j >= whole->end ? j + 1 : whole->end;
            }
    if (a > 0 && token_at(p, a - 1)->type == token_at(p, b - 1)->type &&
        (word_at(view->words, p, a - 1)->info.closed & WORD_POSSESSIVE))
        return true;
    uint32_t frame = frame_of(view, a);
    return frame != NO_ROW && frame == frame_of(view, b);
}

static bool joined_only(const struct figure_view *view, uint32_t a, uint32_t b)
{
    if (b == a + 3 && token_at(view->paragraph, a)->pos == POS_ADJECTIVE &&
        word_in(word_at(view->words, view->paragraph, a + 2), " and or "))
        return true;
    return b <= a + 2 ||
           (b == a + 3 && token_at(view->paragraph, b - 1)->pos == POS_DETERMINER &&
            word_in(word_at(view->words, view->paragraph, a + 1), " and or to from "));
}

/* "military strength ... financial weakness": near each other in one clause, both with an
 * adjective. */
static bool is_level(const struct figure_view *view, uint32_t a, uint32_t b)
{
    const struct paragraph *p = view->paragraph;
    if (a == 0 || b > a + 7 || token_at(p, a - 1)->pos != POS_ADJECTIVE ||
        token_at(p, b - 1)->pos != POS_ADJECTIVE || token_at(p, a)->pos != POS_NOUN)
        return false;
    for (uint32_t i = a; i < b; i++)
        if (is_break(p, i))
            return false;
    return true;
}

static float opposites_score(const struct figure_view *view, uint32_t a, uint32_t b, bool denied,
                             bool sentences, struct span *whole)
{
    bool content, frame = frames_agree(view, a, b, &content, whole);
    if (joined_only(view, a, b))
        return denied ? 0.5f : 0.35f;
    float score = denied ? 0.55f : 0.3f;
    score += content ? 0.25f : 0;
    score += frame ? 0.2f : is_level(view, a, b) ? 0.2f : 0;
    return score - (sentences ? 0.1f : 0);
}

/* Pairs of opposites near each other; a second pair across the first two makes it sure. */
static bool opposites_find(struct figure_view *view)
{
    const struct paragraph *p = view->paragraph;
    struct candidate seen[OPPOSITES_REACH];
    uint32_t count = 0;
    struct { uint32_t a, b; } last = {NO_ROW, NO_ROW};
    for (uint32_t i = 0; i < p->tokens.count; i++) {
        const struct token *token = token_at(p, i);
        if (!is_word(token) || (token->pos > POS_ADVERB && token->pos != POS_PRONOUN))
            continue;
        struct candidate own = {i, lemma_of(view->words, token), NULL};
        own.listed = opposites_of(words_type(view->words, own.lemma));
        for (uint32_t k = count; k-- > 0 && count - k <= OPPOSITES_REACH;) {
            const struct candidate *other = &seen[k % OPPOSITES_REACH];
            const struct token *before = token_at(p, other->row);
            if (other->row + OPPOSITES_REACH < i)
                break;
            if (before->pos != token->pos || !are_opposites(view->words, other, &own))
                continue;
            const struct word_type *x = words_type(view->words, other->lemma);
            const struct word_type *y = words_type(view->words, own.lemma);
            bool denied = opposite_form(x, y) || opposite_form(y, x);
            struct span whole;
            float score = opposites_score(view, other->row, i, denied,
                                          before->sentence != token->sentence, &whole);
            if (last.a != NO_ROW && last.a < other->row && last.b <= i &&
                last.a + 8 >= other->row && last.b + 8 >= i)
                score += 0.3f;
            if (last.a != NO_ROW && last.a + 8 >= other->row && last.a < whole.first)
                whole.first = last.a;
            if (score >= 0.3f &&
                !sides_emit(view, (struct span){other->row, other->row + 1},
                            (struct span){i, i + 1}, whole,
                            score > 0.9f ? 0.9f : score))
                return false;
            last.a = other->row;
            last.b = i;
            break;
        }
        seen[count++ % OPPOSITES_REACH] = own;
    }
    return true;
}

/* ---- Denied, then claimed -------------------------------------------------------------------- */

static bool is_denied(const struct figure_view *view, struct span span)
{
    for (uint32_t i = span.first; i < span.end; i++)
        if (word_at(view->words, view->paragraph, i)->info.closed & WORD_NEGATION ||
            word_is(word_at(view->words, view->paragraph, i), "cannot"))
            return true;
    return false;
}

/* A pair of opposites, one on each side. */
static bool opposed(const struct figure_view *view, const struct pair *pair)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t i = pair->a.first; i < pair->a.end; i++) {
        struct candidate a = {i, lemma_of(view->words, token_at(p, i)), NULL};
        a.listed = token_at(p, i)->pos <= POS_ADVERB
                       ? opposites_of(words_type(view->words, a.lemma))
                       : NULL;
        for (uint32_t j = pair->b.first; a.listed && j < pair->b.end; j++)
            if (token_at(p, j)->pos == token_at(p, i)->pos &&
                word_in(words_type(view->words, lemma_of(view->words, token_at(p, j))),
                        a.listed->others))
                return true;
    }
    return false;
}

/* "just", "only", "instead" near the beginning: what is claimed in place of what was denied. */
static bool turns(const struct figure_view *view, struct span span)
{
    for (uint32_t i = span.first; i < span.end && i < span.first + 3; i++)
        if (word_in(word_at(view->words, view->paragraph, i), " just only instead rather simply "))
            return true;
    return false;
}

/* "We do not want pity. We want work": two clauses alike, the first denied. */
static bool antithesis_pair(struct figure_view *view, const struct pair *pair)
{
    uint32_t words = span_words(view->paragraph, pair->b);
    bool but = pair->joint != NO_ROW &&
               word_is(word_at(view->words, view->paragraph, pair->joint), "but");
    if (pair->kind != PAIR_JOINED && words >= 4 && pair->like >= 0.55f && opposed(view, pair))
        return sides_emit(view, pair->a, pair->b, (struct span){pair->a.first, pair->b.end}, 0.55f);
    if (is_denied(view, pair->a) == is_denied(view, pair->b) && !but)
        return true;
    if (pair->same >= 1 && pair->like >= 0.35f && words >= 4 && pair->kind == PAIR_SENTENCES &&
        is_denied(view, pair->a) && turns(view, pair->b))
        return sides_emit(view, pair->a, pair->b, (struct span){pair->a.first, pair->b.end}, 0.55f);
    if (pair->same == 0 || words < 4 || pair->like < 0.55f || pair->kind == PAIR_JOINED)
        return true;
    float score = but ? 0.35f + 0.4f * pair->like : 0.2f + 0.4f * pair->like;
    score += pair->same >= 2 ? 0.1f : 0;
    return sides_emit(view, pair->a, pair->b, (struct span){pair->a.first, pair->b.end}, score);
}

bool antithesis_find(struct figure_view *view)
{
    for (uint32_t i = 0; i < view->paragraph->sentences.count; i++) {
        const struct sentence *sentence = &view->paragraph->sentences.at[i];
        if (!denials_find(view, (struct span){sentence->first_token,
                                              sentence->first_token + sentence->token_count}))
            return false;
    }
    return opposites_find(view) && pairs_each(view, antithesis_pair);
}
