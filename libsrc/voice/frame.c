/* frame.c: see frame.h. Scripted is what a modal, a condition, an order or a wish frames; quoted
 * what is reported. Would and could of habit report. */
#include "voice/frame.h"

#include <string.h>

#include "rhetor/rhetor.h"

/* Tokens from the words that are framed to what frames them. */
enum {
    VERB_REACH = 30,
    WEAK_REACH = 8,
    NOUN_REACH = 6,
    SUBJECT_REACH = 4,
    OBJECT_REACH = 8,
    THAT_REACH = 9
};

/* How far indirect script reaches. */
enum { MODAL_REACH = 7, LINK_REACH = 18, LET_REACH = 5, COLON_REACH = 5, CONDITION_REACH = 40 };

static const uint32_t group_classes = L_AUX | L_MODAL | L_WOULD | L_WILL | L_NOT | L_ADVERB;

static bool ends_with(const struct scene *scene, uint32_t i, const char *ending)
{
    if (i >= scene->count || scene->tokens[i].kind != TOKEN_WORD)
        return false;
    const struct word_type *type = words_type(scene->words, scene->tokens[i].type);
    size_t n = strlen(ending);
    return type->length > n && !memcmp(type->text + type->length - n, ending, n);
}

static bool is_word(const struct scene *scene, uint32_t i, const char *folded)
{
    if (i >= scene->count || scene->tokens[i].kind > TOKEN_NUMBER)
        return false;
    const struct word_type *type = words_type(scene->words, scene->tokens[i].type);
    return type->length == strlen(folded) && !memcmp(type->text, folded, type->length);
}

static bool is_base(const struct scene *scene, uint32_t i)
{
    const struct word_type *type = words_type(scene->words, scene->tokens[i].type);
    return type->lemma[1] == scene->tokens[i].type && !ends_with(scene, i, "ed") &&
           !ends_with(scene, i, "ing") && !is_word(scene, i, "put") && !is_word(scene, i, "read");
}

static bool is_group_word(const struct scene *scene, uint32_t i)
{
    return (scene_classes(scene, i) & group_classes) || is_word(scene, i, "to") ||
           ends_with(scene, i, "ly");
}

static bool is_sign(const struct scene *scene, uint32_t i)
{
    return i < scene->count && scene->tokens[i].kind >= TOKEN_PUNCTUATION;
}

/* The classes of tokens [from, to), joined. */
static uint32_t classes_in(const struct scene *scene, uint32_t from, uint32_t to)
{
    uint32_t classes = 0;
    for (uint32_t i = from; i < to; i++)
        classes |= scene_classes(scene, i);
    return classes;
}

/* A verb of saying at i, and no noun: "the answer", "his call". */
static bool is_saying(const struct scene *scene, uint32_t i)
{
    uint32_t classes = scene_classes(scene, i), before = i ? scene_classes(scene, i - 1) : 0;
    if (!(classes & (L_SAY | L_FRAGMENT)))
        return false;
    if ((before & L_DET) && !(before & (L_PRONOUN | L_SUBJECT)))
        return false;
    return !(i && is_word(scene, i - 1, "her") && (classes & L_UTTERANCE));
}

/* ---- Voice */

/* In the verb's sentence, or in the one before: "She used to say ... She would say ...". */
static bool has_habit(const struct scene *scene, uint32_t i)
{
    const struct paragraph *p = scene->paragraph;
    uint32_t low = 0, high = p->sentences.count;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->sentences.at[middle].first_token <= i)
            low = middle;
        else
            high = middle;
    }
    if (low >= p->sentences.count)
        return false;
    const struct sentence *sentence = &p->sentences.at[low];
    uint32_t to = sentence->first_token + sentence->token_count;
    for (uint32_t at = sentence[low > 0 ? -1 : 0].first_token; at < to; at++)
        if ((scene_classes(scene, at) & L_HABIT) && !scene_is_quoted(scene, at))
            return true;
    return false;
}

/* Whether a condition, a wish or an "imagine" in [from, to) governs what follows. */
static bool has_hypothesis(const struct scene *scene, uint32_t from, uint32_t to)
{
    for (uint32_t i = to; i-- > from;) {
        if (scene_is(scene, i, ";") || scene_is(scene, i, "."))
            return false;
        if (!(scene_classes(scene, i) & L_HYPO))
            continue;
        if (!is_word(scene, i, "if") && !is_word(scene, i, "unless"))
            return true;
        for (uint32_t k = i + 1; k < to; k++)
            if (scene_is(scene, k, ","))
                return false; /* "If that is so, he said" */
        return true;
    }
    return false;
}

