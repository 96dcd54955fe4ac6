/* compile.c: see compile.h. */
#include "cue/compile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cue/base.h"
#include "cue/pattern.h"
#include "tag/tag.h"

uint32_t pool_text(struct compiler *compiler, const char *text, size_t length)
{
    if (!text || !length)
        return 0;
    char *copy = arena_text(&compiler->arena, text, length);
    uint32_t row =
        copy ? index_put(compiler->memory, &compiler->texts, copy, compiler->tables.text.count)
             : INDEX_NONE;
    if (row == INDEX_NONE) {
        compiler->no_memory = true;
        return 0;
    }
    if (row != compiler->tables.text.count)
        return row;
    if (!vec_room(compiler->memory, &compiler->tables.text, length + 1)) {
        compiler->no_memory = true;
        return 0;
    }
    memcpy(compiler->tables.text.at + compiler->tables.text.count, copy, length + 1);
    compiler->tables.text.count += (uint32_t)length + 1;
    return row;
}

static uint32_t pool(struct compiler *compiler, const char *text)
{
    return text ? pool_text(compiler, text, strlen(text)) : 0;
}

static uint32_t list_begin(const struct compiler *compiler)
{
    return compiler->tables.lists.count;
}

static void role_add(struct compiler *compiler, const char *name, size_t length)
{
    uint32_t text = pool_text(compiler, name, length), row = compiler->tables.roles.count;
    char *copy = arena_text(&compiler->arena, name, length);
    if (!copy || !length) {
        compiler->no_memory |= !copy;
        return;
    }
    uint32_t found = index_put(compiler->memory, &compiler->roles, copy, row);
    if (found == row)
        PUSH(compiler, roles, text);
    compiler->no_memory |= found == INDEX_NONE;
}

/* ---- Patterns
 * ------------------------------------------------------------------------------------- */

static bool is_checked(const struct compiler *compiler, const struct place *place)
{
    return compiler->check == CHECK_ALL ||
           (compiler->check == CHECK_USERS &&
            strncmp(place->file ? place->file : "", "built-in:", 9));
}

static void way_add(struct compiler *compiler, const struct way *way)
{
    struct wordbook *book = &compiler->book;
    struct way_row row = {.lead = group_of(book, way->lead),
                          .least = way->before.least,
                          .most = way->before.most,
                          .entry = way->entry_known && way->entry.count
                                       ? group_of(book, way->entry) : NONE,
                          .first_check = compiler->tables.checks.count,
                          .check_count = way->check_count};
    for (uint32_t i = 0; i < way->check_count; i++) {
        const struct way_check *from = &way->checks[i];
        struct check_row check = {group_of(book, from->words), (uint32_t)from->from,
                                  (uint32_t)from->to};
        PUSH(compiler, checks, check);
    }
    PUSH(compiler, ways, row);
}

/* A row for a pattern; NONE where it is wrong. */
static uint32_t pattern_make(struct compiler *compiler, const struct text_item *item,
                            enum pattern_kind kind, bool raw, bool case_sensitive, bool anchored)
{
    struct translated translated;
    arena_reset(&compiler->scratch);
    if (!pattern_translate(compiler, item, raw, anchored && !compiler->unselected, &translated))
        return NONE;
    if (compiler->unselected)
        translated.required_count = translated.way_count = 0;
    if (is_checked(compiler, &item->place) &&
        !pattern_check(compiler, item, &translated, kind != PATTERN_CONTEXT))
        return NONE;
    struct pattern_row row = {.source = pool(compiler, item->text),
                              .regex = pool_text(compiler, translated.regex, translated.length),
                              .kind = kind,
                              .rule = NONE,
                              .entry = NONE,
                              .speaker = NONE,
                              .voice = VOICE_ANY,
                              .bits =
                                  (case_sensitive ? PATTERN_CASE : 0) | (raw ? PATTERN_RAW : 0)};
    row.first_group = list_begin(compiler);
    row.group_count = translated.required_count;
    for (uint32_t i = 0; i < translated.required_count; i++)
        PUSH(compiler, lists, group_of(&compiler->book, translated.required[i].words));
    row.first_callout = list_begin(compiler);
    row.callout_count = translated.callout_count;
    for (uint32_t i = 0; i < translated.callout_count; i++)
        PUSH(compiler, lists, translated.callouts[i]);
    row.first_way = compiler->tables.ways.count;
    row.way_count = translated.way_count;
    for (uint32_t i = 0; i < translated.way_count; i++)
        way_add(compiler, &translated.ways[i]);
    if (translated.entry_known) {
        row.bits |= PATTERN_ANCHORED;
        row.entry = group_of(&compiler->book, translated.entry);
    }
    return PUSH(compiler, patterns, row);
}

