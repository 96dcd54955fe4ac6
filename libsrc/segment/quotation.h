/* quotation.h: pairs of quotation marks in a paragraph.
 * In: tokens, sentences, what the paragraph before left open (paragraph->in). Out:
 * paragraph->quotations without voice, speaker, addressee and frame; paragraph->out.open;
 * TOKEN_FIRST of the first word inside. Invariant: rows ascend by start, outermost first; no row
 * leaves its paragraph; an apostrophe and an inch or foot mark is no quotation mark. A row that is
 * open at the paragraph's end has RHETOR_QUOTATION_CONTINUES until quotation_settle. Cost: two
 * looks at each mark. */
#ifndef RHETOR_SEGMENT_QUOTATION_H
#define RHETOR_SEGMENT_QUOTATION_H

#include "segment/segmenter.h"

int32_t quotations_find(struct segmenter *segmenter, struct paragraph *paragraph);

/* Whether a paragraph of these bytes goes on with what `paragraph` leaves open: it begins with the
 * same mark. False for NULL. */
bool quotation_goes_on(const struct paragraph *paragraph, const char *next, uint32_t length);

/* To be called after quotations_find, when the next paragraph is known. Where it does not go on,
 * open rows end with the sentence in which they begin, and are flagged RHETOR_QUOTATION_UNCLOSED;
 * nothing stays open. */
void quotation_settle(struct paragraph *paragraph, bool goes_on);

#endif
