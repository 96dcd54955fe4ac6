/* move.c: all, any and sequence. See move.h. */
#include "move/move.h"

#include <string.h>

#include "move/party.h"
#include "move/window.h"
#include "rhetor/rhetor.h"
#include "tag/tag.h"

enum {
    STEPS = 1024, /* tags looked at for the parts of one move from one anchor */
    SCAN = 256    /* how many tags before and behind an anchor count: never quadratic */
};

void move_scratch_free(struct move_scratch *scratch, const struct memory *memory)
{
    vec_free(memory, &scratch->events);
    vec_free(memory, &scratch->units);
    vec_free(memory, &scratch->words);
}

uint32_t sentence_at(const struct paragraph *paragraph, uint32_t at)
{
    uint32_t low = 0, high = paragraph->sentences.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (paragraph->sentences.at[middle].start <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

/* The quotation that holds the whole stretch, the innermost; -1: none. */
static int32_t quotation_of(const struct paragraph *paragraph, uint32_t start, uint32_t end)
{
    int32_t found = -1;
    for (uint32_t i = 0; i < paragraph->quotations.count; i++) {
        const struct quotation *quotation = &paragraph->quotations.at[i];
        if ((quotation->voice != RHETOR_AUTHOR || quotation->speaker) &&
            quotation->start <= start && end <= quotation->end)
            found = (int32_t)i;
    }
    return found;
}

bool emit(const struct move_view *view, uint8_t kind, uint32_t device, uint32_t rule,
          float log_odds, uint32_t start, uint32_t end, uint32_t read_start, uint32_t read_end,
          uint32_t first_role)
{
    struct paragraph *anchor = anchor_of(view);
    int32_t quotation = quotation_of(anchor, start, end);
    struct tag tag = {
        .start = start, .end = end, .read_start = read_start, .read_end = read_end,
        .device = device, .rule = rule, .first_role = first_role, .quotation = quotation,
        .score = score_of(log_odds), .kind = kind,
        .role_count = (uint16_t)(anchor->window_roles.count - first_role),
        .voice = quotation < 0 ? RHETOR_AUTHOR : anchor->quotations.at[quotation].voice};
    return vec_push(view->memory, &anchor->window_tags, tag);
}

/* ---- The window ------------------------------------------------------------------------------ */

/* The tags that moves ask for, of the anchor and of the paragraphs behind it. */
static bool events_find(const struct move_view *view)
{
    const struct moves *moves = view->moves;
    uint32_t base = 0, sentence = 0;
    view->scratch->events.count = 0;
    for (uint32_t n = 0; n <= MOVE_AFTER && view->row + n < view->count; n++) {
        const struct paragraph *paragraph = view->paragraphs[view->row + n];
        bool part = false;
        for (uint32_t i = 0; i < paragraph->tags.count; i++) {
            const struct tag *tag = &paragraph->tags.at[i];
            uint8_t wanted = tag->device < moves->wanted.count ? moves->wanted.at[tag->device] : 0;
            struct move_event event = {
                .tag = tag, .paragraph = paragraph, .base = base, .start = base + tag->start,
                .end = base + tag->end, .sentence = sentence + sentence_at(paragraph, tag->start),
                .behind = n};
            part |= (wanted & WANTED_PART) != 0;
            if (wanted && !vec_push(view->memory, &view->scratch->events, event))
                return false;
        }
        if (n == 0 && !part)
            return true; /* nothing is anchored here */
        base += paragraph->length;
        sentence += paragraph->sentences.count;
    }
    return true;
}

/* Words that begin in [from, to), counted no further than `most` + 1. */
static uint32_t words_between(const struct move_view *view, uint32_t from, uint32_t to,
                              uint32_t most)
{
    uint32_t words = 0, base = 0;
    for (uint32_t row = view->row; row < view->count && base < to; row++) {
        const struct paragraph *paragraph = view->paragraphs[row];
        if (base + paragraph->length > from) {
            uint32_t low = 0, high = paragraph->tokens.count;
            while (low < high) {
                uint32_t middle = low + (high - low) / 2;
                if (base + paragraph->tokens.at[middle].start < from)
                    low = middle + 1;
                else
                    high = middle;
            }
            for (; low < paragraph->tokens.count && base + paragraph->tokens.at[low].start < to;
                 low++)
                if (is_word_token(&paragraph->tokens.at[low]) && ++words > most)
                    return words;
        }
        base += paragraph->length;
    }
    return words;
}

/* ---- Fitting --------------------------------------------------------------------------------- */

struct fitting {
    const struct move_view *view;
    const struct move_row *move;
    uint32_t row;                    /* of the move, for marking */
    uint32_t anchor;                 /* event */
    uint32_t anchored;               /* the part it fills */
    uint32_t chosen[MOVE_PARTS];     /* event of each part, or UINT32_MAX */
    uint32_t steps;
};

static struct move_event *event_at(const struct fitting *fitting, uint32_t row)
{
    return &fitting->view->scratch->events.at[row];
}

static uint32_t target_of_part(const struct fitting *fitting, uint32_t part)
{
    return fitting->view->moves->parts.at[fitting->move->first_part + part].target;
}

static uint32_t scan_end(const struct fitting *fitting)
{
    uint32_t count = fitting->view->scratch->events.count;
    return fitting->anchor + SCAN < count ? fitting->anchor + SCAN : count;
}

/* Whether an event lies within the move's reach from its first part. */
static bool within(const struct fitting *fitting, const struct move_event *event)
{
    const struct move_event *first = event_at(fitting, fitting->anchor);
    uint32_t reach = fitting->move->within;
    switch (fitting->move->reach) {
    case WITHIN_SENTENCES:
        return event->sentence - first->sentence < reach;
    case WITHIN_PARAGRAPHS:
        return event->behind - first->behind < reach;
    default:
        return event->start <= first->end ||
               words_between(fitting->view, first->end, event->start, reach) <= reach;
    }
}

static bool one_voice(const struct move_event *a, const struct move_event *b)
{
    if (a->tag->voice != b->tag->voice)
        return false;
    if (a->tag->quotation < 0 && b->tag->quotation < 0)
        return true;
    if (a->paragraph == b->paragraph && a->tag->quotation == b->tag->quotation)
        return true;
    if (a->tag->quotation < 0 || b->tag->quotation < 0)
        return false;
    uint32_t speaker = a->paragraph->quotations.at[a->tag->quotation].speaker;
    return speaker && speaker == b->paragraph->quotations.at[b->tag->quotation].speaker;
}

/* Whether some role of the one and some of the other name one party. */
static bool one_party(const struct move_event *a, uint32_t a_name, const struct move_event *b,
                      uint32_t b_name)
{
    const struct role *left = a->paragraph->roles.at + a->tag->first_role;
    const struct role *right = b->paragraph->roles.at + b->tag->first_role;
    for (uint32_t i = 0; i < a->tag->role_count; i++)
        for (uint32_t n = 0; left[i].name == a_name && n < b->tag->role_count; n++)
            if (right[n].name == b_name &&
                same_party(&left[i], a->paragraph->bytes, &right[n], b->paragraph->bytes))
                return true;
    return false;
}

/* The event with the parts chosen so far: order, voice, parties. */
static bool fits(const struct fitting *fitting, uint32_t part, uint32_t row)
{
    const struct move_row *move = fitting->move;
    const struct move_event *event = event_at(fitting, row);
    for (uint32_t i = 0; i < move->part_count; i++) {
        if (i == part || fitting->chosen[i] == UINT32_MAX)
            continue;
        const struct move_event *other = event_at(fitting, fitting->chosen[i]);
        if (fitting->chosen[i] == row || (move->same_voice && !one_voice(event, other)))
            return false;
        bool order = i < part ? other->start < event->start && other->end < event->end
                              : event->start < other->start && event->end < other->end;
        if (move->form == MOVE_SEQUENCE && !order)
            return false;
    }
    for (uint32_t i = 0; i < move->pair_count; i++) {
        const struct pair_row *pair = &fitting->view->moves->pairs.at[move->first_pair + i];
        if (pair->part[0] != part && pair->part[1] != part)
            continue;
        uint32_t a = pair->part[0] == part ? row : fitting->chosen[pair->part[0]];
        uint32_t b = pair->part[1] == part ? row : fitting->chosen[pair->part[1]];
        if (a != UINT32_MAX && b != UINT32_MAX &&
            !one_party(event_at(fitting, a), pair->role[0], event_at(fitting, b), pair->role[1]))
            return false;
    }
    return true;
}

/* Fills the parts from `part` on, each with the nearest that fits. At most MOVE_PARTS deep. */
static bool fill(struct fitting *fitting, uint32_t part)
{
    if (part == fitting->move->part_count)
        return true;
    if (part == fitting->anchored)
        return fill(fitting, part + 1);
    uint32_t target = target_of_part(fitting, part), end = scan_end(fitting);
    for (uint32_t row = fitting->anchor + 1; row < end && fitting->steps < STEPS; row++) {
        const struct move_event *event = event_at(fitting, row);
        fitting->steps++;
        if (event->used == fitting->row + 1 || !hits(target, event->tag) ||
            event->tag->score < PART_SCORE)
            continue;
        if (!within(fitting, event))
            break;
        if (!fits(fitting, part, row))
            continue;
        fitting->chosen[part] = row;
        if (fill(fitting, part + 1))
            return true;
        fitting->chosen[part] = UINT32_MAX;
    }
    return false;
}

/* Whether a later tag, not behind the move's last part, could stand for the first one. */
static bool has_rival(const struct fitting *fitting)
{
    uint32_t last = fitting->anchor;
    for (uint32_t i = 0; i < fitting->move->part_count; i++)
        if (fitting->chosen[i] != UINT32_MAX && fitting->chosen[i] > last)
            last = fitting->chosen[i];
    uint32_t target = target_of_part(fitting, fitting->anchored);
    for (uint32_t row = fitting->anchor + 1; row < last; row++) {
        const struct move_event *event = event_at(fitting, row);
        if (event->used != fitting->row + 1 && event->tag->score >= PART_SCORE &&
            hits(target, event->tag) && fits(fitting, fitting->anchored, row))
            return true;
    }
    return false;
}

/* ---- Where a move may stand ------------------------------------------------------------------ */

struct span { uint32_t start, end; };

/* From the beginning of the first part's sentence to the end of the last part's. */
static struct span sentences_of(const struct move_event *first, const struct move_event *last)
{
    struct span span = {first->start, last->end};
    const struct paragraph *paragraph = first->paragraph;
    if (paragraph->sentences.count) {
        uint32_t start = paragraph->sentences.at[sentence_at(paragraph, first->tag->start)].start;
        if (first->base + start < span.start)
            span.start = first->base + start;
    }
    paragraph = last->paragraph;
    if (paragraph->sentences.count) {
        uint32_t at = last->tag->end ? last->tag->end - 1 : 0;
        uint32_t end = paragraph->sentences.at[sentence_at(paragraph, at)].end;
        if (last->base + end > span.end)
            span.end = last->base + end;
    }
    return span;
}

static bool hits_any(const struct fitting *fitting, uint32_t first, uint32_t count,
                     const struct tag *tag)
{
    for (uint32_t i = 0; i < count; i++)
        if (hits(fitting->view->moves->targets.at[first + i], tag))
            return true;
    return false;
}

static bool is_part(const struct fitting *fitting, uint32_t row)
{
    for (uint32_t i = 0; i < fitting->move->part_count; i++)
        if (fitting->chosen[i] == row)
            return true;
    return false;
}

/* Whether a tag of the targets covers the part. */
static bool covered(const struct fitting *fitting, uint32_t first, uint32_t count, uint32_t part)
{
    const struct move_event *event = event_at(fitting, part);
    for (uint32_t row = part > SCAN ? part - SCAN : 0; row < fitting->view->scratch->events.count;
         row++) {
        const struct move_event *other = event_at(fitting, row);
        if (other->start > event->start)
            return false;
        if (row != part && other->end >= event->end && hits_any(fitting, first, count, other->tag))
            return true;
    }
    return false;
}

static bool may_stand(const struct fitting *fitting, struct span span)
{
    const struct move_row *move = fitting->move;
    uint32_t unless = move->first_target, inside = unless + move->unless_count,
             not_inside = inside + move->inside_count;
    uint32_t from = fitting->anchor > SCAN ? fitting->anchor - SCAN : 0, to = scan_end(fitting);
    for (uint32_t row = from; move->unless_count && row < to; row++) {
        const struct move_event *event = event_at(fitting, row);
        if (event->start < span.end && event->end > span.start && !is_part(fitting, row) &&
            event->tag->score >= TAG_THRESHOLD &&
            hits_any(fitting, unless, move->unless_count, event->tag))
            return false;
    }
    for (uint32_t i = 0; i < move->part_count; i++) {
        uint32_t part = fitting->chosen[i];
        if (part == UINT32_MAX)
            continue;
        if (move->inside_count && !covered(fitting, inside, move->inside_count, part))
            return false;
        if (move->not_inside_count && covered(fitting, not_inside, move->not_inside_count, part))
            return false;
    }
    return true;
}

/* ---- Emitting -------------------------------------------------------------------------------- */

static bool emit_move(const struct fitting *fitting, struct span read, uint32_t end, float weakest)
{
    const struct move_view *view = fitting->view;
    const struct move_row *move = fitting->move;
    struct paragraph *anchor = anchor_of(view);
    uint32_t first_role = anchor->window_roles.count;
    for (uint32_t i = 0; i < move->part_count; i++) {
        if (fitting->chosen[i] == UINT32_MAX)
            continue;
        struct move_event *event = event_at(fitting, fitting->chosen[i]);
        struct role role = {view->moves->parts.at[move->first_part + i].role, event->start,
                            event->end, 0};
        event->used = fitting->row + 1;
        if (!vec_push(view->memory, &anchor->window_roles, role))
            return false;
    }
    float log_odds = score_log_odds(weakest);
    return emit(view, TAG_MOVE, move->device, move->rule,
                move->log_odds + (log_odds < 0 ? log_odds : 0),
                event_at(fitting, fitting->anchor)->start, end, read.start, read.end, first_role);
}

/* Tries one move with one event as its first part. False: no memory. */
static bool try_move(struct fitting *fitting)
{
    const struct move_row *move = fitting->move;
    const struct move_event *first = event_at(fitting, fitting->anchor);
    for (uint32_t i = 0; i < MOVE_PARTS; i++)
        fitting->chosen[i] = UINT32_MAX;
    fitting->chosen[fitting->anchored] = fitting->anchor;
    fitting->steps = 0;
    if (move->form != MOVE_ANY && (!fill(fitting, 0) || has_rival(fitting)))
        return true;
    const struct move_event *last = first;
    float weakest = first->tag->score;
    uint32_t end = first->end;
    for (uint32_t i = 0; i < move->part_count; i++) {
        if (fitting->chosen[i] == UINT32_MAX)
            continue;
        const struct move_event *event = event_at(fitting, fitting->chosen[i]);
        last = event->end > last->end ? event : last;
        end = last->end;
        weakest = event->tag->score < weakest ? event->tag->score : weakest;
    }
    struct span read = sentences_of(first, last);
    return !may_stand(fitting, read) || emit_move(fitting, read, end, weakest);
}

/* Whether every part has some tag in the window. */
static bool has_parts(const struct fitting *fitting)
{
    uint32_t count = fitting->view->scratch->events.count;
    for (uint32_t part = 0; part < fitting->move->part_count; part++) {
        uint32_t row = 0, target = target_of_part(fitting, part);
        while (row < count && !hits(target, event_at(fitting, row)->tag))
            row++;
        if (row == count)
            return false;
    }
    return true;
}

static bool find_move(const struct move_view *view, uint32_t row)
{
    struct fitting fitting = {.view = view, .move = &view->moves->moves.at[row], .row = row};
    uint32_t parts = fitting.move->form == MOVE_SEQUENCE ? 1 : fitting.move->part_count;
    if (fitting.move->form != MOVE_ANY && !has_parts(&fitting))
        return true;
    for (uint32_t i = 0; i < view->scratch->events.count; i++) {
        const struct move_event *event = &view->scratch->events.at[i];
        if (event->behind)
            return true;
        if (event->tag->score < PART_SCORE)
            continue;
        fitting.anchor = i;
        for (fitting.anchored = 0; fitting.anchored < parts; fitting.anchored++)
            if (event->used != row + 1 &&
                hits(target_of_part(&fitting, fitting.anchored), event->tag) && !try_move(&fitting))
                return false;
    }
    return true;
}

int32_t moves_find(const struct move_view *view)
{
    const struct moves *moves = view->moves;
    bool sound = true;
    if (moves->moves.count) {
        sound = events_find(view);
        for (uint32_t i = 0; sound && view->scratch->events.count && i < moves->moves.count; i++)
            sound = find_move(view, i);
    }
    for (uint32_t i = 0; sound && i < moves->series.count; i++)
        sound = series_find(view, &moves->series.at[i]);
    for (uint32_t i = 0; sound && i < moves->counts.count; i++)
        sound = count_find(view, &moves->counts.at[i]);
    return sound ? RHETOR_OK : RHETOR_E_MEMORY;
}
