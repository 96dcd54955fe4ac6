/* fill.c: lists of rules, one layer over another. See shape.h.
 * The five kinds of list differ in their elements' size; they are filled through their bytes. */
#include <stdio.h>
#include <string.h>

#include "cue/shape.h"

/* A VEC of any rule, seen by its bytes. */
struct bytes { char *at; uint32_t count, capacity; };

static struct bytes bytes_of(const void *vec)
{
    struct bytes bytes;
    memcpy(&bytes, vec, sizeof bytes);
    return bytes;
}

static const char *rule_id(const struct rule_kind *kind, const struct bytes *bytes, uint32_t row)
{
    const char *id;
    memcpy(&id, bytes->at + row * kind->size + kind->id, sizeof id);
    return id;
}

/* device/own, or own in a list that belongs to no device. */
static const char *whole_id(struct loader *loader, const char *stem, const char *own)
{
    const char *device = loader->device ? loader->device->id : "";
    size_t n = strlen(device) + strlen(stem) + strlen(own) + 2;
    char *id = arena_take(&loader->model->arena, n);
    if (id)
        snprintf(id, n, "%s%s%s%s", device, *device ? "/" : "", stem, own);
    else
        loader->no_memory = true;
    return id;
}

static bool read_rule(struct loader *loader, const struct node *node, const struct rule_kind *kind,
                      union any_rule *rule)
{
    loader->conditions.count = loader->agreements.count = loader->examples.count = 0;
    kind->defaults(rule);
    memcpy((char *)rule + kind->place, &node->place, sizeof node->place);
    if (node->kind == NODE_TEXT && kind->short_form != SIZE_MAX) {
        struct field field = {.name = "pattern"};
        return read_item(loader, node, (char *)rule + kind->short_form, &field) &&
               kind->settle(loader, node, rule);
    }
    return read_mapping(loader, node, &kind->shape, rule) && kind->settle(loader, node, rule);
}

/* The set that a place belongs to. */
static const struct manifest *manifest_of(const struct model *model, const struct place *place)
{
    return &model->manifests.at[model->sources.at[place->source].manifest];
}

void warn_replaced(struct loader *loader, const struct place *old, const struct place *fresh,
                          const char *what, const char *name)
{
    struct model *model = loader->model;
    if (old->source != fresh->source && manifest_of(model, old) == manifest_of(model, fresh))
        model_say(model, RHETOR_WARNING, fresh, "replaced", "rename one of the two",
                  "%s \"%.60s\" replaces that of %.100s:%u, which is of the same set", what, name,
                  old->file, old->line);
}

/* A list of rules that is being filled, with its ids. */
struct filling {
    const struct rule_kind *kind;
    struct bytes bytes;
    struct index rows;    /* all ids in it */
    struct index given;   /* those of the list being read */
    uint32_t seen;        /* how many these were before the last */
};

static bool fill_start(struct loader *loader, struct filling *filling, void *vec)
{
    filling->bytes = bytes_of(vec);
    for (uint32_t row = 0; row < filling->bytes.count; row++)
        if (index_put(loader->model->memory, &filling->rows,
                      rule_id(filling->kind, &filling->bytes, row), row) == INDEX_NONE)
            loader->no_memory = true;
    return !loader->no_memory;
}

static void fill_end(struct loader *loader, struct filling *filling, void *vec)
{
    memcpy(vec, &filling->bytes, sizeof filling->bytes);
    index_free(loader->model->memory, &filling->rows);
    index_free(loader->model->memory, &filling->given);
}

/* The id a rule goes by: its own, or the first free number from `number`. */
static const char *id_of(struct loader *loader, const struct filling *filling, const char *own,
                         uint32_t number)
{
    if (own)
        return whole_id(loader, "", own);
    const char *id;
    char digits[16];
    do {
        snprintf(digits, sizeof digits, "%u", number++);
        id = whole_id(loader, filling->kind->stem, digits);
    } while (id && index_find(&filling->rows, id) != INDEX_NONE);
    return id;
}

