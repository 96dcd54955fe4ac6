/* shape.c: the keys of every kind of rule. See shape.h. */
#include "cue/shape.h"

#include <stdio.h>
#include <string.h>

enum { WORDS_REACH = 1000, MEMBERS_MOST = 1000, PARAGRAPHS_REACH = 5, SENTENCES_REACH = 50 };

/* A rule's own id, which may be written with its device's before it: carrot/willing-to. */
static bool read_own_id(struct loader *loader, const struct node *node, void *at,
                        const struct field *field)
{
    if (!read_text(loader, node, at, field))
        return false;
    const char *own = node->text;
    size_t n = loader->device ? strlen(loader->device->id) : 0;
    if (n && !strncmp(own, loader->device->id, n) && own[n] == '/')
        own += n + 1;
    *(const char **)at = own;
    size_t digits = strspn(own, "0123456789");
    return is_name(own + (own[digits] ? digits : 0), "-", 64) ||
           say(loader, node, "bad-id", "leave the id out to have the pattern numbered",
               "\"%.60s\" is no id: letters, digits and hyphens", node->text);
}

static bool is_role(const char *text)
{
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++)
        if (!is_word(text[i]) && text[i] != '_')
            return false;
    return n > 0 && n <= 32 && !(text[0] >= '0' && text[0] <= '9');
}

bool check_role(struct loader *loader, const struct node *node)
{
    if (!strcmp(node->text, "span"))
        return say(loader, node, "bad-role", "",
                   "\"span\" is the group that narrows a tag, no role");
    return is_role(node->text) ||
           say(loader, node, "bad-role", "",
               "\"%.60s\" is no role: letters, digits and _, at most 32, beginning with a letter",
               node->text);
}

/* ---- What the rules share: examples -------------------------------------------------------- */

/* "We [[are willing to fund [[offer:a clinic]]]].": every [[ has its ]]. */
static bool marks_balance(const char *text)
{
    int open = 0;
    for (; *text; text++)
        if (text[0] == '[' && text[1] == '[')
            open++, text++;
        else if (text[0] == ']' && text[1] == ']' && open > 0)
            open--, text++;
    return open == 0;
}

static bool read_examples(struct loader *loader, const struct node *node, void *at,
                          const struct field *field)
{
    (void)at;
    struct node *const *items;
    uint32_t n;
    if (!list_items(loader, node, field->a ? "\"counter-examples\"" : "\"examples\"", &items, &n))
        return false;
    bool sound = true;
    for (uint32_t i = 0; i < n; i++) {
        const struct node *item = items ? items[i] : node;
        struct example example = {{item->text, item->place}, field->a};
        if (item->kind != NODE_TEXT)
            sound = say_type(loader, item, "an example", "text");
        else if (!marks_balance(item->text))
            sound = say(loader, item, "bad-mark", "a role is marked [[role:words]]",
                        "a [[ in this example has no ]]");
        else if (!vec_push(loader->model->memory, &loader->examples, example))
            loader->no_memory = true;
    }
    return sound;
}

