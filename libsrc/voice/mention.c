/* mention.c: see mention.h. */
#include "voice/mention.h"

#include <string.h>

#include "rhetor/rhetor.h"

enum {
    ROLE_REACH = 4,      /* words from a determiner to its noun */
    SAYING_REACH = 4,    /* words from a name to its verb of saying */
    NAMED_REACH = 8,     /* tokens from "a girl" to "whose name is Tasha" */
    TOLD_MAX = 4,        /* in one paragraph */
    ATTRIBUTE_REACH = 5, /* tokens of "for the trust" */
    LOOK_BACK = 24,      /* mentions that a later one is compared with */
    AGE_MAX = 8          /* paragraphs that a name stays in the context */
};
enum { MALE = 1, FEMALE = 2, GROUP = 4 };

static bool has_word(const struct name *name, const char *word, size_t n)
{
    const char *at = name->text, *own;
    size_t m;
    while (name_word_next(&at, &own, &m))
        if (is_same_word(own, m, word, n))
            return true;
    return false;
}

static bool is_proper(const char *name)
{
    return (name[0] >= 'A' && name[0] <= 'Z') || (unsigned char)name[0] >= 0xC3;
}

static const uint32_t no_name = L_DET | L_SUBJECT | L_PREP | L_CONJ | L_MODAL | L_WOULD | L_WILL |
                                L_AUX | L_DATE | L_NOT | L_HIM | L_SELF | L_YOU | L_PRONOUN;

uint32_t scene_classes(const struct scene *scene, uint32_t i)
{
    if (i >= scene->count || scene->tokens[i].kind != TOKEN_WORD)
        return 0;
    return names_classes(scene->names, scene->words, scene->tokens[i].type);
}

bool scene_is(const struct scene *scene, uint32_t i, const char *sign)
{
    return i < scene->count && scene->tokens[i].length == strlen(sign) &&
           !memcmp(scene->paragraph->bytes + scene->tokens[i].start, sign, scene->tokens[i].length);
}

bool scene_is_glued(const struct scene *scene, uint32_t i)
{
    return i < scene->count && (scene->tokens[i].flags & TOKEN_GLUED);
}

bool scene_is_quoted(const struct scene *scene, uint32_t token)
{
    const struct paragraph *p = scene->paragraph;
    uint32_t byte = scene->tokens[token].start, low = 0, high = p->quotations.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->quotations.at[middle].start <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    while (low-- > 0) { /* the last that starts before, and what it stands in */
        const struct quotation *row = &p->quotations.at[low];
        if (byte < row->end)
            return true;
        if (row->depth == 1)
            return false;
    }
    return false;
}

static uint8_t gender_of(uint32_t classes)
{
    return (uint8_t)((classes & L_MALE ? MALE : 0) | (classes & L_FEMALE ? FEMALE : 0) |
                     (classes & L_GROUP ? GROUP : 0));
}

static bool is_capital(const struct scene *scene, uint32_t i)
{
    return i < scene->count && scene->tokens[i].kind == TOKEN_WORD &&
           (scene->tokens[i].flags & TOKEN_CAPITAL);
}

/* Bytes of "'s" at a token's end. */
static uint32_t possessive(const struct scene *scene, uint32_t i)
{
    const struct token *token = &scene->tokens[i];
    const struct word_type *type = words_type(scene->words, token->type);
    uint32_t n = type->length;
    if (n > 2 && !memcmp(type->text + n - 2, "'s", 2))
        return token->flags & TOKEN_NON_ASCII ? 4 : 2;
    return 0;
}

static bool is_name_word(const struct scene *scene, uint32_t i)
{
    return is_capital(scene, i) && !(scene_classes(scene, i) & no_name) &&
           !(words_type(scene->words, scene->tokens[i].type)->function);
}

/* Whether a name of the context holds this word. */
static bool is_in_context(const struct scene *scene, uint32_t i)
{
    char text[SCENE_TEXT];
    size_t n = scene_text(scene, i, i + 1, text);
    const struct context *in = &scene->paragraph->in;
    for (uint32_t k = 0; k < in->name_count; k++) {
        const struct name *name = &scene->names->rows.at[in->names[k].name - 1];
        if (is_proper(name->text) && has_word(name, text, n))
            return true;
    }
    return false;
}

