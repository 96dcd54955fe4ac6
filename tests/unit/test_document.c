/* test_document.c: the public interface over whole texts: edits against fresh analyses, ids, steps,
 * cancelling, positions, bad bytes, memory that runs out, the order of release. Reads the texts of
 * corpus/ below $srcdir (or .). RHETOR_EDITS: random edits a text [40]. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rhetor/rhetor.h"

enum { TEXT_ROOM = 1 << 16, TEXTS_MOST = 100 };

static rhetor_engine *engine;

static int setup(void **state)
{
    (void)state;
    rhetor_options options = {.size = sizeof options, .min_score = -1};
    return rhetor_engine_new(&options, &engine, NULL);
}

static int teardown(void **state)
{
    (void)state;
    rhetor_engine_release(engine);
    return 0;
}

static uint32_t seed = 1;
static uint32_t random_below(uint32_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return n ? (uint32_t)((uint64_t)(seed >> 8) * n >> 24) : 0;
}

/* ---- Texts ------------------------------------------------------------------------------------- */

static char *texts[TEXTS_MOST];
static uint32_t text_count;

static void read_folder(const char *folder)
{
    const char *top = getenv("srcdir");
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", top ? top : ".", folder);
    DIR *dir = opendir(path);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) && text_count < TEXTS_MOST;) {
        size_t n = strlen(entry->d_name);
        if (n < 5 || strcmp(entry->d_name + n - 4, ".txt"))
            continue;
        char file[2048];
        snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        FILE *in = fopen(file, "rb");
        char *bytes = calloc(1, TEXT_ROOM);
        assert_true(in && bytes);
        assert_true(fread(bytes, 1, TEXT_ROOM - 1, in) > 0);
        fclose(in);
        texts[text_count++] = bytes;
    }
    closedir(dir);
}

static void read_texts(void)
{
    if (text_count)
        return;
    read_folder("corpus/texts");
    read_folder("corpus/gold/dev");
    assert_true(text_count > 10);
}

/* ---- Incremental equals fresh ------------------------------------------------------------------ */

/* A tag as text, names spelled out: what two documents must agree on. */
static int describe(rhetor_document *document, const rhetor_tag *tag, char *out, size_t room)
{
    uint32_t count;
    const rhetor_role *roles = rhetor_document_roles(document, &count);
    int n = snprintf(out, room, "%u %u-%u %u-%u %u q%d v%d %.4f %s>%s", tag->device, tag->start, tag->end,
                     tag->read_start, tag->read_end, tag->rule, tag->quotation, tag->voice,
                     (double)tag->score, rhetor_document_name(document, tag->speaker, NULL),
                     rhetor_document_name(document, tag->addressee, NULL));
    for (uint32_t i = 0; i < tag->role_count && n < (int)room; i++) {
        const rhetor_role *role = &roles[tag->first_role + i];
        n += snprintf(out + n, room - (size_t)n, " %u:%u-%u=%s", role->name, role->start, role->end,
                      rhetor_document_name(document, role->party, NULL));
    }
    return n;
}

static void compare(rhetor_document *edited, const char *text, uint32_t length, const char *what)
{
    rhetor_document *fresh;
    assert_int_equal(rhetor_document_new(engine, &fresh, NULL), RHETOR_OK);
    assert_int_equal(rhetor_document_set_text(fresh, text, length), RHETOR_OK);
    assert_int_equal(rhetor_document_analyse(fresh, NULL), RHETOR_OK);
    uint32_t own, n, m;
    const char *bytes = rhetor_document_text(edited, &own);
    assert_int_equal(own, length);
    assert_memory_equal(bytes, text, length);
    const rhetor_tag *a = rhetor_document_tags(edited, &n), *b = rhetor_document_tags(fresh, &m);
    for (uint32_t i = 0; i < n || i < m; i++) {
        char x[2048] = "none", y[2048] = "none";
        if (i < n)
            describe(edited, &a[i], x, sizeof x);
        if (i < m)
            describe(fresh, &b[i], y, sizeof y);
        if (strcmp(x, y))
            fail_msg("%s: tag %u\n  edited: %s\n  fresh:  %s\ntext:\n%.*s", what, i, x, y,
                     (int)(length < 3000 ? length : 3000), text);
        assert_true(a[i].id != 0);
    }
    const rhetor_span *s = rhetor_document_sentences(edited, &n),
                      *t = rhetor_document_sentences(fresh, &m);
    assert_int_equal(n, m);
    assert_memory_equal(s, t, n * sizeof *s);
    rhetor_document_free(fresh);
}

