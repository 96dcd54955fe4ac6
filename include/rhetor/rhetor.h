/* rhetor.h: reads prose and says where the rhetoric is.
 *
 * An engine holds compiled pattern sets; a document holds one text and its tags. Every
 * declaration below says its units, its owner, its lifetime, its thread rule and its failures.
 *
 * Units.    Offsets and lengths are bytes of UTF-8, spans are half-open [start, end), all are
 *           uint32_t: a text is smaller than 4 GiB. Lines and columns count from 1.
 * Owner.    A getter lends; what it lends stays the document's (until the next call that takes the
 *           document as non-const) or the engine's (until its last release). Nothing else is lent.
 * Threads.  An engine never changes and may be shared by any number of threads. A document is used
 *           by one thread at a time. The library has no global state.
 * Failure.  Functions that can fail return an int32_t status: RHETOR_OK, RHETOR_MORE or a negative
 *           rhetor_status. After a failure the object is as it was before the call.
 * Structs.  A struct that the caller fills or hands over begins with `size` = sizeof of it, so that
 *           fields can be added at the end; arrays are copied with the caller's element size.
 */
#ifndef RHETOR_H
#define RHETOR_H

#include <stdint.h>

#if defined(__GNUC__) && !defined(_WIN32)
#pragma GCC visibility push(default)
#endif
#ifdef __cplusplus
extern "C" {
#endif
/* BEGIN DECLARATIONS: from here to END everything is plain C, for readers without preprocessor. */

/* ---- Version ------------------------------------------------------------------------------- */

enum { RHETOR_ABI = 1 };

/* The ABI number the library was built with; equal to RHETOR_ABI of the header that fits it. */
uint32_t rhetor_abi(void);

/* "1.0.0"; static storage. */
const char *rhetor_version(void);

/* ---- Status and errors ---------------------------------------------------------------------- */

enum rhetor_status {
    RHETOR_OK = 0,
    RHETOR_MORE = 1,           /* the step ended before the work did: call again */
    RHETOR_E_ARGUMENT = -1,    /* NULL, reversed or out-of-range argument */
    RHETOR_E_MEMORY = -2,      /* the allocator returned NULL */
    RHETOR_E_LIMIT = -3,       /* text, set or span beyond a stated limit */
    RHETOR_E_CANCELLED = -4,   /* the cancel flag was set; what was analysed so far stands */
    RHETOR_E_READ = -5,        /* a file could not be read */
    RHETOR_E_SET = -6,         /* a pattern set has errors; see the builder's diagnostics */
    RHETOR_E_UNKNOWN = -7,     /* no such device, tag, unit, ... */
    RHETOR_E_STALE = -8,       /* the generation is not the document's */
    RHETOR_E_INTERNAL = -9     /* ICU or PCRE2 failed in a way that is not the caller's doing */
};

/* "RHETOR_E_MEMORY" and so on; "RHETOR_?" for an unknown number. Static storage. */
const char *rhetor_status_name(int32_t status);

/* What went wrong, where, and what to do. Filled by the callee where the caller passes one (NULL is
 * allowed everywhere); valid as long as the caller keeps it. Zero means "no such place". */
typedef struct rhetor_error {
    uint32_t size;
    int32_t status;
    uint32_t byte;
    uint32_t line;
    uint32_t column;
    char message[512];
    char advice[256];
} rhetor_error;

/* One finding about a text or a pattern set. Strings are lent, NUL-terminated, never NULL. */
enum rhetor_severity { RHETOR_NOTE = 1, RHETOR_WARNING = 2, RHETOR_ERROR = 3 };
typedef struct rhetor_diagnostic {
    int32_t severity;
    uint32_t byte;             /* offset in the text or the file; 0 where unknown */
    uint32_t line;             /* from 1; 0 where there is no place */
    uint32_t column;           /* bytes, from 1 */
    const char *code;          /* stable short name: "unclosed-quotation", "unknown-key" */
    const char *file;          /* the pattern set's name as given; "" for a document */
    const char *message;       /* one sentence */
    const char *advice;        /* what to do; may be "" */
} rhetor_diagnostic;

/* ---- Options -------------------------------------------------------------------------------- */

/* `resize(user, NULL, n)` allocates, `(p, 0)` frees and returns NULL, else reallocates; the memory is
 * aligned as malloc's. Called from every thread that uses the engine or a document of it. */
typedef void *(*rhetor_resize)(void *user, void *old, uint64_t new_size);

/* Options of an engine. All zero (but size) means the defaults, which are given in brackets. */
typedef struct rhetor_options {
    uint32_t size;
    uint32_t no_builtin;       /* 1: start without the built-in pattern sets [0] */
    uint32_t match_limit;      /* PCRE2 match limit for one match [100000] */
    uint32_t depth_limit;      /* PCRE2 depth limit [5000] */
    uint32_t heap_limit;       /* PCRE2 heap limit in KiB [4096] */
    uint32_t text_limit;       /* longest text in bytes [1 GiB] */
    float min_score;           /* tags with a lower score are not shown [0.5]; below 0: show all */
    uint32_t unmerged;         /* 1: overlapping tags of one device stay apart and hidden
                                * devices are shown, to test patterns [0] */
    rhetor_resize resize;      /* [realloc and free] */
    void *user;                /* first argument of resize */
} rhetor_options;

/* ---- Engine --------------------------------------------------------------------------------- */

typedef struct rhetor_builder rhetor_builder;
typedef struct rhetor_engine rhetor_engine;

/* An engine with the built-in sets alone. Free with rhetor_engine_release.
 * Fails: E_ARGUMENT (out NULL), E_MEMORY. options and error may be NULL. */
int32_t rhetor_engine_new(const rhetor_options *options, rhetor_engine **out, rhetor_error *error);

/* A builder collects pattern sets, later ones over earlier ones, and makes an engine of them.
 * One thread at a time. Free with rhetor_builder_free (NULL is allowed). */
int32_t rhetor_builder_new(const rhetor_options *options, rhetor_builder **out, rhetor_error *error);
void rhetor_builder_free(rhetor_builder *builder);

/* Adds a pattern set from a file, or every *.yaml of a folder in the order of their names.
 * A set with errors contributes what is sound in it; the rest is said in the diagnostics and the call
 * returns E_SET. E_READ where nothing could be read, E_LIMIT for a file over 8 MiB. */
int32_t rhetor_builder_add_path(rhetor_builder *builder, const char *path, rhetor_error *error);

/* The same from memory; `name` stands for the file in diagnostics. Both are copied. */
int32_t rhetor_builder_add_text(rhetor_builder *builder, const char *name, const char *text,
                                uint32_t length, rhetor_error *error);

/* What was found wrong so far, in order. Lent until the next call with this builder. */
const rhetor_diagnostic *rhetor_builder_diagnostics(const rhetor_builder *builder, uint32_t *count);

/* Makes the engine; the builder stays and must still be freed. Fails: E_MEMORY. */
int32_t rhetor_builder_finish(rhetor_builder *builder, rhetor_engine **out, rhetor_error *error);

/* An example or counter-example of a rule, as its author wrote it: "We [[will fund [[offer:a clinic]]]]."
 * The marked stretch is what the rule must tag, a marked role what the role must be. */
typedef struct rhetor_example {
    uint32_t size;
    uint32_t counter;          /* 1: the rule must not fire on it */
    const char *rule;          /* its rule's id; of an antipattern the id that diagnostics call it by */
    const char *device;        /* "" for an antipattern of a whole set */
    const char *text;          /* with its marks */
    const char *file;
    uint32_t line;
    uint32_t column;
    uint32_t exempts;          /* 1: of an antipattern */
    uint32_t reserved;
} rhetor_example;

/* Fills *out with the example `index` of all sets of the builder, the built-in ones included; strings are the
 * builder's. E_ARGUMENT, E_MEMORY, E_UNKNOWN past the end. */
int32_t rhetor_builder_example(rhetor_builder *builder, uint32_t index, rhetor_example *out);

/* Reference count, atomic. A document holds a reference of its own, so the order of release is free.
 * Release of NULL does nothing. Retain returns its argument. */
rhetor_engine *rhetor_engine_retain(rhetor_engine *engine);
void rhetor_engine_release(rhetor_engine *engine);

/* A device of the catalogue. All strings are lent by the engine and never NULL. */
typedef struct rhetor_device {
    uint32_t size;
    uint32_t index;
    const char *id;            /* "carrot-and-stick": stable */
    const char *name;          /* "Carrot and stick" */
    const char *family;        /* "inducement" */
    const char *definition;
    const char *references;    /* "Schelling 1960; ..." or "" */
    const char *set;           /* the set that defines it, "rhetor-en" */
    const char *set_version;
} rhetor_device;

uint32_t rhetor_engine_device_count(const rhetor_engine *engine);

/* Fills *out (whose size the caller has set). E_ARGUMENT, E_UNKNOWN past the end. */
int32_t rhetor_engine_device(const rhetor_engine *engine, uint32_t index, rhetor_device *out);

/* The index of a device, or RHETOR_NONE. */
enum { RHETOR_NONE = -1 };
int32_t rhetor_engine_find_device(const rhetor_engine *engine, const char *id);

/* A pattern, a move or a figure detector as the engine holds it: where a tag comes from. */
enum rhetor_rule_kind { RHETOR_CUE = 1, RHETOR_FIGURE = 2, RHETOR_MOVE = 3, RHETOR_SERIES = 4 };
typedef struct rhetor_rule {
    uint32_t size;
    uint32_t index;
    uint32_t device;           /* index of its device */
    int32_t kind;              /* rhetor_rule_kind */
    float weight;              /* 0..1 */
    uint32_t line;             /* in file */
    const char *id;            /* "carrot/willing-to", "figure/anaphora" */
    const char *source;        /* the pattern as its author wrote it; "" for a figure */
    const char *regex;         /* what PCRE2 gets, lexicons expanded; "" for figures and moves */
    const char *anchors;       /* words of which one must occur, blank-separated; "" = runs everywhere */
    const char *file;          /* where it stands; "built-in:facework.yaml" for a built-in set */
    const char *set;
    const char *set_version;
    const char *conditions;    /* what else is asked of a match, a fact a line, as its keys are: "scope: clause" */
    uint32_t column;           /* in line, bytes; 0 where there is no place */
    uint32_t reserved;
} rhetor_rule;
uint32_t rhetor_engine_rule_count(const rhetor_engine *engine);
int32_t rhetor_engine_rule(const rhetor_engine *engine, uint32_t index, rhetor_rule *out);

/* The name of a role ("recipient"), lent by the engine; "" past the end. */
const char *rhetor_engine_role_name(const rhetor_engine *engine, uint32_t role);

/* ---- Document ------------------------------------------------------------------------------- */

typedef struct rhetor_document rhetor_document;

/* An empty document. Free with rhetor_document_free (NULL is allowed). */
int32_t rhetor_document_new(rhetor_engine *engine, rhetor_document **out, rhetor_error *error);
void rhetor_document_free(rhetor_document *document);

/* Takes a copy of the text and forgets the old one; nothing is analysed yet. NULs are text; invalid
 * UTF-8 is read as U+FFFD byte by byte, and a diagnostic names the first bad byte.
 * Fails: E_ARGUMENT, E_MEMORY, E_LIMIT (longer than options.text_limit). */
int32_t rhetor_document_set_text(rhetor_document *document, const char *text, uint32_t length);

/* Analyses what is not analysed yet. E_MEMORY, E_CANCELLED. */
int32_t rhetor_document_analyse(rhetor_document *document, rhetor_error *error);

/* The same in slices: about `budget` bytes of text, then RHETOR_MORE, or RHETOR_OK when all is done.
 * A slice ends between paragraphs. */
int32_t rhetor_document_step(rhetor_document *document, uint32_t budget, rhetor_error *error);

/* Bytes analysed and bytes in all. */
void rhetor_document_progress(const rhetor_document *document, uint32_t *done, uint32_t *total);

/* A flag of the caller's, looked at between sentences; non-zero cancels. NULL takes it away. The only
 * field of a document that another thread may change. */
void rhetor_document_set_cancel(rhetor_document *document, const volatile uint32_t *flag);

/* Increases with every set_text and edit; never 0 once there is text. */
uint32_t rhetor_document_generation(const rhetor_document *document);

/* The text as it stands, invalid bytes and all; lent, NUL-terminated. */
const char *rhetor_document_text(rhetor_document *document, uint32_t *length);

/* Diagnostics about the text ("invalid-utf8", "unclosed-quotation", "limit"). Lent. */
const rhetor_diagnostic *rhetor_document_diagnostics(rhetor_document *document, uint32_t *count);

/* ---- Tags ----------------------------------------------------------------------------------- */

/* In whose voice a tag stands. */
enum rhetor_voice {
    RHETOR_AUTHOR = 0,
    RHETOR_QUOTED = 1,         /* words reported as really said or written */
    RHETOR_SCRIPTED = 2        /* words the author invents for somebody to say */
};

/* One device over one stretch of text. Tags are sorted by start, then by end descending. */
typedef struct rhetor_tag {
    uint32_t id;               /* stable while no edit touches [read_start, read_end) */
    uint32_t device;           /* index into the engine's devices */
    uint32_t start;            /* bytes */
    uint32_t end;
    uint32_t read_start;       /* what was read to decide it */
    uint32_t read_end;
    uint32_t rule;             /* index into the engine's rules: the strongest one */
    uint32_t first_role;       /* index into the document's roles */
    uint32_t role_count;
    int32_t quotation;         /* index into the document's quotations, or RHETOR_NONE */
    int32_t voice;             /* rhetor_voice */
    float score;               /* 0..1 */
    uint32_t speaker;          /* name number, see rhetor_document_name; 0 = not known or the author */
    uint32_t addressee;        /* name number or 0 */
} rhetor_tag;

/* One part of a tag. */
typedef struct rhetor_role {
    uint32_t name;             /* see rhetor_engine_role_name */
    uint32_t start;            /* bytes */
    uint32_t end;
    uint32_t party;            /* name number of the party it refers to (pronoun resolved), or 0 */
} rhetor_role;

/* One quotation, or its part in one paragraph where it runs over several. */
typedef struct rhetor_quotation {
    uint32_t start;            /* the opening mark, or the paragraph's first byte of an indirect script */
    uint32_t end;              /* behind the closing mark */
    uint32_t inner_start;      /* the words alone */
    uint32_t inner_end;
    int32_t voice;             /* RHETOR_QUOTED or RHETOR_SCRIPTED; RHETOR_AUTHOR for scare quotes, titles, labelled turns */
    uint32_t depth;            /* 1 outermost */
    uint32_t speaker;          /* name number or 0 */
    uint32_t addressee;        /* name number or 0 */
    uint32_t frame_start;      /* the framing clause's speaker mention; 0,0 where there is none */
    uint32_t frame_end;
    uint32_t flags;            /* rhetor_quotation_flag */
} rhetor_quotation;
enum rhetor_quotation_flag {
    RHETOR_QUOTATION_CONTINUES = 1,  /* goes on in the next paragraph */
    RHETOR_QUOTATION_CONTINUED = 2,  /* began in an earlier paragraph */
    RHETOR_QUOTATION_UNCLOSED = 4,
    RHETOR_QUOTATION_INDIRECT = 8    /* indirect script: no marks */
};

/* A stretch of text: a paragraph or a sentence. */
typedef struct rhetor_span {
    uint32_t start;
    uint32_t end;
} rhetor_span;

/* Lent arrays; valid until the document changes. NULL with *count = 0 where there are none or memory
 * ran out (then *count is 0 and the next analyse says E_MEMORY). */
const rhetor_tag *rhetor_document_tags(rhetor_document *document, uint32_t *count);
const rhetor_role *rhetor_document_roles(rhetor_document *document, uint32_t *count);
const rhetor_quotation *rhetor_document_quotations(rhetor_document *document, uint32_t *count);
const rhetor_span *rhetor_document_sentences(rhetor_document *document, uint32_t *count);
const rhetor_span *rhetor_document_paragraphs(rhetor_document *document, uint32_t *count);

/* Copies: rows [first, first + capacity) go to `out`, `stride` bytes apart, at most `stride` bytes of
 * each. Returns the number of all rows, so capacity 0 asks for the count. */
uint32_t rhetor_document_copy_tags(rhetor_document *document, uint32_t first, uint32_t capacity,
                                   uint32_t stride, void *out);
uint32_t rhetor_document_copy_roles(rhetor_document *document, uint32_t first, uint32_t capacity,
                                    uint32_t stride, void *out);
uint32_t rhetor_document_copy_quotations(rhetor_document *document, uint32_t first,
                                         uint32_t capacity, uint32_t stride, void *out);

/* The tags that overlap [start, end), in order: rows of rhetor_tag as copy_tags gives them, without building
 * the whole list: cost follows the paragraphs touched. first_role of these rows indexes the roles
 * that rhetor_document_tag_roles gives for the tag's id. */
uint32_t rhetor_document_tags_in(rhetor_document *document, uint32_t start, uint32_t end,
                                 uint32_t capacity, uint32_t stride, void *out);
uint32_t rhetor_document_tag_roles(rhetor_document *document, uint32_t tag_id, uint32_t capacity,
                                   uint32_t stride, void *out);

/* A party's or speaker's name ("General Brandt"), lent, NUL-terminated; "" for 0 and unknown numbers. */
const char *rhetor_document_name(const rhetor_document *document, uint32_t name, uint32_t *length);

/* Why: rule, set, matched words, lexicon words, what raised and lowered the score, one fact a line.
 * Writes at most capacity bytes with a NUL; returns the full length without it. 0 = no such tag. */
uint32_t rhetor_document_explain(rhetor_document *document, uint32_t tag_id, char *out,
                                 uint32_t capacity);

/* The tag's message ("offers {offer} to {recipient}" with the roles put in); as explain. */
uint32_t rhetor_document_message(rhetor_document *document, uint32_t tag_id, char *out,
                                 uint32_t capacity);

/* What the library holds of each word, for pattern authors: one line a token, tab-separated:
 * start, end, text, lemma, part of speech, confidence, classes. As explain. */
uint32_t rhetor_document_words(rhetor_document *document, uint32_t start, uint32_t end, char *out,
                               uint32_t capacity);

/* ---- Positions ------------------------------------------------------------------------------- */

enum rhetor_unit {
    RHETOR_BYTES = 0,
    RHETOR_UTF16 = 1,          /* 16-bit units: JavaScript, LSP by default */
    RHETOR_CODEPOINTS = 2      /* Python, Emacs (which counts from 1) */
};

/* Converts n offsets from one unit to another; `in` need not be sorted, sorted costs one pass. An
 * offset inside a character goes to its start, one past the end to the end. in == out is allowed. An
 * invalid byte counts as one unit. Fails: E_ARGUMENT, E_UNKNOWN (unit). */
int32_t rhetor_document_convert(rhetor_document *document, int32_t from, int32_t to,
                                const uint32_t *in, uint32_t n, uint32_t *out);

/* Line and column, both from 1; the column counts `unit`s. Lines end at LF, CRLF or CR. */
typedef struct rhetor_position {
    uint32_t line;
    uint32_t column;
} rhetor_position;
int32_t rhetor_document_positions(rhetor_document *document, int32_t unit, const uint32_t *bytes,
                                  uint32_t n, rhetor_position *out);
int32_t rhetor_document_offsets(rhetor_document *document, int32_t unit,
                                const rhetor_position *positions, uint32_t n, uint32_t *out);

/* ---- Edits ----------------------------------------------------------------------------------- */

/* What an edit and the analysis after it changed, in bytes of the new text: tags wholly outside
 * [start, end) kept their ids; those behind it moved by `shift`. */
typedef struct rhetor_change {
    uint32_t size;
    uint32_t generation;
    uint32_t start;
    uint32_t end;
    int32_t shift;
    uint32_t paragraphs;       /* how many were analysed again */
} rhetor_change;

/* Replaces bytes [start, old_end) by `text`. Analysis waits for analyse or step, after which
 * rhetor_document_changes tells what changed. Offsets inside a code point are taken as they are.
 * Fails: E_ARGUMENT (reversed, past the end), E_LIMIT, E_MEMORY. */
int32_t rhetor_document_replace(rhetor_document *document, uint32_t start, uint32_t old_end,
                                const char *text, uint32_t length);

/* The same with offsets in another unit, or by lines [first, last) counted from 1. */
int32_t rhetor_document_replace_range(rhetor_document *document, int32_t unit, uint32_t start,
                                      uint32_t old_end, const char *text, uint32_t length);
int32_t rhetor_document_replace_lines(rhetor_document *document, uint32_t first, uint32_t last,
                                      const char *text, uint32_t length);

/* The union of what changed since the last call of this function. */
int32_t rhetor_document_changes(rhetor_document *document, rhetor_change *out);

/* END DECLARATIONS */
#ifdef __cplusplus
}
#endif
#if defined(__GNUC__) && !defined(_WIN32)
#pragma GCC visibility pop
#endif
#endif
