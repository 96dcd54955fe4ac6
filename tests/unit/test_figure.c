/* test_figure.c: each figure on sentences that have it and on near misses; the index of repeated
 * passages; what happens without memory. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure/figure.h"
#include "figure/repetition.h"
#include "figure/scratch.h"
#include "rhetor/rhetor.h"
#include "segment/quotation.h"
#include "segment/sentence.h"
#include "segment/token.h"
#include "text/split.h"
#include "word/pos.h"

enum { PARAGRAPHS_MAX = 64 };

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define SHOWN 0.5f

struct bed {
    struct segmenter *segmenter;
    struct words words;
    struct figure_scratch *scratch;
    struct repetition *repetition;
    struct paragraph paragraphs[PARAGRAPHS_MAX];
    uint32_t count;
    const struct paragraph *at; /* whose figures are being found */
    const char *device;
    float least;                /* score from which a figure is told */
    size_t length;
    char out[1 << 16];
};

static int bed_open(void **state)
{
    struct bed *bed = calloc(1, sizeof *bed);
    struct vocabulary none = {0};
    assert_non_null(bed);
    *state = bed;
    bed->least = SHOWN;
    assert_int_equal(segmenter_open(&memory_default, &bed->segmenter), RHETOR_OK);
    assert_int_equal(words_init(&bed->words, &memory_default, &none), RHETOR_OK);
    assert_int_equal(figure_scratch_open(&memory_default, &bed->scratch), RHETOR_OK);
    assert_int_equal(repetition_open(&memory_default, &bed->repetition), RHETOR_OK);
    return 0;
}

static void bed_clear(struct bed *bed)
{
    for (uint32_t i = 0; i < bed->count; i++) {
        struct paragraph *p = &bed->paragraphs[i];
        repetition_remove(bed->repetition, p);
        vec_free(&memory_default, &p->tokens);
        vec_free(&memory_default, &p->sentences);
        vec_free(&memory_default, &p->quotations);
        vec_free(&memory_default, &p->shingles);
        free(p->bytes);
        memset(p, 0, sizeof *p);
    }
    bed->count = 0;
}

static int bed_close(void **state)
{
    struct bed *bed = *state;
    bed_clear(bed);
    repetition_close(bed->repetition);
    figure_scratch_close(bed->scratch);
    words_free(&bed->words);
    segmenter_close(bed->segmenter);
    free(bed);
    return 0;
}

static void bed_paragraph(struct bed *bed, const char *text, uint32_t length, uint8_t flags)
{
    assert_true(bed->count < PARAGRAPHS_MAX);
    struct paragraph *p = &bed->paragraphs[bed->count];
    p->bytes = malloc(length + 1);
    assert_non_null(p->bytes);
    memcpy(p->bytes, text, length);
    p->bytes[length] = 0;
    p->length = length;
    p->flags = flags;
    p->index = bed->count++;
    assert_int_equal(tokens_find(bed->segmenter, p), RHETOR_OK);
    assert_int_equal(sentences_find(bed->segmenter, p), RHETOR_OK);
    assert_int_equal(quotations_find(bed->segmenter, p), RHETOR_OK);
    assert_int_equal(words_find(&bed->words, p), RHETOR_OK);
}

static void bed_read(struct bed *bed, const char *text)
{
    bed_clear(bed);
    for (uint32_t at = 0, length = (uint32_t)strlen(text); at < length;) {
        uint8_t flags;
        uint32_t end = split_next(text, length, at, &flags);
        bed_paragraph(bed, text + at, end - at, flags);
        at = end;
    }
}

/* The paragraph in which a byte counted from the start of bed->at stands; *offset: in it. */
static const struct paragraph *bed_place(const struct bed *bed, uint32_t *offset)
{
    const struct paragraph *p = bed->at;
    while (*offset >= p->length && p + 1 < bed->paragraphs + bed->count) {
        *offset -= p->length;
        p++;
    }
    return p;
}

