/* repetition.c: the same passage or a distinctive phrase said again (Lausberg 1960, §§ 608-618;
 * epizeuxis: Corbett and Connors 1999, 389 ff.).
 * In: a paragraph, its neighbours before it, and the index of repetition.h. Out: a tag on the
 * second copy of a passage, on a phrase said again, and on a word doubled; parts first, second
 * where both stand in the paragraph.
 * Example: "never, never again"; "we were sold down the river ... sold down the river". Near
 * miss: "the board of trustees ... the board of trustees": a name for a thing comes back of
 * itself.
 * Cost: linear: see repetition.h; phrases are looked up by hash. */
#include "figure/repetition.h"

#include <string.h>

#include "figure/scratch.h"
#include "rhetor/rhetor.h"

/* ---- A word doubled -------------------------------------------------------------------------- */

enum { DOUBLED_MAX = 3 };

/* How many tokens are doubled behind a comma or dash at `mark`: "no more, no more" gives 2. */
static uint32_t doubled_at(const struct paragraph *p, uint32_t mark)
{
    for (uint32_t n = DOUBLED_MAX; n > 0; n--) {
        uint32_t i = 0;
        if (mark < n || mark + n >= p->tokens.count)
            continue;
        while (i < n && is_word(token_at(p, mark + 1 + i)) &&
               token_at(p, mark - n + i)->type == token_at(p, mark + 1 + i)->type &&
               token_at(p, mark - n + i)->kind == TOKEN_WORD)
            i++;
        if (i == n)
            return n;
    }
    return 0;
}

/* "cash, lots of cash"; "the same, the very same": the word comes back behind words that heighten
 * it. */
static uint32_t heightened_at(const struct figure_view *view, uint32_t mark)
{
    const struct paragraph *p = view->paragraph;
    if (mark == 0 || !is_content(view->words, token_at(p, mark - 1)))
        return 0;
    for (uint32_t i = mark + 2; i < p->tokens.count && i <= mark + 4; i++) {
        const struct token *token = token_at(p, i);
        if (!is_word(token) || (i > mark + 2 && token_at(p, i - 1)->pos == POS_NOUN))
            return 0;
        if (token->type == token_at(p, mark - 1)->type &&
            word_in(word_at(view->words, p, mark + 1),
                    " lots more real much only a the all very plain "
                    "pure nothing sheer "))
            return i - mark;
    }
    return 0;
}

static bool two_emit(struct figure_view *view, struct span a, struct span b, struct span whole,
                     float score)
{
    const struct paragraph *p = view->paragraph;
    struct figure_part parts[2] = {
        {"first", token_at(p, a.first)->start, token_end(token_at(p, a.end - 1))},
        {"second", token_at(p, b.first)->start, token_end(token_at(p, b.end - 1))}};
    return span_emit(view, whole, score, parts, 2);
}

/* Whether words doubled say something: one of content, or one that insists; no name. */
static bool is_heavy(const struct figure_view *view, struct span span)
{
    for (uint32_t i = span.first; i < span.end; i++)
        if (is_content(view->words, token_at(view->paragraph, i)) ||
            word_in(word_at(view->words, view->paragraph, i),
                    " never ever more very far much no not now yes all many well always again "
                    "nothing nobody none enough here there too only alone "))
            return token_at(view->paragraph, span.first)->pos != POS_NAME;
    return false;
}

/* "... leave; riders leave, so ...": a new clause that begins with the last one's end and goes on
 * is anadiplosis. */
static bool taken_up(const struct paragraph *paragraph, uint32_t mark, uint32_t words)
{
    char c = paragraph->bytes[token_at(paragraph, mark)->start];
    uint32_t next = mark + 1 + words;
    return (c == '.' || c == ';') && next < paragraph->tokens.count &&
           is_word(token_at(paragraph, next));
}

