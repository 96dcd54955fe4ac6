/* server.c: the life of the server: what may be asked when, and what is done between questions.
 * In: messages. Out: replies; diagnostics once no message waits. Invariant: every request gets one
 * reply, whatever it holds; analysis yields to the next message. Cost: one message or one step of
 * analysis a turn. */
#include "server.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { STEP_BYTES = 1 << 14, SOON_BYTES = 1 << 16 };

int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool reply_fail(struct reply *reply, int code, const char *form, ...)
{
    va_list args;
    va_start(args, form);
    vsnprintf(reply->why, sizeof reply->why, form, args);
    va_end(args);
    reply->code = code;
    return false;
}

/* ---- Telling the client ------------------------------------------------------------------------ */

static void tell(struct server *server, const char *method, int type, const char *form,
                 va_list args)
{
    char text[1024];
    vsnprintf(text, sizeof text, form, args);
    rpc_notify(server->rpc, method, json_pack("{siso}", "type", type, "message",
                                              json_text(text, strlen(text))));
}

void server_log(struct server *server, int type, const char *form, ...)
{
    va_list args;
    va_start(args, form);
    tell(server, "window/logMessage", type, form, args);
    va_end(args);
}

void server_show(struct server *server, int type, const char *form, ...)
{
    va_list args;
    va_start(args, form);
    tell(server, "window/showMessage", type, form, args);
    va_end(args);
}

/* The id says what was asked, so that nothing has to be remembered: "configuration-3". */
void server_ask(struct server *server, const char *kind, const char *method, json_t *params)
{
    char id[64];
    snprintf(id, sizeof id, "%s-%u", kind, ++server->next_number);
    rpc_ask(server->rpc, id, method, params);
}

static void refresh(struct server *server)
{
    const struct { bool can; const char *method; } asks[] = {
        {server->client.refresh_hints, "workspace/inlayHint/refresh"},
        {server->client.refresh_lenses, "workspace/codeLens/refresh"},
        {server->client.refresh_tokens, "workspace/semanticTokens/refresh"},
        {server->client.refresh_diagnostics && server->client.pull, "workspace/diagnostic/refresh"},
    };
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
        if (asks[i].can)
            server_ask(server, "refresh", asks[i].method, NULL);
}

/* ---- Analysis ---------------------------------------------------------------------------------- */

/* One step of what is due. */
static int32_t step(struct server *server, struct text *text, uint32_t budget)
{
    rhetor_error error = {.size = sizeof error};
    int32_t status = rhetor_document_step(text->document, budget, &error);
    text->stamp++;
    if (status == RHETOR_MORE || status == RHETOR_E_CANCELLED)
        return status;
    text->due = false; /* after a failure too: it would fail again */
    if (status != RHETOR_OK)
        server_show(server, 1, "rhetor: %s: %s", text->uri, error.message);
    return status;
}

/* For a request that needs all of the text. False: it was cancelled. */
bool server_finish(struct server *server, struct text *text, struct reply *reply)
{
    int32_t status = RHETOR_OK;
    rpc_work_begin(server->rpc, server->request);
    while (text->due && !text->halted && status >= 0) {
        status = step(server, text, STEP_BYTES);
        progress_step(server, text);
        if (*rpc_flag(server->rpc))
            status = RHETOR_E_CANCELLED;
    }
    rpc_work_end(server->rpc);
    if (!text->due)
        progress_end(server, text);
    return status != RHETOR_E_CANCELLED || reply_fail(reply, RPC_CANCELLED, "cancelled");
}

/* For a request about one place: what an edit touched, not a whole new draft. */
static void server_soon(struct server *server, struct text *text)
{
    if (!text->due || text->halted)
        return;
    rpc_work_begin(server->rpc, server->request);
    step(server, text, SOON_BYTES);
    rpc_work_end(server->rpc);
}

/* Does one piece of what waits. Returns how long the next message may be waited for: 0 where there is
 * more to do, -1 where there is nothing. */
static int idle(struct server *server)
{
    int wait = -1;
    for (struct text *text = server->texts; text; text = text->next) {
        if (text->due && !text->halted) {
            rpc_work_begin(server->rpc, NULL);
            step(server, text, STEP_BYTES);
            rpc_work_end(server->rpc);
            if (text->due)
                progress_step(server, text);
        }
        if (!text->due && text->unsent) {
            text->unsent = false;
            progress_end(server, text);
            diagnostics_publish(server, text);
            return 0;
        }
        if (text->due && !text->halted)
            return 0;
        if (!text->check_at)
            continue;
        int64_t left = text->check_at - now_ms();
        if (left <= 0) {
            text->check_at = 0;
            diagnostics_publish(server, text);
            return 0;
        }
        if (wait < 0 || left < wait)
            wait = (int)left;
    }
    return wait;
}

