#include "flow/waysin.h"

#include "credit/credit.h"
#include "credit/nearest.h"
#include "credit/tabled.h"
#include "flow/pick.h"
#include "flow/variants.h"
#include "flow/wayfile.h"

#include <stdlib.h>
#include <string.h>

/* A way in, its texts interned. */
typedef struct {
    size_t row, place; /* of the application; among all that was found */
    const char *rule, *field, *from, *to, *grade, *outcome;
    int is_below;
    double points;
    Label text;
} Found;

typedef struct {
    Job *job;
    const Table *from;
    Date as_of;
    Found *found; /* [n] in the job's arena */
    size_t n, capacity;
} Search;

static ErrCode no_memory(Err *err)
{
    return FAIL(err, ERR_MEMORY, "no memory for ways in");
}

static const char *keep_text(const Search *s, const char *text)
{
    return texts_put(s->job->tables->texts, text, strlen(text));
}

static ErrCode keep(Search *s, Story *story, const NearestWay *w, size_t row,
                    Err *err)
{
    const WhatIf *c = w->change;
    Found *found =
        arena_grow(s->job->arena, s->found, &s->capacity, s->n, sizeof *found);
    if (found == NULL)
        return no_memory(err);
    Label text = nearest_say(story, w);
    s->found = found;
    Found *f = &found[s->n++];
    *f = (Found){.row = row,
                 .place = s->n,
                 .rule = c->id,
                 .field = keep_text(s, c->on),
                 .from = keep_text(s, c->from),
                 .to = keep_text(s, c->to),
                 .grade = w->grade,
                 .outcome = keep_text(s, outcome_word(w->outcome)),
                 .is_below = c->is_below,
                 .points = w->points,
                 .text = {keep_text(s, text.zh), keep_text(s, text.en)}};
    return f->field != NULL && f->from != NULL && f->to != NULL &&
                   f->outcome != NULL && f->text.zh != NULL &&
                   f->text.en != NULL
               ? OK
               : no_memory(err);
}

static ErrCode judge_batch(Search *s, const Variants *b, const Policy *policy,
                           Err *err)
{
    ErrCode rc = OK;
    Table *variants;
    Story story = {.arena = b->arena};
    Tables *own = arena_alloc(b->arena, 1, sizeof *own);
    NearestWay *ways = arena_alloc(b->arena, b->n + 1, sizeof *ways);
    if (own == NULL || ways == NULL)
        return no_memory(err);
    *own = (Tables){.arena = b->arena, .texts = s->job->tables->texts};
    TRY(pick_rows(&variants, own, s->from, "variants", b->rows, b->n, err));
    TRY(credit_variants(variants, policy, s->as_of, b->of, err));
    for (size_t i = 0, end; i < b->n; i = end) {
        end = variants_end(b, i);
        size_t n = nearest_find(ways, variants, i, &b->of[i], end - i - 1);
        for (size_t k = 0; k < n; k++)
            TRY(keep(s, &story, &ways[k], b->rows[i], err));
    }
done:
    return rc;
}

/* A batch of the part from row `first` on; *next is behind it. */
static ErrCode one_batch(Search *s, size_t *next, const Part *p, size_t first,
                         const Column *outcome, Err *err)
{
    static const VariantsFixed none = {NULL, 0};
    ErrCode rc = OK;
    Variants b = {.arena = arena_new()};
    size_t i = first;
    if (b.arena == NULL)
        return no_memory(err);
    for (; i < p->n && b.n < VARIANTS_BATCH; i++)
        if (strcmp(outcome->s[p->rows[i]], "decline") == 0)
            TRY(variants_put(&b, p->policy, s->from, p->rows[i], s->as_of,
                             &none, err));
    if (b.n > 0)
        TRY(judge_batch(s, &b, p->policy, err));
    *next = i;
done:
    arena_free(b.arena);
    return rc;
}

