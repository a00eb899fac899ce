/* cardterms.h - the columns that a scorecard may use, cut into classes. */
#ifndef CREDIT_CARDTERMS_H
#define CREDIT_CARDTERMS_H

#include "credit/carddata.h"
#include "credit/cardshape.h"

/* A fit in the making. */
typedef struct {
    CardFit *fit;
    Arena *arena;
    const CardData *data;
    const Table *table; /* of `data` */
    const FitSpec *spec;
    int threads;
    double **x; /* [fit->n] minus the weights of evidence of the rows, of the
                 * joined ones too; NULL: not used */
    LogitData rows; /* without columns: what is fitted to */
    Err *err;
} CardWork;

/* ERR_MEMORY, with the number of rows. */
ErrCode cardwork_no_memory(const CardWork *work);

/*
 * work->fit's terms, of its spec, and work->x; those that cannot be used have a
 * reason.
 * ERR_MEMORY, and those of classing_of().
 */
MUST_USE ErrCode cardterms_make(CardWork *work);

#endif
