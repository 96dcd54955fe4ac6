/* test_move.c: scores, exemption and agreement of tags; moves, series and counts over paragraphs
 * that are written down here: words apart by blanks, sentences end with ". ", tags stand in the
 * text as <device role=words, role=words>words</>. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "move/move.h"
#include "move/party.h"
#include "rhetor/rhetor.h"
#include "tag/tag.h"

enum { PARAGRAPHS_MOST = 12, NAMES_MOST = 64, BYTES = 4096, ROLES_AT = 2048, ROLE_ROOM = 32 };

struct names { const char *at[NAMES_MOST]; uint32_t count; };

struct fixture {
    struct model model;
    struct moves moves;
    struct words words;
    struct names devices, rules, roles;
    struct paragraph *paragraphs[PARAGRAPHS_MOST];
    uint32_t count;
    struct move_scratch scratch;
    struct tag_scratch tags;
    struct arena arena;
    char out[4096];
};

static uint32_t name_row(struct names *names, const char *text, bool add)
{
    for (uint32_t i = 0; i < names->count; i++)
        if (!strcmp(names->at[i], text))
            return i;
    if (!add)
        return UINT32_MAX;
    assert_true(names->count < NAMES_MOST);
    names->at[names->count] = text;
    return names->count++;
}

static uint32_t device_number(void *user, const char *id)
{
    return name_row(&((struct fixture *)user)->devices, id, false);
}

static uint32_t rule_number(void *user, const char *id)
{
    return name_row(&((struct fixture *)user)->rules, id, false);
}

static uint32_t role_number(void *user, const char *name)
{
    return name_row(&((struct fixture *)user)->roles, name, true);
}

static uint32_t word_row(struct fixture *f, const char *text, uint32_t length)
{
    char folded[64];
    assert_true(length < sizeof folded);
    for (uint32_t i = 0; i < length; i++)
        folded[i] = (char)tolower((unsigned char)text[i]);
    for (uint32_t i = 0; i < f->words.types.count; i++)
        if (f->words.types.at[i]->length == length &&
            !memcmp(f->words.types.at[i]->text, folded, length))
            return i;
    struct word_type *type = arena_take(&f->arena, sizeof *type);
    memset(type, 0, sizeof *type);
    type->text = arena_text(&f->arena, folded, length);
    type->length = length;
    assert_true(vec_push(&memory_default, &f->words.types, type));
    return f->words.types.count - 1;
}

/* The devices of every test: their rules are DEVICE/1 and what the set adds. */
static struct fixture *open_with(const char *devices)
{
    static const char *const known[] = {"carrot", "stick", "hedge", "booster", "turn", "script"};
    struct fixture *f = calloc(1, sizeof *f);
    char text[4096] = "devices:\n";
    arena_init(&f->arena, &memory_default);
    for (uint32_t i = 0; i < 6; i++)
        sprintf(text + strlen(text), "- {id: %s, patterns: [x]}\n", known[i]);
    strcat(text, devices);
    assert_int_equal(model_init(&f->model, &memory_default), RHETOR_OK);
    int32_t status = model_load(&f->model, "test.yaml", text, (uint32_t)strlen(text), NULL);
    status = status == RHETOR_OK ? model_check(&f->model) : status;
    if (status != RHETOR_OK)
        fail_msg("%u: %s", f->model.diagnostics.at[0].line, f->model.diagnostics.at[0].message);
    for (uint32_t i = 0; i < f->model.devices.count; i++) {
        const struct device *device = &f->model.devices.at[i];
        name_row(&f->devices, device->id, true);
        for (uint32_t n = 0; n < device->patterns.count; n++)
            name_row(&f->rules, device->patterns.at[n].id, true);
        for (uint32_t n = 0; n < device->series.count; n++)
            name_row(&f->rules, device->series.at[n].id, true);
        for (uint32_t n = 0; n < device->counts.count; n++)
            name_row(&f->rules, device->counts.at[n].id, true);
        for (uint32_t n = 0; n < device->moves.count; n++)
            name_row(&f->rules, device->moves.at[n].id, true);
    }
    struct numbers numbers = {f, device_number, rule_number, role_number};
    assert_int_equal(moves_build(&f->moves, &f->model, &numbers, &memory_default), RHETOR_OK);
    return f;
}

