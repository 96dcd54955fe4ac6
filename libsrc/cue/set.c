/* set.c: the model's life, its look-ups and its diagnostics. See set.h.
 * Invariant: devices and lexicons are added and replaced in place, never taken out: rows stay. */
#include "cue/set.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "text/utf8.h"

enum { NEAREST_LONGEST = 48, NEAREST_AMONG = 2000 };

int32_t model_init(struct model *model, const struct memory *memory)
{
    *model = (struct model){.memory = memory};
    arena_init(&model->arena, memory);
    return RHETOR_OK;
}

void model_free(struct model *model)
{
    const struct memory *memory = model->memory;
    for (uint32_t i = 0; i < model->devices.count; i++) {
        struct device *device = &model->devices.at[i];
        vec_free(memory, &device->patterns);
        vec_free(memory, &device->series);
        vec_free(memory, &device->counts);
        vec_free(memory, &device->moves);
        vec_free(memory, &device->antipatterns);
    }
    vec_free(memory, &model->sources);
    vec_free(memory, &model->manifests);
    vec_free(memory, &model->lexicons);
    vec_free(memory, &model->words);
    vec_free(memory, &model->antipatterns);
    vec_free(memory, &model->devices);
    vec_free(memory, &model->diagnostics);
    index_free(memory, &model->device_rows);
    index_free(memory, &model->lexicon_rows);
    arena_free(&model->arena);
}

void model_say(struct model *model, int severity, const struct place *place, const char *code,
               const char *advice, const char *format, ...)
{
    static const struct place nowhere = {.file = ""};
    if (model->diagnostics.count >= DIAGNOSTICS_MOST)
        return;
    char message[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    size_t length = strlen(message); /* a cut may have fallen inside a character */
    for (size_t at = utf8_bad(message, length, 0); at < length; at = utf8_bad(message, length, at))
        message[at++] = '?';
    if (!place)
        place = &nowhere;
    bool last = model->diagnostics.count == DIAGNOSTICS_MOST - 1;
    if (last)
        snprintf(message, sizeof message, "there is more wrong; it is not listed");
    rhetor_diagnostic diagnostic = {
        .severity = last ? RHETOR_NOTE : severity, .byte = place->byte, .line = place->line,
        .column = place->column, .code = last ? "too-many" : code,
        .file = place->file ? place->file : "",
        .message = arena_text(&model->arena, message, strlen(message)),
        .advice = advice && !last ? arena_text(&model->arena, advice, strlen(advice)) : ""};
    if (!diagnostic.message || !diagnostic.advice ||
        !vec_push(model->memory, &model->diagnostics, diagnostic))
        model->no_memory = true;
}

/* Rows enter the index when first asked for; where it has no memory, the rest is walked. */
#define ROW_OF(model, index, list, field, name, out)                                              \
    do {                                                                                          \
        while ((index)->count < (list)->count) {                                                  \
            uint32_t next = (index)->count;                                                       \
            if (index_put((model)->memory, (index), (list)->at[next].field, next) != next)        \
                break;                                                                            \
        }                                                                                         \
        uint32_t row = index_find((index), (name));                                               \
        for (uint32_t i = (index)->count; row == INDEX_NONE && i < (list)->count; i++)            \
            if (!strcmp((list)->at[i].field, (name)))                                             \
                row = i;                                                                          \
        (out) = row == INDEX_NONE ? NULL : &(list)->at[row];                                      \
    } while (0)

struct device *model_device(struct model *model, const char *id)
{
    struct device *device;
    ROW_OF(model, &model->device_rows, &model->devices, id, id, device);
    return device;
}

struct lexicon *model_lexicon(struct model *model, const char *name)
{
    struct lexicon *lexicon;
    ROW_OF(model, &model->lexicon_rows, &model->lexicons, name, name, lexicon);
    return lexicon;
}

/* Edit distance with neighbours swapped as one edit; `most` + 1 where it is above `most`. */
static uint32_t distance(const char *a, uint32_t n, const char *b, uint32_t m, uint32_t most)
{
    uint8_t rows[3][NEAREST_LONGEST + 1];
    uint8_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (uint32_t j = 0; j <= m; j++)
        above[j] = (uint8_t)j;
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t least = row[0] = (uint8_t)i;
        for (uint32_t j = 1; j <= m; j++) {
            uint32_t cost = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1u < cost)
                cost = above[j] + 1u;
            if (row[j - 1] + 1u < cost)
                cost = row[j - 1] + 1u;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1u < cost)
                cost = before[j - 2] + 1u;
            row[j] = (uint8_t)cost;
            if (cost < least)
                least = cost;
        }
        if (least > most)
            return most + 1;
        uint8_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[m];
}

const char *nearest(const char *word, const char *const *words, uint32_t n)
{
    size_t length = strlen(word);
    const char *best = NULL;
    uint32_t most = length > 4 ? 2 : length > 2 ? 1 : 0;
    if (length > NEAREST_LONGEST)
        return NULL;
    for (uint32_t i = 0; i < n && i < NEAREST_AMONG && most; i++) {
        size_t other = strlen(words[i]);
        if (other > NEAREST_LONGEST || other + most < length || length + most < other)
            continue;
        uint32_t d = distance(word, (uint32_t)length, words[i], (uint32_t)other, most);
        if (d <= most) {
            best = words[i];
            most = d ? d - 1 : 0;
        }
    }
    return best;
}
