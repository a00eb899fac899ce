#include "subsidy/screen.h"

#include <string.h>

typedef struct {
    Column *sign, *group, *id, *firm, *seller, *day, *claimed, *together, *step,
        *refusal;
} Columns;

static ErrCode add_columns(Columns *c, Table *t, Err *err)
{
    ErrCode rc = OK;
    TRY(side_column(&c->sign, t, NULL, "finding", TYPE_CATEGORY,
                    (Label){"情形", "finding"}, err));
    TRY(side_column(&c->group, t, NULL, "group", TYPE_COUNT,
                    (Label){"组", "group"}, err));
    TRY(table_add_field(&c->id, t, FIELD_contract_id, err));
    TRY(table_add_field(&c->firm, t, FIELD_firm_id, err));
    TRY(table_add_field(&c->seller, t, FIELD_seller_id, err));
    TRY(side_column(&c->day, t, NULL, "day", TYPE_DATE, (Label){"日期", "day"},
                    err));
    TRY(side_column(&c->claimed, t, NULL, "claimed", TYPE_MONEY,
                    (Label){"申报金额", "claimed"}, err));
    TRY(side_column(&c->together, t, NULL, "together", TYPE_MONEY,
                    (Label){"合计申报", "together"}, err));
    TRY(side_column(&c->step, t, NULL, "step", TYPE_MONEY,
                    (Label){"分档线", "step"}, err));
    TRY(side_column(&c->refusal, t, NULL, "refusal", TYPE_CATEGORY,
                    (Label){"不予补助原因", "refusal"}, err));
done:
    return rc;
}

static ErrCode take_words(const char *word[SCREENS], Texts *texts, Err *err)
{
    for (int k = 0; k < SCREENS; k++) {
        const char *text = screen_word((ScreenSign)k);
        word[k] = texts_put(texts, text, strlen(text));
        if (word[k] == NULL)
            return FAIL(err, ERR_MEMORY, "out of memory");
    }
    return OK;
}

ErrCode sides_suspects(Sides *p, Err *err)
{
    ErrCode rc = OK;
    Screen screen;
    Table *t;
    Columns c;
    const char *word[SCREENS];
    const Side *side = &p->side[0];
    const Column *firm = table_field(side->table, FIELD_firm_id);
    const Column *seller = table_field(side->table, FIELD_seller_id);
    size_t row = 0;
    TRY(take_words(word, p->tables->texts, err));
    TRY(screen_contracts(&screen, p, err));
    TRY(table_new(&t, p->tables, "subsidy_suspects", screen.rows, err));
    t->title = (Label){"拨付前核查", "Contracts to check before release"};
    TRY(add_columns(&c, t, err));
    for (size_t g = 0; g < screen.n; g++) {
        const ScreenGroup *group = &screen.groups[g];
        for (size_t k = 0; k < group->n; k++, row++) {
            const ScreenRow *r = &group->rows[k];
            c.sign->s[row] = word[group->sign];
            c.group->i[row] = (int64_t)g + 1;
            c.id->s[row] = r->id;
            c.firm->s[row] = firm->s[r->row];
            c.seller->s[row] = seller != NULL ? seller->s[r->row] : NULL;
            c.day->i[row] = r->day;
            c.claimed->i[row] = r->claimed;
            c.together->i[row] = group->together;
            c.step->i[row] = group->step;
            c.refusal->s[row] = side->refusal[r->row];
        }
    }
done:
    return rc;
}
