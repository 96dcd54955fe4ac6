/* test_sets.c: every broken set of tests/sets gets exactly the diagnostics that stand beside it.
 * NAME.yaml is read over sets/base/base.yaml; NAME.expected has a line a diagnostic:
 * file:line:column: severity: code: message. Found below $srcdir (or .), as automake sets it. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cue/set.h"

enum { SETS_LEAST = 70, PATH_ROOM = 1024, OUT_ROOM = 1 << 16 };

static const char *folder(void)
{
    static char path[PATH_ROOM];
    const char *top = getenv("srcdir");
    snprintf(path, sizeof path, "%s/tests/sets", top ? top : ".");
    return path;
}

static char *file_read(const char *name, size_t *length)
{
    char path[PATH_ROOM];
    snprintf(path, sizeof path, "%s/%s", folder(), name);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("%s cannot be read: is srcdir set?", path);
    char *bytes = malloc(OUT_ROOM + 1);
    assert_non_null(bytes);
    *length = fread(bytes, 1, OUT_ROOM, file);
    bytes[*length] = 0;
    fclose(file);
    return bytes;
}

static void load(struct model *model, const char *name)
{
    size_t length;
    char *bytes = file_read(name, &length);
    model_load(model, name, bytes, (uint32_t)length, folder());
    free(bytes);
}

static void put_diagnostics(const struct model *model, char *out, size_t room)
{
    static const char *const severities[] = {"?", "note", "warning", "error"};
    size_t used = 0;
    out[0] = 0;
    for (uint32_t i = 0; i < model->diagnostics.count && used < room; i++) {
        const rhetor_diagnostic *d = &model->diagnostics.at[i];
        size_t skip = strncmp(d->file, folder(), strlen(folder())) ? 0 : strlen(folder()) + 1;
        used += (size_t)snprintf(out + used, room - used, "%s:%u:%u: %s: %s: %s\n", d->file + skip,
                                 d->line, d->column, severities[d->severity], d->code, d->message);
    }
}

/* Lines are equal; one that ends in * stands for all that begin so (libfyaml's words). */
static int is_expected(const char *expected, const char *found)
{
    while (*expected && *found) {
        size_t n = strcspn(expected, "\n"), m = strcspn(found, "\n");
        int open = n && expected[n - 1] == '*';
        if (open ? m < n - 1 || strncmp(expected, found, n - 1)
                 : m != n || strncmp(expected, found, n))
            return 0;
        expected += n + (expected[n] != 0);
        found += m + (found[m] != 0);
    }
    return !*expected && !*found;
}

static int is_set(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && !strcmp(dot, ".yaml");
}

static void test_broken_sets(void **state)
{
    (void)state;
    struct dirent **entries;
    static char out[OUT_ROOM];
    unsigned wrong = 0;
    int count = scandir(folder(), &entries, is_set, alphasort);
    if (count < SETS_LEAST)
        fail_msg("%d sets in %s: is srcdir set?", count, folder());
    for (int i = 0; i < count; i++) {
        char name[PATH_ROOM];
        struct model model;
        size_t length;
        assert_int_equal(model_init(&model, &memory_default), RHETOR_OK);
        load(&model, "base/base.yaml");
        assert_int_equal(model.diagnostics.count, 0);
        load(&model, entries[i]->d_name);
        model_check(&model);
        put_diagnostics(&model, out, sizeof out);
        snprintf(name, sizeof name, "%.*s.expected", (int)strlen(entries[i]->d_name) - 5,
                 entries[i]->d_name);
        char *expected = file_read(name, &length);
        if (!is_expected(expected, out) || !*out) {
            fprintf(stderr, "%s\n--- expected\n%s--- found\n%s", entries[i]->d_name, expected, out);
            wrong++;
        }
        /* Whatever is wrong, what stood before is there still, and nothing is found twice. */
        uint32_t said = model.diagnostics.count;
        assert_non_null(model_device(&model, "carrot"));
        assert_non_null(model_lexicon(&model, "offers"));
        model_check(&model);
        assert_int_equal(model.diagnostics.count, said);
        free(expected);
        model_free(&model);
        free(entries[i]);
    }
    free(entries);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_broken_sets)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
