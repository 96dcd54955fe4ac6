/* pos.c: see pos.h. Each token has a few candidates: what the table knows of the word, weighed by
 * how often it was so. A table says how well two neighbours go together. The best path over the
 * sentence wins (Viterbi), and the distance to the best path through another part of speech gives
 * the confidence. */
#include "word/pos.h"

#include <string.h>

/* Finer than the parts of speech where neighbours tell: nouns by number, verbs by form, pronouns by
 * case. */
enum state {
    START,
    NN,
    NS,
    V0,
    VZ,
    VD,
    VN,
    VG,
    A,
    R,
    NAME,
    GEN,
    PRS,
    PRO,
    POSS,
    DET,
    PREP,
    TO,
    CC,
    SUB,
    MD,
    BE,
    HAVE,
    DO,
    NEG,
    WH,
    NUM,
    INTJ,
    PART,
    BRK,
    STATES
};

/* Scores are in quarters of a bit: +4 doubles the odds. fit[left][right] is how much more often the
 * two stand together than their frequencies say. */
static const int8_t fit[STATES][STATES] = {
    [START] = {[NN] = -4, [NS] = 1, [V0] = -3, [VZ] = -14,  [VD] = -12,   [VN] = -3,   [VG] = 0,
               [A] = -1,  [R] = 3,  [PRS] = 6, [PRO] = -6,  [POSS] = 3,   [DET] = 5,   [PREP] = 2,
               [TO] = -1, [CC] = 3, [SUB] = 4, [MD] = -2,   [BE] = -3,    [HAVE] = -4, [DO] = -1,
               [NEG] = 0, [WH] = 4, [NUM] = 0, [INTJ] = 10, [PART] = -10, [NAME] = 2,  [GEN] = 0},
    [NN] = {[NN] = -1,  [NS] = -1,  [V0] = -9,   [VZ] = 5,   [VD] = 4,   [VN] = 0,    [VG] = -1,
            [A] = -8,   [R] = 1,    [NAME] = -5, [GEN] = -2, [PRS] = -3, [PRO] = -8,  [POSS] = -9,
            [DET] = -8, [PREP] = 4, [TO] = 2,    [CC] = 2,   [SUB] = 2,  [MD] = 5,    [BE] = 6,
            [HAVE] = 4, [DO] = 2,   [NEG] = -1,  [WH] = 3,   [NUM] = -5, [PART] = -2, [BRK] = 3},
    [NS] = {[NN] = -9,  [NS] = -6,  [V0] = 6,    [VZ] = -12, [VD] = 4,   [VN] = 1,    [VG] = 1,
            [A] = -6,   [R] = 2,    [NAME] = -6, [GEN] = -8, [PRS] = 0,  [PRO] = -7,  [POSS] = -8,
            [DET] = -6, [PREP] = 4, [TO] = 2,    [CC] = 3,   [SUB] = 2,  [MD] = 5,    [BE] = 6,
            [HAVE] = 5, [DO] = 4,   [NEG] = -1,  [WH] = 4,   [NUM] = -6, [PART] = -2, [BRK] = 3},
    [V0] = {[NN] = -3,    [NS] = 1,   [V0] = -14, [VZ] = -22, [VD] = -16, [VN] = -6,  [VG] = -2,
            [A] = 1,      [R] = 2,    [NAME] = 0, [GEN] = 0,  [PRS] = -1, [PRO] = 6,  [POSS] = 5,
            [DET] = 5,    [PREP] = 1, [TO] = 3,   [CC] = -1,  [SUB] = 3,  [MD] = -18, [BE] = -14,
            [HAVE] = -14, [DO] = -12, [NEG] = -2, [WH] = 3,   [NUM] = 1,  [PART] = 8, [BRK] = -1},
    [VZ] = {[NN] = -3,  [NS] = 0,  [V0] = -16, [VZ] = -22, [VD] = -18, [VN] = -6,  [VG] = -1,
            [A] = 2,    [R] = 3,   [NAME] = 1, [PRS] = -2, [PRO] = 6,  [POSS] = 5, [DET] = 5,
            [PREP] = 2, [TO] = 5,  [CC] = -2,  [SUB] = 3,  [MD] = -18, [BE] = -14, [HAVE] = -14,
            [DO] = -12, [NEG] = 0, [WH] = 3,   [NUM] = 1,  [PART] = 8, [BRK] = -1},
    [VD] = {[NN] = -4,  [NS] = 0,  [V0] = -16, [VZ] = -22, [VD] = -18, [VN] = -6,  [VG] = -1,
            [A] = 1,    [R] = 3,   [NAME] = 1, [PRS] = -1, [PRO] = 6,  [POSS] = 5, [DET] = 5,
            [PREP] = 3, [TO] = 4,  [CC] = -1,  [SUB] = 3,  [MD] = -18, [BE] = -14, [HAVE] = -14,
            [DO] = -12, [NEG] = 0, [WH] = 3,   [NUM] = 1,  [PART] = 8, [BRK] = 0},
    [VN] = {[NN] = 0,   [NS] = 1,   [V0] = -16,  [VZ] = -18, [VD] = -16, [VN] = -5,  [VG] = -2,
            [A] = -2,   [R] = 3,    [NAME] = -1, [PRS] = -6, [PRO] = 3,  [POSS] = 2, [DET] = 2,
            [PREP] = 6, [TO] = 5,   [CC] = 0,    [SUB] = 2,  [MD] = -12, [BE] = -12, [HAVE] = -12,
            [DO] = -12, [NEG] = -4, [WH] = 1,    [NUM] = -1, [PART] = 8, [BRK] = 2},
    [VG] = {[NN] = -1,  [NS] = 3,   [V0] = -16, [VZ] = -10, [VD] = -10, [VN] = -5,  [VG] = -6,
            [A] = 2,    [R] = 2,    [NAME] = 0, [PRS] = -8, [PRO] = 6,  [POSS] = 6, [DET] = 5,
            [PREP] = 3, [TO] = 4,   [CC] = -1,  [SUB] = 2,  [MD] = -6,  [BE] = -4,  [HAVE] = -8,
            [DO] = -10, [NEG] = -6, [WH] = 2,   [NUM] = 1,  [PART] = 8, [BRK] = 0},
    [A] = {[NN] = 7,    [NS] = 7,   [V0] = -12,  [VZ] = -10, [VD] = -10, [VN] = -4,   [VG] = -2,
           [A] = 0,     [R] = -4,   [NAME] = -2, [GEN] = 6,  [PRS] = -8, [PRO] = -10, [POSS] = -12,
           [DET] = -10, [PREP] = 1, [TO] = 4,    [CC] = 2,   [SUB] = 1,  [MD] = -6,   [BE] = -6,
           [HAVE] = -8, [DO] = -8,  [NEG] = -10, [WH] = -4,  [NUM] = -4, [PART] = -6, [BRK] = 2},
    [R] = {[NN] = -11, [NS] = -9,  [V0] = 1,    [VZ] = 2,   [VD] = 3,  [VN] = 4,    [VG] = 2,
           [A] = 5,    [R] = 3,    [NAME] = -6, [GEN] = -8, [PRS] = 2, [PRO] = -4,  [POSS] = 0,
           [DET] = 1,  [PREP] = 1, [TO] = 1,    [CC] = -1,  [SUB] = 2, [MD] = 1,    [BE] = 2,
           [HAVE] = 1, [DO] = 1,   [NEG] = 2,   [WH] = 0,   [NUM] = 2, [PART] = -2, [BRK] = 3},
    [NAME] = {[NN] = -3,  [NS] = -3,  [V0] = -10,  [VZ] = 5,  [VD] = 6,   [VN] = -2,   [VG] = -2,
              [A] = -7,   [R] = 1,    [NAME] = 10, [GEN] = 6, [PRS] = -6, [PRO] = -8,  [POSS] = -8,
              [DET] = -8, [PREP] = 2, [TO] = 0,    [CC] = 3,  [SUB] = 1,  [MD] = 5,    [BE] = 5,
              [HAVE] = 5, [DO] = 3,   [NEG] = -1,  [WH] = 2,  [NUM] = 2,  [PART] = -6, [BRK] = 4},
    [GEN] = {[NN] = 8,     [NS] = 6,    [V0] = -24,   [VZ] = -24, [VD] = -20,  [VN] = 0,
             [VG] = 0,     [A] = 5,     [R] = -4,     [NAME] = 2, [PRS] = -24, [PRO] = -20,
             [POSS] = -20, [DET] = -14, [PREP] = -10, [TO] = -12, [CC] = -8,   [SUB] = -12,
             [MD] = -14,   [BE] = -10,  [HAVE] = -14, [DO] = -16, [WH] = -16,  [NUM] = 2,
             [PART] = -20, [BRK] = -4},
    [PRS] = {[NN] = -24,  [NS] = -24,   [V0] = 8,     [VZ] = 6,     [VD] = 8,    [VN] = -12,
             [VG] = -14,  [A] = -18,    [R] = 3,      [NAME] = -16, [GEN] = -24, [PRS] = -10,
             [PRO] = -12, [POSS] = -18, [DET] = -14,  [PREP] = -10, [TO] = -14,  [CC] = -4,
             [SUB] = -8,  [MD] = 9,     [BE] = 9,     [HAVE] = 9,   [DO] = 7,    [NEG] = 2,
             [WH] = -6,   [NUM] = -14,  [PART] = -16, [BRK] = -4},
    [PRO] = {[NN] = -8,   [NS] = -8,  [V0] = 0,    [VZ] = -3,   [VD] = -4,  [VN] = -1,  [VG] = 2,
             [A] = 0,     [R] = 2,    [NAME] = -4, [GEN] = -10, [PRS] = 0,  [PRO] = -4, [POSS] = 0,
             [DET] = 1,   [PREP] = 4, [TO] = 5,    [CC] = 3,    [SUB] = 4,  [MD] = -1,  [BE] = -1,
             [HAVE] = -1, [DO] = -2,  [NEG] = 1,   [WH] = 4,    [NUM] = -4, [PART] = 5, [BRK] = 5},
    [POSS] = {[NN] = 8,    [NS] = 6,     [V0] = -24,   [VZ] = -26,   [VD] = -24, [VN] = 0,
              [VG] = 1,    [A] = 5,      [R] = -6,     [NAME] = 0,   [GEN] = 6,  [PRS] = -30,
              [PRO] = -20, [POSS] = -20, [DET] = -10,  [PREP] = -16, [TO] = -20, [CC] = -14,
              [SUB] = -16, [MD] = -20,   [BE] = -16,   [HAVE] = -18, [DO] = -20, [NEG] = -16,
              [WH] = -20,  [NUM] = 2,    [INTJ] = -16, [PART] = -20, [BRK] = -12},
    [DET] = {[NN] = 8,    [NS] = 4,     [V0] = -24,   [VZ] = -28,   [VD] = -24, [VN] = 1,
             [VG] = 0,    [A] = 6,      [R] = -1,     [NAME] = 2,   [GEN] = 7,  [PRS] = -28,
             [PRO] = -12, [POSS] = -10, [DET] = -7,   [PREP] = -12, [TO] = -18, [CC] = -16,
             [SUB] = -18, [MD] = -20,   [BE] = -16,   [HAVE] = -18, [DO] = -20, [NEG] = -12,
             [WH] = -16,  [NUM] = 4,    [INTJ] = -16, [PART] = -20, [BRK] = -14},
    [PREP] = {[NN] = 0,   [NS] = 3,   [V0] = -20,   [VZ] = -22,   [VD] = -22, [VN] = -6,
              [VG] = 5,   [A] = 2,    [R] = -5,     [NAME] = 4,   [GEN] = 4,  [PRS] = -22,
              [PRO] = 6,  [POSS] = 6, [DET] = 5,    [PREP] = -4,  [TO] = -16, [CC] = -12,
              [SUB] = -5, [MD] = -20, [BE] = -12,   [HAVE] = -12, [DO] = -16, [NEG] = -4,
              [WH] = 4,   [NUM] = 5,  [INTJ] = -12, [PART] = -10, [BRK] = -10},
    [TO] = {[NN] = -22,  [NS] = -24,   [V0] = 16,    [VZ] = -30,   [VD] = -28,  [VN] = -22,
            [VG] = -22,  [A] = -22,    [R] = -2,     [NAME] = -24, [GEN] = -24, [PRS] = -28,
            [PRO] = -24, [POSS] = -24, [DET] = -26,  [PREP] = -24, [TO] = -24,  [CC] = -16,
            [SUB] = -20, [MD] = -24,   [BE] = 12,    [HAVE] = 8,   [DO] = 4,    [NEG] = 0,
            [WH] = -20,  [NUM] = -24,  [INTJ] = -20, [PART] = -20, [BRK] = -14},
    [CC] = {[NN] = 1,  [NS] = 2,    [V0] = -1,  [VZ] = 0,   [VD] = 0,  [VN] = 0,
            [VG] = 0,  [A] = 1,     [R] = 1,    [NAME] = 1, [PRS] = 1, [POSS] = 1,
            [DET] = 1, [PREP] = 0,  [TO] = 1,   [CC] = -12, [SUB] = 1, [MD] = -1,
            [BE] = -2, [PART] = -8, [BRK] = -5, [PRO] = 0,  [NEG] = 4, [WH] = 2},
    [SUB] = {[NN] = -2,   [NS] = 2,    [V0] = -8,  [VZ] = -5,  [VD] = -6,    [VN] = 0,   [VG] = -2,
             [A] = 0,     [R] = 1,     [NAME] = 2, [GEN] = 2,  [PRS] = 8,    [PRO] = -8, [POSS] = 4,
             [DET] = 5,   [PREP] = -3, [TO] = -3,  [CC] = -10, [SUB] = -3,   [MD] = -6,  [BE] = -4,
             [HAVE] = -5, [DO] = -5,   [NEG] = 1,  [WH] = 0,   [PART] = -12, [BRK] = -4},
    [MD] =
        {[NN] = -15,  [NS] = -16, [V0] = 12,   [VZ] = -24,  [VD] = -22,   [VN] = -18,  [VG] = -18,
         [A] = -14,   [R] = 5,    [NAME] = -6, [PRS] = 5,   [PRO] = -6,   [POSS] = -6, [DET] = -6,
         [PREP] = -8, [TO] = -6,  [CC] = -4,   [SUB] = -8,  [MD] = -16,   [BE] = 13,   [HAVE] = 10,
         [DO] = 4,    [NEG] = 11, [WH] = -8,   [NUM] = -14, [PART] = -14, [BRK] = -1},
    [BE] = {[NN] = -4,  [NS] = -5,  [V0] = -24, [VZ] = -22, [VD] = -20, [VN] = 8,   [VG] = 8,
            [A] = 7,    [R] = 5,    [NAME] = 0, [PRS] = 3,  [PRO] = -1, [POSS] = 2, [DET] = 4,
            [PREP] = 2, [TO] = 3,   [CC] = -4,  [SUB] = 2,  [MD] = -16, [BE] = 2,   [HAVE] = -16,
            [DO] = -16, [NEG] = 11, [WH] = 2,   [NUM] = 2,  [PART] = 0, [BRK] = -2},
    [HAVE] =
        {[NN] = -14,  [NS] = -14, [V0] = -24,  [VZ] = -22,  [VD] = -20,   [VN] = 12,    [VG] = -14,
         [A] = -14,   [R] = 6,    [NAME] = -6, [PRS] = 4,   [PRO] = -12,  [POSS] = -12, [DET] = -12,
         [PREP] = -8, [TO] = -10, [CC] = -6,   [SUB] = -8,  [MD] = -16,   [BE] = 12,    [HAVE] = 6,
         [DO] = 2,    [NEG] = 9,  [WH] = -10,  [NUM] = -14, [PART] = -12, [BRK] = -4},
    [DO] = {[NN] = -12,  [NS] = -10, [V0] = 10,  [VZ] = -24,  [VD] = -20,   [VN] = -18,  [VG] = -16,
            [A] = -12,   [R] = 3,    [NAME] = 0, [PRS] = 9,   [PRO] = -8,   [POSS] = -1, [DET] = -1,
            [PREP] = -5, [TO] = -10, [CC] = -4,  [SUB] = -5,  [MD] = -16,   [BE] = -12,  [HAVE] = 4,
            [DO] = 4,    [NEG] = 12, [WH] = -8,  [NUM] = -10, [PART] = -12, [BRK] = -1},
    [NEG] = {[NN] = -5,  [NS] = -4,  [V0] = 7,    [VZ] = -8, [VD] = -3,   [VN] = 6,   [VG] = 4,
             [A] = 3,    [R] = 4,    [NAME] = -4, [PRS] = 0, [PRO] = 0,   [POSS] = 1, [DET] = 3,
             [PREP] = 2, [TO] = 5,   [CC] = -2,   [SUB] = 3, [MD] = -4,   [BE] = 6,   [HAVE] = 4,
             [DO] = 1,   [NEG] = -4, [WH] = 0,    [NUM] = 0, [PART] = -8, [BRK] = 2},
    [WH] = {[NN] = -3,   [NS] = -1,  [V0] = 1,   [VZ] = 5,   [VD] = 5,     [VN] = -8,  [VG] = -10,
            [A] = 0,     [R] = 1,    [NAME] = 1, [PRS] = 7,  [PRO] = -10,  [POSS] = 2, [DET] = 3,
            [PREP] = -4, [TO] = 3,   [CC] = -6,  [SUB] = -6, [MD] = 6,     [BE] = 7,   [HAVE] = 6,
            [DO] = 6,    [NEG] = -4, [WH] = -10, [NUM] = -4, [PART] = -12, [BRK] = -1},
    [NUM] = {[NN] = 3,     [NS] = 8,   [V0] = -14,   [VZ] = -10,  [VD] = -4,  [VN] = -6,
             [VG] = -6,    [A] = 2,    [R] = -3,     [NAME] = -1, [PRS] = -8, [PRO] = -12,
             [POSS] = -10, [DET] = -8, [PREP] = 2,   [CC] = 1,    [SUB] = -4, [MD] = -2,
             [BE] = -2,    [NUM] = 6,  [PART] = -10, [BRK] = 3},
    [INTJ] = {[NN] = -8,
              [NS] = -8,
              [V0] = -4,
              [VZ] = -12,
              [VD] = -12,
              [VN] = -12,
              [VG] = -10,
              [A] = -10,
              [DET] = -8,
              [PREP] = -10,
              [INTJ] = 6,
              [BRK] = 10,
              [NAME] = 0},
    [PART] = {[NN] = -5, [NS] = 0,    [V0] = -12, [VZ] = -14, [VD] = -14, [VN] = -10,   [VG] = -4,
              [A] = 0,   [R] = 0,     [PRS] = -8, [PRO] = 2,  [POSS] = 3, [DET] = 3,    [PREP] = 4,
              [TO] = 3,  [CC] = 2,    [SUB] = 2,  [MD] = -14, [BE] = -12, [HAVE] = -12, [DO] = -12,
              [NUM] = 0, [PART] = -4, [BRK] = 4,  [WH] = 0},
    [BRK] = {[NN] = -3,  [NS] = -1, [V0] = -3,  [VZ] = -4, [VD] = -3,  [VN] = -1,   [VG] = 2,
             [A] = -1,   [R] = 3,   [NAME] = 1, [PRS] = 4, [PRO] = -5, [POSS] = 1,  [DET] = 2,
             [PREP] = 1, [TO] = 0,  [CC] = 5,   [SUB] = 4, [MD] = -4,  [BE] = -4,   [HAVE] = -4,
             [DO] = -2,  [NEG] = 2, [WH] = 5,   [NUM] = 0, [INTJ] = 4, [PART] = -10}};

