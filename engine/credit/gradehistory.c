#include "credit/gradehistory.h"

#include <stdlib.h>
#include <string.h>

static int by_firm_and_day(const void *a, const void *b)
{
    const Rating *x = a, *y = b;
    int order = x->firm == y->firm ? 0 : strcmp(x->firm, y->firm);
    if (order != 0)
        return order;
    if (x->on.days != y->on.days)
        return x->on.days < y->on.days ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* The part of its month that lies before a day. */
static double part_of_month(DateParts p)
{
    Date first = date_of((DateParts){p.year, p.month, 1});
    int days = date_add_months(first, 1).days - first.days;
    return (double)(p.day - 1) / (days > 0 ? days : 31);
}

double gradehistory_years(Date from, Date to)
{
    DateParts a = date_parts(from), b = date_parts(to);
    int months = (b.year - a.year) * 12 + b.month - a.month;
    return (months + (part_of_month(b) - part_of_month(a))) / 12;
}

/* A firm's ratings, in order. */
typedef struct {
    const Rating *ratings;
    size_t n;
    uint32_t firm;
} Firm;

/* What a pass over all firms counts, and writes where there is room. */
typedef struct {
    const RatingWindow *window;
    GradeMoves *moves;
} Pass;

static void put(Spell *list, size_t *n, Spell spell)
{
    if (list != NULL)
        list[*n] = spell;
    ++*n;
}

static void put_spell(Pass *p, const Firm *f, size_t i)
{
    const RatingWindow *w = p->window;
    const Rating *r = &f->ratings[i];
    int is_last = i + 1 == f->n;
    Date on = r->on.days < w->start.days ? w->start : r->on;
    Date until = !is_last         ? f->ratings[i + 1].on
                 : w->is_snapshot ? r->on
                                  : w->end;
    int moves = !is_last && until.days > w->start.days &&
                until.days <= w->end.days &&
                f->ratings[i + 1].state != GRADE_WITHDRAWN;
    until = until.days > w->end.days ? w->end : until;
    if (r->state < w->grades && (until.days > on.days || moves))
        put(p->moves->spells, &p->moves->nspells,
            (Spell){f->firm, r->state,
                    moves ? f->ratings[i + 1].state : r->state,
                    gradehistory_years(on, until)});
}

/* Where a firm stands on a day. */
static uint16_t state_on(const Firm *f, const RatingWindow *w, Date day)
{
    size_t i = 0;
    while (i < f->n && f->ratings[i].on.days <= day.days)
        i++;
    if (i == 0)
        return GRADE_WITHDRAWN; /* not yet rated */
    const Rating *r = &f->ratings[i - 1];
    int is_over = w->is_snapshot && i == f->n && r->on.days < day.days;
    return is_over && r->state < w->grades ? GRADE_WITHDRAWN : r->state;
}

static void put_cohorts(Pass *p, const Firm *f)
{
    const RatingWindow *w = p->window;
    GradeMoves *m = p->moves;
    for (int year = 0; year < m->years; year++) {
        Date on = date_add_months(w->start, 12 * year);
        uint16_t from = state_on(f, w, on);
        if (from >= w->grades)
            continue;
        uint16_t to = state_on(f, w, date_add_months(w->start, 12 * year + 12));
        if (to == GRADE_WITHDRAWN)
            m->left[from]++;
        else
            put(m->cohorts, &m->ncohorts, (Spell){f->firm, from, to, 1});
    }
}

/* A firm's ratings up to its default. */
static void put_firm(Pass *p, Firm f)
{
    size_t n = 0;
    while (n < f.n && f.ratings[n].state != p->window->grades)
        n++;
    n += n < f.n;
    for (size_t i = n; i < f.n; i++)
        p->moves->unheeded += f.ratings[i].state < p->window->grades;
    f.n = n;
    for (size_t i = 0; i < f.n; i++)
        put_spell(p, &f, i);
    put_cohorts(p, &f);
}

/* Counts begin anew; lists are kept. */
static void pass(Pass *p, const Rating ratings[], size_t n)
{
    GradeMoves *m = p->moves;
    m->nspells = m->ncohorts = 0;
    m->firms = 0;
    m->unheeded = 0;
    memset(m->left, 0, p->window->grades * sizeof *m->left);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && strcmp(ratings[end].firm, ratings[i].firm) == 0)
            end++;
        put_firm(p, (Firm){&ratings[i], end - i, m->firms++});
        i = end;
    }
}

/* One rating a firm and day: equal ones are one.  Returns how many are left. */
static ErrCode unite(size_t *left, Rating ratings[], size_t n, const char *file,
                     Err *err)
{
    *left = n > 0;
    for (size_t i = 1; i < n; i++) {
        const Rating *a = &ratings[*left - 1], *b = &ratings[i];
        if (a->on.days != b->on.days || strcmp(a->firm, b->firm) != 0)
            ratings[(*left)++] = *b;
        else if (a->state != b->state)
            return FAIL(err, ERR_INPUT,
                        "%s:%u: firm %.40s has another grade on the same day "
                        "in line %u; keep one of them",
                        file, b->line, b->firm, a->line);
    }
    return OK;
}

/* Whole years of the window; one from 29 February to the 28th is one. */
static int whole_years(const RatingWindow *w)
{
    int n = date_months(w->start, w->end) / 12;
    return n + (date_add_months(w->start, 12 * n + 12).days <= w->end.days);
}

ErrCode gradehistory_moves(GradeMoves *out, Arena *arena, Rating ratings[],
                           size_t n, const RatingWindow *window, Err *err)
{
    ErrCode rc = OK;
    Pass p = {window, out};
    *out = (GradeMoves){.years = whole_years(window)};
    out->left = arena_alloc(arena, window->grades + 1, sizeof *out->left);
    if (out->left == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu ratings", n);
    qsort(ratings, n, sizeof *ratings, by_firm_and_day);
    TRY(unite(&n, ratings, n, window->file, err));
    pass(&p, ratings, n);
    Spell *spells = arena_alloc(arena, out->nspells + 1, sizeof *spells);
    Spell *cohorts = arena_alloc(arena, out->ncohorts + 1, sizeof *cohorts);
    if (spells == NULL || cohorts == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for %zu ratings", n);
    out->spells = spells;
    out->cohorts = cohorts;
    pass(&p, ratings, n);
done:
    return rc;
}