static const char *const pieces[] = {
    "a", " ", ".", "\n\n", "\n", "\r\n", "\r\n\r\n", "\"", "\xE2\x80\x9C", "\xE2\x80\x9D", "'", "(", "we must ",
    "\xF0\x9D\x84\x9E", "\xC3\xA9", "\xC3", "\x80", "She said, \"", "If you stop, we will pay. ", "?", ",", "# ",
    "No more, no more. ", "\xE2\x80\x99", "1. ", "Mr. ", "U.S. ", "\xEF\xBB\xBF", ""};

struct text { char *bytes; uint32_t length; };

static void splice(struct text *text, uint32_t start, uint32_t old_end, const char *with,
                   uint32_t length)
{
    char *bytes = malloc((size_t)text->length + length + 1);
    assert_non_null(bytes);
    memcpy(bytes, text->bytes, start);
    memcpy(bytes + start, with, length);
    memcpy(bytes + start + length, text->bytes + old_end, text->length - old_end);
    text->length = start + length + (text->length - old_end);
    bytes[text->length] = 0;
    free(text->bytes);
    text->bytes = bytes;
}

/* One random edit: a piece typed, a stretch deleted, a whole stretch moved in from elsewhere. */
static void random_edit(struct text *text, rhetor_document *document)
{
    uint32_t start = random_below(text->length + 1), old_end = start;
    const char *with = pieces[random_below(sizeof pieces / sizeof *pieces)];
    uint32_t length = (uint32_t)strlen(with);
    char *paste = NULL;
    switch (random_below(8)) {
    case 0: start = 0; old_end = random_below(3) > text->length ? 0 : random_below(3); break;
    case 1: start = old_end = text->length; break;
    case 2: old_end = start + random_below(400); break;
    case 3: old_end = start + random_below(8); break;
    case 4: {
        uint32_t from = random_below(text->length + 1);
        length = random_below(600);
        length = from + length > text->length ? text->length - from : length;
        paste = malloc(length + 1);
        assert_non_null(paste);
        memcpy(paste, text->bytes + from, length);
        with = paste;
        break;
    }
    default: break;
    }
    old_end = old_end > text->length ? text->length : old_end;
    assert_int_equal(rhetor_document_replace(document, start, old_end, with, length), RHETOR_OK);
    splice(text, start, old_end, with, length);
    free(paste);
}

static void test_edits(void **state)
{
    (void)state;
    read_texts();
    const char *wanted = getenv("RHETOR_EDITS");
    uint32_t edits = wanted ? (uint32_t)atoi(wanted) : 40;
    for (uint32_t t = 0; t < text_count; t++) {
        struct text text = {strdup(texts[t]), (uint32_t)strlen(texts[t])};
        rhetor_document *document;
        assert_int_equal(rhetor_document_new(engine, &document, NULL), RHETOR_OK);
        assert_int_equal(rhetor_document_set_text(document, text.bytes, text.length), RHETOR_OK);
        assert_int_equal(rhetor_document_analyse(document, NULL), RHETOR_OK);
        for (uint32_t i = 0; i < edits; i++) {
            char what[40];
            snprintf(what, sizeof what, "text %u, edit %u", t, i);
            random_edit(&text, document);
            if (random_below(4) == 0)
                continue; /* several edits, then one analysis */
            if (random_below(2) == 0)
                while (rhetor_document_step(document, 1, NULL) == RHETOR_MORE)
                    ;
            assert_int_equal(rhetor_document_analyse(document, NULL), RHETOR_OK);
            compare(document, text.bytes, text.length, what);
        }
        rhetor_document_free(document);
        free(text.bytes);
    }
}

