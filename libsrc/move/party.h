/* party.h: whether two roles name the same party.
 * In: two roles with the bytes their offsets are in. Out: yes or no. Invariant: symmetric; a role
 * is the same party as itself. Cost: the length of the two texts.
 *
 * They are the same where both have a party and it is one; where their texts are equal but for case
 * and a determiner; where both are names (capitalised) with one last word ("General Brandt",
 * "Brandt"); where both are pronouns of one person and number ("you", "your"); and where one is a
 * pronoun of the third person whose party is not known and the other is no pronoun of another
 * person. */
#ifndef RHETOR_MOVE_PARTY_H
#define RHETOR_MOVE_PARTY_H

#include "segment/paragraph.h"

bool same_party(const struct role *a, const char *a_bytes, const struct role *b,
                const char *b_bytes);

#endif