static void close_all(struct fixture *f)
{
    for (uint32_t i = 0; i < f->count; i++) {
        struct paragraph *p = f->paragraphs[i];
        free(p->bytes);
        vec_free(&memory_default, &p->tokens);
        vec_free(&memory_default, &p->sentences);
        vec_free(&memory_default, &p->quotations);
        vec_free(&memory_default, &p->tags);
        vec_free(&memory_default, &p->roles);
        vec_free(&memory_default, &p->window_tags);
        vec_free(&memory_default, &p->window_roles);
        free(p);
    }
    vec_free(&memory_default, &f->words.types);
    moves_free(&f->moves, &memory_default);
    move_scratch_free(&f->scratch, &memory_default);
    tag_scratch_free(&f->tags, &memory_default);
    arena_free(&f->arena);
    model_free(&f->model);
    free(f);
}

/* <device:score@voice role=words, …>: the tag opens here. */
static void open_tag(struct fixture *f, struct paragraph *p, const char *at, struct tag *tag)
{
    char head[200];
    size_t n = strcspn(at, ">");
    assert_true(n < sizeof head);
    memcpy(head, at, n);
    head[n] = 0;
    *tag = (struct tag){.score = 0.8f, .quotation = -1, .kind = TAG_CUE,
                        .first_role = p->roles.count, .start = p->length};
    char *roles = strchr(head, ' ');
    if (roles)
        *roles++ = 0;
    char *score = strchr(head, ':');
    if (score) {
        *score++ = 0;
        tag->score = strtof(score, NULL);
    }
    char *voice = strchr(head, '@');
    if (voice) {
        *voice++ = 0;
        tag->quotation = atoi(voice);
        tag->voice = RHETOR_SCRIPTED;
    }
    tag->device = name_row(&f->devices, head, false);
    assert_int_not_equal(tag->device, UINT32_MAX);
    char rule[220];
    sprintf(rule, "%s/1", head);
    tag->rule = name_row(&f->rules, rule, false);
    for (char *role = roles ? strtok(roles, ",") : NULL; role; role = strtok(NULL, ",")) {
        char *equals = strchr(role, '=');
        *equals = 0;
        role += strspn(role, " ");
        /* Its words stand behind the text of the paragraph, where no token is. */
        uint32_t from = ROLES_AT + p->roles.count * ROLE_ROOM,
                 length = (uint32_t)strlen(equals + 1);
        struct role row = {role_number(f, arena_text(&f->arena, role, strlen(role))), from,
                           from + length, 0};
        assert_true(length < ROLE_ROOM && row.end < BYTES);
        memcpy(p->bytes + from, equals + 1, length);
        assert_true(vec_push(&memory_default, &p->roles, row));
        tag->role_count++;
    }
}

static void close_sentence(struct paragraph *p, uint32_t *first)
{
    if (p->tokens.count == *first)
        return;
    const struct token *last = &p->tokens.at[p->tokens.count - 1];
    struct sentence sentence = {p->tokens.at[*first].start, last->start + last->length, *first,
                                p->tokens.count - *first};
    assert_true(vec_push(&memory_default, &p->sentences, sentence));
    *first = p->tokens.count;
}

