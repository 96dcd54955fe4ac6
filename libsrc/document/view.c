/* view.c: flat arrays of what the paragraphs hold, with absolute offsets.
 * In: paragraphs with rows. Out: arrays that are lent until the document changes. Invariant: tags
 * are sorted by start, then by end descending; hidden devices and low scores are left out.
 * Cost: linear in the rows, once a change. */
#include <stdio.h>
#include <string.h>

#include "document/document.h"

void views_drop(struct rhetor_document *document)
{
    document->viewed = document->diagnosed = document->named = false;
    memory_give(&document->memory, document->text);
    document->text = NULL;
}

/* ---- Tags of one paragraph --------------------------------------------------------------------- */

static bool is_shown(const struct rhetor_document *document, const struct tag *tag)
{
    const struct device_row *device = &document->engine->rules->devices[tag->device];
    const rhetor_options *options = &document->engine->options;
    return (!device->hidden || options->unmerged) && tag->end > tag->start &&
           tag_shown(tag->score, device->threshold, options->min_score);
}

static bool comes_first(const struct tag *a, const struct tag *b)
{
    if (a->start != b->start)
        return a->start < b->start;
    if (a->end != b->end)
        return a->end > b->end;
    return a->device <= b->device;
}

bool next_shown(const struct rhetor_document *document, const struct paragraph *paragraph,
                uint32_t *near, uint32_t *wide, struct tag_place *out)
{
    for (;;) {
        const struct tag *a = *near < paragraph->tags.count ? &paragraph->tags.at[*near] : NULL;
        const struct tag *b =
            *wide < paragraph->window_tags.count ? &paragraph->window_tags.at[*wide] : NULL;
        if (!a && !b)
            return false;
        bool window = !a || (b && !comes_first(a, b));
        ++*(window ? wide : near);
        if (!is_shown(document, window ? b : a))
            continue;
        *out = (struct tag_place){window ? b : a, paragraph,
                                  document->starts.at[paragraph->index], window};
        return true;
    }
}

bool tag_place(const struct rhetor_document *document, uint32_t id, struct tag_place *out,
               uint32_t *row)
{
    for (*row = 0; id && *row < document->paragraphs.count; ++*row) {
        uint32_t near = 0, wide = 0;
        while (next_shown(document, document->paragraphs.at[*row], &near, &wide, out))
            if (out->tag->id == id)
                return true;
    }
    return false;
}

static const struct role *roles_of(const struct tag_place *place)
{
    const struct role *all =
        place->window ? place->paragraph->window_roles.at : place->paragraph->roles.at;
    return all + place->tag->first_role;
}

bool persons_known(struct rhetor_document *document)
{
    if (!document->named)
        document->named = persons_find(&document->persons, &document->names,
                                       document->paragraphs.at, document->paragraphs.count,
                                       &document->memory);
    return document->named;
}

rhetor_tag tag_row(const struct rhetor_document *document, const struct tag_place *place,
                   uint32_t first_role)
{
    uint32_t row = place->paragraph->index;
    const struct tag *tag = place->tag;
    const struct quotation *in =
        tag->quotation >= 0 ? &place->paragraph->quotations.at[tag->quotation] : NULL;
    return (rhetor_tag){
        .id = tag->id, .device = tag->device, .start = place->base + tag->start,
        .end = place->base + tag->end, .read_start = place->base + tag->read_start,
        .read_end = place->base + tag->read_end, .rule = tag->rule, .first_role = first_role,
        .role_count = tag->role_count, .quotation = RHETOR_NONE, .voice = tag->voice,
        .score = tag->score,
        .speaker = persons_name(&document->persons,
                                tag->speaker ? tag->speaker : in ? in->speaker : 0, row),
        .addressee = persons_name(&document->persons,
                                  tag->speaker ? tag->addressee : in ? in->addressee : 0, row)};
}

