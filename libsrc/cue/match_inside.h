/* match_inside.h: what match.c, match_code.c and match_explain.c share. */
#ifndef RHETOR_CUE_MATCH_INSIDE_H
#define RHETOR_CUE_MATCH_INSIDE_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdatomic.h>

#include "cue/match.h"
#include "cue/set.h"

/* A compiled pattern and what its named groups are. */
struct program {
    pcre2_code *code;
    struct program *older;     /* without JIT; other threads may still run it */
    _Atomic uint32_t runs;
    bool jit, fast;            /* JIT was tried; it is there */
    uint32_t name_count;
    struct group_name {
        uint32_t group, role;
        const char *name;
    } names[]; /* role NONE: not a role */
};

/* The program of a pattern; NULL: it cannot be compiled, or no memory (*no_memory). It is
 * translated to machine code when it has run some times, or at once where `fast` is asked for. */
struct program *program_of(struct programs *programs, uint32_t pattern, bool fast, bool *no_memory);

struct programs_view {
    const struct rules *rules;
    struct match_limits limits;
    pcre2_general_context *general;
};
const struct programs_view *programs_view(const struct programs *programs);

/* Tokens [from, to] at which matches of a pattern may begin; the range before it. */
struct range { uint32_t from, to, below; };
struct fired { uint32_t stamp, last; };       /* of a pattern: its last range in the unit at hand */
struct bounds { uint32_t lo, hi; };
struct token_at {
    const struct word_seat *seat;             /* of its word; never NULL */
    uint32_t blanks;                          /* before it, in the paragraph */
    uint8_t flags;                            /* the token's */
};
struct selection {
    struct fired *patterns;                   /* by pattern */
    VEC(struct range) ranges;
    VEC(uint32_t) fired;                      /* patterns with ranges */
    uint32_t stamp;
};
struct heard { uint32_t number, token; bool whole; }; /* explain: a callout that passed */
struct unit { uint32_t start, end; };

struct output { char *at; uint32_t length, capacity; };

struct matcher {
    const struct memory *memory;
    struct programs *programs;
    const struct rules *rules;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    pcre2_match_data *data, *other;           /* of cues; of conditions */

    struct selection near, wide;              /* of the sentence; of the paragraph */
    uint32_t *stopped;                        /* by pattern: paragraph in which it hit a limit */
    uint32_t *devices;                        /* by device: stamp of a sentence with its cue */
    uint8_t *kinds;                           /* by group: enum group_kind */
    VEC(uint32_t) name_groups;                /* that lead and have any name in them */
    VEC(struct token_at) tokens;              /* by token of the paragraph */
    VEC(uint32_t) firsts;                     /* by number of blanks: the first token behind them */
    uint32_t first_word;                      /* of the sentence */
    uint32_t *seen;                           /* by group: stamp of a sentence with its word */
    uint32_t traits[TRAIT_WORDS];             /* of all words of the sentence */
    VEC(uint32_t) limited;
    bool any_cue, no_memory, whole;           /* whole: the unit is no sentence */

    const struct match_view *view;
    uint32_t lo, hi;                          /* tokens of the unit */
    uint32_t base;                            /* where the subject begins */
    const struct pattern_row *pattern;        /* whose callouts are asked */
    struct output *explain;
    uint32_t explain_start, explain_end;
    VEC(struct heard) heard;
};

enum group_kind { GROUP_NAMED = 1 /* any name is in it */, GROUP_TRAITS = 2 };

/* Whether a group lists a word in one of the ways `how`; any: in whatever way. */
enum { GROUP_ANY = 8 };
bool word_listed(const struct word_seat *seat, uint32_t group, uint32_t how);

/* Runs one pattern over one unit, where sentence_select or pattern_select found that it may match,
 * and emits. */
void pattern_run(struct matcher *matcher, uint32_t row, struct unit unit);

/* match_select.c: counts the blanks of a paragraph; makes tokens [lo, hi) the unit at hand; finds
 * where which patterns may match in a sentence, where one of them may, whether it may at all. */
void paragraph_read(struct matcher *matcher);
void sentence_read(struct matcher *matcher, uint32_t lo, uint32_t hi);
void sentence_select(struct matcher *matcher);
void pattern_select(struct matcher *matcher, uint32_t row);
bool pattern_may_match(const struct matcher *matcher, const struct pattern_row *pattern);
const struct word_seat *seat_of(const struct word_type *type);
bool token_in(const struct matcher *matcher, uint32_t token, uint32_t group);
/* The unit of a pattern's scope around a byte. */
struct unit unit_at(struct matcher *matcher, uint32_t scope, uint32_t byte);
void explain_match(struct matcher *matcher, const struct pattern_row *pattern);
void explain_condition(struct matcher *matcher, const struct condition_row *condition, bool found);
void output_text(struct output *output, const char *format, ...);

#endif