/* The same for a condition, which may have been met before. */
static uint32_t context_add(struct compiler *compiler, const struct text_item *item, bool raw,
                            bool case_sensitive)
{
    uint32_t bits = (case_sensitive ? PATTERN_CASE : 0) | (raw ? PATTERN_RAW : 0);
    uint32_t old = index_find(&compiler->contexts, item->text);
    if (old != INDEX_NONE) {
        struct pattern_row row = compiler->tables.patterns.at[old];
        row.rule = NONE;
        if ((row.bits & (PATTERN_CASE | PATTERN_RAW)) == bits)
            return PUSH(compiler, patterns, row);
    }
    uint32_t row = pattern_make(compiler, item, PATTERN_CONTEXT, raw, case_sensitive, false);
    if (row != NONE && !compiler->no_memory &&
        index_put(compiler->memory, &compiler->contexts, item->text, row) == INDEX_NONE)
        compiler->no_memory = true;
    return row;
}

/* The next named group of a pattern's text, or NULL. */
static const char *name_next(const char **at, size_t *length)
{
    for (const char *text = *at; (text = strstr(text, "(?")); text += 2) {
        const char *name = text + 2 + (text[2] == 'P');
        if ((*name != '<' && *name != '\'') || name[1] == '=' || name[1] == '!' || name[1] == '*')
            continue;
        *length = strcspn(name + 1, *name == '<' ? ">" : "'");
        *at = name + 1 + *length;
        return name + 1;
    }
    return NULL;
}

static bool names_item(const struct text_list *list, const char *name, size_t length)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (strlen(list->at[i].text) == length && !memcmp(list->at[i].text, name, length))
            return true;
    return false;
}

static void roles_of_pattern(struct compiler *compiler, const struct device *device,
                             const struct pattern *pattern)
{
    const char *at = pattern->source.text, *name;
    size_t length;
    while ((name = name_next(&at, &length))) {
        bool known = (length == 4 && !memcmp(name, "span", 4)) || !device->roles.count ||
                     names_item(&device->roles, name, length);
        for (uint32_t i = 0; i < pattern->agreement_count; i++)
            known |= names_item(&pattern->agreements[i].groups, name, length);
        if (!known && is_checked(compiler, &pattern->place))
            model_say(compiler->model, RHETOR_WARNING, &pattern->source.place, "unknown-role",
                      "name it under roles, or take ?: instead",
                      "the group \"%.*s\" is no role of %.60s", (int)(length < 60 ? length : 60),
                      name, device->id);
        if (length != 4 || memcmp(name, "span", 4))
            role_add(compiler, name, length);
    }
    if (!is_checked(compiler, &pattern->place))
        return;
    for (uint32_t i = 0; i < pattern->agreement_count; i++)
        for (uint32_t n = 0; n < pattern->agreements[i].groups.count; n++) {
            const struct text_item *group = &pattern->agreements[i].groups.at[n];
            bool there = false;
            at = pattern->source.text;
            while ((name = name_next(&at, &length)))
                there |= strlen(group->text) == length && !memcmp(group->text, name, length);
            if (!there) {
                model_say(compiler->model, RHETOR_ERROR, &group->place, "unknown-group", "",
                          "the pattern has no group \"%.60s\"", group->text);
                compiler->wrong = true;
            }
        }
}

