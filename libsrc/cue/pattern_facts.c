/* pattern_facts.c: what every text that a pattern matches must have: words of which one each must
 * stand in it, and the word with which it begins.
 *
 * A piece's texts are known *exactly* while they are few and hold no blank; neighbours that are
 * exact are joined, so that ask(?:ed|ing) gives "asked" and "asking". What is exact is cut into
 * tokens; a word at the edge of it counts only where nothing that may be a letter can touch it. */
#include <math.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "cue/pattern_piece.h"

enum {
    EXACT_MOST = 64, EXACT_BYTES = 64, /* exact texts of a piece */
    CLASS_MOST = 12,                   /* bytes of a class that is told apart by its characters */
    BEGIN_LEAST = 2,                   /* letters of a word's beginning */
    PHRASE_MOST = 12,                  /* words of a phrase that are looked at */
    OPTIONAL_LEAST = 3,                /* blanks in what is optional, to tell apart with and without */
    OPTIONAL_MOST = 2,                 /* of these in a sequence */
    BLANKS_MOST = 200, NEAR_MOST = 16, /* beyond: no bound; anywhere in the unit */
    FAR_MOST = 1 << 20,
    USUAL_WORDS = 20                   /* in a sentence */
};

struct facts {
    const char **exact; uint32_t exact_count;   /* 0: not exact */
    struct requirement required[REQUIRED_MOST]; uint32_t required_count;
    struct items entry, exit;                   /* the first and the last word */
    bool entry_known, exit_known;
    bool nullable, begins, ends, boundary;      /* edges: may be a letter */
    bool loose_first, loose_last;               /* which another letter may touch */
    bool within;                                /* what is required may stand within a word */
    struct span blanks;                         /* in it */
    bool blank_first, blank_last;               /* one that is counted may stand at that edge */
    struct way *ways; uint32_t way_count;       /* 0: not known, or it may be empty */
    struct facts *present;                      /* of what is optional: where it is there */
};

static bool is_letter(UChar32 c)
{
    return u_isalnum(c) || c == '_';
}

static bool letter_first(const char *text)
{
    UChar32 c;
    U8_GET((const uint8_t *)text, 0, 0, -1, c);
    return is_letter(c);
}

static bool letter_last(const char *text)
{
    int32_t at = (int32_t)strlen(text);
    UChar32 c;
    U8_PREV((const uint8_t *)text, 0, at, c);
    return is_letter(c);
}

static void require(struct facts *facts, struct requirement needed)
{
    if (!needed.words.count)
        return;
    uint32_t at = facts->required_count;
    if (at == REQUIRED_MOST) {
        if (facts->required[--at].words.share <= needed.words.share)
            return;
    } else {
        facts->required_count++;
    }
    for (; at && facts->required[at - 1].words.share > needed.words.share; at--)
        facts->required[at] = facts->required[at - 1];
    facts->required[at] = needed;
}

/* ---- Blanks and ways ----------------------------------------------------------------------------
 */

static uint32_t most_sum(uint32_t a, uint32_t b)
{
    return a == NONE || b == NONE || a + b > BLANKS_MOST ? NONE : a + b;
}

static struct span span_sum(struct span a, struct span b)
{
    return (struct span){a.least + b.least, most_sum(a.most, b.most)};
}

static struct span span_hull(struct span a, struct span b)
{
    return (struct span){a.least < b.least ? a.least : b.least, a.most > b.most ? a.most : b.most};
}

static uint32_t most_times(uint32_t a, uint32_t times)
{
    if (!a || !times)
        return 0;
    return a == NONE || times > BLANKS_MOST || a * times > BLANKS_MOST ? NONE : a * times;
}

static bool is_blank(UChar32 c)
{
    return c == 0x200B || u_isUWhiteSpace(c);
}

/* How likely it is that a word of a check stands by chance where it asks for it. */
static float chance(struct items words, int32_t from, int32_t to)
{
    float tokens = 1.3f * (float)(to - from > CHECK_FAR ? USUAL_WORDS : to - from + 1);
    return 1 - expf(-words.share * tokens);
}

static float check_cost(const struct way_check *check)
{
    float own = chance(check->words, check->from, check->to);
    float look = check->to - check->from > CHECK_FAR ? .5f : (float)(check->to - check->from + 1);
    return look / (1 - (own < .9f ? own : .9f));
}

/* The order in which checks cost least: what a look costs by how often it ends the matter. */
static void checks_sort(struct way *way)
{
    for (uint32_t i = 1; i < way->check_count; i++) {
        struct way_check check = way->checks[i];
        uint32_t at = i;
        for (; at && check_cost(&way->checks[at - 1]) > check_cost(&check); at--)
            way->checks[at] = way->checks[at - 1];
        way->checks[at] = check;
    }
}

