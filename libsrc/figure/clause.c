/* clause.c: see clause.h. */
#include "figure/clause.h"

#include <string.h>

#include "figure/scratch.h"

/* ---- Words ----------------------------------------------------------------------------------- */

bool word_is(const struct word_type *type, const char *text)
{
    size_t length = strlen(text);
    return type->length == length && !memcmp(type->text, text, length);
}

bool word_in(const struct word_type *type, const char *list)
{
    if (!type->length || memchr(type->text, 0, type->length)) /* a NUL is text */
        return false;
    for (const char *at = list; (at = strstr(at, type->text)); at++)
        if (at > list && at[-1] == ' ' && at[type->length] == ' ')
            return true;
    return false;
}

uint32_t lemma_of(const struct words *words, const struct token *token)
{
    const struct word_type *type = words_type(words, token->type);
    return token->pos <= POS_ADVERB ? type->lemma[token->pos] : token->type;
}

bool is_content(const struct words *words, const struct token *token)
{
    return token->kind == TOKEN_WORD && token->pos <= POS_ADVERB &&
           !words_type(words, token->type)->function;
}

bool is_light(const struct words *words, const struct token *token)
{
    static const char light[] =
        " be have do make get go come take give say let see know think want "
        "use need put keep tell ask find seem become thing way one time year "
        "day people man other same such more most many much own new good ";
    return word_in(words_type(words, lemma_of(words, token)), light);
}

/* ---- Pieces ---------------------------------------------------------------------------------- */

static char mark_of(const struct paragraph *paragraph, const struct token *token)
{
    unsigned char c = (unsigned char)paragraph->bytes[token->start];
    if (c == 0xE2)
        return '-';
    return c == ')' ? '(' : (char)c;
}

static bool is_joint(const struct words *words, const struct token *token)
{
    return token->kind == TOKEN_WORD &&
           word_in(words_type(words, token->type), " and or nor but yet & ");
}

bool span_trim(const struct paragraph *paragraph, struct span *span)
{
    while (span->first < span->end && !is_word(token_at(paragraph, span->first)))
        span->first++;
    while (span->first < span->end && !is_word(token_at(paragraph, span->end - 1)))
        span->end--;
    return span->first < span->end;
}

uint32_t span_words(const struct paragraph *paragraph, struct span span)
{
    uint32_t count = 0;
    for (uint32_t i = span.first; i < span.end; i++)
        count += is_word(token_at(paragraph, i));
    return count;
}

/* Words thrown in between two commas: an adverb, a short phrase of a preposition, a number. */
static bool is_aside(const struct paragraph *paragraph, struct span span, bool pending)
{
    const struct token *first = token_at(paragraph, span.first);
    uint32_t count = span_words(paragraph, span);
    if (count == 1)
        return first->pos == POS_ADVERB || first->pos == POS_INTERJECTION ||
               first->kind == TOKEN_NUMBER;
    return pending && count <= 5 && first->pos == POS_PREPOSITION;
}

static bool piece_push(struct figure_view *view, struct span span, uint32_t *joint, char mark)
{
    struct figure_scratch *scratch = view->scratch;
    const struct paragraph *p = view->paragraph;
    if (!span_trim(p, &span))
        return true;
    bool pending = *joint != NO_ROW;
    uint32_t first = span.first;
    if (is_joint(view->words, token_at(p, first)) ||
        (mark == ',' && word_is(word_at(view->words, p, first), "then"))) {
        *joint = first;
        span.first++;
        if (!span_trim(p, &span))
            return true;
    }
    uint32_t behind = NO_ROW;
    if (span.end - span.first > 1 && is_joint(view->words, token_at(p, span.end - 1))) {
        behind = --span.end;
        span_trim(p, &span);
    }
    bool aside = is_aside(p, span, pending);
    struct piece piece = {span, *joint, mark, aside};
    if (!aside || behind != NO_ROW)
        *joint = behind;
    return vec_push(scratch->memory, &scratch->pieces, piece);
}

bool pieces_find(struct figure_view *view, const struct sentence *sentence)
{
    const struct paragraph *p = view->paragraph;
    uint32_t first = sentence->first_token, end = first + sentence->token_count;
    uint32_t joint = NO_ROW;
    char mark = 0;
    view->scratch->pieces.count = 0;
    for (uint32_t i = first; i < end; i++) {
        const struct token *token = token_at(p, i);
        if (!(token->flags & TOKEN_BREAK))
            continue;
        if (!piece_push(view, (struct span){first, i}, &joint, mark))
            return false;
        first = i + 1;
        mark = mark_of(p, token);
    }
    return piece_push(view, (struct span){first, end}, &joint, mark);
}

