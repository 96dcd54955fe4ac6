/* highlight.c: what belongs together: the parts of the figure or move at the cursor, and every place of the
 * same device. In: a position. Out: highlights, locations. Cost: one pass over the tags. */
#include <stdlib.h>
#include <string.h>

#include "server.h"

/* The shortest tag at a byte; those with parts before those without. NULL: none. */
static const rhetor_tag *tag_at(const rhetor_tag *tags, uint32_t count, uint32_t at, bool parts)
{
    const rhetor_tag *best = NULL;
    for (uint32_t i = 0; i < count; i++) {
        const rhetor_tag *tag = &tags[i];
        if (!tag_has(tag, at))
            continue;
        bool more = best && parts && (tag->role_count > 1) != (best->role_count > 1)
                        ? tag->role_count > 1
                        : !best || tag->end - tag->start < best->end - best->start;
        if (more)
            best = tag;
    }
    return best;
}

static bool place(struct server *server, struct text *text, const json_t *params, bool parts,
                  const rhetor_tag **out, struct reply *reply)
{
    uint32_t at, count;
    if (!text_offset(server, text, json_object_get(params, "position"), &at))
        return reply_fail(reply, RPC_PARAMS, "a position is needed");
    const rhetor_tag *tags = text_tags(server, text, &count);
    *out = tag_at(tags, count, at, parts);
    return true;
}

bool highlight(struct server *server, struct text *text, const json_t *params, struct reply *reply)
{
    const rhetor_tag *tag;
    if (!place(server, text, params, true, &tag, reply))
        return false;
    reply->json = json_array();
    if (!tag)
        return true;
    uint32_t role_count, n = 0;
    const rhetor_role *roles = rhetor_document_roles(text->document, &role_count);
    rhetor_span *spans = need(malloc((tag->role_count + 1) * sizeof *spans));
    for (uint32_t i = 0; i < tag->role_count; i++)
        if (roles[tag->first_role + i].end)
            spans[n++] = (rhetor_span){roles[tag->first_role + i].start,
                                       roles[tag->first_role + i].end};
    if (n == 0)
        spans[n++] = (rhetor_span){tag->start, tag->end};
    json_t **ranges = spans_json(server, text, spans, n);
    for (uint32_t i = 0; i < n; i++)
        json_array_append_new(reply->json,
                              json_pack("{sosi}", "range", ranges[i], "kind", 1));
    free(ranges);
    free(spans);
    return true;
}

bool references(struct server *server, struct text *text, const json_t *params,
                struct reply *reply)
{
    const rhetor_tag *tag;
    if (!place(server, text, params, false, &tag, reply))
        return false;
    reply->json = json_array();
    if (!tag)
        return true;
    uint32_t count, n = 0;
    const rhetor_tag *tags = text_tags(server, text, &count);
    rhetor_span *spans = need(malloc((count + 1) * sizeof *spans));
    for (uint32_t i = 0; i < count; i++)
        if (tags[i].device == tag->device)
            spans[n++] = (rhetor_span){tags[i].start, tags[i].end};
    json_t **ranges = spans_json(server, text, spans, n);
    for (uint32_t i = 0; i < n; i++)
        json_array_append_new(reply->json,
                              json_pack("{ssso}", "uri", text->uri, "range", ranges[i]));
    free(ranges);
    free(spans);
    return true;
}