static uint32_t rule_add(struct compiler *compiler, uint32_t device, int kind, const char *id,
                         const char *source, const char *message, float weight,
                         const struct place *place)
{
    const struct device_row *owner = &compiler->tables.devices.at[device];
    struct rule_row row = {.id = pool(compiler, id),
                           .device = device,
                           .kind = (uint32_t)kind,
                           .pattern = NONE,
                           .source = pool(compiler, source),
                           .message = pool(compiler, message),
                           .file = pool(compiler, place ? place->file : NULL),
                           .line = place ? place->line : 0,
                           .column = place ? place->column : 0,
                           .manifest = place && place->source < compiler->model->sources.count
                                           ? compiler->model->sources.at[place->source].manifest
                                           : owner->manifest,
                           .weight = weight,
                           .log_odds = score_log_odds(weight) + owner->prior};
    return PUSH(compiler, rules, row);
}

static void cue_add(struct compiler *compiler, uint32_t device, const struct device *owner,
                    const struct pattern *pattern)
{
    bool unit = pattern->scope == SCOPE_SENTENCE || pattern->scope == SCOPE_CLAUSE;
    uint32_t old = base_cue(compiler, pattern);
    const struct pattern_row *taken = old == NONE ? NULL : &compiler->base.rules->patterns[old];
    uint32_t row = taken ? base_take(compiler, old)
                         : pattern_make(compiler, &pattern->source, PATTERN_CUE, pattern->raw,
                                       pattern->case_sensitive, unit);
    if (row == NONE)
        return;
    roles_of_pattern(compiler, owner, pattern);
    uint32_t rule = rule_add(compiler, device, RHETOR_CUE, pattern->id, pattern->source.text,
                             pattern->message, pattern->weight, &pattern->place);
    if (compiler->no_memory)
        return;
    compiler->tables.rules.at[rule].pattern = row;
    /* Conditions of one cue follow each other; their own rows of patterns are made first. */
    uint32_t first = compiler->tables.conditions.count;
    for (uint32_t i = 0; i < pattern->condition_count; i++) {
        const struct condition *condition = &pattern->conditions[i];
        uint32_t context =
            taken ? base_take(compiler, compiler->base.rules->conditions[taken->first_condition + i].pattern)
                  : context_add(compiler, &condition->pattern, pattern->raw,
                                pattern->case_sensitive);
        struct condition_row made = {
            .pattern = context,
            .where = condition->where, .words = condition->words, .forbid = condition->forbid,
            .amount = condition->amount};
        if (compiler->no_memory)
            return;
        if (made.pattern == NONE)
            continue;
        struct pattern_row *asked = &compiler->tables.patterns.at[made.pattern];
        asked->rule = rule;
        bool gate = unit && !made.forbid && made.amount == 0 &&
                    (made.where <= AFTER || made.where == COVERING) && asked->way_count;
        asked->bits = (asked->bits & ~(uint32_t)PATTERN_GATE) | (gate ? PATTERN_GATE : 0);
        PUSH(compiler, conditions, made);
    }
    uint32_t agreements = compiler->tables.agreements.count;
    for (uint32_t i = 0; i < pattern->agreement_count; i++) {
        const struct agreement *agreement = &pattern->agreements[i];
        struct agreement_row made = {agreement->kind, list_begin(compiler),
                                     agreement->groups.count};
        for (uint32_t n = 0; n < agreement->groups.count; n++)
            PUSH(compiler, lists, pool(compiler, agreement->groups.at[n].text));
        PUSH(compiler, agreements, made);
    }
    uint32_t speaker = NONE;
    if (pattern->speaker) {
        struct text_item item = {pattern->speaker, pattern->place};
        speaker = taken ? base_take(compiler, taken->speaker)
                        : context_add(compiler, &item, true, pattern->case_sensitive);
    }
    if (compiler->no_memory)
        return;
    struct pattern_row *made = &compiler->tables.patterns.at[row];
    made->rule = rule;
    made->scope = pattern->scope;
    made->voice = pattern->voice;
    made->position = pattern->position;
    made->first_condition = first;
    made->condition_count = compiler->tables.conditions.count - first;
    made->first_agreement = agreements;
    made->agreement_count = pattern->agreement_count;
    made->speaker = speaker;
}

