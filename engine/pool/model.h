/* model.h - a run of the simulation: book, events, claims and scheme compiled,
 * and what its scenarios gave.
 */
#ifndef POOL_MODEL_H
#define POOL_MODEL_H

#include "pool/collect.h"

typedef struct {
    Arena *arena; /* of its own */
    const Book *book;
    const Factors *factors;
    const Scheme *scheme; /* or NULL */
    const Events *events;
    const Dues *dues;
    const Waterfall *waterfall; /* NULL without a scheme */
} Model;

/* Check the options and compile everything; model_close() in any case. */
MUST_USE ErrCode model_open(Model *model, const Table *portfolio,
                            const Factors *factors, const Scheme *scheme,
                            const PoolOptions *options, Faults *faults,
                            Err *err);
/* The same of a variant, under its stress. */
MUST_USE ErrCode model_stressed(Model *model, const PoolVariant *of,
                                const PoolOptions *options, Faults *faults,
                                Err *err);
/* Of variants under many stresses: the book, read once, and each of them,
 * beside which the book lives. */
MUST_USE ErrCode model_book(const Book **out, Arena *arena,
                            const PoolVariant *of, const PoolOptions *options,
                            Faults *faults, Err *err);
MUST_USE ErrCode model_shocked(Model *model, const Book *book,
                               const PoolVariant *of,
                               const PoolOptions *options, Err *err);
void model_close(Model *model);

/* A thread's scratch. */
typedef struct {
    EventsWork *work;
    DueTable table;
    WaterfallPath path;
    Tally tally;
} Worker;

/* 0 when out of memory; worker_close() may follow in any case. */
MUST_USE int worker_open(Worker *worker, const Model *model);
void worker_close(Worker *worker);

/* Scenario q of the worker's block through the scheme, into worker->path. */
void model_path(const Model *model, Worker *worker, size_t q);

/* The loss of all parties together in scenario q of the worker's block, of
 * classes that are not `stopped` (bits, as its path says). */
int64_t model_total(const Model *model, const DueTable *table, size_t q,
                    uint64_t stopped);

/* What all scenarios gave. */
typedef struct {
    uint64_t n;
    int parties;
    int64_t *total; /* [n] net losses */
    int64_t *net;   /* [parties][n] */
    int64_t *gross; /* [parties][n], NULL when nothing comes back */
    Tally tally;
} Sample;

/* How many threads the options mean. */
int model_threads(const PoolOptions *options);

/* Looks at a scenario once it has gone through the scheme: number q of the
 * worker's block, its path in worker->path (scratch from then on).  Called from
 * any thread, so what it writes must be the scenario's own. */
typedef void ModelSeen(void *to, uint64_t scenario, Worker *worker, size_t q);

/* Run all scenarios on options->threads threads.  sample_free() in any case.
 * ERR_MEMORY; ERR_IO when options->progress stops it. */
MUST_USE ErrCode model_run(Sample *out, const Model *model,
                           const PoolOptions *options, Err *err);

/* The same, with `seen` called for every scenario where there is a scheme. */
MUST_USE ErrCode model_each(Sample *out, const Model *model,
                            const PoolOptions *options, ModelSeen *seen,
                            void *to, Err *err);
void sample_free(Sample *sample);

/* Run the scenarios that `is_open` [scenarios] marks for `seen` alone, and keep
 * nothing of them; of a model with a scheme.  Errors as model_run(). */
MUST_USE ErrCode model_some(const Model *model, const PoolOptions *options,
                            const uint8_t is_open[], ModelSeen *seen, void *to,
                            Err *err);

#endif
