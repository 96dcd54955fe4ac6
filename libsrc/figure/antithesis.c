/* antithesis.c: contrasted ideas in balanced build (Lausberg 1960, §§ 787-807; Corbett and
 * Connors 1999, 382).
 * In: a paragraph. Out: a tag over both sides; parts first, second. The forms: a denial and what
 * stands in its place (not X but Y; X, not Y; no X but Y; "Rather, ..." behind a denied
 * sentence); a choice (X rather than Y, instead of, asks more than it gives); two sides of like
 * build with opposite words (the many who are poor, the few who are rich), with opposite parties
 * (you, we), or one of them denied; two conditions that exclude each other (if we fail, if we
 * succeed).
 * Example: "we need not a promise but a plan". Near miss: "I did not call, but she wrote": a new
 * subject behind "but" contrasts nothing.
 * Cost: linear. */
#include "figure/opposite.h"
#include "figure/scratch.h"

enum { SIDE_WORDS_MAX = 14, NO_REACH = 14, PAIR_REACH = 24, PAIR_WORDS = 26 };

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
        word_in(word_at(view->words, p, but + 1), " also for "))
        return true;
    uint32_t answer = but + 1;
    while (answer + 1 < sentence.end &&
           (!is_word(token_at(p, answer)) ||
            word_in(word_at(view->words, p, answer), " rather instead ")))
        answer++;
    struct span a = {at + 1, but}, b = side_right(view, answer, sentence.end);
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

/* "no mere favor but a right", "in no spirit of envy, but with joy": "a" or the preposition stands
 * behind "but"; with "the" it excepts ("no bus but the last one"). */
static bool no_but(struct figure_view *view, uint32_t at, struct span sentence)
{
    const struct paragraph *p = view->paragraph;
    uint32_t but = at + 1;
    while (but + 2 < sentence.end && but < at + NO_REACH &&
           !word_is(word_at(view->words, p, but), "but") &&
           token_at(p, but)->pos != POS_AUXILIARY && token_at(p, but)->pos != POS_MODAL)
        but++;
    if (but < at + 2 || but + 2 >= sentence.end || !word_is(word_at(view->words, p, but), "but"))
        return true;
    uint32_t answer = but + 1;
    while (answer + 2 < sentence.end &&
           (!is_word(token_at(p, answer)) ||
            word_in(word_at(view->words, p, answer), " rather instead only also ")))
        answer++;
    uint8_t pos = token_at(p, answer)->pos, before = at ? token_at(p, at - 1)->pos : POS_OTHER;
    struct span a = {at, but}, b = side_right(view, answer, sentence.end);
    bool fits = (pos == POS_PREPOSITION && before == POS_PREPOSITION) ||
                word_in(word_at(view->words, p, answer), " a an ");
    if (!fits || !span_trim(p, &a) || b.first >= b.end ||
        clause_begins(view, b.first, sentence.end))
        return true;
    return sides_emit(view, a, b, (struct span){at, b.end}, 0.65f);
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
    if (b.first >= b.end || a.first >= a.end || span_words(p, b) > 12)
        return true;
    for (uint32_t i = b.end; i < sentence.end && i < b.end + 8; i++)
        if (word_is(word_at(view->words, p, i), "but"))
            return true;
    struct build build = build_of(view->words, p, b);
    bool nominal = build.kind == BUILD_NOUN || build.kind == BUILD_PHRASE;
    if (build.kind == BUILD_NONE || build.kind == BUILD_CLAUSE ||
        (build_tail(view->words, p, a, build) == NO_ROW && !nominal))
        return true;
    a = side_answer(view, a, b);
    bool closes = b.end >= sentence.end || p->bytes[token_at(p, b.end)->start] != ',';
    float score = build.kind == BUILD_VERB ? (closes && span_words(p, b) <= 4 ? 0.6f : 0.45f)
                  : build.kind == BUILD_LINK ? 0.6f
                  : joined ? 0.7f : 0.75f;
    return sides_emit(view, a, b, (struct span){a.first, b.end}, score);
}

/* ---- Choice ---------------------------------------------------------------------------------- */

