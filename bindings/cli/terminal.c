/* terminal.c: the draft's own lines with the spans coloured and underlined, and under each row the tags that
 * begin in it: extent, device, roles, voice. In: a draft. Out: rows no wider than the terminal.
 * Control characters of the draft are shown as U+FFFD: a draft cannot steer the terminal. */
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "cli.h"

enum { GUTTER = 7, NARROWEST = 40 };

/* 256-colour numbers that keep 4.5:1 on black and on white are few; these are mid-tones. */
static const struct { const char *family; int colour; } palette[] = {
    {"facework", 133}, {"inducement", 166}, {"voice", 31}, {"appeals", 64},
    {"stance", 97}, {"schemes", 30}, {"tropes", 131}, {"arrangement", 242},
};

static int family_colour(const char *family)
{
    for (size_t i = 0; i < sizeof palette / sizeof *palette; i++)
        if (!strcmp(palette[i].family, family))
            return palette[i].colour;
    unsigned sum = 0;
    for (; *family; family++)
        sum = sum * 31 + (unsigned char)*family;
    static const int others[] = {133, 166, 31, 64, 97, 30, 131};
    return others[sum % 7];
}

struct screen {
    FILE *out;
    const struct draft *draft;
    const struct settings *settings;
    uint32_t *shown, count;  /* tags to show, by start */
    int *colours;            /* of each shown tag */
};