static const uint8_t state_pos[STATES] = {[START] = POS_OTHER,      [NN] = POS_NOUN,
                                          [NS] = POS_NOUN,          [V0] = POS_VERB,
                                          [VZ] = POS_VERB,          [VD] = POS_VERB,
                                          [VN] = POS_VERB,          [VG] = POS_VERB,
                                          [A] = POS_ADJECTIVE,      [R] = POS_ADVERB,
                                          [NAME] = POS_NAME,        [GEN] = POS_NOUN,
                                          [PRS] = POS_PRONOUN,      [PRO] = POS_PRONOUN,
                                          [POSS] = POS_DETERMINER,  [DET] = POS_DETERMINER,
                                          [PREP] = POS_PREPOSITION, [TO] = POS_PARTICLE,
                                          [CC] = POS_CONJUNCTION,   [SUB] = POS_CONJUNCTION,
                                          [MD] = POS_MODAL,         [BE] = POS_AUXILIARY,
                                          [HAVE] = POS_AUXILIARY,   [DO] = POS_AUXILIARY,
                                          [NEG] = POS_PARTICLE,     [WH] = POS_WH,
                                          [NUM] = POS_NUMBER,       [INTJ] = POS_INTERJECTION,
                                          [PART] = POS_PARTICLE,    [BRK] = POS_PUNCT};

