/* lexicon.h: what the finding of voices must know of single words, beyond the word table.
 * In: a word of the document. Out: its classes, as bits.
 * Invariant: the rows of lexicon.c ascend by word (tests/unit/test_voice.c checks it).
 * Cost: a binary search for each different word of a document; voice/name.h keeps the answers. */
#ifndef RHETOR_VOICE_LEXICON_H
#define RHETOR_VOICE_LEXICON_H

#include "word/intern.h"

enum lexeme_class {
    L_SAY = 1 << 0,      /* verb of saying (by its lemma) */
    L_TELL = 1 << 1,     /* ... whose object is the hearer */
    L_WEAK = 1 << 2,     /* ... that as often means something else */
    L_CALL = 1 << 3,     /* gives a name: what follows is a label */
    L_FRAGMENT = 1 << 4, /* may frame a few quoted words */
    L_MODAL = 1 << 5,    /* could, should, might ... */
    L_WOULD = 1 << 6,
    L_WILL = 1 << 7,
    L_AUX = 1 << 8,      /* be, have, do, to */
    L_HYPO = 1 << 9,     /* suppose, imagine, if ... */
    L_HABIT = 1 << 10,   /* every, often: what would is habit beside it */
    L_PRONOUN = 1 << 11, /* of the third person */
    L_SUBJECT = 1 << 12, /* pronoun that is a subject */
    L_HIM = 1 << 13,     /* pronoun that may be an object */
    L_SELF = 1 << 14,
    L_YOU = 1 << 15,
    L_MALE = 1 << 16,
    L_FEMALE = 1 << 17,
    L_GROUP = 1 << 18,     /* several people */
    L_TITLE = 1 << 19,     /* before a name */
    L_ROLE = 1 << 20,      /* noun for a person or a body */
    L_DET = 1 << 21,       /* determiner or possessive */
    L_NOBODY = 1 << 22,    /* subject that stands for nobody in particular */
    L_TERM = 1 << 23,      /* brings in a word, a name or a title */
    L_UTTERANCE = 1 << 24, /* noun for what is said */
    L_PREP = 1 << 25,
    L_CONJ = 1 << 26,
    L_DATE = 1 << 27, /* month, day, season, feast */
    L_NOT = 1 << 28,
    L_ADVERB = 1 << 29, /* may stand between a subject and its verb */
    L_LINK = 1 << 30,   /* inside a name: de, van */
    L_VERB = L_SAY | L_TELL | L_WEAK | L_CALL | L_FRAGMENT,
    L_GENDER = L_MALE | L_FEMALE | L_GROUP
};

struct lexeme {
    const char *word;
    uint32_t classes;
};
extern const struct lexeme lexemes[];
extern const uint32_t lexeme_count;

/* Classes of a folded word by itself; 0: it is not in the lexicon. */
uint32_t lexicon_find(const char *word, size_t length);

/* Classes of a row of the document's words: its own, those of its lemma where it is a form of a
 * verb or a noun, those of its parts where it is contracted ("he'd"). */
uint32_t lexicon_classes(const struct words *words, uint32_t type);

#endif
