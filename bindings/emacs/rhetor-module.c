/* rhetor-module.c: librhetor as an Emacs dynamic module.
 *
 * In: Emacs strings and integers; positions are code points from 0, as string indices are. Out: Lisp values. Handles
 * are user pointers with finalizers: engine and document may be collected in any order. Errors are
 * signals of type rhetor-error. Invariant: runs on Emacs's thread only, as modules do; long analyses are
 * cut into steps by the caller. */
#include <emacs-module.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "rhetor/rhetor.h"

int plugin_is_GPL_compatible;

enum { TEXT_MOST = 1 << 16 };

static emacs_value nil(emacs_env *env)
{
    return env->intern(env, "nil");
}

static bool is_failed(emacs_env *env)
{
    return env->non_local_exit_check(env) != emacs_funcall_exit_return;
}

static emacs_value text_value(emacs_env *env, const char *text, size_t length)
{
    return env->make_string(env, text, (ptrdiff_t)length);
}

static emacs_value fail_with(emacs_env *env, const char *message)
{
    emacs_value text = text_value(env, message, strlen(message));
    env->non_local_exit_signal(env, env->intern(env, "rhetor-error"),
                               env->funcall(env, env->intern(env, "list"), 1, &text));
    return nil(env);
}

static emacs_value fail_status(emacs_env *env, int32_t status, const rhetor_error *error)
{
    return fail_with(env, error && error->message[0] ? error->message : rhetor_status_name(status));
}

/* A Lisp string as UTF-8, to be freed; NULL: a signal is under way. */
static char *text_of(emacs_env *env, emacs_value value, uint32_t *length)
{
    ptrdiff_t size = 0;
    if (!env->copy_string_contents(env, value, NULL, &size))
        return NULL;
    char *text = malloc((size_t)size);
    if (!text || !env->copy_string_contents(env, value, text, &size)) {
        if (!text)
            fail_with(env, "out of memory");
        free(text);
        return NULL;
    }
    *length = (uint32_t)size - 1;
    return text;
}

static void engine_free(void *engine)
{
    rhetor_engine_release(engine);
}

static void document_free(void *document)
{
    rhetor_document_free(document);
}

static void *handle_of(emacs_env *env, emacs_value value, void (*kind)(void *))
{
    emacs_finalizer finalizer = env->get_user_finalizer(env, value);
    if (is_failed(env))
        return NULL;
    if (finalizer != kind) {
        fail_with(env, "this is no handle of the kind that is asked for");
        return NULL;
    }
    return env->get_user_ptr(env, value);
}

/* (rhetor-module-engine SETS): SETS is a vector of files or folders over the built-in sets. */
static emacs_value engine_make(emacs_env *env, ptrdiff_t n, emacs_value *args, void *data)
{
    (void)n, (void)data;
    rhetor_error error = {.size = sizeof error};
    rhetor_builder *builder = NULL;
    rhetor_engine *engine = NULL;
    int32_t status = rhetor_builder_new(NULL, &builder, &error);
    ptrdiff_t count = status == RHETOR_OK ? env->vec_size(env, args[0]) : 0;
    for (ptrdiff_t i = 0; i < count && !is_failed(env); i++) {
        uint32_t length;
        char *path = text_of(env, env->vec_get(env, args[0], i), &length);
        if (path)
            status = rhetor_builder_add_path(builder, path, &error);
        free(path);
        if (status != RHETOR_OK)
            break;
    }
    if (status == RHETOR_OK && !is_failed(env))
        status = rhetor_builder_finish(builder, &engine, &error);
    rhetor_builder_free(builder);
    if (is_failed(env))
        return nil(env);
    if (status != RHETOR_OK)
        return fail_status(env, status, &error);
    return env->make_user_ptr(env, engine_free, engine);
}

