/* patterns_test.c: rhetor patterns test: runs the examples that stand in pattern sets.
 * In: examples with their marks. Out: each one that fails, with what was expected and what was found;
 * then a count. An example passes where its rule tags the marked stretch (anything, where none is
 * marked) with the marked roles; a counter-example where the rule tags nothing; of an antipattern's, an
 * example is one that it exempts, and is not told from its counter-examples by the tags alone: it passes
 * where none of the devices that it exempts is tagged. */
#include <stdlib.h>
#include <string.h>
#include <getopt.h>

#include "patterns.h"

enum { MARKS_MOST = 16 };

struct mark { char role[40]; uint32_t start, end; }; /* role "": the tag itself */
struct marked { char *text; uint32_t length; struct mark marks[MARKS_MOST]; uint32_t count; };

/* "We [[will fund [[offer:a clinic]]]]." as plain text and marks. */
static struct marked read_marks(const char *source)
{
    struct marked out = {.text = need(malloc(strlen(source) + 1))};
    uint32_t open[MARKS_MOST], depth = 0;
    while (*source) {
        if (!strncmp(source, "[[", 2) && out.count < MARKS_MOST) {
            struct mark *mark = &out.marks[out.count];
            *mark = (struct mark){.start = out.length, .end = out.length};
            source += 2;
            size_t name = strspn(source, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
            if (name && name < sizeof mark->role && source[name] == ':' && source[name + 1] != ' ') {
                memcpy(mark->role, source, name);
                source += name + 1;
            }
            open[depth++] = out.count++;
        } else if (!strncmp(source, "]]", 2) && depth) {
            out.marks[open[--depth]].end = out.length;
            source += 2;
        } else {
            out.text[out.length++] = *source++;
        }
    }
    out.text[out.length] = 0;
    return out;
}

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
        const struct mark *mark = &marked->marks[m];
        if (mark->role[0] ? !has_role(draft, tag, mark)
                          : tag->start != mark->start || tag->end != mark->end)
            return false;
    }
    return true;
}

static bool is_rule(const struct draft *draft, uint32_t tag, const char *id)
{
    return !strcmp(draft_rule(draft, tag).id, id);
}

static void print_failure(const rhetor_example *example, const struct draft *draft)
{
    printf("%s:%u:%u: %s\n  %s %s\n", example->file, example->line, example->column, example->rule,
           example->counter ? "must not fire:" : "expected:", example->text);
    bool any = false;
    for (uint32_t i = 0; i < draft->tag_count; i++) {
        if (!is_rule(draft, i, example->rule))
            continue;
        const rhetor_tag *tag = &draft->tags[i];
        printf("  found:    %.*s", (int)(tag->end - tag->start), draft->text + tag->start);
        for (uint32_t r = 0; r < tag->role_count; r++) {
            const rhetor_role *role = &draft->roles[tag->first_role + r];
            printf("%s%s: %.*s", r ? ", " : "  (", rhetor_engine_role_name(draft->engine, role->name),
                   (int)(role->end - role->start), draft->text + role->start);
        }
        puts(tag->role_count ? ")" : "");
        any = true;
    }
    if (!any)
        puts("  found:    nothing");
}

static int32_t kind_of(const rhetor_engine *engine, const char *id)
{
    for (uint32_t i = 0; i < rhetor_engine_rule_count(engine); i++) {
        rhetor_rule rule = {.size = sizeof rule};
        rhetor_engine_rule(engine, i, &rule);
        if (!strcmp(rule.id, id))
            return rule.kind;
    }
    return 0;
}

/* One example; false: it fails, and was printed. */
static bool try_example(rhetor_engine *engine, const rhetor_example *example)
{
    struct marked marked = read_marks(example->text);
    struct draft draft;
    char *why = NULL;
    bool good = false;
    if (!draft_open(&draft, engine, "example", marked.text, marked.length, &why)) {
        complain("%s", why);
        free(why);
        free(marked.text);
        return false;
    }
    uint32_t fired = 0;
    for (uint32_t i = 0; i < draft.tag_count; i++) {
        if (!is_rule(&draft, i, example->rule))
            continue;
        fired++;
        good |= fits(&draft, &draft.tags[i], &marked);
    }
    if (example->counter)
        good = fired == 0;
    if (!good)
        print_failure(example, &draft);
    draft_close(&draft);
    free(marked.text);
    return good;
}

int verb_test(struct settings *settings, int argc, char **argv)
{
    bool named = optind < argc;
    for (; optind < argc; optind++)
        list_add(&settings->patterns, argv[optind]);
    /* Cues are tried one by one, unmerged; what is made of tags is tried on tags as they are shown. */
    struct bench merged, apart;
    settings->unmerged = true;
    settings->min_score_given = true;
    bool opened = bench_open(&apart, settings);
    settings->unmerged = false;
    opened = bench_open(&merged, settings) && opened;
    uint32_t passed = 0, failed = 0;
    if (opened) {
        diagnostics_print(stderr, merged.said, merged.said_count);
        rhetor_example example = {.size = sizeof example};
        for (uint32_t i = 0; rhetor_builder_example(merged.builder, i, &example) == RHETOR_OK; i++) {
            if ((named && !strncmp(example.file, "built-in:", 9)) || example.exempts)
                continue;
            bool cue = kind_of(merged.engine, example.rule) == RHETOR_CUE;
            if (try_example(cue ? apart.engine : merged.engine, &example))
                passed++;
            else
                failed++;
        }
        printf("%u examples passed, %u failed\n", passed, failed);
    }
    int status = !opened || merged.broken ? EXIT_BAD : failed ? EXIT_FOUND : EXIT_DONE;
    bench_close(&apart);
    bench_close(&merged);
    return status;
}