static void tell(struct bed *bed, const char *before, uint32_t start, uint32_t end)
{
    uint32_t length = end - start;
    const struct paragraph *p = bed_place(bed, &start);
    assert_true(start < p->length);
    bed->length += (size_t)snprintf(bed->out + bed->length, sizeof bed->out - bed->length, "%s%.*s",
                                    before, (int)length, p->bytes + start);
}

static bool known_role(const char *name)
{
    for (uint32_t i = 0; i < figure_role_count; i++)
        if (!strcmp(figure_roles[i], name))
            return true;
    return false;
}

/* Tells a figure as [text], and its parts as <text>. */
static bool bed_emit(void *sink, uint32_t start, uint32_t end, float score,
                     const struct figure_part *parts, uint32_t part_count)
{
    struct bed *bed = sink;
    assert_true(start < end && start < bed->at->length);
    assert_true(score > 0 && score <= 1);
    for (uint32_t i = 0; i < part_count; i++) {
        assert_true(known_role(parts[i].role));
        assert_true(parts[i].start < parts[i].end);
    }
    if (score < bed->least)
        return true;
    tell(bed, "[", start, end);
    for (uint32_t i = 0; i < part_count && i < 8; i++) {
        tell(bed, " <", parts[i].start, parts[i].end);
        bed->out[bed->length++] = '>';
        bed->out[bed->length] = 0;
    }
    bed->length += (size_t)snprintf(bed->out + bed->length, sizeof bed->out - bed->length, "]");
    return true;
}

static struct figure_view bed_view(struct bed *bed, uint32_t row)
{
    struct figure_view view = {.words = &bed->words, .paragraph = &bed->paragraphs[row],
                               .scratch = bed->scratch, .sink = bed, .emit = bed_emit};
    for (uint32_t i = 0; i < FIGURE_AROUND; i++) {
        view.before[i] = row > i ? &bed->paragraphs[row - i - 1] : NULL;
        view.after[i] = row + i + 1 < bed->count ? &bed->paragraphs[row + i + 1] : NULL;
    }
    bed->at = view.paragraph;
    return view;
}

static const struct figure *figure_named(const char *device)
{
    for (uint32_t i = 0; i < figure_count; i++)
        if (!strcmp(figures[i].device, device))
            return &figures[i];
    fail_msg("no figure %s", device);
    return NULL;
}

static const char *bed_find(struct bed *bed, const char *device)
{
    bed->length = 0;
    bed->out[0] = 0;
    for (uint32_t i = 0; i < bed->count; i++) {
        struct figure_view view = bed_view(bed, i);
        assert_true(figure_named(device)->find(&view));
    }
    return bed->out;
}

/* ---- Figures --------------------------------------------------------------------------------- */

/* `found`: what is told must hold this; NULL: nothing may be told. */
struct figure_case { const char *device, *text, *found; };

