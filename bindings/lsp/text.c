/* text.c: open documents. In: what the client says of them. Out: a rhetor_document that holds the same
 * text, and the tags that are shown. Invariant: after an edit the library's text is the client's,
 * whatever the unit of the columns. Cost: an edit costs what the library's edit costs and one pass
 * over the lines before it; the list of tags is built once a change. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

/* ---- Addresses --------------------------------------------------------------------------------- */

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The path of "file:///a%20b"; NULL for every other scheme. */
char *path_of_uri(const char *uri)
{
    if (strncmp(uri, "file://", 7))
        return NULL;
    uri = strchr(uri + 7, '/');
    if (!uri)
        return NULL;
    char *path = need_text(uri), *out = path;
    for (const char *at = uri; *at; at++) {
        int high = *at == '%' ? hex_digit(at[1]) : -1, low = high >= 0 ? hex_digit(at[2]) : -1;
        *out++ = low >= 0 ? (char)(high * 16 + low) : *at;
        if (low >= 0)
            at += 2;
    }
    *out = 0;
    return path;
}

char *uri_of_path(const char *path)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    struct buffer out = {0};
    buffer_word(&out, "file://");
    for (; *path; path++)
        if (strchr(plain, *path))
            buffer_put(&out, path, 1);
        else
            buffer_format(&out, "%%%02X", (unsigned char)*path);
    buffer_put(&out, "", 1);
    return out.at;
}

static enum text_kind kind_of(const char *language, const char *path)
{
    size_t n = path ? strlen(path) : 0;
    bool yaml = !strcmp(language, "yaml") || (n > 5 && !strcmp(path + n - 5, ".yaml")) ||
                (n > 4 && !strcmp(path + n - 4, ".yml"));
    if (!strcmp(language, "rhetor-patterns"))
        return TEXT_PATTERNS;
    if (!yaml)
        return TEXT_PROSE;
    const char *slash = path ? strrchr(path, '/') : NULL;
    if (slash && (!strcmp(slash, "/.rhetor.yaml") || strstr(path, "/patterns/")))
        return TEXT_PATTERNS;
    return TEXT_OTHER;
}

/* ---- Open, close ------------------------------------------------------------------------------- */

struct text *text_find(struct server *server, const char *uri)
{
    struct text *text = server->texts;
    while (text && strcmp(text->uri, uri))
        text = text->next;
    return text;
}

static void text_touched(struct text *text)
{
    text->stamp++;
    text->halted = false;
    text->due = text->unsent = text->kind == TEXT_PROSE;
    text->check_at = text->kind == TEXT_PATTERNS ? now_ms() + 250 : 0;
}

/* A document of the engine that applies now. */
static void document_make(struct server *server, struct text *text, const char *bytes,
                          size_t length)
{
    text->layer = layer_of(server, text->path);
    rhetor_document *document = NULL;
    int32_t status = rhetor_document_new(text->layer->engine, &document, NULL);
    if (status == RHETOR_OK)
        status = rhetor_document_set_text(document, bytes, (uint32_t)length);
    if (status != RHETOR_OK) {
        server_show(server, 1, "rhetor: %s: %s", text->uri, rhetor_status_name(status));
        if (document)
            rhetor_document_set_text(document, "", 0);
    }
    need(document);
    rhetor_document_set_cancel(document, rpc_flag(server->rpc));
    rhetor_document_free(text->document);
    text->document = document;
    text->epoch++;
    notes_free(text->notes);
    text->notes = NULL;
    text_touched(text);
}

struct text *text_open(struct server *server, const char *uri, const char *language,
                       int64_t version, const char *bytes, size_t length)
{
    struct text *text = need(calloc(1, sizeof *text));
    text->uri = need_text(uri);
    text->path = path_of_uri(uri);
    text->language = need_text(language);
    text->version = version;
    text->kind = kind_of(language, text->path);
    document_make(server, text, bytes, length);
    text->check_at = text->check_at ? now_ms() : 0;
    struct text **link = &server->texts; /* the last: who came first is served first */
    while (*link)
        link = &(*link)->next;
    *link = text;
    return text;
}

