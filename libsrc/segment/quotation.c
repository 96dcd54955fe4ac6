/* quotation.c: see quotation.h. A stack of open marks; white space beside a straight mark, and what
 * is open, say whether it opens or closes. */
#include "segment/quotation.h"

#include <string.h>

#include "rhetor/rhetor.h"

enum { STACK_MAX = 8 };

enum direction { EITHER, OPENING, CLOSING };

/* A sign, the pair it opens, and the pairs it closes, the likeliest first. The direction is the
 * usual one: a closing sign may open too (Swedish ”so”, »so«). `apostrophe`: it may be one. */
struct sign_kind {
    const char *text;
    uint8_t direction, opens, closes[3];
    bool apostrophe;
};

static const struct sign_kind kinds[] = {
    {"\"", EITHER, MARK_DOUBLE, {MARK_DOUBLE, MARK_CURLY, MARK_LOW}, false},
    {"'", EITHER, MARK_SINGLE, {MARK_SINGLE, MARK_CURLY_SINGLE}, true},
    {"“", OPENING, MARK_CURLY, {MARK_LOW}, false},
    {"”", CLOSING, MARK_CURLY, {MARK_CURLY, MARK_LOW, MARK_DOUBLE}, false},
    {"‘", OPENING, MARK_CURLY_SINGLE, {MARK_LOW_SINGLE}, true},
    {"’", CLOSING, MARK_NONE, {MARK_CURLY_SINGLE, MARK_LOW_SINGLE}, true},
    {"«", OPENING, MARK_GUILLEMET, {MARK_GUILLEMET}, false},
    {"»", CLOSING, MARK_GUILLEMET, {MARK_GUILLEMET}, false},
    {"‹", OPENING, MARK_SINGLE_GUILLEMET, {MARK_SINGLE_GUILLEMET}, false},
    {"›", CLOSING, MARK_SINGLE_GUILLEMET, {MARK_SINGLE_GUILLEMET}, false},
    {"„", OPENING, MARK_LOW, {MARK_NONE}, false},
    {"‚", OPENING, MARK_LOW_SINGLE, {MARK_NONE}, false},
    {"「", OPENING, MARK_CORNER, {MARK_NONE}, false},
    {"」", CLOSING, MARK_NONE, {MARK_CORNER}, false},
    {"『", OPENING, MARK_WHITE_CORNER, {MARK_NONE}, false},
    {"』", CLOSING, MARK_NONE, {MARK_WHITE_CORNER}, false},
};

/* Which sign opens a pair that runs over paragraphs. */
static const char *const opening_signs[] = {
    [MARK_DOUBLE] = "\"",       [MARK_SINGLE] = "'",     [MARK_CURLY] = "“",
    [MARK_CURLY_SINGLE] = "‘",  [MARK_GUILLEMET] = "«",  [MARK_SINGLE_GUILLEMET] = "‹",
    [MARK_LOW] = "„",           [MARK_LOW_SINGLE] = "‚", [MARK_CORNER] = "「",
    [MARK_WHITE_CORNER] = "『",
};

/* Words that begin with an apostrophe. */
static const char *const elided[] = {"tis",   "Tis",   "twas",  "Twas", "twere", "Twere", "twill",
                                     "Twill", "em",    "Em",    "n",    "N",     "til",   "till",
                                     "cause", "Cause", "round", "bout", "neath", "cept",  "gainst"};

struct quotation_sign {
    uint32_t token;
    const struct sign_kind *kind;
    bool weak;         /* may close, or be a possessive's apostrophe, an inch mark */
    bool closer_ahead; /* of the next sure signs of this kind, a closing one comes first */
};

struct open_quotation {
    uint32_t row;
    uint8_t mark;
};

struct pairing {
    struct segmenter *segmenter;
    struct paragraph *paragraph;
    struct open_quotation stack[STACK_MAX];
    uint32_t depth;
    uint32_t after_opener; /* token behind the last opening sign: what is glued there opens too */
};

static const struct sign_kind *kind_of(const struct paragraph *p, const struct token *token)
{
    if (token->kind < TOKEN_PUNCTUATION || token->length > 3)
        return NULL;
    const char *text = p->bytes + token->start;
    if (token->length == 1) /* the usual signs fast */
        return *text == '"' ? &kinds[0] : *text == '\'' ? &kinds[1] : NULL;
    for (size_t i = 2; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i].text) == token->length && !memcmp(kinds[i].text, text, token->length))
            return &kinds[i];
    return NULL;
}

