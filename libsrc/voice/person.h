/* person.h: who is who over a whole document: the fullest form of each name, and who somebody was
 * that the text named later ("a boy" ... "Col").
 * In: the namings of all paragraphs, in order. Out: for a name number in a paragraph, the number to
 * show. Invariant: depends on the namings alone, not on which numbers the names have. Cost: the
 * sorting of the names in use, once a change; a search a look-up. */
#ifndef RHETOR_VOICE_PERSON_H
#define RHETOR_VOICE_PERSON_H

#include "segment/paragraph.h"
#include "voice/name.h"

struct person { /* a name in use */
    uint32_t number;
    uint8_t gender;
    bool speaks;
};

struct alias { /* in paragraphs [first, last] */
    uint32_t form, name, first, last;
};

struct persons {
    VEC(uint32_t) fullest;     /* by number - 1; 0: the name itself */
    VEC(uint32_t) rows;        /* by number - 1: its place in `used`, from 1 */
    VEC(uint32_t) introduced;  /* by number - 1: the last paragraph that did, from 1 */
    VEC(struct person) used;
    VEC(struct person) by_last, by_first; /* names of two words and more, one a person */
    VEC(struct alias) aliases; /* by form, then by last */
};

/* False: no memory. */
bool persons_find(struct persons *persons, const struct names *names,
                  struct paragraph *const *paragraphs, uint32_t count,
                  const struct memory *memory);
void persons_free(struct persons *persons, const struct memory *memory);

uint32_t persons_name(const struct persons *persons, uint32_t number, uint32_t paragraph);

#endif
