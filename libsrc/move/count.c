/* count.c: at least, at most so many tags of some kinds in a unit, or in so many words.
 * See move.h. */
#include "move/window.h"

/* Tags of one unit that count: rows [first, last) of the scratch's events. */
struct counted { uint32_t first, last, kinds; };

/* How many of the targets are hit by events [first, last). */
static uint32_t kinds_of(const struct move_view *view, const struct count_row *count,
                         uint32_t first, uint32_t last)
{
    uint32_t kinds = 0;
    for (uint32_t n = 0; n < count->target_count; n++) {
        uint32_t target = view->moves->targets.at[count->first_target + n], i = first;
        while (i < last && !hits(target, view->scratch->events.at[i].tag))
            i++;
        kinds += i < last;
    }
    return kinds;
}

static bool emit_count(const struct move_view *view, const struct count_row *count, uint32_t start,
                       uint32_t end, const struct move_unit *unit)
{
    return emit(view, TAG_MOVE, count->device, count->rule, count->log_odds, start, end,
                unit->start, unit->end > end ? unit->end : end,
                anchor_of(view)->window_roles.count);
}

/* Rows [first, last) of the events that begin in the unit; sorted by start. */
static uint32_t unit_events(const struct move_view *view, const struct move_unit *unit,
                            uint32_t *first)
{
    const struct move_event *events = view->scratch->events.at;
    uint32_t n = view->scratch->events.count, last;
    while (*first < n && events[*first].start < unit->start)
        ++*first;
    for (last = *first; last < n && events[last].start < unit->end;)
        last++;
    return last;
}

static uint32_t end_of(const struct move_view *view, uint32_t first, uint32_t last)
{
    uint32_t end = 0;
    for (uint32_t i = first; i < last; i++)
        if (view->scratch->events.at[i].end > end)
            end = view->scratch->events.at[i].end;
    return end;
}

/* Stretches of at most per_words words that hold enough; those that overlap are one. The word an
 * event begins with stands in its `used`. */
static bool find_dense(const struct move_view *view, const struct count_row *count,
                       const struct move_unit *unit, uint32_t first, uint32_t last)
{
    struct move_event *events = view->scratch->events.at;
    const struct move_word *words = view->scratch->words.at + unit->first_word;
    uint32_t word = 0, start = UINT32_MAX, stop = 0, low = first;
    for (uint32_t i = first; i < last; i++) {
        while (word + 1 < unit->word_count && words[word + 1].start <= events[i].start)
            word++;
        events[i].used = word;
    }
    for (uint32_t i = first; i < last; i++) {
        while (events[i].used - events[low].used >= count->per_words)
            low++;
        if (i - low + 1 < count->at_least || kinds_of(view, count, low, i + 1) < count->kinds)
            continue;
        if (start != UINT32_MAX && low >= stop) {
            if (!emit_count(view, count, events[start].start, end_of(view, start, stop), unit))
                return false;
            start = UINT32_MAX;
        }
        if (start == UINT32_MAX)
            start = low;
        stop = i + 1;
    }
    return start == UINT32_MAX ||
           emit_count(view, count, events[start].start, end_of(view, start, stop), unit);
}

static bool find_in_unit(const struct move_view *view, const struct count_row *count,
                         const struct move_unit *unit, uint32_t first, uint32_t last)
{
    if (count->per_words)
        return last == first || find_dense(view, count, unit, first, last);
    uint32_t n = last - first;
    if (n < count->at_least || (count->at_most && n > count->at_most))
        return true;
    if (n && kinds_of(view, count, first, last) < count->kinds)
        return true;
    const struct move_event *events = view->scratch->events.at;
    return n ? emit_count(view, count, events[first].start, end_of(view, first, last), unit)
             : emit_count(view, count, unit->start, unit->end, unit);
}

bool count_find(const struct move_view *view, const struct count_row *count)
{
    const struct paragraph *paragraph = anchor_of(view);
    bool whole = count->unit == UNIT_PARAGRAPH || count->unit == UNIT_ITEM;
    if (paragraph->flags & PARAGRAPH_BLANK ||
        (count->unit == UNIT_ITEM && !(paragraph->flags & PARAGRAPH_ITEM)))
        return true;
    view->scratch->events.count = 0;
    for (uint32_t i = 0; i < paragraph->tags.count; i++) {
        const struct tag *tag = &paragraph->tags.at[i];
        bool counts = false;
        for (uint32_t n = 0; n < count->target_count && !counts; n++)
            counts = hits(view->moves->targets.at[count->first_target + n], tag);
        struct move_event event = {.tag = tag, .paragraph = paragraph, .start = tag->start,
                                   .end = tag->end};
        if (counts && tag->score >= PART_SCORE &&
            !vec_push(view->memory, &view->scratch->events, event))
            return false;
    }
    if (!view->scratch->events.count && count->at_least)
        return true;
    if (!units_find(view, whole ? UNIT_SENTENCE : count->unit))
        return false;
    struct move_scratch *scratch = view->scratch;
    if (whole && scratch->units.count) { /* one unit of all the words */
        scratch->units.at[0].end = scratch->units.at[scratch->units.count - 1].end;
        scratch->units.at[0].word_count = scratch->words.count;
        scratch->units.count = 1;
    }
    uint32_t first = 0;
    for (uint32_t i = 0; i < scratch->units.count; i++) {
        uint32_t last = unit_events(view, &scratch->units.at[i], &first);
        if (!find_in_unit(view, count, &scratch->units.at[i], first, last))
            return false;
        first = last;
    }
    return true;
}
