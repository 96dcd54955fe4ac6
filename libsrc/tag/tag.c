/* tag.c: see tag.h. */
#include "tag/tag.h"

#include <math.h>
#include <string.h>

#include "rhetor/rhetor.h"

float score_log_odds(float probability)
{
    float odds = probability <= 0 ? -TAG_LOG_ODDS
                 : probability >= 1 ? TAG_LOG_ODDS
                                    : logf(probability / (1 - probability));
    return odds < -TAG_LOG_ODDS ? -TAG_LOG_ODDS : odds > TAG_LOG_ODDS ? TAG_LOG_ODDS : odds;
}

float score_of(float log_odds)
{
    float odds = log_odds < -TAG_LOG_ODDS ? -TAG_LOG_ODDS
                 : log_odds > TAG_LOG_ODDS ? TAG_LOG_ODDS
                                           : log_odds;
    return 1 / (1 + expf(-odds));
}

bool tag_shown(float score, float threshold, float min_score)
{
    if (min_score < 0)
        return true;
    if (min_score > 0)
        return score >= min_score;
    return score >= (threshold >= 0 ? threshold : TAG_THRESHOLD);
}

void tag_scratch_free(struct tag_scratch *scratch, const struct memory *memory)
{
    vec_free(memory, &scratch->exemptions);
    vec_free(memory, &scratch->roles);
}

/* ---- Order ----------------------------------------------------------------------------------- */

typedef int tag_order(const struct tag *a, const struct tag *b);

static int by(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int order_text(const struct tag *a, const struct tag *b)
{
    int order = by(a->start, b->start);
    order = order ? order : by(b->end, a->end);
    order = order ? order : by(a->device, b->device);
    order = order ? order : by(a->rule, b->rule);
    return order ? order : (a->score < b->score) - (a->score > b->score);
}

static int order_device(const struct tag *a, const struct tag *b)
{
    int order = by(a->device, b->device);
    order = order ? order : by((uint32_t)a->quotation, (uint32_t)b->quotation);
    return order ? order : order_text(a, b);
}

/* In place and without allocation: qsort may take memory that is not the caller's. */
static void sort(struct tag *tags, uint32_t count, tag_order *order)
{
    uint32_t gap = 1;
    while (gap < count / 3)
        gap = gap * 3 + 1;
    for (; gap; gap /= 3)
        for (uint32_t i = gap; i < count; i++) {
            struct tag tag = tags[i];
            uint32_t at = i;
            for (; at >= gap && order(&tags[at - gap], &tag) > 0; at -= gap)
                tags[at] = tags[at - gap];
            tags[at] = tag;
        }
}

/* ---- Exemption ------------------------------------------------------------------------------- */

static bool exempts(const struct exemption *exemption, const struct tag *tag)
{
    if (exemption->start >= tag->end || tag->start >= exemption->end)
        return false;
    if (exemption->device != EXEMPT_ALL)
        return exemption->device == tag->device;
    uint32_t start = exemption->start > tag->start ? exemption->start : tag->start;
    uint32_t end = exemption->end < tag->end ? exemption->end : tag->end;
    return tag->kind == TAG_CUE && 2 * (uint64_t)(end - start) >= tag->end - tag->start;
}

/* Exemptions are few in a paragraph; each tag is held against each. */
static uint32_t drop_exempted(struct tag *tags, uint32_t count, const struct tag_scratch *scratch)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t n = 0;
        while (n < scratch->exemptions.count && !exempts(&scratch->exemptions.at[n], &tags[i]))
            n++;
        if (n == scratch->exemptions.count)
            tags[kept++] = tags[i];
    }
    return kept;
}

/* ---- Agreement ------------------------------------------------------------------------------- */

static bool has_role(const struct role *roles, uint32_t count, uint32_t name)
{
    for (uint32_t i = 0; i < count; i++)
        if (roles[i].name == name)
            return true;
    return false;
}

