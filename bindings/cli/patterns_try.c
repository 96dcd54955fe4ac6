/* patterns_try.c: rhetor patterns try 'PATTERN' FILE… and new ID.
 * In: one pattern, drafts; or an id. Out: file:line:column and the sentence with what the pattern finds
 * marked, roles under it; or a skeleton of a set. A mistake in the pattern is shown under it. */
#include <stdlib.h>
#include <string.h>

#include "patterns.h"

static const char before[] = "devices:\n  - id: try\n    name: Try\n    patterns:\n      - ";
enum { PATTERN_LINE = 5, PATTERN_COLUMN = 9 }; /* of its quotation mark */

/* The set that holds the pattern alone. */
static char *set_of(const char *pattern)
{
    char *text = NULL;
    size_t length;
    FILE *out = need(open_memstream(&text, &length));
    fputs(before, out);
    yaml_text(out, pattern);
    fputc('\n', out);
    fclose(out);
    return text;
}

/* In the set a ' stands twice; the caret goes under the pattern as it was given. */
static void print_mistake(const char *pattern, const rhetor_diagnostic *said)
{
    uint32_t at = PATTERN_COLUMN + 1, own = 0;
    while (said->line == PATTERN_LINE && pattern[own] && at < said->column) {
        at += pattern[own] == '\'' ? 2 : 1;
        own++;
    }
    fprintf(stderr, "rhetor: %s\n  %s\n  ", said->message, pattern);
    for (uint32_t i = 0; i < own; i++)
        if (((unsigned char)pattern[i] & 0xC0) != 0x80)
            fputc(' ', stderr);
    fputs("^\n", stderr);
    if (said->advice[0])
        fprintf(stderr, "  %s\n", said->advice);
}

static rhetor_engine *engine_of(struct job *job, const char *pattern, bool *broken)
{
    rhetor_engine *engine = NULL;
    char *text = set_of(pattern);
    job->settings.unmerged = job->settings.min_score_given = true;
    rhetor_builder *builder = builder_open(&job->settings, NULL, broken);
    if (builder) {
        rhetor_builder_add_text(builder, "pattern", text, (uint32_t)strlen(text), NULL);
        rhetor_builder_finish(builder, &engine, NULL);
        uint32_t count;
        const rhetor_diagnostic *said = rhetor_builder_diagnostics(builder, &count);
        for (uint32_t i = 0; i < count; i++) {
            *broken |= said[i].severity == RHETOR_ERROR;
            if (!strcmp(said[i].file, "pattern"))
                print_mistake(pattern, &said[i]);
            else
                diagnostics_print(stderr, &said[i], 1);
        }
    }
    rhetor_builder_free(builder);
    free(text);
    return engine;
}

/* The sentence on one line with the tag marked. */
static void print_hit(const struct draft *draft, uint32_t tag)
{
    const rhetor_tag *own = &draft->tags[tag];
    uint32_t count, from = own->start, to = own->end;
    const rhetor_span *sentences = rhetor_document_sentences(draft->document, &count);
    for (uint32_t i = 0; i < count; i++)
        if (sentences[i].start <= own->start && sentences[i].end > own->start) {
            from = sentences[i].start;
            to = sentences[i].end > to ? sentences[i].end : to;
        }
    printf("%s:%u:%u: ", draft->name, draft->starts[tag].line, draft->starts[tag].column);
    for (uint32_t i = from; i < to; i++) {
        fputs(i == own->start ? "[[" : "", stdout);
        unsigned char c = (unsigned char)draft->text[i];
        fputc(c < 0x20 || c == 0x7F ? ' ' : c, stdout);
        fputs(i + 1 == own->end ? "]]" : "", stdout);
    }
    fputc('\n', stdout);
    for (uint32_t r = 0; r < own->role_count; r++) {
        const rhetor_role *role = &draft->roles[own->first_role + r];
        printf("    %s: %.*s\n", rhetor_engine_role_name(draft->engine, role->name),
               (int)(role->end - role->start), draft->text + role->start);
    }
}

