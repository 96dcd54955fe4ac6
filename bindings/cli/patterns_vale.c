/* patterns_vale.c: a style of Vale (vale.sh) as a pattern set.
 * In: a folder of rules, one YAML file each, read with libfyaml. Out: a device a rule that Vale calls
 * existence, substitution, occurrence, repetition or conditional; on stderr what was left out, and what is kept in
 * part only. Invariant: the set is written whole or not at all for a rule. Cost: linear in the files. */
#include <dirent.h>
#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "patterns.h"

enum { FILE_MOST = 8 << 20, REGEX_BYTES = 3000 };

/* One rule while it is turned. */
struct vale {
    FILE *out;
    const char *file;
    char *id, *name;
    struct fy_node *root;
    bool fold, boundless;
    const char *scope;       /* rhetor's, or NULL: a sentence */
};

/* ---- Reading ----------------------------------------------------------------------------------- */

/* A scalar of a mapping, to be freed; NULL: there is none. */
static char *text_of(struct fy_node *node)
{
    size_t length = 0;
    const char *text = node && fy_node_is_scalar(node) ? fy_node_get_scalar(node, &length) : NULL;
    return text ? need(strndup(text, length)) : NULL;
}

static struct fy_node *key_of(const struct vale *vale, const char *key)
{
    return fy_node_mapping_lookup_by_string(vale->root, key, (size_t)-1);
}

static char *value_of(const struct vale *vale, const char *key)
{
    return text_of(key_of(vale, key));
}

static bool is_true(const struct vale *vale, const char *key)
{
    char *text = value_of(vale, key);
    bool yes = text && !strcmp(text, "true");
    free(text);
    return yes;
}

static struct list texts_of(const struct vale *vale, const char *key)
{
    struct list list = {0};
    void *place = NULL;
    struct fy_node *node = key_of(vale, key), *item;
    while (node && fy_node_is_sequence(node) && (item = fy_node_sequence_iterate(node, &place))) {
        char *text = text_of(item);
        if (text && *text)
            list_put(&list, text);
        free(text);
    }
    return list;
}

static void partly(const struct vale *vale, const char *what)
{
    fprintf(stderr, "%s: kept in part: %s\n", vale->file, what);
}

static bool left_out(const struct vale *vale, const char *why)
{
    fprintf(stderr, "%s: left out: %s\n", vale->file, why);
    return false;
}

/* ---- Writing ----------------------------------------------------------------------------------- */

/* A word or phrase without any sign that means something in a pattern. */
static bool is_plain(const char *text)
{
    return *text && !strpbrk(text, "{}()[]|\\^$+?*.=\"#:") && text[0] != ' ' && text[0] != '-';
}

/* Go's regular expressions are PCRE2's but for \z; a brace of no repetition is a literal one. */
static void put_regex(FILE *out, const char *regex)
{
    for (const char *c = regex; *c; c++) {
        if (c[0] == '\\' && c[1]) {
            fputc(*c++, out);
            fputc(*c, out);
        } else if (*c == '{' && !(c[1] >= '0' && c[1] <= '9')) {
            fputs("\\{", out);
        } else {
            fputc(*c, out);
        }
    }
}

/* Vale's message has %s for what was found; rhetor's has {found}. */
static char *message_of(const char *message, const char *instead)
{
    char *text = NULL;
    size_t length;
    FILE *out = need(open_memstream(&text, &length));
    for (const char *c = message; *c; c++) {
        if (c[0] == '%' && c[1] == 's') {
            fputs(instead ? instead : "{found}", out);
            instead = NULL;
            c++;
        } else if (c[0] == '%' && c[1] == '%') {
            fputc(*c++, out);
        } else if (*c != '{' && *c != '}') {
            fputc(*c, out);
        }
    }
    fclose(out);
    return text;
}

