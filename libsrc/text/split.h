/* split.h: cuts a text into paragraphs.
 * In: bytes, well-formed or not. Out: where each paragraph ends.
 * Invariant: paragraphs tile the text, each with its line ends and the blank lines behind it;
 * whether there is a cut between two lines depends on these two lines and the blank ones between
 * them alone. Cost: one pass. */
#ifndef RHETOR_TEXT_SPLIT_H
#define RHETOR_TEXT_SPLIT_H

#include <stdint.h>

/* How a paragraph stands in its text. */
enum paragraph_flag { PARAGRAPH_HEADING = 1, PARAGRAPH_ITEM = 2, PARAGRAPH_BLANK = 4 };

/* End of the paragraph that begins at `at` (at < length), and how it stands (enum paragraph_flag). Blank lines before the text's first words are a paragraph: PARAGRAPH_BLANK.
 */
uint32_t split_next(const char *bytes, uint32_t length, uint32_t at, uint8_t *flags);

#endif
