/* pattern_words.c: the words of pattern files: keys, classes, lexicons, devices. In: a place. Out: what may
 * be written there. Invariant: a place that is not understood gets the keys of a pattern. Cost: the
 * lines above the place, and the sources of all rules where lexicons are asked for. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "server.h"

enum where { IN_FILE = 1, IN_SET = 2, IN_LEXICON = 4, IN_DEVICE = 8, IN_PATTERN = 16, IN_MOVE = 32,
             IN_SERIES = 64, IN_COUNT = 128, IN_ANTIPATTERN = 256, IN_SHIFT = 512,
             IN_AGREE = 1024 };
enum { IN_RULE = IN_PATTERN | IN_MOVE | IN_SERIES | IN_COUNT | IN_ANTIPATTERN };
enum value { OTHER, DEVICES, LEXICONS, FLAG, SCOPE, POSITION, VOICE, UNIT, SHARE };

static const struct key {
    const char *name;
    int where;
    enum value value;
    const char *help;
} keys[] = {
    {"set", IN_FILE, OTHER, "name, version, author, license and citation of the set"},
    {"lexicons", IN_FILE, OTHER, "lists of words and phrases, each with a name"},
    {"words", IN_FILE | IN_LEXICON | IN_SERIES | IN_SHIFT, OTHER,
     "the words of a lexicon; how many words are shared or looked at; corrections of word classes"},
    {"devices", IN_FILE, OTHER, "devices: new ones, or changes to those of the sets below"},
    {"antipatterns", IN_FILE | IN_DEVICE, OTHER, "what is no device: exempts what it overlaps"},
    {"name", IN_SET | IN_DEVICE, OTHER, "as a reader sees it"},
    {"version", IN_SET, OTHER, "of the set"},
    {"license", IN_SET, OTHER, "of the set"},
    {"author", IN_SET, OTHER, "of the set"},
    {"citation", IN_SET, OTHER, "how to cite the set"},
    {"language", IN_SET, OTHER, "of the set: en"},
    {"include", IN_LEXICON, LEXICONS, "other lexicons whose words belong to this one"},
    {"minus", IN_LEXICON, OTHER, "words that are taken out again"},
    {"file", IN_LEXICON, OTHER, "a word list in the set's folder, an entry a line"},
    {"id", IN_DEVICE | IN_RULE, DEVICES, "stable short name: letters, digits, hyphens"},
    {"family", IN_DEVICE, OTHER, "the group it is listed under"},
    {"definition", IN_DEVICE, OTHER, "one line: what it does"},
    {"references", IN_DEVICE, OTHER, "where it is described"},
    {"message", IN_DEVICE | IN_RULE, OTHER, "what a tag says; {role} puts in a part"},
    {"roles", IN_DEVICE, OTHER, "names of the parts that its patterns may mark"},
    {"threshold", IN_DEVICE, OTHER, "score from which it is shown, 0 to 1 [0.5]"},
    {"prior", IN_DEVICE, OTHER, "added to the log-odds of every tag of it, -5 to 5"},
    {"hidden", IN_DEVICE, FLAG, "a building block of moves: never shown itself"},
    {"disable", IN_DEVICE, FLAG, "true: the device is not looked for"},
    {"override", IN_DEVICE, FLAG, "true: begins anew instead of changing the device below"},
    {"patterns", IN_DEVICE, OTHER, "what tags it; patterns+ adds, patterns- takes out"},
    {"moves", IN_DEVICE, OTHER, "compositions of other devices"},
    {"series", IN_DEVICE, OTHER, "neighbouring units that share something"},
    {"counts", IN_DEVICE, OTHER, "so many tags of some kinds in one unit"},
    {"pattern", IN_PATTERN | IN_ANTIPATTERN, OTHER,
     "words, {lexicons} and {classes}; the rest is PCRE2"},
    {"weight", IN_RULE, OTHER, "score of a tag by this rule, 0 to 1"},
    {"scope", IN_PATTERN, SCOPE, "what a match may not pass: sentence, clause, paragraph, …"},
    {"voice", IN_PATTERN, VOICE, "in whose words it counts"},
    {"speaker", IN_PATTERN, OTHER, "only in this speaker's words"},
    {"position", IN_PATTERN, POSITION, "where in the text or paragraph"},
    {"unless", IN_PATTERN | IN_MOVE, OTHER, "not where this matches in the same unit"},
    {"unless-before", IN_PATTERN, OTHER, "not where this matches before it"},
    {"unless-after", IN_PATTERN, OTHER, "not where this matches after it"},
    {"unless-in", IN_PATTERN, OTHER, "not inside a match of this"},
    {"unless-previous", IN_PATTERN, OTHER, "not where the unit before matches this"},
    {"unless-next", IN_PATTERN, OTHER, "not where the unit after matches this"},
    {"near", IN_PATTERN | IN_SHIFT, OTHER, "only where this matches in the same unit"},
    {"before", IN_PATTERN | IN_SHIFT, OTHER, "only where this matches before it"},
    {"after", IN_PATTERN | IN_SHIFT, OTHER, "only where this matches after it"},
    {"previous", IN_PATTERN | IN_SHIFT, OTHER, "only where the unit before matches this"},
    {"next", IN_PATTERN | IN_SHIFT, OTHER, "only where the unit after matches this"},
    {"in", IN_PATTERN | IN_SHIFT | IN_COUNT, UNIT,
     "only inside a match of this; the unit of a count"},
    {"raise", IN_PATTERN, OTHER, "what makes it likelier: near, before, … and by"},
    {"lower", IN_PATTERN, OTHER, "what makes it less likely"},
    {"by", IN_SHIFT, OTHER, "log-odds, 0 to 5 [0.5]"},
    {"agree", IN_PATTERN, OTHER, "what groups must share: same-word, same-lemma, different, …"},
    {"same-word", IN_AGREE, OTHER, "groups that are one word"},
    {"same-lemma", IN_AGREE, OTHER, "groups that are forms of one word"},
    {"different", IN_AGREE, OTHER, "groups that are different words"},
    {"different-lemma", IN_AGREE, OTHER, "groups that are forms of different words"},
    {"reversed", IN_AGREE, OTHER, "groups whose second half repeats the first, reversed"},
    {"case", IN_PATTERN | IN_ANTIPATTERN, FLAG, "true: capitals matter"},
    {"raw", IN_PATTERN | IN_ANTIPATTERN, FLAG, "true: PCRE2 as it is"},
    {"exempts", IN_ANTIPATTERN, DEVICES, "devices that it exempts [every one]"},
    {"all", IN_MOVE, DEVICES, "parts that must all be there"},
    {"any", IN_MOVE, DEVICES, "parts of which one must be there"},
    {"sequence", IN_MOVE, DEVICES, "parts that must follow one another"},
    {"within", IN_MOVE, OTHER, "3 sentences, 20 words, 2 paragraphs"},
    {"same", IN_MOVE, OTHER, "voice, or {party: [carrot.recipient, stick.target]}"},
    {"inside", IN_MOVE, DEVICES, "only inside a tag of these"},
    {"not-inside", IN_MOVE, DEVICES, "not inside a tag of these"},
    {"unit", IN_SERIES, UNIT, "what follows one another"},
    {"share", IN_SERIES, SHARE, "what the units share"},
    {"least", IN_SERIES, OTHER, "members at least [3]"},
    {"most", IN_SERIES, OTHER, "members at most"},
    {"apart", IN_SERIES, OTHER, "other units allowed between two members"},
    {"tolerance", IN_SERIES, OTHER, "relative difference in length that is allowed [0.2]"},
    {"joiner", IN_SERIES, OTHER, "word before the last member: and|or"},
    {"of", IN_COUNT, DEVICES, "devices or rules that are counted"},
    {"at-least", IN_COUNT, OTHER, "tags at least [1]"},
    {"at-most", IN_COUNT, OTHER, "tags at most"},
    {"kinds", IN_COUNT, OTHER, "different ones at least"},
    {"per-words", IN_COUNT, OTHER, "in so many words instead of the unit"},
    {"examples", IN_RULE, OTHER, "sentences in which [[this]] is tagged"},
    {"counter-examples", IN_RULE, OTHER, "sentences in which nothing is tagged"},
};

static const struct { const char *name, *help; } classes[] = {
    {"word", "any word"},
    {"n", "a noun; {n:person}, {n:group}, {n:possession}… by its first sense in WordNet"},
    {"v", "a verb; {v.base}, {v.ing}, {v.ed}, {v.s}; {v:communication}… by its first sense"},
    {"a", "an adjective"},
    {"r", "an adverb"},
    {"name", "a proper name"},
    {"person", "a name or personal pronoun"},
    {"title", "General, Mrs., prime minister"},
    {"place", "a place name"},
    {"nation", "a country or its people"},
    {"org", "an institution's name"},
    {"money", "a sum"},
    {"number", "a number in digits or words"},
    {"percent", "a percentage"},
    {"date", "a day, month or year"},
    {"subject", "I, we, you, he, …"},
    {"pronoun", "personal pronouns"},
    {"possessive", "my, our, your, …"},
    {"determiner", "the, a, this, our, …"},
    {"modal", "can, must, will, … and their contractions"},
    {"be", "am, is, are, … and their contractions"},
    {"have", "have, has, had and their contractions"},
    {"do", "do, does, did, doing, done"},
    {"not", "not, never, n't"},
    {"conjunction", "and, or, but, nor, yet, so"},
    {"preposition", "of, in, with, …"},
    {"np", "a noun phrase"},
    {"party", "whom one deals with: a pronoun, person or group"},
    {"gap", "up to {gap:N} words, not past a clause's end"},
    {"clause", "the rest of the clause"},
    {"rest", "the rest of the sentence"},
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool is(const char *name, const char *text, size_t length)
{
    return strlen(name) == length && !memcmp(name, text, length);
}

static const struct key *key_find(const char *text, size_t length)
{
    if (length && strchr("+-", text[length - 1]))
        length--;
    for (size_t i = 0; i < COUNT(keys); i++)
        if (is(keys[i].name, text, length))
            return &keys[i];
    return NULL;
}

const char *pattern_key_help(const char *text, size_t length)
{
    const struct key *key = key_find(text, length);
    return key ? key->help : NULL;
}

const char *pattern_class_help(const char *name, size_t length)
{
    for (size_t i = 0; i < COUNT(classes); i++)
        if (is(classes[i].name, name, length))
            return classes[i].help;
    return NULL;
}

/* ---- Where the cursor is ----------------------------------------------------------------------- */

