/* join.c: mends what ICU's sentence rules cannot know.
 * In: tokens and ICU's breaks. Out: breaks, each at the start of a token but the last.
 * Takes away: "Why not?" | she asked; "Why?" | Brandt asked; J. | R. Smith; No. | 5; Gen. | Brandt.
 * Adds: in the U.S. | The ...; well… | But ...; note.[3] | Next (where ICU breaks behind the
 * bracket). Cost: a look at each token, and at the few tokens around each stop. */
#include "segment/sentence.h"

#include <string.h>

#include "rhetor/rhetor.h"

struct joiner {
    const struct paragraph *paragraph;
    const struct token *tokens;
    uint32_t count;
};

/* Before a name; they end no sentence. */
static const char *const titles[] = {
    "Adm",   "Ald",  "Amb",  "Atty",   "Brig", "Bros", "Capt", "Cdr", "Cmdr", "Col",
    "Cpl",   "Cpt",  "Det",  "Dr",     "Fr",   "Ft",   "Gen",  "Gov", "Hon",  "Insp",
    "Lieut", "Lt",   "Maj",  "Messrs", "Mlle", "Mme",  "Mr",   "Mrs", "Ms",   "Mt",
    "Mx",    "Pres", "Prof", "Pvt",    "Rep",  "Reps", "Rev",  "Sen", "Sens", "Sgt",
    "Sr",    "St",   "Ste",  "Supt",   "e.g",  "i.e",  "v",    "viz", "vs",
};

/* Before a number. */
static const char *const numbered[] = {
    "Apr",  "Art",  "Arts", "Aug",  "Ch",   "Cl",  "Dec", "Eq",  "Feb",  "Fig", "Figs",
    "Jan",  "Jul",  "Jun",  "Mar",  "No",   "Nos", "Nov", "Oct", "Para", "Pt",  "Sec",
    "Sep",  "Sept", "Vol",  "Vols", "art",  "c",   "ca",  "cf",  "ch",   "cl",  "fig",
    "figs", "no",   "nos",  "p",    "para", "pp",  "pt",  "sec", "vol",
};

/* Words that begin a sentence where they are capitalised. */
static const char *const starters[] = {
    "A",     "After",   "All",    "Although", "An",    "And",     "Another",   "As",
    "At",    "Because", "Before", "Both",     "But",   "By",      "Can",       "Did",
    "Do",    "Does",    "Each",   "Even",     "Every", "Few",     "For",       "From",
    "He",    "Her",     "Here",   "His",      "How",   "However", "I",         "If",
    "In",    "Instead", "It",     "Its",      "Let",   "Many",    "Meanwhile", "Most",
    "My",    "Neither", "Never",  "No",       "Nor",   "Not",     "Nothing",   "Now",
    "On",    "One",     "Only",   "Or",       "Our",   "Perhaps", "She",       "Since",
    "So",    "Some",    "Still",  "Such",     "That",  "The",     "Their",     "Then",
    "There", "These",   "They",   "This",     "Those", "Though",  "Thus",      "To",
    "Today", "Under",   "Until",  "We",       "What",  "When",    "Where",     "Whether",
    "Which", "While",   "Who",    "Why",      "With",  "Without", "Yet",       "You",
    "Your",
};

/* Behind a closed quotation and a name: an attribution. */
static const char *const attributions[] = {
    "added",     "adds",        "agreed",    "announced", "answered", "answers",   "argued",
    "asked",     "asks",        "barked",    "began",     "begged",   "called",    "challenged",
    "claimed",   "complained",  "concluded", "continued", "cried",    "declared",  "demanded",
    "exclaimed", "explained",   "gasped",    "groaned",   "growled",  "grumbled",  "inquired",
    "insisted",  "interrupted", "joked",     "laughed",   "mocked",   "murmured",  "muttered",
    "noted",     "objected",    "observed",  "pleaded",   "pressed",  "protested", "put",
    "quipped",   "recalled",    "remarked",  "repeated",  "replied",  "replies",   "responded",
    "retorted",  "said",        "says",      "screamed",  "scoffed",  "shouted",   "shrieked",
    "sighed",    "snapped",     "sneered",   "sobbed",    "stated",   "told",      "urged",
    "wailed",    "wanted",      "warned",    "whispered", "wondered", "wrote",     "yelled",
};

