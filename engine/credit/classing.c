#include "credit/classing.h"

#include "core/tr.h"
#include "credit/levels.h"
#include "stat/binspre.h"

#include <math.h>
#include <string.h>

static uint64_t rows_of(double share, double rows)
{
    return share <= 0 ? 0 : (uint64_t)ceil(share * rows - 1e-9);
}

/* The tighter of two bounds from above, 0 being none. */
static uint64_t tighter(uint64_t a, uint64_t b)
{
    return a == 0 || (b != 0 && b < a) ? b : a;
}

static BinsLimits limits_of(const ClassingRule *r, double rows)
{
    uint64_t least = rows_of(r->share_least, rows);
    uint64_t most = (uint64_t)(r->share_most * rows);
    return (BinsLimits){.trend = r->trend,
                        .bins_least = r->bins_least,
                        .bins_most = r->bins_most,
                        .rows_least =
                            least > r->rows_least ? least : r->rows_least,
                        .rows_most = tighter(most, r->rows_most),
                        .events_least = r->events_least,
                        .others_least = r->others_least};
}

/* Join pre-bins; out->why where that cannot be. */
static ErrCode join(BinsCut *cut, Classing *out, Arena *arena,
                    const BinCount count[], size_t n, const BinsLimits *limits,
                    Err *err)
{
    ErrCode rc = OK;
    out->why = bins_check(count, n, out->total, limits);
    if (out->why != NULL)
        return OK;
    TRY(bins_solve(cut, arena, count, n, out->total, limits, err));
    out->why = cut->why;
    out->trend = cut->trend;
    out->n_cut = cut->n;
done:
    return rc;
}

static ErrCode make_classes(Classing *out, Arena *arena, size_t n, Err *err)
{
    out->classes = arena_alloc(arena, n, sizeof *out->classes);
    return out->classes != NULL
               ? OK
               : FAIL(err, ERR_MEMORY, "no memory for the classes of '%s'",
                      out->name);
}

static void add_class(Classing *out, Class class)
{
    class.woe =
        bin_rows(class.count) > 0 ? bin_woe(class.count, out->total) : 0;
    out->iv += bin_iv(class.count, out->total);
    out->classes[out->n++] = class;
}

static BinCount joined(const BinCount count[], const BinsCut *cut, size_t b)
{
    BinCount sum = {0, 0};
    for (size_t i = cut->start[b]; i < cut->start[b + 1]; i++)
        sum = bin_add(sum, count[i]);
    return sum;
}

static BinCount total_of(const BinCount count[], size_t n)
{
    BinCount sum = {0, 0};
    for (size_t i = 0; i < n; i++)
        sum = bin_add(sum, count[i]);
    return sum;
}

static ErrCode class_numbers(Classing *out, Arena *arena, const BinsPre *pre,
                             const ClassingRule *rule, Err *err)
{
    ErrCode rc = OK;
    BinsCut cut = {0};
    BinCount clean = total_of(pre->count, pre->n);
    BinsLimits limits = limits_of(rule, bin_rows(clean));
    out->total = bin_add(bin_add(clean, pre->missing),
                         total_of(pre->special, rule->n_special));
    TRY(join(&cut, out, arena, pre->count, pre->n, &limits, err));
    if (out->why != NULL)
        return OK;
    TRY(make_classes(out, arena, cut.n + rule->n_special + 1, err));
    for (size_t b = 0; b < cut.n; b++) {
        size_t i = cut.start[b];
        double from = b == 0 ? (double)-INFINITY
                             : binspre_edge(pre->high[i - 1], pre->low[i]);
        add_class(out, (Class){.kind = CLASS_RANGE,
                               .from = from,
                               .count = joined(pre->count, &cut, b)});
    }
    for (size_t i = 0; i < rule->n_special; i++)
        add_class(out, (Class){.kind = CLASS_SPECIAL,
                               .from = rule->special[i],
                               .count = pre->special[i]});
    add_class(out, (Class){.kind = CLASS_MISSING, .count = pre->missing});
done:
    return rc;
}

/* The words of a group of levels. */
static ErrCode add_words(Classing *out, Arena *arena, const Levels *levels,
                         size_t first, size_t end, Err *err)
{
    Class class = {.kind = CLASS_WORDS};
    class.words = arena_alloc(arena, end - first, sizeof *class.words);
    if (class.words == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for the words of '%s'",
                    out->name);
    for (size_t i = first; i < end; i++) {
        if (levels->word[i] == NULL)
            class.has_rest = 1;
        else
            class.words[class.n_words++] = levels->word[i];
        class.count = bin_add(class.count, levels->count[i]);
    }
    add_class(out, class);
    return OK;
}

static ErrCode class_words(Classing *out, Arena *arena, const Levels *levels,
                           const ClassingRule *rule, Err *err)
{
    ErrCode rc = OK;
    BinsCut cut = {0};
    BinCount clean = total_of(levels->count, levels->n);
    BinsLimits limits = limits_of(rule, bin_rows(clean));
    limits.trend = BINS_NONE; /* they are in order already */
    out->total = bin_add(clean, levels->missing);
    if (levels->n == 1 && levels->word[0] == NULL) {
        out->why = TR_NOOP(
            "all its words are rare: dates, names or numbers "
            "of things?");
        return OK;
    }
    TRY(join(&cut, out, arena, levels->count, levels->n, &limits, err));
    if (out->why != NULL)
        return OK;
    TRY(make_classes(out, arena, cut.n + 1, err));
    for (size_t b = 0; b < cut.n; b++)
        TRY(add_words(out, arena, levels, cut.start[b], cut.start[b + 1], err));
    add_class(out, (Class){.kind = CLASS_MISSING, .count = levels->missing});
done:
    return rc;
}

ErrCode classing_of(Classing *out, Arena *arena, const Column *column,
                    const BinRows *rows, const ClassingRule *rule, Err *err)
{
    ErrCode rc = OK;
    *out = (Classing){.name = column->name,
                      .is_words = column->type != TYPE_REAL,
                      .is_weighted = rows->weight != NULL};
    if (out->is_words) {
        Levels levels;
        TRY(levels_of(&levels, arena, column->s, rows, rule->rare, err));
        TRY(class_words(out, arena, &levels, rule, err));
    } else {
        BinsPre pre;
        const BinsColumn c = {column->d, *rows, rule->special, rule->n_special};
        TRY(binspre_of(&pre, arena, &c, rule->pre, err));
        TRY(class_numbers(out, arena, &pre, rule, err));
    }
done:
    return rc;
}

size_t classing_number(const Classing *c, double x)
{
    size_t low = 0, high = c->n_cut;
    if (isnan(x))
        return c->n - 1;
    for (size_t i = c->n_cut; i + 1 < c->n; i++)
        if (x == c->classes[i].from)
            return i;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (x >= c->classes[middle].from)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t classing_word(const Classing *c, const char *word)
{
    size_t rest = c->n;
    if (word == NULL)
        return c->n - 1;
    for (size_t i = 0; i < c->n_cut; i++) {
        for (size_t k = 0; k < c->classes[i].n_words; k++)
            if (c->classes[i].words[k] == word)
                return i;
        rest = c->classes[i].has_rest ? i : rest;
    }
    return rest;
}

void classing_woes(double woe[], const Classing *c, const Column *column,
                   size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        size_t at = c->is_words ? classing_word(c, column->s[i])
                                : classing_number(c, column->d[i]);
        woe[i] = at < c->n ? c->classes[at].woe : 0;
    }
}
