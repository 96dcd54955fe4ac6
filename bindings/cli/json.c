/* json.c: tags as JSON, one object a tag a line (jsonl) or one document (json). Written by hand, since it is
 * only strings and numbers and a draft's invalid bytes have to become U+FFFD. */
#include <string.h>

#include "cli.h"

/* Bytes of the well-formed UTF-8 sequence at s, or 0. */
static size_t well_formed(const unsigned char *s, size_t n)
{
    if (s[0] < 0x80)
        return 1;
    size_t need_bytes = s[0] >= 0xC2 && s[0] <= 0xDF ? 2 : (s[0] & 0xF0) == 0xE0 ? 3
                        : s[0] >= 0xF0 && s[0] <= 0xF4 ? 4 : 0;
    if (need_bytes == 0 || need_bytes > n)
        return 0;
    for (size_t i = 1; i < need_bytes; i++)
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    bool bad = (s[0] == 0xE0 && s[1] < 0xA0) || (s[0] == 0xED && s[1] > 0x9F) ||
               (s[0] == 0xF0 && s[1] < 0x90) || (s[0] == 0xF4 && s[1] > 0x8F);
    return bad ? 0 : need_bytes;
}

void json_text(FILE *out, const char *text, size_t length)
{
    const unsigned char *s = (const unsigned char *)text;
    fputc('"', out);
    for (size_t i = 0; i < length;) {
        unsigned char c = s[i];
        if (c == '"' || c == '\\') {
            fputc('\\', out);
            fputc(c, out);
            i++;
        } else if (c == '\n') {
            fputs("\\n", out);
            i++;
        } else if (c < 0x20 || c == 0x7F) {
            fprintf(out, "\\u%04x", c);
            i++;
        } else {
            size_t n = well_formed(s + i, length - i);
            if (n)
                fwrite(s + i, 1, n, out);
            else
                fputs("\xEF\xBF\xBD", out);
            i += n ? n : 1;
        }
    }
    fputc('"', out);
}

static void json_word(FILE *out, const char *word)
{
    json_text(out, word, strlen(word));
}

static void write_tag(FILE *out, const struct draft *draft, const struct settings *settings,
                      uint32_t i)
{
    const rhetor_tag *tag = &draft->tags[i];
    rhetor_device device = draft_device(draft, i);
    rhetor_rule rule = draft_rule(draft, i);
    uint32_t length;
    fputs("{\"file\":", out);
    json_word(out, draft->name);
    fputs(",\"device\":", out);
    json_word(out, device.id);
    fputs(",\"family\":", out);
    json_word(out, device.family);
    fprintf(out, ",\"start\":%u,\"end\":%u,\"line\":%u,\"column\":%u,\"text\":", tag->start, tag->end,
            draft->starts[i].line, draft->starts[i].column);
    json_text(out, draft->text + tag->start, tag->end - tag->start);
    fprintf(out, ",\"voice\":\"%s\",\"speaker\":", voice_name(tag->voice));
    const char *speaker = rhetor_document_name(draft->document, tag->speaker, &length);
    if (tag->speaker)
        json_text(out, speaker, length);
    else
        fputs("null", out);
    fprintf(out, ",\"score\":%.3f,\"pattern\":", (double)tag->score);
    json_word(out, rule.id);
    fputs(",\"set\":", out);
    json_word(out, rule.set);
    fputs(",\"version\":", out);
    json_word(out, rule.set_version);
    fputs(",\"roles\":{", out);
    for (uint32_t r = 0; r < tag->role_count; r++) {
        const rhetor_role *role = &draft->roles[tag->first_role + r];
        const char *name = rhetor_engine_role_name(draft->engine, role->name);
        uint32_t same = 0; /* a figure may have several parts of one name: head, head2, head3 */
        for (uint32_t q = 0; q < r; q++)
            same += draft->roles[tag->first_role + q].name == role->name;
        char key[80];
        snprintf(key, sizeof key, same ? "%s%u" : "%s", name, same + 1);
        if (r)
            fputc(',', out);
        json_word(out, key);
        fprintf(out, ":{\"start\":%u,\"end\":%u,\"text\":", role->start, role->end);
        const char *party = rhetor_document_name(draft->document, role->party, &length);
        if (role->end)
            json_text(out, draft->text + role->start, role->end - role->start);
        else /* it stands in no words of this paragraph: what is known is who */
            json_text(out, party, length);
        if (role->party) {
            fputs(",\"party\":", out);
            json_text(out, party, length);
        }
        fputc('}', out);
    }
    fputc('}', out);
    if (settings->explain) {
        char why[4096];
        rhetor_document_explain(draft->document, tag->id, why, sizeof why);
        fputs(",\"why\":", out);
        json_word(out, why);
    }
    fputc('}', out);
}

void write_jsonl(FILE *out, const struct draft *draft, const struct settings *settings)
{
    for (uint32_t i = 0; i < draft->tag_count; i++)
        if (draft_shows(draft, settings, i)) {
            write_tag(out, draft, settings, i);
            fputc('\n', out);
        }
}

void write_json(FILE *out, const struct draft *draft, const struct settings *settings)
{
    fputs("{\"file\":", out);
    json_word(out, draft->name);
    fprintf(out, ",\"bytes\":%u,\"tags\":[", draft->length);
    bool first = true;
    for (uint32_t i = 0; i < draft->tag_count; i++)
        if (draft_shows(draft, settings, i)) {
            fputs(first ? "\n" : ",\n", out);
            write_tag(out, draft, settings, i);
            first = false;
        }
    uint32_t count;
    const rhetor_diagnostic *rows = rhetor_document_diagnostics(draft->document, &count);
    fputs("],\n\"diagnostics\":[", out);
    for (uint32_t i = 0; i < count; i++) {
        fprintf(out, "%s\n{\"code\":\"%s\",\"line\":%u,\"column\":%u,\"byte\":%u,\"message\":",
                i ? "," : "", rows[i].code, rows[i].line, rows[i].column, rows[i].byte);
        json_word(out, rows[i].message);
        fputc('}', out);
    }
    fputs("]}", out);
}
