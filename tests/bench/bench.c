/* bench.c: how fast rhetor is, in ratios that are measured in one run.
 *   bench [--quick] [--json FILE] [--rhetor PROGRAM] TEXT...
 * In: texts, which are repeated with their words varied until there is enough of them. Out: a table on stdout and
 * JSON in FILE. Every time is the least of several rounds; where two are set against each other,
 * their rounds alternate. Not a test: it fails on nothing but errors. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unistd.h>

#include "rhetor/rhetor.h"

extern char **environ;

enum { MB = 1 << 20 };
static int rounds = 5;
static uint32_t unit = 4 * MB; /* of the main text */

static void die(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(2);
}

static void *need(void *block)
{
    if (!block)
        die("out of memory");
    return block;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* ---- Results ----------------------------------------------------------------------------------- */

static FILE *json;

static void result(const char *name, double value, const char *kind, const char *what)
{
    printf("%-34s %12.3f %-8s %s\n", name, value, kind, what);
    fflush(stdout);
    if (json)
        fprintf(json, "%s\n  {\"name\": \"%s\", \"value\": %.6g, \"unit\": \"%s\"}",
                ftell(json) > 2 ? "," : "", name, value, kind);
}

/* ---- Texts ------------------------------------------------------------------------------------- */

struct text { char *at; uint32_t length; };

static struct text file_read(const char *path)
{
    FILE *in = fopen(path, "rb");
    struct text text = {need(malloc(MB)), 0};
    if (!in)
        die(path);
    text.length = (uint32_t)fread(text.at, 1, MB - 2, in);
    fclose(in);
    text.at[text.length++] = '\n';
    text.at[text.length++] = '\n';
    return text;
}

/* The seeds repeated to `length` bytes; every fifth longer lower-case word has its last letter varied, so that
 * words and shingles do not repeat as the text does. */
static struct text text_make(const struct text *seeds, int count, uint32_t length)
{
    struct text text = {need(malloc((size_t)length + MB)), 0};
    uint32_t words = 0, salt = 0;
    for (int s = 0; text.length < length; s = (s + 1) % count, salt += s == 0) {
        uint32_t from = text.length;
        memcpy(text.at + from, seeds[s].at, seeds[s].length);
        text.length += seeds[s].length;
        for (uint32_t i = from, word = from; i < text.length; i++) {
            char c = text.at[i];
            if (c >= 'a' && c <= 'z')
                continue;
            if (i - word > 6 && ++words % 5 == 0 && salt)
                text.at[i - 1] = (char)('a' + (words + salt) % 26);
            word = i + 1;
        }
    }
    text.length = length;
    while (text.length && ((unsigned char)text.at[text.length] & 0xC0) == 0x80)
        text.length--;
    text.at[text.length] = 0;
    return text;
}

static struct text text_fill(const char *piece, uint32_t length)
{
    struct text text = {need(malloc((size_t)length + 1)), length};
    size_t n = strlen(piece);
    for (uint32_t i = 0; i < length; i++)
        text.at[i] = piece[i % n];
    text.at[length] = 0;
    return text;
}

/* ---- ICU alone --------------------------------------------------------------------------------- */

static uint32_t icu_breaks(UBreakIteratorType type, const struct text *text)
{
    UErrorCode error = U_ZERO_ERROR;
    UText *view = utext_openUTF8(NULL, text->at, text->length, &error);
    UBreakIterator *iterator = ubrk_open(type, "en@ss=standard", NULL, 0, &error);
    ubrk_setUText(iterator, view, &error);
    if (error > U_ZERO_ERROR)
        die("ICU does not open");
    uint32_t count = 0;
    while (ubrk_next(iterator) != UBRK_DONE)
        count++;
    ubrk_close(iterator);
    utext_close(view);
    return count;
}

static double icu_time(const struct text *text)
{
    double start = now();
    icu_breaks(UBRK_WORD, text);
    icu_breaks(UBRK_SENTENCE, text);
    return now() - start;
}

/* ---- rhetor ------------------------------------------------------------------------------------ */

static struct { uint64_t calls, live, peak; } memory;

static void *resize(void *user, void *old, uint64_t size)
{
    (void)user;
    uint64_t *block = old ? (uint64_t *)old - 2 : NULL;
    if (block)
        memory.live -= block[0];
    if (!size) {
        free(block);
        return NULL;
    }
    memory.calls++;
    block = realloc(block, size + 16);
    if (!block)
        return NULL;
    block[0] = size;
    memory.live += size;
    if (memory.live > memory.peak)
        memory.peak = memory.live;
    return block + 2;
}

static rhetor_engine *engine_make(bool counted, const char *set, bool builtin)
{
    rhetor_options options = {.size = sizeof options, .no_builtin = !builtin};
    rhetor_engine *engine = NULL;
    rhetor_builder *builder = NULL;
    if (counted)
        options.resize = resize;
    if (rhetor_builder_new(&options, &builder, NULL) != RHETOR_OK ||
        (set && rhetor_builder_add_text(builder, "bench.yaml", set, (uint32_t)strlen(set), NULL) != RHETOR_OK) ||
        rhetor_builder_finish(builder, &engine, NULL) != RHETOR_OK)
        die("no engine");
    rhetor_builder_free(builder);
    return engine;
}

/* Seconds of one analysis of a text, and its tags. */
static double analyse(rhetor_engine *engine, const struct text *text, uint32_t *tags)
{
    rhetor_document *document;
    double start = now();
    if (rhetor_document_new(engine, &document, NULL) != RHETOR_OK ||
        rhetor_document_set_text(document, text->at, text->length) != RHETOR_OK ||
        rhetor_document_analyse(document, NULL) != RHETOR_OK)
        die("no analysis");
    double seconds = now() - start;
    if (tags)
        rhetor_document_tags(document, tags);
    rhetor_document_free(document);
    return seconds;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* ---- What is measured -------------------------------------------------------------------------- */

static void against_icu(const struct text *text)
{
    rhetor_engine *engine = engine_make(false, NULL, true);
    double icu = 1e9, own = 1e9;
    uint32_t tags = 0, sentences = icu_breaks(UBRK_SENTENCE, text);
    analyse(engine, text, &tags); /* patterns are compiled on first need */
    for (int i = 0; i < rounds; i++) {
        icu = least(icu, icu_time(text));
        own = least(own, analyse(engine, text, NULL));
    }
    rhetor_engine_release(engine);
    result("analysis", text->length / own / 1e6, "MB/s", "everything");
    result("icu", text->length / icu / 1e6, "MB/s", "words and sentences alone");
    result("sentence", own / sentences * 1e9, "ns", "a sentence");
    result("tags", 1e6 * tags / text->length, "per MB", "");
    result("analysis/icu", own / icu, "ratio", "at most 1.5, aim 0.7");
}

static void memory_use(const struct text *text)
{
    rhetor_engine *engine = engine_make(true, NULL, true);
    analyse(engine, text, NULL);
    memory.calls = 0;
    memory.peak = memory.live;
    uint64_t before = memory.live;
    analyse(engine, text, NULL);
    result("allocations", 1024.0 * (double)memory.calls / text->length, "per KB", "");
    result("memory", (double)(memory.peak - before) / text->length, "B/B", "of a document, at most 8");
    rhetor_engine_release(engine);
}

/* Patterns of the shape that the built-in ones have: a frame of words, a lexicon, a gap, a class. */
static char *set_make(int patterns)
{
    static const char *const stems[] = {"stone", "river", "paper", "window", "garden", "letter", "market", "bridge"};
    char *set = need(malloc((size_t)patterns * 200 + 1000));
    int n = sprintf(set, "devices:\n  - id: bench\n    name: Bench\n    patterns:\n");
    for (int i = 0; i < patterns; i++)
        n += sprintf(set + n, "      - '(?:{subject}|{np}) {modal} {=%s%c%c:v} (?:the|a) {gap:3} {n:person}'\n",
                     stems[i % 8], 'a' + i / 8 % 26, 'a' + i / 208 % 26);
    return set;
}

static void pattern_count(const struct text *text)
{
    double few = 1e9, many = 1e9;
    char *small = set_make(50), *large = set_make(3200);
    rhetor_engine *a = engine_make(false, small, false), *b = engine_make(false, large, false);
    for (int i = 0; i < rounds; i++) {
        few = least(few, analyse(a, text, NULL));
        many = least(many, analyse(b, text, NULL));
    }
    rhetor_engine_release(a);
    rhetor_engine_release(b);
    free(small);
    free(large);
    result("patterns 3200/50", many / few, "ratio", "at most 1.5, aim 1.15");
}

static void linear(const struct text *seeds, int count, uint32_t largest)
{
    rhetor_engine *engine = engine_make(false, NULL, true);
    struct text small = text_make(seeds, count, MB), large = text_make(seeds, count, largest);
    double a = 1e9, b = 1e9;
    analyse(engine, &small, NULL);
    for (int i = 0; i < 3; i++) {
        a = least(a, analyse(engine, &small, NULL));
        b = least(b, analyse(engine, &large, NULL));
    }
    result("1 MB to 64 MB, a byte", (b / large.length) / (a / small.length), "ratio", "within 0.9 .. 1.1");
    free(small.at);
    free(large.at);
    rhetor_engine_release(engine);
}

static void sharp(const struct text *seeds, int count, uint32_t length)
{
    static const struct { const char *name, *piece; } kinds[] = {
        {"one sentence", "and we know that the stone must stay, "},
        {"quotes", "\""},
        {"curly quotes", "\xE2\x80\x9C"},
        {"brackets", "("},
        {"one word", "never "},
        {"nested", "\xE2\x80\x9C\xE2\x80\x98(we must) "},
    };
    rhetor_engine *engine = engine_make(false, NULL, true);
    struct text plain = text_make(seeds, count, length);
    analyse(engine, &plain, NULL);
    double usual = least(analyse(engine, &plain, NULL), analyse(engine, &plain, NULL)) / length;
    struct text one = text_make(seeds, count, length);
    for (uint32_t i = 0; i < one.length; i++)
        if (one.at[i] == '\n')
            one.at[i] = ' ';
    result("one paragraph", analyse(engine, &one, NULL) / length / usual, "ratio", "a byte against usual text; at most 2");
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct text text = text_fill(kinds[k].piece, length);
        result(kinds[k].name, analyse(engine, &text, NULL) / length / usual, "ratio", "a byte; at most 2");
        free(text.at);
    }
    free(plain.at);
    free(one.at);
    rhetor_engine_release(engine);
}

struct job { rhetor_engine *engine; const struct text *text; };

static void *job_run(void *job)
{
    struct job *own = job;
    analyse(own->engine, own->text, NULL);
    return NULL;
}

static void threads(const struct text *text)
{
    rhetor_engine *engine = engine_make(false, NULL, true);
    struct job job = {engine, text};
    double one = 1e9, two = 1e9;
    analyse(engine, text, NULL);
    for (int i = 0; i < rounds; i++) {
        double start = now();
        job_run(&job);
        job_run(&job);
        one = least(one, now() - start);
        pthread_t thread;
        start = now();
        if (pthread_create(&thread, NULL, job_run, &job))
            die("no thread");
        job_run(&job);
        pthread_join(thread, NULL);
        two = least(two, now() - start);
    }
    result("two threads", one / two, "times", "at least 1.7");
    rhetor_engine_release(engine);
}

static double process(char *const *argv)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    pid_t pid;
    int status;
    double start = now();
    if (posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ) || waitpid(pid, &status, 0) < 0)
        die("a process does not start");
    double seconds = now() - start;
    posix_spawn_file_actions_destroy(&actions);
    if (status)
        die("the program fails");
    return seconds;
}