static bool is_key_byte(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || strchr("-_+", c);
}

/* What is written under a key. */
static int below(const char *key, size_t length)
{
    static const struct { const char *name; int where; } rows[] = {
        {"set", IN_SET}, {"lexicons", IN_LEXICON}, {"devices", IN_DEVICE},
        {"patterns", IN_PATTERN}, {"moves", IN_MOVE}, {"series", IN_SERIES},
        {"counts", IN_COUNT}, {"antipatterns", IN_ANTIPATTERN}, {"raise", IN_SHIFT},
        {"lower", IN_SHIFT}, {"agree", IN_AGREE},
    };
    if (length && strchr("+-", key[length - 1]))
        length--;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (is(rows[i].name, key, length))
            return rows[i].where;
    return 0;
}

struct line { const char *at; uint32_t length, indent; bool item; };

static struct line line_of(const char *bytes, uint32_t start, uint32_t end)
{
    struct line line = {bytes + start, end - start, 0, false};
    while (line.indent < line.length && line.at[line.indent] == ' ')
        line.indent++;
    line.item = line.indent + 1 < line.length && line.at[line.indent] == '-' &&
                line.at[line.indent + 1] == ' ';
    return line;
}

/* The keys that fit: those of the nearest key above that stands further left. */
static int where_is(const char *bytes, uint32_t at)
{
    uint32_t start = at;
    while (start && bytes[start - 1] != '\n')
        start--;
    struct line line = line_of(bytes, start, at);
    /* raise: [{near: …, by: …}] and the like in the line itself */
    for (uint32_t i = line.length; i-- > 1;)
        if (line.at[i] == ':') {
            uint32_t from = i;
            while (from && is_key_byte(line.at[from - 1]))
                from--;
            int own = below(line.at + from, i - from);
            const char *rest = line.at + i + 1;
            size_t n = line.length - i - 1;
            if ((own & (IN_SHIFT | IN_AGREE)) && memchr(rest, '{', n) && !memchr(rest, ']', n))
                return own;
        }
    uint32_t indent = line.indent + (line.indent == line.length && !line.length);
    bool item = line.item;
    if (line.length && line.indent == 0 && !item)
        return IN_FILE;
    if (!line.length)
        return IN_FILE;
    while (start) {
        uint32_t end = start - 1;
        for (start = end; start && bytes[start - 1] != '\n';)
            start--;
        struct line up = line_of(bytes, start, end);
        if (up.indent == up.length || up.at[up.indent] == '#')
            continue;
        bool left = up.indent < indent || (item && !up.item && up.indent == indent);
        if (!left)
            continue;
        uint32_t from = up.indent + (up.item ? 2 : 0), to = from;
        while (to < up.length && is_key_byte(up.at[to]))
            to++;
        if (!up.item && to < up.length && up.at[to] == ':') {
            int found = below(up.at + from, to - from);
            if (found)
                return found;
        }
        indent = up.indent;
        item = up.item;
    }
    return IN_PATTERN;
}

