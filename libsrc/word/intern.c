/* intern.c: see intern.h. Words are folded into a stack buffer, hashed (FNV-1a over 8 bytes a step) and
 * looked up by open addressing; the table is kept at most half full. */
#include "word/intern.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "rhetor/rhetor.h"
#include "word/pos.h"

enum { FIRST_SLOTS = 2048, FOLD_MAX = 256 };

int32_t words_init(struct words *words, const struct memory *memory,
                   const struct vocabulary *vocabulary)
{
    memset(words, 0, sizeof *words);
    arena_init(&words->arena, memory);
    words->vocabulary = *vocabulary;
    words->slots = memory_zero(memory, FIRST_SLOTS * sizeof *words->slots);
    if (!words->slots)
        return RHETOR_E_MEMORY;
    words->slot_count = FIRST_SLOTS;
    return RHETOR_OK;
}

void words_free(struct words *words)
{
    const struct memory *memory = words->arena.memory;
    if (!memory)
        return;
    vec_free(memory, &words->types);
    vec_free(memory, &words->scratch);
    memory_give(memory, words->slots);
    arena_free(&words->arena);
}

static uint32_t hash_of(const char *text, uint32_t length)
{
    uint64_t hash = 0xcbf29ce484222325u ^ length;
    while (length >= 8) {
        uint64_t chunk;
        memcpy(&chunk, text, 8);
        hash = (hash ^ chunk) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
        text += 8;
        length -= 8;
    }
    uint64_t rest = 0;
    memcpy(&rest, text, length);
    hash = (hash ^ rest) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(hash ^ hash >> 29);
}

static bool slots_grow(struct words *words)
{
    uint32_t count = words->slot_count * 2;
    uint32_t *slots = memory_zero(words->arena.memory, (size_t)count * sizeof *slots);
    if (!slots)
        return false;
    for (uint32_t row = 0; row < words->types.count; row++) {
        uint32_t at = words->types.at[row]->hash & (count - 1);
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = row + 1;
    }
    memory_give(words->arena.memory, words->slots);
    words->slots = slots;
    words->slot_count = count;
    return true;
}

/* Fills a new row: what the table knows, what the engine asks, the lemmas' rows. */
static bool type_fill(struct words *words, uint32_t row)
{
    struct word_type *type = words->types.at[row];
    word_lookup(type->text, type->length, &type->info);
    type->sound = word_stress_sound(type->text, type->length);
    type->function = word_is_function(&type->info);
    type->groups = words->vocabulary.find
                       ? words->vocabulary.find(words->vocabulary.user, type->text, type->length,
                                                &type->info, &type->group_count, &words->arena)
                       : NULL;
    for (int pos = 0; pos < 4; pos++) {
        const struct word_lemma *lemma = &type->info.lemma[pos];
        type->lemma[pos] = row;
        if (lemma->length == 0 ||
            (lemma->length == type->length && !memcmp(lemma->text, type->text, type->length)))
            continue;
        uint32_t other = words_intern(words, lemma->text, lemma->length);
        if (other == UINT32_MAX)
            return false;
        type->lemma[pos] = other;
    }
    return true;
}

static uint32_t intern_hashed(struct words *words, const char *folded, uint32_t length,
                              uint32_t hash)
{
    uint32_t at = hash & (words->slot_count - 1);
    for (; words->slots[at]; at = (at + 1) & (words->slot_count - 1)) {
        const struct word_type *type = words->types.at[words->slots[at] - 1];
        if (type->hash == hash && type->length == length && !memcmp(type->text, folded, length))
            return words->slots[at] - 1;
    }
    struct word_type *type = arena_take(&words->arena, sizeof *type);
    char *text = arena_text(&words->arena, folded, length);
    uint32_t row = words->types.count;
    if (!type || !text || !vec_push(words->arena.memory, &words->types, type))
        return UINT32_MAX;
    memset(type, 0, sizeof *type);
    type->text = text;
    type->length = length;
    type->hash = hash;
    words->slots[at] = row + 1;
    if (words->types.count * 2 > words->slot_count && !slots_grow(words))
        return UINT32_MAX;
    return type_fill(words, row) ? row : UINT32_MAX;
}