static struct paragraph *add(struct fixture *f, const char *text)
{
    struct paragraph *p = calloc(1, sizeof *p);
    struct tag open[8];
    uint32_t depth = 0, first = 0;
    bool line = true;
    p->bytes = calloc(1, BYTES);
    while (*text) {
        if (!strncmp(text, "</>", 3)) {
            open[--depth].end = p->length;
            assert_true(vec_push(&memory_default, &p->tags, open[depth]));
            text += 3;
        } else if (*text == '<') {
            open_tag(f, p, text + 1, &open[depth++]);
            text += strcspn(text, ">") + 1;
        } else if (isalnum((unsigned char)*text)) {
            size_t n = 0;
            while (isalnum((unsigned char)text[n]))
                n++;
            struct token token = {.start = p->length, .length = (uint16_t)n, .kind = TOKEN_WORD,
                                  .type = word_row(f, text, (uint32_t)n), .pos = (uint8_t)n,
                                  .flags = line ? TOKEN_LINE : 0};
            assert_true(vec_push(&memory_default, &p->tokens, token));
            memcpy(p->bytes + p->length, text, n);
            p->length += (uint32_t)n;
            text += n;
            line = false;
        } else {
            struct token token = {.start = p->length, .length = 1, .kind = TOKEN_PUNCTUATION,
                                  .type = word_row(f, text, 1), .flags = TOKEN_BREAK};
            if (*text != ' ' && *text != '\n')
                assert_true(vec_push(&memory_default, &p->tokens, token));
            line |= *text == '\n';
            p->bytes[p->length++] = *text;
            if (*text == '.')
                close_sentence(p, &first);
            text++;
        }
    }
    close_sentence(p, &first);
    p->bytes[p->length++] = '\n';
    struct quotation quotation = {.voice = RHETOR_SCRIPTED, .speaker = 0};
    assert_true(vec_push(&memory_default, &p->quotations, quotation));
    assert_true(vec_push(&memory_default, &p->quotations, quotation));
    assert_int_equal(tags_settle(p, false, false, &f->tags, &memory_default), RHETOR_OK);
    f->paragraphs[f->count++] = p;
    return p;
}

/* What is anchored in each paragraph: "row: device [words]", with roles as name=words. */
static const char *found(struct fixture *f, bool with_roles)
{
    char flat[PARAGRAPHS_MOST * 1024] = "";
    uint32_t starts[PARAGRAPHS_MOST + 1] = {0};
    f->out[0] = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        strncat(flat, f->paragraphs[i]->bytes, f->paragraphs[i]->length);
        starts[i + 1] = starts[i] + f->paragraphs[i]->length;
    }
    for (uint32_t row = 0; row < f->count; row++) {
        struct paragraph *p = f->paragraphs[row];
        struct move_view view = {&f->moves, &f->words, f->paragraphs, f->count, row, &f->scratch,
                                 &memory_default};
        p->window_tags.count = p->window_roles.count = 0;
        assert_int_equal(moves_find(&view), RHETOR_OK);
        assert_int_equal(tags_settle(p, true, false, &f->tags, &memory_default), RHETOR_OK);
        for (uint32_t i = 0; i < p->window_tags.count; i++) {
            const struct tag *tag = &p->window_tags.at[i];
            assert_true(tag->start < tag->end && tag->read_start <= tag->start &&
                        tag->read_end >= tag->end);
            char *out = f->out + strlen(f->out);
            out += sprintf(out, "%s%u %s [%.*s]", *f->out ? " | " : "", row,
                           f->devices.at[tag->device], (int)(tag->end - tag->start),
                           flat + starts[row] + tag->start);
            for (uint32_t n = 0; with_roles && n < tag->role_count; n++) {
                const struct role *role = &p->window_roles.at[tag->first_role + n];
                out += sprintf(out, " %s=%.*s", f->roles.at[role->name],
                               (int)(role->end - role->start), flat + starts[row] + role->start);
            }
        }
    }
    for (char *c = f->out; *c; c++)
        if (*c == '\n')
            *c = '~';
    return f->out;
}

/* ---- Moves ----------------------------------------------------------------------------------- */

#define BOTH "- id: both\n  moves:\n  - "

static void test_all(void **state)
{
    (void)state;
    struct fixture *f = open_with(BOTH "{all: [carrot, stick], within: 2 sentences}\n");
    add(f, "a <carrot>b c</> d. e <stick>f</> g. h <stick>i</>. j <carrot>k</>.");
    /* The nearest of each; no tag is part of it twice. */
    assert_string_equal(found(f, true), "0 both [b c d. e f] carrot=b c stick=f | "
                                        "0 both [i. j k] carrot=k stick=i");
    close_all(f);
}

