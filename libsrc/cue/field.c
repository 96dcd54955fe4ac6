/* field.c: see field.h. */
#include "cue/field.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { NAMES_MOST = 64 };

bool say(struct loader *loader, const struct node *node, const char *code, const char *advice,
         const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    model_say(loader->model, RHETOR_ERROR, &node->place, code, advice, "%s", message);
    loader->wrong = true;
    return false;
}

bool say_type(struct loader *loader, const struct node *node, const char *what,
              const char *expected)
{
    static const char *const found[] = {[NODE_NOTHING] = "nothing", [NODE_TEXT] = "",
                                        [NODE_LIST] = "a list", [NODE_MAPPING] = "a mapping"};
    if (node->kind == NODE_TEXT)
        return say(loader, node, "wrong-type", "", "%s must be %s, not \"%.60s\"", what, expected,
                   node->text);
    return say(loader, node, "wrong-type",
               node->kind == NODE_MAPPING ? "text with { or : in it stands in single quotes" : "",
               "%s must be %s, not %s", what, expected, found[node->kind]);
}

bool say_unknown(struct loader *loader, const struct node *node, const char *code,
                 const char *what, const char *where, const char *const *names, uint32_t n)
{
    char advice[400] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < n && used < sizeof advice; i++)
        used += (size_t)snprintf(advice + used, sizeof advice - used, "%s%s",
                                 i ? ", " : "known here: ", names[i]);
    if (used >= sizeof advice)
        memcpy(advice + sizeof advice - 4, "...", 4);
    bool full = loader->model->diagnostics.count >= DIAGNOSTICS_MOST;
    const char *near = full ? NULL : nearest(node->text, names, n);
    if (near)
        return say(loader, node, code, advice, "unknown %s \"%.60s\"%s; did you mean \"%s\"?", what,
                   node->text, where, near);
    return say(loader, node, code, advice, "unknown %s \"%.60s\"%s", what, node->text, where);
}

bool is_name(const char *text, const char *more, size_t most)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++)
        if (!is_word(text[i]) && (i == 0 || i == n - 1 || !strchr(more, text[i])))
            return false;
    return n > 0 && n <= most && !(text[0] >= '0' && text[0] <= '9');
}

/* "weight" with its quotes, as messages name a key. */
struct quoted { char text[72]; };
static struct quoted quote(const struct field *field)
{
    struct quoted out;
    snprintf(out.text, sizeof out.text, "\"%s\"", field->name);
    return out;
}

const struct node *node_get(const struct node *mapping, const char *key)
{
    for (uint32_t i = 0; i < mapping->count; i++)
        if (!strcmp(mapping->items[2 * i]->text, key))
            return mapping->items[2 * i + 1];
    return NULL;
}

bool read_mapping(struct loader *loader, const struct node *node, const struct shape *shape,
                  void *at)
{
    if (node->kind != NODE_MAPPING)
        return say_type(loader, node, shape->what, "a mapping");
    bool sound = true;
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *key = node->items[2 * i], *value = node->items[2 * i + 1];
        const struct field *field = shape->fields, *end = field + shape->count;
        while (field < end && strcmp(field->name, key->text))
            field++;
        if (field < end) {
            struct node here = *value; /* a missing value has its key's place */
            if (value->kind == NODE_NOTHING)
                here.place = key->place;
            sound &= field->read(loader, &here, (char *)at + field->offset, field);
            continue;
        }
        const char *names[NAMES_MOST];
        char where[80];
        for (uint32_t n = 0; n < shape->count; n++)
            names[n] = shape->fields[n].name;
        snprintf(where, sizeof where, " in %s", shape->what);
        if (value->kind == NODE_NOTHING) /* - {party} */
            sound =
                say(loader, key, "unknown-key", "text that begins with { stands in single quotes",
                    "unknown key \"%.60s\"%s, and it has no value", key->text, where);
        else
            sound = say_unknown(loader, key, "unknown-key", "key", where, names, shape->count);
    }
    return sound;
}

bool read_text(struct loader *loader, const struct node *node, void *at, const struct field *field)
{
    if (node->kind != NODE_TEXT)
        return say_type(loader, node, quote(field).text, "text");
    *(const char **)at = node->text;
    return true;
}

static bool blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == 0;
}

bool read_item(struct loader *loader, const struct node *node, void *at, const struct field *field)
{
    if (node->kind != NODE_TEXT)
        return say_type(loader, node, quote(field).text, "text");
    if (blank(node->text))
        return say(loader, node, "empty", "", "%s is empty", quote(field).text);
    *(struct text_item *)at = (struct text_item){node->text, node->place};
    return true;
}