static void cold_start(const char *program, const struct text *seed)
{
    char path[] = "/tmp/rhetor-bench-XXXXXX";
    int file = mkstemp(path);
    if (file < 0 || write(file, seed->at, 1024) != 1024)
        die("no file");
    close(file);
    char *nothing[] = {"/bin/true", NULL};
    char *tag[] = {(char *)program, "--no-config", "--format", "jsonl", path, NULL};
    double a = 1e9, b = 1e9;
    for (int i = 0; i < 10 * rounds; i++) {
        a = least(a, process(nothing));
        b = least(b, process(tag));
    }
    unlink(path);
    result("process on 1 KB - /bin/true", (b - a) * 1e3, "ms", "at most 15, aim 5");
}

/* ---- Keystrokes -------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Median and 99th percentile of typing in the middle of a text, in seconds. */
static void keystrokes(const struct text *text, double *median, double *late)
{
    enum { KEYS = 400 };
    static const char typed[] = "We must perhaps say that nobody should ever do so again, because it is wrong. ";
    rhetor_engine *engine = engine_make(false, NULL, true);
    rhetor_document *document;
    double times[KEYS];
    if (rhetor_document_new(engine, &document, NULL) != RHETOR_OK ||
        rhetor_document_set_text(document, text->at, text->length) != RHETOR_OK ||
        rhetor_document_analyse(document, NULL) != RHETOR_OK)
        die("no analysis");
    uint32_t at = text->length / 2;
    for (int pass = 0; pass < 2; pass++) /* the first warms up */
        for (int i = 0; i < KEYS; i++) {
            double start = now();
            if (rhetor_document_replace(document, at, at, &typed[i % (sizeof typed - 1)], 1) != RHETOR_OK ||
                rhetor_document_analyse(document, NULL) != RHETOR_OK)
                die("no edit");
            times[i] = now() - start;
            at++;
            if (i % 78 == 77) {
                rhetor_document_replace(document, at - 78, at, "", 0);
                rhetor_document_analyse(document, NULL);
                at -= 78;
            }
        }
    qsort(times, KEYS, sizeof *times, by_value);
    *median = times[KEYS / 2];
    *late = times[KEYS * 99 / 100];
    rhetor_document_free(document);
    rhetor_engine_release(engine);
}

