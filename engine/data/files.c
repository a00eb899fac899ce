#include "data/files.h"

#include "core/tr.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const char *const names[] = {
    [FILE_applications] = "applications", [FILE_ip_rights] = "ip_rights",
    [FILE_portfolio] = "portfolio",       [FILE_contracts] = "contracts",
    [FILE_outcomes] = "outcomes",         [FILE_correlations] = "correlations",
};

enum {
    OPTIONAL = COLUMN_OPTIONAL,
    REQUIRED = COLUMN_REQUIRED,
    ONE_OF = COLUMN_ONE_OF,
    UNIQUE = COLUMN_UNIQUE,
    USCC = COLUMN_USCC,
    MOMENT = COLUMN_MOMENT,
    BELONGS = 128 /* so that 0 in the table below means: does not */
};

static const unsigned char needs[FILE_KINDS][FIELD_COUNT] = {
#define COLUMN(file, field, need) [FILE_##file][FIELD_##field] = BELONGS | need,
#define CODE(file, field, word, words)
#include "data/files.def"
#undef COLUMN
#undef CODE
};

static const FileCode codes[] = {
#define COLUMN(file, field, need)
#define CODE(file, field, word, words)                                         \
    {FILE_##file, FIELD_##field, word, words},
#include "data/files.def"
#undef COLUMN
#undef CODE
};

FileKind file_named(const char *name)
{
    FileKind file = 0;
    while (file < FILE_KINDS && strcmp(names[file], name) != 0)
        file++;
    return file;
}

const char *file_name(FileKind file)
{
    assert(file < FILE_KINDS);
    return names[file];
}

int file_needs(FileKind file, Field field)
{
    assert(file < FILE_KINDS && field < FIELD_COUNT);
    return needs[file][field] == 0 ? -1 : needs[file][field] & ~BELONGS;
}

int file_takes(FileKind file, Field field)
{
    if (file_needs(file, field) >= 0)
        return 1;
    if ((file == FILE_applications || file == FILE_ip_rights) &&
        (field == FIELD_pd || field == FIELD_grade || field == FIELD_lgd ||
         field == FIELD_lgd_sd))
        return 0;               /* an assessment works them out */
    return field < FIELD_score; /* where the results of the stages start */
}

const FileCode *file_codes(size_t *n, FileKind file, Field field)
{
    const size_t count = sizeof codes / sizeof *codes;
    size_t first = 0;
    while (first < count &&
           (codes[first].file != file || codes[first].field != field))
        first++;
    size_t end = first;
    while (end < count && codes[end].file == file && codes[end].field == field)
        end++;
    *n = end - first;
    return *n == 0 ? NULL : &codes[first];
}

/* What the type alone asks for. */
static FieldRange type_range(FieldType type)
{
    switch (type) {
    case TYPE_MONEY:
        return (FieldRange){0, HUGE_VAL,
                            TR_NOOP("an amount of 0 yuan or more")};
    case TYPE_COUNT:
        return (FieldRange){0, HUGE_VAL,
                            TR_NOOP("a whole number of 0 or more")};
    case TYPE_RATIO:
        return (FieldRange){0, 1, TR_NOOP("a ratio from 0% to 100%")};
    default:
        return (FieldRange){-HUGE_VAL, HUGE_VAL, ""};
    }
}

FieldRange field_range(Field field)
{
    static const FieldRange any = {-HUGE_VAL, HUGE_VAL, ""};
    switch (field) {
    case FIELD_net_assets: /* a loss may eat them up */
    case FIELD_net_assets_prev:
    case FIELD_net_profit:
    case FIELD_operating_cash_flow:
        return any;
    case FIELD_pd:
    case FIELD_lgd:
        return (FieldRange){0, 1, TR_NOOP("a number from 0 to 1")};
    case FIELD_lgd_sd: /* no variable in [0, 1] is wider spread than a coin */
        return (FieldRange){0, 0.5, TR_NOOP("a number from 0 to 0.5")};
    case FIELD_ip_class:
        return (FieldRange){1, 2, TR_NOOP("1 or 2")};
    case FIELD_owners:
        return (FieldRange){1, HUGE_VAL,
                            TR_NOOP("a whole number of 1 or more")};
    case FIELD_term_months:
        return (FieldRange){1, 1200, TR_NOOP("a number of months, 1 to 1200")};
    case FIELD_revenue_growth:
        return (FieldRange){-1, HUGE_VAL,
                            TR_NOOP("a growth of at least -100%")};
    default:
        return type_range(field_info(field)->type);
    }
}
