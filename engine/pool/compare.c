#include "pool/compare.h"

#include "stat/radix.h"

#include <math.h>
#include <string.h>

/* Progress of one run as a part of all. */
typedef struct {
    const PoolOptions *options;
    size_t at, of;
} Share;

static int share_told(void *to, double part)
{
    const Share *s = to;
    return s->options->progress(s->options->to,
                                ((double)s->at + part) / (double)s->of);
}

static ErrCode run_side(Compare *c, size_t at, const PoolOptions *options,
                        Faults *faults, Err *err)
{
    ErrCode rc = OK;
    const PoolVariant *v = &c->variants[at];
    Side *s = &c->sides[at];
    Share share = {options, at, c->nvariants};
    PoolOptions own = *options;
    own.to = &share;
    if (options->progress != NULL)
        own.progress = share_told;
    /* What is found in the same files is told once. */
    if (at > 0 && v->portfolio == c->variants->portfolio &&
        v->scheme == c->variants->scheme)
        faults = faults_new(c->arena);
    if (faults == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a comparison"));
    TRY(model_stressed(&s->model, v, &own, faults, err));
    TRY(happen_open(&s->happened, &s->model, options->scenarios, err));
    TRY(model_each(&s->sample, &s->model, &own, happen_see, &s->happened, err));
done:
    return rc;
}

enum { TOTAL = -1, NOBODY = -2 };

/* The party's number, TOTAL, or NOBODY where the side has none of that name. */
static int party_of(const Side *s, const char *name)
{
    if (strcmp(name, "total") == 0)
        return TOTAL;
    for (int j = 0; j < s->sample.parties; j++)
        if (strcmp(s->model.scheme->party[j], name) == 0)
            return j;
    return NOBODY;
}

static int is_listed(const Compare *c, const char *name)
{
    for (size_t i = 0; i < c->nparties; i++)
        if (strcmp(c->parties[i], name) == 0)
            return 1;
    return 0;
}

/* The total, and the parties of all sides by name. */
static void list_parties(Compare *c)
{
    c->parties[c->nparties++] = "total";
    for (size_t v = 0; v < c->nvariants; v++)
        for (int j = 0; j < c->sides[v].sample.parties; j++)
            if (!is_listed(c, c->sides[v].model.scheme->party[j]))
                c->parties[c->nparties++] = c->sides[v].model.scheme->party[j];
}

static void take_losses(Losses *l, const Compare *c, const Side *s, int party)
{
    l->losses = party == NOBODY  ? NULL
                : party == TOTAL ? s->sample.total
                                 : s->sample.net + (size_t)party * c->n;
    if (l->losses == NULL)
        return;
    memcpy(l->sorted, l->losses, c->n * sizeof *l->sorted);
    radix_sort(l->sorted, c->scratch, c->n);
}

/* The figure and, into l->influence, what each scenario adds to it. */
static Figure figure_of(Losses *l, const Compare *c, CompareKind kind,
                        size_t level)
{
    const Level *at = &c->levels[level];
    size_t n = c->n;
    if (kind == COMPARE_EL) {
        paired_mean(l->influence, l->losses, n);
        return sample_mean(l->sorted, n);
    }
    Figure var = sample_var(l->sorted, n, *at);
    if (kind == COMPARE_ES) {
        paired_es(l->influence, l->losses, n, *at, var);
        return sample_es(l->sorted, n, *at);
    }
    paired_var(l->influence, l->losses, n, *at, var);
    if (kind == COMPARE_VAR)
        return var;
    for (size_t i = 0; i < n; i++)
        l->influence[i] -= (double)l->losses[i];
    return sample_ul(l->sorted, n, *at);
}

CompareColumns compare_columns(Results *r, const CompareWords *w,
                               const char *unit, Column **measure,
                               Column **level)
{
    CompareColumns k = {.party = results_field(r, FIELD_party)};
    if (measure != NULL) {
        *measure = results_field(r, FIELD_measure);
        *level = results_field(r, FIELD_level);
    }
    k.variant = results_column(r, w->variant, w->variant_type, "",
                               w->variant_label.zh, w->variant_label.en);
    k.value = results_figure(r, FIELD_value, unit);
    k.low = results_figure(r, FIELD_low, unit);
    k.high = results_figure(r, FIELD_high, unit);
    k.change = results_column(r, "change", TYPE_REAL, unit, w->change_label.zh,
                              w->change_label.en);
    k.se =
        results_column(r, "change_se", TYPE_REAL, unit, "差的标准误", "its se");
    k.change_low =
        results_column(r, "change_low", TYPE_REAL, unit, "差的下限", "its low");
    k.change_high = results_column(r, "change_high", TYPE_REAL, unit,
                                   "差的上限", "its high");
    return k;
}

void compare_put(CompareColumns *k, const char *variant, const char *party,
                 Figure figure, Figure change)
{
    size_t i = k->row++;
    k->variant->s[i] = variant;
    k->party->s[i] = party;
    k->value->d[i] = figure.value;
    k->low->d[i] = figure.low;
    k->high->d[i] = figure.high;
    k->change->d[i] = change.value;
    k->se->d[i] = change.se;
    k->change_low->d[i] = change.low;
    k->change_high->d[i] = change.high;
}

static void choose(Compare *c, size_t at, const char *party)
{
    const Side *s = &c->sides[at], *first = &c->sides[0];
    take_losses(&c->to, c, s, party_of(s, party));
    take_losses(&c->from, c, first, at == 0 ? NOBODY : party_of(first, party));
}

void compare_total(Compare *c, size_t at)
{
    choose(c, at, "total");
}

Figure compare_figure(Compare *c, CompareKind kind, size_t level,
                      Figure *change)
{
    Figure to = figure_of(&c->to, c, kind, level);
    *change = (Figure){NAN, NAN, NAN, NAN};
    if (c->from.losses == NULL)
        return to;
    Figure from = figure_of(&c->from, c, kind, level);
    *change = paired_change(to.value - from.value, c->from.influence,
                            c->to.influence, c->n);
    if (kind == COMPARE_ES) /* by what lies beyond the level alone */
        *change =
            sample_told(change->value, change->se,
                        (double)c->n * (1 - level_value(c->levels[level])));
    return to;
}

/* Where the figures of a party go. */
typedef struct {
    Results *r;
    CompareColumns k;
    Column *measure, *level;
} FigureRows;

/* All figures of a party of a variant, `step` rows apart. */
static void put_party(FigureRows *f, Compare *c, size_t at, const char *name,
                      size_t step)
{
    static const char *const words[COMPARE_KINDS] = {"el", "var", "es", "ul"};
    choose(c, at, name);
    for (int kind = 0; kind < COMPARE_KINDS; kind++)
        for (size_t i = 0; i < (kind == COMPARE_EL ? 1 : c->nlevels); i++) {
            Figure change,
                to = compare_figure(c, (CompareKind)kind, i, &change);
            f->measure->s[f->k.row] = results_text(f->r, words[kind]);
            f->level->d[f->k.row] =
                kind == COMPARE_EL ? (double)NAN : level_value(c->levels[i]);
            compare_put(&f->k, results_text(f->r, c->variants[at].name),
                        results_text(f->r, name), to, change);
            f->k.row += step - 1;
        }
}

/* How many sides have the party. */
static size_t sides_of(const Compare *c, const char *name)
{
    size_t n = 0;
    for (size_t v = 0; v < c->nvariants; v++)
        n += party_of(&c->sides[v], name) != NOBODY;
    return n;
}

/* Figure by figure, the variants side by side. */
static ErrCode add_figures(Results *r, Compare *c, const CompareWords *w)
{
    size_t rows = 0, each = 1 + (COMPARE_KINDS - 1) * c->nlevels;
    for (size_t p = 0; p < c->nparties; p++)
        rows += each * sides_of(c, c->parties[p]);
    results_table(r, w->figures, rows, w->figures_title.zh,
                  w->figures_title.en);
    FigureRows f = {.r = r};
    f.k = compare_columns(r, w, "fen", &f.measure, &f.level);
    for (size_t p = 0, from = 0; r->rc == OK && p < c->nparties; p++) {
        size_t step = sides_of(c, c->parties[p]), rank = 0;
        for (size_t v = 0; v < c->nvariants; v++) {
            if (party_of(&c->sides[v], c->parties[p]) == NOBODY)
                continue;
            f.k.row = from + rank++;
            put_party(&f, c, v, c->parties[p], step);
        }
        from += each * step;
    }
    return r->rc;
}

static ErrCode make_room(Compare *c, const PoolOptions *o, Err *err)
{
    ErrCode rc = OK;
    size_t n = c->n = o->scenarios;
    Level *levels = arena_alloc(c->arena, o->nlevels + 1, sizeof *levels);
    c->sides = arena_alloc(c->arena, c->nvariants, sizeof *c->sides);
    c->parties = arena_alloc(c->arena, 1 + c->nvariants * SCHEME_PARTIES,
                             sizeof *c->parties);
    c->scratch = arena_alloc(c->arena, n, sizeof *c->scratch);
    c->from.sorted = arena_alloc(c->arena, n, sizeof *c->from.sorted);
    c->to.sorted = arena_alloc(c->arena, n, sizeof *c->to.sorted);
    c->from.influence = arena_alloc(c->arena, n, sizeof *c->from.influence);
    c->to.influence = arena_alloc(c->arena, n, sizeof *c->to.influence);
    if (levels == NULL || c->sides == NULL || c->parties == NULL ||
        c->scratch == NULL || c->from.sorted == NULL || c->to.sorted == NULL ||
        c->from.influence == NULL || c->to.influence == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a comparison");
    for (size_t i = 0; i < o->nlevels; i++)
        TRY(level_parse(&levels[i], o->level_texts[i], err));
    c->levels = levels;
    c->nlevels = o->nlevels;
done:
    return rc;
}

ErrCode compare_run(Compare *c, const PoolVariant variants[], size_t n,
                    const PoolOptions *options, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    *c = (Compare){.variants = variants, .nvariants = n, .arena = arena_new()};
    if (c->arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a comparison");
    TRY(make_room(c, options, err));
    while (c->opened < n) {
        size_t at = c->opened++;
        TRY(run_side(c, at, options, faults, err));
    }
    list_parties(c);
done:
    return rc;
}

void compare_close(Compare *c)
{
    for (size_t i = 0; i < c->opened; i++) {
        sample_free(&c->sides[i].sample);
        happen_close(&c->sides[i].happened);
        model_close(&c->sides[i].model);
    }
    arena_free(c->arena);
}

ErrCode compare_add(Tables *out, Compare *c, const CompareWords *words,
                    Err *err)
{
    ErrCode rc = OK;
    Results r = {.tables = out, .err = err};
    TRY(add_figures(&r, c, words));
    TRY(compare_add_chances(&r, c, words));
done:
    return rc;
}

CompareTitles compare_titles(Results *r, const CompareWords *w,
                             const char *table, size_t rows, Label heading)
{
    results_table(r, table, rows, heading.zh, heading.en);
    return (CompareTitles){
        results_column(r, w->variant, w->variant_type, "", w->variant_label.zh,
                       w->variant_label.en),
        results_column(r, "title", TYPE_TEXT, "", "名称", "title"),
        results_column(r, "title_zh", TYPE_TEXT, "", "名称", "title")};
}

void compare_title(const CompareTitles *t, Results *r, size_t row,
                   const char *variant, Label title)
{
    t->variant->s[row] = results_text(r, variant);
    t->title->s[row] = results_maybe(r, title.en);
    t->zh->s[row] = results_maybe(r, title.zh);
}

static const CompareWords words = {"pool_compare",
                                   "pool_compare_ruin",
                                   "pool_compare_events",
                                   {"方案比较", "Variants compared"},
                                   "variant",
                                   TYPE_TEXT,
                                   {"方案", "variant"},
                                   {"与首个方案之差", "change to the first"}};

/* Where the variants' schemes come from; nowhere where there is none. */
static ErrCode add_schemes(Results *r, const Compare *c)
{
    CompareTitles t =
        compare_titles(r, &words, "pool_compare_schemes", c->nvariants,
                       (Label){"所比较的方案", "Schemes compared"});
    Column *file = results_column(r, "file", TYPE_TEXT, "", "文件", "file");
    results_steps(r, c->sides->model.book);
    for (size_t i = 0; r->rc == OK && i < c->nvariants; i++) {
        const Scheme *s = c->variants[i].scheme;
        compare_title(&t, r, i, c->variants[i].name,
                      s == NULL ? (Label){NULL, NULL} : s->title);
        file->s[i] = results_maybe(r, s == NULL ? NULL : s->file);
    }
    return r->rc;
}

ErrCode pool_compare(Tables *out, const PoolVariant variants[], size_t n,
                     const PoolOptions *options, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Compare c;
    Results r = {.tables = out, .err = err};
    TRY(compare_run(&c, variants, n, options, faults, err));
    TRY(add_schemes(&r, &c));
    TRY(compare_add(out, &c, &words, err));
done:
    compare_close(&c);
    return rc;
}
