/* voice.c: see voice.h. First each quotation's own frame; then what stands without one takes it
 * from its neighbours: the speech it goes on with, the sentence beside it, the turn in a dialogue.
 */
#include "voice/voice.h"

#include <string.h>

#include "rhetor/rhetor.h"
#include "voice/frame.h"

enum {
    SCARE_WORDS = 4,       /* longer is no scare quote */
    SPEECH_WORDS = 5,      /* so many words without a frame are speech */
    SCRIPT_QUIET_MAX = 12, /* paragraphs without script, and its speaker is forgotten */
    QUIET_MAX = 2,         /* paragraphs that a dialogue may pause */
    LABEL_TOKENS = 6,      /* of "General Brandt:" */
    REFERENCE_WORDS = 8,   /* a parenthesis so long is a reference or a remark */
    REFERENCE_REACH = 64,  /* tokens to its brackets */
    BEAT_REACH = 3,        /* words before a sentence's subject */
    HELD_WORDS = 3,        /* so few within a report may be held at a distance */
    NEAR_WORDS = 3,        /* from a verb of saying to words that it governs */
    NEAR_CLAUSE = 8,       /* ... across "it was", "the cuts were" */
    LINE_WORDS = 6         /* of "To: Harriet Vane" */
};

/* A quotation's tokens: its marks are first - 1 and last. */
struct inside {
    uint32_t open, first, last, close;
};