static const struct figure_case cases[] = {
    /* Anaphora: runs of sentences and clauses, openings of paragraphs. */
    {"anaphora", "We remember the flood. We remember the fire. We remember the winter.",
     "[We remember the flood. We remember the fire. We remember the winter <We remember the>"},
    {"anaphora", "Let the young speak first. And let the old listen for once.", "[Let the young"},
    {"anaphora", "They came not because they were told to, not because they were paid.",
     "[not because they were told to, not because they were paid"},
    {"anaphora", "If you walk, tell your neighbour; if you drive, tell the mayor.",
     "[If you walk, tell your neighbour; if you drive, tell the mayor"},
    {"anaphora",
     "To those who farm the valley, we promise water.\n\n"
     "To those who fish the bay, we promise quiet.\n\n"
     "To those who keep the shops, we promise patience.",
     "[To those"},
    {"anaphora", "It could be a cellar. It could be a barn that nobody has opened in a while.",
     "<It could be a>"},
    {"anaphora", "The rain came at noon. The road was wet until the evening.", NULL},
    {"anaphora", "It is a small town. It is on the river.", NULL},
    {"anaphora", "I went out early. I had not slept.", NULL},
    {"anaphora", "The clerk opened the box. The clerk counted the forms.", NULL},
    {"anaphora", "In March the pump failed. In the yard stood a spare one.", NULL},
    {"anaphora", "Never, never, never again.", NULL},

    {"epistrophe", "They ran for the money, they lied for the money, and they fell for the money.",
     "<for the money>"},
    {"epistrophe", "My grandmother understood it well. The dog understood it well.",
     "<understood it well>"},
    {"epistrophe", "He walked to the city and she left the country early.", NULL},
    {"epistrophe", "Sales rose by 3 percent and costs fell by 2 percent.", NULL},
    {"epistrophe", "They sell clean water or tap water.", NULL},

    {"anadiplosis", "They promised us jobs, and jobs are what we wanted.", "[jobs, and jobs"},
    {"anadiplosis", "Fear leads people to anger. Anger leads them to ruin.", "[anger. Anger"},
    {"anadiplosis", "She waited for her father. Her father came at seven.", "[father. Her father"},
    {"anadiplosis", "The council passed the law. The law takes effect in May.", NULL},
    {"anadiplosis", "She sells apples, pears and plums.", NULL},
    /* Across a paragraph: the part stands in the next one. */
    {"anadiplosis", "Hatred in the end breeds hatred.\n\nHatred destroys whoever keeps it.",
     "<Hatred>"},

    {"polyptoton", "The able never envy the unable.", "[able never envy the unable"},
    {"polyptoton", "They predicted a storm, and the prediction was right.",
     "[predicted a storm, and the prediction"},
    {"polyptoton", "I love it more than I have ever loved anything.", "[love it more than I have"},
    {"polyptoton", "The nation must pay its national debt.", NULL},
    {"polyptoton", "One problem is solved; other problems remain.", NULL},
    {"polyptoton", "He says what she said.", NULL},

    {"alliteration", "It was a slow, silent, solemn procession.", "[slow, silent, solemn"},
    {"alliteration", "The method is tried and trusted.", "[tried and trusted"},
    {"alliteration", "He wrote of famine, fever and phantoms.", "[famine, fever and phantoms"},
    {"alliteration", "They promised peace, patience and rest.", "[peace, patience"},
    {"alliteration", "The city kept its cats indoors.", NULL},
    {"alliteration", "The clause covers term and termination.", NULL},
    {"alliteration", "He knew the king.", NULL},
    {"alliteration", "An honest hour is over.", NULL},

    {"tricolon", "We came to mend the roof, to paint the door and to feed the cat.",
     "[to mend the roof, to paint the door and to feed the cat <to mend the roof> "
     "<to paint the door> <to feed the cat>]"},
    {"tricolon", "The job takes patience, cunning, and luck.", "[patience, cunning, and luck"},
    {"tricolon", "She filled the bucket, washed the steps and, at last, locked the gate.",
     "[filled the bucket, washed the steps and, at last, locked the gate"},
    {"tricolon", "They fight not for the crown, not for the church, but for the bread.",
     "[not for the crown, not for the church, but for the bread"},
    {"tricolon", "A boat was painted. A lunch was cooked. Songs were written.",
     "<A boat was painted> <A lunch was cooked> <Songs were written>"},
    {"tricolon", "She left the lamp, then the coat, then the key.",
     "[the lamp, then the coat, then"},
    {"tricolon", "A boat was hired. Nobody knew who had paid the owner for it. It rained.", NULL},
    {"tricolon", "Anna, Robert and Charles came late.", NULL},
    {"tricolon", "We bought bread, milk, salt and oil.", NULL},
    {"tricolon", "He met the mayor, and she met the clerk.", NULL},
    {"tricolon", "\"I know the road,\" she said, \"and you know the weather.\"", NULL},

    {"parallelism", "Just as the field needs rain, so does the school need teachers.",
     "<Just as the field needs rain> <so does the school need teachers>"},
    {"parallelism", "The plan is not only cheap but also quick.", "[not only cheap but also quick"},
    {"parallelism", "Not only will I pay the bill, I will also drive you home.", "[Not only"},
    {"parallelism", "The more they build, the less they sell.",
     "[The more they build, the less they"},
    {"parallelism", "It lifts old towns and lifts young hearts.",
     "[lifts old towns and lifts young"},
    {"parallelism",
     "You could guard the bridge on the northern bank, and I could guard the road on the "
     "southern bank.",
     "[You could guard the bridge"},
    {"parallelism",
     "They cleaned the wells, repaired the pumps, painted the school, and opened the clinic.",
     "<cleaned the wells> <repaired the pumps> <painted the school> <opened the clinic>"},
    {"parallelism", "We stood by them in sickness and in sorrow.", "<in sickness> <in sorrow>"},
    {"parallelism", "It needs more roofs, more doors, more windows, and more paint.",
     "[more roofs, more doors"},
    {"parallelism", "We bought bread, milk, salt and oil.", NULL},
    {"parallelism", "The bridge was closed in May, and nobody has said when it will open.", NULL},
    {"parallelism", "Both the mayor and the clerk were there.", NULL},

    {"antithesis", "We need not a promise but a plan.",
     "[not a promise but a plan <a promise> <a plan>]"},
    {"antithesis", "This is a beginning, not an ending of things.", "[a beginning, not an ending"},
    {"antithesis", "They chose silence rather than shame.", "[silence rather than shame"},
    {"antithesis", "Rather than closing the school, the town could share it.",
     "[Rather than closing the school, the town could share it"},
    {"antithesis", "The tools of war were turned into tools of peace.",
     "[tools of war were turned into tools of peace"},
    {"antithesis", "We do not ask for pity. We ask for work.", "<We do not ask for pity>"},
    {"antithesis", "A few grow rich while the many stay poor.", "[few grow rich while the many"},
    {"antithesis", "If we fail, the town will forget us. But if we succeed, it will thank us.",
     "[If we fail, the town will forget us. But if we succeed"},
    {"antithesis", "It is no mere favour but a right.", "[no mere favour but a right"},
    {"antithesis", "It was never a quiet road. Rather, it was the road of the mines.",
     "[It was never"},
    {"antithesis", "A garden asks more than it gives.", "[asks more than it gives"},
    {"antithesis", "You turned it right, you got warm. You turned it left, you got cold.",
     "[You turned it right"},
    {"antithesis", "We shall restore, not destroy.", "[restore, not destroy"},
    {"antithesis", "If it rains, we stay. If it rains again, we leave.", NULL},
    {"antithesis", "There is no bus but the last one.", NULL},
    {"antithesis", "I did not call, but she wrote to me.", NULL},
    {"antithesis", "Good men and bad men came.", NULL},
    {"antithesis", "He sold the house, not yet knowing the price.", NULL},
    {"antithesis", "He would rather walk than wait.", NULL},

    {"chiasmus", "The tools shape the hand and the hand shapes the tools.",
     "[tools shape the hand and the hand shapes the tools"},
    {"chiasmus", "Prices rise, so buyers leave; buyers leave, so prices rise.",
     "[Prices rise, so buyers leave; buyers leave, so prices"},
    {"chiasmus", "Ask not what the club does for you; ask what you do for the club.",
     "[club does for you"},
    {"chiasmus", "The city council met at noon, and the city council met again at four.", NULL},
    {"chiasmus", "We waited for an hour before we ate, and then we waited again.", NULL},

    {"polysyndeton", "They had bread and salt and wine and hope.",
     "[bread and salt and wine and hope"},
    {"polysyndeton", "The rain fell and the wind blew and the river rose.",
     "[The rain fell and the wind blew and the river rose"},
    {"polysyndeton", "We remember the rain, and the soup, and the letters from the bank.",
     "[the rain, and the soup, and the letters"},
    {"polysyndeton", "Bring salt and pepper, and bread.", NULL},
    {"polysyndeton", "The men and women of the town and the children of the valley came.", NULL},

    {"asyndeton", "We came late, left early, learned nothing.",
     "[came late, left early, learned nothing"},
    {"asyndeton", "They live to serve the town, to keep the peace, to teach the young.",
     "[to serve the town, to keep the peace, to teach the young"},
    {"asyndeton", "It is ugly, it is grey, it clicks.", "[It is ugly, it is grey, it clicks"},
    {"asyndeton", "It was a long, dull, useless speech.", NULL},
    {"asyndeton", "We came late, left early, and learned nothing.", NULL},

    {"repetition", "This must never, never happen again.", "[never, never"},
    {"repetition", "No more, no more, they cried.", "[No more, no more"},
    {"repetition", "They need time, lots of time.", "[time, lots of time"},
    {"repetition",
     "They were sold down the muddy river by their friends. Nobody likes to be sold down the muddy "
     "river.",
     "[sold down the muddy river"},
    {"repetition", "The board of trustees met. The board of trustees voted.", NULL},
    {"repetition", "He saw it, it saw him.", NULL},
    {"repetition", "The tax on land rose. The tax on cars fell.", NULL},
};

