#include "pool/factors.h"

#include "core/text.h"
#include "core/tr.h"
#include "data/csv.h"
#include "stat/nearest.h"

#include <math.h>
#include <string.h>

/* A file of correlations on its way. */
typedef struct {
    Arena *arena;
    const Factors *factors;
    const char *file;
    const Table *table;
    double *pair; /* [n][n] */
    Faults *faults;
    Err *err;
} Pairs;

const char *factors_pairs_file(const Factors *f)
{
    return f->pairs_file;
}

static ErrCode fault(const Pairs *p, size_t row, const char *problem,
                     const char *way_out, int is_warning)
{
    if (problem == NULL)
        return FAIL(p->err, ERR_MEMORY, "no memory for correlations");
    return faults_add(
        p->faults,
        (Fault){.file = p->file,
                .line = row == SIZE_MAX ? 0 : p->table->lines[row],
                .problem = problem,
                .way_out = way_out,
                .is_warning = is_warning},
        p->err);
}

static size_t row_of(const Table *t, const char *label)
{
    const Column *name = table_field(t, FIELD_name);
    size_t i = 0;
    while (i < t->rows && strcmp(name->s[i], label) != 0)
        i++;
    return i;
}

static int is_correlation(double x) /* not where a cell is empty */
{
    return x >= -1 && x <= 1;
}

/* Row and column of every group: each has them once. */
static ErrCode take_group(Pairs *p, size_t g)
{
    const Factors *f = p->factors;
    const char *label = f->groups[g].label;
    size_t row = row_of(p->table, label);
    if (row == p->table->rows || table_find(p->table, label) == NULL)
        return fault(p, SIZE_MAX,
                     text_format(p->arena,
                                 tr("group '%.*s' has no row or no column"),
                                 TEXT_SHORT(label)),
                     TR_NOOP("write a column \"name\" and one for each group, "
                             "headed as the group is called: \"C26\", "
                             "\"I65 随县\""),
                     0);
    for (size_t h = 0; h < f->n; h++) {
        const Column *c = table_find(p->table, f->groups[h].label);
        double x = c == NULL ? 0 : c->d[row];
        p->pair[g * f->n + h] = x;
        if (!is_correlation(x) || (g == h && x != 1)) {
            ErrCode rc = fault(
                p, row,
                g == h ? text_format(p->arena,
                                     tr("the correlation of '%.*s' with itself "
                                        "is not 1"),
                                     TEXT_SHORT(label))
                       : text_format(p->arena,
                                     tr("the correlation of '%.*s' and '%.*s' "
                                        "is not in [-1, 1]"),
                                     TEXT_SHORT(label),
                                     TEXT_SHORT(f->groups[h].label)),
                NULL, 0);
            if (rc != OK)
                return rc;
        }
    }
    return OK;
}

static ErrCode check_symmetry(Pairs *p)
{
    ErrCode rc = OK;
    size_t n = p->factors->n;
    for (size_t g = 0; g < n; g++)
        for (size_t h = 0; h < g; h++)
            if (is_correlation(p->pair[g * n + h]) &&
                is_correlation(p->pair[h * n + g]) &&
                p->pair[g * n + h] != p->pair[h * n + g])
                TRY(fault(
                    p, row_of(p->table, p->factors->groups[g].label),
                    text_format(p->arena,
                                tr("'%.*s' and '%.*s' have the correlations %g "
                                   "and %g"),
                                TEXT_SHORT(p->factors->groups[g].label),
                                TEXT_SHORT(p->factors->groups[h].label),
                                p->pair[g * n + h], p->pair[h * n + g]),
                    TR_NOOP("write the same in both cells"), 0));
done:
    return rc;
}

/* "name,C26,I65" and a line for each group, as a file would have them. */
static ErrCode tell_matrix(const Pairs *p, const double pair[])
{
    ErrCode rc = OK;
    const Factors *f = p->factors;
    const char *line = "name";
    for (size_t h = 0; line != NULL && h < f->n; h++)
        line = text_format(p->arena, "%s,%s", line, f->groups[h].label);
    TRY(fault(p, SIZE_MAX, line, NULL, 1));
    for (size_t g = 0; g < f->n; g++) {
        line = f->groups[g].label;
        for (size_t h = 0; line != NULL && h < f->n; h++)
            line = text_format(p->arena, "%s,%.12g", line, pair[g * f->n + h]);
        TRY(fault(p, SIZE_MAX, line, NULL, 1));
    }
done:
    return rc;
}

/* What cannot be: told with the nearest that can, which is used if asked. */
static ErrCode repair(Pairs *p, double least)
{
    ErrCode rc = OK;
    size_t n = p->factors->n;
    double distance;
    double *nearest = arena_alloc(p->arena, n * n, sizeof *nearest);
    if (nearest == NULL)
        return FAIL(p->err, ERR_MEMORY, "no memory for correlations");
    TRY(nearest_correlation(nearest, &distance, p->pair, n, p->err));
    TRY(fault(p, SIZE_MAX,
              text_format(p->arena,
                          tr("these correlations cannot hold together: their "
                             "least eigenvalue is %.6g; the nearest that can, "
                             "%.6g away, follows"),
                          least, distance),
              p->factors->is_repaired
                  ? NULL
                  : TR_NOOP("write nearest = \"yes\" beside correlation_file "
                            "to use them"),
              p->factors->is_repaired));
    TRY(tell_matrix(p, nearest));
    p->pair = nearest;
done:
    return rc;
}

static ErrCode take_matrix(Pairs *p)
{
    ErrCode rc = OK;
    double least;
    for (size_t g = 0; g < p->factors->n; g++)
        TRY(take_group(p, g));
    TRY(check_symmetry(p));
    if (faults_count(p->faults) == 0) {
        TRY(nearest_least(&least, p->pair, p->factors->n, p->err));
        if (least < -NEAREST_NOTHING)
            TRY(repair(p, least));
    }
    TRY(faults_end(p->faults, ERR_INPUT, p->file, p->err));
done:
    return rc;
}

/* One number for all pairs is a common factor, which the twin knows. */
static int is_common(double *common, const double pair[], size_t n)
{
    *common = n > 1 ? pair[1] : 0;
    for (size_t i = 0; i < n * n; i++)
        if (i % (n + 1) != 0 && pair[i] != *common)
            return 0;
    return *common >= 0;
}

ErrCode factors_take_pairs(const Factors **out, Arena *arena, Tables *tables,
                           const Factors *f, Source source, Faults *faults,
                           Err *err)
{
    ErrCode rc = OK;
    Table *table;
    size_t refused;
    Factors *whole = arena_alloc(arena, 1, sizeof *whole);
    CsvColumn *columns = arena_alloc(arena, f->n, sizeof *columns);
    double *pair = arena_alloc(arena, f->n * f->n, sizeof *pair);
    if (whole == NULL || columns == NULL || pair == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for correlations");
    for (size_t g = 0; g < f->n; g++)
        columns[g] = (CsvColumn){f->groups[g].label, TYPE_REAL};
    TRY(csv_read(
        &table, &refused, tables, source,
        (CsvOptions){.of = "correlations", .extra = columns, .n_extra = f->n},
        faults, err));
    Pairs p = {arena, f, source.name, table, pair, faults, err};
    TRY(take_matrix(&p));
    *whole = *f;
    if (!is_common(&whole->common, p.pair, f->n))
        whole->pairs = p.pair;
    whole->pairs_file = NULL;
    *out = whole;
done:
    return rc;
}
