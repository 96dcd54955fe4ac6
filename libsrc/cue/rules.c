/* rules.c: see rules.h. */
#include "cue/rules.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "cue/pattern.h"

enum { FOUND_MOST = 1024 };

uint32_t rules_hash(const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* ---- By name ------------------------------------------------------------------------------------
 */

uint32_t rules_device(const struct rules *rules, const char *id)
{
    uint32_t low = 0, high = rules->by_device_count;
    while (low < high) {
        uint32_t middle = (low + high) / 2, row = rules->by_device[middle];
        int order = strcmp(rules->text + rules->devices[row].id, id);
        if (!order)
            return row;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NONE;
}

uint32_t rules_rule(const struct rules *rules, const char *id)
{
    for (uint32_t row = 0; row < rules->rules_count; row++)
        if (!strcmp(rules->text + rules->rules[row].id, id))
            return row;
    return NONE;
}

uint32_t rules_role(const struct rules *rules, const char *name, size_t length)
{
    for (uint32_t row = 0; row < rules->roles_count; row++) {
        const char *role = rules->text + rules->roles[row];
        if (!strncmp(role, name, length) && !role[length])
            return row;
    }
    return NONE;
}

/* ---- Groups of a word ---------------------------------------------------------------------------
 */

struct finding {
    const struct rules *rules;
    uint32_t found[FOUND_MOST];
    uint32_t count;
    struct word_seat seat;
};

static void found_add(struct finding *finding, uint32_t group, uint32_t how)
{
    if (finding->count < FOUND_MOST)
        finding->found[finding->count++] = group << 2 | how;
}

static const struct word_entry *word_find(const struct rules *rules, const char *text,
                                          uint32_t length)
{
    uint32_t mask = rules->slots_count - 1;
    for (uint32_t at = rules_hash(text, length) & mask; rules->slots[at]; at = (at + 1) & mask) {
        const struct word_entry *word = &rules->words[rules->slots[at] - 1];
        if (word->length == length && !memcmp(rules->text + word->text, text, length))
            return word;
    }
    return NULL;
}

uint32_t rules_word(const struct rules *rules, const char *folded, uint32_t length)
{
    const struct word_entry *word = rules->slots_count ? word_find(rules, folded, length) : NULL;
    return word ? (uint32_t)(word - rules->words) : NONE;
}

/* Of the beginnings that share `at` letters with the text, those that share one more. */
static void narrow(const struct rules *rules, uint32_t *from, uint32_t *to, uint32_t at,
                   char letter)
{
    for (int end = 0; end < 2; end++) {
        uint32_t low = *from, high = *to;
        while (low < high) {
            uint32_t middle = (low + high) / 2;
            unsigned char other = (unsigned char)rules->text[rules->prefixes[middle].text + at];
            if (end ? other <= (unsigned char)letter : other < (unsigned char)letter)
                low = middle + 1;
            else
                high = middle;
        }
        *(end ? to : from) = low;
    }
}

static void find_beginnings(struct finding *finding, const char *text, uint32_t length,
                            uint32_t how)
{
    const struct rules *rules = finding->rules;
    uint32_t from = 0, to = rules->prefixes_count;
    for (uint32_t at = 0; at < length && from < to; at++) {
        narrow(rules, &from, &to, at, text[at]);
        for (; from < to && rules->prefixes[from].length == at + 1; from++)
            found_add(finding, rules->prefixes[from].group, how);
    }
}

static void find_word(struct finding *finding, const char *text, uint32_t length, uint32_t how)
{
    const struct rules *rules = finding->rules;
    const struct word_entry *word = rules->slots_count ? word_find(rules, text, length) : NULL;
    for (uint32_t i = 0; word && i < word->count; i++)
        found_add(finding, rules->lists[word->first + i], how);
    find_beginnings(finding, text, length, how);
}

static bool has_digit(const char *text, uint32_t length)
{
    for (int32_t i = 0; i < (int32_t)length;) {
        UChar32 c;
        U8_NEXT(text, i, (int32_t)length, c);
        if (u_isdigit(c))
            return true;
    }
    return false;
}

static void traits_add(uint32_t *traits, const struct word_info *info, const char *text,
                       uint32_t length)
{
    for (int half = 0; half < 2; half++) {
        traits[half] |= (uint32_t)(info->classes >> 32 * half);
        traits[2 + half] |= (uint32_t)(info->first_classes >> 32 * half);
    }
    traits[4] |= info->closed;
    traits[5] |= info->form[WORD_VERB];
    if (*text >= '0' && *text <= '9')
        trait_set(traits, TRAIT_DIGIT);
    if (has_digit(text, length))
        trait_set(traits, TRAIT_DIGITS);
}

static const char pronouns[] =
    " he she it that this there what who here where how when everyone somebody one ";

static bool is_pronoun(const char *text, uint32_t length)
{
    char padded[20];
    if (length + 3 > sizeof padded)
        return false;
    padded[0] = ' ';
    memcpy(padded + 1, text, length);
    memcpy(padded + 1 + length, " ", 2);
    return strstr(pronouns, padded) != NULL;
}

/* "we're", "don't", "minister's": what else stands in one token. */
static void find_parts(struct finding *finding, const char *text, uint32_t length)
{
    static const struct { const char *end, *words[2]; } ends[] = {
        {"'re", {"are", NULL}}, {"'ve", {"have", NULL}}, {"'ll", {"will", NULL}},
        {"'d", {"had", "would"}}, {"'m", {"am", NULL}}, {"'s", {"is", "has"}}, {"'", {NULL, NULL}}};
    static const struct {
        const char *text, *word;
    } stems[] = {{"ca", "can"}, {"wo", "will"}, {"sha", "shall"}};
    if (length > 3 && !memcmp(text + length - 3, "n't", 3)) {
        const char *stem = text;
        uint32_t n = length - 3;
        for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
            if (strlen(stems[i].text) == n && !memcmp(stems[i].text, text, n)) {
                stem = stems[i].word;
                n = (uint32_t)strlen(stem);
                break;
            }
        find_word(finding, stem, n, 0);
        find_word(finding, "not", 3, 0);
        return;
    }
    if (length == 6 && !memcmp(text, "cannot", 6)) {
        find_word(finding, "can", 3, 0);
        find_word(finding, "not", 3, 0);
        return;
    }
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        uint32_t n = (uint32_t)strlen(ends[i].end);
        if (length <= n || memcmp(text + length - n, ends[i].end, n))
            continue;
        bool pronoun = is_pronoun(text, length - n),
             genitive = ends[i].end[1] == 's' || !ends[i].end[1];
        struct word_info base;
        word_lookup(text, length - n, &base);
        rules_correct(finding->rules, text, length - n, &base);
        uint32_t how = GROUP_BASE | (genitive && !pronoun ? GROUP_OWN : 0);
        find_word(finding, text, length - n, how);
        traits_add(finding->seat.base, &base, text, length - n);
        if (how & GROUP_OWN)
            traits_add(finding->seat.own, &base, text, length - n);
        for (size_t w = 0; w < 2 && ends[i].words[w] && (!genitive || pronoun); w++)
            find_word(finding, ends[i].words[w], (uint32_t)strlen(ends[i].words[w]), 0);
        return;
    }
}

/* "world.We", "@all": words that a sign joins. */
static void find_joined(struct finding *finding, const char *text, uint32_t length)
{
    static const char signs[] = ".@:";
    for (uint32_t at = 0; at < length;) {
        uint32_t end = at;
        while (end < length && !strchr(signs, text[end]))
            end++;
        if (end > at && end - at < length)
            find_word(finding, text + at, end - at, 0);
        at = end + 1;
    }
}

static void sort(uint32_t *numbers, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t number = numbers[i], at = i;
        for (; at && numbers[at - 1] > number; at--)
            numbers[at] = numbers[at - 1];
        numbers[at] = number;
    }
}