void text_close(struct server *server, struct text *text)
{
    struct text **link = &server->texts;
    while (*link != text)
        link = &(*link)->next;
    *link = text->next;
    progress_end(server, text);
    notes_free(text->notes);
    directives_free(&text->directives);
    rhetor_document_free(text->document);
    rhetor_engine_release(text->checked);
    free(text->tags);
    free(text->uri);
    free(text->path);
    free(text->language);
    free(text);
}

void text_rebase(struct server *server, struct text *text)
{
    uint32_t length;
    const char *bytes = rhetor_document_text(text->document, &length);
    char *copy = need(malloc((size_t)length + 1));
    memcpy(copy, bytes, length);
    document_make(server, text, copy, length);
    free(copy);
}

/* ---- Positions --------------------------------------------------------------------------------- */

static bool number_read(const json_t *json, uint32_t *out)
{
    if (!json_is_integer(json) || json_integer_value(json) < 0)
        return false;
    json_int_t value = json_integer_value(json);
    *out = value < UINT32_MAX - 1 ? (uint32_t)value : UINT32_MAX - 1;
    return true;
}

static bool position_read(const json_t *json, rhetor_position *out)
{
    if (!number_read(json_object_get(json, "line"), &out->line) ||
        !number_read(json_object_get(json, "character"), &out->column))
        return false;
    out->line++;
    out->column++;
    return true;
}

bool text_offset(struct server *server, struct text *text, const json_t *position, uint32_t *out)
{
    rhetor_position read;
    return position_read(position, &read) &&
           rhetor_document_offsets(text->document, server->client.unit, &read, 1, out) == RHETOR_OK;
}

bool text_range(struct server *server, struct text *text, const json_t *range, rhetor_span *out)
{
    rhetor_position ends[2];
    uint32_t bytes[2];
    if (!position_read(json_object_get(range, "start"), &ends[0]) ||
        !position_read(json_object_get(range, "end"), &ends[1]) ||
        rhetor_document_offsets(text->document, server->client.unit, ends, 2, bytes) != RHETOR_OK)
        return false;
    bool turned = bytes[1] < bytes[0];
    *out = (rhetor_span){bytes[turned], bytes[!turned]};
    return true;
}

json_t *position_json(rhetor_position position)
{
    return json_pack("{sIsI}", "line", (json_int_t)position.line - 1, "character",
                     (json_int_t)position.column - 1);
}

/* One JSON range for each span, to be freed; the array too. */
json_t **spans_json(struct server *server, struct text *text, const rhetor_span *spans, uint32_t n)
{
    json_t **out = need(calloc((size_t)n + 1, sizeof *out));
    uint32_t *bytes = need(malloc(((size_t)n + 1) * sizeof *bytes));
    rhetor_position *starts = need(malloc(2 * ((size_t)n + 1) * sizeof *starts));
    rhetor_position *ends = starts + n;
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = spans[i].start;
    rhetor_document_positions(text->document, server->client.unit, bytes, n, starts);
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = spans[i].end;
    rhetor_document_positions(text->document, server->client.unit, bytes, n, ends);
    for (uint32_t i = 0; i < n; i++)
        out[i] = json_pack("{soso}", "start", position_json(starts[i]), "end",
                           position_json(ends[i]));
    free(bytes);
    free(starts);
    return out;
}

json_t *span_json(struct server *server, struct text *text, uint32_t start, uint32_t end)
{
    rhetor_span span = {start, end};
    json_t **ranges = spans_json(server, text, &span, 1), *range = ranges[0];
    free(ranges);
    return range;
}

struct cursor cursor_begin(struct server *server, struct text *text)
{
    struct cursor cursor = {.unit = server->client.unit, .place = {1, 1}};
    cursor.bytes = rhetor_document_text(text->document, &cursor.length);
    return cursor;
}

