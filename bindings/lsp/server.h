/* server.h: what the files of the language server share. Everything here works on the public header alone.
 *
 * Way of the data: frame.c cuts bytes into bodies, rpc.c makes messages of them, server.c picks a
 * row of its table, text.c holds the documents, and one file a feature reads them. */
#ifndef RHETOR_LSP_SERVER_H
#define RHETOR_LSP_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "rhetor/rhetor.h"
#include "rpc.h"

/* ---- What the client can do, what its user wants ------------------------------------------------- */

struct client {
    int32_t unit;              /* rhetor_unit of columns: RHETOR_BYTES or RHETOR_UTF16 */
    bool markdown, pull, progress, configuration, watch, outline, actions, versions, related;
    bool apply_edit, refresh_hints, refresh_lenses, refresh_tokens, refresh_diagnostics;
};

struct list { char **at; uint32_t count; };

struct settings {
    struct list devices, disable, patterns; /* devices and families; pattern sets */
    double min_score;          /* < 0: each device's own */
    bool diagnostics, hints, lenses, config;
};

/* ---- Engines (layers.c) -------------------------------------------------------------------------- */

/* The engine of one project: the built-in sets, the user's, the project's, the settings'. */
struct layer {
    struct layer *next;
    char *project;             /* path of .rhetor.yaml, or "" */
    rhetor_engine *engine;
    bool *shown;               /* by device: what the settings let through */
};

/* ---- Suppression (directive.c) ------------------------------------------------------------------- */

enum directive_verb { DIRECTIVE_OFF, DIRECTIVE_ON, DIRECTIVE_IGNORE };
struct directive_word { uint32_t start, end, hash; bool hashed; char device[68]; };
struct directive {
    enum directive_verb verb;
    uint32_t start, end;       /* of the comment */
    uint32_t first_word, word_count;
};
struct directive_mistake { uint32_t start, end; char *message; };
struct directives {
    struct directive *at;
    struct directive_word *words;
    struct directive_mistake *mistakes;
    uint32_t count, word_count, mistake_count;
};

/* ---- Documents (text.c) -------------------------------------------------------------------------- */

enum text_kind { TEXT_PROSE, TEXT_PATTERNS, TEXT_OTHER };

struct text {
    struct text *next;
    char *uri, *path, *language; /* path: NULL where the uri is no file */
    int64_t version;
    enum text_kind kind;
    struct layer *layer;
    rhetor_document *document;
    uint32_t epoch;            /* increases with every new document: of another engine */
    bool due;                  /* not analysed to the end */
    bool unsent;               /* prose that changed since its diagnostics were made */
    bool halted;               /* the user stopped the analysis; an edit starts it again */
    uint32_t stamp;            /* increases with every edit and step */
    /* What is shown, as of seen_stamp. Roles are the document's. */
    uint32_t seen_stamp, tag_count;
    rhetor_tag *tags;
    struct directives directives;
    /* diagnostics.c */
    struct notes *notes;
    uint64_t sent;             /* hash of the list last sent; 0: none */
    int64_t check_at;          /* milliseconds: when a pattern file is looked at; 0: it is done */
    rhetor_engine *checked;    /* pattern files: the engine of the last look */
    char *progress;            /* token; NULL: none */
    bool progress_shown;
    uint32_t progress_step;
};

struct server {
    struct rpc *rpc;
    enum { STATE_FRESH, STATE_READY, STATE_SHUT } state;
    bool over;
    struct client client;
    struct settings settings;
    json_t *settings_json;     /* what they were read from */
    struct layer *layers;
    struct text *texts;
    uint32_t next_number;
    char **families;           /* token types */
    uint32_t family_count;
    struct buffer scratch;
    const json_t *request;     /* id of the request that is being answered */
};

/* What a feature answers: JSON, or text that is JSON, or an error. */
struct reply {
    json_t *json;
    struct buffer text;
    int code;
    char why[240];
};
bool reply_fail(struct reply *reply, int code, const char *form, ...); /* false */

/* A feature: params are an object. False: the reply holds an error. */
typedef bool answer(struct server *server, struct text *text, const json_t *params,
                    struct reply *reply);

