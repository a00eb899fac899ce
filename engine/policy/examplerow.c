#include "policy/examples.h"
#include "policy/frame.h"

#include "core/text.h"

#include <string.h>

/* The example of that id; NULL, and an error with the ids there are. */
static const Doc *find(const Policy *p, const char *id, Err *err)
{
    const Doc *list = doc_get(p->root, "examples");
    const char *all = "";
    for (const Doc *it = list->first; it != NULL; it = it->next) {
        if (strcmp(reader_id(it), id) == 0)
            return it;
        const char *more = text_format(p->arena, "%s%s%s", all,
                                       *all ? ", " : "", reader_id(it));
        all = more == NULL ? all : more;
    }
    FAIL(err, ERR_USAGE, "policy '%s' has no example '%.*s'; it has %.*s",
         p->head.id, TEXT_SHORT(id), TEXT_SHORT(all));
    return NULL;
}

/* The inputs of the policy as columns of one row, null unless given. */
static ErrCode fill(Table *t, const Policy *p, const Program *program,
                    void *const at[], Err *err)
{
    ErrCode rc = OK;
    const uint32_t rows[] = {0};
    for (size_t i = 0; i < p->n_inputs; i++) {
        const PolicyInput *in = &p->inputs[i];
        const Symbol *s = scope_find(&program->scope, in->name);
        Column *c;
        Field field = field_named(in->name, strlen(in->name));
        if (field != FIELD_COUNT && field_info(field)->type == in->type)
            TRY(table_add_field(&c, t, field, err));
        else
            TRY(table_add(&c, t, in->name, in->type, "", err));
        frame_clear(c, 1);
        if (s != NULL && s->kind == SYMBOL_INPUT)
            frame_store(c, rows, 1, at[s->raw], 1);
    }
done:
    return rc;
}

ErrCode policy_example_row(Table **out, Date *day, Tables *tables,
                           const Policy *policy, const char *id, Err *err)
{
    ErrCode rc = OK;
    const Program *program;
    void **at;
    Column *date;
    Policy p = *policy;
    const char *used = p.head.date_used;
    Reader r = {.arena = tables->arena,
                .texts = p.texts,
                .faults = faults_new(tables->arena),
                .err = err};
    const Doc *group = find(policy, id, err);
    if (group == NULL)
        return ERR_USAGE;
    if (r.faults == NULL || !examples_given(&program, &at, day, &p, group, &r))
        return FAIL(err, ERR_MEMORY, "no memory for an example");
    TRY(table_new(out, tables, "example", 1, err));
    TRY(fill(*out, policy, program, at, err));
    if (used != NULL && table_find(*out, used) == NULL) {
        TRY(table_add(&date, *out, used, TYPE_DATE, "", err));
        date->i[0] = NULL_INT;
    }
    for (size_t i = 0; used != NULL && i < (*out)->n; i++)
        if (strcmp((*out)->columns[i]->name, used) == 0 &&
            (*out)->columns[i]->i[0] == NULL_INT)
            (*out)->columns[i]->i[0] = day->days;
done:
    return rc;
}