/* Keeps the checks that are least likely to hold by chance. */
static void check_add(struct way *way, struct items words, struct span low, struct span high,
                      bool behind)
{
    struct span span = span_sum(low, high);
    if (!words.count)
        return;
    if (span.most == NONE || span.most - span.least > NEAR_MOST)
        span.most = span.least + FAR_MOST;
    int32_t from = behind ? (int32_t)span.least : -(int32_t)span.most,
            to = behind ? (int32_t)span.most : -(int32_t)span.least;
    float own = chance(words, from, to);
    if (own > .85f)
        return;
    uint32_t at = way->check_count;
    if (at == CHECKS_MOST) {
        const struct way_check *last = &way->checks[--at];
        if (chance(last->words, last->from, last->to) <= own)
            return;
    } else {
        way->check_count++;
    }
    for (; at; at--) {
        const struct way_check *other = &way->checks[at - 1];
        if (chance(other->words, other->from, other->to) <= own)
            break;
        way->checks[at] = *other;
    }
    way->checks[at] = (struct way_check){words, from, to};
}

static struct way *ways_room(struct parser *parser, uint32_t count)
{
    struct way *ways = arena_take(&parser->compiler->scratch, (count + 1) * sizeof *ways);
    if (!ways)
        parser->compiler->no_memory = true;
    return ways;
}

/* The only way of what requires one word. */
static void way_single(struct parser *parser, struct facts *facts)
{
    facts->way_count = 0;
    if (!facts->required_count || facts->nullable)
        return;
    facts->ways = ways_room(parser, 1);
    if (!facts->ways)
        return;
    const struct requirement *only = &facts->required[0];
    facts->ways[facts->way_count++] =
        (struct way){.lead = only->words, .before = only->before, .behind = only->behind,
                     .entry = facts->entry, .entry_known = facts->entry_known};
}

static void way_join(struct wordbook *book, struct way *into, const struct way *other)
{
    into->lead = items_join(book, into->lead, other->lead);
    into->before = span_hull(into->before, other->before);
    into->behind = span_hull(into->behind, other->behind);
    into->entry_known &= other->entry_known;
    into->entry = items_join(book, into->entry, other->entry);
    into->check_count = 0;
}

static bool span_same(struct span a, struct span b)
{
    return a.least == b.least && a.most == b.most;
}

/* The ways of alternatives: those that differ in the words alone are one; too many become one. */
static void ways_choose(struct parser *parser, struct facts *out, const struct facts *all,
                        uint32_t count)
{
    struct wordbook *book = &parser->compiler->book;
    uint32_t total = 0;
    out->way_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!all[i].way_count)
            return;
        total += all[i].way_count;
    }
    out->ways = ways_room(parser, total);
    if (!out->ways)
        return;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t n = 0; n < all[i].way_count; n++) {
            const struct way *way = &all[i].ways[n];
            uint32_t at = way->check_count ? out->way_count : 0;
            while (at < out->way_count &&
                   (out->ways[at].check_count || out->ways[at].entry_known != way->entry_known ||
                    !span_same(out->ways[at].before, way->before) ||
                    !span_same(out->ways[at].behind, way->behind)))
                at++;
            if (at < out->way_count)
                way_join(book, &out->ways[at], way);
            else
                out->ways[out->way_count++] = *way;
        }
    if (out->way_count <= WAYS_MOST)
        return;
    for (uint32_t i = 1; i < out->way_count; i++)
        way_join(book, &out->ways[0], &out->ways[i]);
    out->way_count = 1;
}

/* What running the ways of an atom costs, more or less: how often their leads stand. */
static float ways_cost(const struct facts *atom, struct span before)
{
    float cost = 0;
    for (uint32_t i = 0; i < atom->way_count; i++) {
        const struct way *way = &atom->ways[i];
        uint32_t most = most_sum(before.most, way->before.most);
        float chances = way->lead.share * (most > 20 ? 3 : 1 + (float)most * .1f);
        if (way->check_count)
            chances *= chance(way->checks[0].words, way->checks[0].from, way->checks[0].to) + .1f;
        cost += chances;
    }
    return cost;
}

/* The blanks of the atoms between two, or from an edge (left -1, right count). Where blanks on both
 * sides of an edge may be the same, one less is certain. */
static struct span blanks_between(const struct facts *atoms, int32_t left, int32_t right,
                                  uint32_t count)
{
    struct span out = {0, 0};
    bool open = left >= 0 && atoms[left].blank_last;
    for (int32_t i = left + 1; i < right; i++) {
        struct span own = atoms[i].blanks;
        own.least -= open && atoms[i].blank_first && own.least;
        out = span_sum(out, own);
        open = atoms[i].blank_last || (open && atoms[i].nullable);
    }
    out.least -= open && right < (int32_t)count && atoms[right].blank_first && out.least;
    return out;
}

static uint32_t best_atom(const struct facts *atoms, uint32_t count)
{
    uint32_t best = NONE;
    float least = 0;
    for (uint32_t i = 0; i < count; i++) {
        float cost = ways_cost(&atoms[i], blanks_between(atoms, -1, (int32_t)i, count));
        if (!atoms[i].way_count || atoms[i].nullable || (best != NONE && cost >= least))
            continue;
        best = i;
        least = cost;
    }
    return best;
}

