/* match_select.c: which patterns run in a sentence, and where their matches may begin.
 *
 * Each word of a lead is looked at once: where what the way checks stands around it, the tokens at
 * which a match may begin are kept with the pattern. Distances are counted in blanks, of which a
 * match holds a known number, and not in tokens, of which it does not. */
#include "cue/match_inside.h"

#include <string.h>

enum { ENTRY_MOST = 24 }; /* tokens that are looked at one by one */

static bool has_group(const struct word_type *type, uint32_t group)
{
    uint32_t low = 0, high = type->group_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2, found = type->groups[middle] >> 2;
        if (found == group)
            return true;
        if (found < group)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

bool token_in(const struct matcher *matcher, uint32_t token, uint32_t group)
{
    const struct token *row = &matcher->view->paragraph->tokens.at[token];
    return has_group(words_type(matcher->view->words, row->type), group) ||
           (matcher->named[group] && row->flags & TOKEN_NAME);
}

/* A zero-width space is a token, and to patterns a blank. */
static bool is_blank_token(const struct paragraph *paragraph, const struct token *token)
{
    return token->flags & TOKEN_NON_ASCII && token->length == 3 &&
           !memcmp(paragraph->bytes + token->start, "\xE2\x80\x8B", 3);
}

void sentence_read(struct matcher *matcher, uint32_t lo, uint32_t hi)
{
    const struct paragraph *paragraph = matcher->view->paragraph;
    uint32_t blanks = 0;
    bool pending = false;
    matcher->stamp++;
    matcher->lo = lo;
    matcher->hi = hi;
    matcher->ranges.count = matcher->fired.count = 0;
    matcher->blanks.count = matcher->firsts.count = 0;
    if (!vec_room(matcher->memory, &matcher->blanks, hi - lo) ||
        !vec_room(matcher->memory, &matcher->firsts, hi - lo + 1)) {
        matcher->no_memory = true;
        return;
    }
    matcher->firsts.at[0] = lo;
    for (uint32_t i = lo; i < hi; i++) {
        const struct token *token = &paragraph->tokens.at[i];
        pending |= i > lo && !(token->flags & TOKEN_GLUED);
        if (is_blank_token(paragraph, token)) {
            pending = true;
        } else if (pending) {
            matcher->firsts.at[++blanks] = i;
            pending = false;
        }
        matcher->blanks.at[i - lo] = blanks;
    }
    matcher->blanks.count = hi - lo;
    matcher->firsts.count = blanks + 1;
}

/* The first token behind so many blanks; past the last: the end. */
static uint32_t first_behind(const struct matcher *matcher, uint32_t blanks)
{
    return blanks < matcher->firsts.count ? matcher->firsts.at[blanks] : matcher->hi;
}

static bool check_holds(const struct matcher *matcher, const struct check_row *check,
                        uint32_t blanks)
{
    int64_t from = (int64_t)blanks + (int32_t)check->from, to = (int64_t)blanks + (int32_t)check->to;
    if (to < 0)
        return false;
    uint32_t end = first_behind(matcher, (uint32_t)to + 1);
    for (uint32_t i = first_behind(matcher, from < 0 ? 0 : (uint32_t)from); i < end; i++)
        if (token_in(matcher, i, check->group))
            return true;
    return false;
}

static bool way_fits(const struct matcher *matcher, const struct way_row *way, uint32_t token)
{
    uint32_t blanks = matcher->blanks.at[token - matcher->lo];
    if (way->least > blanks)
        return false;
    for (uint32_t i = 0; i < way->check_count; i++)
        if (!check_holds(matcher, &matcher->rules->checks[way->first_check + i], blanks))
            return false;
    return true;
}

/* Ranges of a pattern ascend and do not touch. */
static void range_add(struct matcher *matcher, uint32_t row, uint32_t from, uint32_t to)
{
    struct fired *fired = &matcher->patterns[row];
    if (fired->stamp != matcher->stamp) {
        *fired = (struct fired){matcher->stamp, NONE};
        if (!vec_push(matcher->memory, &matcher->fired, row))
            matcher->no_memory = true;
    }
    while (fired->last != NONE && matcher->ranges.at[fired->last].to + 1 >= from) {
        const struct range *last = &matcher->ranges.at[fired->last];
        from = last->from < from ? last->from : from;
        to = last->to > to ? last->to : to;
        fired->last = last->below;
    }
    struct range range = {from, to, fired->last};
    if (vec_push(matcher->memory, &matcher->ranges, range))
        fired->last = matcher->ranges.count - 1;
    else
        matcher->no_memory = true;
}

/* Where matches by a way whose lead stands at a token may begin. */
static void starts_add(struct matcher *matcher, uint32_t row, const struct way_row *way,
                       uint32_t token)
{
    uint32_t blanks = matcher->blanks.at[token - matcher->lo];
    uint32_t from = way->most >= blanks ? matcher->lo : matcher->firsts.at[blanks - way->most];
    uint32_t to = way->least ? matcher->firsts.at[blanks - way->least + 1] - 1 : token;
    if (way->entry == NONE || to - from > ENTRY_MOST) {
        range_add(matcher, row, from, to);
        return;
    }
    for (uint32_t i = from; i <= to; i++)
        if (token_in(matcher, i, way->entry))
            range_add(matcher, row, i, i);
}

static void group_read(struct matcher *matcher, uint32_t group, uint32_t token)
{
    const struct rules *rules = matcher->rules;
    const struct group_row *row = &rules->groups[group];
    for (uint32_t i = 0; i < row->lead_count; i++) {
        const uint32_t *lead = &rules->lists[row->first_lead + 2 * i];
        const struct way_row *way = &rules->ways[lead[1]];
        const struct pattern_row *pattern = &rules->patterns[*lead];
        struct fired *fired = &matcher->patterns[*lead];
        if (pattern->bits & PATTERN_GATE) {
            if (fired->stamp != matcher->stamp && way_fits(matcher, way, token))
                *fired = (struct fired){matcher->stamp, NONE};
        } else if (pattern->scope > SCOPE_CLAUSE) {
            if (matcher->wide[*lead] == matcher->wide_stamp)
                continue;
            matcher->wide[*lead] = matcher->wide_stamp;
            if (!vec_push(matcher->memory, &matcher->wide_fired, *lead))
                matcher->no_memory = true;
        } else if (way_fits(matcher, way, token)) {
            starts_add(matcher, *lead, way, token);
        }
    }
}

void sentence_select(struct matcher *matcher)
{
    const struct token *tokens = matcher->view->paragraph->tokens.at;
    for (uint32_t i = matcher->lo; i < matcher->hi && !matcher->no_memory; i++) {
        const struct word_type *type = words_type(matcher->view->words, tokens[i].type);
        const uint32_t *leads = type->groups ? type->groups + type->group_count : NULL;
        for (; leads && *leads != NONE; leads++)
            group_read(matcher, *leads, i);
        for (uint32_t n = 0; tokens[i].flags & TOKEN_NAME && n < matcher->name_groups.count; n++)
            if (!has_group(type, matcher->name_groups.at[n]))
                group_read(matcher, matcher->name_groups.at[n], i);
    }
}

void pattern_select(struct matcher *matcher, uint32_t row)
{
    const struct pattern_row *pattern = &matcher->rules->patterns[row];
    for (uint32_t token = matcher->lo; token < matcher->hi; token++)
        for (uint32_t i = 0; i < pattern->way_count; i++) {
            const struct way_row *way = &matcher->rules->ways[pattern->first_way + i];
            if (token_in(matcher, token, way->lead) && way_fits(matcher, way, token))
                starts_add(matcher, row, way, token);
        }
}

bool pattern_may_match(const struct matcher *matcher, const struct pattern_row *pattern)
{
    for (uint32_t i = 0; i < pattern->way_count; i++) {
        const struct way_row *way = &matcher->rules->ways[pattern->first_way + i];
        for (uint32_t token = matcher->lo; token < matcher->hi; token++)
            if (token_in(matcher, token, way->lead) && way_fits(matcher, way, token))
                return true;
    }
    return !pattern->way_count;
}