static uint32_t token_at(const struct scene *scene, uint32_t byte)
{
    uint32_t low = 0, high = scene->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (scene->tokens[middle].start < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Fills names->insides, a row for each quotation. */
static bool insides_find(const struct scene *scene)
{
    const struct paragraph *p = scene->paragraph;
    uint32_t count = p->quotations.count, at = 0;
    scene->names->insides.count = 0;
    if (!vec_room(scene->names->arena.memory, &scene->names->insides, count))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        const struct quotation *row = &p->quotations.at[i];
        while (at < scene->count && scene->tokens[at].start < row->start)
            at++;
        struct inside *in = &scene->names->insides.at[i];
        in->open = at;
        in->first = at + (row->inner_start > row->start);
        in->last = token_at(scene, row->inner_end);
        in->close = in->last + (row->end > row->inner_end);
    }
    scene->names->insides.count = count;
    return true;
}

static struct inside inside_of(const struct scene *scene, const struct quotation *row)
{
    return scene->names->insides.at[row - scene->paragraph->quotations.at];
}

static uint32_t word_count(const struct scene *scene, uint32_t from, uint32_t to)
{
    uint32_t count = 0;
    for (uint32_t i = from; i < to; i++)
        count += scene->tokens[i].kind <= TOKEN_NUMBER;
    return count;
}

static const struct sentence *sentence_of(const struct paragraph *p, uint32_t token)
{
    uint32_t low = 0, high = p->sentences.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->sentences.at[middle].first_token + p->sentences.at[middle].token_count <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->sentences.count ? &p->sentences.at[low] : NULL;
}

static bool ends_speech(const struct scene *scene, const struct inside *in)
{
    if (in->last <= in->first)
        return false;
    uint32_t end = in->last - 1;
    return scene_is(scene, end, ".") || scene_is(scene, end, "?") || scene_is(scene, end, "!") ||
           scene_is(scene, end, ",") || scene_is(scene, end, "…") || scene_is(scene, end, "—") ||
           scene_is(scene, end, "-");
}

static bool begins_sentence(const struct scene *scene, const struct inside *in)
{
    const struct sentence *sentence = sentence_of(scene->paragraph, in->open);
    return sentence && sentence->first_token == in->open;
}

/* Words that nobody else says: few, and no sentence. */
static bool is_fragment(const struct scene *scene, const struct inside *in)
{
    uint32_t words = word_count(scene, in->first, in->last);
    if (words >= SPEECH_WORDS)
        return false;
    bool final = in->last > in->first && !scene_is(scene, in->last - 1, ",") &&
                 ends_speech(scene, in) && !scene_is(scene, in->last - 1, "…");
    /* American style puts the sentence's stop inside */
    bool sentence = begins_sentence(scene, in) && (final || scene_is(scene, in->last - 1, ","));
    bool question = final && !scene_is(scene, in->last - 1, ".");
    return !sentence && !question;
}

/* ---- Frames of their own */

/* Where the words outside quotations begin that stand before row `at`, at its level. */
static uint32_t frame_from(const struct scene *scene, uint32_t at, const struct inside *in,
                           uint32_t floor)
{
    const struct quotation *rows = scene->paragraph->quotations.at;
    const struct sentence *sentence = sentence_of(scene->paragraph, in->open);
    uint32_t from = sentence ? sentence->first_token : 0;
    from = from > floor ? from : floor;
    for (uint32_t back = at; back-- > 0;) {
        if (rows[back].end <= rows[at].start) {
            uint32_t close = scene->names->insides.at[back].close;
            return close > from ? close : from;
        }
    }
    return from;
}

static uint32_t frame_to(const struct scene *scene, uint32_t at, const struct inside *in,
                         uint32_t roof)
{
    const struct paragraph *p = scene->paragraph;
    const struct sentence *sentence = sentence_of(p, in->close);
    uint32_t to = sentence ? sentence->first_token + sentence->token_count : scene->count;
    for (uint32_t k = at + 1; k < p->quotations.count; k++)
        if (p->quotations.at[k].start >= p->quotations.at[at].end) {
            uint32_t open = scene->names->insides.at[k].open;
            to = open < to ? open : to;
            break;
        }
    return to < roof ? to : roof;
}

/* The name of a pronoun that nobody is found for: itself. */
static uint32_t pronoun_name(const struct scene *scene, const struct mention *mention)
{
    uint32_t classes = scene_classes(scene, mention->first);
    const char *text = classes & L_GROUP    ? "they"
                       : classes & L_MALE   ? "he"
                       : classes & L_FEMALE ? "she"
                       : classes & L_YOU    ? "you"
                                            : "";
    return mention->kind == MENTION_PRONOUN && *text ? names_add(scene->names, text, strlen(text))
                                                     : 0;
}

/* Keeps whom the text tells what to say; gives an order ("Answer: ...") to that speaker. */
static void script_put(const struct scene *scene, struct quotation *row, const struct frame *frame,
                       uint32_t you)
{
    struct context *out = &scene->paragraph->out;
    if (row->voice != RHETOR_SCRIPTED)
        return;
    if (frame->order && !row->speaker && row->depth <= 1) {
        row->speaker =
            scene->paragraph->in.letter.you || out->letter.you ? you : out->script.speaker;
        if (!row->speaker && frame->order == ORDER_READER)
            row->speaker = you;
        if (!row->addressee && row->speaker == out->script.speaker)
            row->addressee = out->script.addressee;
    } else if (frame->advice && row->speaker && row->depth <= 1) {
        out->script.speaker = row->speaker;
        if (row->addressee)
            out->script.addressee = row->addressee;
    }
    if (row->addressee == row->speaker)
        row->addressee = 0;
}

/* Of two whom the text tells what to say, one speaks to the other. */
static void script_pair(const struct scene *scene, struct quotation *row)
{
    struct context *out = &scene->paragraph->out;
    if (row->voice != RHETOR_SCRIPTED || row->depth > 1 || !row->speaker || !out->script.speaker)
        return;
    if (row->addressee) {
        if (row->speaker == out->script.speaker && name_is_proper(scene->names, row->addressee))
            out->script.addressee = row->addressee;
    } else if (row->speaker == out->script.speaker)
        row->addressee = out->script.addressee;
    else if (row->speaker == out->script.addressee)
        row->addressee = out->script.speaker;
}

static void frame_put(const struct scene *scene, struct quotation *row, const struct frame *frame,
                      uint32_t self, uint32_t you)
{
    struct referents referents = {.self = self, .you = you};
    row->voice = frame->voice;
    if (frame->subject) {
        const struct mention *subject = frame->subject;
        const struct token *end = &scene->tokens[subject->last - 1];
        row->speaker = mention_resolve(scene, subject, &referents);
        if (!row->speaker)
            row->speaker = pronoun_name(scene, subject);
        row->frame_start = scene->tokens[subject->first].start;
        row->frame_end = end->start + end->length;
        if (frame->would && !strncmp(names_text(scene->names, row->speaker, NULL), "my ", 3))
            row->voice = RHETOR_QUOTED; /* "my father would say" tells of him */
    }
    if (frame->addressee) {
        referents.except = row->speaker;
        row->addressee = mention_resolve(scene, frame->addressee, &referents);
    }
    script_put(scene, row, frame, you);
}

/* Whom a vocative means; a mere title means who was spoken to before. */
static uint32_t vocative_name(const struct scene *scene, const struct mention *mention,
                              uint32_t speaker)
{
    const struct context *in = &scene->paragraph->in;
    if (mention->name != mention->own || !mention_is_title(scene, mention) || !in->turn.speaker)
        return mention->name == speaker ? 0 : mention->name;
    return in->turn.speaker != speaker ? in->turn.speaker : in->turn.other;
}

/* A name, or a title whose bearer is known: "General, ...". */
static bool is_called(const struct scene *scene, const struct mention *mention)
{
    return mention->kind == MENTION_NAME ||
           (mention->kind == MENTION_ROLE && mention->last == mention->first + 1 &&
            name_is_proper(scene->names, mention->name) && mention->name != mention->own);
}

/* "Miss Finch, ..." and "..., Miss Finch." inside the quotation. */
static const struct mention *vocative_of(const struct scene *scene, const struct inside *in)
{
    uint32_t at = in->first;
    const struct mention *mention = mention_at(scene, at);
    if (!mention && at < scene->count && scene->tokens[at].kind == TOKEN_WORD &&
        scene_is(scene, at + 1, ",")) {
        at += 2;
        mention = mention_at(scene, at);
    }
    if (mention && is_called(scene, mention) && mention->last <= in->last &&
        (scene_is(scene, mention->last, ",") || scene_is(scene, mention->last, "!")))
        return mention;
    for (at = in->first + 1; at < in->last; at++) {
        mention = scene_is(scene, at - 1, ",") ? mention_at(scene, at) : NULL;
        if (mention && is_called(scene, mention) && !mention->owner && mention->last <= in->last &&
            mention->last < scene->count &&
            (mention->last == in->last || scene_is(scene, mention->last, ".") ||
             scene_is(scene, mention->last, "?") || scene_is(scene, mention->last, "!") ||
             (mention->last + 1 == in->last && scene_is(scene, mention->last, ","))))
            return mention;
    }
    return NULL;
}

/* What row `at` is framed by, if anything. FRAME_LABEL: a name or a term. */
static struct frame own_frame(const struct scene *scene, uint32_t at, const struct inside *in,
                              uint32_t floor, uint32_t roof)
{
    struct frame frame = {0}, before = {0};
    uint32_t from = frame_from(scene, at, in, floor), to = frame_to(scene, at, in, roof);
    if (in->close < to && ends_speech(scene, in) && !scene_is(scene, in->last - 1, "."))
        frame = frame_after(scene, in->close, to);
    else if (in->close < to && scene_is(scene, in->close, ",")) /* British: ‘...’, he said */
        frame = frame_after(scene, in->close, to);
    if (from < in->open)
        before = frame_before(scene, from, in->open);
    bool adjacent = before.kind == FRAME_SPEECH &&
                    (before.verb + 1 == in->open || scene_is(scene, in->open - 1, ":") ||
                     (scene_is(scene, in->open - 1, ",") && !scene_is(scene, in->last - 1, ",")));
    return frame.kind && !adjacent ? frame : before;
}

/* Inside a parenthesis of many words: a reference. */
static bool is_in_reference(const struct scene *scene, const struct inside *in)
{
    uint32_t open = in->open, close = in->close;
    while (open > 0 && open + REFERENCE_REACH > in->open && !scene_is(scene, open - 1, "(") &&
           !scene_is(scene, open - 1, ")"))
        open--;
    if (open == 0 || !scene_is(scene, open - 1, "("))
        return false;
    while (close < scene->count && close < in->close + REFERENCE_REACH &&
           !scene_is(scene, close, ")"))
        close++;
    return word_count(scene, open, close) >= REFERENCE_WORDS;
}

/* `verb`: not looked at, "called" brings in words too. */
static bool is_term(const struct scene *scene, const struct inside *in, uint32_t verb)
{
    for (uint32_t back = 1; back <= 3 && in->open >= back; back++)
        if (scene_is(scene, in->open - back, "."))
            return false;
        else if (in->open - back != verb && (scene_classes(scene, in->open - back) & L_TERM) &&
                 !scene_is_glued(scene, in->open - back)) /* "so-called" */
            return true;
    return false;
}

static bool is_copula(const struct scene *scene, uint32_t i)
{
    static const char *const forms[] = {"am",    "are", "as",  "be",   "been",
                                        "being", "is",  "was", "were", NULL};
    const struct word_type *type = words_type(scene->words, scene->tokens[i].type);
    if (scene->tokens[i].kind != TOKEN_WORD)
        return false;
    for (size_t k = 0; forms[k]; k++)
        if (strlen(forms[k]) == type->length && !memcmp(type->text, forms[k], type->length))
            return true;
    return (scene_classes(scene, i) & L_PRONOUN) && type->length > 2 &&
           !memcmp(type->text + type->length - 2, "'s", 2);
}

/* A few words within a report that no verb of saying governs: every farm must be “digital”. */
static bool is_held_off(const struct scene *scene, const struct inside *in,
                        const struct frame *frame)
{
    if (frame->kind != FRAME_SPEECH || frame->voice != RHETOR_QUOTED || frame->verb >= in->open ||
        in->open == 0 || scene_is(scene, in->open - 1, ":") ||
        word_count(scene, in->first, in->last) > HELD_WORDS)
        return false;
    uint32_t words = word_count(scene, frame->verb + 1, in->open), last = in->open - 1;
    uint32_t classes = scene_classes(scene, last);
    bool article = scene->tokens[last].length <= 2; /* "a farce", "an insult" */
    if ((classes & L_DET) && article && last > 0)
        last--;
    else if ((classes & L_DET) && !(classes & L_PRONOUN))
        return true;
    if (is_copula(scene, last))
        return words > NEAR_CLAUSE ||
               (last > 0 && (scene_classes(scene, last - 1) & (L_MODAL | L_WILL)));
    if (scene_classes(scene, frame->verb) & L_FRAGMENT)
        return words > NEAR_CLAUSE;
    return words > NEAR_WORDS;
}

/* A few words held at a distance: no title, no term, nothing said. */
static bool is_scare(const struct scene *scene, const struct quotation *row)
{
    struct inside in = inside_of(scene, row);
    uint32_t words = word_count(scene, in.first, in.last), lower = 0;
    if (row->voice != RHETOR_AUTHOR || row->mark == MARK_NONE || words == 0 ||
        words > SCARE_WORDS || is_term(scene, &in, UINT32_MAX))
        return false;
    for (uint32_t i = in.first; i < in.last; i++)
        lower += scene->tokens[i].kind == TOKEN_WORD && !(scene->tokens[i].flags & TOKEN_CAPITAL) &&
                 scene->tokens[i].length > 1;
    return lower * 2 >= words && lower > 0 && !is_in_reference(scene, &in);
}

/* Gives row `at` its own frame. False: it has none. */
static bool row_frame(const struct scene *scene, uint32_t at, int32_t parent)
{
    struct paragraph *p = scene->paragraph;
    struct quotation *row = &p->quotations.at[at];
    struct inside in = inside_of(scene, row);
    uint32_t floor = 0, roof = scene->count, self = 0, you = 0;
    if (parent >= 0) {
        struct inside outer = inside_of(scene, &p->quotations.at[parent]);
        floor = outer.first;
        roof = outer.last;
        self = p->quotations.at[parent].speaker;
        you = p->quotations.at[parent].addressee;
    } else {
        self = scene->self;
        you = scene->you;
    }
    struct frame frame = own_frame(scene, at, &in, floor, roof);
    if (frame.kind == FRAME_LABEL && word_count(scene, in.first, in.last) <= SCARE_WORDS) {
        row->voice = RHETOR_AUTHOR;
        return true;
    }
    if (frame.kind == FRAME_NONE) {
        /* the sentence before: "Here is what he should tell them. “...”" */
        const struct sentence *sentence = sentence_of(p, in.open);
        if (parent < 0 && begins_sentence(scene, &in) && sentence > p->sentences.at) {
            const struct sentence *last = sentence - 1;
            uint32_t from = last->first_token, to = from + last->token_count;
            if (at == 0 || p->quotations.at[at - 1].end <= last->start)
                frame = frame_before(scene, from, to);
            if (frame.kind == FRAME_SPEECH && frame.voice == RHETOR_SCRIPTED &&
                !is_fragment(scene, &in) && frame.verb + 10 > to) {
                frame_put(scene, row, &frame, self, you);
                return true;
            }
        }
        return false;
    }
    if (is_fragment(scene, &in) && !scene_is(scene, in.open - 1, ",") &&
        (is_term(scene, &in, frame.verb) || is_held_off(scene, &in, &frame))) {
        row->voice = RHETOR_AUTHOR;
        return true;
    }
    frame_put(scene, row, &frame, self, you);
    if ((row->flags & RHETOR_QUOTATION_CONTINUED) && p->in.open_count > 0 &&
        p->in.open[0].speaker) {
        row->speaker = p->in.open[0].speaker;
        row->voice = p->in.open[0].voice;
    }
    return true;
}

/* ---- Frames of others */

/* The subject of a sentence that stands beside the quotation: “...” Her father did not look up.
 * The first of the paragraph. */
static const struct mention *beat_subject(const struct scene *scene)
{
    const struct paragraph *p = scene->paragraph;
    uint32_t row = 0;
    for (uint32_t i = 0; i < p->sentences.count; i++) {
        const struct sentence *sentence = &p->sentences.at[i];
        while (row < p->quotations.count && p->quotations.at[row].end <= sentence->start)
            row++;
        if (row < p->quotations.count && p->quotations.at[row].start <= sentence->start)
            continue;
        for (uint32_t k = 0; k <= BEAT_REACH && k < sentence->token_count; k++) {
            const struct mention *mention = mention_at(scene, sentence->first_token + k);
            if (mention && mention->last < scene->count &&
                scene->tokens[mention->last].kind == TOKEN_WORD &&
                !(scene_classes(scene, mention->first) & (L_SELF | L_YOU)) &&
                !(scene_classes(scene, mention->last) & (L_WILL | L_WOULD)))
                return mention;
        }
    }
    return NULL;
}

static void row_copy(struct quotation *row, const struct quotation *from)
{
    row->voice = from->voice;
    row->speaker = from->speaker;
    if (!row->addressee)
        row->addressee = from->addressee;
    row->frame_start = from->frame_start;
    row->frame_end = from->frame_end;
}

/* What rows without a frame of their own may take: the nearest outermost speech before and after
 * that has one (NULL: none), and the subject of the sentence beside. */
struct neighbours {
    const struct quotation *before, *after;
    const struct mention *beat;
};

/* "She must be blunt. “...”": what stands beside is to be said. */
static bool is_advised(const struct scene *scene, const struct mention *subject)
{
    uint32_t modal = scene_classes(scene, subject->last);
    return (modal & L_MODAL) && !(modal & L_NOT) && !scene_is(scene, subject->last, "could");
}

/* Row `at`, outermost and without a frame of its own. */
static void row_fill(const struct scene *scene, uint32_t at, const struct neighbours *beside)
{
    struct paragraph *p = scene->paragraph;
    struct quotation *row = &p->quotations.at[at];
    struct inside in = inside_of(scene, row);
    const struct context *context = &p->in;
    row->voice = RHETOR_QUOTED;
    if ((row->flags & RHETOR_QUOTATION_CONTINUED) && context->open_count > 0) {
        row->voice = context->open[0].voice;
        row->speaker = context->open[0].speaker;
        row->addressee = context->open[0].addressee;
        return;
    }
    if (is_fragment(scene, &in)) {
        const struct quotation *last = beside->before;
        bool same = last && last->voice == RHETOR_QUOTED &&
                    sentence_of(p, inside_of(scene, last).open) == sentence_of(p, in.open);
        row->voice = RHETOR_AUTHOR;
        if (same && word_count(scene, inside_of(scene, last).close, in.open) <= SCARE_WORDS)
            row_copy(row, last);
        return;
    }
    if (beside->before || (beside->after && in.open == 0)) {
        row_copy(row, beside->before ? beside->before : beside->after);
        return;
    }
    if (in.open == 0 && context->frame.waits) {
        row->voice = context->frame.voice;
        row->speaker = context->frame.speaker;
        row->addressee = context->frame.addressee;
        return;
    }
    bool sentence = begins_sentence(scene, &in) && ends_speech(scene, &in);
    if (sentence && beside->beat) {
        struct frame frame = {
            .kind = FRAME_SPEECH, .voice = RHETOR_QUOTED, .subject = beside->beat};
        if (is_advised(scene, beside->beat)) {
            frame.voice = RHETOR_SCRIPTED;
            frame.advice = true;
        }
        frame_put(scene, row, &frame, 0, 0);
        if (in.open > 0 && context->turn.voice == RHETOR_SCRIPTED && context->turn.quiet == 0 &&
            row->speaker == context->turn.speaker)
            row->voice = RHETOR_SCRIPTED;
        return;
    }
    bool turns = context->turn.speaker || (context->turn.other && in.open == 0);
    if (sentence && turns && context->turn.quiet < QUIET_MAX) {
        bool goes_on = context->turn.voice == RHETOR_SCRIPTED && in.open > 0;
        row->speaker = goes_on ? context->turn.speaker : context->turn.other;
        row->addressee = goes_on ? context->turn.other : context->turn.speaker;
        row->voice = context->turn.voice;
    }
}

/* ---- Rows without marks */

static bool row_insert(const struct scene *scene, const struct quotation *row)
{
    return vec_push(scene->names->arena.memory, &scene->names->found, *row);
}

/* The quotation of marks that tokens [from, to) stand in, all of them: its row; -1: outside;
 * -2: they stand on both sides. */
static int32_t place_of(const struct scene *scene, uint32_t from, uint32_t to)
{
    const struct paragraph *p = scene->paragraph;
    uint32_t start = scene->tokens[from].start, last = scene->tokens[to - 1].start;
    bool quoted = scene_is_quoted(scene, from);
    if (quoted != scene_is_quoted(scene, to - 1))
        return -2;
    if (!quoted)
        return -1;
    uint32_t low = 0, high = p->quotations.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->quotations.at[middle].start <= start)
            low = middle + 1;
        else
            high = middle;
    }
    while (low-- > 0)
        if (p->quotations.at[low].end > last)
            return (int32_t)low;
        else if (p->quotations.at[low].depth == 1)
            break;
    return -2;
}

