/* check.c: what a model's parts say of each other, once all layers are there. See set.h.
 * Invariant: what is wrong is taken out, so that compiling meets only names that are there.
 * Cost: linear in the model. */
#include <stdio.h>
#include <string.h>

#include "cue/set.h"

enum { INCLUDES_DEEP = 64 };

struct checker {
    struct model *model;
    struct index devices, rules;      /* ids */
    VEC(const char *) device_ids, rule_ids;
    bool wrong, no_memory;
};

static bool say_at(struct checker *checker, const struct place *place, const char *code,
                   const char *advice, const char *message)
{
    model_say(checker->model, RHETOR_ERROR, place, code, advice, "%s", message);
    checker->wrong = true;
    return false;
}

static bool say_name(struct checker *checker, const struct text_item *item, const char *code,
                     const char *what, const char *const *names, uint32_t n)
{
    char message[300];
    bool full = checker->model->diagnostics.count >= DIAGNOSTICS_MOST;
    const char *near = full ? NULL : nearest(item->text, names, n);
    snprintf(message, sizeof message, "unknown %s \"%.60s\"%s%.70s%s", what, item->text,
             near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    return say_at(checker, &item->place, code, "", message);
}

/* Keeps the elements for which `sound` is true. */
#define SIFT(vec, element, sound)                                                                 \
    do {                                                                                          \
        uint32_t kept = 0;                                                                        \
        for (uint32_t i = 0; i < (vec)->count; i++) {                                             \
            element = &(vec)->at[i];                                                              \
            if (sound)                                                                            \
                (vec)->at[kept++] = (vec)->at[i];                                                 \
        }                                                                                         \
        (vec)->count = kept;                                                                      \
    } while (0)

/* ---- Lexicons ------------------------------------------------------------------------------- */

struct visit { uint32_t row, next; };

static uint32_t lexicon_row(struct model *model, const char *name)
{
    const struct lexicon *lexicon = model_lexicon(model, name);
    return lexicon ? (uint32_t)(lexicon - model->lexicons.at) : UINT32_MAX;
}

static void check_includes(struct checker *checker)
{
    struct model *model = checker->model;
    VEC(const char *) names = {0};
    for (uint32_t i = 0; i < model->lexicons.count; i++)
        if (!vec_push(model->memory, &names, model->lexicons.at[i].name))
            checker->no_memory = true;
    for (uint32_t i = 0; i < model->lexicons.count && !checker->no_memory; i++) {
        struct text_list *include = &model->lexicons.at[i].include;
        uint32_t kept = 0;
        for (uint32_t n = 0; n < include->count; n++)
            if (model_lexicon(model, include->at[n].text))
                include->at[kept++] = include->at[n];
            else
                say_name(checker, &include->at[n], "unknown-lexicon", "lexicon", names.at,
                         names.count);
        include->count = kept;
    }
    vec_free(model->memory, &names);
}

/* A lexicon's edges are its includes and what of its minus are lexicons; item n of both lists. */
static struct text_item *edge(struct lexicon *lexicon, uint32_t n)
{
    if (n < lexicon->include.count)
        return &lexicon->include.at[n];
    n -= lexicon->include.count;
    return n < lexicon->minus.count ? &lexicon->minus.at[n] : NULL;
}

static void edge_drop(struct lexicon *lexicon, uint32_t n)
{
    struct text_list *list = &lexicon->include;
    if (n >= list->count) {
        n -= list->count;
        list = &lexicon->minus;
    }
    memmove(list->at + n, list->at + n + 1, (list->count - n - 1) * sizeof *list->at);
    list->count--;
}

/* Walks from lexicon to lexicon; one that is still open when it is met again includes itself. Its
 * height is how deep the includes below it nest. */
static void check_circles(struct checker *checker)
{
    struct model *model = checker->model;
    uint32_t n = model->lexicons.count;
    enum { NEW, OPEN, CLOSED };
    uint8_t *state = memory_zero(model->memory, n), *height = memory_zero(model->memory, n);
    VEC(struct visit) open = {0};
    checker->no_memory |= !state || !height;
    for (uint32_t root = 0; root < n && !checker->no_memory; root++) {
        if (state[root] != NEW)
            continue;
        struct visit first = {root, 0};
        checker->no_memory |= !vec_push(model->memory, &open, first);
        state[root] = OPEN;
        while (open.count && !checker->no_memory) {
            struct visit *visit = &open.at[open.count - 1];
            struct lexicon *lexicon = &model->lexicons.at[visit->row];
            const struct text_item *item = edge(lexicon, visit->next);
            if (!item) {
                state[visit->row] = CLOSED;
                open.count--; /* the one below meets it again, closed */
                continue;
            }
            uint32_t row = lexicon_row(model, item->text);
            if (row == UINT32_MAX) { /* a word of minus */
                visit->next++;
            } else if (state[row] == OPEN) {
                char message[300];
                snprintf(message, sizeof message, "lexicon \"%.60s\" includes itself%s%.60s%s",
                         lexicon->name, row == visit->row ? "" : " by way of \"",
                         row == visit->row ? "" : item->text, row == visit->row ? "" : "\"");
                say_at(checker, &item->place, "recursive-lexicon", "take one of the includes out",
                       message);
                edge_drop(lexicon, visit->next);
            } else if (state[row] == CLOSED) {
                if (height[row] + 1 > INCLUDES_DEEP) {
                    say_at(checker, &item->place, "too-deep", "",
                           "lexicons include each other more than 64 deep");
                    edge_drop(lexicon, visit->next);
                    continue;
                }
                if (height[row] + 1 > height[visit->row])
                    height[visit->row] = (uint8_t)(height[row] + 1);
                visit->next++;
            } else {
                struct visit next = {row, 0};
                state[row] = OPEN;
                checker->no_memory |= !vec_push(model->memory, &open, next);
            }
        }
    }
    memory_give(model->memory, state);
    memory_give(model->memory, height);
    vec_free(model->memory, &open);
}

/* ---- Ids ------------------------------------------------------------------------------------- */

/* False: another kind of rule has the id already. */
static bool note_rule(struct checker *checker, const char *id, const struct place *place)
{
    const struct memory *memory = checker->model->memory;
    uint32_t row = checker->rule_ids.count;
    uint32_t found = index_put(memory, &checker->rules, id, row);
    if (found == INDEX_NONE || (found == row && !vec_push(memory, &checker->rule_ids, id)))
        checker->no_memory = true;
    if (found == INDEX_NONE || found == row)
        return true;
    char message[200];
    snprintf(message, sizeof message, "the id \"%.100s\" is that of another kind of rule", id);
    return say_at(checker, place, "duplicate-id", "rename one of the two", message);
}

static void note_ids(struct checker *checker)
{
    struct model *model = checker->model;
    for (uint32_t n = 0; n < model->devices.count; n++) {
        struct device *device = &model->devices.at[n];
        if (index_put(model->memory, &checker->devices, device->id, n) == INDEX_NONE ||
            !vec_push(model->memory, &checker->device_ids, device->id))
            checker->no_memory = true;
        SIFT(&device->patterns, struct pattern *rule, note_rule(checker, rule->id, &rule->place));
        SIFT(&device->series, struct series *rule, note_rule(checker, rule->id, &rule->place));
        SIFT(&device->counts, struct count_rule *rule, note_rule(checker, rule->id, &rule->place));
        SIFT(&device->moves, struct move *rule, note_rule(checker, rule->id, &rule->place));
    }
}

/* A device's or, with a / in it, a rule's id. */
static bool check_ids(struct checker *checker, const struct text_item *items, uint32_t n)
{
    bool sound = true;
    for (uint32_t i = 0; i < n; i++) {
        bool rule = strchr(items[i].text, '/') != NULL;
        if (index_find(rule ? &checker->rules : &checker->devices, items[i].text) != INDEX_NONE)
            continue;
        sound = rule ? say_name(checker, &items[i], "unknown-rule", "rule", checker->rule_ids.at,
                                checker->rule_ids.count)
                     : say_name(checker, &items[i], "unknown-device", "device",
                                checker->device_ids.at, checker->device_ids.count);
    }
    return sound;
}

/* ---- Rules ----------------------------------------------------------------------------------- */

static bool has_role(const struct device *device, const char *role, size_t length)
{
    for (uint32_t i = 0; i < device->roles.count; i++)
        if (strlen(device->roles.at[i].text) == length &&
            !strncmp(device->roles.at[i].text, role, length))
            return true;
    return device->roles.count == 0;
}

static const char *nearest_role(const struct device *device, const char *role)
{
    for (uint32_t i = 0; i < device->roles.count; i++)
        if (nearest(role, &device->roles.at[i].text, 1))
            return device->roles.at[i].text;
    return NULL;
}

/* Roles that a message quotes, {offer}, must be the device's. */
static bool check_message(struct checker *checker, const struct device *device, const char *message,
                          const struct place *place)
{
    for (const char *at = message ? strchr(message, '{') : NULL; at; at = strchr(at + 1, '{')) {
        size_t length = strcspn(at + 1, "{}");
        char role[64], text[300];
        if (at[1 + length] != '}')
            return say_at(checker, place, "bad-value", "", "the message has a { without its }");
        if (has_role(device, at + 1, length))
            continue;
        snprintf(role, sizeof role, "%.*s", (int)(length < 60 ? length : 60), at + 1);
        const char *near = nearest_role(device, role);
        snprintf(text, sizeof text, "the message quotes {%s}, which is no role of %.60s%s%.60s%s",
                 role, device->id, near ? "; did you mean {" : "", near ? near : "",
                 near ? "}?" : "");
        return say_at(checker, place, "unknown-role", "", text);
    }
    return true;
}

static bool check_part(struct checker *checker, const struct device *device,
                       const struct move_part *part)
{
    size_t own = strcspn(part->of.text, "/");
    bool named = strlen(part->name) != own || strncmp(part->name, part->of.text, own);
    if (!named || has_role(device, part->name, strlen(part->name)))
        return true;
    char text[200];
    snprintf(text, sizeof text, "\"%.60s\" is no role of %.60s", part->name, device->id);
    return say_at(checker, &part->of.place, "unknown-role", "", text);
}

static bool check_move(struct checker *checker, const struct device *device,
                       const struct move *move)
{
    bool sound = check_ids(checker, move->unless.at, move->unless.count);
    sound &= check_ids(checker, move->inside.at, move->inside.count);
    sound &= check_ids(checker, move->not_inside.at, move->not_inside.count);
    for (uint32_t i = 0; i < move->part_count; i++) {
        sound &= check_ids(checker, &move->parts[i].of, 1);
        sound &= check_part(checker, device, &move->parts[i]);
    }
    return sound;
}

/* A message that quotes what is no role is dropped; the device's stands in for it. */
#define MESSAGES(checker, device, vec)                                                            \
    for (uint32_t m = 0; m < (vec)->count; m++)                                                   \
        if (!check_message(checker, device, (vec)->at[m].message, &(vec)->at[m].place))           \
            (vec)->at[m].message = NULL

static void check_device(struct checker *checker, struct device *device)
{
    if (!check_message(checker, device, device->message, &device->place))
        device->message = NULL;
    MESSAGES(checker, device, &device->patterns);
    MESSAGES(checker, device, &device->series);
    MESSAGES(checker, device, &device->counts);
    MESSAGES(checker, device, &device->moves);
    SIFT(&device->counts, struct count_rule *count,
         check_ids(checker, count->of.at, count->of.count));
    SIFT(&device->moves, struct move *move, check_move(checker, device, move));
    SIFT(&device->antipatterns, struct antipattern *antipattern,
         check_ids(checker, antipattern->exempts.at, antipattern->exempts.count));
}

int32_t model_check(struct model *model)
{
    struct checker checker = {.model = model};
    check_includes(&checker);
    if (!checker.no_memory)
        check_circles(&checker);
    note_ids(&checker);
    for (uint32_t i = 0; i < model->devices.count && !checker.no_memory; i++)
        check_device(&checker, &model->devices.at[i]);
    SIFT(&model->antipatterns, struct antipattern *antipattern,
         check_ids(&checker, antipattern->exempts.at, antipattern->exempts.count));
    index_free(model->memory, &checker.devices);
    index_free(model->memory, &checker.rules);
    vec_free(model->memory, &checker.device_ids);
    vec_free(model->memory, &checker.rule_ids);
    checker.no_memory |= model->no_memory;
    return checker.no_memory ? RHETOR_E_MEMORY : checker.wrong ? RHETOR_E_SET : RHETOR_OK;
}
