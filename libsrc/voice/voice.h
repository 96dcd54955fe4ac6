/* voice.h: in whose voice the quotations of a paragraph stand.
 * In: tokens with types, sentences, quotations, what the paragraph before hands on (paragraph->in).
 * Out: of each quotation voice, speaker, addressee and frame; rows for indirect script ("she can
 * then note that ...") and for labelled turns ("Brandt: ...", the author's voice), which have no
 * marks; what the document is to know of names (paragraph->namings); paragraph->out
 * but `open`'s marks; and, by voice_tags, the tags of voice and dialogue. Invariant: what a
 * paragraph gets depends on it and on paragraph->in alone. Cost: one pass over the tokens; a
 * sentence's tokens for each quotation. */
#ifndef RHETOR_VOICE_VOICE_H
#define RHETOR_VOICE_VOICE_H

#include "voice/mention.h"

int32_t voice_find(struct paragraph *paragraph, const struct words *words, struct names *names);

/* Fills role.party of the tags that there are: whom a name, a title, a pronoun means. After
 * voice_find on the same paragraph (voice/party.c). */
int32_t parties_find(struct paragraph *paragraph, const struct words *words, struct names *names);

/* What the engine calls the devices of this step, and the detector's rules; UINT32_MAX: switched
 * off. */
struct voice_device {
    uint32_t device, rule;
};
struct voice_devices {
    struct voice_device scripted_dialogue, direct_quotation, scare_quotes;
    uint32_t speaker, addressee; /* role names */
};

/* Appends to paragraph->tags and ->roles, a tag a quotation, in order. A role that stands in
 * another paragraph has the span 0,0 and its party. */
int32_t voice_tags(struct paragraph *paragraph, const struct words *words, struct names *names,
                   const struct voice_devices *devices);

#endif