static void test_reach(void **state)
{
    (void)state;
    struct fixture *f = open_with(BOTH "{all: [carrot, stick]}\n");
    add(f, "<carrot>a</> b. <stick>c</> <carrot>d</>.");
    add(f, "<stick>e</>.");
    assert_string_equal(found(f, false), "0 both [c d]");
    close_all(f);

    f = open_with(BOTH "{all: [carrot, stick], within: 2 paragraphs}\n");
    add(f, "<carrot>a</> b.");
    add(f, "<stick>c</>.");
    add(f, "d.");
    add(f, "<carrot>e</>.");
    assert_string_equal(found(f, false), "0 both [a b.~c]");
    close_all(f);

    f = open_with(BOTH "{sequence: [carrot, stick], within: 3 words}\n");
    add(f, "<carrot>a</> b c d e <stick>f</>. <carrot>g</> h i j <stick>k</>.");
    assert_string_equal(found(f, false), "0 both [g h i j k]");
    close_all(f);

    f = open_with(BOTH "{all: [carrot, stick], within: 3 sentences}\n");
    add(f, "x. <carrot>a</> b.");
    add(f, "c.");
    add(f, "d <stick>e</>. f");
    assert_string_equal(found(f, true), "0 both [a b.~c.~d e] carrot=a stick=e");
    close_all(f);
}

static void test_nearest_first(void **state)
{
    (void)state;
    struct fixture *f = open_with(BOTH "{all: [carrot, stick], within: 5 sentences}\n");
    add(f, "<carrot>a</>. <carrot>b</>. <carrot>c</> x <stick>d</>.");
    assert_string_equal(found(f, false), "0 both [c x d]");
    close_all(f);
}

static void test_sequence(void **state)
{
    (void)state;
    struct fixture *f = open_with(BOTH "{sequence: [hedge, turn, booster], within: 2 sentences}\n");
    add(f, "<turn>a</> <hedge>b</> <booster>c</> <turn>d</>. e <booster>f</>.");
    add(f, "<booster>g</> <turn>h</> <hedge>i</>.");
    assert_string_equal(found(f, true), "0 both [b c d. e f] hedge=b turn=d booster=f");
    close_all(f);
}

static void test_any_and_places(void **state)
{
    (void)state;
    struct fixture *f = open_with(BOTH "{any: [carrot, stick], inside: [script]}\n");
    add(f, "<carrot>a</> <script>b <stick>c</> d</> <carrot>e</>.");
    assert_string_equal(found(f, false), "0 both [c]");
    close_all(f);
    f = open_with(BOTH "{any: [carrot, stick], not-inside: [script], unless: [hedge]}\n");
    add(f, "<carrot>a</> <script>b <stick>c</> d</>. <carrot>e</> <hedge>f</>. <stick>g</>.");
    assert_string_equal(found(f, false), "0 both [a] | 0 both [g]");
    close_all(f);
    f = open_with(BOTH "{any: [{act: carrot/1}]}\n");
    add(f, "<carrot>a</> <stick>b</>.");
    assert_string_equal(found(f, true), "0 both [a] act=a");
    close_all(f);
}

static void test_unless_between(void **state)
{
    (void)state;
    struct fixture *f =
        open_with(BOTH "{all: [carrot, stick], within: 3 sentences, unless: [hedge]}\n");
    add(f, "<hedge>x</>. <carrot>a</>. <hedge:0.2>b</> <stick>c</>. d <hedge>e</>.");
    assert_string_equal(found(f, false), "0 both [a. b c]");
    f->paragraphs[0]->tags.at[2].score = 0.9f;
    assert_string_equal(found(f, false), "");
    close_all(f);
}