rhetor_role role_row(const struct rhetor_document *document, const struct tag_place *place,
                     uint32_t number)
{
    const struct role *role = &roles_of(place)[number];
    uint32_t by = role->end ? place->base : 0; /* 0,0: it stands in another paragraph */
    return (rhetor_role){role->name, by + role->start, by + role->end,
                         persons_name(&document->persons, role->party, place->paragraph->index)};
}

/* ---- Flat -------------------------------------------------------------------------------------- */

static bool add_paragraph(struct rhetor_document *document, const struct paragraph *paragraph)
{
    const struct memory *memory = &document->memory;
    uint32_t base = document->starts.at[paragraph->index], end = base + paragraph->length;
    uint32_t first_quotation = document->quotations.count, near = 0, wide = 0;
    struct tag_place place;
    while (next_shown(document, paragraph, &near, &wide, &place)) {
        rhetor_tag row = tag_row(document, &place, document->roles.count);
        if (place.tag->quotation >= 0)
            row.quotation = (int32_t)first_quotation + place.tag->quotation;
        if (!vec_push(memory, &document->tags, row))
            return false;
        for (uint32_t r = 0; r < place.tag->role_count; r++)
            if (!vec_push(memory, &document->roles, role_row(document, &place, r)))
                return false;
    }
    for (uint32_t i = 0; i < paragraph->quotations.count; i++) {
        const struct quotation *from = &paragraph->quotations.at[i];
        uint32_t frame = from->frame_end ? base : 0;
        rhetor_quotation row = {.start = base + from->start, .end = base + from->end,
                                .inner_start = base + from->inner_start,
                                .inner_end = base + from->inner_end, .voice = from->voice,
                                .depth = from->depth,
                                .speaker = persons_name(&document->persons, from->speaker,
                                                        paragraph->index),
                                .addressee = persons_name(&document->persons, from->addressee,
                                                          paragraph->index),
                                .frame_start = frame + from->frame_start,
                                .frame_end = frame + from->frame_end, .flags = from->flags};
        if (!vec_push(memory, &document->quotations, row))
            return false;
    }
    for (uint32_t i = 0; i < paragraph->sentences.count; i++) {
        rhetor_span row = {base + paragraph->sentences.at[i].start,
                           base + paragraph->sentences.at[i].end};
        if (!vec_push(memory, &document->sentences, row))
            return false;
    }
    uint32_t content = paragraph_content(paragraph);
    if (paragraph->flags & PARAGRAPH_BLANK)
        return true;
    rhetor_span row = {base, base + content < end ? base + content : end};
    return vec_push(memory, &document->spans, row);
}

static bool view(struct rhetor_document *document)
{
    if (document->viewed)
        return true;
    if (!persons_known(document))
        return false;
    document->tags.count = document->roles.count = document->quotations.count = 0;
    document->sentences.count = document->spans.count = 0;
    for (uint32_t i = 0; i < document->paragraphs.count; i++)
        if (!add_paragraph(document, document->paragraphs.at[i]))
            return false;
    return document->viewed = true;
}

#define LEND(document, list, count)                                                                \
    do {                                                                                           \
        bool there = (document) && view(document) && (document)->list.count;                       \
        if (count)                                                                                 \
            *(count) = there ? (document)->list.count : 0;                                         \
        return there ? (document)->list.at : NULL;                                                 \
    } while (0)

const rhetor_tag *rhetor_document_tags(rhetor_document *document, uint32_t *count)
{
    LEND(document, tags, count);
}

const rhetor_role *rhetor_document_roles(rhetor_document *document, uint32_t *count)
{
    LEND(document, roles, count);
}

const rhetor_quotation *rhetor_document_quotations(rhetor_document *document, uint32_t *count)
{
    LEND(document, quotations, count);
}

const rhetor_span *rhetor_document_sentences(rhetor_document *document, uint32_t *count)
{
    LEND(document, sentences, count);
}