static void typing(const struct text *seeds, int count)
{
    struct text draft = text_make(seeds, count, 580000), longer = text_make(seeds, count, 5800000);
    double median, late, far, ignored;
    keystrokes(&draft, &median, &late);
    keystrokes(&longer, &far, &ignored);
    result("keystroke, 100,000 words", median * 1e6, "us", "median, at most 300, aim 100");
    result("keystroke, 99th percentile", late * 1e6, "us", "at most 3000");
    result("keystroke, ten times the text", far / median, "ratio", "at most 1.3");
    free(draft.at);
    free(longer.at);
}

int main(int argc, char **argv)
{
    const char *program = NULL;
    struct text seeds[64];
    int count = 0;
    uint32_t largest = 64 * MB, sharpest = 5 * MB;
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--quick")) {
            rounds = 2;
            unit = MB;
            largest = 8 * MB;
            sharpest = MB;
        } else if (!strcmp(argv[i], "--json") && i + 1 < argc) {
            json = need(fopen(argv[++i], "w"));
        } else if (!strcmp(argv[i], "--rhetor") && i + 1 < argc) {
            program = argv[++i];
        } else if (count < 64) {
            seeds[count++] = file_read(argv[i]);
        }
    }
    if (!count)
        die("usage: bench [--quick] [--json FILE] [--rhetor PROGRAM] TEXT...");
    if (json)
        fputs("[", json);
    struct text text = text_make(seeds, count, unit);
    against_icu(&text);
    memory_use(&text);
    pattern_count(&text);
    threads(&text);
    typing(seeds, count);
    if (program)
        cold_start(program, &seeds[0]);
    sharp(seeds, count, sharpest);
    linear(seeds, count, largest);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    result("peak resident", usage.ru_maxrss / 1024.0, "MB", "of this program");
    if (json) {
        fputs("\n]\n", json);
        fclose(json);
    }
    free(text.at);
    while (count)
        free(seeds[--count].at);
    return 0;
}