static uint32_t device_find(const struct compiler *compiler, const char *id)
{
    for (uint32_t i = 0; i < compiler->tables.devices.count; i++)
        if (!strcmp(compiler->tables.text.at + compiler->tables.devices.at[i].id, id))
            return i;
    return NONE;
}

static bool has_figure(const struct compiler *compiler, uint32_t device)
{
    for (uint32_t i = 0; i < compiler->tables.rules.count; i++)
        if (compiler->tables.rules.at[i].device == device &&
            compiler->tables.rules.at[i].kind == RHETOR_FIGURE)
            return true;
    return false;
}

/* owner: the device whose it is, or NONE: it may exempt all. */
static void anti_add(struct compiler *compiler, const struct antipattern *antipattern,
                     uint32_t owner)
{
    uint32_t first = list_begin(compiler), bits = 0;
    for (uint32_t i = 0; i < antipattern->exempts.count; i++) {
        uint32_t device = device_find(compiler, antipattern->exempts.at[i].text);
        if (device == NONE)
            continue;
        PUSH(compiler, lists, device);
        bits |= has_figure(compiler, device) ? PATTERN_ALWAYS : 0;
    }
    if (!antipattern->exempts.count && owner != NONE) {
        PUSH(compiler, lists, owner);
        bits |= has_figure(compiler, owner) ? PATTERN_ALWAYS : 0;
    }
    uint32_t count = list_begin(compiler) - first;
    if (!count && antipattern->exempts.count)
        return;
    uint32_t old = base_anti(compiler, antipattern);
    uint32_t row = old != NONE
                       ? base_take(compiler, old)
                       : pattern_make(compiler, &antipattern->source, PATTERN_ANTI, antipattern->raw,
                                     antipattern->case_sensitive, true);
    if (row == NONE || compiler->no_memory)
        return;
    struct pattern_row *made = &compiler->tables.patterns.at[row];
    made->first_exempt = first;
    made->exempt_count = count;
    made->bits |= bits;
}

/* ---- All rows
 * -------------------------------------------------------------------------------------- */

static void add_devices(struct compiler *compiler)
{
    struct model *model = compiler->model;
    for (uint32_t i = 0; i < model->manifests.count; i++) {
        const struct manifest *from = &model->manifests.at[i];
        struct manifest_row row = {pool(compiler, from->name), pool(compiler, from->version),
                                   pool(compiler, from->license), pool(compiler, from->author),
                                   pool(compiler, from->citation), pool(compiler, from->language)};
        PUSH(compiler, manifests, row);
    }
    for (uint32_t i = 0; i < model->devices.count; i++) {
        const struct device *from = &model->devices.at[i];
        struct device_row row = {pool(compiler, from->id),
                                 pool(compiler, from->name),
                                 pool(compiler, from->family),
                                 pool(compiler, from->definition),
                                 pool(compiler, from->references),
                                 pool(compiler, from->message),
                                 from->manifest,
                                 from->hidden,
                                 from->threshold,
                                 from->prior};
        if (!from->disabled)
            PUSH(compiler, devices, row);
    }
}