static void figures_found(void **state)
{
    struct bed *bed = *state;
    int wrong = 0;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bed_read(bed, cases[i].text);
        const char *out = bed_find(bed, cases[i].device);
        if (cases[i].found ? strstr(out, cases[i].found) != NULL : out[0] == 0)
            continue;
        print_error("%s: %s\n   want %s\n   told %s\n", cases[i].device, cases[i].text,
                    cases[i].found ? cases[i].found : "nothing", out);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void every_figure_takes_every_text(void **state)
{
    static const char *const odd[] = {"",
                                      " ",
                                      "\n\n",
                                      ".",
                                      ",,,,",
                                      "and",
                                      "and and and",
                                      "not but not but",
                                      "rather than",
                                      "instead of",
                                      ", not",
                                      "the the the the",
                                      "\"",
                                      "\"\" and \"\"",
                                      "- - - and -",
                                      "(1) (2) (3)",
                                      "1, 2, 3 and 4",
                                      "just as",
                                      "not only",
                                      "the more, the",
                                      "a, b, c",
                                      "nor nor nor.",
                                      "a\n\nb\n\na\n\nb",
                                      "\xC2\xA0 \xE2\x80\x94 \xE2\x80\x94",
                                      "or. or. or.",
                                      "but,but,but"};
    struct bed *bed = *state;
    bed->least = 0;
    for (size_t i = 0; i < COUNT(odd); i++) {
        bed_read(bed, odd[i]);
        for (uint32_t f = 0; f < figure_count; f++)
            bed_find(bed, figures[f].device);
    }
}

/* The same words, long: each figure must stay linear, and does end. */
static void long_texts_end(void **state)
{
    static const char *const units[] = {"never ",
                                        "and so, ",
                                        "a cat and a dog and ",
                                        "not this but that, ",
                                        "war and peace, peace and war; ",
                                        "we go. "};
    struct bed *bed = *state;
    for (size_t i = 0; i < COUNT(units); i++) {
        size_t unit = strlen(units[i]), length = 200000 / unit * unit;
        char *text = malloc(length + 1);
        assert_non_null(text);
        for (size_t at = 0; at < length; at += unit)
            memcpy(text + at, units[i], unit);
        text[length] = 0;
        bed_clear(bed);
        bed_paragraph(bed, text, (uint32_t)length, 0);
        bed->least = 2;
        for (uint32_t f = 0; f < figure_count; f++)
            bed_find(bed, figures[f].device);
        assert_int_equal(repetition_add(bed->repetition, &bed->words, &bed->paragraphs[0]),
                         RHETOR_OK);
        struct figure_view view = bed_view(bed, 0);
        assert_int_equal(repetition_find(bed->repetition, &bed->words, &bed->paragraphs[0], &view),
                         RHETOR_OK);
        free(text);
    }
}

/* ---- Passages -------------------------------------------------------------------------------- */

#define PASSAGE "The ferry left the eastern pier at seven with forty sacks of letters and a piano"
#define CHANGED "The ferry left the western pier at seven with fifty sacks of letters and a piano"

static void bed_add(struct bed *bed, uint32_t row)
{
    assert_int_equal(repetition_add(bed->repetition, &bed->words, &bed->paragraphs[row]),
                     RHETOR_OK);
}

static const char *bed_passages(struct bed *bed)
{
    bed->length = 0;
    bed->out[0] = 0;
    for (uint32_t i = 0; i < bed->count; i++) {
        struct figure_view view = bed_view(bed, i);
        assert_int_equal(repetition_find(bed->repetition, &bed->words, &bed->paragraphs[i], &view),
                         RHETOR_OK);
    }
    return bed->out;
}

static void passages_are_found(void **state)
{
    static const struct { const char *text, *found; } rows[] = {
        {PASSAGE ".\n\nNobody minded.\n\nStill, " PASSAGE ", they say.", "[" PASSAGE " <"},
        {PASSAGE ".\n\nNobody minded.\n\n" CHANGED ".", "[" CHANGED " <"},
        {"Once " PASSAGE ", and again " PASSAGE ".", "[" PASSAGE " <"},
        {PASSAGE ".\n\nThe ferry left the eastern pier at nine.", NULL},
        {"They are what they are and that is all that there is to it.\n\n"
         "They are what they are and that is all that there is to it.",
         NULL},
    };
    struct bed *bed = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        bed_read(bed, rows[i].text);
        for (uint32_t row = 0; row < bed->count; row++)
            bed_add(bed, row);
        const char *out = bed_passages(bed);
        if (!rows[i].found)
            assert_string_equal(out, "");
        else {
            if (!strstr(out, rows[i].found))
                fail_msg("want %s, told %s", rows[i].found, out);
            assert_null(strchr(strchr(out, '[') + 1, '[')); /* the second copy alone */
        }
    }
}

