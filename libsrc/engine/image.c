/* image.c: the model as bytes and back, by one walk for both ways. Numbers are written seven bits a
 * byte, texts with their length and a NUL, so that reading lends them. See image.h. */
#include "engine/image.h"

#include <string.h>

struct walk {
    struct model *model;
    const struct memory *memory;
    struct model_bytes *out;         /* writing, or NULL */
    const unsigned char *at, *end;   /* reading */
    bool failed, no_memory;
};

static void walk_byte(struct walk *walk, uint8_t *byte)
{
    if (walk->out)
        walk->no_memory |= !vec_push(walk->memory, &walk->out->at, *byte);
    else if (walk->at < walk->end)
        *byte = *walk->at++;
    else
        walk->failed = true;
}

static void walk_number(struct walk *walk, uint32_t *number)
{
    uint32_t left = *number, shift = 0;
    uint8_t byte;
    if (walk->out) {
        do {
            byte = (uint8_t)((left & 0x7F) | (left > 0x7F ? 0x80 : 0));
            walk_byte(walk, &byte);
            left >>= 7;
        } while (left);
        return;
    }
    *number = 0;
    do {
        byte = 0;
        walk_byte(walk, &byte);
        *number |= (uint32_t)(byte & 0x7F) << shift;
        shift += 7;
    } while (byte & 0x80 && shift < 35);
}

static void walk_float(struct walk *walk, float *number)
{
    uint32_t bits;
    memcpy(&bits, number, sizeof bits);
    walk_number(walk, &bits);
    memcpy(number, &bits, sizeof bits);
}

static void walk_text(struct walk *walk, const char **text)
{
    uint32_t length = walk->out && *text ? (uint32_t)strlen(*text) + 1 : 0;
    walk_number(walk, &length);
    if (!walk->out) {
        *text = NULL;
        if (!length)
            return;
        if (length > (uint32_t)(walk->end - walk->at) || walk->at[length - 1]) {
            walk->failed = true;
            return;
        }
        *text = (const char *)walk->at;
        walk->at += length;
        return;
    }
    for (uint32_t i = 0; i < length; i++)
        walk_byte(walk, (uint8_t *)(uintptr_t)&(*text)[i]);
}

/* Room for an array that is read; when writing it is there. */
static void *walk_array(struct walk *walk, void *at, uint32_t *count, size_t size)
{
    walk_number(walk, count);
    if (walk->out || walk->failed)
        return walk->failed ? (*count = 0, NULL) : at;
    if (*count > (uint32_t)(walk->end - walk->at)) {
        walk->failed = true;
        *count = 0;
        return NULL;
    }
    void *room = *count ? arena_take(&walk->model->arena, *count * size) : NULL;
    if (room)
        memset(room, 0, *count * size);
    walk->no_memory |= *count && !room;
    if (!room)
        *count = 0;
    return room;
}

static void walk_place(struct walk *walk, struct place *place)
{
    walk_number(walk, &place->source);
    walk_number(walk, &place->line);
    walk_number(walk, &place->column);
    walk_number(walk, &place->byte);
    bool known = place->source < walk->model->sources.count;
    const char *own = known ? walk->model->sources.at[place->source].name : "";
    uint8_t other = walk->out && place->file && strcmp(place->file, own);
    walk_byte(walk, &other);
    if (other)
        walk_text(walk, &place->file);
    else if (!walk->out)
        place->file = own;
}

static void walk_item(struct walk *walk, struct text_item *item)
{
    walk_text(walk, &item->text);
    walk_place(walk, &item->place);
}

static void walk_list(struct walk *walk, struct text_list *list)
{
    list->at = walk_array(walk, list->at, &list->count, sizeof *list->at);
    for (uint32_t i = 0; i < list->count && !walk->failed; i++)
        walk_item(walk, &list->at[i]);
}

static void walk_examples(struct walk *walk, struct example **examples, uint32_t *count)
{
    *examples = walk_array(walk, *examples, count, sizeof **examples);
    for (uint32_t i = 0; i < *count && !walk->failed; i++) {
        walk_item(walk, &(*examples)[i].text);
        walk_byte(walk, &(*examples)[i].counter);
    }
}

