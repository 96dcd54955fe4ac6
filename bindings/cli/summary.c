/* summary.c: a draft in numbers: devices by count, carrots and sticks side by side, speakers. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

struct tally { const char *name, *family; uint32_t count; };

static int by_count(const void *a, const void *b)
{
    const struct tally *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->name, y->name);
}

static void bar(FILE *out, const struct settings *settings, uint32_t value, uint32_t most)
{
    uint32_t cells = most ? (value * 24 + most - 1) / most : 0;
    for (uint32_t i = 0; i < cells; i++)
        fputs(settings->unicode ? "▇" : "#", out);
}

static uint32_t words_of(const char *text, uint32_t length)
{
    uint32_t words = 0;
    bool inside = false;
    for (uint32_t i = 0; i < length; i++) {
        bool blank = strchr(" \t\r\n", text[i]) != NULL && text[i];
        words += inside && blank;
        inside = !blank;
    }
    return words + inside;
}

/* One carrot or stick: its roles' words, for the table of both. */
static void inducement(FILE *out, const struct draft *draft, uint32_t i, int width)
{
    const rhetor_tag *tag = &draft->tags[i];
    uint32_t length = tag->end - tag->start;
    bool cut = (int)length > width - 8;
    if (cut)
        length = (uint32_t)(width - 9);
    while (length && ((unsigned char)draft->text[tag->start + length] & 0xC0) == 0x80)
        length--;
    char *words = need(strndup(draft->text + tag->start, length));
    uint32_t columns = 0;
    for (char *c = words; *c; c++) {
        if ((unsigned char)*c < 0x20)
            *c = ' ';
        columns += ((unsigned char)*c & 0xC0) != 0x80;
    }
    fprintf(out, "%5u  %s%s%*s", draft->starts[i].line, words, cut ? "…" : " ",
            width - 8 - (int)columns > 0 ? width - 8 - (int)columns : 0, "");
    free(words);
}

static void two_columns(FILE *out, const struct draft *draft, const struct settings *settings)
{
    uint32_t *side[2], count[2] = {0, 0};
    static const char *const devices[2] = {"carrot", "stick"};
    for (int s = 0; s < 2; s++) {
        side[s] = need(malloc((draft->tag_count + 1) * sizeof **side));
        for (uint32_t i = 0; i < draft->tag_count; i++)
            if (draft_shows(draft, settings, i) && !strcmp(draft_device(draft, i).id, devices[s]))
                side[s][count[s]++] = i;
    }
    int width = (int)settings->width / 2 - 1;
    if (count[0] + count[1]) {
        fprintf(out, "\n%-*s %s\n", width, "carrots", "sticks");
        for (uint32_t row = 0; row < count[0] || row < count[1]; row++) {
            if (row < count[0])
                inducement(out, draft, side[0][row], width);
            else
                fprintf(out, "%*s", width, "");
            if (row < count[1])
                inducement(out, draft, side[1][row], width);
            fputc('\n', out);
        }
    }
    free(side[0]);
    free(side[1]);
}

static void speakers(FILE *out, const struct draft *draft)
{
    uint32_t count;
    const rhetor_quotation *rows = rhetor_document_quotations(draft->document, &count);
    struct tally *tally = need(calloc(2 * (size_t)count + 1, sizeof *tally));
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (rows[i].voice == RHETOR_AUTHOR)
            continue;
        uint32_t length, at = 0;
        const char *name = rows[i].speaker
                               ? rhetor_document_name(draft->document, rows[i].speaker, &length)
                               : "(not named)";
        const char *voice = voice_name(rows[i].voice);
        while (at < n && (strcmp(tally[at].name, name) || strcmp(tally[at].family, voice)))
            at++;
        if (at == n)
            tally[n++] = (struct tally){name, voice, 0};
        tally[at].count++;
    }
    qsort(tally, n, sizeof *tally, by_count);
    if (n)
        fputs("\nspeakers\n", out);
    for (uint32_t i = 0; i < n; i++)
        fprintf(out, "  %-9s %3u  %s\n", tally[i].family, tally[i].count, tally[i].name);
    free(tally);
}

void write_summary(FILE *out, const struct draft *draft, const struct settings *settings)
{
    uint32_t devices = rhetor_engine_device_count(draft->engine), total = 0;
    struct tally *tally = need(calloc(devices + 1, sizeof *tally));
    for (uint32_t i = 0; i < draft->tag_count; i++)
        if (draft_shows(draft, settings, i)) {
            rhetor_device device = draft_device(draft, i);
            tally[device.index] = (struct tally){device.id, device.family,
                                                 tally[device.index].count + 1};
            total++;
        }
    for (uint32_t i = 0; i < devices; i++)
        if (!tally[i].name)
            tally[i].name = "";
    qsort(tally, devices, sizeof *tally, by_count);
    uint32_t words = words_of(draft->text, draft->length);
    fprintf(out, "\n%s: %u tags in %u words\n", draft->name, total, words);
    for (uint32_t i = 0; i < devices && tally[i].count; i++) {
        fprintf(out, "  %-22s %4u  ", tally[i].name, tally[i].count);
        bar(out, settings, tally[i].count, tally[0].count);
        fputc('\n', out);
    }
    two_columns(out, draft, settings);
    speakers(out, draft);
    free(tally);
}
