/* pattern_piece.h: a pattern as a tree, between pattern.c (parse, write), pattern_brace.c (what
 * stands in braces) and pattern_facts.c (what it requires). */
#ifndef RHETOR_CUE_PATTERN_PIECE_H
#define RHETOR_CUE_PATTERN_PIECE_H

#include "cue/pattern.h"

enum piece_kind {
    PIECE_TEXT,      /* one character */
    PIECE_RAW,       /* handed to PCRE2 as it stands */
    PIECE_SPACE,
    PIECE_WORDS,     /* one of several words or phrases */
    PIECE_GAP, PIECE_CLAUSE, PIECE_REST,
    PIECE_GROUP,     /* text: its opening; first: a choice, or nothing */
    PIECE_CHOICE,    /* of sequences */
    PIECE_SEQUENCE,
    PIECE_REPEAT     /* text: the quantifier */
};

/* What a raw piece may do at its edges. */
enum edge { EDGE_BEGIN = 1, EDGE_END = 2, EDGE_EMPTY = 4, EDGE_BOUNDARY = 8 };
enum look { LOOK_NONE, LOOK_AHEAD, LOOK_BEHIND, LOOK_NOT };
enum contracts {
    CONTRACTS_BE = 1,
    CONTRACTS_HAVE = 2,
    CONTRACTS_WILL = 4,
    CONTRACTS_D = 8,
    CONTRACTS_S = 16
};

enum stems { STEM_CA = 1, STEM_WO = 2, STEM_SHA = 4 }; /* before n't */

struct word_piece {
    struct items literal;                  /* words written out */
    uint32_t literal_test;                 /* rows of tests for these, or NONE */
    uint32_t test;                         /* any word that passes these, or NONE */
    const struct phrase *phrases; uint32_t phrase_count;
    struct items needed, first, last;      /* of which one must stand; with which it begins, ends */
    struct items alone;                    /* beside phrases: single words */
    bool any;                              /* any word */
    bool negated;                          /* a word that is none of these */
    bool is_not, auxiliary;
    uint8_t stems;                         /* enum stems, of can, will, shall */
    uint8_t contracts;                     /* enum contracts */
};

struct piece {
    struct piece *first, *next;
    const char *text; uint32_t length;
    uint32_t offset;                       /* in the source */
    uint32_t letter;                       /* TEXT: code point */
    uint32_t least, most;                  /* REPEAT: bounds, NONE: no upper. GAP: most words */
    const struct word_piece *words;        /* WORDS; GAP: not over these; RAW: digits */
    enum piece_kind kind;
    uint8_t edges, look;
    bool opaque, alone;
};

struct parser {
    struct compiler *compiler;
    const struct text_item *item;
    const char *text;
    uint32_t at, depth;
    uint32_t origin, nested; /* of a built-in's source: where it is asked for, how deep */
    bool raw, failed;
};

struct writer {
    struct compiler *compiler;
    struct translated *translated;
    VEC(char) out;
    VEC(struct regex_place) map;
    bool raw, too_many;
    bool bounded;                          /* no letter stands before what comes next */
    bool behind;                           /* in a look-behind, where a blank is one character */
};

struct piece *piece_new(struct parser *parser, enum piece_kind kind, uint32_t from, uint32_t to);
struct piece *parse_brace(struct parser *parser);
struct piece *parse_nested(struct parser *parser, const char *source);
void facts_find(struct parser *parser, const struct piece *root, struct translated *out,
                bool *begins, bool *ends);

static inline bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

#endif