static bool is_in(const char *const *table, size_t count, const char *text, size_t length)
{
    for (size_t i = 0; i < count; i++)
        if (table[i][0] == text[0] && !strncmp(table[i], text, length) && table[i][length] == 0)
            return true;
    return false;
}

#define TOKEN_IN(joiner, i, table)                                                                 \
    is_in(table, sizeof table / sizeof *table, token_text(joiner, i), (joiner)->tokens[i].length)

static const char *token_text(const struct joiner *joiner, uint32_t i)
{
    return joiner->paragraph->bytes + joiner->tokens[i].start;
}

static bool token_is(const struct joiner *joiner, uint32_t i, const char *sign)
{
    return joiner->tokens[i].length == strlen(sign) &&
           !memcmp(token_text(joiner, i), sign, joiner->tokens[i].length);
}

static bool is_one_of(const struct joiner *joiner, uint32_t i, const char *const *signs)
{
    for (; *signs; signs++)
        if (token_is(joiner, i, *signs))
            return true;
    return false;
}

static const char *const closing_quotes[] = {"\"", "”", "’", "'", "»", "›", "“", "」", "』", NULL};
static const char *const closing_brackets[] = {")", "]", NULL};
static const char *const opening_brackets[] = {"(", "[", NULL};
static const char *const stops[] = {".", "!", "?", "…", NULL};

static bool is_glued(const struct joiner *joiner, uint32_t i)
{
    return (joiner->tokens[i].flags & TOKEN_GLUED) != 0;
}

static bool is_capital(const struct joiner *joiner, uint32_t i)
{
    return joiner->tokens[i].kind == TOKEN_WORD && (joiner->tokens[i].flags & TOKEN_CAPITAL);
}

static bool is_lower_word(const struct joiner *joiner, uint32_t i)
{
    unsigned char c = (unsigned char)*token_text(joiner, i);
    return joiner->tokens[i].kind == TOKEN_WORD && !(joiner->tokens[i].flags & TOKEN_CAPITAL) &&
           ((c >= 'a' && c <= 'z') || c >= 0x80);
}

/* A name of up to four words, or "I", and a verb of saying. */
static bool is_attribution(const struct joiner *joiner, uint32_t i)
{
    uint32_t name = 0;
    bool starter = TOKEN_IN(joiner, i, starters) && !token_is(joiner, i, "I");
    while (i + name < joiner->count && name < 4 && is_capital(joiner, i + name))
        name++;
    return name > 0 && !starter && i + name < joiner->count &&
           TOKEN_IN(joiner, i + name, attributions);
}

static bool is_starter(const struct joiner *joiner, uint32_t i)
{
    return is_capital(joiner, i) && TOKEN_IN(joiner, i, starters) &&
           !(i + 1 < joiner->count && is_glued(joiner, i + 1) && token_is(joiner, i + 1, "."));
}

/* One capital letter, or capitals with stops between ("U.S"), before a stop. */
static bool is_initial(const struct joiner *joiner, uint32_t i)
{
    const struct token *token = &joiner->tokens[i];
    if (!is_capital(joiner, i))
        return false;
    return token->length == 1 ||
           ((token->flags & TOKEN_UPPER) && memchr(token_text(joiner, i), '.', token->length));
}

