/* name.h: the names of a document: who speaks, who is spoken to, who is meant.
 * In: names as the text has them. Out: numbers from 1, equal for equal texts.
 * Invariant: a name's number and text never change while the document lives; what a name means is
 * in its text alone, so that the order in which paragraphs are analysed does not matter. Cost: a
 * hash a look-up. */
#ifndef RHETOR_VOICE_NAME_H
#define RHETOR_VOICE_NAME_H

#include "base/arena.h"
#include "voice/lexicon.h"

struct name {
    const char *text; /* "General Ayla Brandt", "the minister"; NUL-terminated */
    uint32_t length;
    uint32_t hash;
    const char *last;  /* its last word, what a later mention repeats: "Brandt", "minister" */
    const char *first; /* its first word that is no title: "Ayla" */
    uint16_t last_length, first_length;
    uint16_t own; /* words but titles */
};

/* Whether a word is a title: "General", "Mr.", "minister". */
bool is_title_word(const char *word, size_t length);

/* Equal but for the case of ASCII letters. */
bool is_same_word(const char *a, size_t n, const char *b, size_t m);

/* The word at `at` of a text with single blanks, which is moved behind it; false at the end. */
bool name_word_next(const char **at, const char **word, size_t *length);

/* What a first name tells: 1 male, 2 female, 0 nothing. */
uint8_t first_name_gender(const char *word, size_t length);

/* Scratch of the paragraph at hand: its mentions (voice/mention.h), its rows' tokens
 * (voice/voice.c). */
struct mention;
struct inside;

struct names {
    struct arena arena;
    VEC(struct name) rows; /* row 0 is number 1 */
    uint32_t *slots;       /* open addressing: numbers */
    uint32_t slot_count;
    VEC(uint32_t) classes; /* of the document's words, by row; all bits set: not looked up yet */
    VEC(struct mention) mentions;
    VEC(struct inside) insides;
    VEC(struct quotation) found; /* rows without marks */
    struct { uint32_t form, name; } told; /* who the paragraph said "a boy" is; 0: nobody */
};

int32_t names_init(struct names *names, const struct memory *memory);
void names_free(struct names *names);

/* The number of a name; 0: no memory. */
uint32_t names_add(struct names *names, const char *text, size_t length);

/* Its text, NUL-terminated; "" for 0 and numbers that are none. `length` may be NULL. */
const char *names_text(const struct names *names, uint32_t number, uint32_t *length);

/* Makes room for the classes of all words there are; false: no memory. */
bool names_classes_room(struct names *names, const struct words *words);

/* Classes (voice/lexicon.h) of a word, after names_classes_room. */
uint32_t names_classes(struct names *names, const struct words *words, uint32_t type);

#endif
