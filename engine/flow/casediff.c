#include "flow/casediff.h"

#include "flow/cases.h"

#include <string.h>

/* What cases have in common, and their sums. */
typedef struct {
    const char *name, *cite; /* an outcome; or a rule and its article */
    int64_t n[2];            /* before, after; by rule: n[1] alone */
    int64_t fen[2];
} Tally;

typedef struct {
    Tally *items; /* [n] in the order in which they came up */
    size_t n, capacity;
} Tallies;

typedef struct {
    size_t row;
    CaseResult before, after;
    Why why;
} Moved;

typedef struct {
    Job *job;
    Judged a, b;
    Tallies outcomes, rules;
    Moved *moved; /* [n] */
    size_t n;
    Err *err;
} Casediff;

static ErrCode no_memory(Casediff *d)
{
    return FAIL(d->err, ERR_MEMORY, "no memory to compare %zu cases",
                d->a.rows->rows);
}

static Tally *tally_of(Casediff *d, Tallies *all, const char *name,
                       const char *cite)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->items[i].name, name) == 0)
            return &all->items[i];
    Tally *items = arena_grow(d->job->arena, all->items, &all->capacity, all->n,
                              sizeof *items);
    if (items == NULL)
        return NULL;
    all->items = items;
    items[all->n] = (Tally){.name = name, .cite = cite};
    return &items[all->n++];
}

static int64_t fen_of(CaseResult r)
{
    return r.amount == NULL_INT ? 0 : r.amount;
}

static ErrCode count_outcome(Casediff *d, CaseResult r, int side)
{
    Tally *t = tally_of(d, &d->outcomes, r.outcome, NULL);
    if (t == NULL)
        return no_memory(d);
    t->n[side]++;
    t->fen[side] += fen_of(r);
    return OK;
}

static const char *kept(Casediff *d, const char *text)
{
    return *text == '\0' ? NULL
                         : texts_put(d->job->tables->texts, text, strlen(text));
}

/* Why a case moved, its texts moved out of the scratch memory. */
static ErrCode find_why(Casediff *d, Moved *m, Arena *scratch)
{
    Why *w = &m->why;
    ErrCode rc = why_differs(w, scratch, d->a, d->b, m->row, d->err);
    if (rc != OK)
        return rc;
    *w = (Why){kept(d, w->rule), kept(d, w->before), kept(d, w->after),
               kept(d, w->cite)};
    if (w->rule == NULL)
        w->rule = "";
    Tally *t = tally_of(d, &d->rules, w->rule, w->cite);
    if (t == NULL)
        return no_memory(d);
    t->n[1]++;
    t->fen[0] += fen_of(m->before);
    t->fen[1] += fen_of(m->after);
    return OK;
}

static ErrCode look(Casediff *d, size_t row, Arena *scratch)
{
    ErrCode rc = OK;
    Moved m = {.row = row,
               .before = cases_result(d->a.rows, row),
               .after = cases_result(d->b.rows, row)};
    TRY(count_outcome(d, m.before, 0));
    TRY(count_outcome(d, m.after, 1));
    if (strcmp(m.before.outcome, m.after.outcome) == 0 &&
        m.before.amount == m.after.amount)
        return OK;
    TRY(find_why(d, &m, scratch));
    d->moved[d->n++] = m;
    arena_reset(scratch);
done:
    return rc;
}

static ErrCode look_at_all(Casediff *d)
{
    ErrCode rc = OK;
    size_t n = d->a.rows->rows;
    Arena *scratch = arena_new();
    d->moved = arena_alloc(d->job->arena, n + 1, sizeof *d->moved);
    if (scratch == NULL || d->moved == NULL)
        TRY(no_memory(d));
    for (size_t i = 0; i < n; i++)
        TRY(look(d, i, scratch));
done:
    arena_free(scratch);
    return rc;
}

static ErrCode column(Column **out, Table *t, const char *name, FieldType type,
                      Label label, Err *err)
{
    const char *unit = type == TYPE_MONEY ? "fen" : "";
    return table_add_labelled(out, t, name, type, unit, label, err);
}

