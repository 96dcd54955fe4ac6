/* build_table.c: makes word_table.c, at build time.
 *   build_table WORDNET_DICT_DIRECTORY OUTPUT      (`-` for the directory: the hand-written lists
 * alone) In: WordNet 3.0's index.*, data.*, cntlist.rev, *.exc, and the lists of closed.c. Out: one
 * C file of constant arrays (word_table.h). Invariant: the output depends on the input alone, byte
 * for byte. Only single words are taken. Not part of the library: it may print and exit. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "closed.h"
#include "word.h"
#include "word_table.h"

enum {
    SENSES_MAX = 80,
    ENTRY_SLOTS = 1 << 18,
    FILE_TOPS = 3,
    SHARE_PERCENT = 15, /* a sense's classes count from this share of its part of speech's uses */
    FEW_USES = 4        /* below it counts say nothing: the first two senses are taken */
};

#define BIT(n) ((uint64_t)1 << (n))

/* Closed classes whose words lose WordNet's open readings, but for those that closed.c gives them.
 */
static const uint32_t function_mask = WORD_DETERMINER | WORD_POSSESSIVE | WORD_PRONOUN |
                                      WORD_PREPOSITION | WORD_CONJUNCTION | WORD_SUBORDINATOR |
                                      WORD_MODAL | WORD_BE | WORD_HAVE | WORD_DO | WORD_NEGATION |
                                      WORD_WH | WORD_TO | WORD_PARTICLE | WORD_NUMBER;

struct reading {
    bool present;
    uint8_t senses;
    uint8_t file[SENSES_MAX]; /* lexicographer file of each sense */
    uint64_t tops;            /* classes that a noun.Tops sense names ("person") */
    uint32_t count[SENSES_MAX];
};

struct entry {
    char *text;
    struct reading *readings[WORD_OPEN_COUNT];
    struct word_record record;
    uint32_t offset, record_row;
    bool proper;
};

struct exception {
    char *form, *lemma;
    uint8_t pos, bits;
};

static struct entry *entries;
static size_t entry_count, entry_room;
static uint32_t entry_slots[ENTRY_SLOTS];
static struct exception *exceptions;
static size_t exception_count, exception_room;

static void die(const char *what, const char *name)
{
    fprintf(stderr, "build_table: %s %s%s%s\n", what, name, errno ? ": " : "",
            errno ? strerror(errno) : "");
    exit(1);
}

static void *allocate(void *old, size_t size)
{
    void *new = realloc(old, size);
    if (!new)
        die("out of memory for", "the table");
    return new;
}

static char *copy(const char *text, size_t length)
{
    char *new = allocate(NULL, length + 1);
    memcpy(new, text, length);
    new[length] = 0;
    return new;
}

static char *file_read(const char *directory, const char *name, size_t *size)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", directory, name) >= (int)sizeof path)
        die("path too long:", name);
    FILE *file = fopen(path, "rb");
    if (!file)
        die("cannot open", path);
    size_t room = 1 << 20, length = 0, got;
    char *text = allocate(NULL, room + 1);
    while ((got = fread(text + length, 1, room - length, file)) > 0)
        if ((length += got) == room)
            text = allocate(text, (room *= 2) + 1);
    if (ferror(file))
        die("cannot read", path);
    fclose(file);
    text[length] = 0;
    *size = length;
    return text;
}

static struct entry *entry_find(const char *text, size_t length, bool make)
{
    uint32_t at = word_hash(text, length) & (ENTRY_SLOTS - 1);
    for (; entry_slots[at]; at = (at + 1) & (ENTRY_SLOTS - 1)) {
        struct entry *entry = &entries[entry_slots[at] - 1];
        if (!strncmp(entry->text, text, length) && !entry->text[length])
            return entry;
    }
    if (!make)
        return NULL;
    if (length >= WORD_MAX)
        die("word too long:", text);
    if (entry_count == entry_room)
        entries =
            allocate(entries, (entry_room = entry_room ? entry_room * 2 : 4096) * sizeof *entries);
    struct entry *entry = &entries[entry_count++];
    if (entry_count * 2 > ENTRY_SLOTS)
        die("too many words for", "ENTRY_SLOTS");
    memset(entry, 0, sizeof *entry);
    entry->text = copy(text, length);
    entry_slots[at] = (uint32_t)entry_count;
    return entry;
}

