/* lines.c: FILE:LINE:COLUMN: device: message, for vi's quickfix and Emacs's compilation buffers. Lines and
 * columns count from 1, columns in bytes. */
#include <string.h>

#include "cli.h"

void write_lines(FILE *out, const struct draft *draft, const struct settings *settings)
{
    for (uint32_t i = 0; i < draft->tag_count; i++) {
        if (!draft_shows(draft, settings, i))
            continue;
        char message[1024];
        rhetor_document_message(draft->document, draft->tags[i].id, message, sizeof message);
        for (char *c = message; *c; c++)
            if ((unsigned char)*c < 0x20 || *c == 0x7F)
                *c = ' ';
        fprintf(out, "%s:%u:%u: %s: %s\n", draft->name, draft->starts[i].line,
                draft->starts[i].column, draft_device(draft, i).id, message);
        if (settings->explain) {
            char why[4096];
            rhetor_document_explain(draft->document, draft->tags[i].id, why, sizeof why);
            for (char *line = strtok(why, "\n"); line; line = strtok(NULL, "\n"))
                fprintf(out, "    %s\n", line);
        }
    }
}
