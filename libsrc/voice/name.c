/* name.c: see name.h. */
#include "voice/name.h"

#include <string.h>

#include "rhetor/rhetor.h"

enum { FIRST_SLOTS = 256 };
#define NOT_LOOKED_UP UINT32_MAX

int32_t names_init(struct names *names, const struct memory *memory)
{
    memset(names, 0, sizeof *names);
    arena_init(&names->arena, memory);
    names->slots = memory_zero(memory, FIRST_SLOTS * sizeof *names->slots);
    if (!names->slots)
        return RHETOR_E_MEMORY;
    names->slot_count = FIRST_SLOTS;
    return RHETOR_OK;
}

void names_free(struct names *names)
{
    const struct memory *memory = names->arena.memory;
    if (!memory)
        return;
    vec_free(memory, &names->rows);
    vec_free(memory, &names->classes);
    vec_free(memory, &names->mentions);
    vec_free(memory, &names->insides);
    vec_free(memory, &names->found);
    memory_give(memory, names->slots);
    arena_free(&names->arena);
}

static uint32_t hash_of(const char *text, size_t length)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return hash ^ hash >> 15;
}

static bool slots_grow(struct names *names)
{
    uint32_t count = names->slot_count * 2;
    uint32_t *slots = memory_zero(names->arena.memory, (size_t)count * sizeof *slots);
    if (!slots)
        return false;
    for (uint32_t number = 1; number <= names->rows.count; number++) {
        uint32_t at = names->rows.at[number - 1].hash & (count - 1);
        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = number;
    }
    memory_give(names->arena.memory, names->slots);
    names->slots = slots;
    names->slot_count = count;
    return true;
}

bool is_same_word(const char *a, size_t n, const char *b, size_t m)
{
    if (n != m)
        return false;
    for (size_t i = 0; i < n; i++)
        if ((a[i] | 32) != (b[i] | 32))
            return false;
    return true;
}

bool is_title_word(const char *word, size_t n)
{
    char folded[24];
    if (n > 0 && word[n - 1] == '.')
        n--;
    if (n >= sizeof folded)
        return false;
    for (size_t i = 0; i < n; i++)
        folded[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] + 32 : word[i]);
    return (lexicon_find(folded, n) & L_TITLE) != 0;
}

bool name_word_next(const char **at, const char **word, size_t *length)
{
    if (!**at)
        return false;
    *word = *at;
    *length = strcspn(*at, " ");
    *at += *length;
    if (**at)
        ++*at;
    return true;
}

/* Takes a name apart. */
static struct name name_of(const char *text, size_t length, uint32_t hash)
{
    struct name name = {.text = text, .length = (uint32_t)length, .hash = hash, .last = text};
    const char *at = text, *word;
    size_t n;
    while (name_word_next(&at, &word, &n)) {
        name.last = word;
        name.last_length = (uint16_t)n;
        if (name.own == 0 && is_title_word(word, n))
            continue;
        if (name.own++ == 0) {
            name.first = word;
            name.first_length = (uint16_t)n;
        }
    }
    return name;
}

uint32_t names_add(struct names *names, const char *text, size_t length)
{
    uint32_t hash = hash_of(text, length), at = hash & (names->slot_count - 1);
    for (; names->slots[at]; at = (at + 1) & (names->slot_count - 1)) {
        const struct name *name = &names->rows.at[names->slots[at] - 1];
        if (name->hash == hash && name->length == length && !memcmp(name->text, text, length))
            return names->slots[at];
    }
    char *copy = arena_text(&names->arena, text, length);
    if (!copy)
        return 0;
    struct name name = name_of(copy, length, hash);
    if (!vec_push(names->arena.memory, &names->rows, name))
        return 0;
    names->slots[at] = names->rows.count;
    if (names->rows.count * 2 > names->slot_count && !slots_grow(names)) {
        names->slots[at] = 0;
        names->rows.count--;
        return 0;
    }
    return names->rows.count;
}

