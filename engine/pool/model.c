#include "pool/model.h"

#include "pool/portfolio.h"
#include "pool/shockbook.h"
#include "stat/sample.h"

static ErrCode check_options(const PoolOptions *o, Err *err)
{
    if (o->scenarios < 2 || o->scenarios > UINT32_MAX)
        return FAIL(err, ERR_DOMAIN, "scenarios are 2 to 4294967295");
    if (o->years < 1 || o->years > BOOK_YEARS)
        return FAIL(err, ERR_DOMAIN, "years are 1 to 30");
    if (o->threads < 0 || o->threads > 4096)
        return FAIL(err, ERR_DOMAIN, "threads are 0 to 4096");
    for (size_t i = 0; i < o->nlevels; i++) {
        Level level;
        ErrCode rc = level_parse(&level, o->level_texts[i], err);
        if (rc != OK)
            return rc;
    }
    return OK;
}

ErrCode model_open(Model *m, const Table *portfolio, const Factors *factors,
                   const Scheme *scheme, const PoolOptions *options,
                   Faults *faults, Err *err)
{
    const PoolVariant of = {NULL, portfolio, factors, scheme, NULL};
    return model_stressed(m, &of, options, faults, err);
}

/* Everything but the book. */
static ErrCode compile(Model *m, const PoolOptions *o, Err *err)
{
    ErrCode rc = OK;
    const Severity *severity;
    TRY(events_new(&m->events, m->arena, m->book, m->factors, o->seed,
                   simd_isa(), err));
    TRY(severity_new(&severity, m->arena, m->book, m->factors, o->seed,
                     simd_isa(), err));
    TRY(dues_new(&m->dues, m->arena, m->book, m->scheme, severity, o->seed,
                 err));
    if (m->scheme != NULL)
        TRY(waterfall_new(&m->waterfall, m->arena, m->scheme, m->dues, err));
done:
    return rc;
}

ErrCode model_book(const Book **out, Arena *arena, const PoolVariant *of,
                   const PoolOptions *options, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    const Factors *factors = of->factors;
    TRY(check_options(options, err));
    if (factors_pairs_file(factors) != NULL)
        TRY(FAIL(err, ERR_DOMAIN, "%s: its file of correlations is not read",
                 factors->file));
    TRY(book_read(out, arena, of->portfolio, factors, of->scheme, options,
                  faults, err));
done:
    return rc;
}

ErrCode model_stressed(Model *m, const PoolVariant *of,
                       const PoolOptions *options, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    const Factors *factors = of->factors;
    *m =
        (Model){.arena = arena_new(), .factors = factors, .scheme = of->scheme};
    if (m->arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    TRY(model_book(&m->book, m->arena, of, options, faults, err));
    if (of->shock != NULL)
        TRY(shock_book(&m->book, m->arena, m->book, factors, of->shock, err));
    TRY(compile(m, options, err));
done:
    return rc;
}

ErrCode model_shocked(Model *m, const Book *book, const PoolVariant *of,
                      const PoolOptions *options, Err *err)
{
    ErrCode rc = OK;
    const Factors *factors = of->factors;
    *m =
        (Model){.arena = arena_new(), .factors = factors, .scheme = of->scheme};
    if (m->arena == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a simulation");
    TRY(shock_book(&m->book, m->arena, book, factors, of->shock, err));
    TRY(compile(m, options, err));
done:
    return rc;
}

void model_close(Model *m)
{
    arena_free(m->arena);
}

int worker_open(Worker *k, const Model *m)
{
    k->work = events_work_new(m->events);
    int has_tally = tally_open(&k->tally, m->waterfall,
                               m->dues->by_bank ? m->book->nbanks : 0);
    int has_table = dues_open(&k->table, m->dues);
    k->table.events = m->events;
    k->table.work = k->work;
    size_t room = m->waterfall == NULL ? 0 : waterfall_room(m->waterfall);
    k->path.stopped = 0;
    k->path.of_class = NULL;
    k->path.room = mem_new(room + 1, sizeof *k->path.room);
    return k->work != NULL && has_tally && has_table && k->path.room != NULL;
}

void worker_close(Worker *k)
{
    events_work_free(k->work);
    dues_close(&k->table);
    tally_close(&k->tally);
    mem_free(k->path.room);
}

int64_t model_total(const Model *m, const DueTable *t, size_t q,
                    uint64_t stopped)
{
    static const int sign[] = {1, 1, -1, -1};
    size_t parts = (size_t)m->dues->parts, classes = m->dues->classes;
    size_t n = m->book->steps * classes;
    const int64_t *part = t->part + q * n * parts;
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++, part += parts) {
        if (stopped != 0 && stopped >> i % classes & 1)
            continue;
        for (size_t p = 0; p < parts; p++)
            sum += sign[p] * part[p];
    }
    return sum;
}

void model_path(const Model *m, Worker *k, size_t q)
{
    size_t each = m->book->steps * m->dues->classes;
    k->path.table = &k->table;
    k->path.scenario = q;
    waterfall_run(&k->path, m->waterfall,
                  k->table.part + q * each * (size_t)m->dues->parts,
                  dues_gone(&k->table, q));
}
