/* word.h: what English knows of a word.
 * In: a folded word (lower-case UTF-8, straight apostrophe). Out: parts of speech with how often
 * each was seen, lemma and form for each, semantic classes, closed-class bits; all forms of a
 * lemma; initial sound. Invariant: everything is constant data (word_table.c, made by build_table),
 * so every function may be called from any thread and allocates nothing.
 * Cost: about 100 ns a word of running prose, inflected or not. */
#ifndef RHETOR_WORD_WORD_H
#define RHETOR_WORD_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The open parts of speech; they index freq, lemma and form below. */
enum word_open {
    WORD_NOUN,
    WORD_VERB,
    WORD_ADJECTIVE,
    WORD_ADVERB,
    WORD_OPEN_COUNT,
    WORD_ANY = -1
};

enum { WORD_MAX = 48, WORD_FORMS_MAX = 24 }; /* bytes of a form with its NUL; forms of a lemma */

/* Closed classes and what else the hand-written lists say. */
enum word_closed {
    WORD_DETERMINER = 1u << 0, /* the, this, every, some */
    WORD_POSSESSIVE = 1u << 1, /* my, their; also whose */
    WORD_PRONOUN = 1u << 2,    /* he, mine, themselves, nobody */
    WORD_PREPOSITION = 1u << 3,
    WORD_CONJUNCTION = 1u << 4,  /* and, or, but, nor, yet */
    WORD_SUBORDINATOR = 1u << 5, /* because, although, if, that */
    WORD_MODAL = 1u << 6,
    WORD_BE = 1u << 7, /* any form; contractions too: it's, aren't */
    WORD_HAVE = 1u << 8,
    WORD_DO = 1u << 9,
    WORD_NEGATION = 1u << 10, /* not, never, don't */
    WORD_WH = 1u << 11,
    WORD_TO = 1u << 12,
    WORD_PARTICLE = 1u << 13, /* up, out, away: may follow a verb */
    WORD_NUMBER = 1u << 14,   /* three, million, dozen */
    WORD_ORDINAL = 1u << 15,
    WORD_INTERJECTION = 1u << 16,
    WORD_FUNCTION_ADVERB = 1u << 17, /* then, thus, very, also: adverbs that carry no content */
    WORD_MONTH = 1u << 18,
    WORD_DAY = 1u << 19,
    WORD_NATION = 1u << 20,      /* a country */
    WORD_DEMONYM = 1u << 21,     /* French, Peruvian: adjective, people or language */
    WORD_TITLE = 1u << 22,       /* Mr, President, Professor */
    WORD_GIVEN = 1u << 23,       /* a given name */
    WORD_PROPER = 1u << 24,      /* its first noun sense is a proper name (Einstein, Paris) */
    WORD_CONTRACTION = 1u << 25, /* two words in one: it's, don't, we'll */
    WORD_GENITIVE = 1u << 26,    /* 's or ' was taken off */
    WORD_UNKNOWN = 1u << 27,     /* not in the table: the rest is guessed from its ending */
    WORD_COPULA = 1u << 28,      /* seem, become, remain: adjectives follow */
    WORD_ABBREVIATION = 1u << 29 /* a stop behind it may end no sentence: Mr, Inc, U.S */
};

/* The form in which a word stands, by part of speech; bits, since "cut" is several. */
enum word_form {
    WORD_BASE = 1,
    WORD_PLURAL = 2, /* nouns */
    WORD_THIRD = 2,  /* verbs: offers */
    WORD_PAST = 4,
    WORD_PARTICIPLE = 8, /* offered, given */
    WORD_ING = 16,
    WORD_COMPARATIVE = 2, /* adjectives, adverbs */
    WORD_SUPERLATIVE = 4
};

enum word_pronoun {
    WORD_FIRST_PERSON = 1,
    WORD_SECOND_PERSON = 2,
    WORD_THIRD_PERSON = 4,
    WORD_PLURAL_PERSON = 8,
    WORD_SUBJECT = 16,
    WORD_OBJECT = 32,
    WORD_OWNER = 64,
    WORD_REFLEXIVE = 128
};

enum word_gender { WORD_MALE = 1, WORD_FEMALE = 2, WORD_GROUP = 4, WORD_NEUTER = 8 };

/* Initial sound: a phoneme class, not a letter. */
enum word_sound {
    SOUND_NONE,
    SOUND_P,
    SOUND_B,
    SOUND_T,
    SOUND_D,
    SOUND_K,
    SOUND_G,
    SOUND_F,
    SOUND_V,
    SOUND_TH,
    SOUND_S,
    SOUND_Z,
    SOUND_SH,
    SOUND_CH,
    SOUND_J,
    SOUND_M,
    SOUND_N,
    SOUND_L,
    SOUND_R,
    SOUND_W,
    SOUND_Y,
    SOUND_H,
    SOUND_VOWEL_A,
    SOUND_VOWEL_E,
    SOUND_VOWEL_I,
    SOUND_VOWEL_O,
    SOUND_VOWEL_U
};

/* Bits of word_info.classes: WordNet's lexicographer files by their numbers (0..44), and these. */
enum word_class {
    WORD_CLASS_FILES = 45,
    WORD_CLASS_NOUN = 60,
    WORD_CLASS_VERB,
    WORD_CLASS_ADJECTIVE,
    WORD_CLASS_ADVERB
};

struct word_lemma {
    const char *text; /* constant data, or the looked-up word itself; not NUL-terminated */
    uint8_t length;   /* 0: the word is not of this part of speech */
};

struct word_info {
    uint64_t classes;       /* of all frequent senses, over its parts of speech */
    uint64_t first_classes; /* of first senses alone */
    struct word_lemma lemma[WORD_OPEN_COUNT];
    uint32_t closed; /* enum word_closed */
    uint16_t
        freq[WORD_OPEN_COUNT]; /* share of the lemma's count that falls to this form; 0: unseen */
    uint8_t form[WORD_OPEN_COUNT]; /* enum word_form; 0: not of this part of speech */
    uint8_t pronoun;               /* enum word_pronoun */
    uint8_t gender;                /* enum word_gender: pronouns, given names, king, mother */
};

void word_lookup(const char *folded, size_t length, struct word_info *out);

/* A function word: it carries grammar, no content. */
bool word_is_function(const struct word_info *info);

/* The inflected forms of a lemma, itself first, each once; `pos` WORD_ANY: for all parts of speech
 * that the word has. An unknown word is inflected as noun and verb. Returns their number, at most
 * `cap`. */
size_t word_forms(const char *lemma, size_t length, int pos, char out[][WORD_MAX], size_t cap);

/* "n:person", "v:communication", "a:relational", "n", "v", "a", "r": the bit; -1 where there is
 * none. */
int word_class_bit(const char *name, size_t length);
/* The name of a bit, NULL where none; bits run below 64. For messages. */
const char *word_class_name(int bit);

/* Initial sound; and that of the stressed part, without a weak beginning (un-, be-, a-). */
uint8_t word_sound(const char *folded, size_t length);
uint8_t word_stress_sound(const char *folded, size_t length);

#endif