/* The next indirect script of a sentence, looked for from how->at, which is moved behind it. */
static int32_t indirect_next(const struct scene *scene, uint32_t from, uint32_t to,
                             struct indirect *how, bool *there)
{
    const struct paragraph *p = scene->paragraph;
    uint32_t words, end;
    how->advised = p->out.letter.you || p->out.script.speaker;
    struct frame frame = frame_indirect(scene, from, to, *how, &words, &end);
    *there = frame.kind && words < end && words > frame.verb;
    if (!*there)
        return RHETOR_OK;
    how->at = end;
    int32_t in = place_of(scene, frame.verb, end);
    const struct quotation *outer = in >= 0 ? &p->quotations.at[in] : NULL;
    if (in == -2 || (outer && outer->voice != RHETOR_SCRIPTED))
        return RHETOR_OK;
    const struct token *last = &scene->tokens[end - 1];
    const struct quotation *before =
        how->going_on ? &scene->names->found.at[scene->names->found.count - 1] : NULL;
    struct quotation row = {.start = scene->tokens[words].start,
                            .depth = outer ? (uint8_t)(outer->depth + 1) : 1,
                            .speaker = before && frame.order ? before->speaker : 0,
                            .flags = RHETOR_QUOTATION_INDIRECT};
    row.inner_start = row.start;
    row.end = row.inner_end = last->start + last->length;
    frame_put(scene, &row, &frame, outer ? outer->speaker : scene->self,
              outer ? outer->addressee : scene->you);
    script_pair(scene, &row);
    return row_insert(scene, &row) ? RHETOR_OK : RHETOR_E_MEMORY;
}

