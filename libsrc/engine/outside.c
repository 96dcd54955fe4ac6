/* outside.c: see outside.h. */
#include "engine/outside.h"

#include "figure/figure.h"

const char *const voice_device_names[3] = {"scripted-dialogue", "direct-quotation", "scare-quotes"};

void outside_fill(struct outside *out, struct outside_names *names)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < 3; i++)
        names->figures[count++] = voice_device_names[i];
    for (uint32_t i = 0; i < figure_count && count < OUTSIDE_MOST; i++)
        names->figures[count++] = figures[i].device;
    *out = (struct outside){.figures = names->figures, .figure_count = count,
                            .roles = figure_roles, .role_count = figure_role_count};
}
