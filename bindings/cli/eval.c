/* eval.c: rhetor eval GOLD…: tags against annotated texts.
 *
 * In: NAME.gold.jsonl beside NAME.txt, a tag a line: device, start, end (bytes), voice, roles (names),
 * readers (1: only one of two readers saw it: neither asked for nor held against a tag). Out: precision,
 * recall, F1 a device, a family and in all.
 *   partial  the span measure of SemEval-2020 task 11: the mean covered share of predicted (precision)
 *            and of annotated spans (recall)
 *   touch    a span counts as found where one of the same device overlaps it
 * Dialogue (--dialogue): quotations as spans whatever their voice, the voice and the speaker of those
 * found. */
#include <ctype.h>
#include <getopt.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

struct span { uint32_t start, end; };
struct spans { struct span *at; uint32_t count; };

struct score {
    uint32_t gold, found;          /* spans */
    double partial_p, partial_r;   /* sums of shares */
    uint32_t touch_p, touch_r;
};

struct gold_row {
    char *device, *voice, *speaker;
    struct span span;
    int readers;
};
struct gold { struct gold_row *at; uint32_t count; };

static void spans_add(struct spans *spans, struct span span)
{
    for (uint32_t i = 0; i < spans->count; i++)
        if (spans->at[i].start == span.start && spans->at[i].end == span.end)
            return;
    spans->at = need(realloc(spans->at, (spans->count + 1) * sizeof *spans->at));
    spans->at[spans->count++] = span;
}

static int by_start(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    return x->start != y->start ? (x->start < y->start ? -1 : 1)
           : x->end != y->end   ? (x->end < y->end ? -1 : 1)
                                : 0;
}

/* Overlapping and touching spans become one. */
static struct spans merged(const struct spans *spans)
{
    struct spans out = {need(malloc((spans->count + 1) * sizeof(struct span))), 0};
    if (spans->count)
        qsort(spans->at, spans->count, sizeof *spans->at, by_start);
    for (uint32_t i = 0; i < spans->count; i++) {
        struct span span = spans->at[i];
        if (out.count && span.start <= out.at[out.count - 1].end) {
            if (span.end > out.at[out.count - 1].end)
                out.at[out.count - 1].end = span.end;
        } else {
            out.at[out.count++] = span;
        }
    }
    return out;
}

static uint32_t covered(struct span span, const struct spans *by)
{
    uint32_t sum = 0;
    for (uint32_t i = 0; i < by->count; i++) {
        uint32_t from = span.start > by->at[i].start ? span.start : by->at[i].start;
        uint32_t to = span.end < by->at[i].end ? span.end : by->at[i].end;
        sum += to > from ? to - from : 0;
    }
    return sum;
}

static double share(uint32_t part, struct span span)
{
    return (double)part / (span.end > span.start ? span.end - span.start : 1);
}

static double f1(double p, double r) { return p + r > 0 ? 2 * p * r / (p + r) : 0; }
static double ratio(double part, double whole) { return whole > 0 ? part / whole : 0; }