/* Whether the place is inside a quoted string of its line. */
static bool is_quoted(const char *line, size_t n)
{
    char quote = 0;
    for (size_t i = 0; i < n; i++)
        if (quote == '"' && line[i] == '\\')
            i++;
        else if (!quote && (line[i] == '"' || line[i] == '\''))
            quote = line[i];
        else if (line[i] == quote)
            quote = 0;
    return quote != 0;
}

/* The last key before the place in its line, or NULL. */
static const struct key *value_key(const char *line, size_t n)
{
    for (size_t i = n; i-- > 0;) {
        if (line[i] != ':' || is_quoted(line, i))
            continue;
        size_t from = i;
        while (from && is_key_byte(line[from - 1]))
            from--;
        const struct key *key = key_find(line + from, i - from);
        const char *rest = line + i + 1;
        size_t left = n - i - 1;
        if (memchr(rest, '}', left) || memchr(rest, ']', left))
            return NULL;
        return memchr(rest, ',', left) && !memchr(rest, '[', left) ? NULL : key;
    }
    return NULL;
}

/* ---- Items ------------------------------------------------------------------------------------- */

enum item_kind { ITEM_KEYWORD = 14, ITEM_PROPERTY = 10, ITEM_CLASS = 7, ITEM_VALUE = 12 };

