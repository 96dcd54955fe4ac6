/* match.c: see match.h. */
#include "cue/match_inside.h"

#include <string.h>

#include "word/pos.h"

enum { GROUPS_MOST = 100 };

/* ---- Callouts: what a word is -------------------------------------------------------------------
 */

static bool has_group(const struct matcher *matcher, const struct token *token,
                      const struct word_type *type, uint32_t group, uint32_t how)
{
    const struct word_seat *seat = seat_of(type);
    if (word_listed(seat, group, how))
        return true;
    if (!matcher->kinds[group])
        return false;
    return (token->flags & TOKEN_NAME && matcher->kinds[group] & GROUP_NAMED) ||
           traits_meet(matcher->rules->groups[group].traits,
                       how == GROUP_OWN ? seat->own : seat->base);
}

static bool test_holds(const struct matcher *matcher, const struct test_row *test,
                       const struct token *token, const struct word_type *type, uint32_t how)
{
    const struct word_info *info = &type->info;
    if (test->group != NONE && !has_group(matcher, token, type, test->group, how))
        return false;
    if ((token->flags & test->flags) != test->flags)
        return false;
    if (test->verb_form && !(info->form[WORD_VERB] & test->verb_form))
        return false;
    if (test->noun_form && !(info->form[WORD_NOUN] & test->noun_form))
        return false;
    if (!test->pos_mask || test->pos_mask >> token->pos & 1)
        return true;
    if (token->confidence >= 75 && how == GROUP_OWN)
        return false;
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
        if (test->open >> pos & 1 && info->form[pos])
            return true;
    return false;
}

static bool is_apostrophe(const char *at)
{
    return *at == '\'' || !memcmp(at, "\xE2\x80\x99", 3) || !memcmp(at, "\xE2\x80\x98", 3) ||
           !memcmp(at, "\xCA\xBC", 2);
}

/* The token that ends at a byte, or before its clitic there; NONE: there is none. */
static uint32_t token_before(const struct matcher *matcher, uint32_t end, uint32_t *how)
{
    const struct paragraph *paragraph = matcher->view->paragraph;
    const struct token *tokens = paragraph->tokens.at;
    uint32_t low = matcher->lo, high = matcher->hi;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (tokens[middle].start < end)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == matcher->lo)
        return NONE;
    uint32_t row = low - 1;
    const char *bytes = paragraph->bytes;
    if (tokens[row].length == 1 && bytes[tokens[row].start] == '.' && row > matcher->lo)
        row--; /* U.S. */
    uint32_t stop = tokens[row].start + tokens[row].length;
    *how = GROUP_OWN;
    if (stop > end && bytes[end] != '_') {
        if (!is_apostrophe(bytes + end))
            return NONE;
        *how = GROUP_BASE;
    }
    return row;
}

static int callout(pcre2_callout_block *block, void *user)
{
    struct matcher *matcher = user;
    const struct rules *rules = matcher->rules;
    uint32_t how,
        row = token_before(matcher, matcher->base + (uint32_t)block->current_position, &how);
    if (row == NONE)
        return 1;
    const struct token *token = &matcher->view->paragraph->tokens.at[row];
    const struct word_type *type = words_type(matcher->view->words, token->type);
    const struct test_row *test =
        &rules->tests[rules->lists[matcher->pattern->first_callout + block->callout_number - 1]];
    for (bool more = true; more; test++) {
        more = test->more;
        if (!test_holds(matcher, test, token, type, how))
            continue;
        if (matcher->explain) {
            struct heard heard = {block->callout_number, row, how == GROUP_OWN};
            if (!vec_push(matcher->memory, &matcher->heard, heard))
                matcher->no_memory = true;
        }
        return 0;
    }
    return 1;
}

/* ---- Opening
 * ------------------------------------------------------------------------------------- */

