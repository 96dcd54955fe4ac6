/* chiasmus.c: A B ... B A; antimetabole where the words themselves come back (Lausberg 1960, §§
 * 723, 800-803; Corbett and Connors 1999, 394; features after Dubremetz and Nivre 2015).
 * In: a paragraph. Out: a tag from the first A to the last; parts first (A B), second (B A).
 * Example: "the tools shape the hand and the hand shapes the tools". Near miss: "the city council
 * met in the city hall, and the council ...": the words come back in the same order.
 * Cost: linear: each word looks back over REACH words. */
#include "figure/scratch.h"

enum { REACH = 16, HALF_MAX = 9 };

/* A word that may be one of the four: content, or a person who changes places ("you ... you"). */
static bool is_anchor(const struct words *words, const struct token *token)
{
    return (is_content(words, token) && token->length > 2) ||
           (token->pos == POS_PRONOUN && words_type(words, token->type)->info.pronoun &
                                             (WORD_FIRST_PERSON | WORD_SECOND_PERSON));
}

/* One number for all forms of a word: of nouns and verbs alike, and of I, me, we, us. */
static uint32_t root_of(const struct words *words, const struct token *token)
{
    const struct word_type *type = words_type(words, token->type);
    if (token->pos == POS_PRONOUN)
        return UINT32_MAX - (type->info.pronoun & WORD_FIRST_PERSON ? 1u : 2u);
    return token->pos == POS_NOUN || token->pos == POS_VERB ? lemma_of(words, token) : token->type;
}

struct cross { uint32_t a1, b1, b2, a2; };

static bool splits(const struct figure_view *view, uint32_t from, uint32_t to)
{
    for (uint32_t i = from + 1; i < to; i++) {
        const struct token *token = token_at(view->paragraph, i);
        if ((token->flags & TOKEN_BREAK) || word_in(words_type(view->words, token->type),
                                                    " and but or nor than because if when not "))
            return true;
    }
    return false;
}

/* How often the root stands in the stretch. */
static uint32_t count_root(const struct figure_view *view, const struct cross *c, uint32_t root)
{
    uint32_t count = 0;
    for (uint32_t i = c->a1; i <= c->a2; i++)
        count += is_anchor(view->words, token_at(view->paragraph, i)) &&
                 root_of(view->words, token_at(view->paragraph, i)) == root;
    return count;
}

static bool is_before_noun(const struct figure_view *view, uint32_t row)
{
    return row + 1 < view->paragraph->tokens.count &&
           token_at(view->paragraph, row)->pos <= POS_ADJECTIVE &&
           token_at(view->paragraph, row)->pos != POS_VERB &&
           token_at(view->paragraph, row + 1)->pos == POS_NOUN;
}

/* A half is one clause, or two that a comma parts. */
static bool is_whole(const struct figure_view *view, uint32_t from, uint32_t to, bool *comma)
{
    for (uint32_t i = from + 1; i < to; i++)
        if (token_at(view->paragraph, i)->flags & TOKEN_BREAK) {
            *comma = view->paragraph->bytes[token_at(view->paragraph, i)->start] == ',';
            if (!*comma)
                return false;
        }
    return true;
}

/* A person that comes back does so in another case (we failed it, it failed us; "you" has but
 * one), and the other word is a noun. */
static bool changes_places(const struct figure_view *view, uint32_t first, uint32_t second,
                           const struct token *other)
{
    const struct token *x = token_at(view->paragraph, first),
                       *y = token_at(view->paragraph, second);
    if (x->pos != POS_PRONOUN)
        return true;
    uint8_t a = words_type(view->words, x->type)->info.pronoun;
    uint8_t b = words_type(view->words, y->type)->info.pronoun;
    return second - first <= 16 && other->pos == POS_NOUN &&
           ((a & WORD_SECOND_PERSON) || (a & WORD_SUBJECT) != (b & WORD_SUBJECT));
}

/* A new sentence that begins with B only goes on with it. */
static bool takes_up(const struct figure_view *view, const struct cross *c)
{
    return token_at(view->paragraph, c->b1)->sentence !=
               token_at(view->paragraph, c->b2)->sentence &&
           (token_at(view->paragraph, c->b2)->flags & TOKEN_FIRST ||
            token_at(view->paragraph, c->b2 - 1)->flags & TOKEN_FIRST);
}