static void add(json_t *list, const char *label, int kind, const char *help, const char *text)
{
    json_t *item = json_pack("{sosi}", "label", json_text(label, strlen(label)), "kind", kind);
    if (help && *help)
        json_object_set_new(item, "detail", json_text(help, strlen(help)));
    if (text)
        json_object_set_new(item, "insertText", json_string(text));
    json_array_append_new(list, item);
}

static void add_keys(json_t *list, int where)
{
    for (size_t i = 0; i < COUNT(keys); i++)
        if (keys[i].where & where) {
            char *text = format_text("%s: ", keys[i].name);
            add(list, keys[i].name, ITEM_PROPERTY, keys[i].help, text);
            free(text);
        }
}

static void add_devices(json_t *list, const rhetor_engine *engine)
{
    uint32_t count = rhetor_engine_device_count(engine);
    for (uint32_t i = 0; i < count; i++) {
        rhetor_device device = {.size = sizeof device};
        rhetor_engine_device(engine, i, &device);
        add(list, device.id, ITEM_VALUE, device.definition, NULL);
    }
}

static void add_values(json_t *list, enum value value)
{
    static const char *const values[][6] = {
        [FLAG] = {"true", "false"},
        [SCOPE] = {"sentence", "clause", "paragraph", "quotation", "heading"},
        [POSITION] = {"anywhere", "first", "last", "first-in-paragraph", "last-in-paragraph"},
        [VOICE] = {"any", "author", "quoted", "scripted", "speech"},
        [UNIT] = {"sentence", "clause", "paragraph", "item", "line"},
        [SHARE] = {"beginning", "ending", "shape", "length"},
    };
    for (int i = 0; i < 6 && values[value][i]; i++)
        add(list, values[value][i], ITEM_VALUE, NULL, NULL);
}