const char *names_text(const struct names *names, uint32_t number, uint32_t *length)
{
    bool known = number > 0 && number <= names->rows.count;
    if (length)
        *length = known ? names->rows.at[number - 1].length : 0;
    return known ? names->rows.at[number - 1].text : "";
}

bool names_classes_room(struct names *names, const struct words *words)
{
    uint32_t count = words->types.count;
    if (count <= names->classes.count)
        return true;
    if (!vec_room(names->arena.memory, &names->classes, count - names->classes.count))
        return false;
    memset(names->classes.at + names->classes.count, 0xFF,
           (count - names->classes.count) * sizeof *names->classes.at);
    names->classes.count = count;
    return true;
}

uint32_t names_classes(struct names *names, const struct words *words, uint32_t type)
{
    uint32_t *classes = &names->classes.at[type];
    if (*classes == NOT_LOOKED_UP)
        *classes = lexicon_classes(words, type);
    return *classes;
}

/* First names that are hardly anything else, ascending. */
static const char *const male_names[] = {
    "abel",        "adam",      "adrian",   "ahmed",    "alan",      "albert",   "alexander",
    "alfred",      "ali",       "amos",     "andrew",   "anthony",   "anton",    "arthur",
    "arturo",      "barnaby",   "ben",      "benjamin", "bernard",   "boris",    "brian",
    "bruno",       "caleb",     "carl",     "carlos",   "charles",   "charlie",  "chris",
    "christopher", "colin",     "conrad",   "craig",    "cyril",     "daniel",   "david",
    "dennis",      "derek",     "diego",    "dmitri",   "donald",    "douglas",  "duncan",
    "edgar",       "edmund",    "edward",   "edwin",    "elias",     "elijah",   "elwyn",
    "emil",        "emmanuel",  "eric",     "ernest",   "ethan",     "eugene",   "evan",
    "felix",       "fergus",    "fernando", "francis",  "francisco", "frank",    "frederick",
    "gareth",      "gary",      "geoffrey", "george",   "gerald",    "gerard",   "giles",
    "glenn",       "gordon",    "graham",   "gregory",  "hamish",    "harold",   "harry",
    "hassan",      "hector",    "henry",    "herbert",  "howard",    "hugh",     "hugo",
    "ian",         "ibrahim",   "igor",     "isaac",    "ivan",      "ivo",      "jacob",
    "jacques",     "james",     "jamie",    "jan",      "jason",     "jeffrey",  "jeremy",
    "jerome",      "jim",       "joe",      "john",     "jonah",     "jonathan", "jorge",
    "jose",        "joseph",    "josh",     "joshua",   "juan",      "julian",   "karl",
    "keith",       "kenneth",   "kevin",    "klaus",    "kurt",      "lars",     "laurence",
    "lawrence",    "leon",      "leonard",  "leopold",  "lewis",     "liam",     "louis",
    "luca",        "lucas",     "luigi",    "luis",     "luke",      "malcolm",  "marco",
    "marcus",      "mario",     "martin",   "matthew",  "maurice",   "max",      "michael",
    "miguel",      "mike",      "mikhail",  "mohammed", "nathan",    "ned",      "neil",
    "nicholas",    "nigel",     "nils",     "noah",     "norman",    "oleg",     "oliver",
    "omar",        "oscar",     "oskar",    "oswald",   "otto",      "owen",     "pablo",
    "patrick",     "paul",      "pedro",    "peter",    "philip",    "pierre",   "rafael",
    "ralph",       "raymond",   "richard",  "robert",   "roberto",   "rodney",   "roger",
    "ronald",      "rory",      "rupert",   "russell",  "ryan",      "samuel",   "scott",
    "sean",        "sebastian", "sergei",   "simon",    "stanley",   "stefan",   "stephen",
    "steve",       "steven",    "stuart",   "terence",  "theodore",  "thomas",   "tim",
    "timothy",     "toby",      "tom",      "tomas",    "tony",      "trevor",   "victor",
    "viktor",      "vincent",   "vladimir", "walter",   "wendell",   "werner",   "wilfred",
    "william",     "winston",   "yusuf",
};
static const char *const female_names[] = {
    "abigail",   "ada",       "agatha",    "agnes",     "aisha",     "alice",     "alicia",
    "alison",    "amanda",    "amelia",    "amy",       "ana",       "andrea",    "angela",
    "anita",     "ann",       "anna",      "anne",      "annie",     "audrey",    "barbara",
    "beatrice",  "berta",     "bertha",    "beryl",     "bess",      "betty",     "bridget",
    "camilla",   "carla",     "carmen",    "carol",     "caroline",  "catherine", "cathy",
    "cecilia",   "charlotte", "christina", "christine", "clara",     "clare",     "claudia",
    "constance", "cynthia",   "daphne",    "deborah",   "diana",     "diane",     "dolores",
    "dora",      "doris",     "dorothy",   "edith",     "edna",      "eileen",    "elaine",
    "eleanor",   "elena",     "elisabeth", "eliza",     "elizabeth", "ella",      "ellen",
    "elsa",      "elsie",     "emily",     "emma",      "esther",    "ethel",     "eva",
    "evelyn",    "fatima",    "fiona",     "flora",     "florence",  "frances",   "freda",
    "frieda",    "georgia",   "gertrude",  "gladys",    "gloria",    "greta",     "gwen",
    "hanna",     "hannah",    "harriet",   "heather",   "heidi",     "helen",     "helena",
    "helga",     "henrietta", "hilda",     "ida",       "ilse",      "imogen",    "ines",
    "ingrid",    "irena",     "irene",     "iris",      "isabel",    "isabella",  "isla",
    "jane",      "janet",     "jasmine",   "jean",      "jennifer",  "jenny",     "jessica",
    "jill",      "joan",      "joanna",    "josephine", "joyce",     "judith",    "julia",
    "julie",     "karen",     "kate",      "katherine", "kathleen",  "katie",     "laila",
    "laura",     "lena",      "leonora",   "lily",      "linda",     "lisa",      "lois",
    "louise",    "lucia",     "lucy",      "lydia",     "mabel",     "madeleine", "maggie",
    "margaret",  "margot",    "maria",     "marian",    "marie",     "marion",    "marjorie",
    "marta",     "martha",    "mary",      "matilda",   "maud",      "maureen",   "mavis",
    "miriam",    "molly",     "monica",    "muriel",    "nadia",     "nancy",     "naomi",
    "natalie",   "natasha",   "nell",      "nellie",    "nina",      "nora",      "norma",
    "olga",      "olivia",    "orla",      "pamela",    "patricia",  "paula",     "pauline",
    "penelope",  "petra",     "philippa",  "phoebe",    "phyllis",   "priya",     "rachel",
    "rebecca",   "rita",      "rosa",      "rosemary",  "ruth",      "sabine",    "sally",
    "samantha",  "sandra",    "sara",      "sarah",     "sheila",    "shirley",   "silvia",
    "sofia",     "sonia",     "sophia",    "sophie",    "stella",    "stephanie", "susan",
    "susanna",   "sylvia",    "tamara",    "tanya",     "tasha",     "teresa",    "tessa",
    "theresa",   "tilda",     "tina",      "ursula",    "valerie",   "vanessa",   "vera",
    "veronica",  "victoria",  "violet",    "virginia",  "vivian",    "wendy",     "winifred",
    "yasmin",    "yvonne",    "zoe",
};

static bool is_in(const char *const *table, size_t count, const char *word, size_t length)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(table[middle], word, length);
        if (order == 0 && table[middle][length])
            order = 1;
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

uint8_t first_name_gender(const char *word, size_t length)
{
    char folded[16];
    if (length < 2 || length >= sizeof folded)
        return 0;
    for (size_t i = 0; i < length; i++)
        folded[i] = (char)(word[i] >= 'A' && word[i] <= 'Z' ? word[i] + 32 : word[i]);
    if (is_in(male_names, sizeof male_names / sizeof *male_names, folded, length))
        return 1;
    return is_in(female_names, sizeof female_names / sizeof *female_names, folded, length) ? 2 : 0;
}
