/* paragraphs.c: the document's life, its paragraphs, and which of them are due. See document.h.
 * In: bytes. Out: paragraphs without rows. Cost: one pass over the bytes. */
#include <string.h>

#include "document/document.h"
#include "text/split.h"
#include "text/utf8.h"

int32_t rhetor_document_new(rhetor_engine *engine, rhetor_document **out, rhetor_error *error)
{
    if (!engine || !out)
        return fail(error, RHETOR_E_ARGUMENT, "", "a document needs an engine and a place");
    *out = NULL;
    struct rhetor_document *document = memory_zero(&engine->memory, sizeof *document);
    if (!document)
        return fail(error, RHETOR_E_MEMORY, "", "out of memory");
    document->engine = rhetor_engine_retain(engine);
    document->memory = engine->memory;
    const struct memory *memory = &document->memory;
    struct vocabulary vocabulary = {engine->rules, rules_find};
    arena_init(&document->arena, memory);
    if (words_init(&document->words, memory, &vocabulary) != RHETOR_OK ||
        names_init(&document->names, memory) != RHETOR_OK ||
        segmenter_open(memory, &document->segmenter) != RHETOR_OK ||
        matcher_open(engine->programs, memory, &document->matcher) != RHETOR_OK ||
        figure_scratch_open(memory, &document->figure_scratch) != RHETOR_OK ||
        repetition_open(memory, &document->repetition) != RHETOR_OK) {
        rhetor_document_free(document);
        return fail(error, RHETOR_E_MEMORY, "", "out of memory");
    }
    *out = document;
    return RHETOR_OK;
}

static void paragraphs_drop(struct rhetor_document *document)
{
    for (uint32_t i = 0; i < document->paragraphs.count; i++)
        paragraph_free(document, document->paragraphs.at[i]);
    document->paragraphs.count = document->starts.count = 0;
    document->length = document->bytes_due = 0;
    document->near_lo = document->near_hi = document->wide_lo = document->wide_hi = 0;
    document->retired.count = 0;
}

void rhetor_document_free(rhetor_document *document)
{
    if (!document)
        return;
    struct memory memory = document->memory;
    paragraphs_drop(document);
    views_drop(document);
    vec_free(&memory, &document->paragraphs);
    vec_free(&memory, &document->starts);
    vec_free(&memory, &document->retired);
    vec_free(&memory, &document->old);
    vec_free(&memory, &document->tags);
    vec_free(&memory, &document->roles);
    vec_free(&memory, &document->quotations);
    vec_free(&memory, &document->sentences);
    vec_free(&memory, &document->spans);
    vec_free(&memory, &document->diagnostics);
    persons_free(&document->persons, &memory);
    arena_free(&document->arena);
    repetition_close(document->repetition);
    figure_scratch_close(document->figure_scratch);
    matcher_close(document->matcher);
    segmenter_close(document->segmenter);
    tag_scratch_free(&document->tag_scratch, &memory);
    move_scratch_free(&document->move_scratch, &memory);
    names_free(&document->names);
    words_free(&document->words);
    rhetor_engine_release(document->engine);
    memory_give(&memory, document);
}

/* ---- Paragraphs -------------------------------------------------------------------------------- */

struct paragraph *paragraph_make(struct rhetor_document *document, const char *bytes,
                                 uint32_t length)
{
    const struct memory *memory = &document->memory;
    struct paragraph *paragraph = memory_zero(memory, sizeof *paragraph);
    if (!paragraph)
        return NULL;
    paragraph->bytes = memory_take(memory, (size_t)length + 1);
    if (!paragraph->bytes)
        goto no_memory;
    memcpy(paragraph->bytes, bytes, length);
    paragraph->bytes[length] = 0;
    paragraph->length = length;
    if (utf8_bad(bytes, length, 0) < length) {
        paragraph->original = memory_take(memory, (size_t)length + 1);
        if (!paragraph->original)
            goto no_memory;
        memcpy(paragraph->original, bytes, length);
        paragraph->original[length] = 0;
        utf8_mask(paragraph->bytes, bytes, length);
    }
    split_next(paragraph->bytes, length, 0, &paragraph->flags);
    paragraph->state = NEAR_DUE;
    document->bytes_due += length;
    return paragraph;
no_memory:
    memory_give(memory, paragraph->bytes);
    memory_give(memory, paragraph);
    return NULL;
}