static struct reading *reading_of(struct entry *entry, int pos)
{
    if (!entry->readings[pos]) {
        entry->readings[pos] = allocate(NULL, sizeof(struct reading));
        memset(entry->readings[pos], 0, sizeof(struct reading));
    }
    return entry->readings[pos];
}

/* What a synset's line says: "offset file type count word id word id …". */
static uint8_t synset_read(const char *line, const char *lemma, bool *capital, uint64_t *tops)
{
    char *at;
    strtoul(line, &at, 10);
    uint8_t file = (uint8_t)strtoul(at, &at, 10);
    at += 3;
    unsigned long words = strtoul(at, &at, 16);
    size_t length = strlen(lemma);
    for (; words; words--) {
        at++;
        size_t size = strcspn(at, " ");
        if (size == length) {
            size_t i = 0;
            while (i < size && (at[i] | (at[i] >= 'A' && at[i] <= 'Z' ? 32 : 0)) == lemma[i])
                i++;
            if (i == size)
                *capital = at[0] >= 'A' && at[0] <= 'Z';
        }
        if (file == FILE_TOPS)
            for (int bit = 0; bit < WORD_CLASS_FILES; bit++) {
                const char *name = word_class_name(bit);
                if (name[0] == 'n' && strlen(name + 2) == size && !strncmp(name + 2, at, size))
                    *tops |= BIT(bit);
            }
        at += size;
        strtoul(at, &at, 16);
    }
    return file;
}

static void index_read(const char *directory, const char *name, int pos)
{
    char file_name[32];
    size_t index_size, data_size;
    snprintf(file_name, sizeof file_name, "index.%s", name);
    char *index = file_read(directory, file_name, &index_size);
    snprintf(file_name, sizeof file_name, "data.%s", name);
    char *data = file_read(directory, file_name, &data_size);
    for (char *line = index, *end; line < index + index_size; line = end + 1) {
        end = strchr(line, '\n');
        if (!end)
            die("no line end in", file_name);
        size_t length = strcspn(line, " ");
        if (length == 0 || memchr(line, '_', length) || length >= WORD_MAX)
            continue;
        char *at = line + length + 2;
        unsigned long synsets = strtoul(at, &at, 10), pointers = strtoul(at, &at, 10);
        for (; pointers; pointers--)
            at += 1 + strcspn(at + 1, " ");
        strtoul(at, &at, 10); /* again the number of senses */
        strtoul(at, &at, 10); /* how many of them were counted */
        struct entry *entry = entry_find(line, length, true);
        struct reading *reading = reading_of(entry, pos);
        reading->present = true;
        for (unsigned long i = 0; i < synsets && i < SENSES_MAX; i++) {
            unsigned long offset = strtoul(at, &at, 10);
            bool capital = false;
            if (offset >= data_size)
                die("bad offset in", file_name);
            reading->file[i] = synset_read(data + offset, entry->text, &capital, &reading->tops);
            reading->senses = (uint8_t)(i + 1);
            if (i == 0 && pos == WORD_NOUN)
                entry->proper = capital;
        }
    }
    free(index);
    free(data);
}

/* "lemma%type:file:id:head:id sense count" */
static void counts_read(const char *directory)
{
    static const int8_t type_pos[6] = {-1,          WORD_NOUN,     WORD_VERB, WORD_ADJECTIVE,
                                       WORD_ADVERB, WORD_ADJECTIVE};
    size_t size;
    char *text = file_read(directory, "cntlist.rev", &size);
    for (char *line = text, *end; line < text + size; line = end + 1) {
        end = strchr(line, '\n');
        if (!end)
            break;
        char *percent = memchr(line, '%', (size_t)(end - line));
        if (!percent || percent[1] < '1' || percent[1] > '5')
            continue;
        struct entry *entry = entry_find(line, (size_t)(percent - line), false);
        struct reading *reading = entry ? entry->readings[type_pos[percent[1] - '0']] : NULL;
        char *at = memchr(percent, ' ', (size_t)(end - percent));
        if (!reading || !at)
            continue;
        unsigned long sense = strtoul(at, &at, 10), count = strtoul(at, &at, 10);
        if (sense >= 1 && sense <= reading->senses)
            reading->count[sense - 1] = (uint32_t)count;
    }
    free(text);
}

