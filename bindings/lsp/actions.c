/* actions.c: code actions and commands: silence one tag, a device in this file, a device in this
 * workspace. In: a range, or a command's arguments. Out: edits. Invariant: the author's words are
 * never touched: edits put in comments, or lines of .rhetor.yaml. Cost: one pass over the tags. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

/* ---- The comment ------------------------------------------------------------------------------- */

/* Behind the byte order mark and the front matter ("---" lines). */
static uint32_t top_of(const char *bytes, uint32_t length)
{
    uint32_t top = length >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3) ? 3 : 0;
    if (length - top < 4 || memcmp(bytes + top, "---", 3) ||
        (bytes[top + 3] != '\n' && bytes[top + 3] != '\r'))
        return top;
    for (uint32_t at = top + 3; at + 4 < length; at++)
        if (bytes[at] == '\n' && !memcmp(bytes + at + 1, "---", 3)) {
            const char *end = memchr(bytes + at + 4, '\n', length - at - 4);
            return end ? (uint32_t)(end - bytes) + 1 : top;
        }
    return top;
}

/* A TextEdit that adds `word` to the file's first ignore comment, or makes one. */
static json_t *ignore_edit(struct server *server, struct text *text, const char *word)
{
    uint32_t length, count;
    const char *bytes = rhetor_document_text(text->document, &length), *open, *close;
    text_tags(server, text, &count); /* finds the directives */
    const struct directives *directives = &text->directives;
    for (uint32_t i = 0; i < directives->count; i++) {
        const struct directive *directive = &directives->at[i];
        if (directive->verb != DIRECTIVE_IGNORE)
            continue;
        uint32_t at = directives->words[directive->first_word + directive->word_count - 1].end;
        char *more = format_text(" %s", word);
        json_t *edit =
            json_pack("{soss}", "range", span_json(server, text, at, at), "newText", more);
        free(more);
        return edit;
    }
    uint32_t top = top_of(bytes, length);
    const char *line = memchr(bytes, '\n', length);
    const char *end = line && line > bytes && line[-1] == '\r' ? "\r\n" : "\n";
    comment_marks(text->language, &open, &close);
    char *comment = format_text("%s rhetor ignore %s%s%s%s", open, word, close, end, end);
    json_t *edit =
        json_pack("{soss}", "range", span_json(server, text, top, top), "newText", comment);
    free(comment);
    return edit;
}

static json_t *workspace_edit(struct server *server, struct text *text, json_t *edit)
{
    if (server->client.versions)
        return json_pack("{s[{s{sssI}s[o]}]}", "documentChanges", "textDocument", "uri", text->uri,
                         "version", (json_int_t)text->version, "edits", edit);
    return json_pack("{s{s[o]}}", "changes", text->uri, edit);
}

/* ---- Code actions ------------------------------------------------------------------------------ */

static json_t *command_json(const char *title, const char *command, const char *uri,
                            const char *word)
{
    return json_pack("{sssss[ss]}", "title", title, "command", command, "arguments", uri, word);
}

/* An action that ignores `word`; a bare command where the client knows no actions. */
static json_t *ignore_action(struct server *server, struct text *text, const char *word,
                             const char *where, const char *device)
{
    char title[160];
    snprintf(title, sizeof title, "Rhetor: ignore %s %s", device, where);
    if (!server->client.actions)
        return command_json(title, "rhetor.ignore", text->uri, word);
    return json_pack("{ssssso}", "title", title, "kind", "quickfix", "edit",
                     workspace_edit(server, text, ignore_edit(server, text, word)));
}

static json_t *disable_action(struct server *server, struct text *text, const char *device)
{
    char title[160];
    snprintf(title, sizeof title, "Rhetor: ignore %s in this workspace", device);
    json_t *command = command_json(title, "rhetor.disableDevice", text->uri, device);
    if (!server->client.actions)
        return command;
    return json_pack("{ssssso}", "title", title, "kind", "quickfix", "command", command);
}

/* Whether context.only asks for something else. */
static bool is_unwanted(const json_t *params)
{
    const json_t *only = json_object_get(json_object_get(params, "context"), "only"), *kind;
    size_t i;
    if (!json_array_size(only))
        return false;
    json_array_foreach(only, i, kind) {
        const char *name = json_string_value(kind);
        if (name && (!*name || !strcmp(name, "quickfix")))
            return false;
    }
    return true;
}