static ErrCode write_outcomes(Casediff *d)
{
    ErrCode rc = OK;
    Table *t;
    Column *name, *n[3], *fen[3];
    Tally sum = {.name = "total"};
    TRY(table_new(&t, d->job->tables, "rule_case_outcomes", d->outcomes.n + 1,
                  d->err));
    t->title = (Label){"结论变动", "Outcomes before and after"};
    TRY(column(&name, t, "outcome", TYPE_CATEGORY, (Label){"结论", "outcome"},
               d->err));
    TRY(column(&n[0], t, "cases_before", TYPE_COUNT,
               (Label){"原件数", "cases before"}, d->err));
    TRY(column(&n[1], t, "cases_after", TYPE_COUNT, (Label){"现件数", "after"},
               d->err));
    TRY(column(&n[2], t, "cases_change", TYPE_COUNT, (Label){"增减", "change"},
               d->err));
    TRY(column(&fen[0], t, "amount_before", TYPE_MONEY,
               (Label){"原金额", "amount before"}, d->err));
    TRY(column(&fen[1], t, "amount_after", TYPE_MONEY,
               (Label){"现金额", "after"}, d->err));
    TRY(column(&fen[2], t, "amount_change", TYPE_MONEY,
               (Label){"增减", "change"}, d->err));
    for (size_t i = 0; i <= d->outcomes.n; i++) {
        const Tally *it = i < d->outcomes.n ? &d->outcomes.items[i] : &sum;
        name->s[i] = it->name;
        for (int k = 0; k < 2; k++) {
            n[k]->i[i] = it->n[k];
            fen[k]->i[i] = it->fen[k];
            sum.n[k] += it->n[k];
            sum.fen[k] += it->fen[k];
        }
        n[2]->i[i] = n[1]->i[i] - n[0]->i[i];
        fen[2]->i[i] = fen[1]->i[i] - fen[0]->i[i];
    }
    TRY(job_result(d->job, t, d->err));
done:
    return rc;
}

static ErrCode write_rules(Casediff *d)
{
    ErrCode rc = OK;
    Table *t;
    Column *rule, *cite, *n, *change;
    TRY(table_new(&t, d->job->tables, "rule_case_why", d->rules.n, d->err));
    t->title = (Label){"变动原因", "Which rule decides otherwise"};
    TRY(column(&rule, t, "rule", TYPE_CATEGORY, (Label){"规则", "rule"},
               d->err));
    TRY(column(&n, t, "cases", TYPE_COUNT, (Label){"件数", "cases"}, d->err));
    TRY(column(&change, t, "amount_change", TYPE_MONEY,
               (Label){"金额增减", "change of amount"}, d->err));
    TRY(column(&cite, t, "cite", TYPE_TEXT, (Label){"依据", "cite"}, d->err));
    for (size_t i = 0; i < d->rules.n; i++) {
        const Tally *it = &d->rules.items[i];
        rule->s[i] = it->name;
        cite->s[i] = it->cite;
        n->i[i] = it->n[1];
        change->i[i] = it->fen[1] - it->fen[0];
    }
    TRY(job_result(d->job, t, d->err));
done:
    return rc;
}

enum { CELLS = 9 };

static void fill_case(Column *to[CELLS], size_t i, const Moved *m,
                      const Column *id)
{
    to[0]->s[i] = id == NULL ? NULL : id->s[m->row];
    to[1]->s[i] = m->before.outcome;
    to[2]->s[i] = m->after.outcome;
    to[3]->i[i] = m->before.amount;
    to[4]->i[i] = m->after.amount;
    to[5]->s[i] = m->why.rule;
    to[6]->s[i] = m->why.before;
    to[7]->s[i] = m->why.after;
    to[8]->s[i] = m->why.cite;
}

static ErrCode write_cases(Casediff *d)
{
    static const struct {
        const char *name;
        FieldType type;
        Label label;
    } columns[CELLS] = {
        {"case", TYPE_TEXT, {"编号", "case"}},
        {"outcome_before", TYPE_CATEGORY, {"原结论", "outcome before"}},
        {"outcome_after", TYPE_CATEGORY, {"现结论", "after"}},
        {"amount_before", TYPE_MONEY, {"原金额", "amount before"}},
        {"amount_after", TYPE_MONEY, {"现金额", "after"}},
        {"rule", TYPE_CATEGORY, {"规则", "rule"}},
        {"rule_before", TYPE_TEXT, {"原判定", "said before"}},
        {"rule_after", TYPE_TEXT, {"现判定", "says after"}},
        {"cite", TYPE_TEXT, {"依据", "cite"}}};
    ErrCode rc = OK;
    Table *t;
    Column *to[CELLS];
    TRY(table_new(&t, d->job->tables, "rule_case_changes", d->n, d->err));
    t->title = (Label){"变动名单", "Who changes"};
    for (size_t i = 0; i < CELLS; i++)
        TRY(column(&to[i], t, columns[i].name, columns[i].type,
                   columns[i].label, d->err));
    for (size_t i = 0; i < d->n; i++)
        fill_case(to, i, &d->moved[i], cases_id(d->a.rows));
    d->job->rows = t;
    TRY(job_result(d->job, t, d->err));
done:
    return rc;
}

ErrCode casediff_tables(Job *job, Judged a, Judged b, Err *err)
{
    ErrCode rc = OK;
    Casediff d = {.job = job, .a = a, .b = b, .err = err};
    TRY(look_at_all(&d));
    TRY(write_outcomes(&d));
    TRY(write_rules(&d));
    TRY(write_cases(&d));
done:
    return rc;
}
