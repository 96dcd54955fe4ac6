/* patterns_csv.c: word lists with categories as a pattern set.
 * In: lines "word<TAB>category[<TAB>category…]" (or with commas where no line has a tab); a header
 * "word<TAB>category" is skipped; a LIWC dictionary, whose categories stand between two lines of %, too.
 * Out: a lexicon and a device a category. LIWC's wildcard (econom*) is a lexicon's own. Cost: linear. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "patterns.h"

enum { FIELDS_MOST = 64, WORD_BYTES = 120 };

struct category { char *id, *name, *number; struct list words; };
struct categories { struct category *at; uint32_t count; };

static struct category *category_of(struct categories *all, const char *name)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (!strcmp(all->at[i].name, name) || (all->at[i].number && !strcmp(all->at[i].number, name)))
            return &all->at[i];
    char *id = id_of(name);
    for (uint32_t i = 0; i < all->count; i++)
        if (!strcmp(all->at[i].id, id)) { /* two names, one id */
            char *other = format_text("%.40s-%u", id, all->count + 1);
            free(id);
            id = other;
        }
    all->at = need(realloc(all->at, (all->count + 1) * sizeof *all->at));
    all->at[all->count] = (struct category){id, need(strdup(name)), NULL, {0}};
    return &all->at[all->count++];
}

/* NULL: an entry of a lexicon. */
static const char *why_not(const char *word)
{
    const char *star = strchr(word, '*');
    if (strlen(word) > WORD_BYTES)
        return "is too long";
    if (strpbrk(word, "{}()[]|\\^$+?") || word[0] == '=')
        return "is a pattern, not a word";
    if (star && (star == word || star[1]))
        return "has a * that is not at its end";
    return NULL;
}

/* Cuts a line at the mark, blanks around the fields away; returns the number of fields. */
static uint32_t cut(char *line, char mark, char **fields)
{
    uint32_t n = 0;
    for (char *at = line; at && n < FIELDS_MOST; n++) {
        char *next = strchr(at, mark);
        if (next)
            *next++ = 0;
        at += strspn(at, " \t\"");
        size_t length = strlen(at);
        while (length && strchr(" \t\r\"", at[length - 1]))
            at[--length] = 0;
        fields[n] = at;
        at = next;
    }
    return n;
}

static uint32_t read_lines(char *text, const char *path, struct categories *all)
{
    char mark = strchr(text, '\t') ? '\t' : ',';
    uint32_t line = 0, left_out = 0, sections = 0;
    if (!strncmp(text, "\xEF\xBB\xBF", 3))
        text += 3;
    for (char *at = text; at;) {
        char *next = strchr(at, '\n'), *fields[FIELDS_MOST];
        if (next)
            *next++ = 0;
        line++;
        uint32_t n = cut(at, mark, fields);
        at = next;
        if (!*fields[0] || *fields[0] == '#')
            continue;
        if (!strcmp(fields[0], "%")) {
            sections++;
            continue;
        }
        if (sections == 1 && n > 1) { /* LIWC: number, name */
            struct category *category = category_of(all, fields[1]);
            free(category->number);
            category->number = need(strdup(fields[0]));
            continue;
        }
        if (line == 1 && n > 1 && !strcasecmp(fields[0], "word"))
            continue;
        const char *why = n < 2 || !*fields[1] ? "has no category" : why_not(fields[0]);
        if (why) {
            fprintf(stderr, "%s:%u: left out: \"%.60s\" %s\n", path, line, fields[0], why);
            left_out++;
            continue;
        }
        for (uint32_t i = 1; i < n; i++)
            if (*fields[i])
                list_put(&category_of(all, fields[i])->words, fields[0]);
    }
    return left_out;
}

static void write_set(FILE *out, const char *name, const struct categories *all)
{
    fprintf(out, "# Made by rhetor patterns import --from csv.\nset: {name: %s, version: '1'}\nlexicons:\n", name);
    for (uint32_t i = 0; i < all->count; i++) {
        if (!all->at[i].words.count)
            continue;
        fprintf(out, "  %s:\n", all->at[i].id);
        for (uint32_t w = 0; w < all->at[i].words.count; w++) {
            fputs("    - ", out);
            yaml_text(out, all->at[i].words.at[w]);
            fputc('\n', out);
        }
    }
    fputs("devices:\n", out);
    for (uint32_t i = 0; i < all->count; i++) {
        const struct category *category = &all->at[i];
        if (!category->words.count)
            continue;
        char *example = format_text("[[%s]]", category->words.at[0]);
        char *star = strchr(example, '*');
        if (star)
            memmove(star, star + 1, strlen(star));
        fprintf(out, "  - id: %s\n    name: ", category->id);
        yaml_text(out, category->name);
        fprintf(out, "\n    family: %s\n    patterns:\n      - {id: word, pattern: '{%s}', examples: [", name,
                category->id);
        yaml_text(out, example);
        fputs("]}\n", out);
        free(example);
    }
}

int import_csv(FILE *out, const char *path)
{
    struct categories all = {0};
    uint32_t length, words = 0;
    char *why = NULL, *text = read_file(path, &length, &why);
    if (!text) {
        complain("%s", why);
        free(why);
        return EXIT_BAD;
    }
    uint32_t left_out = read_lines(text, path, &all), used = 0;
    const char *slash = strrchr(path, '/');
    char *stem = need(strdup(slash ? slash + 1 : path)), *dot = strrchr(stem, '.');
    if (dot && dot != stem)
        *dot = 0;
    char *name = id_of(stem);
    for (uint32_t i = 0; i < all.count; i++) {
        words += all.at[i].words.count;
        used += all.at[i].words.count > 0;
    }
    if (words)
        write_set(out, name, &all);
    fprintf(stderr, "%u words in %u categories, %u left out\n", words, used, left_out);
    for (uint32_t i = 0; i < all.count; i++) {
        free(all.at[i].id);
        free(all.at[i].name);
        free(all.at[i].number);
        list_free(&all.at[i].words);
    }
    free(all.at);
    free(stem);
    free(name);
    free(text);
    return words ? EXIT_DONE : EXIT_BAD;
}
