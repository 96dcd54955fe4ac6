/* eval_pos.c: how often the parts of speech are right on annotated sentences.
 *   eval_pos [-v] [-f PERCENT] FILE...
 * Files hold a token and its part of speech a line, tab between, a blank line after each sentence.
 * Prints accuracy over open-class tokens (nouns, verbs, adjectives, adverbs, names by the
 * annotation) and over all; -v each error; with -f it fails where open-class accuracy is below. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "word/pos.h"

enum { TOKENS_MAX = 400, ROUNDS = 100 /* for the clock */ };

struct count {
    unsigned right, total, sure_right, sure;
};

static struct count open_class, all;
static unsigned confusion[POS_COUNT][POS_COUNT];
static int verbose;
static double nanoseconds;

static int pos_number(const char *name)
{
    for (int pos = 0; pos < POS_COUNT; pos++) {
        const char *known = pos_name(pos);
        size_t i = 0;
        while (known[i] && tolower((unsigned char)name[i]) == known[i])
            i++;
        if (!known[i] && !name[i])
            return pos;
    }
    return -1;
}

static void count_add(struct count *count, int right, int sure)
{
    count->total++;
    count->right += (unsigned)right;
    count->sure += (unsigned)sure;
    count->sure_right += (unsigned)(sure && right);
}

static void sentence_check(char words[][64], const uint8_t *gold, size_t n)
{
    struct word_info infos[TOKENS_MAX];
    const struct word_info *pointers[TOKENS_MAX];
    uint8_t flags[TOKENS_MAX], pos[TOKENS_MAX], confidence[TOKENS_MAX];
    int first = 1;
    for (size_t i = 0; i < n; i++) {
        char folded[64];
        size_t length = strlen(words[i]);
        int upper = length > 1, letters = 0;
        for (size_t j = 0; j <= length; j++) {
            folded[j] = (char)tolower((unsigned char)words[i][j]);
            upper &= j == length || isupper((unsigned char)words[i][j]);
            letters |= isalnum((unsigned char)words[i][j]) || (unsigned char)words[i][j] >= 0x80;
        }
        word_lookup(folded, length, &infos[i]);
        pointers[i] = &infos[i];
        flags[i] = 0;
        if (!letters)
            flags[i] = (uint8_t)(POS_IS_PUNCT | (strchr(",;:.!?()", words[i][0]) ? POS_BREAK : 0));
        else {
            if (isdigit((unsigned char)words[i][0]))
                flags[i] |= POS_IS_NUMBER;
            flags[i] |= (uint8_t)((isupper((unsigned char)words[i][0]) ? POS_CAPITAL : 0) |
                                  (upper ? POS_UPPER : 0) | (first ? POS_FIRST : 0));
            first = 0;
        }
        if (words[i][0] == '"')
            first = 1;
    }
    clock_t before = clock();
    for (int i = 0; i < ROUNDS; i++)
        pos_tag(pointers, flags, n, pos, confidence);
    nanoseconds += (double)(clock() - before) / CLOCKS_PER_SEC * 1e9 / ROUNDS;
    for (size_t i = 0; i < n; i++) {
        int right = pos[i] == gold[i], sure = confidence[i] >= 75;
        if (gold[i] != POS_PUNCT)
            count_add(&all, right, sure);
        if (gold[i] <= POS_NAME)
            count_add(&open_class, right, sure);
        confusion[gold[i]][pos[i]]++;
        if (!right && verbose) {
            for (size_t j = i < 4 ? 0 : i - 4; j < n && j < i + 4; j++)
                printf(j == i ? "[%s] " : "%s ", words[j]);
            printf(": %s, not %s (%u)\n", pos_name(gold[i]), pos_name(pos[i]), confidence[i]);
        }
    }
}

static int file_check(const char *path)
{
    static char words[TOKENS_MAX][64];
    uint8_t gold[TOKENS_MAX];
    char line[256];
    size_t n = 0;
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return 2;
    }
    for (unsigned number = 1; fgets(line, sizeof line, file); number++) {
        line[strcspn(line, "\r\n")] = 0;
        char *tab = strchr(line, '\t');
        if (!tab) {
            if (n)
                sentence_check(words, gold, n);
            n = 0;
            continue;
        }
        *tab = 0;
        int pos = pos_number(tab + 1);
        if (pos < 0 || n == TOKENS_MAX || strlen(line) >= sizeof words[0]) {
            fprintf(stderr, "%s:%u: no such part of speech, or too long\n", path, number);
            fclose(file);
            return 2;
        }
        strcpy(words[n], line);
        gold[n++] = (uint8_t)pos;
    }
    if (n)
        sentence_check(words, gold, n);
    fclose(file);
    return 0;
}

static void count_print(const char *name, const struct count *count)
{
    printf("%-11s %4u of %4u right: %.1f %%; where confident (%u): %.1f %%\n", name, count->right,
           count->total, 100.0 * count->right / (count->total + !count->total), count->sure,
           100.0 * count->sure_right / (count->sure + !count->sure));
}

int main(int argc, char **argv)
{
    double least = 0;
    int at = 1;
    for (; at < argc && argv[at][0] == '-'; at++) {
        if (!strcmp(argv[at], "-v"))
            verbose = 1;
        else if (!strcmp(argv[at], "-f") && at + 1 < argc)
            least = atof(argv[++at]);
        else
            break;
    }
    if (at == argc) {
        fputs("usage: eval_pos [-v] [-f PERCENT] FILE...\n", stderr);
        return 2;
    }
    for (; at < argc; at++) {
        int status = file_check(argv[at]);
        if (status)
            return status;
    }
    count_print("open class", &open_class);
    count_print("all words", &all);
    printf("%.0f ns a token\n", nanoseconds / (all.total + !all.total));
    for (int i = 0; verbose && i < POS_COUNT; i++)
        for (int j = 0; j < POS_COUNT; j++)
            if (i != j && confusion[i][j])
                printf("%-12s as %-12s %u\n", pos_name(i), pos_name(j), confusion[i][j]);
    return 100.0 * open_class.right < least * open_class.total;
}
