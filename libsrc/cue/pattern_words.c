/* pattern_words.c: see pattern_words.h. */
#include "cue/pattern_words.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { LEMMA_DEEP = 64 };

/* ---- How often a word stands in prose ------------------------------------------------------- */

/* Words by how often they stand among a million, in steps; what is in no list is told from
 * WordNet's counts. Only the order matters: the rarest group selects. */
static const struct { uint32_t per_million; const char *words;
} steps[] = {
    {50000, " the , . "},
    {25000, " of and to a in "},
    {9000,
     " is that it for was on be with as he i by at are this have not his you we or had from they "},
    {3000,
     " but an which one all their has there were who been would what will can if her so my no she "
     "when more its out up them some do said then about into time our than could other these \" “ ” ' ( ) "},
    {1200,
     " him me your only now also should must may over any new like people after first two just us "
     "because how even most many such where those very well make made way did through before "
     "being much too still own while good between both under never year years same last us "
     "against might every ? - — ; : "},
    {500,
     " said man men day great little old work world life government state country nation power war "
     "peace long right know think take come go see get give want need here think back down off again "
     "another why yet without around ever since against always nothing something each few part "
     "however though although until once place house public let say does shall upon cannot don't ! "},
};

static float share_of(const char *text, size_t length)
{
    char padded[WORD_MAX + 4];
    if (length + 3 < sizeof padded) {
        padded[0] = ' ';
        memcpy(padded + 1, text, length);
        padded[length + 1] = ' ';
        padded[length + 2] = 0;
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            if (strstr(steps[i].words, padded))
                return (float)steps[i].per_million * 1e-6f;
    }
    struct word_info info;
    word_lookup(text, length, &info);
    float count = 0;
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
        count += info.freq[pos];
    return (word_is_function(&info) ? 2e-4f : 0) + 5e-6f + count * 4e-6f;
}

static float share_of_trait(uint32_t trait)
{
    static const struct { uint32_t trait; float share;
    } shares[] = {{TRAIT_CLASS + WORD_CLASS_NOUN, .3f},
                  {TRAIT_CLASS + WORD_CLASS_VERB, .25f},
                  {TRAIT_CLASS + WORD_CLASS_ADJECTIVE, .15f},
                  {TRAIT_CLASS + WORD_CLASS_ADVERB, .1f},
                  {TRAIT_NAME, .05f},
                  {TRAIT_CLOSED + 0, .15f},
                  {TRAIT_CLOSED + 3, .15f},
                  {TRAIT_DIGIT, .01f},
                  {TRAIT_DIGITS, .012f}};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++)
        if (shares[i].trait == trait)
            return shares[i].share;
    return trait >= TRAIT_FORM && trait < TRAIT_DIGIT ? .15f : .03f;
}

/* ---- Words ------------------------------------------------------------------------------------
 */

static bool base_words(struct wordbook *book)
{
    const struct rules *base = book->base;
    uint32_t n = base ? base->words_count : 0;
    if (!vec_room(book->memory, &book->words, n))
        return false;
    for (uint32_t i = 0; i < n; i++)
        book->words.at[book->words.count++] = (struct word_known){
            rules_text(base, base->words[i].text), base->words[i].length, -1};
    return true;
}

bool wordbook_init(struct wordbook *book, struct model *model, const struct rules *base,
                   const struct memory *memory)
{
    memset(book, 0, sizeof *book);
    book->model = model;
    book->base = base;
    book->memory = memory;
    arena_init(&book->arena, memory);
    struct spelled none = {0};
    struct word_known no_word = {"", 0, 1}; /* row 0, which is also what no memory gives */
    if (!vec_push(memory, &book->words, no_word) || !base_words(book))
        return false;
    for (uint32_t i = 0; i < model->lexicons.count; i++)
        if (!vec_push(memory, &book->lexicons, none))
            return false;
    for (uint32_t i = 0; i < 1024; i++)
        if (!vec_push(memory, &book->slots, 0))
            return false;
    return true;
}

