/* antithesis.c: contrasted ideas in balanced build (Lausberg 1960, §§ 787-807; Corbett and Connors
 * 1999, 382).
 * In: a paragraph. Out: a tag over both sides; parts first, second. Three forms: a denial and what
 * stands in its place (not X but Y; X, not Y); a choice (X rather than Y, instead of); two sides of
 * like build with opposite words (the many who are poor, the few who are rich), or one of them denied.
 * Example: "we need not a promise but a plan". Near miss: "I did not call, but she wrote": a new
 * subject behind "but" contrasts nothing.
 * Cost: linear. */
#include "figure/scratch.h"

#include <string.h>

enum { SIDE_WORDS_MAX = 14, PAIR_REACH = 24 };

/* Opposites, by lemma; sorted is not needed: the list is short and asked for content words alone. */
static const char opposites[] =
    " many/few more/less most/least rich/poor wealth/poverty strong/weak strength/weakness war/peace "
    "love/hate love/hatred hatred/friendship good/evil good/bad good/ill better/worse best/worst "
    "right/wrong true/false truth/lie truth/falsehood fact/fiction old/new old/young past/future "
    "yesterday/today today/tomorrow yesterday/tomorrow first/last begin/end beginning/end "
    "start/finish birth/death life/death live/die born/die hope/fear hope/despair fear/courage "
    "promise/peril light/darkness light/dark dawn/dusk day/night summer/winter friend/enemy "
    "friend/foe ally/enemy ally/adversary win/lose victory/defeat success/failure succeed/fail "
    "rise/fall gain/loss profit/loss big/small great/small large/small high/low top/bottom up/down "
    "above/below inside/outside in/out over/under before/after ask/answer question/answer word/deed "
    "word/action talk/action theory/practice problem/solution unite/divide union/division "
    "join/separate open/close open/shut open/secret public/private free/slave freedom/slavery "
    "freedom/bondage freedom/tyranny liberty/tyranny liberty/bondage democracy/dictatorship "
    "master/servant ruler/ruled buy/sell give/take give/receive give/get borrow/lend lend/borrow "
    "save/spend build/destroy create/destroy help/harm help/hurt heal/wound heal/hurt attack/defend "
    "guilty/innocent guilt/innocence virtue/vice reward/punish reward/punishment praise/blame "
    "heaven/hell heaven/earth body/soul body/mind mind/heart head/heart hand/heart sword/plowshare "
    "gun/butter bullet/ballot easy/hard simple/complex simple/complicated cheap/expensive cheap/dear "
    "fast/slow quick/slow hot/cold warm/cold wet/dry hard/soft wise/foolish wisely/foolishly "
    "wise/fool wisdom/folly reason/passion reason/emotion sense/nonsense cause/effect means/end "
    "man/woman men/women boy/girl father/mother son/daughter husband/wife white/black black/white "
    "north/south east/west left/right liberal/conservative republican/democrat employer/worker "
    "labor/capital labor/management minority/majority few/all none/all nothing/everything "
    "nobody/everybody never/always forget/remember remember/forget ignore/remember hear/ignore "
    "laugh/cry laugh/weep joy/sorrow joy/grief pleasure/pain happiness/misery comfort/misery plenty/want "
    "surplus/shortage abundance/scarcity feast/famine order/chaos order/anarchy stability/chaos "
    "wonder/terror conflict/cooperation cooperation/confrontation confrontation/negotiation "
    "negotiate/fight retreat/advance advance/decline progress/decline growth/decline grow/shrink "
    "increase/decrease expand/contract raise/lower lead/follow leader/follower speak/listen "
    "accept/reject accept/refuse allow/forbid include/exclude include/omit remember/neglect "
    "arrive/leave come/go stand/fall stand/sit work/rest sleep/wake sink/swim push/pull "
    "teacher/student doctor/patient city/country urban/rural native/foreign domestic/foreign "
    "national/local global/local temporary/permanent ancient/modern early/late short/long "
    "near/far near/distant present/absent full/empty thick/thin deep/shallow heavy/light clean/dirty "
    "safe/dangerous safety/danger security/risk sweet/bitter alive/dead living/dead real/imaginary "
    "real/apparent appearance/reality servant/king citizen/subject tyrant/citizen debt/wealth "
    "asset/liability privilege/duty right/duty rights/duties servitude/freedom darkness/dawn "
    "certainty/uncertainty necessity/luxury need/luxury cure/disease disease/remedy pride/shame "
    "honor/shame honor/disgrace glory/shame welcome/shun faith/doubt trust/suspicion "
    "optimist/pessimist optimism/pessimism whisper/shout plant/harvest sow/reap ";

