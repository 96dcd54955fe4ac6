/* builder.c: pattern sets over the built-in ones, and the engine that they make.
 * In: files, folders, texts, later ones over earlier ones. Out: an engine; what is wrong with a set
 * is said in diagnostics, and the sound rest of it counts. Invariant: without a user's set nothing is
 * read or compiled. Cost: linear in the sets. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "engine/image.h"
#include "cue/yaml.h"
#include "engine/engine.h"
#include "engine/outside.h"

struct rhetor_builder {
    struct memory memory;
    rhetor_options options;
    struct model model;
    bool layered;            /* the model is filled: a set was added, or no_builtin */
};

int32_t rhetor_builder_new(const rhetor_options *options, rhetor_builder **out,
                           rhetor_error *error)
{
    rhetor_options read;
    if (!out)
        return fail(error, RHETOR_E_ARGUMENT, "", "there is no place for the builder");
    *out = NULL;
    if (!options_read(&read, options))
        return fail(error, RHETOR_E_ARGUMENT, "set options.size to sizeof(rhetor_options)",
                    "the options have no size");
    struct memory memory = options_memory(&read);
    struct rhetor_builder *builder = memory_zero(&memory, sizeof *builder);
    if (!builder)
        return fail(error, RHETOR_E_MEMORY, "", "out of memory");
    builder->memory = memory;
    builder->options = read;
    builder->layered = read.no_builtin != 0;
    model_init(&builder->model, &builder->memory);
    *out = builder;
    return RHETOR_OK;
}

void rhetor_builder_free(rhetor_builder *builder)
{
    if (!builder)
        return;
    struct memory memory = builder->memory;
    model_free(&builder->model);
    memory_give(&memory, builder);
}

static int32_t layer_begin(struct rhetor_builder *builder)
{
    if (builder->layered)
        return RHETOR_OK;
    builder->layered = true;
    return model_builtin(&builder->model);
}

/* The first diagnostic from row `from` on becomes the error. */
static int32_t said(const struct rhetor_builder *builder, uint32_t from, int32_t status,
                    rhetor_error *error)
{
    if (status == RHETOR_E_MEMORY)
        return fail(error, status, "", "out of memory");
    if (status == RHETOR_OK || from >= builder->model.diagnostics.count)
        return status;
    const rhetor_diagnostic *first = &builder->model.diagnostics.at[from];
    fail(error, status, first->advice, "%s:%u:%u: %s", first->file, (unsigned)first->line,
         (unsigned)first->column, first->message);
    if (error && error->size >= sizeof *error) {
        error->byte = first->byte;
        error->line = first->line;
        error->column = first->column;
    }
    return status;
}

static int32_t add_bytes(struct rhetor_builder *builder, const char *name, const char *bytes,
                         uint32_t length, const char *folder, rhetor_error *error)
{
    int32_t status = layer_begin(builder);
    uint32_t from = builder->model.diagnostics.count;
    if (status == RHETOR_OK)
        status = model_load(&builder->model, name, bytes, length, folder);
    return said(builder, from, status, error);
}

int32_t rhetor_builder_add_text(rhetor_builder *builder, const char *name, const char *text,
                                uint32_t length, rhetor_error *error)
{
    if (!builder || !name || (!text && length))
        return fail(error, RHETOR_E_ARGUMENT, "", "a set needs a name and a text");
    return add_bytes(builder, name, text ? text : "", length, NULL, error);
}

static int32_t add_file(struct rhetor_builder *builder, const char *path, const struct stat *about,
                        rhetor_error *error)
{
    if (!S_ISREG(about->st_mode))
        return fail(error, RHETOR_E_READ, "name a .yaml file or a folder of them",
                    "%s is neither a file nor a folder", path);
    if (about->st_size > YAML_BYTES)
        return fail(error, RHETOR_E_LIMIT, "split it", "%s is larger than 8 MiB", path);
    FILE *file = fopen(path, "rb");
    if (!file)
        return fail(error, RHETOR_E_READ, "", "%s: %s", path, strerror(errno));
    size_t size = (size_t)about->st_size, n = 0;
    char *bytes = memory_take(&builder->memory, size + 1);
    if (bytes)
        n = fread(bytes, 1, size, file);
    bool bad = bytes && ferror(file);
    fclose(file);
    if (!bytes)
        return fail(error, RHETOR_E_MEMORY, "", "out of memory");
    bytes[n] = 0;
    const char *slash = strrchr(path, '/');
    size_t own = slash ? (size_t)(slash - path) + (slash == path) : 1;
    char *folder = memory_take(&builder->memory, own + 1);
    int32_t status = RHETOR_E_MEMORY;
    if (folder) {
        memcpy(folder, slash ? path : ".", own);
        folder[own] = 0;
        status = bad ? fail(error, RHETOR_E_READ, "", "%s cannot be read", path)
                     : add_bytes(builder, path, bytes, (uint32_t)n, folder, error);
    }
    memory_give(&builder->memory, folder);
    memory_give(&builder->memory, bytes);
    return status;
}

static int is_set(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return entry->d_name[0] != '.' && n > 5 && !strcmp(entry->d_name + n - 5, ".yaml");
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name); /* not alphasort: it follows the locale */
}

