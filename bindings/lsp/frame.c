/* frame.c: see frame.h. */
#include "frame.h"

#include <string.h>
#include <strings.h>

enum { HEADER_MOST = 1 << 14 };
static const char field[] = "content-length:";
enum { FIELD = sizeof field - 1 };

void frames_feed(struct frames *frames, const char *bytes, size_t n)
{
    struct buffer *all = &frames->bytes;
    if (frames->from > all->length / 2) {
        memmove(all->at, all->at + frames->from, all->length - frames->from);
        all->length -= frames->from;
        frames->from = 0;
    }
    buffer_put(all, bytes, n);
    frames->body = frames->body_end = 0;
}

bool frames_cut(const struct frames *frames)
{
    return frames->from < frames->bytes.length && !frames->lost;
}

/* Offset of the next "Content-Length:" in bytes[from, end), or end. */
static size_t field_find(const char *bytes, size_t from, size_t end)
{
    for (size_t at = from; at + FIELD <= end; at++) {
        const char *dash = memchr(bytes + at, '-', end - at);
        if (!dash)
            return end;
        size_t start = (size_t)(dash - bytes) - 7; /* "content" is before the dash */
        at = (size_t)(dash - bytes);
        if (at >= from + 7 && start + FIELD <= end && !strncasecmp(bytes + start, field, FIELD))
            return start;
    }
    return end;
}

/* Whether bytes[from, to) is nothing, or whole lines "Name: value". */
static bool are_headers(const char *bytes, size_t from, size_t to)
{
    while (from < to) {
        size_t at = from;
        while (at < to && bytes[at] > ' ' && bytes[at] != ':' && (unsigned char)bytes[at] < 0x7F)
            at++;
        const char *end = memchr(bytes + from, '\n', to - from);
        if (at == from || at == to || bytes[at] != ':' || !end)
            return false;
        from = (size_t)(end - bytes) + 1;
    }
    return true;
}

/* Behind the blank line that ends the header; 0: it is not there yet. */
static size_t header_end(const char *bytes, size_t from, size_t end)
{
    for (size_t at = from; at < end; at++) {
        const char *line = memchr(bytes + at, '\n', end - at);
        if (!line)
            return 0;
        at = (size_t)(line - bytes);
        if (at + 1 < end && bytes[at + 1] == '\n')
            return at + 2;
        if (at + 2 < end && bytes[at + 1] == '\r' && bytes[at + 2] == '\n')
            return at + 3;
    }
    return 0;
}

/* Goes on at `to`. True: the mistake is not reported yet. */
static bool lose(struct frames *frames, size_t to)
{
    bool fresh = !frames->lost;
    frames->from = to;
    frames->lost = true;
    return fresh;
}

/* The number of "Content-Length: 42\r\n" whose value begins at `at`. */
static bool read_length(const char *bytes, size_t at, size_t end, size_t *out)
{
    uint64_t number = 0;
    size_t digits = 0;
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t'))
        at++;
    for (; at < end && bytes[at] >= '0' && bytes[at] <= '9' && digits < 12; at++, digits++)
        number = number * 10 + (uint64_t)(bytes[at] - '0');
    while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r'))
        at++;
    *out = (size_t)number;
    return digits && at < end && bytes[at] == '\n' && number <= FRAME_BYTES_MOST;
}

/* One header: the field's place, where the body begins and how long it is. */
static enum frame header_read(struct frames *frames, size_t *body, size_t *length, const char **why)
{
    const char *bytes = frames->bytes.at;
    size_t end = frames->bytes.length, from = frames->from;
    size_t at = field_find(bytes, from, end), stop = header_end(bytes, from, end);
    if (at == end) {
        if (!stop && end - from < HEADER_MOST)
            return FRAME_MORE;
        *why = "a message without Content-Length";
        return lose(frames, stop ? stop : end - FIELD) ? FRAME_BAD : FRAME_BODY;
    }
    if (!are_headers(bytes, from, at)) {
        *why = "bytes that belong to no message";
        return lose(frames, at) ? FRAME_BAD : FRAME_BODY;
    }
    stop = header_end(bytes, at, end);
    if (!stop && end - at < HEADER_MOST)
        return FRAME_MORE;
    const char *line = memchr(bytes + at, '\n', end - at);
    if (!stop || !read_length(bytes, at + FIELD, end, length)) {
        *why = "Content-Length is no number of bytes that can be read";
        return lose(frames, at + FIELD) ? FRAME_BAD : FRAME_BODY;
    }
    size_t next = (size_t)(line - bytes) + 1;
    size_t rest = stop - (bytes[stop - 2] == '\r' ? 2 : 1);
    if (next < rest && !are_headers(bytes, next, rest)) {
        *why = "a header line that is none";
        return lose(frames, at + FIELD) ? FRAME_BAD : FRAME_BODY;
    }
    *body = stop;
    return FRAME_BODY;
}

enum frame frames_next(struct frames *frames, const char **body, size_t *length, const char **why)
{
    for (;;) {
        size_t start = 0, n = 0;
        enum frame got = frames->from < frames->bytes.length ? header_read(frames, &start, &n, why)
                                                             : FRAME_MORE;
        if (got != FRAME_BODY)
            return got;
        if (!start)
            continue; /* more of what is reported already */
        if (frames->bytes.length - start < n)
            return FRAME_MORE;
        frames->lost = false;
        frames->body = start;
        frames->body_end = frames->from = start + n;
        *body = frames->bytes.at + start;
        *length = n;
        return FRAME_BODY;
    }
}

void frames_resync(struct frames *frames)
{
    const char *bytes = frames->bytes.at;
    size_t end = frames->body_end, at = field_find(bytes, frames->body, end);
    /* or the body's last bytes are the first of the field */
    for (size_t n = end - frames->body < FIELD ? end - frames->body : FIELD; at == end && n; n--)
        if (!strncasecmp(bytes + end - n, field, n))
            at = end - n;
    frames->lost = true;
    frames->from = at;
}
