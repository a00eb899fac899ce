/* Is the default scorecard worth its trouble?  Random splits of a file, 70% to
 * fit and 30% to rank, by three ways of the same rows:
 *   card      what `kedan model fit` makes of them, nothing chosen by hand
 *   logit     plain logistic regression on numbers as they are and words as
 *             indicators (of 30 rows or more), held by a ridge of 1 / rows,
 *             the customary default (C = 1) on standardised columns
 *   quantile  weights of evidence of five equal parts of each number and of
 *             each word (of 30 rows or more), by maximum likelihood
 * The interval of a mean difference takes the splits' overlap into account:
 * variance (1 / splits + 3 / 7) s^2.  Source: Nadeau, Bengio, Machine Learning
 * 52 (2003).
 *
 * study_card DATA TARGET SPLITS [SKIPPED COLUMN ...]; by hand, not a test. */
#include "credit/cardfit.h"
#include "data/sheet.h"
#include "stat/logit.h"
#include "stat/roc.h"
#include "stat/stream.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WAYS = 3, MOST = 512 };
static const char *const ways[WAYS] = {"card", "logit", "quantile"};

typedef struct {
    Table *t; /* the whole file */
    FitSpec spec;
    uint8_t *event;
} Study;

typedef struct {
    Arena *arena;
    Table *fit, *rank; /* parts of the file */
    uint8_t *fitted, *ranked;
    double *score; /* of the part to rank */
} Split;

static void die(const Err *err)
{
    fprintf(stderr, "%s\n", err->text);
    exit(EXIT_FAILURE);
}

static void *room(Arena *arena, size_t n, size_t size)
{
    void *p = arena_alloc(arena, n + 1, size);
    if (p == NULL)
        exit(EXIT_FAILURE);
    return p;
}

static Table *part(Arena *arena, const Table *all, const size_t rows[],
                   size_t n)
{
    Tables *own = room(arena, 1, sizeof *own);
    Table *t;
    Err err = {0};
    *own = (Tables){.arena = arena, .texts = all->owner->texts};
    if (table_new(&t, own, "part", n, &err) != OK)
        die(&err);
    for (size_t k = 0; k < all->n; k++) {
        Column *c;
        const Column *from = all->columns[k];
        if (table_add(&c, t, from->name, from->type, "", &err) != OK)
            die(&err);
        for (size_t i = 0; i < n; i++)
            c->i[i] = from->i[rows[i]]; /* cells are eight bytes */
    }
    return t;
}

static double auc_of(const Split *s)
{
    Roc roc;
    Err err = {0};
    const Cases cases = {
        .score = s->score, .bad = s->ranked, .n = s->rank->rows};
    if (roc_measure(&roc, s->arena, &cases, &err) != OK)
        die(&err);
    return roc.auc;
}

static void by_card(const Study *study, const Split *s)
{
    CardFit card;
    Err err = {0};
    const CardData data = {.table = s->fit, .event = s->fitted};
    if (cardfit_fit(&card, s->arena, &data, &study->spec, 2, &err) != OK)
        die(&err);
    for (size_t i = 0; i < s->rank->rows; i++) {
        int64_t points = card.base;
        for (size_t k = 0; k < card.n; k++)
            if (card.terms[k].why == NULL)
                points += cardpoints_of(
                    &card.terms[k],
                    table_find(s->rank, card.terms[k].classing.name), i);
        s->score[i] = -(double)points;
    }
}

/* Columns of a regression, of the rows to fit and of those to rank. */
typedef struct {
    double *x[MOST], *z[MOST];
    const char *name[MOST];
    size_t k;
} Design;

static double mean_of(const Column *c, size_t rows)
{
    double sum = 0, n = 0;
    for (size_t i = 0; i < rows; i++)
        if (!isnan(c->d[i])) {
            sum += c->d[i];
            n++;
        }
    return n == 0 ? 0 : sum / n;
}

static void add_number(Design *d, const Split *s, const Column *in,
                       const Column *out)
{
    double mean = mean_of(in, s->fit->rows); /* missing: the mean */
    d->x[d->k] = room(s->arena, s->fit->rows, sizeof(double));
    d->z[d->k] = room(s->arena, s->rank->rows, sizeof(double));
    for (size_t i = 0; i < s->fit->rows; i++)
        d->x[d->k][i] = isnan(in->d[i]) ? mean : in->d[i];
    for (size_t i = 0; i < s->rank->rows; i++)
        d->z[d->k][i] = isnan(out->d[i]) ? mean : out->d[i];
    d->name[d->k++] = in->name;
}

