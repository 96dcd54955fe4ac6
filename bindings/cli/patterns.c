/* patterns.c: rhetor patterns VERB …: what people who write pattern sets need.
 * In: sets (files or folders) over the layers that apply here. Out: lists, findings, test results. Exit
 * status: 0 sound, 1 an example fails, 2 usage, unreadable or broken sets. */
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "patterns.h"

/* ---- What the verbs share ---------------------------------------------------------------------- */

bool bench_open(struct bench *bench, const struct settings *settings)
{
    *bench = (struct bench){0};
    bench->builder = builder_open(settings, NULL, &bench->broken);
    rhetor_error error = {.size = sizeof error};
    if (bench->builder && rhetor_builder_finish(bench->builder, &bench->engine, &error) != RHETOR_OK)
        complain("%s", error.message);
    if (bench->builder)
        bench->said = rhetor_builder_diagnostics(bench->builder, &bench->said_count);
    for (uint32_t i = 0; i < bench->said_count; i++)
        bench->broken |= bench->said[i].severity == RHETOR_ERROR;
    return bench->engine != NULL;
}

void bench_close(struct bench *bench)
{
    rhetor_engine_release(bench->engine);
    rhetor_builder_free(bench->builder);
    *bench = (struct bench){0};
}

bool is_named(const struct job *job, const char *file)
{
    for (uint32_t i = 0; i < job->operands.count; i++) {
        const char *name = job->operands.at[i];
        size_t n = strlen(name);
        if (!strncmp(file, name, n) && (!file[n] || file[n] == '/' || (n && name[n - 1] == '/')))
            return true;
    }
    return job->operands.count == 0;
}

const char *kind_name(int32_t kind)
{
    static const char *const names[] = {"?", "pattern", "figure", "move", "series"};
    return kind > 0 && kind < 5 ? names[kind] : names[0];
}

rhetor_rule bench_rule(const struct bench *bench, uint32_t index)
{
    rhetor_rule rule = {.size = sizeof rule};
    rhetor_engine_rule(bench->engine, index, &rule);
    return rule;
}

/* ---- list, show -------------------------------------------------------------------------------- */

/* Which layer a file is of: what is named on the command line comes last. */
static const char *origin_of(const struct job *job, const char *file)
{
    const char *slash = strrchr(file, '/');
    if (!strncmp(file, "built-in:", 9))
        return "built-in";
    if (!*file)
        return "library";
    for (uint32_t i = 0; i < job->settings.patterns.count; i++)
        if (!strncmp(file, job->settings.patterns.at[i], strlen(job->settings.patterns.at[i])))
            return "--patterns";
    return strcmp(slash ? slash + 1 : file, ".rhetor.yaml") ? "user" : "project";
}

static void list_rule(const struct job *job, const rhetor_rule *rule)
{
    if (job->origin)
        printf("%-40s %-10s %s %s  %s:%u\n", rule->id, origin_of(job, rule->file), rule->set,
               rule->set_version, rule->file, rule->line);
    else
        printf("%-40s %-8s %.2f  %s %s\n", rule->id, kind_name(rule->kind), (double)rule->weight,
               rule->set, rule->set_version);
}

static int verb_list(struct job *job)
{
    struct bench bench;
    for (uint32_t i = 0; i < job->operands.count; i++)
        list_put(&job->settings.patterns, job->operands.at[i]);
    if (!bench_open(&bench, &job->settings))
        return EXIT_BAD;
    for (uint32_t i = 0; i < rhetor_engine_rule_count(bench.engine); i++) {
        rhetor_rule rule = bench_rule(&bench, i);
        list_rule(job, &rule);
    }
    diagnostics_print(stderr, bench.said, bench.said_count);
    int status = bench.broken ? EXIT_BAD : EXIT_DONE;
    bench_close(&bench);
    return status;
}

static void show_conditions(const char *conditions)
{
    for (const char *line = conditions; *line;) {
        size_t n = strcspn(line, "\n");
        printf("  %s %.*s\n", line == conditions ? "asks    " : "        ", (int)n, line);
        line += n + (line[n] == '\n');
    }
}

static void show_rule(const struct bench *bench, const rhetor_rule *rule)
{
    rhetor_device device = {.size = sizeof device};
    rhetor_engine_device(bench->engine, rule->device, &device);
    printf("%s  (%s)\n  device   %s: %s\n  set      %s %s, %s:%u\n  weight   %.2f\n", rule->id,
           kind_name(rule->kind), device.name, device.definition, rule->set, rule->set_version,
           rule->file, rule->line, (double)rule->weight);
    if (rule->source[0]) {
        printf("  pattern  %s\n", rule->source);
        show_conditions(rule->conditions);
        printf("  regex    %.2000s\n  anchors  %.2000s\n", rule->regex,
               rule->anchors[0] ? rule->anchors : "none: it runs everywhere");
    }
    rhetor_example example = {.size = sizeof example};
    for (uint32_t i = 0; rhetor_builder_example(bench->builder, i, &example) == RHETOR_OK; i++)
        if (!strcmp(example.rule, rule->id))
            printf("  %s %s\n", example.counter ? "not     " : "example ", example.text);
}

