#include "flow/lifts.h"

#include "core/text.h"
#include "credit/lift.h"
#include "credit/tabled.h"
#include "flow/pick.h"
#include "flow/variants.h"
#include "flow/wayfile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FIXED = 64 };

/* A change that was found, its texts interned. */
typedef struct {
    size_t row, place; /* of the file; among all that was found */
    Lift of;
    const char *rule, *field, *from, *to;
    int64_t below, changes; /* below: NULL_INT of several changes */
    Label text;
} Found;

typedef struct {
    Job *job;
    const Lifts *lifts;
    double aim;
    const char *names[FIXED];
    VariantsFixed fixed;
    Found *found; /* [n] in the job's arena */
    size_t n, capacity;
} Search;

static ErrCode no_memory(Err *err)
{
    return FAIL(err, ERR_MEMORY, "no memory for ways in");
}

/* ---- options ---- */

static ErrCode read_aim(double *out, const Job *job, Err *err)
{
    const char *text;
    char *end;
    ErrCode rc = job_need(&text, job, "below", err);
    if (rc != OK)
        return rc;
    *out = strtod(text, &end);
    if (end == text || *end != '\0' || !isfinite(*out))
        return FAIL(err, ERR_USAGE, "--below: '%.*s' is no score; write 620",
                    TEXT_SHORT(text));
    return OK;
}

static int is_known(const Policy *policy, const char *name)
{
    const PolicyInput *inputs;
    size_t n = policy_inputs(&inputs, policy);
    for (size_t i = 0; i < n; i++)
        if (strcmp(inputs[i].name, name) == 0)
            return 1;
    return policy_reason(policy, name) != NULL;
}

/* Names between commas; what is neither a row nor a column is a mistake. */
static ErrCode read_fixed(const char *names[], VariantsFixed *out,
                          const Job *job, const Policy *policy, Err *err)
{
    const char *text = job_option(job, "fixed");
    *out = (VariantsFixed){names, 0};
    for (const char *at = text == NULL ? "" : text; *at != '\0';) {
        size_t width = strcspn(at, ",");
        const char *name = text_copy(job->arena, at, width);
        if (name == NULL)
            return no_memory(err);
        if (out->n == FIXED)
            return FAIL(err, ERR_USAGE, "--fixed: at most %d names", FIXED);
        if (!is_known(policy, name))
            return FAIL(err, ERR_USAGE,
                        "--fixed: the card has no row or column '%.*s'",
                        TEXT_SHORT(name));
        names[out->n++] = name;
        at += width + (at[width] == ',');
    }
    return OK;
}

ErrCode lifts_check(const Job *job, const Policy *policy, Err *err)
{
    const char *names[FIXED];
    VariantsFixed fixed;
    double aim;
    if (job_option(job, "ways") == NULL) {
        static const char *const with[] = {"below", "fixed"};
        for (int i = 0; i < 2; i++)
            if (job_option(job, with[i]) != NULL && job->recorded == NULL)
                return FAIL(err, ERR_USAGE,
                            "--%s says nothing without --ways FILE", with[i]);
        return OK;
    }
    ErrCode rc = read_aim(&aim, job, err);
    return rc != OK ? rc : read_fixed(names, &fixed, job, policy, err);
}

/* ---- the search ---- */

static const char *keep_text(const Search *s, const char *text)
{
    return texts_put(s->job->tables->texts, text, strlen(text));
}

/* What the changes of a chain say, joined by ';'. */
static const char *joined(const Search *s, Story *story, const WhatIf *c,
                          const char *(*of)(const WhatIf *))
{
    const char *text = of(c);
    for (c = c->also; c != NULL; c = c->also)
        text = story_say(story, "%s;%s", text, of(c));
    return keep_text(s, text);
}

static const char *id_of(const WhatIf *c)
{
    return c->id;
}

static const char *field_of(const WhatIf *c)
{
    return c->on;
}

static const char *from_of(const WhatIf *c)
{
    return c->from;
}

static const char *to_of(const WhatIf *c)
{
    return c->to;
}

