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

/* Options that every verb takes; the rest are the verb's operands from optind on. */
static bool settings_of(struct settings *settings, int argc, char **argv)
{
    static const struct option options[] = {
        {"patterns", required_argument, NULL, 'p'},
        {"no-builtin", no_argument, NULL, 'b'},
        {"no-config", no_argument, NULL, 'n'},
        {"json", no_argument, NULL, 'J'},
        {NULL, 0, NULL, 0},
    };
    int c;
    *settings = (struct settings){0};
    optind = 1;
    while ((c = getopt_long(argc, argv, "p:", options, NULL)) != -1) {
        switch (c) {
        case 'p': list_add(&settings->patterns, optarg); break;
        case 'b': settings->no_builtin = true; break;
        case 'n': settings->no_layers = true; break;
        case 'J': settings->format = FORMAT_JSON; break;
        default: return false;
        }
    }
    return true;
}

/* ---- list, show -------------------------------------------------------------------------------- */

static const char *kind_name(int32_t kind)
{
    static const char *const names[] = {"?", "pattern", "figure", "move", "series"};
    return kind > 0 && kind < 5 ? names[kind] : names[0];
}

static int verb_list(struct settings *settings, int argc, char **argv)
{
    struct bench bench;
    (void)argc, (void)argv;
    if (!bench_open(&bench, settings))
        return EXIT_BAD;
    uint32_t count = rhetor_engine_rule_count(bench.engine);
    for (uint32_t i = 0; i < count; i++) {
        rhetor_rule rule = {.size = sizeof rule};
        rhetor_engine_rule(bench.engine, i, &rule);
        printf("%-40s %-8s %.2f  %s %s  %s:%u\n", rule.id, kind_name(rule.kind),
               (double)rule.weight, rule.set, rule.set_version, rule.file, rule.line);
    }
    diagnostics_print(stderr, bench.said, bench.said_count);
    int status = bench.broken ? EXIT_BAD : EXIT_DONE;
    bench_close(&bench);
    return status;
}

static void show_rule(const struct bench *bench, const rhetor_rule *rule)
{
    printf("%s  (%s)\n  set      %s %s, %s:%u\n  weight   %.2f\n", rule->id, kind_name(rule->kind),
           rule->set, rule->set_version, rule->file, rule->line, (double)rule->weight);
    if (rule->source[0])
        printf("  pattern  %s\n  regex    %.2000s\n  anchors  %.2000s\n", rule->source, rule->regex,
               rule->anchors[0] ? rule->anchors : "none: it runs everywhere");
    rhetor_example example = {.size = sizeof example};
    for (uint32_t i = 0; rhetor_builder_example(bench->builder, i, &example) == RHETOR_OK; i++)
        if (!strcmp(example.rule, rule->id))
            printf("  %s %s\n", example.counter ? "not     " : "example ", example.text);
}

static int verb_show(struct settings *settings, int argc, char **argv)
{
    struct bench bench;
    if (optind >= argc) {
        complain("usage: rhetor patterns show ID…  (carrot, or carrot/willing-to)");
        return EXIT_BAD;
    }
    if (!bench_open(&bench, settings))
        return EXIT_BAD;
    int status = bench.broken ? EXIT_BAD : EXIT_DONE;
    for (; optind < argc; optind++) {
        const char *id = argv[optind];
        size_t n = strlen(id);
        bool found = false;
        for (uint32_t i = 0; i < rhetor_engine_rule_count(bench.engine); i++) {
            rhetor_rule rule = {.size = sizeof rule};
            rhetor_engine_rule(bench.engine, i, &rule);
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

/* ---- check ------------------------------------------------------------------------------------- */

static int verb_check(struct settings *settings, int argc, char **argv)
{
    struct bench bench;
    for (; optind < argc; optind++)
        list_add(&settings->patterns, argv[optind]);
    if (!bench_open(&bench, settings))
        return EXIT_BAD;
    diagnostics_print(stdout, bench.said, bench.said_count);
    uint32_t wrong = 0;
    for (uint32_t i = 0; i < bench.said_count; i++)
        wrong += bench.said[i].severity == RHETOR_ERROR;
    printf("%u errors, %u other findings\n", wrong, bench.said_count - wrong);
    int status = bench.broken ? EXIT_BAD : EXIT_DONE;
    bench_close(&bench);
    return status;
}

/* ---- Verbs ------------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int (*run)(struct settings *settings, int argc, char **argv);
    const char *arguments, *help;
} verbs[] = {
    {"list", verb_list, "", "every rule with its weight, set and place"},
    {"show", verb_show, "ID…", "a rule: pattern, regular expression, anchors, examples"},
    {"check", verb_check, "FILE…", "what is wrong with sets, with line and caret"},
    {"test", verb_test, "[FILE…]", "run the examples and counter-examples of sets"},
};

int command_patterns(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(argv[1], verbs[i].name))
            continue;
        struct settings settings;
        int status = EXIT_BAD;
        if (settings_of(&settings, argc - 1, argv + 1))
            status = verbs[i].run(&settings, argc - 1, argv + 1);
        list_free(&settings.patterns);
        return status;
    }
    FILE *out = argc > 1 && !strcmp(argv[1], "--help") ? stdout : stderr;
    fputs("usage: rhetor patterns VERB [--patterns PATH] [--no-builtin] [--no-config] …\n", out);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        fprintf(out, "  %-7s %-10s %s\n", verbs[i].name, verbs[i].arguments, verbs[i].help);
    return out == stdout ? EXIT_DONE : EXIT_BAD;
}