bool actions(struct server *server, struct text *text, const json_t *params, struct reply *reply)
{
    rhetor_span within;
    if (!text_range(server, text, json_object_get(params, "range"), &within))
        return reply_fail(reply, RPC_PARAMS, "a range is needed");
    reply->json = json_array();
    if (is_unwanted(params))
        return true;
    uint32_t count, devices = rhetor_engine_device_count(text->layer->engine), shown = 0;
    const rhetor_tag *tags = text_tags(server, text, &count);
    bool *seen = need(calloc((size_t)devices + 1, sizeof *seen));
    json_t *rest = json_array();
    for (uint32_t i = 0; i < count && shown < 16; i++) {
        if (tags[i].start > within.end || tags[i].end < within.start)
            continue;
        char word[80];
        rhetor_device device = layer_device(text->layer, tags[i].device);
        tag_word(text, &tags[i], word);
        json_array_append_new(reply->json, ignore_action(server, text, word, "here", device.id));
        shown++;
        if (seen[tags[i].device])
            continue;
        seen[tags[i].device] = true;
        json_array_append_new(rest, ignore_action(server, text, device.id, "in this file",
                                                  device.id));
        json_array_append_new(rest, disable_action(server, text, device.id));
    }
    json_array_extend(reply->json, rest);
    json_decref(rest);
    free(seen);
    return true;
}

/* ---- Commands ---------------------------------------------------------------------------------- */

/* Where in .rhetor.yaml a device that is disabled goes: behind the line "devices:", or at the end with that
 * line before it. False: devices are written in one line, which is not for us to take apart. */
static bool disable_text(const char *bytes, size_t length, const char *device, size_t *at,
                         char **out)
{
    for (const char *line = bytes; line < bytes + length;) {
        const char *end = memchr(line, '\n', (size_t)(bytes + length - line));
        size_t n = end ? (size_t)(end - line) : (size_t)(bytes + length - line);
        if (n >= 8 && !memcmp(line, "devices:", 8)) {
            size_t rest = 8 + strspn(line + 8, " \t\r");
            if (rest < n && line[rest] != '#')
                return false;
            const char *item = end ? end + 1 : bytes + length;
            size_t indent = strspn(item, " ");
            *at = (size_t)(item - bytes);
            *out = format_text("%s%*s- {id: %s, disable: true}\n", end ? "" : "\n",
                               item[indent] == '-' ? (int)indent : 2, "", device);
            return true;
        }
        line += n + (end != NULL);
    }
    *at = length;
    *out = format_text("%sdevices:\n  - {id: %s, disable: true}\n",
                       length && bytes[length - 1] != '\n' ? "\n" : "", device);
    return true;
}

/* A project file for a workspace that has none: beside .git, else beside the draft. */
static char *project_new(const char *path)
{
    char *folder = need_text(path), *home = NULL;
    for (char *slash; !home && (slash = strrchr(folder, '/'));) {
        *slash = 0;
        char *git = format_text("%s/.git", folder);
        if (path_exists(git))
            home = need_text(folder);
        free(git);
    }
    free(folder);
    const char *slash = strrchr(path, '/');
    char *file = home ? format_text("%s/.rhetor.yaml", home)
                      : format_text("%.*s/.rhetor.yaml", (int)(slash - path), path);
    free(home);
    return file;
}

static bool is_sound(const char *bytes, size_t length)
{
    rhetor_builder *builder = NULL;
    bool sound = rhetor_builder_new(NULL, &builder, NULL) == RHETOR_OK &&
                 rhetor_builder_add_text(builder, ".rhetor.yaml", bytes, (uint32_t)length, NULL) ==
                     RHETOR_OK;
    rhetor_builder_free(builder);
    return sound;
}

static bool write_file(const char *path, const char *bytes, size_t length)
{
    char *fresh = format_text("%s.new", path);
    FILE *out = fopen(fresh, "wb");
    bool done = out && fwrite(bytes, 1, length, out) == length;
    if (out)
        done &= !fclose(out);
    done = done && !rename(fresh, path);
    if (out && !done)
        remove(fresh);
    free(fresh);
    return done;
}