static void add_others(struct compiler *compiler, uint32_t row, const struct device *device)
{
    for (uint32_t n = 0; n < device->moves.count; n++) {
        const struct move *move = &device->moves.at[n];
        rule_add(compiler, row, RHETOR_MOVE, move->id, NULL, move->message, move->weight,
                 &move->place);
        for (uint32_t p = 0; p < move->part_count; p++)
            role_add(compiler, move->parts[p].name, strlen(move->parts[p].name));
        for (uint32_t p = 0; p < move->same_party.count; p++) {
            const char *dot = strchr(move->same_party.at[p].text, '.');
            if (dot)
                role_add(compiler, dot + 1, strlen(dot + 1));
        }
    }
    for (uint32_t n = 0; n < device->series.count; n++) {
        const struct series *series = &device->series.at[n];
        rule_add(compiler, row, RHETOR_SERIES, series->id, series->joiner, series->message,
                 series->weight, &series->place);
    }
    for (uint32_t n = 0; n < device->counts.count; n++) {
        const struct count_rule *count = &device->counts.at[n];
        rule_add(compiler, row, RHETOR_SERIES, count->id, NULL, count->message, count->weight,
                 &count->place);
    }
}

static void add_figures(struct compiler *compiler, const struct outside *outside)
{
    static const char *const roles[] = {"member", "speaker", "addressee"};
    for (uint32_t i = 0; i < sizeof roles / sizeof *roles; i++)
        role_add(compiler, roles[i], strlen(roles[i]));
    for (uint32_t i = 0; outside && i < outside->role_count; i++)
        role_add(compiler, outside->roles[i], strlen(outside->roles[i]));
    for (uint32_t i = 0; outside && i < outside->figure_count; i++) {
        uint32_t device = device_find(compiler, outside->figures[i]);
        size_t length = strlen(outside->figures[i]);
        char *id = arena_take(&compiler->arena, length + 8);
        if (device == NONE || !id) {
            compiler->no_memory |= !id;
            continue;
        }
        memcpy(id, "figure/", 7);
        memcpy(id + 7, outside->figures[i], length + 1);
        rule_add(compiler, device, RHETOR_FIGURE, id, NULL, NULL, RULE_WEIGHT, NULL);
    }
}

static void add_patterns(struct compiler *compiler)
{
    struct model *model = compiler->model;
    for (uint32_t i = 0; i < model->devices.count && !compiler->no_memory; i++) {
        const struct device *device = &model->devices.at[i];
        uint32_t row = device->disabled ? NONE : device_find(compiler, device->id);
        if (row == NONE)
            continue;
        for (uint32_t n = 0; n < device->patterns.count; n++)
            cue_add(compiler, row, device, &device->patterns.at[n]);
        add_others(compiler, row, device);
    }
    for (uint32_t i = 0; i < model->devices.count && !compiler->no_memory; i++) {
        const struct device *device = &model->devices.at[i];
        uint32_t row = device->disabled ? NONE : device_find(compiler, device->id);
        for (uint32_t n = 0; row != NONE && n < device->antipatterns.count; n++)
            anti_add(compiler, &device->antipatterns.at[n], row);
    }
    for (uint32_t i = 0; i < model->antipatterns.count && !compiler->no_memory; i++)
        anti_add(compiler, &model->antipatterns.at[i], NONE);
}

/* Whether a pattern is looked for in every sentence; other conditions are asked one by one. */
static bool is_sought(const struct pattern_row *pattern)
{
    return pattern->kind != PATTERN_CONTEXT || pattern->bits & PATTERN_GATE;
}

static enum lead_kind kind_of_lead(const struct pattern_row *pattern)
{
    bool first = pattern->position == FIRST_IN_SENTENCE || pattern->position == FIRST_IN_PARAGRAPH;
    return pattern->bits & PATTERN_GATE    ? LEAD_GATE
           : pattern->scope > SCOPE_CLAUSE ? LEAD_WIDE
           : first                         ? LEAD_FIRST
                                           : LEAD_SENTENCE;
}

