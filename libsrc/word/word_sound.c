/* word_sound.c: the initial sound of a word, for alliteration: by rules over its first letters, the
 * longest beginning first. Classes are broad: "this" and "thing" agree, and so do the vowels of a
 * letter. */
#include <string.h>

#include "word.h"

#define VOWEL_A SOUND_VOWEL_A
#define VOWEL_E SOUND_VOWEL_E
#define VOWEL_I SOUND_VOWEL_I
#define VOWEL_O SOUND_VOWEL_O
#define VOWEL_U SOUND_VOWEL_U

/* Sorted by first letter; within one, the first that fits counts. '$' ends the word. */
static const struct rule {
    char begin[9];
    uint8_t sound;
} rules[] = {
    {"a", VOWEL_A},       {"b", SOUND_B},       {"cello", SOUND_CH},   {"celt", SOUND_K},
    {"czar", SOUND_Z},    {"cz", SOUND_CH},     {"ce", SOUND_S},       {"ci", SOUND_S},
    {"cy", SOUND_S},      {"cae", SOUND_S},     {"coe", SOUND_S},      {"chab", SOUND_SH},
    {"chag", SOUND_SH},   {"chais", SOUND_SH},  {"champag", SOUND_SH}, {"chand", SOUND_SH},
    {"chao", SOUND_K},    {"charac", SOUND_K},  {"charad", SOUND_SH},  {"charis", SOUND_K},
    {"charla", SOUND_SH}, {"chasm", SOUND_K},   {"chate", SOUND_SH},   {"chauf", SOUND_SH},
    {"chauv", SOUND_SH},  {"chef", SOUND_SH},   {"chem", SOUND_K},     {"chevr", SOUND_SH},
    {"chia", SOUND_K},    {"chic$", SOUND_SH},  {"chican", SOUND_SH},  {"chicag", SOUND_SH},
    {"chiro", SOUND_K},   {"chival", SOUND_SH}, {"chl", SOUND_K},      {"choir", SOUND_K},
    {"chole", SOUND_K},   {"chore$", SOUND_CH}, {"chores$", SOUND_CH}, {"chor", SOUND_K},
    {"chr", SOUND_K},     {"chut", SOUND_SH},   {"ch", SOUND_CH},      {"c", SOUND_K},
    {"dj", SOUND_J},      {"d", SOUND_D},       {"eu", SOUND_Y},       {"ewe", SOUND_Y},
    {"e", VOWEL_E},       {"f", SOUND_F},       {"gh", SOUND_G},       {"gn", SOUND_N},
    {"gear", SOUND_G},    {"gecko", SOUND_G},   {"gee", SOUND_G},      {"geis", SOUND_G},
    {"gestalt", SOUND_G}, {"get", SOUND_G},     {"gey", SOUND_G},      {"gid", SOUND_G},
    {"gif", SOUND_G},     {"gig", SOUND_G},     {"gil", SOUND_G},      {"gim", SOUND_G},
    {"gird", SOUND_G},    {"girl", SOUND_G},    {"girt", SOUND_G},     {"giv", SOUND_G},
    {"giz", SOUND_G},     {"ge", SOUND_J},      {"gi", SOUND_J},       {"gy", SOUND_J},
    {"g", SOUND_G},       {"heir", VOWEL_E},    {"hones", VOWEL_O},    {"honor", VOWEL_O},
    {"honour", VOWEL_O},  {"hour", VOWEL_O},    {"h", SOUND_H},        {"i", VOWEL_I},
    {"jalap", SOUND_H},   {"junta", SOUND_H},   {"jung$", SOUND_Y},    {"j", SOUND_J},
    {"kn", SOUND_N},      {"k", SOUND_K},       {"l", SOUND_L},        {"mn", SOUND_N},
    {"m", SOUND_M},       {"n", SOUND_N},       {"once", SOUND_W},     {"one$", SOUND_W},
    {"oneself", SOUND_W}, {"ones$", SOUND_W},   {"one-", SOUND_W},     {"one'", SOUND_W},
    {"oui", SOUND_W},     {"o", VOWEL_O},       {"ph", SOUND_F},       {"pf", SOUND_F},
    {"pn", SOUND_N},      {"ps", SOUND_S},      {"pt", SOUND_T},       {"p", SOUND_P},
    {"q", SOUND_K},       {"r", SOUND_R},       {"sugar", SOUND_SH},   {"sure", SOUND_SH},
    {"schn", SOUND_SH},   {"schm", SOUND_SH},   {"schw", SOUND_SH},    {"sh", SOUND_SH},
    {"s", SOUND_S},       {"thai", SOUND_T},    {"thames", SOUND_T},   {"thomas", SOUND_T},
    {"thompso", SOUND_T}, {"theresa", SOUND_T}, {"thyme", SOUND_T},    {"th", SOUND_TH},
    {"tsar", SOUND_Z},    {"ts", SOUND_S},      {"t", SOUND_T},        {"ubi", SOUND_Y},
    {"ufo", SOUND_Y},     {"ugand", SOUND_Y},   {"uk", SOUND_Y},       {"ukule", SOUND_Y},
    {"uni$", SOUND_Y},    {"unin", VOWEL_U},    {"unim", VOWEL_U},     {"unid", VOWEL_U},
    {"unill", VOWEL_U},   {"unir", VOWEL_U},    {"uni", SOUND_Y},      {"uran", SOUND_Y},
    {"ure", SOUND_Y},     {"uri", SOUND_Y},     {"urug", SOUND_Y},     {"usa", SOUND_Y},
    {"use", SOUND_Y},     {"usi", SOUND_Y},     {"usu", SOUND_Y},      {"ute", SOUND_Y},
    {"uti", SOUND_Y},     {"uto", SOUND_Y},     {"u", VOWEL_U},        {"v", SOUND_V},
    {"wr", SOUND_R},      {"whol", SOUND_H},    {"whor", SOUND_H},     {"who", SOUND_H},
    {"w", SOUND_W},       {"x", SOUND_Z},       {"ya", SOUND_Y},       {"ye", SOUND_Y},
    {"yi", SOUND_Y},      {"yo", SOUND_Y},      {"yu", SOUND_Y},       {"y", VOWEL_I},
    {"z", SOUND_Z},
};