/* Whether a name may begin here: not where the capital may be the sentence's alone. */
static bool is_name_start(const struct scene *scene, uint32_t i)
{
    if (!is_name_word(scene, i))
        return false;
    const struct token *token = &scene->tokens[i];
    if (!(token->flags & TOKEN_FIRST))
        return true;
    uint32_t classes = scene_classes(scene, i);
    if (classes & (L_HYPO | L_ADVERB | L_HABIT | L_VERB))
        return false;
    if (first_name_gender(scene->paragraph->bytes + token->start, token->length))
        return true;
    if ((token->flags & (TOKEN_NAME | TOKEN_UPPER)) || token->pos == 0 || is_in_context(scene, i))
        return true;
    if (is_name_word(scene, i + 1)) { /* "Wake Father", "Ask Anna" */
        const struct token *next = &scene->tokens[i + 1];
        return !(scene_classes(scene, i + 1) & (L_TITLE | L_MALE | L_FEMALE)) &&
               !first_name_gender(scene->paragraph->bytes + next->start, next->length);
    }
    /* "Stone could add", "Stone rose and said": a common noun would have its determiner */
    const struct word_type *type = words_type(scene->words, token->type);
    if (classes != 0 || type->text[type->length - 1] == 's' ||
        (scene_classes(scene, i + 1) & (L_PREP | L_DET | L_CONJ)))
        return false;
    for (uint32_t at = i + 1; at <= i + SAYING_REACH && at < scene->count; at++) {
        if (scene->tokens[at].kind >= TOKEN_PUNCTUATION)
            return false;
        if (scene_classes(scene, at) & L_SAY)
            return true;
    }
    return false;
}

/* The end of a run of name words that begins at i: hyphens, initials and "de" inside. */
static uint32_t name_end(const struct scene *scene, uint32_t i)
{
    uint32_t at = i;
    for (;;) {
        bool initial = scene->tokens[at].length == 1;
        if (possessive(scene, at))
            return at + 1;
        at++;
        if ((scene_is(scene, at, ".") && scene_is_glued(scene, at)) &&
            (initial || (scene_classes(scene, at - 1) & L_TITLE)) && is_name_word(scene, at + 1))
            at++;
        else if (scene_is(scene, at, "-") && scene_is_glued(scene, at) &&
                 scene_is_glued(scene, at + 1) && is_capital(scene, at + 1)) {
            at++;
            continue;
        }
        uint32_t link = at;
        while (link < at + 2 && link < scene->count && !is_capital(scene, link) &&
               (scene_classes(scene, link) & L_LINK) && !scene_is_glued(scene, link))
            link++;
        if (link > at && is_name_word(scene, link)) {
            at = link;
            continue;
        }
        if (!is_name_word(scene, at) || (scene_is_glued(scene, at)))
            return at;
    }
}

/* The words of tokens [first, last) with one blank between, without a possessive ending. */
size_t scene_text(const struct scene *scene, uint32_t first, uint32_t last, char *out)
{
    size_t n = 0;
    for (uint32_t i = first; i < last; i++) {
        const struct token *token = &scene->tokens[i];
        size_t size = token->length - (i + 1 == last ? possessive(scene, i) : 0);
        bool blank = n > 0 && !(token->flags & TOKEN_GLUED);
        if (n + size + 1 >= SCENE_TEXT)
            break;
        if (blank)
            out[n++] = ' ';
        memcpy(out + n, scene->paragraph->bytes + token->start, size);
        if (i == first && (scene_classes(scene, i) & L_DET) && out[n] >= 'A' && out[n] <= 'Z')
            out[n] = (char)(out[n] + 32);
        n += size;
    }
    return n;
}

/* ---- Short forms */

/* Whether a name and an earlier one are of the same person, as far as their words tell. */
static bool same_person(const struct name *a, const struct name *b)
{
    if (a->own == 0 || b->own == 0)
        return false;
    bool last = is_same_word(a->last, a->last_length, b->last, b->last_length);
    bool first = is_same_word(a->first, a->first_length, b->first, b->first_length);
    return a->own > 1 && b->own > 1 ? last && first : last || first;
}

static bool genders_fit(uint8_t a, uint8_t b) { return a == 0 || b == 0 || (a & b); }

/* Whether an earlier name is whom a mention means by a shorter or a fuller form, or by the title.
 */
static bool is_meant(const struct scene *scene, const struct mention *mention, uint32_t earlier,
                     uint8_t gender)
{
    const struct name *name = &scene->names->rows.at[earlier - 1];
    const struct name *own = &scene->names->rows.at[mention->name - 1];
    if (!is_proper(name->text) || !genders_fit(mention->gender, gender))
        return false;
    if (mention->kind == MENTION_NAME)
        return same_person(own, name);
    return name->own > 0 && has_word(name, own->last, own->last_length) &&
           !is_same_word(name->last, name->last_length, own->last, own->last_length);
}

static bool is_indefinite(const char *text)
{
    return !strncmp(text, "a ", 2) || !strncmp(text, "an ", 3) || !strncmp(text, "another ", 8);
}

static bool same_head(const struct name *a, const struct name *b)
{
    return is_same_word(a->last, a->last_length, b->last, b->last_length);
}

static bool known_push(const struct scene *scene, uint32_t form, uint32_t name)
{
    struct context *out = &scene->paragraph->out;
    struct naming naming = {.form = form, .name = name, .kind = NAMING_TOLD};
    if (scene->paragraph->namings.count == TOLD_MAX)
        return true;
    if (!vec_push(scene->names->arena.memory, &scene->paragraph->namings, naming))
        return false;
    memmove(&out->known[1], &out->known[0], (CONTEXT_KNOWN - 1) * sizeof *out->known);
    out->known[0].form = form;
    out->known[0].name = name;
    return true;
}