#define TEXT_OF_MANY \
    PASSAGE \
        ".\n\nOne by one the lamps went out along the harbour wall, and the gulls fell quiet.\n\n" \
        "Again " CHANGED \
        ".\n\nThen one by one the lamps went out along the harbour wall again.\n\n" PASSAGE \
        " once more."

/* Whatever the order of calls, and whatever was taken out and put back. */
static void order_of_calls_is_nothing(void **state)
{
    static const uint32_t orders[][5] = {{0, 1, 2, 3, 4}, {4, 3, 2, 1, 0}, {2, 4, 0, 3, 1}};
    struct bed *bed = *state;
    char first[sizeof bed->out];
    for (size_t o = 0; o < COUNT(orders); o++) {
        bed_read(bed, TEXT_OF_MANY);
        assert_int_equal(bed->count, 5);
        for (int i = 0; i < 5; i++)
            bed_add(bed, orders[o][i]);
        repetition_remove(bed->repetition, &bed->paragraphs[orders[o][1]]);
        repetition_remove(bed->repetition, &bed->paragraphs[orders[o][1]]);
        bed_add(bed, orders[o][1]);
        bed_add(bed, orders[o][3]);
        const char *out = bed_passages(bed);
        if (o == 0)
            strcpy(first, out);
        assert_string_equal(first, out);
    }
    assert_non_null(strstr(first, "lamps"));
}

