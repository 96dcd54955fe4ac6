/* load.c: one YAML file over what the model holds already.
 * In: a file's bytes. Out: its devices, lexicons, words and antipatterns in the model, and what is
 * wrong with it. Invariant: whatever is sound in the file counts; a file that is no YAML changes
 * nothing. Cost: linear in the file. */
#include <stdio.h>
#include <string.h>

#include "cue/lexicon.h"

/* ---- Devices ------------------------------------------------------------------------------- */

/* references: text, or a list of texts that become one. */
static bool read_references(struct loader *loader, const struct node *node, void *at,
                            const struct field *field)
{
    struct text_list list;
    if (!read_list(loader, node, &list, field))
        return false;
    size_t length = 1;
    for (uint32_t i = 0; i < list.count; i++)
        length += strlen(list.at[i].text) + 2;
    char *joined = arena_take(&loader->model->arena, length), *end = joined;
    if (!joined) {
        loader->no_memory = true;
        return true;
    }
    for (uint32_t i = 0; i < list.count; i++)
        end += snprintf(end, length - (size_t)(end - joined), "%s%s", i ? "; " : "",
                        list.at[i].text);
    *(const char **)at = joined;
    return true;
}

static bool read_name(struct loader *loader, const struct node *node, void *at,
                      const struct field *field)
{
    if (!read_text(loader, node, at, field))
        return false;
    return is_name(node->text, "-", 64) ||
           say(loader, node, "bad-id", "",
               "\"%.60s\" is no id: letters, digits and hyphens, beginning with a letter",
               node->text);
}

static bool read_roles(struct loader *loader, const struct node *node, void *at,
                       const struct field *field)
{
    if (!read_list(loader, node, at, field))
        return false;
    bool sound = true;
    for (uint32_t i = 0; i < (node->kind == NODE_LIST ? node->count : 1); i++)
        sound &= check_role(loader, node->kind == NODE_LIST ? node->items[i] : node);
    return sound;
}

/* Keys that read_device has looked at before it reads the others. */
static bool read_before(struct loader *loader, const struct node *node, void *at,
                        const struct field *field)
{
    (void)loader, (void)node, (void)at, (void)field;
    return true;
}

#define RULES(name, list, kind)                                                                   \
    {KEY(name, read_rules, AT(device, list)), .a = kind, .b = MODE_REPLACE},                      \
    {KEY(name "+", read_rules, AT(device, list)), .a = kind, .b = MODE_ADD},                      \
    {KEY(name "-", read_rules, AT(device, list)), .a = kind, .b = MODE_REMOVE}

static const struct field device_fields[] = {
    {KEY("id", read_before, 0)},
    {KEY("name", read_text, AT(device, name))},
    {KEY("family", read_text, AT(device, family))},
    {KEY("definition", read_text, AT(device, definition))},
    {KEY("references", read_references, AT(device, references))},
    {KEY("message", read_text, AT(device, message))},
    {KEY("roles", read_roles, AT(device, roles))},
    {KEY("threshold", read_number, AT(device, threshold)), .high = 1},
    {KEY("prior", read_number, AT(device, prior)), .low = -5, .high = 5},
    {KEY("hidden", read_flag, AT(device, hidden))},
    {KEY("disable", read_flag, AT(device, disabled))},
    {KEY("override", read_before, 0)},
    RULES("patterns", patterns, LIST_PATTERNS),
    RULES("series", series, LIST_SERIES),
    RULES("counts", counts, LIST_COUNTS),
    RULES("moves", moves, LIST_MOVES),
    RULES("antipatterns", antipatterns, LIST_ANTIPATTERNS),
};
static const struct shape device_shape = SHAPE("a device", device_fields);

static void device_reset(struct loader *loader, struct device *device, const char *id,
                         const struct node *node)
{
    const struct memory *memory = loader->model->memory;
    vec_free(memory, &device->patterns);
    vec_free(memory, &device->series);
    vec_free(memory, &device->counts);
    vec_free(memory, &device->moves);
    vec_free(memory, &device->antipatterns);
    *device = (struct device){
        .id = id, .name = id, .family = "", .definition = "", .references = "", .threshold = -1,
        .manifest = loader->model->sources.at[node->place.source].manifest, .place = node->place};
}