static bool is_glued_before(const struct paragraph *p, uint32_t i)
{
    return i > 0 && (p->tokens.at[i].flags & TOKEN_GLUED);
}

static bool is_glued_behind(const struct paragraph *p, uint32_t i)
{
    return i + 1 < p->tokens.count && (p->tokens.at[i + 1].flags & TOKEN_GLUED);
}

static bool is_number_like(const struct paragraph *p, uint32_t i)
{
    char c = p->bytes[p->tokens.at[i].start];
    return c >= '0' && c <= '9';
}

static bool is_one_sign(const struct paragraph *p, uint32_t i, const char *signs)
{
    const struct token *token = &p->tokens.at[i];
    return token->length == 1 && p->bytes[token->start] && strchr(signs, p->bytes[token->start]);
}

/* Brackets and dashes, behind which a glued sign may open. */
static bool is_opening_neighbour(const struct paragraph *p, uint32_t i)
{
    const struct token *token = &p->tokens.at[i];
    const char *text = p->bytes + token->start;
    return is_one_sign(p, i, "([{-/=") ||
           (token->length == 3 && (!memcmp(text, "—", 3) || !memcmp(text, "–", 3)));
}

static bool is_elided(const struct paragraph *p, uint32_t i)
{
    if (!is_glued_behind(p, i))
        return false;
    const struct token *word = &p->tokens.at[i + 1];
    const char *text = p->bytes + word->start;
    if (is_number_like(p, i + 1))
        return word->length == 2 || (word->length == 3 && text[2] == 's');
    for (size_t k = 0; k < sizeof elided / sizeof *elided; k++)
        if (strlen(elided[k]) == word->length && !memcmp(elided[k], text, word->length)) {
            const struct sign_kind *next =
                i + 2 < p->tokens.count && (p->tokens.at[i + 2].flags & TOKEN_GLUED)
                    ? kind_of(p, &p->tokens.at[i + 2])
                    : NULL;
            return word->length == 1 || !(next && next->apostrophe);
        }
    return false;
}

/* A closing sign that may be something else: workers' hall, goin' home, a 12" pipe. */
static bool is_weak(const struct paragraph *p, const struct quotation_sign *sign)
{
    uint32_t i = sign->token;
    if (!is_glued_before(p, i) || is_glued_behind(p, i) || i + 1 >= p->tokens.count)
        return false;
    const struct token *word = &p->tokens.at[i - 1], *next = &p->tokens.at[i + 1];
    if (word->kind > TOKEN_NUMBER || next->kind > TOKEN_NUMBER || (next->flags & TOKEN_CAPITAL))
        return false;
    if (is_number_like(p, i - 1))
        return sign->kind->direction == EITHER;
    const char *end = p->bytes + word->start + word->length;
    return sign->kind->apostrophe && (end[-1] == 's' || end[-1] == 'S' ||
                                      (word->length > 2 && end[-2] == 'i' && end[-1] == 'n'));
}

static bool signs_find(struct segmenter *segmenter, struct paragraph *p)
{
    segmenter->signs.count = 0;
    for (uint32_t i = 0; i < p->tokens.count; i++) {
        if (p->tokens.at[i].kind < TOKEN_PUNCTUATION)
            continue;
        const struct sign_kind *kind = kind_of(p, &p->tokens.at[i]);
        if (!kind)
            continue;
        struct quotation_sign sign = {.token = i, .kind = kind};
        sign.weak = is_weak(p, &sign);
        if (!vec_push(segmenter->memory, &segmenter->signs, sign))
            return false;
    }
    bool closer[2] = {false, false}; /* doubles, singles */
    for (uint32_t k = segmenter->signs.count; k-- > 0;) {
        struct quotation_sign *sign = &segmenter->signs.at[k];
        bool *ahead = &closer[sign->kind->apostrophe];
        sign->closer_ahead = *ahead;
        bool before = is_glued_before(p, sign->token), behind = is_glued_behind(p, sign->token);
        if (before && !behind && !sign->weak)
            *ahead = true;
        else if (!before && behind && !(sign->kind->apostrophe && is_elided(p, sign->token)))
            *ahead = false;
    }
    return true;
}

static struct quotation *row_at(struct pairing *pairing, uint32_t row)
{
    return &pairing->paragraph->quotations.at[row];
}

