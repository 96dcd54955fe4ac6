/* pattern_words.h: words, groups and lexicons while patterns are compiled.
 * In: names of lexicons, lemmas, words. Out: items (numbers for words, beginnings and traits) and
 * lists of them; lists become the rules' groups, equal ones once.
 * Invariant: a list's items ascend and are unique. Cost: a lexicon is expanded once. */
#ifndef RHETOR_CUE_PATTERN_WORDS_H
#define RHETOR_CUE_PATTERN_WORDS_H

#include "cue/rules.h"
#include "cue/set.h"

/* A word's row, or with one of these bits a trait or the row of a beginning ("econom*"). */
#define ITEM_TRAIT UINT32_C(0x40000000)
#define ITEM_PREFIX UINT32_C(0x80000000)

struct items { const uint32_t *at; uint32_t count; float share; };

/* A phrase of a lexicon: its words by single blanks; the items of its first, last, rarest word. */
struct phrase { const char *text; uint32_t first, last, rarest; };

/* A lexicon spelled out. Words that must be of a part of speech stand in by_pos. */
struct spelled {
    struct items words;                       /* single words without condition, beginnings */
    struct items by_pos[WORD_OPEN_COUNT];
    const struct phrase *phrases; uint32_t phrase_count;
    struct items all, first, last, needed;    /* single words, and of phrases: none, the first, the
                                                 last, the rarest */
    bool ready;
};

struct word_known { const char *text; uint32_t length; float share; };

struct wordbook {
    struct model *model;
    const struct memory *memory;
    struct arena arena;
    const struct rules *base;                 /* its words are rows 1 on, its groups come first; or NULL */
    struct index rows;                        /* texts to words */
    VEC(struct word_known) words;             /* a base's: share < 0 until asked for */
    VEC(struct spelled) lexicons;             /* by row of the model's */
    VEC(struct items) groups;                 /* equal lists once; behind those of the base */
    VEC(uint32_t) slots;                      /* of groups: hash to row + 1 */
    VEC(uint32_t) scratch;
    bool no_memory;
};

bool wordbook_init(struct wordbook *book, struct model *model, const struct rules *base,
                   const struct memory *memory);
void wordbook_free(struct wordbook *book);

uint32_t item_word(struct wordbook *book, const char *text, size_t length); /* folds */
uint32_t item_trait(uint32_t trait);
float share_of_item(const struct wordbook *book, uint32_t item); /* of all words, by guess */

/* Sorts, makes unique, copies; weighs. */
struct items items_make(struct wordbook *book, uint32_t *items, uint32_t count);
struct items items_join(struct wordbook *book, struct items a, struct items b);

/* Forms of a lemma ("offer", pos WORD_ANY or one). */
struct items items_forms(struct wordbook *book, const char *lemma, size_t length, int pos);

/* The lexicon by row of the model, spelled out. Never NULL. */
const struct spelled *wordbook_lexicon(struct wordbook *book, uint32_t row);

/* The number of the group of these items. */
uint32_t group_of(struct wordbook *book, struct items items);

#endif
