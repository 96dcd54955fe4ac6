/* table.c: the model's moves, series and counts to rows. See table.h. */
#include "move/table.h"

#include <string.h>

#include "tag/tag.h"

struct builder {
    struct moves *moves;
    const struct numbers *numbers;
    const struct memory *memory;
    bool no_memory;
};

/* A device's or a rule's id as a target, marked as wanted; UINT32_MAX where it has no number. */
static uint32_t target_of(struct builder *builder, const char *id, uint8_t wanted)
{
    const struct numbers *numbers = builder->numbers;
    size_t length = strcspn(id, "/");
    char device[128];
    if (length >= sizeof device)
        return UINT32_MAX;
    memcpy(device, id, length);
    device[length] = 0;
    uint32_t row = numbers->device(numbers->user, device);
    uint32_t rule = id[length] ? numbers->rule(numbers->user, id) : 0;
    if (row == UINT32_MAX || rule == UINT32_MAX)
        return UINT32_MAX;
    while (builder->moves->wanted.count <= row && !builder->no_memory)
        builder->no_memory |= !vec_push(builder->memory, &builder->moves->wanted, 0);
    if (builder->no_memory)
        return UINT32_MAX;
    builder->moves->wanted.at[row] |= wanted;
    return id[length] ? rule | TARGET_RULE : row;
}

/* The targets of a list that have numbers, behind the others. */
static uint16_t put_targets(struct builder *builder, const struct text_list *list, uint8_t wanted)
{
    uint16_t count = 0;
    for (uint32_t i = 0; i < list->count && count < UINT16_MAX; i++) {
        uint32_t target = target_of(builder, list->at[i].text, wanted);
        if (target == UINT32_MAX)
            continue;
        builder->no_memory |= !vec_push(builder->memory, &builder->moves->targets, target);
        count++;
    }
    return count;
}

/* The part that "carrot.recipient" is about, and the role's number. */
static uint32_t part_named(const struct builder *builder, const struct move *move, const char *text,
                           uint32_t *role)
{
    size_t length = strcspn(text, ".");
    for (uint32_t i = 0; text[length] && i < move->part_count; i++)
        if (strlen(move->parts[i].name) == length && !strncmp(move->parts[i].name, text, length)) {
            *role = builder->numbers->role(builder->numbers->user, text + length + 1);
            return *role == UINT32_MAX ? UINT32_MAX : i;
        }
    return UINT32_MAX;
}

static void build_move(struct builder *builder, const struct device *device, uint32_t device_row,
                       const struct move *move)
{
    struct moves *moves = builder->moves;
    const struct numbers *numbers = builder->numbers;
    struct move_row row = {
        .device = device_row, .rule = numbers->rule(numbers->user, move->id),
        .log_odds = score_log_odds(move->weight) + device->prior, .within = move->within,
        .first_part = moves->parts.count, .first_pair = moves->pairs.count, .form = move->form,
        .reach = move->reach, .same_voice = move->same_voice,
        .part_count = (uint8_t)move->part_count};
    if (row.rule == UINT32_MAX)
        return;
    for (uint32_t i = 0; i < move->part_count; i++) {
        struct part_row part = {target_of(builder, move->parts[i].of.text, WANTED_PART),
                                numbers->role(numbers->user, move->parts[i].name)};
        if (part.target == UINT32_MAX || part.role == UINT32_MAX)
            goto left_out;
        builder->no_memory |= !vec_push(builder->memory, &moves->parts, part);
    }
    for (uint32_t i = 0; i + 1 < move->same_party.count; i += 2) {
        struct pair_row pair;
        for (uint32_t side = 0; side < 2; side++) {
            pair.part[side] = part_named(builder, move, move->same_party.at[i + side].text,
                                         &pair.role[side]);
            if (pair.part[side] == UINT32_MAX)
                goto left_out;
        }
        builder->no_memory |= !vec_push(builder->memory, &moves->pairs, pair);
        row.pair_count++;
    }
    row.first_target = moves->targets.count;
    row.unless_count = put_targets(builder, &move->unless, WANTED_FILTER);
    row.inside_count = put_targets(builder, &move->inside, WANTED_FILTER);
    row.not_inside_count = put_targets(builder, &move->not_inside, WANTED_FILTER);
    if (move->inside.count && !row.inside_count)
        return; /* inside what never stands */
    builder->no_memory |= !vec_push(builder->memory, &moves->moves, row);
    return;

left_out:
    moves->parts.count = row.first_part;
    moves->pairs.count = row.first_pair;
}

static void build_series(struct builder *builder, const struct device *device, uint32_t device_row,
                         const struct series *series)
{
    struct moves *moves = builder->moves;
    const struct numbers *numbers = builder->numbers;
    struct series_row row = {
        .device = device_row, .rule = numbers->rule(numbers->user, series->id),
        .log_odds = score_log_odds(series->weight) + device->prior, .words = series->words,
        .least = series->least, .most = series->most, .apart = series->apart,
        .tolerance = series->tolerance, .joiner = UINT32_MAX,
        .role = numbers->role(numbers->user, "member"), .unit = series->unit,
        .share = series->share};
    if (row.rule == UINT32_MAX || row.role == UINT32_MAX)
        return;
    if (series->joiner) {
        row.joiner = moves->text.count;
        for (const char *c = series->joiner;; c++) {
            char lower = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
            builder->no_memory |= !vec_push(builder->memory, &moves->text, lower);
            if (!*c)
                break;
        }
    }
    builder->no_memory |= !vec_push(builder->memory, &moves->series, row);
}

static void build_count(struct builder *builder, const struct device *device, uint32_t device_row,
                        const struct count_rule *count)
{
    struct moves *moves = builder->moves;
    const struct numbers *numbers = builder->numbers;
    struct count_row row = {
        .device = device_row, .rule = numbers->rule(numbers->user, count->id),
        .log_odds = score_log_odds(count->weight) + device->prior, .at_least = count->at_least,
        .at_most = count->at_most, .kinds = count->kinds, .per_words = count->per_words,
        .unit = count->unit, .first_target = moves->targets.count};
    if (row.rule == UINT32_MAX)
        return;
    row.target_count = put_targets(builder, &count->of, WANTED_COUNT);
    if (row.target_count >= row.kinds)
        builder->no_memory |= !vec_push(builder->memory, &moves->counts, row);
}

int32_t moves_build(struct moves *moves, const struct model *model, const struct numbers *numbers,
                    const struct memory *memory)
{
    struct builder builder = {moves, numbers, memory, false};
    for (uint32_t i = 0; i < model->devices.count; i++) {
        const struct device *device = &model->devices.at[i];
        uint32_t row = numbers->device(numbers->user, device->id);
        if (device->disabled || row == UINT32_MAX)
            continue;
        for (uint32_t n = 0; n < device->moves.count; n++)
            build_move(&builder, device, row, &device->moves.at[n]);
        for (uint32_t n = 0; n < device->series.count; n++)
            build_series(&builder, device, row, &device->series.at[n]);
        for (uint32_t n = 0; n < device->counts.count; n++)
            build_count(&builder, device, row, &device->counts.at[n]);
    }
    return builder.no_memory ? RHETOR_E_MEMORY : RHETOR_OK;
}

void moves_free(struct moves *moves, const struct memory *memory)
{
    vec_free(memory, &moves->moves);
    vec_free(memory, &moves->parts);
    vec_free(memory, &moves->pairs);
    vec_free(memory, &moves->series);
    vec_free(memory, &moves->counts);
    vec_free(memory, &moves->targets);
    vec_free(memory, &moves->wanted);
    vec_free(memory, &moves->text);
}