/* What is typed and taken back leaves everything as it was. */
static void test_undo(void **state)
{
    (void)state;
    read_texts();
    for (uint32_t t = 0; t < text_count; t += 5) {
        uint32_t length = (uint32_t)strlen(texts[t]), total = 1 << 20;
        rhetor_document *document;
        assert_int_equal(rhetor_document_new(engine, &document, NULL), RHETOR_OK);
        assert_int_equal(rhetor_document_set_text(document, texts[t], length), RHETOR_OK);
        assert_int_equal(rhetor_document_analyse(document, NULL), RHETOR_OK);
        char *paste = malloc(total);
        assert_non_null(paste);
        for (uint32_t i = 0; i < total; i++)
            paste[i] = texts[t][i % length];
        uint32_t at = length / 2;
        assert_int_equal(rhetor_document_replace(document, at, at, paste, t ? 5000 : total), RHETOR_OK);
        assert_int_equal(rhetor_document_analyse(document, NULL), RHETOR_OK);
        assert_int_equal(rhetor_document_replace(document, at, at + (t ? 5000 : total), NULL, 0), RHETOR_OK);
        assert_int_equal(rhetor_document_analyse(document, NULL), RHETOR_OK);
        compare(document, texts[t], length, "undo");
        free(paste);
        rhetor_document_free(document);
    }
}

/* ---- Ids, changes ------------------------------------------------------------------------------ */

static void test_ids_stay(void **state)
{
    (void)state;
    const char *text = "We must act now. Perhaps we will.\n\nFirst, we wait. They must pay.\n\n"
                       "It is clearly a disgrace. You should never forget it.\n";
    uint32_t length = (uint32_t)strlen(text), n, m;
    rhetor_document *document;
    assert_int_equal(rhetor_document_new(engine, &document, NULL), RHETOR_OK);
    assert_int_equal(rhetor_document_set_text(document, text, length), RHETOR_OK);
    assert_int_equal(rhetor_document_analyse(document, NULL), RHETOR_OK);
    rhetor_change change = {.size = sizeof change};
    assert_int_equal(rhetor_document_changes(document, &change), RHETOR_OK);
    assert_int_equal(change.start, 0);
    assert_int_equal(change.end, length);
    const rhetor_tag *tags = rhetor_document_tags(document, &n);
    assert_true(n > 3);
    rhetor_tag *before = malloc(n * sizeof *before);
    assert_non_null(before);
    memcpy(before, tags, n * sizeof *before);
    uint32_t place = (uint32_t)(strstr(text, "wait") - text), generation = rhetor_document_generation(document);
    assert_int_equal(rhetor_document_replace(document, place, place + 4, "hesitate", 8), RHETOR_OK);
    assert_int_equal(rhetor_document_analyse(document, NULL), RHETOR_OK);
    assert_true(rhetor_document_generation(document) > generation);
    assert_int_equal(rhetor_document_changes(document, &change), RHETOR_OK);
    assert_int_equal(change.shift, 4);
    tags = rhetor_document_tags(document, &m);
    uint32_t kept = 0, outside = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (before[i].start <= place + 4 && before[i].end >= place)
            continue;
        outside++;
        uint32_t shift = before[i].start > place ? 4 : 0;
        for (uint32_t k = 0; k < m; k++)
            if (tags[k].id == before[i].id) {
                assert_int_equal(tags[k].device, before[i].device);
                assert_int_equal(tags[k].start, before[i].start + shift);
                kept++;
            }
    }
    assert_true(outside > 2);
    assert_int_equal(kept, outside);
    free(before);
    rhetor_document_free(document);
}

/* ---- Steps, cancelling ------------------------------------------------------------------------- */

static void test_cancel(void **state)
{
    (void)state;
    read_texts();
    rhetor_document *document;
    volatile uint32_t flag = 1;
    rhetor_error error = {.size = sizeof error};
    uint32_t done, total, length = (uint32_t)strlen(texts[0]);
    assert_int_equal(rhetor_document_new(engine, &document, NULL), RHETOR_OK);
    assert_int_equal(rhetor_document_set_text(document, texts[0], length), RHETOR_OK);
    rhetor_document_set_cancel(document, &flag);
    assert_int_equal(rhetor_document_analyse(document, &error), RHETOR_E_CANCELLED);
    assert_true(error.message[0] != 0);
    rhetor_document_progress(document, &done, &total);
    assert_int_equal(done, 0);
    assert_int_equal(total, length);
    flag = 0;
    assert_int_equal(rhetor_document_step(document, 1, NULL), RHETOR_MORE);
    rhetor_document_progress(document, &done, &total);
    assert_true(done > 0 && done < total);
    assert_int_equal(rhetor_document_analyse(document, NULL), RHETOR_OK);
    compare(document, texts[0], length, "cancelled and resumed");
    rhetor_document_free(document);
}