static ErrCode keep(Search *s, Story *story, const Lift *lift, size_t row,
                    Err *err)
{
    const WhatIf *c = lift->change;
    Found *found =
        arena_grow(s->job->arena, s->found, &s->capacity, s->n, sizeof *found);
    if (found == NULL)
        return no_memory(err);
    Label text = lift_say(story, lift, s->aim);
    s->found = found;
    Found *f = &found[s->n++];
    *f = (Found){.row = row,
                 .place = s->n,
                 .of = *lift,
                 .rule = joined(s, story, c, id_of),
                 .field = joined(s, story, c, field_of),
                 .from = joined(s, story, c, from_of),
                 .to = joined(s, story, c, to_of),
                 .below = c->also == NULL ? c->is_below : NULL_INT,
                 .text = {keep_text(s, text.zh), keep_text(s, text.en)}};
    for (; c != NULL; c = c->also)
        f->changes++;
    return f->rule != NULL && f->field != NULL && f->from != NULL &&
                   f->to != NULL && f->text.zh != NULL && f->text.en != NULL &&
                   !story->failed
               ? OK
               : no_memory(err);
}

/* The changes of list[m] as one. */
static const WhatIf *chain(Arena *arena, const WhatIf *const changes[],
                           size_t m)
{
    WhatIf *all = arena_alloc(arena, m, sizeof *all);
    for (size_t i = 0; all != NULL && i < m; i++) {
        all[i] = *changes[i];
        all[i].also = i + 1 < m ? &all[i + 1] : NULL;
    }
    return all;
}

static ErrCode judge(Table **out, const Search *s, const Variants *v, Err *err)
{
    ErrCode rc = OK;
    const Lifts *l = s->lifts;
    Tables *own = arena_alloc(v->arena, 1, sizeof *own);
    if (own == NULL)
        return no_memory(err);
    *own = (Tables){.arena = v->arena, .texts = s->job->tables->texts};
    TRY(pick_rows(out, own, l->inputs, "variants", v->rows, v->n, err));
    TRY(whatif_apply(*out, l->policy, l->as_of, v->of, err));
done:
    return rc;
}

/* What single changes do, and how several would, into `more`, which is judged
 * next; what is found of a row stands in *lifts. */
static ErrCode look(Search *s, const Variants *v, const Table *variants,
                    Variants *more, Lift lifts[], Err *err)
{
    ErrCode rc = OK;
    const char *score = s->lifts->score;
    Story story = {.arena = v->arena};
    for (size_t i = 0, end; i < v->n; i = end) {
        const WhatIf *several[LIFT_TOGETHER];
        end = variants_end(v, i);
        size_t changes = end - i - 1, m = 0;
        size_t n =
            lift_find(lifts, variants, score, i, &v->of[i], changes, s->aim);
        if (n > 0 && !lifts[0].is_enough)
            m = lift_together(several, lifts, n, variants, score, i, &v->of[i],
                              changes, s->aim);
        if (m > 0) {
            const WhatIf *all = chain(v->arena, several, m);
            if (all == NULL)
                return no_memory(err);
            TRY(variants_pair(more, all, v->rows[i], err));
        }
        for (size_t k = 0; k < n; k++)
            TRY(keep(s, &story, &lifts[k], v->rows[i], err));
    }
done:
    return rc;
}

static ErrCode judge_batch(Search *s, const Variants *v, Err *err)
{
    ErrCode rc = OK;
    Table *variants;
    Story story = {.arena = v->arena};
    Variants more = {.arena = v->arena};
    Lift *lifts = arena_alloc(v->arena, v->n + 1, sizeof *lifts);
    if (lifts == NULL)
        return no_memory(err);
    TRY(judge(&variants, s, v, err));
    TRY(look(s, v, variants, &more, lifts, err));
    if (more.n == 0)
        return OK;
    TRY(judge(&variants, s, &more, err));
    for (size_t i = 0; i < more.n; i += 2)
        if (lift_find(lifts, variants, s->lifts->score, i, &more.of[i], 1,
                      s->aim) > 0 &&
            lifts[0].is_enough)
            TRY(keep(s, &story, &lifts[0], more.rows[i], err));
done:
    return rc;
}

static ErrCode one_batch(Search *s, size_t *next, const double score[],
                         Err *err)
{
    ErrCode rc = OK;
    const Lifts *l = s->lifts;
    Variants v = {.arena = arena_new()};
    size_t i = *next;
    if (v.arena == NULL)
        return no_memory(err);
    for (; i < l->scores->rows && v.n < VARIANTS_BATCH; i++)
        if (score[i] < s->aim)
            TRY(variants_put(&v, l->policy, l->inputs, i, l->as_of, &s->fixed,
                             err));
    if (v.n > 0)
        TRY(judge_batch(s, &v, err));
    *next = i;
done:
    arena_free(v.arena);
    return rc;
}

/* ---- the table ---- */

/* By row; what is enough first, then as they were found. */
static int by_row(const void *a, const void *b)
{
    const Found *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->of.is_enough != y->of.is_enough)
        return y->of.is_enough - x->of.is_enough;
    return (x->place > y->place) - (x->place < y->place);
}

