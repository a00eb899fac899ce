#include "flow/varied.h"

#include "core/text.h"

#include <string.h>

enum { STEPS_MOST = 100000 };

int varied_value(FieldType *type, int64_t *out, const char *text)
{
    Money money;
    Ratio ratio;
    if (strchr(text, '%') != NULL) {
        *type = TYPE_RATIO;
        if (ratio_parse(&ratio, text, NULL) != OK)
            return 0;
        *out = ratio.billionths;
        return 1;
    }
    *type =
        strspn(text, "0123456789") == strlen(text) ? TYPE_COUNT : TYPE_MONEY;
    if (!doc_money_of(&money, text))
        return 0;
    *out = *type == TYPE_COUNT ? money.fen / 100 : money.fen;
    return 1;
}

int varied_alike(FieldType *type, int64_t *value, FieldType other)
{
    if (*type == TYPE_COUNT && other == TYPE_MONEY) {
        *type = TYPE_MONEY;
        *value *= 100;
    }
    return *type == other;
}

/* What lies between two values that a rule would state. */
static int64_t usual_step(FieldType type)
{
    return type == TYPE_RATIO   ? RATIO_ONE / 200
           : type == TYPE_MONEY ? 1000000
                                : 1;
}

/* The parts of "PATH=FROM..TO/STEP"; 0 when it has not that form. */
static int split(char *text, char **from, char **to, char **step)
{
    char *equals = strchr(text, '=');
    if (equals == NULL || equals == text)
        return 0;
    *equals = '\0';
    *from = equals + 1;
    char *dots = strstr(*from, "..");
    if (dots == NULL)
        return 0;
    *dots = '\0';
    *to = dots + 2;
    *step = strchr(*to, '/');
    if (*step != NULL)
        *(*step)++ = '\0';
    return 1;
}

static ErrCode read_one(Knob *out, const char *said, char *text, Err *err)
{
    char *from, *to, *step;
    FieldType type, other, third;
    int64_t low, high, by;
    if (!split(text, &from, &to, &step) || !varied_value(&type, &low, from) ||
        !varied_value(&other, &high, to) ||
        (!varied_alike(&type, &low, other) &&
         !varied_alike(&other, &high, type)))
        return FAIL(
            err, ERR_USAGE,
            "--vary: '%.*s' is not PATH=FROM..TO; write "
            "city_rate=5%%..30%% or limits.firm-cap.cap=10万..100万/5万",
            TEXT_SHORT(said));
    by = usual_step(type);
    third = type;
    if (step != NULL && (!varied_value(&third, &by, step) ||
                         !varied_alike(&third, &by, type) || by <= 0))
        return FAIL(err, ERR_USAGE,
                    "--vary %s: '%.*s' behind / is no step between %s and %s",
                    text, TEXT_SHORT(step), from, to);
    if (low > high)
        return FAIL(err, ERR_USAGE, "--vary %s: %s is above %s", text, from,
                    to);
    if ((high - low) / by > STEPS_MOST)
        return FAIL(err, ERR_USAGE, "--vary %s: more than %d steps", text,
                    STEPS_MOST);
    *out = (Knob){text, type, low, by, (uint32_t)((high - low) / by)};
    return OK;
}

ErrCode varied_list(Knob out[], size_t *n, Job *job, const char *list, Err *err)
{
    ErrCode rc = OK;
    char *text = text_copy(job->arena, list, strlen(list));
    for (*n = 0; text != NULL && *n < OPTIMUM_FIGURES;) {
        char *comma = strchr(text, ',');
        if (comma != NULL)
            *comma++ = '\0';
        const char *said = text_copy(job->arena, text, strlen(text));
        if (said == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a run");
        TRY(read_one(&out[*n], said, text, err));
        for (size_t k = 0; k < *n; k++)
            if (strcmp(out[k].path, out[*n].path) == 0)
                return FAIL(err, ERR_USAGE, "--vary: '%s' is there twice",
                            out[k].path);
        ++*n;
        text = comma;
    }
    if (*n == 0)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    if (text != NULL)
        return FAIL(err, ERR_USAGE, "--vary: more than %d figures",
                    OPTIMUM_FIGURES);
done:
    return rc;
}
