/* patterns_coverage.c: rhetor patterns test --coverage DIR: how often each rule fires on real texts.
 * In: sets, a folder of texts (.txt, .md, at any depth). Out: for each rule of the named sets how often, in
 * how many texts, and three sentences, of as many texts as there are. Rules that never fire come too:
 * they are dead, or the folder is not for them. Cost: one run over the texts, each pattern by itself. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "patterns.h"

enum { SAMPLES = 3, SAMPLE_BYTES = 150, DEPTH_MOST = 12 };

struct seen {
    uint32_t hits, texts, last_text;
    char *samples[SAMPLES];
    uint32_t of_text[SAMPLES];
};

static bool is_text(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (!strcmp(dot, ".txt") || !strcmp(dot, ".md"));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void find_texts(const char *path, struct list *out, int depth)
{
    struct stat about;
    if (stat(path, &about))
        return;
    if (!S_ISDIR(about.st_mode)) {
        if (is_text(path) || depth == 0)
            list_put(out, path);
        return;
    }
    DIR *folder = depth < DEPTH_MOST ? opendir(path) : NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_name[0] != '.') {
            char *inner = format_text("%s/%s", path, entry->d_name);
            find_texts(inner, out, depth + 1);
            free(inner);
        }
    if (folder)
        closedir(folder);
}

/* The part of the sentence around a tag, on one line, with the tag marked. */
static char *sample_of(const struct draft *draft, uint32_t tag)
{
    uint32_t count, from = draft->tags[tag].start, to = draft->tags[tag].end;
    const rhetor_span *sentences = rhetor_document_sentences(draft->document, &count);
    for (uint32_t i = 0; i < count; i++)
        if (sentences[i].start <= draft->tags[tag].start && sentences[i].end > draft->tags[tag].start) {
            from = sentences[i].start;
            to = sentences[i].end > to ? sentences[i].end : to;
        }
    uint32_t start = draft->tags[tag].start, end = draft->tags[tag].end;
    bool cut_left = start - from > SAMPLE_BYTES, cut_right = to - end > SAMPLE_BYTES;
    from = cut_left ? start - SAMPLE_BYTES : from;
    to = cut_right ? end + SAMPLE_BYTES : to;
    while (from < start && ((unsigned char)draft->text[from] & 0xC0) == 0x80)
        from++;
    while (to < draft->length && ((unsigned char)draft->text[to] & 0xC0) == 0x80)
        to++;
    char *text = format_text("%s:%u: %s%.*s[[%.*s]]%.*s%s", draft->name, draft->starts[tag].line,
                             cut_left ? "… " : "", (int)(start - from), draft->text + from,
                             (int)(end - start), draft->text + start, (int)(to - end),
                             draft->text + end, cut_right ? " …" : "");
    for (char *c = text; *c; c++)
        if ((unsigned char)*c < 0x20)
            *c = ' ';
    size_t n = strlen(text);
    while (n && text[n - 1] == ' ')
        text[--n] = 0;
    return text;
}

/* The first three, one a text as long as there are others. */
static void keep_sample(struct seen *seen, const struct draft *draft, uint32_t tag, uint32_t text)
{
    uint32_t place = seen->hits - 1;
    if (place >= SAMPLES) {
        for (place = 1; place < SAMPLES && seen->of_text[place] != seen->of_text[place - 1]; place++)
            ;
        for (uint32_t i = 0; i < SAMPLES; i++)
            if (seen->of_text[i] == text)
                return;
    }
    if (place >= SAMPLES)
        return;
    free(seen->samples[place]);
    seen->samples[place] = sample_of(draft, tag);
    seen->of_text[place] = text;
}

static void count_tags(struct seen *seen, const struct draft *draft, uint32_t text)
{
    for (uint32_t i = 0; i < draft->tag_count; i++) {
        struct seen *own = &seen[draft->tags[i].rule];
        own->hits++;
        own->texts += own->last_text != text;
        own->last_text = text;
        keep_sample(own, draft, i, text);
    }
}

static void print_seen(const struct seen *seen, const rhetor_rule *rule)
{
    printf("%-40s %6u times in %u text%s\n", rule->id, seen->hits, seen->texts,
           seen->texts == 1 ? "" : "s");
    for (uint32_t i = 0; i < SAMPLES && seen->samples[i]; i++)
        printf("    %s\n", seen->samples[i]);
}

static void json_seen(const struct seen *seen, const rhetor_rule *rule, bool first)
{
    fputs(first ? "[" : ",\n", stdout);
    fputs("{\"rule\":", stdout);
    json_text(stdout, rule->id, strlen(rule->id));
    printf(",\"times\":%u,\"texts\":%u,\"samples\":[", seen->hits, seen->texts);
    for (uint32_t i = 0; i < SAMPLES && seen->samples[i]; i++) {
        fputs(i ? "," : "", stdout);
        json_text(stdout, seen->samples[i], strlen(seen->samples[i]));
    }
    fputs("]}", stdout);
}

static int write_seen(const struct job *job, const struct bench *bench, struct seen *seen,
                      uint32_t texts)
{
    bool first = true;
    uint32_t silent = 0, named = 0;
    for (uint32_t i = 0; i < rhetor_engine_rule_count(bench->engine); i++) {
        rhetor_rule rule = bench_rule(bench, i);
        if (is_named(job, rule.file)) {
            if (job->json)
                json_seen(&seen[i], &rule, first);
            else
                print_seen(&seen[i], &rule);
            first = false;
            named++;
            silent += seen[i].hits == 0;
        }
        for (uint32_t s = 0; s < SAMPLES; s++)
            free(seen[i].samples[s]);
    }
    if (job->json)
        puts(first ? "[]" : "]");
    else
        printf("%u texts; %u of %u rules never fire\n", texts, silent, named);
    return bench->broken ? EXIT_BAD : EXIT_DONE;
}

int verb_coverage(struct job *job)
{
    struct list texts = {0};
    struct bench bench;
    find_texts(job->coverage, &texts, 0);
    if (!texts.count) {
        complain("%s: no texts (.txt, .md) in it", job->coverage);
        return EXIT_BAD;
    }
    qsort(texts.at, texts.count, sizeof *texts.at, by_name);
    for (uint32_t i = 0; i < job->operands.count; i++)
        list_put(&job->settings.patterns, job->operands.at[i]);
    job->settings.unmerged = job->settings.min_score_given = true;
    int status = EXIT_BAD;
    if (bench_open(&bench, &job->settings)) {
        diagnostics_print(stderr, bench.said, bench.said_count);
        struct seen *seen = need(calloc(rhetor_engine_rule_count(bench.engine) + 1, sizeof *seen));
        bool unread = false;
        for (uint32_t i = 0; i < texts.count; i++) {
            struct draft draft;
            uint32_t length;
            char *why = NULL, *text = read_file(texts.at[i], &length, &why);
            if (text && draft_open(&draft, bench.engine, texts.at[i], text, length, &why)) {
                count_tags(seen, &draft, i + 1);
                draft_close(&draft);
            } else {
                complain("%s", why);
                unread = true;
            }
            free(why);
            free(text);
        }
        status = write_seen(job, &bench, seen, texts.count);
        status = unread ? EXIT_BAD : status;
        free(seen);
    }
    bench_close(&bench);
    list_free(&texts);
    return status;
}
