#include "cmd.h"

const Cmd cmd_model_pd = {
    "model pd",
    TR_NOOP("prudent PDs of grades with few defaults, or none"),
    "kedan model pd grades.csv --rho 0.12 --levels 0.5,0.75,0.9",
    "",
    0,
    {
        {"DATA", "data",
         TR_NOOP("grade, obligors, defaults (CSV), the best grade first")},
        {"--levels", "LIST", TR_NOOP("confidence; first: 0.5,0.75,0.9")},
        {"--rho", "R", TR_NOOP("asset correlation; first: 0")},
        {"--years", "N", TR_NOOP("years the defaults are of; first: 1")},
        {"--theta", "R", TR_NOOP("correlation of the years; first: 0")},
        {"--seed", "N", TR_NOOP("number that selects the paths; first: 1")},
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};
