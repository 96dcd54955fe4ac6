/* build_rules.c: makes rules_image.c of the built-in pattern sets, at build time.
 *   build_rules OUTPUT FILE.yaml...
 * In: the sets, in this order.
 * Out: one C file of constant arrays; mistakes on stderr with the line and a caret, then status 1.
 * Not part of the library: it may print and exit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/image.h"
#include "engine/outside.h"

/* The image of the sets that are being built cannot be linked into what builds it. */
const unsigned char model_image[] = {0};
const uint32_t model_image_length = 0;

static void say_all(const struct model *model, uint32_t from)
{
    static const char *const severities[] = {"?", "note", "warning", "error"};
    for (uint32_t i = from; i < model->diagnostics.count; i++) {
        const rhetor_diagnostic *said = &model->diagnostics.at[i];
        fprintf(stderr, "%s:%u:%u: %s: %s\n", said->file, said->line, said->column,
                severities[said->severity], said->message);
        if (*said->advice)
            fprintf(stderr, "  (%s)\n", said->advice);
        for (uint32_t s = 0; s < model->sources.count; s++) {
            const struct source *source = &model->sources.at[s];
            if (strcmp(source->name, said->file) || !said->line)
                continue;
            const char *line = source->bytes;
            for (uint32_t n = 1; n < said->line && line; n++)
                line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL;
            if (line)
                fprintf(stderr, "  %.*s\n  %*s\n", (int)strcspn(line, "\n"), line,
                        (int)said->column, "^");
        }
    }
}

static char *file_read(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t room = 0, n = 0;
    while (file && !feof(file) && !ferror(file)) {
        if (n + 1 >= room) {
            room = room ? room * 2 : 1 << 16;
            bytes = realloc(bytes, room);
            if (!bytes)
                exit(1);
        }
        n += fread(bytes + n, 1, room - n - 1, file);
    }
    if (!file || ferror(file)) {
        perror(path);
        exit(1);
    }
    fclose(file);
    bytes[n] = 0;
    *length = n;
    return bytes;
}

/* Writes one row by the letters of its fields: u, f: 4 bytes; h: 2; b, c: 1; parentheses stand for
 * inner arrays. */
static size_t row_write(FILE *out, const char *at, const char *fields)
{
    size_t n = 0;
    bool first = true;
    for (; *fields; fields++) {
        if (*fields == '(') {
            fputs(first ? "{" : ",{", out);
            first = true;
            continue;
        }
        if (*fields == ')') {
            fputs("}", out);
            first = false;
            continue;
        }
        if (!first)
            fputc(',', out);
        first = false;
        if (*fields == 'f') {
            float number;
            memcpy(&number, at + n, sizeof number);
            fprintf(out, "%af", (double)number);
            n += sizeof number;
        } else if (*fields == 'u') {
            uint32_t number;
            memcpy(&number, at + n, sizeof number);
            fprintf(out, "%uu", (unsigned)number);
            n += sizeof number;
        } else if (*fields == 'h') {
            uint16_t number;
            memcpy(&number, at + n, sizeof number);
            fprintf(out, "%u", (unsigned)number);
            n += sizeof number;
        } else {
            fprintf(out, "%d", *fields == 'c' ? at[n] : (int)(unsigned char)at[n]);
            n++;
        }
    }
    return n;
}

static void table_write(FILE *out, const char *type, const char *name, const void *rows,
                        uint32_t count, size_t size, const char *fields)
{
    static const char none[256];
    if (!count) { /* an array has a row at least */
        rows = none;
        count = 1;
    }
    fprintf(out, "static const %s %s_rows[] = {", type, name);
    for (uint32_t i = 0; i < count; i++) {
        fputs(i ? (i % 8 ? "," : ",\n") : "\n", out);
        if (fields[1])
            fputc('{', out);
        if (row_write(out, (const char *)rows + i * size, fields) != size) {
            fprintf(stderr, "build_rules: the fields of %s are not those of its row\n", name);
            exit(1);
        }
        if (fields[1])
            fputc('}', out);
    }
    fputs("};\n", out);
}