static bool is_single(uint8_t mark) { return mark == MARK_SINGLE || mark == MARK_CURLY_SINGLE; }

/* Gives up the innermost open row: a single mark was an apostrophe; another is unclosed, ending at
 * `end`. */
static void open_drop(struct pairing *pairing, uint32_t end)
{
    struct open_quotation *open = &pairing->stack[--pairing->depth];
    struct quotation *row = row_at(pairing, open->row);
    if (is_single(open->mark))
        row->mark = MARK_NONE;
    else {
        row->end = row->inner_end = end;
        row->flags |= RHETOR_QUOTATION_UNCLOSED;
    }
}

static bool open_push(struct pairing *pairing, const struct token *token, uint8_t mark,
                      uint8_t flags)
{
    if (pairing->depth == STACK_MAX)
        return true;
    struct quotation row = {.start = token->start,
                            .inner_start = token->start + token->length,
                            .mark = mark,
                            .flags = flags};
    pairing->stack[pairing->depth].row = pairing->paragraph->quotations.count;
    pairing->stack[pairing->depth].mark = mark;
    pairing->depth++;
    return vec_push(pairing->segmenter->memory, &pairing->paragraph->quotations, row);
}

/* The stack's place of what a sign can close; -1: nothing. */
static int closable(const struct pairing *pairing, const struct sign_kind *kind)
{
    for (unsigned choice = 0; choice < 3 && kind->closes[choice]; choice++)
        for (uint32_t at = pairing->depth; at-- > 0;)
            if (pairing->stack[at].mark == kind->closes[choice])
                return (int)at;
    return -1;
}

static void open_close(struct pairing *pairing, int place, const struct token *token)
{
    while (pairing->depth > (uint32_t)place + 1)
        open_drop(pairing, token->start);
    struct quotation *row = row_at(pairing, pairing->stack[--pairing->depth].row);
    row->inner_end = token->start;
    row->end = token->start + token->length;
    if (row->inner_end <= row->inner_start)
        row->mark = MARK_NONE;
}

static bool sign_take(struct pairing *pairing, const struct quotation_sign *sign)
{
    const struct paragraph *p = pairing->paragraph;
    const struct sign_kind *kind = sign->kind;
    uint32_t i = sign->token;
    const struct token *token = &p->tokens.at[i];
    bool before = is_glued_before(p, i), behind = is_glued_behind(p, i);
    bool nested = pairing->after_opener == i; /* glued to a sign that opened */
    bool may_open = behind && (!before || nested || is_opening_neighbour(p, i - 1));
    bool may_close = before && !nested && !is_one_sign(p, i - 1, "([{");
    int place = closable(pairing, kind);
    bool closes, opens;

    if (kind->apostrophe && may_open && is_elided(p, i) && !(may_close && place >= 0))
        return true;
    switch (kind->direction) {
    case OPENING:
        closes = place >= 0 && may_close;
        opens = true;
        break;
    case CLOSING:
        closes = place >= 0 && (may_close || (!kind->apostrophe && !may_open));
        opens = kind->opens && may_open && !may_close;
        break;
    default:
        closes = place >= 0 && (may_close || (!kind->apostrophe && !may_open));
        opens = may_open || (!before && !behind && !kind->apostrophe && sign->closer_ahead);
    }
    if (closes) {
        if (!(sign->weak && sign->closer_ahead))
            open_close(pairing, place, token);
        return true;
    }
    if (!opens)
        return true;
    if (kind->direction == EITHER && place >= 0) /* opened twice: the first was never closed */
        while (pairing->depth > (uint32_t)place)
            open_drop(pairing, token->start);
    pairing->after_opener = i + 1;
    return open_push(pairing, token, kind->opens, 0);
}

/* An unclosed row ends with its sentence, or where a row begins that would cross it. */
static void row_clip(struct paragraph *p, uint32_t at, uint32_t *sentence)
{
    struct quotation *row = &p->quotations.at[at];
    while (*sentence < p->sentences.count && p->sentences.at[*sentence].end <= row->inner_start)
        ++*sentence;
    uint32_t end = row->end;
    if (*sentence < p->sentences.count && p->sentences.at[*sentence].end < end)
        end = p->sentences.at[*sentence].end;
    for (uint32_t k = at + 1; k < p->quotations.count && p->quotations.at[k].start < end; k++)
        if (p->quotations.at[k].end > end && p->quotations.at[k].mark)
            end = p->quotations.at[k].start;
    row->end = row->inner_end = end;
}

