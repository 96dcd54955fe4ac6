/* diagnostics.c: tags as diagnostics, pushed or pulled. In: the tags that are shown. Out: one hint a tag,
 * sent where the list is not the one the client has. Invariant: the list is that of a fresh document
 * with the same text. Cost: what a hint says is kept by the tag's id and made anew only where the
 * text changed; its range is made anew each time, in one pass. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

/* What a hint says apart from its place: JSON from `"severity"` on, its last bytes the tag's word. What
 * the message is made of is kept, to see whether it still holds. */
struct note { rhetor_tag tag; uint32_t roles, length, message_length; char *json; };
struct notes { struct note *at; uint32_t count, mask, *slots; };

void notes_free(struct notes *notes)
{
    if (!notes)
        return;
    for (uint32_t i = 0; i < notes->count; i++)
        free(notes->at[i].json);
    free(notes->at);
    free(notes->slots);
    free(notes);
}

static struct notes *notes_make(uint32_t count)
{
    struct notes *notes = need(calloc(1, sizeof *notes));
    for (notes->mask = 63; notes->mask < 2 * count; notes->mask = notes->mask * 2 + 1)
        ;
    notes->slots = need(calloc((size_t)notes->mask + 1, sizeof *notes->slots));
    notes->at = need(malloc(((size_t)count + 1) * sizeof *notes->at));
    return notes;
}

static uint32_t *notes_slot(const struct notes *notes, uint32_t id)
{
    uint32_t slot = id * 2654435761u >> 7 & notes->mask;
    while (notes->slots[slot] && notes->at[notes->slots[slot] - 1].tag.id != id)
        slot = (slot + 1) & notes->mask;
    return &notes->slots[slot];
}

/* ---- One hint ---------------------------------------------------------------------------------- */

/* The context hash, which may change where the message does not. */
static void note_end(struct text *text, struct note *note)
{
    char word[80];
    struct buffer out = {note->json, note->message_length, note->message_length};
    buffer_word(&out, ",\"data\":");
    buffer_json_word(&out, tag_word(text, &note->tag, word));
    note->json = out.at;
    note->length = (uint32_t)out.length;
}

/* Of the parts that a message may name: their words and whom they mean. */
static uint32_t roles_hash(struct text *text, const rhetor_tag *tag, const rhetor_role *roles)
{
    uint32_t hash = 2166136261u, length;
    const char *bytes = rhetor_document_text(text->document, &length);
    for (uint32_t i = 0; i < tag->role_count; i++) {
        const rhetor_role *role = &roles[tag->first_role + i];
        hash = (hash ^ role->name) * 16777619u;
        hash = (hash ^ role->party) * 16777619u;
        for (uint32_t at = role->start; at < role->end && at < length; at++)
            hash = (hash ^ (unsigned char)bytes[at]) * 16777619u;
        hash = (hash ^ 0xFFu) * 16777619u;
    }
    return hash;
}

static struct note note_make(struct text *text, const rhetor_tag *tag, const rhetor_role *roles)
{
    struct buffer out = {0};
    char *message = text_message(text, tag->id);
    rhetor_device device = layer_device(text->layer, tag->device);
    buffer_word(&out, "\"severity\":4,\"code\":");
    buffer_json_word(&out, device.id);
    buffer_word(&out, ",\"source\":\"rhetor\",\"message\":");
    buffer_json_word(&out, *message ? message : device.name);
    free(message);
    struct note note = {*tag, roles_hash(text, tag, roles), 0, (uint32_t)out.length, out.at};
    note_end(text, &note);
    return note;
}

/* An id stands while nothing touches what was read; names are found further away. */
static bool says_same(struct text *text, const struct note *note, const rhetor_tag *tag,
                      const rhetor_role *roles)
{
    return note->tag.rule == tag->rule && note->tag.speaker == tag->speaker &&
           note->tag.addressee == tag->addressee && note->roles == roles_hash(text, tag, roles);
}

