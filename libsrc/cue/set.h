/* set.h: pattern sets as their authors wrote them: the model between YAML and the engine's tables.
 *
 * cue/load reads YAML into it (one layer over another), cue/compile makes tables of it. All strings
 * and lists live in the model's arena and are NUL-terminated. Lists are arrays with a count. Every
 * item knows its place, so that a later step can say where a mistake is. */
#ifndef RHETOR_CUE_SET_H
#define RHETOR_CUE_SET_H

#include "base/arena.h"
#include "cue/index.h"
#include "rhetor/rhetor.h"

#define RULE_WEIGHT 0.7f      /* of a rule that gives none */
enum { MOVE_PARTS = 8, DIAGNOSTICS_MOST = 1000 };

struct place {
    const char *file;   /* as given; "built-in:facework.yaml" */
    uint32_t line, column, byte;
    uint32_t source;    /* row of model.sources */
};

/* A file as read, kept for carets in messages. */
struct source {
    const char *name, *bytes;
    uint32_t length;
    uint32_t manifest;  /* row of model.manifests */
};

struct text_item { const char *text; struct place place; };
struct text_list { struct text_item *at; uint32_t count; };

struct manifest { const char *name, *version, *license, *author, *citation, *language; };

struct lexicon {
    const char *name;
    struct text_list words;     /* "relief", "=offer:v", "make available", "econom*" */
    struct text_list include;   /* other lexicons */
    struct text_list minus;     /* words or lexicons taken out */
    struct place place;
    uint8_t changed, spread;    /* a file was read over it; cue/base looked at those that include it */
};

/* Corrects what the library knows of a word: tariff: n:possession. */
struct word_fix { const char *word; struct text_list classes; struct place place; };

enum context_where { IN_UNIT, BEFORE, AFTER, PREVIOUS_UNIT, NEXT_UNIT, COVERING };
struct condition {
    struct text_item pattern;
    float amount;        /* 0: required or forbidden; else what it adds to the score's log-odds */
    uint32_t words;      /* within so many words of the match; 0: anywhere in the unit */
    uint8_t where;       /* enum context_where */
    uint8_t forbid;      /* 1: the tag stands only where the pattern does not match */
};

enum agreement_kind { SAME_WORD, SAME_LEMMA, DIFFERENT_WORD, DIFFERENT_LEMMA, REVERSED };
struct agreement { uint8_t kind; struct text_list groups; struct place place; };

struct example { struct text_item text; uint8_t counter; }; /* with its [[marks]] */

enum scope { SCOPE_SENTENCE, SCOPE_CLAUSE, SCOPE_PARAGRAPH, SCOPE_QUOTATION, SCOPE_HEADING };
enum voice_bit { VOICE_AUTHOR = 1, VOICE_QUOTED = 2, VOICE_SCRIPTED = 4, VOICE_ANY = 7 };
enum position { ANYWHERE, FIRST_IN_SENTENCE, LAST_IN_SENTENCE, FIRST_IN_PARAGRAPH,
                LAST_IN_PARAGRAPH };

struct pattern {
    const char *id;              /* "carrot/willing-to": device/own or device/number */
    struct text_item source;
    float weight;                /* 0..1 */
    uint8_t scope, voice, position, raw, case_sensitive;
    const char *speaker;         /* raw PCRE2 over the speaker's name, or NULL */
    const char *message;         /* or NULL: the device's */
    struct condition *conditions; uint32_t condition_count;
    struct agreement *agreements; uint32_t agreement_count;
    struct example *examples; uint32_t example_count;
    struct place place;
};

/* Neighbouring units that share something: a user's own anaphora, tricolon, isocolon. */
enum series_share { SHARE_BEGINNING, SHARE_ENDING, SHARE_SHAPE, SHARE_LENGTH };
enum series_unit { UNIT_SENTENCE, UNIT_CLAUSE, UNIT_PARAGRAPH, UNIT_ITEM, UNIT_LINE };
struct series {
    const char *id;
    uint8_t unit, share;
    uint32_t words;              /* words shared at least (beginning, ending) [1] */
    uint32_t least;              /* members [3] */
    uint32_t most;               /* members; 0: no bound */
    uint32_t apart;              /* other units allowed between two members [0] */
    float tolerance;             /* length: relative difference allowed [0.2] */
    const char *joiner;          /* pattern that must stand before the last member, or NULL */
    float weight;
    const char *message;
    struct example *examples; uint32_t example_count;
    struct place place;
};