/* The ways of a sequence are those of its best atom, and what the others require is checked. */
static void ways_of_atoms(struct parser *parser, struct facts *out, const struct facts *atoms,
                             uint32_t count)
{
    struct wordbook *book = &parser->compiler->book;
    uint32_t best = best_atom(atoms, count);
    out->way_count = 0;
    if (best == NONE)
        return;
    out->ways = ways_room(parser, atoms[best].way_count);
    if (!out->ways)
        return;
    int32_t at = (int32_t)best;
    struct span prefix = blanks_between(atoms, -1, at, count),
                suffix = blanks_between(atoms, at, (int32_t)count, count);
    struct items entry = {0};
    bool known = true, open = true;
    for (uint32_t i = 0; i < best && open; i++) {
        known &= atoms[i].entry_known;
        entry = items_join(book, entry, atoms[i].entry);
        open = atoms[i].nullable;
    }
    for (uint32_t n = 0; n < atoms[best].way_count; n++) {
        struct way *way = &out->ways[out->way_count++];
        *way = atoms[best].ways[n];
        struct span left = way->before, right = way->behind;
        way->before = span_sum(prefix, left);
        way->behind = span_sum(right, suffix);
        way->entry_known = known && (!open || way->entry_known);
        way->entry = open ? items_join(book, entry, way->entry) : entry;
        for (uint32_t i = 0; i < count; i++) {
            if (i == best || atoms[i].nullable)
                continue;
            int32_t other_at = (int32_t)i;
            struct span between = i < best ? blanks_between(atoms, other_at, at, count)
                                           : blanks_between(atoms, at, other_at, count);
            for (uint32_t r = 0; r < atoms[i].required_count; r++) {
                const struct requirement *other = &atoms[i].required[r];
                if (i < best)
                    check_add(way, other->words, span_sum(other->behind, between), left, false);
                else
                    check_add(way, other->words, span_sum(right, between), other->before, true);
            }
        }
    }
}

/* What is optional and long makes it uncertain where a match begins: the ways with it and those
 * without it are told apart. */
static void ways_of_sequence(struct parser *parser, struct facts *out, const struct facts *atoms,
                             uint32_t count, uint32_t deep)
{
    uint32_t best = best_atom(atoms, count), at = 0;
    while (best != NONE && at < best &&
           (!atoms[at].present || atoms[at].blanks.most < OPTIONAL_LEAST))
        at++;
    struct facts *copy = best == NONE || at == best || deep == OPTIONAL_MOST
                             ? NULL
                             : arena_take(&parser->compiler->scratch, count * sizeof *copy);
    if (!copy) {
        ways_of_atoms(parser, out, atoms, count);
        return;
    }
    struct facts variants[2] = {{0}};
    const struct facts absent = {.nullable = true, .entry_known = true, .exit_known = true};
    for (uint32_t there = 0; there < 2; there++) {
        memcpy(copy, atoms, count * sizeof *copy);
        copy[at] = there ? *atoms[at].present : absent;
        ways_of_sequence(parser, &variants[there], copy, count, deep + 1);
    }
    ways_choose(parser, out, variants, 2);
}

/* ---- Exact texts -------------------------------------------------------------------------------
 */

/* The token at `at`, as ICU cuts: letters with inner apostrophes and stops, or one sign. */
static size_t token_length(const char *text, size_t at)
{
    int32_t i = (int32_t)at, n = (int32_t)strlen(text);
    UChar32 c, next, inner;
    U8_NEXT(text, i, n, c);
    if (!is_letter(c))
        return (size_t)i - at;
    while (i < n) {
        int32_t step = i;
        U8_NEXT(text, step, n, next);
        if (!is_letter(next)) {
            if (step >= n || !(next == '\'' || next == '.' || (next == ',' && u_isdigit(c))))
                break;
            U8_GET((const uint8_t *)text, 0, step, n, inner);
            if (!is_letter(inner) || (next == ',' && !u_isdigit(inner)))
                break;
        }
        c = next;
        i = step;
    }
    return (size_t)i - at;
}

static void token_items(struct wordbook *book, const char *text, size_t length, uint32_t *items,
                        uint32_t *count)
{
    static const char *const quotes[] = {"\"",           "\xE2\x80\x9C", "\xE2\x80\x9D",
                                         "\xE2\x80\x9E", "\xC2\xAB",     "\xC2\xBB"};
    if (length != 1 || *text != '"') {
        items[(*count)++] = item_word(book, text, length);
        return;
    }
    for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
        items[(*count)++] = item_word(book, quotes[i], strlen(quotes[i]));
}

/* What may stand at an edge: a letter, one that belongs to the same word. */
enum touch { TOUCH_LETTER = 1, TOUCH_LOOSE = 2, TOUCH_ANY = 3 };

/* Whether a sign at [at, end) may stand within a token, between letters or digits: 4.5 */
static bool is_joined(const char *text, size_t at, size_t end, int left, int right)
{
    UChar32 before = 0;
    int32_t back = (int32_t)at;
    if (at)
        U8_PREV((const uint8_t *)text, 0, back, before);
    return strchr(".,;:", text[at]) && (at ? is_letter(before) : left) &&
           (text[end] ? letter_first(text + end) : right);
}

/* 'll, n't: what the token that it ends stands for, and what it is where it stands alone. False: it
 * is none of them. */