/* What begins a piece of advice: "Try saying", "Open by saying". */
static const char *const advice[] = {"begin", "close",  "conclude", "consider", "continue",
                                     "end",   "finish", "open",     "practice", "practise",
                                     "start", "try",    NULL};

/* Before "to say": it was not said yet. */
static const char *const aims[] = {"able",  "am",    "are",    "has",   "have", "is",
                                   "need",  "needs", "ought",  "tries", "try",  "want",
                                   "wants", "wish",  "wishes", NULL};

/* What they say was not said. */
static const char *const nobodies[] = {"nobody", "none", "no", NULL};

static const char *const pasts[] = {"did", "had", "was", "were", NULL};

static bool is_one_of(const struct scene *scene, uint32_t i, const char *const *table)
{
    for (; *table; table++)
        if (is_word(scene, i, *table))
            return true;
    return false;
}

/* "could end by saying": what governs the participle. "left, saying" reports. */
static uint8_t voice_of_participle(const struct scene *scene, uint32_t from, uint32_t verb)
{
    for (uint32_t i = verb; i-- > from;) {
        uint32_t classes = scene_classes(scene, i);
        if (classes & L_HYPO)
            return RHETOR_SCRIPTED;
        if (classes & (L_MODAL | L_WOULD | L_WILL))
            return has_habit(scene, verb) ? RHETOR_QUOTED : RHETOR_SCRIPTED;
    }
    return is_one_of(scene, from, advice) ? RHETOR_SCRIPTED : RHETOR_QUOTED;
}

/* Before somebody who says it: "let him say", "I would like to hear her say". */
static const char *const causers[] = {"have", "hear", "let", "make", "see", "watch", NULL};
static const char *const causers_done[] = {"had", "heard", "made", "saw", "watched", NULL};

/* "that he announce", "let him say": a bare verb behind a subject that asks for another form. */
static bool is_bare(const struct scene *scene, uint32_t verb, const struct mention *subject)
{
    if (!is_base(scene, verb) || subject->first == 0 || (subject->gender & 4))
        return false;
    uint32_t classes = scene_classes(scene, subject->first);
    if (subject->kind == MENTION_PRONOUN && !(classes & (L_MALE | L_FEMALE)))
        return false;
    return is_word(scene, subject->first - 1, "that") ||
           is_one_of(scene, subject->first - 1, causers);
}

/* The voice of a verb at `verb` whose group begins at `group`, in a clause that begins at `from`.
 */
static uint8_t voice_of(const struct scene *scene, uint32_t from, uint32_t group, uint32_t verb,
                        const struct mention *subject)
{
    if (subject && is_one_of(scene, subject->first, nobodies))
        return RHETOR_SCRIPTED;
    if (ends_with(scene, verb, "ing"))
        return voice_of_participle(scene, from, verb);
    uint32_t classes = classes_in(scene, group, verb);
    bool hypothesis = has_hypothesis(scene, from, group);
    if (classes & (L_MODAL | L_WOULD | L_WILL)) {
        bool only = false;
        for (uint32_t i = group; i < verb + 2; i++)
            only |= is_word(scene, i, "only");
        return (only || has_habit(scene, verb)) && !hypothesis ? RHETOR_QUOTED : RHETOR_SCRIPTED;
    }
    if ((classes & L_NOT) || hypothesis || (!subject && is_base(scene, verb)))
        return RHETOR_SCRIPTED;
    if (subject && group == verb && is_base(scene, verb)) {
        if (is_bare(scene, verb, subject))
            return RHETOR_SCRIPTED;
        if ((scene_classes(scene, subject->first) & L_YOU) && (scene_classes(scene, verb) & L_TELL))
            return RHETOR_SCRIPTED; /* "when they ask, you tell them" */
    }
    if (verb > 0 && is_word(scene, verb - 1, "to") && !is_one_of(scene, group, pasts))
        for (uint32_t i = verb - 1, looked = 0; i-- > from && looked < 3; looked++)
            if (is_one_of(scene, i, aims))
                return RHETOR_SCRIPTED;
    return RHETOR_QUOTED;
}

/* ---- Before */

/* The start of the verb group that ends with `verb`. */
static uint32_t group_start(const struct scene *scene, uint32_t from, uint32_t verb)
{
    uint32_t group = verb;
    while (group > from && is_group_word(scene, group - 1) && !mention_before(scene, group))
        group--;
    /* "went on to say", "began by saying" */
    if (group < verb && is_word(scene, group, "to"))
        for (uint32_t back = 1; back <= 3 && group >= from + back; back++)
            if (mention_before(scene, group - back))
                return group - back;
    if (group > from && ends_with(scene, verb, "ing") && is_word(scene, group - 1, "by"))
        for (uint32_t back = 2; back <= 6 && group >= from + back; back++)
            if (is_group_word(scene, group - back))
                return group_start(scene, from, group - back + 1);
    return group;
}