/* "X rather than Y", "X instead of Y"; "rather than X, Y" at the beginning of a clause. */
static bool choice(struct figure_view *view, uint32_t at, struct span sentence)
{
    const struct paragraph *p = view->paragraph;
    struct span b = side_right(view, at + 2, sentence.end);
    struct span a = side_left(view, sentence.first, at);
    if (b.first >= b.end || token_at(p, b.first)->kind == TOKEN_NUMBER)
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

/* "it asks more than it gives": a verb on both sides of the comparison, of one subject. */
static bool more_than(struct figure_view *view, uint32_t at, struct span sentence)
{
    const struct paragraph *p = view->paragraph;
    struct span b = side_right(view, at + 1, sentence.end);
    struct span a = side_left(view, sentence.first, at);
    if (at < sentence.first + 3 || b.first + 2 > b.end || a.first >= a.end ||
        token_at(p, b.first)->pos != POS_PRONOUN ||
        token_at(p, b.first + 1)->pos != POS_VERB)
        return true;
    uint32_t verb = a.end;
    while (verb > a.first && token_at(p, verb - 1)->pos != POS_VERB && a.end - verb < 4)
        verb--;
    if (verb == a.first || token_at(p, verb - 1)->pos != POS_VERB ||
        lemma_of(view->words, token_at(p, verb - 1)) ==
            lemma_of(view->words, token_at(p, b.first + 1)))
        return true;
    a.first = verb - 1;
    b.end = b.first + 2;
    return sides_emit(view, a, b, (struct span){a.first, b.end}, 0.55f);
}

static bool denials_find(struct figure_view *view, struct span sentence)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t at = sentence.first; at + 2 < sentence.end; at++) {
        const struct word_type *type = word_at(view->words, p, at);
        if (word_is(type, "no") && !no_but(view, at, sentence))
            return false;
        if (type->length < 3 || !is_word(token_at(p, at)))
            continue;
        bool next_than = word_is(word_at(view->words, p, at + 1), "than");
        bool next_of = word_is(word_at(view->words, p, at + 1), "of");
        if ((next_than && word_is(type, "rather")) || (next_of && word_is(type, "instead"))) {
            if (!choice(view, at, sentence))
                return false;
        } else if (word_is(type, "than")) {
            if (!more_than(view, at, sentence))
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

/* A denial, "but", "than" or the like between two rows of one sentence sets them apart. */
static bool turned_between(const struct figure_view *view, uint32_t a, uint32_t b)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t i = a + 1; i < b; i++)
        if (word_in(word_at(view->words, p, i), " but yet than rather instead while whereas ") ||
            word_at(view->words, p, i)->info.closed & WORD_NEGATION)
            return true;
    return false;
}