/* "the boy" behind "a boy" who was told to be Col; a new "a boy" is another one. */
static bool role_known(const struct scene *scene, struct mention *mention)
{
    struct context *out = &scene->paragraph->out;
    const struct name *own = &scene->names->rows.at[mention->name - 1];
    for (uint32_t i = 0; i < CONTEXT_KNOWN && out->known[i].form; i++) {
        const struct name *form = &scene->names->rows.at[out->known[i].form - 1];
        if (!same_head(own, form))
            continue;
        if (is_indefinite(own->text)) {
            memmove(&out->known[i], &out->known[i + 1],
                    (CONTEXT_KNOWN - i - 1) * sizeof *out->known);
            memset(&out->known[CONTEXT_KNOWN - 1], 0, sizeof *out->known);
            return true;
        }
        if (own == form || !strncmp(own->text, "the ", 4)) {
            mention->name = out->known[i].name;
            return true;
        }
    }
    return false;
}

/* "the boy" behind "a boy", "the lawyer" behind "his lawyer"; not "the boy at the gate". */
static void role_link(const struct scene *scene, struct mention *mention)
{
    const struct names *names = scene->names;
    const struct name *own = &names->rows.at[mention->name - 1];
    const struct context *in = &scene->paragraph->in;
    uint32_t count = names->mentions.count, behind = scene_classes(scene, mention->last);
    if (strncmp(own->text, "the ", 4) != 0 || (behind & L_PREP) ||
        ((behind & L_CONJ) && !(behind & L_ADVERB)))
        return;
    for (uint32_t back = 1; back <= count && back <= LOOK_BACK; back++) {
        const struct mention *row = &names->mentions.at[count - back];
        if (row->kind == MENTION_ROLE && row->name && row->name != mention->name &&
            !is_proper(names->rows.at[row->name - 1].text) &&
            same_head(own, &names->rows.at[row->name - 1])) {
            mention->name = row->name;
            mention->gender |= row->gender;
            return;
        }
    }
    for (uint32_t i = 0; i < in->name_count; i++) {
        const struct name *earlier = &names->rows.at[in->names[i].name - 1];
        if (!is_proper(earlier->text) && same_head(own, earlier)) {
            mention->name = in->names[i].name;
            mention->gender |= in->names[i].gender;
            return;
        }
    }
}

/* Gives a mention the number of the name that was used before for the same person. */
static void mention_link(const struct scene *scene, struct mention *mention)
{
    const struct mention *rows = scene->names->mentions.at;
    const struct name *own = &scene->names->rows.at[mention->name - 1];
    uint32_t count = scene->names->mentions.count, number = 0;
    uint8_t gender = 0;
    if (mention->kind == MENTION_ROLE && role_known(scene, mention))
        return;
    bool definite = !strncmp(own->text, "the ", 4) || own->last == own->text;
    if (mention->kind == MENTION_ROLE &&
        (!definite || !is_title_word(own->last, own->last_length))) {
        role_link(scene, mention);
        return;
    }
    for (uint32_t back = 1; back <= count && back <= LOOK_BACK && !number; back++) {
        const struct mention *row = &rows[count - back];
        if (row->name == 0)
            continue;
        if (row->name == mention->name || is_meant(scene, mention, row->name, row->gender)) {
            number = row->name;
            gender = row->gender;
        }
    }
    const struct context *in = &scene->paragraph->in;
    for (uint32_t i = 0; i < in->name_count && !number; i++)
        if (in->names[i].name == mention->name ||
            is_meant(scene, mention, in->names[i].name, in->names[i].gender)) {
            number = in->names[i].name;
            gender = in->names[i].gender;
        }
    if (number) {
        mention->name = number;
        mention->gender |= gender;
    } else if (mention->kind == MENTION_ROLE)
        role_link(scene, mention);
}

/* ---- Finding */

/* What speaks only in print: "the report says". No pronoun for a person means it. */
static const char *const things[] = {
    "account",  "article", "bill",   "book",    "brochure", "charter", "column",
    "law",      "leaflet", "letter", "manual",  "memo",     "note",    "notice",
    "pamphlet", "paper",   "poster", "proverb", "report",   "sign",    "statement",
    "study",    "survey",  "treaty", "website", NULL};

static bool is_thing(const struct scene *scene, uint32_t i)
{
    const struct word_type *type = words_type(scene->words, scene->tokens[i].type);
    for (size_t k = 0; things[k]; k++)
        if (strlen(things[k]) == type->length && !memcmp(things[k], type->text, type->length))
            return true;
    return false;
}