static bool doubled_find(struct figure_view *view)
{
    const struct paragraph *p = view->paragraph;
    for (uint32_t i = 1; i + 1 < p->tokens.count; i++) {
        const struct token *token = token_at(p, i);
        char c = p->bytes[token->start];
        if (!(token->flags & TOKEN_BREAK) || c == '(' || c == ')' || c == ':')
            continue;
        uint32_t n = doubled_at(p, i);
        if (n && (!is_heavy(view, (struct span){i + 1, i + 1 + n}) || taken_up(p, i, n)))
            continue;
        if (n) {
            float score = c == '.' && n == 1 ? 0.55f : 0.85f;
            if (!two_emit(view, (struct span){i - n, i}, (struct span){i + 1, i + 1 + n},
                          (struct span){i - n, i + 1 + n}, score))
                return false;
        } else if (c == ',' && (n = heightened_at(view, i)) &&
                   !two_emit(view, (struct span){i - 1, i}, (struct span){i + n, i + n + 1},
                             (struct span){i - 1, i + n + 1}, 0.6f))
            return false;
    }
    return true;
}

/* ---- A phrase said again --------------------------------------------------------------------- */

enum { PHRASE_WORDS = 2, PHRASE_MOST = 12, PHRASE_SLOTS = 512, NEAR_WORDS = 8, PASSAGE_LEAST = 6 };

static const struct paragraph *paragraph_around(const struct figure_view *view, int32_t around)
{
    return around == 0 ? view->paragraph : view->before[-around - 1];
}

static bool places_add(struct figure_view *view, const struct paragraph *paragraph, int32_t around)
{
    struct figure_scratch *scratch = view->scratch;
    if (!paragraph)
        return true;
    for (uint32_t i = 0; i < paragraph->tokens.count; i++) {
        struct word_place place = {i, around};
        if (is_word(token_at(paragraph, i)) && !vec_push(scratch->memory, &scratch->places, place))
            return false;
    }
    return true;
}

static const struct token *place_token(const struct figure_view *view, uint32_t place)
{
    const struct word_place *at = &view->scratch->places.at[place];
    return token_at(paragraph_around(view, at->around), at->row);
}

/* Whether a clause break stands between two neighbouring places, or another paragraph begins. */
static bool place_breaks(const struct figure_view *view, uint32_t place)
{
    const struct word_place *a = &view->scratch->places.at[place], *b = a + 1;
    if (a->around != b->around)
        return true;
    for (uint32_t i = a->row + 1; i < b->row; i++)
        if (token_at(paragraph_around(view, a->around), i)->flags & TOKEN_BREAK)
            return true;
    return false;
}

struct phrase { uint32_t first, second, words, content, verbs, links, names; };

/* Grows the phrase that stands at places `a` and `b` (a < b) to the right. */
static struct phrase phrase_grow(const struct figure_view *view, uint32_t a, uint32_t b)
{
    const struct figure_scratch *scratch = view->scratch;
    struct phrase out = {.first = a, .second = b};
    while (b + out.words < scratch->places.count && a + out.words < b &&
           out.words < PHRASE_MOST) {
        const struct token *x = place_token(view, a + out.words);
        const struct token *y = place_token(view, b + out.words);
        if (x->type != y->type)
            break;
        out.content += is_content(view->words, y);
        out.verbs += y->pos == POS_VERB && is_content(view->words, y) && !is_light(view->words, y);
        out.links += y->pos == POS_PREPOSITION || y->pos == POS_PARTICLE || y->pos == POS_WH ||
                     y->pos == POS_PRONOUN || y->pos == POS_ADVERB;
        out.names += y->pos == POS_NAME || y->pos == POS_NUMBER;
        out.words++;
        if (b + out.words < scratch->places.count &&
            (place_breaks(view, a + out.words - 1) || place_breaks(view, b + out.words - 1)))
            break;
    }
    return out;
}

