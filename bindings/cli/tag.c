/* tag.c: the default command: drafts in, tags out. Drafts are analysed on several threads and written in
 * the order in which they were named, so that the output does not depend on the number of threads. */
#include <errno.h>
#include <getopt.h>
#include <langinfo.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

enum { OPTION_FAMILY = 256, OPTION_NO_BUILTIN, OPTION_NO_CONFIG, OPTION_EXPLAIN, OPTION_SUMMARY,
       OPTION_FAIL_ON, OPTION_STDIN_NAME, OPTION_WIDTH, OPTION_COLOR, OPTION_UNMERGED };

static const struct option options[] = {
    {"format", required_argument, NULL, 'f'},
    {"device", required_argument, NULL, 'd'},
    {"family", required_argument, NULL, OPTION_FAMILY},
    {"min-score", required_argument, NULL, 's'},
    {"patterns", required_argument, NULL, 'p'},
    {"no-builtin", no_argument, NULL, OPTION_NO_BUILTIN},
    {"unmerged", no_argument, NULL, OPTION_UNMERGED},
    {"no-config", no_argument, NULL, OPTION_NO_CONFIG},
    {"explain", no_argument, NULL, OPTION_EXPLAIN},
    {"summary", no_argument, NULL, OPTION_SUMMARY},
    {"fail-on", required_argument, NULL, OPTION_FAIL_ON},
    {"stdin-name", required_argument, NULL, OPTION_STDIN_NAME},
    {"threads", required_argument, NULL, 'j'},
    {"width", required_argument, NULL, OPTION_WIDTH},
    {"color", required_argument, NULL, OPTION_COLOR},
    {"colour", required_argument, NULL, OPTION_COLOR},
    {"quiet", no_argument, NULL, 'q'},
    {NULL, 0, NULL, 0},
};

static bool choose_format(const char *name, enum format *out)
{
    static const char *const names[] = {"terminal", "lines", "json", "jsonl"};
    for (int i = 0; i < 4; i++)
        if (!strcmp(names[i], name)) {
            *out = (enum format)i;
            return true;
        }
    complain("--format %s: choose terminal, lines, json or jsonl", name);
    return false;
}

static bool choose_number(const char *option, const char *text, double low, double high, double *out)
{
    char *end;
    errno = 0;
    *out = strtod(text, &end);
    if (errno || end == text || *end || *out < low || *out > high) {
        complain("%s %s: takes a number from %g to %g", option, text, low, high);
        return false;
    }
    return true;
}

static uint32_t terminal_width(void)
{
    struct winsize size;
    if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
        return size.ws_col;
    const char *columns = getenv("COLUMNS");
    return columns && atoi(columns) > 0 ? (uint32_t)atoi(columns) : 80;
}

/* False: said what is wrong. */
static bool settings_read(struct settings *settings, int argc, char **argv)
{
    bool terminal = isatty(STDOUT_FILENO);
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *settings = (struct settings){
        .format = terminal ? FORMAT_TERMINAL : FORMAT_LINES,
        .colour = terminal && !(no_colour && *no_colour) && term && strcmp(term, "dumb"),
        .unicode = !strcmp(nl_langinfo(CODESET), "UTF-8"),
        .width = terminal_width(),
        .threads = cores > 0 ? (uint32_t)cores : 1,
        .stdin_name = "-",
    };
    double number;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "f:d:s:p:j:q", options, NULL)) != -1) {
        switch (c) {
        case 'f': if (!choose_format(optarg, &settings->format)) return false; break;
        case 'd': list_add(&settings->devices, optarg); break;
        case OPTION_FAMILY: list_add(&settings->families, optarg); break;
        case 's':
            if (!choose_number("--min-score", optarg, 0, 1, &number)) return false;
            settings->min_score = (float)number;
            settings->min_score_given = true;
            break;
        case 'p': list_add(&settings->patterns, optarg); break;
        case OPTION_NO_BUILTIN: settings->no_builtin = true; break;
        case OPTION_UNMERGED:
            settings->unmerged = settings->min_score_given = true;
            break;
        case OPTION_NO_CONFIG: settings->no_layers = true; break;
        case OPTION_EXPLAIN: settings->explain = true; break;
        case OPTION_SUMMARY: settings->summary_only = true; break;
        case OPTION_FAIL_ON: list_add(&settings->fail_on, optarg); break;
        case OPTION_STDIN_NAME: settings->stdin_name = optarg; break;
        case 'j':
            if (!choose_number("--threads", optarg, 1, 1024, &number)) return false;
            settings->threads = (uint32_t)number;
            break;
        case OPTION_WIDTH:
            if (!choose_number("--width", optarg, 20, 10000, &number)) return false;
            settings->width = (uint32_t)number;
            break;
        case OPTION_COLOR:
            if (strcmp(optarg, "auto") && strcmp(optarg, "always") && strcmp(optarg, "never")) {
                complain("--color %s: choose auto, always or never", optarg);
                return false;
            }
            if (strcmp(optarg, "auto"))
                settings->colour = !strcmp(optarg, "always");
            break;
        case 'q': settings->quiet = true; break;
        default:
            fputs("rhetor: see rhetor --help\n", stderr);
            return false;
        }
    }
    for (; optind < argc; optind++) {
        settings->files.at = need(realloc(settings->files.at,
                                          (settings->files.count + 1) * sizeof *settings->files.at));
        settings->files.at[settings->files.count++] = need(strdup(argv[optind]));
    }
    if (settings->files.count == 0) {
        if (isatty(STDIN_FILENO)) {
            complain("no draft named; give a FILE, or - for standard input (see rhetor --help)");
            return false;
        }
        list_add(&settings->files, "-");
    }
    return true;
}

