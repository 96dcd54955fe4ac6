/* marks.c: the marks of an example: "We [[will fund [[offer:a clinic]]]]." as plain text and spans.
 * In: the text as its author wrote it. Out: the text without marks, each mark as bytes of it. Of more ]
 * than close what is open, the first are text: "[[a [1]]]". */
#include <stdlib.h>
#include <string.h>

#include "patterns.h"

static const char name_letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

struct marked read_marks(const char *source)
{
    struct marked out = {.text = need(malloc(strlen(source) + 1))};
    uint32_t open[MARKS_MOST], depth = 0;
    while (*source) {
        if (!strncmp(source, "[[", 2) && out.count < MARKS_MOST) {
            struct mark *mark = &out.marks[out.count];
            *mark = (struct mark){.start = out.length, .end = out.length};
            source += 2;
            size_t name = strspn(source, name_letters);
            if (name && name < sizeof mark->role && source[name] == ':' && source[name + 1] != ' ') {
                memcpy(mark->role, source, name);
                source += name + 1;
            }
            open[depth++] = out.count++;
        } else if (depth && !strncmp(source, "]]", 2) && strspn(source, "]") <= 2 * depth) {
            out.marks[open[--depth]].end = out.length;
            source += 2;
        } else {
            out.text[out.length++] = *source++;
        }
    }
    out.text[out.length] = 0;
    return out;
}