static int32_t indirect_find(const struct scene *scene)
{
    const struct paragraph *p = scene->paragraph;
    struct indirect how = {0};
    for (uint32_t i = 0; i < p->sentences.count; i++) {
        const struct sentence *sentence = &p->sentences.at[i];
        uint32_t from = sentence->first_token, to = from + sentence->token_count;
        uint32_t before = scene->names->found.count;
        while (to > from && scene->tokens[to - 1].kind >= TOKEN_PUNCTUATION)
            to--;
        how.at = from;
        for (bool there = true; there;)
            if (indirect_next(scene, from, to, &how, &there) != RHETOR_OK)
                return RHETOR_E_MEMORY;
        how.going_on = scene->names->found.count > before;
    }
    return RHETOR_OK;
}

/* "Brandt: We shall see." The row has a speaker and no voice of its own: all of a transcript is
 * somebody's words. */
static int32_t label_find(struct scene *scene)
{
    const struct paragraph *p = scene->paragraph;
    const struct mention *mention = scene->count ? mention_at(scene, 0) : NULL;
    if (!mention || mention->kind == MENTION_PRONOUN || mention->last > LABEL_TOKENS ||
        (p->flags & PARAGRAPH_HEADING) || scene_is(scene, 0, "Dear") ||
        !(scene->tokens[0].flags & TOKEN_CAPITAL) ||
        (mention->kind == MENTION_ROLE && (scene_classes(scene, 0) & L_DET)))
        return RHETOR_OK;
    uint32_t at = mention->last;
    if (!scene_is(scene, at, ":") || at + 1 >= scene->count || scene_is_quoted(scene, at + 1))
        return RHETOR_OK;
    const struct token *last = &scene->tokens[scene->count - 1];
    struct quotation row = {.start = scene->tokens[at + 1].start,
                            .depth = 1,
                            .voice = RHETOR_AUTHOR,
                            .speaker = mention->name,
                            .frame_start = scene->tokens[0].start};
    row.frame_end = scene->tokens[at - 1].start + scene->tokens[at - 1].length;
    row.inner_start = row.start;
    row.end = row.inner_end = last->start + last->length;
    if (p->in.turn.quiet == 0 && p->in.turn.speaker != row.speaker)
        row.addressee = p->in.turn.speaker;
    scene->self = row.speaker;
    if (row.addressee)
        scene->you = row.addressee;
    return row_insert(scene, &row) ? RHETOR_OK : RHETOR_E_MEMORY;
}