static void removed_copies_are_forgotten(void **state)
{
    struct bed *bed = *state;
    bed_read(bed, PASSAGE ".\n\n" PASSAGE ".");
    bed_add(bed, 0);
    bed_add(bed, 1);
    assert_true(bed_passages(bed)[0] != 0);
    repetition_remove(bed->repetition, &bed->paragraphs[0]);
    assert_int_equal(bed->paragraphs[0].shingles.count, 0);
    bed->length = 0;
    bed->out[0] = 0;
    struct figure_view view = bed_view(bed, 1);
    assert_int_equal(repetition_find(bed->repetition, &bed->words, &bed->paragraphs[1], &view),
                     RHETOR_OK);
    assert_string_equal(bed->out, "");
}

static void touch(void *user, struct paragraph *paragraph)
{
    *(uint32_t *)user |= 1u << paragraph->index;
}

static void touched_are_those_that_share(void **state)
{
    struct bed *bed = *state;
    uint32_t seen = 0;
    bed_read(bed, TEXT_OF_MANY);
    for (uint32_t i = 0; i < 5; i++)
        bed_add(bed, i);
    repetition_touched(bed->repetition, &bed->paragraphs[2], touch, &seen);
    assert_int_equal(seen, 1u << 0 | 1u << 4);
    seen = 0;
    repetition_touched(bed->repetition, &bed->paragraphs[1], touch, &seen);
    assert_int_equal(seen, 1u << 3);
}

