/* cli.h: what the files of the command line share. Everything here works on the public header alone. */
#ifndef RHETOR_CLI_H
#define RHETOR_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "rhetor/rhetor.h"

enum exit_status { EXIT_DONE = 0, EXIT_FOUND = 1, EXIT_BAD = 2 };

enum format { FORMAT_TERMINAL, FORMAT_LINES, FORMAT_JSON, FORMAT_JSONL };

/* A list of words from repeated or comma-joined options. */
struct list { char **at; uint32_t count; };
void list_add(struct list *list, const char *comma_joined);
void list_put(struct list *list, const char *word);
bool list_has(const struct list *list, const char *word);
void list_free(struct list *list);

struct settings {
    enum format format;
    struct list devices, families, patterns, fail_on, files;
    float min_score;        /* < 0: the engine's own */
    bool min_score_given, explain, no_builtin, no_layers, unmerged, silent, quiet, colour, unicode, summary_only;
    uint32_t width, threads;
    uint32_t match_limit;   /* PCRE2's; 0: the library's own */
    const char *stdin_name;
};

/* One analysed draft. */
struct draft {
    const char *name;
    rhetor_engine *engine;
    rhetor_document *document;
    const char *text;
    uint32_t length;
    const rhetor_tag *tags;
    const rhetor_role *roles;
    uint32_t tag_count, role_count;
    rhetor_position *starts, *ends;  /* of the tags, columns in bytes */
};

/* Memory that cannot be had ends the program with one line and status 2. */
void *need(void *block);
char *format_text(const char *form, ...);

/* read.c: a whole file ("-" is stdin). NULL: *why says what is wrong, to be freed. */
char *read_file(const char *path, uint32_t *length, char **why);
void complain(const char *form, ...);

/* engine.c: the engine of the settings: built-in sets and every layer over them. NULL: said on stderr.
 * *broken becomes true where a set had errors (said too). */
rhetor_engine *engine_open(const struct settings *settings, const char *draft, bool *broken);
rhetor_builder *builder_open(const struct settings *settings, const char *draft, bool *broken);
void diagnostics_print(FILE *out, const rhetor_diagnostic *rows, uint32_t count);
/* A line of a file, counted from 1, without its end; NULL where it cannot be read. To be freed. */
char *source_line(const char *path, uint32_t line);

/* draft.c */
bool draft_open(struct draft *draft, rhetor_engine *engine, const char *name, const char *text,
                uint32_t length, char **why);
void draft_close(struct draft *draft);
bool draft_shows(const struct draft *draft, const struct settings *settings, uint32_t tag);
rhetor_device draft_device(const struct draft *draft, uint32_t tag);
rhetor_rule draft_rule(const struct draft *draft, uint32_t tag);
const char *voice_name(int32_t voice);

/* Writers: one draft each. json.c, lines.c, terminal.c, summary.c */
void json_text(FILE *out, const char *text, size_t length);
void write_jsonl(FILE *out, const struct draft *draft, const struct settings *settings);
void write_json(FILE *out, const struct draft *draft, const struct settings *settings);
void write_lines(FILE *out, const struct draft *draft, const struct settings *settings);
void write_terminal(FILE *out, const struct draft *draft, const struct settings *settings);
void write_summary(FILE *out, const struct draft *draft, const struct settings *settings);

/* Commands: argv[0] is the command's name. */
int command_tag(int argc, char **argv);
int command_eval(int argc, char **argv);
int command_words(int argc, char **argv);
int command_devices(int argc, char **argv);
int command_patterns(int argc, char **argv);

#endif