static bool is_object(const struct scene *scene, const struct mention *mention)
{
    if (mention->owner)
        return true;
    if (mention->kind == MENTION_PRONOUN && !(scene_classes(scene, mention->first) & L_SUBJECT))
        return true;
    uint32_t before = mention->first ? scene_classes(scene, mention->first - 1) : 0;
    return (before & L_PREP) && !is_word(scene, mention->first - 1, "as");
}

/* Who is the subject of the group at `group`: who stands right before it, else the clause's first.
 */
static const struct mention *subject_of(const struct scene *scene, uint32_t from, uint32_t group)
{
    for (uint32_t back = 0; back <= SUBJECT_REACH && group >= from + back; back++) {
        const struct mention *mention = mention_before(scene, group - back);
        if (back == 0 && mention && mention->first > from &&
            (is_one_of(scene, mention->first - 1, causers) ||
             is_one_of(scene, mention->first - 1, causers_done)))
            return mention;
        if (mention && mention->first >= from && !is_object(scene, mention)) {
            if (back == 0 || !(classes_in(scene, mention->last, group) & (L_CONJ | L_SAY)))
                return mention;
        }
        if (back < SUBJECT_REACH && group > from + back && is_sign(scene, group - back - 1))
            break;
    }
    for (uint32_t i = from; i < group; i++) {
        const struct mention *mention = mention_at(scene, i);
        if (mention && mention->last <= group && !is_object(scene, mention))
            return mention;
    }
    for (uint32_t i = group; i-- > from;) /* "to the crowds which lined the street shouting" */
        if (is_word(scene, i, "who") || is_word(scene, i, "which"))
            return mention_before(scene, i);
    return NULL;
}

/* Who is told: the verb's object, or behind "to". */
static const struct mention *addressee_of(const struct scene *scene, uint32_t verb, uint32_t to)
{
    uint32_t end = verb + 1 + OBJECT_REACH < to ? verb + 1 + OBJECT_REACH : to;
    for (uint32_t i = verb + 1; i < end; i++) {
        if (is_sign(scene, i))
            return NULL;
        bool object = i == verb + 1 && (scene_classes(scene, verb) & L_TELL);
        bool dative = is_word(scene, i - 1, "to");
        const struct mention *mention = object || dative ? mention_at(scene, i) : NULL;
        if (mention && mention->last <= to)
            return mention;
    }
    return NULL;
}

/* "the words of Isaiah", "Isaiah's words", "the answer ought to be": a noun for what is said. */
static struct frame frame_of_noun(const struct scene *scene, uint32_t from, uint32_t noun,
                                  uint32_t to)
{
    struct frame frame = {.kind = FRAME_SPEECH, .voice = RHETOR_QUOTED, .verb = noun};
    uint32_t classes = classes_in(scene, noun + 1, to);
    if ((classes & L_MODAL) || has_hypothesis(scene, from, noun))
        frame.voice = RHETOR_SCRIPTED;
    if (is_word(scene, noun + 1, "of"))
        frame.subject = mention_at(scene, noun + 2);
    for (uint32_t back = 0; back <= 2 && noun >= from + back && !frame.subject; back++)
        frame.subject = mention_before(scene, noun - back);
    return frame;
}

/* Whether the verb of saying at i can frame words at `to`: a weak one ("opened", "put") and one
 * that praises or describes must stand near them. */
static bool may_frame(const struct scene *scene, uint32_t i, uint32_t to)
{
    if (!is_saying(scene, i))
        return false;
    uint32_t classes = scene_classes(scene, i), words = to - i;
    bool colon = scene_is(scene, to - 1, ":"), comma = scene_is(scene, to - 1, ",");
    if (classes & L_WEAK) {
        bool by = is_word(scene, i + 1, "by");
        if (!by && !colon && words > WEAK_REACH)
            return false;
        if (!by && !colon && !comma && !is_word(scene, i + 1, "out") &&
            !is_word(scene, i + 1, "with"))
            return false;
    }
    /* "they praise the “reform”": the author's words */
    return (classes & L_SAY) || (words <= WEAK_REACH && !(scene_classes(scene, to - 1) & L_DET));
}