static bool say_unknown_device(struct loader *loader, const struct node *id, const char *where)
{
    const struct model *model = loader->model;
    VEC(const char *) names = {0};
    for (uint32_t i = 0; i < model->devices.count; i++)
        if (!vec_push(model->memory, &names, model->devices.at[i].id))
            break;
    say_unknown(loader, id, "unknown-device", "device", where, names.at, names.count);
    vec_free(model->memory, &names);
    return false;
}

/* Whether a mapping can only change a device that is there: the key that says so, or NULL. */
static const char *extends(const struct node *node)
{
    for (uint32_t i = 0; i < node->count; i++) {
        const char *key = node->items[2 * i]->text;
        size_t n = strlen(key);
        if (!strcmp(key, "disable") || (n && strchr("+-", key[n - 1])))
            return key;
    }
    return NULL;
}

static void read_device(struct loader *loader, const struct node *node, struct index *given)
{
    struct model *model = loader->model;
    struct field id_field = {.name = "id"};
    const char *id = NULL;
    uint8_t override = 0;
    if (node->kind != NODE_MAPPING) {
        say_type(loader, node, "a device", "a mapping");
        return;
    }
    const struct node *id_node = node_get(node, "id"), *again = node_get(node, "override");
    if (!id_node) {
        say(loader, node, "missing-key", "id: my-device", "a device has no \"id\"");
        return;
    }
    if (!read_name(loader, id_node, &id, &id_field))
        return;
    uint32_t line = index_put(model->memory, given, id, node->place.line);
    if (given->count == loader->devices_given) {
        say(loader, id_node, "duplicate-id", "merge the two",
            "the device \"%.60s\" is here twice; first in line %u", id, line);
        return;
    }
    loader->devices_given = given->count;
    struct field again_field = {.name = "override"};
    if (again && !read_flag(loader, again, &override, &again_field))
        return;
    struct device *device = model_device(model, id);
    if (!device) {
        const char *key = extends(node);
        char where[100];
        if (key) {
            snprintf(where, sizeof where, ": \"%.60s\" changes one that is there", key);
            say_unknown_device(loader, id_node, where);
            return;
        }
        if (!vec_push(model->memory, &model->devices, ((struct device){.id = id}))) {
            loader->no_memory = true;
            return;
        }
        device = &model->devices.at[model->devices.count - 1];
        device_reset(loader, device, id, node);
    } else if (override) {
        device_reset(loader, device, device->id, node);
    }
    loader->device = device;
    read_mapping(loader, node, &device_shape, device);
    loader->device = NULL;
}

static bool read_devices(struct loader *loader, const struct node *node, void *at,
                         const struct field *field)
{
    (void)at, (void)field;
    if (node->kind == NODE_MAPPING)
        return say_type(loader, node, "\"devices\"", "a list of devices");
    struct node *const *items;
    uint32_t n;
    if (!list_items(loader, node, "\"devices\"", &items, &n))
        return false;
    struct index given = {0};
    loader->devices_given = 0;
    for (uint32_t i = 0; i < n && !loader->no_memory; i++)
        read_device(loader, items ? items[i] : node, &given);
    index_free(loader->model->memory, &given);
    return true;
}

/* ---- Files --------------------------------------------------------------------------------- */

static const struct field manifest_fields[] = {
    {KEY("name", read_text, AT(manifest, name))},
    {KEY("version", read_text, AT(manifest, version))},
    {KEY("license", read_text, AT(manifest, license))},
    {KEY("author", read_text, AT(manifest, author))},
    {KEY("citation", read_text, AT(manifest, citation))},
    {KEY("language", read_text, AT(manifest, language))},
};
static const struct shape manifest_shape = SHAPE("\"set\"", manifest_fields);

static bool read_antipatterns(struct loader *loader, const struct node *node, void *at,
                              const struct field *field)
{
    (void)at;
    return read_rules(loader, node, &loader->model->antipatterns, field);
}

