/* lexicon.h: reads lexicons, from a set or from word-list files, and corrections of words.
 * In: nodes; files in the set's own folder or below it. Out: the model's lexicons and words.
 * Invariant: an entry with a mistake is said and left out. Cost: linear in the entries. */
#ifndef RHETOR_CUE_LEXICON_H
#define RHETOR_CUE_LEXICON_H

#include "cue/shape.h"

/* field->b says what is done with them (enum list_mode). */
bool read_lexicons(struct loader *loader, const struct node *node, void *at,
                   const struct field *field);
bool read_words(struct loader *loader, const struct node *node, void *at,
                const struct field *field);

#endif
