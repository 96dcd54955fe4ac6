/* hover.c: what stands under the cursor: the device, why it is seen there, whose words they are and how
 * to silence it. In: a position. Out: Markdown, or plain text where the client wants that. Cost: the
 * tags of the document are looked through once. */
#include <stdlib.h>
#include <string.h>

#include "server.h"

/* Lines of the explanation, each a list item or a line of code. */
static void put_why(struct buffer *out, const char *why, bool markdown)
{
    buffer_word(out, markdown ? "\n```text\n" : "\n");
    for (; *why; why += strcspn(why, "\n"), why += *why == '\n') {
        size_t n = strcspn(why, "\n");
        if (markdown && !strncmp(why, "```", 3))
            buffer_word(out, " ");
        buffer_put(out, why, n);
        buffer_word(out, "\n");
    }
    buffer_word(out, markdown ? "```\n" : "\n");
}

static void put_voice(struct buffer *out, struct text *text, const rhetor_tag *tag)
{
    buffer_format(out, "%s voice", voice_name(tag->voice));
    if (tag->speaker)
        buffer_format(out, ", %s speaks", text_name(text, tag->speaker));
    if (tag->addressee)
        buffer_format(out, " to %s", text_name(text, tag->addressee));
}

static void put_tag(struct server *server, struct buffer *out, struct text *text,
                    const rhetor_tag *tag)
{
    char word[80];
    const char *open, *close;
    bool markdown = server->client.markdown;
    rhetor_device device = layer_device(text->layer, tag->device);
    char *message = text_message(text, tag->id), *why = text_explain(text, tag->id);
    comment_marks(text->language, &open, &close);
    buffer_format(out, markdown ? "**%s** (%s) — %s\n\n" : "%s (%s): %s\n", device.name,
                  device.family, device.definition);
    if (strcmp(message, device.name))
        buffer_format(out, markdown ? "%s  \n" : "%s\n", message);
    put_voice(out, text, tag);
    buffer_format(out, " · score %.2f\n", (double)tag->score);
    put_why(out, why, markdown);
    tag_word(text, tag, word);
    const char *tick = markdown ? "`" : "";
    buffer_format(out, "\nSilence: %s%s rhetor ignore %s%s%s here, %s%s rhetor ignore %s%s%s "
                       "in this file, %sdisable: true%s in .rhetor.yaml.\n",
                  tick, open, word, close, tick, tick, open, device.id, close, tick, tick, tick);
    free(message);
    free(why);
}

bool hover(struct server *server, struct text *text, const json_t *params, struct reply *reply)
{
    uint32_t at, count, shown = 0;
    if (!text_offset(server, text, json_object_get(params, "position"), &at))
        return reply_fail(reply, RPC_PARAMS, "hover needs a position");
    const rhetor_tag *tags = text_tags(server, text, &count), *inner = NULL;
    struct buffer out = {0};
    for (uint32_t i = count; i-- > 0;) { /* from the end: what starts last is innermost */
        if (!tag_has(&tags[i], at))
            continue;
        if (shown++ == 8)
            break;
        if (inner)
            buffer_word(&out, server->client.markdown ? "\n---\n\n" : "\n");
        put_tag(server, &out, text, &tags[i]);
        if (!inner || tags[i].end - tags[i].start < inner->end - inner->start)
            inner = &tags[i];
    }
    if (inner)
        reply->json = json_pack("{s{ssso}so}", "contents", "kind",
                                server->client.markdown ? "markdown" : "plaintext", "value",
                                json_text(out.at, out.length), "range",
                                span_json(server, text, inner->start, inner->end));
    buffer_free(&out);
    return true;
}