/* Whether eight bytes are all printable ASCII: one column each. */
static bool is_plain(const char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, 8);
    return !((word | (word - 0x2020202020202020u)) & 0x8080808080808080u);
}

/* What comes from a client is well-formed UTF-8, so leading bytes alone tell. */
void cursor_to(struct cursor *cursor, uint32_t byte)
{
    byte = byte < cursor->length ? byte : cursor->length;
    for (; cursor->at < byte; cursor->at++) {
        while (cursor->at + 8 < byte && is_plain(cursor->bytes + cursor->at)) {
            cursor->at += 8;
            cursor->place.column += 8;
        }
        unsigned char c = (unsigned char)cursor->bytes[cursor->at];
        if (c == '\n' || (c == '\r' && cursor->bytes[cursor->at + 1] != '\n')) {
            cursor->place.line++;
            cursor->place.column = 1;
        } else if (c < 0x80 || cursor->unit == RHETOR_BYTES) {
            cursor->place.column++;
        } else {
            cursor->place.column += ((c & 0xC0) != 0x80) + (c >= 0xF0);
        }
    }
}

/* ---- Edits ------------------------------------------------------------------------------------- */

static bool is_inside(const char *bytes, uint32_t length, uint32_t at)
{
    return at < length && ((unsigned char)bytes[at] & 0xC0) == 0x80;
}

/* The whole text again: what is the same at both ends stays. */
static int32_t replace_whole(struct text *text, const char *bytes, uint32_t length)
{
    uint32_t old_length, head = 0, tail = 0;
    const char *old = rhetor_document_text(text->document, &old_length);
    uint32_t least = length < old_length ? length : old_length;
    while (head < least && old[head] == bytes[head])
        head++;
    while (head && (is_inside(bytes, length, head) || is_inside(old, old_length, head)))
        head--;
    while (tail < least - head && old[old_length - 1 - tail] == bytes[length - 1 - tail])
        tail++;
    while (tail && is_inside(bytes, length, length - tail))
        tail--;
    if (head == old_length && head == length)
        return RHETOR_OK;
    return rhetor_document_replace(text->document, head, old_length - tail, bytes + head,
                                   length - tail - head);
}

static bool change_one(struct server *server, struct text *text, const json_t *change, char **why)
{
    const json_t *bytes = json_object_get(change, "text");
    const json_t *range = json_object_get(change, "range");
    rhetor_span span;
    if (!json_is_string(bytes) || json_string_length(bytes) > UINT32_MAX / 2) {
        *why = need_text("a change has no text");
        return false;
    }
    int32_t status;
    uint32_t length = (uint32_t)json_string_length(bytes);
    if (!range || json_is_null(range)) {
        status = replace_whole(text, json_string_value(bytes), length);
    } else if (!text_range(server, text, range, &span)) {
        *why = need_text("a change has a range that is none");
        return false;
    } else {
        status = rhetor_document_replace(text->document, span.start, span.end,
                                         json_string_value(bytes), length);
    }
    if (status != RHETOR_OK)
        *why = format_text("the change is refused: %s", rhetor_status_name(status));
    return status == RHETOR_OK;
}

bool text_change(struct server *server, struct text *text, const json_t *changes, char **why)
{
    size_t i;
    const json_t *change;
    bool sound = true;
    *why = NULL;
    json_array_foreach(changes, i, change)
        if (sound)
            sound = change_one(server, text, change, why);
    if (i)
        text_touched(text);
    return sound;
}

/* ---- Tags -------------------------------------------------------------------------------------- */

const rhetor_tag *text_tags(struct server *server, struct text *text, uint32_t *count)
{
    *count = 0;
    if (text->kind != TEXT_PROSE)
        return NULL;
    if (text->seen_stamp != text->stamp) {
        uint32_t length, all;
        const char *bytes = rhetor_document_text(text->document, &length);
        const rhetor_tag *tags = rhetor_document_tags(text->document, &all);
        directives_find(&text->directives, text->layer, text->language, bytes, length);
        text->tags = need(realloc(text->tags, ((size_t)all + 1) * sizeof *text->tags));
        text->tag_count = 0;
        for (uint32_t i = 0; i < all; i++)
            if (text->layer->shown[tags[i].device] &&
                (double)tags[i].score >= server->settings.min_score &&
                !directives_hide(&text->directives, text, &tags[i]))
                text->tags[text->tag_count++] = tags[i];
        text->seen_stamp = text->stamp;
    }
    *count = text->tag_count;
    return text->tags;
}

