/* progress.c: says how far a long analysis is. In: steps. Out: window/workDoneProgress. Invariant: what was
 * begun is ended; nothing is said of what takes less than two steps. Cost: a message a step. */
#include <stdlib.h>
#include <string.h>

#include "server.h"

enum { LEFT_LEAST = 1 << 17 }; /* bytes: about a second's work */

static void say(struct server *server, const struct text *text, json_t *value)
{
    rpc_notify(server->rpc, "$/progress",
               json_pack("{ssso}", "token", text->progress, "value", value));
}

static uint32_t percent(const struct text *text)
{
    uint32_t done, total;
    rhetor_document_progress(text->document, &done, &total);
    return total ? (uint32_t)((uint64_t)done * 100 / total) : 100;
}

void progress_step(struct server *server, struct text *text)
{
    uint32_t done, total;
    rhetor_document_progress(text->document, &done, &total);
    if (!text->progress && server->client.progress && total - done > LEFT_LEAST) {
        text->progress = format_text("progress-%u", server->next_number + 1);
        server_ask(server, "progress", "window/workDoneProgress/create",
                   json_pack("{ss}", "token", text->progress));
    } else if (text->progress_shown && percent(text) != text->progress_step) {
        text->progress_step = percent(text);
        say(server, text, json_pack("{sssi}", "kind", "report", "percentage",
                                    (int)text->progress_step));
    }
}

/* The client has answered. The request's id is the token. */
void progress_created(struct server *server, const char *token, bool made)
{
    for (struct text *text = server->texts; text; text = text->next) {
        if (!text->progress || strcmp(text->progress, token))
            continue;
        text->progress_shown = made && text->due;
        if (!text->progress_shown)
            return;
        const char *slash = strrchr(text->uri, '/');
        char *message = format_text("%s", slash ? slash + 1 : text->uri);
        text->progress_step = percent(text);
        say(server, text, json_pack("{sssssosbsi}", "kind", "begin", "title", "Reading", "message",
                                    json_text(message, strlen(message)), "cancellable", 1,
                                    "percentage", (int)text->progress_step));
        free(message);
    }
}

void progress_end(struct server *server, struct text *text)
{
    if (text->progress_shown)
        say(server, text, json_pack("{ss}", "kind", "end"));
    free(text->progress);
    text->progress = NULL;
    text->progress_shown = false;
}

void progress_cancel(struct server *server, const json_t *params)
{
    const char *token = json_string_value(json_object_get(params, "token"));
    for (struct text *text = server->texts; token && text; text = text->next)
        if (text->progress && !strcmp(text->progress, token)) {
            text->halted = true;
            progress_end(server, text);
        }
}
