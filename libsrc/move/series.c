/* series.c: neighbouring units that share beginning, ending, shape or length. See move.h. */
#include <string.h>

#include "move/window.h"

/* ---- Units ----------------------------------------------------------------------------------- */

/* Makes the tokens [from, to) of a paragraph a unit, where a word is among them. */
static bool unit_add(const struct move_view *view, const struct paragraph *paragraph, uint32_t base,
                     uint32_t from, uint32_t to)
{
    struct move_scratch *scratch = view->scratch;
    struct move_unit unit = {.first_word = scratch->words.count};
    for (uint32_t i = from; i < to; i++) {
        const struct token *token = &paragraph->tokens.at[i];
        struct move_word word = {token->type, base + token->start,
                                 base + token->start + token->length, token->pos};
        if (is_word_token(token) && !vec_push(view->memory, &scratch->words, word))
            return false;
    }
    unit.word_count = scratch->words.count - unit.first_word;
    if (!unit.word_count)
        return true;
    unit.start = scratch->words.at[unit.first_word].start;
    unit.end = scratch->words.at[scratch->words.count - 1].end;
    return vec_push(view->memory, &scratch->units, unit);
}

/* Cuts the tokens [from, to) before each that has one of `flags`, a word token or not. */
static bool units_cut(const struct move_view *view, uint32_t from, uint32_t to, uint8_t flags)
{
    const struct paragraph *paragraph = anchor_of(view);
    uint32_t start = from;
    for (uint32_t i = from; i < to; i++)
        if (paragraph->tokens.at[i].flags & flags && i > start) {
            if (!unit_add(view, paragraph, 0, start, i))
                return false;
            start = i;
        }
    return unit_add(view, paragraph, 0, start, to);
}

bool units_find(const struct move_view *view, uint8_t unit)
{
    const struct paragraph *paragraph = anchor_of(view);
    view->scratch->units.count = view->scratch->words.count = 0;
    if (unit == UNIT_LINE)
        return units_cut(view, 0, paragraph->tokens.count, TOKEN_LINE);
    for (uint32_t i = 0; i < paragraph->sentences.count; i++) {
        const struct sentence *sentence = &paragraph->sentences.at[i];
        if (!units_cut(view, sentence->first_token, sentence->first_token + sentence->token_count,
                       unit == UNIT_CLAUSE ? TOKEN_BREAK : 0))
            return false;
    }
    return true;
}

/* ---- Agreement ------------------------------------------------------------------------------- */

struct member { const struct move_word *words; uint32_t count; };

static struct member member_of(const struct move_view *view, const struct move_unit *unit)
{
    return (struct member){view->scratch->words.at + unit->first_word, unit->word_count};
}

/* Words of the joiner that the member begins with: "and|and then"; 0: none. */
static uint32_t joiner_words(const struct move_view *view, const struct series_row *series,
                             struct member member)
{
    if (series->joiner == UINT32_MAX)
        return 0;
    const char *at = view->moves->text.at + series->joiner;
    for (;;) {
        uint32_t n = 0;
        for (;; n++) {
            size_t length = strcspn(at, " |");
            const struct word_type *type =
                n < member.count ? words_type(view->words, member.words[n].type) : NULL;
            if (!type || type->length != length || memcmp(type->text, at, length))
                break;
            at += length;
            if (*at != ' ')
                return n + 1;
            at++;
        }
        at += strcspn(at, "|");
        if (!*at++)
            return 0;
    }
}

static bool same_words(const struct move_word *a, const struct move_word *b, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (a[i].type != b[i].type)
            return false;
    return true;
}

static bool agrees(const struct series_row *series, struct member a, struct member b)
{
    uint32_t least = a.count < b.count ? a.count : b.count, most = a.count + b.count - least;
    switch (series->share) {
    case SHARE_BEGINNING:
        return least >= series->words && same_words(a.words, b.words, series->words);
    case SHARE_ENDING:
        return least >= series->words &&
               same_words(a.words + a.count - series->words, b.words + b.count - series->words,
                          series->words);
    case SHARE_LENGTH:
        return least > 1 && (float)(most - least) <= series->tolerance * (float)most;
    default:
        if (least != most || least < 2)
            return false;
        for (uint32_t i = 0; i < least; i++)
            if (a.words[i].pos != b.words[i].pos)
                return false;
        return true;
    }
}

/* ---- Runs ------------------------------------------------------------------------------------ */

