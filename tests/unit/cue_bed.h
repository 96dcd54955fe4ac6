/* cue_bed.h: what test_pattern and test_match share: a set compiled, and a text read with it. */
#ifndef CUE_BED_H
#define CUE_BED_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cue/compile.h"
#include "cue/match.h"
#include "cue/pattern.h"
#include "segment/quotation.h"
#include "segment/sentence.h"
#include "segment/token.h"

struct bed {
    struct model model;
    struct rules rules;
    struct programs *programs;
    struct matcher *matcher;
    struct words words;
    struct segmenter *segmenter;
    struct names names;
    struct tag_scratch scratch;
    struct paragraph paragraph;
    char bytes[1 << 16];
    int32_t status;
    const char *said;
};

static inline void bed_make_as(struct bed *bed, const char *yaml, const struct outside *outside)
{
    memset(bed, 0, sizeof *bed);
    assert_int_equal(model_init(&bed->model, &memory_default), RHETOR_OK);
    int32_t loaded = model_load(&bed->model, "test.yaml", yaml, (uint32_t)strlen(yaml), NULL);
    if (loaded == RHETOR_OK)
        loaded = model_check(&bed->model);
    bed->status = rules_compile(&bed->model, outside, CHECK_ALL, &memory_default, &bed->rules);
    if (loaded != RHETOR_OK)
        bed->status = loaded;
    bed->said = bed->model.diagnostics.count ? bed->model.diagnostics.at[0].message : "";
    struct vocabulary vocabulary = {&bed->rules, rules_find};
    assert_int_equal(programs_open(&bed->rules, NULL, &memory_default, &bed->programs), RHETOR_OK);
    assert_int_equal(matcher_open(bed->programs, &memory_default, &bed->matcher), RHETOR_OK);
    assert_int_equal(words_init(&bed->words, &memory_default, &vocabulary), RHETOR_OK);
    assert_int_equal(segmenter_open(&memory_default, &bed->segmenter), RHETOR_OK);
    assert_int_equal(names_init(&bed->names, &memory_default), RHETOR_OK);
}

static inline void bed_make(struct bed *bed, const char *yaml)
{
    bed_make_as(bed, yaml, NULL);
}

/* Every pattern runs everywhere. */
static inline void bed_make_plain(struct bed *bed, const char *yaml)
{
    static const struct outside outside = {.unselected = true};
    bed_make_as(bed, yaml, &outside);
}

static inline void bed_free(struct bed *bed)
{
    matcher_close(bed->matcher);
    programs_close(bed->programs);
    words_free(&bed->words);
    segmenter_close(bed->segmenter);
    names_free(&bed->names);
    tag_scratch_free(&bed->scratch, &memory_default);
    vec_free(&memory_default, &bed->paragraph.tokens);
    vec_free(&memory_default, &bed->paragraph.sentences);
    vec_free(&memory_default, &bed->paragraph.quotations);
    vec_free(&memory_default, &bed->paragraph.tags);
    vec_free(&memory_default, &bed->paragraph.roles);
    rules_free(&bed->rules, &memory_default);
    model_free(&bed->model);
}

static inline struct match_view bed_view(struct bed *bed)
{
    return (struct match_view){&bed->words, &bed->names, &bed->paragraph, &bed->scratch, NULL};
}

/* Reads a paragraph; its tags are the matcher's, unsettled. */
static inline void bed_read(struct bed *bed, const char *text)
{
    struct paragraph *paragraph = &bed->paragraph;
    size_t length = strlen(text);
    assert_true(length < sizeof bed->bytes - 1);
    memcpy(bed->bytes, text, length + 1);
    paragraph->bytes = bed->bytes;
    paragraph->length = (uint32_t)length;
    paragraph->tags.count = paragraph->roles.count = 0;
    memset(&paragraph->in, 0, sizeof paragraph->in);
    assert_int_equal(tokens_find(bed->segmenter, paragraph), RHETOR_OK);
    assert_int_equal(sentences_find(bed->segmenter, paragraph), RHETOR_OK);
    assert_int_equal(quotations_find(bed->segmenter, paragraph), RHETOR_OK);
    assert_int_equal(words_find(&bed->words, paragraph), RHETOR_OK);
    struct match_view view = bed_view(bed);
    assert_int_equal(cues_find(bed->matcher, &view), RHETOR_OK);
}

/* "rule[text] role=text" of every tag in order, separated by "; ". */
static inline const char *bed_found(struct bed *bed, const char *text)
{
    static char out[4096];
    size_t n = 0;
    bed_read(bed, text);
    out[0] = 0;
    for (uint32_t i = 0; i < bed->paragraph.tags.count; i++) {
        const struct tag *tag = &bed->paragraph.tags.at[i];
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%s[%.*s]", i ? "; " : "",
                              bed->rules.text + bed->rules.rules[tag->rule].id,
                              (int)(tag->end - tag->start), bed->bytes + tag->start);
        for (uint32_t r = 0; r < tag->role_count; r++) {
            const struct role *role = &bed->paragraph.roles.at[tag->first_role + r];
            n += (size_t)snprintf(out + n, sizeof out - n, " %s=%.*s",
                                  bed->rules.text + bed->rules.roles[role->name],
                                  (int)(role->end - role->start), bed->bytes + role->start);
        }
    }
    return out;
}

#endif