static void add_word(Design *d, const Split *s, const Column *in,
                     const Column *out, const char *word)
{
    size_t n = 0;
    double *x = room(s->arena, s->fit->rows, sizeof *x);
    double *z = room(s->arena, s->rank->rows, sizeof *z);
    for (size_t i = 0; i < s->fit->rows; i++)
        n += (x[i] = in->s[i] == word) > 0;
    for (size_t i = 0; i < s->rank->rows; i++)
        z[i] = out->s[i] == word;
    if (n < 30 || n + 30 > s->fit->rows)
        return;
    d->x[d->k] = x;
    d->z[d->k] = z;
    d->name[d->k++] = word;
}

/* Every different word once, in the order of the rows. */
static void add_words(Design *d, const Split *s, const Column *in,
                      const Column *out)
{
    const char *seen[4 * MOST];
    size_t n = 0;
    for (size_t i = 0; i < s->fit->rows && n < 4 * MOST; i++) {
        size_t k = 0;
        while (k < n && seen[k] != in->s[i])
            k++;
        if (k < n || in->s[i] == NULL)
            continue;
        seen[n++] = in->s[i];
        if (d->k < MOST)
            add_word(d, s, in, out, in->s[i]);
    }
}

static void rank_by(const Split *s, const Design *d, double lambda)
{
    Logit fit;
    Err err = {0};
    const LogitData data = {.x = (const double *const *)d->x,
                            .name = d->name,
                            .y = s->fitted,
                            .n = s->fit->rows,
                            .k = d->k};
    const LogitNet net = {.lambda = lambda, .threads = 2};
    double objective;
    if (logit_net(&fit, &objective, s->arena, &data, &net, &err) != OK)
        die(&err);
    memset(s->score, 0, s->rank->rows * sizeof *s->score);
    for (size_t j = 0; j < d->k; j++)
        for (size_t i = 0; i < s->rank->rows; i++)
            s->score[i] += fit.estimate[j + 1] * d->z[j][i];
}

static void by_logit(const Study *study, const Split *s)
{
    Design *d = room(s->arena, 1, sizeof *d);
    for (size_t k = 0; k < s->fit->n; k++) {
        const Column *in = s->fit->columns[k], *out = s->rank->columns[k];
        if (!fitspec_uses(&study->spec, in->name) || d->k == MOST)
            continue;
        if (in->type == TYPE_REAL)
            add_number(d, s, in, out);
        else
            add_words(d, s, in, out);
    }
    rank_by(s, d, 1 / (double)s->fit->rows);
}

static void by_quantile(const Study *study, const Split *s)
{
    const ClassingRule rule = {.trend = BINS_NONE,
                               .pre = 5,
                               .bins_least = 1,
                               .bins_most = BINS_PRE_MOST,
                               .events_least = 0,
                               .rare = 30};
    Design *d = room(s->arena, 1, sizeof *d);
    Err err = {0};
    for (size_t k = 0; k < s->fit->n; k++) {
        const Column *in = s->fit->columns[k], *out = s->rank->columns[k];
        Classing c;
        if (!fitspec_uses(&study->spec, in->name))
            continue;
        if (classing_of(&c, s->arena, in, s->fitted, s->fit->rows, &rule,
                        &err) != OK)
            die(&err);
        if (c.why != NULL || c.iv < 1e-9)
            continue;
        d->x[d->k] = room(s->arena, s->fit->rows, sizeof(double));
        d->z[d->k] = room(s->arena, s->rank->rows, sizeof(double));
        classing_woes(d->x[d->k], &c, in, s->fit->rows);
        classing_woes(d->z[d->k], &c, out, s->rank->rows);
        d->name[d->k++] = in->name;
    }
    rank_by(s, d, 1e-8); /* nothing, but columns may repeat each other */
}

/* Rows in a drawn order (Fisher, Yates), the first 70% to be fitted. */
static void shuffle(size_t rows[], size_t n, uint32_t split)
{
    Stream s = stream_new(2026, 1, split);
    for (size_t i = 0; i < n; i++)
        rows[i] = i;
    for (size_t i = n; i-- > 1;) {
        size_t j = stream_word(s, i) % (i + 1), row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
    }
}

