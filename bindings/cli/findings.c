/* findings.c: findings about pattern sets, and how they are written.
 * In: diagnostics of the library and what the checks add. Out: lines with a caret, JSON, or SARIF 2.1.0
 * (OASIS), with columns in code points there. Invariant: every row owns its strings. */
#include <ctype.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "patterns.h"

static const char *const severities[] = {"", "note", "warning", "error"};

void findings_add(struct findings *findings, const rhetor_diagnostic *row)
{
    if (findings->count == findings->room) {
        findings->room = findings->room ? 2 * findings->room : 64;
        findings->rows = need(realloc(findings->rows, findings->room * sizeof *findings->rows));
    }
    rhetor_diagnostic *copy = &findings->rows[findings->count++];
    *copy = *row;
    copy->code = need(strdup(row->code));
    copy->file = need(strdup(row->file));
    copy->message = need(strdup(row->message));
    copy->advice = need(strdup(row->advice));
}

void finding(struct findings *findings, const rhetor_rule *rule, int32_t severity, const char *code,
             const char *advice, const char *format, ...)
{
    char message[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    rhetor_diagnostic row = {.severity = severity, .line = rule->line, .column = rule->column,
                             .code = code, .file = rule->file, .message = message, .advice = advice};
    findings_add(findings, &row);
}

static int by_place(const void *a, const void *b)
{
    const rhetor_diagnostic *left = a, *right = b;
    int order = strcmp(left->file, right->file);
    if (!order && left->line != right->line)
        order = left->line < right->line ? -1 : 1;
    if (!order && left->column != right->column)
        order = left->column < right->column ? -1 : 1;
    return order ? order : strcmp(left->code, right->code);
}

void findings_sort(struct findings *findings)
{
    if (findings->count)
        qsort(findings->rows, findings->count, sizeof *findings->rows, by_place);
}

uint32_t findings_of(const struct findings *findings, int32_t severity)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < findings->count; i++)
        n += findings->rows[i].severity == severity;
    return n;
}

void findings_free(struct findings *findings)
{
    for (uint32_t i = 0; i < findings->count; i++) {
        free((char *)(uintptr_t)findings->rows[i].code);
        free((char *)(uintptr_t)findings->rows[i].file);
        free((char *)(uintptr_t)findings->rows[i].message);
        free((char *)(uintptr_t)findings->rows[i].advice);
    }
    free(findings->rows);
    *findings = (struct findings){0};
}

static const char *s_of(uint32_t n)
{
    return n == 1 ? "" : "s";
}

void findings_text(FILE *out, const struct findings *findings)
{
    uint32_t errors = findings_of(findings, RHETOR_ERROR),
             warnings = findings_of(findings, RHETOR_WARNING),
             notes = findings_of(findings, RHETOR_NOTE);
    diagnostics_print(out, findings->rows, findings->count);
    fprintf(out, "%u error%s, %u warning%s, %u note%s\n", errors, s_of(errors), warnings,
            s_of(warnings), notes, s_of(notes));
}

/* ---- JSON -------------------------------------------------------------------------------------- */

/* A text that is no UTF-8 (a file's name may be none) gets ? for its bytes above ASCII. */
static json_t *text_of(const char *text)
{
    json_t *made = json_string(text);
    if (made)
        return made;
    char *plain = need(strdup(text));
    for (char *c = plain; *c; c++)
        if ((unsigned char)*c >= 0x80)
            *c = '?';
    made = need(json_string(plain));
    free(plain);
    return made;
}

static void dump(FILE *out, json_t *root)
{
    need(root);
    json_dumpf(root, out, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    fputc('\n', out);
    json_decref(root);
}

void findings_json(FILE *out, const struct findings *findings)
{
    json_t *rows = need(json_array());
    for (uint32_t i = 0; i < findings->count; i++) {
        const rhetor_diagnostic *row = &findings->rows[i];
        json_array_append_new(
            rows, json_pack("{s:o, s:i, s:i, s:s, s:o, s:o, s:o}", "file", text_of(row->file),
                            "line", (int)row->line, "column", (int)row->column, "severity",
                            severities[row->severity & 3], "code", text_of(row->code), "message",
                            text_of(row->message), "advice", text_of(row->advice)));
    }
    dump(out, json_pack("{s:o, s:i, s:i, s:i}", "findings", rows, "errors",
                        (int)findings_of(findings, RHETOR_ERROR), "warnings",
                        (int)findings_of(findings, RHETOR_WARNING), "notes",
                        (int)findings_of(findings, RHETOR_NOTE)));
}

/* ---- SARIF ------------------------------------------------------------------------------------- */

/* A path as a relative URI; an absolute one as file://. */
static json_t *uri_of(const char *path)
{
    size_t n = strlen(path), used = 0;
    char *uri = need(malloc(3 * n + 8));
    if (*path == '/') {
        memcpy(uri, "file://", 7);
        used = 7;
    }
    for (const unsigned char *c = (const unsigned char *)path; *c; c++)
        if (isalnum(*c) || strchr("/-_.~", *c))
            uri[used++] = (char)*c;
        else
            used += (size_t)sprintf(uri + used, "%%%02X", *c);
    uri[used] = 0;
    json_t *made = need(json_string(uri));
    free(uri);
    return made;
}

/* The column in code points of what stands at a byte of a line. */
static int column_of(const rhetor_diagnostic *row)
{
    char *line = source_line(row->file, row->line);
    int column = 1;
    for (uint32_t c = 0; line && c + 1 < row->column && line[c]; c++)
        column += ((unsigned char)line[c] & 0xC0) != 0x80;
    if (!line)
        column = (int)row->column;
    free(line);
    return column < 1 ? 1 : column;
}

static json_t *result_of(const rhetor_diagnostic *row)
{
    json_t *place = need(json_pack("{s:{s:o}}", "artifactLocation", "uri", uri_of(row->file)));
    if (row->line)
        json_object_set_new(place, "region", json_pack("{s:i, s:i}", "startLine", (int)row->line,
                                                       "startColumn", column_of(row)));
    json_t *message = text_of(row->message);
    if (row->advice[0]) {
        char *both = format_text("%s (%s)", row->message, row->advice);
        json_decref(message);
        message = text_of(both);
        free(both);
    }
    return json_pack("{s:o, s:s, s:{s:o}, s:[{s:o}]}", "ruleId", text_of(row->code), "level",
                     severities[row->severity & 3], "message", "text", message, "locations",
                     "physicalLocation", place);
}

void findings_sarif(FILE *out, const struct findings *findings)
{
    json_t *rules = need(json_array()), *results = need(json_array());
    for (uint32_t i = 0; i < findings->count; i++) {
        const rhetor_diagnostic *row = &findings->rows[i];
        bool known = false;
        for (uint32_t n = 0; n < i && !known; n++)
            known = !strcmp(findings->rows[n].code, row->code);
        if (!known)
            json_array_append_new(rules, json_pack("{s:o}", "id", text_of(row->code)));
        json_array_append_new(results, result_of(row));
    }
    dump(out, json_pack("{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:s, s:o}]}", "$schema",
                        "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0", "runs",
                        "tool", "driver", "name", "rhetor patterns check", "version",
                        rhetor_version(), "rules", rules, "columnKind", "unicodeCodePoints",
                        "results", results));
}
