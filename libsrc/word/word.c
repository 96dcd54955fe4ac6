/* word.c: see word.h. A word is sought as it stands, then as an irregular form, then by WordNet's
 * detachment rules; a word that is in no table is guessed from its beginning and ending. */
#include "word.h"

#include <string.h>

#include "word_table.h"

#define BIT(n) ((uint64_t)1 << (n))
#define BITS(from, to) ((BIT(to) << 1) - BIT(from))

/* The class bits of each part of speech. */
static const uint64_t pos_classes[WORD_OPEN_COUNT] = {
    BITS(3, 28) | BIT(WORD_CLASS_NOUN), BITS(29, 43) | BIT(WORD_CLASS_VERB),
    BITS(0, 1) | BIT(44) | BIT(WORD_CLASS_ADJECTIVE), BIT(2) | BIT(WORD_CLASS_ADVERB)};

/* How a lemma's uses fall to its forms, in sixteenths: [pos][0] the base, [1] third person, plural
 * or comparative, [2] past, participle or superlative, [3] -ing. */
static const uint8_t form_share[WORD_OPEN_COUNT][4] = {
    {11, 5, 0, 0}, {6, 2, 6, 2}, {16, 1, 1, 0}, {16, 1, 1, 0}};

static const uint32_t function_hard = WORD_DETERMINER | WORD_POSSESSIVE | WORD_PRONOUN |
                                      WORD_CONJUNCTION | WORD_MODAL | WORD_BE | WORD_HAVE |
                                      WORD_DO | WORD_NEGATION | WORD_WH | WORD_TO;
static const uint32_t function_soft = WORD_PREPOSITION | WORD_SUBORDINATOR | WORD_FUNCTION_ADVERB;

enum {
    CONTENT_COUNT = 15
}; /* a preposition seen so often as noun or verb (past, following) has content */

bool word_is_function(const struct word_info *info)
{
    if (info->closed & (WORD_BE | WORD_HAVE | WORD_DO | WORD_TO | WORD_POSSESSIVE))
        return true;
    if (info->freq[WORD_NOUN] >= CONTENT_COUNT || info->freq[WORD_VERB] >= CONTENT_COUNT)
        return false;
    return info->closed & (function_hard | function_soft);
}

static const struct word_row *row_find(const char *text, size_t length)
{
    uint32_t hash = word_hash(text, length);
    for (uint32_t at = hash & word_table.row_mask; word_table.rows[at].text;
         at = (at + 1) & word_table.row_mask) {
        const struct word_row *row = &word_table.rows[at];
        if (row->tag == (uint8_t)(hash >> 24) && row->length == length &&
            !memcmp(word_table.pool + row->text, text, length))
            return row;
    }
    return NULL;
}

static bool has_pos(const struct word_record *record, int pos)
{
    return record->classes & BIT(WORD_CLASS_NOUN + pos);
}

static unsigned share_of(int pos, unsigned form)
{
    unsigned column = form & WORD_BASE ? 0 : form & 2 ? 1 : form & (4 | 8) ? 2 : 3;
    return form_share[pos][column];
}

/* Adds a lemma's reading; the most frequent lemma stands for its part of speech. */
static void reading_add(struct word_info *out, const struct word_row *row, int pos, unsigned form)
{
    const struct word_record *record = &word_table.records[row->record];
    if (!has_pos(record, pos))
        return;
    unsigned freq = record->freq[pos] * share_of(pos, form) / 16;
    freq += freq == 0 && record->freq[pos];
    if (!out->form[pos] || freq > out->freq[pos]) {
        out->lemma[pos] = (struct word_lemma){word_table.pool + row->text, row->length};
        out->first_classes &= ~pos_classes[pos];
        out->first_classes |= record->first_classes & pos_classes[pos];
    }
    freq += out->freq[pos];
    out->freq[pos] = (uint16_t)(freq > 65535 ? 65535 : freq);
    out->form[pos] |= (uint8_t)form;
    out->classes |= record->classes & pos_classes[pos];
}

static void irregular_add(struct word_info *out, const char *text, size_t length)
{
    bool compared[WORD_OPEN_COUNT] = {false};
    uint32_t at = word_hash(text, length) & word_table.irregular_mask;
    for (; word_table.irregulars[at].form; at = (at + 1) & word_table.irregular_mask) {
        const struct word_irregular *irregular = &word_table.irregulars[at];
        if (irregular->form_length != length ||
            memcmp(word_table.pool + irregular->form, text, length))
            continue;
        const struct word_row *row =
            row_find(word_table.pool + irregular->lemma, irregular->lemma_length);
        if (!row)
            continue;
        int pos = irregular->pos;
        if (pos >= WORD_ADJECTIVE &&
            !compared[pos]) { /* "better" is of "good", though listed itself */
            compared[pos] = true;
            out->form[pos] = 0;
        }
        reading_add(out, row, pos, irregular->bits);
    }
}