int32_t matcher_open(struct programs *programs, const struct memory *memory, struct matcher **out)
{
    const struct programs_view *view = programs_view(programs);
    const struct rules *rules = view->rules;
    struct matcher *matcher = memory_zero(memory, sizeof *matcher);
    if (!matcher)
        return RHETOR_E_MEMORY;
    matcher->memory = memory;
    matcher->programs = programs;
    matcher->rules = rules;
    matcher->context = pcre2_match_context_create(view->general);
    matcher->stack = pcre2_jit_stack_create(32 << 10, 1 << 20, view->general);
    matcher->data = pcre2_match_data_create(GROUPS_MOST, view->general);
    matcher->other = pcre2_match_data_create(1, view->general);
    matcher->seen = memory_zero(memory, (rules->groups_count + 1) * sizeof *matcher->seen);
    matcher->kinds = memory_zero(memory, rules->groups_count + 1);
    matcher->near.patterns =
        memory_zero(memory, (rules->patterns_count + 1) * sizeof *matcher->near.patterns);
    matcher->wide.patterns =
        memory_zero(memory, (rules->patterns_count + 1) * sizeof *matcher->wide.patterns);
    matcher->stopped = memory_zero(memory, (rules->patterns_count + 1) * sizeof *matcher->stopped);
    matcher->devices = memory_zero(memory, (rules->devices_count + 1) * sizeof *matcher->devices);
    if (!matcher->context || !matcher->stack || !matcher->data || !matcher->other ||
        !matcher->kinds || !matcher->seen || !matcher->stopped || !matcher->near.patterns ||
        !matcher->wide.patterns ||
        !matcher->devices) {
        matcher_close(matcher);
        return RHETOR_E_MEMORY;
    }
    const struct match_limits *limits = &view->limits;
    pcre2_set_match_limit(matcher->context, limits->match ? limits->match : 100000);
    pcre2_set_depth_limit(matcher->context, limits->depth ? limits->depth : 5000);
    pcre2_set_heap_limit(matcher->context, limits->heap ? limits->heap : 4096);
    pcre2_set_callout(matcher->context, callout, matcher);
    pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    uint32_t name[TRAIT_WORDS] = {0};
    trait_set(name, TRAIT_NAME);
    for (uint32_t group = 0; group < rules->groups_count; group++) {
        const struct group_row *row = &rules->groups[group];
        bool named = traits_meet(row->traits, name), any = traits_meet(row->traits, row->traits);
        matcher->kinds[group] =
            (uint8_t)((named ? GROUP_NAMED : 0) | (any ? GROUP_TRAITS : 0));
        if (named && row->lead_count && !vec_push(memory, &matcher->name_groups, group)) {
            matcher_close(matcher);
            return RHETOR_E_MEMORY;
        }
    }
    matcher->wide.stamp = 1;
    *out = matcher;
    return RHETOR_OK;
}

void matcher_close(struct matcher *matcher)
{
    if (!matcher)
        return;
    const struct memory *memory = matcher->memory;
    pcre2_match_data_free(matcher->data);
    pcre2_match_data_free(matcher->other);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    memory_give(memory, matcher->kinds);
    memory_give(memory, matcher->seen);
    memory_give(memory, matcher->stopped);
    vec_free(memory, &matcher->name_groups);
    memory_give(memory, matcher->near.patterns);
    memory_give(memory, matcher->wide.patterns);
    memory_give(memory, matcher->devices);
    vec_free(memory, &matcher->tokens);
    vec_free(memory, &matcher->firsts);
    vec_free(memory, &matcher->near.ranges);
    vec_free(memory, &matcher->near.fired);
    vec_free(memory, &matcher->wide.ranges);
    vec_free(memory, &matcher->wide.fired);
    vec_free(memory, &matcher->limited);
    vec_free(memory, &matcher->heard);
    memory_give(memory, matcher);
}

const uint32_t *matcher_limited(const struct matcher *matcher, uint32_t *count)
{
    *count = matcher->limited.count;
    return matcher->limited.at;
}

/* ---- One match
 * ------------------------------------------------------------------------------------ */

/* A pattern that hits a limit rests until the next paragraph, and is told of once. */
static void note_limit(struct matcher *matcher, uint32_t row)
{
    const struct pattern_row *pattern = &matcher->rules->patterns[row];
    matcher->stopped[row] = matcher->wide.stamp;
    for (uint32_t i = 0; i < matcher->limited.count; i++)
        if (matcher->limited.at[i] == pattern->rule)
            return;
    if (!vec_push(matcher->memory, &matcher->limited, pattern->rule))
        matcher->no_memory = true;
}

static int run_once(struct matcher *matcher, const struct program *program, const char *text,
                    uint32_t from, uint32_t to, uint32_t at, pcre2_match_data *data)
{
    PCRE2_SPTR subject = (PCRE2_SPTR)text + from;
    return program->fast ? pcre2_jit_match(program->code, subject, to - from, at - from, 0, data,
                                           matcher->context)
                         : pcre2_match(program->code, subject, to - from, at - from,
                                       PCRE2_NO_UTF_CHECK, data, matcher->context);
}

/* Runs a pattern's program over bytes [from, to) of a text, beginning at `at`. What hits a limit
 * without JIT is run again with it, since the two count differently: what is found must not depend
 * on how often a pattern has run. */