static void run(double auc[WAYS], const Study *study, const size_t rows[],
                size_t n, size_t fitted)
{
    static void (*const by[WAYS])(const Study *, const Split *) = {
        by_card, by_logit, by_quantile};
    Split s = {.arena = arena_new()};
    if (s.arena == NULL)
        exit(EXIT_FAILURE);
    s.fit = part(s.arena, study->t, rows, fitted);
    s.rank = part(s.arena, study->t, rows + fitted, n - fitted);
    s.fitted = room(s.arena, fitted, 1);
    s.ranked = room(s.arena, n - fitted, 1);
    s.score = room(s.arena, n - fitted, sizeof *s.score);
    for (size_t i = 0; i < fitted; i++)
        s.fitted[i] = study->event[rows[i]];
    for (size_t i = fitted; i < n; i++)
        s.ranked[i - fitted] = study->event[rows[i]];
    for (int w = 0; w < WAYS; w++) {
        by[w](study, &s);
        auc[w] = auc_of(&s);
    }
    arena_free(s.arena);
}

static void moments(double *mean, double *sd, const double x[], size_t n)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        sum += x[i];
    *mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (x[i] - *mean) * (x[i] - *mean);
    *sd = sqrt(squares / (double)(n - 1));
}

static void print(const double auc[][WAYS], size_t n)
{
    double *x = malloc(n * sizeof *x), mean, sd;
    if (x == NULL)
        exit(EXIT_FAILURE);
    for (int w = 0; w < WAYS; w++) {
        for (size_t i = 0; i < n; i++)
            x[i] = auc[i][w];
        moments(&mean, &sd, x, n);
        printf("%-9s mean AUC %.4f (%.4f from split to split)", ways[w], mean,
               sd);
        for (size_t i = 0; i < n; i++)
            x[i] = auc[i][0] - auc[i][w];
        moments(&mean, &sd, x, n);
        double half = 1.96 * sd * sqrt(1 / (double)n + 3. / 7);
        if (w > 0)
            printf("; card less it %+.4f [%+.4f, %+.4f]", mean, mean - half,
                   mean + half);
        printf("\n");
    }
    free(x);
}

/* Rows 7, 8 and 9 of every ten ranked, counted from 1; the others fitted. */
static size_t by_tens(size_t rows[], size_t n)
{
    size_t at = 0, fitted;
    for (size_t i = 0; i < n; i++)
        if ((i + 1) % 10 < 7)
            rows[at++] = i;
    fitted = at;
    for (size_t i = 0; i < n; i++)
        if ((i + 1) % 10 >= 7)
            rows[at++] = i;
    return fitted;
}

int main(int argc, char **argv)
{
    Study study = {0};
    Arena *arena = arena_new();
    Tables *tables = tables_new(arena);
    Source source;
    Err err = {0};
    if (argc < 4)
        return EXIT_FAILURE;
    size_t splits = (size_t)strtoul(argv[3], NULL, 10);
    if (source_read(&source, arena, argv[1], &err) != OK ||
        sheet_read(&study.t, tables, source, (SheetOptions){0},
                   faults_new(arena), &err) != OK)
        die(&err);
    size_t n = study.t->rows, *rows = room(arena, n, sizeof *rows);
    const Column *target = table_find(study.t, argv[2]);
    double(*auc)[WAYS] = room(arena, splits, sizeof *auc);
    study.spec = fitspec_default(argv[2]);
    study.spec.skip =
        (FitNames){(const char *const *)argv + 4, (size_t)argc - 4};
    study.event = room(arena, n, 1);
    for (size_t i = 0; i < n; i++)
        study.event[i] = target->d[i] == 1;
    size_t fitted = by_tens(rows, n);
    run(auc[0], &study, rows, n, fitted);
    printf(
        "rows 7, 8, 9 of ten ranked: card %.4f, logit %.4f, quantile "
        "%.4f\n",
        auc[0][0], auc[0][1], auc[0][2]);
    for (uint32_t i = 0; i < splits; i++) {
        shuffle(rows, n, i);
        run(auc[i], &study, rows, n, n * 7 / 10);
    }
    if (splits > 1)
        print((const double(*)[WAYS])auc, splits);
    arena_free(arena);
    return EXIT_SUCCESS;
}
