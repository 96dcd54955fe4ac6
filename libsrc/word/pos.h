/* pos.h: parts of speech in context.
 * In: what is known of the words of one sentence, and how they are written. Out: for each token a
 * part of speech, a confidence and (if asked) the form in which a noun or verb stands. Invariant:
 * allocates nothing; equal input, equal output. Cost: linear; some 30 ns a token. */
#ifndef RHETOR_WORD_POS_H
#define RHETOR_WORD_POS_H

#include "word/word.h"

/* The first four are enum word_open's numbers. */
enum pos {
    POS_NOUN,
    POS_VERB,
    POS_ADJECTIVE,
    POS_ADVERB,
    POS_NAME,       /* proper names, months and days */
    POS_PRONOUN,    /* it's, they'll too; that before a verb */
    POS_DETERMINER, /* my, their too; whose is POS_WH */
    POS_PREPOSITION,
    POS_CONJUNCTION, /* subordinators too */
    POS_MODAL,       /* can't too */
    POS_AUXILIARY,   /* be always; have and do before a verb */
    POS_PARTICLE,    /* to before a verb, not, up in "give up" */
    POS_NUMBER,
    POS_WH,
    POS_INTERJECTION,
    POS_PUNCT,
    POS_OTHER,
    POS_COUNT
};

enum pos_flag {
    POS_CAPITAL = 1, /* first letter is upper case */
    POS_UPPER = 2,   /* all letters, two or more */
    POS_FIRST = 4,   /* first word of its sentence or quotation */
    POS_IS_NUMBER = 8,
    POS_IS_PUNCT = 16,
    POS_BREAK = 32 /* punctuation that ends a clause */
};

/* confidence: 0..100, how likely the part of speech is; below 75 it is a hint only. */
void pos_tag(const struct word_info *const *infos, const uint8_t *flags, size_t n, uint8_t *pos,
             uint8_t *confidence);

/* The same, and enum word_form for nouns (base, plural) and verbs (base also for the finite
 * present: "they offer"; past told from participle); 0 for the rest. */
void pos_tag_forms(const struct word_info *const *infos, const uint8_t *flags, size_t n,
                   uint8_t *pos, uint8_t *confidence, uint8_t *form);

const char *pos_name(int pos); /* "noun" …; NULL out of range */

#endif
