/* match.h: finds the cues of a paragraph.
 *
 * In: a paragraph with tokens, sentences, words, quotations and voices. Out: rows of TAG_CUE with
 * roles appended to its tags, and what antipatterns exempt pushed to the scratch for tags_settle.
 * A token's word names the groups of which it is and that lead; a group names the patterns that are
 * looked for where it stands. A pattern runs where one of its ways has all its words around the
 * lead's, and begins only at the tokens that are so far before it. Invariant: equal paragraphs get
 * equal tags. A pattern that hits a limit finds nothing more in its paragraph and is told of. Cost: the tokens and their groups, and the patterns that pass;
 * not the number of patterns. */
#ifndef RHETOR_CUE_MATCH_H
#define RHETOR_CUE_MATCH_H

#include "cue/rules.h"
#include "tag/tag.h"
#include "voice/name.h"
#include "word/intern.h"

enum { WIDE_BYTES = 1 << 16 }; /* of a paragraph or quotation as one unit, so much is read */

/* Compiled patterns, made on first need; shared by any number of threads. */
struct programs;
struct match_limits { uint32_t match, depth, heap; }; /* 0: 100000, 5000, 4096 KiB */
int32_t programs_open(const struct rules *rules, const struct match_limits *limits,
                      const struct memory *memory, struct programs **out);
void programs_close(struct programs *programs); /* NULL is allowed */

/* What one document needs to match; used by one thread at a time. */
struct matcher;
int32_t matcher_open(struct programs *programs, const struct memory *memory, struct matcher **out);
void matcher_close(struct matcher *matcher); /* NULL is allowed */

struct match_view {
    const struct words *words;       /* interned with rules_find as vocabulary */
    const struct names *names;       /* NULL: no conditions on speakers hold */
    struct paragraph *paragraph;
    struct tag_scratch *scratch;
    const volatile uint32_t *cancel; /* NULL: never */
};

/* RHETOR_OK, E_MEMORY, E_CANCELLED (between sentences; what was found stands). */
int32_t cues_find(struct matcher *matcher, const struct match_view *view);

/* Rows of rules that hit a limit since the matcher was opened, each once. */
const uint32_t *matcher_limited(const struct matcher *matcher, uint32_t *count);

/* Why a cue's tag stands, a fact a line: its words and classes, what raised or lowered it. Writes
 * at most capacity bytes with a NUL and returns the whole length. */
uint32_t match_explain(struct matcher *matcher, const struct match_view *view,
                       const struct tag *tag, char *out, uint32_t capacity);

#endif
