/* main.c: rhetor-lsp, a language server on standard input and output. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server.h"

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--version") || !strcmp(argv[i], "-V")) {
            printf("rhetor-lsp %s\n", rhetor_version());
            return 0;
        }
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
            puts("usage: rhetor-lsp [--stdio]\n\n"
                 "A language server for prose: reads LSP on standard input, answers on standard\n"
                 "output. An editor starts it; bindings/lsp/README.md shows how.");
            return 0;
        }
        if (strcmp(argv[i], "--stdio") && strncmp(argv[i], "--clientProcessId", 17)) {
            fprintf(stderr, "rhetor-lsp: unknown argument %s; see rhetor-lsp --help\n", argv[i]);
            return 2;
        }
    }
    if (rhetor_abi() != RHETOR_ABI) {
        fprintf(stderr, "rhetor-lsp: needs librhetor with ABI %d, but this one has %u\n",
                RHETOR_ABI, rhetor_abi());
        return 2;
    }
    return server_run(STDIN_FILENO, STDOUT_FILENO);
}
