/* rules.h: the compiled pattern sets: flat rows that refer to each other by number.
 *
 * In: nothing; cue/compile makes rules of a model, and a build-time program writes those of the
 * built-in sets as constant arrays (engine/image). Out: rows for the matcher and the catalogue, and
 * the groups of words that word/intern asks for. Invariant: every number in a row is valid or NONE;
 * rows hold no pointers and never change after compiling, so that any number of threads may read
 * them. Offsets are into `text`; 0 is "". Cost: a look-up of a word is a hash and, for its groups
 * of classes, a bit test each. */
#ifndef RHETOR_CUE_RULES_H
#define RHETOR_CUE_RULES_H

#include "base/arena.h"
#include "word/word.h"

#define NONE UINT32_MAX

/* A group is a set of words: a lexicon, the forms of lemmas, words of a class, or any union. The
 * words are rows [first_word, + word_count) of `lists`; [first_lead, + lead_count) of `leads` are
 * the patterns that are looked for where one of the group's words stands. */
enum { TRAIT_WORDS = 6 };
struct group_row {
    uint32_t first_word, word_count, first_lead, lead_count;
    float share;
    uint32_t traits[TRAIT_WORDS]; /* words that have one of these are in it too */
};

/* A way in which a pattern can match: where a word of the lead stands, and of the group of every
 * check one, so many blanks from it (int32_t), a match begins `least` to `most` blanks before the
 * lead's word (most NONE: anywhere before), at a word of the entry (NONE: at any). */
struct way_row { uint32_t lead, least, most, entry, first_check, check_count; };
struct check_row { uint32_t group, from, to; };
enum { CHECK_FAR = 64 }; /* blanks from `from` to `to`: beyond, anywhere in the unit */

/* A pattern under the lead of one of its ways, of which this is a copy. */
struct lead_row { uint32_t pattern, kind, least, most, entry, first_check, check_count; };
enum lead_kind { LEAD_SENTENCE, LEAD_FIRST /* in the sentence */, LEAD_WIDE, LEAD_GATE };

/* A word that stands in groups; [first, + count) of `lists`. Slots hash to rows + 1. */
struct word_entry { uint32_t text, length, first, count; };

/* Words that begin so, in the order of their texts. */
struct prefix_row { uint32_t text, length, group; };

/* What a word can be, by its number in sets of TRAIT_WORDS numbers. */
enum trait {
    TRAIT_CLASS = 0,    /* + bit of word_info.classes */
    TRAIT_CLOSED = 64,  /* + number of the bit of word_info.closed */
    TRAIT_FORM = 96,    /* + number of the bit of word_info.form[WORD_VERB] */
    TRAIT_DIGIT = 104,  /* begins with a digit */
    TRAIT_NAME = 105,   /* of a token, not of a word: TOKEN_NAME */
    TRAIT_DIGITS = 106, /* holds a digit */
    TRAIT_FIRST = 128   /* + bit of word_info.first_classes */
};
static inline void trait_set(uint32_t *traits, uint32_t trait)
{
    uint32_t at = trait < TRAIT_CLOSED   ? trait
                  : trait >= TRAIT_FIRST ? 64 + trait - TRAIT_FIRST
                                         : 128 + trait - TRAIT_CLOSED;
    traits[at >> 5] |= UINT32_C(1) << (at & 31);
}
static inline bool traits_meet(const uint32_t *a, const uint32_t *b)
{
    return (a[0] & b[0]) | (a[1] & b[1]) | (a[2] & b[2]) | (a[3] & b[3]) | (a[4] & b[4]) |
           (a[5] & b[5]);
}

/* What a set says of a word against the word table. */
struct fix_row { uint32_t text, length, classes_low, classes_high; };

/* A callout's question about the word before it. Rows follow each other as alternatives while
 * `more` is 1. Every part that is not empty must hold. */
struct test_row {
    uint32_t group;     /* the word is in it, or NONE */
    uint32_t pos_mask;  /* 1 << enum pos; 0: any */
    uint32_t open;      /* bits 1 << enum word_open: enough where the part of speech is uncertain */
    uint32_t noun_form, verb_form; /* bits of enum word_form of which one must be there; 0: any */
    uint32_t flags;     /* enum token_flag: all must be there */
    uint32_t more;
    uint32_t name;      /* as the pattern's author wrote it: "n:person"; for explanations */
};

enum pattern_kind { PATTERN_CUE, PATTERN_ANTI, PATTERN_CONTEXT };
enum pattern_bit {
    PATTERN_CASE = 1,      /* case matters */
    PATTERN_ANCHORED = 2,  /* begins with \G: tried where a word of `entry` stands */
    PATTERN_ALWAYS = 4,    /* of an antipattern: figures too are exempted */
    PATTERN_RAW = 8,
    PATTERN_GATE = 16      /* of a condition without which its cue is not looked for */
};
struct pattern_row {
    uint32_t source, regex;              /* as written; for PCRE2, with marks (cue/pattern.h) */
    uint32_t kind, bits, scope, voice, position;
    uint32_t rule;                       /* of a cue; of a condition: its cue's */
    uint32_t first_group, group_count;   /* lists: one of each must stand in the unit */
    uint32_t first_way, way_count;       /* of ways; none: it runs everywhere */
    uint32_t entry;                      /* group of the first word, or NONE */
    uint32_t first_callout, callout_count; /* lists: rows of tests */
    uint32_t first_condition, condition_count;
    uint32_t first_agreement, agreement_count;
    uint32_t first_exempt, exempt_count; /* lists: devices; none of an antipattern: all */
    uint32_t speaker;                    /* pattern over the speaker's name, or NONE */
};
struct condition_row { uint32_t pattern, where, words, forbid; float amount; };
struct agreement_row { uint32_t kind, first_name, name_count; }; /* lists: offsets of group names */

