/* yaml.c: libfyaml's events to nodes. Its messages are collected, never printed. See yaml.h. */
#include "cue/yaml.h"

#include <libfyaml.h>
#include <string.h>

#include "cue/index.h"
#include "text/utf8.h"

/* A list or mapping that is still open: its items lie on the stack from `first`. */
struct open { struct node *node; uint32_t first; const char *anchor; };

struct anchor { const char *name; struct node *node; };

struct reader {
    struct model *model;
    struct arena *scratch;
    const struct source *source;
    uint32_t row;
    struct place last;               /* of the last event that had one */
    uint32_t line, line_start;       /* the line last placed in */
    VEC(struct node *) stack;
    VEC(struct open) open;
    VEC(struct anchor) anchors;      /* the latest of a name counts */
    struct node *root;
    uint32_t documents;
    int32_t status;
};

static bool refuse(struct reader *reader, int32_t status)
{
    if (reader->status == RHETOR_OK)
        reader->status = status;
    return false;
}

static bool refuse_at(struct reader *reader, const struct place *place, const char *code,
                      const char *advice, const char *message)
{
    model_say(reader->model, RHETOR_ERROR, place, code, advice, "%s", message);
    return refuse(reader, RHETOR_E_SET);
}

static bool say_large(struct reader *reader, const struct place *place)
{
    return refuse_at(reader, place, "too-large",
                     "split the file, or use lexicons instead of aliases",
                     "more than 1048576 items, each alias counted as what it stands for");
}

static struct place place_at(struct reader *reader, size_t byte, uint32_t line)
{
    const char *bytes = reader->source->bytes;
    size_t start = byte < reader->source->length ? byte : reader->source->length;
    if (line != reader->line || start < reader->line_start) {
        size_t at = start;
        while (at > 0 && bytes[at - 1] != '\n' && bytes[at - 1] != '\r')
            at--;
        if (at == 0 && start >= 3 && !memcmp(bytes, "\xEF\xBB\xBF", 3))
            at = 3;
        reader->line = line;
        reader->line_start = (uint32_t)at;
    }
    return (struct place){.file = reader->source->name, .line = line,
                          .column = (uint32_t)start - reader->line_start + 1,
                          .byte = (uint32_t)start, .source = reader->row};
}

/* A place given by line and column in characters, both from 1, as libfyaml tells its errors. */
static struct place place_of_line(struct reader *reader, int line, int column)
{
    const char *bytes = reader->source->bytes;
    size_t n = reader->source->length, at = 0;
    int row = 1;
    while (row < line && at < n) {
        if (bytes[at] == '\n' || (bytes[at] == '\r' && bytes[at + 1] != '\n'))
            row++;
        at++;
    }
    for (int i = 1; i < column && at < n && bytes[at] != '\n' && bytes[at] != '\r'; i++) {
        uint32_t c;
        at += utf8_next(bytes, n, at, &c);
    }
    return place_at(reader, at, (uint32_t)row);
}

static bool check_keys(struct reader *reader, const struct node *mapping)
{
    if (mapping->count < 2)
        return true;
    struct index index = {0};
    bool sound = true;
    for (uint32_t i = 0; i < mapping->count; i++) {
        const struct node *key = mapping->items[2 * i];
        uint32_t row = index_put(reader->model->memory, &index, key->text, i);
        if (row == INDEX_NONE) {
            sound = refuse(reader, RHETOR_E_MEMORY);
            break;
        }
        if (row != i) {
            model_say(reader->model, RHETOR_ERROR, &key->place, "duplicate-key",
                      "merge the two, or rename one", "key \"%s\" is here twice; first in line %u",
                      key->text, mapping->items[2 * row]->place.line);
            sound = refuse(reader, RHETOR_E_SET);
        }
    }
    index_free(reader->model->memory, &index);
    return sound;
}

/* The name an anchor token gives, or NULL where there is none. False: no memory. */
static bool anchor_name(struct reader *reader, struct fy_token *token, const char **name)
{
    size_t length = 0;
    const char *text = token ? fy_token_get_text(token, &length) : NULL;
    *name = text ? arena_text(reader->scratch, text, length) : NULL;
    return !text || *name || refuse(reader, RHETOR_E_MEMORY);
}

static bool anchor_put(struct reader *reader, const char *name, struct node *node)
{
    struct anchor anchor = {name, node};
    if (!name)
        return true;
    if (reader->anchors.count == YAML_ANCHORS)
        return refuse_at(reader, &node->place, "too-large", "use lexicons instead of aliases",
                         "more than 1000 anchors");
    return vec_push(reader->model->memory, &reader->anchors, anchor) ||
           refuse(reader, RHETOR_E_MEMORY);
}