static bool contraction_items(struct wordbook *book, const char *text, uint32_t *items,
                              uint32_t *count)
{
    static const struct { const char *text, *word;
    } rows[] = {{"'ll", "will"}, {"'re", "are"}, {"'ve", "have"},
                {"'d", "would"}, {"'m", "am"},   {"n't", "not"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!strcmp(rows[i].text, text)) {
            const char *alone = text + (*text == '\'');
            items[(*count)++] = item_word(book, rows[i].word, strlen(rows[i].word));
            items[(*count)++] = item_word(book, alone, strlen(alone));
            return true;
        }
    return false;
}

/* Turns exact texts into requirements. left, right: enum touch. */
static void exact_settle(struct parser *parser, struct facts *facts, int touch_left,
                         int touch_right)
{
    bool left = touch_left & TOUCH_LOOSE, right = touch_right & TOUCH_LOOSE;
    struct wordbook *book = &parser->compiler->book;
    uint32_t needed[EXACT_MOST * 6], needed_count = 0, first[EXACT_MOST * 6], first_count = 0,
             last[EXACT_MOST * 6], last_count = 0;
    bool all = true, entry = true, exit = true;
    struct span before = {0, 0}, behind = {0, 0}, blanks = {0, 0};
    const char **exact = facts->exact;
    uint32_t count = facts->exact_count;
    *facts = (struct facts){0};
    for (uint32_t i = 0; i < count; i++) {
        const char *text = exact[i];
        size_t length = strlen(text), best_at = 0, best_length = 0;
        uint32_t own_blanks = 0, best_blanks = 0;
        bool best_begin = false;
        float best = 2;
        if (!length) {
            facts->nullable = true;
            all = false;
            continue;
        }
        facts->begins = facts->loose_first |= letter_first(text);
        facts->ends = facts->loose_last |= letter_last(text);
        for (size_t at = 0; at < length;) {
            size_t n = token_length(text, at);
            bool is_word = letter_first(text + at), tail = at == 1 && *text == '\'';
            bool whole = is_word ? ((at || !left) && (at + n < length || !right) && !tail)
                                 : !is_joined(text, at, at + n, touch_left, touch_right);
            bool counts = whole && !strchr("'-_ ", text[at]);
            bool begin = is_word && !whole && (at || !left) && !tail && n >= BEGIN_LEAST;
            UChar32 c;
            U8_GET((const uint8_t *)text, 0, (int32_t)at, (int32_t)length, c);
            own_blanks += is_blank(c);
            if (!at && counts)
                token_items(book, text, n, first, &first_count);
            if (at + n == length && counts)
                token_items(book, text + at, n, last, &last_count);
            entry &= at || counts;
            exit &= at + n < length || counts;
            if (counts || begin) {
                uint32_t item = item_word(book, text + at, n) | (begin ? ITEM_PREFIX : 0);
                float share = book->no_memory ? 0 : share_of_item(book, item);
                if (share < best) {
                    best = share;
                    best_begin = begin;
                    best_at = at;
                    best_length = n;
                    best_blanks = own_blanks;
                }
            }
            at += n;
        }
        if (!best_length && !right && contraction_items(book, text, needed, &needed_count))
            ;
        else if (best_begin)
            needed[needed_count++] = item_word(book, text + best_at, best_length) | ITEM_PREFIX;
        else if (best_length)
            token_items(book, text + best_at, best_length, needed, &needed_count);
        else
            all = false;
        blanks = span_hull(blanks, (struct span){0, own_blanks});
        before = span_hull(before, (struct span){0, best_blanks});
        behind = span_hull(behind, (struct span){0, own_blanks - best_blanks});
    }
    facts->blanks = blanks;
    if (all && needed_count)
        require(facts,
                (struct requirement){items_make(book, needed, needed_count), before, behind});
    facts->entry_known = entry;
    if (entry)
        facts->entry = items_make(book, first, first_count);
    facts->exit_known = exit;
    if (exit)
        facts->exit = items_make(book, last, last_count);
    way_single(parser, facts);
}

static const char *exact_join(struct parser *parser, const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    char *out = arena_take(&parser->compiler->scratch, n + m + 1);
    if (!out) {
        parser->compiler->no_memory = true;
        return "";
    }
    memcpy(out, a, n);
    memcpy(out + n, b, m + 1);
    return out;
}

/* a followed by b, where both are exact and few; false: left as they are. */
static bool exact_cross(struct parser *parser, struct facts *a, const struct facts *b)
{
    if (!a->exact_count || !b->exact_count || a->exact_count * b->exact_count > EXACT_MOST ||
        strlen(a->exact[0]) + strlen(b->exact[0]) > EXACT_BYTES)
        return false;
    uint32_t n = 0;
    const char **both =
        arena_take(&parser->compiler->scratch, a->exact_count * b->exact_count * sizeof *both);
    if (!both) {
        parser->compiler->no_memory = true;
        return false;
    }
    for (uint32_t i = 0; i < a->exact_count; i++)
        for (uint32_t j = 0; j < b->exact_count; j++)
            both[n++] = exact_join(parser, a->exact[i], b->exact[j]);
    a->exact = both;
    a->exact_count = n;
    return true;
}

static struct facts exact_one(struct parser *parser, const char *text)
{
    struct facts facts = {0};
    facts.exact = arena_take(&parser->compiler->scratch, sizeof *facts.exact);
    if (!facts.exact) {
        parser->compiler->no_memory = true;
        return facts;
    }
    facts.exact[0] = text;
    facts.exact_count = 1;
    return facts;
}

/* ---- Pieces -------------------------------------------------------------------------------------
 */

static struct facts facts_of(struct parser *parser, const struct piece *piece);

static struct facts facts_text(struct parser *parser, const struct piece *piece)
{
    char text[8] = {0};
    int32_t n = 0;
    UChar32 c = (UChar32)piece->letter;
    c = c == 0x2019 || c == 0x2018 ? '\'' : u_tolower(c);
    U8_APPEND_UNSAFE(text, n, c);
    const char *copy = arena_text(&parser->compiler->scratch, text, (size_t)n);
    if (!copy)
        parser->compiler->no_memory = true;
    return exact_one(parser, copy ? copy : "");
}

/* [cs] [- ] [,;:]: the characters of a class that lists a few. False: it is another. */
static bool facts_class(struct parser *parser, const struct piece *piece, struct facts *facts)
{
    const char *text = piece->text + 1;
    uint32_t length = piece->length > 2 ? piece->length - 2 : 0, n = 0;
    if (!length || length > CLASS_MOST || *piece->text != '[' || *text == '^')
        return false;
    for (uint32_t i = 0; i < length; i++)
        if ((text[i] == '-' && i && i + 1 < length) || strchr("\\[_", text[i]) ||
            (unsigned char)text[i] < ' ')
            return false;
    facts->exact = arena_take(&parser->compiler->scratch, length * sizeof *facts->exact);
    for (int32_t i = 0; facts->exact && i < (int32_t)length;) {
        UChar32 c;
        U8_NEXT(text, i, (int32_t)length, c);
        if (c < 0)
            return false;
        struct piece letter = {.letter = (uint32_t)c};
        facts->exact[n++] = facts_text(parser, &letter).exact[0];
    }
    parser->compiler->no_memory |= !facts->exact;
    facts->exact_count = n;
    return n > 0;
}

/* What may stand at the edge between an atom and its neighbours. */
static int touched(const struct facts *atoms, uint32_t count, uint32_t at, bool left, bool outside)
{
    int touch = 0;
    for (uint32_t i = at; left ? i-- > 0 : ++i < count;) {
        if (atoms[i].boundary)
            return TOUCH_LETTER;
        touch |= (left ? atoms[i].ends : atoms[i].begins) ? TOUCH_LETTER : 0;
        touch |= (left ? atoms[i].loose_last : atoms[i].loose_first) ? TOUCH_LOOSE : 0;
        if (!atoms[i].nullable)
            return touch;
    }
    return touch | (outside ? TOUCH_ANY : TOUCH_LETTER);
}

static void atom_edges(struct facts *facts)
{
    for (uint32_t i = 0; i < facts->exact_count; i++) {
        if (!*facts->exact[i])
            facts->nullable = true;
        else {
            facts->begins = facts->loose_first |= letter_first(facts->exact[i]);
            facts->ends = facts->loose_last |= letter_last(facts->exact[i]);
        }
    }
}

/* Beginnings of words instead of words; none where something else stands in the list. */
static struct items items_begin(struct wordbook *book, struct items items)
{
    uint32_t *out = arena_take(&book->arena, (items.count + 1) * sizeof *out);
    book->no_memory |= !out;
    for (uint32_t i = 0; i < items.count && out; i++) {
        if (items.at[i] & ITEM_TRAIT ||
            book->words.at[items.at[i] & ~ITEM_PREFIX].length < BEGIN_LEAST)
            return (struct items){0};
        out[i] = items.at[i] | ITEM_PREFIX;
    }
    return out ? items_make(book, out, items.count) : (struct items){0};
}

/* Where letters may touch what is not exact, its words are only parts of words. */
static void facts_touch(struct parser *parser, struct facts *facts, bool left, bool right)
{
    struct wordbook *book = &parser->compiler->book;
    left &= facts->loose_first;
    right &= facts->loose_last;
    if (!left && !right)
        return;
    facts->entry_known = facts->exit_known = false;
    for (uint32_t i = 0; i < facts->way_count; i++)
        facts->ways[i].entry_known = false;
    if (facts->within)
        return;
    uint32_t required = left ? 0 : facts->required_count, ways = left ? 0 : facts->way_count;
    facts->required_count = 0;
    for (uint32_t i = 0; i < required; i++) {
        struct requirement needed = facts->required[i];
        needed.words = items_begin(book, needed.words);
        require(facts, needed);
    }
    for (uint32_t i = 0; i < ways; i++) {
        struct way *way = &facts->ways[i];
        way->lead = items_begin(book, way->lead);
        ways = way->lead.count ? ways : 0;
        for (uint32_t n = 0; n < way->check_count; n++) {
            way->checks[n].words = items_begin(book, way->checks[n].words);
            if (!way->checks[n].words.count)
                way->checks[n--] = way->checks[--way->check_count];
        }
    }
    facts->way_count = ways;
}

static struct facts facts_sequence(struct parser *parser, const struct piece *piece, bool outside)
{
    struct wordbook *book = &parser->compiler->book;
    struct facts out = {.nullable = true, .entry_known = true, .exit_known = true};
    uint32_t count = 0, room = 0;
    for (const struct piece *at = piece->first; at; at = at->next)
        room++;
    struct facts *atoms = arena_take(&parser->compiler->scratch, (room + 1) * sizeof *atoms);
    if (!atoms) {
        parser->compiler->no_memory = true;
        return out;
    }
    for (const struct piece *at = piece->first; at; at = at->next) {
        struct facts facts = facts_of(parser, at);
        const struct piece *next = at->kind == PIECE_SPACE ? at->next : NULL;
        if (next && next->kind == PIECE_WORDS && (next->words->is_not || next->words->contracts)) {
            facts.blanks.least = 0; /* n't, 're: in the token before */
            facts.blank_first = facts.blank_last = false;
        }
        if (!count || !exact_cross(parser, &atoms[count - 1], &facts))
            atoms[count++] = facts;
    }
    if (!count)
        return exact_one(parser, "");
    if (count == 1 && atoms[0].exact_count && !outside)
        return atoms[0];
    if (count == 1 && !atoms[0].exact_count)
        return atoms[0];
    for (uint32_t i = 0; i < count; i++)
        atom_edges(&atoms[i]);
    for (uint32_t i = 0; i < count; i++) {
        int left = touched(atoms, count, i, true, outside),
            right = touched(atoms, count, i, false, outside);
        if (atoms[i].exact_count) {
            exact_settle(parser, &atoms[i], left, right);
        } else {
            facts_touch(parser, &atoms[i], left & TOUCH_LOOSE, right & TOUCH_LOOSE);
            if (atoms[i].present)
                facts_touch(parser, atoms[i].present, left & TOUCH_LOOSE, right & TOUCH_LOOSE);
        }
    }
    bool open = true;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t n = 0; !atoms[i].nullable && n < atoms[i].required_count; n++) {
            struct requirement needed = atoms[i].required[n];
            int32_t at = (int32_t)i;
            needed.before = span_sum(blanks_between(atoms, -1, at, count), needed.before);
            needed.behind =
                span_sum(needed.behind, blanks_between(atoms, at, (int32_t)count, count));
            require(&out, needed);
        }
        if (open) {
            out.entry_known &= atoms[i].entry_known;
            out.entry = items_join(book, out.entry, atoms[i].entry);
            out.begins |= atoms[i].begins;
            out.loose_first |= atoms[i].loose_first;
            out.blank_first |= atoms[i].blank_first;
        }
        open &= atoms[i].nullable;
    }
    out.nullable = open;
    out.blanks = blanks_between(atoms, -1, (int32_t)count, count);
    ways_of_sequence(parser, &out, atoms, count, 0);
    open = true;
    for (uint32_t i = count; i-- > 0 && open; open = atoms[i].nullable) {
        out.exit_known &= atoms[i].exit_known;
        out.exit = items_join(book, out.exit, atoms[i].exit);
        out.ends |= atoms[i].ends;
        out.loose_last |= atoms[i].loose_last;
        out.blank_last |= atoms[i].blank_last;
    }
    return out;
}

