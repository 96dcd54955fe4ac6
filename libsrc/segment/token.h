/* token.h: the words and punctuation of a paragraph.
 * In: paragraph bytes (well-formed UTF-8). Out: paragraph->tokens, all but type, pos, confidence,
 * sentence, TOKEN_FIRST and TOKEN_NAME. Invariant: token borders are those of ICU's word iterator
 * over the paragraph with its line ends in blanks; tokens ascend, do not overlap and leave out
 * white space only. Cost: a table look-up a byte. What stands between two blanks goes to ICU as a
 * whole where a character in it is none of ASCII, Latin letters up to U+024F and common typographic
 * signs. */
#ifndef RHETOR_SEGMENT_TOKEN_H
#define RHETOR_SEGMENT_TOKEN_H

#include "segment/segmenter.h"

int32_t tokens_find(struct segmenter *segmenter, struct paragraph *paragraph);

/* The same rows by ICU alone: what tokens_find is proved against. */
int32_t tokens_find_icu(struct segmenter *segmenter, struct paragraph *paragraph);

#endif