static bool disable(struct server *server, struct text *text, const char *device,
                    struct reply *reply)
{
    if (!text->path || text->path[0] != '/')
        return reply_fail(reply, RPC_FAILED, "this document is no file, so it has no workspace");
    if (rhetor_engine_find_device(text->layer->engine, device) < 0)
        return reply_fail(reply, RPC_PARAMS, "%.64s: no such device", device);
    char *project = project_find(text->path), *more = NULL;
    if (!project)
        project = project_new(text->path);
    char *uri = uri_of_path(project);
    struct text *held = text_find(server, uri);
    size_t length = 0, at = 0;
    char *bytes = held ? NULL : read_file(project, &length);
    uint32_t held_length = 0;
    const char *before = held ? rhetor_document_text(held->document, &held_length)
                              : bytes ? bytes : "";
    length = held ? held_length : length;
    bool done = disable_text(before, length, device, &at, &more);
    struct buffer all = {0};
    if (done) {
        buffer_put(&all, before, at);
        buffer_word(&all, more);
        buffer_put(&all, before + at, length - at);
        done = is_sound(all.at, all.length);
    }
    if (!done) {
        reply_fail(reply, RPC_FAILED, "add {id: %.64s, disable: true} to devices of %.120s", device,
                   project);
    } else if (held && server->client.apply_edit) {
        json_t *edit = json_pack("{soss}", "range",
                                 span_json(server, held, (uint32_t)at, (uint32_t)at), "newText",
                                 more);
        server_ask(server, "apply", "workspace/applyEdit",
                   json_pack("{so}", "edit", workspace_edit(server, held, edit)));
    } else if (!(done = write_file(project, all.at, all.length))) {
        reply_fail(reply, RPC_FAILED, "%.200s cannot be written", project);
    } else {
        server_reload(server);
    }
    buffer_free(&all);
    free(bytes);
    free(more);
    free(uri);
    free(project);
    return done;
}

static bool ignore(struct server *server, struct text *text, const char *word, struct reply *reply)
{
    if (text->kind != TEXT_PROSE || strpbrk(word, " \t\r\n-") == word || strstr(word, "--") ||
        strlen(word) > 80 || strpbrk(word, "\r\n<>"))
        return reply_fail(reply, RPC_PARAMS, "rhetor.ignore takes a document and a device");
    if (!server->client.apply_edit)
        return reply_fail(reply, RPC_FAILED, "put a comment into the text: rhetor ignore %s", word);
    server_ask(server, "apply", "workspace/applyEdit",
               json_pack("{so}", "edit",
                         workspace_edit(server, text, ignore_edit(server, text, word))));
    return true;
}

/* How often each device stands in the document. */
static bool summary(struct server *server, struct text *text, struct reply *reply)
{
    uint32_t count;
    if (text->kind != TEXT_PROSE)
        return reply_fail(reply, RPC_PARAMS, "rhetor.summary takes a draft");
    if (!server_finish(server, text, reply))
        return false;
    const rhetor_tag *tags = text_tags(server, text, &count);
    reply->json = json_object();
    for (uint32_t i = 0; i < count; i++) {
        const char *id = layer_device(text->layer, tags[i].device).id;
        json_int_t before = json_integer_value(json_object_get(reply->json, id));
        json_object_set_new(reply->json, id, json_integer(before + 1));
    }
    return true;
}

bool execute(struct server *server, struct text *none, const json_t *params, struct reply *reply)
{
    (void)none;
    const char *command = json_string_value(json_object_get(params, "command"));
    const json_t *arguments = json_object_get(params, "arguments");
    const char *uri = json_string_value(json_array_get(arguments, 0));
    const char *word = json_string_value(json_array_get(arguments, 1));
    struct text *text = uri ? text_find(server, uri) : NULL;
    if (!command)
        return reply_fail(reply, RPC_PARAMS, "no command is named");
    if (!text)
        return reply_fail(reply, RPC_PARAMS, "a command's first argument is an open document");
    if (!strcmp(command, "rhetor.summary"))
        return summary(server, text, reply);
    if (!word)
        return reply_fail(reply, RPC_PARAMS, "%.80s takes a document and a device", command);
    if (!strcmp(command, "rhetor.ignore"))
        return ignore(server, text, word, reply);
    if (!strcmp(command, "rhetor.disableDevice"))
        return disable(server, text, word, reply);
    return reply_fail(reply, RPC_NO_METHOD, "%.80s: no such command", command);
}
