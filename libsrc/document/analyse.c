/* analyse.c: does what is due. See document.h for the two stages.
 * In: paragraphs. Out: their rows. Invariant: after a failure what was done stands and the rest is
 * still due. Cost: the paragraphs that are due and their neighbours. */
#include <string.h>

#include "document/document.h"
#include "segment/quotation.h"
#include "segment/sentence.h"
#include "segment/token.h"

/* ---- Figures ----------------------------------------------------------------------------------- */

struct sink {
    struct rhetor_document *document;
    struct paragraph *paragraph;
    struct voice_device device;
    bool window;
};

/* The innermost quotation with a voice or a speaker of its own that holds the whole stretch, or -1. */
static int32_t quotation_of(const struct paragraph *paragraph, uint32_t start, uint32_t end)
{
    int32_t found = -1;
    for (uint32_t i = 0; i < paragraph->quotations.count; i++) {
        const struct quotation *row = &paragraph->quotations.at[i];
        if ((row->voice != RHETOR_AUTHOR || row->speaker) && row->start <= start && end <= row->end)
            found = (int32_t)i;
    }
    return found;
}

static uint32_t role_number(const struct rhetor_engine *engine, const char *name)
{
    for (uint32_t i = 0; i < figure_role_count; i++)
        if (!strcmp(figure_roles[i], name))
            return engine->figure_roles[i];
    return NONE;
}

static bool figure_emit(void *user, uint32_t start, uint32_t end, float score,
                        const struct figure_part *parts, uint32_t part_count)
{
    struct sink *sink = user;
    struct paragraph *paragraph = sink->paragraph;
    const struct memory *memory = &sink->document->memory;
    int32_t quotation = quotation_of(paragraph, start, end);
    struct tag tag = {
        .start = start, .end = end, .read_end = end, .device = sink->device.device,
        .rule = sink->device.rule, .quotation = quotation, .score = score, .kind = TAG_FIGURE,
        .voice = quotation < 0 ? (uint8_t)RHETOR_AUTHOR : paragraph->quotations.at[quotation].voice,
        .first_role = sink->window ? paragraph->window_roles.count : paragraph->roles.count};
    for (uint32_t i = 0; i < part_count; i++) {
        struct role role = {.name = role_number(sink->document->engine, parts[i].role),
                            .start = parts[i].start, .end = parts[i].end};
        if (role.name == NONE)
            continue;
        if (!(sink->window ? vec_push(memory, &paragraph->window_roles, role)
                           : vec_push(memory, &paragraph->roles, role)))
            return false;
        tag.role_count++;
    }
    return sink->window ? vec_push(memory, &paragraph->window_tags, tag)
                        : vec_push(memory, &paragraph->tags, tag);
}

static int32_t figures_find(struct rhetor_document *document, uint32_t row, bool wide)
{
    struct paragraph *const *all = document->paragraphs.at;
    uint32_t count = document->paragraphs.count;
    struct sink sink = {.document = document, .paragraph = all[row], .window = wide};
    struct figure_view view = {.words = &document->words, .paragraph = all[row],
                               .scratch = document->figure_scratch, .sink = &sink,
                               .emit = figure_emit};
    for (uint32_t i = 0; wide && i < FIGURE_AROUND; i++) {
        view.before[i] = row > i ? all[row - i - 1] : NULL;
        view.after[i] = row + i + 1 < count ? all[row + i + 1] : NULL;
    }
    for (uint32_t i = 0; i < figure_count; i++) {
        sink.device = document->engine->figures[i];
        if (figures[i].wide != wide || sink.device.device == NONE || sink.device.rule == NONE)
            continue;
        if (!figures[i].find(&view))
            return RHETOR_E_MEMORY;
        if (wide && !strcmp(figures[i].device, "repetition") &&
            repetition_find(document->repetition, &document->words, all[row], &view) != RHETOR_OK)
            return RHETOR_E_MEMORY;
    }
    return RHETOR_OK;
}