void paragraph_free(struct rhetor_document *document, struct paragraph *paragraph)
{
    const struct memory *memory = &document->memory;
    if (paragraph->state == NEAR_DUE)
        document->bytes_due -= paragraph->length;
    repetition_remove(document->repetition, paragraph);
    memory_give(memory, paragraph->bytes);
    memory_give(memory, paragraph->original);
    vec_free(memory, &paragraph->tokens);
    vec_free(memory, &paragraph->sentences);
    vec_free(memory, &paragraph->quotations);
    vec_free(memory, &paragraph->namings);
    vec_free(memory, &paragraph->tags);
    vec_free(memory, &paragraph->roles);
    vec_free(memory, &paragraph->window_tags);
    vec_free(memory, &paragraph->window_roles);
    vec_free(memory, &paragraph->shingles);
    memory_give(memory, paragraph);
}

uint32_t paragraph_at(const struct rhetor_document *document, uint32_t offset)
{
    uint32_t low = 0, high = document->starts.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (document->starts.at[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

const char *paragraph_original(const struct paragraph *paragraph)
{
    return paragraph->original ? paragraph->original : paragraph->bytes;
}

/* ---- What is due ------------------------------------------------------------------------------- */

static void widen(uint32_t *lo, uint32_t *hi, uint32_t from, uint32_t to)
{
    if (*lo >= *hi) {
        *lo = from;
        *hi = to;
        return;
    }
    *lo = from < *lo ? from : *lo;
    *hi = to > *hi ? to : *hi;
}

void rows_due(struct rhetor_document *document, uint32_t lo, uint32_t hi)
{
    if (hi > document->paragraphs.count)
        hi = document->paragraphs.count;
    if (lo >= hi)
        return;
    for (uint32_t row = lo; row < hi; row++) {
        struct paragraph *paragraph = document->paragraphs.at[row];
        if (paragraph->state != NEAR_DUE)
            document->bytes_due += paragraph->length;
        paragraph->state = NEAR_DUE;
    }
    widen(&document->near_lo, &document->near_hi, lo, hi);
}

void wide_due(struct rhetor_document *document, uint32_t lo, uint32_t hi)
{
    if (hi > document->paragraphs.count)
        hi = document->paragraphs.count;
    if (lo >= hi)
        return;
    for (uint32_t row = lo; row < hi; row++)
        if (document->paragraphs.at[row]->state == DONE)
            document->paragraphs.at[row]->state = WIDE_DUE;
    widen(&document->wide_lo, &document->wide_hi, lo, hi);
}

static uint32_t moved(uint32_t bound, uint32_t row, uint32_t gone, uint32_t fresh, bool upper)
{
    if (bound <= row)
        return bound;
    if (bound >= row + gone)
        return bound - gone + fresh;
    return upper ? row + fresh : row;
}

void rows_moved(struct rhetor_document *document, uint32_t row, uint32_t gone, uint32_t fresh)
{
    document->near_lo = moved(document->near_lo, row, gone, fresh, false);
    document->near_hi = moved(document->near_hi, row, gone, fresh, true);
    document->wide_lo = moved(document->wide_lo, row, gone, fresh, false);
    document->wide_hi = moved(document->wide_hi, row, gone, fresh, true);
}

/* ---- Text -------------------------------------------------------------------------------------- */

int32_t rhetor_document_set_text(rhetor_document *document, const char *text, uint32_t length)
{
    if (!document || (!text && length))
        return RHETOR_E_ARGUMENT;
    if (length > document->engine->options.text_limit)
        return RHETOR_E_LIMIT;
    const struct memory *memory = &document->memory;
    VEC(struct paragraph *) made = {0};
    VEC(uint32_t) starts = {0};
    for (uint32_t at = 0; at < length;) {
        uint8_t flags;
        uint32_t end = split_next(text, length, at, &flags);
        struct paragraph *paragraph = paragraph_make(document, text + at, end - at);
        if (!paragraph || !vec_push(memory, &made, paragraph) || !vec_push(memory, &starts, at)) {
            if (paragraph && (!made.count || made.at[made.count - 1] != paragraph))
                paragraph_free(document, paragraph);
            for (uint32_t i = 0; i < made.count; i++)
                paragraph_free(document, made.at[i]);
            vec_free(memory, &made);
            vec_free(memory, &starts);
            return RHETOR_E_MEMORY;
        }
        paragraph->index = made.count - 1;
        at = end;
    }
    uint32_t old_length = document->length;
    paragraphs_drop(document);
    views_drop(document);
    vec_free(memory, &document->paragraphs);
    vec_free(memory, &document->starts);
    memcpy(&document->paragraphs, &made, sizeof made);
    memcpy(&document->starts, &starts, sizeof starts);
    document->length = document->bytes_due = length;
    document->near_hi = made.count;
    document->generation++;
    change_add(&document->change, 0, old_length, length);
    return RHETOR_OK;
}

uint32_t rhetor_document_generation(const rhetor_document *document)
{
    return document ? document->generation : 0;
}

void rhetor_document_set_cancel(rhetor_document *document, const volatile uint32_t *flag)
{
    if (document)
        document->cancel = flag;
}