static float phrase_score(const struct figure_view *view, const struct phrase *phrase)
{
    const struct word_place *a = &view->scratch->places.at[phrase->first];
    const struct word_place *b = &view->scratch->places.at[phrase->second];
    uint32_t distance = phrase->second - phrase->first;
    const struct token *first = place_token(view, phrase->second);
    if ((first->flags & TOKEN_FIRST) && phrase->words < PASSAGE_LEAST)
        return 0;
    if (phrase->words == 2 && phrase->content == 1 && phrase->links == 1 && a->around == 0 &&
        distance <= NEAR_WORDS && !phrase->names && first->pos == POS_PREPOSITION &&
        !word_in(words_type(view->words, first->type), " as of to ") &&
        !(place_token(view, phrase->second + 1)->flags & TOKEN_CAPITAL))
        return 0.5f;
    if (phrase->content < 2 || phrase->words < 3 || phrase->names > phrase->content ||
        (!phrase->verbs && !phrase->links))
        return 0;
    uint32_t words = phrase->words;
    while (words > 3 && !is_content(view->words, place_token(view, phrase->second + words - 1)))
        words--;
    float score = phrase->verbs ? 0.38f : 0.25f;
    score += 0.08f * (float)(phrase->content - 2) + 0.04f * (float)(words - 3);
    score += distance < 30 ? 0.05f : a->around != b->around ? -0.05f : 0;
    return score > 0.9f ? 0.9f : score;
}

static bool phrase_emit(struct figure_view *view, const struct phrase *phrase, float score)
{
    const struct figure_scratch *scratch = view->scratch;
    const struct token *first = place_token(view, phrase->second);
    const struct token *last = place_token(view, phrase->second + phrase->words - 1);
    struct figure_part parts[2] = {{"second", first->start, token_end(last)}, {0}};
    uint32_t count = 1;
    if (scratch->places.at[phrase->first].around == 0) {
        parts[1] = (struct figure_part){
            "first", place_token(view, phrase->first)->start,
            token_end(place_token(view, phrase->first + phrase->words - 1))};
        count = 2;
    }
    return view->emit(view->sink, first->start, token_end(last), score, parts, count);
}

static uint32_t pair_hash(const struct figure_view *view, uint32_t place)
{
    const struct word_type *a = words_type(view->words, place_token(view, place)->type);
    const struct word_type *b = words_type(view->words, place_token(view, place + 1)->type);
    return a->hash * 0x9E3779B1u ^ (b->hash + 0x7F4A7C15u);
}

/* Each pair of words is looked up among those before it: the latest place wins. */
static bool phrases_find(struct figure_view *view)
{
    struct figure_scratch *scratch = view->scratch;
    scratch->places.count = scratch->phrases.count = 0;
    for (int32_t around = -FIGURE_AROUND; around <= 0; around++)
        if (!places_add(view, around ? view->before[-around - 1] : view->paragraph, around))
            return false;
    uint32_t slots = PHRASE_SLOTS;
    while (slots < scratch->places.count)
        slots *= 2;
    scratch->slots.count = 0;
    if (!vec_room(scratch->memory, &scratch->slots, slots) ||
        !vec_room(scratch->memory, &scratch->phrases, scratch->places.count))
        return false;
    memset(scratch->slots.at, 0xFF, slots * sizeof *scratch->slots.at);
    uint32_t past = 0;
    for (uint32_t i = 0; i + 1 < scratch->places.count; i++) {
        uint32_t hash = pair_hash(view, i), *slot = &scratch->slots.at[hash & (slots - 1)];
        uint32_t before = *slot;
        *slot = i;
        if (before == NO_ROW || scratch->places.at[i].around != 0 || i < past)
            continue;
        struct phrase phrase = phrase_grow(view, before, i);
        if (phrase.words < PHRASE_WORDS)
            continue;
        float score = phrase_score(view, &phrase);
        if (score < 0.3f)
            continue;
        past = i + phrase.words;
        if (!phrase_emit(view, &phrase, score))
            return false;
    }
    return true;
}

bool repetition_near_find(struct figure_view *view)
{
    return doubled_find(view) && phrases_find(view);
}

/* ---- The index ------------------------------------------------------------------------------- */