static int verb_show(struct job *job)
{
    struct bench bench;
    if (!job->operands.count) {
        complain("usage: rhetor patterns show ID…  (carrot, or carrot/willing-to)");
        return EXIT_BAD;
    }
    if (!bench_open(&bench, &job->settings))
        return EXIT_BAD;
    int status = bench.broken ? EXIT_BAD : EXIT_DONE;
    for (uint32_t o = 0; o < job->operands.count; o++) {
        const char *id = job->operands.at[o];
        size_t n = strlen(id);
        bool found = false;
        for (uint32_t i = 0; i < rhetor_engine_rule_count(bench.engine); i++) {
            rhetor_rule rule = bench_rule(&bench, i);
            if (strcmp(rule.id, id) && (strncmp(rule.id, id, n) || rule.id[n] != '/'))
                continue;
            show_rule(&bench, &rule);
            found = true;
        }
        if (!found) {
            complain("%s: no such rule; rhetor patterns list names them", id);
            status = EXIT_BAD;
        }
    }
    bench_close(&bench);
    return status;
}

/* ---- Verbs ------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int (*run)(struct job *job);
    const char *arguments, *help;
} verbs[] = {
    {"list", verb_list, "[--origin]", "every rule with its weight and set; --origin: its layer and place"},
    {"show", verb_show, "ID…", "a rule: pattern, conditions, regular expression, anchors, examples"},
    {"check", verb_check, "[FILE…]", "what is wrong with sets; --json, --sarif, --watch"},
    {"test", verb_test, "[FILE…]", "run examples and counter-examples; --coverage DIR, --watch"},
    {"try", verb_try, "PATTERN FILE…", "one pattern, at once"},
    {"new", verb_new, "ID", "a commented skeleton of a set with one device"},
    {"import", verb_import, "--from vale|csv PATH", "a set made of a Vale style or of word<TAB>category lines"},
};

enum { OPTION_SARIF = 256, OPTION_COVERAGE, OPTION_FROM, OPTION_ORIGIN, OPTION_WATCH };

static bool job_read(struct job *job, int argc, char **argv)
{
    static const struct option options[] = {
        {"patterns", required_argument, NULL, 'p'},
        {"no-builtin", no_argument, NULL, 'b'},
        {"no-config", no_argument, NULL, 'n'},
        {"json", no_argument, NULL, 'J'},
        {"sarif", no_argument, NULL, OPTION_SARIF},
        {"watch", no_argument, NULL, OPTION_WATCH},
        {"origin", no_argument, NULL, OPTION_ORIGIN},
        {"coverage", required_argument, NULL, OPTION_COVERAGE},
        {"from", required_argument, NULL, OPTION_FROM},
        {NULL, 0, NULL, 0},
    };
    int c;
    *job = (struct job){0};
    optind = 1;
    while ((c = getopt_long(argc, argv, "p:", options, NULL)) != -1) {
        switch (c) {
        case 'p': list_put(&job->settings.patterns, optarg); break;
        case 'b': job->settings.no_builtin = true; break;
        case 'n': job->settings.no_layers = true; break;
        case 'J': job->json = true; break;
        case OPTION_SARIF: job->sarif = true; break;
        case OPTION_WATCH: job->watch = true; break;
        case OPTION_ORIGIN: job->origin = true; break;
        case OPTION_COVERAGE: job->coverage = optarg; break;
        case OPTION_FROM: job->from = optarg; break;
        default: return false;
        }
    }
    for (; optind < argc; optind++)
        list_put(&job->operands, argv[optind]);
    return true;
}

static int run(int (*verb)(struct job *job), int argc, char **argv)
{
    struct job job;
    int status = EXIT_BAD;
    if (job_read(&job, argc, argv)) {
        struct list files = {0};
        for (uint32_t i = 0; i < job.settings.patterns.count; i++)
            list_put(&files, job.settings.patterns.at[i]);
        for (uint32_t i = 0; i < job.operands.count; i++)
            list_put(&files, job.operands.at[i]);
        status = job.watch ? watch(&files, verb, &job) : verb(&job);
        list_free(&files);
    }
    list_free(&job.settings.patterns);
    list_free(&job.operands);
    return status;
}

int command_patterns(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++)
        if (!strcmp(argv[1], verbs[i].name))
            return run(verbs[i].run, argc - 1, argv + 1);
    FILE *out = argc > 1 && !strcmp(argv[1], "--help") ? stdout : stderr;
    fputs("usage: rhetor patterns VERB [--patterns PATH] [--no-builtin] [--no-config] …\n", out);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        fprintf(out, "  %-7s %-21s %s\n", verbs[i].name, verbs[i].arguments, verbs[i].help);
    return out == stdout ? EXIT_DONE : EXIT_BAD;
}
