/* sentence.h: the sentences of a paragraph.
 * In: bytes and tokens. Out: paragraph->sentences, and of tokens `sentence` and TOKEN_FIRST; a stop
 * that ends an abbreviation in mid-sentence loses TOKEN_BREAK. Invariant: before joining, breaks
 * are those of ICU's sentence iterator "en@ss=standard" over the paragraph with its line ends in
 * blanks; after it, segment/join.c has mended them; every token lies in exactly one sentence. No
 * sentence is much longer than SENTENCE_MAX bytes: a longer one is cut at the next clause break, or
 * at a blank. Cost: a look at each token; the characters around each stop. ICU is asked about what
 * follows abbreviations of several stops. */
#ifndef RHETOR_SEGMENT_SENTENCE_H
#define RHETOR_SEGMENT_SENTENCE_H

#include "segment/segmenter.h"

enum { SENTENCE_MAX = 2000 };

int32_t sentences_find(struct segmenter *segmenter, struct paragraph *paragraph);

/* Fill segmenter->breaks with the ends of ICU's sentences (white space behind them included; the
 * last is the content's end): the fast way, and ICU's own, against which it is proved. */
int32_t sentence_breaks(struct segmenter *segmenter, struct paragraph *paragraph);
int32_t sentence_breaks_icu(struct segmenter *segmenter, struct paragraph *paragraph);

/* Mends segmenter->breaks: takes away, moves and adds (segment/join.c). */
int32_t sentences_join(struct segmenter *segmenter, struct paragraph *paragraph);

#endif
