/* party.c: see party.h. */
#include "move/party.h"

#include <string.h>

enum person { NO_PRONOUN, I, WE, YOU, HE, SHE, IT, THEY };

static const struct { const char *text; uint8_t person; } pronouns[] = {
    {"i", I}, {"me", I}, {"my", I}, {"mine", I}, {"myself", I},
    {"we", WE}, {"us", WE}, {"our", WE}, {"ours", WE}, {"ourselves", WE},
    {"you", YOU}, {"your", YOU}, {"yours", YOU}, {"yourself", YOU}, {"yourselves", YOU},
    {"he", HE}, {"him", HE}, {"his", HE}, {"himself", HE},
    {"she", SHE}, {"her", SHE}, {"hers", SHE}, {"herself", SHE},
    {"it", IT}, {"its", IT}, {"itself", IT},
    {"they", THEY}, {"them", THEY}, {"their", THEY}, {"theirs", THEY}, {"themselves", THEY},
};
static const char *const determiners[] = {"the", "a", "an", "our", "my", "your", "his", "her",
                                          "its", "their", "this", "that", "these", "those"};

struct stretch { const char *at; uint32_t length; };

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool same_text(struct stretch a, struct stretch b)
{
    if (a.length != b.length)
        return false;
    for (uint32_t i = 0; i < a.length; i++)
        if (fold(a.at[i]) != fold(b.at[i]))
            return false;
    return true;
}

static bool is_text(struct stretch a, const char *text)
{
    return same_text(a, (struct stretch){text, (uint32_t)strlen(text)});
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* The role's words without blanks, a genitive 's and punctuation around them. */
static struct stretch trim(const struct role *role, const char *bytes)
{
    const char *from = bytes + role->start, *to = bytes + role->end;
    while (from < to && (is_blank(*from) || strchr("\"'(", *from)))
        from++;
    while (to > from && (is_blank(to[-1]) || strchr("\"'),.;:!?", to[-1])))
        to--;
    if (to - from > 2 && to[-1] == 's' && to[-2] == '\'')
        to -= 2;
    else if (to - from > 4 && !memcmp(to - 4, "\xE2\x80\x99s", 4))
        to -= 4;
    return (struct stretch){from, (uint32_t)(to - from)};
}

static struct stretch without_determiner(struct stretch text)
{
    uint32_t n = 0;
    while (n < text.length && !is_blank(text.at[n]))
        n++;
    for (uint32_t i = 0; n < text.length && i < sizeof determiners / sizeof *determiners; i++)
        if (is_text((struct stretch){text.at, n}, determiners[i])) {
            while (n < text.length && is_blank(text.at[n]))
                n++;
            return (struct stretch){text.at + n, text.length - n};
        }
    return text;
}

static struct stretch last_word(struct stretch text)
{
    uint32_t n = 0;
    while (n < text.length && !is_blank(text.at[text.length - 1 - n]))
        n++;
    return (struct stretch){text.at + text.length - n, n};
}

static enum person person_of(struct stretch text)
{
    for (uint32_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++)
        if (is_text(text, pronouns[i].text))
            return (enum person)pronouns[i].person;
    return NO_PRONOUN;
}

/* A capital, also beyond ASCII: a byte of a longer character counts as one. */
static bool is_capital(struct stretch word)
{
    return word.length && ((word.at[0] >= 'A' && word.at[0] <= 'Z') || (word.at[0] & 0x80));
}

bool same_party(const struct role *a, const char *a_bytes, const struct role *b,
                const char *b_bytes)
{
    if (a->party && a->party == b->party)
        return true;
    struct stretch one = trim(a, a_bytes), two = trim(b, b_bytes);
    if (!one.length || !two.length)
        return false;
    enum person first = person_of(one), second = person_of(two);
    if (first && second && first == second)
        return !(first >= HE && a->party && b->party);
    if ((first >= HE && !a->party && !second) || (second >= HE && !b->party && !first))
        return true;
    if (first || second)
        return false;
    one = without_determiner(one);
    two = without_determiner(two);
    if (same_text(one, two))
        return true;
    struct stretch last = last_word(one), other = last_word(two);
    return is_capital(last) && is_capital(other) && same_text(last, other);
}