/* The groups that lead, of a word in `count` groups, and NONE. */
static void leads_add(const struct finding *finding, uint32_t count, uint32_t *out)
{
    const struct rules *rules = finding->rules;
    uint32_t *first = out;
    for (uint32_t i = 0; i < count; i++)
        if (rules->groups[finding->found[i] >> 2].lead_count)
            *out++ = finding->found[i] >> 2;
    uint32_t listed = (uint32_t)(out - first);
    for (uint32_t i = 0; i < rules->trait_leads_count; i++) {
        uint32_t group = rules->trait_leads[i], n = 0;
        const uint32_t *traits = rules->groups[group].traits;
        while (n < listed && first[n] != group)
            n++;
        if (n == listed && (traits_meet(traits, finding->seat.own) ||
                            traits_meet(traits, finding->seat.base)))
            *out++ = group;
    }
    *out = NONE;
}

const uint32_t *rules_find(const void *user, const char *folded, uint32_t length,
                           const struct word_info *info, uint32_t *count, struct arena *arena)
{
    struct finding finding;
    struct word_info corrected = *info;
    finding.rules = user;
    finding.count = 0;
    memset(&finding.seat, 0, sizeof finding.seat);
    *count = 0;
    while (length > 1 && *folded == '_') /* _emphasis_ */
        folded++, length--;
    while (length > 1 && folded[length - 1] == '_')
        length--;
    bool apostrophe = memchr(folded, '\'', length) != NULL;
    rules_correct(user, folded, length, &corrected);
    find_word(&finding, folded, length, apostrophe ? GROUP_OWN : GROUP_OWN | GROUP_BASE);
    traits_add(finding.seat.own, &corrected, folded, length);
    if (!apostrophe)
        traits_add(finding.seat.base, &corrected, folded, length);
    if (apostrophe || length == 6)
        find_parts(&finding, folded, length);
    find_joined(&finding, folded, length);
    sort(finding.found, finding.count);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < finding.count; i++) {
        if (kept && finding.found[kept - 1] >> 2 == finding.found[i] >> 2)
            finding.found[kept - 1] |= finding.found[i];
        else
            finding.found[kept++] = finding.found[i];
    }
    uint32_t leads = 0;
    for (uint32_t i = 0; i < kept; i++)
        leads += finding.rules->groups[finding.found[i] >> 2].lead_count > 0;
    leads += finding.rules->trait_leads_count;
    struct word_seat *seat =
        arena_take(arena, sizeof *seat + (kept + leads + 1) * sizeof(uint32_t));
    if (!seat)
        return NULL;
    uint32_t *out = (uint32_t *)(seat + 1);
    if (kept)
        memcpy(out, finding.found, kept * sizeof *out);
    for (uint32_t i = 0; i < kept; i++) {
        uint32_t bit = group_bit(finding.found[i] >> 2);
        finding.seat.filter[bit >> 5] |= UINT32_C(1) << (bit & 31);
    }
    finding.seat.count = kept;
    *seat = finding.seat;
    leads_add(&finding, kept, out + kept);
    *count = kept;
    return out;
}