static void test_voice(void **state)
{
    (void)state;
    struct fixture *f =
        open_with(BOTH "{all: [carrot, stick], within: 3 sentences, same: [voice]}\n");
    struct paragraph *p =
        add(f, "<carrot>a</> <stick@0>b</>. <carrot@0>c</> <stick@1>d</>. <stick>e</>.");
    p->quotations.at[0].start = 2;
    p->quotations.at[0].end = 6;
    assert_string_equal(found(f, false), "0 both [a b. c d. e] | 0 both [b. c]");
    close_all(f);
    /* Two quotations are one voice where one known speaker has both. */
    f = open_with(BOTH "{all: [carrot, stick], within: 3 sentences, same: [voice]}\n");
    p = add(f, "<carrot@0>c</> <stick@1>d</>.");
    assert_string_equal(found(f, false), "");
    p->quotations.at[0].speaker = p->quotations.at[1].speaker = 7;
    assert_string_equal(found(f, false), "0 both [c d]");
    close_all(f);
}

static void test_party(void **state)
{
    (void)state;
    struct fixture *f = open_with(BOTH "all: [carrot, stick]\n    within: 2 sentences\n"
                                       "    same: [{party: [carrot.recipient, stick.target]}]\n");
    add(f, "<carrot recipient=the Board>a</> <stick target=Marta Voss>b</> "
           "<stick target=our board>c</>.");
    add(f, "x. y.");
    add(f, "<carrot recipient=Marta Voss>d</>. <stick target=her>e</>. <stick target=you>f</>.");
    add(f, "<carrot>g</> <stick target=you>h</>.");
    assert_string_equal(found(f, false), "0 both [a b c] | 2 both [d. e]");
    close_all(f);
}

