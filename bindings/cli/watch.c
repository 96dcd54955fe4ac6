/* watch.c: runs a verb again whenever a set is saved. In: files and folders. Out: what the verb
 * prints, after a line that says when. It looks at times of change four times a second: that works on
 * every file system, and an editor that replaces the file is seen as well. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "patterns.h"

enum { NAP_MILLISECONDS = 250 };

/* Mixes a file's size and time of change into a number; of a folder those of its sets. */
static uint64_t stamp(const char *path, uint64_t seed, int depth)
{
    struct stat about;
    if (stat(path, &about))
        return seed * 31 + 7;
    seed = seed * 1099511628211u + (uint64_t)about.st_size;
    seed = seed * 1099511628211u + (uint64_t)about.st_mtim.tv_sec;
    seed = seed * 1099511628211u + (uint64_t)about.st_mtim.tv_nsec;
    DIR *folder = S_ISDIR(about.st_mode) && depth < 2 ? opendir(path) : NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        char *inner = format_text("%s/%s", path, entry->d_name);
        seed ^= stamp(inner, 5381, depth + 1); /* whatever the order in which they come */
        free(inner);
    }
    if (folder)
        closedir(folder);
    return seed;
}

static uint64_t stamp_all(const struct list *files)
{
    uint64_t seed = 0;
    for (uint32_t i = 0; i < files->count; i++)
        seed = stamp(files->at[i], seed, 0);
    return seed;
}

static void say_when(void)
{
    char text[40];
    time_t now = time(NULL);
    struct tm parts;
    if (localtime_r(&now, &parts) && strftime(text, sizeof text, "%H:%M:%S", &parts))
        printf("-- %s\n", text);
}

int watch(const struct list *files, int (*once)(struct job *job), struct job *job)
{
    static const struct timespec nap = {0, NAP_MILLISECONDS * 1000000L};
    if (!files->count) {
        complain("--watch needs files to watch");
        return EXIT_BAD;
    }
    for (;;) {
        struct job copy = *job; /* a verb may add to its settings */
        copy.settings.patterns = (struct list){0};
        for (uint32_t i = 0; i < job->settings.patterns.count; i++)
            list_put(&copy.settings.patterns, job->settings.patterns.at[i]);
        uint64_t before = stamp_all(files);
        say_when();
        once(&copy);
        fflush(stdout);
        list_free(&copy.settings.patterns);
        while (stamp_all(files) == before)
            nanosleep(&nap, NULL);
    }
}