/* ---- Builds ---------------------------------------------------------------------------------- */

static uint8_t verb_form(const struct words *words, const struct token *token)
{
    uint8_t form = words_type(words, token->type)->info.form[WORD_VERB];
    if (form & WORD_ING)
        return WORD_ING;
    if (form & WORD_THIRD)
        return WORD_THIRD;
    if (form & WORD_BASE)
        return WORD_BASE | (form & WORD_PAST);
    return WORD_PAST;
}

static bool is_nominal(uint8_t pos)
{
    return pos == POS_NOUN || pos == POS_NAME || pos == POS_NUMBER;
}

static bool is_modifier(uint8_t pos)
{
    return pos == POS_ADJECTIVE || pos == POS_DETERMINER || is_nominal(pos);
}

/* A verb that can stand with a subject, and does: a noun or pronoun before it in the span. */
bool has_finite(const struct words *words, const struct paragraph *paragraph, struct span span)
{
    bool subject = false;
    for (uint32_t i = span.first; i < span.end; i++) {
        const struct token *token = token_at(paragraph, i);
        const struct word_info *info = &words_type(words, token->type)->info;
        if (token->pos == POS_WH)
            return false;
        if (is_nominal(token->pos) || token->pos == POS_PRONOUN || token->pos == POS_DETERMINER)
            subject = true;
        if (token->pos == POS_PRONOUN && (info->closed & WORD_CONTRACTION))
            return true;
        if (!subject)
            continue;
        if (token->pos == POS_MODAL ||
            (token->pos == POS_AUXILIARY && token_at(paragraph, i - 1)->pos != POS_PARTICLE))
            return true;
        if (token->pos == POS_VERB && token->confidence >= 60 &&
            verb_form(words, token) != WORD_ING &&
            token_at(paragraph, i - 1)->pos != POS_PARTICLE &&
            token_at(paragraph, i - 1)->pos != POS_PREPOSITION)
            return true;
    }
    return false;
}

static struct build build_noun(const struct paragraph *paragraph, struct span span)
{
    uint32_t nouns = 0, names = 0, others = 0;
    bool tail = false;
    for (uint32_t i = span.first; i < span.end && !tail; i++) {
        const struct token *token = token_at(paragraph, i);
        if (token->pos == POS_NOUN)
            nouns++;
        else if (token->pos == POS_NAME || token->pos == POS_NUMBER)
            names++;
        else if (token->pos == POS_ADJECTIVE || token->pos == POS_DETERMINER)
            others++;
        else if (is_word(token))
            tail = true;
    }
    if (nouns + names == 0)
        return (struct build){others && !tail ? BUILD_ADJECTIVE : BUILD_NONE, 0};
    if (nouns == 0 && others == 0)
        return (struct build){tail ? BUILD_PHRASE : BUILD_NAME, 0};
    return (struct build){nouns == 1 && !names && !others && !tail ? BUILD_NOUN : BUILD_PHRASE, 0};
}

static bool is_negation(const struct words *words, const struct token *token)
{
    return word_in(words_type(words, token->type), " not never ");
}

struct build build_of(const struct words *words, const struct paragraph *paragraph,
                      struct span span)
{
    if (!span_trim(paragraph, &span))
        return (struct build){BUILD_NONE, 0};
    const struct token *token = token_at(paragraph, span.first);
    while ((token->pos == POS_ADVERB || is_negation(words, token)) && span.first + 1 < span.end) {
        const struct token *next = token_at(paragraph, span.first + 1);
        if (next->pos != POS_VERB && next->pos != POS_ADJECTIVE && next->pos != POS_ADVERB &&
            next->pos != POS_DETERMINER && next->pos != POS_PRONOUN &&
            next->pos != POS_PREPOSITION && token->pos == POS_ADVERB)
            break;
        span.first++;
        token = next;
    }
    const struct word_info *info = &words_type(words, token->type)->info;
    switch (token->pos) {
    case POS_PARTICLE:
        if (info->closed & WORD_TO)
            return (struct build){BUILD_INFINITIVE, 0};
        return (struct build){BUILD_NONE, 0};
    case POS_PREPOSITION:
        return (struct build){BUILD_PREPOSITION, token->type};
    case POS_WH:
    case POS_CONJUNCTION:
        return (struct build){BUILD_LINK, token->type};
    case POS_VERB:
        return (struct build){BUILD_VERB, verb_form(words, token)};
    case POS_AUXILIARY:
    case POS_MODAL:
        return (struct build){BUILD_LINK, token->type};
    case POS_ADVERB:
        return (struct build){span.first + 1 == span.end ? BUILD_ADVERB : BUILD_NONE, 0};
    case POS_PRONOUN:
    case POS_DETERMINER:
    case POS_ADJECTIVE:
    case POS_NOUN:
    case POS_NAME:
    case POS_NUMBER:
        if (has_finite(words, paragraph, span))
            return (struct build){BUILD_CLAUSE, 0};
        return build_noun(paragraph, span);
    default:
        return (struct build){BUILD_NONE, 0};
    }
}