/* A refrain in more paragraphs than REPETITION_COPIES is nobody's copy. */
static void common_runs_are_nobodys(void **state)
{
    struct bed *bed = *state;
    bed_clear(bed);
    for (uint32_t i = 0; i <= REPETITION_COPIES; i++) {
        bed_paragraph(bed, PASSAGE ".\n\n", (uint32_t)strlen(PASSAGE ".\n\n"), 0);
        bed_add(bed, i);
    }
    assert_string_equal(bed_passages(bed), "");
    repetition_remove(bed->repetition, &bed->paragraphs[REPETITION_COPIES]);
    bed->count--;
    assert_true(bed_passages(bed)[0] != 0);
    bed->count++;
}

/* ---- Without memory -------------------------------------------------------------------------- */

struct short_memory { int64_t left; };

static void *short_resize(void *user, void *old, uint64_t size)
{
    struct short_memory *memory = user;
    if (size && memory->left-- <= 0)
        return NULL;
    return memory_default.resize(memory_default.user, old, size);
}

/* Fails at each allocation in turn: no crash, and the index is as it was. */
static void memory_may_fail(void **state)
{
    struct bed *bed = *state;
    bed_read(bed, TEXT_OF_MANY);
    bed->least = 2;
    for (int64_t allowed = 0; allowed < 60; allowed++) {
        struct short_memory budget = {allowed};
        struct memory memory = {short_resize, &budget};
        struct figure_scratch *scratch;
        struct repetition *repetition;
        struct paragraph copy = bed->paragraphs[0];
        copy.shingles.at = NULL;
        copy.shingles.count = copy.shingles.capacity = 0;
        if (repetition_open(&memory, &repetition) == RHETOR_OK) {
            int32_t status = repetition_add(repetition, &bed->words, &copy);
            assert_true(status == RHETOR_OK || copy.shingles.count == 0);
            repetition_remove(repetition, &copy);
        }
        repetition_close(repetition);
        vec_free(&memory, &copy.shingles);
        budget.left = allowed;
        if (figure_scratch_open(&memory, &scratch) != RHETOR_OK)
            continue;
        for (uint32_t f = 0; f < figure_count; f++) {
            struct figure_view view = bed_view(bed, 2);
            view.scratch = scratch;
            figures[f].find(&view);
        }
        figure_scratch_close(scratch);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, bed_open, bed_close)
    const struct CMUnitTest tests[] = {
        TEST(figures_found),
        TEST(every_figure_takes_every_text),
        TEST(long_texts_end),
        TEST(passages_are_found),
        TEST(order_of_calls_is_nothing),
        TEST(removed_copies_are_forgotten),
        TEST(touched_are_those_that_share),
        TEST(common_runs_are_nobodys),
        TEST(memory_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