/* Leads: each pattern that is looked for, under the groups of its ways. */
static void add_leads(struct compiler *compiler)
{
    struct tables *tables = &compiler->tables;
    uint32_t groups = tables->groups.count;
    uint32_t *starts = memory_zero(compiler->memory, (groups + 1) * sizeof *starts);
    if (!starts) {
        compiler->no_memory = true;
        return;
    }
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < tables->patterns.count && !compiler->no_memory; i++) {
            const struct pattern_row *pattern = &tables->patterns.at[i];
            if (!is_sought(pattern))
                continue;
            if (!pass && !pattern->way_count)
                PUSH(compiler, everywhere, i);
            for (uint32_t n = 0; n < pattern->way_count; n++) {
                const struct way_row *way = &tables->ways.at[pattern->first_way + n];
                struct group_row *group = &tables->groups.at[way->lead];
                struct lead_row lead = {i, kind_of_lead(pattern), way->least, way->most,
                                        way->entry, way->first_check, way->check_count};
                if (pass)
                    tables->leads.at[group->first_lead + starts[way->lead]++] = lead;
                else {
                    group->lead_count++;
                    PUSH(compiler, leads, lead);
                }
            }
        }
        for (uint32_t g = 0, first = 0; !pass && g < groups; g++) {
            tables->groups.at[g].first_lead = first;
            first += tables->groups.at[g].lead_count;
        }
    }
    for (uint32_t g = 0; g < groups && !compiler->no_memory; g++) {
        const struct group_row *group = &tables->groups.at[g];
        if (group->lead_count && traits_meet(group->traits, group->traits))
            PUSH(compiler, trait_leads, g);
    }
    memory_give(compiler->memory, starts);
}