static bool names_known(const struct settings *settings, const rhetor_engine *engine)
{
    const struct { const char *option; const struct list *list; bool device, family; } asked[] = {
        {"--device", &settings->devices, true, false},
        {"--family", &settings->families, false, true},
        {"--fail-on", &settings->fail_on, true, true},
    };
    uint32_t count = rhetor_engine_device_count(engine);
    for (size_t a = 0; a < sizeof asked / sizeof *asked; a++)
        for (uint32_t i = 0; i < asked[a].list->count; i++) {
            const char *word = asked[a].list->at[i];
            bool known = asked[a].device && rhetor_engine_find_device(engine, word) >= 0;
            for (uint32_t d = 0; !known && asked[a].family && d < count; d++) {
                rhetor_device device = {.size = sizeof device};
                rhetor_engine_device(engine, d, &device);
                known = !strcmp(device.family, word);
            }
            if (!known) {
                complain("%s %s: no such %s; rhetor devices lists them", asked[a].option, word,
                         asked[a].family && !asked[a].device ? "family" : "device");
                return false;
            }
        }
    return true;
}

/* One file's turn through a worker. */
struct job { char *out; size_t size; char *why; char *notes; bool found, done; };

struct pool {
    const struct settings *settings;
    rhetor_engine *engine;
    struct job *jobs;
    uint32_t next, written;
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

enum { NOTES_MOST = 5 }; /* of a draft: the first tell what is wrong with the rest */

static char *notes_of(const struct draft *draft)
{
    char *text = NULL;
    size_t size = 0;
    uint32_t count;
    const rhetor_diagnostic *rows = rhetor_document_diagnostics(draft->document, &count);
    if (count == 0)
        return NULL;
    FILE *out = need(open_memstream(&text, &size));
    for (uint32_t i = 0; i < count && i < NOTES_MOST; i++)
        fprintf(out, "rhetor: %s:%u:%u: %s: %s\n", draft->name, rows[i].line, rows[i].column,
                rows[i].code, rows[i].message);
    if (count > NOTES_MOST)
        fprintf(out, "rhetor: %s: %u more like these\n", draft->name, count - NOTES_MOST);
    fclose(out);
    return text;
}

static void job_run(const struct pool *pool, uint32_t at)
{
    const struct settings *settings = pool->settings;
    struct job *job = &pool->jobs[at];
    const char *path = settings->files.at[at];
    uint32_t length;
    char *text = read_file(path, &length, &job->why);
    if (!text)
        return;
    struct draft draft;
    const char *name = strcmp(path, "-") ? path : settings->stdin_name;
    if (draft_open(&draft, pool->engine, name, text, length, &job->why)) {
        FILE *out = need(open_memstream(&job->out, &job->size));
        if (!settings->summary_only) {
            switch (settings->format) {
            case FORMAT_TERMINAL: write_terminal(out, &draft, settings); break;
            case FORMAT_LINES: write_lines(out, &draft, settings); break;
            case FORMAT_JSON: write_json(out, &draft, settings); break;
            case FORMAT_JSONL: write_jsonl(out, &draft, settings); break;
            }
        }
        if (settings->summary_only || (settings->format == FORMAT_TERMINAL && !settings->quiet))
            write_summary(out, &draft, settings);
        fclose(out);
        for (uint32_t i = 0; i < draft.tag_count && !job->found; i++) {
            rhetor_device device = draft_device(&draft, i);
            job->found = draft_shows(&draft, settings, i) &&
                         (list_has(&settings->fail_on, device.id) ||
                          list_has(&settings->fail_on, device.family));
        }
        job->notes = notes_of(&draft);
        draft_close(&draft);
    }
    free(text);
}

static void *worker(void *user)
{
    struct pool *pool = user;
    for (;;) {
        pthread_mutex_lock(&pool->lock);
        /* Stay at most 64 drafts ahead of what is written, so that memory stays bounded. */
        while (pool->next < pool->settings->files.count && pool->next > pool->written + 64)
            pthread_cond_wait(&pool->changed, &pool->lock);
        uint32_t at = pool->next < pool->settings->files.count ? pool->next++ : UINT32_MAX;
        pthread_mutex_unlock(&pool->lock);
        if (at == UINT32_MAX)
            return NULL;
        job_run(pool, at);
        pthread_mutex_lock(&pool->lock);
        pool->jobs[at].done = true;
        pthread_cond_broadcast(&pool->changed);
        pthread_mutex_unlock(&pool->lock);
    }
}

static int write_all(struct pool *pool)
{
    const struct settings *settings = pool->settings;
    int status = EXIT_DONE;
    bool progress = settings->files.count > 20 && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    bool array = settings->format == FORMAT_JSON && !settings->summary_only;
    if (array)
        fputs("[", stdout);
    bool first = true;
    for (uint32_t i = 0; i < settings->files.count; i++) {
        pthread_mutex_lock(&pool->lock);
        while (!pool->jobs[i].done)
            pthread_cond_wait(&pool->changed, &pool->lock);
        pool->written = i;
        pthread_cond_broadcast(&pool->changed);
        pthread_mutex_unlock(&pool->lock);
        struct job *job = &pool->jobs[i];
        if (job->why) {
            complain("%s", job->why);
            status = EXIT_BAD;
        } else {
            if (array && !first)
                fputs(",\n", stdout);
            else if (!array && settings->format == FORMAT_TERMINAL && !first)
                fputc('\n', stdout);
            fwrite(job->out, 1, job->size, stdout);
            first = false;
        }
        if (job->notes)
            fputs(job->notes, stderr);
        if (job->found && status == EXIT_DONE)
            status = EXIT_FOUND;
        free(job->out);
        free(job->why);
        free(job->notes);
        if (progress)
            fprintf(stderr, "\r%u of %u drafts\033[K%s", i + 1, settings->files.count,
                    i + 1 == settings->files.count ? "\n" : "");
    }
    if (array)
        fputs("]\n", stdout);
    if (fflush(stdout) || ferror(stdout)) {
        complain("cannot write the output: %s", strerror(errno));
        status = EXIT_BAD;
    }
    return status;
}

int command_tag(int argc, char **argv)
{
    struct settings settings;
    int status = EXIT_BAD;
    bool broken = false;
    if (!settings_read(&settings, argc, argv))
        goto done;
    rhetor_engine *engine = engine_open(&settings, settings.files.at[0], &broken);
    if (!engine)
        goto done;
    if (names_known(&settings, engine)) {
        struct pool pool = {.settings = &settings, .engine = engine};
        pool.jobs = need(calloc(settings.files.count, sizeof *pool.jobs));
        pthread_mutex_init(&pool.lock, NULL);
        pthread_cond_init(&pool.changed, NULL);
        uint32_t n = settings.threads < settings.files.count ? settings.threads
                                                             : settings.files.count;
        pthread_t *threads = need(malloc(n * sizeof *threads));
        uint32_t started = 0;
        while (started < n && !pthread_create(&threads[started], NULL, worker, &pool))
            started++;
        if (started == 0)
            worker(&pool);
        status = write_all(&pool);
        for (uint32_t i = 0; i < started; i++)
            pthread_join(threads[i], NULL);
        free(threads);
        free(pool.jobs);
        pthread_mutex_destroy(&pool.lock);
        pthread_cond_destroy(&pool.changed);
        if (broken)
            status = EXIT_BAD;
    }
    rhetor_engine_release(engine);
done:
    list_free(&settings.devices);
    list_free(&settings.families);
    list_free(&settings.patterns);
    list_free(&settings.fail_on);
    list_free(&settings.files);
    return status;
}
