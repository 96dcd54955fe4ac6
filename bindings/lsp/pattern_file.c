/* pattern_file.c: files that hold pattern sets: what is wrong with them, and what a rule becomes. In: the
 * text as it stands in the editor. Out: diagnostics; hover. Invariant: the file is read as the engine
 * would read it: over the built-in sets, the user's and its neighbours in the folder. Cost: one
 * compilation of all sets a look, some 0.3 s, once typing pauses. */
#define _GNU_SOURCE
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "server.h"

/* ---- The sets below it --------------------------------------------------------------------------- */

static int is_set(const struct dirent *entry)
{
    size_t n = strlen(entry->d_name);
    return entry->d_name[0] != '.' && n > 5 && !strcmp(entry->d_name + n - 5, ".yaml");
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

enum { NEIGHBOURS_MOST = 64 };

/* A set, or all sets of a folder, but not the file itself: it comes last, from the editor. */
static void add_others(rhetor_builder *builder, const char *path, const char *own)
{
    struct stat status;
    struct dirent **entries = NULL;
    if (!path || stat(path, &status) || (own && !strcmp(path, own)))
        return;
    if (!S_ISDIR(status.st_mode)) {
        rhetor_builder_add_path(builder, path, NULL);
        return;
    }
    int count = scandir(path, &entries, is_set, by_bytes);
    for (int i = 0; i < count; i++) {
        char *file = format_text("%s/%s", path, entries[i]->d_name);
        if (i < NEIGHBOURS_MOST && (!own || strcmp(file, own)))
            rhetor_builder_add_path(builder, file, NULL);
        free(file);
        free(entries[i]);
    }
    free(entries);
}

static rhetor_builder *builder_make(struct server *server, struct text *text)
{
    rhetor_builder *builder = NULL;
    rhetor_options options = {.size = sizeof options};
    if (rhetor_builder_new(&options, &builder, NULL) != RHETOR_OK)
        return NULL;
    const char *slash = text->path ? strrchr(text->path, '/') : NULL;
    bool project = slash && !strcmp(slash, "/.rhetor.yaml");
    char *user = server->settings.config ? user_folder() : NULL;
    add_others(builder, user, text->path);
    for (uint32_t i = 0; i < server->settings.patterns.count; i++)
        add_others(builder, server->settings.patterns.at[i], text->path);
    if (slash && !project) {
        char *folder = need(strndup(text->path, (size_t)(slash - text->path)));
        if (!user || strcmp(folder, user))
            add_others(builder, folder, text->path);
        free(folder);
    }
    free(user);
    return builder;
}

/* ---- What is wrong ----------------------------------------------------------------------------- */

static uint32_t word_end(const char *bytes, uint32_t length, uint32_t at)
{
    uint32_t end = at;
    while (end < length && !strchr(" \t\r\n,:[]{}'\"", bytes[end]))
        end++;
    if (end == at && end < length && bytes[end] != '\n' && bytes[end] != '\r')
        end += (uint32_t)utf8_length(bytes + end, length - end);
    return end;
}

static void put_finding(struct server *server, struct text *text, const rhetor_diagnostic *row,
                        struct buffer *out)
{
    static const char *const severities[] = {"3", "3", "2", "1"};
    rhetor_position place = {row->line ? row->line : 1, row->column ? row->column : 1};
    uint32_t at = 0, length;
    const char *bytes = rhetor_document_text(text->document, &length);
    rhetor_document_offsets(text->document, RHETOR_BYTES, &place, 1, &at);
    json_t *range = span_json(server, text, at, word_end(bytes, length, at));
    char *dumped = json_dumps(range, JSON_COMPACT);
    buffer_format(out, "%s{\"range\":%s,\"severity\":%s,\"source\":\"rhetor\",\"code\":",
                  out->length && out->at[out->length - 1] == '}' ? "," : "", dumped,
                  severities[row->severity & 3]);
    buffer_json_word(out, row->code);
    buffer_word(out, ",\"message\":");
    char *message = format_text("%s%s%s", row->message, row->advice[0] ? "\n" : "", row->advice);
    buffer_json_word(out, message);
    buffer_word(out, "}");
    free(message);
    free(dumped);
    json_decref(range);
}

static const char *own_name(const struct text *text)
{
    return text->path ? text->path : text->uri;
}

/* Looks at the file, keeps its engine; findings go to `out`, where there is one. */
static void look(struct server *server, struct text *text, struct buffer *out)
{
    uint32_t length, count;
    rhetor_builder *builder = builder_make(server, text);
    const char *bytes = rhetor_document_text(text->document, &length);
    if (!builder)
        return;
    rhetor_builder_add_text(builder, own_name(text), bytes, length, NULL);
    rhetor_engine_release(text->checked);
    text->checked = NULL;
    rhetor_builder_finish(builder, &text->checked, NULL);
    const rhetor_diagnostic *rows = rhetor_builder_diagnostics(builder, &count);
    for (uint32_t i = 0; out && i < count; i++)
        if (!strcmp(rows[i].file, own_name(text)) &&
            strncmp(rows[i].message, "a set that is no file", 21)) /* it is one, on disk */
            put_finding(server, text, &rows[i], out);
    rhetor_builder_free(builder);
}

void patterns_check(struct server *server, struct text *text, struct buffer *out)
{
    text->check_at = 0;
    look(server, text, out);
}

const rhetor_engine *patterns_engine(struct server *server, struct text *text)
{
    if (!text->checked)
        look(server, text, NULL);
    return text->checked;
}

/* ---- Hover ------------------------------------------------------------------------------------- */

static bool is_name_byte(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-' || c == '_';
}

/* The rule of this file that begins last at or above the line; false: none. */
static bool rule_at(const rhetor_engine *engine, const char *file, uint32_t line, rhetor_rule *out)
{
    bool found = false;
    uint32_t count = rhetor_engine_rule_count(engine);
    for (uint32_t i = 0; i < count; i++) {
        rhetor_rule rule = {.size = sizeof rule};
        rhetor_engine_rule(engine, i, &rule);
        if (strcmp(rule.file, file) || rule.line > line || (found && rule.line < out->line))
            continue;
        *out = rule;
        found = true;
    }
    return found;
}

static void put_rule(struct buffer *out, const rhetor_rule *rule, bool markdown)
{
    static const char *const kinds[] = {"rule", "pattern", "figure", "move", "series"};
    const char *fence = markdown ? "```" : "";
    buffer_format(out, markdown ? "**%s** (%s), weight %.2f\n\n" : "%s (%s), weight %.2f\n",
                  rule->id, kinds[rule->kind > 0 && rule->kind < 5 ? rule->kind : 0],
                  (double)rule->weight);
    if (!rule->regex[0])
        return;
    buffer_format(out, "%s\n%.1500s%s\n%s\n", fence, rule->regex,
                  strlen(rule->regex) > 1500 ? "…" : "", fence);
    if (rule->anchors[0])
        buffer_format(out, "Runs where one of these words is: %.600s%s\n", rule->anchors,
                      strlen(rule->anchors) > 600 ? "…" : "");
    else
        buffer_word(out, "Has no word that must be there, so it runs everywhere: slow.\n");
}

static void put_device(struct buffer *out, const rhetor_engine *engine, const char *word, size_t n,
                       bool markdown)
{
    char id[80];
    rhetor_device device = {.size = sizeof device};
    snprintf(id, sizeof id, "%.*s", n < 79 ? (int)n : 79, word);
    int32_t row = rhetor_engine_find_device(engine, id);
    if (row < 0 || rhetor_engine_device(engine, (uint32_t)row, &device) != RHETOR_OK)
        return;
    buffer_format(out, markdown ? "**%s** (%s): %s\n\n" : "%s (%s): %s\n", device.name,
                  device.family, device.definition);
}

bool patterns_hover(struct server *server, struct text *text, const json_t *params,
                    struct reply *reply)
{
    uint32_t at, length;
    if (!text_offset(server, text, json_object_get(params, "position"), &at))
        return reply_fail(reply, RPC_PARAMS, "hover needs a position");
    const rhetor_engine *engine = patterns_engine(server, text);
    const char *bytes = rhetor_document_text(text->document, &length);
    uint32_t start = at, end = at;
    while (start && is_name_byte(bytes[start - 1]))
        start--;
    while (end < length && is_name_byte(bytes[end]))
        end++;
    struct buffer out = {0};
    const char *help = end < length && strchr(":+", bytes[end])
                           ? pattern_key_help(bytes + start, end - start) : NULL;
    if (!help && start && strchr("{|", bytes[start - 1]))
        help = pattern_class_help(bytes + start, end - start);
    if (help)
        buffer_format(&out, server->client.markdown ? "`%.*s`: %s\n\n" : "%.*s: %s\n",
                      (int)(end - start), bytes + start, help);
    if (engine) {
        rhetor_position place = {1, 1};
        rhetor_rule rule = {.size = sizeof rule};
        put_device(&out, engine, bytes + start, end - start, server->client.markdown);
        rhetor_document_positions(text->document, RHETOR_BYTES, &at, 1, &place);
        if (rule_at(engine, own_name(text), place.line, &rule))
            put_rule(&out, &rule, server->client.markdown);
    }
    if (out.length)
        reply->json = json_pack("{s{ssso}so}", "contents", "kind",
                                server->client.markdown ? "markdown" : "plaintext", "value",
                                json_text(out.at, out.length), "range",
                                span_json(server, text, start, end));
    buffer_free(&out);
    return true;
}