/* (rhetor-module-devices ENGINE): a list of [id name family definition]. */
static emacs_value devices(emacs_env *env, ptrdiff_t n, emacs_value *args, void *data)
{
    (void)n, (void)data;
    rhetor_engine *engine = handle_of(env, args[0], engine_free);
    emacs_value list = nil(env);
    for (uint32_t i = engine ? rhetor_engine_device_count(engine) : 0; i-- > 0;) {
        rhetor_device row = {.size = sizeof row};
        rhetor_engine_device(engine, i, &row);
        const char *texts[] = {row.id, row.name, row.family, row.definition};
        emacs_value cells[4];
        for (int t = 0; t < 4; t++)
            cells[t] = text_value(env, texts[t], strlen(texts[t]));
        emacs_value pair[] = {env->funcall(env, env->intern(env, "vector"), 4, cells), list};
        list = env->funcall(env, env->intern(env, "cons"), 2, pair);
    }
    return list;
}

/* (rhetor-module-document ENGINE TEXT) */
static emacs_value document_make(emacs_env *env, ptrdiff_t n, emacs_value *args, void *data)
{
    (void)n, (void)data;
    rhetor_error error = {.size = sizeof error};
    rhetor_engine *engine = handle_of(env, args[0], engine_free);
    uint32_t length = 0;
    char *text = engine ? text_of(env, args[1], &length) : NULL;
    rhetor_document *document = NULL;
    if (!text)
        return nil(env);
    int32_t status = rhetor_document_new(engine, &document, &error);
    if (status == RHETOR_OK)
        status = rhetor_document_set_text(document, text, length);
    free(text);
    if (status != RHETOR_OK) {
        rhetor_document_free(document);
        return fail_status(env, status, &error);
    }
    return env->make_user_ptr(env, document_free, document);
}

/* (rhetor-module-replace DOCUMENT START END TEXT) */
static emacs_value replace(emacs_env *env, ptrdiff_t n, emacs_value *args, void *data)
{
    (void)n, (void)data;
    rhetor_document *document = handle_of(env, args[0], document_free);
    intmax_t start = env->extract_integer(env, args[1]), end = env->extract_integer(env, args[2]);
    uint32_t length = 0;
    char *text = document ? text_of(env, args[3], &length) : NULL;
    if (!text || is_failed(env)) {
        free(text);
        return nil(env);
    }
    int32_t status = start < 0 || end < start
                         ? RHETOR_E_ARGUMENT
                         : rhetor_document_replace_range(document, RHETOR_CODEPOINTS, (uint32_t)start,
                                                         (uint32_t)end, text, length);
    free(text);
    return status == RHETOR_OK ? env->intern(env, "t") : fail_status(env, status, NULL);
}

/* (rhetor-module-step DOCUMENT BYTES): t while there is more to do. */
static emacs_value step(emacs_env *env, ptrdiff_t n, emacs_value *args, void *data)
{
    (void)n, (void)data;
    rhetor_error error = {.size = sizeof error};
    rhetor_document *document = handle_of(env, args[0], document_free);
    intmax_t budget = env->extract_integer(env, args[1]);
    if (!document || is_failed(env))
        return nil(env);
    int32_t status = rhetor_document_step(document, (uint32_t)budget, &error);
    if (status < 0)
        return fail_status(env, status, &error);
    return env->intern(env, status == RHETOR_MORE ? "t" : "nil");
}

static emacs_value tag_value(emacs_env *env, rhetor_document *document, const rhetor_tag *tag,
                             uint32_t start, uint32_t end)
{
    static const char *const voices[] = {"author", "quoted", "scripted"};
    uint32_t length;
    const char *speaker = rhetor_document_name(document, tag->speaker, &length);
    emacs_value cells[] = {env->make_integer(env, tag->id),      env->make_integer(env, tag->device),
                           env->make_integer(env, start),        env->make_integer(env, end),
                           env->make_float(env, tag->score),     env->intern(env, voices[tag->voice]),
                           text_value(env, speaker, length)};
    return env->funcall(env, env->intern(env, "vector"), 7, cells);
}

/* (rhetor-module-tags DOCUMENT): a list of [id device start end score voice speaker]; device is its place in
 * rhetor-module-devices. */
