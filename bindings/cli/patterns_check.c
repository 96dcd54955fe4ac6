/* patterns_check.c: rhetor patterns check: what is wrong with sets, and what is doubtful.
 * In: sets. Out: the loader's and the compiler's findings, and of the rules of the files that are named:
 * patterns without an example, that no example fires, that run everywhere, that say what another
 * says, that find only what another finds, and that backtrack without end on texts made to that end.
 * Cost: a run over the examples, and over some hundred bytes of text for every pattern that repeats something. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "patterns.h"

enum {
    WORDS_MOST = 24,     /* of a pattern that adversarial texts are made of */
    REPEATED_MOST = 6,   /* of these, so many are repeated */
    TEXT_BYTES = 500,    /* of one such text: where steps go with its square, they pass the limit */
    LIMIT_STEPS = 50000, /* half of what an analysis allows, so that what nearly blows up is told too */
};

/* What is known of a rule while the examples run. */
struct known {
    uint32_t examples, fired;
    bool named;
    bool *better; /* by rule: it has found all so far, as wide and with as high a score; NULL: none fired */
};

/* The sets as the checks need them: each cue by itself, and as tags are shown. */
struct check {
    const struct job *job;
    struct bench apart, merged;
    struct known *known;
    uint32_t count;
    struct findings findings;
};

static bool is_rule_of(const struct check *check, uint32_t rule, const char *id)
{
    return !strcmp(bench_rule(&check->apart, rule).id, id);
}

/* ---- Examples ---------------------------------------------------------------------------------- */

static void note_better(struct check *check, uint32_t rule, const struct draft *draft, uint32_t tag)
{
    struct known *known = &check->known[rule];
    bool *found = need(calloc(check->count, sizeof *found));
    const rhetor_tag *own = &draft->tags[tag];
    for (uint32_t i = 0; i < draft->tag_count; i++) {
        const rhetor_tag *other = &draft->tags[i];
        if (other->rule != rule && other->device == own->device && other->start <= own->start &&
            other->end >= own->end && other->score >= own->score)
            found[other->rule] = true;
    }
    for (uint32_t i = 0; known->better && i < check->count; i++)
        found[i] &= known->better[i];
    free(known->better);
    known->better = found;
}

static void run_example(struct check *check, const rhetor_example *example)
{
    uint32_t rule = 0;
    while (rule < check->count && !is_rule_of(check, rule, example->rule))
        rule++;
    if (rule == check->count || example->counter)
        return;
    struct known *known = &check->known[rule];
    bool cue = bench_rule(&check->apart, rule).kind == RHETOR_CUE;
    struct marked marked = read_marks(example->text);
    struct draft draft;
    char *why = NULL;
    known->examples++;
    if (draft_open(&draft, cue ? check->apart.engine : check->merged.engine, "example", marked.text,
                   marked.length, &why)) {
        bool fired = false;
        for (uint32_t i = 0; i < draft.tag_count; i++) {
            if (draft.tags[i].rule != rule)
                continue;
            if (cue && !fired)
                note_better(check, rule, &draft, i);
            fired = true;
        }
        known->fired += fired;
        draft_close(&draft);
    }
    free(why);
    free(marked.text);
}

static void check_examples(struct check *check)
{
    rhetor_example example = {.size = sizeof example};
    for (uint32_t i = 0; rhetor_builder_example(check->apart.builder, i, &example) == RHETOR_OK; i++)
        if (is_named(check->job, example.file) && !example.exempts)
            run_example(check, &example);
    for (uint32_t i = 0; i < check->count; i++) {
        rhetor_rule rule = bench_rule(&check->apart, i);
        const struct known *known = &check->known[i];
        if (!known->named || rule.kind == RHETOR_FIGURE)
            continue;
        if (!known->examples)
            finding(&check->findings, &rule, RHETOR_WARNING, "no-example",
                    "examples: ['words that it [[marks]]']", "%s has no example", rule.id);
        else if (!known->fired)
            finding(&check->findings, &rule, RHETOR_WARNING, "never-fires",
                    "rhetor patterns test shows what was found instead",
                    "no example of %s makes it fire", rule.id);
    }
}

/* ---- Shadows, duplicates, anchors ----------------------------------------------------------------- */

static bool is_same(const rhetor_rule *a, const rhetor_rule *b)
{
    return a->device == b->device && a->regex[0] && !strcmp(a->regex, b->regex) &&
           !strcmp(a->conditions, b->conditions);
}