static const uint8_t state_form[STATES] = {
    [NN] = WORD_BASE, [NS] = WORD_PLURAL,     [V0] = WORD_BASE, [VZ] = WORD_THIRD,
    [VD] = WORD_PAST, [VN] = WORD_PARTICIPLE, [VG] = WORD_ING};

/* Which state a closed-class bit makes a candidate, by the bit's number, and with what handicap. */
static const struct {
    uint8_t state;
    int8_t score;
} closed_states[] = {
    {DET, 0}, {POSS, 0},  {START, 0}, {PREP, 0},  {CC, 0},     {SUB, -1},
    {MD, 8},  {BE, 8},    {HAVE, 4},  {DO, 4},    {START, 0},  {WH, 2},
    {TO, 0},  {PART, -6}, {NUM, 4},   {START, 0}, {INTJ, -10}, {R, 0},
}; /* START: no state of its own */

enum {
    CANDIDATES = 10,
    STEP = 128,         /* candidates a token; tokens that are decided together */
    CLOSED_COUNT = 100, /* a closed reading weighs as much as an open one seen so often */
    OFTEN_ADVERB = 20,
    UNSEEN = -30,
    CAPITAL_COST = -20,
    HEADLINE_COST = -5,
    FIRST_NAME_COST = -22
};