static void image_write(FILE *out, const struct rules *rules, const struct moves *moves,
                        const struct model_bytes *bytes)
{
    fputs(
        "/* Made by build_rules from corpus/patterns; do not edit. */\n#include \"engine/image.h\"\n\n",
        out);
#define TABLE(type, name, fields)                                                                  \
    table_write(out, #type, #name, rules->name, rules->name##_count, sizeof *rules->name, fields);
    RULES_TABLES(TABLE)
#undef TABLE
    fputs("static const struct rules image = {\n", out);
#define TABLE(type, name, fields)                                                                  \
    fprintf(out, "    %s_rows, %uu,\n", #name, (unsigned)rules->name##_count);
    RULES_TABLES(TABLE)
#undef TABLE
    fputs("};\nconst struct rules *rules_builtin(void)\n{\n    return &image;\n}\n\n", out);

#define MOVES_TABLES(TABLE)                                                                        \
    TABLE(struct move_row, moves, "uufuuuuhhhhbbbb")                                               \
    TABLE(struct part_row, parts, "uu")                                                            \
    TABLE(struct pair_row, pairs, "(uu)(uu)")                                                      \
    TABLE(struct series_row, series, "uufuuuufuubb(bb)")                                           \
    TABLE(struct count_row, counts, "uufuuuuuub(bbb)")                                             \
    TABLE(uint32_t, targets, "u")                                                                  \
    TABLE(uint8_t, wanted, "b")                                                                    \
    TABLE(char, text, "c")
#define TABLE(type, name, fields)                                                                  \
    table_write(out, #type, "moves_" #name, moves->name.at, moves->name.count,                     \
                sizeof *moves->name.at, fields);
    MOVES_TABLES(TABLE)
#undef TABLE
    fputs(
        "/* A growable array's pointer is not const; these are lent as part of a const struct. */\n"
        "static const struct moves moves_image = {\n",
        out);
#define TABLE(type, name, fields)                                                                  \
    fprintf(out, "    {(%s *)(uintptr_t)moves_%s_rows, %uu, %uu},\n", #type, #name,                \
            (unsigned)moves->name.count, (unsigned)moves->name.count);
    MOVES_TABLES(TABLE)
#undef TABLE
    fputs("};\nconst struct moves *moves_builtin(void)\n{\n    return &moves_image;\n}\n\n", out);

    fputs("const unsigned char model_image[] = {", out);
    for (uint32_t i = 0; i < bytes->at.count; i++)
        fprintf(out, "%s%u", i ? (i % 32 ? "," : ",\n") : "\n", bytes->at.at[i]);
    fprintf(out, "};\nconst uint32_t model_image_length = %uu;\n", (unsigned)bytes->at.count);
}

int main(int argc, char **argv)
{
    const struct memory *memory = &memory_default;
    struct outside outside;
    struct outside_names names;
    struct model model;
    struct rules rules;
    struct moves moves = {0};
    struct model_bytes bytes = {{0}};
    if (argc < 2 || model_init(&model, memory) != RHETOR_OK) {
        fprintf(stderr, "usage: build_rules OUTPUT FILE.yaml...\n");
        return 2;
    }
    bool wrong = false;
    for (int i = 2; i < argc; i++) {
        size_t length;
        char name[300], folder[1000];
        const char *slash = strrchr(argv[i], '/');
        char *text = file_read(argv[i], &length);
        snprintf(name, sizeof name, "built-in:%s", slash ? slash + 1 : argv[i]);
        snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - argv[i]) : 1,
                 slash ? argv[i] : ".");
        wrong |= model_load(&model, name, text, (uint32_t)length, folder) != RHETOR_OK;
        free(text);
    }
    outside_fill(&outside, &names);
    wrong |= model_check(&model) != RHETOR_OK;
    wrong |= rules_compile(&model, &outside, CHECK_ALL, memory, &rules) != RHETOR_OK;
    say_all(&model, 0);
    struct numbers numbers = rules_numbers(&rules);
    if (wrong || moves_build(&moves, &model, &numbers, memory) != RHETOR_OK ||
        model_write(&model, memory, &bytes) != RHETOR_OK)
        return 1;
    FILE *out = fopen(argv[1], "wb");
    if (!out) {
        perror(argv[1]);
        return 1;
    }
    image_write(out, &rules, &moves, &bytes);
    if (fclose(out)) {
        perror(argv[1]);
        return 1;
    }
    fprintf(
        stderr,
        "build_rules: %u devices, %u rules, %u patterns (%u run everywhere), %u groups of %u words, %u bytes of model\n",
        (unsigned)rules.devices_count, (unsigned)rules.rules_count, (unsigned)rules.patterns_count,
        (unsigned)rules.everywhere_count, (unsigned)rules.groups_count, (unsigned)rules.words_count,
        (unsigned)bytes.at.count);
    moves_free(&moves, memory);
    rules_free(&rules, memory);
    vec_free(memory, &bytes.at);
    model_free(&model);
    return 0;
}
