#include "policy/days.h"
#include "policy/frame.h"
#include "policy/inside.h"
#include "policy/losses.h"
#include "policy/pattern.h"
#include "policy/swap.h"

#include "core/tr.h"

#include <string.h>

/* The columns that every policy adds. */
typedef struct {
    Column *eligible, *reasons, *missing, *trace;
} Verdict;

typedef struct {
    Table *table;
    const Policy *policy;
    Arena *scratch;
    int is_plain;     /* outputs alone, no verdict */
    int has_codes;    /* reason codes beside them */
    uint16_t *era_of; /* [rows] */
    int only;         /* the one era of all rows, or -1 */
    const char *not_in_force, *no_date;
    Verdict verdict;
    Column *codes[LOSSES_TOP]; /* reason_1 ... */
    const WhatIf *changes;     /* [rows], or NULL */
    Err *err;
} Job;

/* One program on one table. */
typedef struct {
    const Program *program;
    void **at;
    const Column **from; /* [n_inputs] */
    LoadFn *load;        /* [n_inputs] */
    void **own;          /* [n_inputs] their blocks */
    Column **to;         /* [n_outputs] */
    Column **cells;      /* [n_outputs] to gather from, or NULL */
    Patterns *patterns;
} Run;

static ErrCode no_memory(Job *j)
{
    return FAIL(j->err, ERR_MEMORY, "no memory to apply the policy '%s'",
                j->policy->head.id);
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

/* Will a run fill that output in every row? */
static int gives(const Era *era, const Output *o)
{
    for (size_t i = 0; i < era->program->n_outputs; i++)
        if (era->program->outputs[i].name == o->name)
            return 1;
    return 0;
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
    if (j->only < 0 || !gives(&j->policy->eras[j->only], o))
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

static ErrCode add_codes(Job *j)
{
    for (size_t i = 0; i < j->policy->n_eras; i++)
        if (j->policy->eras[i].program->losses == NULL)
            return FAIL(j->err, ERR_RULE,
                        "policy '%s' has more than %d scorecard rows: too many "
                        "for reason codes",
                        j->policy->head.id, LOSSES_ATTRIBUTES);
    return losses_columns(j->codes, j->table, j->err);
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
    if (j->has_codes)
        TRY(add_codes(j));
    if (j->is_plain)
        goto done;
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

static ErrCode bind_outputs(Job *j, Run *r)
{
    const Program *p = r->program;
    r->to = arena_alloc(j->scratch, p->n_outputs + 1, sizeof *r->to);
    r->cells = arena_alloc(j->scratch, p->n_outputs + 1, sizeof *r->cells);
    if (r->to == NULL || r->cells == NULL)
        return no_memory(j);
    for (size_t i = 0; i < p->n_outputs; i++) {
        const Output *o = &p->outputs[i];
        const Slot *s = &p->code.slots[o->slot];
        for (size_t c = 0; c < j->table->n; c++)
            if (strcmp(j->table->columns[c]->name, o->name) == 0)
                r->to[i] = j->table->columns[c];
        if (!o->is_gathered)
            continue;
        r->cells[i] = frame_cells(j->scratch, o->type, s->of, s->n_of);
        if (r->cells[i] == NULL)
            return no_memory(j);
    }
    return OK;
}

static ErrCode start(Job *j, Run *r, const Program *program)
{
    ErrCode rc = OK;
    *r = (Run){.program = program};
    TRY(bind_inputs(j, r));
    TRY(bind_outputs(j, r));
    size_t n = j->table->rows < BLOCK_ROWS ? j->table->rows : BLOCK_ROWS;
    r->at = code_frame(&program->code, j->scratch, n);
    r->own = arena_alloc(j->scratch, program->n_inputs + 1, sizeof *r->own);
    if (!j->is_plain)
        r->patterns = patterns_new(j->scratch, j->policy->texts, program);
    if (r->at == NULL || r->own == NULL ||
        (r->patterns == NULL && !j->is_plain))
        return no_memory(j);
    for (size_t i = 0; i < program->n_inputs; i++)
        r->own[i] = r->at[program->inputs[i]->raw];
done:
    return rc;
}

/* Rows that follow each other are read where they stand. */
static void load_inputs(const Run *r, const uint32_t rows[], size_t n,
                        int may_view)
{
    const Program *p = r->program;
    may_view = may_view && rows[n - 1] - rows[0] == n - 1;
    for (size_t i = 0; i < p->n_inputs; i++) {
        const Symbol *s = p->inputs[i];
        void *view = may_view ? frame_view(s->unit, r->from[i], rows[0]) : NULL;
        r->at[s->raw] = view ? view : r->own[i];
        if (view == NULL)
            r->load[i](r->own[i], r->from[i], rows, n);
    }
}

/* The texts are null already. */
static ErrCode judge(Job *j, const Run *r, const uint32_t rows[], size_t n)
{
    const Verdict *v = &j->verdict;
    const Pattern *of[BLOCK_ROWS];
    static const int64_t truths[] = {
        [IS_FALSE] = 0, [IS_NULL] = NULL_INT, [IS_TRUE] = 1};
    if (!patterns_find(of, r->patterns, r->at, n))
        return no_memory(j);
    for (size_t i = 0; i < n; i++) {
        v->eligible->i[rows[i]] = truths[of[i]->eligible];
        v->trace->s[rows[i]] = of[i]->trace;
    }
    for (size_t i = 0; i < n; i++) {
        if (of[i]->reasons != NULL)
            v->reasons->s[rows[i]] = of[i]->reasons;
        if (of[i]->missing != NULL)
            v->missing->s[rows[i]] = of[i]->missing;
    }
    return OK;
}

static ErrCode run_block(Job *j, Run *r, const uint32_t rows[], size_t n)
{
    const Program *p = r->program;
    load_inputs(r, rows, n, j->changes == NULL);
    if (j->changes == NULL)
        code_run_lean(&p->code, r->at, n);
    else
        swap_run(&p->code, r->at, j->changes, rows, n);
    for (size_t i = 0; i < p->n_outputs; i++) {
        int slot = p->outputs[i].slot;
        if (r->cells[i] != NULL)
            frame_gather(r->to[i], rows, n, r->cells[i],
                         r->at[p->code.slots[slot].index]);
        else
            frame_store(r->to[i], rows, n, r->at[slot],
                        !code_is_constant(&p->code, slot));
    }
    if (j->has_codes)
        losses_store(j->codes, p->losses, r->at, rows, n);
    return j->is_plain ? OK : judge(j, r, rows, n);
}

/* Every row of the table. */
static ErrCode run_all(Job *j)
{
    uint32_t rows[BLOCK_ROWS];
    size_t all = j->table->rows;
    Run run;
    ErrCode rc = OK;
    if (all > 0)
        TRY(start(j, &run, j->policy->eras[j->only].program));
    for (size_t i = 0, n; i < all; i += n) {
        n = all - i < BLOCK_ROWS ? all - i : BLOCK_ROWS;
        for (size_t k = 0; k < n; k++)
            rows[k] = (uint32_t)(i + k);
        TRY(run_block(j, &run, rows, n));
    }
done:
    return rc;
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
        if (j->era_of[i] == DAYS_NO_ERA) {
            j->verdict.eligible->i[i] = 0;
            j->verdict.reasons->s[i] = j->not_in_force;
        } else if (j->era_of[i] == DAYS_NO_DATE) {
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

typedef enum { WITH_VERDICT, WITHOUT, WITH_CODES } What;

static ErrCode run(Table *table, const Policy *policy, Date as_of, What what,
                   const WhatIf changes[], Err *err)
{
    static const char name[] = "not-in-force";
    ErrCode rc = OK;
    Job j = {.table = table,
             .policy = policy,
             .is_plain = what != WITH_VERDICT,
             .has_codes = what == WITH_CODES,
             .changes = changes,
             .only = -1,
             .err = err};
    j.scratch = arena_new();
    if (j.scratch == NULL)
        return no_memory(&j);
    const char *date = policy->head.date_used ? policy->head.date_used : "";
    j.not_in_force = texts_put(policy->texts, name, strlen(name));
    j.no_date = texts_put(policy->texts, date, strlen(date));
    if (j.not_in_force == NULL || j.no_date == NULL)
        TRY(no_memory(&j));
    TRY(days_find(&j.era_of, &j.only, j.scratch, policy, table, as_of, err));
    TRY(check_inputs(&j));
    TRY(add_columns(&j));
    if (j.only >= 0)
        TRY(run_all(&j));
    for (size_t i = 0; i < policy->n_eras && j.only < 0; i++)
        TRY(run_era(&j, i));
    if (!j.is_plain && j.only < 0)
        judge_rest(&j);
done:
    arena_free(j.scratch);
    return rc;
}

ErrCode policy_apply(Table *table, const Policy *policy, Date as_of, Err *err)
{
    return run(table, policy, as_of, WITH_VERDICT, NULL, err);
}

ErrCode policy_outputs(Table *table, const Policy *policy, Date as_of, Err *err)
{
    return run(table, policy, as_of, WITHOUT, NULL, err);
}

ErrCode policy_scores(Table *table, const Policy *policy, Date as_of, Err *err)
{
    return run(table, policy, as_of, WITH_CODES, NULL, err);
}

ErrCode whatif_apply(Table *table, const Policy *policy, Date as_of,
                     const WhatIf of[], Err *err)
{
    return run(table, policy, as_of, WITH_VERDICT, of, err);
}