const rhetor_span *rhetor_document_paragraphs(rhetor_document *document, uint32_t *count)
{
    LEND(document, spans, count);
}

/* ---- Copies ------------------------------------------------------------------------------------ */

uint32_t copy_rows(const void *rows, uint32_t count, uint32_t size, uint32_t first,
                   uint32_t capacity, uint32_t stride, void *out)
{
    uint32_t n = stride < size ? stride : size;
    for (uint32_t i = 0; out && i < capacity && first + i < count && first + i >= first; i++)
        memcpy((char *)out + (size_t)i * stride, (const char *)rows + (size_t)(first + i) * size,
               n);
    return count;
}

uint32_t rhetor_document_copy_tags(rhetor_document *document, uint32_t first, uint32_t capacity,
                                   uint32_t stride, void *out)
{
    uint32_t count;
    const rhetor_tag *rows = rhetor_document_tags(document, &count);
    return copy_rows(rows, count, sizeof *rows, first, capacity, stride, out);
}

uint32_t rhetor_document_copy_roles(rhetor_document *document, uint32_t first, uint32_t capacity,
                                    uint32_t stride, void *out)
{
    uint32_t count;
    const rhetor_role *rows = rhetor_document_roles(document, &count);
    return copy_rows(rows, count, sizeof *rows, first, capacity, stride, out);
}

uint32_t rhetor_document_copy_quotations(rhetor_document *document, uint32_t first,
                                         uint32_t capacity, uint32_t stride, void *out)
{
    uint32_t count;
    const rhetor_quotation *rows = rhetor_document_quotations(document, &count);
    return copy_rows(rows, count, sizeof *rows, first, capacity, stride, out);
}

uint32_t rhetor_document_tags_in(rhetor_document *document, uint32_t start, uint32_t end,
                                 uint32_t capacity, uint32_t stride, void *out)
{
    uint32_t total = 0;
    if (!document || !document->paragraphs.count || !persons_known(document))
        return 0;
    uint32_t row = paragraph_at(document, start);
    row = row > REACH ? row - REACH : 0; /* a move may begin in a paragraph before */
    for (; row < document->paragraphs.count && document->starts.at[row] < end; row++) {
        uint32_t near = 0, wide = 0, roles = 0;
        struct tag_place place;
        while (next_shown(document, document->paragraphs.at[row], &near, &wide, &place)) {
            rhetor_tag tag = tag_row(document, &place, roles);
            if (tag.start >= end || tag.end <= start)
                continue;
            if (total < capacity && out)
                copy_rows(&tag, 1, sizeof tag, 0, 1, stride, (char *)out + (size_t)total * stride);
            total++;
        }
    }
    return total;
}

uint32_t rhetor_document_tag_roles(rhetor_document *document, uint32_t tag_id, uint32_t capacity,
                                   uint32_t stride, void *out)
{
    struct tag_place place;
    uint32_t row;
    if (!document || !persons_known(document) || !tag_place(document, tag_id, &place, &row))
        return 0;
    for (uint32_t i = 0; out && i < place.tag->role_count && i < capacity; i++) {
        rhetor_role role = role_row(document, &place, i);
        copy_rows(&role, 1, sizeof role, 0, 1, stride, (char *)out + (size_t)i * stride);
    }
    return place.tag->role_count;
}

/* ---- Text, names, diagnostics ------------------------------------------------------------------ */

const char *rhetor_document_text(rhetor_document *document, uint32_t *length)
{
    if (length)
        *length = 0;
    if (!document)
        return "";
    if (!document->text) {
        char *text = memory_take(&document->memory, (size_t)document->length + 1);
        if (!text)
            return "";
        for (uint32_t i = 0; i < document->paragraphs.count; i++) {
            const struct paragraph *paragraph = document->paragraphs.at[i];
            memcpy(text + document->starts.at[i], paragraph_original(paragraph),
                   paragraph->length);
        }
        text[document->length] = 0;
        document->text = text;
    }
    if (length)
        *length = document->length;
    return document->text;
}

