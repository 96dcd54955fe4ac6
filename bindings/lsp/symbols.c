/* symbols.c: the outline: paragraph > move > quotation with its speaker. In: the analysed text. Out:
 * DocumentSymbols, or a flat list where the client knows no better. Invariant: a symbol's range holds
 * its children's. Cost: linear in paragraphs, moves and quotations. */
#include <stdlib.h>
#include <string.h>

#include "server.h"

enum kind { OUTLINE_PARAGRAPH, OUTLINE_MOVE, OUTLINE_QUOTATION };

struct item {
    enum kind kind;
    rhetor_span span, whole;   /* whole: with its children */
    uint32_t row;              /* of the tags or quotations; number of the paragraph */
    int32_t parent;
    json_t *json;
};
struct items { struct item *at; uint32_t count, room; };

static struct item *items_add(struct items *items, enum kind kind, uint32_t row, uint32_t start,
                              uint32_t end, int32_t parent)
{
    if (items->count == items->room) {
        items->room = items->room ? items->room * 2 : 256;
        items->at = need(realloc(items->at, items->room * sizeof *items->at));
    }
    struct item *item = &items->at[items->count++];
    *item = (struct item){kind, {start, end}, {start, end}, row, parent, NULL};
    for (int32_t up = parent; up >= 0; up = items->at[up].parent)
        if (items->at[up].whole.end < end)
            items->at[up].whole.end = end;
    return item;
}

/* The innermost move of this paragraph that holds `start`, or the paragraph. */
static int32_t home_of(const struct items *items, uint32_t paragraph, uint32_t start)
{
    int32_t home = (int32_t)paragraph;
    for (uint32_t i = paragraph + 1; i < items->count; i++)
        if (items->at[i].kind == OUTLINE_MOVE && items->at[i].span.start <= start &&
            start < items->at[i].span.end)
            home = (int32_t)i;
    return home;
}

static void items_find(struct server *server, struct text *text, struct items *items)
{
    uint32_t paragraphs, tag_count, quotation_count, tag = 0, quotation = 0;
    const rhetor_tag *tags = text_tags(server, text, &tag_count);
    const rhetor_span *spans = rhetor_document_paragraphs(text->document, &paragraphs);
    const rhetor_quotation *quotations =
        rhetor_document_quotations(text->document, &quotation_count);
    for (uint32_t p = 0; p < paragraphs; p++) {
        uint32_t own = items->count, end = p + 1 < paragraphs ? spans[p + 1].start : UINT32_MAX;
        items_add(items, OUTLINE_PARAGRAPH, p, spans[p].start, spans[p].end, -1);
        for (; tag < tag_count && tags[tag].start < end; tag++)
            if (layer_rule(text->layer, tags[tag].rule).kind == RHETOR_MOVE)
                items_add(items, OUTLINE_MOVE, tag, tags[tag].start, tags[tag].end, (int32_t)own);
        for (; quotation < quotation_count && quotations[quotation].start < end; quotation++) {
            const rhetor_quotation *row = &quotations[quotation];
            if (row->voice != RHETOR_AUTHOR)
                items_add(items, OUTLINE_QUOTATION, quotation, row->start, row->end,
                          home_of(items, own, row->start));
        }
    }
}

/* ---- Names ------------------------------------------------------------------------------------- */

/* The first words of a stretch, in one line. */
static void put_words(struct buffer *out, struct text *text, rhetor_span span)
{
    uint32_t length, end;
    const char *bytes = rhetor_document_text(text->document, &length);
    bool blank = false;
    for (end = span.start; end < span.end && end - span.start < 48; end++) {
        bool space = strchr(" \t\r\n", bytes[end]) != NULL;
        if (!space || !blank)
            buffer_put(out, space ? " " : bytes + end, 1);
        blank = space;
    }
    for (; end < span.end && ((unsigned char)bytes[end] & 0xC0) == 0x80; end++)
        buffer_put(out, bytes + end, 1);
    if (end < span.end)
        buffer_word(out, "…");
}

