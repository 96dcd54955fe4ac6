/* shape.h: what a rule of each kind looks like in YAML, and lists of rules.
 * In: nodes. Out: patterns, series, counts, moves and antipatterns of the model. Invariant: a rule
 * with a mistake in it is said and left out; a list holds no id twice. Cost: linear in the list. */
#ifndef RHETOR_CUE_SHAPE_H
#define RHETOR_CUE_SHAPE_H

#include "cue/field.h"

enum rule_list { LIST_PATTERNS, LIST_SERIES, LIST_COUNTS, LIST_MOVES, LIST_ANTIPATTERNS,
                 RULE_LISTS };
enum list_mode { MODE_REPLACE, MODE_ADD, MODE_REMOVE };

/* What the lists of rules differ in. A rule without an id is numbered: stem and number. */
struct rule_kind {
    struct shape shape;
    const char *plural, *stem;
    size_t size, id, place;     /* of the struct; offsets in it */
    size_t short_form;          /* offset of the text_item that a bare text fills, or SIZE_MAX */
    void (*defaults)(void *rule);
    bool (*settle)(struct loader *loader, const struct node *node, void *rule);
};
extern const struct rule_kind rule_kinds[RULE_LISTS];

union any_rule {
    struct pattern pattern;
    struct series series;
    struct count_rule count;
    struct move move;
    struct antipattern antipattern;
};

/* Group names of patterns; "span" is none. */
bool check_role(struct loader *loader, const struct node *node);

/* A file may replace what another set gave; within one set it is most likely an oversight. */
void warn_replaced(struct loader *loader, const struct place *old, const struct place *fresh,
                   const char *what, const char *name);

/* A field that holds rules: `at` is the VEC, field->a its kind (enum rule_list), field->b what is
 * done with it (enum list_mode). */
bool read_rules(struct loader *loader, const struct node *node, void *at,
                const struct field *field);

#endif
