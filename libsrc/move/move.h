/* move.h: compositions over tags that stand near each other: moves, series, counts.
 * In: the near rows of a paragraph (settled tags, sentences, tokens) and of up to five behind it.
 * Out: tags of kind TAG_MOVE and TAG_SERIES, appended to the paragraph's window_tags and
 * window_roles. Invariant: what is found depends on the paragraphs read alone, MOVE_BEFORE before
 * to MOVE_AFTER after the anchor. Cost: linear in the tags and tokens of these paragraphs, times
 * the moves that have a part among them.
 *
 * A move is anchored where its first part begins. Its other parts are the nearest that fit; where
 * a later tag could take the first one's place, the later has it; no tag is part of one move
 * twice. All parts lie within the move's reach counted from the first: n sentences or paragraphs
 * are the first's and n-1 more; n words stand at most between its end and another part's start.
 * `unless` looks at the sentences from the first part's to the last's; `inside` and `not-inside`
 * at every part. A tag below PART_SCORE is no part. The score's log-odds are the move's, and
 * those of its weakest part are added where they are below 0.
 *
 * A series is a run of units of which each agrees with the first. Its members are its roles: for a
 * shared beginning or ending the shared words, else the whole unit. Of paragraphs and items it
 * sees at most six. A count is one tag from the first to the last that counted. */
#ifndef RHETOR_MOVE_MOVE_H
#define RHETOR_MOVE_MOVE_H

#include "move/table.h"
#include "word/intern.h"

enum { MOVE_BEFORE = 5, MOVE_AFTER = 5 };
#define PART_SCORE 0.3f

struct move_event;
struct move_unit;
struct move_word;

/* Kept by the document; zero-initialised. */
struct move_scratch {
    VEC(struct move_event) events;
    VEC(struct move_unit) units;
    VEC(struct move_word) words;
};
void move_scratch_free(struct move_scratch *scratch, const struct memory *memory);

struct move_view {
    const struct moves *moves;
    const struct words *words;
    struct paragraph *const *paragraphs; /* the document's */
    uint32_t count, row;                 /* how many; the one to be done */
    struct move_scratch *scratch;
    const struct memory *memory;
};

/* RHETOR_OK, E_MEMORY. Call tags_settle(…, true, …) on the paragraph afterwards. */
int32_t moves_find(const struct move_view *view);

#endif