/* The role of a member: the shared words, or the whole unit. */
static bool put_role(const struct move_view *view, const struct series_row *series,
                     const struct move_unit *unit, uint32_t skip)
{
    struct member member = member_of(view, unit);
    struct role role = {series->role, unit->start, unit->end, 0};
    if (series->share == SHARE_BEGINNING) {
        role.start = member.words[skip].start;
        role.end = member.words[skip + series->words - 1].end;
    } else if (series->share == SHARE_ENDING) {
        role.start = member.words[member.count - series->words].start;
    }
    return vec_push(view->memory, &anchor_of(view)->window_roles, role);
}

struct run { uint32_t count, last; bool joined; };

/* The run that begins with unit `first`; its members' roles are put where `put` says so. */
static bool run_from(const struct move_view *view, const struct series_row *series, uint32_t first,
                     bool put, struct run *run)
{
    const struct move_unit *units = view->scratch->units.at;
    struct member head = member_of(view, &units[first]);
    *run = (struct run){1, first, false};
    if (put && !put_role(view, series, &units[first], 0))
        return false;
    for (uint32_t i = first + 1;
         i < view->scratch->units.count && i <= run->last + 1 + series->apart; i++) {
        struct member member = member_of(view, &units[i]);
        uint32_t skip = joiner_words(view, series, member);
        struct member bare = {member.words + skip, member.count - skip};
        if (agrees(series, head, bare))
            run->joined = skip > 0;
        else if (skip && agrees(series, head, member))
            run->joined = true, skip = 0;
        else
            continue;
        if (put && !put_role(view, series, &units[i], skip))
            return false;
        run->last = i;
        run->count++;
        if (run->joined)
            break;
    }
    return true;
}

static bool emit_run(const struct move_view *view, const struct series_row *series, uint32_t first)
{
    struct run run;
    uint32_t first_role = anchor_of(view)->window_roles.count;
    const struct move_unit *units = view->scratch->units.at;
    if (!run_from(view, series, first, true, &run))
        return false;
    uint32_t more = run.count - series->least;
    return emit(view, TAG_SERIES, series->device, series->rule,
                series->log_odds + 0.3f * (float)(more < 4 ? more : 4), units[first].start,
                units[run.last].end, units[first].start, units[run.last].end, first_role);
}

static bool stands(const struct series_row *series, const struct run *run)
{
    return run->count >= series->least && (!series->most || run->count <= series->most) &&
           (series->joiner == UINT32_MAX || run->joined);
}

/* Paragraphs or items: the anchor is the first member, so none before it may be in its run. */
static bool find_paragraphs(const struct move_view *view, const struct series_row *series)
{
    const struct paragraph *anchor = anchor_of(view);
    uint8_t skipped = PARAGRAPH_BLANK | PARAGRAPH_HEADING;
    bool items = series->unit == UNIT_ITEM;
    struct run run;
    uint32_t base = 0;
    if (anchor->flags & skipped || (items && !(anchor->flags & PARAGRAPH_ITEM)))
        return true;
    view->scratch->units.count = view->scratch->words.count = 0;
    for (uint32_t n = 1; n <= series->apart + 1 && n <= view->row && n <= MOVE_BEFORE; n++) {
        const struct paragraph *paragraph = view->paragraphs[view->row - n];
        if (items && !(paragraph->flags & PARAGRAPH_ITEM))
            break;
        if (!(paragraph->flags & skipped) &&
            !unit_add(view, paragraph, 0, 0, paragraph->tokens.count))
            return false;
    }
    uint32_t before = view->scratch->units.count;
    for (uint32_t n = 0; n <= MOVE_AFTER && view->row + n < view->count; n++) {
        const struct paragraph *paragraph = view->paragraphs[view->row + n];
        if (items && !(paragraph->flags & PARAGRAPH_ITEM))
            break;
        if (!(paragraph->flags & skipped) &&
            !unit_add(view, paragraph, base, 0, paragraph->tokens.count))
            return false;
        base += paragraph->length;
    }
    if (before == view->scratch->units.count)
        return true;
    struct member first = member_of(view, &view->scratch->units.at[before]);
    for (uint32_t i = 0; i < before; i++)
        if (agrees(series, member_of(view, &view->scratch->units.at[i]), first))
            return true;
    return run_from(view, series, before, false, &run) &&
           (!stands(series, &run) || emit_run(view, series, before));
}

bool series_find(const struct move_view *view, const struct series_row *series)
{
    if (series->unit == UNIT_PARAGRAPH || series->unit == UNIT_ITEM)
        return find_paragraphs(view, series);
    if (!units_find(view, series->unit))
        return false;
    for (uint32_t first = 0; first + series->least <= view->scratch->units.count;) {
        struct run run;
        if (!run_from(view, series, first, false, &run))
            return false;
        bool long_enough = run.count >= series->least;
        if (stands(series, &run) && !emit_run(view, series, first))
            return false;
        first = long_enough ? run.last + 1 : first + 1;
    }
    return true;
}
