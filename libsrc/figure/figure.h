/* figure.h: what a figure detector gets and gives.
 *
 * A detector is one function in one file and one row in figure/table.c. It reads tokens (types, lemmas,
 * parts of speech), sentences and quotations of a paragraph and emits spans with a score and parts.
 * A local figure reads one paragraph; a wide one also its neighbours and emits only what begins in
 * the paragraph itself. Cost must be linear in the paragraph's length. */
#ifndef RHETOR_FIGURE_FIGURE_H
#define RHETOR_FIGURE_FIGURE_H

#include "word/intern.h"

enum { FIGURE_AROUND = 2 }; /* paragraphs before and after that a wide figure may read */

struct figure_part { const char *role; uint32_t start, end; }; /* bytes from the paragraph's first */

struct figure_view {
    const struct words *words;
    const struct paragraph *paragraph;
    const struct paragraph *before[FIGURE_AROUND]; /* [0] the nearest; NULL where there is none */
    const struct paragraph *after[FIGURE_AROUND];
    struct figure_scratch *scratch;                /* growable buffers, kept by the document */
    void *sink;
    /* Emits one figure; false: no memory (the detector returns at once). */
    bool (*emit)(void *sink, uint32_t start, uint32_t end, float score,
                 const struct figure_part *parts, uint32_t part_count);
};

/* The buffers that detectors share; figure/scratch.h for what is in them. */
int32_t figure_scratch_open(const struct memory *memory, struct figure_scratch **out);
void figure_scratch_close(struct figure_scratch *scratch); /* NULL is allowed */

typedef bool figure_find(struct figure_view *view); /* false: no memory */

struct figure {
    const char *device;   /* "anaphora": also the id of its rule, "figure/anaphora" */
    bool wide;
    figure_find *find;
};
extern const struct figure figures[];
extern const uint32_t figure_count;

/* Every name that a part may have. */
extern const char *const figure_roles[];
extern const uint32_t figure_role_count;

#endif
