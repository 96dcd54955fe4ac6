/* base.c: see base.h. */
#include "cue/base.h"

#include <string.h>

/* ---- Lexicons ------------------------------------------------------------------------------- */

static bool is_changed(const struct compiler *compiler, const char *name, size_t length)
{
    char text[80];
    if (length >= sizeof text)
        return false;
    memcpy(text, name, length);
    text[length] = 0;
    const struct lexicon *lexicon = model_lexicon(compiler->model, text);
    return lexicon && lexicon->changed;
}

/* A lexicon that includes a changed one has changed. */
static void changes_spread(struct compiler *compiler)
{
    struct model *model = compiler->model;
    for (bool more = true; more;) {
        more = false;
        for (uint32_t i = 0; i < model->lexicons.count; i++) {
            struct lexicon *lexicon = &model->lexicons.at[i];
            const struct text_list *lists[] = {&lexicon->include, &lexicon->minus};
            for (int l = 0; l < 2 && !lexicon->changed; l++)
                for (uint32_t n = 0; n < lists[l]->count; n++)
                    lexicon->changed |= is_changed(compiler, lists[l]->at[n].text,
                                                   strlen(lists[l]->at[n].text));
            more |= lexicon->changed && !lexicon->spread;
            lexicon->spread = lexicon->changed;
        }
    }
}

/* Whether the braces of a pattern name a lexicon that changed; {gap:8!stops} too. */
static bool names_changed(const struct compiler *compiler, const char *pattern)
{
    for (const char *at = strchr(pattern, '{'); at; at = strchr(at, '{')) {
        size_t length = strcspn(++at, "}"), from = 0;
        while (from < length) {
            size_t n = strcspn(at + from, "|!}");
            if (n && is_changed(compiler, at + from, n))
                return true;
            from += n + 1;
        }
    }
    return false;
}

/* ---- Patterns -------------------------------------------------------------------------------- */

bool base_begin(struct compiler *compiler, const struct rules *rules)
{
    const struct memory *memory = compiler->memory;
    struct tables *tables = &compiler->tables;
    struct base *base = &compiler->base;
    base->rules = rules;
    changes_spread(compiler);
    /* {person} and {org} are made of these. */
    base->classes_changed = is_changed(compiler, "title", 5) || is_changed(compiler, "name", 4);
#define COPY(name)                                                                                 \
    if (!vec_room(memory, &tables->name, rules->name##_count))                                     \
        return false;                                                                              \
    memcpy(tables->name.at, rules->name, rules->name##_count * sizeof *rules->name);               \
    tables->name.count = rules->name##_count;
    COPY(text)
    COPY(lists)
    COPY(tests)
    COPY(ways)
    COPY(checks)
#undef COPY
    for (uint32_t i = 0; i < rules->rules_count; i++)
        if (rules->rules[i].pattern != NONE &&
            index_put(memory, &base->cues, rules_text(rules, rules->rules[i].id),
                      rules->rules[i].pattern) == INDEX_NONE)
            return false;
    for (uint32_t i = 0; i < rules->patterns_count; i++)
        if (rules->patterns[i].kind == PATTERN_ANTI &&
            index_put(memory, &base->antis, rules_text(rules, rules->patterns[i].source), i) ==
                INDEX_NONE)
            return false;
    return true;
}

void base_end(struct compiler *compiler)
{
    index_free(compiler->memory, &compiler->base.cues);
    index_free(compiler->memory, &compiler->base.antis);
}

/* Whether a text is what the base's row was made of, and means the same still. */
static bool is_same(const struct compiler *compiler, const struct pattern_row *row,
                    const char *source, bool raw, bool case_sensitive)
{
    uint32_t bits = (case_sensitive ? PATTERN_CASE : 0) | (raw ? PATTERN_RAW : 0);
    return (row->bits & (PATTERN_CASE | PATTERN_RAW)) == bits &&
           !strcmp(rules_text(compiler->base.rules, row->source), source) &&
           (raw || (!compiler->base.classes_changed && !names_changed(compiler, source)));
}

static bool are_conditions(const struct compiler *compiler, const struct pattern_row *row,
                           const struct pattern *pattern)
{
    const struct rules *rules = compiler->base.rules;
    if (row->condition_count != pattern->condition_count ||
        (row->speaker != NONE) != (pattern->speaker != NULL))
        return false;
    for (uint32_t i = 0; i < pattern->condition_count; i++)
        if (!is_same(compiler, &rules->patterns[rules->conditions[row->first_condition + i].pattern],
                     pattern->conditions[i].pattern.text, pattern->raw, pattern->case_sensitive))
            return false;
    return !pattern->speaker ||
           !strcmp(rules_text(rules, rules->patterns[row->speaker].source), pattern->speaker);
}

static bool is_unit(uint32_t scope)
{
    return scope == SCOPE_SENTENCE || scope == SCOPE_CLAUSE;
}

uint32_t base_cue(const struct compiler *compiler, const struct pattern *pattern)
{
    const struct rules *rules = compiler->base.rules;
    uint32_t row = rules ? index_find(&compiler->base.cues, pattern->id) : INDEX_NONE;
    if (row == INDEX_NONE || is_unit(rules->patterns[row].scope) != is_unit(pattern->scope) ||
        !is_same(compiler, &rules->patterns[row], pattern->source.text, pattern->raw,
                 pattern->case_sensitive) ||
        !are_conditions(compiler, &rules->patterns[row], pattern))
        return NONE;
    return row;
}

uint32_t base_anti(const struct compiler *compiler, const struct antipattern *antipattern)
{
    const struct rules *rules = compiler->base.rules;
    uint32_t row = rules ? index_find(&compiler->base.antis, antipattern->source.text) : INDEX_NONE;
    return row != INDEX_NONE && is_same(compiler, &rules->patterns[row], antipattern->source.text,
                                        antipattern->raw, antipattern->case_sensitive)
               ? row
               : NONE;
}

uint32_t base_take(struct compiler *compiler, uint32_t row)
{
    struct pattern_row taken = compiler->base.rules->patterns[row];
    taken.bits &= ~(uint32_t)PATTERN_ALWAYS;
    taken.rule = taken.speaker = NONE;
    taken.first_condition = taken.condition_count = 0;
    taken.first_agreement = taken.agreement_count = 0;
    taken.first_exempt = taken.exempt_count = 0;
    taken.scope = taken.position = 0;
    taken.voice = VOICE_ANY;
    return PUSH(compiler, patterns, taken);
}
