/* parallelism.c: two or more clauses or phrases with the same build (Corbett and Connors 1999,
 * 381; isocolon: Lausberg 1960, §§ 719-754).
 * In: a paragraph. Out: a tag over the members; parts first, second, third, member. Four forms:
 * four or more phrases or clauses in a series; two neighbours that are alike part by part and
 * share words; frames that announce it (just as ... so, not only ... but, the more ... the more);
 * runs of sentences alike.
 * Example: "the river feeds the valley and the valley feeds the town". Near miss: "bread, milk,
 * salt and oil": single nouns in a list.
 * Cost: linear: two neighbours are compared over at most 32 words each. */
#include "figure/scratch.h"

/* ---- Series ---------------------------------------------------------------------------------- */

static bool series_is_list(const struct figure_view *view, const struct series *series)
{
    uint32_t bare = 0;
    for (uint32_t i = 0; i < series->count; i++) {
        struct build build = build_of(view->words, view->paragraph, series->members[i].span);
        bare += span_words(view->paragraph, series->members[i].span) <= 2 &&
                build.kind == BUILD_PHRASE;
        bare += build.kind == BUILD_NOUN || build.kind == BUILD_NAME ||
                build.kind == BUILD_ADJECTIVE || build.kind == BUILD_ADVERB;
    }
    return 2 * bare >= series->count;
}

/* Three members are a tricolon's; where they stand is kept in scratch->rows, first and end. */
static bool triple_keep(struct figure_view *view, const struct series *series)
{
    struct figure_scratch *scratch = view->scratch;
    struct span whole = {series->members[0].span.first, series->members[2].span.end};
    return vec_push(scratch->memory, &scratch->rows, whole.first) &&
           vec_push(scratch->memory, &scratch->rows, whole.end);
}

/* Whether a span lies inside one of them: the last that begins no later. */
static bool in_triple(const struct figure_view *view, struct span span)
{
    const struct figure_scratch *scratch = view->scratch;
    uint32_t low = 0, high = scratch->rows.count / 2;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (scratch->rows.at[2 * middle] <= span.first)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && span.end <= scratch->rows.at[2 * low - 1];
}

static bool parallelism_series(struct figure_view *view, const struct series *series)
{
    if (series->count == 3)
        return triple_keep(view, series);
    bool alike = series->count >= 4 && begin_alike(view->words, view->paragraph, series) &&
                 span_words(view->paragraph, series->members[0].span) > 1;
    if (series->count < 4 || (!alike && series_is_list(view, series)))
        return true;
    float score = series->build.kind == BUILD_PHRASE ? 0.55f : 0.75f;
    return members_emit(view, series->members, series->count,
                        score + (series->joined ? 0.05f : -0.1f));
}

/* ---- Two neighbours -------------------------------------------------------------------------- */

/* Content words of a span. */
static uint32_t span_content(const struct figure_view *view, struct span span)
{
    uint32_t count = 0;
    for (uint32_t i = span.first; i < span.end; i++)
        count += is_content(view->words, token_at(view->paragraph, i));
    return count;
}

/* How many words the two begin with in common; an article alone is none. */
static uint32_t heads(const struct figure_view *view, const struct pair *pair)
{
    const struct paragraph *p = view->paragraph;
    uint32_t count = 0;
    while (pair->a.first + count < pair->a.end && pair->b.first + count < pair->b.end &&
           token_at(p, pair->a.first + count)->type == token_at(p, pair->b.first + count)->type)
        count++;
    if (count == 1 && word_in(word_at(view->words, p, pair->a.first), " the a an there "))
        return 0;
    return count;
}

enum pair_build { PAIR_CLAUSES, PAIR_VERBS, PAIR_PHRASES };