static struct facts facts_choice(struct parser *parser, const struct piece *piece, bool outside)
{
    struct facts out = {0};
    uint32_t count = 0, total = 0;
    for (const struct piece *at = piece->first; at; at = at->next)
        count++;
    struct facts *all = arena_take(&parser->compiler->scratch, count * sizeof *all);
    if (!all) {
        parser->compiler->no_memory = true;
        return out;
    }
    bool exact = true;
    count = 0;
    for (const struct piece *at = piece->first; at; at = at->next) {
        all[count] = facts_sequence(parser, at, outside);
        exact &= all[count].exact_count > 0;
        total += all[count++].exact_count;
    }
    if (count == 1)
        return all[0];
    if (exact && total <= EXACT_MOST) {
        uint32_t n = 0;
        out.exact = arena_take(&parser->compiler->scratch, total * sizeof *out.exact);
        if (!out.exact) {
            parser->compiler->no_memory = true;
            return out;
        }
        for (uint32_t i = 0; i < count; i++)
            for (uint32_t j = 0; j < all[i].exact_count; j++)
                out.exact[n++] = all[i].exact[j];
        out.exact_count = total;
        return out;
    }
    struct wordbook *book = &parser->compiler->book;
    struct requirement any = {.words = {0}};
    int edge = outside ? TOUCH_ANY : TOUCH_LETTER;
    bool needed = true;
    out.entry_known = out.exit_known = true;
    for (uint32_t i = 0; i < count; i++) {
        if (all[i].exact_count)
            exact_settle(parser, &all[i], edge, edge);
        needed &= all[i].required_count > 0 && !all[i].nullable;
        if (needed) {
            const struct requirement *own = &all[i].required[0];
            any.words = items_join(book, any.words, own->words);
            any.before = i ? span_hull(any.before, own->before) : own->before;
            any.behind = i ? span_hull(any.behind, own->behind) : own->behind;
        }
        out.entry_known &= all[i].entry_known;
        out.exit_known &= all[i].exit_known;
        out.entry = items_join(book, out.entry, all[i].entry);
        out.exit = items_join(book, out.exit, all[i].exit);
        out.nullable |= all[i].nullable;
        out.begins |= all[i].begins;
        out.ends |= all[i].ends;
        out.loose_first |= all[i].loose_first;
        out.loose_last |= all[i].loose_last;
        out.blank_first |= all[i].blank_first;
        out.blank_last |= all[i].blank_last;
        out.blanks = i ? span_hull(out.blanks, all[i].blanks) : all[i].blanks;
    }
    out.within = true;
    for (uint32_t i = 0; i < count; i++)
        out.within &= all[i].within;
    if (needed)
        require(&out, any);
    ways_choose(parser, &out, all, count);
    return out;
}