struct candidate {
    uint8_t state, pos;
    int16_t score;
};

struct token_candidates {
    struct candidate at[CANDIDATES];
    int32_t forth[CANDIDATES], back[CANDIDATES]; /* best path up to, and from, each */
    unsigned count;
};

static void candidate_add(struct token_candidates *token, int state, int pos, int score)
{
    for (unsigned i = 0; i < token->count; i++)
        if (token->at[i].state == state && token->at[i].pos == pos) {
            if (token->at[i].score < score)
                token->at[i].score = (int16_t)score;
            return;
        }
    if (token->count < CANDIDATES)
        token->at[token->count++] =
            (struct candidate){(uint8_t)state, (uint8_t)pos, (int16_t)score};
}

/* 4 log2(n) of a 16-bit number, rounded down; 0 for 0 and 1. */
static int log_of(unsigned n)
{
    if (n < 2)
        return 0;
    int bits = n >> 8 ? 8 : 0;
    bits += n >> (bits + 4) ? 4 : 0;
    bits += n >> (bits + 2) ? 2 : 0;
    bits += n >> (bits + 1) & 1;
    unsigned quarter = bits >= 2 ? n >> (bits - 2) & 3 : (n << (2 - bits)) & 3;
    return 4 * bits + (int)quarter;
}