/* Counts: at least, at most so many tags of kinds in a unit. */
struct count_rule {
    const char *id;
    uint8_t unit;                /* enum series_unit */
    struct text_list of;         /* devices or rule ids */
    uint32_t at_least, at_most;  /* at_most 0: no bound */
    uint32_t kinds;              /* different items of `of` at least */
    uint32_t per_words;          /* density: at_least in so many words; 0: in the unit */
    float weight;
    const char *message;
    struct example *examples; uint32_t example_count;
    struct place place;
};

enum move_form { MOVE_ALL, MOVE_ANY, MOVE_SEQUENCE };
enum move_reach { WITHIN_WORDS, WITHIN_SENTENCES, WITHIN_PARAGRAPHS };
/* of: device or rule id; name: the role it fills, the device's id where none is given. */
struct move_part { const char *name; struct text_item of; };
struct move {
    const char *id;
    uint8_t form, reach;
    uint8_t same_voice;
    uint32_t within;             /* [1 sentence: the same] */
    struct move_part *parts; uint32_t part_count;
    struct text_list unless, inside, not_inside;
    struct text_list same_party; /* "carrot.recipient", "stick.target": pairs must name one party */
    float weight;
    const char *message;
    struct example *examples; uint32_t example_count;
    struct place place;
};

/* What is not a device: a match exempts every cue of the named devices that overlaps it. */
struct antipattern {
    const char *id;
    struct text_item source;
    struct text_list exempts;    /* devices; none: every device */
    uint8_t raw, case_sensitive;
    struct example *examples; uint32_t example_count;
    struct place place;
};

struct device {
    const char *id, *name, *family, *definition, *references, *message;
    struct text_list roles;      /* names allowed as groups; none: what the patterns use */
    float threshold;             /* score from which it is shown; <0: the engine's */
    float prior;                 /* added to the log-odds of every cue of it [0] */
    uint8_t hidden;              /* a building block of moves: never shown */
    uint8_t disabled;
    uint32_t manifest;           /* row of model.manifests */
    VEC(struct pattern) patterns;
    VEC(struct series) series;
    VEC(struct count_rule) counts;
    VEC(struct move) moves;
    VEC(struct antipattern) antipatterns; /* of this device */
    struct place place;
};

struct model {
    struct arena arena;
    const struct memory *memory;
    VEC(struct source) sources;
    VEC(struct manifest) manifests;
    VEC(struct lexicon) lexicons;
    VEC(struct word_fix) words;
    VEC(struct antipattern) antipatterns;
    VEC(struct device) devices;
    VEC(rhetor_diagnostic) diagnostics;   /* strings in the arena */
    bool no_memory;                       /* a diagnostic could not be kept */
    struct index device_rows, lexicon_rows; /* kept by model_device, model_lexicon */
};

int32_t model_init(struct model *model, const struct memory *memory);
void model_free(struct model *model);

/* Says a mistake at a place; printf-like. code: "unknown-key". Keeps at most DIAGNOSTICS_MOST. */
void model_say(struct model *model, int severity, const struct place *place, const char *code,
               const char *advice, const char *format, ...);

/* Reads one YAML file over what is there (cue/load.c). E_SET: something was wrong and is said. */
int32_t model_load(struct model *model, const char *name, const char *bytes, uint32_t length,
                   const char *folder /* for word-list files; NULL: none may be read */);

/* Says and takes out what names nothing: unknown and endless includes of lexicons, unknown devices
 * and rules in exempts, moves and counts (with the rule that names them), ids given twice, roles
 * that a device does not have. Includes nest at most 64 deep afterwards and have no circle. After
 * the last layer, before compiling; a second call finds nothing new. E_SET, E_MEMORY. */
int32_t model_check(struct model *model);

struct device *model_device(struct model *model, const char *id);
struct lexicon *model_lexicon(struct model *model, const char *name);

/* The nearest of n words by edit distance (<= 2 and less than half its length), or NULL. Looks at
 * the first 2,000 of them. */
const char *nearest(const char *word, const char *const *words, uint32_t n);

#endif
