/* anadiplosis.c: the end of one clause is the beginning of the next (Lausberg 1960, §§ 619-622;
 * Corbett and Connors 1999, 392).
 * In: a paragraph and the one behind it. Out: a tag from the first clause's last words to the next
 * one's first; parts first, second. Steps that go on (a climax) are a tag each.
 * Example: "they promised jobs, and jobs are what we got". Near miss: "... passed the law. The law
 * was ...": an article or "this" only keeps to the subject.
 * Cost: linear. */
#include "figure/scratch.h"

enum { START_SKIP = 3 };

/* The beginning of what follows: past conjunctions and articles; *pointed: an article or "this". */
static uint32_t start_of(const struct words *words, const struct paragraph *paragraph,
                         struct span span, bool *pointed)
{
    *pointed = false;
    for (uint32_t i = 0; i < START_SKIP && span.first + 1 < span.end; i++) {
        const struct token *token = token_at(paragraph, span.first);
        bool joint = word_in(words_type(words, token->type), " and but or yet for so if ");
        if (!joint && token->pos != POS_DETERMINER)
            break;
        *pointed |= token->pos == POS_DETERMINER;
        span.first++;
    }
    return span.first;
}

/* A word that may be taken up: a noun or verb of content, no name. */
static bool is_taken(const struct words *words, const struct token *token)
{
    return is_content(words, token) && (token->pos == POS_NOUN || token->pos == POS_VERB ||
                                        token->pos == POS_ADJECTIVE);
}

/* The same determiner before both, no article: "her father. Her father". */
static bool owned(const struct figure_view *view, struct span a, const struct paragraph *q,
                  struct span b)
{
    if (a.end < a.first + 2)
        return false;
    const struct token *before = token_at(view->paragraph, a.end - 2);
    return before->type == token_at(q, b.first)->type &&
           !word_in(words_type(view->words, before->type), " the a an ");
}

static float step_score(const struct figure_view *view, struct span a, const struct paragraph *q,
                        struct span b, uint32_t start, bool pointed, bool sentences)
{
    const struct words *words = view->words;
    const struct token *last = token_at(view->paragraph, a.end - 1);
    const struct token *first = token_at(q, start);
    if (lemma_of(words, last) != lemma_of(words, first) || !is_taken(words, last) ||
        last->pos != first->pos || last->type != first->type)
        return 0;
    if (!has_finite(words, q, (struct span){start, b.end}) ||
        span_words(view->paragraph, a) < 3)
        return 0.2f;
    float score = pointed ? (owned(view, a, q, b) ? 0.6f : 0.35f) : 0.7f;
    if (start + 1 < b.end && token_at(q, start + 1)->pos == POS_NOUN)
        score -= 0.25f;
    if (!sentences)
        score += 0.15f;
    if (a.end - a.first >= 2 && token_at(view->paragraph, a.end - 2)->pos == POS_NOUN)
        score -= 0.2f;
    return score;
}

static bool step(struct figure_view *view, struct span a, const struct paragraph *q, struct span b,
                 uint32_t shift, bool sentences)
{
    bool pointed;
    if (!span_trim(view->paragraph, &a) || !span_trim(q, &b))
        return true;
    uint32_t start = start_of(view->words, q, b, &pointed);
    float score = step_score(view, a, q, b, start, pointed, sentences);
    if (score < 0.25f)
        return true;
    const struct token *last = token_at(view->paragraph, a.end - 1);
    const struct token *first = token_at(q, start);
    struct figure_part parts[2] = {{"first", last->start, token_end(last)},
                                   {"second", first->start + shift, token_end(first) + shift}};
    return view->emit(view->sink, last->start, token_end(first) + shift, score, parts, 2);
}

static struct span span_of(const struct sentence *sentence)
{
    return (struct span){sentence->first_token, sentence->first_token + sentence->token_count};
}

bool anadiplosis_find(struct figure_view *view)
{
    const struct paragraph *p = view->paragraph, *next = view->after[0];
    for (uint32_t i = 0; i < p->sentences.count; i++) {
        if (!pieces_find(view, &p->sentences.at[i]))
            return false;
        const struct figure_scratch *scratch = view->scratch;
        for (uint32_t j = 0; j + 1 < scratch->pieces.count; j++)
            if (!step(view, scratch->pieces.at[j].span, p, scratch->pieces.at[j + 1].span, 0,
                      false))
                return false;
        if (i + 1 < p->sentences.count &&
            !step(view, span_of(&p->sentences.at[i]), p, span_of(&p->sentences.at[i + 1]), 0, true))
            return false;
    }
    if (!next || next->sentences.count == 0 || p->sentences.count == 0)
        return true;
    return step(view, span_of(&p->sentences.at[p->sentences.count - 1]), next,
                span_of(&next->sentences.at[0]), p->length, true);
}