static bool is_nounlike(enum build_kind kind)
{
    return kind == BUILD_NOUN || kind == BUILD_PHRASE || kind == BUILD_NAME;
}

bool build_agrees(struct build a, struct build b)
{
    if (a.kind == BUILD_NONE || b.kind == BUILD_NONE)
        return false;
    if (is_nounlike(a.kind) && is_nounlike(b.kind))
        return true;
    if (a.kind != b.kind)
        return false;
    if (a.kind == BUILD_VERB)
        return (a.detail & b.detail) != 0;
    return a.detail == b.detail;
}

/* A noun with what stands before it and "of" another, nothing else. */
static bool is_bare_phrase(const struct words *words, const struct paragraph *paragraph,
                           struct span span, bool of)
{
    for (uint32_t i = span.first; i < span.end; i++) {
        const struct token *token = token_at(paragraph, i);
        bool degree = token->pos == POS_ADVERB && i + 1 < span.end &&
                      token_at(paragraph, i + 1)->pos == POS_ADJECTIVE;
        bool owner = words_type(words, token->type)->info.closed & WORD_POSSESSIVE;
        if (is_word(token) && !is_modifier(token->pos) && !degree && !owner &&
            !(of && word_is(words_type(words, token->type), "of")))
            return false;
    }
    return true;
}

/* A series of nouns is one only where all but the last are nouns alone, between commas or
 * semicolons; the last is cut where a clause begins. Of three, "the health and education
 * programs" are no two. */
static bool nouns_settle(const struct words *words, const struct paragraph *paragraph,
                         struct member *members, uint32_t count, bool of)
{
    for (uint32_t i = 0; i + 1 < count; i++)
        if (!is_bare_phrase(words, paragraph, members[i].span, of) || members[i].mark == '-' ||
            members[i].mark == ':' || members[i].mark == '(')
            return false;
    struct span *last = &members[count - 1].span;
    if (count == 3 && token_at(paragraph, members[1].span.first)->pos == POS_DETERMINER &&
        token_at(paragraph, last->first)->pos != POS_DETERMINER)
        return false;
    for (uint32_t i = last->first + 1; i < last->end; i++) {
        uint8_t pos = token_at(paragraph, i)->pos;
        if (pos == POS_WH || pos == POS_VERB || pos == POS_AUXILIARY || pos == POS_MODAL ||
            pos == POS_PRONOUN || pos == POS_PARTICLE) {
            last->end = i;
            break;
        }
    }
    return span_trim(paragraph, last);
}

/* Where the noun with its modifiers begins that ends at span.end. */
static uint32_t noun_tail(const struct paragraph *paragraph, struct span span)
{
    uint32_t at = span.end;
    while (at > span.first && !is_nominal(token_at(paragraph, at - 1)->pos)) {
        uint8_t pos = token_at(paragraph, at - 1)->pos;
        if (pos == POS_VERB || pos == POS_PRONOUN || pos == POS_AUXILIARY || pos == POS_MODAL)
            return NO_ROW;
        at--;
        if (span.end - at > 6)
            return NO_ROW;
    }
    if (at == span.first)
        return NO_ROW;
    while (at > span.first) {
        const struct token *token = token_at(paragraph, at - 1);
        bool hyphen = token->kind == TOKEN_PUNCTUATION && (token->flags & TOKEN_GLUED) &&
                      !(token->flags & TOKEN_BREAK) && paragraph->bytes[token->start] == '-';
        bool part = at >= 2 && token->kind == TOKEN_WORD && token->flags & TOKEN_GLUED &&
                    paragraph->bytes[token_at(paragraph, at - 2)->start] == '-';
        if (!is_modifier(token->pos) && !hyphen && !part)
            break;
        at--;
        if (token->pos == POS_DETERMINER)
            break;
    }
    return at;
}

