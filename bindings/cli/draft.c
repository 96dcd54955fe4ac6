/* draft.c: one draft through the library: text in, tags and their places out. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

bool draft_open(struct draft *draft, rhetor_engine *engine, const char *name, const char *text,
                uint32_t length, char **why)
{
    rhetor_error error = {.size = sizeof error};
    *draft = (struct draft){.name = name, .engine = engine, .text = text, .length = length};
    int32_t status = rhetor_document_new(engine, &draft->document, &error);
    if (status == RHETOR_OK)
        status = rhetor_document_set_text(draft->document, text, length);
    if (status == RHETOR_OK)
        status = rhetor_document_analyse(draft->document, &error);
    if (status != RHETOR_OK) {
        *why = format_text("%s: %s", name,
                           error.message[0] ? error.message : rhetor_status_name(status));
        draft_close(draft);
        return false;
    }
    draft->tags = rhetor_document_tags(draft->document, &draft->tag_count);
    draft->roles = rhetor_document_roles(draft->document, &draft->role_count);
    uint32_t n = draft->tag_count;
    uint32_t *bytes = need(malloc((n + 1) * sizeof *bytes));
    draft->starts = need(malloc((n + 1) * sizeof *draft->starts));
    draft->ends = need(malloc((n + 1) * sizeof *draft->ends));
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = draft->tags[i].start;
    rhetor_document_positions(draft->document, RHETOR_BYTES, bytes, n, draft->starts);
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = draft->tags[i].end;
    rhetor_document_positions(draft->document, RHETOR_BYTES, bytes, n, draft->ends);
    free(bytes);
    return true;
}

void draft_close(struct draft *draft)
{
    rhetor_document_free(draft->document);
    free(draft->starts);
    free(draft->ends);
    draft->document = NULL;
    draft->starts = draft->ends = NULL;
}

rhetor_device draft_device(const struct draft *draft, uint32_t tag)
{
    rhetor_device device = {.size = sizeof device};
    rhetor_engine_device(draft->engine, draft->tags[tag].device, &device);
    return device;
}

rhetor_rule draft_rule(const struct draft *draft, uint32_t tag)
{
    rhetor_rule rule = {.size = sizeof rule};
    rhetor_engine_rule(draft->engine, draft->tags[tag].rule, &rule);
    return rule;
}

bool draft_shows(const struct draft *draft, const struct settings *settings, uint32_t tag)
{
    rhetor_device device = draft_device(draft, tag);
    return (settings->devices.count == 0 || list_has(&settings->devices, device.id)) &&
           (settings->families.count == 0 || list_has(&settings->families, device.family)) &&
           (!settings->min_score_given || draft->tags[tag].score >= settings->min_score);
}

const char *voice_name(int32_t voice)
{
    static const char *const names[] = {"author", "quoted", "scripted"};
    return voice >= 0 && voice < 3 ? names[voice] : "author";
}
