#include "credit/stability.h"

#include "credit/tabled.h"
#include "stat/psi.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CUTS = 9, WORDS = 64, BINS = WORDS + 2 };

/* Bins of one column: numbers by cuts, words by name; then what is beyond the
 * words, then nulls. */
typedef struct {
    int is_number, is_key; /* of a key most words are there once */
    double cuts[CUTS];
    size_t ncuts;
    const char *words[WORDS]; /* interned */
    size_t nwords;
    double count[2][BINS]; /* now and base */
    size_t bins;
} Bins;

static size_t bin_at(Bins *b, const Column *c, size_t row)
{
    if (cell_is_null(c, row))
        return b->bins - 1;
    if (b->is_number)
        return psi_bin(b->cuts, b->ncuts, c->d[row]);
    size_t k = 0;
    while (k < b->nwords && b->words[k] != c->s[row])
        k++;
    return k;
}

typedef struct {
    const char *word;
    size_t n;
} Word;

static int by_count(const void *a, const void *b)
{
    const Word *x = a, *y = b;
    if (x->n != y->n)
        return x->n > y->n ? -1 : 1;
    return strcmp(x->word, y->word);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The words of a column, the most frequent first. */
static ErrCode words_of(Bins *b, Arena *arena, const Column *c, size_t rows,
                        Err *err)
{
    size_t n = 0, k = 0;
    const char **all = arena_alloc(arena, rows + 1, sizeof *all);
    Word *words = arena_alloc(arena, rows + 1, sizeof *words);
    if (all == NULL || words == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for the words of '%s'",
                    c->name);
    for (size_t i = 0; i < rows; i++)
        if (c->s[i] != NULL)
            all[n++] = c->s[i];
    qsort(all, n, sizeof *all, by_text);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || all[i] != all[i - 1])
            words[k++].word = all[i];
        words[k - 1].n++;
    }
    qsort(words, k, sizeof *words, by_count);
    b->is_key = k > WORDS && k > n / 2;
    b->nwords = k < WORDS ? k : WORDS;
    for (size_t i = 0; i < b->nwords; i++)
        b->words[i] = words[i].word;
    return OK;
}

static ErrCode bins_of(Bins *b, Arena *arena, const Column *now, size_t n,
                       const Column *base, size_t m, Err *err)
{
    ErrCode rc = OK;
    *b = (Bins){.is_number = base->type == TYPE_REAL};
    if (b->is_number) {
        TRY(psi_cuts(b->cuts, &b->ncuts, base->d, m, CUTS + 1, err));
        b->bins = b->ncuts + 2;
    } else {
        TRY(words_of(b, arena, base, m, err));
        b->bins = b->nwords + 2;
    }
    for (size_t i = 0; i < n; i++)
        b->count[0][bin_at(b, now, i)] += 1;
    for (size_t i = 0; i < m; i++)
        b->count[1][bin_at(b, base, i)] += 1;
done:
    return rc;
}

static const char *bin_name(Tables *tables, const Bins *b, size_t k)
{
    char text[80];
    if (k + 1 == b->bins)
        snprintf(text, sizeof text, "missing");
    else if (!b->is_number)
        return k < b->nwords ? b->words[k]
                             : texts_put(tables->texts, "other", 5);
    else if (b->ncuts == 0)
        snprintf(text, sizeof text, "all");
    else if (k == 0)
        snprintf(text, sizeof text, "< %.6g", b->cuts[0]);
    else if (k == b->ncuts)
        snprintf(text, sizeof text, ">= %.6g", b->cuts[k - 1]);
    else
        snprintf(text, sizeof text, "%.6g .. %.6g", b->cuts[k - 1], b->cuts[k]);
    return texts_put(tables->texts, text, strlen(text));
}

/* ---- tables ---- */

enum { NAME, INDEX, CHANCE, NBINS, LIGHT, N };

static const TabledColumn columns[N] = {
    [NAME] = {"column", "", TYPE_TEXT, {"列", "column"}},
    [INDEX] = {"psi", "", TYPE_REAL, {"稳定性指数", "stability index"}},
    [CHANCE] = {"chance", "", TYPE_REAL, {"偶然上限（95%）", "chance, 95%"}},
    [NBINS] = {"bins", "", TYPE_COUNT, {"箱数", "bins"}},
    [LIGHT] = {"light", "", TYPE_CATEGORY, {"信号灯", "light"}},
};

enum { B_COLUMN, B_BIN, B_BASE, B_NOW, B_PART, B_N };

static const TabledColumn bin_columns[B_N] = {
    [B_COLUMN] = {"column", "", TYPE_TEXT, {"列", "column"}},
    [B_BIN] = {"bin", "", TYPE_CATEGORY, {"箱", "bin"}},
    [B_BASE] = {"base_share", "1", TYPE_REAL, {"基准占比", "share then"}},
    [B_NOW] = {"share", "1", TYPE_REAL, {"当前占比", "share now"}},
    [B_PART] = {"psi", "", TYPE_REAL, {"对指数的贡献", "part of the index"}},
};

/* The marks of the trade, .10 and .25 (Siddiqi 2006), told only where the
 * index is beyond chance. */
static const char *light_of(Tables *tables, Psi p)
{
    const char *word = !(p.value > p.chance) || p.value < 0.10 ? "green"
                       : p.value < 0.25                        ? "yellow"
                                                               : "red";
    return texts_put(tables->texts, word, strlen(word));
}