static void walk_pattern(struct walk *walk, struct pattern *pattern)
{
    walk_text(walk, &pattern->id);
    walk_item(walk, &pattern->source);
    walk_float(walk, &pattern->weight);
    walk_byte(walk, &pattern->scope);
    walk_byte(walk, &pattern->voice);
    walk_byte(walk, &pattern->position);
    walk_byte(walk, &pattern->raw);
    walk_byte(walk, &pattern->case_sensitive);
    walk_text(walk, &pattern->speaker);
    walk_text(walk, &pattern->message);
    pattern->conditions = walk_array(walk, pattern->conditions, &pattern->condition_count,
                                     sizeof *pattern->conditions);
    for (uint32_t i = 0; i < pattern->condition_count && !walk->failed; i++) {
        struct condition *condition = &pattern->conditions[i];
        walk_item(walk, &condition->pattern);
        walk_float(walk, &condition->amount);
        walk_number(walk, &condition->words);
        walk_byte(walk, &condition->where);
        walk_byte(walk, &condition->forbid);
    }
    pattern->agreements = walk_array(walk, pattern->agreements, &pattern->agreement_count,
                                     sizeof *pattern->agreements);
    for (uint32_t i = 0; i < pattern->agreement_count && !walk->failed; i++) {
        walk_byte(walk, &pattern->agreements[i].kind);
        walk_list(walk, &pattern->agreements[i].groups);
        walk_place(walk, &pattern->agreements[i].place);
    }
    walk_examples(walk, &pattern->examples, &pattern->example_count);
    walk_place(walk, &pattern->place);
}

static void walk_series(struct walk *walk, struct series *series)
{
    walk_text(walk, &series->id);
    walk_byte(walk, &series->unit);
    walk_byte(walk, &series->share);
    walk_number(walk, &series->words);
    walk_number(walk, &series->least);
    walk_number(walk, &series->most);
    walk_number(walk, &series->apart);
    walk_float(walk, &series->tolerance);
    walk_text(walk, &series->joiner);
    walk_float(walk, &series->weight);
    walk_text(walk, &series->message);
    walk_examples(walk, &series->examples, &series->example_count);
    walk_place(walk, &series->place);
}

static void walk_count(struct walk *walk, struct count_rule *count)
{
    walk_text(walk, &count->id);
    walk_byte(walk, &count->unit);
    walk_list(walk, &count->of);
    walk_number(walk, &count->at_least);
    walk_number(walk, &count->at_most);
    walk_number(walk, &count->kinds);
    walk_number(walk, &count->per_words);
    walk_float(walk, &count->weight);
    walk_text(walk, &count->message);
    walk_examples(walk, &count->examples, &count->example_count);
    walk_place(walk, &count->place);
}

static void walk_move(struct walk *walk, struct move *move)
{
    walk_text(walk, &move->id);
    walk_byte(walk, &move->form);
    walk_byte(walk, &move->reach);
    walk_byte(walk, &move->same_voice);
    walk_number(walk, &move->within);
    move->parts = walk_array(walk, move->parts, &move->part_count, sizeof *move->parts);
    for (uint32_t i = 0; i < move->part_count && !walk->failed; i++) {
        walk_text(walk, &move->parts[i].name);
        walk_item(walk, &move->parts[i].of);
    }
    walk_list(walk, &move->unless);
    walk_list(walk, &move->inside);
    walk_list(walk, &move->not_inside);
    walk_list(walk, &move->same_party);
    walk_float(walk, &move->weight);
    walk_text(walk, &move->message);
    walk_examples(walk, &move->examples, &move->example_count);
    walk_place(walk, &move->place);
}

static void walk_antipattern(struct walk *walk, struct antipattern *antipattern)
{
    walk_text(walk, &antipattern->id);
    walk_item(walk, &antipattern->source);
    walk_list(walk, &antipattern->exempts);
    walk_byte(walk, &antipattern->raw);
    walk_byte(walk, &antipattern->case_sensitive);
    walk_examples(walk, &antipattern->examples, &antipattern->example_count);
    walk_place(walk, &antipattern->place);
}

