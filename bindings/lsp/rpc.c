/* rpc.c: see rpc.h. Cost: a message is parsed once, on the reader's thread; a reply is written once. */
#define _GNU_SOURCE
#include "rpc.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "frame.h"

struct rpc {
    int in, out;
    pthread_t reader;
    pthread_mutex_t lock;
    pthread_cond_t arrived;
    /* Under the lock. */
    struct message *first, **last;
    bool ended, background;
    json_t *current;           /* id of the request that is being answered */
    volatile uint32_t flag;
};

/* ---- Reading ----------------------------------------------------------------------------------- */

static uint32_t hex4(const char *s)
{
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        char c = s[i];
        const char *digits = "0123456789abcdef", *at = c ? strchr(digits, c | 32) : NULL;
        if (!at)
            return 0;
        value = value * 16 + (uint32_t)(at - digits);
    }
    return value;
}

/* Halves of surrogate pairs that stand alone, which JavaScript sends and no UTF-8 can hold, become
 * U+FFFD: one UTF-16 unit each, as they were. */
static bool mend_surrogates(char *text, size_t length)
{
    bool mended = false;
    for (size_t i = 0; i + 6 <= length; i++) {
        if (text[i] != '\\')
            continue;
        uint32_t unit = text[i + 1] == 'u' ? hex4(text + i + 2) : 0;
        if (unit < 0xD800 || unit > 0xDFFF) {
            i++;
            continue;
        }
        bool more = i + 12 <= length && text[i + 6] == '\\' && text[i + 7] == 'u';
        uint32_t next = more ? hex4(text + i + 8) : 0;
        if (unit < 0xDC00 && next >= 0xDC00 && next <= 0xDFFF) {
            i += 11;
            continue;
        }
        memcpy(text + i + 2, "fffd", 4);
        mended = true;
        i += 5;
    }
    return mended;
}

static json_t *parse(const char *body, size_t length, json_error_t *error)
{
    json_t *json = json_loadb(body, length, JSON_ALLOW_NUL | JSON_DECODE_ANY, error);
    if (json || !length)
        return json;
    char *copy = need(malloc(length));
    memcpy(copy, body, length);
    if (mend_surrogates(copy, length))
        json = json_loadb(copy, length, JSON_ALLOW_NUL | JSON_DECODE_ANY, error);
    free(copy);
    return json;
}

static struct message *message_bad(int error, const char *why)
{
    struct message *message = need(calloc(1, sizeof *message));
    message->error = error;
    message->why = need_text(why);
    return message;
}

/* Marks the request that is waiting or being answered. Under the lock. */
static void cancel(struct rpc *rpc, const json_t *id)
{
    for (struct message *message = rpc->first; message; message = message->next)
        if (message->body && json_equal(json_object_get(message->body, "id"), id))
            message->cancelled = true;
    if (rpc->current && json_equal(rpc->current, id))
        rpc->flag = 1;
}

static void arrive(struct rpc *rpc, struct message *message)
{
    const json_t *method = json_object_get(message->body, "method");
    pthread_mutex_lock(&rpc->lock);
    if (method && json_is_string(method) && !strcmp(json_string_value(method), "$/cancelRequest")) {
        cancel(rpc, json_object_get(json_object_get(message->body, "params"), "id"));
        message_free(message);
    } else {
        *rpc->last = message;
        rpc->last = &message->next;
        if (rpc->background)
            rpc->flag = 1;
        pthread_cond_signal(&rpc->arrived);
    }
    pthread_mutex_unlock(&rpc->lock);
}

static void take_body(struct rpc *rpc, struct frames *frames, const char *body, size_t length)
{
    json_error_t error;
    json_t *json = parse(body, length, &error);
    struct message *message;
    if (json && json_is_object(json)) {
        message = need(calloc(1, sizeof *message));
        message->body = json;
    } else if (json) {
        json_decref(json);
        message = message_bad(RPC_INVALID_REQUEST, "a message is one JSON object");
    } else {
        char *why = format_text("no JSON: %s at byte %d", error.text, error.position);
        frames_resync(frames);
        message = message_bad(RPC_PARSE, why);
        free(why);
    }
    arrive(rpc, message);
}