/* `most`: log_of the most frequent reading, -1 where none was ever seen. */
static int seen_score(unsigned freq, int most)
{
    if (most < 0)
        return 0;
    int score = (freq ? log_of(freq) : -4) - most;
    return score < UNSEEN ? UNSEEN : score;
}

/* Open readings, each in the states that its form allows. */
static void open_add(struct token_candidates *token, const struct word_info *info, int most,
                     int cost)
{
    static const uint8_t verb_states[] = {V0, VZ, VD, VN, VG};
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++) {
        unsigned form = info->form[pos];
        if (!form)
            continue;
        int score = seen_score(info->freq[pos], most) + cost;
        if (most < 0 && (pos == WORD_VERB || pos == WORD_ADJECTIVE))
            score -= 3;
        switch (pos) {
        case WORD_NOUN:
            if (info->closed & WORD_GENITIVE) {
                candidate_add(token, GEN, POS_NOUN, score);
                break;
            }
            if (form & WORD_BASE)
                candidate_add(token, NN, POS_NOUN, score);
            if (form & WORD_PLURAL)
                candidate_add(token, NS, POS_NOUN, score);
            break;
        case WORD_VERB:
            for (int i = 0; i < 5; i++)
                if (form >> i & 1)
                    candidate_add(token, verb_states[i], POS_VERB,
                                  score - (form & (form - 1) ? 2 : 0));
            break;
        default:
            candidate_add(token, pos == WORD_ADJECTIVE ? A : R, pos, score);
        }
    }
}