/* "Tell them: ...": no subject, and nothing that gives the verb one. */
static bool is_order(const struct scene *scene, uint32_t from, uint32_t group, uint32_t verb,
                     const struct mention *subject)
{
    if (!is_base(scene, verb) || (subject && subject->last == group))
        return false;
    return group == from ||
           (is_sign(scene, group - 1) && !(classes_in(scene, from, group) & (L_MODAL | L_WOULD)));
}

/* The text tells the subject what to say: a modal, and no condition. */
static bool is_advice(const struct scene *scene, uint32_t from, uint32_t group, uint32_t verb)
{
    return (classes_in(scene, group, verb) & L_MODAL) && !has_hypothesis(scene, from, group);
}

static struct frame frame_of_verb(const struct scene *scene, uint32_t from, uint32_t verb,
                                  uint32_t to)
{
    struct frame frame = {.kind = FRAME_SPEECH, .verb = verb};
    uint32_t group = group_start(scene, from, verb);
    frame.subject = subject_of(scene, from, group);
    if (!frame.subject && is_word(scene, from, "let") && is_base(scene, verb) && from + 1 < verb)
        frame.subject = mention_at(scene, from + 1); /* "Let him come and say" */
    if (is_order(scene, from, group, verb, frame.subject)) {
        frame.subject = NULL;
        frame.order = ORDER_READER;
    } else if (verb == from && from > 0 && mention_at(scene, verb + 1))
        frame.subject = mention_at(scene, verb + 1); /* “...,” said Brandt, “...” */
    if (is_word(scene, verb + 1, "by") && !ends_with(scene, verb, "ing") &&
        mention_at(scene, verb + 2))
        frame.subject = mention_at(scene, verb + 2);
    if (frame.subject && frame.subject->last < group &&
        (scene_classes(scene, group - 1) & L_CONJ) &&
        (scene_classes(scene, frame.subject->last) & (L_MODAL | L_WOULD | L_WILL)))
        group = frame.subject->last; /* "he can stand up and say" */
    frame.voice = voice_of(scene, from, group, verb, frame.subject);
    frame.advice = is_advice(scene, from, group, verb);
    frame.would = (classes_in(scene, group, verb) & L_WOULD) && !has_hypothesis(scene, from, group);
    frame.addressee = addressee_of(scene, verb, to);
    if (frame.addressee == frame.subject)
        frame.addressee = NULL;
    return frame;
}

/* "The mayor called it “a farce”": somebody's words; "what they call “the gap”": a name. */
static bool is_verdict(const struct scene *scene, uint32_t from, uint32_t verb, uint32_t to)
{
    uint32_t group = group_start(scene, from, verb);
    const struct mention *subject = group > from ? subject_of(scene, from, group) : NULL;
    bool done = ends_with(scene, verb, "ed") || (classes_in(scene, group, verb) & L_AUX);
    return (scene_classes(scene, verb) & L_FRAGMENT) && done && verb + 1 < to && subject &&
           !is_object(scene, subject) && !is_word(scene, subject->last, "is") &&
           !is_word(scene, group, "was") && !is_word(scene, group, "were") &&
           !is_word(scene, group, "is") && !is_word(scene, group, "are") &&
           !is_word(scene, group, "be");
}

/* "that she issue a statement": the verb whose object a noun for what is said is; else `verb`. */
static uint32_t verb_of_noun(const struct scene *scene, uint32_t verb, uint32_t noun)
{
    for (uint32_t i = noun; i > verb + 1 && i + 3 > noun; i--) {
        const struct mention *subject = mention_before(scene, i - 1);
        if (subject && subject->first > verb && !is_object(scene, subject))
            return i - 1;
    }
    return verb;
}

struct frame frame_before(const struct scene *scene, uint32_t from, uint32_t to)
{
    uint32_t low = to > from + VERB_REACH ? to - VERB_REACH : from, noun = UINT32_MAX;
    bool announced = to > from && (scene_is(scene, to - 1, ",") || scene_is(scene, to - 1, ":"));
    for (uint32_t i = to; i-- > low;) {
        uint32_t classes = scene_classes(scene, i);
        if (scene_is(scene, i, ";") || (i + 1 < to && scene_is(scene, i, ":")))
            break;
        if (i > from && scene_is_glued(scene, i)) /* "so-called" */
            continue;
        if ((classes & L_CALL) && !announced && i + NOUN_REACH >= to &&
            is_verdict(scene, from, i, to))
            return frame_of_verb(scene, from, i, to);
        if ((classes & L_CALL) && !announced && i + NOUN_REACH >= to)
            return (struct frame){.kind = FRAME_LABEL,
                                  .verb = i,
                                  .voice = RHETOR_QUOTED,
                                  .subject = subject_of(scene, from, group_start(scene, from, i))};
        if (is_word(scene, i, "to") && i > from && is_word(scene, i - 1, "according"))
            return (struct frame){.kind = FRAME_SPEECH,
                                  .verb = i,
                                  .voice = RHETOR_QUOTED,
                                  .subject = mention_at(scene, i + 1)};
        if (may_frame(scene, i, to) && !((classes & L_WEAK) && noun != UINT32_MAX)) {
            uint32_t giver = noun != UINT32_MAX ? verb_of_noun(scene, i, noun) : i;
            return frame_of_verb(scene, from, giver, to);
        }
        if ((classes & L_UTTERANCE) && noun == UINT32_MAX && (announced || i + NOUN_REACH >= to))
            noun = i;
    }
    return noun != UINT32_MAX ? frame_of_noun(scene, from, noun, to) : (struct frame){0};
}