void wordbook_free(struct wordbook *book)
{
    index_free(book->memory, &book->rows);
    vec_free(book->memory, &book->words);
    vec_free(book->memory, &book->lexicons);
    vec_free(book->memory, &book->groups);
    vec_free(book->memory, &book->slots);
    vec_free(book->memory, &book->scratch);
    arena_free(&book->arena);
}

enum { FOLD_MOST = 64 };

/* As word/intern folds: lower case, straight apostrophe and hyphen. `out` has room for 2 * length + 5. */
static size_t fold_into(char *out, const char *text, size_t length)
{
    int32_t n = 0;
    for (int32_t i = 0; i < (int32_t)length;) {
        UChar32 c;
        U8_NEXT(text, i, (int32_t)length, c);
        if (c < 0)
            break;
        c = c == 0x2019 || c == 0x2018 ? '\'' : c == 0x2010 || c == 0x2011 ? '-' : u_tolower(c);
        U8_APPEND_UNSAFE(out, n, c);
    }
    out[n] = 0;
    return (size_t)n;
}

static char *fold(struct wordbook *book, const char *text, size_t length, size_t *folded)
{
    char *out = arena_take(&book->arena, 2 * length + 5);
    if (out)
        *folded = fold_into(out, text, length);
    book->no_memory |= !out;
    return out;
}

/* The row of a folded word that is known, or NONE. */
static uint32_t word_row(struct wordbook *book, const char *folded, size_t length)
{
    uint32_t row = book->base ? rules_word(book->base, folded, (uint32_t)length) : NONE;
    if (row == NONE)
        return index_find(&book->rows, folded);
    struct word_known *known = &book->words.at[row + 1];
    if (known->share < 0)
        known->share = share_of(folded, length);
    return row + 1;
}

uint32_t item_word(struct wordbook *book, const char *text, size_t length)
{
    char small[2 * FOLD_MOST + 5];
    char *folded = length <= FOLD_MOST ? small : arena_take(&book->arena, 2 * length + 5);
    if (book->no_memory || !folded) {
        book->no_memory = true;
        return 0;
    }
    size_t n = fold_into(folded, text, length);
    uint32_t row = word_row(book, folded, n);
    if (row != NONE)
        return row;
    folded = folded == small ? arena_text(&book->arena, small, n) : folded;
    struct word_known word = {folded, (uint32_t)n, 0};
    row = book->words.count;
    if (folded && index_put(book->memory, &book->rows, folded, row) == row) {
        word.share = share_of(folded, n);
        if (vec_push(book->memory, &book->words, word))
            return row;
    }
    book->no_memory = true;
    return 0;
}

uint32_t item_trait(uint32_t trait)
{
    return ITEM_TRAIT | trait;
}

/* ---- Lists ------------------------------------------------------------------------------------
 */

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

float share_of_item(const struct wordbook *book, uint32_t item)
{
    if (item & ITEM_TRAIT)
        return share_of_trait(item & ~ITEM_TRAIT);
    float share = book->words.at[item & ~ITEM_PREFIX].share;
    return item & ITEM_PREFIX ? share * 4 + 1e-4f : share;
}

struct items items_make(struct wordbook *book, uint32_t *items, uint32_t count)
{
    struct items out = {NULL, 0, 0};
    uint32_t kept = 0;
    bool sorted = true;
    for (uint32_t i = 1; i < count && sorted; i++)
        sorted = items[i - 1] <= items[i];
    if (!sorted)
        qsort(items, count, sizeof *items, by_number);
    for (uint32_t i = 0; i < count; i++)
        if (!kept || items[kept - 1] != items[i])
            items[kept++] = items[i];
    uint32_t *copy = arena_take(&book->arena, kept * sizeof *copy);
    if (!copy) {
        book->no_memory = true;
        return out;
    }
    if (kept)
        memcpy(copy, items, kept * sizeof *copy);
    out.at = copy;
    out.count = kept;
    for (uint32_t i = 0; i < kept; i++)
        out.share += share_of_item(book, copy[i]);
    return out;
}