/* ---- Letters */

/* The name in a line "To: Harriet Vane, Director" or "Dear Mr Dunmore,"; 0: none. */
static uint32_t line_name(const struct scene *scene, uint32_t at)
{
    uint32_t end = at;
    while (end < scene->count && end < at + LINE_WORDS && !scene_is(scene, end, ",") &&
           !scene_is(scene, end, ":") && !scene_is(scene, end, "(") &&
           (end == at || !(scene->tokens[end].flags & TOKEN_LINE)))
        end++;
    while (end > at && scene->tokens[end - 1].kind >= TOKEN_PUNCTUATION)
        end--;
    if (end == at || !(scene->tokens[at].flags & TOKEN_CAPITAL))
        return 0;
    const struct mention *mention = mention_at(scene, at);
    if (mention && mention->last >= end)
        return mention->name;
    char text[SCENE_TEXT];
    return names_add(scene->names, text, scene_text(scene, at, end, text));
}

static bool is_header(const struct scene *scene, uint32_t i, const char *title, const char *upper)
{
    return (scene_is(scene, i, title) || scene_is(scene, i, upper)) &&
           scene_is(scene, i + 1, ":") && scene_is_glued(scene, i + 1);
}

/* "To: ...", "From: ...", "Dear ...," begin a letter: who "I" and "you" are. */
static void letter_find(struct scene *scene)
{
    struct context *out = &scene->paragraph->out;
    out->letter = scene->paragraph->in.letter;
    for (uint32_t i = 0; i < scene->count; i++) {
        if (!(scene->tokens[i].flags & TOKEN_LINE) && i > 0)
            continue;
        if (is_header(scene, i, "To", "TO"))
            out->letter.you = line_name(scene, i + 2);
        else if (is_header(scene, i, "From", "FROM"))
            out->letter.self = line_name(scene, i + 2);
        else if (scene_is(scene, i, "Dear")) {
            uint32_t end = i + 1;
            while (end < scene->count && end <= i + LINE_WORDS && !scene_is(scene, end, ",") &&
                   !scene_is(scene, end, ":") && !(scene->tokens[end].flags & TOKEN_LINE))
                end++;
            bool alone = end + 1 >= scene->count || (scene->tokens[end].flags & TOKEN_LINE) ||
                         (scene->tokens[end + 1].flags & TOKEN_LINE);
            uint32_t name = alone ? line_name(scene, i + 1) : 0;
            if (name) {
                out->letter.you = name;
                out->letter.self = 0;
            }
        }
    }
    scene->self = out->letter.self ? out->letter.self : names_add(scene->names, "I", 1);
    scene->you = out->letter.you ? out->letter.you : names_add(scene->names, "you", 3);
}