/* WordNet's rules of detachment, and doubled consonants. */
enum { PLAIN, DOUBLED };
static const struct ending {
    char end[5], put[3];
    uint8_t pos, form, kind;
} endings[] = {
    {"s", "", WORD_NOUN, WORD_PLURAL, PLAIN},
    {"ses", "s", WORD_NOUN, WORD_PLURAL, PLAIN},
    {"xes", "x", WORD_NOUN, WORD_PLURAL, PLAIN},
    {"zes", "z", WORD_NOUN, WORD_PLURAL, PLAIN},
    {"ches", "ch", WORD_NOUN, WORD_PLURAL, PLAIN},
    {"shes", "sh", WORD_NOUN, WORD_PLURAL, PLAIN},
    {"oes", "o", WORD_NOUN, WORD_PLURAL, PLAIN},
    {"ies", "y", WORD_NOUN, WORD_PLURAL, PLAIN},
    {"men", "m", WORD_NOUN, WORD_PLURAL, PLAIN}, /* "man", see below */
    {"s", "", WORD_VERB, WORD_THIRD, PLAIN},
    {"es", "", WORD_VERB, WORD_THIRD, PLAIN},
    {"ies", "y", WORD_VERB, WORD_THIRD, PLAIN},
    {"ed", "e", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, PLAIN},
    {"ed", "", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, PLAIN},
    {"ed", "", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, DOUBLED},
    {"ied", "y", WORD_VERB, WORD_PAST | WORD_PARTICIPLE, PLAIN},
    {"ing", "e", WORD_VERB, WORD_ING, PLAIN},
    {"ing", "", WORD_VERB, WORD_ING, PLAIN},
    {"ing", "", WORD_VERB, WORD_ING, DOUBLED},
    {"ying", "ie", WORD_VERB, WORD_ING, PLAIN},
    {"er", "", WORD_ADJECTIVE, WORD_COMPARATIVE, PLAIN},
    {"er", "e", WORD_ADJECTIVE, WORD_COMPARATIVE, PLAIN},
    {"er", "", WORD_ADJECTIVE, WORD_COMPARATIVE, DOUBLED},
    {"ier", "y", WORD_ADJECTIVE, WORD_COMPARATIVE, PLAIN},
    {"est", "", WORD_ADJECTIVE, WORD_SUPERLATIVE, PLAIN},
    {"est", "e", WORD_ADJECTIVE, WORD_SUPERLATIVE, PLAIN},
    {"est", "", WORD_ADJECTIVE, WORD_SUPERLATIVE, DOUBLED},
    {"iest", "y", WORD_ADJECTIVE, WORD_SUPERLATIVE, PLAIN},
};

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

static unsigned vowel_groups(const char *text, size_t length)
{
    unsigned groups = 0;
    for (size_t i = 0; i < length; i++)
        groups += (is_vowel(text[i]) || (text[i] == 'y' && i)) && !(i && (is_vowel(text[i - 1])));
    return groups;
}

/* One vowel letter between consonants at the end: "stop", "travel". */
static bool ends_short(const char *text, size_t length)
{
    if (length < 3)
        return false;
    char last = text[length - 1], before = text[length - 3];
    return !is_vowel(last) && last >= 'a' && last <= 'z' && !strchr("wxyh", last) &&
           is_vowel(text[length - 2]) &&
           (!is_vowel(before) || (before == 'u' && length > 3 && text[length - 4] == 'q'));
}

static bool must_double(const char *text, size_t length)
{
    return ends_short(text, length) && vowel_groups(text, length) == 1;
}

static bool stem_of(const struct ending *ending, const char *text, size_t length, char *stem,
                    size_t *stem_length)
{
    size_t end = strlen(ending->end), put = strlen(ending->put);
    if (length + put < end + 2 || length <= end || memcmp(text + length - end, ending->end, end))
        return false;
    size_t kept = length - end;
    memcpy(stem, text, kept);
    if (ending->kind == DOUBLED) {
        if (kept < 4 || text[kept - 1] != text[kept - 2] || is_vowel(text[kept - 1]))
            return false;
        kept--;
    } else if (put == 0 && ending->end[0] != 's' && must_double(text, kept)) {
        return false; /* "hoping" is no form of "hop" */
    }
    memcpy(stem + kept, ending->put, put);
    *stem_length = kept + put;
    if (ending->end[0] == 'm') {
        memcpy(stem + kept, "man", 3);
        *stem_length = kept + 3;
    }
    return *stem_length >= 2 && vowel_groups(stem, *stem_length) > 0;
}

