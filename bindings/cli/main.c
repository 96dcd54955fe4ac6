/* main.c: picks the command. In: argv. Out: an exit status: 0 done, 1 what --fail-on asks for,
 * 2 usage or input error. Without a command the arguments are drafts to tag. */
#include <locale.h>
#include <string.h>

#include "cli.h"

static const struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *arguments, *help;
} commands[] = {
    {"tag", command_tag, "[OPTION…] [FILE…|-]", "tag drafts (the default command)"},
    {"devices", command_devices, "[ID…]", "list the devices, or define some"},
    {"words", command_words, "FILE", "what is held of each word, for pattern authors"},
    {"eval", command_eval, "GOLD…", "precision and recall against annotated texts"},
    {"patterns", command_patterns, "VERB …", "list, show, check and test pattern sets"},
};

static void usage(FILE *out)
{
    fputs("usage: rhetor [COMMAND] [OPTION…] [FILE…|-]\n\ncommands\n", out);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        fprintf(out, "  %-9s %-22s %s\n", commands[i].name, commands[i].arguments, commands[i].help);
    fputs("\noptions of tag\n"
          "  -f, --format FORM      terminal, lines, json, jsonl [terminal on a terminal, else lines]\n"
          "  -d, --device ID,…      only these devices\n"
          "      --family NAME,…    only these families\n"
          "  -s, --min-score S      only tags that score at least S, 0 to 1 [each device's own]\n"
          "  -p, --patterns PATH    a pattern set, or a folder of them, over the built-in ones\n"
          "      --no-builtin       without the built-in sets\n"
          "      --no-config        without the user's and the project's sets\n"
          "      --unmerged         every pattern's own tag, whatever its score; for fitting and testing\n"
          "      --explain          why, under each tag\n"
          "      --summary          the summary alone\n"
          "      --fail-on ID,…     exit with 1 where one of these devices or families is found\n"
          "      --stdin-name NAME  what to call the draft read from -\n"
          "  -j, --threads N        drafts analysed at the same time [all cores]\n"
          "      --width N          columns [the terminal's]\n"
          "      --color WHEN       auto, always, never [auto; NO_COLOR is respected]\n"
          "  -q, --quiet            no summary\n"
          "  -h, --help             this page\n"
          "  -V, --version          the version\n"
          "\nexit status: 0 done, 1 where --fail-on asks for it, 2 usage or input error\n",
          out);
}

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    if (argc > 1) {
        if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
            usage(stdout);
            return EXIT_DONE;
        }
        if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
            printf("rhetor %s\n", rhetor_version());
            return EXIT_DONE;
        }
        for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
            if (!strcmp(argv[1], commands[i].name))
                return commands[i].run(argc - 1, argv + 1);
    }
    return command_tag(argc, argv);
}