/* An end counts: a cursor behind the last letter is still at the word. */
bool tag_has(const rhetor_tag *tag, uint32_t byte)
{
    return tag->start <= byte && byte <= tag->end;
}

static bool is_word_byte(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') ||
           ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static uint32_t hash_byte(uint32_t hash, char c)
{
    return (hash ^ (unsigned char)c) * 16777619u;
}

enum { CONTEXT_WORDS = 2 };

/* `at` moved by `words` words, backward or forward, but not out of its sentence or paragraph, nor further
 * than TAG_CONTEXT bytes. */
static uint32_t words_along(const char *bytes, uint32_t length, uint32_t at, int words, bool back)
{
    int lines = 0;
    bool inside = false;
    uint32_t floor = at > TAG_CONTEXT ? at - TAG_CONTEXT : 0;
    uint32_t roof = length - at > TAG_CONTEXT ? at + TAG_CONTEXT : length;
    for (uint32_t next = at; back ? next > floor : next < roof;) {
        char c = bytes[back ? next - 1 : next];
        next = back ? next - 1 : next + 1;
        if (is_word_byte(c)) {
            inside = true;
            lines = 0;
            at = next;
        } else if ((inside && --words == 0) || (c == '\n' && ++lines == 2) || strchr(".!?", c)) {
            break;
        } else {
            inside = false;
        }
    }
    return at;
}

/* Of the device, the tag's words and two words on either side; white space and marks do not count, so the
 * number stands while the text around is edited or wrapped anew. */
uint32_t tag_hash(struct text *text, const rhetor_tag *tag)
{
    uint32_t length, hash = 2166136261u;
    const char *bytes = rhetor_document_text(text->document, &length);
    uint32_t from = words_along(bytes, length, tag->start, CONTEXT_WORDS, true);
    uint32_t to = words_along(bytes, length, tag->end, CONTEXT_WORDS, false);
    rhetor_device device = layer_device(text->layer, tag->device);
    for (const char *c = device.id; *c; c++)
        hash = hash_byte(hash, *c);
    for (bool word = true; from < to; from++) {
        if (from == tag->start || from == tag->end)
            hash = hash_byte(hash, '|');
        bool now = is_word_byte(bytes[from]);
        if (now || word)
            hash = hash_byte(hash, now ? bytes[from] : ' ');
        word = now;
    }
    return hash;
}

const char *tag_word(struct text *text, const rhetor_tag *tag, char room[80])
{
    snprintf(room, 80, "%.64s#%08x", layer_device(text->layer, tag->device).id,
             tag_hash(text, tag));
    return room;
}

const char *voice_name(int32_t voice)
{
    static const char *const names[] = {"author", "quoted", "scripted"};
    return voice >= 0 && voice < 3 ? names[voice] : names[0];
}

const char *text_name(struct text *text, uint32_t name)
{
    return rhetor_document_name(text->document, name, NULL);
}

static char *fetch(struct text *text, uint32_t id,
                   uint32_t (*get)(rhetor_document *, uint32_t, char *, uint32_t))
{
    char room[512];
    uint32_t length = get(text->document, id, room, sizeof room);
    if (length < sizeof room)
        return need_text(length ? room : "");
    char *out = need(malloc((size_t)length + 1));
    get(text->document, id, out, length + 1);
    return out;
}

char *text_message(struct text *text, uint32_t id)
{
    return fetch(text, id, rhetor_document_message);
}

char *text_explain(struct text *text, uint32_t id)
{
    return fetch(text, id, rhetor_document_explain);
}
