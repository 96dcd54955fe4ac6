/* closed.h: the hand-written lists that build_table merges with WordNet; a build-time matter, no
 * part of the library. Invariant: words are folded, blank-separated; a word may stand in several
 * lists. */
#ifndef RHETOR_WORD_CLOSED_H
#define RHETOR_WORD_CLOSED_H

#include <stdint.h>

/* Words that share closed-class bits. */
struct closed_list {
    uint32_t closed; /* enum word_closed */
    uint8_t pronoun; /* enum word_pronoun */
    uint8_t gender;  /* enum word_gender */
    const char *words;
};

/* Open-class words of one part of speech and class. A count of 0 takes the reading away. Lists that
 * correct stand above WordNet; the others only fill a table made without it. */
struct open_list {
    uint8_t pos; /* enum word_open */
    uint8_t corrects;
    uint16_t count;         /* how often seen, in WordNet's scale */
    const char *class_name; /* "n:person"; NULL: none */
    const char *words;
};

/* "begin began begun": base, past, participle; alternatives by '/'. Also plurals and comparisons.
 */
struct irregular_list {
    uint8_t pos;
    const char *words; /* groups separated by ',' */
};

extern const struct closed_list closed_lists[];
extern const struct open_list open_lists[];
extern const struct irregular_list irregular_lists[];
/* Each ends with a row whose words are NULL. */

#endif
