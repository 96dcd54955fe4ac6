/* buffer.h: bytes that grow, and JSON written by hand where there is much of it. */
#ifndef RHETOR_LSP_BUFFER_H
#define RHETOR_LSP_BUFFER_H

#include <stddef.h>
#include <stdint.h>

struct buffer { char *at; size_t length, room; };

/* Memory that cannot be had ends the program with one line. */
void *need(void *block);
char *need_text(const char *text);
char *format_text(const char *form, ...);

void buffer_free(struct buffer *buffer);
void buffer_put(struct buffer *buffer, const char *bytes, size_t n);
void buffer_word(struct buffer *buffer, const char *word);
void buffer_number(struct buffer *buffer, uint32_t number);
void buffer_format(struct buffer *buffer, const char *form, ...);

/* A JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void buffer_json(struct buffer *buffer, const char *text, size_t n);
void buffer_json_word(struct buffer *buffer, const char *word);

/* Bytes of the well-formed UTF-8 sequence at s, or 0. */
size_t utf8_length(const char *s, size_t n);

#endif