struct items items_join(struct wordbook *book, struct items a, struct items b)
{
    if (!a.count)
        return b;
    if (!b.count)
        return a;
    uint32_t *both = arena_take(&book->arena, ((size_t)a.count + b.count) * sizeof *both);
    if (!both) {
        book->no_memory = true;
        return a;
    }
    struct items out = {both, 0, a.share};
    for (uint32_t i = 0, k = 0; i < a.count || k < b.count;) {
        if (k == b.count || (i < a.count && a.at[i] < b.at[k])) {
            both[out.count++] = a.at[i++];
        } else {
            bool twice = i < a.count && a.at[i] == b.at[k];
            out.share += twice ? 0 : share_of_item(book, b.at[k]);
            both[out.count++] = b.at[k++];
            i += twice;
        }
    }
    return out;
}

struct items items_forms(struct wordbook *book, const char *lemma, size_t length, int pos)
{
    char forms[WORD_FORMS_MAX][WORD_MAX];
    uint32_t items[WORD_FORMS_MAX + 1];
    size_t folded;
    const char *text = fold(book, lemma, length, &folded);
    size_t n = text ? word_forms(text, folded, pos, forms, WORD_FORMS_MAX) : 0;
    for (size_t i = 0; i < n; i++)
        items[i] = item_word(book, forms[i], strlen(forms[i]));
    if (!n)
        items[n++] = item_word(book, lemma, length);
    return items_make(book, items, (uint32_t)n);
}

uint32_t group_of(struct wordbook *book, struct items items)
{
    const struct memory *memory = book->memory;
    uint32_t first = book->base ? book->base->groups_count : 0;
    uint32_t hash = rules_hash((const char *)items.at, items.count * sizeof *items.at);
    uint32_t mask = book->slots.count - 1, at = hash & mask;
    for (; book->slots.at[at]; at = (at + 1) & mask) {
        const struct items *old = &book->groups.at[book->slots.at[at] - 1];
        if (old->count == items.count &&
            (!items.count || !memcmp(old->at, items.at, items.count * sizeof *items.at)))
            return first + book->slots.at[at] - 1;
    }
    uint32_t row = book->groups.count;
    if (!vec_push(memory, &book->groups, items)) {
        book->no_memory = true;
        return 0;
    }
    book->slots.at[at] = row + 1;
    if (book->groups.count * 2 < book->slots.count)
        return first + row;
    uint32_t room = book->slots.count;
    for (uint32_t i = 0; i < room && !book->no_memory; i++)
        book->no_memory |= !vec_push(memory, &book->slots, 0);
    mask = book->slots.count - 1;
    if (book->no_memory)
        return first + row;
    memset(book->slots.at, 0, book->slots.count * sizeof *book->slots.at);
    for (uint32_t i = 0; i < book->groups.count; i++) {
        const struct items *old = &book->groups.at[i];
        at = rules_hash((const char *)old->at, old->count * sizeof *old->at) & mask;
        while (book->slots.at[at])
            at = (at + 1) & mask;
        book->slots.at[at] = i + 1;
    }
    return first + row;
}

/* ---- Lexicons ---------------------------------------------------------------------------------
 */

/* An entry: words, whether they are a lemma's, of which part of speech, whether they only begin so.
 */
struct entry { const char *text; size_t length; bool lemma, begins; int pos; };

static struct entry entry_read(const char *text)
{
    struct entry entry = {text, strlen(text), false, false, WORD_ANY};
    static const char letters[] = "nvar";
    if (text[0] == '=') {
        entry.lemma = true;
        entry.text++;
        entry.length--;
        if (entry.length > 2 && entry.text[entry.length - 2] == ':') {
            const char *letter = strchr(letters, entry.text[entry.length - 1]);
            entry.pos = letter ? (int)(letter - letters) : WORD_ANY;
            entry.length -= 2;
        }
    } else if (entry.length && text[entry.length - 1] == '*') {
        entry.begins = true;
        entry.length--;
    }
    return entry;
}

struct spelling {
    struct wordbook *book;
    VEC(uint32_t) words[WORD_OPEN_COUNT + 1]; /* the last: without condition */
    VEC(struct phrase) phrases;
};

static void spelling_word(struct spelling *spelling, int pos, uint32_t item)
{
    int list = pos == WORD_ANY ? WORD_OPEN_COUNT : pos;
    if (!vec_push(spelling->book->memory, &spelling->words[list], item))
        spelling->book->no_memory = true;
}