/* What a pair must have at least; the first row that fits counts. even: as many words in both. */
static const struct grade {
    enum pair_build build;
    float like;
    uint32_t same, heads, words;
    bool even;
    float score;
} grades[] = {
    {PAIR_CLAUSES, 0.8f, 1, 0, 3, false, 0.72f},
    {PAIR_CLAUSES, 0.88f, 0, 0, 5, true, 0.6f},
    {PAIR_CLAUSES, 0.7f, 2, 0, 3, false, 0.6f},
    {PAIR_CLAUSES, 0.45f, 0, 3, 4, false, 0.6f},
    {PAIR_CLAUSES, 0.5f, 2, 1, 3, false, 0.5f},
    {PAIR_CLAUSES, 0.75f, 0, 0, 7, true, 0.5f},
    {PAIR_CLAUSES, 0.42f, 0, 2, 3, false, 0.5f},
    {PAIR_CLAUSES, 0.6f, 0, 1, 4, false, 0.5f},
    {PAIR_VERBS, 0.85f, 1, 0, 3, false, 0.65f},
    {PAIR_VERBS, 0.8f, 0, 0, 4, true, 0.5f},
    {PAIR_VERBS, 0.45f, 1, 1, 3, false, 0.5f},
    {PAIR_PHRASES, 0.9f, 1, 0, 5, false, 0.6f},
    {PAIR_PHRASES, 0.84f, 0, 0, 6, true, 0.5f},
};

static enum pair_build pair_build(const struct figure_view *view, const struct pair *pair)
{
    const struct paragraph *p = view->paragraph;
    enum build_kind kind = build_of(view->words, p, pair->b).kind;
    bool finite = has_finite(view->words, p, pair->a) && has_finite(view->words, p, pair->b);
    if (finite && (kind == BUILD_CLAUSE || pair->kind == PAIR_SENTENCES))
        return PAIR_CLAUSES;
    bool verbal = kind == BUILD_VERB || kind == BUILD_INFINITIVE;
    return verbal && pair->kind != PAIR_SENTENCES ? PAIR_VERBS : PAIR_PHRASES;
}

static float pair_score(const struct figure_view *view, const struct pair *pair)
{
    uint32_t n = span_words(view->paragraph, pair->a), m = span_words(view->paragraph, pair->b);
    uint32_t content = span_content(view, pair->a), other = span_content(view, pair->b);
    uint32_t least = content < other ? content : other, words = n < m ? n : m;
    if (least < 2 || pair->same >= least)
        return 0;
    enum pair_build build = pair_build(view, pair);
    uint32_t common = heads(view, pair);
    if (build == PAIR_VERBS && !is_content(view->words, token_at(view->paragraph, pair->b.first)))
        common = 0;
    for (size_t i = 0; i < sizeof grades / sizeof *grades; i++) {
        const struct grade *grade = &grades[i];
        if (grade->build == build && pair->like >= grade->like && pair->same >= grade->same &&
            common >= grade->heads && words >= grade->words && (!grade->even || n == m))
            return grade->score;
    }
    return 0;
}

static bool parallelism_pair(struct figure_view *view, const struct pair *pair)
{
    float score = pair_score(view, pair);
    if (score < 0.3f || in_triple(view, (struct span){pair->a.first, pair->b.end}) ||
        crosses_quotation(view->paragraph, (struct span){pair->a.first, pair->b.end}))
        return true;
    struct member members[2] = {{pair->a, NO_ROW, 0}, {pair->b, pair->joint, 0}};
    return members_emit(view, members, 2, score);
}

/* ---- One head on both sides of a conjunction ------------------------------------------------- */

enum { HEADED_REACH = 12, HEADED_WORDS = 8 };

/* A word that, said again behind "and", makes the two sides alike: a preposition, "to", "who",
 * "more", "our", "as"; no article. */
static bool is_head(const struct figure_view *view, uint32_t row)
{
    const struct token *token = token_at(view->paragraph, row);
    const struct word_type *type = words_type(view->words, token->type);
    if (token->kind != TOKEN_WORD || word_in(type, " the a an this not it "))
        return false;
    return token->pos == POS_PREPOSITION || token->pos == POS_PARTICLE || token->pos == POS_WH ||
           token->pos == POS_CONJUNCTION || token->pos == POS_DETERMINER ||
           word_in(type, " more less as so too many few every how ");
}