uint32_t build_tail(const struct words *words, const struct paragraph *paragraph, struct span span,
                    struct build build)
{
    if (build.kind == BUILD_CLAUSE)
        return build_of(words, paragraph, span).kind == BUILD_CLAUSE ? span.first : NO_ROW;
    if (is_nounlike(build.kind))
        return noun_tail(paragraph, span);
    if (build.kind == BUILD_ADJECTIVE || build.kind == BUILD_ADVERB) {
        uint32_t at = span.end - 1;
        uint8_t want = build.kind == BUILD_ADJECTIVE ? POS_ADJECTIVE : POS_ADVERB;
        if (token_at(paragraph, at)->pos != want)
            return NO_ROW;
        while (at > span.first && token_at(paragraph, at - 1)->pos == POS_ADVERB)
            at--;
        return at;
    }
    for (uint32_t at = span.end; at-- > span.first;) {
        const struct token *token = token_at(paragraph, at);
        if (build.kind == BUILD_VERB && token->pos == POS_VERB &&
            (verb_form(words, token) & build.detail))
            return at;
        if (build.kind == BUILD_INFINITIVE && token->pos == POS_PARTICLE &&
            (words_type(words, token->type)->info.closed & WORD_TO))
            return at;
        if ((build.kind == BUILD_PREPOSITION || build.kind == BUILD_LINK) &&
            token->type == build.detail)
            return at;
    }
    return NO_ROW;
}

enum { SERIES_MAX = 64 }; /* longer ones are cut */

/* ---- Series ---------------------------------------------------------------------------------- */

/* The conjunction inside a piece behind which a member of the same build begins; NO_ROW. */
static uint32_t inner_joint(const struct words *words, const struct paragraph *paragraph,
                            struct span span, struct build build)
{
    for (uint32_t i = span.first + 1; i + 1 < span.end; i++)
        if (word_in(word_at(words, paragraph, i), " and or nor ") &&
            (build_agrees(build_of(words, paragraph, (struct span){i + 1, span.end}), build) ||
             (is_nounlike(build.kind) && is_modifier(token_at(paragraph, i + 1)->pos))))
            return i;
    return NO_ROW;
}

static bool member_push(struct figure_view *view, struct span span, uint32_t joint, char mark)
{
    struct figure_scratch *scratch = view->scratch;
    if (!span_trim(view->paragraph, &span))
        return true;
    struct member member = {span, joint, mark};
    return vec_push(scratch->memory, &scratch->members, member);
}

/* The row of the piece after `at` that is no aside, or the count. */
static uint32_t next_piece(const struct figure_scratch *scratch, uint32_t at)
{
    do
        at++;
    while (at < scratch->pieces.count && scratch->pieces.at[at].aside);
    return at;
}

/* Where the first member begins in the piece before the second: at the word that the second begins
 * with, or where its build does. */
static uint32_t head_of(const struct words *words, const struct paragraph *paragraph,
                        struct span head, struct build build, struct span second)
{
    const struct token *first = token_at(paragraph, second.first);
    if (first->pos != POS_NAME && !word_in(words_type(words, first->type), " the a an of to in "))
        for (uint32_t at = head.end; at-- > head.first;)
            if (token_at(paragraph, at)->type == first->type)
                return at;
    return build.kind == BUILD_NONE ? (uint32_t)NO_ROW : build_tail(words, paragraph, head, build);
}

/* The build of a series' second member. One that looks like a clause may be the last two of a list
 * of nouns with what is said of them: "oats, barley and rye grow". */
static struct build series_build(const struct words *words, const struct paragraph *paragraph,
                                 struct span second)
{
    struct build build = build_of(words, paragraph, second);
    for (uint32_t i = second.first + 1; build.kind == BUILD_CLAUSE && i + 1 < second.end; i++) {
        struct span left = {second.first, i};
        if (!word_in(word_at(words, paragraph, i), " and or nor "))
            continue;
        if (is_bare_phrase(words, paragraph, left, true) &&
            is_modifier(token_at(paragraph, i + 1)->pos))
            return build_of(words, paragraph, left);
        break;
    }
    return build;
}

/* Of the build of the series, or beginning with the word that its second member begins with. */
static bool piece_fits(const struct words *words, const struct paragraph *paragraph,
                       struct span span, struct build build, struct span second, bool joined)
{
    const struct token *first = token_at(paragraph, span.first);
    if (joined && is_nounlike(build.kind) && is_modifier(first->pos))
        return true;
    return build_agrees(build_of(words, paragraph, span), build) ||
           (first->type == token_at(paragraph, second.first)->type && first->pos != POS_NAME &&
            !word_in(words_type(words, first->type), " the a an "));
}

/* Whether all members begin with one word that is no article: "both ..., both ..., both ...". */
bool begin_alike(const struct words *words, const struct paragraph *paragraph,
                 const struct series *series)
{
    const struct token *first = token_at(paragraph, series->members[0].span.first);
    for (uint32_t i = 1; i < series->count; i++)
        if (token_at(paragraph, series->members[i].span.first)->type != first->type)
            return false;
    return first->pos != POS_NAME && first->pos != POS_NUMBER &&
           !word_in(words_type(words, first->type), " the a an ");
}