uint32_t words_intern(struct words *words, const char *folded, uint32_t length)
{
    return intern_hashed(words, folded, length, hash_of(folded, length));
}

/* Lower case, straight apostrophe. Words over FOLD_MAX bytes keep their first bytes. */
static uint32_t fold(const char *text, uint32_t length, bool ascii, char *out)
{
    if (length > FOLD_MAX - 4)
        length = FOLD_MAX - 4;
    if (ascii) {
        for (uint32_t i = 0; i < length; i++) {
            unsigned char c = (unsigned char)text[i];
            out[i] = (char)(c + ((unsigned)(c - 'A') < 26u ? 32 : 0));
        }
        return length;
    }
    uint32_t n = 0;
    for (int32_t i = 0; i < (int32_t)length;) {
        UChar32 c;
        U8_NEXT(text, i, (int32_t)length, c);
        if (c < 0)
            break;
        c = c == 0x2019 || c == 0x2018 ? '\'' : c == 0x2010 || c == 0x2011 ? '-' : u_tolower(c);
        if (n + 4 > FOLD_MAX)
            break;
        U8_APPEND_UNSAFE(out, n, c);
    }
    return n;
}

/* Parts of speech of one sentence's tokens. */
static bool sentence_tag(struct words *words, struct paragraph *paragraph,
                         const struct sentence *sentence)
{
    uint32_t n = sentence->token_count;
    struct token *tokens = paragraph->tokens.at + sentence->first_token;
    size_t bytes = n * (sizeof(struct word_info *) + 3);
    if (!vec_room(words->arena.memory, &words->scratch, bytes - words->scratch.count + bytes))
        return false;
    const struct word_info **infos = (const struct word_info **)(void *)words->scratch.at;
    uint8_t *flags = (uint8_t *)(infos + n), *pos = flags + n, *confidence = pos + n;
    for (uint32_t i = 0; i < n; i++) {
        const struct token *token = &tokens[i];
        infos[i] = &words->types.at[token->type]->info;
        flags[i] = (uint8_t)((token->flags & TOKEN_CAPITAL ? POS_CAPITAL : 0) |
                             (token->flags & TOKEN_UPPER ? POS_UPPER : 0) |
                             (token->flags & TOKEN_FIRST ? POS_FIRST : 0) |
                             (token->kind == TOKEN_NUMBER ? POS_IS_NUMBER : 0) |
                             (token->kind >= TOKEN_PUNCTUATION ? POS_IS_PUNCT : 0) |
                             (token->flags & TOKEN_BREAK ? POS_BREAK : 0));
    }
    pos_tag(infos, flags, n, pos, confidence);
    for (uint32_t i = 0; i < n; i++) {
        tokens[i].pos = pos[i];
        tokens[i].confidence = confidence[i];
        if (pos[i] == POS_NAME)
            tokens[i].flags |= TOKEN_NAME;
    }
    return true;
}

int32_t words_find(struct words *words, struct paragraph *paragraph)
{
    char folded[FOLD_MAX + 8] = {0};
    for (uint32_t i = 0; i < paragraph->tokens.count; i++) {
        struct token *token = &paragraph->tokens.at[i];
        uint32_t length = fold(paragraph->bytes + token->start, token->length,
                               !(token->flags & TOKEN_NON_ASCII), folded);
        token->type = words_intern(words, folded, length);
        if (token->type == UINT32_MAX)
            return RHETOR_E_MEMORY;
    }
    for (uint32_t i = 0; i < paragraph->sentences.count; i++)
        if (!sentence_tag(words, paragraph, &paragraph->sentences.at[i]))
            return RHETOR_E_MEMORY;
    return RHETOR_OK;
}
