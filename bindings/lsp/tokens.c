/* tokens.c: tags as semantic tokens: the family is the type, the voice a modifier. In: the tags that are
 * shown. Out: five numbers a token. Invariant: tokens do not overlap and none passes a line end, so
 * that every client can draw them; where tags overlap the one that starts last wins, of two that
 * start together the shorter. Cost: linear in the tags, and the depth to which they overlap. */
#include <stdlib.h>
#include <string.h>

#include "server.h"

/* The families of the built-in sets; a family of a user's set counts as the last, "device". */
json_t *tokens_legend(struct server *server)
{
    const struct layer *layer = layer_of(server, NULL);
    uint32_t count = rhetor_engine_device_count(layer->engine);
    json_t *types = json_array();
    server->families = need(calloc((size_t)count + 1, sizeof *server->families));
    for (uint32_t i = 0; i <= count; i++) {
        const char *family = i < count ? layer_device(layer, i).family : "device";
        bool known = false;
        for (uint32_t f = 0; f < server->family_count; f++)
            known |= !strcmp(server->families[f], family);
        if (known)
            continue;
        server->families[server->family_count++] = need_text(family);
        json_array_append_new(types, json_text(family, strlen(family)));
    }
    return json_pack("{sos[sss]}", "tokenTypes", types, "tokenModifiers", "author", "quoted",
                     "scripted");
}

static uint32_t type_of(const struct server *server, const char *family)
{
    uint32_t last = server->family_count ? server->family_count - 1 : 0;
    for (uint32_t i = 0; i < last; i++)
        if (!strcmp(server->families[i], family))
            return i;
    return last;
}

struct piece { uint32_t start, end, tag; };
struct pieces { struct piece *at; uint32_t count, room; };

static void pieces_add(struct pieces *pieces, uint32_t start, uint32_t end, uint32_t tag)
{
    if (start >= end)
        return;
    if (pieces->count == pieces->room) {
        pieces->room = pieces->room ? pieces->room * 2 : 256;
        pieces->at = need(realloc(pieces->at, pieces->room * sizeof *pieces->at));
    }
    pieces->at[pieces->count++] = (struct piece){start, end, tag};
}

/* Pieces [start, end) without the line ends in it. */
static void pieces_cut(struct pieces *pieces, const char *bytes, uint32_t start, uint32_t end,
                       uint32_t tag)
{
    uint32_t from = start;
    for (uint32_t at = start; at < end; at++)
        if (bytes[at] == '\n' || bytes[at] == '\r') {
            pieces_add(pieces, from, at, tag);
            from = at + 1;
        }
    pieces_add(pieces, from, end, tag);
}

/* Tags are sorted by start, then by end descending: the open ones are a stack, its top wins. */
static void flatten(struct pieces *pieces, const char *bytes, const rhetor_tag *tags,
                    uint32_t count, rhetor_span within)
{
    uint32_t *open = need(malloc(((size_t)count + 1) * sizeof *open)), depth = 0, at = 0;
    for (uint32_t i = 0; i <= count; i++) {
        uint32_t start = i < count ? tags[i].start : UINT32_MAX;
        while (depth && at < start) {
            uint32_t top = open[depth - 1], end = tags[top].end;
            uint32_t to = end < start ? end : start;
            uint32_t from = at > within.start ? at : within.start;
            pieces_cut(pieces, bytes, from, to < within.end ? to : within.end, top);
            at = at > to ? at : to;
            while (depth && tags[open[depth - 1]].end <= at)
                depth--;
        }
        if (i == count)
            break;
        at = start;
        if (tags[i].end > start)
            open[depth++] = i;
    }
    free(open);
}

static void put_tokens(struct server *server, struct text *text, struct buffer *out,
                       const struct pieces *pieces, const rhetor_tag *tags)
{
    uint32_t n = pieces->count, line = 1, column = 1;
    uint32_t *bytes = need(malloc(((size_t)n + 1) * sizeof *bytes));
    rhetor_position *starts = need(malloc(2 * ((size_t)n + 1) * sizeof *starts));
    rhetor_position *ends = starts + n;
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = pieces->at[i].start;
    rhetor_document_positions(text->document, server->client.unit, bytes, n, starts);
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = pieces->at[i].end;
    rhetor_document_positions(text->document, server->client.unit, bytes, n, ends);
    for (uint32_t i = 0; i < n; i++) {
        const rhetor_tag *tag = &tags[pieces->at[i].tag];
        rhetor_device device = layer_device(text->layer, tag->device);
        bool same = starts[i].line == line;
        const uint32_t numbers[] = {starts[i].line - line,
                                    same ? starts[i].column - column : starts[i].column - 1,
                                    ends[i].column - starts[i].column,
                                    type_of(server, device.family), 1u << (tag->voice & 3)};
        for (int k = 0; k < 5; k++) {
            if (i || k)
                buffer_put(out, ",", 1);
            buffer_number(out, numbers[k]);
        }
        line = starts[i].line;
        column = starts[i].column;
    }
    free(bytes);
    free(starts);
}

static bool tokens(struct server *server, struct text *text, rhetor_span within,
                   struct reply *reply)
{
    uint32_t count, length;
    const char *bytes = rhetor_document_text(text->document, &length);
    const rhetor_tag *tags = text_tags(server, text, &count);
    struct pieces pieces = {0};
    flatten(&pieces, bytes, tags, count, within);
    buffer_word(&reply->text, "{\"data\":[");
    put_tokens(server, text, &reply->text, &pieces, tags);
    buffer_word(&reply->text, "]}");
    free(pieces.at);
    return true;
}

bool tokens_full(struct server *server, struct text *text, const json_t *params,
                 struct reply *reply)
{
    (void)params;
    return tokens(server, text, (rhetor_span){0, UINT32_MAX}, reply);
}

bool tokens_range(struct server *server, struct text *text, const json_t *params,
                  struct reply *reply)
{
    rhetor_span within;
    if (!text_range(server, text, json_object_get(params, "range"), &within))
        return reply_fail(reply, RPC_PARAMS, "a range is needed");
    return tokens(server, text, within, reply);
}