/* Clips unclosed rows, takes out rows without a mark, counts depths. */
static void rows_settle(struct paragraph *p)
{
    uint32_t kept = 0, ends[STACK_MAX], depth = 0, sentence = 0;
    for (uint32_t i = 0; i < p->quotations.count; i++)
        if (p->quotations.at[i].flags & RHETOR_QUOTATION_UNCLOSED)
            row_clip(p, i, &sentence);
    for (uint32_t i = 0; i < p->quotations.count; i++) {
        struct quotation row = p->quotations.at[i];
        if (row.mark == MARK_NONE || row.inner_end <= row.inner_start)
            continue;
        while (depth > 0 && ends[depth - 1] <= row.start)
            depth--;
        if (depth < STACK_MAX)
            ends[depth++] = row.end;
        row.depth = (uint8_t)depth;
        p->quotations.at[kept++] = row;
    }
    p->quotations.count = kept;
}

/* The rows' first words. */
static void first_words(struct paragraph *p)
{
    uint32_t row = 0;
    for (uint32_t i = 0; i < p->tokens.count && row < p->quotations.count; i++) {
        struct token *token = &p->tokens.at[i];
        if (token->kind > TOKEN_NUMBER || token->start < p->quotations.at[row].inner_start)
            continue;
        token->flags |= TOKEN_FIRST;
        while (row < p->quotations.count && p->quotations.at[row].inner_start <= token->start)
            row++;
    }
}

int32_t quotations_find(struct segmenter *segmenter, struct paragraph *p)
{
    struct pairing pairing = {.segmenter = segmenter, .paragraph = p, .after_opener = UINT32_MAX};
    uint32_t first = 0;
    p->quotations.count = 0;
    memset(p->out.open, 0, sizeof p->out.open);
    p->out.open_count = 0;
    if (!signs_find(segmenter, p))
        return RHETOR_E_MEMORY;

    for (; first < p->in.open_count && first < segmenter->signs.count; first++) {
        const struct quotation_sign *sign = &segmenter->signs.at[first];
        uint8_t mark = p->in.open[first].mark;
        if (sign->token != first || strcmp(sign->kind->text, opening_signs[mark]) != 0)
            break;
        if (!open_push(&pairing, &p->tokens.at[first], mark, RHETOR_QUOTATION_CONTINUED))
            return RHETOR_E_MEMORY;
        pairing.after_opener = first + 1;
    }
    for (uint32_t k = first; k < segmenter->signs.count; k++)
        if (!sign_take(&pairing, &segmenter->signs.at[k]))
            return RHETOR_E_MEMORY;

    uint32_t end = paragraph_content(p);
    for (uint32_t at = 0; at < pairing.depth; at++) {
        struct quotation *row = row_at(&pairing, pairing.stack[at].row);
        row->end = row->inner_end = end;
        if (row->mark == MARK_SINGLE || end <= row->inner_start) {
            row->mark = MARK_NONE;
            continue;
        }
        row->flags |= RHETOR_QUOTATION_CONTINUES;
        if (p->out.open_count < CONTEXT_OPEN)
            p->out.open[p->out.open_count++].mark = row->mark;
    }
    rows_settle(p);
    first_words(p);
    return RHETOR_OK;
}

bool quotation_goes_on(const struct paragraph *p, const char *next, uint32_t length)
{
    if (!next || p->out.open_count == 0)
        return false;
    const char *sign = opening_signs[p->out.open[0].mark];
    size_t size = strlen(sign);
    uint32_t at = 0;
    while (at < length && (next[at] == ' ' || next[at] == '\t'))
        at++;
    return length - at >= size && !memcmp(next + at, sign, size);
}

void quotation_settle(struct paragraph *p, bool goes_on)
{
    if (goes_on || p->out.open_count == 0)
        return;
    for (uint32_t i = 0; i < p->quotations.count; i++) {
        struct quotation *row = &p->quotations.at[i];
        if (!(row->flags & RHETOR_QUOTATION_CONTINUES))
            continue;
        row->flags =
            (uint8_t)((row->flags & ~RHETOR_QUOTATION_CONTINUES) | RHETOR_QUOTATION_UNCLOSED);
        if (row->mark == MARK_CURLY_SINGLE)
            row->mark = MARK_NONE;
    }
    memset(p->out.open, 0, sizeof p->out.open);
    p->out.open_count = 0;
    rows_settle(p);
}
