/* patterns.h: what the files of `rhetor patterns` share. */
#ifndef RHETOR_CLI_PATTERNS_H
#define RHETOR_CLI_PATTERNS_H

#include "cli.h"

/* What a verb is asked to do: the settings of every command and the options of the verbs. */
struct job {
    struct settings settings;
    bool json, sarif, watch, origin;
    const char *coverage;      /* a folder of texts, or NULL */
    const char *from;          /* what is imported: "vale", "csv" */
    struct list operands;
};

/* The sets at hand: their builder, the engine made of it, what was said of them. */
struct bench {
    rhetor_builder *builder;
    rhetor_engine *engine;
    const rhetor_diagnostic *said;
    uint32_t said_count;
    bool broken;
};
bool bench_open(struct bench *bench, const struct settings *settings); /* false: no engine; said */
void bench_close(struct bench *bench);

/* Whether a rule's or an example's file is one of the operands or lies in one; without operands
 * every file is. */
bool is_named(const struct job *job, const char *file);
const char *kind_name(int32_t kind);
rhetor_rule bench_rule(const struct bench *bench, uint32_t index);

/* findings.c: findings about sets. Strings are copied; rows end up by file, line and column. */
struct findings { rhetor_diagnostic *rows; uint32_t count, room; };
void findings_add(struct findings *findings, const rhetor_diagnostic *row);
void finding(struct findings *findings, const rhetor_rule *rule, int32_t severity, const char *code,
             const char *advice, const char *format, ...);
void findings_sort(struct findings *findings);
void findings_free(struct findings *findings);
uint32_t findings_of(const struct findings *findings, int32_t severity);
void findings_text(FILE *out, const struct findings *findings);
void findings_json(FILE *out, const struct findings *findings);
void findings_sarif(FILE *out, const struct findings *findings);

/* marks.c: an example's text without its [[marks]]. */
enum { MARKS_MOST = 16 };
struct mark { char role[40]; uint32_t start, end; }; /* role "": the tag itself */
struct marked { char *text; uint32_t length; struct mark marks[MARKS_MOST]; uint32_t count; };
struct marked read_marks(const char *source); /* text to be freed */

/* watch.c: runs `once` and again whenever one of the files changes, until interrupted. */
int watch(const struct list *files, int (*once)(struct job *job), struct job *job);

/* The verbs; each has a file of its own: check.c and so on, with patterns_ before it. */
int verb_check(struct job *job);
int verb_test(struct job *job);
int verb_coverage(struct job *job);
int verb_try(struct job *job);
int verb_new(struct job *job);
int verb_import(struct job *job);

/* What `import` writes; a line of YAML each. patterns_vale.c, patterns_csv.c: an exit status. */
int import_vale(FILE *out, const char *folder);
int import_csv(FILE *out, const char *path);
/* A text as a single-quoted YAML scalar; control characters become blanks. */
void yaml_text(FILE *out, const char *text);
/* A name of a lexicon or a device made of any text: lower-case letters, digits and hyphens. */
char *id_of(const char *text);

#endif