static void score_device(struct score *score, struct spans *gold, struct spans *found,
                         struct spans *maybe)
{
    struct spans one_gold = merged(gold), one_maybe = merged(maybe), kept = {0};
    for (uint32_t i = 0; i < found->count; i++)
        if (covered(found->at[i], &one_gold) || !covered(found->at[i], &one_maybe))
            spans_add(&kept, found->at[i]);
    struct spans one_kept = merged(&kept);
    score->gold += gold->count;
    score->found += kept.count;
    for (uint32_t i = 0; i < kept.count; i++) {
        uint32_t n = covered(kept.at[i], &one_gold);
        score->partial_p += share(n, kept.at[i]);
        score->touch_p += n > 0;
    }
    for (uint32_t i = 0; i < gold->count; i++) {
        uint32_t n = covered(gold->at[i], &one_kept);
        score->partial_r += share(n, gold->at[i]);
        score->touch_r += n > 0;
    }
    free(one_gold.at);
    free(one_maybe.at);
    free(one_kept.at);
    free(kept.at);
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static bool gold_read(const char *path, struct gold *gold, char **why)
{
    uint32_t length;
    char *bytes = read_file(path, &length, why);
    if (!bytes)
        return false;
    uint32_t number = 0;
    for (char *line = bytes, *next; line && *line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        number++;
        if (!line[strspn(line, " \t\r")])
            continue;
        json_error_t error;
        json_t *row = json_loads(line, 0, &error);
        json_t *start = json_object_get(row, "start"), *end = json_object_get(row, "end");
        if (!row || !json_is_integer(start) || !json_is_integer(end) || !*text_of(row, "device")) {
            *why = format_text("%s:%u: %s", path, number,
                               row ? "a row needs device, start and end" : error.text);
            json_decref(row);
            free(bytes);
            return false;
        }
        json_t *readers = json_object_get(row, "readers"), *roles = json_object_get(row, "roles");
        gold->at = need(realloc(gold->at, (gold->count + 1) * sizeof *gold->at));
        gold->at[gold->count++] = (struct gold_row){
            .device = need(strdup(text_of(row, "device"))),
            .voice = need(strdup(text_of(row, "voice"))),
            .speaker = need(strdup(text_of(roles, "speaker"))),
            .span = {(uint32_t)json_integer_value(start), (uint32_t)json_integer_value(end)},
            .readers = json_is_integer(readers) ? (int)json_integer_value(readers) : 2,
        };
        json_decref(row);
    }
    free(bytes);
    return true;
}

static void gold_free(struct gold *gold)
{
    for (uint32_t i = 0; i < gold->count; i++) {
        free(gold->at[i].device);
        free(gold->at[i].voice);
        free(gold->at[i].speaker);
    }
    free(gold->at);
}

/* What eval is asked, and what it has summed up. */
struct evaluation {
    struct settings settings;
    bool errors, json, dialogue, families;
    rhetor_engine *engine;
    uint32_t device_count, words, texts, tags;
    struct score *devices;                 /* a row a device */
    uint32_t quotes_gold, quotes_found, quotes_touch_p, quotes_touch_r;
    uint32_t voices, voices_right, speakers, speakers_right;
};

static void print_error(const struct draft *draft, const char *kind, const char *device,
                        struct span span)
{
    rhetor_position at;
    rhetor_document_positions(draft->document, RHETOR_BYTES, &span.start, 1, &at);
    uint32_t count, from = span.start, to = span.end;
    const rhetor_span *sentences = rhetor_document_sentences(draft->document, &count);
    for (uint32_t i = 0; i < count; i++)
        if (sentences[i].start < span.end && span.start < sentences[i].end) {
            from = sentences[i].start < from ? sentences[i].start : from;
            to = sentences[i].end > to ? sentences[i].end : to;
        }
    printf("%s:%u:%u: %s: %s: ", draft->name, at.line, at.column, kind, device);
    for (uint32_t i = from; i < to; i++) {
        if (i == span.start)
            fputs("[[", stdout);
        fputc((unsigned char)draft->text[i] < 0x20 ? ' ' : draft->text[i], stdout);
        if (i + 1 == span.end)
            fputs("]]", stdout);
    }
    fputc('\n', stdout);
}

/* ---- Names ---- */

enum { NAME_WORDS = 16 };

struct name_words {
    const char *at[NAME_WORDS];
    size_t length[NAME_WORDS];
    uint32_t count;
};

static bool is_word_of(const char *word, size_t length, const char *const *table)
{
    for (; *table; table++)
        if (strlen(*table) == length && !strncasecmp(*table, word, length))
            return true;
    return false;
}

/* The words of a name but those of a table. */
static struct name_words words_of(const char *name, const char *const *skip)
{
    struct name_words words = {0};
    while (*name && words.count < NAME_WORDS) {
        size_t length = strcspn(name, " .,;\t");
        if (length && !is_word_of(name, length, skip)) {
            words.at[words.count] = name;
            words.length[words.count++] = length;
        }
        name += length + (name[length] != 0);
    }
    return words;
}

static bool all_among(const struct name_words *few, const struct name_words *many)
{
    for (uint32_t i = 0; i < few->count; i++) {
        bool found = false;
        for (uint32_t k = 0; k < many->count && !found; k++)
            found = few->length[i] == many->length[k] &&
                    !strncasecmp(few->at[i], many->at[k], few->length[i]);
        if (!found)
            return false;
    }
    return few->count > 0;
}

/* The names are one party: equal but for case, determiners and titles, or all words of one are
 * among the other's. */
static bool same_name(const char *a, const char *b)
{
    static const char *const determiners[] = {"the", "a", "an", "his", "her", "its", "my", "our",
                                              "your", "their", "this", "that", NULL};
    static const char *const titles[] = {
        "the", "a", "an", "his", "her", "its", "my", "our", "your", "their", "this", "that",
        "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "prof", "professor",
        "doctor", "father", "rev", "reverend", "sister", "brother", "aunt", "uncle", "captain",
        "general", "gen", "colonel", "major", "sergeant", "president", "minister", "secretary",
        "senator", "sen", "rep", "governor", "gov", "mayor", "judge", "justice", "king", "queen",
        "prince", "princess", "chairman", "councillor", "inspector", "deputy", "prime", NULL};
    for (int pass = 0; pass < 2; pass++) {
        struct name_words x = words_of(a, pass ? titles : determiners),
                          y = words_of(b, pass ? titles : determiners);
        if (all_among(&x, &y) || all_among(&y, &x))
            return true;
    }
    return !strcasecmp(a, b);
}

static bool is_dialogue(const char *device)
{
    return !strcmp(device, "direct-quotation") || !strcmp(device, "scripted-dialogue");
}

static void score_dialogue(struct evaluation *evaluation, const struct draft *draft,
                           const struct gold *gold)
{
    struct spans asked = {0}, found = {0}, maybe = {0};
    for (uint32_t i = 0; i < gold->count; i++)
        if (is_dialogue(gold->at[i].device))
            spans_add(gold->at[i].readers >= 2 ? &asked : &maybe, gold->at[i].span);
    for (uint32_t i = 0; i < draft->tag_count; i++)
        if (is_dialogue(draft_device(draft, i).id))
            spans_add(&found, (struct span){draft->tags[i].start, draft->tags[i].end});
    struct score score = {0};
    score_device(&score, &asked, &found, &maybe);
    evaluation->quotes_gold += score.gold;
    evaluation->quotes_found += score.found;
    evaluation->quotes_touch_p += score.touch_p;
    evaluation->quotes_touch_r += score.touch_r;
    for (uint32_t g = 0; g < gold->count; g++) {
        const struct gold_row *row = &gold->at[g];
        if (!is_dialogue(row->device) || row->readers < 2)
            continue;
        int32_t best = -1;
        double most = 0;
        for (uint32_t i = 0; i < draft->tag_count; i++) {
            struct spans own = {&(struct span){draft->tags[i].start, draft->tags[i].end}, 1};
            if (!is_dialogue(draft_device(draft, i).id))
                continue;
            uint32_t n = covered(row->span, &own);
            uint32_t all = own.at->end - own.at->start + row->span.end - row->span.start - n;
            if (ratio(n, all) > most) {
                most = ratio(n, all);
                best = (int32_t)i;
            }
        }
        if (best < 0)
            continue;
        uint32_t length;
        evaluation->voices++;
        const char *found_device = draft_device(draft, (uint32_t)best).id;
        evaluation->voices_right += !strcmp(found_device, row->device);
        if (evaluation->errors && strcmp(found_device, row->device))
            printf("%s: voice: found %s, annotated %s\n", draft->name, found_device, row->device);
        if (*row->speaker) {
            const char *name = rhetor_document_name(draft->document,
                                                    draft->tags[best].speaker, &length);
            bool right = same_name(name, row->speaker);
            evaluation->speakers++;
            evaluation->speakers_right += right;
            if (evaluation->errors && !right)
                printf("%s: speaker: found \"%s\", annotated \"%s\"\n", draft->name, name,
                       row->speaker);
        }
    }
    free(asked.at);
    free(found.at);
    free(maybe.at);
}

static void score_draft(struct evaluation *evaluation, const struct draft *draft,
                        const struct gold *gold)
{
    for (uint32_t d = 0; d < evaluation->device_count; d++) {
        rhetor_device device = {.size = sizeof device};
        rhetor_engine_device(evaluation->engine, d, &device);
        if (evaluation->settings.devices.count &&
            !list_has(&evaluation->settings.devices, device.id))
            continue;
        struct spans asked = {0}, found = {0}, maybe = {0};
        for (uint32_t i = 0; i < gold->count; i++)
            if (!strcmp(gold->at[i].device, device.id))
                spans_add(gold->at[i].readers >= 2 ? &asked : &maybe, gold->at[i].span);
        for (uint32_t i = 0; i < draft->tag_count; i++)
            if (draft->tags[i].device == d && draft_shows(draft, &evaluation->settings, i))
                spans_add(&found, (struct span){draft->tags[i].start, draft->tags[i].end});
        score_device(&evaluation->devices[d], &asked, &found, &maybe);
        if (evaluation->errors) {
            struct spans one_asked = merged(&asked), one_maybe = merged(&maybe),
                         one_found = merged(&found);
            for (uint32_t i = 0; i < asked.count; i++)
                if (!covered(asked.at[i], &one_found))
                    print_error(draft, "missed", device.id, asked.at[i]);
            for (uint32_t i = 0; i < found.count; i++)
                if (!covered(found.at[i], &one_asked) && !covered(found.at[i], &one_maybe))
                    print_error(draft, "false alarm", device.id, found.at[i]);
            free(one_asked.at);
            free(one_maybe.at);
            free(one_found.at);
        }
        free(asked.at);
        free(found.at);
        free(maybe.at);
    }
    if (evaluation->dialogue)
        score_dialogue(evaluation, draft, gold);
}

static bool eval_one(struct evaluation *evaluation, const char *path)
{
    char *why = NULL, *text_path = NULL, *text = NULL;
    struct gold gold = {0};
    struct draft draft = {0};
    uint32_t length;
    size_t n = strlen(path);
    bool ok = false;
    static const char ending[] = ".gold.jsonl";
    if (n < sizeof ending || strcmp(path + n - (sizeof ending - 1), ending)) {
        why = format_text("%s: is not named NAME.gold.jsonl", path);
        goto done;
    }
    text_path = format_text("%.*s.txt", (int)(n - (sizeof ending - 1)), path);
    if (!gold_read(path, &gold, &why) || !(text = read_file(text_path, &length, &why)) ||
        !draft_open(&draft, evaluation->engine, text_path, text, length, &why))
        goto done;
    score_draft(evaluation, &draft, &gold);
    evaluation->texts++;
    evaluation->tags += draft.tag_count;
    for (uint32_t i = 1; i < length; i++)
        evaluation->words += isspace((unsigned char)text[i]) && !isspace((unsigned char)text[i - 1]);
    draft_close(&draft);
    ok = true;
done:
    if (why)
        complain("%s", why);
    free(why);
    free(text_path);
    free(text);
    gold_free(&gold);
    return ok;
}

static void print_row(const char *name, const struct score *score)
{
    double pp = ratio(score->partial_p, score->found), pr = ratio(score->partial_r, score->gold);
    double tp = ratio(score->touch_p, score->found), tr = ratio(score->touch_r, score->gold);
    printf("%-22s %5u %5u   %.2f %.2f %.2f   %.2f %.2f %.2f\n", name, score->gold, score->found, pp,
           pr, f1(pp, pr), tp, tr, f1(tp, tr));
}

static void sum_up(struct score *sum, const struct score *one)
{
    sum->gold += one->gold;
    sum->found += one->found;
    sum->partial_p += one->partial_p;
    sum->partial_r += one->partial_r;
    sum->touch_p += one->touch_p;
    sum->touch_r += one->touch_r;
}

static json_t *json_score(const struct score *score)
{
    double tp = ratio(score->touch_p, score->found), tr = ratio(score->touch_r, score->gold);
    double pp = ratio(score->partial_p, score->found), pr = ratio(score->partial_r, score->gold);
    return json_pack("{s:i, s:i, s:{s:f, s:f, s:f}, s:{s:f, s:f, s:f}}", "gold", (int)score->gold,
                     "found", (int)score->found, "partial", "p", pp, "r", pr, "f1", f1(pp, pr),
                     "touch", "p", tp, "r", tr, "f1", f1(tp, tr));
}

static void report(const struct evaluation *evaluation)
{
    struct score all = {0};
    double macro = 0;
    uint32_t asked = 0;
    json_t *devices = json_object();
    if (!evaluation->json)
        printf("%-22s %5s %5s   %-14s   %s\n", "device", "gold", "found", "partial P R F1",
               "touch P R F1");
    for (int by_family = evaluation->families; by_family >= 0; by_family--) {
        for (uint32_t d = 0; d < evaluation->device_count; d++) {
            rhetor_device device = {.size = sizeof device}, other = {.size = sizeof other};
            rhetor_engine_device(evaluation->engine, d, &device);
            struct score score = evaluation->devices[d];
            if (by_family) {
                bool first = true;
                for (uint32_t e = 0; e < evaluation->device_count; e++) {
                    rhetor_engine_device(evaluation->engine, e, &other);
                    if (e == d || strcmp(other.family, device.family))
                        continue;
                    first &= e > d;
                    sum_up(&score, &evaluation->devices[e]);
                }
                if (first && (score.gold || score.found) && !evaluation->json)
                    print_row(device.family, &score);
                continue;
            }
            if (!score.gold && !score.found)
                continue;
            double p = ratio(score.touch_p, score.found), r = ratio(score.touch_r, score.gold);
            sum_up(&all, &score);
            if (score.gold) {
                asked++;
                macro += f1(p, r);
            }
            if (evaluation->json)
                json_object_set_new(devices, device.id, json_score(&score));
            else
                print_row(device.id, &score);
        }
        if (by_family && !evaluation->json)
            putchar('\n');
    }
    macro = ratio(macro, asked);
    double per_thousand = ratio(1000.0 * evaluation->tags, evaluation->words);
    double qp = ratio(evaluation->quotes_touch_p, evaluation->quotes_found);
    double qr = ratio(evaluation->quotes_touch_r, evaluation->quotes_gold);
    double voices = ratio(evaluation->voices_right, evaluation->voices);
    double speakers = ratio(evaluation->speakers_right, evaluation->speakers);
    if (evaluation->json) {
        json_t *out = json_pack("{s:i, s:o, s:f, s:f, s:o}", "texts", (int)evaluation->texts, "micro",
                                json_score(&all), "macro", macro, "tags_per_1000_words",
                                per_thousand, "devices", devices);
        if (evaluation->dialogue)
            json_object_set_new(out, "dialogue",
                                json_pack("{s:i, s:f, s:f, s:f, s:f, s:f}", "gold",
                                          (int)evaluation->quotes_gold, "p", qp, "r", qr, "f1",
                                          f1(qp, qr), "voice", voices, "speaker", speakers));
        json_dumpf(out, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(6));
        putchar('\n');
        json_decref(out);
        return;
    }
    json_decref(devices);
    print_row("micro", &all);
    printf("%u texts, %u words, %.1f tags in 1,000 words, macro touch F1 %.3f\n", evaluation->texts,
           evaluation->words, per_thousand, macro);
    if (evaluation->dialogue)
        printf("dialogue: %u quotations, P %.3f R %.3f F1 %.3f, voice %.3f of %u, speaker %.3f of %u\n",
               evaluation->quotes_gold, qp, qr, f1(qp, qr), voices, evaluation->voices, speakers,
               evaluation->speakers);
}

int command_eval(int argc, char **argv)
{
    static const struct option options[] = {
        {"errors", no_argument, NULL, 'e'},        {"json", no_argument, NULL, 'J'},
        {"dialogue", no_argument, NULL, 'D'},      {"families", no_argument, NULL, 'F'},
        {"device", required_argument, NULL, 'd'},  {"min-score", required_argument, NULL, 's'},
        {"patterns", required_argument, NULL, 'p'}, {"no-config", no_argument, NULL, 'n'},
        {"no-builtin", no_argument, NULL, 'b'},    {NULL, 0, NULL, 0},
    };
    struct evaluation evaluation = {0};
    bool broken = false;
    int c;
    optind = 1;
    while ((c = getopt_long(argc, argv, "ed:s:p:", options, NULL)) != -1) {
        switch (c) {
        case 'e': evaluation.errors = true; break;
        case 'J': evaluation.json = true; break;
        case 'D': evaluation.dialogue = true; break;
        case 'F': evaluation.families = true; break;
        case 'd': list_add(&evaluation.settings.devices, optarg); break;
        case 's':
            evaluation.settings.min_score = strtof(optarg, NULL);
            evaluation.settings.min_score_given = true;
            break;
        case 'p': list_add(&evaluation.settings.patterns, optarg); break;
        case 'n': evaluation.settings.no_layers = true; break;
        case 'b': evaluation.settings.no_builtin = true; break;
        default: return EXIT_BAD;
        }
    }
    if (optind == argc) {
        complain("usage: rhetor eval [--errors] [--dialogue] [--families] [--json] [--device ID,…] GOLD…");
        return EXIT_BAD;
    }
    evaluation.engine = engine_open(&evaluation.settings, NULL, &broken);
    if (!evaluation.engine)
        return EXIT_BAD;
    evaluation.device_count = rhetor_engine_device_count(evaluation.engine);
    evaluation.devices = need(calloc(evaluation.device_count + 1, sizeof *evaluation.devices));
    int status = broken ? EXIT_BAD : EXIT_DONE;
    for (int i = optind; i < argc; i++)
        if (!eval_one(&evaluation, argv[i]))
            status = EXIT_BAD;
    report(&evaluation);
    free(evaluation.devices);
    rhetor_engine_release(evaluation.engine);
    list_free(&evaluation.settings.devices);
    list_free(&evaluation.settings.patterns);
    return status;
}