const char *rhetor_document_name(const rhetor_document *document, uint32_t name, uint32_t *length)
{
    if (length)
        *length = 0;
    return document ? names_text(&document->names, name, length) : "";
}

static bool diagnose(struct rhetor_document *document, uint32_t byte, const char *code,
                     const char *message, const char *advice)
{
    rhetor_diagnostic row = {.severity = RHETOR_WARNING, .byte = byte, .code = code, .file = "",
                             .message = message, .advice = advice};
    return vec_push(&document->memory, &document->diagnostics, row);
}

static bool first_bad_byte(struct rhetor_document *document)
{
    uint32_t row = 0, count = document->paragraphs.count;
    while (row < count && !document->paragraphs.at[row]->original)
        row++;
    if (row == count)
        return true;
    const struct paragraph *paragraph = document->paragraphs.at[row];
    uint32_t at = 0;
    while (paragraph->bytes[at] == paragraph->original[at])
        at++;
    return diagnose(document, document->starts.at[row] + at, "invalid-utf8",
                    "the text is not UTF-8 from here on; bad bytes are read as U+FFFD",
                    "save the draft as UTF-8");
}

static bool limits(struct rhetor_document *document)
{
    uint32_t count;
    const uint32_t *rows = matcher_limited(document->matcher, &count);
    const struct rules *rules = document->engine->rules;
    for (uint32_t i = 0; i < count; i++) {
        char message[200];
        int n = snprintf(message, sizeof message, "the pattern %.100s hit a limit and was left out",
                         rules_text(rules, rules->rules[rows[i]].id));
        const char *kept = arena_text(&document->arena, message, (size_t)n);
        if (!kept || !diagnose(document, 0, "limit", kept, "mend the pattern, or raise the limits"))
            return false;
    }
    return true;
}

/* Lines and columns of all, in one pass. */
static bool places(struct rhetor_document *document)
{
    uint32_t n = document->diagnostics.count;
    rhetor_position *found = memory_take(&document->memory, n * sizeof *found);
    uint32_t *bytes = memory_take(&document->memory, n * sizeof *bytes);
    bool sound = found && bytes;
    for (uint32_t i = 0; sound && i < n; i++)
        bytes[i] = document->diagnostics.at[i].byte;
    if (sound)
        rhetor_document_positions(document, RHETOR_BYTES, bytes, n, found);
    for (uint32_t i = 0; sound && i < n; i++) {
        document->diagnostics.at[i].line = found[i].line;
        document->diagnostics.at[i].column = found[i].column;
    }
    memory_give(&document->memory, found);
    memory_give(&document->memory, bytes);
    return sound;
}

const rhetor_diagnostic *rhetor_document_diagnostics(rhetor_document *document, uint32_t *count)
{
    if (count)
        *count = 0;
    if (!document)
        return NULL;
    if (!document->diagnosed) {
        document->diagnostics.count = 0;
        arena_reset(&document->arena);
        bool sound = first_bad_byte(document);
        for (uint32_t i = 0; sound && i < document->paragraphs.count; i++) {
            const struct paragraph *paragraph = document->paragraphs.at[i];
            for (uint32_t q = 0; sound && q < paragraph->quotations.count; q++)
                if (paragraph->quotations.at[q].flags & RHETOR_QUOTATION_UNCLOSED)
                    sound = diagnose(document,
                                     document->starts.at[i] + paragraph->quotations.at[q].start,
                                     "unclosed-quotation", "this quotation is not closed",
                                     "close it, or open the next paragraph with the same mark");
        }
        if (!sound || !limits(document) || !places(document))
            return NULL;
        document->diagnosed = true;
    }
    if (count)
        *count = document->diagnostics.count;
    return document->diagnostics.count ? document->diagnostics.at : NULL;
}