static void pronoun_add(struct token_candidates *token, const struct word_info *info, int cost)
{
    if (info->closed & WORD_GENITIVE) {
        candidate_add(token, GEN, POS_PRONOUN, cost);
        return;
    }
    if (info->pronoun & WORD_SUBJECT)
        candidate_add(token, PRS, POS_PRONOUN, cost);
    if (info->pronoun & (WORD_OBJECT | WORD_REFLEXIVE | WORD_OWNER) || !info->pronoun)
        candidate_add(token, PRO, POS_PRONOUN, cost);
}

/* "it's", "they'll", "don't": the second word tells what follows, the first what it is. */
static void contraction_add(struct token_candidates *token, const struct word_info *info)
{
    int pos = info->closed & WORD_WH                                             ? POS_WH
              : info->closed & (WORD_PRONOUN | WORD_DETERMINER) || info->pronoun ? POS_PRONOUN
              : info->closed & WORD_FUNCTION_ADVERB                              ? POS_ADVERB
                                                                                 : -1;
    if (info->form[WORD_VERB] &&
        !(info->closed & (WORD_NEGATION | WORD_DO | WORD_HAVE))) { /* let's */
        candidate_add(token, MD, POS_VERB, 0);
        return;
    }
    static const struct {
        uint32_t closed;
        uint8_t state;
    } second[] = {{WORD_MODAL, MD}, {WORD_BE, BE}, {WORD_HAVE, HAVE}, {WORD_DO, DO}};
    for (size_t i = 0; i < 4; i++)
        if (info->closed & second[i].closed)
            candidate_add(token, second[i].state, pos < 0 ? state_pos[second[i].state] : pos, 0);
}