static void check_twins(struct check *check)
{
    for (uint32_t i = 0; i < check->count; i++) {
        if (!check->known[i].named)
            continue;
        rhetor_rule rule = bench_rule(&check->apart, i);
        if (rule.kind != RHETOR_CUE)
            continue;
        bool twin = false;
        for (uint32_t n = 0; n < check->count && !twin; n++) {
            rhetor_rule other = bench_rule(&check->apart, n);
            if (n == i || (n > i && check->known[n].named) || !is_same(&rule, &other))
                continue;
            twin = true;
            finding(&check->findings, &rule, RHETOR_WARNING, "duplicate-pattern",
                    "take one of the two out", "%s finds what %s (%s:%u) finds", rule.id, other.id,
                    other.file, other.line);
        }
        for (uint32_t n = 0; n < check->count && !twin && check->known[i].better; n++) {
            if (!check->known[i].better[n])
                continue;
            rhetor_rule other = bench_rule(&check->apart, n);
            if (is_same(&rule, &other) || other.kind != RHETOR_CUE)
                continue;
            twin = true;
            finding(&check->findings, &rule, RHETOR_NOTE, "shadowed-pattern",
                    "take it out, give it a higher weight, or add an example that only it finds",
                    "all examples of %s are found by %s (%s:%u) too, as wide and with as high a score",
                    rule.id, other.id, other.file, other.line);
        }
    }
}

static void check_anchors(struct check *check)
{
    for (uint32_t i = 0; i < check->count; i++) {
        rhetor_rule rule = bench_rule(&check->apart, i);
        if (check->known[i].named && rule.kind == RHETOR_CUE && !rule.anchors[0])
            finding(&check->findings, &rule, RHETOR_WARNING, "runs-everywhere",
                    "name a word or a lexicon that every match must hold",
                    "no word must occur for %s, so it runs in every sentence", rule.id);
    }
}

/* ---- Backtracking ---------------------------------------------------------------------------------- */

/* The words and letters of a pattern, as a text may hold them. */
struct words { char *at[WORDS_MOST]; uint32_t count; };

static void words_add(struct words *words, const char *text, size_t length)
{
    for (uint32_t i = 0; i < words->count; i++)
        if (strlen(words->at[i]) == length && !memcmp(words->at[i], text, length))
            return;
    if (length && words->count < WORDS_MOST)
        words->at[words->count++] = need(strndup(text, length));
}

static void words_free(struct words *words)
{
    for (uint32_t i = 0; i < words->count; i++)
        free(words->at[i]);
}

/* Words of the anchors first: without them a pattern does not run. One of each group is enough. */
static void words_of_anchors(struct words *words, const char *anchors)
{
    bool wanted = true;
    for (const char *at = anchors; *at; at += strspn(at, " ")) {
        size_t n = strcspn(at, " ");
        if (n == 1 && *at == '|') {
            wanted = true;
        } else if (wanted && *at == '<') {
            const char *one = !strncmp(at, "<digit", 6) ? "7" : !strncmp(at, "<name", 5) ? "Brandt" : "minister";
            words_add(words, one, strlen(one));
            wanted = false;
        } else if (wanted) {
            words_add(words, at, at[n - 1] == '*' ? n - 1 : n);
            wanted = false;
        }
        at += n;
    }
}

/* Runs of letters in the pattern itself that are no name of a group or class. */
static void words_of_pattern(struct words *words, const char *pattern)
{
    for (const char *at = pattern; *at;) {
        size_t n = 0;
        if (*at == '{') {
            at += strcspn(at, "}");
            at += *at == '}';
        } else if (at[0] == '(' && at[1] == '?') {
            at += 2;
            at += strcspn(at, ":>=!)");
        } else if (*at == '\\' && at[1]) {
            at += 2;
        } else if (isalnum((unsigned char)*at)) {
            while (isalnum((unsigned char)at[n]))
                n++;
            words_add(words, at, n);
            at += n;
        } else {
            at++;
        }
    }
}

/* Nothing in it repeats: there is nothing to go back into. */
static bool repeats(const char *pattern)
{
    return strpbrk(pattern, "*+{") != NULL;
}

static void put_words(FILE *out, const struct words *words, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        fprintf(out, "%.38s ", words->at[i]);
}

/* All words, so that the pattern runs; the first ones of the pattern, so that it gets to what repeats;
 * one thing again and again; no end that fits. Then all words once more: PCRE2 gives up at once where
 * a letter that it needs is not to come. */