static void put_device(const struct vale *vale, const char *message)
{
    fprintf(vale->out, "  - id: %s\n    name: ", vale->id);
    yaml_text(vale->out, vale->name);
    fputs("\n    family: vale\n    definition: ", vale->out);
    char *description = value_of(vale, "description");
    char *plain = message_of(description && *description ? description : message, "it");
    yaml_text(vale->out, plain);
    fputs("\n", vale->out);
    char *link = value_of(vale, "link");
    if (link && *link) {
        fputs("    references: ", vale->out);
        yaml_text(vale->out, link);
        fputs("\n", vale->out);
    }
    free(link);
    free(plain);
    free(description);
}

/* The keys that every pattern of a rule has. */
static void put_keys(const struct vale *vale, const struct list *exceptions)
{
    if (!vale->fold)
        fputs("        case: true\n", vale->out);
    if (vale->boundless)
        fputs("        raw: true\n", vale->out);
    if (vale->scope)
        fprintf(vale->out, "        scope: %s\n", vale->scope);
    if (exceptions->count) {
        fputs("        unless-in: ", vale->out);
        char *text = NULL;
        size_t length;
        FILE *out = need(open_memstream(&text, &length));
        for (uint32_t i = 0; i < exceptions->count; i++) {
            fputs(i ? "|" : "(?:", out);
            put_regex(out, exceptions->at[i]);
        }
        fputs(")", out);
        fclose(out);
        yaml_text(vale->out, text);
        fputc('\n', vale->out);
        free(text);
    }
}

/* Of what is plain, the text itself is an example. */
static void put_example(const struct vale *vale, const char *token)
{
    if (!is_plain(token))
        return;
    char *text = format_text("[[%s]]", token);
    fputs("        examples: [", vale->out);
    yaml_text(vale->out, text);
    fputs("]\n", vale->out);
    free(text);
}

static void put_pattern(const struct vale *vale, const char *regex, const struct list *exceptions)
{
    fputs("      - pattern: ", vale->out);
    char *text = format_text("(?<found>%s)", regex);
    yaml_text(vale->out, text);
    fputc('\n', vale->out);
    free(text);
    put_keys(vale, exceptions);
}

/* ---- Kinds of rules ------------------------------------------------------------------------------ */

/* Alternatives are cut into patterns, since one has at most 4,096 bytes. */
static void put_tokens(const struct vale *vale, const struct list *tokens,
                       const struct list *exceptions)
{
    for (uint32_t i = 0; i < tokens->count;) {
        char *regex = NULL;
        size_t length = 0;
        FILE *out = need(open_memstream(&regex, &length));
        const char *plain = "";
        fputs("(?:", out);
        for (uint32_t first = i; i < tokens->count && (i == first || length < REGEX_BYTES); i++) {
            if (i > first)
                fputc('|', out);
            put_regex(out, tokens->at[i]);
            fflush(out);
            plain = *plain || !is_plain(tokens->at[i]) ? plain : tokens->at[i];
        }
        fputs(")", out);
        fclose(out);
        put_pattern(vale, regex, exceptions);
        put_example(vale, plain);
        free(regex);
    }
}

static bool turn_existence(struct vale *vale, const char *message)
{
    struct list tokens = texts_of(vale, "tokens"), raw = texts_of(vale, "raw"),
                exceptions = texts_of(vale, "exceptions");
    bool some = tokens.count || raw.count;
    if (some) {
        char *text = message_of(message, NULL);
        put_device(vale, message);
        fputs("    roles: [found]\n    message: ", vale->out);
        yaml_text(vale->out, text);
        fputs("\n    patterns:\n", vale->out);
        put_tokens(vale, &tokens, &exceptions);
        if (raw.count) { /* they are one regular expression in pieces */
            char *all = need(strdup(""));
            for (uint32_t i = 0; i < raw.count; i++) {
                char *more = format_text("%s%s", all, raw.at[i]);
                free(all);
                all = more;
            }
            vale->boundless = true;
            put_pattern(vale, all, &exceptions);
            free(all);
        }
        free(text);
    }
    list_free(&tokens);
    list_free(&raw);
    list_free(&exceptions);
    return some || left_out(vale, "it has no tokens");
}

