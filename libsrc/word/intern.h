/* intern.h: the words of one document, each once.
 * In: the tokens of a paragraph. Out: token.type, .pos, .confidence and the name flag; a row for each
 * different word with what the table and the engine's vocabulary know of it.
 * Invariant: rows are never moved or removed while the document lives. Cost: a hash a token; a look-up
 * in the table a different word. */
#ifndef RHETOR_WORD_INTERN_H
#define RHETOR_WORD_INTERN_H

#include "base/arena.h"
#include "segment/paragraph.h"
#include "word/word.h"

/* What the engine asks of words: numbers below `count` for lexicons and required groups, which it hands out per
 * word. `find` returns a lent array of group numbers for a folded word; it is called once a word. */
struct vocabulary {
    const void *user;
    const uint32_t *(*find)(const void *user, const char *folded, uint32_t length,
                            const struct word_info *info, uint32_t *count, struct arena *arena);
};

struct word_type {
    const char *text;         /* folded: lower case, straight apostrophe; NUL-terminated */
    uint32_t length;
    uint32_t hash;
    uint32_t lemma[4];        /* rows of the lemma as noun, verb, adjective, adverb; itself if none */
    const uint32_t *groups;   /* the engine's numbers for it (lexicons, required words), ascending */
    uint32_t group_count;
    uint8_t sound;            /* initial sound, word_sound() */
    uint8_t function;         /* 1: function word */
    uint8_t spare[2];
    struct word_info info;
};

struct words {
    struct arena arena;
    struct vocabulary vocabulary;
    VEC(struct word_type *) types;
    uint32_t *slots;          /* open addressing: row + 1 */
    uint32_t slot_count;      /* a power of two */
    VEC(char) scratch;        /* of one sentence */
};

int32_t words_init(struct words *words, const struct memory *memory,
                   const struct vocabulary *vocabulary);
void words_free(struct words *words);

/* The row of a folded word, made where it is new. UINT32_MAX: no memory. */
uint32_t words_intern(struct words *words, const char *folded, uint32_t length);

/* Fills type, pos, confidence and TOKEN_NAME of a paragraph's tokens. */
int32_t words_find(struct words *words, struct paragraph *paragraph);

static inline const struct word_type *words_type(const struct words *words, uint32_t row)
{
    return words->types.at[row];
}

#endif