static void exception_add(const char *form, size_t form_length, const char *lemma,
                          size_t lemma_length, int pos, int bits)
{
    if (form_length >= WORD_MAX || lemma_length >= WORD_MAX ||
        (form_length == lemma_length && !memcmp(form, lemma, form_length) && pos != WORD_NOUN &&
         !bits))
        return;
    for (size_t i = 0; i < exception_count; i++) {
        struct exception *old = &exceptions[i];
        if (old->pos == pos && !strncmp(old->form, form, form_length) && !old->form[form_length] &&
            !strncmp(old->lemma, lemma, lemma_length) && !old->lemma[lemma_length]) {
            return;
        }
    }
    if (exception_count == exception_room)
        exceptions =
            allocate(exceptions, (exception_room = exception_room ? exception_room * 2 : 1024) *
                                     sizeof *exceptions);
    exceptions[exception_count++] = (struct exception){
        copy(form, form_length), copy(lemma, lemma_length), (uint8_t)pos, (uint8_t)bits};
}

static bool ends(const char *text, size_t length, const char *end)
{
    size_t n = strlen(end);
    return length >= n && !memcmp(text + length - n, end, n);
}

/* What form an exception is, where only WordNet has it. */
static int exception_bits(const char *form, size_t length, int pos)
{
    switch (pos) {
    case WORD_NOUN:
        return WORD_PLURAL;
    case WORD_VERB:
        return ends(form, length, "ing") ? WORD_ING
               : ends(form, length, "s") ? WORD_THIRD
                                         : WORD_PAST | WORD_PARTICIPLE;
    default:
        return ends(form, length, "st") ? WORD_SUPERLATIVE : WORD_COMPARATIVE;
    }
}

static void exceptions_read(const char *directory, const char *name, int pos)
{
    char file_name[32];
    size_t size;
    snprintf(file_name, sizeof file_name, "%s.exc", name);
    char *text = file_read(directory, file_name, &size);
    for (char *line = text, *end; line < text + size; line = end + 1) {
        end = strchr(line, '\n');
        if (!end)
            break;
        size_t form = strcspn(line, " \n");
        for (char *lemma = line + form; *lemma == ' ';) {
            size_t length = strcspn(++lemma, " \n");
            struct entry *entry = entry_find(lemma, length, false);
            if (length && !memchr(line, '_', form) && entry && entry->readings[pos] &&
                (length != form || memcmp(line, lemma, form)))
                exception_add(line, form, lemma, length, pos, exception_bits(line, form, pos));
            lemma += length;
        }
    }
    free(text);
}

/* "take took taken[ takes]", "good better best", "man men". */
static void irregulars_read(const struct irregular_list *list)
{
    static const uint8_t bits[WORD_OPEN_COUNT][3] = {{WORD_PLURAL, 0, 0},
                                                     {WORD_PAST, WORD_PARTICIPLE, WORD_THIRD},
                                                     {WORD_COMPARATIVE, WORD_SUPERLATIVE, 0},
                                                     {WORD_COMPARATIVE, WORD_SUPERLATIVE, 0}};
    for (const char *group = list->words; *group; group += *group == ',') {
        const char *lemma = group, *fields[3];
        size_t length = strcspn(lemma, " ,"), field_count = 0;
        const char *at = lemma + length;
        while (*at == ' ' && field_count < 3) {
            fields[field_count++] = ++at;
            at += strcspn(at, " ,");
        }
        for (size_t i = 0; i < field_count; i++)
            for (const char *form = fields[i]; *form != ' ' && *form != ',' && *form;) {
                size_t size = strcspn(form, "/ ,");
                int form_bits = 0;
                for (size_t j = 0; j < field_count; j++) /* the same form elsewhere: both bits */
                    for (const char *other = fields[j]; *other != ' ' && *other != ',' && *other;) {
                        size_t other_size = strcspn(other, "/ ,");
                        if (other_size == size && !memcmp(form, other, size))
                            form_bits |= bits[list->pos][j];
                        other += other_size + (other[other_size] == '/');
                    }
                exception_add(form, size, lemma, length, list->pos, form_bits);
                if (list->pos == WORD_VERB)
                    entry_find(lemma, length, true)->record.strong |= (uint8_t)form_bits;
                form += size + (form[size] == '/');
            }
        group = at;
    }
}

