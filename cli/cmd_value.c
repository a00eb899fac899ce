#include "cmd.h"

const Cmd cmd_value = {
    "value",
    TR_NOOP("value patents and other rights that can be pledged"),
    "kedan value --ip-rights datasets/ip_rights.csv"
    " --rules rules/value/ip-income.cfg --as-of 2025-12-31",
    "--ip-rights --rules",
    0,
    {
        {"--ip-rights", "FILE", TR_NOOP("patents and other rights (CSV)")},
        {"--rules", "FILE", TR_NOOP("policy that values them")},
        CMD_ARG_MAP,
        CMD_ARG_AS_OF,
        CMD_ARG_REJECTS,
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};