enum {
    SHINGLE = 5,          /* words a run */
    WINDOW = 4,           /* neighbours of which one is kept */
    DIFFERENT = 3,        /* different words that a run must have */
    PASSAGE_WORDS = 9,    /* a shorter passage is no copy */
    PASSAGE_CONTENT = 4,
    CHANGED = 3,          /* words that may be changed in one place */
    AGAIN = 2,            /* words that must agree behind a change */
    MARKS_MAX = 16        /* marks between two words of a passage */
};

/* A kept run: where it stands. Rows of one key are linked both ways. */
struct entry {
    struct paragraph *paragraph;
    uint32_t key, row;       /* row of the key; of the run's first token in the paragraph */
    uint32_t newer, older;   /* rows or NO_ROW */
};

struct key { uint32_t hash, head, count, next; };

struct run { uint32_t hash, row; };

struct repetition {
    const struct memory *memory;
    VEC(struct entry) entries;
    VEC(struct key) keys;
    VEC(uint32_t) buckets;       /* rows of keys; a power of two */
    VEC(uint32_t) words;         /* token rows of a paragraph's words */
    VEC(struct run) runs;
    uint32_t free_entry, free_key;
    uint32_t live_keys;
};

int32_t repetition_open(const struct memory *memory, struct repetition **out)
{
    struct repetition *repetition = memory_zero(memory, sizeof *repetition);
    *out = repetition;
    if (!repetition)
        return RHETOR_E_MEMORY;
    repetition->memory = memory;
    repetition->free_entry = repetition->free_key = NO_ROW;
    return RHETOR_OK;
}

void repetition_close(struct repetition *repetition)
{
    if (!repetition)
        return;
    const struct memory *memory = repetition->memory;
    vec_free(memory, &repetition->entries);
    vec_free(memory, &repetition->keys);
    vec_free(memory, &repetition->buckets);
    vec_free(memory, &repetition->words);
    vec_free(memory, &repetition->runs);
    memory_give(memory, repetition);
}

/* ---- Keys */

static bool buckets_grow(struct repetition *r)
{
    uint32_t count = r->buckets.count ? r->buckets.count * 2 : 1024;
    if (r->live_keys < r->buckets.count)
        return true;
    if (!vec_room(r->memory, &r->buckets, count - r->buckets.count))
        return false;
    r->buckets.count = count;
    memset(r->buckets.at, 0xFF, count * sizeof *r->buckets.at);
    for (uint32_t i = 0; i < r->keys.count; i++) {
        struct key *key = &r->keys.at[i];
        if (key->count == 0)
            continue;
        key->next = r->buckets.at[key->hash & (count - 1)];
        r->buckets.at[key->hash & (count - 1)] = i;
    }
    return true;
}

static uint32_t key_find(const struct repetition *r, uint32_t hash)
{
    if (r->buckets.count == 0)
        return NO_ROW;
    uint32_t row = r->buckets.at[hash & (r->buckets.count - 1)];
    while (row != NO_ROW && r->keys.at[row].hash != hash)
        row = r->keys.at[row].next;
    return row;
}

/* The key's row, made where it is new; NO_ROW: no memory. */
static uint32_t key_make(struct repetition *r, uint32_t hash)
{
    uint32_t row = key_find(r, hash);
    if (row != NO_ROW)
        return row;
    if (!buckets_grow(r))
        return NO_ROW;
    row = r->free_key;
    if (row != NO_ROW)
        r->free_key = r->keys.at[row].next;
    else {
        struct key fresh = {0};
        row = r->keys.count;
        if (!vec_push(r->memory, &r->keys, fresh))
            return NO_ROW;
    }
    uint32_t *bucket = &r->buckets.at[hash & (r->buckets.count - 1)];
    r->keys.at[row] = (struct key){hash, NO_ROW, 0, *bucket};
    *bucket = row;
    r->live_keys++;
    return row;
}