struct label { json_t *name, *detail; int kind; };

static struct label label_of(struct server *server, struct text *text, const struct item *item)
{
    struct buffer name = {0}, detail = {0};
    uint32_t count;
    int kind = 15; /* String */
    if (item->kind == OUTLINE_PARAGRAPH) {
        buffer_format(&name, "¶ %u ", item->row + 1);
        put_words(&name, text, item->span);
    } else if (item->kind == OUTLINE_MOVE) {
        const rhetor_tag *tag = &text_tags(server, text, &count)[item->row];
        char *message = text_message(text, tag->id);
        buffer_word(&name, layer_device(text->layer, tag->device).name);
        buffer_word(&detail, message);
        free(message);
        kind = 24; /* Event */
    } else {
        const rhetor_quotation *row =
            &rhetor_document_quotations(text->document, &count)[item->row];
        if (row->speaker)
            buffer_format(&name, "%s: ", text_name(text, row->speaker));
        put_words(&name, text, (rhetor_span){row->inner_start, row->inner_end});
        buffer_word(&detail, voice_name(row->voice));
        if (row->addressee)
            buffer_format(&detail, ", to %s", text_name(text, row->addressee));
        kind = 20; /* Key: somebody's */
    }
    struct label label = {json_text(name.at, name.length),
                          json_text(detail.at ? detail.at : "", detail.length), kind};
    buffer_free(&name);
    buffer_free(&detail);
    return label;
}

/* ---- Answers ----------------------------------------------------------------------------------- */

static void outline(struct server *server, struct text *text, struct items *items, json_t **spans,
                    json_t **wholes, json_t *out)
{
    for (uint32_t i = 0; i < items->count; i++) {
        struct item *item = &items->at[i];
        struct label label = label_of(server, text, item);
        item->json = json_pack("{sososisOsO}", "name", label.name, "detail", label.detail, "kind",
                               label.kind, "range", wholes[i], "selectionRange", spans[i]);
        json_t *list = out;
        if (item->parent >= 0) {
            json_t *parent = items->at[item->parent].json;
            list = json_object_get(parent, "children");
            if (!list) {
                json_object_set_new(parent, "children", json_array());
                list = json_object_get(parent, "children");
            }
        }
        json_array_append_new(list, item->json);
    }
}

static void flat(struct server *server, struct text *text, struct items *items, json_t **spans,
                 json_t *out)
{
    for (uint32_t i = 0; i < items->count; i++) {
        const struct item *item = &items->at[i];
        struct label label = label_of(server, text, item);
        json_t *row = json_pack("{sosis{sssO}}", "name", label.name, "kind", label.kind,
                                "location", "uri", text->uri, "range", spans[i]);
        if (item->parent >= 0)
            json_object_set(row, "containerName",
                            json_object_get(items->at[item->parent].json, "name"));
        items->at[i].json = row;
        json_array_append_new(out, row);
        json_decref(label.detail);
    }
}

bool symbols(struct server *server, struct text *text, const json_t *params, struct reply *reply)
{
    struct items items = {0};
    (void)params;
    items_find(server, text, &items);
    rhetor_span *ends = need(malloc(2 * ((size_t)items.count + 1) * sizeof *ends));
    for (uint32_t i = 0; i < items.count; i++) {
        ends[i] = items.at[i].span;
        ends[items.count + i] = items.at[i].whole;
    }
    json_t **spans = spans_json(server, text, ends, items.count);
    json_t **wholes = spans_json(server, text, ends + items.count, items.count);
    reply->json = json_array();
    if (server->client.outline)
        outline(server, text, &items, spans, wholes, reply->json);
    else
        flat(server, text, &items, spans, reply->json);
    for (uint32_t i = 0; i < items.count; i++) {
        json_decref(spans[i]);
        json_decref(wholes[i]);
    }
    free(spans);
    free(wholes);
    free(ends);
    free(items.at);
    return true;
}