/* ---- Near -------------------------------------------------------------------------------------- */

void paragraph_touched(void *user, struct paragraph *paragraph)
{
    struct rhetor_document *document = user;
    wide_due(document, paragraph->index, paragraph->index + 1);
}

/* Tokens to tags of one paragraph by itself. */
static int32_t rows_find(struct rhetor_document *document, struct paragraph *paragraph,
                         const struct paragraph *next)
{
    struct match_view view = {&document->words, &document->names, paragraph,
                              &document->tag_scratch, document->cancel};
    paragraph->tags.count = paragraph->roles.count = 0;
    int32_t status = tokens_find(document->segmenter, paragraph);
    if (status == RHETOR_OK)
        status = sentences_find(document->segmenter, paragraph);
    if (status == RHETOR_OK)
        status = quotations_find(document->segmenter, paragraph);
    if (status == RHETOR_OK) {
        paragraph->looks_on = paragraph->out.open_count > 0;
        quotation_settle(paragraph, quotation_goes_on(paragraph, next ? next->bytes : NULL,
                                                      next ? next->length : 0));
        status = words_find(&document->words, paragraph);
    }
    if (status == RHETOR_OK)
        status = voice_find(paragraph, &document->words, &document->names);
    if (status == RHETOR_OK)
        status = cues_find(document->matcher, &view);
    if (status == RHETOR_OK)
        status = parties_find(paragraph, &document->words, &document->names);
    if (status == RHETOR_OK)
        status = voice_tags(paragraph, &document->words, &document->names,
                            &document->engine->voice);
    if (status == RHETOR_OK)
        status = figures_find(document, paragraph->index, false);
    return status;
}

/* A paragraph keeps what it needs: most are not looked at again. */
static void rows_trim(const struct memory *memory, struct paragraph *paragraph)
{
    vec_trim(memory, &paragraph->tokens);
    vec_trim(memory, &paragraph->sentences);
    vec_trim(memory, &paragraph->quotations);
    vec_trim(memory, &paragraph->namings);
    vec_trim(memory, &paragraph->tags);
    vec_trim(memory, &paragraph->roles);
    vec_trim(memory, &paragraph->shingles);
}

static int32_t near_do(struct rhetor_document *document, uint32_t row)
{
    struct paragraph *paragraph = document->paragraphs.at[row];
    struct paragraph *next =
        row + 1 < document->paragraphs.count ? document->paragraphs.at[row + 1] : NULL;
    struct context old = paragraph->out;
    memset(&paragraph->in, 0, sizeof paragraph->in);
    if (row)
        paragraph->in = document->paragraphs.at[row - 1]->out;
    memset(&paragraph->out, 0, sizeof paragraph->out);
    document->old.count = 0;
    if (!ids_retire(document, &document->old, row, false))
        return RHETOR_E_MEMORY;
    repetition_touched(document->repetition, paragraph, paragraph_touched, document);
    repetition_remove(document->repetition, paragraph);
    int32_t status = rows_find(document, paragraph, next);
    if (status == RHETOR_OK)
        status = tags_settle(paragraph, false, document->engine->options.unmerged,
                             &document->tag_scratch, &document->memory);
    if (status == RHETOR_OK)
        status = repetition_add(document->repetition, &document->words, paragraph);
    if (status != RHETOR_OK) {
        document->tag_scratch.exemptions.count = 0;
        paragraph->tags.count = paragraph->roles.count = 0;
        paragraph->out = old;
        return status;
    }
    ids_give(document, row, false);
    rows_trim(&document->memory, paragraph);
    repetition_touched(document->repetition, paragraph, paragraph_touched, document);
    paragraph->state = WIDE_DUE;
    document->bytes_due -= paragraph->length;
    document->change.paragraphs++;
    change_add(&document->change, document->starts.at[row], row_start(document, row + 1),
               row_start(document, row + 1));
    wide_due(document, row > REACH ? row - REACH : 0, row + REACH + 1);
    if (next && memcmp(&next->in, &paragraph->out, sizeof next->in))
        rows_due(document, row + 1, row + 2);
    return RHETOR_OK;
}