static bool ends_with(const char *text, size_t length, const char *end)
{
    size_t n = strlen(end);
    return length > n && !memcmp(text + length - n, end, n);
}

static void regular_add(struct word_info *out, const char *text, size_t length)
{
    char stem[WORD_MAX + 4];
    size_t stem_length;
    if (length < 4 && text[length - 1] != 's')
        return;
    if (!strchr("sdgrtn", text[length - 1]))
        return;
    bool noun = out->form[WORD_NOUN] & WORD_BASE;
    bool hissing = ends_with(text, length, "ss") ||
                   (noun && (ends_with(text, length, "us") || ends_with(text, length, "is")));
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const struct ending *ending = &endings[i];
        if (ending->end[strlen(ending->end) - 1] != text[length - 1] ||
            (hissing && ending->end[0] == 's') ||
            !stem_of(ending, text, length, stem, &stem_length))
            continue;
        const struct word_row *row = row_find(stem, stem_length);
        if (!row || !has_pos(&word_table.records[row->record], ending->pos))
            continue;
        /* An unseen lemma adds nothing to a word that stands for itself ("number" is no form of
         * "numb"). */
        if ((out->form[WORD_NOUN] | out->form[WORD_VERB] | out->form[WORD_ADJECTIVE]) & WORD_BASE &&
            ending->pos >= WORD_ADJECTIVE && word_table.records[row->record].freq[ending->pos] < 20)
            continue;
        if (word_table.records[row->record].closed & (WORD_BE | WORD_HAVE | WORD_DO) &&
            ending->end[0] == 'e')
            continue; /* "bed" */
        if (ending->pos == WORD_VERB && ending->form & word_table.records[row->record].strong)
            continue; /* "seed" is no form of "see" */
        if (out->closed & function_hard && ending->pos != WORD_VERB)
            continue; /* "was" */
        reading_add(out, row, ending->pos, ending->form);
    }
}

static void row_add(struct word_info *out, const struct word_row *row)
{
    const struct word_record *record = &word_table.records[row->record];
    out->closed |= record->closed;
    out->pronoun |= record->pronoun;
    out->gender |= record->gender;
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
        reading_add(out, row, pos, WORD_BASE);
}

/* The word as the table has it, inflected or not. */
static bool known_add(struct word_info *out, const char *text, size_t length)
{
    const struct word_row *row = row_find(text, length);
    if (row)
        row_add(out, row);
    bool function = out->closed & function_hard;
    if (!function || out->closed & (WORD_BE | WORD_HAVE | WORD_DO | WORD_DETERMINER))
        irregular_add(out, text, length);
    if (!function || out->closed & (WORD_BE | WORD_HAVE | WORD_DO))
        regular_add(out, text, length);
    return row || out->form[0] || out->form[1] || out->form[2] || out->form[3];
}

