/* patterns_import.c: rhetor patterns import: a set made of what other tools keep.
 * In: a Vale style, or lists of words with categories. Out: a pattern set on stdout; on stderr what was left
 * out or is kept in part only. Exit status 2 where nothing could be read. */
#include <stdlib.h>
#include <string.h>

#include "patterns.h"

void yaml_text(FILE *out, const char *text)
{
    fputc('\'', out);
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '\'')
            fputs("''", out);
        else
            fputc(c < 0x20 || c == 0x7F ? ' ' : c, out);
    }
    fputc('\'', out);
}

char *id_of(const char *text)
{
    enum { MOST = 48 };
    char *id = need(malloc(MOST + 3)), *end = id;
    for (; *text && end - id < MOST; text++) {
        char c = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a') : *text;
        bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (digit && end == id)
            *end++ = 'n';
        if (letter || digit)
            *end++ = c;
        else if (end > id && end[-1] != '-')
            *end++ = '-';
    }
    while (end > id && end[-1] == '-')
        end--;
    *end = 0;
    if (end == id)
        memcpy(id, "x", 2);
    return id;
}

int verb_import(struct job *job)
{
    static const struct { const char *name; int (*run)(FILE *out, const char *path); } kinds[] = {
        {"vale", import_vale}, {"csv", import_csv}};
    if (!job->from || job->operands.count != 1) {
        complain("usage: rhetor patterns import --from vale STYLE/ | --from csv FILE");
        return EXIT_BAD;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].name, job->from))
            return kinds[i].run(stdout, job->operands.at[0]);
    complain("--from %s: choose vale or csv", job->from);
    return EXIT_BAD;
}