/* "anybody", "a man who ...", "he is a man": whom no pronoun outside its clause means. */
static bool is_generic(const struct scene *scene, uint32_t first, uint32_t last)
{
    uint32_t classes = scene_classes(scene, first);
    if (is_thing(scene, last - 1))
        return true;
    if (last == first + 1)
        return (classes & L_NOBODY) && !(classes & L_GROUP);
    return (scene_is(scene, first, "a") || scene_is(scene, first, "an") ||
            scene_is(scene, first, "any") || scene_is(scene, first, "no") ||
            scene_is(scene, first, "one")) &&
           (scene_is(scene, last, "who") || scene_is(scene, last, "whose") ||
            (first > 0 &&
             ((scene_classes(scene, first - 1) & L_AUX) || scene_is(scene, first - 1, "as") ||
              scene_is(scene, first - 1, "like"))));
}

/* `name`: the token where its text begins, "my brother" left out of "my brother Col". */
static bool mention_push(const struct scene *scene, uint32_t first, uint32_t name, uint32_t last,
                         uint8_t kind, uint8_t gender)
{
    struct mention mention = {.first = first, .last = last, .kind = kind, .gender = gender};
    if (kind != MENTION_PRONOUN) {
        char text[SCENE_TEXT];
        mention.name = names_add(scene->names, text, scene_text(scene, name, last, text));
        if (mention.name == 0)
            return false;
        mention.own = mention.name;
        const struct name *own = &scene->names->rows.at[mention.name - 1];
        if (kind == MENTION_NAME && !gender && own->own > 0)
            mention.gender = first_name_gender(own->first, own->first_length);
        mention_link(scene, &mention);
        mention.owner = possessive(scene, last - 1) > 0;
        mention.generic = kind == MENTION_ROLE && is_generic(scene, first, last);
        mention.place = first > 0 && kind == MENTION_NAME && !mention.gender &&
                        (scene_is(scene, first - 1, "in") || scene_is(scene, first - 1, "In") ||
                         scene_is(scene, first - 1, "at") || scene_is(scene, first - 1, "near"));
    }
    return vec_push(scene->names->arena.memory, &scene->names->mentions, mention);
}

static uint8_t gender_in(const struct scene *scene, uint32_t first, uint32_t last)
{
    uint32_t classes = 0;
    for (uint32_t i = first; i < last; i++)
        classes |= scene_classes(scene, i);
    return gender_of(classes & (L_MALE | L_FEMALE));
}

static bool is_plain_noun(const struct scene *scene, uint32_t i)
{
    return i < scene->count && scene->tokens[i].kind == TOKEN_WORD &&
           !(scene_classes(scene, i) & no_name) &&
           !words_type(scene->words, scene->tokens[i].type)->function;
}

/* Whether somebody who was named before ends with the word of a token: "an agent" ... "the agent".
 */
static bool is_head_known(const struct scene *scene, uint32_t i)
{
    char text[SCENE_TEXT];
    size_t n = scene_text(scene, i, i + 1, text);
    const struct context *in = &scene->paragraph->in;
    const struct names *names = scene->names;
    for (uint32_t k = 0; k < in->name_count; k++) {
        const struct name *name = &names->rows.at[in->names[k].name - 1];
        if (!is_proper(name->text) && is_same_word(name->last, name->last_length, text, n))
            return true;
    }
    for (uint32_t back = 1; back <= LOOK_BACK && back <= names->mentions.count; back++) {
        const struct mention *row = &names->mentions.at[names->mentions.count - back];
        const struct name *name = row->own ? &names->rows.at[row->own - 1] : NULL;
        if (name && row->kind == MENTION_ROLE &&
            is_same_word(name->last, name->last_length, text, n))
            return true;
    }
    return false;
}

/* As role_end, for nouns that are not in the lexicon: whoever says or is told something is
 * somebody, "the agent said", "she told the agent.", and is so again. */
static uint32_t speaking_end(const struct scene *scene, uint32_t i)
{
    uint32_t end = i + 1, before = i ? scene_classes(scene, i - 1) : 0;
    while (
        end < i + ROLE_REACH && is_plain_noun(scene, end) &&
        !((scene_classes(scene, end) & L_SAY) && end > i + 1 && !is_plain_noun(scene, end + 1)) &&
        !possessive(scene, end)) {
        if (end > i + 1 && (scene_classes(scene, end) & L_SAY))
            break;
        end++;
    }
    if (end == i + 1)
        return 0;
    uint32_t behind = scene_classes(scene, end);
    bool says = (behind & L_SAY) && !(behind & (L_WEAK | L_ROLE)) &&
                !(scene_classes(scene, end - 1) & (L_UTTERANCE | L_DATE));
    if ((scene->tokens[i].flags & TOKEN_FIRST) && end >= i + 3 &&
        (scene_is(scene, end, "his") || scene_is(scene, end, "her")))
        return end - 1; /* "The scout wiped his face." */
    bool stop = end >= scene->count || scene->tokens[end].kind >= TOKEN_PUNCTUATION;
    bool asked = (before & L_SAY) && !(before & L_WEAK) && stop && end <= i + 3 &&
                 ((before & L_TELL) || (i > 1 && scene->tokens[i - 2].kind >= TOKEN_PUNCTUATION)) &&
                 !(scene_classes(scene, end - 1) & L_UTTERANCE);
    return says || asked || (end == i + 2 && is_head_known(scene, end - 1)) ? end : 0;
}

