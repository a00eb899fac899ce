#include "pool/model.h"

#ifdef _OPENMP
#include <omp.h>
#endif

static int thread_number(void)
{
#ifdef _OPENMP
    return omp_get_thread_num();
#else
    return 0;
#endif
}

int model_threads(const PoolOptions *o)
{
#ifdef _OPENMP
    return o->threads == 0 ? omp_get_max_threads() : o->threads;
#else
    (void)o;
    return 1;
#endif
}

static int threads_of(const PoolOptions *o, uint64_t blocks)
{
    int threads = model_threads(o);
    return (uint64_t)threads < blocks ? threads : (int)blocks;
}

/* One run of all scenarios, as its threads see it. */
typedef struct {
    const Model *model;
    const PoolOptions *options;
    const uint8_t *is_open; /* [scenarios]; NULL: all of them are */
    Sample *sample;         /* NULL: nothing is kept */
    ModelSeen *seen;
    void *to;
    Worker *workers; /* [threads] */
    int threads;
    uint64_t blocks, done;
    int stopped;
} Run;

/* Keep what scenario q of the worker's block gave. */
static void keep(Sample *s, const Model *m, Worker *k, uint64_t scenario,
                 size_t q)
{
    s->total[scenario] = model_total(m, &k->table, q, k->path.stopped);
    if (m->scheme == NULL)
        return;
    tally_path(&k->tally, &k->path);
    if (m->dues->by_bank)
        tally_banks(
            &k->tally, m->dues, &m->scheme->breaker, dues_banks(&k->table, q),
            (VolumesGone){dues_banks_gone(&k->table, q), k->path.stopped});
    for (int j = 0; j < s->parties; j++) {
        s->net[(size_t)j * s->n + scenario] = k->path.net[j];
        if (s->gross != NULL)
            s->gross[(size_t)j * s->n + scenario] = k->path.gross[j];
    }
}

/* n scenarios from `first` on, those that are open. */
static void run_stretch(const Run *r, Worker *k, uint64_t first, size_t n)
{
    const Model *m = r->model;
    dues_clear(&k->table, first, n);
    events_run(k->work, m->events, first, n, dues_take, &k->table);
    for (size_t q = 0; q < n; q++) {
        if (r->is_open != NULL && !r->is_open[first + q])
            continue;
        if (m->scheme != NULL)
            model_path(m, k, q);
        if (r->sample != NULL)
            keep(r->sample, m, k, first + q, q);
        if (m->scheme != NULL && r->seen != NULL)
            r->seen(r->to, first + q, k, q);
    }
}

/* Stretches from an open scenario to one after which NEAR are closed: it takes
 * longer to begin again than to run along. */
static void run_open(const Run *r, Worker *k, uint64_t first, size_t n)
{
    enum { NEAR = 4 };
    const uint8_t *is_open = r->is_open + first;
    for (size_t at = 0, end; at < n; at = end) {
        size_t last = at;
        end = at + 1;
        if (!is_open[at])
            continue;
        for (; end < n && end - last <= NEAR; end++)
            last = is_open[end] ? end : last;
        run_stretch(r, k, first + at, last + 1 - at);
    }
}

static void run_block(const Run *r, Worker *k, uint64_t block)
{
    uint64_t first = block * EVENTS_BLOCK;
    uint64_t left = r->options->scenarios - first;
    size_t n = left < EVENTS_BLOCK ? (size_t)left : EVENTS_BLOCK;
    if (r->is_open == NULL)
        run_stretch(r, k, first, n);
    else
        run_open(r, k, first, n);
}

/* Count a block as done, and from one thread tell how far all are. */
static void report(Run *r)
{
    uint64_t done;
    const PoolOptions *o = r->options;
#pragma omp atomic capture
    done = ++r->done;
    if (o->progress == NULL || thread_number() != 0)
        return;
    if (o->progress(o->to, (double)done / (double)r->blocks) != 0) {
#pragma omp atomic write
        r->stopped = 1;
    }
}

static int is_stopped(const Run *r)
{
    int stopped;
#pragma omp atomic read
    stopped = r->stopped;
    return stopped;
}

static void run_blocks(Run *r)
{
#pragma omp parallel for schedule(dynamic, 1) num_threads(r->threads)
    for (uint64_t block = 0; block < r->blocks; block++)
        if (!is_stopped(r)) {
            run_block(r, &r->workers[thread_number()], block);
            report(r);
        }
}

static ErrCode open_sample(Sample *s, const Model *m, const PoolOptions *o,
                           Err *err)
{
    size_t parties = m->scheme == NULL ? 0 : (size_t)m->scheme->n;
    *s = (Sample){.n = o->scenarios, .parties = (int)parties};
    s->total = mem_new(s->n, sizeof *s->total);
    s->net = mem_new(parties == 0 ? 1 : s->n, parties * sizeof *s->net + 1);
    int has_tally = tally_open(&s->tally, m->waterfall,
                               m->dues->by_bank ? m->book->nbanks : 0);
    int needs_gross = m->scheme != NULL && !m->scheme->is_net;
    if (needs_gross)
        s->gross = mem_new(s->n, parties * sizeof *s->gross);
    if (s->total == NULL || s->net == NULL || !has_tally ||
        (needs_gross && s->gross == NULL))
        return FAIL(err, ERR_MEMORY, "no memory for %llu scenarios",
                    (unsigned long long)s->n);
    return OK;
}

void sample_free(Sample *s)
{
    mem_free(s->total);
    mem_free(s->net);
    mem_free(s->gross);
    tally_close(&s->tally);
}

static ErrCode run_all(Run *r, Err *err)
{
    ErrCode rc = OK;
    const PoolOptions *o = r->options;
    int opened = 0;
    r->blocks = (o->scenarios + EVENTS_BLOCK - 1) / EVENTS_BLOCK;
    r->threads = threads_of(o, r->blocks);
    r->workers = mem_new((size_t)r->threads, sizeof *r->workers);
    if (r->workers == NULL)
        rc = FAIL(err, ERR_MEMORY, "no memory for %d threads", r->threads);
    for (; rc == OK && opened < r->threads; opened++)
        if (!worker_open(&r->workers[opened], r->model))
            rc = FAIL(err, ERR_MEMORY, "no memory for %d threads", r->threads);
    TRY(rc);
    run_blocks(r);
    for (int i = 0; i < opened && r->sample != NULL; i++)
        tally_add(&r->sample->tally, &r->workers[i].tally);
    if (r->stopped)
        rc = FAIL(err, ERR_IO, "interrupted; this run is not recorded");
done:
    for (int i = 0; i < opened; i++)
        worker_close(&r->workers[i]);
    mem_free(r->workers);
    return rc;
}

ErrCode model_each(Sample *out, const Model *m, const PoolOptions *o,
                   ModelSeen *seen, void *to, Err *err)
{
    ErrCode rc = OK;
    Run r = {.model = m, .options = o, .sample = out, .seen = seen, .to = to};
    TRY(open_sample(out, m, o, err));
    TRY(run_all(&r, err));
done:
    return rc;
}

ErrCode model_run(Sample *out, const Model *m, const PoolOptions *o, Err *err)
{
    return model_each(out, m, o, NULL, NULL, err);
}

ErrCode model_some(const Model *m, const PoolOptions *o,
                   const uint8_t is_open[], ModelSeen *seen, void *to, Err *err)
{
    Run r = {
        .model = m, .options = o, .is_open = is_open, .seen = seen, .to = to};
    return run_all(&r, err);
}
