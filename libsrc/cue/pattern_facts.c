/* pattern_facts.c: what every text that a pattern matches must have: words of which one each must
 * stand in it, and the word with which it begins.
 *
 * A piece's texts are known *exactly* while they are few and hold no blank; neighbours that are
 * exact are joined, so that ask(?:ed|ing) gives "asked" and "asking". What is exact is cut into
 * tokens; a word at the edge of it counts only where nothing that may be a letter can touch it. */
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "cue/pattern_piece.h"

enum { EXACT_MOST = 64, EXACT_BYTES = 64, TOKENS_MOST = 200 };

struct facts {
    const char **exact; uint32_t exact_count;   /* 0: not exact */
    struct requirement required[REQUIRED_MOST]; uint32_t required_count;
    struct items entry, exit;                   /* the first and the last word */
    bool entry_known, exit_known;
    bool nullable, begins, ends, boundary;      /* edges: may be a letter */
    bool space;                                 /* white space that must be there */
    bool word;  /* what is required is a word, and all that there is */
    bool glues; /* its first word may stand in the token before: n't, 're */
    uint32_t tokens;                            /* most tokens that it matches; NONE: no bound */
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

/* Sums and products of numbers of tokens; beyond TOKENS_MOST there is no bound. */
static uint32_t tokens_sum(uint32_t a, uint32_t b)
{
    return a == NONE || b == NONE || a + b > TOKENS_MOST ? NONE : a + b;
}

static uint32_t tokens_times(uint32_t a, uint32_t times)
{
    if (!a || !times)
        return 0;
    return a == NONE || times > TOKENS_MOST || a * times > TOKENS_MOST ? NONE : a * times;
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

/* Turns exact texts into requirements. left, right: a letter may touch that edge. */
static void exact_settle(struct parser *parser, struct facts *facts, bool left, bool right)
{
    struct wordbook *book = &parser->compiler->book;
    uint32_t needed[EXACT_MOST * 6], needed_count = 0, first[EXACT_MOST * 6], first_count = 0,
             last[EXACT_MOST * 6], last_count = 0, most = 0;
    bool all = true, entry = true, exit = true, word_alone = true;
    const char **exact = facts->exact;
    uint32_t count = facts->exact_count;
    *facts = (struct facts){0};
    for (uint32_t i = 0; i < count; i++) {
        const char *text = exact[i];
        size_t length = strlen(text), best_at = 0, best_length = 0;
        uint32_t tokens = 0;
        float best = 2;
        if (!length) {
            facts->nullable = true;
            all = false;
            continue;
        }
        facts->begins |= letter_first(text);
        facts->ends |= letter_last(text);
        for (size_t at = 0; at < length; tokens++) {
            size_t n = token_length(text, at);
            bool is_word = letter_first(text + at), tail = at == 1 && *text == '\'';
            bool whole = !is_word || ((at || !left) && (at + n < length || !right) && !tail);
            bool counts = whole && !strchr("'-_ ", text[at]);
            if (!at && counts)
                token_items(book, text, n, first, &first_count);
            if (at + n == length && counts)
                token_items(book, text + at, n, last, &last_count);
            entry &= at || counts;
            exit &= at + n < length || counts;
            if (counts) {
                uint32_t item = item_word(book, text + at, n);
                float share = book->no_memory ? 0 : book->words.at[item].share;
                if (share < best) {
                    best = share;
                    best_at = at;
                    best_length = n;
                }
            }
            at += n;
        }
        if (best_length)
            token_items(book, text + best_at, best_length, needed, &needed_count);
        else
            all = false;
        word_alone &= tokens == 1;
        most = tokens > most ? tokens : most;
    }
    facts->tokens = most;
    facts->word = all && word_alone;
    if (all && needed_count)
        require(facts, (struct requirement){.words = items_make(book, needed, needed_count),
                                            .reach = most - 1});
    facts->entry_known = entry;
    if (entry)
        facts->entry = items_make(book, first, first_count);
    facts->exit_known = exit;
    if (exit)
        facts->exit = items_make(book, last, last_count);
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

/* Whether a letter may stand at the edge between two neighbours. */
static bool touched(const struct facts *atoms, uint32_t count, uint32_t at, bool left, bool outside)
{
    for (uint32_t i = at; left ? i-- > 0 : ++i < count;) {
        if (atoms[i].boundary)
            return false;
        if (left ? atoms[i].ends : atoms[i].begins)
            return true;
        if (!atoms[i].nullable)
            return false;
    }
    return outside;
}

static void atom_edges(struct facts *facts)
{
    for (uint32_t i = 0; i < facts->exact_count; i++) {
        if (!*facts->exact[i])
            facts->nullable = true;
        else {
            facts->begins |= letter_first(facts->exact[i]);
            facts->ends |= letter_last(facts->exact[i]);
        }
    }
}

/* The words right beside an atom that is one word: where only a blank stands between, and the
 * neighbour is there in every match and in a token of its own. */
static void note_neighbours(const struct facts *atoms, uint32_t count, uint32_t at,
                            struct requirement *needed)
{
    if (!atoms[at].word)
        return;
    if (at >= 2 && atoms[at - 1].space && !atoms[at].glues && !atoms[at - 2].nullable &&
        atoms[at - 2].exit_known)
        needed->before = atoms[at - 2].exit;
    if (at + 2 < count && atoms[at + 1].space && !atoms[at + 2].glues && !atoms[at + 2].nullable &&
        atoms[at + 2].entry_known)
        needed->after = atoms[at + 2].entry;
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
        bool left = touched(atoms, count, i, true, outside),
             right = touched(atoms, count, i, false, outside);
        if (atoms[i].exact_count) {
            exact_settle(parser, &atoms[i], left, right);
        } else if ((atoms[i].begins && left) || (atoms[i].ends && right)) {
            atoms[i].required_count = 0;
            atoms[i].entry_known = atoms[i].exit_known = false;
        }
    }
    bool open = true;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t n = 0; !atoms[i].nullable && n < atoms[i].required_count; n++) {
            struct requirement needed = atoms[i].required[n];
            needed.reach = tokens_sum(needed.reach, out.tokens);
            note_neighbours(atoms, count, i, &needed);
            require(&out, needed);
        }
        if (open) {
            out.entry_known &= atoms[i].entry_known;
            out.entry = items_join(book, out.entry, atoms[i].entry);
            out.begins |= atoms[i].begins;
            out.glues |= atoms[i].glues;
        }
        out.tokens = tokens_sum(out.tokens, atoms[i].tokens);
        open &= atoms[i].nullable;
    }
    out.nullable = open;
    open = true;
    for (uint32_t i = count; i-- > 0 && open; open = atoms[i].nullable) {
        out.exit_known &= atoms[i].exit_known;
        out.exit = items_join(book, out.exit, atoms[i].exit);
        out.ends |= atoms[i].ends;
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
    struct requirement any = {.reach = 0};
    bool needed = true, before = true, after = true;
    out.entry_known = out.exit_known = out.word = true;
    for (uint32_t i = 0; i < count; i++) {
        if (all[i].exact_count)
            exact_settle(parser, &all[i], outside, outside);
        needed &= all[i].required_count > 0 && !all[i].nullable;
        if (needed) {
            const struct requirement *own = &all[i].required[0];
            any.words = items_join(book, any.words, own->words);
            before &= own->before.count > 0;
            after &= own->after.count > 0;
            any.before = items_join(book, any.before, own->before);
            any.after = items_join(book, any.after, own->after);
            any.reach = own->reach == NONE || any.reach == NONE ? NONE
                        : own->reach > any.reach                ? own->reach
                                                                : any.reach;
        }
        out.entry_known &= all[i].entry_known;
        out.exit_known &= all[i].exit_known;
        out.entry = items_join(book, out.entry, all[i].entry);
        out.exit = items_join(book, out.exit, all[i].exit);
        out.nullable |= all[i].nullable;
        out.begins |= all[i].begins;
        out.ends |= all[i].ends;
        out.word &= all[i].word;
        out.glues |= all[i].glues;
        out.tokens = out.tokens == NONE || all[i].tokens == NONE ? NONE
                     : all[i].tokens > out.tokens               ? all[i].tokens
                                                                : out.tokens;
    }
    if (!before)
        any.before = (struct items){0};
    if (!after)
        any.after = (struct items){0};
    if (needed)
        require(&out, any);
    return out;
}

static struct facts facts_repeat(struct parser *parser, const struct piece *piece)
{
    struct facts facts = facts_of(parser, piece->first);
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
    bool glued = piece->most > 1 && facts.begins && facts.ends;
    if (facts.exact_count)
        exact_settle(parser, &facts, glued, glued);
    else if (glued)
        facts.required_count = 0;
    if (glued)
        facts.entry_known = facts.exit_known = false;
    if (piece->most > 1) {
        facts.tokens = tokens_times(facts.tokens, piece->most);
        facts.word = false;
        for (uint32_t i = 0; i < facts.required_count; i++) /* the first time round */
            facts.required[i].before = facts.required[i].after = (struct items){0};
    }
    if (!piece->least) {
        facts.nullable = true;
        facts.required_count = 0;
    }
    return facts;
}

static struct facts facts_group(struct parser *parser, const struct piece *piece)
{
    struct facts facts = {0};
    if (piece->alone || !piece->first)
        return (struct facts){.nullable = true, .begins = true, .ends = true, .tokens = NONE};
    facts = facts_choice(parser, piece->first, false);
    if (!piece->look && !piece->opaque)
        return facts;
    if (facts.exact_count)
        atom_edges(&facts);
    bool begins = facts.begins, ends = facts.ends;
    if (piece->opaque)
        return (struct facts){.nullable = true, .begins = true, .ends = true, .tokens = NONE};
    return (struct facts){.nullable = true, .entry_known = true, .exit_known = true,
                          .begins = begins && piece->look == LOOK_AHEAD,
                          .ends = ends && piece->look == LOOK_BEHIND};
}

static struct facts facts_of(struct parser *parser, const struct piece *piece)
{
    struct facts facts = {0};
    switch (piece->kind) {
    case PIECE_TEXT: return facts_text(parser, piece);
    case PIECE_RAW:
        if (piece->words) { /* digits; what follows in the token does no harm */
            facts.begins = facts.entry_known = facts.exit_known = facts.word = true;
            facts.entry = piece->words->first;
            facts.exit = piece->words->last;
            facts.tokens = 2;
            require(&facts, (struct requirement){.words = facts.entry, .reach = 1});
            return facts;
        }
        facts.begins = piece->edges & EDGE_BEGIN;
        facts.ends = piece->edges & EDGE_END;
        facts.nullable = piece->edges & EDGE_EMPTY;
        facts.boundary = piece->edges & EDGE_BOUNDARY;
        facts.entry_known = facts.exit_known = facts.nullable && !facts.begins;
        facts.tokens = !facts.nullable ? 1 : facts.begins ? NONE : 0; /* a reference: any text */
        return facts;
    case PIECE_SPACE:
        facts.space = true;
        return facts;
    case PIECE_WORDS:
        facts.begins = facts.ends = true;
        facts.entry = piece->words->first;
        facts.exit = piece->words->last;
        facts.entry_known = facts.exit_known = facts.entry.count > 0;
        facts.glues = piece->words->contracts || piece->words->is_not;
        facts.word = !piece->words->phrase_count && !piece->words->negated && !piece->words->any;
        facts.tokens = 2; /* a stop behind it: U.S. */
        for (uint32_t i = 0; i < piece->words->phrase_count; i++) {
            const char *text = piece->words->phrases[i].text;
            uint32_t tokens = 0;
            for (size_t at = 0; text[at]; at += token_length(text, at))
                tokens += text[at] != ' ';
            facts.tokens = tokens > facts.tokens ? tokens : facts.tokens;
        }
        require(&facts,
                (struct requirement){.words = piece->words->needed, .reach = facts.tokens - 1});
        return facts;
    case PIECE_GAP:
        facts.nullable = true;
        facts.ends = true;
        facts.tokens = NONE;
        return facts;
    case PIECE_CLAUSE:
    case PIECE_REST:
        facts.begins = facts.ends = true;
        facts.tokens = NONE;
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
        exact_settle(parser, &facts, parser->raw, parser->raw);
    }
    *begins = facts.begins;
    *ends = facts.ends;
    out->required_count = facts.nullable ? 0 : facts.required_count;
    memcpy(out->required, facts.required, sizeof facts.required);
    out->entry = facts.entry;
    out->entry_known = facts.entry_known && !facts.nullable && facts.entry.count > 0;
}