/* The head's first place on the left of `end`, in the same clause; NO_ROW. */
static uint32_t head_before(const struct figure_view *view, uint32_t head, uint32_t end,
                            uint32_t first)
{
    const struct paragraph *p = view->paragraph;
    uint32_t type = token_at(p, head)->type;
    for (uint32_t at = end; at-- > first && at + HEADED_REACH > end;) {
        if (token_at(p, at)->flags & TOKEN_BREAK)
            return NO_ROW;
        if (token_at(p, at)->type == type)
            return at;
    }
    return NO_ROW;
}

/* "in depression and in war": as many words from the head on, of the same parts of speech. */
static bool headed_at(struct figure_view *view, uint32_t joint, struct span sentence)
{
    const struct paragraph *p = view->paragraph;
    struct span a = {0, joint}, b = {joint + 1, joint + 1};
    if (token_at(p, joint - 1)->flags & TOKEN_BREAK)
        a.end--;
    if (!is_head(view, b.first))
        return true;
    a.first = head_before(view, b.first, a.end, sentence.first);
    if (a.first == NO_ROW)
        return true;
    uint32_t words = span_words(p, a), same;
    while (b.end < sentence.end && !(token_at(p, b.end)->flags & TOKEN_BREAK) &&
           span_words(p, b) < words)
        b.end++;
    bool runs_on = b.end < sentence.end && token_at(p, b.end - 1)->pos != POS_NOUN &&
                   token_at(p, b.end)->pos == POS_NOUN;
    b.end += runs_on;
    if (words < 2 || words > HEADED_WORDS || span_words(p, b) + 1 < words)
        return true;
    float like = likeness(view->words, p, a, b, &same);
    if (in_triple(view, (struct span){a.first, b.end}) || like < 0.8f || same >= words - 1)
        return true;
    struct member members[2] = {{a, NO_ROW, 0}, {b, joint, 0}};
    return members_emit(view, members, 2, words == 2 ? 0.5f : 0.55f);
}

static bool headed_find(struct figure_view *view, struct span sentence)
{
    for (uint32_t at = sentence.first + 2; at + 2 < sentence.end; at++)
        if (word_in(word_at(view->words, view->paragraph, at), " and or nor but ") &&
            !headed_at(view, at, sentence))
            return false;
    return true;
}

/* ---- Frames ---------------------------------------------------------------------------------- */

enum { FRAME_REACH = 40 };

/* "just as ..., so ...": the second word is looked for behind a mark in the same sentence. */
static const struct frame {
    const char *first, *next; /* two words one behind the other; next may be NULL */
    const char *second;       /* the word that answers */
    bool behind_mark;
    float score;
} frames[] = {
    {"just", "as", "so", true, 0.9f},
    {"not", "only", "but", false, 0.8f},
    {"not", "merely", "but", false, 0.75f},
    {"not", "just", "but", false, 0.75f},
    {"not", "simply", "but", false, 0.75f},
    {"as", NULL, "so", true, 0.5f},
};

static bool frame_begins(const struct figure_view *view, const struct frame *frame, uint32_t at,
                         uint32_t end)
{
    const struct words *words = view->words;
    const struct paragraph *p = view->paragraph;
    if (!word_is(word_at(words, p, at), frame->first))
        return false;
    if (!frame->next)
        return token_at(p, at)->flags & TOKEN_FIRST;
    return at + 1 < end && word_is(word_at(words, p, at + 1), frame->next);
}

/* The row of the answering word, or NO_ROW. */
static uint32_t frame_answer(const struct figure_view *view, const struct frame *frame, uint32_t at,
                             uint32_t end)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t i = at + 3; i + 1 < end && i < at + FRAME_REACH; i++)
        if (word_is(word_at(view->words, p, i), frame->second) &&
            (!frame->behind_mark || (token_at(p, i - 1)->flags & TOKEN_BREAK)) &&
            !word_in(word_at(view->words, p, i + 1), " that far long "))
            return i;
    return NO_ROW;
}