static void key_drop(struct repetition *r, uint32_t row)
{
    struct key *key = &r->keys.at[row];
    uint32_t *at = &r->buckets.at[key->hash & (r->buckets.count - 1)];
    while (*at != row)
        at = &r->keys.at[*at].next;
    *at = key->next;
    key->next = r->free_key;
    r->free_key = row;
    r->live_keys--;
}

/* ---- Runs of words */

static bool words_of(struct repetition *r, const struct paragraph *paragraph)
{
    r->words.count = 0;
    if (!vec_room(r->memory, &r->words, paragraph->tokens.count))
        return false;
    for (uint32_t i = 0; i < paragraph->tokens.count; i++)
        if (is_word(token_at(paragraph, i)))
            r->words.at[r->words.count++] = i;
    return true;
}

/* The hash of SHINGLE words; 0 where too few of them differ. */
static uint32_t run_hash(const struct words *words, const struct paragraph *paragraph,
                         const uint32_t *rows)
{
    uint32_t hash = 0x811C9DC5u, different = 0;
    for (uint32_t i = 0; i < SHINGLE; i++) {
        const struct token *token = token_at(paragraph, rows[i]);
        uint32_t j = 0;
        while (j < i && token_at(paragraph, rows[j])->type != token->type)
            j++;
        different += j == i;
        hash = (hash ^ words_type(words, token->type)->hash) * 0x01000193u;
        hash ^= hash >> 15;
    }
    return different < DIFFERENT ? 0 : hash ? hash : 1;
}

/* Fills r->words and r->runs: of each WINDOW neighbouring runs the least, each once. */
static bool runs_of(struct repetition *r, const struct words *words,
                    const struct paragraph *paragraph)
{
    r->runs.count = 0;
    if (!words_of(r, paragraph))
        return false;
    uint32_t hashes[WINDOW] = {0}, last = NO_ROW;
    for (uint32_t i = 0; i + SHINGLE <= r->words.count; i++) {
        hashes[i % WINDOW] = run_hash(words, paragraph, r->words.at + i);
        bool end = i + SHINGLE == r->words.count;
        if (i + 1 < WINDOW && !end)
            continue;
        uint32_t from = i + 1 < WINDOW ? 0 : i + 1 - WINDOW, least = NO_ROW;
        for (uint32_t j = from; j <= i; j++)
            if (hashes[j % WINDOW] &&
                (least == NO_ROW || hashes[j % WINDOW] <= hashes[least % WINDOW]))
                least = j;
        if (least == NO_ROW || least == last)
            continue;
        struct run run = {hashes[least % WINDOW], r->words.at[least]};
        last = least;
        if (!vec_push(r->memory, &r->runs, run))
            return false;
    }
    return true;
}

/* ---- Add, remove, touch */

static bool entry_add(struct repetition *r, struct paragraph *paragraph, struct run run)
{
    uint32_t key = key_make(r, run.hash);
    if (key == NO_ROW)
        return false;
    uint32_t head = r->keys.at[key].head;
    if (head != NO_ROW && r->entries.at[head].paragraph == paragraph)
        return true;
    uint32_t row = r->free_entry;
    if (row != NO_ROW)
        r->free_entry = r->entries.at[row].older;
    else {
        struct entry fresh = {0};
        row = r->entries.count;
        if (!vec_push(r->memory, &r->entries, fresh)) {
            if (r->keys.at[key].count == 0)
                key_drop(r, key);
            return false;
        }
    }
    r->entries.at[row] = (struct entry){paragraph, key, run.row, NO_ROW, head};
    if (head != NO_ROW)
        r->entries.at[head].newer = row;
    r->keys.at[key].head = row;
    r->keys.at[key].count++;
    paragraph->shingles.at[paragraph->shingles.count++] = row;
    return true;
}

int32_t repetition_add(struct repetition *r, const struct words *words, struct paragraph *paragraph)
{
    repetition_remove(r, paragraph);
    if (!runs_of(r, words, paragraph) ||
        !vec_room(r->memory, &paragraph->shingles, r->runs.count))
        return RHETOR_E_MEMORY;
    for (uint32_t i = 0; i < r->runs.count; i++)
        if (!entry_add(r, paragraph, r->runs.at[i])) {
            repetition_remove(r, paragraph);
            return RHETOR_E_MEMORY;
        }
    return RHETOR_OK;
}