/* ---- Settings, files --------------------------------------------------------------------------- */

/* Every document again, under the sets and settings that are there now. */
void server_reload(struct server *server)
{
    layers_drop(server);
    for (struct text *text = server->texts; text; text = text->next)
        text_rebase(server, text);
    refresh(server);
}

static void ask_settings(struct server *server)
{
    if (server->client.configuration)
        server_ask(server, "configuration", "workspace/configuration",
                   json_pack("{s[{ss}]}", "items", "section", "rhetor"));
}

static void watch_files(struct server *server)
{
    if (server->client.watch)
        server_ask(server, "register", "client/registerCapability",
                   json_pack("{s[{sssss{s[{ss}{ss}]}}]}", "registrations", "id", "rhetor-files",
                             "method", "workspace/didChangeWatchedFiles", "registerOptions",
                             "watchers", "globPattern", "**/.rhetor.yaml", "globPattern",
                             "**/patterns/**/*.yaml"));
    if (server->client.configuration)
        server_ask(server, "register", "client/registerCapability",
                   json_pack("{s[{ssss}]}", "registrations", "id", "rhetor-settings", "method",
                             "workspace/didChangeConfiguration"));
}

/* ---- Lifecycle --------------------------------------------------------------------------------- */

static const char *const commands[] = {"rhetor.ignore", "rhetor.disableDevice", "rhetor.summary"};

static json_t *capabilities(struct server *server)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        json_array_append_new(list, json_string(commands[i]));
    json_t *out = json_pack(
        "{sss{sbsisb}sbsbsbsbs{ss}s{s[s]}s{so}s{sosbsb}s{s[ssss]}s{}}",
        "positionEncoding", server->client.unit == RHETOR_BYTES ? "utf-8" : "utf-16",
        "textDocumentSync", "openClose", 1, "change", 2, "save", 1,
        "hoverProvider", 1, "documentHighlightProvider", 1, "referencesProvider", 1,
        "inlayHintProvider", 1,
        "documentSymbolProvider", "label", "rhetor",
        "codeActionProvider", "codeActionKinds", "quickfix",
        "executeCommandProvider", "commands", list,
        "semanticTokensProvider", "legend", tokens_legend(server), "full", 1, "range", 1,
        "completionProvider", "triggerCharacters", "{", "|", ":", "[",
        "codeLensProvider");
    if (server->client.pull)
        json_object_set_new(out, "diagnosticProvider",
                            json_pack("{sssbsb}", "identifier", "rhetor", "interFileDependencies",
                                      0, "workspaceDiagnostics", 0));
    return out;
}

static bool initialize(struct server *server, struct text *text, const json_t *params,
                       struct reply *reply)
{
    (void)text;
    if (server->state != STATE_FRESH)
        return reply_fail(reply, RPC_INVALID_REQUEST, "initialize comes once");
    client_read(&server->client, json_object_get(params, "capabilities"));
    settings_read(server, json_object_get(params, "initializationOptions"));
    server->state = STATE_READY;
    reply->json = json_pack("{sos{ssss}}", "capabilities", capabilities(server), "serverInfo",
                            "name", "rhetor-lsp", "version", rhetor_version());
    return true;
}

static bool shut_down(struct server *server, struct text *text, const json_t *params,
                      struct reply *reply)
{
    (void)text, (void)params, (void)reply;
    server->state = STATE_SHUT;
    return true;
}

static void initialized(struct server *server, const json_t *params)
{
    (void)params;
    watch_files(server);
    ask_settings(server);
}

static void leave(struct server *server, const json_t *params)
{
    (void)params;
    server->over = true;
}

/* ---- Documents --------------------------------------------------------------------------------- */

static const char *uri_of(const json_t *params)
{
    return json_string_value(json_object_get(json_object_get(params, "textDocument"), "uri"));
}

static struct text *text_of(struct server *server, const json_t *params, const char *method)
{
    const char *uri = uri_of(params);
    struct text *text = uri ? text_find(server, uri) : NULL;
    if (!text)
        server_log(server, 1, "%s: %s", method, uri ? "this document is not open" : "no document");
    return text;
}

static int64_t version_of(const json_t *document)
{
    const json_t *version = json_object_get(document, "version");
    return json_is_integer(version) ? json_integer_value(version) : 0;
}

