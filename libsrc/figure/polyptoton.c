/* polyptoton.c: one root in several forms, close together (Lausberg 1960, §§ 640-648; Corbett and
 * Connors 1999, 395).
 * In: a paragraph. Out: a tag from the first form to the last; parts first, second.
 * What counts: a word and its denial (certain, uncertain); a verb and the noun or adjective made
 * of it (predict, prediction); a verb in two forms. Not: singular and plural, an adjective of
 * belonging and its noun (nation, national), the verbs of every day.
 * Example: "the able do not envy the unable". Near miss: "the nation and its national debt".
 * Cost: linear: each word looks back over REACH words. */
#include "figure/scratch.h"

#include <string.h>

enum { REACH = 18, FAR = 14, NEAR = 8, ROOT_MIN = 4 };

/* ---- Roots ----------------------------------------------------------------------------------- */

struct root { char text[WORD_MAX]; uint32_t length; bool denied; };

static bool begins(const char *text, uint32_t length, const char *prefix)
{
    size_t n = strlen(prefix);
    return length >= n + ROOT_MIN && !memcmp(text, prefix, n);
}

static void strip_before(struct root *root)
{
    static const struct { const char *text; bool denies; } prefixes[] = {
        {"self-", false}, {"un", true}, {"in", true}, {"im", true}, {"ir", true}, {"dis", true},
        {"non", true}, {"mis", true}};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (begins(root->text, root->length, prefixes[i].text)) {
            struct word_info info;
            uint32_t n = (uint32_t)strlen(prefixes[i].text);
            word_lookup(root->text + n, root->length - n, &info);
            if (info.closed & WORD_UNKNOWN)
                continue;
            memmove(root->text, root->text + n, root->length - n);
            root->length -= n;
            root->denied = prefixes[i].denies;
            return;
        }
}

/* Endings that make one part of speech of another, the longest first. */
static void strip_behind(struct root *root)
{
    static const char *const endings[] = {
        "ification", "fulness", "ization", "isation", "ability", "ibility", "iveness", "ation",
        "ition", "ement", "ingly", "ional", "ance", "ence", "able", "ible", "ment", "ness",
        "less", "ful", "ing", "ion", "ity", "ive", "ies", "ied", "ism", "ist",
        "ise", "ize", "ant", "ent", "ers", "ors", "ous", "ure", "ery", "ed", "er", "or", "es",
        "al", "ly", "ty", "th", "y", "e", "s"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        uint32_t n = (uint32_t)strlen(endings[i]);
        if (root->length >= n + ROOT_MIN &&
            !memcmp(root->text + root->length - n, endings[i], n)) {
            root->length -= n;
            break;
        }
    }
    if (root->length > ROOT_MIN && root->text[root->length - 1] == root->text[root->length - 2])
        root->length--;
    if (root->length > ROOT_MIN && strchr("eiy", root->text[root->length - 1]))
        root->length--;
}

static struct root root_of(const struct words *words, const struct token *token)
{
    const struct word_type *type = words_type(words, lemma_of(words, token));
    struct root root = {.length = type->length < WORD_MAX ? type->length : WORD_MAX - 1};
    memcpy(root.text, type->text, root.length);
    strip_before(&root);
    strip_behind(&root);
    return root;
}

/* ---- Pairs ----------------------------------------------------------------------------------- */

/* The same first letters: what every two words of one root have. */
static bool may_agree(const struct word_type *a, const struct word_type *b)
{
    if (a->length < ROOT_MIN || b->length < ROOT_MIN)
        return false;
    if (!memcmp(a->text, b->text, 3))
        return true;
    const struct word_type *longer = a->length > b->length ? a : b;
    const struct word_type *shorter = longer == a ? b : a;
    for (uint32_t at = 2; at <= 5 && at + 3 < longer->length; at++)
        if (!memcmp(longer->text + at, shorter->text, 3))
            return true;
    return false;
}

static float inflected_score(const struct words *words, const struct token *a,
                             const struct token *b, uint32_t distance)
{
    if (is_light(words, a) || is_light(words, b))
        return 0;
    if (a->pos == POS_VERB && b->pos == POS_VERB)
        return distance <= FAR ? 0.5f : 0.4f;
    if (a->pos == b->pos)
        return 0;
    return distance <= NEAR && (a->pos == POS_VERB || b->pos == POS_VERB) ? 0.5f : 0.25f;
}

static float derived_score(const struct words *words, const struct token *a, const struct token *b,
                           uint32_t distance)
{
    struct root x = root_of(words, a), y = root_of(words, b);
    if (x.length != y.length || memcmp(x.text, y.text, x.length))
        return 0;
    if (x.denied != y.denied)
        return distance <= FAR ? 0.7f : 0.5f;
    bool verbal = a->pos == POS_VERB || b->pos == POS_VERB;
    if (a->pos == b->pos || distance > FAR)
        return 0.3f;
    return verbal ? (distance <= NEAR ? 0.55f : 0.45f) : 0.38f;
}

static float pair_score(const struct words *words, const struct token *a, const struct token *b,
                        uint32_t distance)
{
    const struct word_type *x = words_type(words, a->type), *y = words_type(words, b->type);
    if (x == y)
        return 0;
    uint32_t lemma = lemma_of(words, a), other = lemma_of(words, b);
    if (lemma == other)
        return inflected_score(words, a, b, distance);
    return may_agree(x, y) ? derived_score(words, a, b, distance) : 0;
}

bool polyptoton_find(struct figure_view *view)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t i = 1; i < p->tokens.count; i++) {
        const struct token *token = token_at(p, i);
        if (!is_content(view->words, token))
            continue;
        for (uint32_t j = i; j-- > 0 && j + REACH >= i;) {
            const struct token *before = token_at(p, j);
            if (!is_content(view->words, before))
                continue;
            float score = pair_score(view->words, before, token, i - j);
            if (score < 0.25f)
                continue;
            struct figure_part parts[2] = {{"first", before->start, token_end(before)},
                                           {"second", token->start, token_end(token)}};
            if (!span_emit(view, (struct span){j, i + 1}, score, parts, 2))
                return false;
            break;
        }
    }
    return true;
}
