/* frame.h: the messages in a stream of bytes: "Content-Length: N", a blank line, N bytes.
 *
 * In: bytes as they come. Out: bodies, or what is wrong. Invariant: whatever comes, the next sound
 * header is found again, and one stretch of rubbish is reported once. Cost: linear in the bytes. */
#ifndef RHETOR_LSP_FRAME_H
#define RHETOR_LSP_FRAME_H

#include <stdbool.h>

#include "buffer.h"

enum { FRAME_BYTES_MOST = 1 << 29 }; /* a longer message is refused */

struct frames {
    struct buffer bytes;
    size_t from;               /* what is before is used up */
    size_t body, body_end;     /* the last body given out */
    bool lost;                 /* between a mistake, which is reported, and the next sound header */
};

enum frame { FRAME_MORE, FRAME_BODY, FRAME_BAD };

void frames_feed(struct frames *frames, const char *bytes, size_t n);

/* FRAME_BODY: *body is lent until the next feed. FRAME_BAD: *why is a constant sentence. */
enum frame frames_next(struct frames *frames, const char **body, size_t *length, const char **why);

/* The last body was no JSON: if it swallowed a header, reading goes on there. */
void frames_resync(struct frames *frames);

/* Whether the input ended inside a message. */
bool frames_cut(const struct frames *frames);

#endif
