/* rpc.h: JSON-RPC 2.0 over two file descriptors.
 *
 * In: bytes, read on a thread of their own, so that a cancellation reaches a request that is being
 * answered. Out: messages in the order in which they came; replies and notifications. Invariant:
 * what is no message becomes one with `error` set. Threads: everything but the reader is the main
 * thread's; it alone writes. */
#ifndef RHETOR_LSP_RPC_H
#define RHETOR_LSP_RPC_H

#include <jansson.h>
#include <stdbool.h>

#include "buffer.h"

enum rpc_error {
    RPC_PARSE = -32700, RPC_INVALID_REQUEST = -32600, RPC_NO_METHOD = -32601, RPC_PARAMS = -32602,
    RPC_INTERNAL = -32603, RPC_NOT_INITIALIZED = -32002, RPC_FAILED = -32803,
    RPC_CANCELLED = -32800
};

struct message {
    struct message *next;
    json_t *body;              /* an object; NULL where error is set */
    int error;                 /* rpc_error, or 0 */
    char *why;
    bool cancelled;
};

struct rpc;

struct rpc *rpc_open(int in, int out);
void rpc_close(struct rpc *rpc);

/* The next message; NULL when none came within `wait` milliseconds (-1: for ever) or the input ended. */
struct message *rpc_next(struct rpc *rpc, int wait);
void message_free(struct message *message);
bool rpc_ended(struct rpc *rpc);

/* Work that may be broken off: the flag is set when a message comes (id NULL), or when the request of
 * that id is cancelled or the input ends. */
void rpc_work_begin(struct rpc *rpc, const json_t *id);
void rpc_work_end(struct rpc *rpc);
const volatile uint32_t *rpc_flag(const struct rpc *rpc);

/* These take over what is handed in as json_t *. */
void rpc_result(struct rpc *rpc, const json_t *id, json_t *result);
void rpc_result_text(struct rpc *rpc, const json_t *id, const struct buffer *result);
void rpc_fail(struct rpc *rpc, const json_t *id, int code, const char *why);
void rpc_notify(struct rpc *rpc, const char *method, json_t *params);
void rpc_ask(struct rpc *rpc, const char *id, const char *method, json_t *params);
/* A body in three parts; NULL where there is none. */
void rpc_write(struct rpc *rpc, const struct buffer *head, const struct buffer *body,
               const struct buffer *tail);

/* What the strings of messages can hold: text that is not UTF-8 gets U+FFFD in place of its bytes. */
json_t *json_text(const char *text, size_t length);

#endif