static void did_open(struct server *server, const json_t *params)
{
    const json_t *document = json_object_get(params, "textDocument");
    const json_t *bytes = json_object_get(document, "text");
    const char *uri = uri_of(params);
    const char *language = json_string_value(json_object_get(document, "languageId"));
    if (!uri || !json_is_string(bytes)) {
        server_log(server, 1, "didOpen: a document has an uri and a text");
        return;
    }
    struct text *text = text_find(server, uri);
    if (text) {
        server_log(server, 2, "didOpen: %s is open already; it is opened anew", uri);
        text_close(server, text);
    }
    text_open(server, uri, language ? language : "", version_of(document),
              json_string_value(bytes), json_string_length(bytes));
}

static void did_change(struct server *server, const json_t *params)
{
    struct text *text = text_of(server, params, "didChange");
    char *why = NULL;
    if (!text)
        return;
    const json_t *changes = json_object_get(params, "contentChanges");
    text->version = version_of(json_object_get(params, "textDocument"));
    if (!json_is_array(changes))
        server_log(server, 1, "didChange: contentChanges is no list");
    else if (!text_change(server, text, changes, &why))
        server_log(server, 1, "didChange: %s: %s", text->uri, why);
    free(why);
}

static void did_close(struct server *server, const json_t *params)
{
    struct text *text = text_of(server, params, "didClose");
    if (!text)
        return;
    diagnostics_clear(server, text);
    text_close(server, text);
}

static void did_save(struct server *server, const json_t *params)
{
    const struct text *text = text_of(server, params, "didSave");
    if (text && text->kind == TEXT_PATTERNS)
        server_reload(server);
}

static void did_change_files(struct server *server, const json_t *params)
{
    if (json_array_size(json_object_get(params, "changes")))
        server_reload(server);
}

static void did_change_settings(struct server *server, const json_t *params)
{
    const json_t *own = json_object_get(json_object_get(params, "settings"), "rhetor");
    if (server->client.configuration) {
        ask_settings(server);
    } else if (settings_read(server, own)) {
        server_reload(server);
    }
}

/* ---- The table --------------------------------------------------------------------------------- */

enum need { NEEDS_NOTHING, NEEDS_TEXT, NEEDS_SOME, NEEDS_ALL };

/* needs: what has to be analysed before. patterns: the same for pattern files; NULL: null. */
static const struct request {
    const char *method;
    answer *prose, *patterns;
    enum need needs;
} requests[] = {
    {"initialize", initialize, NULL, NEEDS_NOTHING},
    {"shutdown", shut_down, NULL, NEEDS_NOTHING},
    {"workspace/executeCommand", execute, NULL, NEEDS_NOTHING},
    {"textDocument/hover", hover, patterns_hover, NEEDS_SOME},
    {"textDocument/documentHighlight", highlight, NULL, NEEDS_SOME},
    {"textDocument/codeAction", actions, NULL, NEEDS_SOME},
    {"textDocument/inlayHint", hints, NULL, NEEDS_SOME},
    {"textDocument/semanticTokens/range", tokens_range, NULL, NEEDS_SOME},
    {"textDocument/semanticTokens/full", tokens_full, NULL, NEEDS_ALL},
    {"textDocument/documentSymbol", symbols, NULL, NEEDS_ALL},
    {"textDocument/references", references, NULL, NEEDS_ALL},
    {"textDocument/codeLens", lenses, NULL, NEEDS_ALL},
    {"textDocument/diagnostic", diagnostics_pull, diagnostics_pull, NEEDS_TEXT},
    {"textDocument/completion", NULL, patterns_complete, NEEDS_TEXT},
};

static const struct notification {
    const char *method;
    void (*run)(struct server *server, const json_t *params);
} notifications[] = {
    {"initialized", initialized},
    {"exit", leave},
    {"textDocument/didOpen", did_open},
    {"textDocument/didChange", did_change},
    {"textDocument/didClose", did_close},
    {"textDocument/didSave", did_save},
    {"workspace/didChangeWatchedFiles", did_change_files},
    {"workspace/didChangeConfiguration", did_change_settings},
    {"window/workDoneProgress/cancel", progress_cancel},
};

static bool run_row(struct server *server, const struct request *row, const json_t *params,
                    struct reply *reply)
{
    if (row->needs == NEEDS_NOTHING)
        return row->prose(server, NULL, params, reply);
    const char *uri = uri_of(params);
    struct text *text = uri ? text_find(server, uri) : NULL;
    if (!text)
        return reply_fail(reply, RPC_PARAMS, uri ? "this document is not open: %.150s"
                                                 : "no document is named", uri);
    answer *run = text->kind == TEXT_PATTERNS ? row->patterns
                  : text->kind == TEXT_PROSE || row->prose == diagnostics_pull ? row->prose : NULL;
    if (!run)
        return true;
    if (text->kind == TEXT_PROSE && row->needs == NEEDS_ALL && !server_finish(server, text, reply))
        return false;
    if (text->kind == TEXT_PROSE && row->needs == NEEDS_SOME)
        server_soon(server, text);
    return run(server, text, params, reply);
}

