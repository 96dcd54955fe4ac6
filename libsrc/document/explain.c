/* explain.c: why a tag stands, what it says, and what is known of the words: as text.
 * In: a tag's id, or a range. Out: text in the caller's buffer, cut where it does not fit. Cost: a
 * search for the tag; a cue is matched once more. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "document/document.h"
#include "word/pos.h"

struct text_out { char *at; uint32_t length, capacity; };

static void put_bytes(struct text_out *out, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++, out->length++)
        if (out->length + 1 < out->capacity)
            out->at[out->length] = bytes[i];
}

static void put(struct text_out *out, const char *format, ...)
{
    char line[1200];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    put_bytes(out, line, n < (int)sizeof line ? (size_t)n : sizeof line - 1);
}

static uint32_t ended(struct text_out *out)
{
    if (out->capacity)
        out->at[out->length < out->capacity ? out->length : out->capacity - 1] = 0;
    return out->length;
}

/* Bytes of the text from paragraph `row` on, white space made single blanks. */
static void put_span(struct text_out *out, const struct rhetor_document *document, uint32_t start,
                     uint32_t end)
{
    bool blank = false;
    for (uint32_t row = paragraph_at(document, start); start < end && row < document->starts.count;
         row++) {
        const struct paragraph *paragraph = document->paragraphs.at[row];
        uint32_t base = document->starts.at[row], stop = base + paragraph->length;
        for (; start < end && start < stop; start++) {
            char c = paragraph->bytes[start - base];
            bool space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
            if (!space || !blank)
                put_bytes(out, space ? " " : &c, 1);
            blank = space;
        }
    }
}

/* ---- Why --------------------------------------------------------------------------------------- */

uint32_t rhetor_document_explain(rhetor_document *document, uint32_t tag_id, char *out,
                                 uint32_t capacity)
{
    struct tag_place place;
    uint32_t row;
    struct text_out text = {out, 0, out ? capacity : 0};
    if (!document || !tag_place(document, tag_id, &place, &row))
        return 0;
    const struct rules *rules = document->engine->rules;
    const struct rule_row *rule = &rules->rules[place.tag->rule];
    const struct manifest_row *manifest = &rules->manifests[rule->manifest];
    put(&text, "rule %s (%s %s)\n", rules_text(rules, rule->id), rules_text(rules, manifest->name),
        rules_text(rules, manifest->version));
    put(&text, "score %.2f\n", (double)place.tag->score);
    if (place.tag->kind == TAG_CUE) {
        struct match_view view = {&document->words, &document->names,
                                  document->paragraphs.at[row], &document->tag_scratch, NULL};
        uint32_t room = text.length < text.capacity ? text.capacity - text.length : 0;
        text.length += match_explain(document->matcher, &view, place.tag,
                                     room ? out + text.length : NULL, room);
    } else {
        put(&text, place.tag->kind == TAG_MOVE ? "made of other tags:\n" : "found by structure:\n");
        rhetor_role roles[16];
        uint32_t n = rhetor_document_tag_roles(document, tag_id, 16, sizeof *roles, roles);
        for (uint32_t i = 0; i < n && i < 16; i++) {
            put(&text, "  %s: ", rhetor_engine_role_name(document->engine, roles[i].name));
            if (roles[i].end)
                put_span(&text, document, roles[i].start, roles[i].end);
            else
                put(&text, "%s", names_text(&document->names, roles[i].party, NULL));
            put(&text, "\n");
        }
    }
    return ended(&text);
}

/* ---- Message ----------------------------------------------------------------------------------- */

static const rhetor_role *role_find(const struct rhetor_document *document,
                                    const rhetor_role *roles, uint32_t count, const char *name,
                                    size_t length)
{
    for (uint32_t i = 0; i < count; i++) {
        const char *own = rhetor_engine_role_name(document->engine, roles[i].name);
        if (strlen(own) == length && !memcmp(own, name, length))
            return &roles[i];
    }
    return NULL;
}