/* The token behind the noun for a person that a determiner or a possessive at i leads to; 0: none.
 */
static uint32_t role_end(const struct scene *scene, uint32_t i)
{
    uint32_t end = 0;
    for (uint32_t at = i + 1; at <= i + ROLE_REACH && at < scene->count; at++) {
        const struct token *token = &scene->tokens[at];
        uint32_t classes = scene_classes(scene, at);
        if (token->kind == TOKEN_PUNCTUATION && scene_is(scene, at, "-") &&
            scene_is_glued(scene, at))
            continue;
        if (token->kind > TOKEN_NUMBER ||
            (classes & (L_PREP | L_CONJ | L_AUX | L_MODAL | L_WOULD | L_WILL | L_DET | L_SUBJECT)))
            break;
        if (classes & L_ROLE)
            end = at + 1;
        else if (end && !possessive(scene, at - 1))
            break;
        else if ((classes & L_SAY) && !(classes & (L_ADVERB | L_WEAK)))
            break;
    }
    return end;
}

/* "Some will ask", "Some of you say": behind the subject; 0: it is none. */
static uint32_t some_end(const struct scene *scene, uint32_t i)
{
    uint32_t classes = scene_classes(scene, i), end = i + 1;
    if ((classes & L_DET) && (classes & L_NOBODY) && scene_is(scene, end, "of") &&
        (scene_classes(scene, end + 1) & L_DET))
        return role_end(scene, end + 1); /* "one of the men" */
    if (!(classes & L_NOBODY) || (classes & (L_SELF | L_ROLE | L_ADVERB)) ||
        scene_is(scene, i, "it") || scene_is(scene, i, "It") || scene_is(scene, i, "one") ||
        scene_is(scene, i, "One"))
        return 0;
    if (scene_is(scene, end, "of") && (scene_classes(scene, end + 1) & (L_YOU | L_SELF | L_HIM)))
        end += 2;
    uint32_t next = scene_classes(scene, end);
    return (next & (L_MODAL | L_WOULD | L_WILL)) || ((next & L_SAY) && !(next & L_WEAK)) ? end : 0;
}

static int32_t mention_find_at(const struct scene *scene, uint32_t *at)
{
    uint32_t i = *at, classes = scene_classes(scene, i), end;
    bool room = true;
    *at = i + 1;
    if ((classes & L_TITLE) && is_capital(scene, i)) {
        end = i;
        while (is_capital(scene, end) && (scene_classes(scene, end) & L_TITLE))
            end++;
        if (scene_is(scene, end, ".") && scene_is_glued(scene, end))
            end++;
        bool named = is_name_word(scene, end) && !scene_is_glued(scene, end);
        if (named)
            end = name_end(scene, end);
        bool first = (scene->tokens[i].flags & TOKEN_FIRST) && end == i + 1;
        if (named || !first || (scene_classes(scene, i) & L_ROLE) || is_name_start(scene, i))
            room = mention_push(scene, i, i, end,
                                named || end > i + 1 || !(classes & L_ROLE) ? MENTION_NAME
                                                                            : MENTION_ROLE,
                                gender_in(scene, i, end));
        else
            return RHETOR_OK;
    } else if (is_name_start(scene, i)) {
        end = name_end(scene, i);
        if (possessive(scene, end - 1)) { /* "Nell's father" */
            uint32_t role = role_end(scene, end - 1);
            if (!mention_push(scene, i, i, end, MENTION_NAME, 0))
                return RHETOR_E_MEMORY;
            if (role) {
                room = mention_push(scene, i, i, role, MENTION_ROLE, gender_in(scene, end, role));
                end = role;
            }
        } else
            room = mention_push(scene, i, i, end, MENTION_NAME, 0);
    } else if ((classes & L_DET) &&
               (end = scene_is(scene, i + 1, "of") ? some_end(scene, i) : 0) > 0) {
        room = mention_push(scene, i, i, end, MENTION_ROLE, 0);
    } else if ((classes & L_DET) && !(classes & L_SUBJECT) &&
               ((end = role_end(scene, i)) > 0 || (end = speaking_end(scene, i)) > 0)) {
        uint32_t head = scene_classes(scene, end - 1);
        uint32_t name = end;
        if (is_name_word(scene, name) && !scene_is_glued(scene, name) &&
            !possessive(scene, end - 1))
            name = name_end(scene, name); /* "the minister Ana Moor" */
        room = mention_push(scene, i, name > end ? end : i, name,
                            name > end ? MENTION_NAME : MENTION_ROLE, gender_of(head));
        end = name;
    } else if ((classes & (L_SUBJECT | L_PRONOUN | L_HIM)) && !(classes & L_CONJ)) {
        end = i + 1;
        room = mention_push(scene, i, i, end, MENTION_PRONOUN, gender_of(classes));
    } else if ((end = some_end(scene, i)) > 0 ||
               ((classes & L_ROLE) && (classes & (L_GROUP | L_NOBODY)))) {
        end = end > 0 ? end : i + 1;
        room = mention_push(scene, i, i, end, MENTION_ROLE, gender_of(classes));
    } else
        return RHETOR_OK;
    *at = end;
    return room ? RHETOR_OK : RHETOR_E_MEMORY;
}

