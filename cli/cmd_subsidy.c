#include "cmd.h"

#define SUBSIDY_ARG_CONTRACTS                                                  \
    {                                                                          \
        "--contracts", "FILE", TR_NOOP("technology contracts (CSV)")           \
    }
#define SUBSIDY_ARG_SCENARIOS                                                  \
    {                                                                          \
        "--scenario", "LIST",                                                  \
            TR_NOOP(                                                           \
                "to set beside it: tiers,other.cfg,other.cfg#cut@2023-12-31")  \
    }
#define SUBSIDY_ARG_YEAR                                                       \
    {                                                                          \
        "--year", "N", TR_NOOP("only contracts of this year")                  \
    }
/* How contracts are read, and where the run goes. */
#define SUBSIDY_ARGS_FILES CMD_ARG_MAP, CMD_ARG_AS_OF, CMD_ARG_REJECTS
#define SUBSIDY_ARGS_RUN   CMD_ARG_LEDGER, CMD_ARG_AGAIN, CMD_ARG_OUT

const Cmd cmd_subsidy_run = {
    "subsidy run",
    TR_NOOP("what a year of technology contracts is paid, and by whom"),
    "kedan subsidy run --contracts datasets/contracts.csv"
    " --rules rules/subsidy/suizhou/transfer.cfg --scenario tiers,steps",
    "--contracts --rules",
    0,
    {
        SUBSIDY_ARG_CONTRACTS,
        {"--rules", "FILE", TR_NOOP("subsidy policy")},
        SUBSIDY_ARG_SCENARIOS,
        {"--notice", "FILE", TR_NOOP("public notice list (CSV)")},
        {"--payment", "FILE", TR_NOOP("payment list (CSV)")},
        {"--waiting", "FILE", TR_NOOP("what budgets left unpaid (CSV)")},
        {"--refused", "FILE", TR_NOOP("what is refused, with reasons (CSV)")},
        {"--returns", "FILE", TR_NOOP("what is to be paid back (CSV)")},
        {"--of", "NAME",
         TR_NOOP("lists and single contracts under this scenario")},
        SUBSIDY_ARG_YEAR,
        SUBSIDY_ARGS_FILES,
        SUBSIDY_ARGS_RUN,
    },
};

const Cmd cmd_subsidy_compare = {
    "subsidy compare",
    TR_NOOP("what a year of contracts would be paid under many policies, a line"
            " each"),
    "kedan subsidy compare --contracts datasets/contracts.csv"
    " --rules rules/subsidy/suizhou/transfer.cfg --scenario tiers,steps",
    "--contracts --rules --scenario",
    0,
    {
        SUBSIDY_ARG_CONTRACTS,
        {"--rules", "FILE", TR_NOOP("subsidy policy")},
        SUBSIDY_ARG_SCENARIOS,
        SUBSIDY_ARG_YEAR,
        SUBSIDY_ARGS_FILES,
        CMD_ARG_THREADS,
        SUBSIDY_ARGS_RUN,
    },
};

const Cmd cmd_subsidy_sweep = {
    "subsidy sweep",
    TR_NOOP("what a year of contracts would be paid as one number of the rules"
            " changes"),
    "kedan subsidy sweep --contracts datasets/contracts.csv"
    " --rules rules/subsidy/suizhou/transfer.cfg --scenario tiers"
    " --vary limits.firm-cap.cap --from 10万 --to 100万",
    "--contracts --rules --vary --from --to",
    0,
    {
        SUBSIDY_ARG_CONTRACTS,
        {"--rules", "FILE", TR_NOOP("subsidy policy")},
        {"--scenario", "ID", TR_NOOP("reform of that file to start from")},
        {"--vary", "PATH",
         TR_NOOP("a parameter's name, or a path as in scenarios")},
        {"--from", "VALUE", TR_NOOP("first value: 20万, 5%, 3")},
        {"--to", "VALUE", TR_NOOP("last value")},
        {"--points", "N",
         TR_NOOP("values in between, both ends too; first: 20")},
        SUBSIDY_ARG_YEAR,
        SUBSIDY_ARGS_FILES,
        CMD_ARG_THREADS,
        SUBSIDY_ARGS_RUN,
    },
};

