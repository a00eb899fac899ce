#include "policy/frame.h"
#include "policy/inside.h"
#include "policy/pattern.h"

#include "core/tr.h"

#include <string.h>

enum { NO_ERA = 0xFFFF, NO_DATE = 0xFFFE };

/* The columns that every policy adds. */
typedef struct {
    Column *eligible, *reasons, *missing, *trace;
} Verdict;

typedef struct {
    Table *table;
    const Policy *policy;
    Arena *scratch;
    uint16_t *era_of; /* [rows] */
    const char *not_in_force, *no_date;
    Verdict verdict;
    Err *err;
} Job;

/* One program on one table. */
typedef struct {
    const Program *program;
    void **at;
    const Column **from; /* [n_inputs] */
    LoadFn *load;        /* [n_inputs] */
    Column **to;         /* [n_outputs] */
    Patterns *patterns;
} Run;

static ErrCode no_memory(Job *j)
{
    return FAIL(j->err, ERR_MEMORY, "no memory to apply the policy '%s'",
                j->policy->head.id);
}

/* Which era judges each row. */
static ErrCode find_eras(Job *j, Date as_of)
{
    const Policy *p = j->policy;
    const Column *dates = NULL;
    if (p->head.date_used != NULL) {
        dates = table_find(j->table, p->head.date_used);
        if (dates == NULL || dates->type != TYPE_DATE)
            return FAIL(j->err, ERR_RULE,
                        "policy '%s' is chosen by the date '%s', and the table "
                        "'%s' has no such column",
                        p->head.id, p->head.date_used, j->table->name);
    }
    j->era_of = arena_alloc(j->scratch, j->table->rows + 1, sizeof *j->era_of);
    if (j->era_of == NULL)
        return no_memory(j);
    const Era *last = NULL;
    for (size_t i = 0; i < j->table->rows; i++) {
        int64_t day = dates ? dates->i[i] : as_of.days;
        if (day == NULL_INT) {
            j->era_of[i] = NO_DATE;
            continue;
        }
        if (last == NULL || day < last->from.days || day > last->to.days)
            last = inside_era(p, (Date){(int32_t)day});
        j->era_of[i] = last ? (uint16_t)(last - p->eras) : NO_ERA;
    }
    return OK;
}

static ErrCode bind_inputs(Job *j, Run *r)
{
    const Program *p = r->program;
    r->from = arena_alloc(j->scratch, p->n_inputs + 1, sizeof *r->from);
    r->load = arena_alloc(j->scratch, p->n_inputs + 1, sizeof *r->load);
    if (r->from == NULL || r->load == NULL)
        return no_memory(j);
    for (size_t i = 0; i < p->n_inputs; i++) {
        const Symbol *s = p->inputs[i];
        r->from[i] = table_find(j->table, s->name);
        if (r->from[i] == NULL)
            return FAIL(j->err, ERR_RULE,
                        "rule '%s' of policy '%s' reads the column '%s', and "
                        "the table '%s' has none",
                        s->reader ? s->reader : s->name, j->policy->head.id,
                        s->name, j->table->name);
        r->load[i] = frame_load(s->unit, r->from[i]->type);
        if (r->load[i] == NULL)
            return FAIL(j->err, ERR_RULE,
                        "policy '%s' reads '%s' as %s, but the column is %s",
                        j->policy->head.id, s->name, unit_name(s->unit),
                        unit_name(unit_of(r->from[i]->type)));
    }
    return OK;
}

static const char *unit_of_output(FieldType type)
{
    return type == TYPE_MONEY ? "fen" : type == TYPE_RATIO ? "1" : "";
}

static ErrCode add_output(Job *j, const Output *o)
{
    Column *column;
    const Column *old = table_find(j->table, o->name);
    if (old != NULL) /* another version's */
        return old->type == o->type
                   ? OK
                   : FAIL(j->err, ERR_RULE,
                          "'%s' is %s in one version of '%s' and %s in another",
                          o->name, unit_name(unit_of(old->type)),
                          j->policy->head.id, unit_name(unit_of(o->type)));
    ErrCode rc = o->field != FIELD_COUNT
                     ? table_add_field(&column, j->table, o->field, j->err)
                     : table_add(&column, j->table, o->name, o->type,
                                 unit_of_output(o->type), j->err);
    if (rc != OK)
        return rc;
    frame_clear(column, j->table->rows);
    if (o->field == FIELD_COUNT)
        column->label = o->title;
    return OK;
}

/* A column that the table must not have yet. */
static ErrCode check_free(Job *j, const char *name)
{
    if (table_find(j->table, name) == NULL)
        return OK;
    return FAIL(j->err, ERR_RULE,
                "policy '%s' makes the column '%s', which the table '%s' has "
                "already",
                j->policy->head.id, name, j->table->name);
}