static bool run(struct matcher *matcher, const struct program *program, uint32_t row,
                const char *text, uint32_t from, uint32_t to, uint32_t at, pcre2_match_data *data)
{
    const struct pattern_row *pattern = &matcher->rules->patterns[row];
    matcher->pattern = pattern;
    matcher->base = from;
    if (matcher->stopped[row] == matcher->wide.stamp)
        return false;
    int count = run_once(matcher, program, text, from, to, at, data);
    if (count < 0 && count != PCRE2_ERROR_NOMATCH && !program->jit) {
        program = program_of(matcher->programs, row, true, &matcher->no_memory);
        count =
            program ? run_once(matcher, program, text, from, to, at, data) : PCRE2_ERROR_NOMATCH;
    }
    if (count == PCRE2_ERROR_NOMEMORY)
        matcher->no_memory = true;
    else if (count < 0 && count != PCRE2_ERROR_NOMATCH)
        note_limit(matcher, row);
    return count >= 0;
}

/* ---- Conditions
 * ----------------------------------------------------------------------------------- */

/* Words that stand wholly in [from, to). */
static uint32_t words_between(const struct matcher *matcher, uint32_t from, uint32_t to)
{
    const struct paragraph *paragraph = matcher->view->paragraph;
    uint32_t count = 0;
    for (uint32_t i = matcher->lo; i < matcher->hi && paragraph->tokens.at[i].start < to; i++) {
        const struct token *token = &paragraph->tokens.at[i];
        count += token->start >= from && token->start + token->length <= to &&
                 token->kind <= TOKEN_NUMBER;
    }
    return count;
}

