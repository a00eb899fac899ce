#include "pool/results.h"

#include "stat/sample.h"

/* Columns of a histogram, and the row that is next. */
typedef struct {
    Column *party; /* NULL where all rows are the total's */
    Column *loss, *count, *share, *low, *high;
    size_t row;
} Histogram;

/* Rising losses and the classes they fall into. */
typedef struct {
    const int64_t *losses; /* [n] */
    size_t n, classes;
    int64_t width;
} Classes;

/* The least of 1, 2 and 5 times a power of ten that is not below x. */
static int64_t round_width(int64_t x)
{
    int64_t power = 1;
    while (power < x / 10)
        power *= 10;
    static const int64_t steps[] = {1, 2, 5, 10, 20, 50};
    size_t i = 0;
    while (i < 5 && steps[i] * power < x)
        i++;
    return steps[i] * power;
}

static Classes classes_of(const int64_t losses[], size_t n)
{
    enum { CLASSES = 50 };
    int64_t top = losses[n - 1] < 0 ? 0 : losses[n - 1];
    int64_t width = round_width(top / CLASSES + 1);
    return (Classes){losses, n, (size_t)(top / width) + 1, width};
}

/* Losses below 0 are of the first class. */
static void put_classes(Histogram *h, const char *party, Classes c)
{
    int64_t *count = h->count->i + h->row;
    for (size_t i = 0; i < c.n; i++)
        count[c.losses[i] < 0 ? 0 : c.losses[i] / c.width]++;
    for (size_t i = 0; i < c.classes; i++, h->row++) {
        Figure f = sample_share((uint64_t)count[i], c.n);
        if (h->party != NULL)
            h->party->s[h->row] = party;
        h->loss->i[h->row] = (int64_t)i * c.width;
        h->share->d[h->row] = f.value;
        h->low->d[h->row] = f.low;
        h->high->d[h->row] = f.high;
    }
}

static Histogram histogram_of(Results *r, Column *party)
{
    return (Histogram){party,
                       results_column(r, "loss", TYPE_MONEY, "fen",
                                      "损失（下限）", "loss, from"),
                       results_field(r, FIELD_count),
                       results_field(r, FIELD_share),
                       results_figure(r, FIELD_low, "1"),
                       results_figure(r, FIELD_high, "1"),
                       0};
}

static ErrCode add_total(Results *r, const Sample *s)
{
    Classes c = classes_of(s->total, s->n);
    results_table(r, "pool_distribution", c.classes, "损失分布",
                  "Distribution of the loss");
    Histogram h = histogram_of(r, NULL);
    if (r->rc == OK)
        put_classes(&h, NULL, c);
    return r->rc;
}

static ErrCode add_parties(Results *r, const Model *m, const Sample *s)
{
    size_t rows = 0;
    for (int j = 0; j < s->parties; j++)
        rows += classes_of(s->net + (size_t)j * s->n, s->n).classes;
    results_table(r, "pool_party_distribution", rows, "各方损失分布",
                  "Distribution of each party's loss");
    Histogram h = histogram_of(r, results_field(r, FIELD_party));
    for (int j = 0; r->rc == OK && j < s->parties; j++)
        put_classes(&h, results_text(r, m->scheme->party[j]),
                    classes_of(s->net + (size_t)j * s->n, s->n));
    return r->rc;
}

ErrCode distribution_add(Tables *tables, const Model *m, const Sample *s,
                         Err *err)
{
    Results r = {.tables = tables, .err = err};
    ErrCode rc = add_total(&r, s);
    return rc == OK && s->parties > 0 ? add_parties(&r, m, s) : rc;
}