/* ---- Who is who */

/* "My name is Orla Finch", "I'm Orla Finch": a name in the quotation that is the speaker's. */
static const struct mention *own_name(const struct scene *scene, const struct inside *in)
{
    for (uint32_t i = in->first; i + 1 < in->last; i++) {
        uint32_t classes = scene_classes(scene, i);
        uint32_t at = 0;
        if ((scene_is(scene, i, "name") || scene_is(scene, i, "name's")) && i > in->first &&
            (scene_is(scene, i - 1, "My") || scene_is(scene, i - 1, "my")))
            at = i + 1 + scene_is(scene, i + 1, "is");
        else if ((classes & L_SELF) && (classes & L_AUX))
            at = i + 1;
        else if (scene_is(scene, i, "I") && scene_is(scene, i + 1, "am"))
            at = i + 2;
        else if ((scene_is(scene, i, "Call") || scene_is(scene, i, "call")) &&
                 scene_is(scene, i + 1, "me"))
            at = i + 2;
        const struct mention *mention = at ? mention_at(scene, at) : NULL;
        if (mention && mention->kind == MENTION_NAME && !mention->owner &&
            mention->last <= in->last &&
            (mention->last == in->last || scene->tokens[mention->last].kind >= TOKEN_PUNCTUATION))
            return mention;
    }
    return NULL;
}

/* A start or a nod answers what was said: whoever does it is of the dialogue. */
static const struct mention *listener(const struct scene *scene)
{
    static const char *const answers[] = {"blinked",   "coughed", "frowned", "grinned", "grunted",
                                          "hesitated", "laughed", "nodded",  "paused",  "shrugged",
                                          "sighed",    "smiled",  "snorted", "stared",  "stiffened",
                                          "swallowed", "winced",  NULL};
    const struct mention *mention = mention_at(scene, 0);
    if (!mention || mention->kind != MENTION_NAME || mention->owner)
        return NULL;
    for (size_t i = 0; answers[i]; i++)
        if (scene_is(scene, mention->last, answers[i]))
            return mention;
    return NULL;
}

static bool is_new(const struct scene *scene, uint32_t name)
{
    const struct context *in = &scene->paragraph->in;
    for (uint32_t i = 0; i < in->name_count; i++)
        if (in->names[i].name == name)
            return false;
    return true;
}

static bool genders_agree(const struct scene *scene, uint32_t form, uint8_t gender)
{
    const struct context *in = &scene->paragraph->in;
    for (uint32_t i = 0; i < in->name_count; i++)
        if (in->names[i].name == form)
            return !gender || !in->names[i].gender || (in->names[i].gender & gender);
    return true;
}

/* Learns the name of somebody who spoke without one. False: no memory. */
static bool names_learn(const struct scene *scene)
{
    struct paragraph *p = scene->paragraph;
    const struct context *in = &p->in;
    bool fresh = in->turn.speaker && in->turn.quiet == 0 && in->turn.voice == RHETOR_QUOTED;
    for (uint32_t i = 0; i < p->quotations.count; i++) {
        const struct quotation *row = &p->quotations.at[i];
        if (row->voice != RHETOR_QUOTED || row->depth > 1 || !row->speaker)
            continue;
        struct inside inside = inside_of(scene, row);
        const struct mention *mention = own_name(scene, &inside);
        if (mention && !name_is_proper(scene->names, row->speaker) &&
            !mention_identify(scene, row->speaker, mention->name))
            return false;
        if (!fresh || in->turn.speaker == row->speaker ||
            name_is_proper(scene->names, in->turn.speaker))
            continue;
        mention = vocative_of(scene, &inside);
        if (mention && mention->kind == MENTION_NAME && !mention_is_title(scene, mention) &&
            mention->name != row->speaker && mention->name != in->turn.other &&
            genders_agree(scene, in->turn.speaker, mention->gender) &&
            !mention_identify(scene, in->turn.speaker, mention->name))
            return false;
    }
    const struct mention *mention = fresh && p->quotations.count == 0 ? listener(scene) : NULL;
    if (!mention || !is_new(scene, mention->name))
        return true;
    uint32_t form =
        name_is_proper(scene->names, in->turn.other) ? in->turn.speaker : in->turn.other;
    return !form || !genders_agree(scene, form, mention->gender) ||
           mention_identify(scene, form, mention->name);
}

