/* devices.c: rhetor devices [ID…]: the catalogue as a list, or definitions with their patterns' count. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static void list_all(const rhetor_engine *engine)
{
    const char *family = "";
    uint32_t count = rhetor_engine_device_count(engine);
    for (uint32_t i = 0; i < count; i++) {
        rhetor_device device = {.size = sizeof device};
        rhetor_engine_device(engine, i, &device);
        if (strcmp(family, device.family))
            printf("%s%s\n", i ? "\n" : "", device.family);
        family = device.family;
        printf("  %-22s %s\n", device.id, device.definition);
    }
}

static void show(const rhetor_engine *engine, uint32_t index)
{
    rhetor_device device = {.size = sizeof device};
    rhetor_engine_device(engine, index, &device);
    uint32_t kinds[5] = {0};
    for (uint32_t i = 0; i < rhetor_engine_rule_count(engine); i++) {
        rhetor_rule rule = {.size = sizeof rule};
        rhetor_engine_rule(engine, i, &rule);
        if (rule.device == index && rule.kind > 0 && rule.kind < 5)
            kinds[rule.kind]++;
    }
    printf("%s (%s)\n  %s\n", device.id, device.family, device.definition);
    if (device.references[0])
        printf("  references: %s\n", device.references);
    printf("  set: %s %s; %u patterns, %u figures, %u moves, %u series\n", device.set,
           device.set_version, kinds[RHETOR_CUE], kinds[RHETOR_FIGURE], kinds[RHETOR_MOVE],
           kinds[RHETOR_SERIES]);
}

int command_devices(int argc, char **argv)
{
    struct settings settings = {0};
    bool broken = false;
    rhetor_engine *engine = engine_open(&settings, NULL, &broken);
    if (!engine)
        return EXIT_BAD;
    int status = broken ? EXIT_BAD : EXIT_DONE;
    if (argc < 2)
        list_all(engine);
    for (int i = 1; i < argc; i++) {
        int32_t index = rhetor_engine_find_device(engine, argv[i]);
        if (index >= 0) {
            show(engine, (uint32_t)index);
        } else {
            complain("%s: no such device; rhetor devices lists them", argv[i]);
            status = EXIT_BAD;
        }
    }
    rhetor_engine_release(engine);
    return status;
}
