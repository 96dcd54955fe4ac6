/* field.h: the keys of a mapping as a table, and how each kind of value is read.
 * In: a node, a table of fields, the struct they fill. Out: the struct filled, mistakes said at
 * their place. Invariant: a wrong value leaves its field as it was. Cost: a walk over the node. */
#ifndef RHETOR_CUE_FIELD_H
#define RHETOR_CUE_FIELD_H

#include "cue/yaml.h"

struct loader {
    struct model *model;
    const char *folder;         /* for word-list files, or NULL */
    const struct device *device; /* whose mapping is being read, or NULL */
    bool wrong;                 /* something was said */
    bool no_memory;
    uint32_t devices_given;     /* different ids among the file's devices so far */
    VEC(struct condition) conditions; /* of the pattern being read */
    VEC(struct agreement) agreements;
    VEC(struct example) examples;     /* of the rule being read */
    VEC(struct text_item) items;      /* of the list being read */
};

struct field {
    const char *name;
    bool (*read)(struct loader *loader, const struct node *value, void *at,
                 const struct field *field);
    size_t offset;              /* of what `read` fills, in the struct */
    double low, high;           /* a number's range */
    const char *const *choices; /* names, NULL behind the last; the value is the name's number */
    uint8_t a, b;               /* whatever `read` wants of them */
};

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))
#define AT(type, member) offsetof(struct type, member)
#define KEY(key, reader, where) .name = key, .read = reader, .offset = where

/* A mapping's fields; `what` names it in messages ("a pattern"). */
struct shape { const char *what; const struct field *fields; uint32_t count; };
#define SHAPE(what, fields) {what, fields, COUNT(fields)}

/* False: something in it is wrong and is said. */
bool read_mapping(struct loader *loader, const struct node *node, const struct shape *shape,
                  void *at);

/* Readers of a field. False: wrong, and said. `at` points to a const char *, a text_item, a
 * text_list, a float, a uint32_t, and of the last two to a uint8_t. */
bool read_text(struct loader *, const struct node *, void *at, const struct field *);
bool read_item(struct loader *, const struct node *, void *at, const struct field *);
bool read_list(struct loader *, const struct node *, void *at, const struct field *);
bool read_number(struct loader *, const struct node *, void *at, const struct field *);
bool read_count(struct loader *, const struct node *, void *at, const struct field *);
bool read_flag(struct loader *, const struct node *, void *at, const struct field *);
bool read_choice(struct loader *, const struct node *, void *at, const struct field *);

static inline bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Letters and digits with single characters of `more` between them, beginning with a letter. */
bool is_name(const char *text, const char *more, size_t most);

/* The value of a key of a mapping, or NULL. */
const struct node *node_get(const struct node *mapping, const char *key);

/* Says a mistake and returns false. */
bool say(struct loader *loader, const struct node *node, const char *code, const char *advice,
         const char *format, ...);

/* Says that `what` must be `expected` and is not. */
bool say_type(struct loader *loader, const struct node *node, const char *what,
              const char *expected);

/* Says that `word` is none of the names, with the nearest of them. */
bool say_unknown(struct loader *loader, const struct node *node, const char *code,
                 const char *what, const char *where, const char *const *names, uint32_t n);

/* Items of a list node: *count of them, *first lent; *first is NULL where the node itself stands
 * in for a list of one. False: empty; said. */
bool list_items(struct loader *loader, const struct node *node, const char *what,
                struct node *const **first, uint32_t *count);

/* Copies count elements into the model's arena; NULL for none or no memory (which is noted). */
void *keep(struct loader *loader, const void *elements, uint32_t count, size_t size);

#endif
