/* engine.h: compiled pattern sets, ready for documents.
 * In: options, and pattern sets over the built-in ones. Out: an engine. Invariant: nothing that an
 * analysis reads changes after building, so any number of threads may share it; what is spelled out
 * for readers (rule_texts) is made on first need under a lock. Cost: with the built-in sets alone
 * some allocations; a user's set is read, checked and compiled with them. */
#ifndef RHETOR_ENGINE_ENGINE_H
#define RHETOR_ENGINE_ENGINE_H

#include <pthread.h>
#include <stdatomic.h>

#include "cue/match.h"
#include "move/move.h"
#include "rhetor/rhetor.h"
#include "voice/voice.h"

struct rule_texts { const char *regex, *anchors, *conditions; };

struct rhetor_engine {
    atomic_uint references;
    struct memory memory;
    rhetor_options options;
    const struct rules *rules;       /* built-in, or own_rules */
    const struct moves *moves;
    struct rules own_rules;
    struct moves own_moves;
    struct programs *programs;
    struct voice_devices voice;
    struct voice_device *figures;    /* by row of figures[]; device UINT32_MAX: switched off */
    uint32_t *figure_roles;          /* by row of figure_roles[] */
    pthread_mutex_t lock;
    struct rule_texts *texts;        /* by rule; under the lock */
    struct arena arena;              /* of the texts */
};

/* An engine over rules and moves, which it takes over where they are its own (own_rules NULL: the
 * built-in ones). On failure they stay the caller's. */
int32_t engine_make(const rhetor_options *options, const struct memory *memory,
                    struct rules *own_rules, struct moves *own_moves, rhetor_engine **out);

/* What is asked of a pattern's match beyond the pattern, a line a fact, written as the set's keys are:
 * "scope: clause". As rules_show. */
uint32_t rule_conditions(const struct rules *rules, uint32_t pattern, char *out, uint32_t capacity);

/* The caller's options with every default put in; false: their size is 0. */
bool options_read(rhetor_options *out, const rhetor_options *given);
struct memory options_memory(const rhetor_options *options);

/* Fills the caller's error, where there is one; returns status. */
int32_t fail(rhetor_error *error, int32_t status, const char *advice, const char *format, ...);

#endif