static const struct field file_fields[] = {
    {KEY("set", read_before, 0)},
    {KEY("lexicons", read_lexicons, 0), .b = MODE_REPLACE},
    {KEY("lexicons+", read_lexicons, 0), .b = MODE_ADD},
    {KEY("lexicons-", read_lexicons, 0), .b = MODE_REMOVE},
    {KEY("words", read_words, 0)},
    {KEY("antipatterns", read_antipatterns, 0), .a = LIST_ANTIPATTERNS, .b = MODE_ADD},
    {KEY("antipatterns+", read_antipatterns, 0), .a = LIST_ANTIPATTERNS, .b = MODE_ADD},
    {KEY("antipatterns-", read_antipatterns, 0), .a = LIST_ANTIPATTERNS, .b = MODE_REMOVE},
    {KEY("devices", read_devices, 0)},
};
static const struct shape file_shape = SHAPE("a pattern set", file_fields);

/* Length of a name's folder: up to its last / or the : of "built-in:". */
static size_t folder_length(const char *name)
{
    size_t length = 0;
    for (size_t i = 0; name[i]; i++)
        if (name[i] == '/' || name[i] == ':')
            length = i + 1;
    return length;
}

/* A file without `set:` belongs to that of an earlier file of its folder, or is a set of its own
 * that has the file's name. */
static void read_manifest(struct loader *loader, uint32_t row, const struct node *root)
{
    struct model *model = loader->model;
    struct source *source = &model->sources.at[row];
    const struct node *set = root && root->kind == NODE_MAPPING ? node_get(root, "set") : NULL;
    size_t folder = folder_length(source->name);
    struct manifest manifest = {"", "", "", "", "", ""};
    if (set) {
        read_mapping(loader, set, &manifest_shape, &manifest);
        for (uint32_t i = 0; i < model->manifests.count; i++)
            if (*manifest.name && !strcmp(model->manifests.at[i].name, manifest.name) &&
                !strcmp(model->manifests.at[i].version, manifest.version)) {
                source->manifest = i;
                return;
            }
    }
    for (uint32_t i = row; !set && folder && i-- > 0;)
        if (model->sources.at[i].length && folder_length(model->sources.at[i].name) == folder &&
            !strncmp(model->sources.at[i].name, source->name, folder)) {
            source->manifest = model->sources.at[i].manifest;
            return;
        }
    if (!*manifest.name)
        manifest.name = arena_text(&model->arena, source->name + folder,
                                   strcspn(source->name + folder, "."));
    source->manifest = model->manifests.count;
    if (!manifest.name || !vec_push(model->memory, &model->manifests, manifest))
        loader->no_memory = true;
}

int32_t model_load(struct model *model, const char *name, const char *bytes, uint32_t length,
                   const char *folder)
{
    struct loader loader = {.model = model, .folder = folder};
    struct source source = {.name = arena_text(&model->arena, name, strlen(name)), .bytes = "",
                            .length = 0};
    uint32_t row = model->sources.count;
    struct place start = {source.name, 1, 1, 0, row};
    bool large = length > YAML_BYTES;
    if (!large) {
        source.bytes = arena_text(&model->arena, bytes, length);
        source.length = length;
    }
    if (!source.name || !source.bytes || !vec_push(model->memory, &model->sources, source))
        return RHETOR_E_MEMORY;

    struct arena scratch;
    struct node *root = NULL;
    int32_t status = RHETOR_OK;
    arena_init(&scratch, model->memory);
    if (large) {
        model_say(model, RHETOR_ERROR, &start, "too-large", "split it",
                  "a pattern set has at most 8 MiB");
        status = RHETOR_E_LIMIT;
    } else {
        status = yaml_read(model, row, &scratch, &root);
    }
    read_manifest(&loader, row, root);
    if (root && !loader.no_memory)
        read_mapping(&loader, root, &file_shape, model);
    arena_free(&scratch);
    vec_free(model->memory, &loader.conditions);
    vec_free(model->memory, &loader.agreements);
    vec_free(model->memory, &loader.examples);
    vec_free(model->memory, &loader.items);
    if (loader.no_memory || model->no_memory)
        return RHETOR_E_MEMORY;
    return status == RHETOR_OK && loader.wrong ? RHETOR_E_SET : status;
}