/* ---- Positions --------------------------------------------------------------------------------- */

static void test_positions(void **state)
{
    (void)state;
    /* 1: é   2: U+1D11E, CRLF   3: bad byte */
    const char *text = "\xC3\xA9t\xC3\xA9 is\r\n\xF0\x9D\x84\x9E must\r\n\r\nbad \xFF byte";
    uint32_t length = (uint32_t)strlen(text);
    rhetor_document *document;
    assert_int_equal(rhetor_document_new(engine, &document, NULL), RHETOR_OK);
    assert_int_equal(rhetor_document_set_text(document, text, length), RHETOR_OK);
    assert_int_equal(rhetor_document_analyse(document, NULL), RHETOR_OK);
    uint32_t bytes[] = {0, 2, 3, 10, 14, 15, 23, 28, length}, out[9];
    assert_int_equal(rhetor_document_convert(document, RHETOR_BYTES, RHETOR_UTF16, bytes, 9, out), RHETOR_OK);
    static const uint32_t utf16[] = {0, 1, 2, 8, 10, 11, 19, 24, 29};
    for (int i = 0; i < 9; i++)
        assert_int_equal(out[i], utf16[i]);
    assert_int_equal(rhetor_document_convert(document, RHETOR_UTF16, RHETOR_BYTES, out, 9, out), RHETOR_OK);
    for (int i = 0; i < 9; i++)
        assert_int_equal(out[i], bytes[i]);
    rhetor_position places[9];
    assert_int_equal(rhetor_document_positions(document, RHETOR_UTF16, bytes, 9, places), RHETOR_OK);
    static const rhetor_position wanted[] = {{1, 1}, {1, 2}, {1, 3}, {2, 1}, {2, 3}, {2, 4}, {4, 1}, {4, 6}, {4, 11}};
    for (int i = 0; i < 9; i++) {
        assert_int_equal(places[i].line, wanted[i].line);
        assert_int_equal(places[i].column, wanted[i].column);
    }
    assert_int_equal(rhetor_document_offsets(document, RHETOR_UTF16, places, 9, out), RHETOR_OK);
    for (int i = 0; i < 9; i++)
        assert_int_equal(out[i], bytes[i]);
    uint32_t inside = 1; /* in é: its start */
    assert_int_equal(rhetor_document_convert(document, RHETOR_BYTES, RHETOR_CODEPOINTS, &inside, 1, out), RHETOR_OK);
    assert_int_equal(out[0], 0);
    rhetor_position past = {2, 999};
    assert_int_equal(rhetor_document_offsets(document, RHETOR_BYTES, &past, 1, out), RHETOR_OK);
    assert_int_equal(out[0], 19);
    uint32_t count;
    const rhetor_diagnostic *said = rhetor_document_diagnostics(document, &count);
    assert_int_equal(count, 1);
    assert_string_equal(said[0].code, "invalid-utf8");
    assert_int_equal(said[0].byte, 27);
    assert_int_equal(said[0].line, 4);
    assert_int_equal(rhetor_document_convert(document, 7, RHETOR_UTF16, bytes, 1, out), RHETOR_E_UNKNOWN);
    rhetor_document_free(document);
}

