/* words.c: rhetor words FILE: a line a token: what the library holds of it. */
#include <stdlib.h>

#include "cli.h"

int command_words(int argc, char **argv)
{
    struct settings settings = {0};
    struct draft draft;
    bool broken = false;
    char *why = NULL;
    uint32_t length;
    if (argc != 2) {
        complain("usage: rhetor words FILE");
        return EXIT_BAD;
    }
    char *text = read_file(argv[1], &length, &why);
    rhetor_engine *engine = text ? engine_open(&settings, argv[1], &broken) : NULL;
    if (engine && draft_open(&draft, engine, argv[1], text, length, &why)) {
        uint32_t size = rhetor_document_words(draft.document, 0, length, NULL, 0);
        char *out = need(malloc((size_t)size + 1));
        rhetor_document_words(draft.document, 0, length, out, size + 1);
        fputs("start\tend\ttext\tlemma\tpart of speech\tconfidence\tclasses\n", stdout);
        fputs(out, stdout);
        free(out);
        draft_close(&draft);
    }
    int status = why || broken || !engine ? EXIT_BAD : EXIT_DONE;
    if (why)
        complain("%s", why);
    free(why);
    free(text);
    rhetor_engine_release(engine);
    return status;
}
