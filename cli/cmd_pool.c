#include "cmd.h"

/* What makes a simulation: the same for a run and for one scenario of it. */
#define POOL_INPUTS                                                            \
    {"--portfolio", "FILE", TR_NOOP("guaranteed loans (CSV)")},                \
        {"--factors", "FILE", TR_NOOP("factor model: groups, correlations")},  \
        {"--scheme", "FILE",                                                   \
         TR_NOOP("who bears which part of a loss; of several schemes "         \
                 "A.cfg+B.cfg")},                                              \
        {"--history", "FILE",                                                  \
         TR_NOOP("past loans (CSV): PD of a book without one")},               \
        {"--history-map", "FILE", TR_NOOP("the same for the past loans")},     \
        CMD_ARG_MAP,                                                           \
        {"--scenarios", "N", TR_NOOP("how many futures; first: 100000")},      \
        {"--years", "N", TR_NOOP("years of each future; first: 1")},           \
        {"--steps", "HOW",                                                     \
         TR_NOOP("yearly or monthly: whether months place defaults, claims "   \
                 "and recoveries; first: yearly")},                            \
        {"--seed", "N", TR_NOOP("number that selects the futures; first: 1")}, \
        CMD_ARG_AS_OF, CMD_ARG_LEDGER, CMD_ARG_THREADS
#define POOL_LEVELS                                                            \
    {                                                                          \
        "--levels", "LIST",                                                    \
            TR_NOOP("levels of the quantiles; first: 0.95,0.99,0.999")         \
    }
#define POOL_PARTY                                                             \
    {                                                                          \
        "--party", "NAME",                                                     \
            TR_NOOP("whose fund; first: the only one of the scheme")           \
    }

const Cmd cmd_pool_simulate = {
    "pool simulate",
    TR_NOOP("losses of a guaranteed book, and who pays them"),
    "kedan pool simulate --portfolio datasets/portfolio.csv"
    " --factors datasets/factors.cfg --scheme rules/schemes/hubei-4222.cfg"
    " --years 3 --as-of 2025-12-31",
    "--portfolio --factors",
    0,
    {
        POOL_INPUTS,
        POOL_LEVELS,
        {"--exact", "HOW",
         TR_NOOP("the exact distribution beside: cheap, full or none; first: "
                 "cheap")},
        {"--contributions", "LEVEL",
         TR_NOOP("whose losses make the shortfall at this level, by industry, "
                 "county and bank")},
        {"--contributors", "FILE", TR_NOOP("the same firm by firm (CSV)")},
        CMD_ARG_REJECTS,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};

const Cmd cmd_pool_size = {
    "pool size",
    TR_NOOP("how much money a fund needs, what it must earn, and how large a "
            "book it carries"),
    "kedan pool size --portfolio datasets/portfolio.csv"
    " --factors datasets/factors.cfg --scheme datasets/scheme.cfg"
    " --years 3 --as-of 2025-12-31 --ruin 0.01,0.001",
    "--portfolio --factors --scheme",
    0,
    {
        POOL_INPUTS,
        POOL_PARTY,
        {"--ruin", "LIST",
         TR_NOOP("chances to run dry; first: 0.1,0.05,0.01,0.005,0.001")},
        CMD_ARG_REJECTS,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};

const Cmd cmd_pool_compare = {
    "pool compare",
    TR_NOOP("two schemes or more on the same futures, and how far they lie "
            "apart"),
    "kedan pool compare --portfolio datasets/portfolio.csv"
    " --factors datasets/factors.cfg --scheme rules/schemes/hubei-4222.cfg"
    " --against rules/schemes/hubei-4321.cfg --as-of 2025-12-31",
    "--portfolio --factors --scheme --against",
    0,
    {
        POOL_INPUTS,
        {"--against", "LIST",
         TR_NOOP("schemes (files) that are set beside the first")},
        POOL_LEVELS,
        CMD_ARG_REJECTS,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};

const Cmd cmd_pool_stress = {
    "pool stress",
    TR_NOOP("the book under stress beside the book as it is, and what it takes "
            "to empty a fund"),
    "kedan pool stress --portfolio datasets/portfolio.csv"
    " --factors datasets/factors.cfg --scheme datasets/scheme.cfg"
    " --as-of 2025-12-31 --stresses datasets/stress.cfg --reverse 0.25",
    "--portfolio --factors",
    0,
    {
        POOL_INPUTS,
        {"--pd", "xK", TR_NOOP("every chance of default times K, as x1.5")},
        {"--lgd", "CHANGE",
         TR_NOOP("loss given default up by points of 100, times a number, or "
                 "both: +10pp, x1.2, \"x0.92 +8pp\"")},
        {"--factor", "SD",
         TR_NOOP("mean of all factors off by so many standard deviations, by "
                 "year: -2 or -2,-1")},
        {"--pledge-value", "PART",
         TR_NOOP("what collateral_value secures falls or rises, as -30%")},
        {"--pledge-product", "NAME",
         TR_NOOP("... of loans of this product alone, as ip-pledge-loan")},
        {"--stresses", "FILE",
         TR_NOOP("several stresses with names and sources, as "
                 "datasets/stress.cfg")},
        {"--reverse", "CHANCE",
         TR_NOOP("find what every PD must be multiplied by until the fund runs "
                 "dry that often")},
        {"--reverse-of", "SHOCK",
         TR_NOOP("... or how large another shock must be: lgd, factor or "
                 "pledge-value")},
        POOL_PARTY,
        POOL_LEVELS,
        CMD_ARG_REJECTS,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};

const Cmd cmd_pool_ratios = {
    "pool ratios",
    TR_NOOP("the regulator's ratios of a guarantor, and how much more it may "
            "guarantee"),
    "kedan pool ratios --portfolio datasets/portfolio.csv"
    " --guarantor datasets/guarantor.cfg"
    " --weights rules/guarantee/weights.cfg"
    " --rules rules/guarantee/ratios.cfg",
    "--portfolio --guarantor --weights --rules",
    0,
    {
        {"--portfolio", "FILE", TR_NOOP("guaranteed loans (CSV)")},
        {"--guarantor", "FILE",
         TR_NOOP("its accounts, as datasets/"
                 "guarantor.cfg")},
        {"--weights", "FILE", TR_NOOP("rules by which guarantees are weighed")},
        {"--rules", "FILE", TR_NOOP("rules that set the ratios")},
        {"--liability", "HOW",
         TR_NOOP("what is guaranteed of a loan: its covered share or the "
                 "whole; first: share")},
        CMD_ARG_MAP,
        CMD_ARG_LEDGER,
        CMD_ARG_THREADS,
        CMD_ARG_REJECTS,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};

const Cmd cmd_pool_replay = {
    "pool replay",
    TR_NOOP("one simulated future again: who failed, who paid"),
    "kedan pool replay --portfolio datasets/portfolio.csv"
    " --factors datasets/factors.cfg --scheme rules/schemes/hubei-4222.cfg"
    " --years 3 --as-of 2025-12-31 --scenario 4711",
    "--portfolio --factors --scenario",
    0,
    {
        POOL_INPUTS,
        {"--scenario", "N", TR_NOOP("number of the future, from 0")},
        CMD_ARG_OUT,
    },
};