/* "Not only am I willing ..., I am also willing": the answer is the clause with "also". */
static uint32_t also_answer(const struct figure_view *view, uint32_t at, uint32_t end)
{
    const struct paragraph *p = view->paragraph;
    uint32_t mark = NO_ROW;
    for (uint32_t i = at + 3; i + 1 < end && i < at + FRAME_REACH; i++) {
        if (token_at(p, i)->flags & TOKEN_BREAK)
            mark = i;
        else if (mark != NO_ROW && i < mark + 6 &&
                 word_in(word_at(view->words, p, i), " also too "))
            return mark + 1;
    }
    return NO_ROW;
}

/* The end of the answering member: its clause's. */
static uint32_t clause_end(const struct paragraph *paragraph, uint32_t at, uint32_t end)
{
    while (at < end && !((token_at(paragraph, at)->flags & TOKEN_BREAK) &&
                         paragraph->bytes[token_at(paragraph, at)->start] != ','))
        at++;
    return at;
}

static bool frames_find(struct figure_view *view, struct span sentence)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t at = sentence.first; at + 3 < sentence.end; at++)
        for (uint32_t f = 0; f < sizeof frames / sizeof *frames; f++) {
            if (!frame_begins(view, &frames[f], at, sentence.end))
                continue;
            uint32_t answer = frame_answer(view, &frames[f], at, sentence.end);
            if (answer == NO_ROW && frames[f].next && word_is(word_at(view->words, p, at), "not"))
                answer = also_answer(view, at, sentence.end);
            if (answer == NO_ROW)
                continue;
            struct member members[2] = {
                {{at, answer}, NO_ROW, 0},
                {{answer, clause_end(p, answer, sentence.end)}, NO_ROW, 0}};
            if (!span_trim(p, &members[0].span) || !span_trim(p, &members[1].span))
                continue;
            if (!members_emit(view, members, 2, frames[f].score))
                return false;
            at = answer;
            break;
        }
    return true;
}

/* "the more ..., the less ...": two comparatives with the article in neighbouring pieces. */
static bool is_comparative(const struct figure_view *view, struct span span)
{
    const struct paragraph *p = view->paragraph;
    if (span.first + 2 > span.end || !word_is(word_at(view->words, p, span.first), "the"))
        return false;
    const struct word_info *info = &word_at(view->words, p, span.first + 1)->info;
    return word_in(word_at(view->words, p, span.first + 1), " more less fewer better worse ") ||
           ((info->form[WORD_ADJECTIVE] | info->form[WORD_ADVERB]) & WORD_COMPARATIVE);
}

static bool comparatives_find(struct figure_view *view, const struct sentence *sentence)
{
    if (!pieces_find(view, sentence))
        return false;
    const struct figure_scratch *scratch = view->scratch;
    for (uint32_t i = 0; i + 1 < scratch->pieces.count; i++) {
        struct member members[2] = {{scratch->pieces.at[i].span, NO_ROW, 0},
                                    {scratch->pieces.at[i + 1].span, NO_ROW, 0}};
        if (is_comparative(view, members[0].span) && is_comparative(view, members[1].span) &&
            !members_emit(view, members, 2, 0.8f))
            return false;
    }
    return true;
}

/* ---- All ------------------------------------------------------------------------------------- */

bool parallelism_find(struct figure_view *view)
{
    view->scratch->rows.count = 0;
    for (uint32_t i = 0; i < view->paragraph->sentences.count; i++) {
        const struct sentence *sentence = &view->paragraph->sentences.at[i];
        struct span span = {sentence->first_token, sentence->first_token + sentence->token_count};
        if (!series_each(view, sentence, parallelism_series) || !frames_find(view, span) ||
            !headed_find(view, span) ||
            !comparatives_find(view, sentence))
            return false;
    }
    return pairs_each(view, parallelism_pair);
}