enum {
    CHANGES,
    RULE,
    FIELD_,
    FROM,
    TO,
    BELOW,
    POINTS,
    SCORE,
    PD,
    GRADE,
    ENOUGH,
    N
};

static const TabledColumn list[N] = {
    [CHANGES] = {"changes", "", TYPE_COUNT, {"改变项数", "changes"}},
    [RULE] = {"rule", "", TYPE_TEXT, {"评分项", "scorecard row"}},
    [FIELD_] = {"field", "", TYPE_TEXT, {"指标", "field"}},
    [FROM] = {"from", "", TYPE_TEXT, {"现值", "from"}},
    [TO] = {"to", "", TYPE_TEXT, {"变为", "to"}},
    [BELOW] = {"is_below", "", TYPE_BOOL, {"须低于该值", "below that"}},
    [POINTS] = {"points", "point", TYPE_REAL, {"提高分数", "points gained"}},
    [SCORE] = {"score", "point", TYPE_REAL, {"达到分数", "score reached"}},
    [PD] = {"pd", "1", TYPE_REAL, {"届时违约概率", "PD then"}},
    [GRADE] = {"grade", "", TYPE_CATEGORY, {"达到等级", "grade reached"}},
    [ENOUGH] = {"is_enough", "", TYPE_BOOL, {"是否达标", "enough"}},
};

static void put_found(Column *const c[N], size_t i, const Found *f)
{
    c[CHANGES]->i[i] = f->changes;
    c[RULE]->s[i] = f->rule;
    c[FIELD_]->s[i] = f->field;
    c[FROM]->s[i] = f->from;
    c[TO]->s[i] = f->to;
    c[BELOW]->i[i] = f->below;
    c[POINTS]->d[i] = tabled_figure(f->of.points);
    c[SCORE]->d[i] = f->of.score;
    c[PD]->d[i] = f->of.pd;
    c[GRADE]->s[i] = f->of.grade;
    c[ENOUGH]->i[i] = f->of.is_enough;
}

static ErrCode write_table(Table **out, const Search *s, Err *err)
{
    ErrCode rc = OK;
    const Column *name = s->lifts->scores->columns[0];
    Column *c[N], *id, *text, *text_zh;
    Tables *tables = s->job->tables;
    TRY(table_new(out, tables, "score_ways", s->n, err));
    (*out)->title = (Label){"提分途径", "Ways to a higher score"};
    TRY(table_add_labelled(&id, *out, name->name, name->type, "", name->label,
                           err));
    for (int k = 0; k < N; k++)
        TRY(table_add_labelled(&c[k], *out, list[k].name, list[k].type,
                               list[k].unit, list[k].label, err));
    TRY(table_add_labelled(&text, *out, "text", TYPE_TEXT, "",
                           (Label){"说明", "text"}, err));
    TRY(table_add_labelled(&text_zh, *out, "text_zh", TYPE_TEXT, "",
                           (Label){"说明", "text"}, err));
    for (size_t i = 0; i < s->n; i++) {
        const Found *f = &s->found[i];
        id->i[i] = name->i[f->row]; /* or its text: cells are alike */
        text->s[i] = f->text.en;
        text_zh->s[i] = f->text.zh;
        put_found(c, i, f);
    }
done:
    return rc;
}

ErrCode lifts_write(Job *job, const Lifts *lifts, Err *err)
{
    ErrCode rc = OK;
    Search s = {.job = job, .lifts = lifts};
    Table *t;
    const char *path = job_option(job, "ways");
    const double *score = table_find(lifts->scores, lifts->score)->d;
    if (path == NULL || job->recorded != NULL)
        return OK;
    TRY(read_aim(&s.aim, job, err));
    TRY(read_fixed(s.names, &s.fixed, job, lifts->policy, err));
    if (strcmp(lifts->score, "pd") == 0)
        TRY(FAIL(err, ERR_RULE,
                 "--ways: the rules put out a PD and no score; name the "
                 "scorecard in 'outputs'"));
    for (size_t i = 0; i < lifts->scores->rows;) {
        TRY(job_stage(job, "ways in", (double)i / (double)lifts->scores->rows,
                      err));
        TRY(one_batch(&s, &i, score, err));
    }
    if (s.n > 1)
        qsort(s.found, s.n, sizeof *s.found, by_row);
    TRY(write_table(&t, &s, err));
    TRY(wayfile_write(job, path, t, "kedan model score --ways", err));
done:
    return rc;
}
