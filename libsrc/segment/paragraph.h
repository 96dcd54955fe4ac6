/* paragraph.h: the rows that the steps of the way hand on, for one paragraph.
 *
 * A document is tiled by paragraphs: each owns its text with the blank lines behind it. All offsets in
 * these rows are bytes from the paragraph's first byte, so that an edit elsewhere changes none.
 * Each step fills its own arrays and reads those above them. Arrays are kept and reused when the
 * paragraph is analysed again. */
#ifndef RHETOR_SEGMENT_PARAGRAPH_H
#define RHETOR_SEGMENT_PARAGRAPH_H

#include "base/memory.h"
#include "text/split.h"

enum token_kind { TOKEN_WORD = 1, TOKEN_NUMBER, TOKEN_PUNCTUATION, TOKEN_SYMBOL };
enum token_flag {
    TOKEN_CAPITAL = 1,    /* first letter is upper case */
    TOKEN_UPPER = 2,      /* all letters are, two or more */
    TOKEN_GLUED = 4,      /* no white space before it */
    TOKEN_FIRST = 8,      /* first word of its sentence (or of a quotation in it) */
    TOKEN_BREAK = 16,     /* punctuation that ends a clause: , ; : . ! ? — ( ) and dashes */
    TOKEN_NON_ASCII = 32,
    TOKEN_NAME = 64,      /* set by word/: a proper name in this place */
    TOKEN_LINE = 128      /* first token of a line */
};

/* A word as ICU's word iterator gives it (apostrophes inside belong to it: "don't", "Anna's"), or one
 * punctuation character. White space makes no token. */
struct token {
    uint32_t start;
    uint32_t type;        /* row of the document's words (word/intern.h); set by word/ */
    uint16_t length;      /* longer words are cut into tokens of at most 65535 */
    uint8_t kind;
    uint8_t flags;
    uint8_t pos;          /* word/pos.h, with its confidence 0..100; set by word/ */
    uint8_t confidence;
    uint16_t sentence;    /* low 16 bits of the sentence's row: a hint */
};

struct sentence {
    uint32_t start, end;          /* bytes, white space trimmed */
    uint32_t first_token, token_count;
};

/* A pair of quotation marks (or one paragraph's part of it), outermost first by start. Pairing is
 * segment/'s; voice, speaker, addressee, frame are voice/'s. */
struct quotation {
    uint32_t start, end;             /* with the marks */
    uint32_t inner_start, inner_end; /* without */
    uint32_t frame_start, frame_end; /* the speaker's mention; 0,0: none in this paragraph */
    uint32_t speaker, addressee;     /* name numbers (voice/name.h); 0 unknown */
    uint8_t voice;                   /* enum rhetor_voice */
    uint8_t depth;                   /* 1 outermost */
    uint8_t flags;                   /* enum rhetor_quotation_flag */
    uint8_t mark;                    /* enum quotation_mark */
};

enum quotation_mark { MARK_NONE, MARK_DOUBLE, MARK_SINGLE, MARK_CURLY, MARK_CURLY_SINGLE, MARK_GUILLEMET,
                      MARK_SINGLE_GUILLEMET, MARK_LOW, MARK_LOW_SINGLE, MARK_CORNER, MARK_WHITE_CORNER };

/* What one paragraph tells the next: quotations still open, and who was lately named. Plain bytes, so
 * that two states are equal when memcmp says so: zero it first, and leave no padding undefined. */
enum { CONTEXT_OPEN = 4, CONTEXT_NAMES = 12, CONTEXT_KNOWN = 4 };
struct context {
    struct {
        uint8_t mark, voice, spare[2];
        uint32_t speaker, addressee;
    } open[CONTEXT_OPEN];
    uint32_t open_count;
    struct {
        uint32_t name;     /* voice/name.h */
        uint8_t gender;    /* bits of word/: 1 male, 2 female, 4 group */
        uint8_t age;       /* paragraphs since it was named; dropped after 8 */
        uint8_t spare[2];
    } names[CONTEXT_NAMES]; /* latest first */
    uint32_t name_count;
    struct {               /* words that the paragraph's end announces ("He said:") */
        uint32_t speaker, addressee;
        uint8_t voice, waits, spare[2];
    } frame;
    struct {               /* a dialogue's last speaker, and the one before */
        uint32_t speaker, other;
        uint8_t voice;
        uint8_t quiet;     /* paragraphs since without speech; forgotten after 2 */
        uint8_t spare[2];
    } turn;
    struct { uint32_t self, you; } letter;          /* "From: ...", "To: ...", "Dear ..."; 0: none */
    struct { uint32_t speaker, addressee, quiet; } script; /* whom the text tells what to say;
                                                              paragraphs since, forgotten after 12 */
    struct {
        uint32_t form, name; /* "a boy", who the text said is "Col" */
    } known[CONTEXT_KNOWN];  /* latest first */
};

/* What a paragraph tells of names, for the whole document's sake (voice/person.h). */
enum naming_kind { NAMING_NAME = 1, NAMING_NEW /* "a boy" */, NAMING_TOLD /* who is `name` */ };
struct naming {
    uint32_t form, name;
    uint8_t kind, gender, spare[2];
};

/* A role of a tag. */
struct role {
    uint32_t name;       /* number in the engine's role names */
    uint32_t start, end; /* bytes */
    uint32_t party;      /* name number or 0 */
};

enum tag_kind { TAG_CUE = 1, TAG_FIGURE, TAG_MOVE, TAG_SERIES };

struct tag {
    uint32_t start, end;           /* a move's or a figure's may pass the paragraph's end */
    uint32_t read_start, read_end;
    uint32_t device;               /* engine device */
    uint32_t rule;                 /* engine rule */
    uint32_t first_role;           /* in the paragraph's roles */
    uint32_t id;
    uint32_t speaker, addressee;   /* only of a dialogue tag; else the quotation's */
    int32_t quotation;             /* row of the paragraph's quotations or -1 */
    float score;
    uint16_t role_count;
    uint8_t voice;
    uint8_t kind;                  /* enum tag_kind */
};

struct paragraph {
    char *bytes;                   /* length + 1, NUL behind; valid UTF-8 (bad bytes masked by 0x1A) */
    char *original;                /* the caller's bytes where they differ, else NULL */
    uint32_t length;               /* with the blank lines behind */
    uint32_t index;                /* in the document; kept by document/ */
    uint8_t flags;                 /* enum paragraph_flag */
    uint8_t state;                 /* kept by document/ */
    uint8_t looks_on;              /* its rows depend on how the next one begins; kept by document/ */
    VEC(struct token) tokens;
    VEC(struct sentence) sentences;
    VEC(struct quotation) quotations;
    VEC(struct naming) namings;
    VEC(struct tag) tags;          /* of this paragraph alone: cues, figures */
    VEC(struct role) roles;
    VEC(struct tag) window_tags;   /* anchored here but read from neighbours: moves, wide figures */
    VEC(struct role) window_roles;
    VEC(uint32_t) shingles;        /* kept by figure/repetition */
    struct context in, out;
};

#endif