static void *reader(void *user)
{
    struct rpc *rpc = user;
    struct frames frames = {0};
    char *room = need(malloc(1 << 16));
    for (;;) {
        ssize_t n = read(rpc->in, room, 1 << 16);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        frames_feed(&frames, room, (size_t)n);
        const char *body, *why;
        size_t length;
        enum frame got;
        while ((got = frames_next(&frames, &body, &length, &why)) != FRAME_MORE) {
            if (got == FRAME_BODY)
                take_body(rpc, &frames, body, length);
            else
                arrive(rpc, message_bad(RPC_PARSE, why));
        }
    }
    if (frames_cut(&frames))
        arrive(rpc, message_bad(RPC_PARSE, "the input ended inside a message"));
    buffer_free(&frames.bytes);
    free(room);
    pthread_mutex_lock(&rpc->lock);
    rpc->ended = true;
    rpc->flag = rpc->background || rpc->current;
    pthread_cond_signal(&rpc->arrived);
    pthread_mutex_unlock(&rpc->lock);
    return NULL;
}

/* ---- The queue --------------------------------------------------------------------------------- */

struct rpc *rpc_open(int in, int out)
{
    struct rpc *rpc = need(calloc(1, sizeof *rpc));
    rpc->in = in;
    rpc->out = out;
    rpc->last = &rpc->first;
#ifdef F_SETPIPE_SZ
    fcntl(out, F_SETPIPE_SZ, 1 << 20); /* the list of a long draft in a few writes; it may fail */
#endif
    json_object_seed(0); /* before there is a second thread */
    pthread_mutex_init(&rpc->lock, NULL);
    pthread_cond_init(&rpc->arrived, NULL);
    if (pthread_create(&rpc->reader, NULL, reader, rpc)) {
        fputs("rhetor-lsp: no thread can be started\n", stderr);
        exit(2);
    }
    pthread_detach(rpc->reader); /* it may stand in read() when the program ends */
    return rpc;
}

void rpc_close(struct rpc *rpc)
{
    pthread_mutex_lock(&rpc->lock);
    bool ended = rpc->ended;
    for (struct message *message; (message = rpc->first);) {
        rpc->first = message->next;
        message_free(message);
    }
    rpc->last = &rpc->first;
    pthread_mutex_unlock(&rpc->lock);
    if (!ended)
        return; /* the reader has it still, and goes with the program */
    pthread_mutex_destroy(&rpc->lock);
    pthread_cond_destroy(&rpc->arrived);
    free(rpc);
}

static bool wait_more(struct rpc *rpc, const struct timespec *until)
{
    if (!until)
        return pthread_cond_wait(&rpc->arrived, &rpc->lock) == 0;
    return pthread_cond_timedwait(&rpc->arrived, &rpc->lock, until) == 0;
}

struct message *rpc_next(struct rpc *rpc, int wait)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    if (wait > 0) {
        until.tv_sec += wait / 1000;
        until.tv_nsec += wait % 1000 * 1000000L;
        if (until.tv_nsec >= 1000000000L) {
            until.tv_sec++;
            until.tv_nsec -= 1000000000L;
        }
    }
    pthread_mutex_lock(&rpc->lock);
    while (!rpc->first && !rpc->ended && wait && wait_more(rpc, wait < 0 ? NULL : &until))
        ;
    struct message *message = rpc->first;
    if (message) {
        rpc->first = message->next;
        if (!rpc->first)
            rpc->last = &rpc->first;
        message->next = NULL;
    }
    pthread_mutex_unlock(&rpc->lock);
    return message;
}

void message_free(struct message *message)
{
    if (!message)
        return;
    json_decref(message->body);
    free(message->why);
    free(message);
}

bool rpc_ended(struct rpc *rpc)
{
    pthread_mutex_lock(&rpc->lock);
    bool ended = rpc->ended && !rpc->first;
    pthread_mutex_unlock(&rpc->lock);
    return ended;
}