/* Names in braces of a pattern's source: each once. */
static void collect(json_t *names, const char *source)
{
    for (const char *at = source; (at = strchr(at, '{'));) {
        at++;
        for (bool more = true; more;) {
            at += *at == '!';
            size_t n = 0;
            while (is_key_byte(at[n]) && at[n] != '+')
                n++;
            more = at[n] == '|';
            if (n > 1 && n < 64 && (more || at[n] == '}') && !(at[0] >= '0' && at[0] <= '9')) {
                char *name = need(strndup(at, n));
                if (!pattern_class_help(name, n))
                    json_object_set(names, name, json_true());
                free(name);
            }
            at += n + more;
        }
    }
}

/* The lexicons that this file makes: keys one step right of "lexicons:". */
static void collect_own(json_t *names, const char *bytes, uint32_t length)
{
    bool inside = false;
    for (uint32_t start = 0; start < length;) {
        const char *stop = memchr(bytes + start, '\n', length - start);
        uint32_t end = stop ? (uint32_t)(stop - bytes) : length, to;
        struct line line = line_of(bytes, start, end);
        start = end + 1;
        if (line.indent == line.length)
            continue;
        if (line.indent == 0)
            inside = line.length >= 9 && !memcmp(line.at, "lexicons", 8);
        for (to = line.indent; to < line.length && is_key_byte(line.at[to]);)
            to++;
        if (inside && line.indent && line.indent <= 4 && to < line.length && line.at[to] == ':' &&
            to > line.indent) {
            char *name = need(strndup(line.at + line.indent, to - line.indent));
            json_object_set(names, name, json_true());
            free(name);
        }
    }
}

static void add_lexicons(json_t *list, struct text *text, const rhetor_engine *engine)
{
    uint32_t count = engine ? rhetor_engine_rule_count(engine) : 0, length;
    json_t *names = json_object(), *value;
    const char *name, *bytes = rhetor_document_text(text->document, &length);
    collect_own(names, bytes, length);
    for (uint32_t i = 0; i < count; i++) {
        rhetor_rule rule = {.size = sizeof rule};
        if (rhetor_engine_rule(engine, i, &rule) == RHETOR_OK)
            collect(names, rule.source);
    }
    json_object_foreach(names, name, value)
        add(list, name, ITEM_CLASS, "lexicon", NULL);
    json_decref(names);
}

bool patterns_complete(struct server *server, struct text *text, const json_t *params,
                       struct reply *reply)
{
    uint32_t at, length;
    if (!text_offset(server, text, json_object_get(params, "position"), &at))
        return reply_fail(reply, RPC_PARAMS, "completion needs a position");
    const rhetor_engine *engine = patterns_engine(server, text);
    const char *bytes = rhetor_document_text(text->document, &length);
    uint32_t start = at, word = at;
    while (start && bytes[start - 1] != '\n')
        start--;
    while (word > start && is_key_byte(bytes[word - 1]))
        word--;
    json_t *list = reply->json = json_array();
    if (is_quoted(bytes + start, at - start)) {
        const char *open = memrchr(bytes + start, '{', at - start);
        if (!open || memchr(open, '}', (size_t)(bytes + at - open)))
            return true;
        add_lexicons(list, text, engine);
        for (size_t i = 0; i < COUNT(classes); i++)
            add(list, classes[i].name, ITEM_KEYWORD, classes[i].help, NULL);
        return true;
    }
    const struct key *key = value_key(bytes + start, word - start);
    if (key && key->value == DEVICES && engine)
        add_devices(list, engine);
    else if (key && key->value == LEXICONS)
        add_lexicons(list, text, engine);
    else if (key && key->value >= FLAG)
        add_values(list, key->value);
    else if (!key)
        add_keys(list, where_is(bytes, word));
    return true;
}
