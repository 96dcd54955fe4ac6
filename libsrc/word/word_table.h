/* word_table.h: the shape of the table that build_table writes and word.c reads.
 * Invariant: no pointers but the arrays themselves; words lie in one pool, NUL after each. Rows are
 * open addressing: a word stands at word_hash() & mask or behind it, before the first empty row. */
#ifndef RHETOR_WORD_WORD_TABLE_H
#define RHETOR_WORD_WORD_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* What is known of a word; words that are alike share one. */
struct word_record {
    uint64_t classes, first_classes;
    uint32_t closed;
    uint16_t freq[4];
    uint8_t pronoun, gender;
    uint8_t strong; /* enum word_form: verb forms that are irregular and have no regular one */
    uint8_t spare;
};

struct word_row {
    uint32_t text; /* offset in the pool; 0: empty row */
    uint16_t record;
    uint8_t length;
    uint8_t tag; /* high bits of the hash */
};

/* form -> lemma, for what the regular rules do not say. In hash order of the form, chained as the
 * rows are; by_lemma lists them in order of the lemma's text. */
struct word_irregular {
    uint32_t form, lemma; /* offsets in the pool; 0: empty row */
    uint8_t form_length, lemma_length;
    uint8_t pos, bits; /* enum word_open, enum word_form */
};

struct word_table {
    const char *pool;
    const struct word_record *records;
    const struct word_row *rows;
    const struct word_irregular *irregulars;
    const uint16_t *by_lemma;
    uint32_t row_mask, irregular_mask, by_lemma_count;
};

extern const struct word_table word_table;

static inline uint32_t word_hash(const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    hash ^= hash >> 15;
    hash *= 0x2c1b3c6du;
    return hash ^ hash >> 13;
}

#endif