static bool turn_substitution(struct vale *vale, const char *message)
{
    struct fy_node *swap = key_of(vale, "swap");
    struct fy_node_pair *pair;
    void *place = NULL;
    struct list exceptions = texts_of(vale, "exceptions");
    bool some = swap && fy_node_is_mapping(swap);
    if (some) {
        put_device(vale, message);
        fputs("    roles: [found]\n    patterns:\n", vale->out);
    }
    while (some && (pair = fy_node_mapping_iterate(swap, &place))) {
        char *bad = text_of(fy_node_pair_key(pair)), *good = text_of(fy_node_pair_value(pair));
        if (bad && *bad && good) {
            struct list one = {0};
            list_put(&one, bad);
            put_tokens(vale, &one, &exceptions);
            char *text = message_of(message, good);
            fputs("        message: ", vale->out);
            yaml_text(vale->out, text);
            fputc('\n', vale->out);
            free(text);
            list_free(&one);
        }
        free(bad);
        free(good);
    }
    list_free(&exceptions);
    return some || left_out(vale, "it has no swap");
}

static bool turn_occurrence(struct vale *vale, const char *message)
{
    char *max = value_of(vale, "max"), *min = value_of(vale, "min"), *token = value_of(vale, "token");
    int most = max ? atoi(max) : 0, least = min ? atoi(min) : 0;
    bool good = token && *token && most >= 0 && most < 1000 && (max || least > 0);
    if (good && !max)
        good = left_out(vale, "an occurrence with min alone: what is missing has no place in the text");
    else if (!good)
        left_out(vale, "it has no token, or a max that is out of range");
    if (good) {
        if (least > 0)
            partly(vale, "its min is not looked at");
        struct list none = {0};
        fprintf(vale->out, "  - id: %s-one\n    family: vale\n    hidden: true\n    patterns:\n", vale->id);
        const char *unit = vale->scope;
        vale->scope = NULL;
        char *regex = NULL;
        size_t length;
        FILE *out = need(open_memstream(&regex, &length));
        put_regex(out, token);
        fclose(out);
        put_pattern(vale, regex, &none);
        free(regex);
        put_device(vale, message);
        fprintf(vale->out, "    counts:\n      - {in: %s, of: [%s-one], at-least: %d}\n",
                unit && !strcmp(unit, "sentence") ? "sentence" : "paragraph", vale->id, most + 1);
    }
    free(max);
    free(min);
    free(token);
    return good;
}

static bool turn_repetition(struct vale *vale, const char *message)
{
    struct list tokens = texts_of(vale, "tokens");
    (void)message;
    for (uint32_t i = 0; i < tokens.count; i++)
        if (strcmp(tokens.at[i], "[^\\s]+") && strcmp(tokens.at[i], "\\w+") &&
            strcmp(tokens.at[i], "[^\\s\\.]+"))
            partly(vale, "any word that is repeated is found, not its tokens alone");
    put_device(vale, message);
    fputs("    patterns:\n      - pattern: '(?<first>{word}) (?<second>{word})'\n"
          "        agree: [{same-word: [first, second]}]\n"
          "        examples: ['It is [[the the]] end.']\n"
          "        counter-examples: ['It is the end.']\n", vale->out);
    list_free(&tokens);
    return true;
}

static bool turn_conditional(struct vale *vale, const char *message)
{
    char *first = value_of(vale, "first"), *second = value_of(vale, "second");
    struct list exceptions = texts_of(vale, "exceptions");
    bool good = first && second && *first && *second;
    if (good) {
        char *text = message_of(message, NULL);
        partly(vale, "the second pattern is looked for in the same paragraph, and may name another thing");
        put_device(vale, message);
        fputs("    roles: [found]\n    message: ", vale->out);
        yaml_text(vale->out, text);
        fputs("\n    patterns:\n", vale->out);
        vale->scope = "paragraph";
        put_pattern(vale, first, &exceptions);
        fputs("        unless: ", vale->out);
        yaml_text(vale->out, second);
        fputc('\n', vale->out);
        free(text);
    } else {
        left_out(vale, "it has no first or no second");
    }
    free(first);
    free(second);
    list_free(&exceptions);
    return good;
}