/* The notes of all tags: those of before where the text is as it was. */
static void notes_renew(struct text *text, const rhetor_tag *tags, const rhetor_role *roles,
                        uint32_t count)
{
    struct notes *old = text->notes, *fresh = notes_make(count);
    rhetor_change change = {.size = sizeof change};
    rhetor_document_changes(text->document, &change);
    uint32_t start = change.start > TAG_CONTEXT ? change.start - TAG_CONTEXT : 0;
    for (uint32_t i = 0; i < count; i++) {
        const rhetor_tag *tag = &tags[i];
        bool touched = tag->start <= change.end + TAG_CONTEXT && tag->end >= start;
        uint32_t row = old ? *notes_slot(old, tag->id) : 0;
        struct note *kept = row ? &old->at[row - 1] : NULL, *note = &fresh->at[i];
        *notes_slot(fresh, tag->id) = ++fresh->count;
        if (!kept || !kept->json || (touched && !says_same(text, kept, tag, roles))) {
            *note = note_make(text, tag, roles);
            continue;
        }
        *note = *kept;
        note->tag = *tag;
        kept->json = NULL;
        if (touched)
            note_end(text, note);
    }
    notes_free(old);
    text->notes = fresh;
}

static void put_position(struct buffer *out, rhetor_position position)
{
    buffer_put(out, "{\"line\":", 8);
    buffer_number(out, position.line - 1);
    buffer_put(out, ",\"character\":", 13);
    buffer_number(out, position.column - 1);
    buffer_put(out, "}", 1);
}

/* A range that begins at or behind the cursor. */
static void put_range(struct buffer *out, const struct cursor *from, uint32_t start, uint32_t end)
{
    struct cursor cursor = *from;
    cursor_to(&cursor, start);
    buffer_put(out, "{\"start\":", 9);
    put_position(out, cursor.place);
    cursor_to(&cursor, end);
    buffer_put(out, ",\"end\":", 7);
    put_position(out, cursor.place);
    buffer_put(out, "}", 1);
}

/* ---- The list ---------------------------------------------------------------------------------- */

/* Whether the parts of a tag are told as related information: those of moves and figures. */
static bool has_parts(struct server *server, const struct text *text, const rhetor_tag *tag)
{
    return server->client.related && tag->role_count &&
           layer_rule(text->layer, tag->rule).kind != RHETOR_CUE;
}

static void put_parts(struct buffer *out, const struct text *text, const rhetor_tag *tag,
                      const rhetor_role *roles, const struct cursor *from,
                      const struct buffer *uri)
{
    bool first = true;
    for (uint32_t r = 0; r < tag->role_count; r++) {
        const rhetor_role *role = &roles[tag->first_role + r];
        if (!role->end || role->start < tag->start)
            continue;
        buffer_word(out, first ? ",\"relatedInformation\":[" : ",");
        first = false;
        buffer_word(out, "{\"location\":{\"uri\":");
        buffer_put(out, uri->at, uri->length);
        buffer_word(out, ",\"range\":");
        put_range(out, from, role->start, role->end);
        buffer_word(out, "},\"message\":");
        buffer_json_word(out, rhetor_engine_role_name(text->layer->engine, role->name));
        buffer_word(out, "}");
    }
    if (!first)
        buffer_word(out, "]");
}

static void put_mistakes(struct server *server, struct text *text, struct buffer *out, bool first)
{
    const struct directives *directives = &text->directives;
    struct cursor top = cursor_begin(server, text);
    for (uint32_t i = 0; i < directives->mistake_count; i++) {
        const struct directive_mistake *mistake = &directives->mistakes[i];
        buffer_word(out, first ? "{\"range\":" : ",{\"range\":");
        put_range(out, &top, mistake->start, mistake->end);
        buffer_word(out, ",\"severity\":2,\"code\":\"directive\",\"source\":\"rhetor\","
                         "\"message\":");
        buffer_json_word(out, mistake->message);
        buffer_word(out, "}");
        first = false;
    }
}

