/* person.c: see person.h. A short form is the only longer name that has its word as first or last
 * name; where there are two, it stays as it is. */
#include "voice/person.h"

#include <stdlib.h>
#include <string.h>

enum { POSSESSED_REACH = 30 }; /* paragraphs back from "my name is ..." that "her father" was he */

static char fold(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

static int compare_words(const char *a, size_t n, const char *b, size_t m)
{
    for (size_t i = 0; i < n && i < m; i++)
        if (fold(a[i]) != fold(b[i]))
            return (unsigned char)fold(a[i]) < (unsigned char)fold(b[i]) ? -1 : 1;
    return n == m ? 0 : n < m ? -1 : 1;
}

/* ---- Order ---- */

/* What a comparison of persons looks at; built beside them, for qsort has no context. */
struct entry {
    struct person person;
    const struct name *name;
};

static int by_last(const void *a, const void *b)
{
    const struct name *x = ((const struct entry *)a)->name, *y = ((const struct entry *)b)->name;
    int order = compare_words(x->last, x->last_length, y->last, y->last_length);
    if (!order)
        order = compare_words(x->first, x->first_length, y->first, y->first_length);
    if (!order && x->own != y->own)
        order = x->own > y->own ? -1 : 1;
    if (!order && x->length != y->length)
        order = x->length > y->length ? -1 : 1;
    return order ? order : strcmp(x->text, y->text);
}

static int by_first(const void *a, const void *b)
{
    const struct name *x = ((const struct entry *)a)->name, *y = ((const struct entry *)b)->name;
    int order = compare_words(x->first, x->first_length, y->first, y->first_length);
    return order ? order : by_last(a, b);
}

static int by_form(const void *a, const void *b)
{
    const struct alias *x = a, *y = b;
    if (x->form != y->form)
        return x->form < y->form ? -1 : 1;
    return x->last != y->last ? (x->last < y->last ? -1 : 1) : 0;
}

/* ---- Names in use ---- */

static bool use(struct persons *persons, const struct memory *memory, uint32_t number,
                uint8_t gender, bool speaks)
{
    uint32_t *row = &persons->rows.at[number - 1];
    if (*row == 0) {
        struct person person = {.number = number};
        if (!vec_push(memory, &persons->used, person))
            return false;
        *row = persons->used.count;
    }
    persons->used.at[*row - 1].gender |= gender;
    persons->used.at[*row - 1].speaks |= speaks;
    return true;
}

static bool paragraph_add(struct persons *persons, const struct paragraph *paragraph,
                          uint32_t index, const struct memory *memory)
{
    for (uint32_t i = 0; i < paragraph->namings.count; i++) {
        const struct naming *naming = &paragraph->namings.at[i];
        if (naming->kind == NAMING_NEW)
            persons->introduced.at[naming->form - 1] = index + 1;
        else if (naming->kind == NAMING_NAME) {
            if (!use(persons, memory, naming->form, naming->gender, false))
                return false;
        } else {
            uint32_t seen = persons->introduced.at[naming->form - 1];
            struct alias alias = {.form = naming->form, .name = naming->name, .last = index};
            alias.first = seen ? seen - 1 : index > POSSESSED_REACH ? index - POSSESSED_REACH : 0;
            if (!vec_push(memory, &persons->aliases, alias))
                return false;
        }
    }
    for (uint32_t i = 0; i < paragraph->quotations.count; i++) {
        uint32_t speaker = paragraph->quotations.at[i].speaker;
        if (speaker && persons->rows.at[speaker - 1])
            persons->used.at[persons->rows.at[speaker - 1] - 1].speaks = true;
    }
    return true;
}

/* ---- Fullest forms ---- */

/* The longer names, one a person; each of them learns its fullest form. */
static bool full_names(struct persons *persons, const struct names *names,
                       const struct memory *memory)
{
    struct entry *rows = memory_take(memory, (persons->used.count + 1) * sizeof *rows);
    uint32_t count = 0, kept = 0;
    if (!rows)
        return false;
    for (uint32_t i = 0; i < persons->used.count; i++) {
        const struct name *name = &names->rows.at[persons->used.at[i].number - 1];
        if (name->own > 1)
            rows[count++] = (struct entry){persons->used.at[i], name};
    }
    qsort(rows, count, sizeof *rows, by_last);
    for (uint32_t i = 0; i < count; i++) {
        struct entry *first = kept ? &rows[kept - 1] : NULL;
        if (first &&
            !compare_words(first->name->last, first->name->last_length, rows[i].name->last,
                           rows[i].name->last_length) &&
            !compare_words(first->name->first, first->name->first_length, rows[i].name->first,
                           rows[i].name->first_length)) {
            persons->fullest.at[rows[i].person.number - 1] = first->person.number;
            first->person.gender |= rows[i].person.gender;
            first->person.speaks |= rows[i].person.speaks;
        } else
            rows[kept++] = rows[i];
    }
    bool room =
        vec_room(memory, &persons->by_last, kept) && vec_room(memory, &persons->by_first, kept);
    for (uint32_t i = 0; room && i < kept; i++)
        persons->by_last.at[persons->by_last.count++] = rows[i].person;
    qsort(rows, room ? kept : 0, sizeof *rows, by_first);
    for (uint32_t i = 0; room && i < kept; i++)
        persons->by_first.at[persons->by_first.count++] = rows[i].person;
    memory_give(memory, rows);
    return room;
}

/* Looks through the longer names with a word in one place. *found: the one that fits so far;
 * false: a second one does. */
static bool fitting(const struct names *names, const struct person *rows, uint32_t count, bool last,
                    const struct name *word, uint8_t gender, uint32_t *found)
{
    uint32_t low = 0, high = count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct name *name = &names->rows.at[rows[middle].number - 1];
        int order = compare_words(last ? name->last : name->first,
                                  last ? name->last_length : name->first_length, word->last,
                                  word->last_length);
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < count; low++) {
        const struct name *name = &names->rows.at[rows[low].number - 1];
        if (compare_words(last ? name->last : name->first,
                          last ? name->last_length : name->first_length, word->last,
                          word->last_length) != 0)
            return true;
        bool person = rows[low].gender || rows[low].speaks;
        if (!person || (gender && rows[low].gender && !(gender & rows[low].gender)))
            continue;
        if (*found && *found != rows[low].number)
            return false;
        *found = rows[low].number;
    }
    return true;
}

