/* repetition.h: passages that stand twice in a document, some words changed.
 *
 * In: the document's paragraphs, added and removed in any order as edits come. Out: for one
 * paragraph, the stretches of which an earlier copy stands in the document (in a paragraph of
 * lower index, or before it in the same one); the second copy is the one emitted.
 * How: overlapping runs of SHINGLE words are hashed; of each WINDOW neighbours the least is kept
 * (winnowing, Schleimer et al. 2003), so that any copied run of SHINGLE + WINDOW - 1 words shares
 * one. Where a run is shared the two texts are read on side by side, past words that were
 * changed.
 * Invariant: what is found depends on the paragraphs that are in the index and their `index`, not
 * on the order of calls. A run that more than REPETITION_COPIES paragraphs share is nobody's
 * copy.
 * paragraph->shingles names the rows that the paragraph has in the index, and is the index's own.
 * Cost: add, remove: the paragraph's words. find, touched: its words times REPETITION_COPIES at
 * worst; in prose hardly more than the look-ups. */
#ifndef RHETOR_FIGURE_REPETITION_H
#define RHETOR_FIGURE_REPETITION_H

#include "figure/figure.h"

enum { REPETITION_COPIES = 24 };

struct repetition;

int32_t repetition_open(const struct memory *memory, struct repetition **out);
void repetition_close(struct repetition *repetition); /* NULL is allowed */

/* Adds a paragraph whose words are known (words_find) and that is not in the index. On
 * RHETOR_E_MEMORY it is not in it. Its tokens must stand as they are until it is removed. */
int32_t repetition_add(struct repetition *repetition, const struct words *words,
                       struct paragraph *paragraph);
/* Takes a paragraph out; one that is not in it is left alone. */
void repetition_remove(struct repetition *repetition, struct paragraph *paragraph);

/* Emits by view->emit each stretch of `paragraph` that has an earlier copy. The paragraph is in the
 * index. RHETOR_OK or RHETOR_E_MEMORY. */
int32_t repetition_find(struct repetition *repetition, const struct words *words,
                        const struct paragraph *paragraph, struct figure_view *view);

/* Calls `touched` for each other paragraph whose finding may hang on this one, some of them several
 * times. To be called before a paragraph is removed and after it is added. */
void repetition_touched(struct repetition *repetition, const struct paragraph *paragraph,
                        void (*touched)(void *user, struct paragraph *paragraph), void *user);

#endif