/* The scratch lists that a rule's keys fill together are kept when its mapping is read. */
#define KEEP_SCRATCH(loader, rule, list, member)                                                  \
    ((rule)->member##s = keep(loader, (loader)->list.at, (loader)->list.count,                    \
                              sizeof *(rule)->member##s),                                         \
     (rule)->member##_count = (rule)->member##s ? (loader)->list.count : 0)

#define EXAMPLES                                                                                  \
    {KEY("examples", read_examples, 0), .a = 0},                                                  \
    {KEY("counter-examples", read_examples, 0), .a = 1}
#define WEIGHT(type) {KEY("weight", read_number, AT(type, weight)), .high = 1}

/* ---- Conditions ---------------------------------------------------------------------------- */

static const struct field condition_fields[] = {
    {KEY("pattern", read_item, AT(condition, pattern))},
    {KEY("words", read_count, AT(condition, words)), .low = 1, .high = WORDS_REACH},
};
static const struct shape condition_shape = SHAPE("a condition", condition_fields);

/* near, before, unless-in, …: field->a is where it must match, field->b whether it must not. */
static bool read_condition(struct loader *loader, const struct node *node, void *at,
                           const struct field *field)
{
    (void)at;
    char what[40];
    struct node *const *items;
    uint32_t n;
    snprintf(what, sizeof what, "\"%s\"", field->name);
    if (node->kind == NODE_MAPPING)
        items = NULL, n = 1;
    else if (!list_items(loader, node, what, &items, &n))
        return false;
    bool sound = true;
    for (uint32_t i = 0; i < n; i++) {
        const struct node *item = items ? items[i] : node;
        struct condition condition = {.where = field->a, .forbid = field->b};
        bool good;
        if (item->kind == NODE_MAPPING) {
            good = read_mapping(loader, item, &condition_shape, &condition);
            if (good && !condition.pattern.text)
                good = say(loader, item, "missing-key", "", "%s has no \"pattern\"", what);
        } else {
            good = read_item(loader, item, &condition.pattern, field);
        }
        if (good && !vec_push(loader->model->memory, &loader->conditions, condition))
            loader->no_memory = true;
        sound &= good;
    }
    return sound;
}

struct shift { float by; uint32_t words, places; };
static const struct field shift_fields[] = {
    {KEY("near", read_condition, 0), .a = IN_UNIT},
    {KEY("before", read_condition, 0), .a = BEFORE},
    {KEY("after", read_condition, 0), .a = AFTER},
    {KEY("previous", read_condition, 0), .a = PREVIOUS_UNIT},
    {KEY("next", read_condition, 0), .a = NEXT_UNIT},
    {KEY("in", read_condition, 0), .a = COVERING},
    {KEY("by", read_number, AT(shift, by)), .low = 0, .high = 5},
    {KEY("words", read_count, AT(shift, words)), .low = 1, .high = WORDS_REACH},
};
static const struct shape shift_shape = SHAPE("an item of \"raise\" or \"lower\"", shift_fields);

/* raise and lower: field->b is 1 where it lowers. */
static bool read_shifts(struct loader *loader, const struct node *node, void *at,
                        const struct field *field)
{
    (void)at;
    char what[40];
    struct node *const *items = NULL;
    uint32_t n = 1;
    snprintf(what, sizeof what, "\"%s\"", field->name);
    if (node->kind != NODE_MAPPING && !list_items(loader, node, what, &items, &n))
        return false;
    bool sound = true;
    for (uint32_t i = 0; i < n; i++) {
        const struct node *item = items ? items[i] : node;
        struct shift shift = {.by = 0.5f};
        uint32_t first = loader->conditions.count;
        if (!read_mapping(loader, item, &shift_shape, &shift)) {
            sound = false;
            continue;
        }
        if (loader->conditions.count == first)
            sound = say(loader, item, "missing-key", "near, before, after, previous, next or in",
                        "an item of %s has no pattern", what);
        for (uint32_t c = first; c < loader->conditions.count; c++) {
            struct condition *condition = &loader->conditions.at[c];
            condition->amount = field->b ? -shift.by : shift.by;
            if (!condition->words)
                condition->words = shift.words;
        }
    }
    return sound;
}

/* ---- Agreement ----------------------------------------------------------------------------- */

static bool read_groups(struct loader *loader, const struct node *node, void *at,
                        const struct field *field)
{
    (void)at;
    struct agreement agreement = {.kind = field->a, .place = node->place};
    uint32_t least = field->a == REVERSED ? 4 : 2;
    if (!read_list(loader, node, &agreement.groups, field))
        return false;
    if (agreement.groups.count < least || (field->a == REVERSED && agreement.groups.count % 2))
        return say(loader, node, "bad-value", "",
                   field->a == REVERSED ? "\"%s\" takes four groups, or another even number above"
                                        : "\"%s\" takes two groups or more", field->name);
    for (uint32_t i = 0; i < agreement.groups.count; i++)
        if (!is_role(agreement.groups.at[i].text))
            return say(loader, node->kind == NODE_LIST ? node->items[i] : node, "bad-role", "",
                       "\"%.60s\" is no name of a group", agreement.groups.at[i].text);
    if (!vec_push(loader->model->memory, &loader->agreements, agreement))
        loader->no_memory = true;
    return true;
}

static const struct field agreement_fields[] = {
    {KEY("same-word", read_groups, 0), .a = SAME_WORD},
    {KEY("same-lemma", read_groups, 0), .a = SAME_LEMMA},
    {KEY("different", read_groups, 0), .a = DIFFERENT_WORD},
    {KEY("different-lemma", read_groups, 0), .a = DIFFERENT_LEMMA},
    {KEY("reversed", read_groups, 0), .a = REVERSED},
};
static const struct shape agreement_shape = SHAPE("an item of \"agree\"", agreement_fields);

static bool read_agreements(struct loader *loader, const struct node *node, void *at,
                            const struct field *field)
{
    (void)field;
    struct node *const *items = NULL;
    uint32_t n = 1;
    if (node->kind != NODE_MAPPING && !list_items(loader, node, "\"agree\"", &items, &n))
        return false;
    bool sound = true;
    for (uint32_t i = 0; i < n; i++)
        sound &= read_mapping(loader, items ? items[i] : node, &agreement_shape, at);
    return sound;
}

/* ---- Patterns ------------------------------------------------------------------------------ */

static bool read_voice(struct loader *loader, const struct node *node, void *at,
                       const struct field *field)
{
    static const char *const names[] = {"any", "author", "quoted", "scripted", "speech"};
    static const uint8_t bits[] = {VOICE_ANY, VOICE_AUTHOR, VOICE_QUOTED, VOICE_SCRIPTED,
                                   VOICE_QUOTED | VOICE_SCRIPTED};
    struct text_list list;
    if (!read_list(loader, node, &list, field))
        return false;
    uint8_t voice = 0;
    for (uint32_t i = 0; i < list.count; i++) {
        uint32_t n = 0;
        while (n < COUNT(names) && strcmp(names[n], list.at[i].text))
            n++;
        if (n == COUNT(names))
            return say_unknown(loader, node->kind == NODE_LIST ? node->items[i] : node, "bad-value",
                               "voice", "", names, COUNT(names));
        voice |= bits[n];
    }
    *(uint8_t *)at = voice;
    return true;
}

static const char *const scopes[] = {"sentence",  "clause",  "paragraph",
                                     "quotation", "heading", NULL};
static const char *const positions[] = {"anywhere", "first", "last", "first-in-paragraph",
                                        "last-in-paragraph", NULL};

static const struct field pattern_fields[] = {
    {KEY("id", read_own_id, AT(pattern, id))},
    {KEY("pattern", read_item, AT(pattern, source))},
    WEIGHT(pattern),
    {KEY("scope", read_choice, AT(pattern, scope)), .choices = scopes},
    {KEY("voice", read_voice, AT(pattern, voice))},
    {KEY("speaker", read_text, AT(pattern, speaker))},
    {KEY("position", read_choice, AT(pattern, position)), .choices = positions},
    {KEY("unless", read_condition, 0), .a = IN_UNIT, .b = 1},
    {KEY("unless-before", read_condition, 0), .a = BEFORE, .b = 1},
    {KEY("unless-after", read_condition, 0), .a = AFTER, .b = 1},
    {KEY("unless-in", read_condition, 0), .a = COVERING, .b = 1},
    {KEY("unless-previous", read_condition, 0), .a = PREVIOUS_UNIT, .b = 1},
    {KEY("unless-next", read_condition, 0), .a = NEXT_UNIT, .b = 1},
    {KEY("near", read_condition, 0), .a = IN_UNIT},
    {KEY("before", read_condition, 0), .a = BEFORE},
    {KEY("after", read_condition, 0), .a = AFTER},
    {KEY("previous", read_condition, 0), .a = PREVIOUS_UNIT},
    {KEY("next", read_condition, 0), .a = NEXT_UNIT},
    {KEY("in", read_condition, 0), .a = COVERING},
    {KEY("raise", read_shifts, 0), .b = 0},
    {KEY("lower", read_shifts, 0), .b = 1},
    {KEY("agree", read_agreements, 0)},
    {KEY("case", read_flag, AT(pattern, case_sensitive))},
    {KEY("raw", read_flag, AT(pattern, raw))},
    {KEY("message", read_text, AT(pattern, message))},
    EXAMPLES,
};

static void pattern_defaults(void *item)
{
    *(struct pattern *)item = (struct pattern){.weight = RULE_WEIGHT, .voice = VOICE_ANY};
}

static bool pattern_settle(struct loader *loader, const struct node *node, void *item)
{
    struct pattern *pattern = item;
    if (!pattern->source.text)
        return say(loader, node, "missing-key", "", "a pattern has no \"pattern\"");
    KEEP_SCRATCH(loader, pattern, conditions, condition);
    KEEP_SCRATCH(loader, pattern, agreements, agreement);
    KEEP_SCRATCH(loader, pattern, examples, example);
    return true;
}

/* ---- Series, counts ------------------------------------------------------------------------ */

static const char *const units[] = {"sentence", "clause", "paragraph", "item", "line", NULL};
static const char *const shares[] = {"beginning", "ending", "shape", "length", NULL};

static bool read_joiner(struct loader *loader, const struct node *node, void *at,
                        const struct field *field)
{
    if (!read_text(loader, node, at, field))
        return false;
    for (const char *c = node->text; *c; c++)
        if (!is_word(*c) && !strchr("'- |", *c))
            return say(loader, node, "bad-value", "",
                       "\"joiner\" is a word or several, and|or, not \"%.60s\"", node->text);
    return node->text[0] || say(loader, node, "empty", "", "\"joiner\" is empty");
}

static const struct field series_fields[] = {
    {KEY("id", read_own_id, AT(series, id))},
    {KEY("unit", read_choice, AT(series, unit)), .choices = units},
    {KEY("share", read_choice, AT(series, share)), .choices = shares},
    {KEY("words", read_count, AT(series, words)), .low = 1, .high = 20},
    {KEY("least", read_count, AT(series, least)), .low = 2, .high = MEMBERS_MOST},
    {KEY("most", read_count, AT(series, most)), .low = 2, .high = MEMBERS_MOST},
    {KEY("apart", read_count, AT(series, apart)), .low = 0, .high = 10},
    {KEY("tolerance", read_number, AT(series, tolerance)), .low = 0, .high = 1},
    {KEY("joiner", read_joiner, AT(series, joiner))},
    WEIGHT(series),
    {KEY("message", read_text, AT(series, message))},
    EXAMPLES,
};

static void series_defaults(void *item)
{
    *(struct series *)item =
        (struct series){.words = 1, .least = 3, .tolerance = 0.2f, .weight = RULE_WEIGHT};
}

static bool series_settle(struct loader *loader, const struct node *node, void *item)
{
    struct series *series = item;
    if (!node_get(node, "share"))
        return say(loader, node, "missing-key", "beginning, ending, shape or length",
                   "a series has no \"share\"");
    if (series->most && series->most < series->least)
        return say(loader, node_get(node, "most"), "bad-value", "",
                   "\"most\" is less than \"least\"");
    KEEP_SCRATCH(loader, series, examples, example);
    return true;
}

static const struct field count_fields[] = {
    {KEY("id", read_own_id, AT(count_rule, id))},
    {KEY("in", read_choice, AT(count_rule, unit)), .choices = units},
    {KEY("of", read_list, AT(count_rule, of))},
    {KEY("at-least", read_count, AT(count_rule, at_least)), .low = 0, .high = MEMBERS_MOST},
    {KEY("at-most", read_count, AT(count_rule, at_most)), .low = 1, .high = MEMBERS_MOST},
    {KEY("kinds", read_count, AT(count_rule, kinds)), .low = 1, .high = 32},
    {KEY("per-words", read_count, AT(count_rule, per_words)), .low = 1, .high = WORDS_REACH},
    WEIGHT(count_rule),
    {KEY("message", read_text, AT(count_rule, message))},
    EXAMPLES,
};

static void count_defaults(void *item)
{
    *(struct count_rule *)item =
        (struct count_rule){.at_least = 1, .kinds = 1, .weight = RULE_WEIGHT};
}

static bool count_settle(struct loader *loader, const struct node *node, void *item)
{
    struct count_rule *count = item;
    if (!count->of.count)
        return say(loader, node, "missing-key", "of: [superlative, booster]",
                   "a count has no \"of\"");
    if (count->at_most && count->at_most < count->at_least)
        return say(loader, node_get(node, "at-most"), "bad-value", "",
                   "\"at-most\" is less than \"at-least\"");
    if (count->kinds > count->of.count)
        return say(loader, node_get(node, "kinds"), "bad-value", "",
                   "\"kinds\" is more than \"of\" has");
    KEEP_SCRATCH(loader, count, examples, example);
    return true;
}

/* ---- Moves --------------------------------------------------------------------------------- */

/* all, any, sequence: items are a device's or a rule's id, or {role: id}. field->a is the form. */
static bool read_parts(struct loader *loader, const struct node *node, void *at,
                       const struct field *field)
{
    struct move *move = at;
    char what[40];
    struct node *const *items;
    uint32_t n;
    snprintf(what, sizeof what, "\"%s\"", field->name);
    if (!list_items(loader, node, what, &items, &n))
        return false;
    if (move->part_count)
        return say(loader, node, "bad-value", "keep one of all, any, sequence",
                   "a move has one list of parts; %s is the second", what);
    if (n > MOVE_PARTS)
        return say(loader, node, "out-of-range", "", "a move has at most %d parts", MOVE_PARTS);
    struct move_part parts[MOVE_PARTS];
    for (uint32_t i = 0; i < n; i++) {
        const struct node *item = items ? items[i] : node, *name = NULL;
        if (item->kind == NODE_MAPPING && item->count == 1) {
            name = item->items[0];
            item = item->items[1];
            if (!check_role(loader, name))
                return false;
        }
        if (item->kind != NODE_TEXT || !item->text[0])
            return say_type(loader, item, "a part of a move", "a device, a rule or {role: device}");
        parts[i] = (struct move_part){name ? name->text : NULL, {item->text, item->place}};
        if (!name) { /* the device's id names the part */
            size_t length = strcspn(item->text, "/");
            parts[i].name = arena_text(&loader->model->arena, item->text, length);
            loader->no_memory |= !parts[i].name;
        }
    }
    move->form = field->a;
    move->parts = keep(loader, parts, n, sizeof *parts);
    move->part_count = move->parts ? n : 0;
    return true;
}

/* "3 sentences", "sentence". */
static bool read_within(struct loader *loader, const struct node *node, void *at,
                        const struct field *field)
{
    static const struct { const char *one, *many; uint8_t reach; uint32_t most; } reaches[] = {
        {"word", "words", WITHIN_WORDS, WORDS_REACH},
        {"sentence", "sentences", WITHIN_SENTENCES, SENTENCES_REACH},
        {"paragraph", "paragraphs", WITHIN_PARAGRAPHS, PARAGRAPHS_REACH},
    };
    struct move *move = at;
    (void)field;
    if (node->kind != NODE_TEXT)
        return say_type(loader, node, "\"within\"", "like 3 sentences");
    const char *unit = node->text;
    uint32_t number = 0;
    for (; *unit >= '0' && *unit <= '9' && number < 100000; unit++)
        number = number * 10 + (uint32_t)(*unit - '0');
    bool counted = unit > node->text;
    unit += strspn(unit, " ");
    for (uint32_t i = 0; i < COUNT(reaches); i++) {
        if (strcmp(unit, reaches[i].one) && strcmp(unit, reaches[i].many))
            continue;
        if (counted && (number < 1 || number > reaches[i].most))
            return say(loader, node, "out-of-range", "", "\"within\" reaches 1 to %u %s, not %.20s",
                       reaches[i].most, reaches[i].many, node->text);
        move->reach = reaches[i].reach;
        move->within = counted ? number : 1;
        return true;
    }
    return say_type(loader, node, "\"within\"", "like 20 words, 3 sentences or 2 paragraphs");
}

/* party: [carrot.recipient, stick.target]: neighbours in the list become pairs. */
static bool read_parties(struct loader *loader, const struct node *node, void *at,
                         const struct field *field)
{
    struct move *move = at;
    struct text_list list;
    if (!read_list(loader, node, &list, field))
        return false;
    if (list.count < 2)
        return say(loader, node, "bad-value", "party: [carrot.recipient, stick.target]",
                   "\"party\" takes two roles or more");
    for (uint32_t i = 0; i < list.count; i++) {
        const char *dot = strchr(list.at[i].text, '.');
        if (!dot || dot == list.at[i].text || !is_role(dot + 1))
            return say(loader, node->items[i], "bad-value", "like carrot.recipient",
                       "\"%.60s\" is no role of a part", list.at[i].text);
    }
    struct text_list *pairs = &move->same_party;
    struct text_item *items = arena_take(&loader->model->arena,
                                         (pairs->count + 2 * list.count - 2) * sizeof *items);
    if (!items) {
        loader->no_memory = true;
        return true;
    }
    if (pairs->count)
        memcpy(items, pairs->at, pairs->count * sizeof *items);
    pairs->at = items;
    for (uint32_t i = 1; i < list.count; i++) {
        items[pairs->count++] = list.at[i - 1];
        items[pairs->count++] = list.at[i];
    }
    return true;
}

static const struct field same_fields[] = {{KEY("party", read_parties, 0)}};
static const struct shape same_shape = SHAPE("an item of \"same\"", same_fields);

static bool read_same(struct loader *loader, const struct node *node, void *at,
                      const struct field *field)
{
    (void)field;
    struct move *move = at;
    struct node *const *items = NULL;
    uint32_t n = 1;
    if (node->kind != NODE_MAPPING && !list_items(loader, node, "\"same\"", &items, &n))
        return false;
    bool sound = true;
    for (uint32_t i = 0; i < n; i++) {
        const struct node *item = items ? items[i] : node;
        if (item->kind == NODE_TEXT && !strcmp(item->text, "voice"))
            move->same_voice = 1;
        else if (item->kind == NODE_MAPPING)
            sound &= read_mapping(loader, item, &same_shape, move);
        else
            sound = say_type(loader, item, "an item of \"same\"", "voice or {party: [...]}");
    }
    return sound;
}

static const struct field move_fields[] = {
    {KEY("id", read_own_id, AT(move, id))},
    {KEY("all", read_parts, 0), .a = MOVE_ALL},
    {KEY("any", read_parts, 0), .a = MOVE_ANY},
    {KEY("sequence", read_parts, 0), .a = MOVE_SEQUENCE},
    {KEY("within", read_within, 0)},
    {KEY("same", read_same, 0)},
    {KEY("unless", read_list, AT(move, unless))},
    {KEY("inside", read_list, AT(move, inside))},
    {KEY("not-inside", read_list, AT(move, not_inside))},
    WEIGHT(move),
    {KEY("message", read_text, AT(move, message))},
    EXAMPLES,
};

static void move_defaults(void *item)
{
    *(struct move *)item =
        (struct move){.reach = WITHIN_SENTENCES, .within = 1, .weight = RULE_WEIGHT};
}

static bool move_settle(struct loader *loader, const struct node *node, void *item)
{
    struct move *move = item;
    if (!move->part_count)
        return say(loader, node, "missing-key", "all: [carrot, stick]",
                   "a move has none of \"all\", \"any\", \"sequence\"");
    if (move->form != MOVE_ANY && move->part_count < 2)
        return say(loader, node, "bad-value", "any: takes one part or more",
                   "a move has two parts or more");
    for (uint32_t i = 0; i < move->same_party.count; i++) {
        const char *text = move->same_party.at[i].text;
        size_t length = strcspn(text, ".");
        uint32_t p = 0;
        while (p < move->part_count && (strlen(move->parts[p].name) != length ||
                                        strncmp(move->parts[p].name, text, length)))
            p++;
        if (p == move->part_count) {
            struct node here = {.place = move->same_party.at[i].place};
            return say(loader, &here, "unknown-part", "",
                       "\"%.*s\" is no part of this move", (int)(length < 60 ? length : 60), text);
        }
    }
    KEEP_SCRATCH(loader, move, examples, example);
    return true;
}

/* ---- Antipatterns -------------------------------------------------------------------------- */

static const struct field antipattern_fields[] = {
    {KEY("id", read_own_id, AT(antipattern, id))},
    {KEY("pattern", read_item, AT(antipattern, source))},
    {KEY("exempts", read_list, AT(antipattern, exempts))},
    {KEY("case", read_flag, AT(antipattern, case_sensitive))},
    {KEY("raw", read_flag, AT(antipattern, raw))},
    EXAMPLES,
};

static void antipattern_defaults(void *item)
{
    *(struct antipattern *)item = (struct antipattern){0};
}

static bool antipattern_settle(struct loader *loader, const struct node *node, void *item)
{
    struct antipattern *antipattern = item;
    if (!antipattern->source.text)
        return say(loader, node, "missing-key", "", "an antipattern has no \"pattern\"");
    KEEP_SCRATCH(loader, antipattern, examples, example);
    return true;
}

const struct rule_kind rule_kinds[RULE_LISTS] = {
    [LIST_PATTERNS] = {SHAPE("a pattern", pattern_fields), "patterns", "", sizeof(struct pattern),
                       AT(pattern, id), AT(pattern, place), AT(pattern, source), pattern_defaults,
                       pattern_settle},
    [LIST_SERIES] = {SHAPE("a series", series_fields), "series", "series-", sizeof(struct series),
                     AT(series, id), AT(series, place), SIZE_MAX, series_defaults, series_settle},
    [LIST_COUNTS] = {SHAPE("a count", count_fields), "counts", "count-", sizeof(struct count_rule),
                     AT(count_rule, id), AT(count_rule, place), SIZE_MAX, count_defaults,
                     count_settle},
    [LIST_MOVES] = {SHAPE("a move", move_fields), "moves", "move-", sizeof(struct move),
                    AT(move, id), AT(move, place), SIZE_MAX, move_defaults, move_settle},
    [LIST_ANTIPATTERNS] = {SHAPE("an antipattern", antipattern_fields), "antipatterns",
                           "antipattern-", sizeof(struct antipattern), AT(antipattern, id),
                           AT(antipattern, place), AT(antipattern, source), antipattern_defaults,
                           antipattern_settle},
};