static const char *list_next(const char **at, size_t *length)
{
    *at += strspn(*at, " ");
    const char *word = *at;
    *length = strcspn(word, " ");
    *at += *length;
    return *length ? word : NULL;
}

static void closed_merge(void)
{
    size_t length;
    const char *word;
    for (const struct closed_list *list = closed_lists; list->words; list++)
        for (const char *at = list->words; (word = list_next(&at, &length));) {
            struct word_record *record = &entry_find(word, length, true)->record;
            record->closed |= list->closed;
            record->pronoun |= list->pronoun;
            record->gender |= list->gender;
        }
    for (size_t i = 0; i < entry_count; i++)
        if (entries[i].record.closed & function_mask)
            for (int pos = 0; pos < WORD_OPEN_COUNT; pos++) {
                free(entries[i].readings[pos]);
                entries[i].readings[pos] = NULL;
            }
}

static void open_merge(bool wordnet)
{
    size_t length;
    const char *word;
    for (const struct open_list *list = open_lists; list->words; list++) {
        int bit =
            list->class_name ? word_class_bit(list->class_name, strlen(list->class_name)) : -1;
        if (list->class_name && bit < 0)
            die("no such class:", list->class_name);
        if (wordnet && !list->corrects)
            continue;
        for (const char *at = list->words; (word = list_next(&at, &length));) {
            struct entry *entry = entry_find(word, length, true);
            struct reading *reading = reading_of(entry, list->pos);
            if (list->corrects || !reading->senses)
                memset(reading->count, 0, sizeof reading->count);
            int sense = list->corrects || !reading->present ? 0 : reading->senses;
            if (bit >= 0 && bit < WORD_CLASS_FILES && sense < SENSES_MAX) {
                reading->file[sense] = (uint8_t)bit;
                reading->senses += sense == reading->senses;
            }
            reading->present = list->count > 0;
            reading->count[sense] = list->count;
        }
    }
}

/* The record of an entry from its readings. */
static void record_fill(struct entry *entry)
{
    struct word_record *record = &entry->record;
    for (int pos = 0; pos < WORD_OPEN_COUNT; pos++) {
        const struct reading *reading = entry->readings[pos];
        if (!reading || !reading->present)
            continue;
        uint64_t total = 0;
        for (int i = 0; i < SENSES_MAX; i++)
            total += reading->count[i];
        for (int i = 0; i < reading->senses; i++) {
            uint64_t bits = BIT(reading->file[i]);
            if (reading->file[i] == FILE_TOPS)
                bits |= reading->tops;
            bool frequent =
                total < FEW_USES ? i < 2 : reading->count[i] * 100u >= total * SHARE_PERCENT;
            if (i == 0)
                record->first_classes |= bits;
            if (i == 0 || frequent)
                record->classes |= bits;
        }
        record->classes |= BIT(WORD_CLASS_NOUN + pos);
        record->freq[pos] = (uint16_t)(total > 65535 ? 65535 : total);
    }
    if (entry->proper)
        record->closed |= WORD_PROPER;
}

static int entry_compare(const void *left, const void *right)
{
    return strcmp(((const struct entry *)left)->text, ((const struct entry *)right)->text);
}

static int exception_compare(const void *left, const void *right)
{
    const struct exception *a = left, *b = right;
    int order = strcmp(a->lemma, b->lemma);
    if (!order)
        order = (int)a->pos - (int)b->pos;
    return order ? order : strcmp(a->form, b->form);
}

