/* yaml_json.c: FILE.yaml… as JSON, one document a line, as a YAML language server sees it: plain scalars
 * that look like numbers or booleans are such. For tests/schema/schema.tap. */
#include <jansson.h>
#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

static json_t *scalar(struct fy_node *node)
{
    size_t length = 0;
    const char *bytes = fy_node_get_scalar(node, &length);
    char *text = strndup(bytes ? bytes : "", length), *end;
    json_t *made = NULL;
    if (fy_node_get_style(node) == FYNS_PLAIN) {
        double number = strtod(text, &end);
        if (!length || !strcmp(text, "null") || !strcmp(text, "~"))
            made = json_null();
        else if (!strcmp(text, "true") || !strcmp(text, "false"))
            made = json_boolean(text[0] == 't');
        else if (!*end && strspn(text, "+-.0123456789eE") == length)
            made = strpbrk(text, ".eE") ? json_real(number) : json_integer((json_int_t)number);
    }
    made = made ? made : json_stringn(text, length);
    free(text);
    return made;
}

static json_t *json_of(struct fy_node *node)
{
    void *place = NULL;
    struct fy_node *item;
    struct fy_node_pair *pair;
    if (!node)
        return json_null();
    if (fy_node_is_sequence(node)) {
        json_t *list = json_array();
        while ((item = fy_node_sequence_iterate(node, &place)))
            json_array_append_new(list, json_of(item));
        return list;
    }
    if (!fy_node_is_mapping(node))
        return scalar(node);
    json_t *mapping = json_object();
    while ((pair = fy_node_mapping_iterate(node, &place))) {
        size_t length = 0;
        const char *key = fy_node_get_scalar(fy_node_pair_key(pair), &length);
        char *name = strndup(key ? key : "", length);
        json_object_set_new(mapping, name, json_of(fy_node_pair_value(pair)));
        free(name);
    }
    return mapping;
}

int main(int argc, char **argv)
{
    static const struct fy_parse_cfg config = {.flags = FYPCF_RESOLVE_DOCUMENT};
    int status = 0;
    for (int i = 1; i < argc; i++) {
        struct fy_document *document = fy_document_build_from_file(&config, argv[i]);
        json_t *json = document ? json_of(fy_document_root(document)) : NULL;
        status |= !json || json_dumpf(json, stdout, JSON_ENCODE_ANY | JSON_COMPACT);
        putchar('\n');
        json_decref(json);
        fy_document_destroy(document);
    }
    return status;
}