const Cmd cmd_subsidy_optimise = {
    "subsidy optimise",
    TR_NOOP("rates and caps that do most within a budget"),
    "kedan subsidy optimise --contracts datasets/contracts.csv"
    " --rules rules/subsidy/suizhou/transfer.cfg --scenario tiers"
    " --outlook datasets/outlook.cfg --budget 1200万"
    " --vary city_rate=5%..30%,limits.firm-cap.cap=10万..100万 -o chosen.cfg",
    "--contracts --rules --budget --vary",
    1,
    {
        SUBSIDY_ARG_CONTRACTS,
        {"--rules", "FILE", TR_NOOP("subsidy policy they came under")},
        {"--scenario", "ID", TR_NOOP("reform of that file to start from")},
        {"--vary", "LIST",
         TR_NOOP("PATH=FROM..TO/STEP,...; steps first: 0.5%, 1万, 1")},
        {"--budget", "VALUE", TR_NOOP("what it may cost: 1000万")},
        {"--confidence", "VALUE",
         TR_NOOP("chance to stay within the budget; first: 95%")},
        {"--payer", "NAME", TR_NOOP("whose budget it is; without: of all")},
        {"--aim", "induced|firms|gini",
         TR_NOOP("most contracts induced, firms paid, or evenness; first: "
                 "induced")},
        {"--outlook", "FILE",
         TR_NOOP("what is believed of next year; without: as last year")},
        {"--points", "N", TR_NOOP("budgets of the frontier; first: 12")},
        {"--years", "N",
         TR_NOOP("last years of the file to draw from; first: 1")},
        {"--futures", "N", TR_NOOP("simulated years; first: 500")},
        {"--seed", "N", TR_NOOP("number that selects the futures; first: 1")},
        SUBSIDY_ARGS_FILES,
        CMD_ARG_THREADS,
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        {"--format", "text|csv|json|html",
         TR_NOOP("form of the results; first: text")},
        {"--output", "FILE",
         TR_NOOP("the chosen rules as a scenario for subsidy run; short: -o")},
        CMD_ARG_TABLES,
        CMD_ARG_LANG,
    },
};

const Cmd cmd_subsidy_backtest = {
    "subsidy backtest",
    TR_NOOP("years that are over, as they would have been foretold"),
    "kedan subsidy backtest --contracts datasets/suizhou-contracts.csv"
    " --rules rules/subsidy/suizhou/transfer.cfg --payer city"
    " --published 461.69万",
    "--contracts --rules",
    0,
    {
        SUBSIDY_ARG_CONTRACTS,
        {"--rules", "FILE", TR_NOOP("subsidy policy they came under")},
        {"--payer", "NAME", TR_NOOP("whose payments; without: of all")},
        {"--published", "VALUE",
         TR_NOOP("what they were paid in all, to be held against the rules")},
        {"--outlook", "FILE",
         TR_NOOP("what is believed of next year; without: as last year")},
        {"--years", "N", TR_NOOP("years before each to draw from; first: 1")},
        {"--futures", "N", TR_NOOP("simulated years; first: 10000")},
        {"--seed", "N", TR_NOOP("number that selects the futures; first: 1")},
        SUBSIDY_ARGS_FILES,
        CMD_ARG_THREADS,
        SUBSIDY_ARGS_RUN,
    },
};

const Cmd cmd_subsidy_simulate = {
    "subsidy simulate",
    TR_NOOP("next year drawn many times: what a policy may cost, and whether"
            " the money lasts"),
    "kedan subsidy simulate --contracts datasets/contracts.csv"
    " --rules rules/subsidy/suizhou/transfer.cfg --scenario tiers"
    " --outlook datasets/outlook.cfg --futures 2000",
    "--contracts --rules",
    0,
    {
        SUBSIDY_ARG_CONTRACTS,
        {"--rules", "FILE", TR_NOOP("subsidy policy they came under")},
        SUBSIDY_ARG_SCENARIOS,
        {"--outlook", "FILE",
         TR_NOOP("what is believed of next year; without: as last year")},
        {"--years", "N",
         TR_NOOP("last years of the file to draw from; first: 1")},
        {"--futures", "N", TR_NOOP("simulated years; first: 10000")},
        {"--seed", "N", TR_NOOP("number that selects the futures; first: 1")},
        {"--year", "N", TR_NOOP("write this simulated year, from 0")},
        {"--write", "FILE", TR_NOOP("where its contracts go (CSV)")},
        {"--of", "NAME", TR_NOOP("as they come under this scenario")},
        SUBSIDY_ARGS_FILES,
        CMD_ARG_THREADS,
        SUBSIDY_ARGS_RUN,
    },
};
