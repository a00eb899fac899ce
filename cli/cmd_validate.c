#include "cmd.h"

const Cmd cmd_model_validate = {
    "model validate",
    TR_NOOP("how well scores or PDs told what became of the cases"),
    "kedan model validate datasets/outcomes.csv --target defaulted --pd pd"
    " --segment county",
    0,
    {
        {"DATA", "data", TR_NOOP("scored cases with their outcomes (CSV)")},
        {"--target", "COLUMN", TR_NOOP("the column that tells who defaulted")},
        {"--bad", "VALUE", TR_NOOP("its value for a default; first: 1, true")},
        {"--pd", "COLUMN", TR_NOOP("probabilities of default")},
        {"--score", "COLUMN", TR_NOOP("or points, higher is safer")},
        {"--challenger", "COLUMN",
         TR_NOOP("another model's, on the same rows")},
        {"--grade", "COLUMN", TR_NOOP("grades; first: ten groups of ranks")},
        {"--segment", "COLUMN", TR_NOOP("parts to look at one by one")},
        {"--month", "COLUMN",
         TR_NOOP("dates or months, for the course of time")},
        {"--base", "FILE",
         TR_NOOP("the cases it was fitted to (CSV), for stability")},
        {"--rho", "R", TR_NOOP("asset correlation of the tests by grade")},
        {"--bootstrap", "N", TR_NOOP("samples drawn again; first: 999")},
        {"--seed", "N", TR_NOOP("number that selects them; first: 1")},
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        CMD_ARG_THREADS,
        CMD_ARG_OUT,
    },
};
