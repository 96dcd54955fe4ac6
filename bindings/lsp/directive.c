/* directive.c: what the author tells rhetor inside the text, in comments:
 *
 *   <!-- rhetor off -->            nothing from here on        <!-- rhetor off hedge booster -->
 *   <!-- rhetor on -->             up to here                  <!-- rhetor on hedge -->
 *   <!-- rhetor ignore carrot -->             not this device, in the whole file
 *   <!-- rhetor ignore carrot#9f3c2a11 -->    not this one: the number is made of its words
 *
 * A device or a family can be named. Line comments of some languages do as well: % rhetor off.
 * In: the text. Out: directives in their order, and what is wrong with some. Invariant: a directive
 * that is not understood does nothing and is reported. Cost: one search for the word "rhetor". */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "server.h"

static const struct { const char *language, *open, *close; } comments[] = {
    {"markdown", "<!--", " -->"}, {"html", "<!--", " -->"},
    {"latex", "%", ""},           {"tex", "%", ""},
    {"plaintex", "%", ""},        {"bibtex", "%", ""},
    {"org", "#", ""},             {"asciidoc", "//", ""},
    {"asciidoctor", "//", ""},    {"restructuredtext", "..", ""},
    {"rst", "..", ""},            {"typst", "//", ""},
    {"nroff", ".\\\"", ""},       {"troff", ".\\\"", ""},
    {"fountain", "[[", "]]"},
};

/* How a comment of that language begins and ends; <!-- --> where it is not known: false. */
bool comment_marks(const char *language, const char **open, const char **close)
{
    *open = "<!--";
    *close = " -->";
    for (size_t i = 0; i < sizeof comments / sizeof *comments; i++)
        if (!strcmp(language, comments[i].language)) {
            *open = comments[i].open;
            *close = comments[i].close;
            return true;
        }
    return false;
}

void directives_free(struct directives *directives)
{
    for (uint32_t i = 0; i < directives->mistake_count; i++)
        free(directives->mistakes[i].message);
    free(directives->mistakes);
    free(directives->words);
    free(directives->at);
    *directives = (struct directives){0};
}

/* ---- Reading ----------------------------------------------------------------------------------- */

struct source {
    struct directives *out;
    const struct layer *layer;
    const char *bytes;
    uint32_t length;
    const char *open, *close;  /* of the language's own comments */
};

#define GROW(list, count) ((list) = need(realloc((list), ((count) + 1) * sizeof *(list))))