static void fill(FILE *out, const struct words *all, const struct words *own, uint32_t count,
                 const char *unit, const char *between)
{
    put_words(out, all, all->count);
    put_words(out, own, count);
    size_t step = strlen(unit) + strlen(between);
    for (size_t used = 0; step && used < TEXT_BYTES; used += step)
        fprintf(out, "%s%s", unit, between);
    fputs("# ", out);
    put_words(out, all, all->count);
    fputs(".\n\n", out);
}

static void write_worst(FILE *out, const rhetor_rule *rule)
{
    static const char *const units[][2] = {{"a", ""}, {"a", " "}, {"the old", " "}};
    struct words all = {{0}, 0}, own = {{0}, 0};
    words_of_anchors(&all, rule->anchors);
    words_of_pattern(&all, rule->source);
    words_of_pattern(&own, rule->source);
    for (uint32_t i = 0; i < own.count && i < REPEATED_MOST; i++) {
        fill(out, &all, &own, i, own.at[i], " ");
        fill(out, &all, &own, i, own.at[i], "");
    }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        fill(out, &all, &own, 0, units[i][0], units[i][1]);
    words_free(&all);
    words_free(&own);
}

/* The rule whose id a message quotes: "the pattern carrot/willing-to hit …". */
static void note_limit(struct check *check, const rhetor_rule *written, const char *message)
{
    static const char before[] = "the pattern ";
    if (strncmp(message, before, sizeof before - 1))
        return;
    const char *id = message + sizeof before - 1;
    size_t n = strcspn(id, " ");
    if (strlen(written->id) == n && !memcmp(written->id, id, n))
        finding(&check->findings, written, RHETOR_WARNING, "backtracking",
                "let one repetition end where the next begins, or bound it: {gap:8}, {0,5}",
                "%s goes back without end on a text made of its own words: at the limit it finds nothing",
                written->id);
}

static void check_backtracking(struct check *check)
{
    for (uint32_t i = 0; i < check->count; i++) {
        rhetor_rule rule = bench_rule(&check->apart, i);
        if (!check->known[i].named || rule.kind != RHETOR_CUE || !repeats(rule.source))
            continue;
        char *text = NULL, *why = NULL;
        size_t length = 0;
        FILE *out = need(open_memstream(&text, &length));
        write_worst(out, &rule);
        fclose(out);
        struct draft draft;
        if (draft_open(&draft, check->apart.engine, "worst", text, (uint32_t)length, &why)) {
            uint32_t count;
            const rhetor_diagnostic *said = rhetor_document_diagnostics(draft.document, &count);
            for (uint32_t d = 0; d < count; d++)
                if (!strcmp(said[d].code, "limit"))
                    note_limit(check, &rule, said[d].message);
            draft_close(&draft);
        }
        free(why);
        free(text);
    }
}

/* ---- All of it ------------------------------------------------------------------------------------- */

static void write_findings(const struct job *job, const struct findings *findings)
{
    if (job->sarif)
        findings_sarif(stdout, findings);
    else if (job->json)
        findings_json(stdout, findings);
    else
        findings_text(stdout, findings);
}

static void check_rules(struct check *check)
{
    check->count = rhetor_engine_rule_count(check->apart.engine);
    check->known = need(calloc(check->count + 1, sizeof *check->known));
    for (uint32_t i = 0; i < check->count; i++)
        check->known[i].named = is_named(check->job, bench_rule(&check->apart, i).file);
    check_examples(check);
    check_anchors(check);
    check_twins(check);
    check_backtracking(check);
    for (uint32_t i = 0; i < check->count; i++)
        free(check->known[i].better);
    free(check->known);
}

int verb_check(struct job *job)
{
    struct check check = {.job = job};
    for (uint32_t i = 0; i < job->operands.count; i++)
        list_put(&job->settings.patterns, job->operands.at[i]);
    bool opened = bench_open(&check.merged, &job->settings);
    bool broken = check.merged.broken;
    for (uint32_t i = 0; i < check.merged.said_count; i++)
        findings_add(&check.findings, &check.merged.said[i]);
    job->settings.unmerged = job->settings.min_score_given = job->settings.silent = true;
    job->settings.match_limit = LIMIT_STEPS;
    if (opened && bench_open(&check.apart, &job->settings))
        check_rules(&check);
    findings_sort(&check.findings);
    write_findings(job, &check.findings);
    int status = !opened || broken || findings_of(&check.findings, RHETOR_ERROR) ? EXIT_BAD : EXIT_DONE;
    findings_free(&check.findings);
    bench_close(&check.apart);
    bench_close(&check.merged);
    return status;
}
