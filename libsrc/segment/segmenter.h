/* segmenter.h: what cutting paragraphs needs beside them: ICU's break iterators, opened on first
 * need, and buffers that are kept. One a document; nothing is shared. Cost: opening is a few
 * allocations; an iterator is opened where the fast path first hands over. */
#ifndef RHETOR_SEGMENT_SEGMENTER_H
#define RHETOR_SEGMENT_SEGMENTER_H

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "segment/paragraph.h"

/* An abbreviation after which ICU's sentence iterator suppresses its break ("Mr."). */
struct exception {
    uint8_t length;
    bool dotted; /* a stop inside ("U.S."), or the beginning of such a one: ICU must say */
    char text[22];
};

/* A quotation mark of the paragraph at hand (segment/quotation.c). */
struct quotation_sign;

struct segmenter {
    const struct memory *memory;
    UBreakIterator *words, *sentences;
    UText text; /* over `flat` or a paragraph's own bytes */
    VEC(char) flat;
    VEC(uint32_t) breaks;             /* ends of sentences, white space behind them included */
    VEC(uint32_t) mended;             /* scratch of segment/join.c */
    VEC(struct exception) exceptions; /* grouped by the byte before the last */
    uint16_t exception_rows[257];     /* rows of group b: [b], [b + 1] */
    bool exceptions_known;            /* false: every sentence break is ICU's */
    VEC(struct quotation_sign) signs;
};

int32_t segmenter_open(const struct memory *memory, struct segmenter **out);
void segmenter_close(struct segmenter *segmenter); /* NULL is allowed */

/* The paragraph's bytes without the white space at its end. */
uint32_t paragraph_content(const struct paragraph *paragraph);

/* The first `length` bytes of the paragraph with a byte order mark at its start and each line end
 * in blanks; lent until the next call. NULL: no memory. */
const char *segmenter_flat(struct segmenter *segmenter, const struct paragraph *paragraph,
                           uint32_t length);

/* The iterator over `length` bytes of `text`; NULL: *status says why. */
enum segmenter_iterator { SEGMENT_WORDS, SEGMENT_SENTENCES };
UBreakIterator *segmenter_over(struct segmenter *segmenter, enum segmenter_iterator which,
                               const char *text, uint32_t length, int32_t *status);

/* White space as the library means it: Unicode's, NBSP included. */
bool segment_is_space(uint32_t c);

#endif
