#include "subsidy/side.h"

#include <string.h>

/* Contracts just under and just over one step. */
typedef struct {
    int64_t under, over, under_fen, over_fen, firms, repeat;
} Around;

/* Within 5%: under from 19/20 of the step, over to 21/20 of it. */
static Around look_around(const Sides *p, int64_t step, unsigned char times[])
{
    Around a = {0};
    memset(times, 0, p->firms);
    for (size_t i = 0; i < p->rows; i++) {
        int64_t fen = p->side[0].claimed[i];
        if (fen < step && (Exact)fen * 20 >= (Exact)step * 19) {
            unsigned char *t = &times[p->firm[i]];
            a.under++;
            a.under_fen += fen;
            a.firms += *t == 0;
            a.repeat += *t == 1;
            *t = (unsigned char)(*t + (*t < 2));
        } else if (fen >= step && (Exact)fen * 20 < (Exact)step * 21) {
            a.over++;
            a.over_fen += fen;
        }
    }
    return a;
}

static ErrCode put_under(Sides *p, Err *err)
{
    ErrCode rc = OK;
    static const struct {
        const char *name;
        FieldType type;
        Label label;
    } columns[] = {
        {"under_contracts", TYPE_COUNT, {"档下5%合同", "contracts 5% under"}},
        {"over_contracts", TYPE_COUNT, {"档上5%合同", "contracts 5% over"}},
        {"under_claimed", TYPE_MONEY, {"档下申报", "claimed under"}},
        {"over_claimed", TYPE_MONEY, {"档上申报", "claimed over"}},
        {"under_firms", TYPE_COUNT, {"档下企业", "firms under"}},
        {"repeat_firms",
         TYPE_COUNT,
         {"档下多份合同的企业", "firms with several under"}},
    };
    enum { COLUMNS = sizeof columns / sizeof *columns };
    Table *t;
    Column *step, *c[COLUMNS];
    unsigned char *times = arena_alloc(p->scratch, p->firms, 1);
    if (times == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(table_new(&t, p->tables, "subsidy_under_step", p->n_steps, err));
    t->title = (Label){"分档线附近的合同", "Contracts around the steps"};
    TRY(side_column(&step, t, NULL, "step", TYPE_MONEY,
                    (Label){"分档线", "step"}, err));
    for (size_t k = 0; k < COLUMNS; k++)
        TRY(side_column(&c[k], t, NULL, columns[k].name, columns[k].type,
                        columns[k].label, err));
    for (size_t r = 0; r < p->n_steps; r++) {
        Around a = look_around(p, p->steps[r], times);
        const int64_t value[COLUMNS] = {a.under,    a.over,  a.under_fen,
                                        a.over_fen, a.firms, a.repeat};
        step->i[r] = p->steps[r];
        for (size_t k = 0; k < COLUMNS; k++)
            c[k]->i[r] = value[k];
    }
done:
    return rc;
}

/* The steps with their names, as marks on a chart over value. */
static ErrCode put_steps(Sides *p, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *name, *name_zh, *x;
    TRY(table_new(&t, p->tables, "subsidy_steps", p->n_steps, err));
    t->title = (Label){"分档线", "Steps"};
    TRY(table_add_field(&name, t, FIELD_name, err));
    TRY(side_column(&name_zh, t, NULL, "name_zh", TYPE_TEXT,
                    (Label){"名称", "name"}, err));
    TRY(side_column(&x, t, NULL, "x", TYPE_MONEY, (Label){"分档线", "step"},
                    err));
    for (size_t r = 0; r < p->n_steps; r++) {
        Label said = side_amount(p->tables->arena, p->steps[r]);
        if (said.zh == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
        name->s[r] = said.en;
        name_zh->s[r] = said.zh;
        x->i[r] = p->steps[r];
    }
done:
    return rc;
}

ErrCode sides_steps(Sides *p, Err *err)
{
    ErrCode rc = put_under(p, err);
    return rc == OK ? put_steps(p, err) : rc;
}