static bool close_node(struct reader *reader)
{
    struct open *open = &reader->open.at[--reader->open.count];
    struct node *node = open->node;
    uint32_t n = reader->stack.count - open->first;
    uint64_t weight = 1;
    if (n) {
        node->items = arena_take(reader->scratch, n * sizeof *node->items);
        if (!node->items)
            return refuse(reader, RHETOR_E_MEMORY);
        memcpy(node->items, reader->stack.at + open->first, n * sizeof *node->items);
        for (uint32_t i = 0; i < n; i++)
            weight += node->items[i]->weight;
    }
    reader->stack.count = open->first;
    node->count = node->kind == NODE_MAPPING ? n / 2 : n;
    if (weight > YAML_NODES)
        return say_large(reader, &node->place);
    node->weight = (uint32_t)weight;
    if (node->kind == NODE_MAPPING && !check_keys(reader, node))
        return false;
    return anchor_put(reader, open->anchor, node);
}

/* Hangs a finished or just opened node into the list or mapping around it. */
static bool hang(struct reader *reader, struct node *node)
{
    if (!reader->open.count) {
        reader->root = node;
        return true;
    }
    const struct open *open = &reader->open.at[reader->open.count - 1];
    bool key = open->node->kind == NODE_MAPPING && (reader->stack.count - open->first) % 2 == 0;
    if (key && node->kind != NODE_TEXT)
        return refuse_at(reader, &node->place, "bad-key",
                         "put a pattern that begins with { or [ in single quotes",
                         "a key must be text");
    return vec_push(reader->model->memory, &reader->stack, node) ||
           refuse(reader, RHETOR_E_MEMORY);
}

static struct node *node_make(struct reader *reader, uint8_t kind)
{
    struct node *node = arena_take(reader->scratch, sizeof *node);
    if (!node) {
        refuse(reader, RHETOR_E_MEMORY);
        return NULL;
    }
    *node = (struct node){.place = reader->last, .kind = kind, .weight = 1};
    return node;
}

static bool open_node(struct reader *reader, uint8_t kind, struct fy_token *anchor_token)
{
    const char *anchor;
    struct node *node = node_make(reader, kind);
    if (!node || !anchor_name(reader, anchor_token, &anchor))
        return false;
    if (reader->open.count == YAML_DEPTH)
        return refuse_at(reader, &node->place, "too-deep", "", "nested deeper than 64 levels");
    if (!hang(reader, node))
        return false;
    struct open open = {node, reader->stack.count, anchor};
    return vec_push(reader->model->memory, &reader->open, open) ||
           refuse(reader, RHETOR_E_MEMORY);
}

static bool read_scalar(struct reader *reader, const struct fy_event *event)
{
    const char *anchor;
    size_t length = 0;
    struct fy_token *token = event->scalar.value;
    const char *text = token ? fy_token_get_text(token, &length) : "";
    struct node *node = node_make(reader, NODE_TEXT);
    if (!node || !anchor_name(reader, event->scalar.anchor, &anchor))
        return false;
    node->quoted = token && fy_token_scalar_style(token) != FYSS_PLAIN;
    if (!node->quoted && (length == 0 || (length == 1 && text[0] == '~')))
        node->kind = NODE_NOTHING;
    node->text = arena_text(&reader->model->arena, text ? text : "", length);
    if (!node->text)
        return refuse(reader, RHETOR_E_MEMORY);
    if (strlen(node->text) != length)
        return refuse_at(reader, &node->place, "bad-text", "",
                         "a NUL cannot stand in a pattern set");
    return anchor_put(reader, anchor, node) && hang(reader, node);
}

static bool read_alias(struct reader *reader, const struct fy_event *event)
{
    size_t length = 0;
    const char *name = fy_token_get_text(event->alias.anchor, &length);
    for (uint32_t i = reader->anchors.count; i-- > 0;) {
        const struct anchor *anchor = &reader->anchors.at[i];
        if (!strncmp(anchor->name, name, length) && !anchor->name[length])
            return hang(reader, anchor->node);
    }
    /* An anchor of a node that is still open is not in the list yet: an alias to it would be
     * endless. */
    model_say(reader->model, RHETOR_ERROR, &reader->last, "unknown-alias",
              "an alias stands behind the whole of what it names",
              "alias *%.*s names nothing before it", (int)(length < 64 ? length : 64), name);
    return refuse(reader, RHETOR_E_SET);
}