/* The series whose second member is piece `second`; *behind: the piece after it. */
static bool series_take(struct figure_view *view, uint32_t before, uint32_t second,
                        struct series *out, uint32_t *behind)
{
    struct figure_scratch *scratch = view->scratch;
    const struct words *words = view->words;
    const struct paragraph *p = view->paragraph;
    const struct piece *pieces = scratch->pieces.at;
    struct span head = pieces[before].span;
    struct build build = series_build(words, p, pieces[second].span);
    *out = (struct series){.build = build, .joint_type = NO_ROW};
    *behind = second;
    scratch->members.count = 0;
    uint32_t start = head_of(words, p, head, build, pieces[second].span);
    if (start == NO_ROW)
        return true;
    if (!member_push(view, (struct span){start, head.end}, NO_ROW, 0))
        return false;
    char mark = pieces[second].mark;
    uint32_t at = second;
    while (at < scratch->pieces.count && scratch->members.count < SERIES_MAX &&
           (at == second ||
            (pieces[at].mark == mark && piece_fits(words, p, pieces[at].span, build,
                                                   pieces[second].span,
                                                   pieces[at].joint != NO_ROW)))) {
        struct span span = pieces[at].span;
        uint32_t joint = pieces[at].joint;
        uint32_t next = next_piece(scratch, at);
        bool again = next < scratch->pieces.count && joint != NO_ROW &&
                     pieces[next].joint != NO_ROW &&
                     token_at(p, joint)->type == token_at(p, pieces[next].joint)->type;
        bool more = (joint == NO_ROW || again) && next < scratch->pieces.count &&
                    pieces[next].mark == mark &&
                    piece_fits(words, p, pieces[next].span, build, pieces[second].span,
                               pieces[next].joint != NO_ROW);
        uint32_t inner = joint == NO_ROW && !more && build.kind != BUILD_CLAUSE
                             ? inner_joint(words, p, span, build)
                             : (uint32_t)NO_ROW;
        if (!member_push(view, (struct span){span.first, inner != NO_ROW ? inner : span.end}, joint,
                         mark))
            return false;
        if (inner != NO_ROW &&
            !member_push(view, (struct span){inner + 1, span.end}, inner, 0))
            return false;
        at = next;
        if (inner != NO_ROW || (joint != NO_ROW && !more))
            break;
    }
    *behind = at;
    out->members = scratch->members.at;
    out->count = scratch->members.count;
    if (is_nounlike(build.kind) && out->count >= 3 && !begin_alike(words, p, out) &&
        !nouns_settle(words, p, scratch->members.at, out->count, true))
        out->count = 0;
    for (uint32_t i = 1; i < out->count; i++)
        if (out->members[i].joint != NO_ROW) {
            out->joined++;
            out->joint_type = token_at(p, out->members[i].joint)->type;
        }
    out->closed = at >= scratch->pieces.count || pieces[at].mark != ',';
    return true;
}

bool series_each(struct figure_view *view, const struct sentence *sentence, series_use *use)
{
    struct figure_scratch *scratch = view->scratch;
    if (!pieces_find(view, sentence))
        return false;
    for (uint32_t i = 0; i + 1 < scratch->pieces.count;) {
        if (scratch->pieces.at[i].aside) {
            i++;
            continue;
        }
        struct series series;
        uint32_t second = next_piece(scratch, i), behind;
        if (second >= scratch->pieces.count)
            break;
        if (!series_take(view, i, second, &series, &behind))
            return false;
        if (series.count >= 3 && !use(view, &series))
            return false;
        i = behind > second + 1 ? behind - 1 : second;
    }
    return true;
}

/* ---- Likeness -------------------------------------------------------------------------------- */

enum { LIKENESS_MAX = 32 };

static uint8_t pos_group(uint8_t pos)
{
    return pos == POS_NAME ? POS_NOUN : pos == POS_NUMBER ? POS_ADJECTIVE : pos;
}

/* What of a word counts when two stretches are held side by side. */
struct feature { uint32_t lemma; uint8_t group; bool content; };

/* Those of a span's words, at most LIKENESS_MAX. */
static uint32_t features_of(const struct words *words, const struct paragraph *paragraph,
                            struct span span, struct feature features[LIKENESS_MAX])
{
    uint32_t count = 0;
    for (uint32_t i = span.first; i < span.end && count < LIKENESS_MAX; i++) {
        const struct token *token = token_at(paragraph, i);
        if (is_word(token))
            features[count++] = (struct feature){lemma_of(words, token), pos_group(token->pos),
                                                 is_content(words, token)};
    }
    return count;
}