/* ---- Wide -------------------------------------------------------------------------------------- */

static int32_t wide_do(struct rhetor_document *document, uint32_t row)
{
    struct paragraph *paragraph = document->paragraphs.at[row];
    document->old.count = 0;
    if (!ids_retire(document, &document->old, row, true))
        return RHETOR_E_MEMORY;
    uint32_t before = paragraph->window_tags.count;
    paragraph->window_tags.count = paragraph->window_roles.count = 0;
    struct move_view view = {.moves = document->engine->moves, .words = &document->words,
                             .paragraphs = document->paragraphs.at,
                             .count = document->paragraphs.count, .row = row,
                             .scratch = &document->move_scratch, .memory = &document->memory};
    int32_t status = figures_find(document, row, true);
    if (status == RHETOR_OK)
        status = moves_find(&view);
    if (status == RHETOR_OK)
        status = tags_settle(paragraph, true, document->engine->options.unmerged,
                             &document->tag_scratch, &document->memory);
    if (status != RHETOR_OK) {
        paragraph->window_tags.count = paragraph->window_roles.count = 0;
        return status;
    }
    bool fresh = before != paragraph->window_tags.count;
    uint32_t last = document->last_id;
    ids_give(document, row, true);
    if (fresh || last != document->last_id)
        change_add(&document->change, document->starts.at[row], row_start(document, row + 1),
                   row_start(document, row + 1));
    paragraph->state = DONE;
    return RHETOR_OK;
}

/* ---- Steps ------------------------------------------------------------------------------------- */

/* The first row of [*lo, hi) in a state; moves *lo there. */
static bool due(const struct rhetor_document *document, uint32_t *lo, uint32_t hi, uint8_t state)
{
    while (*lo < hi && document->paragraphs.at[*lo]->state != state)
        ++*lo;
    return *lo < hi;
}

int32_t rhetor_document_step(rhetor_document *document, uint32_t budget, rhetor_error *error)
{
    if (!document)
        return fail(error, RHETOR_E_ARGUMENT, "", "there is no document");
    uint64_t spent = 0;
    int32_t status = RHETOR_OK;
    bool worked = false;
    while (status == RHETOR_OK) {
        bool near = due(document, &document->near_lo, document->near_hi, NEAR_DUE);
        if (!near && !due(document, &document->wide_lo, document->wide_hi, WIDE_DUE))
            break;
        uint32_t row = near ? document->near_lo : document->wide_lo;
        if (document->cancel && *document->cancel)
            status = RHETOR_E_CANCELLED;
        else if (spent && spent >= budget)
            status = RHETOR_MORE;
        else
            status = near ? near_do(document, row) : wide_do(document, row);
        spent += document->paragraphs.at[row]->length / (near ? 1 : 4) + 1;
        worked = true;
    }
    if (worked)
        views_drop(document);
    if (status == RHETOR_OK)
        document->retired.count = 0;
    if (status == RHETOR_E_MEMORY)
        return fail(error, status, "", "out of memory");
    if (status == RHETOR_E_CANCELLED)
        return fail(error, status, "call again to go on", "the analysis was cancelled");
    if (status < 0)
        return fail(error, status, "", "a text could not be segmented");
    return status;
}

int32_t rhetor_document_analyse(rhetor_document *document, rhetor_error *error)
{
    return rhetor_document_step(document, UINT32_MAX, error);
}

void rhetor_document_progress(const rhetor_document *document, uint32_t *done, uint32_t *total)
{
    if (done)
        *done = document ? document->length - document->bytes_due : 0;
    if (total)
        *total = document ? document->length : 0;
}