/* \d: somewhere in a token. */
static struct facts facts_digit(struct parser *parser, struct facts facts)
{
    uint32_t trait = item_trait(TRAIT_DIGITS);
    facts.within = true;
    require(&facts, (struct requirement){.words = items_make(&parser->compiler->book, &trait, 1)});
    way_single(parser, &facts);
    return facts;
}

static struct facts facts_repeat(struct parser *parser, const struct piece *piece)
{
    bool blank = piece->first->kind == PIECE_SPACE && piece->most == 1 && !piece->least;
    struct facts facts = blank ? exact_one(parser, " ") : facts_of(parser, piece->first);
    if (facts.exact_count && piece->most == 1 && piece->least)
        return facts;
    if (facts.exact_count && piece->most == 1 && facts.exact_count < EXACT_MOST) {
        const char **more =
            arena_take(&parser->compiler->scratch, (facts.exact_count + 1) * sizeof *more);
        if (!more) {
            parser->compiler->no_memory = true;
            return facts;
        }
        memcpy(more, facts.exact, facts.exact_count * sizeof *more);
        more[facts.exact_count++] = "";
        facts.exact = more;
        return facts;
    }
    atom_edges(&facts);
    bool glued = piece->most > 1 && facts.loose_first && facts.loose_last;
    if (facts.exact_count)
        exact_settle(parser, &facts, glued ? TOUCH_ANY : TOUCH_LETTER,
                     glued ? TOUCH_ANY : TOUCH_LETTER);
    else if (glued && !facts.within)
        facts.required_count = facts.way_count = 0;
    if (glued)
        facts.entry_known = facts.exit_known = false;
    if (piece->most > 1) { /* what is required stands in the first time round */
        uint32_t more = most_times(facts.blanks.most, piece->most - 1);
        for (uint32_t i = 0; i < facts.required_count; i++)
            facts.required[i].behind.most = most_sum(facts.required[i].behind.most, more);
        for (uint32_t i = 0; i < facts.way_count; i++)
            facts.ways[i].behind.most = most_sum(facts.ways[i].behind.most, more);
        facts.blanks.most = most_sum(facts.blanks.most, more);
    }
    if (!piece->least && piece->most == 1) {
        struct facts *present = arena_take(&parser->compiler->scratch, sizeof *present);
        if (present)
            *present = facts;
        facts.present = present;
        parser->compiler->no_memory |= !present;
    }
    if (!piece->least) {
        facts.nullable = true;
        facts.required_count = facts.way_count = 0;
        facts.blanks.least = 0;
    }
    return facts;
}