static ErrCode add_columns(Job *j)
{
    ErrCode rc = OK;
    const Policy *p = j->policy;
    for (size_t i = 0; i < p->n_eras; i++)
        for (size_t k = 0; k < p->eras[i].program->n_outputs; k++)
            TRY(check_free(j, p->eras[i].program->outputs[k].name));
    for (size_t i = 0; i < p->n_eras; i++)
        for (size_t k = 0; k < p->eras[i].program->n_outputs; k++)
            TRY(add_output(j, &p->eras[i].program->outputs[k]));
    TRY(table_add_field(&j->verdict.eligible, j->table, FIELD_eligible,
                        j->err));
    TRY(table_add_field(&j->verdict.reasons, j->table, FIELD_reasons, j->err));
    TRY(table_add(&j->verdict.missing, j->table, "missing", TYPE_LIST, "",
                  j->err));
    j->verdict.missing->label = (Label){"缺失项", "missing"};
    TRY(table_add_field(&j->verdict.trace, j->table, FIELD_trace, j->err));
done:
    return rc;
}

static ErrCode start(Job *j, Run *r, const Program *program)
{
    *r = (Run){.program = program};
    ErrCode rc = bind_inputs(j, r);
    if (rc != OK)
        return rc;
    r->at = code_frame(&program->code, j->scratch);
    r->to = arena_alloc(j->scratch, program->n_outputs + 1, sizeof *r->to);
    r->patterns = patterns_new(j->scratch, j->policy->texts, program);
    if (r->at == NULL || r->to == NULL || r->patterns == NULL)
        return no_memory(j);
    for (size_t i = 0; i < program->n_outputs; i++)
        for (size_t c = 0; c < j->table->n; c++)
            if (strcmp(j->table->columns[c]->name, program->outputs[i].name) ==
                0)
                r->to[i] = j->table->columns[c];
    return OK;
}

static ErrCode run_block(Job *j, Run *r, const uint32_t rows[], size_t n)
{
    const Program *p = r->program;
    for (size_t i = 0; i < p->n_inputs; i++)
        r->load[i](r->at[p->inputs[i]->raw], r->from[i], rows, n);
    code_run(&p->code, r->at, n);
    for (size_t i = 0; i < p->n_outputs; i++) {
        int slot = p->outputs[i].slot;
        frame_store(r->to[i], rows, n, r->at[slot],
                    !code_is_constant(&p->code, slot));
    }
    patterns_fill(r->patterns, r->at, n);
    for (size_t i = 0; i < n; i++) {
        const Pattern *pattern = patterns_of(r->patterns, i);
        Truth all = patterns_verdict(p, r->at, i);
        if (pattern == NULL)
            return no_memory(j);
        j->verdict.eligible->i[rows[i]] =
            all == IS_NULL ? NULL_INT : all == IS_TRUE;
        j->verdict.reasons->s[rows[i]] = pattern->reasons;
        j->verdict.missing->s[rows[i]] = pattern->missing;
        j->verdict.trace->s[rows[i]] = pattern->trace;
    }
    return OK;
}

/* All rows of one era, gathered into blocks. */
static ErrCode run_era(Job *j, size_t era)
{
    uint32_t rows[BLOCK_ROWS];
    size_t n = 0;
    Run run;
    ErrCode rc = OK;
    int started = 0;
    for (size_t i = 0; i < j->table->rows; i++) {
        if (j->era_of[i] != era)
            continue;
        if (!started)
            TRY(start(j, &run, j->policy->eras[era].program));
        started = 1;
        rows[n++] = (uint32_t)i;
        if (n == BLOCK_ROWS) {
            TRY(run_block(j, &run, rows, n));
            n = 0;
        }
    }
    if (n > 0)
        TRY(run_block(j, &run, rows, n));
done:
    return rc;
}

static void judge_rest(Job *j)
{
    for (size_t i = 0; i < j->table->rows; i++) {
        if (j->era_of[i] == NO_ERA) {
            j->verdict.eligible->i[i] = 0;
            j->verdict.reasons->s[i] = j->not_in_force;
        } else if (j->era_of[i] == NO_DATE) {
            j->verdict.eligible->i[i] = NULL_INT;
            j->verdict.missing->s[i] = j->no_date;
        }
    }
}

/* Bind every era before a column is added, so that a failure adds none. */
static ErrCode check_inputs(Job *j)
{
    ErrCode rc = OK;
    for (size_t i = 0; i < j->policy->n_eras; i++) {
        Run r = {.program = j->policy->eras[i].program};
        TRY(bind_inputs(j, &r));
    }
done:
    return rc;
}

ErrCode policy_apply(Table *table, const Policy *policy, Date as_of, Err *err)
{
    static const char name[] = "not-in-force";
    ErrCode rc = OK;
    Job j = {.table = table, .policy = policy, .err = err};
    j.scratch = arena_new();
    if (j.scratch == NULL)
        return no_memory(&j);
    const char *date = policy->head.date_used ? policy->head.date_used : "";
    j.not_in_force = texts_put(policy->texts, name, strlen(name));
    j.no_date = texts_put(policy->texts, date, strlen(date));
    if (j.not_in_force == NULL || j.no_date == NULL)
        TRY(no_memory(&j));
    TRY(find_eras(&j, as_of));
    TRY(check_inputs(&j));
    TRY(add_columns(&j));
    for (size_t i = 0; i < policy->n_eras; i++)
        TRY(run_era(&j, i));
    judge_rest(&j);
done:
    arena_free(j.scratch);
    return rc;
}