static float cross_score(const struct figure_view *view, const struct cross *c)
{
    const struct words *words = view->words;
    const struct paragraph *p = view->paragraph;
    const struct token *a = token_at(p, c->a1), *b = token_at(p, c->b1);
    uint32_t first = c->b1 - c->a1, second = c->a2 - c->b2, middle = c->b2 - c->b1;
    bool comma = false, other_comma = false;
    if ((!is_content(words, a) && !is_content(words, b)) ||
        !is_whole(view, c->a1, c->b1, &comma) || !is_whole(view, c->b2, c->a2, &other_comma))
        return 0;
    if (comma != other_comma)
        return 0;
    if (!changes_places(view, c->a1, c->a2, b) || !changes_places(view, c->b1, c->b2, a))
        return 0;
    float score = 0.75f;
    if (is_light(words, a) || is_light(words, b))
        score -= 0.15f;
    if ((a->pos == POS_NOUN && b->pos == POS_ADJECTIVE) || !splits(view, c->b1, c->b2))
        score -= 0.2f;
    score -= 0.2f * (float)(count_root(view, c, root_of(words, a)) - 2 +
                            count_root(view, c, root_of(words, b)) - 2);
    uint32_t longer = first > second ? first : second, shorter = first > second ? second : first;
    if (longer > 2 * shorter + 2)
        score -= 0.2f;
    if (middle > 8)
        score -= 0.3f;
    if (a->pos == POS_VERB && takes_up(view, c))
        score -= 0.3f;
    if (c->a2 - c->a1 > 20)
        score -= 0.15f;
    if (is_before_noun(view, c->a1) || is_before_noun(view, c->b1) || is_before_noun(view, c->b2) ||
        is_before_noun(view, c->a2))
        score -= 0.3f;
    if (c->a2 - c->a1 <= 14)
        score += 0.15f;
    return score;
}

static bool cross_emit(struct figure_view *view, const struct cross *c, float score)
{
    const struct paragraph *p = view->paragraph;
    struct figure_part parts[2] = {
        {"first", token_at(p, c->a1)->start, token_end(token_at(p, c->b1))},
        {"second", token_at(p, c->b2)->start, token_end(token_at(p, c->a2))}};
    return span_emit(view, (struct span){c->a1, c->a2 + 1}, score, parts, 2);
}

/* The crosses whose inner pair is b1, b2: an A before b1 that comes back behind b2. */
static bool crosses_around(struct figure_view *view, uint32_t b1, uint32_t b2)
{
    const struct words *words = view->words;
    const struct paragraph *p = view->paragraph;
    uint32_t root = root_of(words, token_at(p, b1));
    for (uint32_t a2 = b2 + 1; a2 < p->tokens.count && a2 <= b2 + HALF_MAX; a2++) {
        const struct token *token = token_at(p, a2);
        if (!is_anchor(words, token))
            continue;
        uint32_t other = root_of(words, token);
        if (other == root)
            return true;
        for (uint32_t a1 = b1; a1-- > 0 && a1 + HALF_MAX >= b1;) {
            if (!is_anchor(words, token_at(p, a1)) || root_of(words, token_at(p, a1)) != other)
                continue;
            struct cross cross = {a1, b1, b2, a2};
            float score = cross_score(view, &cross);
            if (score >= 0.3f && !cross_emit(view, &cross, score))
                return false;
            break;
        }
    }
    return true;
}

bool chiasmus_find(struct figure_view *view)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t b2 = 1; b2 < p->tokens.count; b2++) {
        if (!is_anchor(view->words, token_at(p, b2)))
            continue;
        uint32_t root = root_of(view->words, token_at(p, b2));
        for (uint32_t b1 = b2; b1-- > 0 && b1 + REACH >= b2;)
            if (is_anchor(view->words, token_at(p, b1)) &&
                root_of(view->words, token_at(p, b1)) == root) {
                if (!crosses_around(view, b1, b2))
                    return false;
                break;
            }
    }
    return true;
}