/* Edits in other units and by lines are the same edits. */
static void test_edit_units(void **state)
{
    (void)state;
    const char *text = "One \xF0\x9D\x84\x9E two\nthree\nfour\n";
    rhetor_document *document;
    uint32_t length;
    assert_int_equal(rhetor_document_new(engine, &document, NULL), RHETOR_OK);
    assert_int_equal(rhetor_document_set_text(document, text, (uint32_t)strlen(text)), RHETOR_OK);
    assert_int_equal(rhetor_document_replace_range(document, RHETOR_UTF16, 7, 10, "2", 1), RHETOR_OK);
    assert_string_equal(rhetor_document_text(document, &length), "One \xF0\x9D\x84\x9E 2\nthree\nfour\n");
    assert_int_equal(rhetor_document_replace_lines(document, 2, 3, "3\n", 2), RHETOR_OK);
    assert_string_equal(rhetor_document_text(document, &length), "One \xF0\x9D\x84\x9E 2\n3\nfour\n");
    assert_int_equal(rhetor_document_replace(document, 5, 3, "", 0), RHETOR_E_ARGUMENT);
    assert_int_equal(rhetor_document_replace(document, 0, 999, "", 0), RHETOR_E_ARGUMENT);
    rhetor_document_free(document);
}

/* ---- Sharp texts ------------------------------------------------------------------------------- */

static void test_odd_texts(void **state)
{
    (void)state;
    static const struct { const char *text; uint32_t length; } odd[] = {
        {"", 0}, {"\0", 1}, {"\n\n\n", 3}, {"a\0b must\0", 9}, {"\xFF\xFE", 2}, {"\"", 1},
        {"\xE2\x80\x9CWe must go", 14}, {"\r\r\r", 3}, {"\xEF\xBB\xBF", 3}, {"...", 3}, {"'", 1}};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        rhetor_document *document;
        uint32_t n;
        assert_int_equal(rhetor_document_new(engine, &document, NULL), RHETOR_OK);
        assert_int_equal(rhetor_document_set_text(document, odd[i].text, odd[i].length), RHETOR_OK);
        assert_int_equal(rhetor_document_analyse(document, NULL), RHETOR_OK);
        const rhetor_tag *tags = rhetor_document_tags(document, &n);
        for (uint32_t t = 0; t < n; t++)
            assert_true(tags[t].start < tags[t].end && tags[t].end <= odd[i].length);
        rhetor_document_free(document);
    }
}

/* ---- Memory ------------------------------------------------------------------------------------ */

struct budget { long left, live; };

static void *resize_counted(void *user, void *old, uint64_t size)
{
    struct budget *budget = user;
    if (size == 0) {
        budget->live -= old != NULL;
        free(old);
        return NULL;
    }
    if (budget->left-- <= 0)
        return NULL;
    void *block = realloc(old, size);
    budget->live += block && !old;
    return block;
}

/* Every allocation fails once; what is there is freed, and a second try succeeds. */
static void test_no_memory(void **state)
{
    (void)state;
    const char *text = "She could say, \"If you stop, we will pay.\" We must act, and act now. Perhaps.";
    bool whole = false;
    for (long n = 0; !whole && n < 20000; n += n < 200 ? 1 : 37) {
        struct budget budget = {n, 0};
        rhetor_options options = {.size = sizeof options, .resize = resize_counted, .user = &budget};
        rhetor_engine *own = NULL;
        rhetor_document *document = NULL;
        int32_t status = rhetor_engine_new(&options, &own, NULL);
        if (status == RHETOR_OK)
            status = rhetor_document_new(own, &document, NULL);
        if (status == RHETOR_OK)
            status = rhetor_document_set_text(document, text, (uint32_t)strlen(text));
        if (status == RHETOR_OK)
            status = rhetor_document_analyse(document, NULL);
        if (status == RHETOR_OK) {
            whole = true;
        } else {
            assert_int_equal(status, RHETOR_E_MEMORY);
            if (document) {
                budget.left = 1 << 30;
                uint32_t length;
                rhetor_document_text(document, &length);
                assert_int_equal(length ? rhetor_document_analyse(document, NULL) : RHETOR_OK, RHETOR_OK);
            }
        }
        rhetor_engine_release(own); /* the document keeps it */
        rhetor_document_free(document);
        assert_int_equal(budget.live, 0);
    }
    assert_true(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_edits),     cmocka_unit_test(test_undo),
        cmocka_unit_test(test_ids_stay),  cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_positions), cmocka_unit_test(test_edit_units),
        cmocka_unit_test(test_odd_texts), cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