static struct facts facts_group(struct parser *parser, const struct piece *piece)
{
    struct facts facts = {0};
    if (piece->alone || !piece->first)
        return (struct facts){.nullable = true, .begins = true, .ends = true,
                              .loose_first = true, .loose_last = true, .blanks = {0, NONE}};
    facts = facts_choice(parser, piece->first, false);
    if (!piece->look && !piece->opaque)
        return facts;
    if (facts.exact_count)
        atom_edges(&facts);
    bool begins = facts.begins, ends = facts.ends;
    if (piece->opaque)
        return (struct facts){.nullable = true, .begins = true, .ends = true,
                              .loose_first = true, .loose_last = true, .blanks = {0, NONE}};
    return (struct facts){.nullable = true, .entry_known = true, .exit_known = true,
                          .begins = begins && piece->look == LOOK_AHEAD,
                          .ends = ends && piece->look == LOOK_BEHIND,
                          .loose_first = begins && piece->look == LOOK_AHEAD,
                          .loose_last = ends && piece->look == LOOK_BEHIND};
}

/* A phrase's rarest word leads; the others stand so many blanks from it. */
static bool way_phrase(struct parser *parser, const char *text, struct way *way)
{
    struct wordbook *book = &parser->compiler->book;
    struct { uint32_t item, blanks; } words[PHRASE_MOST];
    uint32_t count = 0, best = 0, first = NONE, blanks = 0;
    for (size_t at = 0, n; text[at]; at += n) {
        n = token_length(text, at);
        blanks += text[at] == ' ';
        if (!letter_first(text + at) || count == PHRASE_MOST)
            continue;
        uint32_t item = item_word(book, text + at, n);
        if (text[at + n] == '*' && !text[at + n + 1])
            item |= ITEM_PREFIX;
        words[count].item = item;
        words[count].blanks = blanks;
        first = at ? first : item;
        if (share_of_item(book, item) < share_of_item(book, words[best].item))
            best = count;
        count++;
    }
    if (!count)
        return false;
    struct span before = {words[best].blanks, words[best].blanks},
                behind = {blanks - words[best].blanks, blanks - words[best].blanks};
    *way = (struct way){.lead = items_make(book, &words[best].item, 1), .before = before,
                        .behind = behind, .entry_known = first != NONE};
    if (first != NONE)
        way->entry = items_make(book, &first, 1);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t apart = words[i].blanks > before.least ? words[i].blanks - before.least
                                                        : before.least - words[i].blanks;
        if (i != best)
            check_add(way, items_make(book, &words[i].item, 1), (struct span){apart, apart},
                      (struct span){0, 0}, i > best);
    }
    return true;
}

