/* mention.h: who is mentioned where in a paragraph.
 * In: tokens with types, sentences, quotations; who was named before (paragraph->in). Out: mentions
 * in order, each with the number of its name; pronouns are resolved when asked. Invariant: a short
 * form ("Brandt") has the number of the fuller one that was named before it
 * ("General Ayla Brandt"), within the paragraph or its context. Cost: one pass; a look at the few
 * names before for each. */
#ifndef RHETOR_VOICE_MENTION_H
#define RHETOR_VOICE_MENTION_H

#include "segment/paragraph.h"
#include "voice/name.h"

enum mention_kind { MENTION_NAME = 1, MENTION_ROLE, MENTION_PRONOUN };

struct mention {
    uint32_t first, last; /* tokens [first, last) */
    uint32_t own;         /* the number of its own words; 0: a pronoun */
    uint32_t name;        /* its number; 0: a pronoun not looked at yet, or nobody */
    uint8_t kind;
    uint8_t gender; /* 1 male, 2 female, 4 group; 0 not known */
    uint8_t place;  /* stands behind "in", "at", ...: hardly a person */
    uint8_t owner;  /* "Brandt's" */
    uint8_t generic; /* "anybody", "a man who ..." */
    uint32_t row;   /* of the outermost quotation that it stands in, from 1; 0: none */
};

/* What the steps of voice/ work on. */
struct scene {
    struct paragraph *paragraph;
    const struct words *words;
    struct names *names;
    const struct token *tokens;
    uint32_t count;
    uint32_t self, you; /* what "I" and "you" mean outside quotations */
};

uint32_t scene_classes(const struct scene *scene,
                       uint32_t token); /* 0 past the end, and for signs */
bool scene_is(const struct scene *scene, uint32_t token, const char *sign);
bool scene_is_glued(const struct scene *scene, uint32_t token);
bool scene_is_quoted(const struct scene *scene,
                     uint32_t token); /* inside a quotation or its marks */

/* The words of tokens [first, last) with one blank between, without a possessive ending; room for
 * SCENE_TEXT bytes. Returns their length. */
enum { SCENE_TEXT = 160 };
size_t scene_text(const struct scene *scene, uint32_t first, uint32_t last, char *out);

/* Fills names->mentions. */
int32_t mentions_find(const struct scene *scene);

/* Whether a number is of a person's own name; "the boy" and "she" have none. */
bool name_is_proper(const struct names *names, uint32_t number);

/* The text said who `form` is, a noun or a pronoun so far: out->known, and what was handed on.
 * False: no memory. */
bool mention_identify(const struct scene *scene, uint32_t form, uint32_t name);

/* The mention that begins at, ends before, or holds a token; NULL: none. */
const struct mention *mention_at(const struct scene *scene, uint32_t first);
const struct mention *mention_before(const struct scene *scene, uint32_t last);

/* The name that a mention stands for; of a pronoun the nearest fitting one before it, which learns
 * its gender. 0: not known. */
struct referents {
    uint32_t self, you; /* what "I" and "you" mean there */
    uint32_t except;    /* who is not meant: "he told him" are two */
};
uint32_t mention_resolve(const struct scene *scene, const struct mention *mention,
                         const struct referents *referents);

/* Whether a mention is a mere title or a word for kin ("General", "Dad"): whom it means is not in
 * it. */
bool mention_is_title(const struct scene *scene, const struct mention *mention);

/* Fills paragraph->out.names: who speaks and is spoken to, then who was named, the latest first. */
void mentions_hand_on(const struct scene *scene);

/* Adds what the whole document is to know of the names: paragraph->namings. False: no memory. */
bool mentions_note(const struct scene *scene);

#endif
