/* settings.c: what the client can do (its capabilities) and what its user wants (section "rhetor").
 * In: JSON of any shape. Out: plain structs. Invariant: what has the wrong type counts as not there,
 * and is said in the log. */
#include <stdlib.h>
#include <string.h>

#include "server.h"

/* ---- The client -------------------------------------------------------------------------------- */

/* The value at a path "textDocument.hover.contentFormat", or NULL. */
static const json_t *find(const json_t *json, const char *path)
{
    char key[64];
    while (json && *path) {
        size_t n = strcspn(path, ".");
        if (n >= sizeof key)
            return NULL;
        memcpy(key, path, n);
        key[n] = 0;
        json = json_object_get(json, key);
        path += n + (path[n] == '.');
    }
    return json;
}

static bool lists(const json_t *list, const char *word)
{
    size_t i;
    const json_t *item;
    json_array_foreach(list, i, item)
        if (json_is_string(item) && !strcmp(json_string_value(item), word))
            return true;
    return false;
}

void client_read(struct client *client, const json_t *capabilities)
{
    const struct { const char *path; bool *out; } flags[] = {
        {"window.workDoneProgress", &client->progress},
        {"workspace.configuration", &client->configuration},
        {"workspace.didChangeWatchedFiles.dynamicRegistration", &client->watch},
        {"workspace.applyEdit", &client->apply_edit},
        {"workspace.workspaceEdit.documentChanges", &client->versions},
        {"workspace.inlayHint.refreshSupport", &client->refresh_hints},
        {"workspace.codeLens.refreshSupport", &client->refresh_lenses},
        {"workspace.semanticTokens.refreshSupport", &client->refresh_tokens},
        {"workspace.diagnostics.refreshSupport", &client->refresh_diagnostics},
        {"textDocument.documentSymbol.hierarchicalDocumentSymbolSupport", &client->outline},
        {"textDocument.publishDiagnostics.relatedInformation", &client->related},
    };
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        *flags[i].out = json_is_true(find(capabilities, flags[i].path));
    const json_t *encodings = find(capabilities, "general.positionEncodings");
    client->unit = lists(encodings, "utf-8") ? RHETOR_BYTES : RHETOR_UTF16;
    client->markdown = lists(find(capabilities, "textDocument.hover.contentFormat"), "markdown");
    client->pull = json_is_object(find(capabilities, "textDocument.diagnostic"));
    client->actions =
        json_is_object(find(capabilities, "textDocument.codeAction.codeActionLiteralSupport"));
    client->related |=
        json_is_true(find(capabilities, "textDocument.diagnostic.relatedInformation"));
}

/* ---- Lists ------------------------------------------------------------------------------------- */

static void list_free(struct list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        free(list->at[i]);
    free(list->at);
    *list = (struct list){0};
}

bool list_has(const struct list *list, const char *word)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (!strcmp(list->at[i], word))
            return true;
    return false;
}

static void list_read(struct list *list, const json_t *json)
{
    size_t i;
    const json_t *item;
    list_free(list);
    json_array_foreach(json, i, item) {
        if (!json_is_string(item))
            continue;
        list->at = need(realloc(list->at, (list->count + 1) * sizeof *list->at));
        list->at[list->count++] = need_text(json_string_value(item));
    }
}

/* ---- The settings ------------------------------------------------------------------------------ */

void settings_free(struct settings *settings)
{
    list_free(&settings->devices);
    list_free(&settings->disable);
    list_free(&settings->patterns);
}

void settings_default(struct settings *settings)
{
    settings_free(settings);
    settings->min_score = -1;
    settings->diagnostics = settings->hints = settings->config = true;
    settings->lenses = false;
}

bool settings_read(struct server *server, const json_t *json)
{
    if (!json_is_object(json) || (server->settings_json && json_equal(server->settings_json, json)))
        return false;
    json_decref(server->settings_json);
    server->settings_json = json_deep_copy(json);
    struct settings *settings = &server->settings;
    const struct { const char *name; bool *flag; struct list *list; double *number; } keys[] = {
        {"devices", NULL, &settings->devices, NULL},
        {"disable", NULL, &settings->disable, NULL},
        {"patterns", NULL, &settings->patterns, NULL},
        {"minScore", NULL, NULL, &settings->min_score},
        {"diagnostics", &settings->diagnostics, NULL, NULL},
        {"inlayHints", &settings->hints, NULL, NULL},
        {"codeLens", &settings->lenses, NULL, NULL},
        {"config", &settings->config, NULL, NULL},
    };
    settings_default(settings);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const json_t *value = json_object_get(json, keys[i].name);
        if (!value || json_is_null(value))
            continue;
        if (keys[i].flag && json_is_boolean(value))
            *keys[i].flag = json_is_true(value);
        else if (keys[i].list && json_is_array(value))
            list_read(keys[i].list, value);
        else if (keys[i].number && json_is_number(value))
            *keys[i].number = json_number_value(value);
        else
            server_log(server, 2, "the setting rhetor.%s has the wrong type", keys[i].name);
    }
    return true;
}