static void index_row(Column *c[], size_t k, Tables *tables, const char *name,
                      Psi p)
{
    c[NAME]->s[k] = name;
    c[INDEX]->d[k] = p.value;
    c[CHANCE]->d[k] = tabled_figure(p.chance);
    c[NBINS]->i[k] = (int64_t)p.bins;
    c[LIGHT]->s[k] = isnan(p.value) ? NULL : light_of(tables, p);
}

static double share(const double count[], size_t n, size_t k)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += count[i];
    return count[k] / sum;
}

static int is_skipped(const char *name, const char *const skip[], size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (skip[i] != NULL && strcmp(skip[i], name) == 0)
            return 1;
    return 0;
}

/* The base's column of this name and kind, unless it is skipped. */
static const Column *partner(const Table *base, const Column *c,
                             const char *const skip[], size_t n)
{
    const Column *other =
        is_skipped(c->name, skip, n) ? NULL : table_find(base, c->name);
    return other != NULL && other->type == c->type ? other : NULL;
}

static ErrCode bin_rows(Column *c[], size_t *row, Tables *tables,
                        const Column *of, const Bins *b, const double part[])
{
    for (size_t k = 0; k < b->bins; k++) {
        if (b->count[0][k] == 0 && b->count[1][k] == 0)
            continue;
        c[B_COLUMN]->s[*row] = of->name;
        c[B_BIN]->s[*row] = bin_name(tables, b, k);
        c[B_NOW]->d[*row] = share(b->count[0], b->bins, k);
        c[B_BASE]->d[*row] = share(b->count[1], b->bins, k);
        c[B_PART]->d[*row] = part[k];
        ++*row;
    }
    return OK;
}

ErrCode stability_tables(Tables *tables, const Table *now, const Table *base,
                         const char *const skip[], size_t n, Err *err)
{
    ErrCode rc = OK;
    size_t shared = 0, used = 0, row = 0;
    Table *t, *bins;
    Column *c[N], *d[B_N];
    Bins *all = arena_alloc(tables->arena, now->n + 1, sizeof *all);
    const Column **of = arena_alloc(tables->arena, now->n + 1, sizeof *of);
    if (all == NULL || of == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to compare columns");
    for (size_t k = 0; k < now->n; k++) {
        const Column *other = partner(base, now->columns[k], skip, n);
        if (other == NULL)
            continue;
        of[shared] = now->columns[k];
        TRY(bins_of(&all[shared], tables->arena, of[shared], now->rows, other,
                    base->rows, err));
        if (all[shared].is_key)
            continue;
        for (size_t j = 0; j < all[shared].bins; j++)
            used += all[shared].count[0][j] + all[shared].count[1][j] > 0;
        shared++;
    }
    TRY(tabled_new(&t, c, tables, "stability_columns",
                   (Label){"各列的稳定性（CSI）", "Stability of columns (CSI)"},
                   shared, columns, N, err));
    TRY(tabled_new(&bins, d, tables, "stability_bins",
                   (Label){"各箱的变化", "What moved, bin by bin"}, used,
                   bin_columns, B_N, err));
    for (size_t k = 0; k < shared; k++) {
        double part[BINS];
        index_row(c, k, tables, of[k]->name,
                  psi_of(part, all[k].count[0], all[k].count[1], all[k].bins));
        TRY(bin_rows(d, &row, tables, of[k], &all[k], part));
    }
done:
    return rc;
}

/* ---- by month ---- */

static int by_month(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Different months in order; how many. */
static size_t months_of(const char *out[], const char *const month[], size_t n)
{
    size_t m = 0, k = 0;
    for (size_t i = 0; i < n; i++)
        if (month[i] != NULL)
            out[m++] = month[i];
    qsort(out, m, sizeof *out, by_month);
    for (size_t i = 0; i < m; i++)
        if (i == 0 || out[i] != out[i - 1])
            out[k++] = out[i];
    return k;
}

static void count_month(double count[], const double cuts[], size_t ncuts,
                        const double score[], const char *const month[],
                        size_t n, const char *which)
{
    memset(count, 0, (CUTS + 1) * sizeof *count);
    for (size_t i = 0; i < n; i++)
        if (month[i] == which)
            count[psi_bin(cuts, ncuts, score[i])] += 1;
}

ErrCode stability_months(Tables *tables, const double score[],
                         const char *const month[], size_t n, Err *err)
{
    ErrCode rc = OK;
    size_t first = 0, ncuts;
    double cuts[CUTS], base[CUTS + 1], count[CUTS + 1];
    Table *t;
    Column *c[N];
    const char **months = arena_alloc(tables->arena, n + 1, sizeof *months);
    double *early = arena_alloc(tables->arena, n + 1, sizeof *early);
    if (months == NULL || early == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu cases", n);
    size_t k = months_of(months, month, n);
    for (size_t i = 0; i < n; i++)
        if (k > 0 && month[i] == months[0])
            early[first++] = score[i];
    TRY(psi_cuts(cuts, &ncuts, early, first, CUTS + 1, err));
    TRY(tabled_new(&t, c, tables, "stability_months",
                   (Label){"评分稳定性（对首月）",
                           "Stability of the score, against the first month"},
                   k, columns, N, err));
    c[NAME]->name = texts_put(tables->texts, "month", 5);
    c[NAME]->label = (Label){"月份", "month"};
    for (size_t j = 0; j < k; j++) {
        count_month(base, cuts, ncuts, score, month, n, months[0]);
        count_month(count, cuts, ncuts, score, month, n, months[j]);
        index_row(c, j, tables, months[j],
                  psi_of(NULL, count, base, ncuts + 1));
    }
done:
    return rc;
}