static uint32_t slots_for(size_t count)
{
    uint32_t slots = 16;
    while (slots * 2 < count * 3)
        slots *= 2;
    return slots;
}

static uint32_t *records_number(uint32_t *record_count)
{
    uint32_t slots = slots_for(entry_count), count = 0;
    uint32_t *table = allocate(NULL, slots * sizeof *table),
             *firsts = allocate(NULL, entry_count * sizeof *firsts);
    memset(table, 0, slots * sizeof *table);
    for (size_t i = 0; i < entry_count; i++) {
        const struct word_record *record = &entries[i].record;
        uint32_t at = word_hash((const char *)record, sizeof *record) & (slots - 1);
        while (table[at] && memcmp(&entries[firsts[table[at] - 1]].record, record, sizeof *record))
            at = (at + 1) & (slots - 1);
        if (!table[at]) {
            firsts[count] = (uint32_t)i;
            table[at] = ++count;
        }
        entries[i].record_row = table[at] - 1;
    }
    if (count > 65535)
        die("too many different", "records");
    free(table);
    *record_count = count;
    return firsts;
}

static void table_write(FILE *out)
{
    uint32_t record_count, offset = 1;
    qsort(entries, entry_count, sizeof *entries, entry_compare);
    memset(entry_slots, 0, sizeof entry_slots);
    fputs("/* Made by build_table of WordNet 3.0 (Princeton University; see LICENSE) and the lists "
          "of closed.c.\n"
          " * Do not edit. */\n#include \"word/word_table.h\"\n\nstatic const char pool[] =\n    "
          "\"\\0\"\n",
          out);
    for (size_t i = 0; i < entry_count; i++) {
        struct entry *entry = &entries[i];
        uint32_t slot = word_hash(entry->text, strlen(entry->text)) & (ENTRY_SLOTS - 1);
        while (entry_slots[slot])
            slot = (slot + 1) & (ENTRY_SLOTS - 1);
        entry_slots[slot] = (uint32_t)i + 1;
        entry->offset = offset;
        offset += (uint32_t)strlen(entry->text) + 1;
        fprintf(out, "    \"%s\\0\"\n", entry->text);
    }
    /* Irregular forms that are no words of their own follow in the pool. */
    qsort(exceptions, exception_count, sizeof *exceptions, exception_compare);
    uint32_t slots = slots_for(exception_count);
    struct word_irregular *irregulars = allocate(NULL, slots * sizeof *irregulars);
    uint16_t *by_lemma = allocate(NULL, (exception_count + 1) * sizeof *by_lemma);
    memset(irregulars, 0, slots * sizeof *irregulars);
    for (size_t i = 0; i < exception_count; i++) {
        const struct exception *exception = &exceptions[i];
        size_t length = strlen(exception->form), lemma_length = strlen(exception->lemma);
        const struct entry *form = entry_find(exception->form, length, false);
        const struct entry *lemma = entry_find(exception->lemma, lemma_length, false);
        if (!lemma)
            die("no entry for", exception->lemma);
        uint32_t at = word_hash(exception->form, length) & (slots - 1), form_offset;
        while (irregulars[at].form)
            at = (at + 1) & (slots - 1);
        if (form)
            form_offset = form->offset;
        else {
            form_offset = offset;
            offset += (uint32_t)length + 1;
            fprintf(out, "    \"%s\\0\"\n", exception->form);
        }
        irregulars[at] =
            (struct word_irregular){form_offset,           lemma->offset,  (uint8_t)length,
                                    (uint8_t)lemma_length, exception->pos, exception->bits};
        by_lemma[i] = (uint16_t)at;
    }
    fputs("    \"\";\n\nstatic const struct word_record records[] = {\n", out);
    uint32_t *firsts = records_number(&record_count);
    for (uint32_t i = 0; i < record_count; i++) {
        const struct word_record *r = &entries[firsts[i]].record;
        fprintf(out, "{0x%llxu,0x%llxu,0x%xu,{%u,%u,%u,%u},%u,%u,%u,0},\n",
                (unsigned long long)r->classes, (unsigned long long)r->first_classes,
                (unsigned)r->closed, r->freq[0], r->freq[1], r->freq[2], r->freq[3], r->pronoun,
                r->gender, r->strong);
    }
    uint32_t row_slots = slots_for(entry_count);
    struct word_row *rows = allocate(NULL, row_slots * sizeof *rows);
    memset(rows, 0, row_slots * sizeof *rows);
    for (size_t i = 0; i < entry_count; i++) {
        size_t length = strlen(entries[i].text);
        uint32_t hash = word_hash(entries[i].text, length), at = hash & (row_slots - 1);
        while (rows[at].text)
            at = (at + 1) & (row_slots - 1);
        rows[at] = (struct word_row){entries[i].offset, (uint16_t)entries[i].record_row,
                                     (uint8_t)length, (uint8_t)(hash >> 24)};
    }
    fprintf(out, "};\n\nstatic const struct word_row rows[%lu] = {\n", (unsigned long)row_slots);
    for (uint32_t i = 0; i < row_slots; i++)
        if (rows[i].text)
            fprintf(out, "{%lu,%u,%u,%u},\n", (unsigned long)rows[i].text, rows[i].record,
                    rows[i].length, rows[i].tag);
        else
            fputs("{0,0,0,0},\n", out);
    fprintf(out, "};\n\nstatic const struct word_irregular irregulars[%lu] = {\n",
            (unsigned long)slots);
    for (uint32_t i = 0; i < slots; i++)
        fprintf(out, "{%lu,%lu,%u,%u,%u,%u},\n", (unsigned long)irregulars[i].form,
                (unsigned long)irregulars[i].lemma, irregulars[i].form_length,
                irregulars[i].lemma_length, irregulars[i].pos, irregulars[i].bits);
    fputs("};\n\nstatic const uint16_t by_lemma[] = {\n", out);
    for (size_t i = 0; i < exception_count; i++)
        fprintf(out, "%u,%s", by_lemma[i], i % 16 == 15 ? "\n" : "");
    fprintf(out,
            "0};\n\nconst struct word_table word_table = {\n    pool, records, rows, irregulars, "
            "by_lemma, %luu, %luu, %luu};\n",
            (unsigned long)row_slots - 1, (unsigned long)slots - 1, (unsigned long)exception_count);
    fprintf(stderr, "build_table: %lu words, %lu records, %lu irregular forms, %lu bytes\n",
            (unsigned long)entry_count, (unsigned long)record_count, (unsigned long)exception_count,
            (unsigned long)(offset + record_count * sizeof(struct word_record) +
                            row_slots * sizeof *rows + slots * sizeof *irregulars +
                            exception_count * sizeof *by_lemma));
    free(rows);
    free(irregulars);
    free(by_lemma);
    free(firsts);
}