struct device_row {
    uint32_t id, name, family, definition, references, message, manifest, hidden;
    float threshold, prior;
};
struct rule_row {
    uint32_t id, device, kind;           /* enum rhetor_rule_kind */
    uint32_t pattern;                    /* of a cue, or NONE */
    uint32_t source, message, file, line, column, manifest;
    float weight, log_odds;              /* with the device's prior */
};
struct manifest_row { uint32_t name, version, license, author, citation, language; };

/* Every table: its row, its name, a letter a field (u: uint32_t, f: float, c: char). */
#define RULES_TABLES(TABLE)                                                                        \
    TABLE(char, text, "c")                                                                         \
    TABLE(uint32_t, lists, "u")                                                                    \
    TABLE(struct manifest_row, manifests, "uuuuuu")                                                \
    TABLE(struct device_row, devices, "uuuuuuuuff")                                                \
    TABLE(struct rule_row, rules, "uuuuuuuuuuff")                                                   \
    TABLE(struct pattern_row, patterns, "uuuuuuuuuuuuuuuuuuuuuu")                                  \
    TABLE(struct way_row, ways, "uuuuuu")                                                          \
    TABLE(struct check_row, checks, "uuu")                                                         \
    TABLE(struct lead_row, leads, "uuuuuuu")                                                       \
    TABLE(struct condition_row, conditions, "uuuuf")                                               \
    TABLE(struct agreement_row, agreements, "uuu")                                                 \
    TABLE(struct test_row, tests, "uuuuuuuu")                                                      \
    TABLE(struct group_row, groups, "uuuuf(uuuuuu)")                                               \
    TABLE(struct word_entry, words, "uuuu")                                                        \
    TABLE(uint32_t, slots, "u")                                                                    \
    TABLE(struct prefix_row, prefixes, "uuu")                                                      \
    TABLE(struct fix_row, fixes, "uuuu")                                                           \
    TABLE(uint32_t, roles, "u")      /* offsets of names */                                        \
    TABLE(uint32_t, trait_leads, "u") /* groups that lead and have traits */                      \
    TABLE(uint32_t, everywhere, "u") /* patterns without ways */                                 \
    TABLE(uint32_t, by_device, "u")  /* devices in the order of their ids */

struct rules {
#define TABLE(type, name, fields) const type *name; uint32_t name##_count;
    RULES_TABLES(TABLE)
#undef TABLE
};

/* The built-in sets: constant data, no work. */
const struct rules *rules_builtin(void);

static inline const char *rules_text(const struct rules *rules, uint32_t at)
{
    return rules->text + at;
}
uint32_t rules_device(const struct rules *rules, const char *id); /* NONE: there is no such */
uint32_t rules_rule(const struct rules *rules, const char *id);   /* of cues, figures, moves ... */
uint32_t rules_role(const struct rules *rules, const char *name, size_t length);

/* The groups that list a folded word, ascending, each as group << 2 | how it stands there:
 * GROUP_OWN the word itself, GROUP_BASE what is left without 's, 're, 'll ...; 0: only what the
 * contraction stands for ("we're": are). Behind them stand the groups that lead, ended by NONE, also
 * those that it is in by its traits; before them a struct word_seat. For struct vocabulary, user =
 * the rules. NULL: no memory. */
enum { GROUP_BASE = 1, GROUP_OWN = 2 };
struct word_seat {
    uint32_t filter[4];                           /* the bit of each group is set */
    uint32_t own[TRAIT_WORDS], base[TRAIT_WORDS]; /* traits, as it stands there */
    uint32_t count;                               /* of groups behind it */
};
static inline const struct word_seat *word_seat(const uint32_t *groups)
{
    return (const struct word_seat *)(const void *)groups - 1;
}
const uint32_t *rules_find(const void *rules, const char *folded, uint32_t length,
                           const struct word_info *info, uint32_t *count, struct arena *arena);

/* Lays what the sets say of a word over what the table knows: "words: {tariff: n:possession}". */
void rules_correct(const void *rules, const char *folded, uint32_t length, struct word_info *info);

/* The words of which one must stand in a unit for the pattern to run, blank-separated, groups by |;
 * "" where it runs everywhere. And its regular expression with lexicons spelled out. Both write at
 * most capacity bytes with a NUL and return the whole length. */
uint32_t rules_anchors(const struct rules *rules, uint32_t pattern, char *out, uint32_t capacity);
uint32_t rules_show(const struct rules *rules, uint32_t pattern, char *out, uint32_t capacity);

static inline uint32_t group_bit(uint32_t group)
{
    return (group * 2654435761u) >> 25;
}

uint32_t rules_hash(const char *text, size_t length);

/* The row of a folded word, or NONE. */
uint32_t rules_word(const struct rules *rules, const char *folded, uint32_t length);

#endif