/* Sets which quotation each mention stands in. */
static void mentions_place(const struct scene *scene)
{
    const struct paragraph *p = scene->paragraph;
    uint32_t row = 0;
    for (uint32_t i = 0; i < scene->names->mentions.count; i++) {
        struct mention *mention = &scene->names->mentions.at[i];
        uint32_t start = scene->tokens[mention->first].start;
        while (row < p->quotations.count &&
               (p->quotations.at[row].depth > 1 || p->quotations.at[row].end <= start))
            row++;
        mention->row =
            row < p->quotations.count && p->quotations.at[row].start <= start ? row + 1 : 0;
    }
}

/* "a boy called Col", "a girl whose name is Tasha": both mean the one. */
static bool mentions_named(const struct scene *scene)
{
    struct mention *rows = scene->names->mentions.at;
    for (uint32_t i = 1; i < scene->names->mentions.count; i++) {
        uint32_t at = rows[i].first;
        const struct mention *before = &rows[i - 1];
        bool called =
            at > 1 && (scene_is(scene, at - 1, "called") || scene_is(scene, at - 1, "named"));
        bool whose = at > 3 && scene_is(scene, at - 1, "is") && scene_is(scene, at - 2, "name") &&
                     scene_is(scene, at - 3, "whose");
        if (rows[i].kind != MENTION_NAME || rows[i].owner || before->kind != MENTION_ROLE ||
            !(called || whose) || before->last + NAMED_REACH < at ||
            (called && before->last + 1 != at && !scene_is(scene, before->last, "of")))
            continue;
        rows[i].gender |= before->gender;
        if (!known_push(scene, before->name, rows[i].name))
            return false;
        rows[i - 1].gender = rows[i].gender;
        rows[i - 1].name = rows[i].name;
    }
    return true;
}

/* Whether tokens [from, to) are nothing, or "for the trust". */
static bool is_attribute(const struct scene *scene, uint32_t from, uint32_t to)
{
    if (from == to)
        return true;
    if (from > to || to > from + ATTRIBUTE_REACH || !(scene_classes(scene, from) & L_PREP))
        return false;
    for (uint32_t i = from; i < to; i++)
        if (scene->tokens[i].kind >= TOKEN_PUNCTUATION ||
            (scene_classes(scene, i) & (L_AUX | L_SAY)))
            return false;
    return true;
}

/* "the chairman, Oskar Lund,": both mean him. */
static void mentions_appose(const struct scene *scene)
{
    struct mention *rows = scene->names->mentions.at;
    for (uint32_t i = 1; i < scene->names->mentions.count; i++) {
        uint32_t comma = rows[i - 1].last, end = rows[i].last;
        if (rows[i - 1].kind == MENTION_NAME && rows[i].kind == MENTION_ROLE &&
            !rows[i - 1].owner && rows[i].first == comma + 1 && scene_is(scene, comma, ",") &&
            rows[i].own && is_indefinite(scene->names->rows.at[rows[i].own - 1].text)) {
            rows[i].generic = true; /* "Pell, a joiner" */
            rows[i - 1].gender |= rows[i].gender;
            continue;
        }
        uint32_t role = i - 1;
        if (role > 0 && rows[role - 1].kind == MENTION_ROLE &&
            rows[role - 1].last + 1 == rows[role].first &&
            (scene_classes(scene, rows[role - 1].last) & L_PREP))
            role--; /* "a spokesman for the council, Ian Moss," */
        comma = rows[i].first - 1;
        if (rows[role].kind != MENTION_ROLE || rows[i].kind != MENTION_NAME || rows[i].owner ||
            !scene_is(scene, comma, ",") || !is_attribute(scene, rows[role].last, comma) ||
            (end < scene->count && scene->tokens[end].kind < TOKEN_PUNCTUATION))
            continue;
        rows[role].name = rows[i].name;
        rows[i].gender |= rows[role].gender & (MALE | FEMALE);
        rows[role].gender = rows[i].gender;
    }
}

int32_t mentions_find(const struct scene *scene)
{
    int32_t status = RHETOR_OK;
    scene->names->mentions.count = 0;
    for (uint32_t at = 0; at < scene->count && status == RHETOR_OK;)
        status =
            scene->tokens[at].kind == TOKEN_WORD ? mention_find_at(scene, &at) : (at++, RHETOR_OK);
    mentions_place(scene);
    mentions_appose(scene);
    return mentions_named(scene) ? status : RHETOR_E_MEMORY;
}