static emacs_value tags(emacs_env *env, ptrdiff_t n, emacs_value *args, void *data)
{
    (void)n, (void)data;
    rhetor_document *document = handle_of(env, args[0], document_free);
    emacs_value list = nil(env);
    uint32_t count = 0;
    const rhetor_tag *rows = document ? rhetor_document_tags(document, &count) : NULL;
    uint32_t *places = malloc((2 * (size_t)count + 1) * sizeof *places);
    if (!places)
        return fail_with(env, "out of memory");
    for (uint32_t i = 0; i < count; i++)
        places[i] = rows[i].start, places[count + i] = rows[i].end;
    if (count)
        rhetor_document_convert(document, RHETOR_BYTES, RHETOR_CODEPOINTS, places, 2 * count, places);
    for (uint32_t i = count; i-- > 0 && !is_failed(env);) {
        emacs_value pair[] = {tag_value(env, document, &rows[i], places[i], places[count + i]), list};
        list = env->funcall(env, env->intern(env, "cons"), 2, pair);
    }
    free(places);
    return list;
}

typedef uint32_t writer(rhetor_document *document, uint32_t tag, char *out, uint32_t capacity);

static emacs_value written(emacs_env *env, emacs_value *args, writer *write)
{
    rhetor_document *document = handle_of(env, args[0], document_free);
    intmax_t id = env->extract_integer(env, args[1]);
    if (!document || is_failed(env))
        return nil(env);
    char *text = malloc(TEXT_MOST);
    if (!text)
        return fail_with(env, "out of memory");
    uint32_t length = write(document, (uint32_t)id, text, TEXT_MOST);
    emacs_value value = text_value(env, text, length < TEXT_MOST ? length : TEXT_MOST - 1);
    free(text);
    return value;
}

/* (rhetor-module-explain DOCUMENT ID) */
static emacs_value explain(emacs_env *env, ptrdiff_t n, emacs_value *args, void *data)
{
    (void)n, (void)data;
    return written(env, args, rhetor_document_explain);
}

/* (rhetor-module-message DOCUMENT ID) */
static emacs_value message(emacs_env *env, ptrdiff_t n, emacs_value *args, void *data)
{
    (void)n, (void)data;
    return written(env, args, rhetor_document_message);
}

static const struct {
    const char *name;
    ptrdiff_t arguments;
    emacs_value (*function)(emacs_env *env, ptrdiff_t n, emacs_value *args, void *data);
    const char *documentation;
} functions[] = {
    {"rhetor-module-engine", 1, engine_make, "An engine of the built-in pattern sets and the files in vector SETS."},
    {"rhetor-module-devices", 1, devices, "The devices of ENGINE: a list of [id name family definition]."},
    {"rhetor-module-document", 2, document_make, "A document of ENGINE that holds TEXT."},
    {"rhetor-module-replace", 4, replace, "Replace characters START to END of DOCUMENT by TEXT, counted from 0."},
    {"rhetor-module-step", 2, step, "Analyse about BYTES more of DOCUMENT; t while there is more to do."},
    {"rhetor-module-tags", 1, tags, "Tags of DOCUMENT: a list of [id device start end score voice speaker]."},
    {"rhetor-module-explain", 2, explain, "Why the tag with ID stands in DOCUMENT."},
    {"rhetor-module-message", 2, message, "What the tag with ID in DOCUMENT says."},
};

int emacs_module_init(struct emacs_runtime *runtime)
{
    if (runtime->size < (ptrdiff_t)sizeof *runtime)
        return 1;
    emacs_env *env = runtime->get_environment(runtime);
    if (env->size < (ptrdiff_t)sizeof(struct emacs_env_26))
        return 2;
    if (rhetor_abi() != RHETOR_ABI)
        return 3;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        emacs_value pair[] = {
            env->intern(env, functions[i].name),
            env->make_function(env, functions[i].arguments, functions[i].arguments,
                               functions[i].function, functions[i].documentation, NULL)};
        env->funcall(env, env->intern(env, "defalias"), 2, pair);
    }
    emacs_value feature = env->intern(env, "rhetor-module");
    env->funcall(env, env->intern(env, "provide"), 1, &feature);
    return 0;
}