void rules_correct(const void *user, const char *folded, uint32_t length, struct word_info *info)
{
    const struct rules *rules = user;
    for (uint32_t i = 0; i < rules->fixes_count; i++) {
        const struct fix_row *fix = &rules->fixes[i];
        if (fix->length != length || memcmp(rules->text + fix->text, folded, length))
            continue;
        static const uint8_t bits[] = {WORD_CLASS_NOUN, WORD_CLASS_VERB, WORD_CLASS_ADJECTIVE,
                                       WORD_CLASS_ADVERB};
        info->classes = (uint64_t)fix->classes_high << 32 | fix->classes_low;
        info->first_classes = info->classes;
        info->closed &= ~(uint32_t)WORD_UNKNOWN;
        for (int pos = 0; pos < WORD_OPEN_COUNT; pos++) {
            bool is = info->classes >> bits[pos] & 1;
            if (is && !info->form[pos]) {
                info->form[pos] = WORD_BASE;
                info->freq[pos] = 10;
                info->lemma[pos] =
                    (struct word_lemma){folded, (uint8_t)(length < 255 ? length : 255)};
            } else if (!is) {
                info->form[pos] = 0;
                info->freq[pos] = 0;
                info->lemma[pos].length = 0;
            }
        }
        return;
    }
}

/* ---- For readers
 * ---------------------------------------------------------------------------------- */

struct output { char *at; uint32_t length, capacity; };

static void say(struct output *output, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++, output->length++)
        if (output->length + 1 < output->capacity)
            output->at[output->length] = text[i];
}

static uint32_t say_end(struct output *output)
{
    if (output->capacity)
        output->at[output->length < output->capacity ? output->length : output->capacity - 1] = 0;
    return output->length;
}

