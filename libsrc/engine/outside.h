/* outside.h: what the rules must know of the detectors that are no patterns: those of figure/ and of voice/.
 * In: nothing. Out: their devices and roles, for cue/compile. */
#ifndef RHETOR_ENGINE_OUTSIDE_H
#define RHETOR_ENGINE_OUTSIDE_H

#include "cue/compile.h"

enum { OUTSIDE_MOST = 64 };
struct outside_names { const char *figures[OUTSIDE_MOST]; };

/* `out` borrows `names`, which must live as long. */
void outside_fill(struct outside *out, struct outside_names *names);

/* Devices of voice/, in the order of struct voice_devices. */
extern const char *const voice_device_names[3];

#endif