/* server.c */
int server_run(int in, int out);
void server_log(struct server *server, int type, const char *form, ...);
void server_show(struct server *server, int type, const char *form, ...);
void server_ask(struct server *server, const char *kind, const char *method, json_t *params);
bool server_finish(struct server *server, struct text *text, struct reply *reply);
void server_reload(struct server *server);
int64_t now_ms(void);

/* settings.c */
void client_read(struct client *client, const json_t *capabilities);
void settings_default(struct settings *settings);
bool settings_read(struct server *server, const json_t *json); /* whether anything changed */
void settings_free(struct settings *settings);
bool list_has(const struct list *list, const char *word);

/* layers.c */
struct layer *layer_of(struct server *server, const char *path);
void layers_drop(struct server *server);
rhetor_builder *layer_builder(struct server *server, const char *project);
char *project_find(const char *path);
char *user_folder(void);
bool path_exists(const char *path);
char *read_file(const char *path, size_t *length);
rhetor_device layer_device(const struct layer *layer, uint32_t index);
rhetor_rule layer_rule(const struct layer *layer, uint32_t index);

/* text.c */
char *path_of_uri(const char *uri);
char *uri_of_path(const char *path);
struct text *text_find(struct server *server, const char *uri);
struct text *text_open(struct server *server, const char *uri, const char *language,
                       int64_t version, const char *bytes, size_t length);
void text_close(struct server *server, struct text *text);
bool text_change(struct server *server, struct text *text, const json_t *changes, char **why);
void text_rebase(struct server *server, struct text *text);
const rhetor_tag *text_tags(struct server *server, struct text *text, uint32_t *count);
bool text_offset(struct server *server, struct text *text, const json_t *position, uint32_t *out);
bool text_range(struct server *server, struct text *text, const json_t *range, rhetor_span *out);
json_t *position_json(rhetor_position position);
json_t *span_json(struct server *server, struct text *text, uint32_t start, uint32_t end);
json_t **spans_json(struct server *server, struct text *text, const rhetor_span *spans, uint32_t n);
/* A walk forward over the text, for lists of many places; it knows where it stands in both ways. */
struct cursor { const char *bytes; uint32_t length, at; int32_t unit; rhetor_position place; };
struct cursor cursor_begin(struct server *server, struct text *text);
void cursor_to(struct cursor *cursor, uint32_t byte);
bool tag_has(const rhetor_tag *tag, uint32_t byte);
enum { TAG_CONTEXT = 80 };     /* bytes beside a tag that its hash may depend on */
uint32_t tag_hash(struct text *text, const rhetor_tag *tag);
const char *tag_word(struct text *text, const rhetor_tag *tag, char room[80]); /* carrot#9f3c2a11 */
const char *voice_name(int32_t voice);
const char *text_name(struct text *text, uint32_t name);
char *text_message(struct text *text, uint32_t id);
char *text_explain(struct text *text, uint32_t id);

/* directive.c */
void directives_find(struct directives *directives, const struct layer *layer,
                     const char *language, const char *bytes, uint32_t length);
void directives_free(struct directives *directives);
bool directives_hide(const struct directives *directives, struct text *text,
                     const rhetor_tag *tag);
bool comment_marks(const char *language, const char **open, const char **close);

/* diagnostics.c */
void diagnostics_publish(struct server *server, struct text *text);
void diagnostics_clear(struct server *server, struct text *text);
void notes_free(struct notes *notes);
answer diagnostics_pull;

/* pattern_file.c, pattern_words.c */
void patterns_check(struct server *server, struct text *text, struct buffer *out);
const rhetor_engine *patterns_engine(struct server *server, struct text *text);
const char *pattern_key_help(const char *key, size_t length);
const char *pattern_class_help(const char *name, size_t length);
answer patterns_hover, patterns_complete;

/* One file each. */
answer hover, symbols, highlight, references, tokens_full, tokens_range, actions, execute, hints,
    lenses;
json_t *tokens_legend(struct server *server);

/* progress.c */
void progress_step(struct server *server, struct text *text);
void progress_end(struct server *server, struct text *text);
void progress_created(struct server *server, const char *token, bool made);
void progress_cancel(struct server *server, const json_t *params);

#endif