/* Puts names->found among the rows, in order; what stands inside goes a level deeper. */
static int32_t rows_merge(const struct scene *scene)
{
    struct paragraph *p = scene->paragraph;
    uint32_t more = scene->names->found.count, count = p->quotations.count;
    if (more == 0)
        return RHETOR_OK;
    if (!vec_room(scene->names->arena.memory, &p->quotations, more))
        return RHETOR_E_MEMORY;
    const struct quotation *found = scene->names->found.at;
    struct quotation *rows = p->quotations.at;
    uint32_t out = count + more, i = count, k = more;
    while (k > 0) {
        if (i > 0 && rows[i - 1].start >= found[k - 1].start) {
            rows[out - 1] = rows[i - 1];
            if (rows[out - 1].end <= found[k - 1].end)
                rows[out - 1].depth++;
            i--;
        } else
            rows[out - 1] = found[--k];
        out--;
    }
    p->quotations.count = count + more;
    return RHETOR_OK;
}

/* ---- Handing on */

/* Whether the paragraph begins with words that somebody says, nobody knows who. */
static bool open_speech(const struct scene *scene)
{
    const struct paragraph *p = scene->paragraph;
    const struct quotation *first = p->quotations.count ? &p->quotations.at[0] : NULL;
    return first && first->voice == RHETOR_QUOTED && first->mark != MARK_NONE && !first->speaker &&
           first->start == scene->tokens[0].start;
}

static void turn_rename(const struct scene *scene, uint32_t *number)
{
    if (*number && *number == scene->names->told.form)
        *number = scene->names->told.name;
}

static void script_hand_on(const struct scene *scene)
{
    const struct paragraph *p = scene->paragraph;
    struct context *out = &scene->paragraph->out;
    bool scripted = false;
    for (uint32_t i = 0; i < p->quotations.count; i++)
        scripted |= p->quotations.at[i].voice == RHETOR_SCRIPTED;
    if (scripted)
        out->script.quiet = 0;
    else if (out->script.speaker && ++out->script.quiet > SCRIPT_QUIET_MAX)
        memset(&out->script, 0, sizeof out->script);
}

static void context_hand_on(const struct scene *scene)
{
    struct paragraph *p = scene->paragraph;
    struct context *out = &p->out;
    mentions_hand_on(scene);

    memset(&out->frame, 0, sizeof out->frame);
    if (scene->count > 1 && scene_is(scene, scene->count - 1, ":")) {
        const struct sentence *last = &p->sentences.at[p->sentences.count - 1];
        struct frame frame = frame_before(scene, last->first_token, scene->count);
        struct quotation row = {0};
        if (frame.kind == FRAME_SPEECH) {
            frame_put(scene, &row, &frame, scene->self, scene->you);
            out->frame.waits = 1;
            out->frame.voice = row.voice;
            out->frame.speaker = row.speaker;
            out->frame.addressee = row.addressee;
        }
    }

    out->turn = p->in.turn;
    turn_rename(scene, &out->turn.speaker);
    turn_rename(scene, &out->turn.other);
    turn_rename(scene, &out->script.speaker);
    turn_rename(scene, &out->script.addressee);
    script_hand_on(scene);
    const struct quotation *speech = NULL;
    uint32_t open = 0;
    for (uint32_t i = 0; i < p->quotations.count; i++) {
        const struct quotation *row = &p->quotations.at[i];
        bool label = row->voice == RHETOR_AUTHOR && row->mark == MARK_NONE;
        if (row->depth == 1 && row->speaker && (row->voice != RHETOR_AUTHOR || label) &&
            !(row->flags & RHETOR_QUOTATION_INDIRECT))
            speech = row;
        if ((row->flags & RHETOR_QUOTATION_CONTINUES) && open < out->open_count) {
            out->open[open].voice = row->voice;
            out->open[open].speaker = row->speaker;
            out->open[open].addressee = row->addressee;
            open++;
        }
    }
    if (!speech && open_speech(scene) && out->turn.speaker && out->turn.quiet == 0) {
        out->turn.other = out->turn.speaker; /* somebody answers: who, is not known */
        out->turn.speaker = 0;
        return;
    }
    if (!speech) {
        if ((out->turn.speaker || out->turn.other) && ++out->turn.quiet > QUIET_MAX)
            memset(&out->turn, 0, sizeof out->turn);
        return;
    }
    if (speech->speaker != out->turn.speaker) {
        out->turn.other = speech->addressee ? speech->addressee : out->turn.speaker;
        out->turn.speaker = speech->speaker;
    } else if (speech->addressee)
        out->turn.other = speech->addressee;
    out->turn.voice = speech->voice;
    out->turn.quiet = 0;
}

/* ---- All of it */

