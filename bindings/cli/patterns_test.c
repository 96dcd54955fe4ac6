/* patterns_test.c: rhetor patterns test: runs the examples that stand in pattern sets.
 * In: examples with their marks. Out: each one that fails, what was expected (-) over what was found (+),
 * both with marks; then a count. An example passes where its rule tags the marked stretch (anything,
 * where none is marked) with the marked roles; a counter-example where the rule tags nothing. An
 * antipattern's example passes where, without the antipattern, something more is tagged (in the
 * marked stretch); its counter-example where that changes nothing. */
#include <stdlib.h>
#include <string.h>

#include "patterns.h"

/* ---- What was found, with marks ----------------------------------------------------------------- */

struct edge { uint32_t at, order; const char *text; char *owned; };
struct edges { struct edge at[4 + 4 * MARKS_MOST]; uint32_t count; };

/* Opening marks of wider spans come first, closing ones last. */
static int by_edge(const void *a, const void *b)
{
    const struct edge *left = a, *right = b;
    if (left->at != right->at)
        return left->at < right->at ? -1 : 1;
    return left->order < right->order ? -1 : left->order > right->order;
}

static void mark(struct edges *edges, uint32_t start, uint32_t end, const char *role, uint32_t length)
{
    if (edges->count + 2 > sizeof edges->at / sizeof *edges->at)
        return;
    char *open = format_text(*role ? "[[%s:" : "[[%s", role);
    edges->at[edges->count++] = (struct edge){start, length + 1 + (length - (end - start)), open, open};
    edges->at[edges->count++] = (struct edge){end, end - start, "]]", NULL};
    if (end == start)
        edges->at[edges->count - 1].order = 2 * length + 2;
}

static void print_marked(const struct draft *draft, const rhetor_tag *tag, bool roles)
{
    struct edges edges = {.count = 0};
    mark(&edges, tag->start, tag->end, "", draft->length);
    for (uint32_t r = 0; roles && r < tag->role_count && r < MARKS_MOST; r++) {
        const rhetor_role *role = &draft->roles[tag->first_role + r];
        mark(&edges, role->start, role->end, rhetor_engine_role_name(draft->engine, role->name),
             draft->length);
    }
    qsort(edges.at, edges.count, sizeof *edges.at, by_edge);
    uint32_t at = 0;
    fputs("  + ", stdout);
    for (uint32_t i = 0; i < edges.count; i++) {
        uint32_t to = edges.at[i].at < draft->length ? edges.at[i].at : draft->length;
        printf("%.*s%s", (int)(to - at), draft->text + at, edges.at[i].text);
        at = to;
        free(edges.at[i].owned);
    }
    puts(draft->text + at);
}

/* ---- Examples of rules ----------------------------------------------------------------------------- */

static bool has_role(const struct draft *draft, const rhetor_tag *tag, const struct mark *mark)
{
    for (uint32_t r = 0; r < tag->role_count; r++) {
        const rhetor_role *role = &draft->roles[tag->first_role + r];
        if (!strcmp(rhetor_engine_role_name(draft->engine, role->name), mark->role) &&
            role->start == mark->start && role->end == mark->end)
            return true;
    }
    return false;
}

/* Whether a tag is what the marks say. */
static bool fits(const struct draft *draft, const rhetor_tag *tag, const struct marked *marked)
{
    for (uint32_t m = 0; m < marked->count; m++) {
        const struct mark *own = &marked->marks[m];
        if (own->role[0] ? !has_role(draft, tag, own)
                         : tag->start != own->start || tag->end != own->end)
            return false;
    }
    return true;
}

static bool is_rule(const struct draft *draft, uint32_t tag, const char *id)
{
    return !strcmp(draft_rule(draft, tag).id, id);
}

static void print_head(const rhetor_example *example)
{
    printf("%s:%u:%u: %s%s\n  - %s\n", example->file, example->line, example->column, example->rule,
           example->counter ? ": must not fire" : "", example->text);
}

static void print_failure(const rhetor_example *example, const struct draft *draft,
                          const struct marked *marked)
{
    bool any = false, roles = false;
    for (uint32_t m = 0; m < marked->count; m++)
        roles |= marked->marks[m].role[0] != 0;
    print_head(example);
    for (uint32_t i = 0; i < draft->tag_count; i++)
        if (is_rule(draft, i, example->rule)) {
            print_marked(draft, &draft->tags[i], roles);
            any = true;
        }
    if (!any)
        puts("  + (nothing)");
}

/* An example's text as a draft; false: said why not. */
static bool example_open(struct draft *draft, rhetor_engine *engine, const struct marked *marked)
{
    char *why = NULL;
    bool good = draft_open(draft, engine, "example", marked->text, marked->length, &why);
    if (!good)
        complain("%s", why);
    free(why);
    return good;
}

/* One example; false: it fails, and was printed. */
static bool try_example(rhetor_engine *engine, const rhetor_example *example)
{
    struct marked marked = read_marks(example->text);
    struct draft draft;
    bool good = false;
    if (example_open(&draft, engine, &marked)) {
        uint32_t fired = 0;
        for (uint32_t i = 0; i < draft.tag_count; i++) {
            if (!is_rule(&draft, i, example->rule))
                continue;
            fired++;
            good |= fits(&draft, &draft.tags[i], &marked);
        }
        good = example->counter ? fired == 0 : good;
        if (!good)
            print_failure(example, &draft, &marked);
        draft_close(&draft);
    }
    free(marked.text);
    return good;
}

