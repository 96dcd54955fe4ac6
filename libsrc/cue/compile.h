/* compile.h: from the model to rules.
 * In: a model that model_check has seen, the detectors' names. Out: rules, and what is wrong said
 * in the model; a pattern with a mistake is left out, the rest stands. Cost: some microseconds a
 * pattern; checking adds a compile by PCRE2 (no JIT) each. */
#ifndef RHETOR_CUE_COMPILE_H
#define RHETOR_CUE_COMPILE_H

#include "cue/pattern_words.h"
#include "cue/rules.h"
#include "cue/set.h"

/* What the rules must know of what is no pattern: detectors in C. */
struct outside {
    const char *const *figures; uint32_t figure_count; /* device ids; rule "figure/ID" */
    const char *const *roles; uint32_t role_count;     /* names of roles that they give */
    bool unselected; /* every pattern runs everywhere: what selecting them is proved against */
};

/* Which patterns PCRE2 is asked about: none, those whose file does not begin with "built-in:", all.
 */
enum check_which { CHECK_NONE, CHECK_USERS, CHECK_ALL };

/* RHETOR_OK, E_SET (something is said; the rules stand without it), E_MEMORY (no rules). */
int32_t rules_compile(struct model *model, const struct outside *outside, enum check_which check,
                      const struct memory *memory, struct rules *rules);

/* The same where the model was made of the sets that `base` was compiled of (cue/base): patterns that no
 * layer changed are taken from there. NULL: none are. */
int32_t rules_compile_over(struct model *model, const struct rules *base,
                           const struct outside *outside, enum check_which check,
                           const struct memory *memory, struct rules *rules);
void rules_free(struct rules *rules, const struct memory *memory); /* those of rules_compile */

/* Tables while they grow, and what goes with them. */
struct tables {
#define TABLE(type, name, fields) VEC(type) name;
    RULES_TABLES(TABLE)
#undef TABLE
};
struct base { const struct rules *rules; struct index cues, antis; bool classes_changed; };
struct compiler {
    struct model *model;
    struct base base;        /* rules NULL: none */
    const struct memory *memory;
    struct arena arena;
    struct arena scratch;    /* of the pattern that is being compiled */
    struct tables tables;
    struct wordbook book;
    struct index texts;      /* pool: text to offset */
    struct index contexts;   /* sources of conditions to rows of patterns: most are written often */
    struct index roles;
    enum check_which check;
    bool unselected, wrong, no_memory;
};

/* A text's place in the pool; equal texts once. */
uint32_t pool_text(struct compiler *compiler, const char *text, size_t length);

#define PUSH(compiler, table, value)                                                              \
    (vec_push((compiler)->memory, &(compiler)->tables.table, value)                               \
         ? (compiler)->tables.table.count - 1                                                     \
         : ((compiler)->no_memory = true, 0))

#endif