/* ---- After */

struct frame frame_after(const struct scene *scene, uint32_t from, uint32_t to)
{
    struct frame frame = {0};
    uint32_t at = from;
    if (scene_is(scene, at, ",") || scene_is(scene, at, "—") || scene_is(scene, at, "–"))
        at++;
    if (at >= to)
        return frame;
    if (is_word(scene, at, "according") && is_word(scene, at + 1, "to")) {
        frame.kind = FRAME_SPEECH;
        frame.voice = RHETOR_QUOTED;
        frame.subject = mention_at(scene, at + 2);
        return frame;
    }
    if (at == from && (scene_classes(scene, at) & (L_WOULD | L_MODAL))) /* “...” would do */
        return (struct frame){
            .kind = FRAME_SPEECH, .voice = RHETOR_SCRIPTED, .verb = at, .order = ORDER_ANYBODY};
    while (at < to && (scene_classes(scene, at) & L_ADVERB) && !mention_at(scene, at) &&
           !(scene_classes(scene, at) & L_SAY))
        at++;
    const struct mention *mention = mention_at(scene, at);
    if (!mention && is_saying(scene, at)) { /* said Brandt */
        uint32_t next = at + 1;
        while (next < to && (ends_with(scene, next, "ly") ||
                             ((scene_classes(scene, next) & L_ADVERB) && !mention_at(scene, next))))
            next++;
        mention = mention_at(scene, next);
        if (!mention || mention->last > to ||
            (mention->kind == MENTION_PRONOUN && !(scene_classes(scene, next) & L_SUBJECT)))
            return frame;
        frame.kind = FRAME_SPEECH;
        frame.voice = RHETOR_QUOTED;
        frame.verb = at;
        frame.subject = mention;
        frame.addressee = addressee_of(scene, mention->last - 1, to);
        return frame;
    }
    if (!mention || mention->last >= to)
        return frame;
    uint32_t verb = mention->last;
    if (scene_is(scene, verb, ",")) /* "Brandt, the minister, said" */
        for (uint32_t i = verb + 1; i < to && i < verb + 12; i++)
            if (scene_is(scene, i, ",")) {
                verb = i + 1;
                break;
            }
    uint32_t group = verb;
    while (verb < to && is_group_word(scene, verb) && !is_saying(scene, verb))
        verb++;
    if (is_word(scene, verb, "went") || is_word(scene, verb, "go") ||
        is_word(scene, verb, "goes")) {
        if (!is_word(scene, verb + 1, "on"))
            return frame;
    } else if (!is_saying(scene, verb) || verb >= to)
        return frame;
    frame.kind = FRAME_SPEECH;
    frame.verb = verb;
    frame.subject = mention;
    frame.voice = voice_of(scene, from, group, verb, mention);
    frame.advice = is_advice(scene, from, group, verb);
    frame.would = (classes_in(scene, group, verb) & L_WOULD) && !has_hypothesis(scene, from, group);
    frame.addressee = addressee_of(scene, verb, to);
    return frame;
}

/* ---- Indirect */

/* What is thought or agreed rather than said. */
static const char *const thoughts[] = {"agree",     "agreed",  "conclude", "hear",   "muse",
                                       "ponder",    "predict", "read",     "recall", "reflect",
                                       "speculate", "vote",    "wonder",   NULL};

/* What an imagined speaker does. */
static const char *const retorts[] = {"answer",  "argue",  "ask",    "claim",   "complain",
                                      "counter", "insist", "object", "protest", "reply",
                                      "respond", "retort", "say",    "tell",    NULL};

static const char *const told[] = {"assured", "informed", "reminded", "told", "warned", NULL};