static ErrCode search(Search *s, const Part parts[], size_t n,
                      const Table *decisions, Err *err)
{
    ErrCode rc = OK;
    const Column *outcome = table_field(decisions, FIELD_outcome);
    for (size_t k = 0; outcome != NULL && k < n; k++) {
        int is_credit =
            strcmp(policy_head(parts[k].policy)->kind, "credit") == 0;
        for (size_t i = 0; is_credit && i < parts[k].n;) {
            TRY(job_stage(s->job, "ways in", (double)i / (double)parts[k].n,
                          err));
            TRY(one_batch(s, &i, &parts[k], i, outcome, err));
        }
    }
done:
    return rc;
}

static int by_row(const void *a, const void *b)
{
    const Found *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row)
                            : (x->place > y->place) - (x->place < y->place);
}

static ErrCode write_table(Table **out, const Search *s, Err *err)
{
    enum {
        ID,
        PRODUCT,
        RULE,
        FROM_FIELD,
        FROM,
        TO,
        BELOW,
        POINTS,
        GRADE,
        OUTCOME,
        TEXT,
        TEXT_ZH,
        N
    };
    static const TabledColumn list[N] = {
        [ID] = {"application_id", "", TYPE_TEXT, {"申请编号", "application"}},
        [PRODUCT] = {"product", "", TYPE_CATEGORY, {"产品", "product"}},
        [RULE] = {"rule", "", TYPE_TEXT, {"评分项", "scorecard row"}},
        [FROM_FIELD] = {"field", "", TYPE_CATEGORY, {"指标", "field"}},
        [FROM] = {"from", "", TYPE_TEXT, {"现值", "from"}},
        [TO] = {"to", "", TYPE_TEXT, {"变为", "to"}},
        [BELOW] = {"is_below", "", TYPE_BOOL, {"须低于该值", "below that"}},
        [POINTS] = {"points",
                    "point",
                    TYPE_REAL,
                    {"提高分数", "points gained"}},
        [GRADE] = {"grade", "", TYPE_CATEGORY, {"达到等级", "grade reached"}},
        [OUTCOME] = {"outcome", "", TYPE_CATEGORY, {"结论", "outcome"}},
        [TEXT] = {"text", "", TYPE_TEXT, {"说明", "text"}},
        [TEXT_ZH] = {"text_zh", "", TYPE_TEXT, {"说明", "text"}}};
    Column *c[N];
    const Column *id = table_field(s->from, FIELD_application_id);
    const Column *product = table_field(s->from, FIELD_product);
    ErrCode rc = tabled_new(out, c, s->job->tables, "assess_ways",
                            (Label){"改进途径", "Ways in"}, s->n, list, N, err);
    for (size_t i = 0; rc == OK && i < s->n; i++) {
        const Found *f = &s->found[i];
        c[ID]->s[i] = id->s[f->row];
        c[PRODUCT]->s[i] = product == NULL ? NULL : product->s[f->row];
        c[RULE]->s[i] = f->rule;
        c[FROM_FIELD]->s[i] = f->field;
        c[FROM]->s[i] = f->from;
        c[TO]->s[i] = f->to;
        c[BELOW]->i[i] = f->is_below;
        c[POINTS]->d[i] = f->points;
        c[GRADE]->s[i] = f->grade;
        c[OUTCOME]->s[i] = f->outcome;
        c[TEXT]->s[i] = f->text.en;
        c[TEXT_ZH]->s[i] = f->text.zh;
    }
    return rc;
}

ErrCode waysin_write(Job *job, const Table *from, const Part parts[], size_t n,
                     const Table *decisions, Date as_of, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Search s = {.job = job, .from = from, .as_of = as_of};
    const char *path = job_option(job, "ways");
    if (path == NULL || job->recorded != NULL)
        return OK;
    TRY(search(&s, parts, n, decisions, err));
    if (s.n > 1)
        qsort(s.found, s.n, sizeof *s.found, by_row);
    TRY(write_table(&t, &s, err));
    TRY(wayfile_write(job, path, t, "kedan assess --ways", err));
done:
    return rc;
}
