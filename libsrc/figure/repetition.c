#include "figure/repetition.h"
#include "figure/clause.h"

bool repetition_near_find(struct figure_view *view)
{
    (void)view;
    return true;
}
struct repetition { const struct memory *memory; };
int32_t repetition_open(const struct memory *memory, struct repetition **out)
{
    *out = memory_zero(memory, sizeof **out);
    if (!*out) return -2;
    (*out)->memory = memory;
    return 0;
}
void repetition_close(struct repetition *r) { if (r) memory_give(r->memory, r); }
int32_t repetition_add(struct repetition *r, const struct words *w, struct paragraph *p) { (void)r; (void)w; (void)p; return 0; }
void repetition_remove(struct repetition *r, struct paragraph *p) { (void)r; (void)p; }
int32_t repetition_find(struct repetition *r, const struct words *w, const struct paragraph *p, struct figure_view *v) { (void)r; (void)w; (void)p; (void)v; return 0; }
void repetition_touched(struct repetition *r, const struct paragraph *p, void (*touched)(void *user, struct paragraph *paragraph), void *user) { (void)r; (void)p; (void)touched; (void)user; }