static const char *const nones[] = {"one", "many", NULL};

/* Whether somebody in particular, or an imagined speaker of `verb`, is the subject. */
static bool is_somebody(const struct scene *scene, const struct mention *mention, uint32_t verb)
{
    uint32_t classes = scene_classes(scene, mention->first);
    if (mention->kind == MENTION_PRONOUN)
        return (classes & (L_PRONOUN | L_YOU)) && (classes & L_SUBJECT);
    if (is_one_of(scene, mention->first, nones) || (classes & L_SELF))
        return false;
    return !(scene_classes(scene, mention->last - 1) & L_NOBODY) || is_one_of(scene, verb, retorts);
}

/* Behind a verb of saying: the first token of what is said, where a "that" or a colon brings it in;
 * 0: none. Between them the hearer and an aside may stand. */
static uint32_t words_of(const struct scene *scene, uint32_t verb, uint32_t to)
{
    uint32_t commas = 0, last = verb + LINK_REACH < to ? verb + LINK_REACH : to;
    for (uint32_t i = verb + 1; i < last; i++) {
        if (is_word(scene, i, "that"))
            return commas != 1 && i + 2 < to && (i <= verb + THAT_REACH || commas) ? i + 1 : 0;
        if (scene_is(scene, i, ":"))
            return i <= verb + COLON_REACH && i + 2 < to && !scene_is_quoted(scene, i + 1) ? i + 1
                                                                                           : 0;
        if (scene_is(scene, i, ","))
            commas++;
        else if (is_sign(scene, i))
            return 0;
        if (commas == 0 && i > verb + 1 && (scene_classes(scene, i) & (L_MODAL | L_HYPO)))
            return 0;
    }
    return 0;
}

/* "He can say it was ...", "you tell them I'm with ...": no "that". */
static uint32_t plain_words_of(const struct scene *scene, uint32_t verb, uint32_t to)
{
    uint32_t at = verb + 1;
    if ((scene_classes(scene, verb) & L_TELL) && (scene_classes(scene, at) & L_HIM))
        at++;
    else if (!is_word(scene, verb, "say"))
        return 0;
    bool clause = (scene_classes(scene, at) & L_SUBJECT) || is_word(scene, at, "it");
    return clause && !is_word(scene, at, "who") && at + 2 < to ? at : 0;
}

/* The end of what is said: before an aside of the author's, ", which is true". */
static uint32_t words_end(const struct scene *scene, uint32_t words, uint32_t to)
{
    for (uint32_t i = words + 2; i + 1 < to; i++)
        if (scene_is(scene, i, ";") || (scene_is(scene, i, ",") && is_word(scene, i + 1, "which")))
            return i;
    return to;
}

/* "would do well to", "would be wise to": advice; "would" alone is habit as often. */
static bool is_wise(const struct scene *scene, uint32_t i)
{
    return (is_word(scene, i + 1, "do") && is_word(scene, i + 2, "well")) ||
           (is_word(scene, i + 1, "be") &&
            (is_word(scene, i + 2, "wise") || is_word(scene, i + 2, "well") ||
             is_word(scene, i + 2, "right")));
}

static bool has_condition(const struct scene *scene, uint32_t from, uint32_t to)
{
    from = to > from + CONDITION_REACH ? to - CONDITION_REACH : from;
    return (classes_in(scene, from, to) & L_HYPO) || is_word(scene, from, "were");
}

/* The verb of saying that the modal at i governs; 0: none. */
static uint32_t modal_verb(const struct scene *scene, uint32_t i, uint32_t to)
{
    uint32_t verb = i + 1;
    while (verb < to && verb < i + MODAL_REACH && !is_saying(scene, verb) &&
           (!is_sign(scene, verb) || scene_is(scene, verb, ",")))
        verb++;
    if (verb >= to || !is_saying(scene, verb) || is_one_of(scene, verb, thoughts) ||
        (classes_in(scene, i + 1, verb) & (L_NOT | L_DET | L_HYPO | L_SUBJECT)))
        return 0;
    bool have = is_word(scene, i + 1, "have") && !is_word(scene, verb - 1, "been");
    bool by = is_word(scene, verb - 1, "by") && ends_with(scene, verb, "ing");
    return is_base(scene, verb) || have || by ? verb : 0;
}