/* A VEC of rows, each by its own walk; made as long as it was written. */
#define WALK_ROWS(walk, vec, row_walk)                                                             \
    do {                                                                                           \
        uint32_t rows = (vec)->count;                                                              \
        walk_number(walk, &rows);                                                                  \
        if (!(walk)->out) {                                                                        \
            (walk)->failed |= rows > (uint32_t)((walk)->end - (walk)->at);                         \
            rows = (walk)->failed ? 0 : rows;                                                      \
            if (!vec_room((walk)->memory, vec, rows)) {                                            \
                (walk)->no_memory = true;                                                          \
                rows = 0;                                                                          \
            }                                                                                      \
            if (rows)                                                                              \
                memset((vec)->at, 0, rows * sizeof *(vec)->at);                                    \
            (vec)->count = rows;                                                                   \
        }                                                                                          \
        for (uint32_t row = 0; row < rows && !(walk)->failed; row++)                               \
            row_walk(walk, &(vec)->at[row]);                                                       \
    } while (0)

static void walk_device(struct walk *walk, struct device *device)
{
    const char **texts[] = {&device->id, &device->name, &device->family, &device->definition,
                            &device->references, &device->message};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        walk_text(walk, texts[i]);
    walk_list(walk, &device->roles);
    walk_float(walk, &device->threshold);
    walk_float(walk, &device->prior);
    walk_byte(walk, &device->hidden);
    walk_byte(walk, &device->disabled);
    walk_number(walk, &device->manifest);
    WALK_ROWS(walk, &device->patterns, walk_pattern);
    WALK_ROWS(walk, &device->series, walk_series);
    WALK_ROWS(walk, &device->counts, walk_count);
    WALK_ROWS(walk, &device->moves, walk_move);
    WALK_ROWS(walk, &device->antipatterns, walk_antipattern);
    walk_place(walk, &device->place);
}

static void walk_lexicon(struct walk *walk, struct lexicon *lexicon)
{
    walk_text(walk, &lexicon->name);
    walk_list(walk, &lexicon->words);
    walk_list(walk, &lexicon->include);
    walk_list(walk, &lexicon->minus);
    walk_place(walk, &lexicon->place);
}

static void walk_fix(struct walk *walk, struct word_fix *fix)
{
    walk_text(walk, &fix->word);
    walk_list(walk, &fix->classes);
    walk_place(walk, &fix->place);
}

/* Without its bytes: what is built in was checked when it was built. */
static void walk_source(struct walk *walk, struct source *source)
{
    walk_text(walk, &source->name);
    walk_number(walk, &source->manifest);
    if (!walk->out) {
        source->bytes = "";
        source->length = 0;
    }
}

static void walk_manifest(struct walk *walk, struct manifest *manifest)
{
    const char **texts[] = {&manifest->name,   &manifest->version,  &manifest->license,
                            &manifest->author, &manifest->citation, &manifest->language};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        walk_text(walk, texts[i]);
}

static int32_t walk_model(struct walk *walk)
{
    struct model *model = walk->model;
    WALK_ROWS(walk, &model->manifests, walk_manifest);
    WALK_ROWS(walk, &model->sources, walk_source);
    WALK_ROWS(walk, &model->lexicons, walk_lexicon);
    WALK_ROWS(walk, &model->words, walk_fix);
    WALK_ROWS(walk, &model->antipatterns, walk_antipattern);
    WALK_ROWS(walk, &model->devices, walk_device);
    return walk->no_memory ? RHETOR_E_MEMORY : walk->failed ? RHETOR_E_SET : RHETOR_OK;
}

int32_t model_write(struct model *model, const struct memory *memory, struct model_bytes *out)
{
    struct walk walk = {.model = model, .memory = memory, .out = out};
    return walk_model(&walk);
}

int32_t model_read(struct model *model, const unsigned char *bytes, uint32_t length)
{
    struct walk walk = {
        .model = model, .memory = model->memory, .at = bytes, .end = bytes + length};
    return walk_model(&walk);
}

int32_t model_builtin(struct model *model)
{
    return model_read(model, model_image, model_image_length);
}

/* ---- Numbers
 * ------------------------------------------------------------------------------------- */

static uint32_t number_device(void *user, const char *id)
{
    return rules_device(user, id);
}

static uint32_t number_rule(void *user, const char *id)
{
    return rules_rule(user, id);
}

static uint32_t number_role(void *user, const char *name)
{
    return rules_role(user, name, strlen(name));
}

struct numbers rules_numbers(const struct rules *rules)
{
    return (struct numbers){(void *)(uintptr_t)rules, number_device, number_rule, number_role};
}
