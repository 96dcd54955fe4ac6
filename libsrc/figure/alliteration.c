/* alliteration.c: neighbouring stressed words with the same initial sound (Corbett and Connors
 * 1999, 388; Lausberg 1960, § 975).
 * In: a paragraph. Out: a tag over a run of three or more words of content with one sound,
 * function words and at most one other word between two of them; or over a pair that stands side
 * by side or is joined (tried and trusted). Part member for each word.
 * Sounds, not letters: "phone" goes with "fear", "city" not with "cat". Vowels make none.
 * Example: "the slow and silent sea". Near miss: "the state senate", a name of things that merely
 * begins alike.
 * Cost: linear. */
#include "figure/scratch.h"

#include <string.h>

enum { GAP_CONTENT = 1, GAP_TOKENS = 5, CLOSE = 7, STEM = 4, SHORT = 6 };

static bool is_stressed(const struct words *words, const struct token *token)
{
    const struct word_type *type = words_type(words, token->type);
    return token->kind == TOKEN_WORD && token->pos <= POS_NAME && !type->function &&
           type->length > 2 && !is_light(words, token);
}

static uint8_t sound_of(const struct words *words, const struct token *token)
{
    const struct word_type *type = words_type(words, token->type);
    uint8_t sound = type->sound;
    bool denied =
        type->length > 3 && (!memcmp(type->text, "un", 2) || !memcmp(type->text, "dis", 3) ||
                             !memcmp(type->text, "mis", 3));
    if (denied && sound != word_sound(type->text, type->length))
        return SOUND_NONE;
    return sound >= SOUND_VOWEL_A ? (uint8_t)SOUND_NONE : sound;
}

/* The second letter agrees too: "complete control". */
static bool onset_agrees(const struct words *words, const struct token *a, const struct token *b)
{
    const struct word_type *x = words_type(words, a->type), *y = words_type(words, b->type);
    return x->text[0] == y->text[0] && x->text[1] == y->text[1];
}

static bool is_marked(const struct paragraph *paragraph, uint32_t from, uint32_t to)
{
    for (uint32_t i = from + 1; i < to; i++) {
        char c = paragraph->bytes[token_at(paragraph, i)->start];
        if (token_at(paragraph, i)->kind >= TOKEN_PUNCTUATION && c != ',' && c != '\'' && c != '-')
            return true;
    }
    return false;
}

/* ---- Runs ------------------------------------------------------------------------------------ */

struct run {
    uint32_t first, last;    /* rows */
    uint32_t words;          /* different words with the sound */
    uint32_t names;
    uint32_t others;         /* words of content between them */
};

static float run_score(const struct run *run)
{
    if (run->words < 3 || run->words <= run->names + 1)
        return 0;
    bool close = run->last - run->first < CLOSE;
    float score = run->words == 3 ? (run->others == 0   ? 0.68f
                                     : run->others == 1 ? (close ? 0.47f : 0.42f)
                                                        : 0.35f)
                                  : 0.9f - 0.1f * (float)run->others;
    return score - 0.15f * (float)run->names;
}

static bool seen_before(const struct figure_view *view, const struct run *run, uint32_t at)
{
    const struct paragraph *p = view->paragraph;
    uint32_t lemma = lemma_of(view->words, token_at(p, at));
    for (uint32_t i = run->first; i < at; i++)
        if (lemma_of(view->words, token_at(p, i)) == lemma)
            return true;
    return false;
}

static bool run_emit(struct figure_view *view, const struct run *run, uint8_t sound)
{
    struct figure_scratch *scratch = view->scratch;
    float score = run_score(run);
    if (score < 0.25f)
        return true;
    scratch->parts.count = 0;
    for (uint32_t i = run->first; i <= run->last; i++) {
        const struct token *token = token_at(view->paragraph, i);
        struct figure_part part = {"member", token->start, token_end(token)};
        if (scratch->parts.count < PARTS_MAX && is_stressed(view->words, token) &&
            sound_of(view->words, token) == sound &&
            !vec_push(scratch->memory, &scratch->parts, part))
            return false;
    }
    return span_emit(view, (struct span){run->first, run->last + 1}, score, scratch->parts.at,
                     scratch->parts.count);
}