/* The first mention that ends behind a token. */
static uint32_t mention_row(const struct scene *scene, uint32_t token)
{
    uint32_t low = 0, high = scene->names->mentions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (scene->names->mentions.at[middle].last <= token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct mention *mention_at(const struct scene *scene, uint32_t first)
{
    const struct mention *found = NULL;
    for (uint32_t row = mention_row(scene, first);
         row < scene->names->mentions.count && scene->names->mentions.at[row].first <= first; row++)
        if (scene->names->mentions.at[row].first == first)
            found = &scene->names->mentions.at[row]; /* the longest */
    return found;
}

const struct mention *mention_before(const struct scene *scene, uint32_t last)
{
    if (last == 0)
        return NULL;
    uint32_t row = mention_row(scene, last - 1);
    const struct mention *found = NULL;
    for (; row < scene->names->mentions.count && scene->names->mentions.at[row].first < last; row++)
        if (scene->names->mentions.at[row].last == last)
            found = &scene->names->mentions.at[row];
    return found;
}

/* ---- Pronouns */

static bool gender_fits(uint8_t pronoun, uint8_t gender)
{
    if (pronoun & GROUP)
        return gender & GROUP;
    return !(gender & GROUP) && genders_fit(pronoun, gender);
}

static uint8_t context_gender(const struct context *in, uint32_t name)
{
    for (uint32_t i = 0; i < in->name_count; i++)
        if (in->names[i].name == name)
            return in->names[i].gender;
    return 0;
}

/* In the paragraph: of the nearest sentence with a fitting mention the first one, its subject more
 * often than not; one whose gender is known before one whose is not. `row`: of mentions in that
 * quotation alone. */
static uint32_t resolve_here(const struct scene *scene, const struct mention *pronoun, uint32_t row,
                             uint32_t except)
{
    struct mention *rows = scene->names->mentions.at, *best = NULL, *sure = NULL;
    uint32_t sentence = UINT32_MAX, sure_sentence = UINT32_MAX, looked = 0;
    for (uint32_t i = (uint32_t)(pronoun - rows); i-- > 0 && looked < LOOK_BACK; looked++) {
        uint32_t of = scene->tokens[rows[i].first].sentence;
        if (sure && of != sure_sentence)
            break;
        if (rows[i].row != row || rows[i].kind == MENTION_PRONOUN || rows[i].place ||
            rows[i].generic || rows[i].name == except || rows[i].name == scene->self ||
            rows[i].name == scene->you || !gender_fits(pronoun->gender, rows[i].gender))
            continue;
        if (rows[i].gender) {
            sure = &rows[i];
            sure_sentence = of;
        } else if (!best || of == sentence) {
            best = &rows[i];
            sentence = of;
        }
    }
    bool far = sure && best && best->kind == MENTION_NAME && sentence > sure_sentence + 1;
    best = sure && !far ? sure : best;
    if (!best)
        return 0;
    best->gender |= pronoun->gender;
    return best->name;
}

/* "I", "she", the one who writes or reads: nobody whom a pronoun of the third person means. */
static bool is_unnamed(const struct scene *scene, uint32_t number)
{
    static const char *const pronouns[] = {"I", "he", "she", "they", "you", NULL};
    if (number == 0 || number == scene->self || number == scene->you)
        return true;
    const char *text = scene->names->rows.at[number - 1].text;
    for (size_t i = 0; pronouns[i]; i++)
        if (!strcmp(text, pronouns[i]))
            return true;
    return false;
}

/* In the dialogue, then among those named before; exact genders first. */
static uint32_t resolve_before(const struct scene *scene, const struct mention *pronoun,
                               uint32_t except)
{
    const struct context *in = &scene->paragraph->in;
    bool script = in->turn.voice == RHETOR_SCRIPTED;
    uint32_t partners[2] = {script ? in->turn.speaker : in->turn.other,
                            script ? in->turn.other : in->turn.speaker};
    for (uint32_t exact = 2; exact-- > 0;)
        for (uint32_t i = 0; i < 2 && in->turn.quiet == 0; i++) {
            uint8_t gender = context_gender(in, partners[i]);
            if (!is_unnamed(scene, partners[i]) && partners[i] != except && (gender || !exact) &&
                gender_fits(pronoun->gender, gender))
                return partners[i];
        }
    for (uint32_t exact = 2; exact-- > 0;)
        for (uint32_t i = 0; i < in->name_count; i++)
            if (in->names[i].name != except && !is_unnamed(scene, in->names[i].name) &&
                (in->names[i].gender || !exact) &&
                gender_fits(pronoun->gender, in->names[i].gender))
                return in->names[i].name;
    return 0;
}

uint32_t mention_resolve(const struct scene *scene, const struct mention *mention,
                         const struct referents *referents)
{
    if (mention->kind != MENTION_PRONOUN)
        return mention->name;
    uint32_t classes = scene_classes(scene, mention->first);
    if (classes & L_SELF)
        return referents->self;
    if (classes & L_YOU)
        return referents->you;
    uint32_t name = resolve_here(scene, mention, mention->row, referents->except);
    if (!name && mention->row)
        name = resolve_here(scene, mention, 0, referents->except);
    if (!name)
        name = resolve_before(scene, mention, referents->except);
    scene->names->mentions.at[mention - scene->names->mentions.at].name = name;
    return name;
}

bool mention_is_title(const struct scene *scene, const struct mention *mention)
{
    if (mention->kind == MENTION_PRONOUN)
        return false;
    if (mention->last == mention->first + 1 &&
        !(scene_classes(scene, mention->first) & (L_ROLE | L_MALE | L_FEMALE)))
        return false; /* "Col", with no name behind it, is one */
    for (uint32_t i = mention->first; i < mention->last; i++)
        if (!(scene_classes(scene, i) & (L_TITLE | L_ROLE | L_MALE | L_FEMALE)) &&
            scene->tokens[i].kind == TOKEN_WORD)
            return false;
    return scene->names->rows.at[mention->name - 1].own <= 1;
}

/* ---- Context */

static void context_push(struct context *out, uint32_t name, uint8_t gender, uint8_t age)
{
    for (uint32_t i = 0; i < out->name_count; i++)
        if (out->names[i].name == name) {
            out->names[i].gender |= gender;
            return;
        }
    if (name == 0 || out->name_count == CONTEXT_NAMES || age > AGE_MAX)
        return;
    out->names[out->name_count].name = name;
    out->names[out->name_count].gender = gender;
    out->names[out->name_count].age = age;
    out->name_count++;
}

bool name_is_proper(const struct names *names, uint32_t number)
{
    return number && is_proper(names->rows.at[number - 1].text) &&
           strcmp(names->rows.at[number - 1].text, "I") != 0;
}

bool mention_identify(const struct scene *scene, uint32_t form, uint32_t name)
{
    struct names *names = scene->names;
    if (!form || form == name || name_is_proper(names, form) || names->told.form)
        return true;
    names->told.form = form;
    names->told.name = name;
    for (uint32_t i = 0; i < names->mentions.count; i++)
        if (names->mentions.at[i].name == form)
            names->mentions.at[i].name = name;
    for (uint32_t i = 0; i < scene->paragraph->quotations.count; i++) {
        struct quotation *row = &scene->paragraph->quotations.at[i];
        row->speaker = row->speaker == form ? name : row->speaker;
        row->addressee = row->addressee == form ? name : row->addressee;
    }
    return is_unnamed(scene, form) || known_push(scene, form, name);
}

void mentions_hand_on(const struct scene *scene)
{
    struct context *out = &scene->paragraph->out;
    const struct context *in = &scene->paragraph->in;
    const struct paragraph *p = scene->paragraph;
    const struct names *names = scene->names;
    memset(out->names, 0, sizeof out->names);
    out->name_count = 0;
    for (uint32_t back = 1; back <= p->quotations.count && out->name_count + 4 < CONTEXT_NAMES;
         back++) {
        const struct quotation *row = &p->quotations.at[p->quotations.count - back];
        uint32_t pair[2] = {row->speaker, row->addressee};
        for (uint32_t i = 0; i < 2; i++)
            if (!is_unnamed(scene, pair[i]))
                context_push(out, pair[i], context_gender(in, pair[i]), 0);
    }
    uint32_t count = names->mentions.count;
    for (uint32_t back = 1; back <= count; back++) {
        const struct mention *row = &names->mentions.at[count - back];
        if (!row->place && !row->generic && !is_unnamed(scene, row->name) &&
            (row->kind == MENTION_NAME || row->row == 0))
            context_push(out, row->name, row->gender, 0);
    }
    for (uint32_t i = 0; i < in->name_count; i++) {
        uint32_t name =
            in->names[i].name == names->told.form ? names->told.name : in->names[i].name;
        context_push(out, name, in->names[i].gender, (uint8_t)(in->names[i].age + 1));
    }
}

bool mentions_note(const struct scene *scene)
{
    const struct names *names = scene->names;
    uint32_t last = 0;
    for (uint32_t i = 0; i < names->mentions.count; i++) {
        const struct mention *mention = &names->mentions.at[i];
        struct naming naming = {
            .form = mention->own, .name = mention->name, .gender = mention->gender};
        if (mention->kind == MENTION_NAME && !mention->place && mention->own != last)
            naming.kind = NAMING_NAME;
        else if (mention->kind == MENTION_ROLE && mention->row == 0 &&
                 is_indefinite(names->rows.at[mention->own - 1].text))
            naming.kind = NAMING_NEW;
        else
            continue;
        last = naming.gender ? 0 : mention->own;
        if (!vec_push(names->arena.memory, &scene->paragraph->namings, naming))
            return false;
    }
    return true;
}
