/* match_select.c: which patterns run in a sentence or a paragraph, and where their matches may
 * begin.
 *
 * Each word of a lead is looked at once: where what the way checks stands around it, the tokens at
 * which a match may begin are kept with the pattern. Distances are counted in blanks, of which a
 * match holds a known number, and not in tokens, of which it does not. */
#include "cue/match_inside.h"

#include <string.h>

enum { ENTRY_MOST = 24, CHECK_MOST = 64, /* tokens that are looked at one by one */
       WAYS_ASKED = 4 };

bool word_listed(const struct word_seat *seat, uint32_t group, uint32_t how)
{
    const uint32_t *groups = (const uint32_t *)(seat + 1);
    uint32_t low = 0, high = seat->count, bit = group_bit(group);
    if (!(seat->filter[bit >> 5] >> (bit & 31) & 1))
        return false;
    while (low < high) {
        uint32_t middle = (low + high) / 2, found = groups[middle] >> 2;
        if (found == group)
            return how & (groups[middle] | GROUP_ANY);
        if (found < group)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* By its traits or as a name. */
static bool token_fits(const struct matcher *matcher, const struct token_at *token, uint32_t group)
{
    const uint32_t *traits = matcher->rules->groups[group].traits;
    return (token->flags & TOKEN_NAME && matcher->kinds[group] & GROUP_NAMED) ||
           traits_meet(traits, token->seat->own) || traits_meet(traits, token->seat->base);
}

bool token_in(const struct matcher *matcher, uint32_t token, uint32_t group)
{
    const struct token_at *at = &matcher->tokens.at[token];
    return word_listed(at->seat, group, GROUP_ANY) ||
           (matcher->kinds[group] && token_fits(matcher, at, group));
}

static const struct {
    struct word_seat seat;
    uint32_t leads[1];
} no_seat = {{{0}, {0}, {0}, 0}, {NONE}};

const struct word_seat *seat_of(const struct word_type *type)
{
    return type->groups ? word_seat(type->groups) : &no_seat.seat;
}

/* A zero-width space is a token, and to patterns a blank. */
static bool is_blank_token(const struct paragraph *paragraph, const struct token *token)
{
    return token->flags & TOKEN_NON_ASCII && token->length == 3 &&
           !memcmp(paragraph->bytes + token->start, "\xE2\x80\x8B", 3);
}

void paragraph_read(struct matcher *matcher)
{
    const struct paragraph *paragraph = matcher->view->paragraph;
    uint32_t blanks = 0, count = paragraph->tokens.count;
    bool pending = false;
    matcher->tokens.count = matcher->firsts.count = 0;
    if (!vec_room(matcher->memory, &matcher->tokens, count) ||
        !vec_room(matcher->memory, &matcher->firsts, count + 1)) {
        matcher->no_memory = true;
        return;
    }
    matcher->firsts.at[0] = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct token *token = &paragraph->tokens.at[i];
        pending |= i && !(token->flags & TOKEN_GLUED);
        if (is_blank_token(paragraph, token)) {
            pending = true;
        } else if (pending) {
            matcher->firsts.at[++blanks] = i;
            pending = false;
        }
        matcher->tokens.at[i] = (struct token_at){
            seat_of(words_type(matcher->view->words, token->type)), blanks, token->flags};
    }
    matcher->tokens.count = count;
    matcher->firsts.count = blanks + 1;
    matcher->wide.stamp++;
    matcher->wide.ranges.count = matcher->wide.fired.count = 0;
}

void sentence_read(struct matcher *matcher, uint32_t lo, uint32_t hi)
{
    matcher->near.stamp++;
    matcher->near.ranges.count = matcher->near.fired.count = 0;
    matcher->lo = lo;
    matcher->hi = hi;
    memset(matcher->traits, 0, sizeof matcher->traits);
    for (uint32_t i = lo; i < hi; i++) {
        const struct token_at *token = &matcher->tokens.at[i];
        const uint32_t *groups = (const uint32_t *)(token->seat + 1);
        for (uint32_t n = 0; n < token->seat->count; n++)
            matcher->seen[groups[n] >> 2] = matcher->near.stamp;
        for (int n = 0; n < TRAIT_WORDS; n++)
            matcher->traits[n] |= token->seat->own[n] | token->seat->base[n];
        if (token->flags & TOKEN_NAME)
            trait_set(matcher->traits, TRAIT_NAME);
    }
}

/* Whether the sentence has a word of a group. */
static bool group_stands(const struct matcher *matcher, uint32_t group)
{
    return matcher->seen[group] == matcher->near.stamp ||
           (matcher->kinds[group] &&
            traits_meet(matcher->rules->groups[group].traits, matcher->traits));
}

/* The first token of the unit behind so many blanks of the paragraph. */
static uint32_t first_behind(const struct matcher *matcher, int64_t blanks, struct bounds bounds)
{
    uint32_t token = blanks < 0 ? 0
                     : blanks < matcher->firsts.count ? matcher->firsts.at[blanks]
                                                      : bounds.hi;
    return token < bounds.lo ? bounds.lo : token > bounds.hi ? bounds.hi : token;
}

static bool check_holds(const struct matcher *matcher, const struct check_row *check,
                        uint32_t token, struct bounds bounds)
{
    int64_t blanks = matcher->tokens.at[token].blanks;
    uint32_t i = first_behind(matcher, blanks + (int32_t)check->from, bounds),
             end = first_behind(matcher, blanks + (int32_t)check->to + 1, bounds);
    if (i < end && end - i > CHECK_MOST) /* many signs without a blank: who knows */
        return true;
    while (i < end && !token_in(matcher, i, check->group))
        i++;
    return i < end;
}

static bool checks_hold(const struct matcher *matcher, uint32_t first, uint32_t count,
                        uint32_t token, struct bounds bounds)
{
    const struct check_row *checks = &matcher->rules->checks[first];
    bool sentence = bounds.lo == matcher->lo && bounds.hi == matcher->hi;
    for (uint32_t n = 0; sentence && n < count; n++)
        if (!group_stands(matcher, checks[n].group))
            return false;
    for (uint32_t n = 0; n < count; n++) {
        bool far = (int32_t)checks[n].to - (int32_t)checks[n].from > CHECK_FAR;
        if (!far && !check_holds(matcher, &checks[n], token, bounds))
            return false;
    }
    return true;
}

/* Ranges of a pattern ascend and do not touch. */
static void range_add(struct matcher *matcher, struct selection *selection, uint32_t row,
                      uint32_t from, uint32_t to)
{
    struct fired *fired = &selection->patterns[row];
    if (fired->stamp != selection->stamp) {
        *fired = (struct fired){selection->stamp, NONE};
        if (!vec_push(matcher->memory, &selection->fired, row))
            matcher->no_memory = true;
    }
    while (fired->last != NONE && selection->ranges.at[fired->last].to + 1 >= from) {
        const struct range *last = &selection->ranges.at[fired->last];
        from = last->from < from ? last->from : from;
        to = last->to > to ? last->to : to;
        fired->last = last->below;
    }
    struct range range = {from, to, fired->last};
    if (vec_push(matcher->memory, &selection->ranges, range))
        fired->last = selection->ranges.count - 1;
    else
        matcher->no_memory = true;
}

/* Where matches by a way whose lead stands at a token may begin. */
static void starts_add(struct matcher *matcher, struct selection *selection,
                       const struct lead_row *lead, uint32_t token, struct bounds bounds)
{
    int64_t blanks = matcher->tokens.at[token].blanks;
    uint32_t from = lead->most == NONE ? bounds.lo
                                       : first_behind(matcher, blanks - lead->most, bounds),
             to = first_behind(matcher, blanks - lead->least + 1, bounds);
    if (!to || blanks < lead->least)
        return;
    to = to - 1 < token ? to - 1 : token;
    if (lead->kind == LEAD_FIRST && to > matcher->first_word)
        to = matcher->first_word;
    if (from > to)
        return;
    if (lead->entry == NONE || to - from > ENTRY_MOST) {
        range_add(matcher, selection, lead->pattern, from, to);
        return;
    }
    for (uint32_t i = from; i <= to; i++)
        if (token_in(matcher, i, lead->entry))
            range_add(matcher, selection, lead->pattern, i, i);
}

static void lead_read(struct matcher *matcher, const struct lead_row *lead, uint32_t token)
{
    bool wide = lead->kind == LEAD_WIDE;
    struct selection *selection = wide ? &matcher->wide : &matcher->near;
    struct bounds bounds = {wide ? 0 : matcher->lo, wide ? matcher->tokens.count : matcher->hi};
    struct fired *fired = &selection->patterns[lead->pattern];
    if ((lead->kind == LEAD_GATE && fired->stamp == selection->stamp) ||
        (lead->kind == LEAD_FIRST && lead->most != NONE &&
         matcher->tokens.at[token].blanks - lead->most >
             matcher->tokens.at[matcher->first_word].blanks &&
         matcher->tokens.at[token].blanks > lead->most))
        return;
    if (!checks_hold(matcher, lead->first_check, lead->check_count, token, bounds))
        return;
    if (lead->kind == LEAD_GATE)
        *fired = (struct fired){selection->stamp, NONE};
    else
        starts_add(matcher, selection, lead, token, bounds);
}

static void group_read(struct matcher *matcher, uint32_t group, uint32_t token)
{
    const struct group_row *row = &matcher->rules->groups[group];
    const struct lead_row *lead = &matcher->rules->leads[row->first_lead];
    for (uint32_t i = 0; i < row->lead_count; i++)
        lead_read(matcher, lead + i, token);
}

static bool is_led(const uint32_t *leads, uint32_t group)
{
    while (*leads != NONE && *leads != group)
        leads++;
    return *leads == group;
}

void sentence_select(struct matcher *matcher)
{
    const struct token *tokens = matcher->view->paragraph->tokens.at;
    matcher->first_word = matcher->lo;
    while (matcher->first_word + 1 < matcher->hi &&
           tokens[matcher->first_word].kind > TOKEN_NUMBER)
        matcher->first_word++;
    for (uint32_t i = matcher->lo; i < matcher->hi && !matcher->no_memory; i++) {
        const struct token_at *token = &matcher->tokens.at[i];
        const uint32_t *leads = (const uint32_t *)(token->seat + 1) + token->seat->count;
        for (const uint32_t *lead = leads; *lead != NONE; lead++)
            group_read(matcher, *lead, i);
        for (uint32_t n = 0; token->flags & TOKEN_NAME && n < matcher->name_groups.count; n++)
            if (!is_led(leads, matcher->name_groups.at[n]))
                group_read(matcher, matcher->name_groups.at[n], i);
    }
}

void pattern_select(struct matcher *matcher, uint32_t row)
{
    const struct pattern_row *pattern = &matcher->rules->patterns[row];
    bool wide = pattern->scope > SCOPE_CLAUSE;
    struct bounds bounds = {matcher->lo, matcher->hi};
    for (uint32_t token = matcher->lo; token < matcher->hi; token++)
        for (uint32_t i = 0; i < pattern->way_count; i++) {
            const struct way_row *way = &matcher->rules->ways[pattern->first_way + i];
            struct lead_row lead = {row, wide ? LEAD_WIDE : LEAD_SENTENCE, way->least, way->most,
                                    way->entry, way->first_check, way->check_count};
            if (token_in(matcher, token, way->lead) &&
                checks_hold(matcher, way->first_check, way->check_count, token, bounds))
                starts_add(matcher, wide ? &matcher->wide : &matcher->near, &lead, token, bounds);
        }
}

bool pattern_may_match(const struct matcher *matcher, const struct pattern_row *pattern)
{
    struct bounds bounds = {matcher->lo, matcher->hi};
    for (uint32_t i = 0; i < pattern->group_count; i++)
        if (!group_stands(matcher, matcher->rules->lists[pattern->first_group + i]))
            return false;
    for (uint32_t i = 0; i < pattern->way_count && pattern->way_count <= WAYS_ASKED; i++) {
        const struct way_row *way = &matcher->rules->ways[pattern->first_way + i];
        for (uint32_t token = matcher->lo; way->check_count && token < matcher->hi; token++)
            if (token_in(matcher, token, way->lead) &&
                checks_hold(matcher, way->first_check, way->check_count, token, bounds))
                return true;
        if (!way->check_count && group_stands(matcher, way->lead))
            return true;
    }
    return !pattern->way_count || pattern->way_count > WAYS_ASKED;
}