/* The roles of `strong`, then those of `weak` that it lacks, as one run behind all others. */
static bool join_roles(struct tag_scratch *scratch, const struct memory *memory, struct tag *strong,
                       const struct tag *weak)
{
    uint32_t first = scratch->roles.count, own = strong->role_count;
    if (!weak->role_count)
        return true;
    if (!vec_room(memory, &scratch->roles, own + weak->role_count))
        return false;
    struct role *out = scratch->roles.at + first;
    if (own)
        memcpy(out, scratch->roles.at + strong->first_role, own * sizeof *out);
    uint32_t count = own;
    for (uint32_t i = 0; i < weak->role_count && count < UINT16_MAX; i++) {
        struct role role = scratch->roles.at[weak->first_role + i];
        if (!has_role(out, own, role.name))
            out[count++] = role;
    }
    if (count == own)
        return true;
    strong->first_role = first;
    strong->role_count = (uint16_t)count;
    scratch->roles.count = first + count;
    return true;
}

static bool merge(struct tag_scratch *scratch, const struct memory *memory, struct tag *into,
                  const struct tag *other)
{
    uint32_t own = into->end - into->start, more = other->end - other->start;
    bool better = other->score > into->score || (other->score == into->score && more < own);
    struct tag strong = better ? *other : *into, weak = better ? *into : *other;
    if (own <= 2 * (uint64_t)more && more <= 2 * (uint64_t)own) {
        strong.start = into->start < other->start ? into->start : other->start;
        strong.end = into->end > other->end ? into->end : other->end;
    }
    if (strong.rule != weak.rule)
        strong.score = score_of(score_log_odds(1 - (1 - strong.score) * (1 - weak.score)));
    strong.read_start = into->read_start < other->read_start ? into->read_start : other->read_start;
    strong.read_end = into->read_end > other->read_end ? into->read_end : other->read_end;
    if (!join_roles(scratch, memory, &strong, &weak))
        return false;
    *into = strong;
    return true;
}

/* Tags sorted by device, quotation, start. A merged span may be narrower than what it was made of,
 * so each tag is held against the last one kept alone. */
static bool merge_all(struct tag *tags, uint32_t *count, struct tag_scratch *scratch,
                      const struct memory *memory)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++) {
        struct tag *last = kept ? &tags[kept - 1] : NULL;
        bool agree = last && last->device == tags[i].device &&
                     last->quotation == tags[i].quotation && tags[i].start < last->end &&
                     last->start < tags[i].end;
        if (!agree)
            tags[kept++] = tags[i];
        else if (!merge(scratch, memory, last, &tags[i]))
            return false;
    }
    *count = kept;
    return true;
}

/* ---- All ------------------------------------------------------------------------------------- */

int32_t tags_settle(struct paragraph *paragraph, bool window, bool unmerged,
                    struct tag_scratch *scratch, const struct memory *memory)
{
    struct tag *tags = window ? paragraph->window_tags.at : paragraph->tags.at;
    uint32_t *count = window ? &paragraph->window_tags.count : &paragraph->tags.count;
    const struct role *roles = window ? paragraph->window_roles.at : paragraph->roles.at;
    uint32_t role_count = window ? paragraph->window_roles.count : paragraph->roles.count;

    if (!window) {
        *count = drop_exempted(tags, *count, scratch);
        scratch->exemptions.count = 0;
    }
    scratch->roles.count = 0;
    if (!vec_room(memory, &scratch->roles, role_count + 1))
        return RHETOR_E_MEMORY;
    if (role_count)
        memcpy(scratch->roles.at, roles, role_count * sizeof *roles);
    scratch->roles.count = role_count;
    sort(tags, *count, order_device);
    if (!unmerged && !merge_all(tags, count, scratch, memory))
        return RHETOR_E_MEMORY;
    sort(tags, *count, order_text);

    /* Roles follow their tags' order; what no tag has any more goes. */
    uint32_t total = 0;
    for (uint32_t i = 0; i < *count; i++)
        total += tags[i].role_count;
    struct role *out;
    if (window) {
        paragraph->window_roles.count = 0;
        if (!vec_room(memory, &paragraph->window_roles, total))
            return RHETOR_E_MEMORY;
        out = paragraph->window_roles.at;
        paragraph->window_roles.count = total;
    } else {
        paragraph->roles.count = 0;
        if (!vec_room(memory, &paragraph->roles, total))
            return RHETOR_E_MEMORY;
        out = paragraph->roles.at;
        paragraph->roles.count = total;
    }
    uint32_t next = 0;
    for (uint32_t i = 0; i < *count; i++) {
        if (tags[i].role_count)
            memcpy(out + next, scratch->roles.at + tags[i].first_role,
                   tags[i].role_count * sizeof *out);
        tags[i].first_role = next;
        next += tags[i].role_count;
    }
    return RHETOR_OK;
}