int verb_try(struct job *job)
{
    bool broken = false;
    if (job->operands.count < 2) {
        complain("usage: rhetor patterns try 'PATTERN' FILE…");
        return EXIT_BAD;
    }
    rhetor_engine *engine = engine_of(job, job->operands.at[0], &broken);
    int32_t device = engine ? rhetor_engine_find_device(engine, "try") : RHETOR_NONE;
    uint32_t hits = 0;
    for (uint32_t i = 1; device >= 0 && !broken && i < job->operands.count; i++) {
        struct draft draft;
        uint32_t length;
        char *why = NULL, *text = read_file(job->operands.at[i], &length, &why);
        if (text && draft_open(&draft, engine, job->operands.at[i], text, length, &why)) {
            for (uint32_t t = 0; t < draft.tag_count; t++)
                if (draft.tags[t].device == (uint32_t)device) {
                    print_hit(&draft, t);
                    hits++;
                }
            draft_close(&draft);
        } else {
            complain("%s", why);
            broken = true;
        }
        free(why);
        free(text);
    }
    if (!broken && engine)
        fprintf(stderr, "%u found\n", hits);
    rhetor_engine_release(engine);
    return broken || !engine ? EXIT_BAD : EXIT_DONE;
}

/* ---- new --------------------------------------------------------------------------------------- */

static const char skeleton[] =
    "# %s.yaml: a pattern set. The guide is corpus/README.md; rhetor patterns check and test read this file.\n"
    "set:\n"
    "  name: my-%s            # what tags name as their source, with the version\n"
    "  version: 1.0.0\n"
    "  license: CC0-1.0\n"
    "  author: Your Name\n"
    "  # citation: how a paper cites the set\n"
    "\n"
    "lexicons:\n"
    "  %s-words:               # {%s-words} in a pattern is any of these\n"
    "    - =promise:v           # a lemma, here as a verb: promise, promises, promised, promising\n"
    "    - give one's word      # a phrase\n"
    "    - guarant*             # all words that begin so\n"
    "\n"
    "devices:\n"
    "  - id: %s\n"
    "    name: %s\n"
    "    family: my-devices\n"
    "    definition: What it is, in one sentence.\n"
    "    # references: [Author Year, Title]\n"
    "    message: '{who} promises'   # roles in braces\n"
    "    roles: [who]\n"
    "    threshold: 0.5         # tags with a lower score are not shown\n"
    "    patterns:\n"
    "      - id: words\n"
    "        pattern: '(?<who>I|we|{party}) {%s-words}'\n"
    "        weight: 0.7        # how often it is right: the score of its tags\n"
    "        unless: ['{not}']  # stays silent where this is in the same sentence\n"
    "        # scope: clause | paragraph | quotation | heading     voice: author | quoted | scripted\n"
    "        # position: first | last | first-in-paragraph | last-in-paragraph\n"
    "        # near: '…'  before: {pattern: '…', words: 5}  unless-in: '…'  raise: [{near: '…', by: 0.5}]\n"
    "        examples: ['[[[[who:We]] promise]] a new bridge.']\n"
    "        counter-examples: ['We do not promise a new bridge.']\n";

int verb_new(struct job *job)
{
    const char *id = job->operands.count == 1 ? job->operands.at[0] : "";
    char *sound = id_of(id);
    bool good = *id && !strcmp(sound, id);
    free(sound);
    if (!good) {
        complain("usage: rhetor patterns new ID > ID.yaml  (letters, digits and hyphens, as in false-modesty)");
        return EXIT_BAD;
    }
    char *name = need(strdup(id));
    for (char *c = name; *c; c++)
        *c = *c == '-' ? ' ' : *c;
    if (name[0] >= 'a' && name[0] <= 'z')
        name[0] = (char)(name[0] - 'a' + 'A');
    printf(skeleton, id, id, id, id, id, name, id);
    free(name);
    return EXIT_DONE;
}
