/* clause.h: what the figures share: a sentence cut into pieces, the build of a piece, series of
 * pieces of one build, and small questions about words.
 *
 * Piece:  what stands between two marks that end a clause, without the conjunction before it.
 * Build:  how a member begins and what it is: an infinitive, a verb of some form, a noun with its
 *         modifiers, a clause, what a preposition or a subordinator opens. Members of one build
 *         are what a tricolon, a parallelism, an asyndeton is made of.
 * Series: neighbouring members of one build; the first may be the tail of a longer piece.
 * Everything is linear in the sentence. */
#ifndef RHETOR_FIGURE_CLAUSE_H
#define RHETOR_FIGURE_CLAUSE_H

#include "figure/figure.h"
#include "word/pos.h"

enum { NO_ROW = UINT32_MAX, PARTS_MAX = 64 }; /* of one tag */

/* A stretch of a paragraph's tokens: rows [first, end). */
struct span { uint32_t first, end; };

struct piece {
    struct span span;
    uint32_t joint;    /* row of the conjunction before it, or NO_ROW */
    char mark;         /* what stands before it: , ; : - ( . or 0 at the sentence's beginning */
    bool aside;        /* words thrown in: "indeed", "for the longer term", a bare number */
};

enum build_kind {
    BUILD_NONE,
    BUILD_NOUN,        /* one bare noun */
    BUILD_PHRASE,      /* a noun with modifiers */
    BUILD_NAME,        /* proper names and numbers alone */
    BUILD_ADJECTIVE,
    BUILD_ADVERB,
    BUILD_VERB,        /* detail: its form */
    BUILD_INFINITIVE,
    BUILD_PREPOSITION, /* detail: the word */
    BUILD_LINK,        /* that, who, because: detail is the word */
    BUILD_CLAUSE
};
struct build { enum build_kind kind; uint32_t detail; };

struct member {
    struct span span;
    uint32_t joint;
    char mark;
};

/* Members [first, first + count) of scratch->members. */
struct series {
    struct build build;
    uint32_t count;
    uint32_t joined;       /* members with a conjunction before them */
    uint32_t joint_type;   /* word of the last conjunction, or NO_ROW */
    bool closed;           /* the sentence (or a clause) ends with it */
    const struct member *members;
};

/* A word of the paragraph (around 0) or of one of its neighbours: -1, -2 before it, 1, 2 behind. */
struct word_place { uint32_t row; int32_t around; };

/* ---- Words */

static inline const struct token *token_at(const struct paragraph *paragraph, uint32_t row)
{
    return &paragraph->tokens.at[row];
}

static inline const struct word_type *word_at(const struct words *words,
                                              const struct paragraph *paragraph, uint32_t row)
{
    return words_type(words, token_at(paragraph, row)->type);
}

static inline uint32_t token_end(const struct token *token)
{
    return token->start + token->length;
}

static inline bool is_word(const struct token *token)
{
    return token->kind == TOKEN_WORD || token->kind == TOKEN_NUMBER;
}

bool word_is(const struct word_type *type, const char *text);
/* Whether a word is one of `list`, words each with a blank before and behind: " and or nor ". */
bool word_in(const struct word_type *type, const char *list);

/* The lemma as the part of speech in this place has it. */
uint32_t lemma_of(const struct words *words, const struct token *token);
/* A noun, verb, adjective or adverb that carries content; no name, no number. */
bool is_content(const struct words *words, const struct token *token);
/* be, have, do, make, get, say ...: verbs that everybody uses all the time. */
bool is_light(const struct words *words, const struct token *token);

/* ---- Clauses */

/* Fills scratch->pieces for one sentence. */
bool pieces_find(struct figure_view *view, const struct sentence *sentence);

/* White space, marks and quotation marks at both ends go; false: nothing is left. */
bool span_trim(const struct paragraph *paragraph, struct span *span);

uint32_t span_words(const struct paragraph *paragraph, struct span span);
bool has_finite(const struct words *words, const struct paragraph *paragraph, struct span span);
struct build build_of(const struct words *words, const struct paragraph *paragraph,
                      struct span span);
bool build_agrees(struct build a, struct build b);
/* Where in `span` the last member of this build begins that runs to its end; NO_ROW: nowhere. */
uint32_t build_tail(const struct words *words, const struct paragraph *paragraph, struct span span,
                    struct build build);

/* Each series of three or more in a sentence, and of two that a conjunction joins. `use` false:
 * stop, no memory. */
typedef bool series_use(struct figure_view *view, const struct series *series);
bool series_each(struct figure_view *view, const struct sentence *sentence, series_use *use);

/* Whether all members begin with one word that is no article: "both ..., both ..., both ...". */
bool begin_alike(const struct words *words, const struct paragraph *paragraph,
                 const struct series *series);

/* How like two stretches are: 0 .. 1: words in the same order, the same word counting more than the
 * same part of speech. `same`: content words that both have in the same place. */
float likeness(const struct words *words, const struct paragraph *paragraph, struct span a,
               struct span b, uint32_t *same);

/* Two neighbours that may be of one build: what stands on both sides of a conjunction, two
 * pieces, two sentences. Of the first only the tail is taken that is most like the second. */
enum pair_kind { PAIR_JOINED, PAIR_PIECES, PAIR_SENTENCES };
struct pair {
    enum pair_kind kind;
    struct span a, b;
    uint32_t joint;    /* row of the conjunction, or NO_ROW */
    float like;
    uint32_t same;
};
typedef bool pair_use(struct figure_view *view, const struct pair *pair);
bool pairs_each(struct figure_view *view, pair_use *use);

/* Series that conjunctions alone hold together: A and B and C. */
bool joined_each(struct figure_view *view, const struct sentence *sentence, series_use *use);

/* Whether a quotation begins or ends inside the span and not with it: "Yes," she said, "and ...".
 */
bool crosses_quotation(const struct paragraph *paragraph, struct span span);

/* Emits `series` (or any members) with parts first, second, third, then member. */
bool members_emit(struct figure_view *view, const struct member *members, uint32_t count,
                  float score);
bool span_emit(struct figure_view *view, struct span span, float score,
               const struct figure_part *parts, uint32_t part_count);

/* ---- The detectors, for table.c */
figure_find alliteration_find, anadiplosis_find, anaphora_find, antithesis_find, asyndeton_find,
    chiasmus_find, epistrophe_find, parallelism_find, polyptoton_find, polysyndeton_find,
    repetition_near_find, tricolon_find;

#endif