static float feature_weight(const struct feature *a, const struct feature *b)
{
    if (a->group != b->group)
        return 0;
    if (a->lemma == b->lemma)
        return a->content ? 1.3f : 1.0f;
    return a->content ? 0.8f : 0.5f;
}

/* The heaviest common subsequence. */
float likeness(const struct words *words, const struct paragraph *paragraph, struct span a,
               struct span b, uint32_t *same)
{
    struct feature left[LIKENESS_MAX], right[LIKENESS_MAX];
    uint32_t n = features_of(words, paragraph, a, left);
    uint32_t m = features_of(words, paragraph, b, right);
    float best[2][LIKENESS_MAX + 1] = {{0}};
    uint8_t shared[2][LIKENESS_MAX + 1] = {{0}};
    for (uint32_t i = 1; i <= n; i++) {
        float *now = best[i & 1], *before = best[~i & 1];
        uint8_t *now_shared = shared[i & 1], *before_shared = shared[~i & 1];
        for (uint32_t j = 1; j <= m; j++) {
            const struct feature *x = &left[i - 1], *y = &right[j - 1];
            float weight = feature_weight(x, y);
            bool up = before[j] >= now[j - 1];
            now[j] = up ? before[j] : now[j - 1];
            now_shared[j] = up ? before_shared[j] : now_shared[j - 1];
            if (weight > 0 && before[j - 1] + weight > now[j]) {
                now[j] = before[j - 1] + weight;
                now_shared[j] =
                    (uint8_t)(before_shared[j - 1] + (x->content && x->lemma == y->lemma));
            }
        }
    }
    if (same)
        *same = shared[n & 1][m];
    return n + m ? 2 * best[n & 1][m] / (float)(n + m) : 0;
}

/* ---- Pairs ----------------------------------------------------------------------------------- */

enum { PAIR_WORDS_MAX = 32, PAIR_SHIFT = 3 };

/* The tail of `left` that is most like `right`: it begins with the same part of speech. */
static bool pair_align(const struct words *words, const struct paragraph *paragraph,
                       struct span left, struct span right, struct pair *out)
{
    uint32_t length = span_words(paragraph, right), count = 0;
    if (!span_trim(paragraph, &left) || length < 2 || length > PAIR_WORDS_MAX)
        return false;
    uint8_t first = pos_group(token_at(paragraph, right.first)->pos);
    out->like = 0;
    for (uint32_t at = left.end; at-- > left.first;) {
        const struct token *token = token_at(paragraph, at);
        if (!is_word(token))
            continue;
        if (++count > length + PAIR_SHIFT)
            break;
        if (count + PAIR_SHIFT < length || (pos_group(token->pos) != first && count != length))
            continue;
        uint32_t same;
        struct span a = {at, left.end};
        float like = likeness(words, paragraph, a, right, &same);
        if (like > out->like) {
            out->like = like;
            out->same = same;
            out->a = a;
        }
    }
    out->b = right;
    return out->like > 0;
}

/* Two sentences read from their beginnings, as far as the shorter goes. */
static void pair_from_start(const struct words *words, const struct paragraph *paragraph,
                            struct span left, struct span right, struct pair *pair)
{
    uint32_t n = span_words(paragraph, left), m = span_words(paragraph, right), same;
    while (m > n + 2 && right.end > right.first)
        m -= is_word(token_at(paragraph, --right.end));
    while (n > m + 2 && left.end > left.first)
        n -= is_word(token_at(paragraph, --left.end));
    if (!span_trim(paragraph, &left) || !span_trim(paragraph, &right))
        return;
    float like = likeness(words, paragraph, left, right, &same);
    if (like <= pair->like)
        return;
    pair->a = left;
    pair->b = right;
    pair->like = like;
    pair->same = same;
}

static bool pair_try(struct figure_view *view, enum pair_kind kind, struct span left,
                     struct span right, uint32_t joint, pair_use *use)
{
    struct pair pair = {.kind = kind, .joint = joint};
    if (!span_trim(view->paragraph, &right))
        return true;
    pair_align(view->words, view->paragraph, left, right, &pair);
    if (kind == PAIR_SENTENCES)
        pair_from_start(view->words, view->paragraph, left, right, &pair);
    return pair.like > 0 ? use(view, &pair) : true;
}

