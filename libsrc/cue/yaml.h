/* yaml.h: one YAML file as a tree of nodes that know their place.
 * In: the bytes of one file. Out: its root node, or one diagnostic in the model.
 * Invariant: aliases share the node they name, and the tree written out without them has at most
 * YAML_NODES nodes, so that a walk is bounded; no mapping has a key twice; every scalar is text.
 * Cost: one pass. */
#ifndef RHETOR_CUE_YAML_H
#define RHETOR_CUE_YAML_H

#include "cue/set.h"

enum {
    YAML_BYTES = 8 << 20,     /* longest file */
    YAML_DEPTH = 64,          /* nested lists and mappings */
    YAML_ANCHORS = 1000,
    YAML_NODES = 1 << 20      /* in a file, every alias counted as what it stands for */
};

enum node_kind { NODE_NOTHING, NODE_TEXT, NODE_LIST, NODE_MAPPING };
struct node {
    struct place place;       /* a quoted scalar's first byte within the quotes */
    const char *text;         /* NODE_TEXT: NUL-terminated, in the model's arena */
    struct node **items;      /* NODE_LIST: its items; NODE_MAPPING: key, value, key, value */
    uint32_t count;           /* items; pairs */
    uint32_t weight;          /* nodes in it with aliases written out */
    uint8_t kind;
    uint8_t quoted;
};

/* Reads a file that is row `source` of the model's sources; nodes go to `scratch`. An empty file is
 * RHETOR_OK and NULL. E_SET: a mistake, said; E_MEMORY. */
int32_t yaml_read(struct model *model, uint32_t source, struct arena *scratch, struct node **root);

#endif