enum { RULE_COUNT = sizeof rules / sizeof *rules };

static bool rule_fits(const struct rule *rule, const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof rule->begin && rule->begin[i]; i++) {
        if (rule->begin[i] == '$')
            return i == length;
        if (i == length || rule->begin[i] != text[i])
            return false;
    }
    return true;
}

uint8_t word_sound(const char *folded, size_t length)
{
    if (length && *folded == '\'') {
        folded++;
        length--;
    }
    if (length == 0)
        return SOUND_NONE;
    if (length > 1 && (unsigned char)folded[0] == 0xC3) { /* Latin-1 letters with a mark */
        unsigned char c = (unsigned char)folded[1];
        return c >= 0xA0 && c <= 0xA6   ? VOWEL_A
               : c == 0xA7              ? SOUND_S
               : c >= 0xA8 && c <= 0xAB ? VOWEL_E
               : c >= 0xAC && c <= 0xAF ? VOWEL_I
               : c == 0xB1              ? SOUND_N
               : c >= 0xB2 && c <= 0xB8 ? VOWEL_O
               : c >= 0xB9 && c <= 0xBC ? VOWEL_U
                                        : SOUND_NONE;
    }
    int low = 0, high = RULE_COUNT; /* the first rule of the letter */
    while (low < high) {
        int middle = (low + high) / 2;
        if (rules[middle].begin[0] < folded[0])
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < RULE_COUNT && rules[low].begin[0] == folded[0]; low++)
        if (rule_fits(&rules[low], folded, length))
            return rules[low].sound;
    return SOUND_NONE;
}

uint8_t word_stress_sound(const char *folded, size_t length)
{
    static const char weak[][4] = {"un", "dis", "mis", "be", "a"};
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
        size_t n = strlen(weak[i]);
        if (length < n + 4 || memcmp(folded, weak[i], n))
            continue;
        struct word_info rest;
        word_lookup(folded + n, length - n, &rest);
        if (!(rest.closed & WORD_UNKNOWN) && (rest.freq[0] || rest.freq[1] || rest.freq[2]))
            return word_sound(folded + n, length - n);
    }
    return word_sound(folded, length);
}