/* Indirect script whose modal stands at i. */
static bool indirect_modal(const struct scene *scene, uint32_t from, uint32_t i, uint32_t to,
                           struct indirect how, struct frame *frame, uint32_t *words)
{
    uint32_t classes = scene_classes(scene, i), verb;
    const struct mention *subject =
        classes & L_SUBJECT ? mention_at(scene, i) : mention_before(scene, i); /* "I'd" */
    bool would = (classes & L_WOULD) != 0, will = (classes & L_WILL) != 0;
    if (!(classes & (L_MODAL | L_WOULD | L_WILL)) || (classes & L_NOT) || !subject)
        return false;
    if (would && !is_wise(scene, i) && !has_condition(scene, from, i))
        return false;
    if (is_word(scene, i + 1, "be") && is_one_of(scene, i + 2, told)) { /* "he should be told" */
        *frame = (struct frame){
            .kind = FRAME_SPEECH, .verb = i + 2, .order = ORDER_ANYBODY, .addressee = subject};
        return !would && !will && is_somebody(scene, subject, i + 2) &&
               (*words = words_of(scene, i + 2, to)) > 0;
    }
    verb = modal_verb(scene, i, to);
    if (verb == 0 || (will && !is_one_of(scene, verb, retorts)))
        return false;
    bool self = (scene_classes(scene, subject->first) & L_SELF) != 0;
    if (self ? !has_condition(scene, from, i) : !is_somebody(scene, subject, verb))
        return false;
    *words = words_of(scene, verb, to);
    if (!*words)
        *words = will || would ? 0 : plain_words_of(scene, verb, to);
    const struct mention *addressee = addressee_of(scene, verb, to);
    bool you = (scene_classes(scene, subject->first) & L_YOU) != 0;
    if (!*words || (you && !addressee && !how.advised && !scene_is(scene, *words - 1, ":")))
        return false;
    *frame = (struct frame){.kind = FRAME_SPEECH,
                            .verb = verb,
                            .subject = subject,
                            .addressee = addressee,
                            .advice = !will};
    return true;
}

/* Whether an order may begin at i: first of its sentence, behind a comma or "and", or behind what
 * is no subject where a "when" or an "if" opens the sentence. */
static bool may_order(const struct scene *scene, uint32_t from, uint32_t i)
{
    static const char *const openers[] = {"and",    "but",    "instead", "just", "or",
                                          "please", "simply", "so",      "then", NULL};
    static const char *const conditions[] = {"as",     "if",    "once", "should",   "supposing",
                                             "unless", "until", "when", "whenever", NULL};
    if (i == from)
        return true;
    uint32_t clause = i - 1, low = i > from + CONDITION_REACH ? i - CONDITION_REACH : from;
    while (clause > low && !is_sign(scene, clause - 1))
        clause--;
    clause += is_word(scene, clause, "and") || is_word(scene, clause, "but");
    bool condition = is_one_of(scene, from, conditions) || is_one_of(scene, clause, conditions);
    if (is_sign(scene, i - 1))
        return condition || i <= from + 3;
    if (is_one_of(scene, i - 1, openers))
        return i <= from + 2 || condition;
    return condition && !mention_before(scene, i) &&
           !(scene_classes(scene, i - 1) &
             (L_MODAL | L_WOULD | L_WILL | L_AUX | L_SUBJECT | L_CONJ | L_NOT));
}

/* "Tell them that ...", "If asked, say that ...". */
static bool indirect_order(const struct scene *scene, uint32_t from, uint32_t i, uint32_t to,
                           struct indirect how, struct frame *frame, uint32_t *words)
{
    uint32_t classes = scene_classes(scene, i);
    bool say = is_word(scene, i, "say");
    bool tell = (classes & L_TELL) && (classes & L_SAY) && !(classes & L_WEAK) &&
                mention_at(scene, i + 1) && !(scene_classes(scene, i + 1) & (L_SELF | L_YOU));
    if ((!say && !tell) || !is_base(scene, i) || !may_order(scene, from, i))
        return false;
    if (say && i == from && !how.going_on && !how.advised)
        return false;
    *words = words_of(scene, i, to);
    if (!*words && (tell || how.going_on))
        *words = plain_words_of(scene, i, to);
    *frame = (struct frame){.kind = FRAME_SPEECH,
                            .verb = i,
                            .order = ORDER_READER,
                            .addressee = addressee_of(scene, i, to)};
    return *words > 0;
}