void rpc_work_begin(struct rpc *rpc, const json_t *id)
{
    pthread_mutex_lock(&rpc->lock);
    rpc->background = !id;
    rpc->current = id ? json_deep_copy(id) : NULL;
    rpc->flag = rpc->ended || (!id && rpc->first);
    pthread_mutex_unlock(&rpc->lock);
}

void rpc_work_end(struct rpc *rpc)
{
    pthread_mutex_lock(&rpc->lock);
    json_decref(rpc->current);
    rpc->current = NULL;
    rpc->background = false;
    rpc->flag = 0;
    pthread_mutex_unlock(&rpc->lock);
}

const volatile uint32_t *rpc_flag(const struct rpc *rpc)
{
    return &rpc->flag;
}

/* ---- Writing ----------------------------------------------------------------------------------- */

static void write_all(struct rpc *rpc, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = write(rpc->out, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            exit(1); /* the client is gone */
        bytes += done;
        n -= (size_t)done;
    }
}

void rpc_write(struct rpc *rpc, const struct buffer *head, const struct buffer *body,
               const struct buffer *tail)
{
    const struct buffer *parts[] = {head, body, tail};
    size_t length = 0;
    for (int i = 0; i < 3; i++)
        length += parts[i] ? parts[i]->length : 0;
    struct buffer first = {0};
    buffer_format(&first, "Content-Length: %zu\r\n\r\n", length);
    if (head)
        buffer_put(&first, head->at, head->length);
    write_all(rpc, first.at, first.length);
    for (int i = 1; i < 3; i++)
        if (parts[i])
            write_all(rpc, parts[i]->at, parts[i]->length);
    buffer_free(&first);
}

static int put_chunk(const char *bytes, size_t n, void *user)
{
    buffer_put(user, bytes, n);
    return 0;
}

static void put_json(struct buffer *out, const json_t *json)
{
    json_dump_callback(json, put_chunk, out, JSON_COMPACT | JSON_ENCODE_ANY);
}

static void send(struct rpc *rpc, json_t *body)
{
    struct buffer out = {0};
    put_json(&out, body);
    json_decref(body);
    rpc_write(rpc, &out, NULL, NULL);
    buffer_free(&out);
}

static json_t *id_of(const json_t *id)
{
    return id ? json_deep_copy(id) : json_null();
}

void rpc_result(struct rpc *rpc, const json_t *id, json_t *result)
{
    send(rpc, json_pack("{sssoso}", "jsonrpc", "2.0", "id", id_of(id), "result",
                        result ? result : json_null()));
}

void rpc_result_text(struct rpc *rpc, const json_t *id, const struct buffer *result)
{
    struct buffer out = {0};
    buffer_word(&out, "{\"jsonrpc\":\"2.0\",\"id\":");
    put_json(&out, id);
    buffer_word(&out, ",\"result\":");
    const struct buffer tail = {.at = (char[]){'}'}, .length = 1};
    rpc_write(rpc, &out, result, &tail);
    buffer_free(&out);
}

void rpc_fail(struct rpc *rpc, const json_t *id, int code, const char *why)
{
    send(rpc, json_pack("{sssos{siso}}", "jsonrpc", "2.0", "id", id_of(id), "error", "code", code,
                        "message", json_text(why, strlen(why))));
}

void rpc_notify(struct rpc *rpc, const char *method, json_t *params)
{
    send(rpc, json_pack("{ssssso}", "jsonrpc", "2.0", "method", method, "params", params));
}

void rpc_ask(struct rpc *rpc, const char *id, const char *method, json_t *params)
{
    json_t *body = json_pack("{ssssss}", "jsonrpc", "2.0", "id", id, "method", method);
    if (params)
        json_object_set_new(body, "params", params);
    send(rpc, body);
}

json_t *json_text(const char *text, size_t length)
{
    json_t *json = json_stringn(text, length);
    if (json)
        return json;
    struct buffer clean = {0};
    for (size_t i = 0; i < length;) {
        size_t n = utf8_length(text + i, length - i);
        buffer_put(&clean, n ? text + i : "\xEF\xBF\xBD", n ? n : 3);
        i += n ? n : 1;
    }
    json = need(json_stringn(clean.at, clean.length));
    buffer_free(&clean);
    return json;
}