static void word_candidates(struct token_candidates *token, const struct word_info *info,
                            unsigned flags, bool before_capital, bool headline)
{
    uint32_t closed = info->closed;
    unsigned most = 0;
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
        if (info->freq[pos] > most)
            most = info->freq[pos];
    if (closed & WORD_CONTRACTION) {
        contraction_add(token, info);
        if (token->count)
            return;
    }
    bool function = word_is_function(info) ||
                    closed & (WORD_PREPOSITION | WORD_NUMBER | WORD_PARTICLE | WORD_MODAL);
    bool capital = flags & POS_CAPITAL;
    int cost = 0;
    if (capital && !function) {
        /* A name, unless the sentence or a headline makes the capital. */
        int name_state = closed & WORD_GENITIVE ? GEN : NAME;
        bool likely = closed & (WORD_GIVEN | WORD_NATION | WORD_PROPER | WORD_UNKNOWN | WORD_MONTH |
                                WORD_DAY) ||
                      flags & POS_UPPER;
        int name_cost = 0;
        if (closed & WORD_DEMONYM) {
            name_cost = -8;
        } else if (headline) {
            name_cost = likely ? 0 : HEADLINE_COST;
        } else if (!(flags & POS_FIRST)) {
            cost = CAPITAL_COST;
        } else {
            name_cost = closed & WORD_TITLE && before_capital                   ? 0
                        : !likely                                               ? FIRST_NAME_COST
                        : most >= 10 && !(closed & (WORD_PROPER | WORD_NATION)) ? -14
                                                                                : 0;
            cost = likely && !(most >= 10) ? -8 : 0;
        }
        candidate_add(token, name_state, POS_NAME, name_cost);
    } else if (capital && flags & POS_UPPER && closed & WORD_NATION) {
        candidate_add(token, NAME, POS_NAME, 4);
    } else if (capital && closed & WORD_MONTH && !(flags & POS_FIRST)) {
        candidate_add(token, NAME, POS_NAME, 4);
    } else if (capital && closed & WORD_GIVEN) {
        candidate_add(token, NAME, POS_NAME, flags & POS_FIRST ? -12 : 0);
    }
    if (function && most < CLOSED_COUNT)
        most = CLOSED_COUNT;
    uint32_t rest =
        function ? closed & ((1u << sizeof closed_states / sizeof *closed_states) - 1) : 0;
    int top = most ? log_of(most) : -1, handicap = seen_score(CLOSED_COUNT, top);
    for (unsigned bit = 0; rest; bit++, rest >>= 1) {
        if (!(rest & 1) || closed_states[bit].state == START)
            continue;
        int state = closed_states[bit].state, score = closed_states[bit].score + handicap;
        if (state == PART && info->freq[WORD_ADVERB] >= OFTEN_ADVERB)
            score += 4; /* up, out; not in, by */
        if (((state == DET || state == SUB) && closed & WORD_WH) ||
            (state == CC && closed & WORD_PREPOSITION && (score -= 16) > 0) ||
            (state == R && info->form[WORD_ADVERB]))
            continue;
        candidate_add(token, state, state == POSS && closed & WORD_WH ? POS_WH : state_pos[state],
                      score);
    }
    if (closed & WORD_NEGATION &&
        !(closed & (WORD_DETERMINER | WORD_PRONOUN | WORD_PREPOSITION | WORD_CONJUNCTION |
                    WORD_MODAL | WORD_DO | WORD_HAVE | WORD_BE)))
        candidate_add(token, NEG, info->form[WORD_ADVERB] ? POS_ADVERB : POS_PARTICLE, 6);
    if (closed & WORD_WH && info->pronoun & WORD_SUBJECT && !(closed & WORD_DETERMINER))
        candidate_add(token, PRS, POS_WH, 6); /* who */
    if (closed & WORD_NUMBER && closed & WORD_PRONOUN)
        candidate_add(token, NN, POS_PRONOUN, 0); /* no one, a better one */
    if (closed & WORD_PRONOUN)
        pronoun_add(token, info,
                    closed & (WORD_DETERMINER | WORD_POSSESSIVE | WORD_NUMBER) ? -3 : 4);
    if (closed & WORD_INTERJECTION && !function)
        candidate_add(token, INTJ, POS_INTERJECTION, most >= 10 ? -10 : most ? -3 : 0);
    open_add(token, info, top, cost);
    if (token->count == 0)
        candidate_add(token, capital ? NAME : NN, capital ? POS_NAME : POS_NOUN, 0);
}

/* Most words begin with a capital: it says nothing. */
static bool is_headline(const uint8_t *flags, size_t n)
{
    size_t words = 0, capitals = 0;
    for (size_t i = 0; i < n; i++) {
        bool word = !(flags[i] & (POS_IS_NUMBER | POS_IS_PUNCT));
        words += word;
        capitals += word && flags[i] & POS_CAPITAL;
    }
    return words >= 4 && capitals * 10 >= words * 6;
}

/* 100 / (1 + 2^-(d/4)): the odds against the best path through another part of speech. */
static uint8_t confidence_of(int distance)
{
    static const uint8_t percent[] = {50, 54, 59, 63, 67, 70, 74, 77, 80, 83, 85, 87, 89, 91, 92,
                                      93, 94, 95, 96, 96, 97, 97, 98, 98, 98, 99, 99, 99, 99};
    return distance < (int)sizeof percent ? percent[distance < 0 ? 0 : distance] : 100;
}

