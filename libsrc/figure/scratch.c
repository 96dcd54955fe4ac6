/* scratch.c: opens and frees the buffers of scratch.h. */
#include "figure/scratch.h"

#include "rhetor/rhetor.h"

int32_t figure_scratch_open(const struct memory *memory, struct figure_scratch **out)
{
    struct figure_scratch *scratch = memory_zero(memory, sizeof *scratch);
    *out = scratch;
    if (!scratch)
        return RHETOR_E_MEMORY;
    scratch->memory = memory;
    return RHETOR_OK;
}

void figure_scratch_close(struct figure_scratch *scratch)
{
    if (!scratch)
        return;
    const struct memory *memory = scratch->memory;
    vec_free(memory, &scratch->pieces);
    vec_free(memory, &scratch->members);
    vec_free(memory, &scratch->parts);
    vec_free(memory, &scratch->rows);
    vec_free(memory, &scratch->slots);
    vec_free(memory, &scratch->places);
    vec_free(memory, &scratch->phrases);
    memory_give(memory, scratch);
}