static int32_t rows_frame(const struct scene *scene)
{
    struct paragraph *p = scene->paragraph;
    const struct memory *memory = scene->names->arena.memory;
    uint32_t count = p->quotations.count;
    if (count == 0)
        return RHETOR_OK;
    if (!insides_find(scene))
        return RHETOR_E_MEMORY;
    uint8_t *framed = memory_zero(memory, count);
    if (!framed)
        return RHETOR_E_MEMORY;
    int32_t parents[8] = {-1, -1, -1, -1, -1, -1, -1, -1};
    const struct context *context = &p->in;
    bool dialogue = inside_of(scene, &p->quotations.at[0]).open == 0; /* begins with what is said */
    struct neighbours beside = {.beat = beat_subject(scene)};
    for (uint32_t i = 0; i < count; i++)
        if (p->quotations.at[i].depth == 1)
            framed[i] = row_frame(scene, i, -1);
    for (uint32_t i = count; i-- > 0;) /* the first of the paragraph: only it looks ahead */
        if (framed[i] && p->quotations.at[i].voice != RHETOR_AUTHOR)
            beside.after = &p->quotations.at[i];
    for (uint32_t i = 0; i < count; i++)
        if (p->quotations.at[i].depth == 1 && !framed[i])
            row_fill(scene, i, &beside);
        else if (framed[i] && p->quotations.at[i].voice != RHETOR_AUTHOR)
            beside.before = &p->quotations.at[i];
    for (uint32_t i = 0; i < count; i++) {
        struct quotation *row = &p->quotations.at[i];
        struct inside in = inside_of(scene, row);
        uint32_t depth = row->depth < 8 ? row->depth : 7;
        parents[depth] = (int32_t)i;
        if (depth > 1 && !row_frame(scene, i, parents[depth - 1]))
            row->voice = is_fragment(scene, &in) ? RHETOR_AUTHOR : RHETOR_QUOTED;
        if (row->voice == RHETOR_AUTHOR) {
            row->speaker = row->addressee = row->frame_start = row->frame_end = 0;
            continue;
        }
        const struct mention *called = vocative_of(scene, &in);
        uint32_t named = called ? vocative_name(scene, called, row->speaker) : 0;
        if (named)
            row->addressee = named;
        else if (depth == 1 && !row->addressee && i > 0 &&
                 p->quotations.at[i - 1].speaker == row->speaker)
            row->addressee = p->quotations.at[i - 1].addressee;
        if (depth == 1 && !row->addressee && row->speaker && context->turn.quiet == 0 && dialogue)
            row->addressee =
                context->turn.speaker != row->speaker ? context->turn.speaker : context->turn.other;
        script_pair(scene, row);
    }
    memory_give(memory, framed);
    return RHETOR_OK;
}

static struct scene scene_of(struct paragraph *p, const struct words *words, struct names *names)
{
    return (struct scene){.paragraph = p,
                          .words = words,
                          .names = names,
                          .tokens = p->tokens.at,
                          .count = p->tokens.count};
}

int32_t voice_find(struct paragraph *p, const struct words *words, struct names *names)
{
    struct scene scene = scene_of(p, words, names);
    if (!names_classes_room(names, words))
        return RHETOR_E_MEMORY;
    names->found.count = 0;
    names->told.form = 0;
    p->namings.count = 0;
    memcpy(p->out.known, p->in.known, sizeof p->out.known);
    p->out.script = p->in.script;
    int32_t status = mentions_find(&scene);
    letter_find(&scene);
    if (status == RHETOR_OK)
        status = label_find(&scene);
    bool labelled = names->found.count > 0;
    if (status == RHETOR_OK)
        status = rows_frame(&scene);
    if (status == RHETOR_OK && !names_learn(&scene))
        status = RHETOR_E_MEMORY;
    if (status == RHETOR_OK && !labelled)
        status = indirect_find(&scene);
    if (status == RHETOR_OK)
        status = rows_merge(&scene);
    if (status == RHETOR_OK)
        context_hand_on(&scene);
    if (status == RHETOR_OK && !mentions_note(&scene))
        status = RHETOR_E_MEMORY;
    return status;
}

/* ---- Tags */

static bool role_push(const struct scene *scene, uint32_t name, uint32_t start, uint32_t end,
                      uint32_t party, struct tag *tag)
{
    struct role role = {.name = name, .start = start, .end = end, .party = party};
    tag->role_count++;
    return vec_push(scene->names->arena.memory, &scene->paragraph->roles, role);
}

static bool tag_push(const struct scene *scene, const struct quotation *row, int32_t parent,
                     const struct voice_devices *devices)
{
    struct paragraph *p = scene->paragraph;
    const struct voice_device *device = row->voice == RHETOR_SCRIPTED ? &devices->scripted_dialogue
                                        : row->voice == RHETOR_QUOTED ? &devices->direct_quotation
                                                                      : &devices->scare_quotes;
    if (device->device == UINT32_MAX || (row->voice == RHETOR_AUTHOR && !is_scare(scene, row)))
        return true; /* a labelled turn among them */
    bool said = row->voice != RHETOR_AUTHOR;
    struct tag tag = {.start = said ? row->inner_start : row->start,
                      .end = said ? row->inner_end : row->end,
                      .read_end = p->length,
                      .device = device->device,
                      .rule = device->rule,
                      .first_role = p->roles.count,
                      .quotation = parent,
                      .kind = TAG_FIGURE,
                      .speaker = row->speaker,
                      .addressee = row->addressee};
    tag.voice = parent >= 0 ? p->quotations.at[parent].voice : (uint8_t)RHETOR_AUTHOR;
    tag.score = !said ? 0.75f : row->frame_end ? 0.9f : row->speaker ? 0.8f : 0.65f;
    if (row->speaker &&
        !role_push(scene, devices->speaker, row->frame_start, row->frame_end, row->speaker, &tag))
        return false;
    if (row->addressee && !role_push(scene, devices->addressee, 0, 0, row->addressee, &tag))
        return false;
    return vec_push(scene->names->arena.memory, &p->tags, tag);
}

int32_t voice_tags(struct paragraph *p, const struct words *words, struct names *names,
                   const struct voice_devices *devices)
{
    struct scene scene = scene_of(p, words, names);
    int32_t parents[8] = {-1, -1, -1, -1, -1, -1, -1, -1};
    if (!names_classes_room(names, words) || !insides_find(&scene))
        return RHETOR_E_MEMORY;
    for (uint32_t i = 0; i < p->quotations.count; i++) {
        const struct quotation *row = &p->quotations.at[i];
        uint32_t depth = row->depth < 8 ? row->depth : 7;
        int32_t parent = depth > 1 ? parents[depth - 1] : -1;
        parents[depth] = (int32_t)i;
        bool inside = parent >= 0 && p->quotations.at[parent].voice != RHETOR_AUTHOR;
        if (inside && row->voice != RHETOR_AUTHOR && row->frame_end == 0)
            continue; /* words inside words, and nobody named */
        if (!tag_push(&scene, row, parent, devices))
            return RHETOR_E_MEMORY;
    }
    return RHETOR_OK;
}
