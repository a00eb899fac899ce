#include "stat/logitname.h"

#include "core/text.h"
#include "core/tr.h"

#include <stdio.h>
#include <string.h>

void logitname_list(char out[LOGITNAME_TEXT], const LogitData *data,
                    const unsigned char chosen[])
{
    enum { TAIL = 24 }; /* bytes kept for what is not named */
    size_t used = 0, more = 0;
    out[0] = '\0';
    for (size_t j = 0; j < data->k; j++) {
        size_t n = text_clip(data->name[j], 40);
        if (!chosen[j])
            continue;
        if (more > 0 || used + n + 2 + TAIL > LOGITNAME_TEXT) {
            more++;
            continue;
        }
        used += (size_t)snprintf(out + used, LOGITNAME_TEXT - used, "%s%.*s",
                                 used > 0 ? ", " : "", (int)n, data->name[j]);
    }
    if (more > 0)
        snprintf(out + used, LOGITNAME_TEXT - used, tr(" and %zu more"), more);
}
