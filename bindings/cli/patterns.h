/* patterns.h: what the files of `rhetor patterns` share. */
#ifndef RHETOR_CLI_PATTERNS_H
#define RHETOR_CLI_PATTERNS_H

#include "cli.h"

/* The sets at hand: their builder, the engine made of it, what was said of them. */
struct bench {
    rhetor_builder *builder;
    rhetor_engine *engine;
    const rhetor_diagnostic *said;
    uint32_t said_count;
    bool broken;
};
bool bench_open(struct bench *bench, const struct settings *settings); /* false: no engine; said */
void bench_close(struct bench *bench);

/* patterns_test.c */
int verb_test(struct settings *settings, int argc, char **argv);

#endif