static void put_list(struct server *server, struct text *text, struct buffer *out)
{
    uint32_t count, role_count;
    const rhetor_tag *tags = text_tags(server, text, &count);
    const rhetor_role *roles = rhetor_document_roles(text->document, &role_count);
    struct cursor cursor = cursor_begin(server, text);
    struct buffer uri = {0};
    buffer_json_word(&uri, text->uri);
    notes_renew(text, tags, roles, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct note *note = &text->notes->at[i];
        cursor_to(&cursor, tags[i].start);
        buffer_word(out, i ? ",{\"range\":" : "{\"range\":");
        put_range(out, &cursor, tags[i].start, tags[i].end);
        buffer_put(out, ",", 1);
        buffer_put(out, note->json, note->length);
        if (has_parts(server, text, &tags[i]))
            put_parts(out, text, &tags[i], roles, &cursor, &uri);
        buffer_put(out, "}", 1);
    }
    put_mistakes(server, text, out, count == 0);
    buffer_free(&uri);
}

static void put_all(struct server *server, struct text *text, struct buffer *out)
{
    buffer_put(out, "[", 1);
    if (text->kind == TEXT_PATTERNS)
        patterns_check(server, text, out);
    else if (text->kind == TEXT_PROSE && server->settings.diagnostics)
        put_list(server, text, out);
    buffer_put(out, "]", 1);
}

/* ---- Push -------------------------------------------------------------------------------------- */

static uint64_t hash_of(const char *bytes, size_t n)
{
    uint64_t hash = 0x9E3779B97F4A7C15u ^ n;
    for (; n >= 8; bytes += 8, n -= 8) {
        uint64_t word;
        memcpy(&word, bytes, 8);
        hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    for (; n; n--)
        hash = (hash ^ (unsigned char)*bytes++) * 0xD6E8FEB86659FD93u;
    return (hash ^ hash >> 29) | 1;
}

static void send(struct server *server, struct text *text, const struct buffer *list)
{
    struct buffer head = {0};
    buffer_word(&head, "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/publishDiagnostics\","
                       "\"params\":{\"uri\":");
    buffer_json_word(&head, text->uri);
    buffer_format(&head, ",\"version\":%lld,\"diagnostics\":", (long long)text->version);
    const struct buffer tail = {.at = (char[]){'}', '}'}, .length = 2};
    rpc_write(server->rpc, &head, list, &tail);
    buffer_free(&head);
}

void diagnostics_publish(struct server *server, struct text *text)
{
    if (server->client.pull)
        return;
    struct buffer *list = &server->scratch; /* some megabytes for a long draft: kept */
    list->length = 0;
    put_all(server, text, list);
    uint64_t hash = hash_of(list->at, list->length);
    if (hash != text->sent)
        send(server, text, list);
    text->sent = hash;
}

void diagnostics_clear(struct server *server, struct text *text)
{
    struct buffer none = {.at = (char[]){'[', ']'}, .length = 2};
    if (text->sent)
        send(server, text, &none);
    text->sent = 0;
}

/* ---- Pull -------------------------------------------------------------------------------------- */

bool diagnostics_pull(struct server *server, struct text *text, const json_t *params,
                      struct reply *reply)
{
    char state[32];
    snprintf(state, sizeof state, "%u.%u", text->epoch, rhetor_document_generation(text->document));
    const char *before = json_string_value(json_object_get(params, "previousResultId"));
    if (before && !strcmp(before, state)) {
        reply->json = json_pack("{ssss}", "kind", "unchanged", "resultId", before);
        return true;
    }
    if (text->kind == TEXT_PROSE && !server_finish(server, text, reply))
        return false;
    buffer_format(&reply->text, "{\"kind\":\"full\",\"resultId\":\"%s\",\"items\":", state);
    put_all(server, text, &reply->text);
    buffer_word(&reply->text, "}");
    return true;
}
