/* lexicon.c: lexicons and corrections of words. See lexicon.h. */
#include "cue/lexicon.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "text/utf8.h"

/* A lexicon's entry is words, or =lemma with a part of speech or without; it may end in *. */
static bool check_entry(struct loader *loader, const struct text_item *item)
{
    const char *text = item->text, *colon = strchr(text, ':'), *star = strchr(text, '*');
    const char *wrong = NULL;
    if (strpbrk(text, "{}()[]|\\^$+?"))
        wrong = "an entry is words, not a pattern; other lexicons go under include";
    else if (text[0] == '=' && (!text[1] || text[1] == ':'))
        wrong = "= stands before a lemma, as in =offer:v";
    else if (text[0] == '=' && colon && (!strchr("nvar", colon[1]) || !colon[1] || colon[2]))
        wrong = "a part of speech is n, v, a or r, as in =offer:v";
    else if (star && (star == text || star[1]))
        wrong = "* stands at the end of a word, as in econom*";
    if (!wrong)
        return true;
    struct node here = {.place = item->place};
    return say(loader, &here, "bad-entry", "", "\"%.60s\" is no entry: %s", text, wrong);
}

static bool read_entries(struct loader *loader, const struct node *node, void *at,
                         const struct field *field)
{
    struct text_list *list = at;
    bool sound = read_list(loader, node, list, field);
    uint32_t kept = 0;
    for (uint32_t i = 0; sound && i < list->count; i++)
        if (check_entry(loader, &list->at[i]))
            list->at[kept++] = list->at[i];
    if (sound)
        list->count = kept;
    return sound;
}

/* A file as bytes, with a NUL behind; NULL: *why says why. */
static char *file_read(struct loader *loader, const char *path, uint32_t *length, const char **why)
{
    struct stat about;
    *why = "cannot be read";
    if (stat(path, &about))
        return NULL;
    if (!S_ISREG(about.st_mode)) {
        *why = "is no file";
        return NULL;
    }
    if (about.st_size > YAML_BYTES) {
        *why = "is larger than 8 MiB";
        return NULL;
    }
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    char *bytes = arena_take(&loader->model->arena, (size_t)about.st_size + 1);
    size_t n = bytes ? fread(bytes, 1, (size_t)about.st_size, file) : 0;
    loader->no_memory |= !bytes;
    fclose(file);
    if (!bytes)
        return NULL;
    bytes[n] = 0;
    *length = (uint32_t)n;
    if (utf8_bad(bytes, n, 0) == n && !memchr(bytes, 0, n))
        return bytes;
    *why = "is not UTF-8";
    return NULL;
}

/* Names below the set's own folder only: a set that somebody sends reads nothing else. */
static bool is_inside(const char *path)
{
    if (path[0] == '/' || strchr(path, '\\') || strchr(path, ':'))
        return false;
    for (const char *part = path; part; part = strchr(part, '/'), part += part != NULL)
        if (!strncmp(part, "..", 2) && (part[2] == '/' || !part[2]))
            return false;
    return true;
}

/* file: words.txt: a word or phrase a line, # begins a comment. Its entries' places are in it. */
static bool read_word_file(struct loader *loader, const struct node *node, void *at,
                           const struct field *field)
{
    struct text_list *list = at;
    const char *name, *why = "";
    uint32_t length = 0;
    if (!read_text(loader, node, &name, field))
        return false;
    if (!loader->folder)
        return say(loader, node, "no-file", "", "a set that is no file cannot name a word list");
    if (!is_inside(name))
        return say(loader, node, "no-file", "a word list lies in the set's folder or below it",
                   "\"%.60s\" is outside the set's folder", name);
    size_t room = strlen(loader->folder) + strlen(name) + 2;
    char *path = arena_take(&loader->model->arena, room);
    if (!path) {
        loader->no_memory = true;
        return true;
    }
    snprintf(path, room, "%s/%s", loader->folder, name);
    char *bytes = file_read(loader, path, &length, &why);
    if (!bytes)
        return loader->no_memory || say(loader, node, "no-file", "", "\"%.60s\" %s", name, why);
    loader->items.count = 0;
    uint32_t line = 1;
    for (char *from = bytes + (strncmp(bytes, "\xEF\xBB\xBF", 3) ? 0 : 3); *from; line++) {
        char *end = from + strcspn(from, "\r\n"), *next = end;
        next += *next == '\r';
        next += *next == '\n';
        char *to = from + strcspn(from, "#");
        to = to < end ? to : end;
        from += strspn(from, " \t");
        while (to > from && (to[-1] == ' ' || to[-1] == '\t'))
            to--;
        struct text_item item = {from,
                                 {path, line, 1, (uint32_t)(from - bytes), node->place.source}};
        bool some = to > from;
        if (some)
            *to = 0;
        if (some && check_entry(loader, &item) &&
            !vec_push(loader->model->memory, &loader->items, item))
            loader->no_memory = true;
        from = next;
    }
    list->at = keep(loader, loader->items.at, loader->items.count, sizeof *list->at);
    list->count = list->at ? loader->items.count : 0;
    return true;
}

struct entries { struct text_list words, include, minus, file; };
static const struct field lexicon_fields[] = {
    {KEY("words", read_entries, AT(entries, words))},
    {KEY("include", read_list, AT(entries, include))},
    {KEY("minus", read_list, AT(entries, minus))},
    {KEY("file", read_word_file, AT(entries, file))},
};
static const struct shape lexicon_shape = SHAPE("a lexicon", lexicon_fields);