static float opposites_score(const struct figure_view *view, uint32_t a, uint32_t b, bool denied,
                             bool sentences, struct span *whole)
{
    bool content, frame = frames_agree(view, a, b, &content, whole);
    if (joined_only(view, a, b))
        return denied ? 0.5f : 0.35f;
    float score = denied ? 0.45f : 0.3f;
    score += content ? 0.25f : 0;
    score += frame ? 0.2f : is_level(view, a, b) ? 0.2f : 0;
    score += !sentences && turned_between(view, a, b) ? 0.2f : 0;
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
            bool level = before->pos == token->pos ||
                         (token->pos <= POS_ADVERB && before->pos + token->pos == POS_ADVERB);
            if (!level || !are_opposites(view->words, other, &own))
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

/* Pronouns that set one party against another. */
static uint8_t party_of(const struct word_type *type)
{
    static const char *const parties[] = {
        " i i'm i've i'll i'd me my mine we we're we've we'll we'd us our ours ",
        " you you're you've you'll you'd your yours ",
        " he he's him his she she's her hers they they're they've they'll them their theirs "};
    for (uint8_t i = 0; i < 3; i++)
        if (word_in(type, parties[i]))
            return i + 1;
    return 0;
}

/* Whether two rows hold opposites: words of one part of speech, or behind the same word: "turned it
 * right ... turned it left". */
static bool rows_opposed(const struct figure_view *view, uint32_t i, uint32_t j)
{
    const struct paragraph *p = view->paragraph;
    const struct token *x = token_at(p, i), *y = token_at(p, j);
    if (!is_word(x) || !is_word(y) || x->pos == POS_PREPOSITION || x->pos == POS_PARTICLE)
        return false;
    uint32_t a = lemma_of(view->words, x), b = lemma_of(view->words, y);
    if (x->pos != y->pos) {
        if (i == 0 || token_at(p, i - 1)->type != token_at(p, j - 1)->type)
            return false;
        a = x->type;
        b = y->type;
    }
    const struct word_type *left = words_type(view->words, a);
    return are_opposite(left, opposites_of(left), words_type(view->words, b));
}

/* A pair of opposites, one on each side; at most OPPOSED_WORDS words are looked at. */
static bool opposed(const struct figure_view *view, const struct pair *pair)
{
    enum { OPPOSED_WORDS = 32 };
    for (uint32_t i = pair->a.first; i < pair->a.end && i < pair->a.first + OPPOSED_WORDS; i++)
        for (uint32_t j = pair->b.first; j < pair->b.end && j < pair->b.first + OPPOSED_WORDS; j++)
            if (rows_opposed(view, i, j))
                return true;
    return false;
}

/* The party of the subject: the first word that is a pronoun of person, before any verb. */
static uint8_t subject_party(const struct figure_view *view, struct span span)
{
    for (uint32_t i = span.first; i < span.end && i < span.first + 4; i++) {
        const struct token *token = token_at(view->paragraph, i);
        uint8_t party = 0;
        if (token->pos == POS_PRONOUN)
            party = party_of(word_at(view->words, view->paragraph, i));
        if (party || token->pos == POS_VERB || token->pos == POS_AUXILIARY)
            return party;
    }
    return 0;
}

/* Whether the verb at `row` is denied: a negation shortly before it. */
static bool verb_denied(const struct figure_view *view, struct span span, uint32_t row)
{
    uint32_t from = row > span.first + 4 ? row - 4 : span.first;
    return is_denied(view, (struct span){from, row});
}

/* A verb that both sides have, denied in one of them; be, have and do apart. */
static bool denies_verb(const struct figure_view *view, const struct pair *pair)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t i = pair->a.first; i < pair->a.end && i < pair->a.first + 12; i++)
        for (uint32_t j = pair->b.first; j < pair->b.end && j < pair->b.first + 12; j++)
            if (token_at(p, i)->pos == POS_VERB && token_at(p, j)->pos == POS_VERB &&
                lemma_of(view->words, token_at(p, i)) == lemma_of(view->words, token_at(p, j)) &&
                !word_in(words_type(view->words, lemma_of(view->words, token_at(p, i))),
                         " be have do ") &&
                verb_denied(view, pair->a, i) != verb_denied(view, pair->b, j))
                return true;
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

/* What answers a denial: "Rather, ...", "Instead, ...", "On the contrary". */
static bool corrects(const struct figure_view *view, struct span span)
{
    const struct paragraph *p = view->paragraph;
    if (word_in(word_at(view->words, p, span.first), " rather instead "))
        return true;
    return span.first + 2 < span.end && word_is(word_at(view->words, p, span.first), "on") &&
           word_is(word_at(view->words, p, span.first + 2), "contrary");
}

/* Opposite words, or opposite parties, in two sides of one build. */
static float contrast_score(const struct figure_view *view, const struct pair *pair, uint32_t words)
{
    bool joined = pair->kind == PAIR_JOINED;
    if (words >= 4 && pair->like >= (joined ? 0.62f : 0.5f) && opposed(view, pair))
        return 0.55f;
    uint8_t a = subject_party(view, pair->a), b = subject_party(view, pair->b);
    if (!joined && a && b && a != b && words >= 4 &&
        (pair->same >= 2 ? pair->like >= 0.5f : pair->same == 1 && pair->like >= 0.65f))
        return 0.55f;
    return 0;
}

