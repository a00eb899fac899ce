#include "cmd.h"

const Cmd cmd_subsidy_run = {
    "subsidy run",
    TR_NOOP("what a year of technology contracts is paid, and by whom"),
    "kedan subsidy run --contracts datasets/contracts.csv"
    " --rules rules/subsidy/suizhou/transfer.cfg --scenario tiers",
    0,
    {
        {"--contracts", "FILE", TR_NOOP("technology contracts (CSV)")},
        {"--rules", "FILE", TR_NOOP("subsidy policy")},
        {"--scenario", "ID", TR_NOOP("reform of that file to set beside it")},
        {"--notice", "FILE", TR_NOOP("public notice list (CSV)")},
        {"--payment", "FILE", TR_NOOP("payment list (CSV)")},
        {"--year", "N", TR_NOOP("only contracts of this year")},
        CMD_ARG_MAP,
        CMD_ARG_AS_OF,
        CMD_ARG_REJECTS,
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};