void repetition_remove(struct repetition *r, struct paragraph *paragraph)
{
    for (uint32_t i = 0; i < paragraph->shingles.count; i++) {
        uint32_t row = paragraph->shingles.at[i];
        struct entry *entry = &r->entries.at[row];
        struct key *key = &r->keys.at[entry->key];
        if (entry->newer != NO_ROW)
            r->entries.at[entry->newer].older = entry->older;
        else
            key->head = entry->older;
        if (entry->older != NO_ROW)
            r->entries.at[entry->older].newer = entry->newer;
        if (--key->count == 0)
            key_drop(r, entry->key);
        entry->paragraph = NULL;
        entry->older = r->free_entry;
        r->free_entry = row;
    }
    paragraph->shingles.count = 0;
}

void repetition_touched(struct repetition *r, const struct paragraph *paragraph,
                        void (*touched)(void *user, struct paragraph *paragraph), void *user)
{
    for (uint32_t i = 0; i < paragraph->shingles.count; i++) {
        const struct key *key = &r->keys.at[r->entries.at[paragraph->shingles.at[i]].key];
        if (key->count < 2 || key->count > REPETITION_COPIES + 1)
            continue;
        for (uint32_t row = key->head; row != NO_ROW; row = r->entries.at[row].older)
            if (r->entries.at[row].paragraph != paragraph)
                touched(user, r->entries.at[row].paragraph);
    }
}

/* ---- Two texts side by side */

/* A text as read from a run on: tokens [low, high) may be read. */
struct side {
    const struct words *words;
    const struct paragraph *paragraph;
    uint32_t low, high;
};

/* Token rows [first, end); words: how many agreed. */
struct match { uint32_t first, end, words; };

/* The next word in direction `way`, past marks; NO_ROW: none, or too many marks. */
static uint32_t word_next(const struct side *side, uint32_t row, int way)
{
    for (int64_t at = (int64_t)row + way, marks = 0; marks < MARKS_MAX; at += way, marks++) {
        if (at < side->low || at >= side->high)
            return NO_ROW;
        if (is_word(token_at(side->paragraph, (uint32_t)at)))
            return (uint32_t)at;
    }
    return NO_ROW;
}

static bool same_word(const struct side *a, uint32_t i, const struct side *b, uint32_t j)
{
    return token_at(a->paragraph, i)->type == token_at(b->paragraph, j)->type;
}

/* Whether AGAIN words agree from here on. */
static bool agree_again(const struct side *a, uint32_t i, const struct side *b, uint32_t j, int way)
{
    for (int k = 0; k < AGAIN; k++) {
        if (i == NO_ROW || j == NO_ROW || !same_word(a, i, b, j))
            return false;
        i = word_next(a, i, way);
        j = word_next(b, j, way);
    }
    return true;
}

/* The next CHANGED + 1 words from `row` on. */
static uint32_t words_ahead(const struct side *side, uint32_t row, int way,
                            uint32_t rows[CHANGED + 1])
{
    uint32_t count = 0;
    for (; row != NO_ROW && count <= CHANGED; row = word_next(side, row, way))
        rows[count++] = row;
    return count;
}

/* Past a change: the least skip on either side behind which words agree again. */
static bool skip(const struct side *a, uint32_t *i, const struct side *b, uint32_t *j, int way)
{
    uint32_t ahead[CHANGED + 1], other[CHANGED + 1];
    uint32_t n = words_ahead(a, *i, way, ahead), m = words_ahead(b, *j, way, other);
    for (uint32_t sum = 1; sum <= 2 * CHANGED; sum++)
        for (uint32_t x = sum > CHANGED ? sum - CHANGED : 0; x <= CHANGED && x <= sum; x++)
            if (x < n && sum - x < m && agree_again(a, ahead[x], b, other[sum - x], way)) {
                *i = ahead[x];
                *j = other[sum - x];
                return true;
            }
    return false;
}

