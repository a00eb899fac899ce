#include "flow/why.h"

#include "core/text.h"

#include <string.h>

/* The columns of an explained row. */
typedef struct {
    size_t n;
    const char **step, **rule, **cite, **result;
} Steps;

static int same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static const char *say(const char *text)
{
    return text == NULL ? "" : text;
}

static ErrCode steps_of(Steps *out, Tables *tables, Judged j, size_t row,
                        Err *err)
{
    Table *t;
    ErrCode rc =
        policy_explain(&t, tables, j.policy, j.rows, row, j.as_of, err);
    if (rc == OK)
        *out =
            (Steps){t->rows, table_find(t, "step")->s, table_find(t, "rule")->s,
                    table_find(t, "cite")->s, table_find(t, "result")->s};
    return rc;
}

/* Rules, not what they are told nor what comes of them all. */
static int is_rule(const char *step)
{
    static const char *const others[] = {"version", "input",    "parameter",
                                         "reasons", "eligible", "missing",
                                         "trace"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(step, others[i]) == 0)
            return 0;
    return 1;
}

static int is_same_step(const Steps *a, size_t i, const Steps *b, size_t k)
{
    return same(a->rule[i], b->rule[k]) &&
           strncmp(a->step[i], b->step[k], 5) == 0; /* "limit, binds" */
}

/* The place in `b` of the step that is step i of `a`; b->n: it has none.
 * Equal steps, as of two ways to earn points, go by their order. */
static size_t partner(const Steps *a, size_t i, const Steps *b)
{
    size_t before = 0, k = 0;
    for (size_t j = 0; j < i; j++)
        before += is_same_step(a, i, a, j);
    for (; k < b->n; k++)
        if (is_same_step(a, i, b, k) && before-- == 0)
            break;
    return k;
}

/* Does a rule that only one text has decide something? */
static int decides(const Steps *s, size_t i)
{
    if (strcmp(s->step[i], "eligibility") == 0)
        return !same(s->result[i], "true");
    return strcmp(s->step[i], "decision") == 0 ||
           strcmp(s->step[i], "limit, binds") == 0;
}

static void keep(Why *out, const Steps *s, size_t i, const char *before,
                 const char *after)
{
    *out = (Why){say(s->rule[i]), say(before), say(after), say(s->cite[i])};
}

static int find_rule(Why *out, const Steps *a, const Steps *b)
{
    for (size_t k = 0; k < b->n; k++) {
        size_t i = partner(b, k, a);
        if (!is_rule(b->step[k]) || (i == a->n && !decides(b, k)))
            continue;
        if (i < a->n && same(a->result[i], b->result[k]))
            continue;
        keep(out, b, k, i < a->n ? a->result[i] : NULL, b->result[k]);
        return 1;
    }
    for (size_t i = 0; i < a->n; i++)
        if (is_rule(a->step[i]) && partner(a, i, b) == b->n && decides(a, i)) {
            keep(out, a, i, a->result[i], NULL);
            return 1;
        }
    return 0;
}

/* Where the rules agree, a limit that bound or a figure of the model. */
static void find_column(Why *out, Arena *arena, const Table *a, const Table *b,
                        size_t row)
{
    char x[CELL_TEXT], y[CELL_TEXT];
    const Column *binding = table_field(b, FIELD_binding);
    for (size_t c = 0; c < b->n; c++) {
        const Column *after = b->columns[c];
        const Column *before = table_find(a, after->name);
        if (before == NULL || before->type != after->type)
            continue;
        const char *was = cell_format(x, before, row);
        const char *is = cell_format(y, after, row);
        if (strcmp(was, is) == 0)
            continue;
        const char *rule = after->name;
        if (binding != NULL && binding->s[row] != NULL)
            rule = binding->s[row];
        *out = (Why){rule, say(text_copy(arena, was, strlen(was))),
                     say(text_copy(arena, is, strlen(is))), ""};
        return;
    }
}

ErrCode why_differs(Why *out, Arena *scratch, Judged a, Judged b, size_t row,
                    Err *err)
{
    ErrCode rc = OK;
    Steps before, after;
    Tables *tables = tables_new(scratch);
    *out = (Why){"", "", "", ""};
    if (tables == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to compare two judgements");
    TRY(steps_of(&before, tables, a, row, err));
    TRY(steps_of(&after, tables, b, row, err));
    if (!find_rule(out, &before, &after))
        find_column(out, scratch, a.rows, b.rows, row);
done:
    return rc;
}