static bool run_request(struct server *server, const char *method, const json_t *params,
                        struct reply *reply)
{
    bool first = !strcmp(method, "initialize");
    if (server->state == STATE_FRESH && !first)
        return reply_fail(reply, RPC_NOT_INITIALIZED, "the server is not initialized");
    if (server->state == STATE_SHUT)
        return reply_fail(reply, RPC_INVALID_REQUEST, "the server is shut down");
    for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
        if (!strcmp(method, requests[i].method)) {
            bool whole = !params || json_is_object(params) || json_is_null(params);
            return whole ? run_row(server, &requests[i], params, reply)
                         : reply_fail(reply, RPC_PARAMS, "params are one object");
        }
    return reply_fail(reply, RPC_NO_METHOD, "%.200s: no such method", method);
}

static void request(struct server *server, const json_t *id, const char *method,
                    const json_t *params, bool cancelled)
{
    struct reply reply = {0};
    bool done = false;
    server->request = id;
    if (cancelled)
        reply_fail(&reply, RPC_CANCELLED, "cancelled");
    else
        done = run_request(server, method, params, &reply);
    if (!done)
        rpc_fail(server->rpc, id, reply.code, reply.why);
    else if (reply.text.length)
        rpc_result_text(server->rpc, id, &reply.text);
    else
        rpc_result(server->rpc, id, reply.json ? json_incref(reply.json) : NULL);
    json_decref(reply.json);
    buffer_free(&reply.text);
    server->request = NULL;
}

static void notification(struct server *server, const char *method, const json_t *params)
{
    bool leaving = !strcmp(method, "exit");
    if (server->state != STATE_READY && !leaving)
        return; /* the protocol has them dropped */
    for (size_t i = 0; i < sizeof notifications / sizeof *notifications; i++)
        if (!strcmp(method, notifications[i].method)) {
            notifications[i].run(server, params);
            return;
        }
    if (method[0] != '$')
        server_log(server, 3, "%.200s: no such notification", method);
}

/* What the client says to a request of ours. */
static void response(struct server *server, const json_t *id, const json_t *body)
{
    const char *name = json_string_value(id);
    const json_t *result = json_object_get(body, "result"), *error = json_object_get(body, "error");
    if (!name || server->state != STATE_READY)
        return;
    if (!strncmp(name, "configuration-", 14)) {
        const json_t *own = json_array_get(result, 0);
        if (settings_read(server, own))
            server_reload(server);
    } else if (!strncmp(name, "progress-", 9)) {
        progress_created(server, name, !error);
    }
}

static void take(struct server *server, const struct message *message)
{
    const json_t *body = message->body, *id = json_object_get(body, "id");
    const json_t *method = json_object_get(body, "method");
    bool sound_id = json_is_string(id) || json_is_integer(id);
    if (message->error)
        rpc_fail(server->rpc, NULL, message->error, message->why);
    else if (json_is_string(method) && sound_id)
        request(server, id, json_string_value(method), json_object_get(body, "params"),
                message->cancelled);
    else if (json_is_string(method) && !id)
        notification(server, json_string_value(method), json_object_get(body, "params"));
    else if (!method && sound_id &&
             (json_object_get(body, "result") || json_object_get(body, "error")))
        response(server, id, body);
    else if (!(json_is_null(id) && json_object_get(body, "error")))
        rpc_fail(server->rpc, sound_id ? id : NULL, RPC_INVALID_REQUEST,
                 method ? "a request has a method and an id, each a string or a number"
                        : "a message has a method");
}

int server_run(int in, int out)
{
    struct server server = {.rpc = rpc_open(in, out)};
    signal(SIGPIPE, SIG_IGN);
    settings_default(&server.settings);
    while (!server.over && !rpc_ended(server.rpc)) {
        struct message *message = rpc_next(server.rpc, 0);
        if (!message) {
            int wait = idle(&server);
            if (wait)
                message = rpc_next(server.rpc, wait);
        }
        if (message)
            take(&server, message);
        message_free(message);
    }
    int status = server.over && server.state == STATE_SHUT ? 0 : 1;
    while (server.texts) {
        server.texts->progress_shown = false; /* nobody listens any more */
        text_close(&server, server.texts);
    }
    layers_drop(&server);
    settings_free(&server.settings);
    for (uint32_t i = 0; i < server.family_count; i++)
        free(server.families[i]);
    free(server.families);
    json_decref(server.settings_json);
    buffer_free(&server.scratch);
    rpc_close(server.rpc);
    return status;
}
