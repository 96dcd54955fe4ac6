/* common.c: lists, memory, files and complaints of the command line. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli.h"

void *need(void *block)
{
    if (!block) {
        fputs("rhetor: out of memory\n", stderr);
        exit(EXIT_BAD);
    }
    return block;
}

char *format_text(const char *form, ...)
{
    va_list args;
    va_start(args, form);
    int length = vsnprintf(NULL, 0, form, args);
    va_end(args);
    char *out = need(malloc((size_t)length + 1));
    va_start(args, form);
    vsnprintf(out, (size_t)length + 1, form, args);
    va_end(args);
    return out;
}

void complain(const char *form, ...)
{
    va_list args;
    va_start(args, form);
    fputs("rhetor: ", stderr);
    vfprintf(stderr, form, args);
    fputc('\n', stderr);
    va_end(args);
}

void list_add(struct list *list, const char *comma_joined)
{
    while (*comma_joined) {
        size_t length = strcspn(comma_joined, ",");
        list->at = need(realloc(list->at, (list->count + 1) * sizeof *list->at));
        list->at[list->count++] = need(strndup(comma_joined, length));
        comma_joined += length + (comma_joined[length] == ',');
    }
}

void list_put(struct list *list, const char *word)
{
    list->at = need(realloc(list->at, (list->count + 1) * sizeof *list->at));
    list->at[list->count++] = need(strdup(word));
}

bool list_has(const struct list *list, const char *word)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (!strcmp(list->at[i], word))
            return true;
    return false;
}

void list_free(struct list *list)
{
    for (uint32_t i = 0; i < list->count; i++)
        free(list->at[i]);
    free(list->at);
    *list = (struct list){0};
}

char *read_file(const char *path, uint32_t *length, char **why)
{
    FILE *in = strcmp(path, "-") ? fopen(path, "rb") : stdin;
    if (!in) {
        *why = format_text("%s: %s", path, strerror(errno));
        return NULL;
    }
    struct stat status;
    if (in != stdin && !fstat(fileno(in), &status) && S_ISDIR(status.st_mode)) {
        fclose(in);
        *why = format_text("%s: is a folder, not a draft", path);
        return NULL;
    }
    size_t used = 0, room = 1 << 16;
    char *bytes = need(malloc(room + 1));
    for (;;) {
        size_t n = fread(bytes + used, 1, room - used, in);
        used += n;
        if (n == 0)
            break;
        if (used == room)
            bytes = need(realloc(bytes, (room *= 2) + 1));
        if (used > UINT32_MAX / 2)
            break;
    }
    bool failed = ferror(in);
    int error = errno;
    if (in != stdin)
        fclose(in);
    if (failed || used > UINT32_MAX / 2) {
        *why = failed ? format_text("%s: %s", path, strerror(error))
                      : format_text("%s: is longer than 2 GiB", path);
        free(bytes);
        return NULL;
    }
    bytes[used] = 0;
    *length = (uint32_t)used;
    return bytes;
}