/* ---- Files ------------------------------------------------------------------------------------- */

static void read_scope(struct vale *vale)
{
    static const struct { const char *vale, *rhetor; } scopes[] = {
        {"sentence", "sentence"}, {"paragraph", "paragraph"}, {"heading", "heading"}, {"text", NULL}};
    char *scope = value_of(vale, "scope");
    size_t n = scope ? strcspn(scope, ".") : 0, i = 0;
    while (scope && i < 4 && (strlen(scopes[i].vale) != n || strncmp(scopes[i].vale, scope, n)))
        i++;
    if (scope && i < 4)
        vale->scope = scopes[i].rhetor;
    else if (scope || key_of(vale, "scope"))
        partly(vale, "its scope is no unit of rhetor's; it holds in every sentence");
    free(scope);
}

static bool turn(struct vale *vale)
{
    static const struct { const char *name; bool (*turn)(struct vale *, const char *message); } kinds[] = {
        {"existence", turn_existence}, {"substitution", turn_substitution},
        {"occurrence", turn_occurrence}, {"repetition", turn_repetition},
        {"conditional", turn_conditional}};
    char *extends = value_of(vale, "extends"), *message = value_of(vale, "message");
    size_t i = 0, n = sizeof kinds / sizeof *kinds;
    while (extends && i < n && strcmp(kinds[i].name, extends))
        i++;
    bool good = false;
    if (!extends) {
        left_out(vale, "it does not say what it extends");
    } else if (i == n) {
        char *why = format_text("\"%.40s\" rules have no counterpart", extends);
        left_out(vale, why);
        free(why);
    } else {
        vale->fold = is_true(vale, "ignorecase");
        vale->boundless = is_true(vale, "nonword");
        read_scope(vale);
        good = kinds[i].turn(vale, message ? message : "");
    }
    free(extends);
    free(message);
    return good;
}

/* False: no rule was made of it; said why. */
static bool turn_file(FILE *out, const char *path, const char *name)
{
    static const struct fy_parse_cfg config = {.flags = FYPCF_QUIET};
    struct stat about;
    struct vale vale = {.out = out, .file = path};
    if (stat(path, &about) || !S_ISREG(about.st_mode) || about.st_size > FILE_MOST)
        return left_out(&vale, "it is no file, or larger than 8 MiB");
    struct fy_document *document = fy_document_build_from_file(&config, path);
    vale.root = document ? fy_document_root(document) : NULL;
    bool good = false;
    if (vale.root && fy_node_is_mapping(vale.root)) {
        vale.name = need(strndup(name, strcspn(name, ".")));
        vale.id = id_of(vale.name);
        good = turn(&vale);
        free(vale.id);
        free(vale.name);
    } else {
        left_out(&vale, "it is no YAML mapping");
    }
    fy_document_destroy(document);
    return good;
}

static int is_rule(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && dot != entry->d_name && (!strcmp(dot, ".yml") || !strcmp(dot, ".yaml"));
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

int import_vale(FILE *out, const char *folder)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_rule, by_bytes);
    if (count <= 0) {
        complain("%s: no rules (.yml) in it: name a style's folder", folder);
        free(entries);
        return EXIT_BAD;
    }
    size_t n = strlen(folder);
    while (n > 1 && folder[n - 1] == '/')
        n--;
    char *path = need(strndup(folder, n));
    char *slash = strrchr(path, '/'), *name = id_of(slash ? slash + 1 : path);
    fprintf(out, "# Made of a Vale style by rhetor patterns import --from vale.\n"
                 "set: {name: %s, version: '1'}\ndevices:\n", name);
    unsigned made = 0;
    for (int i = 0; i < count; i++) {
        char *file = format_text("%s/%s", path, entries[i]->d_name);
        made += turn_file(out, file, entries[i]->d_name);
        free(file);
        free(entries[i]);
    }
    fprintf(stderr, "%u of %d rules became devices\n", made, count);
    free(entries);
    free(name);
    free(path);
    return made ? EXIT_DONE : EXIT_BAD;
}
