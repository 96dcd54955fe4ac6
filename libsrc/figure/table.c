/* table.c: every figure, a row each; and the names that their parts may have. */
#include "figure/clause.h"


const struct figure figures[] = {
    {"alliteration", false, alliteration_find},
    {"anadiplosis", true, anadiplosis_find},
    {"anaphora", true, anaphora_find},
    {"antithesis", false, antithesis_find},
    {"asyndeton", false, asyndeton_find},
    {"chiasmus", false, chiasmus_find},
    {"epistrophe", true, epistrophe_find},
    {"parallelism", false, parallelism_find},
    {"polyptoton", false, polyptoton_find},
    {"polysyndeton", false, polysyndeton_find},
    {"repetition", true, repetition_near_find},
    {"tricolon", false, tricolon_find},
};
const uint32_t figure_count = sizeof figures / sizeof *figures;

const char *const figure_roles[] = {"first", "second", "third", "member", "head", "end"};
const uint32_t figure_role_count = sizeof figure_roles / sizeof *figure_roles;