static void say_group(struct output *output, const struct rules *rules, uint32_t group,
                      const char *between)
{
    const struct group_row *row = &rules->groups[group];
    bool some = false;
    for (uint32_t i = 0; i < row->word_count; i++) {
        const struct word_entry *word = &rules->words[rules->lists[row->first_word + i]];
        if (some)
            say(output, between, strlen(between));
        say(output, rules->text + word->text, word->length);
        some = true;
    }
    for (uint32_t i = 0; i < rules->prefixes_count; i++)
        if (rules->prefixes[i].group == group) {
            if (some)
                say(output, between, strlen(between));
            say(output, rules->text + rules->prefixes[i].text, rules->prefixes[i].length);
            say(output, "*", 1);
            some = true;
        }
    for (uint32_t trait = 0; trait < TRAIT_FIRST + 64; trait++) {
        uint32_t own[TRAIT_WORDS] = {0};
        trait_set(own, trait);
        if (!traits_meet(own, row->traits))
            continue;
        const char *name = trait < TRAIT_CLOSED    ? word_class_name((int)trait)
                           : trait >= TRAIT_FIRST  ? word_class_name((int)(trait - TRAIT_FIRST))
                           : trait == TRAIT_DIGIT  ? "digit"
                           : trait == TRAIT_NAME   ? "name"
                           : trait == TRAIT_DIGITS ? "with-digit"
                                                   : "closed-class";
        if (some)
            say(output, between, strlen(between));
        say(output, "<", 1);
        say(output, name ? name : "?", strlen(name ? name : "?"));
        say(output, ">", 1);
        some = true;
    }
}

uint32_t rules_anchors(const struct rules *rules, uint32_t pattern, char *out, uint32_t capacity)
{
    const struct pattern_row *row = &rules->patterns[pattern];
    struct output output = {out, 0, capacity};
    for (uint32_t i = 0; i < row->group_count; i++) {
        if (i)
            say(&output, " | ", 3);
        say_group(&output, rules, rules->lists[row->first_group + i], " ");
    }
    for (uint32_t i = 0; !row->group_count && i < row->way_count; i++) {
        if (i)
            say(&output, " ", 1);
        say_group(&output, rules, rules->ways[row->first_way + i].lead, " ");
    }
    return say_end(&output);
}

/* A word and its callout become the words that the callout lets pass. */
uint32_t rules_show(const struct rules *rules, uint32_t pattern, char *out, uint32_t capacity)
{
    static const char word[] =
        "\x01++(?:['.\xE2\x80\x99\xE2\x80\x98\xCA\xBC]\x01++)*(?:(?<=\\.\x01)\\.)?";
    const struct pattern_row *row = &rules->patterns[pattern];
    struct output output = {out, 0, capacity};
    for (const char *at = rules->text + row->regex; *at;) {
        bool is_word = !strncmp(at, word, sizeof word - 1);
        const char *next = is_word ? at + sizeof word - 1 : at;
        if (!strncmp(next, "(?C", 3)) {
            uint32_t number = 0;
            for (next += 3; *next >= '0' && *next <= '9'; next++)
                number = number * 10 + (uint32_t)(*next - '0');
            const struct test_row *test =
                &rules->tests[rules->lists[row->first_callout + number - 1]];
            const char *name = rules->text + test->name;
            say(&output, is_word ? "(?:" : "{", is_word ? 3 : 1);
            for (bool more = true; more && is_word; test++) {
                more = test->more;
                if (test->group != NONE)
                    say_group(&output, rules, test->group, "|");
                if (test->group == NONE || test->pos_mask) {
                    say(&output, "{", 1);
                    say(&output, name, strlen(name));
                    say(&output, "}", 1);
                }
                if (more)
                    say(&output, "|", 1);
            }
            if (!is_word)
                say(&output, name, strlen(name));
            say(&output, is_word ? ")" : "}", 1);
            at = next + 1;
            continue;
        }
        char one[3] = {*at, 0, 0}, text[400];
        pattern_expand(is_word ? "\x01" : one, true, text, sizeof text);
        say(&output, text, strlen(text));
        if (is_word)
            say(&output, "+", 1);
        at = is_word ? next : at + 1;
    }
    return say_end(&output);
}