bool list_items(struct loader *loader, const struct node *node, const char *what,
                struct node *const **first, uint32_t *count)
{
    if (node->kind == NODE_LIST) {
        *first = node->items;
        *count = node->count;
        return node->count || say(loader, node, "empty", "leave the key out", "%s is empty", what);
    }
    if (node->kind == NODE_NOTHING)
        return say(loader, node, "empty", "leave the key out", "%s is empty", what);
    *first = NULL;
    *count = 1;
    return true;
}

void *keep(struct loader *loader, const void *elements, uint32_t count, size_t size)
{
    if (!count)
        return NULL;
    void *out = arena_take(&loader->model->arena, count * size);
    if (out)
        memcpy(out, elements, count * size);
    else
        loader->no_memory = true;
    return out;
}

bool read_list(struct loader *loader, const struct node *node, void *at, const struct field *field)
{
    struct node *const *items;
    uint32_t n;
    bool sound = list_items(loader, node, quote(field).text, &items, &n);
    if (!sound)
        return false;
    char what[96];
    snprintf(what, sizeof what, "an item of %s", quote(field).text);
    loader->items.count = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct node *item = items ? items[i] : node;
        if (item->kind != NODE_TEXT)
            sound = say_type(loader, item, what, "text");
        else if (blank(item->text))
            sound = say(loader, item, "empty", "", "%s is empty", what);
        else if (!vec_push(loader->model->memory, &loader->items,
                           ((struct text_item){item->text, item->place})))
            loader->no_memory = true;
    }
    struct text_list *list = at;
    list->at = keep(loader, loader->items.at, loader->items.count, sizeof *list->at);
    list->count = list->at ? loader->items.count : 0;
    return sound;
}

/* A decimal number that is the whole text. strtod would follow the host's locale. */
static bool parse_number(const struct node *node, double *out)
{
    const char *at = node->text;
    if (node->kind != NODE_TEXT)
        return false;
    double sign = *at == '-' ? -1 : 1, number = 0, place = 1;
    at += *at == '-' || *at == '+';
    const char *digits = at;
    for (; *at >= '0' && *at <= '9' && at - digits < 12; at++)
        number = number * 10 + (*at - '0');
    bool some = at > digits;
    if (*at == '.')
        for (at++; *at >= '0' && *at <= '9'; at++, some = true)
            number += (*at - '0') * (place /= 10);
    *out = sign * number;
    return some && !*at;
}

static bool in_range(struct loader *loader, const struct node *node, const struct field *field,
                     const char *expected, double number)
{
    if (number >= field->low && number <= field->high)
        return true;
    return say(loader, node, "out-of-range", "", "%s must be %s, not %.20s", quote(field).text,
               expected, node->text);
}

bool read_number(struct loader *loader, const struct node *node, void *at,
                 const struct field *field)
{
    char expected[64];
    double number;
    snprintf(expected, sizeof expected, "a number from %g to %g", field->low, field->high);
    if (!parse_number(node, &number))
        return say_type(loader, node, quote(field).text, expected);
    if (!in_range(loader, node, field, expected, number))
        return false;
    *(float *)at = (float)number;
    return true;
}

bool read_count(struct loader *loader, const struct node *node, void *at, const struct field *field)
{
    char expected[64];
    double number;
    snprintf(expected, sizeof expected, "a whole number from %.0f to %.0f", field->low,
             field->high);
    if (!parse_number(node, &number) || number != (double)(int64_t)number)
        return say_type(loader, node, quote(field).text, expected);
    if (!in_range(loader, node, field, expected, number))
        return false;
    *(uint32_t *)at = (uint32_t)number;
    return true;
}

bool read_flag(struct loader *loader, const struct node *node, void *at, const struct field *field)
{
    bool yes = node->kind == NODE_TEXT && !strcmp(node->text, "true");
    if (!yes && (node->kind != NODE_TEXT || strcmp(node->text, "false")))
        return say_type(loader, node, quote(field).text, "true or false");
    *(uint8_t *)at = yes;
    return true;
}

bool read_choice(struct loader *loader, const struct node *node, void *at,
                 const struct field *field)
{
    uint32_t n = 0;
    if (node->kind != NODE_TEXT)
        return say_type(loader, node, quote(field).text, "text");
    for (; field->choices[n]; n++)
        if (!strcmp(field->choices[n], node->text)) {
            *(uint8_t *)at = (uint8_t)n;
            return true;
        }
    return say_unknown(loader, node, "bad-value", field->name, "", field->choices, n);
}