static void mistake(struct source *source, uint32_t start, uint32_t end, char *message)
{
    struct directives *out = source->out;
    GROW(out->mistakes, out->mistake_count);
    out->mistakes[out->mistake_count++] = (struct directive_mistake){start, end, message};
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether bytes before `at`, blanks aside, are `open`; *start is where it begins. A line comment stands
 * first in its line. */
static bool opened(const struct source *source, uint32_t at, const char *open, bool line,
                   uint32_t *start)
{
    uint32_t n = (uint32_t)strlen(open), floor = at > 64 ? at - 64 : 0;
    while (at > floor && (line ? source->bytes[at - 1] == ' ' || source->bytes[at - 1] == '\t'
                               : is_blank(source->bytes[at - 1])))
        at--;
    if (at < n || memcmp(source->bytes + at - n, open, n))
        return false;
    *start = at - n;
    at -= n;
    while (line && at && (source->bytes[at - 1] == ' ' || source->bytes[at - 1] == '\t'))
        at--;
    return !line || !at || source->bytes[at - 1] == '\n' || source->bytes[at - 1] == '\r';
}

/* Where the comment's words end and where it ends itself; false: nowhere. */
static bool closed(const struct source *source, uint32_t at, bool line, const char *close,
                   uint32_t *words_end, uint32_t *end)
{
    if (line) {
        while (at < source->length && source->bytes[at] != '\n' && source->bytes[at] != '\r')
            at++;
        *words_end = *end = at;
        return true;
    }
    uint32_t n = (uint32_t)strlen(close);
    uint32_t reach = source->length - at < 4096 ? source->length - at : 4096;
    const char *found = memmem(source->bytes + at, reach, close, n);
    if (!found)
        return false;
    *words_end = (uint32_t)(found - source->bytes);
    *end = *words_end + n;
    return true;
}

static bool is_known(const struct layer *layer, const char *name)
{
    uint32_t count = rhetor_engine_device_count(layer->engine);
    if (rhetor_engine_find_device(layer->engine, name) >= 0)
        return true;
    for (uint32_t i = 0; i < count; i++)
        if (!strcmp(layer_device(layer, i).family, name))
            return true;
    return false;
}

static void word_read(struct source *source, uint32_t start, uint32_t end)
{
    struct directives *out = source->out;
    struct directive_word word = {.start = start, .end = end};
    const char *text = source->bytes + start, *mark = memchr(text, '#', end - start);
    uint32_t n = mark ? (uint32_t)(mark - text) : end - start;
    snprintf(word.device, sizeof word.device, "%.*s", n < 64 ? (int)n : 64, text);
    if (mark) {
        char digits[9] = "", *stop;
        uint32_t left = end - start - n - 1;
        memcpy(digits, mark + 1, left < 8 ? left : 8);
        word.hash = (uint32_t)strtoul(digits, &stop, 16);
        word.hashed = true;
        if (left != 8 || stop != digits + 8) {
            mistake(source, start, end, format_text("%.40s# takes eight hexadecimal digits",
                                                    word.device));
            return;
        }
    }
    if (!is_known(source->layer, word.device)) {
        mistake(source, start, end, format_text("%.60s is no device and no family", word.device));
        return;
    }
    GROW(out->words, out->word_count);
    out->words[out->word_count++] = word;
}

/* The comment's words, [at, end): a verb and names. */
static void directive_read(struct source *source, struct directive directive, uint32_t at,
                           uint32_t end)
{
    static const char *const verbs[] = {"off", "on", "ignore"};
    struct directives *out = source->out;
    int verb = -1;
    uint32_t names = 0;
    directive.first_word = out->word_count;
    while (at < end) {
        while (at < end && (is_blank(source->bytes[at]) || source->bytes[at] == ','))
            at++;
        uint32_t start = at;
        while (at < end && !is_blank(source->bytes[at]) && source->bytes[at] != ',')
            at++;
        if (at == start)
            break;
        for (int i = 0; i < 3 && verb < 0; i++)
            if (strlen(verbs[i]) == at - start &&
                !memcmp(verbs[i], source->bytes + start, at - start))
                verb = i, names--;
        if (verb < 0)
            break;
        if (names++ != UINT32_MAX)
            word_read(source, start, at);
    }
    if (verb < 0 || (verb == DIRECTIVE_IGNORE && !names)) {
        mistake(source, directive.start, directive.end,
                need_text(verb < 0 ? "rhetor takes off, on or ignore here"
                                   : "rhetor ignore takes a device; rhetor off takes all"));
        return;
    }
    directive.verb = (enum directive_verb)verb;
    directive.word_count = out->word_count - directive.first_word;
    if (names && !directive.word_count)
        return; /* no name that is known */
    GROW(out->at, out->count);
    out->at[out->count++] = directive;
}

void directives_find(struct directives *directives, const struct layer *layer,
                     const char *language, const char *bytes, uint32_t length)
{
    struct source source = {.out = directives, .layer = layer, .bytes = bytes, .length = length};
    bool own = comment_marks(language, &source.open, &source.close);
    bool line = own && !*source.close;
    directives_free(directives);
    const char *at = bytes, *end = bytes + length;
    while (at < end && (at = memmem(at, (size_t)(end - at), "rhetor", 6))) {
        uint32_t place = (uint32_t)(at - bytes), words_end;
        at += 6;
        if (at < end && !is_blank(*at) && *at != ':')
            continue;
        struct directive directive = {0};
        bool in_line = false, html = opened(&source, place, "<!--", false, &directive.start);
        if (!html && own)
            in_line = line;
        if (!html && !(own && opened(&source, place, source.open, line, &directive.start)))
            continue;
        const char *close = html ? "-->" : source.close + strspn(source.close, " ");
        if (!closed(&source, place + 6, in_line, close, &words_end, &directive.end)) {
            mistake(&source, directive.start, place + 6,
                    need_text("this comment is not closed, so it says nothing"));
            continue;
        }
        uint32_t first = place + 6 + (bytes[place + 6] == ':');
        directive_read(&source, directive, first < words_end ? first : words_end, words_end);
        at = bytes + directive.end;
    }
}

/* ---- Asking ------------------------------------------------------------------------------------ */

static bool names_it(const struct directives *directives, const struct directive *directive,
                     struct text *text, const rhetor_tag *tag, const rhetor_device *device)
{
    for (uint32_t i = 0; i < directive->word_count; i++) {
        const struct directive_word *word = &directives->words[directive->first_word + i];
        if (strcmp(word->device, device->id) && strcmp(word->device, device->family))
            continue;
        if (!word->hashed || word->hash == tag_hash(text, tag))
            return true;
    }
    return false;
}

bool directives_hide(const struct directives *directives, struct text *text, const rhetor_tag *tag)
{
    if (!directives->count && !directives->mistake_count)
        return false;
    rhetor_device device = layer_device(text->layer, tag->device);
    bool off = false;
    for (uint32_t i = 0; i < directives->count; i++) {
        const struct directive *directive = &directives->at[i];
        if (tag->start < directive->end && tag->end > directive->start)
            return true;
        bool named = names_it(directives, directive, text, tag, &device);
        if (directive->verb == DIRECTIVE_IGNORE) {
            if (named)
                return true;
        } else if (directive->start <= tag->start && (named || !directive->word_count)) {
            off = directive->verb == DIRECTIVE_OFF;
        }
    }
    return off;
}