static void list_join(struct loader *loader, struct text_list *list, const struct text_list *more)
{
    if (!more->count)
        return;
    struct text_item *items = arena_take(&loader->model->arena,
                                         ((size_t)list->count + more->count) * sizeof *items);
    if (!items) {
        loader->no_memory = true;
        return;
    }
    if (list->count)
        memcpy(items, list->at, list->count * sizeof *items);
    memcpy(items + list->count, more->at, more->count * sizeof *items);
    list->at = items;
    list->count += more->count;
}

/* Takes out what is also in `less`. */
static void list_less(struct loader *loader, struct text_list *list, const struct text_list *less)
{
    struct index index = {0};
    uint32_t kept = 0;
    for (uint32_t i = 0; i < less->count; i++)
        if (index_put(loader->model->memory, &index, less->at[i].text, i) == INDEX_NONE)
            loader->no_memory = true;
    for (uint32_t i = 0; i < list->count; i++)
        if (index_find(&index, list->at[i].text) == INDEX_NONE)
            list->at[kept++] = list->at[i];
    list->count = kept;
    index_free(loader->model->memory, &index);
}

static void read_lexicon(struct loader *loader, const struct node *name, const struct node *node,
                         enum list_mode mode)
{
    struct model *model = loader->model;
    struct entries entries = {0};
    struct field words_field = {.name = name->text};
    if (!is_name(name->text, "-_", 64)) {
        say(loader, name, "bad-id", "",
            "\"%.60s\" is no name of a lexicon: letters, digits, - and _, beginning with a letter",
            name->text);
        return;
    }
    struct lexicon *lexicon = model_lexicon(model, name->text);
    if (!lexicon && mode != MODE_REPLACE) {
        VEC(const char *) names = {0};
        for (uint32_t i = 0; i < model->lexicons.count; i++)
            if (!vec_push(model->memory, &names, model->lexicons.at[i].name))
                break;
        say_unknown(loader, name, "unknown-lexicon", "lexicon", "", names.at, names.count);
        vec_free(model->memory, &names);
        return;
    }
    bool sound = node->kind == NODE_MAPPING
                     ? read_mapping(loader, node, &lexicon_shape, &entries)
                     : read_entries(loader, node, &entries.words, &words_field);
    if (!sound)
        return;
    list_join(loader, &entries.words, &entries.file);
    if (lexicon)
        lexicon->changed = 1;
    if (mode == MODE_REMOVE) { /* what stays in by an include is taken out of that */
        list_less(loader, &lexicon->words, &entries.words);
        list_less(loader, &lexicon->include, &entries.include);
        list_join(loader, &lexicon->minus, &entries.words);
        return;
    }
    if (mode == MODE_ADD) {
        list_less(loader, &lexicon->minus, &entries.words);
        list_join(loader, &lexicon->words, &entries.words);
        list_join(loader, &lexicon->include, &entries.include);
        list_join(loader, &lexicon->minus, &entries.minus);
        return;
    }
    struct lexicon fresh = {.name = name->text, .words = entries.words, .include = entries.include,
                            .minus = entries.minus, .place = name->place, .changed = 1};
    if (lexicon) {
        warn_replaced(loader, &lexicon->place, &name->place, "lexicon", name->text);
        fresh.name = lexicon->name;
        *lexicon = fresh;
    } else if (!vec_push(model->memory, &model->lexicons, fresh)) {
        loader->no_memory = true;
    }
}

bool read_lexicons(struct loader *loader, const struct node *node, void *at,
                          const struct field *field)
{
    (void)at;
    if (node->kind != NODE_MAPPING)
        return say_type(loader, node, "\"lexicons\"", "a mapping of names to words");
    for (uint32_t i = 0; i < node->count && !loader->no_memory; i++)
        read_lexicon(loader, node->items[2 * i], node->items[2 * i + 1], field->b);
    return true;
}

/* ---- Words --------------------------------------------------------------------------------- */

/* n, v, a, r, or with a lexicographer class: n:possession. */
static bool check_class(struct loader *loader, const struct text_item *item)
{
    const char *text = item->text;
    if (text[0] && strchr("nvar", text[0]) &&
        (!text[1] || (text[1] == ':' && is_name(text + 2, "", 32))))
        return true;
    struct node here = {.place = item->place};
    return say(loader, &here, "bad-class", "",
               "\"%.60s\" is no class: n, v, a or r, or n:person, v:communication …", text);
}

bool read_words(struct loader *loader, const struct node *node, void *at,
                       const struct field *field)
{
    (void)at, (void)field;
    if (node->kind != NODE_MAPPING)
        return say_type(loader, node, "\"words\"", "a mapping of words to classes");
    for (uint32_t i = 0; i < node->count; i++) {
        const struct node *word = node->items[2 * i];
        struct field classes = {.name = word->text};
        struct word_fix fix = {.word = word->text, .place = word->place};
        bool sound = word->text[0] != 0 || say(loader, word, "empty", "", "a word is empty");
        sound = sound && read_list(loader, node->items[2 * i + 1], &fix.classes, &classes);
        for (uint32_t c = 0; sound && c < fix.classes.count; c++)
            sound = check_class(loader, &fix.classes.at[c]);
        if (sound && !vec_push(loader->model->memory, &loader->model->words, fix))
            loader->no_memory = true;
    }
    return true;
}
