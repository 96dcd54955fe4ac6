/* opposite.h: words that mean the opposite of each other. */
#ifndef RHETOR_FIGURE_OPPOSITE_H
#define RHETOR_FIGURE_OPPOSITE_H

#include "word/intern.h"

struct opposite;

/* What is listed of a lemma, or NULL. Cost: a binary search. */
const struct opposite *opposites_of(const struct word_type *type);

/* "certain" and "uncertain", "hope" and "hopeless": `other` denies `plain`. */
bool opposite_form(const struct word_type *plain, const struct word_type *other);

/* Two lemmas; `listed` belongs to the first. */
bool are_opposite(const struct word_type *a, const struct opposite *listed,
                  const struct word_type *b);

#endif