static bool listed(const struct word_type *a, const struct word_type *b)
{
    char key[2 * WORD_MAX + 4];
    if (a->length >= WORD_MAX || b->length >= WORD_MAX)
        return false;
    size_t n = 0;
    key[n++] = ' ';
    memcpy(key + n, a->text, a->length);
    n += a->length;
    key[n++] = '/';
    memcpy(key + n, b->text, b->length);
    n += b->length;
    key[n++] = ' ';
    key[n] = 0;
    return strstr(opposites, key) != NULL;
}

/* certain and uncertain, capable and incapable, hope and hopeless. */
static bool denied_form(const struct word_type *plain, const struct word_type *other)
{
    static const char *const before[] = {"un", "in", "im", "ir", "dis", "non", "under", "mis"};
    static const char *const behind[] = {"less", "-less"};
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t n = strlen(before[i]);
        if (plain->length > 3 && other->length == plain->length + n &&
            !memcmp(other->text, before[i], n) &&
            !memcmp(other->text + n, plain->text, plain->length))
            return true;
    }
    for (size_t i = 0; i < sizeof behind / sizeof *behind; i++)
        if (plain->length > 3 && other->length == plain->length + strlen(behind[i]) &&
            !memcmp(other->text, plain->text, plain->length) &&
            !strcmp(other->text + plain->length, behind[i]))
            return true;
    return false;
}

static bool are_opposites(const struct words *words, const struct token *a, const struct token *b)
{
    const struct word_type *x = words_type(words, lemma_of(words, a));
    const struct word_type *y = words_type(words, lemma_of(words, b));
    return listed(x, y) || listed(y, x) || denied_form(x, y) || denied_form(y, x);
}

/* ---- Sides ------------------------------------------------------------------------------------- */

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

/* ---- Denial ------------------------------------------------------------------------------------ */

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
    if (clause_begins(view, b.first, sentence.end) && first->type != token_at(p, b.first)->type)
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

/* ---- Choice ------------------------------------------------------------------------------------ */

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

/* ---- Opposite words in like places ------------------------------------------------------------- */

/* Pairs of opposites, one on each side. */
static uint32_t count_opposites(const struct figure_view *view, const struct pair *pair)
{
    const struct paragraph *p = view->paragraph;
    uint32_t count = 0;
    for (uint32_t i = pair->a.first; i < pair->a.end; i++) {
        if (!is_word(token_at(p, i)) || word_at(view->words, p, i)->length < 2)
            continue;
        for (uint32_t j = pair->b.first; j < pair->b.end; j++)
            if (token_at(p, i)->pos == token_at(p, j)->pos &&
                are_opposites(view->words, token_at(p, i), token_at(p, j))) {
                count++;
                break;
            }
    }
    return count;
}

static bool is_denied(const struct figure_view *view, struct span span)
{
    for (uint32_t i = span.first; i < span.end; i++)
        if (word_at(view->words, view->paragraph, i)->info.closed & WORD_NEGATION ||
            word_is(word_at(view->words, view->paragraph, i), "cannot"))
            return true;
    return false;
}

static bool joint_is_but(const struct figure_view *view, const struct pair *pair)
{
    return pair->joint != NO_ROW && word_is(word_at(view->words, view->paragraph, pair->joint), "but");
}

static bool antithesis_pair(struct figure_view *view, const struct pair *pair)
{
    uint32_t words = span_words(view->paragraph, pair->b);
    uint32_t opposites_seen = count_opposites(view, pair);
    bool turned = is_denied(view, pair->a) && !is_denied(view, pair->b);
    float score = 0;
    if (opposites_seen >= 2 && pair->like >= 0.5f)
        score = 0.85f;
    else if (opposites_seen == 1 && pair->same >= 1 && pair->like >= 0.6f && words >= 3)
        score = 0.7f;
    else if (opposites_seen == 1 && pair->like >= 0.75f && words >= 4)
        score = 0.6f;
    else if (turned && pair->same >= 1 && pair->like >= 0.7f && words >= 4)
        score = joint_is_but(view, pair) ? 0.7f : 0.5f;
    else if (opposites_seen == 1)
        score = 0.35f;
    if (score < 0.3f)
        return true;
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
    return pairs_each(view, antithesis_pair);
}
