/* layers.c: which pattern sets apply to a draft: built-in, then the user's, then the project's, then
 * those of the settings. In: a draft's path. Out: an engine, kept for all drafts of its project.
 * Invariant: there is an engine whatever the sets hold; mistakes in them are shown to the user.
 * Cost: an engine is made once a project and once a change of a set. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "server.h"

bool path_exists(const char *path)
{
    struct stat status;
    return !stat(path, &status);
}

char *read_file(const char *path, size_t *length)
{
    struct buffer all = {0};
    char room[4096];
    FILE *in = fopen(path, "rb");
    if (!in)
        return NULL;
    for (size_t n; (n = fread(room, 1, sizeof room, in)) > 0;)
        buffer_put(&all, room, n);
    bool bad = ferror(in);
    fclose(in);
    *length = all.length;
    buffer_put(&all, "", 1);
    if (bad)
        buffer_free(&all);
    return all.at;
}

/* .rhetor.yaml in the folder of `path` or the nearest one above it; NULL: none. */
char *project_find(const char *path)
{
    if (!path || path[0] != '/')
        return NULL;
    char *folder = need_text(path);
    for (char *slash; (slash = strrchr(folder, '/'));) {
        *slash = 0;
        char *file = format_text("%s/.rhetor.yaml", folder);
        if (path_exists(file)) {
            free(folder);
            return file;
        }
        free(file);
    }
    free(folder);
    return NULL;
}

char *user_folder(void)
{
    const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (base && *base)
        return format_text("%s/rhetor/patterns", base);
    return home && *home ? format_text("%s/.config/rhetor/patterns", home) : NULL;
}

rhetor_builder *layer_builder(struct server *server, const char *project)
{
    rhetor_options options = {.size = sizeof options};
    rhetor_builder *builder = NULL;
    rhetor_error error = {.size = sizeof error};
    if (server->settings.min_score >= 0 && server->settings.min_score < 0.5)
        options.min_score = -1;
    if (rhetor_builder_new(&options, &builder, &error) != RHETOR_OK) {
        server_log(server, 1, "%s", error.message);
        return NULL;
    }
    char *user = server->settings.config ? user_folder() : NULL;
    if (user && path_exists(user))
        rhetor_builder_add_path(builder, user, NULL);
    if (project && *project)
        rhetor_builder_add_path(builder, project, NULL);
    for (uint32_t i = 0; i < server->settings.patterns.count; i++)
        if (rhetor_builder_add_path(builder, server->settings.patterns.at[i], &error) ==
            RHETOR_E_READ)
            server_show(server, 2, "rhetor: %s", error.message);
    free(user);
    return builder;
}

static void say_mistakes(struct server *server, const rhetor_builder *builder)
{
    uint32_t count;
    const rhetor_diagnostic *rows = rhetor_builder_diagnostics(builder, &count);
    bool first = true;
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].severity != RHETOR_ERROR)
            continue;
        if (first)
            server_show(server, 2, "rhetor: %s:%u:%u: %s", rows[i].file, rows[i].line,
                        rows[i].column, rows[i].message);
        else
            server_log(server, 2, "%s:%u:%u: %s", rows[i].file, rows[i].line, rows[i].column,
                       rows[i].message);
        first = false;
    }
}

rhetor_device layer_device(const struct layer *layer, uint32_t index)
{
    rhetor_device device = {.size = sizeof device};
    rhetor_engine_device(layer->engine, index, &device);
    return device;
}

rhetor_rule layer_rule(const struct layer *layer, uint32_t index)
{
    rhetor_rule rule = {.size = sizeof rule};
    rhetor_engine_rule(layer->engine, index, &rule);
    return rule;
}

static void layer_filter(const struct settings *settings, struct layer *layer)
{
    uint32_t count = rhetor_engine_device_count(layer->engine);
    layer->shown = need(calloc(count + 1, sizeof *layer->shown));
    for (uint32_t i = 0; i < count; i++) {
        rhetor_device device = layer_device(layer, i);
        bool wanted = !settings->devices.count || list_has(&settings->devices, device.id) ||
                      list_has(&settings->devices, device.family);
        layer->shown[i] = wanted && !list_has(&settings->disable, device.id) &&
                          !list_has(&settings->disable, device.family);
    }
}

struct layer *layer_of(struct server *server, const char *path)
{
    char *project = server->settings.config ? project_find(path) : NULL;
    struct layer *layer = server->layers;
    while (layer && strcmp(layer->project, project ? project : ""))
        layer = layer->next;
    if (!layer) {
        layer = need(calloc(1, sizeof *layer));
        layer->project = project ? project : need_text("");
        project = NULL;
        rhetor_error error = {.size = sizeof error};
        rhetor_builder *builder = layer_builder(server, layer->project);
        if (!builder || rhetor_builder_finish(builder, &layer->engine, &error) != RHETOR_OK) {
            server_show(server, 1, "rhetor: %s; the built-in sets are used", error.message);
            need(rhetor_engine_new(NULL, &layer->engine, NULL) == RHETOR_OK ? layer : NULL);
        } else {
            say_mistakes(server, builder);
        }
        rhetor_builder_free(builder);
        layer_filter(&server->settings, layer);
        layer->next = server->layers;
        server->layers = layer;
    }
    free(project);
    return layer;
}

void layers_drop(struct server *server)
{
    for (struct layer *layer; (layer = server->layers);) {
        server->layers = layer->next;
        rhetor_engine_release(layer->engine);
        free(layer->project);
        free(layer->shown);
        free(layer);
    }
}