/* The run that begins at `at`; its last row. */
static struct run run_from(const struct figure_view *view, uint32_t at)
{
    const struct paragraph *p = view->paragraph;
    uint8_t sound = sound_of(view->words, token_at(p, at));
    struct run run = {at, at, 1, token_at(p, at)->pos == POS_NAME, 0};
    uint32_t others = 0;
    for (uint32_t i = at + 1; i < p->tokens.count && i <= run.last + GAP_TOKENS; i++) {
        const struct token *token = token_at(p, i);
        if (is_marked(p, i - 1, i + 1) && !is_word(token))
            break;
        if (!is_stressed(view->words, token))
            continue;
        if (sound_of(view->words, token) != sound) {
            if (++others > GAP_CONTENT)
                break;
            continue;
        }
        if (!seen_before(view, &run, i)) {
            run.words++;
            run.names += token->pos == POS_NAME;
        }
        run.others += others;
        run.last = i;
        others = 0;
    }
    return run;
}

/* ---- Pairs ----------------------------------------------------------------------------------- */

/* The row of the stressed word that stands beside or is joined to `at`; NO_ROW. *joined: by
 * "and" and its kind, or by a comma to a word of its part of speech. */
static uint32_t beside(const struct figure_view *view, uint32_t at, bool *joined)
{
    const struct paragraph *p = view->paragraph;
    uint32_t next = at + 1;
    *joined = false;
    bool comma = next < p->tokens.count && p->bytes[token_at(p, next)->start] == ',';
    if (comma && next + 1 < p->tokens.count &&
        token_at(p, next + 1)->pos == token_at(p, at)->pos) {
        *joined = true;
        next++;
    } else if (next < p->tokens.count &&
               word_in(word_at(view->words, p, next), " and or but yet ")) {
        *joined = true;
        next++;
    } else
        while (next < p->tokens.count && next < at + 3 && token_at(p, next)->pos == POS_DETERMINER)
            next++;
    return next < p->tokens.count && is_stressed(view->words, token_at(p, next)) ? next : NO_ROW;
}

/* Of one stem: "term and termination" says a word twice. */
static bool stem_agrees(const struct words *words, const struct token *a, const struct token *b)
{
    const struct word_type *x = words_type(words, a->type), *y = words_type(words, b->type);
    return x->length >= STEM && y->length >= STEM && !memcmp(x->text, y->text, STEM);
}

/* Not seen in its part of speech where the table was counted: two such words are no chance. */
static bool is_rare(const struct words *words, const struct token *token)
{
    return token->pos <= POS_ADVERB &&
           words_type(words, token->type)->info.freq[token->pos] == 0;
}

static float pair_score(const struct figure_view *view, uint32_t at, uint32_t next, bool joined)
{
    const struct words *words = view->words;
    const struct token *a = token_at(view->paragraph, at), *b = token_at(view->paragraph, next);
    if (sound_of(words, a) == SOUND_NONE || sound_of(words, a) != sound_of(words, b) ||
        a->pos == POS_NAME || b->pos == POS_NAME || lemma_of(words, a) == lemma_of(words, b) ||
        is_light(words, a) || is_light(words, b))
        return 0;
    float score = 0;
    if (joined)
        return a->pos != b->pos ? 0.3f : stem_agrees(words, a, b) ? 0.4f : 0.58f;
    if (stem_agrees(words, a, b))
        return 0.25f;
    if (a->pos == POS_ADJECTIVE && b->pos == POS_NOUN)
        score = 0.36f;
    else if (a->pos == POS_VERB && b->pos == POS_NOUN)
        score = 0.32f;
    else
        return 0.2f;
    score += onset_agrees(words, a, b) ? 0.1f : 0;
    score += a->length <= SHORT && b->length <= SHORT ? 0.05f : 0;
    return score + (is_rare(words, a) ? 0.08f : 0) + (is_rare(words, b) ? 0.08f : 0);
}

static bool pair_find(struct figure_view *view, uint32_t at)
{
    const struct paragraph *p = view->paragraph;
    bool joined;
    uint32_t next = beside(view, at, &joined);
    if (next == NO_ROW)
        return true;
    float score = pair_score(view, at, next, joined);
    if (score < 0.25f)
        return true;
    struct figure_part parts[2] = {
        {"member", token_at(p, at)->start, token_end(token_at(p, at))},
        {"member", token_at(p, next)->start, token_end(token_at(p, next))}};
    return span_emit(view, (struct span){at, next + 1}, score, parts, 2);
}

bool alliteration_find(struct figure_view *view)
{
    const struct paragraph *p = view->paragraph;
    uint32_t run_end = 0;
    for (uint32_t i = 0; i < p->tokens.count; i++) {
        if (!is_stressed(view->words, token_at(p, i)))
            continue;
        uint8_t sound = sound_of(view->words, token_at(p, i));
        if (sound == SOUND_NONE)
            continue;
        if (!pair_find(view, i))
            return false;
        struct run run = run_from(view, i);
        if (run.words < 3 || run.last <= run_end)
            continue;
        if (!run_emit(view, &run, sound))
            return false;
        run_end = run.last;
    }
    return true;
}
