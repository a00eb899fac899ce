#include "flow/columns.h"

#include "core/text.h"
#include "core/tr.h"

#include <string.h>

static int is_listed(const CsvColumn columns[], size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(columns[i].name, name) == 0)
            return 1;
    return 0;
}

static size_t room_for(const Rulebook *book)
{
    const PolicyInput *inputs;
    size_t room = 1;
    for (size_t i = 0; i < book->n; i++)
        room += policy_inputs(&inputs, book->policies[i]) + 1;
    return room;
}

ErrCode columns_of(CsvColumn **out, size_t *n, Arena *arena,
                   const Rulebook *book, Err *err)
{
    CsvColumn *columns = arena_alloc(arena, room_for(book), sizeof *columns);
    if (columns == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to list the columns of rules");
    *out = columns;
    *n = 0;
    for (size_t i = 0; i < book->n; i++) {
        const PolicyInput *inputs;
        const char *day = policy_head(book->policies[i])->date_used;
        size_t m = policy_inputs(&inputs, book->policies[i]);
        for (size_t j = 0; j < m; j++)
            if (!is_listed(columns, *n, inputs[j].name))
                columns[(*n)++] = (CsvColumn){inputs[j].name, inputs[j].type};
        if (day != NULL && !is_listed(columns, *n, day))
            columns[(*n)++] = (CsvColumn){day, TYPE_DATE};
    }
    return OK;
}

/* Do the rights of ip_rights add up to this column? */
static int is_of_rights(const char *name)
{
    return strcmp(name, field_info(FIELD_ip_value)->name) == 0 ||
           strcmp(name, field_info(FIELD_pledge_value)->name) == 0;
}

/* The fault of a column that is not there; `reader` reads it. */
static ErrCode missing(Job *job, const char *file, const char *reader,
                       const char *policy, const char *name, Err *err)
{
    int rights = is_of_rights(name);
    Field field = field_named(name, strlen(name));
    const char *aliases = field < FIELD_COUNT ? field_info(field)->zh : "";
    const char *problem = text_format(
        job->arena,
        tr("rule '%s' of policy '%s' reads the column %s%s%s%s, which is "
           "missing"),
        reader, policy, name, *aliases == '\0' ? "" : " (", aliases,
        *aliases == '\0' ? "" : ")");
    if (problem == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to list what is wrong");
    return faults_add(
        job->faults,
        (Fault){.file = file,
                .line = rights ? 0 : 1,
                .problem = problem,
                .way_out = rights
                               ? TR_NOOP("it is made of the firms' rights: "
                                         "give --ip-rights and --value-rules")
                               : TR_NOOP("add it, with empty cells where it "
                                         "is unknown")},
        err);
}

ErrCode columns_check(Job *job, const Table *table, const Policy *policy,
                      Err *err)
{
    ErrCode rc = OK;
    const PolicyInput *inputs;
    const char *id = policy_head(policy)->id;
    const char *day = policy_head(policy)->date_used;
    const char *file = table->file == NULL ? table->name : table->file;
    size_t n = policy_inputs(&inputs, policy);
    int has_day = day == NULL || table_find(table, day) != NULL;
    for (size_t i = 0; i < n; i++) {
        const char *name = inputs[i].name, *reader = inputs[i].reader;
        if (table_find(table, name) != NULL)
            continue;
        TRY(missing(job, file, reader == NULL ? name : reader, id, name, err));
        has_day |= day != NULL && strcmp(name, day) == 0;
    }
    if (!has_day)
        TRY(missing(job, file, "date_used", id, day, err));
done:
    return rc;
}
