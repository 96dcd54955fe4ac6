/* pattern.h: one pattern of the language (corpus/README.md) to a regular expression of PCRE2's.
 *
 * In: the pattern as written. Out: the regex in an intermediate form, in which three bytes stand
 * for long character classes (pattern_expand writes them out); a test for each callout; and what
 * follows from the pattern about every text that it matches: groups of words of which one each must
 * stand in the unit, the ways in which it can match, and the group of its first word. Invariant: a
 * pattern that matches a unit finds one word of every required group among the unit's tokens, and
 * the words of one of its ways where that says; where the entry is known, each match begins at a
 * token of that group. Cost: linear in the pattern, lexicons aside. */
#ifndef RHETOR_CUE_PATTERN_H
#define RHETOR_CUE_PATTERN_H

#include "cue/compile.h"

enum {
    REQUIRED_MOST = 4, CHECKS_MOST = 6, WAYS_MOST = 2000, CALLOUTS_MOST = 255, PATTERN_BYTES = 4096,
    PATTERN_DEEP = 60
};

/* The bytes of the intermediate form: a letter or digit, a white-space character, a character that
 * ends no clause. */
enum { MARK_LETTER = 1, MARK_SPACE = 2, MARK_INSIDE = 3 };

struct regex_place { uint32_t out, source; }; /* from byte `out` on, it stems from byte `source` */

/* How many blanks stand between two places of a match; most NONE: any number. */
struct span { uint32_t least, most; };

/* A group of which one word must stand in every match, so many blanks behind the match's first
 * character and before its last. */
struct requirement { struct items words; struct span before, behind; };

/* One of the ways in which a pattern can match: each match goes at least one of them. In it stands
 * a word of `lead`, and of every check one, so many blanks from the lead's (negative: before it).
 */
struct way_check { struct items words; int32_t from, to; };
struct way {
    struct items lead; struct span before, behind;
    struct items entry; bool entry_known;
    struct way_check checks[CHECKS_MOST]; uint32_t check_count;
};

struct translated {
    const char *regex; uint32_t length;
    uint32_t callouts[CALLOUTS_MOST]; uint32_t callout_count; /* rows of tests */
    struct requirement required[REQUIRED_MOST]; uint32_t required_count; /* the rarest first */
    const struct way *ways; uint32_t way_count; /* 0: it may match anything */
    struct items entry; bool entry_known;
    const struct regex_place *map; uint32_t map_count;
};

/* False: a mistake, said at its place, or no memory. `anchored`: begin with \G where the entry is
 * known. */
bool pattern_translate(struct compiler *compiler, const struct text_item *item, bool raw,
                       bool anchored, struct translated *out);

/* Writes the marks out; returns the whole length, without the NUL. `short_form`: as \w, \s, for
 * readers. */
uint32_t pattern_expand(const char *regex, bool short_form, char *out, uint32_t capacity);

/* Says a mistake `offset` bytes into a pattern. */
void pattern_say(struct compiler *compiler, const struct text_item *item, uint32_t offset,
                 const char *code, const char *advice, const char *format, ...);

/* Asks PCRE2; says what is wrong. Names of groups are not looked at. */
bool pattern_check(struct compiler *compiler, const struct text_item *item,
                   const struct translated *translated, bool cue);

/* Options with which patterns are compiled. */
uint32_t pattern_options(bool case_sensitive);

#endif