/* Columns of the character at *at, which moves behind it. */
static uint32_t cell(const char *text, uint32_t *at, uint32_t end, UChar32 *out)
{
    int32_t i = (int32_t)*at;
    UChar32 c;
    U8_NEXT(text, i, (int32_t)end, c);
    *at = (uint32_t)i;
    if (c == '\t' || c == '\n' || c == '\r') /* a role may run over lines */
        c = ' ';
    if (c < 0 || c < 0x20 || (c >= 0x7F && c < 0xA0) ||
        (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
        c = 0xFFFD;
    *out = c;
    int type = u_charType(c);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || c == 0x200D || c == 0xFEFF)
        return 0;
    int wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

static void put(FILE *out, UChar32 c)
{
    char bytes[4];
    int32_t n = 0;
    U8_APPEND_UNSAFE(bytes, n, c);
    fwrite(bytes, 1, (size_t)n, out);
}

/* The end of the row that starts at `at`: breaks at the last blank that fits. */
static uint32_t row_end(const struct screen *screen, uint32_t at, uint32_t end, uint32_t width)
{
    const char *text = screen->draft->text;
    uint32_t used = 0, blank = 0;
    for (uint32_t i = at; i < end;) {
        UChar32 c;
        uint32_t from = i;
        used += cell(text, &i, end, &c);
        if (used > width)
            return blank > at ? blank : from > at ? from : i;
        if (c == ' ')
            blank = i;
    }
    return end;
}

static uint32_t columns(const struct screen *screen, uint32_t from, uint32_t to)
{
    uint32_t used = 0;
    UChar32 c;
    while (from < to)
        used += cell(screen->draft->text, &from, to, &c);
    return used;
}

static void row_text(const struct screen *screen, uint32_t from, uint32_t to)
{
    const rhetor_tag *tags = screen->draft->tags;
    bool colour = screen->settings->colour;
    int now = -1;
    uint32_t lowest = 0; /* tags before it have ended */
    while (lowest < screen->count && tags[screen->shown[lowest]].end <= from)
        lowest++;
    for (uint32_t i = from; i < to;) {
        int wanted = -1;
        uint32_t shortest = UINT32_MAX;
        for (uint32_t t = lowest; t < screen->count && tags[screen->shown[t]].start <= i; t++) {
            const rhetor_tag *tag = &tags[screen->shown[t]];
            if (tag->end > i && tag->end - tag->start < shortest) {
                shortest = tag->end - tag->start;
                wanted = screen->colours[t];
            }
        }
        if (colour && wanted != now) {
            fputs(wanted < 0 ? "\033[0m" : "", screen->out);
            if (wanted >= 0)
                fprintf(screen->out, "\033[0;4;38;5;%dm", wanted);
            now = wanted;
        }
        UChar32 c;
        cell(screen->draft->text, &i, to, &c);
        put(screen->out, c);
    }
    if (now >= 0)
        fputs("\033[0m", screen->out);
}

/* "carrot  offer: …, recipient: …  scripted, General Brandt" */
static char *label(const struct screen *screen, uint32_t shown)
{
    const struct draft *draft = screen->draft;
    uint32_t i = screen->shown[shown];
    const rhetor_tag *tag = &draft->tags[i];
    char *text = NULL;
    size_t size = 0;
    FILE *out = need(open_memstream(&text, &size));
    fputs(draft_device(draft, i).id, out);
    for (uint32_t r = 0; r < tag->role_count; r++) {
        const rhetor_role *role = &draft->roles[tag->first_role + r];
        uint32_t length = role->end - role->start, from = role->start;
        const char *text_of = draft->text;
        if (!role->end) { /* who, where no words say it */
            from = 0;
            text_of = rhetor_document_name(draft->document, role->party, &length);
        }
        uint32_t cut = length;
        if (length > 44)
            for (cut = 40; cut > 0 && ((unsigned char)text_of[from + cut] & 0xC0) == 0x80;)
                cut--;
        fprintf(out, "%s%s: ", r ? ", " : "  ",
                rhetor_engine_role_name(draft->engine, role->name));
        for (uint32_t at = from; at < from + cut;) {
            UChar32 c;
            cell(text_of, &at, from + cut, &c);
            put(out, c);
        }
        if (cut < length)
            fputs(screen->settings->unicode ? "…" : "...", out);
    }
    if (tag->voice != RHETOR_AUTHOR) {
        uint32_t length;
        const char *speaker = rhetor_document_name(draft->document, tag->speaker, &length);
        fprintf(out, "  [%s%s%s]", voice_name(tag->voice), length ? ", " : "", speaker);
    }
    fclose(out);
    return text;
}

/* Cuts to the width; whole characters only. */
static void put_cut(FILE *out, const char *text, uint32_t width)
{
    uint32_t end = (uint32_t)strlen(text), used = 0;
    for (uint32_t at = 0; at < end;) {
        UChar32 c;
        used += cell(text, &at, end, &c);
        if (used > width)
            break;
        put(out, c);
    }
}

static void row_labels(const struct screen *screen, uint32_t from, uint32_t to, uint32_t *next)
{
    const struct draft *draft = screen->draft;
    uint32_t width = screen->settings->width - GUTTER;
    for (; *next < screen->count && draft->tags[screen->shown[*next]].start < to; ++*next) {
        const rhetor_tag *tag = &draft->tags[screen->shown[*next]];
        uint32_t left = columns(screen, from, tag->start > from ? tag->start : from);
        uint32_t stop = tag->end < to ? tag->end : to;
        while (stop > tag->start && stop == to && draft->text[stop - 1] == ' ')
            stop--;
        uint32_t span = columns(screen, tag->start, stop);
        char *words = label(screen, *next);
        fprintf(screen->out, "%*s", GUTTER, "");
        /* A label that does not fit behind its underline goes before the span's column or on a row of its own. */
        uint32_t need_columns = columns(&(struct screen){.draft = &(struct draft){.text = words}}, 0,
                                        (uint32_t)strlen(words));
        fprintf(screen->out, "%*s", (int)left, "");
        if (screen->settings->colour)
            fprintf(screen->out, "\033[38;5;%dm", screen->colours[*next]);
        for (uint32_t i = 0; i < span; i++)
            fputs(screen->settings->unicode ? "‾" : "^", screen->out);
        if (tag->end > to)
            fputs(screen->settings->unicode ? "›" : ">", screen->out);
        if (left + span + 2 + need_columns <= width) {
            fprintf(screen->out, " %s", words);
        } else {
            uint32_t indent = need_columns < width ? width - need_columns : 0;
            if (indent > left)
                indent = left;
            fprintf(screen->out, "\n%*s", (int)(GUTTER + indent), "");
            put_cut(screen->out, words, width - indent);
        }
        fputs(screen->settings->colour ? "\033[0m\n" : "\n", screen->out);
        if (screen->settings->explain) {
            char why[4096];
            rhetor_document_explain(draft->document, tag->id, why, sizeof why);
            for (char *line = strtok(why, "\n"); line; line = strtok(NULL, "\n")) {
                fprintf(screen->out, "%*s  ", GUTTER + 2, "");
                put_cut(screen->out, line, width - 4);
                fputc('\n', screen->out);
            }
        }
        free(words);
    }
}

void write_terminal(FILE *out, const struct draft *draft, const struct settings *settings)
{
    struct screen screen = {.out = out, .draft = draft, .settings = settings};
    struct settings wide = *settings;
    if (wide.width < NARROWEST)
        wide.width = NARROWEST;
    screen.settings = &wide;
    screen.shown = need(malloc((draft->tag_count + 1) * sizeof *screen.shown));
    screen.colours = need(malloc((draft->tag_count + 1) * sizeof *screen.colours));
    for (uint32_t i = 0; i < draft->tag_count; i++)
        if (draft_shows(draft, settings, i)) {
            screen.colours[screen.count] = family_colour(draft_device(draft, i).family);
            screen.shown[screen.count++] = i;
        }
    if (settings->colour)
        fprintf(out, "\033[1m%s\033[0m\n", draft->name);
    else
        fprintf(out, "%s\n", draft->name);

    uint32_t width = wide.width - GUTTER, line = 0, next = 0;
    for (uint32_t at = 0; at < draft->length;) {
        uint32_t end = at;
        while (end < draft->length && draft->text[end] != '\n' && draft->text[end] != '\r')
            end++;
        line++;
        bool numbered = false;
        uint32_t row = at;
        do {
            uint32_t stop = row_end(&screen, row, end, width);
            if (!numbered)
                fprintf(out, wide.unicode ? "%4u │ " : "%4u | ", line);
            else
                fprintf(out, wide.unicode ? "%4s │ " : "%4s | ", "");
            numbered = true;
            row_text(&screen, row, stop);
            fputc('\n', out);
            row_labels(&screen, row, stop == end ? end + 1 : stop, &next);
            row = stop;
        } while (row < end);
        at = end;
        if (at < draft->length)
            at += draft->text[at] == '\r' && at + 1 < draft->length && draft->text[at + 1] == '\n' ? 2 : 1;
    }
    free(screen.shown);
    free(screen.colours);
}