/* Whether every {role} of a message is there. */
static bool is_whole(const struct rhetor_document *document, const char *message,
                     const rhetor_role *roles, uint32_t count)
{
    for (const char *at = strchr(message, '{'); at; at = strchr(at + 1, '{'))
        if (!role_find(document, roles, count, at + 1, strcspn(at + 1, "}")))
            return false;
    return true;
}

uint32_t rhetor_document_message(rhetor_document *document, uint32_t tag_id, char *out,
                                 uint32_t capacity)
{
    struct tag_place place;
    uint32_t row;
    struct text_out text = {out, 0, out ? capacity : 0};
    if (!document || !tag_place(document, tag_id, &place, &row))
        return 0;
    const struct rules *rules = document->engine->rules;
    const struct device_row *device = &rules->devices[place.tag->device];
    const char *message = rules_text(rules, rules->rules[place.tag->rule].message);
    rhetor_role roles[16];
    uint32_t n = rhetor_document_tag_roles(document, tag_id, 16, sizeof *roles, roles);
    n = n < 16 ? n : 16;
    if (!*message || !is_whole(document, message, roles, n))
        message = rules_text(rules, device->message);
    if (!*message || !is_whole(document, message, roles, n))
        message = rules_text(rules, device->name);
    for (const char *at = message; *at;) {
        size_t plain = strcspn(at, "{");
        put_bytes(&text, at, plain);
        at += plain;
        if (*at != '{')
            break;
        size_t length = strcspn(at + 1, "}");
        const rhetor_role *role = role_find(document, roles, n, at + 1, length);
        if (role && role->end)
            put_span(&text, document, role->start, role->end);
        else if (role)
            put(&text, "%s", names_text(&document->names, role->party, NULL));
        at += length + 1 + (at[length + 1] == '}');
    }
    return ended(&text);
}

/* ---- Words ------------------------------------------------------------------------------------- */

static void put_word(struct text_out *out, const struct rhetor_document *document,
                     const struct paragraph *paragraph, uint32_t base, const struct token *token)
{
    const struct word_type *type = words_type(&document->words, token->type);
    put(out, "%u\t%u\t%.*s\t", (unsigned)(base + token->start),
        (unsigned)(base + token->start + token->length), token->length < 200 ? token->length : 200,
        paragraph->bytes + token->start);
    const struct word_type *lemma =
        words_type(&document->words,
                   token->pos < WORD_OPEN_COUNT ? type->lemma[token->pos] : token->type);
    const char *pos = pos_name(token->pos);
    put(out, "%.200s\t%s\t%u\t", lemma->text, pos ? pos : "", (unsigned)token->confidence);
    bool first = true;
    for (int bit = 0; bit < WORD_CLASS_NOUN; bit++) {
        const char *name = type->info.classes >> bit & 1 ? word_class_name(bit) : NULL;
        if (!name)
            continue;
        put(out, "%s%s", first ? "" : " ", name);
        first = false;
    }
    put(out, "\n");
}

uint32_t rhetor_document_words(rhetor_document *document, uint32_t start, uint32_t end, char *out,
                               uint32_t capacity)
{
    struct text_out text = {out, 0, out ? capacity : 0};
    if (!document || start >= end)
        return 0;
    for (uint32_t row = document->starts.count ? paragraph_at(document, start) : 0;
         row < document->paragraphs.count && document->starts.at[row] < end; row++) {
        const struct paragraph *paragraph = document->paragraphs.at[row];
        uint32_t base = document->starts.at[row];
        for (uint32_t i = 0; i < paragraph->tokens.count; i++) {
            const struct token *token = &paragraph->tokens.at[i];
            if (token->kind <= TOKEN_NUMBER && base + token->start < end &&
                base + token->start + token->length > start)
                put_word(&text, document, paragraph, base, token);
        }
    }
    return ended(&text);
}
