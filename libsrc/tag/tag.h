/* tag.h: from what fired to tags: scores, exemptions, agreement, order.
 * In: a paragraph's tags as cues and figures gave them, and what antipatterns matched. Out: the
 * same array, exempted tags gone, agreeing ones merged, sorted. Invariant: two tags of one device
 * in one quotation (or in none) do not overlap. Cost: a sort; nothing is allocated but the
 * paragraph's arrays and the scratch, which are kept.
 *
 * Score.      The log-odds of a cue are those of its pattern's weight, plus its device's prior,
 *             plus what its conditions add or take; they are kept within +-4 (0.018 .. 0.982).
 * Exemption.  An antipattern that names devices takes out every tag of them that its match
 *             overlaps. One that names none takes out cues that its match covers by half or more,
 *             so that a set phrase in a quotation or a question does not take the whole of it out.
 * Agreement.  Overlapping tags of one device in one quotation (or in none) are one tag. Its span is
 *             the union, unless one is more than twice as long as the other: then the higher
 *             score's (the shorter's where they are equal). Its score is 1 - (1-p)(1-q), within
 *             the bounds above; of two tags of one rule, which are no two pieces of evidence, the
 *             higher. Rule, roles and kind are the higher score's; roles that it lacks are taken
 *             from the other.
 * Order.      By start, then by end descending, then by device, then by rule. */
#ifndef RHETOR_TAG_TAG_H
#define RHETOR_TAG_TAG_H

#include "segment/paragraph.h"

#define TAG_LOG_ODDS 4.0f      /* log-odds of a score are within +- this */
#define TAG_THRESHOLD 0.5f     /* where neither the device nor the options say one */
#define EXEMPT_ALL UINT32_MAX

/* What one match of an antipattern exempts: one device, or EXEMPT_ALL. */
struct exemption { uint32_t start, end, device; };

/* Kept by the document; zero-initialised. */
struct tag_scratch {
    VEC(struct exemption) exemptions; /* the matcher pushes, settling clears */
    VEC(struct role) roles;
};
void tag_scratch_free(struct tag_scratch *scratch, const struct memory *memory);

/* A paragraph's own tags (window: its tags that read neighbours, which no antipattern exempts).
 * unmerged: agreement is left out. RHETOR_OK, E_MEMORY. */
int32_t tags_settle(struct paragraph *paragraph, bool window, bool unmerged,
                    struct tag_scratch *scratch, const struct memory *memory);

float score_log_odds(float probability);
float score_of(float log_odds);

/* Whether a tag is shown. threshold: its device's, below 0 for none; min_score as in
 * rhetor_options: 0 the devices' own, below 0 all, else instead of theirs. */
bool tag_shown(float score, float threshold, float min_score);

#endif