static void short_names(struct persons *persons, const struct names *names)
{
    for (uint32_t i = 0; i < persons->used.count; i++) {
        const struct person *person = &persons->used.at[i];
        const struct name *name = &names->rows.at[person->number - 1];
        uint32_t found = 0;
        bool titled = name->last != name->text;
        if (name->own != 1 || !fitting(names, persons->by_last.at, persons->by_last.count, true,
                                       name, person->gender, &found))
            continue;
        if (!titled && !fitting(names, persons->by_first.at, persons->by_first.count, false, name,
                                person->gender, &found))
            continue;
        persons->fullest.at[person->number - 1] = found;
    }
}

/* ---- All of it ---- */

#define VEC_ZEROED(memory, vec, n)                                                                 \
    ((vec)->count = 0, vec_room(memory, vec, n) ? (memset((vec)->at, 0, (n) * sizeof *(vec)->at),  \
                                                   (vec)->count = (n), true)                       \
                                                : false)

bool persons_find(struct persons *persons, const struct names *names,
                  struct paragraph *const *paragraphs, uint32_t count, const struct memory *memory)
{
    uint32_t n = names->rows.count;
    persons->used.count = persons->by_last.count = persons->by_first.count = 0;
    persons->aliases.count = 0;
    if (n == 0) {
        persons->fullest.count = 0;
        return true;
    }
    if (!VEC_ZEROED(memory, &persons->fullest, n) || !VEC_ZEROED(memory, &persons->rows, n) ||
        !VEC_ZEROED(memory, &persons->introduced, n))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!paragraph_add(persons, paragraphs[i], i, memory))
            return false;
    if (!full_names(persons, names, memory))
        return false;
    short_names(persons, names);
    if (persons->aliases.count)
        qsort(persons->aliases.at, persons->aliases.count, sizeof *persons->aliases.at, by_form);
    return true;
}

void persons_free(struct persons *persons, const struct memory *memory)
{
    vec_free(memory, &persons->fullest);
    vec_free(memory, &persons->rows);
    vec_free(memory, &persons->introduced);
    vec_free(memory, &persons->used);
    vec_free(memory, &persons->by_last);
    vec_free(memory, &persons->by_first);
    vec_free(memory, &persons->aliases);
}

uint32_t persons_name(const struct persons *persons, uint32_t number, uint32_t paragraph)
{
    uint32_t low = 0, high = persons->aliases.count;
    while (low < high) { /* the first that ends in this paragraph or behind it */
        uint32_t middle = low + (high - low) / 2;
        const struct alias *alias = &persons->aliases.at[middle];
        if (alias->form < number || (alias->form == number && alias->last < paragraph))
            low = middle + 1;
        else
            high = middle;
    }
    if (low < persons->aliases.count && persons->aliases.at[low].form == number &&
        persons->aliases.at[low].first <= paragraph)
        number = persons->aliases.at[low].name;
    if (number == 0 || number > persons->fullest.count || !persons->fullest.at[number - 1])
        return number;
    return persons->fullest.at[number - 1];
}