static int32_t add_folder(struct rhetor_builder *builder, const char *path, rhetor_error *error)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_set, by_bytes);
    int32_t worst = RHETOR_OK;
    if (count < 0)
        return fail(error, RHETOR_E_READ, "", "%s: %s", path, strerror(errno));
    for (int i = 0; i < count; i++) {
        char file[4096];
        struct stat about;
        int32_t status = RHETOR_E_READ;
        int n = snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        if (n < (int)sizeof file && !stat(file, &about))
            status = add_file(builder, file, &about, worst == RHETOR_OK ? error : NULL);
        else if (worst == RHETOR_OK)
            fail(error, RHETOR_E_READ, "", "%s/%s cannot be read", path, entries[i]->d_name);
        if (worst == RHETOR_OK)
            worst = status;
        free(entries[i]);
    }
    free(entries);
    return worst;
}

int32_t rhetor_builder_add_path(rhetor_builder *builder, const char *path, rhetor_error *error)
{
    struct stat about;
    if (!builder || !path || !*path)
        return fail(error, RHETOR_E_ARGUMENT, "", "a set needs a path");
    if (stat(path, &about))
        return fail(error, RHETOR_E_READ, "", "%s: %s", path, strerror(errno));
    return S_ISDIR(about.st_mode) ? add_folder(builder, path, error)
                                  : add_file(builder, path, &about, error);
}

const rhetor_diagnostic *rhetor_builder_diagnostics(const rhetor_builder *builder, uint32_t *count)
{
    uint32_t n = builder ? builder->model.diagnostics.count : 0;
    if (count)
        *count = n;
    return n ? builder->model.diagnostics.at : NULL;
}

/* ---- Examples ---------------------------------------------------------------------------------- */

struct seeker { uint32_t left; rhetor_example *out; const struct device *device; };

static bool seek(struct seeker *seeker, const char *rule, const struct example *examples,
                 uint32_t count, bool exempts)
{
    if (seeker->left >= count) {
        seeker->left -= count;
        return false;
    }
    const struct example *example = &examples[seeker->left];
    *seeker->out = (rhetor_example){.size = sizeof *seeker->out, .counter = example->counter,
                                    .rule = rule, .device = seeker->device ? seeker->device->id : "",
                                    .text = example->text.text, .file = example->text.place.file,
                                    .line = example->text.place.line,
                                    .column = example->text.place.column, .exempts = exempts};
    return true;
}

#define SEEK(seeker, list, exempts)                                                                \
    for (uint32_t n = 0; n < (list).count; n++)                                                    \
        if (seek((seeker), (list).at[n].id, (list).at[n].examples, (list).at[n].example_count,     \
                 (exempts)))                                                                       \
            return true;

static bool seek_all(const struct model *model, struct seeker *seeker)
{
    for (uint32_t i = 0; i < model->devices.count; i++) {
        const struct device *device = &model->devices.at[i];
        if (device->disabled)
            continue;
        seeker->device = device;
        SEEK(seeker, device->patterns, false)
        SEEK(seeker, device->series, false)
        SEEK(seeker, device->counts, false)
        SEEK(seeker, device->moves, false)
        SEEK(seeker, device->antipatterns, true)
    }
    seeker->device = NULL;
    SEEK(seeker, model->antipatterns, true)
    return false;
}

int32_t rhetor_builder_example(rhetor_builder *builder, uint32_t index, rhetor_example *out)
{
    rhetor_example row;
    struct seeker seeker = {index, &row, NULL};
    if (!builder || !out || out->size < sizeof(uint32_t))
        return RHETOR_E_ARGUMENT;
    if (layer_begin(builder) != RHETOR_OK)
        return RHETOR_E_MEMORY;
    if (!seek_all(&builder->model, &seeker))
        return RHETOR_E_UNKNOWN;
    uint32_t size = out->size;
    memcpy(out, &row, size < sizeof row ? size : sizeof row);
    out->size = size;
    return RHETOR_OK;
}

int32_t rhetor_builder_finish(rhetor_builder *builder, rhetor_engine **out, rhetor_error *error)
{
    if (!builder || !out)
        return fail(error, RHETOR_E_ARGUMENT, "", "there is no place for the engine");
    *out = NULL;
    struct rules rules;
    struct moves moves = {0};
    struct outside outside;
    struct outside_names names;
    int32_t status;
    if (!builder->layered) {
        status = engine_make(&builder->options, &builder->memory, NULL, NULL, out);
        return status == RHETOR_OK ? status : fail(error, status, "", "out of memory");
    }
    outside_fill(&outside, &names);
    status = model_check(&builder->model);
    if (status != RHETOR_E_MEMORY)
        status = rules_compile_over(&builder->model,
                                    builder->options.no_builtin ? NULL : rules_builtin(), &outside,
                                    CHECK_USERS, &builder->memory, &rules);
    if (status == RHETOR_E_MEMORY)
        return fail(error, status, "", "out of memory");
    struct numbers numbers = rules_numbers(&rules);
    status = moves_build(&moves, &builder->model, &numbers, &builder->memory);
    if (status == RHETOR_OK)
        status = engine_make(&builder->options, &builder->memory, &rules, &moves, out);
    if (status != RHETOR_OK) {
        moves_free(&moves, &builder->memory);
        rules_free(&rules, &builder->memory);
        return fail(error, status, "", "out of memory");
    }
    return RHETOR_OK;
}