static void test_same_party(void **state)
{
    (void)state;
    static const struct {
        const char *a;
        uint32_t a_party;
        const char *b;
        uint32_t b_party;
        bool same;
    } rows[] = {
        {"Marta Voss", 3, "she", 3, true},
        {"Marta Voss", 3, "Ms Voss", 0, true},
        {"the board", 0, "our Board", 0, true},
        {"the board", 0, "the union", 0, false},
        {"you", 0, "your", 0, true},
        {"you", 0, "we", 0, false},
        {"he", 0, "the minister", 0, true},
        {"he", 2, "Voss", 3, false},
        {"they", 0, "you", 0, false},
        {"he", 2, "him", 3, false},
        {"he", 2, "him", 0, true},
        {"Voss\xE2\x80\x99s", 0, "Voss", 0, true},
        {"us", 0, "our", 4, true},
        {"the port", 0, "a port", 0, true},
        {"port workers", 0, "dock workers", 0, false},
        {"", 0, "", 0, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct role a = {0, 0, (uint32_t)strlen(rows[i].a), rows[i].a_party};
        struct role b = {0, 0, (uint32_t)strlen(rows[i].b), rows[i].b_party};
        if (same_party(&a, rows[i].a, &b, rows[i].b) != rows[i].same ||
            same_party(&b, rows[i].b, &a, rows[i].a) != rows[i].same)
            fail_msg("%s, %s", rows[i].a, rows[i].b);
    }
}

static void test_scores(void **state)
{
    (void)state;
    struct fixture *f = open_with(BOTH "{all: [carrot, stick], weight: 0.7}\n");
    struct paragraph *p =
        add(f, "<carrot:0.9>a</> <stick:0.8>b</>. <carrot:0.9>c</> <stick:0.4>d</>. "
               "<carrot:0.9>e</> <stick:0.2>f</>.");
    found(f, false);
    assert_int_equal(p->window_tags.count, 2);
    assert_true(p->window_tags.at[0].score > 0.699f && p->window_tags.at[0].score < 0.701f);
    assert_true(p->window_tags.at[1].score > 0.6f && p->window_tags.at[1].score < 0.62f);
    assert_int_equal(p->window_tags.at[0].kind, TAG_MOVE);
    close_all(f);
}

/* A paragraph full of parts: no quadratic walk, or this test does not end in time. */
static void test_many(void **state)
{
    (void)state;
    struct fixture *f =
        open_with(BOTH "{all: [carrot, stick, hedge], within: 50 sentences, unless: [turn]}\n");
    struct paragraph *p = add(f, "a.");
    p->tags.count = 0;
    for (uint32_t i = 0; i < 100000; i++) {
        uint32_t device = i ? i % 2 : 2; /* one hedge, before all: fits no move but the first */
        struct tag tag = {.start = 0, .end = 1, .device = device, .rule = device, .quotation = -1,
                          .score = 0.8f, .kind = TAG_CUE};
        assert_true(vec_push(&memory_default, &p->tags, tag));
    }
    found(f, false);
    assert_int_equal(p->window_tags.count, 1);
    close_all(f);
}

/* ---- Series ---------------------------------------------------------------------------------- */

#define RUN "- id: run\n  series:\n  - "

static void test_beginning(void **state)
{
    (void)state;
    struct fixture *f = open_with(RUN "{unit: sentence, share: beginning, words: 2}\n");
    add(f, "We shall go. we shall stay. We shall see, too. We will. We shall be. We shall do.");
    assert_string_equal(found(f, true),
                        "0 run [We shall go. we shall stay. We shall see, too] "
                        "member=We shall member=we shall member=We shall");
    close_all(f);
    f = open_with(RUN "{unit: sentence, share: beginning, words: 2, apart: 1, least: 4}\n");
    add(f, "We shall go. we shall stay. We shall see, too. We will. We shall be. We shall do.");
    assert_string_equal(found(f, false),
                        "0 run [We shall go. we shall stay. We shall see, too. We will. "
                        "We shall be. We shall do]");
    close_all(f);
    f = open_with(RUN "{unit: sentence, share: beginning, most: 3}\n");
    add(f, "We go. We run. We see. We do. They go. They run. They see.");
    assert_string_equal(found(f, false), "0 run [They go. They run. They see]");
    close_all(f);
}

static void test_ending(void **state)
{
    (void)state;
    struct fixture *f = open_with(RUN "{unit: clause, share: ending, words: 2, least: 3}\n");
    add(f, "of the people, by the people, for the people.");
    assert_string_equal(found(f, true), "0 run [of the people, by the people, for the people] "
                                        "member=the people member=the people member=the people");
    close_all(f);
}

static void test_joiner(void **state)
{
    (void)state;
    struct fixture *f = open_with(RUN "{unit: clause, share: beginning, joiner: 'or even|and'}\n");
    add(f, "to see, to hear, and to tell, to ask.");
    add(f, "to see, to hear, to tell.");
    add(f, "to see, to hear, or even to tell.");
    assert_string_equal(found(f, true),
                        "0 run [to see, to hear, and to tell] member=to member=to member=to | "
                        "2 run [to see, to hear, or even to tell] member=to member=to member=to");
    close_all(f);
}

static void test_shape_and_length(void **state)
{
    (void)state;
    struct fixture *f = open_with(RUN "{unit: line, share: shape}\n");
    add(f, "one three\ntwo seven\nsix eight\nfour and");
    assert_string_equal(found(f, false), "0 run [one three~two seven~six eight]");
    close_all(f);
    f = open_with(RUN "{unit: sentence, share: length, tolerance: 0.25}\n");
    add(f, "a b c d. e f g. h i j k. l m n o p q.");
    assert_string_equal(found(f, false), "0 run [a b c d. e f g. h i j k]");
    close_all(f);
}

static void test_paragraphs(void **state)
{
    (void)state;
    struct fixture *f = open_with(RUN "{unit: paragraph, share: beginning, words: 1}\n");
    add(f, "x.");
    add(f, "Imagine a.");
    add(f, "Imagine b. c.");
    add(f, "Imagine d.");
    add(f, "y.");
    assert_string_equal(found(f, true), "1 run [Imagine a.~Imagine b. c.~Imagine d] "
                                        "member=Imagine member=Imagine member=Imagine");
    close_all(f);
    f = open_with(RUN "{unit: item, share: beginning, words: 1}\n");
    for (uint32_t i = 0; i < 5; i++)
        add(f, i == 3 ? "Keep it." : "Keep on.")->flags = i ? PARAGRAPH_ITEM : 0;
    assert_string_equal(found(f, false), "1 run [Keep on.~Keep on.~Keep it.~Keep on]");
    close_all(f);
}

/* ---- Counts ---------------------------------------------------------------------------------- */

#define MANY "- id: many\n  counts:\n  - "

static void test_counts(void **state)
{
    (void)state;
    struct fixture *f =
        open_with(MANY "{in: sentence, of: [hedge, booster], at-least: 3, kinds: 2}\n");
    add(f, "<hedge>a</> <hedge>b</> <hedge>c</>. d <hedge>e</> <booster>f g</> h <hedge>i</> j.");
    assert_string_equal(found(f, false), "0 many [e f g h i]");
    close_all(f);
    f = open_with(MANY "{in: paragraph, of: [hedge], at-least: 1, at-most: 1}\n");
    add(f, "<hedge>a</> b. c.");
    add(f, "<hedge>a</> b. <hedge>c</>.");
    assert_string_equal(found(f, false), "0 many [a]");
    close_all(f);
    f = open_with(MANY "{in: paragraph, of: [hedge], at-least: 2, per-words: 4}\n");
    add(f, "<hedge>a</> b c d <hedge>e</> f <hedge>g</> h i. j k l <hedge>m</> <hedge>n</>. o");
    assert_string_equal(found(f, false), "0 many [e f g] | 0 many [m n]");
    close_all(f);
}

/* ---- Tags ------------------------------------------------------------------------------------ */

static void test_agreement(void **state)
{
    (void)state;
    struct fixture *f = open_with("");
    struct paragraph *p =
        add(f, "<carrot:0.6>a b <stick:0.5>c</></> d. <hedge:0.9>e f g h i <hedge:0.6>j</> k</>.");
    assert_int_equal(p->tags.count, 3); /* one rule: the higher score's span, no evidence added */
    assert_true(p->tags.at[2].score == 0.9f);

    p->tags.count = 0;
    p->roles.count = 0;
    struct role roles[] = {{1, 0, 2, 0}, {1, 3, 4, 0}, {2, 4, 5, 0}};
    struct tag tags[] = {
        {.start = 10,
         .end = 20,
         .device = 5,
         .rule = 8,
         .score = 0.7f,
         .quotation = -1,
         .first_role = 1,
         .role_count = 2,
         .kind = TAG_CUE},
        {.start = 5,
         .end = 14,
         .device = 5,
         .rule = 9,
         .score = 0.8f,
         .quotation = -1,
         .first_role = 0,
         .role_count = 1,
         .kind = TAG_CUE},
        {.start = 5,
         .end = 14,
         .device = 5,
         .rule = 9,
         .score = 0.8f,
         .quotation = 0,
         .kind = TAG_CUE},
        {.start = 0,
         .end = 40,
         .device = 4,
         .rule = 1,
         .score = 0.55f,
         .quotation = -1,
         .kind = TAG_CUE},
        {.start = 30,
         .end = 36,
         .device = 4,
         .rule = 2,
         .score = 0.5f,
         .quotation = -1,
         .kind = TAG_CUE},
    };
    for (uint32_t i = 0; i < 3; i++)
        assert_true(vec_push(&memory_default, &p->roles, roles[i]));
    for (uint32_t i = 0; i < 5; i++)
        assert_true(vec_push(&memory_default, &p->tags, tags[i]));
    assert_int_equal(tags_settle(p, false, false, &f->tags, &memory_default), RHETOR_OK);
    assert_int_equal(p->tags.count, 3);
    const struct tag *tag = &p->tags.at[1];
    assert_int_equal(tag->start * 100 + tag->end, 520);
    assert_true(tag->score > 0.939f && tag->score < 0.941f);
    assert_int_equal(tag->rule, 9);
    assert_int_equal(tag->role_count, 2); /* its own, and the other's of another name */
    assert_int_equal(p->roles.at[tag->first_role].end, 2);
    assert_int_equal(p->roles.at[tag->first_role + 1].name, 2);
    assert_int_equal(p->roles.count, 2);
    assert_int_equal(p->tags.at[0].start * 100 + p->tags.at[0].end, 40); /* the long, better one */
    assert_true(p->tags.at[0].score > 0.77f && p->tags.at[0].score < 0.78f);
    assert_int_equal(p->tags.at[2].quotation, 0);
    close_all(f);
}

static void test_exemption(void **state)
{
    (void)state;
    struct fixture *f = open_with("");
    struct paragraph *p = add(f, "a <carrot>b <stick>c</> d e f g</> <hedge>h</>.");
    assert_int_equal(p->tags.count, 3);
    struct exemption everything = {4, 7, EXEMPT_ALL}; /* "c d": the stick, not the long carrot */
    assert_true(vec_push(&memory_default, &f->tags.exemptions, everything));
    assert_int_equal(tags_settle(p, false, false, &f->tags, &memory_default), RHETOR_OK);
    assert_int_equal(p->tags.count, 2);
    assert_int_equal(f->tags.exemptions.count, 0);
    struct exemption named = {12, 13, 0}; /* "g", of the first device */
    assert_true(vec_push(&memory_default, &f->tags.exemptions, named));
    assert_int_equal(tags_settle(p, false, false, &f->tags, &memory_default), RHETOR_OK);
    assert_int_equal(p->tags.count, 1);
    assert_string_equal(f->devices.at[p->tags.at[0].device], "hedge");
    close_all(f);
}

static void test_order(void **state)
{
    (void)state;
    struct fixture *f = open_with("");
    struct paragraph *p = add(f, "a.");
    uint32_t seed = 7;
    for (uint32_t i = 0; i < 5000; i++) {
        seed = seed * 1103515245u + 12345u;
        uint32_t start = (seed >> 8) % 100000;
        struct tag tag = {.start = start, .end = start + 1 + (seed >> 20) % 50, .device = seed % 7,
                          .quotation = -1, .score = 0.6f, .rule = seed % 3};
        assert_true(vec_push(&memory_default, &p->tags, tag));
    }
    assert_int_equal(tags_settle(p, false, false, &f->tags, &memory_default), RHETOR_OK);
    for (uint32_t i = 1; i < p->tags.count; i++) {
        const struct tag *a = &p->tags.at[i - 1], *b = &p->tags.at[i];
        assert_true(a->start < b->start || (a->start == b->start && a->end >= b->end));
    }
    /* Settled tags of one device do not overlap: settling again changes nothing. */
    uint32_t count = p->tags.count;
    assert_int_equal(tags_settle(p, false, false, &f->tags, &memory_default), RHETOR_OK);
    assert_int_equal(p->tags.count, count);
    close_all(f);
}

static void test_shown(void **state)
{
    (void)state;
    assert_true(tag_shown(0.5f, -1, 0) && !tag_shown(0.49f, -1, 0));
    assert_true(tag_shown(0.4f, 0.4f, 0) && !tag_shown(0.4f, 0.6f, 0));
    assert_true(tag_shown(0.3f, 0.6f, 0.3f) && !tag_shown(0.3f, 0.1f, 0.4f));
    assert_true(tag_shown(0, 0.9f, -1));
    for (float p = 0.02f; p < 0.98f; p += 0.06f) {
        float back = score_of(score_log_odds(p));
        assert_true(back > p - 0.001f && back < p + 0.001f);
    }
    assert_true(score_of(score_log_odds(0)) > 0 && score_of(score_log_odds(1)) < 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all),            cmocka_unit_test(test_reach),
        cmocka_unit_test(test_nearest_first),  cmocka_unit_test(test_sequence),
        cmocka_unit_test(test_any_and_places), cmocka_unit_test(test_unless_between),
        cmocka_unit_test(test_voice),          cmocka_unit_test(test_party),
        cmocka_unit_test(test_same_party),     cmocka_unit_test(test_scores),
        cmocka_unit_test(test_many),           cmocka_unit_test(test_beginning),
        cmocka_unit_test(test_ending),         cmocka_unit_test(test_joiner),
        cmocka_unit_test(test_shape_and_length), cmocka_unit_test(test_paragraphs),
        cmocka_unit_test(test_counts),         cmocka_unit_test(test_agreement),
        cmocka_unit_test(test_exemption),      cmocka_unit_test(test_order),
        cmocka_unit_test(test_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