/* What the last letters say of a word that nobody listed; the first that fits counts. */
static const struct {
    char end[6];
    uint8_t cut; /* bytes to take off for the lemma */
    uint8_t pos, form, other, other_form;
} guesses[] = {
    {"ly", 0, WORD_ADVERB, WORD_BASE, WORD_ADJECTIVE, WORD_BASE},
    {"ness", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"tion", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"sion", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"ment", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"ity", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"ism", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"ship", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"hood", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"ist", 0, WORD_NOUN, WORD_BASE, WORD_ADJECTIVE, WORD_BASE},
    {"ous", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, 0},
    {"less", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, 0},
    {"ics", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"ings", 1, WORD_NOUN, WORD_PLURAL, WORD_NOUN, 0},
    {"ss", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"us", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"is", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"'s", 2, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
    {"izes", 1, WORD_VERB, WORD_THIRD, WORD_NOUN, 0},
    {"ises", 1, WORD_VERB, WORD_THIRD, WORD_NOUN, WORD_PLURAL},
    {"ifies", 0, WORD_VERB, WORD_THIRD, WORD_NOUN, 0},
    {"s", 1, WORD_NOUN, WORD_PLURAL, WORD_VERB, WORD_THIRD},
    {"ized", 1, WORD_VERB, WORD_PAST | WORD_PARTICIPLE, WORD_ADJECTIVE, WORD_BASE},
    {"ised", 1, WORD_VERB, WORD_PAST | WORD_PARTICIPLE, WORD_ADJECTIVE, WORD_BASE},
    {"ed", 2, WORD_VERB, WORD_PAST | WORD_PARTICIPLE, WORD_ADJECTIVE, WORD_BASE},
    {"ing", 3, WORD_VERB, WORD_ING, WORD_NOUN, WORD_BASE},
    {"ful", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, 0},
    {"ive", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, WORD_BASE},
    {"able", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, 0},
    {"ible", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, 0},
    {"ical", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, 0},
    {"al", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, WORD_BASE},
    {"ic", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, WORD_BASE},
    {"ish", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, 0},
    {"esque", 0, WORD_ADJECTIVE, WORD_BASE, WORD_NOUN, 0},
    {"ize", 0, WORD_VERB, WORD_BASE, WORD_NOUN, 0},
    {"ise", 0, WORD_VERB, WORD_BASE, WORD_NOUN, WORD_BASE},
    {"ify", 0, WORD_VERB, WORD_BASE, WORD_NOUN, 0},
    {"", 0, WORD_NOUN, WORD_BASE, WORD_NOUN, 0},
};

static void guess_add(struct word_info *out, const char *text, size_t length)
{
    size_t i = 0;
    while (guesses[i].end[0] && !(length > 4 && ends_with(text, length, guesses[i].end)))
        i++;
    const uint8_t pos[2] = {guesses[i].pos, guesses[i].other},
                  form[2] = {guesses[i].form, guesses[i].other_form};
    for (int j = 0; j < 2; j++) {
        if (!form[j])
            continue;
        size_t kept = length - (form[j] == WORD_BASE ? 0 : guesses[i].cut);
        if (form[j] & (WORD_PAST | WORD_ING) && pos[j] == WORD_VERB && kept > 3 &&
            text[kept - 1] == text[kept - 2] && !strchr("lsz", text[kept - 1]))
            kept--;
        out->form[pos[j]] = form[j];
        out->freq[pos[j]] = j ? 1 : 3;
        out->lemma[pos[j]] = (struct word_lemma){text, (uint8_t)kept};
        out->classes |= BIT(WORD_CLASS_NOUN + pos[j]);
    }
}

static const char prefixes[][8] = {"un",  "re",    "non",   "over",  "mis",     "anti",  "pre",
                                   "co",  "sub",   "inter", "super", "counter", "out",   "under",
                                   "dis", "ultra", "post",  "semi",  "self",    "micro", "de"};

/* "unhelpfully", "reelects": known but for its beginning. */
static bool prefixed_add(struct word_info *out, const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t n = strlen(prefixes[i]);
        if (length < n + 4 || memcmp(text, prefixes[i], n))
            continue;
        struct word_info rest = {0};
        if (!known_add(&rest, text + n, length - n) ||
            rest.closed & (function_hard | function_soft))
            continue;
        bool any = false;
        for (int pos = 0; pos < WORD_OPEN_COUNT; pos++) {
            if (!rest.form[pos])
                continue;
            size_t same = rest.lemma[pos].length;
            bool prefix = same <= length - n && !memcmp(rest.lemma[pos].text, text + n, same);
            out->lemma[pos] = (struct word_lemma){text, (uint8_t)(prefix ? n + same : length)};
            out->form[pos] = rest.form[pos];
            out->freq[pos] = (uint16_t)((rest.freq[pos] + 7) / 8);
            out->classes |= rest.classes & pos_classes[pos];
            out->first_classes |= rest.first_classes & pos_classes[pos];
            any = true;
        }
        if (any)
            return true;
    }
    return false;
}

/* The second word of a contraction. "'s" on a noun is a genitive. */
static const struct {
    char end[4];
    uint32_t closed;
} contractions[] = {
    {"n't", WORD_NEGATION},         {"'ll", WORD_MODAL}, {"'re", WORD_BE}, {"'ve", WORD_HAVE},
    {"'d", WORD_MODAL | WORD_HAVE}, {"'m", WORD_BE},     {"'s", WORD_BE},
};
static const char *const odd_stems[][2] = {
    {"ca", "can"}, {"wo", "will"}, {"sha", "shall"}, {"ai", "be"}};