struct step {
    struct token_candidates tokens[STEP];
    uint32_t rows[STEP]; /* of the sentence's tokens: punctuation inside a clause is passed over */
    size_t count;
};

/* Decides the tokens of a step; `left` is the state before it. Returns the last one's. */
static int step_decide(struct step *step, int left, const struct word_info *const *infos,
                       uint8_t *pos, uint8_t *confidence, uint8_t *form)
{
    const struct token_candidates *before = NULL;
    for (size_t i = 0; i < step->count; before = &step->tokens[i++]) {
        struct token_candidates *token = &step->tokens[i];
        for (unsigned c = 0; c < token->count; c++) {
            int best = before ? INT16_MIN * 256 : fit[left][token->at[c].state];
            for (unsigned b = 0; before && b < before->count; b++) {
                int score = before->forth[b] + fit[before->at[b].state][token->at[c].state];
                best = score > best ? score : best;
            }
            token->forth[c] = best + token->at[c].score;
        }
    }
    int state = left;
    for (size_t i = step->count; i-- > 0;) {
        struct token_candidates *token = &step->tokens[i];
        const struct token_candidates *after = i + 1 < step->count ? &step->tokens[i + 1] : NULL;
        unsigned chosen = 0;
        for (unsigned c = 0; c < token->count; c++) {
            int best = after ? INT16_MIN * 256 : 0;
            for (unsigned a = 0; after && a < after->count; a++) {
                int score = after->back[a] + after->at[a].score +
                            fit[token->at[c].state][after->at[a].state];
                best = score > best ? score : best;
            }
            token->back[c] = best;
            if (token->forth[c] + best > token->forth[chosen] + token->back[chosen])
                chosen = c;
        }
        int distance = 1000;
        for (unsigned c = 0; c < token->count; c++)
            if (token->at[c].pos != token->at[chosen].pos) {
                int d =
                    token->forth[chosen] + token->back[chosen] - token->forth[c] - token->back[c];
                distance = d < distance ? d : distance;
            }
        uint32_t row = step->rows[i];
        const struct word_info *info = infos[row];
        int decided = token->at[chosen].state;
        pos[row] = token->at[chosen].pos;
        confidence[row] = confidence_of(distance);
        if (info->closed & WORD_UNKNOWN && confidence[row] > 80)
            confidence[row] = 80;
        if (form)
            form[row] =
                pos[row] == POS_AUXILIARY ? info->form[WORD_VERB] & 31 : state_form[decided];
        if (i + 1 == step->count)
            state = decided;
    }
    return state;
}

void pos_tag_forms(const struct word_info *const *infos, const uint8_t *flags, size_t n,
                   uint8_t *pos, uint8_t *confidence, uint8_t *form)
{
    bool headline = is_headline(flags, n);
    struct step step;
    int state = START;
    step.count = 0;
    for (size_t i = 0; i < n; i++) {
        bool stop =
            flags[i] & POS_BREAK && !(i && i + 1 < n && infos[i - 1]->closed & WORD_ABBREVIATION);
        if (flags[i] & POS_IS_PUNCT && !stop) {
            pos[i] = POS_PUNCT;
            confidence[i] = 100;
            if (form)
                form[i] = 0;
            continue;
        }
        struct token_candidates *token = &step.tokens[step.count];
        token->count = 0;
        step.rows[step.count++] = (uint32_t)i;
        if (flags[i] & POS_IS_PUNCT)
            candidate_add(token, BRK, POS_PUNCT, 0);
        else if (flags[i] & POS_IS_NUMBER)
            candidate_add(token, NUM, POS_NUMBER, 0);
        else
            word_candidates(token, infos[i], flags[i], i + 1 < n && flags[i + 1] & POS_CAPITAL,
                            headline);
        if (step.count == STEP) {
            state = step_decide(&step, state, infos, pos, confidence, form);
            step.count = 0;
        }
    }
    step_decide(&step, state, infos, pos, confidence, form);
}

void pos_tag(const struct word_info *const *infos, const uint8_t *flags, size_t n, uint8_t *pos,
             uint8_t *confidence)
{
    pos_tag_forms(infos, flags, n, pos, confidence, NULL);
}

const char *pos_name(int pos)
{
    static const char *const names[POS_COUNT] = {
        "noun",       "verb",        "adjective",    "adverb", "name",      "pronoun",
        "determiner", "preposition", "conjunction",  "modal",  "auxiliary", "particle",
        "number",     "wh",          "interjection", "punct",  "other"};
    return pos >= 0 && pos < POS_COUNT ? names[pos] : NULL;
}