/* Puts a rule in the place of an earlier layer's of the same id, or behind all. */
static bool fill_put(struct loader *loader, struct filling *filling, const struct node *node,
                     union any_rule *rule, uint32_t number)
{
    const struct memory *memory = loader->model->memory;
    const struct rule_kind *kind = filling->kind;
    struct bytes *bytes = &filling->bytes;
    const char *own;
    memcpy(&own, (char *)rule + kind->id, sizeof own);
    const char *id = id_of(loader, filling, own, number);
    uint32_t row = id ? index_put(memory, &filling->rows, id, bytes->count) : INDEX_NONE;
    uint32_t twin = id ? index_put(memory, &filling->given, id, row) : INDEX_NONE;
    if (row == INDEX_NONE || twin == INDEX_NONE) {
        loader->no_memory = true;
        return false;
    }
    memcpy((char *)rule + kind->id, &id, sizeof id);
    if (row < bytes->count) {
        struct place old;
        memcpy(&old, bytes->at + row * kind->size + kind->place, sizeof old);
        if (filling->given.count == filling->seen)
            return say(loader, node, "duplicate-id", "rename one of the two",
                       "the id \"%.100s\" is here twice; first in line %u", id, old.line);
        warn_replaced(loader, &old, &node->place, kind->shape.what, id);
    } else if (bytes->count == bytes->capacity &&
               !memory_grow(memory, (void **)&bytes->at, &bytes->capacity, bytes->count + 1,
                            kind->size)) {
        loader->no_memory = true;
        return false;
    } else {
        bytes->count++;
    }
    filling->seen = filling->given.count;
    memcpy(bytes->at + row * kind->size, rule, kind->size);
    return true;
}

static bool fill_rules(struct loader *loader, const struct node *node, void *vec,
                       const struct rule_kind *kind, bool replace)
{
    char what[40];
    struct node *const *items;
    uint32_t n;
    snprintf(what, sizeof what, "\"%s\"", kind->plural);
    if (node->kind == NODE_MAPPING)
        return say_type(loader, node, what, "a list");
    if (!list_items(loader, node, what, &items, &n))
        return false;
    struct filling filling = {.kind = kind};
    bool sound = fill_start(loader, &filling, vec);
    if (replace) {
        index_free(loader->model->memory, &filling.rows);
        filling.bytes.count = 0;
    }
    uint32_t first = filling.bytes.count + 1;
    for (uint32_t i = 0; i < n && !loader->no_memory; i++) {
        const struct node *item = items ? items[i] : node;
        union any_rule rule;
        sound &= read_rule(loader, item, kind, &rule) &&
                 fill_put(loader, &filling, item, &rule, first + i);
    }
    fill_end(loader, &filling, vec);
    return sound;
}

/* patterns-: [ids], each with its device's before it or without. */
static bool remove_rules(struct loader *loader, const struct node *node, void *vec,
                         const struct rule_kind *kind)
{
    struct field field = {.name = kind->plural};
    struct text_list list;
    if (!read_list(loader, node, &list, &field))
        return false;
    struct filling filling = {.kind = kind};
    bool sound = fill_start(loader, &filling, vec);
    struct bytes *bytes = &filling.bytes;
    for (uint32_t i = 0; i < list.count && !loader->no_memory; i++) {
        const char *id = list.at[i].text;
        if (!strchr(id, '/'))
            id = whole_id(loader, "", id);
        if (id && index_find(&filling.rows, id) == INDEX_NONE) {
            struct node here = {.place = list.at[i].place};
            sound =
                say(loader, &here, "unknown-rule", "", "there is no \"%.100s\" to take out", id);
        } else if (id && index_put(loader->model->memory, &filling.given, id, i) == INDEX_NONE) {
            loader->no_memory = true;
        }
    }
    uint32_t kept = 0;
    for (uint32_t row = 0; row < bytes->count; row++)
        if (index_find(&filling.given, rule_id(kind, bytes, row)) == INDEX_NONE)
            memmove(bytes->at + kept++ * kind->size, bytes->at + row * kind->size, kind->size);
    bytes->count = kept;
    fill_end(loader, &filling, vec);
    return sound;
}

bool read_rules(struct loader *loader, const struct node *node, void *at,
                       const struct field *field)
{
    const struct rule_kind *kind = &rule_kinds[field->a];
    return field->b == MODE_REMOVE ? remove_rules(loader, node, at, kind)
                                   : fill_rules(loader, node, at, kind, field->b == MODE_REPLACE);
}
