#include "figure/clause.h"

bool polyptoton_find(struct figure_view *view)
{
    (void)view;
    return true;
}
