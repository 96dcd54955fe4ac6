/* engine.c: the engine's life and its catalogue. See engine.h. */
#include "engine/engine.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "engine/image.h"
#include "engine/outside.h"
#include "figure/figure.h"

enum { TEXT_LIMIT = 1 << 30, RULE_TEXT = 1 << 16 };

int32_t fail(rhetor_error *error, int32_t status, const char *advice, const char *format, ...)
{
    if (!error || error->size < sizeof *error)
        return status;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    snprintf(error->advice, sizeof error->advice, "%s", advice);
    error->status = status;
    error->byte = error->line = error->column = 0;
    return status;
}

bool options_read(rhetor_options *out, const rhetor_options *given)
{
    *out = (rhetor_options){.size = sizeof *out};
    if (given) {
        if (!given->size)
            return false;
        memcpy(out, given, given->size < sizeof *out ? given->size : sizeof *out);
        out->size = sizeof *out;
    }
    if (!out->text_limit)
        out->text_limit = TEXT_LIMIT;
    return true;
}

struct memory options_memory(const rhetor_options *options)
{
    return options->resize ? (struct memory){options->resize, options->user} : memory_default;
}

static struct voice_device device_row(const struct rules *rules, const char *id)
{
    char rule[80];
    snprintf(rule, sizeof rule, "figure/%s", id);
    uint32_t device = rules_device(rules, id);
    return (struct voice_device){device, device == NONE ? NONE : rules_rule(rules, rule)};
}

static void detectors_find(struct rhetor_engine *engine)
{
    const struct rules *rules = engine->rules;
    struct voice_devices *voice = &engine->voice;
    voice->scripted_dialogue = device_row(rules, voice_device_names[0]);
    voice->direct_quotation = device_row(rules, voice_device_names[1]);
    voice->scare_quotes = device_row(rules, voice_device_names[2]);
    voice->speaker = rules_role(rules, "speaker", 7);
    voice->addressee = rules_role(rules, "addressee", 9);
    for (uint32_t i = 0; i < figure_count; i++)
        engine->figures[i] = device_row(rules, figures[i].device);
    for (uint32_t i = 0; i < figure_role_count; i++)
        engine->figure_roles[i] = rules_role(rules, figure_roles[i], strlen(figure_roles[i]));
}

int32_t engine_make(const rhetor_options *options, const struct memory *memory,
                    struct rules *own_rules, struct moves *own_moves, rhetor_engine **out)
{
    struct rhetor_engine *engine = memory_zero(memory, sizeof *engine);
    if (!engine)
        return RHETOR_E_MEMORY;
    engine->memory = *memory;
    engine->options = *options;
    atomic_init(&engine->references, 1);
    arena_init(&engine->arena, &engine->memory);
    engine->rules = own_rules ? &engine->own_rules : rules_builtin();
    engine->moves = own_rules ? &engine->own_moves : moves_builtin();
    if (own_rules) {
        engine->own_rules = *own_rules;
        engine->own_moves = *own_moves;
    }
    struct match_limits limits = {options->match_limit, options->depth_limit, options->heap_limit};
    engine->figures = memory_take(memory, (figure_count + 1) * sizeof *engine->figures);
    engine->figure_roles = memory_take(memory, (figure_role_count + 1) * sizeof(uint32_t));
    engine->texts = memory_zero(memory, (engine->rules->rules_count + 1) * sizeof *engine->texts);
    if (!engine->figures || !engine->figure_roles || !engine->texts ||
        programs_open(engine->rules, &limits, &engine->memory, &engine->programs) != RHETOR_OK ||
        pthread_mutex_init(&engine->lock, NULL)) {
        programs_close(engine->programs);
        memory_give(memory, engine->texts);
        memory_give(memory, engine->figures);
        memory_give(memory, engine->figure_roles);
        memory_give(memory, engine);
        return RHETOR_E_MEMORY;
    }
    detectors_find(engine);
    *out = engine;
    return RHETOR_OK;
}

int32_t rhetor_engine_new(const rhetor_options *options, rhetor_engine **out, rhetor_error *error)
{
    rhetor_builder *builder = NULL;
    if (!out)
        return fail(error, RHETOR_E_ARGUMENT, "", "there is no place for the engine");
    int32_t status = rhetor_builder_new(options, &builder, error);
    if (status == RHETOR_OK)
        status = rhetor_builder_finish(builder, out, error);
    rhetor_builder_free(builder);
    return status;
}

rhetor_engine *rhetor_engine_retain(rhetor_engine *engine)
{
    if (engine)
        atomic_fetch_add_explicit(&engine->references, 1, memory_order_relaxed);
    return engine;
}

void rhetor_engine_release(rhetor_engine *engine)
{
    if (!engine ||
        atomic_fetch_sub_explicit(&engine->references, 1, memory_order_acq_rel) != 1)
        return;
    struct memory memory = engine->memory;
    programs_close(engine->programs);
    if (engine->rules == &engine->own_rules) {
        rules_free(&engine->own_rules, &memory);
        moves_free(&engine->own_moves, &memory);
    }
    pthread_mutex_destroy(&engine->lock);
    arena_free(&engine->arena);
    memory_give(&memory, engine->texts);
    memory_give(&memory, engine->figures);
    memory_give(&memory, engine->figure_roles);
    memory_give(&memory, engine);
}

/* ---- Catalogue --------------------------------------------------------------------------------- */

