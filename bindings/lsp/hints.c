/* hints.c: who speaks, and how much there is. In: the analysed text. Out: an inlay hint before each
 * quotation; a code lens above each paragraph with the devices counted. */
#include <stdlib.h>
#include <string.h>

#include "server.h"

static json_t *hint_json(struct text *text, const rhetor_quotation *row, json_t *range)
{
    struct buffer label = {0};
    const char *speaker = text_name(text, row->speaker), *to = text_name(text, row->addressee);
    if (*speaker)
        buffer_format(&label, "%s, ", speaker);
    buffer_word(&label, voice_name(row->voice));
    if (*to)
        buffer_format(&label, ", to %s", to);
    buffer_word(&label, ":");
    json_t *json = json_pack("{sOsosb}", "position", json_object_get(range, "start"), "label",
                             json_text(label.at, label.length), "paddingRight", 1);
    json_decref(range);
    buffer_free(&label);
    return json;
}

bool hints(struct server *server, struct text *text, const json_t *params, struct reply *reply)
{
    rhetor_span within;
    if (!text_range(server, text, json_object_get(params, "range"), &within))
        return reply_fail(reply, RPC_PARAMS, "a range is needed");
    reply->json = json_array();
    uint32_t count, n = 0;
    const rhetor_quotation *rows = rhetor_document_quotations(text->document, &count);
    if (!server->settings.hints || !count)
        return true;
    rhetor_span *spans = need(malloc(count * sizeof *spans));
    const rhetor_quotation **shown = need(malloc(count * sizeof *shown));
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].voice == RHETOR_AUTHOR || rows[i].start < within.start ||
            rows[i].start > within.end)
            continue;
        shown[n] = &rows[i];
        spans[n++] = (rhetor_span){rows[i].start, rows[i].start};
    }
    json_t **ranges = spans_json(server, text, spans, n);
    for (uint32_t i = 0; i < n; i++)
        json_array_append_new(reply->json, hint_json(text, shown[i], ranges[i]));
    free(ranges);
    free(shown);
    free(spans);
    return true;
}

/* ---- Lenses ------------------------------------------------------------------------------------ */

/* "3 hedge, 1 carrot" of tags [first, last): the commonest five. */
static void put_counts(struct buffer *out, struct text *text, const rhetor_tag *tags,
                       uint32_t first, uint32_t last, uint32_t *counts)
{
    for (uint32_t i = first; i < last; i++)
        counts[tags[i].device]++;
    for (int shown = 0; shown < 5; shown++) {
        uint32_t best = tags[first].device;
        for (uint32_t i = first; i < last; i++)
            if (counts[tags[i].device] > counts[best])
                best = tags[i].device;
        if (!counts[best])
            break;
        buffer_format(out, "%s%u %s", shown ? ", " : "", counts[best],
                      layer_device(text->layer, best).id);
        counts[best] = 0;
    }
    for (uint32_t i = first; i < last; i++)
        counts[tags[i].device] = 0;
}

bool lenses(struct server *server, struct text *text, const json_t *params, struct reply *reply)
{
    (void)params;
    reply->json = json_array();
    if (!server->settings.lenses)
        return true;
    uint32_t tag_count, count, tag = 0;
    const rhetor_tag *tags = text_tags(server, text, &tag_count);
    const rhetor_span *paragraphs = rhetor_document_paragraphs(text->document, &count);
    uint32_t devices = rhetor_engine_device_count(text->layer->engine);
    uint32_t *counts = need(calloc((size_t)devices + 1, sizeof *counts));
    json_t **ranges = spans_json(server, text, paragraphs, count);
    for (uint32_t p = 0; p < count; p++) {
        uint32_t first = tag, end = p + 1 < count ? paragraphs[p + 1].start : UINT32_MAX;
        while (tag < tag_count && tags[tag].start < end)
            tag++;
        json_t *start = json_object_get(ranges[p], "start");
        if (tag > first) {
            struct buffer title = {0};
            put_counts(&title, text, tags, first, tag, counts);
            json_array_append_new(reply->json,
                                  json_pack("{s{sOsO}s{soss}}", "range", "start", start, "end",
                                            start, "command", "title",
                                            json_text(title.at, title.length), "command", ""));
            buffer_free(&title);
        }
        json_decref(ranges[p]);
    }
    free(ranges);
    free(counts);
    return true;
}
