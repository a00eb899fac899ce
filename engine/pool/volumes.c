#include "pool/volumes.h"

/* Where the fees of year 0 stand in a row. */
static size_t fees_at(int years)
{
    return 2 * (size_t)years + 1;
}

size_t volumes_row(const Book *b)
{
    return fees_at(b->years) + (b->fee == NULL ? 0 : (size_t)b->years);
}

void volumes_add(int64_t row[], const Book *b, size_t loan)
{
    const int64_t *covered = b->covered + loan * b->width;
    size_t years = (size_t)b->years;
    int vintage = b->loans[loan].vintage;
    for (size_t y = 0; y < book_openings(b); y++)
        row[y] += covered[book_opening(b, y)];
    for (size_t y = 0; b->fee != NULL && y < years; y++)
        row[fees_at(b->years) + y] += b->fee[loan * years + y];
    if (b->written != NULL && vintage >= 0 && vintage < b->years)
        row[b->years + 1 + vintage] += b->written[loan];
}

void volumes_take(int64_t gone[], const Book *b, size_t loan, size_t step)
{
    const int64_t *covered = b->covered + loan * b->width;
    size_t years = (size_t)b->years, year = step / (size_t)b->year_steps;
    int vintage = b->loans[loan].vintage;
    for (size_t y = year + 1; y < book_openings(b); y++)
        gone[y] += covered[book_opening(b, y)];
    for (size_t y = year + 1; b->fee != NULL && y < years; y++)
        gone[fees_at(b->years) + y] += b->fee[loan * years + y];
    if (b->written != NULL && vintage >= 0 && vintage < b->years &&
        book_start(b, loan) > (int)step)
        gone[b->years + 1 + vintage] += b->written[loan];
}

void volumes_stop(int64_t gone[], const Book *b, size_t loan, int failed,
                  int sign)
{
    const int64_t *covered = b->covered + loan * b->width;
    int years = b->years, vintage = b->loans[loan].vintage;
    int last = failed < 0 ? (int)book_openings(b) - 1 : failed / b->year_steps;
    for (int y = 0; y <= last; y++)
        gone[y] += sign * covered[book_opening(b, (size_t)y)];
    for (int y = 0; b->fee != NULL && y <= last && y < years; y++)
        gone[fees_at(years) + (size_t)y] +=
            sign * b->fee[loan * (size_t)years + (size_t)y];
    if (b->written != NULL && vintage < years &&
        (failed < 0 || book_start(b, loan) <= failed))
        gone[years + 1 + vintage] += sign * b->written[loan];
}

/* Classes of a path, all of which are added up. */
typedef struct {
    const Volumes *v;
    const VolumesGone *path;
    size_t first, end;
} Range;

static int64_t at(const Range *r, size_t i)
{
    int64_t sum = 0;
    for (size_t c = r->first; c < r->end; c++) {
        size_t place = c * r->v->row + i;
        if (c < 64 && r->path->stopped >> c & 1)
            continue;
        sum += r->v->amount[place];
        sum -= r->path->gone == NULL ? 0 : r->path->gone[place];
    }
    return sum;
}

static int64_t written(const Range *r, int year)
{
    return at(r, (size_t)(r->v->years + 1 + year));
}

/* In force at all openings and ends of the years from..to, halved. */
static int64_t average(const Range *r, int from, int to)
{
    Exact sum = 0;
    for (int y = from; y <= to; y++)
        sum += (Exact)at(r, (size_t)y) + at(r, (size_t)y + 1);
    return (int64_t)exact_divide(sum, 2 * (to - from + 1));
}

static int64_t sum_written(const Range *r, int from, int to)
{
    int64_t sum = 0;
    for (int y = from; y <= to; y++)
        sum += written(r, y);
    return sum;
}

int64_t volumes_of(const Volumes *v, Denominator d, int year, int is_life,
                   const VolumesGone *path, size_t first, size_t n)
{
    const Range r = {v, path, first, first + n};
    int from = is_life ? 0 : year;
    switch (d) {
    case DENOMINATOR_BOOK:
        return at(&r, 0);
    case DENOMINATOR_AVERAGE:
        return average(&r, from, year);
    case DENOMINATOR_NEW_BUSINESS:
        return sum_written(&r, from, year);
    case DENOMINATOR_RELEASED:
        return at(&r, (size_t)from) + sum_written(&r, from, year) -
               at(&r, (size_t)year + 1);
    case DENOMINATOR_COHORT:
        return at(&r, 0) + sum_written(&r, 0, v->years - 1);
    case DENOMINATOR_OPENING: /* the scheme has put another for it */
    case DENOMINATOR_IN_FORCE:
    case DENOMINATOR_COUNT:
        break;
    }
    return at(&r, (size_t)year);
}

int64_t volumes_fees(const Volumes *v, int year, const VolumesGone *path)
{
    const Range r = {v, path, 0, v->classes};
    return at(&r, fees_at(v->years) + (size_t)year);
}
