/* word_class.c: names of the class bits. The numbers are WordNet's lexicographer files
 * (lexnames(5)). */
#include <string.h>

#include "word.h"

static const char *const names[64] = {"a:all",
                                      "a:relational",
                                      "r:all",
                                      "n:tops",
                                      "n:act",
                                      "n:animal",
                                      "n:artifact",
                                      "n:attribute",
                                      "n:body",
                                      "n:cognition",
                                      "n:communication",
                                      "n:event",
                                      "n:feeling",
                                      "n:food",
                                      "n:group",
                                      "n:location",
                                      "n:motive",
                                      "n:object",
                                      "n:person",
                                      "n:phenomenon",
                                      "n:plant",
                                      "n:possession",
                                      "n:process",
                                      "n:quantity",
                                      "n:relation",
                                      "n:shape",
                                      "n:state",
                                      "n:substance",
                                      "n:time",
                                      "v:body",
                                      "v:change",
                                      "v:cognition",
                                      "v:communication",
                                      "v:competition",
                                      "v:consumption",
                                      "v:contact",
                                      "v:creation",
                                      "v:emotion",
                                      "v:motion",
                                      "v:perception",
                                      "v:possession",
                                      "v:social",
                                      "v:stative",
                                      "v:weather",
                                      "a:participle",
                                      [WORD_CLASS_NOUN] = "n",
                                      [WORD_CLASS_VERB] = "v",
                                      [WORD_CLASS_ADJECTIVE] = "a",
                                      [WORD_CLASS_ADVERB] = "r"};

int word_class_bit(const char *name, size_t length)
{
    for (int bit = 0; bit < 64; bit++)
        if (names[bit] && strlen(names[bit]) == length && !memcmp(names[bit], name, length))
            return bit;
    return -1;
}

const char *word_class_name(int bit)
{
    return bit >= 0 && bit < 64 ? names[bit] : NULL;
}