static bool read_event(struct reader *reader, struct fy_event *event)
{
    const struct fy_mark *mark = fy_event_start_mark(event);
    if (mark && mark->line >= 0)
        reader->last = place_at(reader, mark->input_pos, (uint32_t)mark->line + 1);
    switch (event->type) {
    case FYET_DOCUMENT_START:
        if (++reader->documents > 1)
            return refuse_at(reader, &reader->last, "two-documents", "split the file at the ---",
                             "a pattern set is one YAML document");
        return true;
    case FYET_MAPPING_START:
        return open_node(reader, NODE_MAPPING, event->mapping_start.anchor);
    case FYET_SEQUENCE_START:
        return open_node(reader, NODE_LIST, event->sequence_start.anchor);
    case FYET_MAPPING_END:
    case FYET_SEQUENCE_END:
        return close_node(reader);
    case FYET_SCALAR:
        return read_scalar(reader, event);
    case FYET_ALIAS:
        return read_alias(reader, event);
    default:
        return true;
    }
}

/* Says the first of libfyaml's errors; the others follow from it. */
static void say_syntax(struct reader *reader, struct fy_diag *diag)
{
    void *iterator = NULL;
    const struct fy_diag_error *error = fy_diag_errors_iterate(diag, &iterator);
    struct place place = reader->last;
    if (error && error->line > 0)
        place = place_of_line(reader, error->line, error->column);
    model_say(reader->model, RHETOR_ERROR, &place, "yaml-syntax",
              "patterns with { [ : # or a quote in them stand in single quotes",
              "this is no YAML: %s",
              error && error->msg ? error->msg : "the file cannot be parsed");
    refuse(reader, RHETOR_E_SET);
}

static void read_events(struct reader *reader)
{
    struct fy_diag_cfg diag_cfg;
    fy_diag_cfg_default(&diag_cfg);
    diag_cfg.fp = NULL;
    diag_cfg.colorize = false;
    struct fy_diag *diag = fy_diag_create(&diag_cfg);
    if (!diag) {
        refuse(reader, RHETOR_E_MEMORY);
        return;
    }
    fy_diag_set_collect_errors(diag, true);
    struct fy_parse_cfg cfg = {.search_path = "", .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG,
                               .diag = diag};
    struct fy_parser *parser = fy_parser_create(&cfg);
    if (!parser || fy_parser_set_string(parser, reader->source->bytes, reader->source->length)) {
        refuse(reader, RHETOR_E_MEMORY);
    } else {
        struct fy_event *event;
        while (reader->status == RHETOR_OK && (event = fy_parser_parse(parser))) {
            read_event(reader, event);
            fy_parser_event_free(parser, event);
        }
        if (reader->status == RHETOR_OK && fy_parser_get_stream_error(parser))
            say_syntax(reader, diag);
    }
    if (parser)
        fy_parser_destroy(parser);
    fy_diag_destroy(diag);
}

static bool check_bytes(struct reader *reader)
{
    const struct source *source = reader->source;
    size_t bad = utf8_bad(source->bytes, source->length, 0);
    const char *nul = source->length ? memchr(source->bytes, 0, source->length) : NULL;
    if (nul && (size_t)(nul - source->bytes) < bad)
        bad = (size_t)(nul - source->bytes);
    if (bad == source->length)
        return true;
    uint32_t line = 1;
    for (size_t i = 0; i < bad; i++)
        line += source->bytes[i] == '\n';
    struct place place = place_at(reader, bad, line);
    bool wide = source->length >= 2 && (!memcmp(source->bytes, "\xFF\xFE", 2) ||
                                        !memcmp(source->bytes, "\xFE\xFF", 2));
    if (nul && bad == (size_t)(nul - source->bytes))
        return refuse_at(reader, &place, "not-text", "", "a NUL byte: this is no text file");
    return refuse_at(reader, &place, "not-utf8", "save the file as UTF-8",
                     wide ? "this is UTF-16, not UTF-8" : "this byte is not UTF-8");
}

/* libfyaml reads a whole flow list ahead, at some 350 bytes a token: what could be more nodes than
 * are allowed is refused before it does. */
static bool check_size(struct reader *reader)
{
    static const uint8_t structural[256] = {['['] = 1, ['{'] = 1, [','] = 1,
                                            ['&'] = 1, ['*'] = 1, ['!'] = 1};
    const unsigned char *bytes = (const unsigned char *)reader->source->bytes;
    uint32_t count = 0;
    for (uint32_t i = 0; i < reader->source->length; i++)
        count += structural[bytes[i]];
    return count <= YAML_NODES || say_large(reader, &reader->last);
}

int32_t yaml_read(struct model *model, uint32_t row, struct arena *scratch, struct node **root)
{
    struct reader reader = {.model = model, .scratch = scratch, .row = row,
                            .source = &model->sources.at[row]};
    reader.last = (struct place){reader.source->name, 1, 1, 0, row};
    *root = NULL;
    if (check_bytes(&reader) && check_size(&reader))
        read_events(&reader);
    if (reader.status == RHETOR_OK)
        *root = reader.root;
    vec_free(model->memory, &reader.stack);
    vec_free(model->memory, &reader.open);
    vec_free(model->memory, &reader.anchors);
    return reader.status;
}
