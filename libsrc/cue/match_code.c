/* match_code.c: patterns compiled on first need, and again with JIT when they have run SLOW_RUNS
 * times: a short text touches many patterns once, and JIT costs five times what compiling does.
 * Threads may make one program at the same time; the first to store it wins, the others free
 * theirs. */
#include "cue/match_inside.h"

#include <string.h>

#include "cue/pattern.h"
#include "rhetor/rhetor.h"

struct programs {
    struct programs_view view;
    const struct memory *memory;
    _Atomic(struct program *) *at;
};

enum { SLOW_RUNS = 16 };

/* Stands for a pattern that PCRE2 refuses. */
static struct program refused;

static void *general_take(PCRE2_SIZE size, void *user)
{
    return memory_take(user, size);
}

static void general_give(void *block, void *user)
{
    memory_give(user, block);
}

int32_t programs_open(const struct rules *rules, const struct match_limits *limits,
                      const struct memory *memory, struct programs **out)
{
    struct programs *programs = memory_zero(memory, sizeof *programs);
    if (!programs)
        return RHETOR_E_MEMORY;
    programs->memory = memory;
    programs->view.rules = rules;
    if (limits)
        programs->view.limits = *limits;
    programs->view.general =
        pcre2_general_context_create(general_take, general_give, (void *)(uintptr_t)memory);
    programs->at = memory_zero(memory, (rules->patterns_count + 1) * sizeof *programs->at);
    if (!programs->view.general || !programs->at) {
        programs_close(programs);
        return RHETOR_E_MEMORY;
    }
    *out = programs;
    return RHETOR_OK;
}

static void program_free(const struct memory *memory, struct program *program)
{
    while (program && program != &refused) {
        struct program *older = program->older;
        pcre2_code_free(program->code);
        memory_give(memory, program);
        program = older;
    }
}

void programs_close(struct programs *programs)
{
    if (!programs)
        return;
    const struct memory *memory = programs->memory;
    for (uint32_t i = 0; programs->at && i < programs->view.rules->patterns_count; i++)
        program_free(memory, atomic_load_explicit(&programs->at[i], memory_order_relaxed));
    memory_give(memory, programs->at);
    pcre2_general_context_free(programs->view.general);
    memory_give(memory, programs);
}

const struct programs_view *programs_view(const struct programs *programs)
{
    return &programs->view;
}

static struct program *program_make(struct programs *programs, const struct pattern_row *row,
                                    bool fast, bool *no_memory)
{
    const struct rules *rules = programs->view.rules;
    const char *regex = rules->text + row->regex;
    uint32_t length = pattern_expand(regex, false, NULL, 0);
    char *whole = memory_take(programs->memory, length + 1);
    pcre2_compile_context *context = pcre2_compile_context_create(programs->view.general);
    struct program *program = NULL;
    uint32_t searched = row->bits & PATTERN_ANCHORED ? 0 : PCRE2_USE_OFFSET_LIMIT;
    *no_memory = true;
    if (whole && context) {
        int error;
        PCRE2_SIZE offset;
        pattern_expand(regex, false, whole, length + 1);
        pcre2_code *code =
            pcre2_compile((PCRE2_SPTR)whole, length, pattern_options(row->bits & PATTERN_CASE) | searched,
                          &error, &offset, context);
        uint32_t names = 0, size = 0;
        PCRE2_SPTR table = NULL;
        *no_memory = !code && error == PCRE2_ERROR_HEAP_FAILED;
        if (code) {
            pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &names);
            pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
            pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
            program =
                memory_zero(programs->memory, sizeof *program + names * sizeof *program->names);
            *no_memory = !program;
        }
        if (!program) {
            pcre2_code_free(code);
        } else {
            program->code = code;
            program->jit = fast;
            program->fast = fast && pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
            program->name_count = names;
            for (uint32_t i = 0; i < names; i++, table += size) {
                const char *name = (const char *)table + 2;
                program->names[i] =
                    (struct group_name){(uint32_t)table[0] << 8 | table[1],
                                        rules_role(rules, name, strlen(name)), name};
            }
        }
    }
    pcre2_compile_context_free(context);
    memory_give(programs->memory, whole);
    return program;
}

struct program *program_of(struct programs *programs, uint32_t pattern, bool fast, bool *no_memory)
{
    struct program *old = atomic_load_explicit(&programs->at[pattern], memory_order_acquire);
    if (old == &refused)
        return NULL;
    if (old && (old->jit || (!fast && atomic_fetch_add_explicit(&old->runs, 1,
                                                                memory_order_relaxed) < SLOW_RUNS)))
        return old;
    bool failed;
    struct program *program =
        program_make(programs, &programs->view.rules->patterns[pattern], old || fast, &failed);
    if (!program && (failed || old)) {
        *no_memory = true;
        return NULL;
    }
    if (!program)
        program = &refused;
    else
        program->older = old;
    struct program *first = old;
    if (!atomic_compare_exchange_strong_explicit(&programs->at[pattern], &first, program,
                                                 memory_order_acq_rel, memory_order_acquire)) {
        if (program != &refused)
            program->older = NULL;
        program_free(programs->memory, program);
        program = first;
    }
    return program == &refused ? NULL : program;
}