static bool has_blank(const char *text, size_t length)
{
    return memchr(text, ' ', length) || memchr(text, '-', length);
}

/* Words of a phrase, as tokens: blanks and hyphens part them. */
static void spelling_phrase(struct spelling *spelling, const char *text, size_t length)
{
    struct wordbook *book = spelling->book;
    struct phrase phrase = {arena_text(&book->arena, text, length), NONE, NONE, NONE};
    size_t at = 0;
    if (!phrase.text) {
        book->no_memory = true;
        return;
    }
    while (at < length) {
        size_t n = strcspn(phrase.text + at, " -,");
        bool begins = at + n == length && n && phrase.text[at + n - 1] == '*';
        if (n > begins) {
            uint32_t item =
                item_word(book, phrase.text + at, n - begins) | (begins ? ITEM_PREFIX : 0);
            if (phrase.first == NONE)
                phrase.first = item;
            phrase.last = item;
            if (phrase.rarest == NONE ||
                share_of_item(book, item) < share_of_item(book, phrase.rarest))
                phrase.rarest = item;
        }
        at += n + 1;
    }
    if (phrase.first != NONE && !vec_push(book->memory, &spelling->phrases, phrase))
        book->no_memory = true;
}

static void spelling_add(struct spelling *spelling, const char *text)
{
    struct wordbook *book = spelling->book;
    struct entry entry = entry_read(text);
    if (!entry.length)
        return;
    if (!has_blank(entry.text, entry.length)) {
        if (entry.lemma) {
            struct items forms = items_forms(book, entry.text, entry.length, entry.pos);
            for (uint32_t i = 0; i < forms.count; i++)
                spelling_word(spelling, entry.pos, forms.at[i]);
        } else {
            spelling_word(spelling, WORD_ANY, item_word(book, entry.text, entry.length) |
                                                  (entry.begins ? ITEM_PREFIX : 0));
        }
        return;
    }
    if (!entry.lemma) {
        spelling_phrase(spelling, text, entry.length + entry.begins);
        return;
    }
    size_t first = strcspn(entry.text, " -"); /* "=take part": took part, taken part ... */
    struct items forms = items_forms(book, entry.text, first,
                                     entry.pos == WORD_ANY ? WORD_VERB : entry.pos);
    for (uint32_t i = 0; i < forms.count && !book->no_memory; i++) {
        const struct word_known *form = &book->words.at[forms.at[i]];
        size_t rest = entry.length - first;
        char *whole = arena_take(&book->arena, form->length + rest + 1);
        if (!whole) {
            book->no_memory = true;
            return;
        }
        memcpy(whole, form->text, form->length);
        memcpy(whole + form->length, entry.text + first, rest);
        whole[form->length + rest] = 0;
        spelling_phrase(spelling, whole, form->length + rest);
    }
}

static void spelling_include(struct spelling *spelling, const struct spelled *other)
{
    struct wordbook *book = spelling->book;
    for (uint32_t i = 0; i < other->words.count; i++)
        spelling_word(spelling, WORD_ANY, other->words.at[i]);
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
        for (uint32_t i = 0; i < other->by_pos[pos].count; i++)
            spelling_word(spelling, pos, other->by_pos[pos].at[i]);
    for (uint32_t i = 0; i < other->phrase_count; i++)
        if (!vec_push(book->memory, &spelling->phrases, other->phrases[i]))
            book->no_memory = true;
}

static bool items_have(const struct items *items, uint32_t item)
{
    return items->count && bsearch(&item, items->at, items->count, sizeof item, by_number);
}

static void spelling_less(struct spelling *spelling, const struct spelled *less)
{
    for (int list = 0; list <= WORD_OPEN_COUNT; list++) {
        uint32_t kept = 0;
        for (uint32_t i = 0; i < spelling->words[list].count; i++) {
            uint32_t item = spelling->words[list].at[i];
            bool out = items_have(&less->words, item);
            for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
                out |= (list == pos || list == WORD_OPEN_COUNT) &&
                       items_have(&less->by_pos[pos], item);
            if (!out)
                spelling->words[list].at[kept++] = item;
        }
        spelling->words[list].count = kept;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < spelling->phrases.count; i++) {
        uint32_t n = 0;
        while (n < less->phrase_count &&
               strcmp(less->phrases[n].text, spelling->phrases.at[i].text))
            n++;
        if (n == less->phrase_count)
            spelling->phrases.at[kept++] = spelling->phrases.at[i];
    }
    spelling->phrases.count = kept;
}