/* "We do not want pity. We want work": one side denied, the other of the same subject and verb. */
static float denial_score(const struct figure_view *view, const struct pair *pair, uint32_t words)
{
    const struct paragraph *p = view->paragraph;
    bool but = pair->joint != NO_ROW && word_is(word_at(view->words, p, pair->joint), "but");
    bool before = is_denied(view, pair->a), behind = is_denied(view, pair->b);
    if (pair->kind == PAIR_JOINED || words < 4 || (before == behind && !but))
        return 0;
    if (pair->same >= 1 && pair->like >= 0.35f && pair->kind == PAIR_SENTENCES && before &&
        turns(view, pair->b))
        return 0.55f;
    bool subject = token_at(p, pair->a.first)->type == token_at(p, pair->b.first)->type;
    if (before != behind && subject && pair->like >= 0.4f && denies_verb(view, pair))
        return 0.55f;
    if (pair->same == 0 || pair->like < 0.55f)
        return 0;
    float score = but ? 0.35f + 0.4f * pair->like : 0.2f + 0.4f * pair->like;
    return score + (pair->same >= 2 ? 0.1f : 0);
}

static bool antithesis_pair(struct figure_view *view, const struct pair *pair)
{
    uint32_t words = span_words(view->paragraph, pair->b);
    bool corrected = pair->kind == PAIR_SENTENCES && corrects(view, pair->b) &&
                     is_denied(view, pair->a);
    if (!corrected && (words > PAIR_WORDS || span_words(view->paragraph, pair->a) > PAIR_WORDS))
        return true;
    float contrast = contrast_score(view, pair, words), denial = denial_score(view, pair, words);
    float score = corrected ? 0.6f : contrast > denial ? contrast : denial;
    return score < 0.3f || sides_emit(view, pair->a, pair->b,
                                      (struct span){pair->a.first, pair->b.end}, score);
}

/* ---- Two conditions -------------------------------------------------------------------------- */

enum { CONDITION_REACH = 120, CONDITION_WORDS = 16, CONDITIONS = 4 };

static bool condition_begins(const struct figure_view *view, uint32_t row)
{
    const struct paragraph *p = view->paragraph;
    if (!word_in(word_at(view->words, p, row), " if when "))
        return false;
    return token_at(p, row)->flags & TOKEN_FIRST || row == 0 || is_break(p, row - 1) ||
           word_in(word_at(view->words, p, row - 1), " and but or ");
}

/* Two conditions with opposite words, or the same verb denied in one. */
static bool conditions_differ(const struct figure_view *view, struct span a, struct span b)
{
    struct pair pair = {.a = a, .b = b};
    return token_at(view->paragraph, a.first)->type == token_at(view->paragraph, b.first)->type &&
           a.first + CONDITION_REACH > b.first &&
           (opposed(view, &pair) || denies_verb(view, &pair));
}

/* "If we fail, ... . But if we succeed, ...": each condition is held against the last few. */
static bool conditions_find(struct figure_view *view)
{
    const struct paragraph *p = view->paragraph;
    struct span seen[CONDITIONS];
    uint32_t count = 0;
    for (uint32_t i = 0; i + 1 < p->tokens.count; i++) {
        if (!is_word(token_at(p, i)) || !condition_begins(view, i))
            continue;
        struct span span = {i, i};
        while (span.end < p->tokens.count && !is_break(p, span.end) &&
               span.end < i + CONDITION_WORDS)
            span.end++;
        for (uint32_t k = 0; k < CONDITIONS && k < count; k++) {
            struct span before = seen[(count - 1 - k) % CONDITIONS];
            if (!conditions_differ(view, before, span))
                continue;
            if (!sides_emit(view, before, span, (struct span){before.first, span.end}, 0.6f))
                return false;
            break;
        }
        seen[count++ % CONDITIONS] = span;
    }
    return true;
}

bool antithesis_find(struct figure_view *view)
{
    for (uint32_t i = 0; i < view->paragraph->sentences.count; i++) {
        const struct sentence *sentence = &view->paragraph->sentences.at[i];
        if (!denials_find(view, (struct span){sentence->first_token,
                                              sentence->first_token + sentence->token_count}))
            return false;
    }
    return opposites_find(view) && conditions_find(view) && pairs_each(view, antithesis_pair);
}
