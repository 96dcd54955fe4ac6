/* table.h: moves, series and counts as the engine holds them: flat rows of numbers, no pointers.
 * In: the model, and the numbers that the engine gave to its devices, rules and roles. Out: rows.
 * Invariant: every number in a row is valid; rows may be written to an image and read back as they
 * are. */
#ifndef RHETOR_MOVE_TABLE_H
#define RHETOR_MOVE_TABLE_H

#include "cue/set.h"

/* What a move asks for: a device's number, or a rule's with this bit. */
#define TARGET_RULE UINT32_C(0x80000000)

struct part_row { uint32_t target, role; };

/* Two roles that must name one party: role of the tag that fills part. */
struct pair_row { uint32_t part[2], role[2]; };

struct move_row {
    uint32_t device, rule;
    float log_odds;            /* of its weight, with the device's prior */
    uint32_t within;
    uint32_t first_part, first_pair, first_target;
    uint16_t pair_count;
    uint16_t unless_count, inside_count, not_inside_count; /* targets, in this order */
    uint8_t form, reach, same_voice, part_count;           /* enums of cue/set.h */
};

struct series_row {
    uint32_t device, rule;
    float log_odds;
    uint32_t words, least, most, apart;
    float tolerance;
    uint32_t joiner;           /* where it begins in text; UINT32_MAX: none */
    uint32_t role;             /* "member" */
    uint8_t unit, share, spare[2];
};

struct count_row {
    uint32_t device, rule;
    float log_odds;
    uint32_t at_least, at_most, kinds, per_words;
    uint32_t first_target, target_count;
    uint8_t unit, spare[3];
};

struct moves {                 /* zero-initialised */
    VEC(struct move_row) moves;
    VEC(struct part_row) parts;
    VEC(struct pair_row) pairs;
    VEC(struct series_row) series;
    VEC(struct count_row) counts;
    VEC(uint32_t) targets;
    VEC(uint8_t) wanted;       /* by device: enum wanted_bit */
    VEC(char) text;
};
enum wanted_bit { WANTED_PART = 1, WANTED_FILTER = 2, WANTED_COUNT = 4 };

/* The engine's numbers; UINT32_MAX for what has none (a rule that could not be compiled, a device
 * that is switched off). `role` gives a number to a name that has none yet. */
struct numbers {
    void *user;
    uint32_t (*device)(void *user, const char *id);
    uint32_t (*rule)(void *user, const char *id);
    uint32_t (*role)(void *user, const char *name);
};

/* After model_check. A move that asks for what has no number is left out: it could never stand. */
int32_t moves_build(struct moves *moves, const struct model *model, const struct numbers *numbers,
                    const struct memory *memory);
void moves_free(struct moves *moves, const struct memory *memory);

#endif