static bool pairs_of_sentence(struct figure_view *view, pair_use *use)
{
    const struct figure_scratch *scratch = view->scratch;
    const struct paragraph *p = view->paragraph;
    for (uint32_t i = 0; i < scratch->pieces.count; i++) {
        struct span span = scratch->pieces.at[i].span;
        for (uint32_t at = span.first + 1; at + 1 < span.end; at++)
            if (word_in(word_at(view->words, p, at), " and or but nor while whereas than ") &&
                !pair_try(view, PAIR_JOINED, (struct span){span.first, at},
                          (struct span){at + 1, span.end}, at, use))
                return false;
        if (i && !pair_try(view, PAIR_PIECES, scratch->pieces.at[i - 1].span, span,
                           scratch->pieces.at[i].joint, use))
            return false;
    }
    return true;
}

/* The halves of a sentence that semicolons part, held side by side as sentences are. */
static bool pairs_of_halves(struct figure_view *view, struct span sentence, pair_use *use)
{
    const struct paragraph *p = view->paragraph;
    struct span before = {0, 0}, own = {sentence.first, sentence.first};
    for (; own.end <= sentence.end; own.end++) {
        bool ends = own.end == sentence.end;
        if (!ends && (!(token_at(p, own.end)->flags & TOKEN_BREAK) ||
                      p->bytes[token_at(p, own.end)->start] != ';'))
            continue;
        if (ends && !before.end)
            break;
        if (before.end &&
            !pair_try(view, PAIR_SENTENCES, before, own, NO_ROW, use))
            return false;
        before = own;
        own.first = own.end + 1;
    }
    return true;
}

bool pairs_each(struct figure_view *view, pair_use *use)
{
    const struct paragraph *p = view->paragraph;
    struct span before = {0, 0};
    for (uint32_t i = 0; i < p->sentences.count; i++) {
        const struct sentence *sentence = &p->sentences.at[i];
        struct span span = {sentence->first_token, sentence->first_token + sentence->token_count};
        uint32_t joint = NO_ROW;
        if (!pieces_find(view, sentence) || !pairs_of_sentence(view, use) ||
            !pairs_of_halves(view, span, use))
            return false;
        if (!span_trim(p, &span))
            continue;
        if (is_joint(view->words, token_at(p, span.first)) && span.first + 1 < span.end)
            joint = span.first++;
        if (i && before.end && !pair_try(view, PAIR_SENTENCES, before, span, joint, use))
            return false;
        before = span;
    }
    return true;
}

/* ---- Joined by conjunctions alone ------------------------------------------------------------ */

enum { JOINED_WORDS_MAX = 9 };

/* Members between conjunctions of one kind: alike in build, or in their first word and length. */
static bool joined_agrees(const struct words *words, const struct paragraph *paragraph,
                          struct span a, struct span b)
{
    uint32_t n = span_words(paragraph, a), m = span_words(paragraph, b);
    if (n > JOINED_WORDS_MAX || m > JOINED_WORDS_MAX)
        return false;
    if (token_at(paragraph, a.first)->type == token_at(paragraph, b.first)->type && n <= m + 1 &&
        m <= n + 1 && n > 1)
        return true;
    return build_agrees(build_of(words, paragraph, a), build_of(words, paragraph, b));
}

/* The member before the first conjunction: the tail of as many words as the second has, or of its
 * build. */
static bool joined_head(const struct words *words, const struct paragraph *paragraph,
                        struct span before, struct span second, struct span *out)
{
    struct build build = build_of(words, paragraph, second);
    struct pair pair = {.kind = PAIR_JOINED};
    uint32_t start = build_tail(words, paragraph, before, build);
    bool clause = build.kind == BUILD_NONE || start == NO_ROW ||
                  token_at(paragraph, second.first)->pos == POS_DETERMINER;
    if (clause && pair_align(words, paragraph, before, second, &pair))
        *out = pair.a;
    else if (start != NO_ROW)
        *out = (struct span){start, before.end};
    else
        return false;
    return span_trim(paragraph, out);
}

/* A clause inside: "and" behind it may join words of that one. */
static bool has_link(const struct figure_view *view, struct span span)
{
    for (uint32_t i = span.first + 1; i < span.end; i++)
        if (word_in(word_at(view->words, view->paragraph, i),
                    " that which who as because if when both to "))
            return true;
    return false;
}