/* The base's groups and words stand first; their lists are where they were. */
static void add_base_groups(struct compiler *compiler)
{
    const struct rules *base = compiler->base.rules;
    struct tables *tables = &compiler->tables;
#define COPY(name)                                                                                 \
    if (!vec_room(compiler->memory, &tables->name, base->name##_count))                            \
        compiler->no_memory = true;                                                                \
    else {                                                                                         \
        memcpy(tables->name.at, base->name, base->name##_count * sizeof *base->name);              \
        tables->name.count = base->name##_count;                                                   \
    }
    COPY(groups)
    COPY(words)
    COPY(prefixes)
#undef COPY
    for (uint32_t g = 0; g < tables->groups.count; g++)
        tables->groups.at[g].first_lead = tables->groups.at[g].lead_count = 0;
}

/* A list's words, beginnings and traits as rows; `rows` says which row of words an item has. */
static void add_group(struct compiler *compiler, const struct items *items, uint32_t *rows)
{
    struct wordbook *book = &compiler->book;
    struct tables *tables = &compiler->tables;
    uint32_t number = tables->groups.count;
    struct group_row group = {.first_word = list_begin(compiler), .share = items->share};
    for (uint32_t i = 0; i < items->count && !compiler->no_memory; i++) {
        uint32_t item = items->at[i];
        const struct word_known *word =
            item & ITEM_TRAIT ? NULL : &book->words.at[item & ~ITEM_PREFIX];
        if (!word) {
            trait_set(group.traits, item & ~ITEM_TRAIT);
        } else if (item & ITEM_PREFIX) {
            struct prefix_row prefix = {pool_text(compiler, word->text, word->length),
                                        word->length, number};
            PUSH(compiler, prefixes, prefix);
        } else {
            if (rows[item] == NONE) {
                struct word_entry entry = {pool_text(compiler, word->text, word->length),
                                           word->length, 0, 0};
                rows[item] = PUSH(compiler, words, entry);
            }
            PUSH(compiler, lists, rows[item]);
            group.word_count++;
        }
    }
    PUSH(compiler, groups, group);
}

/* For each word the groups from `first` on that it is in, behind those of the base. */
static void add_groups_of_words(struct compiler *compiler, uint32_t first)
{
    struct tables *tables = &compiler->tables;
    uint32_t words = tables->words.count;
    uint32_t *more = memory_zero(compiler->memory, (words + 1) * sizeof *more);
    compiler->no_memory |= !more;
    for (uint32_t g = first; g < tables->groups.count && !compiler->no_memory; g++)
        for (uint32_t i = 0; i < tables->groups.at[g].word_count; i++)
            more[tables->lists.at[tables->groups.at[g].first_word + i]]++;
    for (uint32_t i = 0; i < words && !compiler->no_memory; i++) {
        struct word_entry *word = &tables->words.at[i];
        uint32_t old = word->first;
        if (!more[i])
            continue;
        word->first = list_begin(compiler);
        for (uint32_t n = 0; n < word->count + more[i] && !compiler->no_memory; n++)
            PUSH(compiler, lists, n < word->count ? tables->lists.at[old + n] : 0);
    }
    for (uint32_t g = first; g < tables->groups.count && !compiler->no_memory; g++)
        for (uint32_t i = 0; i < tables->groups.at[g].word_count; i++) {
            struct word_entry *word =
                &tables->words.at[tables->lists.at[tables->groups.at[g].first_word + i]];
            tables->lists.at[word->first + word->count++] = g;
        }
    memory_give(compiler->memory, more);
}

static void sort_prefixes(struct compiler *compiler)
{
    struct tables *tables = &compiler->tables;
    uint32_t gap = 1, count = tables->prefixes.count;
    while (gap < count / 3)
        gap = gap * 3 + 1;
    for (; gap; gap /= 3)
        for (uint32_t i = gap; i < count; i++) {
            struct prefix_row row = tables->prefixes.at[i];
            uint32_t at = i;
            for (; at >= gap && strcmp(tables->text.at + tables->prefixes.at[at - gap].text,
                                       tables->text.at + row.text) > 0; at -= gap)
                tables->prefixes.at[at] = tables->prefixes.at[at - gap];
            tables->prefixes.at[at] = row;
        }
}

static void add_slots(struct compiler *compiler)
{
    struct tables *tables = &compiler->tables;
    uint32_t slots = 16;
    while (slots < tables->words.count * 2)
        slots *= 2;
    while (tables->slots.count < slots && !compiler->no_memory)
        PUSH(compiler, slots, 0);
    for (uint32_t i = 0; i < tables->words.count && !compiler->no_memory; i++) {
        const struct word_entry *word = &tables->words.at[i];
        uint32_t at = rules_hash(tables->text.at + word->text, word->length) & (slots - 1);
        while (tables->slots.at[at])
            at = (at + 1) & (slots - 1);
        tables->slots.at[at] = i + 1;
    }
}

/* Groups and the words in them, both ways. */
static void add_groups(struct compiler *compiler)
{
    struct wordbook *book = &compiler->book;
    uint32_t words = book->words.count, old = book->base ? book->base->words_count : 0;
    uint32_t *rows = memory_zero(compiler->memory, (words + 1) * sizeof *rows);
    if (!rows) {
        compiler->no_memory = true;
        return;
    }
    for (uint32_t i = 0; i < words; i++)
        rows[i] = i && i <= old ? i - 1 : NONE;
    if (book->base)
        add_base_groups(compiler);
    uint32_t first = compiler->tables.groups.count;
    for (uint32_t g = 0; g < book->groups.count && !compiler->no_memory; g++)
        add_group(compiler, &book->groups.at[g], rows);
    if (!compiler->no_memory)
        add_groups_of_words(compiler, first);
    if (!compiler->no_memory)
        add_slots(compiler);
    sort_prefixes(compiler);
    memory_give(compiler->memory, rows);
}

static void add_fixes(struct compiler *compiler)
{
    static const uint8_t bits[] = {WORD_CLASS_NOUN, WORD_CLASS_VERB, WORD_CLASS_ADJECTIVE,
                                   WORD_CLASS_ADVERB};
    struct model *model = compiler->model;
    for (uint32_t i = model->words.count; i-- > 0;) { /* the last layer's stands first */
        const struct word_fix *from = &model->words.at[i];
        uint64_t classes = 0;
        for (uint32_t n = 0; n < from->classes.count; n++) {
            const char *name = from->classes.at[n].text, *letter = strchr("nvar", name[0]);
            int bit = word_class_bit(name, strlen(name));
            if (bit < 0 || !letter || !*letter) {
                model_say(model, RHETOR_ERROR, &from->classes.at[n].place, "unknown-class", "",
                          "unknown class \"%.60s\"", name);
                compiler->wrong = true;
                continue;
            }
            classes |= UINT64_C(1) << bit | UINT64_C(1) << bits[letter - "nvar"];
        }
        uint32_t item = item_word(&compiler->book, from->word, strlen(from->word));
        if (compiler->no_memory || compiler->book.no_memory)
            return;
        const struct word_known *word = &compiler->book.words.at[item];
        struct fix_row row = {pool_text(compiler, word->text, word->length), word->length,
                              (uint32_t)classes, (uint32_t)(classes >> 32)};
        if (classes)
            PUSH(compiler, fixes, row);
    }
}

static void add_order(struct compiler *compiler)
{
    struct tables *tables = &compiler->tables;
    for (uint32_t i = 0; i < tables->devices.count && !compiler->no_memory; i++) {
        PUSH(compiler, by_device, i);
        uint32_t at = i, *order = tables->by_device.at;
        for (; !compiler->no_memory && at &&
               strcmp(tables->text.at + tables->devices.at[order[at - 1]].id,
                      tables->text.at + tables->devices.at[i].id) > 0; at--)
            order[at] = order[at - 1];
        if (!compiler->no_memory)
            order[at] = i;
    }
}

int32_t rules_compile(struct model *model, const struct outside *outside, enum check_which check,
                      const struct memory *memory, struct rules *rules)
{
    return rules_compile_over(model, NULL, outside, check, memory, rules);
}

int32_t rules_compile_over(struct model *model, const struct rules *base,
                           const struct outside *outside, enum check_which check,
                           const struct memory *memory, struct rules *rules)
{
    struct compiler compiler = {.model = model, .memory = memory, .check = check,
                                .unselected = outside && outside->unselected};
    memset(rules, 0, sizeof *rules);
    arena_init(&compiler.arena, memory);
    arena_init(&compiler.scratch, memory);
    compiler.no_memory = !wordbook_init(&compiler.book, model, base, memory);
    if (base ? !base_begin(&compiler, base) : !vec_push(memory, &compiler.tables.text, 0))
        compiler.no_memory = true;
    if (!compiler.no_memory) {
        add_devices(&compiler);
        add_figures(&compiler, outside);
        add_patterns(&compiler);
        add_fixes(&compiler);
    }
    compiler.no_memory |= compiler.book.no_memory || model->no_memory;
    if (!compiler.no_memory)
        add_groups(&compiler);
    if (!compiler.no_memory)
        add_leads(&compiler);
    if (!compiler.no_memory)
        add_order(&compiler);
#define TABLE(type, name, fields)                                                                  \
    rules->name = compiler.tables.name.at;                                                         \
    rules->name##_count = compiler.tables.name.count;
    RULES_TABLES(TABLE)
#undef TABLE
    wordbook_free(&compiler.book);
    base_end(&compiler);
    index_free(memory, &compiler.texts);
    index_free(memory, &compiler.contexts);
    index_free(memory, &compiler.roles);
    arena_free(&compiler.arena);
    arena_free(&compiler.scratch);
    if (compiler.no_memory) {
        rules_free(rules, memory);
        return RHETOR_E_MEMORY;
    }
    return compiler.wrong ? RHETOR_E_SET : RHETOR_OK;
}

void rules_free(struct rules *rules, const struct memory *memory)
{
#define TABLE(type, name, fields)                                                                  \
    memory_give(memory, (void *)(uintptr_t)rules->name);                                           \
    rules->name = NULL;                                                                            \
    rules->name##_count = 0;
    RULES_TABLES(TABLE)
#undef TABLE
}