int main(int argc, char **argv)
{
    static const char *const names[WORD_OPEN_COUNT] = {"noun", "verb", "adj", "adv"};
    if (argc != 3) {
        fputs("usage: build_table WORDNET_DICT_DIRECTORY|- OUTPUT\n", stderr);
        return 2;
    }
    bool wordnet = strcmp(argv[1], "-") != 0;
    if (wordnet) {
        for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
            index_read(argv[1], names[pos], pos);
        counts_read(argv[1]);
    }
    closed_merge();
    open_merge(wordnet);
    for (const struct irregular_list *list = irregular_lists; list->words; list++)
        irregulars_read(list);
    if (wordnet)
        for (int pos = 0; pos < WORD_OPEN_COUNT; pos++)
            exceptions_read(argv[1], names[pos], pos);
    for (size_t i = 0; i < exception_count; i++) {
        struct entry *entry = entry_find(exceptions[i].lemma, strlen(exceptions[i].lemma), true);
        if (!entry->readings[exceptions[i].pos])
            reading_of(entry, exceptions[i].pos)->present = true;
    }
    for (size_t i = 0; i < entry_count; i++)
        record_fill(&entries[i]);
    FILE *out = fopen(argv[2], "wb");
    if (!out)
        die("cannot write", argv[2]);
    table_write(out);
    if (ferror(out) | fclose(out))
        die("cannot write", argv[2]);
    return 0;
}
