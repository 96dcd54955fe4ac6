/* engine.c: which pattern sets apply to a draft: built-in, then the user's, then the project's, then those
 * named by --patterns. In: settings and the draft's path. Out: a builder or an engine; mistakes go to
 * stderr with the line and a caret, and the sound rest of the sets is used. */
#include <dirent.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

char *source_line(const char *path, uint32_t line)
{
    FILE *in = line ? fopen(path, "rb") : NULL;
    char *text = NULL;
    size_t room = 0;
    ssize_t n = -1;
    for (uint32_t i = 0; in && i < line; i++)
        if ((n = getline(&text, &room, in)) < 0)
            break;
    if (in)
        fclose(in);
    if (n < 0) {
        free(text);
        return NULL;
    }
    while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '\r'))
        text[--n] = 0;
    return text;
}

void diagnostics_print(FILE *out, const rhetor_diagnostic *rows, uint32_t count)
{
    static const char *const words[] = {"", "note", "warning", "error"};
    for (uint32_t i = 0; i < count; i++) {
        const rhetor_diagnostic *row = &rows[i];
        fprintf(out, "%s:%u:%u: %s: %s: %s\n", row->file, row->line, row->column,
                words[row->severity & 3], row->code, row->message);
        char *line = source_line(row->file, row->line);
        if (line && strlen(line) < 400) {
            fprintf(out, "  %s\n  ", line);
            for (uint32_t c = 0; c + 1 < row->column && line[c]; c++)
                if (((unsigned char)line[c] & 0xC0) != 0x80)
                    fputc(line[c] == '\t' ? '\t' : ' ', out);
            fputs("^\n", out);
        }
        free(line);
        if (row->advice[0])
            fprintf(out, "  %s\n", row->advice);
    }
}

static bool exists(const char *path)
{
    struct stat status;
    return !stat(path, &status);
}

/* .rhetor.yaml in the draft's folder or the nearest one above it; NULL: none. */
static char *project_file(const char *draft)
{
    char folder[PATH_MAX];
    if (!realpath(draft && strcmp(draft, "-") ? draft : ".", folder))
        return NULL;
    struct stat status;
    if (!stat(folder, &status) && !S_ISDIR(status.st_mode)) {
        char *slash = strrchr(folder, '/');
        if (slash)
            *slash = 0;
    }
    for (;;) {
        char *path = format_text("%s/.rhetor.yaml", folder);
        if (exists(path))
            return path;
        free(path);
        char *slash = strrchr(folder, '/');
        if (!slash)
            return NULL;
        *slash = 0;
    }
}

static char *user_folder(void)
{
    const char *base = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (base && *base)
        return format_text("%s/rhetor/patterns", base);
    return home && *home ? format_text("%s/.config/rhetor/patterns", home) : NULL;
}

/* Whether a folder holds a set: one that is named and holds none is most likely a mistake. */
static bool has_sets(const char *path)
{
    struct stat status;
    DIR *folder = !stat(path, &status) && S_ISDIR(status.st_mode) ? opendir(path) : NULL;
    bool found = !folder;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        size_t n = strlen(entry->d_name);
        found |= n > 5 && entry->d_name[0] != '.' && !strcmp(entry->d_name + n - 5, ".yaml");
    }
    if (folder)
        closedir(folder);
    return found;
}

static bool add(rhetor_builder *builder, const char *path, bool silent, bool *broken)
{
    rhetor_error error = {.size = sizeof error};
    int32_t status = rhetor_builder_add_path(builder, path, &error);
    if (status == RHETOR_OK)
        return true;
    *broken = true;
    const char *said = error.message[0] ? error.message : rhetor_status_name(status);
    bool placed = !strncmp(said, path, strlen(path));
    if (status != RHETOR_E_SET && !silent)
        complain("%s%s%s%s%s%s", placed ? "" : path, placed ? "" : ": ", said,
                 error.advice[0] ? " (" : "", error.advice, error.advice[0] ? ")" : "");
    return false;
}

rhetor_builder *builder_open(const struct settings *settings, const char *draft, bool *broken)
{
    rhetor_options options = {.size = sizeof options};
    options.no_builtin = settings->no_builtin;
    options.unmerged = settings->unmerged;
    options.match_limit = settings->match_limit;
    options.min_score = settings->min_score_given && settings->min_score < 0.5f ? -1 : 0;
    rhetor_builder *builder = NULL;
    rhetor_error error = {.size = sizeof error};
    if (rhetor_builder_new(&options, &builder, &error) != RHETOR_OK) {
        complain("%s", error.message);
        return NULL;
    }
    if (!settings->no_layers) {
        char *user = user_folder(), *project = project_file(draft);
        if (user && exists(user))
            add(builder, user, settings->silent, broken);
        if (project)
            add(builder, project, settings->silent, broken);
        free(user);
        free(project);
    }
    for (uint32_t i = 0; i < settings->patterns.count; i++) {
        const char *path = settings->patterns.at[i];
        bool some = has_sets(path);
        if (!some && !settings->silent)
            complain("%s: no pattern sets (.yaml) in this folder", path);
        *broken |= !some;
        add(builder, path, settings->silent, broken);
    }
    return builder;
}

rhetor_engine *engine_open(const struct settings *settings, const char *draft, bool *broken)
{
    rhetor_builder *builder = builder_open(settings, draft, broken);
    rhetor_engine *engine = NULL;
    rhetor_error error = {.size = sizeof error};
    if (builder && rhetor_builder_finish(builder, &engine, &error) != RHETOR_OK)
        complain("%s", error.message);
    if (builder) {
        uint32_t count;
        const rhetor_diagnostic *rows = rhetor_builder_diagnostics(builder, &count);
        diagnostics_print(stderr, rows, count);
        for (uint32_t i = 0; i < count; i++)
            *broken |= rows[i].severity == RHETOR_ERROR;
    }
    rhetor_builder_free(builder);
    return engine;
}