/* Copies what fits of a struct into the caller's, whose size it keeps. */
static int32_t give(void *out, const void *row, uint32_t size, uint32_t own)
{
    if (size < sizeof(uint32_t))
        return RHETOR_E_ARGUMENT;
    memcpy(out, row, size < own ? size : own);
    memcpy(out, &size, sizeof size);
    return RHETOR_OK;
}

uint32_t rhetor_engine_device_count(const rhetor_engine *engine)
{
    return engine ? engine->rules->devices_count : 0;
}

int32_t rhetor_engine_device(const rhetor_engine *engine, uint32_t index, rhetor_device *out)
{
    if (!engine || !out)
        return RHETOR_E_ARGUMENT;
    const struct rules *rules = engine->rules;
    if (index >= rules->devices_count)
        return RHETOR_E_UNKNOWN;
    const struct device_row *from = &rules->devices[index];
    const struct manifest_row *manifest = &rules->manifests[from->manifest];
    rhetor_device row = {.index = index,
                         .id = rules_text(rules, from->id),
                         .name = rules_text(rules, from->name),
                         .family = rules_text(rules, from->family),
                         .definition = rules_text(rules, from->definition),
                         .references = rules_text(rules, from->references),
                         .set = rules_text(rules, manifest->name),
                         .set_version = rules_text(rules, manifest->version)};
    return give(out, &row, out->size, sizeof row);
}

int32_t rhetor_engine_find_device(const rhetor_engine *engine, const char *id)
{
    uint32_t row = engine && id ? rules_device(engine->rules, id) : NONE;
    return row == NONE ? RHETOR_NONE : (int32_t)row;
}

uint32_t rhetor_engine_rule_count(const rhetor_engine *engine)
{
    return engine ? engine->rules->rules_count : 0;
}

typedef uint32_t text_writer(const struct rules *, uint32_t, char *, uint32_t);

static const char *text_kept(struct rhetor_engine *engine, uint32_t pattern, text_writer *write)
{
    uint32_t length = write(engine->rules, pattern, NULL, 0);
    uint32_t room = (length < RULE_TEXT ? length : RULE_TEXT) + 1;
    char *text = arena_take(&engine->arena, room);
    if (!text)
        return "";
    write(engine->rules, pattern, text, room);
    return text;
}

int32_t rhetor_engine_rule(const rhetor_engine *engine, uint32_t index, rhetor_rule *out)
{
    if (!engine || !out)
        return RHETOR_E_ARGUMENT;
    const struct rules *rules = engine->rules;
    if (index >= rules->rules_count)
        return RHETOR_E_UNKNOWN;
    struct rhetor_engine *mine = (struct rhetor_engine *)(uintptr_t)engine;
    const struct rule_row *from = &rules->rules[index];
    const struct manifest_row *manifest = &rules->manifests[from->manifest];
    struct rule_texts *texts = &mine->texts[index];
    pthread_mutex_lock(&mine->lock);
    if (!texts->regex) {
        bool cue = from->pattern != NONE;
        texts->regex = cue ? text_kept(mine, from->pattern, rules_show) : "";
        texts->anchors = cue ? text_kept(mine, from->pattern, rules_anchors) : "";
        texts->conditions = cue ? text_kept(mine, from->pattern, rule_conditions) : "";
    }
    rhetor_rule row = {.index = index, .device = from->device, .kind = (int32_t)from->kind,
                       .weight = from->weight, .line = from->line,
                       .id = rules_text(rules, from->id),
                       .source = rules_text(rules, from->source),
                       .regex = texts->regex, .anchors = texts->anchors,
                       .file = rules_text(rules, from->file),
                       .set = rules_text(rules, manifest->name),
                       .set_version = rules_text(rules, manifest->version),
                       .conditions = texts->conditions, .column = from->column};
    pthread_mutex_unlock(&mine->lock);
    return give(out, &row, out->size, sizeof row);
}

const char *rhetor_engine_role_name(const rhetor_engine *engine, uint32_t role)
{
    return engine && role < engine->rules->roles_count
               ? rules_text(engine->rules, engine->rules->roles[role])
               : "";
}

/* ---- Version and names ------------------------------------------------------------------------- */

uint32_t rhetor_abi(void)
{
    return RHETOR_ABI;
}

const char *rhetor_version(void)
{
    return RHETOR_VERSION;
}

const char *rhetor_status_name(int32_t status)
{
    static const struct { int32_t status; const char *name; } names[] = {
        {RHETOR_OK, "RHETOR_OK"},
        {RHETOR_MORE, "RHETOR_MORE"},
        {RHETOR_E_ARGUMENT, "RHETOR_E_ARGUMENT"},
        {RHETOR_E_MEMORY, "RHETOR_E_MEMORY"},
        {RHETOR_E_LIMIT, "RHETOR_E_LIMIT"},
        {RHETOR_E_CANCELLED, "RHETOR_E_CANCELLED"},
        {RHETOR_E_READ, "RHETOR_E_READ"},
        {RHETOR_E_SET, "RHETOR_E_SET"},
        {RHETOR_E_UNKNOWN, "RHETOR_E_UNKNOWN"},
        {RHETOR_E_STALE, "RHETOR_E_STALE"},
        {RHETOR_E_INTERNAL, "RHETOR_E_INTERNAL"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].status == status)
            return names[i].name;
    return "RHETOR_?";
}