static void ways_of_phrases(struct parser *parser, struct facts *facts,
                            const struct word_piece *words)
{
    struct way *ways = ways_room(parser, words->phrase_count + 1);
    uint32_t count = 0;
    if (!ways || words->phrase_count >= WAYS_MOST)
        return;
    if (words->alone.count)
        ways[count++] =
            (struct way){.lead = words->alone, .entry = words->alone, .entry_known = true};
    for (uint32_t i = 0; i < words->phrase_count; i++)
        if (!way_phrase(parser, words->phrases[i].text, &ways[count++]))
            return;
    facts->ways = ways;
    facts->way_count = count;
}

static struct facts facts_of(struct parser *parser, const struct piece *piece)
{
    struct facts facts = {0};
    switch (piece->kind) {
    case PIECE_TEXT: return facts_text(parser, piece);
    case PIECE_RAW:
        if (piece->words) { /* digits; what follows in the token does no harm */
            facts.begins = facts.loose_first = facts.entry_known = facts.exit_known = true;
            facts.entry = piece->words->first;
            facts.exit = piece->words->last;
            require(&facts, (struct requirement){.words = facts.entry});
            way_single(parser, &facts);
            return facts;
        }
        if (facts_class(parser, piece, &facts))
            return facts;
        facts.begins = facts.loose_first = piece->edges & EDGE_BEGIN;
        facts.ends = facts.loose_last = piece->edges & EDGE_END;
        if (piece->length == 2 && !memcmp(piece->text, "\\d", 2))
            return facts_digit(parser, facts);
        facts.nullable = piece->edges & EDGE_EMPTY;
        facts.boundary = piece->edges & EDGE_BOUNDARY;
        facts.entry_known = facts.exit_known = facts.nullable && !facts.begins;
        /* a reference may be any text */
        facts.blanks.most = !facts.nullable ? 1 : facts.begins ? NONE : 0;
        return facts;
    case PIECE_SPACE:
        facts.blanks = (struct span){1, 1};
        facts.blank_first = facts.blank_last = true;
        return facts;
    case PIECE_WORDS: {
        struct requirement needed = {.words = piece->words->needed};
        facts.begins = facts.ends = true; /* guarded, but for what n't may follow */
        facts.loose_last = piece->words->auxiliary;
        facts.entry = piece->words->first;
        facts.exit = piece->words->last;
        facts.entry_known = facts.exit_known = facts.entry.count > 0;
        for (uint32_t i = 0; i < piece->words->phrase_count; i++) {
            const char *text = piece->words->phrases[i].text;
            uint32_t blanks = 0;
            for (; *text; text++)
                blanks += *text == ' ';
            facts.blanks.most = blanks > facts.blanks.most ? blanks : facts.blanks.most;
        }
        needed.before.most = needed.behind.most = facts.blanks.most;
        require(&facts, needed);
        way_single(parser, &facts);
        if (piece->words->phrase_count)
            ways_of_phrases(parser, &facts, piece->words);
        return facts;
    }
    case PIECE_GAP: /* no letter can stand right behind it */
        facts.nullable = true;
        facts.ends = true;
        facts.blanks.most = piece->most;
        facts.blank_first = true;
        return facts;
    case PIECE_CLAUSE:
    case PIECE_REST:
        facts.begins = facts.ends = facts.loose_first = true;
        facts.loose_last = piece->kind == PIECE_REST;
        facts.blanks.most = piece->kind == PIECE_CLAUSE ? 24 : NONE;
        return facts;
    case PIECE_GROUP: return facts_group(parser, piece);
    case PIECE_CHOICE: return facts_choice(parser, piece, false);
    case PIECE_SEQUENCE: return facts_sequence(parser, piece, false);
    case PIECE_REPEAT: return facts_repeat(parser, piece);
    }
    return facts;
}

/* A plain pattern may begin and end within a word. */
void facts_find(struct parser *parser, const struct piece *root, struct translated *out,
                bool *begins, bool *ends)
{
    struct facts facts = facts_choice(parser, root, parser->raw);
    if (facts.exact_count) {
        atom_edges(&facts);
        int edge = parser->raw ? TOUCH_ANY : TOUCH_LETTER;
        exact_settle(parser, &facts, edge, edge);
    }
    *begins = facts.begins;
    *ends = facts.ends;
    out->required_count = facts.nullable ? 0 : facts.required_count;
    memcpy(out->required, facts.required, sizeof facts.required);
    for (uint32_t i = 0; i < facts.way_count; i++)
        checks_sort(&facts.ways[i]);
    out->ways = facts.ways;
    out->way_count = facts.nullable ? 0 : facts.way_count;
    out->entry = facts.entry;
    out->entry_known = facts.entry_known && !facts.nullable && facts.entry.count > 0;
}