static int by_phrase(const void *a, const void *b)
{
    return strcmp(((const struct phrase *)a)->text, ((const struct phrase *)b)->text);
}

static void spelling_end(struct spelling *spelling, struct spelled *out)
{
    struct wordbook *book = spelling->book;
    const struct memory *memory = book->memory;
    out->words = items_make(book, spelling->words[WORD_OPEN_COUNT].at,
                            spelling->words[WORD_OPEN_COUNT].count);
    out->all = out->words;
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++) {
        out->by_pos[pos] = items_make(book, spelling->words[pos].at, spelling->words[pos].count);
        out->all = items_join(book, out->all, out->by_pos[pos]);
    }
    uint32_t n = spelling->phrases.count, kept = 0;
    struct phrase *phrases = arena_take(&book->arena, n * sizeof *phrases);
    uint32_t *first = arena_take(&book->arena, 3 * (size_t)n * sizeof *first);
    uint32_t *last = first ? first + n : NULL, *rarest = first ? last + n : NULL;
    book->no_memory |= !phrases || !first;
    if (n && !book->no_memory) {
        qsort(spelling->phrases.at, n, sizeof *phrases, by_phrase);
        for (uint32_t i = 0; i < n; i++) {
            if (kept && !strcmp(phrases[kept - 1].text, spelling->phrases.at[i].text))
                continue;
            first[kept] = spelling->phrases.at[i].first;
            last[kept] = spelling->phrases.at[i].last;
            rarest[kept] = spelling->phrases.at[i].rarest;
            phrases[kept++] = spelling->phrases.at[i];
        }
        out->phrases = phrases;
        out->phrase_count = kept;
        out->first = items_join(book, out->all, items_make(book, first, kept));
        out->last = items_join(book, out->all, items_make(book, last, kept));
        out->needed = items_join(book, out->all, items_make(book, rarest, kept));
    } else {
        out->first = out->last = out->needed = out->all;
    }
    for (int list = 0; list <= WORD_OPEN_COUNT; list++)
        vec_free(memory, &spelling->words[list]);
    vec_free(memory, &spelling->phrases);
}

static uint32_t lexicon_row(const struct wordbook *book, const char *name)
{
    const struct lexicon *lexicon = model_lexicon(book->model, name);
    return lexicon ? (uint32_t)(lexicon - book->model->lexicons.at) : NONE;
}

static const struct spelled *spell(struct wordbook *book, uint32_t row, uint32_t depth)
{
    if (book->lexicons.at[row].ready || depth > LEMMA_DEEP)
        return &book->lexicons.at[row];
    const struct lexicon *lexicon = &book->model->lexicons.at[row];
    struct spelling spelling = {.book = book}, less = {.book = book};
    struct spelled out = {0}, minus = {0};
    for (uint32_t i = 0; i < lexicon->words.count; i++)
        spelling_add(&spelling, lexicon->words.at[i].text);
    for (uint32_t i = 0; i < lexicon->include.count; i++) {
        uint32_t other = lexicon_row(book, lexicon->include.at[i].text);
        if (other != NONE)
            spelling_include(&spelling, spell(book, other, depth + 1));
    }
    for (uint32_t i = 0; i < lexicon->minus.count; i++) {
        uint32_t other = lexicon_row(book, lexicon->minus.at[i].text);
        if (other != NONE)
            spelling_include(&less, spell(book, other, depth + 1));
        else
            spelling_add(&less, lexicon->minus.at[i].text);
    }
    spelling_end(&less, &minus);
    spelling_less(&spelling, &minus);
    spelling_end(&spelling, &out);
    out.ready = true;
    book->lexicons.at[row] = out;
    return &book->lexicons.at[row];
}

const struct spelled *wordbook_lexicon(struct wordbook *book, uint32_t row)
{
    return spell(book, row, 0);
}
