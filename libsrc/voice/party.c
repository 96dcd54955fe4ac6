/* party.c: whom the roles of a paragraph's tags mean.
 * In: tags with roles, right after voice_find. Out: role.party of each role that is a mention and
 * little more ("your minister", "Brandt's"). Invariant: depends on the paragraph and its context
 * alone. Cost: a search in the mentions for each role. */
#include "rhetor/rhetor.h"
#include "voice/voice.h"

/* The mention that makes up a role but for a determiner before it and a genitive behind it. */
static const struct mention *mention_of(const struct scene *scene, const struct role *role)
{
    const struct mention *rows = scene->names->mentions.at;
    uint32_t low = 0, high = scene->names->mentions.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct token *last = &scene->tokens[rows[middle].last - 1];
        if (last->start + last->length <= role->start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < scene->names->mentions.count; low++) {
        const struct mention *mention = &rows[low];
        const struct token *first = &scene->tokens[mention->first];
        const struct token *last = &scene->tokens[mention->last - 1];
        if (first->start >= role->end)
            return NULL;
        uint32_t from = first->start < role->start ? role->start : first->start;
        uint32_t to = last->start + last->length;
        if (to + 4 >= role->end && from <= role->start + 6)
            return mention;
    }
    return NULL;
}

int32_t parties_find(struct paragraph *paragraph, const struct words *words, struct names *names)
{
    struct scene scene = {.paragraph = paragraph, .words = words, .names = names,
                          .tokens = paragraph->tokens.at, .count = paragraph->tokens.count};
    if (!names_classes_room(names, words))
        return RHETOR_E_MEMORY;
    for (uint32_t t = 0; t < paragraph->tags.count; t++) {
        const struct tag *tag = &paragraph->tags.at[t];
        const struct quotation *in =
            tag->quotation >= 0 ? &paragraph->quotations.at[tag->quotation] : NULL;
        struct referents referents = {in ? in->speaker : 0, in ? in->addressee : 0, 0};
        for (uint32_t r = 0; r < tag->role_count; r++) {
            struct role *role = &paragraph->roles.at[tag->first_role + r];
            const struct mention *mention = role->party ? NULL : mention_of(&scene, role);
            if (mention)
                role->party = mention_resolve(&scene, mention, &referents);
        }
    }
    return RHETOR_OK;
}