static void nouns_only(struct word_info *info)
{
    for (int pos = WORD_VERB; pos < WORD_OPEN_COUNT; pos++) {
        info->lemma[pos] = (struct word_lemma){NULL, 0};
        info->freq[pos] = info->form[pos] = 0;
        info->classes &= ~pos_classes[pos];
        info->first_classes &= ~pos_classes[pos];
    }
}

static bool apostrophe_add(struct word_info *out, const char *text, size_t length)
{
    if (text[length - 1] == '\'' && length > 2) {
        word_lookup(text, length - 1, out);
        nouns_only(out);
        out->closed |= WORD_GENITIVE;
        return true;
    }
    for (size_t i = 0; i < sizeof contractions / sizeof *contractions; i++) {
        if (!ends_with(text, length, contractions[i].end))
            continue;
        size_t kept = length - strlen(contractions[i].end);
        const char *stem = text;
        if (contractions[i].end[0] == 'n')
            for (size_t j = 0; j < sizeof odd_stems / sizeof *odd_stems; j++)
                if (strlen(odd_stems[j][0]) == kept && !memcmp(odd_stems[j][0], text, kept)) {
                    stem = odd_stems[j][1];
                    kept = strlen(stem);
                }
        word_lookup(stem, kept, out);
        bool genitive = contractions[i].end[1] == 's' &&
                        !(out->closed & (WORD_WH | WORD_SUBORDINATOR) ||
                          out->pronoun & WORD_SUBJECT || (kept == 3 && !memcmp(stem, "let", 3)) ||
                          (kept >= 4 && !memcmp(stem + kept - 3, "ere", 3) &&
                           out->closed & WORD_FUNCTION_ADVERB));
        if (genitive || (kept == 3 && !memcmp(stem, "one", 3)) ||
            (kept > 3 && (ends_with(stem, kept, "one") || ends_with(stem, kept, "body")) &&
             out->pronoun)) {
            nouns_only(out);
            out->closed |= WORD_GENITIVE;
        } else {
            out->closed |= WORD_CONTRACTION | contractions[i].closed;
            if (contractions[i].closed != WORD_NEGATION && !(kept == 3 && !memcmp(stem, "let", 3)))
                nouns_only(out);
            out->freq[WORD_NOUN] = out->form[WORD_NOUN] = 0;
            out->lemma[WORD_NOUN].length = 0;
            out->classes &= ~pos_classes[WORD_NOUN];
            out->first_classes &= ~pos_classes[WORD_NOUN];
        }
        return true;
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

void word_lookup(const char *folded, size_t length, struct word_info *out)
{
    memset(out, 0, sizeof *out);
    if (length == 0)
        return;
    if (length >= WORD_MAX) {
        out->closed = WORD_UNKNOWN;
        return;
    }
    if (folded[0] >= '0' && folded[0] <= '9') {
        out->closed = WORD_NUMBER;
        return;
    }
    if (length > 2 && memchr(folded, '\'', length) && !row_find(folded, length) &&
        apostrophe_add(out, folded, length))
        return;
    if (!known_add(out, folded, length) && is_letter(folded[0])) {
        if (!prefixed_add(out, folded, length))
            guess_add(out, folded, length);
        out->closed |= WORD_UNKNOWN;
    }
    if (!out->gender && (out->closed & WORD_NATION || out->first_classes & BIT(14)))
        out->gender = WORD_GROUP;
}

/* ---- Forms ---- */

struct forms {
    char (*out)[WORD_MAX];
    size_t count, cap;
};

static void form_add(struct forms *forms, const char *stem, size_t length, const char *end)
{
    size_t n = strlen(end);
    if (forms->count == forms->cap || length + n >= WORD_MAX)
        return;
    char *form = forms->out[forms->count];
    memcpy(form, stem, length);
    memcpy(form + length, end, n + 1);
    for (size_t i = 0; i < forms->count; i++)
        if (!strcmp(forms->out[i], form))
            return;
    forms->count++;
}

static void form_s(struct forms *forms, const char *text, size_t length)
{
    char last = text[length - 1], before = length > 1 ? text[length - 2] : 'a';
    if (last == 'y' && !is_vowel(before))
        form_add(forms, text, length - 1, "ies");
    else if (last == 's' || last == 'x' || last == 'z' ||
             (last == 'h' && (before == 'c' || before == 's')))
        form_add(forms, text, length, "es");
    else {
        if (last == 'o' && !is_vowel(before))
            form_add(forms, text, length, "es");
        form_add(forms, text, length, "s");
    }
}

/* Endings that begin with a vowel: -ed, -ing, -er, -est. */
static void form_vowel(struct forms *forms, const char *text, size_t length, const char *end)
{
    char last = text[length - 1], before = length > 1 ? text[length - 2] : 'a', doubled[6] = {last};
    bool ing = end[0] == 'i';
    strcpy(doubled + 1, end);
    if (last == 'e' && ing && before == 'i')
        form_add(forms, text, length - 2, "ying");
    else if (last == 'e' &&
             !(ing && (length == 2 || before == 'e' || before == 'o' || before == 'y')))
        form_add(forms, text, length - 1, end);
    else if (last == 'y' && !is_vowel(before) && !ing) {
        doubled[0] = 'i';
        form_add(forms, text, length - 1, doubled);
    } else if (must_double(text, length))
        form_add(forms, text, length, doubled);
    else {
        form_add(forms, text, length, end);
        if (last == 'l' && ends_short(text, length)) /* travelled, traveled */
            form_add(forms, text, length, doubled);
    }
}

/* Irregular forms of a lemma; returns the bits of the forms that they stand for. */
static unsigned forms_irregular(struct forms *forms, const char *text, size_t length, int pos)
{
    uint32_t low = 0, high = word_table.by_lemma_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        const struct word_irregular *irregular =
            &word_table.irregulars[word_table.by_lemma[middle]];
        int order = strncmp(word_table.pool + irregular->lemma, text, length);
        if (order < 0 || (order == 0 && irregular->lemma_length == length && irregular->pos < pos))
            low = middle + 1;
        else
            high = middle;
    }
    unsigned bits = 0;
    for (; low < word_table.by_lemma_count; low++) {
        const struct word_irregular *irregular = &word_table.irregulars[word_table.by_lemma[low]];
        if (irregular->lemma_length != length || irregular->pos != pos ||
            memcmp(word_table.pool + irregular->lemma, text, length))
            break;
        form_add(forms, word_table.pool + irregular->form, irregular->form_length, "");
        bits |= irregular->bits;
    }
    return bits;
}

static void forms_of(struct forms *forms, const char *text, size_t length, int pos)
{
    unsigned bits = forms_irregular(forms, text, length, pos);
    bool both = text[length - 1] == 'l' && ends_short(text, length) && !must_double(text, length);
    switch (pos) {
    case WORD_NOUN:
        /* Latin plurals have an English one beside them. */
        if (!bits || ends_with(text, length, "us") || ends_with(text, length, "um") ||
            ends_with(text, length, "x") || ends_with(text, length, "a") ||
            ends_with(text, length, "rson"))
            form_s(forms, text, length);
        break;
    case WORD_VERB:
        if (!(bits & WORD_THIRD))
            form_s(forms, text, length);
        if (!(bits & WORD_PAST) || both)
            form_vowel(forms, text, length, "ed");
        if (!(bits & WORD_ING) || both)
            form_vowel(forms, text, length, "ing");
        break;
    case WORD_ADJECTIVE: {
        unsigned groups = vowel_groups(text, length) - (text[length - 1] == 'e' && length > 3);
        bool compares =
            groups <= 1 ||
            (groups == 2 && (text[length - 1] == 'y' || ends_with(text, length, "le") ||
                             ends_with(text, length, "ow") || ends_with(text, length, "er")));
        if (!(bits & WORD_COMPARATIVE) && compares) {
            form_vowel(forms, text, length, "er");
            form_vowel(forms, text, length, "est");
        }
    }
    }
}

size_t word_forms(const char *lemma, size_t length, int pos, char out[][WORD_MAX], size_t cap)
{
    struct forms forms = {out, 0, cap};
    if (length == 0 || length >= WORD_MAX)
        return 0;
    form_add(&forms, lemma, length, "");
    if (length < 2)
        return forms.count;
    const struct word_row *row = row_find(lemma, length);
    uint64_t classes = row ? word_table.records[row->record].classes : 0;
    if (!(classes >> WORD_CLASS_NOUN))
        classes = BIT(WORD_CLASS_NOUN) | BIT(WORD_CLASS_VERB);
    for (int i = 0; i < WORD_OPEN_COUNT; i++)
        if (pos == i || (pos == WORD_ANY && classes & BIT(WORD_CLASS_NOUN + i) &&
                         (i < WORD_ADJECTIVE || !row || word_table.records[row->record].freq[i])))
            forms_of(&forms, lemma, length, i);
    return forms.count;
}