/* ---- Examples of antipatterns ------------------------------------------------------------------------ */

/* The sets without one antipattern. */
static bool bench_without(struct bench *bench, const struct settings *settings,
                          const rhetor_example *example)
{
    const char *own = strchr(example->rule, '/');
    char *text = *example->device
                     ? format_text("devices: [{id: %s, antipatterns-: [%s]}]\n", example->device,
                                   own ? own + 1 : example->rule)
                     : format_text("antipatterns-: [%s]\n", example->rule);
    *bench = (struct bench){0};
    bench->builder = builder_open(settings, NULL, &bench->broken);
    if (bench->builder &&
        rhetor_builder_add_text(bench->builder, "without", text, (uint32_t)strlen(text), NULL) == RHETOR_OK)
        rhetor_builder_finish(bench->builder, &bench->engine, NULL);
    free(text);
    return bench->engine != NULL;
}

static bool has_tag(const struct draft *draft, const rhetor_tag *tag)
{
    for (uint32_t i = 0; i < draft->tag_count; i++)
        if (draft->tags[i].rule == tag->rule && draft->tags[i].start == tag->start &&
            draft->tags[i].end == tag->end)
            return true;
    return false;
}

static bool overlaps(const rhetor_tag *tag, const struct marked *marked)
{
    return marked->count == 0 ||
           (tag->start < marked->marks[0].end && tag->end > marked->marks[0].start);
}

static bool try_exemption(const struct bench *with, const struct bench *without,
                          const rhetor_example *example)
{
    struct marked marked = read_marks(example->text);
    struct draft kept, all;
    bool exempted = false, good = false;
    if (example_open(&kept, with->engine, &marked)) {
        if (example_open(&all, without->engine, &marked)) {
            for (uint32_t i = 0; i < all.tag_count; i++)
                exempted |= overlaps(&all.tags[i], &marked) && !has_tag(&kept, &all.tags[i]);
            good = exempted != (example->counter != 0);
            draft_close(&all);
        }
        draft_close(&kept);
    }
    if (!good) {
        print_head(example);
        puts(example->counter ? "  + something is exempted" : "  + nothing is exempted");
    }
    free(marked.text);
    return good;
}

/* ---- All ------------------------------------------------------------------------------------------- */

static int32_t kind_of(const struct bench *bench, const char *id)
{
    for (uint32_t i = 0; i < rhetor_engine_rule_count(bench->engine); i++) {
        rhetor_rule rule = bench_rule(bench, i);
        if (!strcmp(rule.id, id))
            return rule.kind;
    }
    return 0;
}

struct tally { uint32_t passed, failed; };

static void run_rules(const struct job *job, const struct bench *merged, const struct bench *apart,
                      struct tally *tally)
{
    rhetor_example example = {.size = sizeof example};
    for (uint32_t i = 0; rhetor_builder_example(merged->builder, i, &example) == RHETOR_OK; i++) {
        if (!is_named(job, example.file) || example.exempts)
            continue;
        bool cue = kind_of(merged, example.rule) == RHETOR_CUE;
        bool good = try_example(cue ? apart->engine : merged->engine, &example);
        tally->passed += good;
        tally->failed += !good;
    }
}

/* Antipatterns come one after the other with all their examples: one engine without each. */
static void run_exemptions(const struct job *job, const struct bench *with, struct tally *tally)
{
    struct settings settings = job->settings;
    settings.unmerged = settings.min_score_given = settings.silent = true;
    struct bench without = {0};
    char *rule = NULL;
    rhetor_example example = {.size = sizeof example};
    for (uint32_t i = 0; rhetor_builder_example(with->builder, i, &example) == RHETOR_OK; i++) {
        if (!is_named(job, example.file) || !example.exempts)
            continue;
        if (!rule || strcmp(rule, example.rule)) {
            bench_close(&without);
            free(rule);
            rule = need(strdup(example.rule));
            bench_without(&without, &settings, &example);
        }
        bool good = without.engine && try_exemption(with, &without, &example);
        tally->passed += good;
        tally->failed += !good;
    }
    bench_close(&without);
    free(rule);
}

int verb_test(struct job *job)
{
    struct tally tally = {0};
    if (job->coverage)
        return verb_coverage(job);
    for (uint32_t i = 0; i < job->operands.count; i++)
        list_put(&job->settings.patterns, job->operands.at[i]);
    /* Cues are tried one by one, unmerged; what is made of tags is tried on tags as they are shown. */
    struct bench merged, apart;
    bool opened = bench_open(&merged, &job->settings);
    struct settings settings = job->settings;
    settings.unmerged = settings.min_score_given = settings.silent = true;
    opened = bench_open(&apart, &settings) && opened;
    if (opened) {
        diagnostics_print(stderr, merged.said, merged.said_count);
        run_rules(job, &merged, &apart, &tally);
        run_exemptions(job, &apart, &tally);
        printf("%u examples passed, %u failed\n", tally.passed, tally.failed);
    }
    int status = !opened || merged.broken ? EXIT_BAD : tally.failed ? EXIT_FOUND : EXIT_DONE;
    bench_close(&apart);
    bench_close(&merged);
    return status;
}