/* Reads on from two words that agree; *last: the last of `a` that agreed. How many agreed. */
static uint32_t read_on(const struct side *a, uint32_t *last, const struct side *b, uint32_t other,
                        int way)
{
    uint32_t words = 0;
    uint32_t x = word_next(a, *last, way), y = word_next(b, other, way);
    while (x != NO_ROW && y != NO_ROW) {
        if (!same_word(a, x, b, y) && !skip(a, &x, b, &y, way))
            break;
        *last = x;
        words++;
        x = word_next(a, x, way);
        y = word_next(b, y, way);
    }
    return words;
}

/* The passage around a word that both have. In one paragraph the copy may not reach the original.
 */
static struct match match_around(struct side a, uint32_t row, struct side b, uint32_t other)
{
    bool same = a.paragraph == b.paragraph;
    uint32_t first = row, last = row;
    if (same && a.low <= other)
        a.low = other + 1;
    uint32_t words = 1 + read_on(&a, &first, &b, other, -1);
    if (same)
        b.high = first;
    words += read_on(&a, &last, &b, other, 1);
    return (struct match){first, last + 1, words};
}

static bool is_passage(const struct words *words, const struct paragraph *paragraph,
                       const struct match *match)
{
    uint32_t content = 0, all = span_words(paragraph, (struct span){match->first, match->end});
    if (match->words * 3 < all * 2)
        return false;
    for (uint32_t i = match->first; i < match->end; i++)
        content += is_content(words, token_at(paragraph, i));
    return content >= PASSAGE_CONTENT;
}

static bool is_better(const struct match *a, const struct paragraph *p, const struct match *b,
                      const struct paragraph *q)
{
    if (a->words != b->words)
        return a->words > b->words;
    return !q || p->index > q->index;
}

/* The best earlier copy of what stands around a run; words 0: none. */
static struct match best_copy(const struct repetition *r, const struct side *own, struct run run)
{
    const struct paragraph *where = NULL;
    struct match best = {0};
    uint32_t key = key_find(r, run.hash);
    if (key == NO_ROW || r->keys.at[key].count > REPETITION_COPIES)
        return best;
    for (uint32_t row = r->keys.at[key].head; row != NO_ROW; row = r->entries.at[row].older) {
        const struct entry *entry = &r->entries.at[row];
        const struct paragraph *other = entry->paragraph;
        struct side side = {own->words, other, 0, other->tokens.count};
        if ((other != own->paragraph && other->index >= own->paragraph->index) ||
            (other == own->paragraph && entry->row >= run.row) ||
            !same_word(&side, entry->row, own, run.row))
            continue;
        struct match match = match_around(*own, run.row, side, entry->row);
        if (is_better(&match, other, &best, where)) {
            best = match;
            where = other;
        }
    }
    return best;
}

int32_t repetition_find(struct repetition *r, const struct words *words,
                        const struct paragraph *paragraph, struct figure_view *view)
{
    struct side own = {words, paragraph, 0, paragraph->tokens.count};
    if (!runs_of(r, words, paragraph))
        return RHETOR_E_MEMORY;
    for (uint32_t i = 0; i < r->runs.count; i++) {
        if (r->runs.at[i].row < own.low)
            continue;
        struct match match = best_copy(r, &own, r->runs.at[i]);
        if (match.words < PASSAGE_WORDS)
            continue;
        own.low = match.end;
        if (!is_passage(words, paragraph, &match))
            continue;
        float score = 0.6f + 0.02f * (float)(match.words - PASSAGE_WORDS);
        struct figure_part part = {"second", token_at(paragraph, match.first)->start,
                                   token_end(token_at(paragraph, match.end - 1))};
        if (!view->emit(view->sink, part.start, part.end, score > 0.95f ? 0.95f : score, &part, 1))
            return RHETOR_E_MEMORY;
    }
    return RHETOR_OK;
}