/* Judges the place before token i, where the rules have broken (`broken`) or not. */
static bool is_sentence_start(const struct joiner *joiner, uint32_t i, bool broken)
{
    uint32_t stop = i - 1;
    bool quote = false;
    while (stop > 0 && is_glued(joiner, stop) &&
           (is_one_of(joiner, stop, closing_quotes) || is_one_of(joiner, stop, closing_brackets))) {
        quote |= is_one_of(joiner, stop, closing_quotes);
        stop--;
    }
    bool closed = stop < i - 1;
    if (broken && is_glued(joiner, i - 1) && is_one_of(joiner, i - 1, opening_brackets))
        return false;
    if (!broken && closed && !is_glued(joiner, i) && is_capital(joiner, i) && stop >= 2 &&
        joiner->tokens[stop].kind == TOKEN_NUMBER &&
        is_one_of(joiner, stop - 1, opening_brackets) && is_glued(joiner, stop - 1) &&
        token_is(joiner, stop - 2, ".")) /* note.[3] Next */
        return true;
    if (!is_one_of(joiner, stop, stops))
        return broken;
    bool period = token_is(joiner, stop, ".");
    if (broken && !period && is_lower_word(joiner, i))
        return false;
    if (broken && quote && is_attribution(joiner, i) && !period)
        return false;
    if (closed || is_glued(joiner, i) || stop == 0 || !is_glued(joiner, stop))
        return broken;
    if (!period)
        return broken || (token_is(joiner, stop, "…") && is_starter(joiner, i));

    uint32_t word = stop - 1;
    bool title = TOKEN_IN(joiner, word, titles);
    if (!broken)
        return !title && is_starter(joiner, i) && joiner->tokens[word].kind == TOKEN_WORD;
    if (joiner->tokens[i].kind == TOKEN_NUMBER)
        return !TOKEN_IN(joiner, word, numbered);
    if (title && is_lower_word(joiner, word)) /* "vs. The Crown" */
        return false;
    if (!is_capital(joiner, i) || is_starter(joiner, i))
        return true;
    bool alone = word == 0 || !is_capital(joiner, word - 1);
    bool initial = is_initial(joiner, word) && !(token_is(joiner, word, "I") && alone);
    return !title && !initial;
}

/* Whether is_sentence_start can say yes without a break of ICU's. */
static bool may_start(const struct joiner *joiner, uint32_t i)
{
    if (joiner->tokens[i - 1].kind != TOKEN_PUNCTUATION ||
        (joiner->tokens[i].flags & (TOKEN_GLUED | TOKEN_CAPITAL)) != TOKEN_CAPITAL)
        return false;
    char c = *token_text(joiner, i - 1);
    return c == '.' || c == ']' || c == ')' || (c & 0x80);
}

int32_t sentences_join(struct segmenter *segmenter, struct paragraph *paragraph)
{
    struct joiner joiner = {paragraph, paragraph->tokens.at, paragraph->tokens.count};
    uint32_t row = 0, end = paragraph_content(paragraph);
    segmenter->mended.count = 0;
    for (uint32_t i = 1; i < joiner.count; i++) {
        bool broken = false;
        while (row < segmenter->breaks.count &&
               segmenter->breaks.at[row] <= joiner.tokens[i].start) {
            broken = true;
            row++;
        }
        if (!broken && !may_start(&joiner, i))
            continue;
        if (is_sentence_start(&joiner, i, broken) &&
            !vec_push(segmenter->memory, &segmenter->mended, joiner.tokens[i].start))
            return RHETOR_E_MEMORY;
    }
    if (joiner.count && !vec_push(segmenter->memory, &segmenter->mended, end))
        return RHETOR_E_MEMORY;
    segmenter->breaks.count = 0;
    if (!vec_room(segmenter->memory, &segmenter->breaks, segmenter->mended.count))
        return RHETOR_E_MEMORY;
    if (segmenter->mended.count)
        memcpy(segmenter->breaks.at, segmenter->mended.at,
               segmenter->mended.count * sizeof *segmenter->mended.at);
    segmenter->breaks.count = segmenter->mended.count;
    return RHETOR_OK;
}