/* "Let it be said that ...", "you may let it be seen that ...", "let the record show that ...". */
static bool indirect_let(const struct scene *scene, uint32_t i, uint32_t to, struct frame *frame,
                         uint32_t *words)
{
    static const char *const passives[] = {"known", "noted", "recorded",   "remembered",
                                           "said",  "seen",  "understood", NULL};
    if (!is_word(scene, i, "let"))
        return false;
    uint32_t at = i + 1;
    bool it = is_word(scene, at, "it") && is_word(scene, at + 1, "be");
    bool record = is_word(scene, at, "the") && is_word(scene, at + 1, "record");
    if (!it && !record)
        return false;
    at += 2;
    if (record ? !is_word(scene, at, "show") : !is_one_of(scene, at, passives))
        return false;
    *words = words_of(scene, at, to);
    const struct mention *subject = NULL;
    for (uint32_t back = 1; back <= 2 && i >= back && !subject; back++)
        if (scene_classes(scene, i - back) & L_MODAL)
            subject = mention_before(scene, i - back);
    *frame = (struct frame){.kind = FRAME_SPEECH,
                            .verb = at,
                            .subject = subject,
                            .order = subject ? ORDER_NONE : ORDER_ANYBODY,
                            .advice = subject != NULL};
    return *words > 0;
}

/* "have her tell him that ...", "suggest that he say ...", "if he were to say that ...", "when they
 * ask, you tell them: ...", "if he asks whether ...". */
static bool indirect_clause(const struct scene *scene, uint32_t from, uint32_t i, uint32_t to,
                            struct frame *frame, uint32_t *words)
{
    if (!is_saying(scene, i) || i == from || is_one_of(scene, i, thoughts))
        return false;
    uint32_t group = i;
    while (group > from && (ends_with(scene, group - 1, "ly") || is_word(scene, group - 1, "then")))
        group--;
    const struct mention *subject = mention_before(scene, group);
    bool bare = subject && subject->first > from && is_base(scene, i) &&
                !(scene_classes(scene, subject->first) & (L_SELF | L_NOBODY)) &&
                is_one_of(scene, subject->first - 1, causers);
    if (!bare && subject)
        bare = is_bare(scene, i, subject);
    bool you = subject && (scene_classes(scene, subject->first) & L_YOU) && is_base(scene, i) &&
               (scene_classes(scene, i) & L_TELL) && !(scene_classes(scene, i) & L_WEAK) &&
               (scene_classes(scene, i + 1) & L_HIM);
    bool heard = subject && subject->first > from && is_one_of(scene, i, told) &&
                 is_one_of(scene, subject->first - 1, causers); /* "hear the General told that" */
    bool were = group > from + 2 && is_word(scene, group - 1, "to") &&
                is_word(scene, group - 2, "were") && has_condition(scene, from, group);
    bool asks = subject && subject->first > from && is_word(scene, subject->first - 1, "if") &&
                (is_word(scene, i, "asks") || is_word(scene, i, "ask"));
    if (were)
        subject = mention_before(scene, group - 2);
    *frame = (struct frame){.kind = FRAME_SPEECH,
                            .verb = i,
                            .subject = subject,
                            .addressee = addressee_of(scene, i, to)};
    if (asks) {
        static const char *const openers[] = {"how",   "what", "whether", "when",
                                              "where", "who",  "why",     NULL};
        uint32_t at = i + 1 + (mention_at(scene, i + 1) != NULL);
        *words = is_one_of(scene, at, openers) && at + 2 < to ? at : 0;
        return *words > 0;
    }
    if (!subject || (!bare && !you && !were && !heard))
        return false;
    if (heard) {
        frame->addressee = subject;
        frame->subject = NULL;
        frame->order = ORDER_ANYBODY;
    }
    *words = words_of(scene, i, to);
    if (!*words)
        *words = plain_words_of(scene, i, to);
    return *words > 0;
}

struct frame frame_indirect(const struct scene *scene, uint32_t from, uint32_t to,
                            struct indirect how, uint32_t *words, uint32_t *end)
{
    struct frame frame = {0};
    for (uint32_t i = how.at > from ? how.at : from; i < to; i++) {
        if (scene->tokens[i].kind != TOKEN_WORD)
            continue;
        *words = 0;
        if (!indirect_order(scene, from, i, to, how, &frame, words) &&
            !indirect_modal(scene, from, i, to, how, &frame, words) &&
            !indirect_let(scene, i, to, &frame, words) &&
            !indirect_clause(scene, from, i, to, &frame, words))
            continue;
        while (*words < to && is_sign(scene, *words))
            ++*words;
        *end = words_end(scene, *words, to);
        if (is_one_of(scene, frame.verb, (const char *const[]){"ask", "asks", NULL}))
            for (uint32_t k = *words; k < *end; k++) /* "if he asks whether ..., she" */
                if (scene_is(scene, k, ","))
                    *end = k;
        frame.voice = RHETOR_SCRIPTED;
        return frame;
    }
    return (struct frame){0};
}