static bool joined_flush(struct figure_view *view, struct span sentence, series_use *use)
{
    struct figure_scratch *scratch = view->scratch;
    struct span head;
    if (scratch->members.count < 2)
        return true;
    struct member *first = &scratch->members.at[0];
    struct span before = {sentence.first, first->joint};
    for (uint32_t at = before.end; at-- > before.first;)
        if (token_at(view->paragraph, at)->flags & TOKEN_BREAK && at + 1 < before.end) {
            before.first = at + 1;
            break;
        }
    if (!span_trim(view->paragraph, &before) ||
        !joined_head(view->words, view->paragraph, before, first->span, &head) ||
        !joined_agrees(view->words, view->paragraph, head, first->span))
        return true;
    if (!vec_room(scratch->memory, &scratch->members, 1))
        return false;
    struct build build = build_of(view->words, view->paragraph, first->span);
    uint32_t count = ++scratch->members.count;
    memmove(scratch->members.at + 1, scratch->members.at, (count - 1) * sizeof *first);
    scratch->members.at[0] = (struct member){head, NO_ROW, 0};
    if (is_nounlike(build.kind) &&
        !nouns_settle(view->words, view->paragraph, scratch->members.at, count, false))
        return true;
    for (uint32_t i = 0; build.kind == BUILD_CLAUSE && i + 1 < count; i++)
        if (has_link(view, scratch->members.at[i].span))
            return true;
    struct series series = {
        .build = build,
        .count = count, .joined = count - 1, .closed = true, .members = scratch->members.at,
        .joint_type = token_at(view->paragraph, scratch->members.at[1].joint)->type};
    return use(view, &series);
}

/* What the conjunction at `at` joins on its right: to the next conjunction of its kind or mark. */
static struct span joined_right(const struct paragraph *paragraph, uint32_t at, uint32_t end)
{
    struct span span = {at + 1, at + 1};
    uint32_t type = token_at(paragraph, at)->type;
    while (span.end < end && !(token_at(paragraph, span.end)->flags & TOKEN_BREAK) &&
           token_at(paragraph, span.end)->type != type)
        span.end++;
    return span;
}

bool joined_each(struct figure_view *view, const struct sentence *sentence, series_use *use)
{
    struct figure_scratch *scratch = view->scratch;
    const struct paragraph *p = view->paragraph;
    struct span all = {sentence->first_token, sentence->first_token + sentence->token_count};
    uint32_t behind = 0, type = NO_ROW;
    scratch->members.count = 0;
    for (uint32_t at = all.first + 1; at + 1 < all.end; at++) {
        if (!word_in(word_at(view->words, p, at), " and or nor "))
            continue;
        struct span right = joined_right(p, at, all.end);
        if (!span_trim(p, &right))
            continue;
        bool marked = token_at(p, at - 1)->flags & TOKEN_BREAK;
        bool follows = scratch->members.count && token_at(p, at)->type == type &&
                       at <= behind + 1 &&
                       marked == (scratch->members.at[0].mark == ',') &&
                       joined_agrees(view->words, p,
                                     scratch->members.at[scratch->members.count - 1].span, right);
        if (!follows) {
            if (!joined_flush(view, all, use))
                return false;
            scratch->members.count = 0;
        }
        struct member member = {right, at, marked ? ',' : 0};
        if (!vec_push(scratch->memory, &scratch->members, member))
            return false;
        type = token_at(p, at)->type;
        behind = right.end;
    }
    return joined_flush(view, all, use);
}

/* ---- Emitting -------------------------------------------------------------------------------- */

bool crosses_quotation(const struct paragraph *paragraph, struct span span)
{
    uint32_t start = token_at(paragraph, span.first)->start;
    uint32_t end = token_end(token_at(paragraph, span.end - 1));
    for (uint32_t i = 0; i < paragraph->quotations.count; i++) {
        const struct quotation *quotation = &paragraph->quotations.at[i];
        bool starts = quotation->start >= start && quotation->start < end;
        bool ends = quotation->end > start && quotation->end <= end;
        if (starts != ends)
            return true;
    }
    return false;
}

bool span_emit(struct figure_view *view, struct span span, float score,
               const struct figure_part *parts, uint32_t part_count)
{
    const struct paragraph *p = view->paragraph;
    return view->emit(view->sink, token_at(p, span.first)->start,
                      token_end(token_at(p, span.end - 1)), score, parts, part_count);
}

bool members_emit(struct figure_view *view, const struct member *members, uint32_t count,
                  float score)
{
    static const char *const names[] = {"first", "second", "third"};
    struct figure_scratch *scratch = view->scratch;
    scratch->parts.count = 0;
    for (uint32_t i = 0; i < count && i < PARTS_MAX; i++) {
        struct span span = members[i].span;
        struct figure_part part = {i < 3 ? names[i] : "member",
                                   token_at(view->paragraph, span.first)->start,
                                   token_end(token_at(view->paragraph, span.end - 1))};
        if (!vec_push(scratch->memory, &scratch->parts, part))
            return false;
    }
    return span_emit(view, (struct span){members[0].span.first, members[count - 1].span.end}, score,
                     scratch->parts.at, scratch->parts.count);
}