static uint32_t sentence_of(const struct paragraph *paragraph, uint32_t byte)
{
    uint32_t low = 0, high = paragraph->sentences.count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (paragraph->sentences.at[middle].start <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : 0;
}

/* Whether a condition's pattern stands where it asks for it. */
static bool condition_found(struct matcher *matcher, const struct condition_row *condition,
                            struct unit unit, uint32_t start, uint32_t end)
{
    const struct paragraph *paragraph = matcher->view->paragraph;
    const struct pattern_row *pattern = &matcher->rules->patterns[condition->pattern];
    uint32_t from = unit.start, to = unit.end, at, lo = matcher->lo, hi = matcher->hi;
    if (condition->where == PREVIOUS_UNIT || condition->where == NEXT_UNIT) {
        bool next = condition->where == NEXT_UNIT;
        uint32_t row = sentence_of(paragraph, next ? end - 1 : start);
        if (next ? row + 1 >= paragraph->sentences.count : row == 0)
            return false;
        const struct sentence *sentence = &paragraph->sentences.at[next ? row + 1 : row - 1];
        from = sentence->start;
        to = sentence->end;
        matcher->lo = sentence->first_token;
        matcher->hi = sentence->first_token + sentence->token_count;
    } else if (!matcher->whole && !pattern_may_match(matcher, pattern)) {
        return false;
    }
    at = from;
    if (condition->where == BEFORE)
        to = start;
    if (condition->where == AFTER)
        at = end;
    const struct program *program =
        program_of(matcher->programs, condition->pattern, false, &matcher->no_memory);
    bool found = false;
    while (
        program && at <= to && !found &&
        run(matcher, program, condition->pattern, paragraph->bytes, from, to, at, matcher->other)) {
        const PCRE2_SIZE *place = pcre2_get_ovector_pointer(matcher->other);
        uint32_t a = from + (uint32_t)place[0], b = from + (uint32_t)place[1];
        if (condition->where == COVERING)
            found = a < end && start < b;
        else if (condition->words && condition->where <= AFTER)
            found = b <= start ? words_between(matcher, b, start) <= condition->words
                    : a >= end ? words_between(matcher, end, a) <= condition->words
                               : true;
        else
            found = true;
        at = b > at ? b : at + 1;
        while (at < to && ((unsigned char)paragraph->bytes[at] & 0xC0) == 0x80)
            at++;
    }
    matcher->lo = lo;
    matcher->hi = hi;
    return found;
}

static bool conditions_hold(struct matcher *matcher, const struct pattern_row *pattern,
                            struct unit unit, uint32_t start, uint32_t end, float *log_odds)
{
    const struct pattern_row *own = pattern;
    for (uint32_t i = 0; i < own->condition_count; i++) {
        const struct condition_row *condition =
            &matcher->rules->conditions[own->first_condition + i];
        bool found = condition_found(matcher, condition, unit, start, end);
        matcher->pattern = own;
        if (matcher->explain)
            explain_condition(matcher, condition, found);
        if (condition->amount != 0) {
            if (found)
                *log_odds += condition->amount;
        } else if (found == (condition->forbid != 0)) {
            return false;
        }
    }
    return true;
}

/* ---- Agreement
 * ------------------------------------------------------------------------------------- */

/* The text of a named group: the first of that name that took part. */
static struct unit group_named(const struct matcher *matcher, const struct program *program,
                               const char *name)
{
    const PCRE2_SIZE *place = pcre2_get_ovector_pointer(matcher->data);
    for (uint32_t i = 0; i < program->name_count; i++) {
        uint32_t group = program->names[i].group;
        if (group < GROUPS_MOST && !strcmp(program->names[i].name, name) &&
            place[2 * group] != PCRE2_UNSET)
            return (struct unit){matcher->base + (uint32_t)place[2 * group],
                                 matcher->base + (uint32_t)place[2 * group + 1]};
    }
    return (struct unit){0, 0};
}

static uint32_t first_token(const struct matcher *matcher, uint32_t byte)
{
    const struct token *tokens = matcher->view->paragraph->tokens.at;
    uint32_t low = matcher->lo, high = matcher->hi;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (tokens[middle].start < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool same_word(const struct matcher *matcher, const struct token *a, const struct token *b,
                      bool lemma)
{
    if (a->type == b->type)
        return true;
    if (!lemma)
        return false;
    const struct word_type *x = words_type(matcher->view->words, a->type),
                           *y = words_type(matcher->view->words, b->type);
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
        if (x->lemma[pos] == y->lemma[pos] || x->lemma[pos] == b->type || y->lemma[pos] == a->type)
            return true;
    return false;
}

static bool same_text(const struct matcher *matcher, struct unit a, struct unit b, bool lemma)
{
    const struct token *tokens = matcher->view->paragraph->tokens.at;
    uint32_t x = first_token(matcher, a.start), y = first_token(matcher, b.start);
    for (;; x++, y++) {
        bool more = x < matcher->hi && tokens[x].start < a.end,
             other = y < matcher->hi && tokens[y].start < b.end;
        if (!more || !other)
            return more == other;
        if (!same_word(matcher, &tokens[x], &tokens[y], lemma))
            return false;
    }
}

static bool agreement_holds(const struct matcher *matcher, const struct program *program,
                            const struct agreement_row *agreement)
{
    struct unit units[16];
    uint32_t n = 0;
    bool lemma = agreement->kind != SAME_WORD && agreement->kind != DIFFERENT_WORD;
    bool differ = agreement->kind == DIFFERENT_WORD || agreement->kind == DIFFERENT_LEMMA;
    for (uint32_t i = 0; i < agreement->name_count && n < 16; i++) {
        units[n] =
            group_named(matcher, program,
                        matcher->rules->text + matcher->rules->lists[agreement->first_name + i]);
        if (units[n].end <= units[n].start)
            return false;
        n++;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (agreement->kind == REVERSED) {
            if (!same_text(matcher, units[i], units[n - 1 - i], true))
                return false;
            continue;
        }
        for (uint32_t j = i + 1; j < n; j++)
            if (same_text(matcher, units[i], units[j], lemma) == differ)
                return false;
    }
    return true;
}

/* ---- What becomes a tag
 * ---------------------------------------------------------------------------- */

static bool is_blank(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct unit trimmed(const char *bytes, struct unit unit, bool role)
{
    for (;;) {
        uint32_t before = unit.end;
        while (unit.start < unit.end && is_blank((unsigned char)bytes[unit.start]))
            unit.start++;
        while (unit.start < unit.end && is_blank((unsigned char)bytes[unit.end - 1]))
            unit.end--;
        if (!role || unit.end <= unit.start)
            return unit;
        uint32_t n = unit.end - unit.start;
        const char *end = bytes + unit.end;
        if (strchr(",;:.!?\"(", end[-1]))
            unit.end--;
        else if (n > 3 &&
                 (!memcmp(end - 3, "\xE2\x80\x9D", 3) || !memcmp(end - 3, "\xE2\x80\x94", 3)))
            unit.end -= 3;
        else if (n > 2 && !memcmp(end - 2, "'s", 2))
            unit.end -= 2;
        else if (n > 4 && !memcmp(end - 4, "\xE2\x80\x99s", 4))
            unit.end -= 4;
        if (unit.end == before)
            return unit;
    }
}

/* The innermost quotation with a voice or a speaker of its own around a byte, or -1. */
static int32_t quotation_at(const struct paragraph *paragraph, uint32_t byte)
{
    int32_t found = -1;
    for (uint32_t i = 0;
         i < paragraph->quotations.count && paragraph->quotations.at[i].start <= byte; i++)
        if (byte < paragraph->quotations.at[i].end &&
            (paragraph->quotations.at[i].voice != RHETOR_AUTHOR ||
             paragraph->quotations.at[i].speaker))
            found = (int32_t)i;
    return found;
}

static bool speaker_fits(struct matcher *matcher, const struct pattern_row *pattern,
                         int32_t quotation)
{
    if (pattern->speaker == NONE)
        return true;
    if (quotation < 0 || !matcher->view->names)
        return false;
    uint32_t length = 0;
    const char *name = names_text(
        matcher->view->names, matcher->view->paragraph->quotations.at[quotation].speaker, &length);
    const struct program *program =
        program_of(matcher->programs, pattern->speaker, false, &matcher->no_memory);
    bool fits =
        program && run(matcher, program, pattern->speaker, name, 0, length, 0, matcher->other);
    return fits;
}

static bool position_fits(const struct matcher *matcher, const struct pattern_row *pattern,
                          struct unit unit, uint32_t start, uint32_t end)
{
    const struct paragraph *paragraph = matcher->view->paragraph;
    if (pattern->position == ANYWHERE || !paragraph->tokens.count)
        return true;
    bool whole = pattern->position >= FIRST_IN_PARAGRAPH;
    bool first = pattern->position == FIRST_IN_SENTENCE || pattern->position == FIRST_IN_PARAGRAPH;
    uint32_t lo = 0, hi = paragraph->tokens.count;
    if (!whole) {
        const struct sentence *sentence =
            &paragraph->sentences.at[sentence_of(paragraph, unit.start)];
        lo = sentence->first_token;
        hi = lo + sentence->token_count;
    }
    const struct token *tokens = paragraph->tokens.at;
    for (uint32_t i = lo; first && i < hi && tokens[i].start < start; i++)
        if (tokens[i].kind <= TOKEN_NUMBER)
            return false;
    for (uint32_t i = hi; !first && i-- > lo && tokens[i].start >= end;)
        if (tokens[i].kind <= TOKEN_NUMBER)
            return false;
    return true;
}

static void emit_exemptions(struct matcher *matcher, const struct pattern_row *pattern,
                            uint32_t start, uint32_t end)
{
    struct exemption exemption = {start, end, EXEMPT_ALL};
    for (uint32_t i = 0; i < pattern->exempt_count || !i; i++) {
        if (pattern->exempt_count)
            exemption.device = matcher->rules->lists[pattern->first_exempt + i];
        if (!vec_push(matcher->memory, &matcher->view->scratch->exemptions, exemption))
            matcher->no_memory = true;
    }
}

static void emit_roles(struct matcher *matcher, const struct program *program, struct tag *tag,
                       uint32_t base)
{
    struct paragraph *paragraph = matcher->view->paragraph;
    const PCRE2_SIZE *place = pcre2_get_ovector_pointer(matcher->data);
    tag->first_role = paragraph->roles.count;
    for (uint32_t i = 0; i < program->name_count; i++) {
        uint32_t group = program->names[i].group, role = program->names[i].role;
        if (role == NONE || group >= GROUPS_MOST || place[2 * group] == PCRE2_UNSET)
            continue;
        struct unit span = {base + (uint32_t)place[2 * group],
                            base + (uint32_t)place[2 * group + 1]};
        span = trimmed(paragraph->bytes, span, true);
        bool twice = false;
        for (uint32_t n = tag->first_role; n < paragraph->roles.count; n++)
            twice |= paragraph->roles.at[n].name == role;
        struct role row = {role, span.start, span.end, 0};
        if (twice || span.end <= span.start)
            continue;
        if (!vec_push(matcher->memory, &paragraph->roles, row)) {
            matcher->no_memory = true;
            break;
        }
        uint32_t at = paragraph->roles.count - 1; /* in the order of the text */
        for (; at > tag->first_role && paragraph->roles.at[at - 1].start > row.start; at--)
            paragraph->roles.at[at] = paragraph->roles.at[at - 1];
        paragraph->roles.at[at] = row;
    }
    tag->role_count = (uint16_t)(paragraph->roles.count - tag->first_role);
}

/* Looks at what the program has just matched. False: it does not count. */
static bool match_emit(struct matcher *matcher, const struct pattern_row *pattern,
                       const struct program *program, struct unit unit)
{
    struct paragraph *paragraph = matcher->view->paragraph;
    const PCRE2_SIZE *place = pcre2_get_ovector_pointer(matcher->data);
    uint32_t base = matcher->base, start = base + (uint32_t)place[0],
             end = base + (uint32_t)place[1];
    if (end <= start)
        return false;
    if (pattern->kind == PATTERN_ANTI) {
        emit_exemptions(matcher, pattern, start, end);
        return true;
    }
    const struct rule_row *rule = &matcher->rules->rules[pattern->rule];
    struct unit span = group_named(matcher, program, "span");
    if (span.end <= span.start)
        span = (struct unit){start, end};
    span = trimmed(paragraph->bytes, span, false);
    int32_t quotation = quotation_at(paragraph, span.start);
    uint8_t voice = quotation < 0 ? RHETOR_AUTHOR : paragraph->quotations.at[quotation].voice;
    float log_odds = rule->log_odds;
    if (span.end <= span.start || !(pattern->voice >> voice & 1) ||
        !position_fits(matcher, pattern, unit, start, end))
        return false;
    for (uint32_t i = 0; i < pattern->agreement_count; i++)
        if (!agreement_holds(matcher, program,
                             &matcher->rules->agreements[pattern->first_agreement + i]))
            return false;
    if (matcher->explain) {
        if (span.start >= matcher->explain_end || matcher->explain_start >= span.end)
            return true;
        explain_match(matcher, pattern);
    }
    if (!speaker_fits(matcher, pattern, quotation) ||
        !conditions_hold(matcher, pattern, unit, start, end, &log_odds))
        return false;
    if (matcher->explain)
        return true;
    struct tag tag = {.start = span.start,
                      .end = span.end,
                      .read_start = unit.start,
                      .read_end = unit.end,
                      .device = rule->device,
                      .rule = pattern->rule,
                      .quotation = quotation,
                      .score = score_of(log_odds),
                      .voice = voice,
                      .kind = TAG_CUE};
    for (uint32_t i = 0; i < pattern->condition_count; i++) {
        uint32_t where = matcher->rules->conditions[pattern->first_condition + i].where;
        uint32_t row = sentence_of(paragraph, start);
        if (where == PREVIOUS_UNIT && row)
            tag.read_start = paragraph->sentences.at[row - 1].start;
        if (where == NEXT_UNIT && row + 1 < paragraph->sentences.count)
            tag.read_end = paragraph->sentences.at[row + 1].end;
    }
    emit_roles(matcher, program, &tag, base);
    if (!vec_push(matcher->memory, &paragraph->tags, tag))
        matcher->no_memory = true;
    matcher->devices[rule->device] = matcher->near.stamp;
    matcher->any_cue = true;
    return true;
}

/* ---- One pattern over one unit
 * ---------------------------------------------------------------------- */

/* The clause around a byte: from break to break. */
static struct unit clause_at(const struct matcher *matcher, uint32_t byte)
{
    const struct token *tokens = matcher->view->paragraph->tokens.at;
    uint32_t row = first_token(matcher, byte), lo = row, hi = row;
    if (lo < matcher->hi && tokens[lo].start > byte && lo > matcher->lo)
        lo = hi = lo - 1;
    while (lo > matcher->lo && !(tokens[lo - 1].flags & TOKEN_BREAK))
        lo--;
    while (hi + 1 < matcher->hi && !(tokens[hi].flags & TOKEN_BREAK))
        hi++;
    return (struct unit){tokens[lo].start, tokens[hi].start + tokens[hi].length};
}

/* Begins at each token of a range that is of the entry; returns the end of the last match. */
static uint32_t run_anchored(struct matcher *matcher, uint32_t row, const struct program *program,
                             struct unit unit, struct range range, uint32_t past)
{
    const struct pattern_row *pattern = &matcher->rules->patterns[row];
    const struct paragraph *paragraph = matcher->view->paragraph;
    for (uint32_t token = range.from; token <= range.to; token++) {
        uint32_t start = paragraph->tokens.at[token].start;
        if (start < past || !token_in(matcher, token, pattern->entry))
            continue;
        while (paragraph->bytes[start] == '_')
            start++;
        struct unit own = pattern->scope == SCOPE_CLAUSE ? clause_at(matcher, start) : unit;
        matcher->heard.count = 0;
        if (run(matcher, program, row, paragraph->bytes, own.start, own.end, start,
                matcher->data)) {
            uint32_t end = own.start + (uint32_t)pcre2_get_ovector_pointer(matcher->data)[1];
            if (match_emit(matcher, pattern, program, own))
                past = end;
        }
    }
    return past;
}

/* Searches for matches that begin in bytes [at, end); returns where the next may begin. */
static uint32_t run_through(struct matcher *matcher, uint32_t row, const struct program *program,
                            struct unit unit, uint32_t at, uint32_t end)
{
    const struct pattern_row *pattern = &matcher->rules->patterns[row];
    const char *bytes = matcher->view->paragraph->bytes;
    while (at < end) {
        matcher->heard.count = 0;
        pcre2_set_offset_limit(matcher->context,
                               end < unit.end ? end - 1 - unit.start : PCRE2_UNSET);
        bool found = run(matcher, program, row, bytes, unit.start, unit.end, at, matcher->data);
        pcre2_set_offset_limit(matcher->context, PCRE2_UNSET);
        if (!found)
            return at;
        const PCRE2_SIZE *place = pcre2_get_ovector_pointer(matcher->data);
        uint32_t start = unit.start + (uint32_t)place[0], stop = unit.start + (uint32_t)place[1];
        bool taken = match_emit(matcher, pattern, program, unit);
        at = taken || pattern->scope > SCOPE_CLAUSE ? stop : start;
        if (at <= start)
            at = start + 1;
        while (at < unit.end && ((unsigned char)bytes[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

/* The bytes at which a match may begin that begins within a range of tokens, or at the blanks
 * behind one of them. */
static uint32_t run_searched(struct matcher *matcher, uint32_t row, const struct program *program,
                             struct unit unit, struct range range, uint32_t past)
{
    const struct token *tokens = matcher->view->paragraph->tokens.at;
    uint32_t at = range.from > matcher->lo ? tokens[range.from].start : unit.start,
             end = range.to + 1 < matcher->hi ? tokens[range.to + 1].start : unit.end;
    at = at > unit.start ? at : unit.start;
    end = end < unit.end ? end : unit.end;
    at = at > past ? at : past;
    if (matcher->rules->patterns[row].scope != SCOPE_CLAUSE)
        return at < end ? run_through(matcher, row, program, unit, at, end) : past;
    while (at < end) {
        struct unit clause = clause_at(matcher, at);
        past = run_through(matcher, row, program, clause, at < clause.start ? clause.start : at,
                           clause.end < end ? clause.end : end);
        uint32_t next = first_token(matcher, clause.end);
        if (next >= matcher->hi)
            return past;
        at = tokens[next].start;
    }
    return past;
}

/* Whether the sentence has the words of what a pattern's conditions require. */
static bool gates_open(const struct matcher *matcher, const struct pattern_row *pattern)
{
    for (uint32_t i = 0; i < pattern->condition_count; i++) {
        uint32_t row = matcher->rules->conditions[pattern->first_condition + i].pattern;
        if (matcher->rules->patterns[row].bits & PATTERN_GATE &&
            matcher->near.patterns[row].stamp != matcher->near.stamp)
            return false;
    }
    return true;
}

/* Turns a chain of ranges round; returns the other end. */
static uint32_t chain_turn(struct selection *selection, uint32_t last)
{
    uint32_t at = NONE;
    while (last != NONE) {
        uint32_t below = selection->ranges.at[last].below;
        selection->ranges.at[last].below = at;
        at = last;
        last = below;
    }
    return at;
}

void pattern_run(struct matcher *matcher, uint32_t row, struct unit unit)
{
    const struct pattern_row *pattern = &matcher->rules->patterns[row];
    struct selection *selection = matcher->whole ? &matcher->wide : &matcher->near;
    struct range whole = {matcher->lo, matcher->hi - 1, NONE};
    uint32_t first = NONE, past = unit.start;
    bool all = !pattern->way_count;
    if (matcher->lo == matcher->hi || unit.start >= unit.end ||
        (!matcher->whole && !matcher->explain && !gates_open(matcher, pattern)))
        return;
    if (!all && selection->patterns[row].stamp == selection->stamp)
        first = chain_turn(selection, selection->patterns[row].last);
    const struct program *program =
        all || first != NONE
            ? program_of(matcher->programs, row, false, &matcher->no_memory)
            : NULL;
    for (uint32_t at = first; program && (all || at != NONE); all = false) {
        struct range range = all ? whole : selection->ranges.at[at];
        at = range.below;
        past = pattern->bits & PATTERN_ANCHORED
                   ? run_anchored(matcher, row, program, unit, range, past)
                   : run_searched(matcher, row, program, unit, range, past);
    }
    chain_turn(selection, first);
}

/* ---- A sentence
 * ------------------------------------------------------------------------------------- */

static bool exempts_found(const struct matcher *matcher, const struct pattern_row *pattern)
{
    if (pattern->bits & PATTERN_ALWAYS)
        return true;
    const uint32_t *devices = &matcher->rules->lists[pattern->first_exempt];
    for (uint32_t i = 0; i < pattern->exempt_count; i++)
        if (matcher->devices[devices[i]] == matcher->near.stamp)
            return true;
    return !pattern->exempt_count && matcher->any_cue;
}

/* Antipatterns run when the cues are known that they may exempt. */
static void sentence_run(struct matcher *matcher, struct unit unit, enum pattern_kind kind)
{
    const struct rules *rules = matcher->rules;
    const struct selection *near = &matcher->near;
    for (uint32_t i = 0; i < near->fired.count + rules->everywhere_count; i++) {
        uint32_t row = i < near->fired.count ? near->fired.at[i]
                                             : rules->everywhere[i - near->fired.count];
        const struct pattern_row *pattern = &rules->patterns[row];
        if (pattern->kind == kind && pattern->scope <= SCOPE_CLAUSE &&
            (kind == PATTERN_CUE || exempts_found(matcher, pattern)))
            pattern_run(matcher, row, unit);
    }
}

static void sentence_find(struct matcher *matcher, const struct sentence *sentence)
{
    struct unit unit = {sentence->start, sentence->end};
    matcher->any_cue = false;
    sentence_read(matcher, sentence->first_token, sentence->first_token + sentence->token_count);
    sentence_select(matcher);
    sentence_run(matcher, unit, PATTERN_CUE);
    sentence_run(matcher, unit, PATTERN_ANTI);
}

/* ---- Wider scopes
 * ------------------------------------------------------------------------------------ */

static struct unit bounded(struct unit unit, const char *bytes)
{
    if (unit.end - unit.start > WIDE_BYTES) {
        unit.end = unit.start + WIDE_BYTES;
        while (((unsigned char)bytes[unit.end] & 0xC0) == 0x80)
            unit.end--;
    }
    return unit;
}

static struct unit content_of(const struct paragraph *paragraph)
{
    uint32_t count = paragraph->sentences.count;
    if (!count)
        return (struct unit){0, 0};
    return bounded(
        (struct unit){paragraph->sentences.at[0].start, paragraph->sentences.at[count - 1].end},
        paragraph->bytes);
}

struct unit unit_at(struct matcher *matcher, uint32_t scope, uint32_t byte)
{
    const struct paragraph *paragraph = matcher->view->paragraph;
    if (scope == SCOPE_QUOTATION) {
        struct unit unit = {0, 0};
        for (uint32_t i = 0; i < paragraph->quotations.count; i++) {
            const struct quotation *quotation = &paragraph->quotations.at[i];
            if (quotation->inner_start <= byte && byte < quotation->inner_end)
                unit = (struct unit){quotation->inner_start, quotation->inner_end};
        }
        return bounded(unit, paragraph->bytes);
    }
    if (scope > SCOPE_CLAUSE)
        return content_of(paragraph);
    const struct sentence *sentence = &paragraph->sentences.at[sentence_of(paragraph, byte)];
    return (struct unit){sentence->start, sentence->end};
}

static void wide_run(struct matcher *matcher, uint32_t row)
{
    const struct paragraph *paragraph = matcher->view->paragraph;
    const struct pattern_row *pattern = &matcher->rules->patterns[row];
    if (pattern->scope <= SCOPE_CLAUSE || pattern->kind != PATTERN_CUE ||
        (pattern->scope == SCOPE_HEADING && !(paragraph->flags & PARAGRAPH_HEADING)))
        return;
    if (pattern->scope != SCOPE_QUOTATION) {
        pattern_run(matcher, row, content_of(paragraph));
        return;
    }
    for (uint32_t i = 0; i < paragraph->quotations.count; i++) {
        struct unit unit = {paragraph->quotations.at[i].inner_start,
                            paragraph->quotations.at[i].inner_end};
        if (unit.start < unit.end)
            pattern_run(matcher, row, bounded(unit, paragraph->bytes));
    }
}

static void wide_find(struct matcher *matcher)
{
    const struct rules *rules = matcher->rules;
    matcher->near.stamp++;
    matcher->lo = 0;
    matcher->hi = matcher->view->paragraph->tokens.count;
    matcher->whole = true;
    for (uint32_t i = 0; i < matcher->wide.fired.count; i++)
        wide_run(matcher, matcher->wide.fired.at[i]);
    for (uint32_t i = 0; i < rules->everywhere_count; i++)
        wide_run(matcher, rules->everywhere[i]);
    matcher->whole = false;
}

int32_t cues_find(struct matcher *matcher, const struct match_view *view)
{
    struct paragraph *paragraph = view->paragraph;
    if (matcher->near.stamp > UINT32_MAX - 2 - paragraph->sentences.count) {
        const struct rules *rules = matcher->rules;
        memset(matcher->seen, 0, rules->groups_count * sizeof *matcher->seen);
        memset(matcher->near.patterns, 0, rules->patterns_count * sizeof *matcher->near.patterns);
        memset(matcher->devices, 0, rules->devices_count * sizeof *matcher->devices);
        matcher->near.stamp = 0;
    }
    matcher->view = view;
    matcher->no_memory = false;
    paragraph_read(matcher);
    if (matcher->no_memory)
        return RHETOR_E_MEMORY;
    for (uint32_t i = 0; i < paragraph->sentences.count; i++) {
        if (view->cancel && *view->cancel)
            return RHETOR_E_CANCELLED;
        sentence_find(matcher, &paragraph->sentences.at[i]);
        if (matcher->no_memory)
            return RHETOR_E_MEMORY;
    }
    wide_find(matcher);
    return matcher->no_memory ? RHETOR_E_MEMORY : RHETOR_OK;
}
