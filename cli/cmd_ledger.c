#include "cmd.h"

const Cmd cmd_ledger_verify = {
    "ledger verify",
    TR_NOOP("prove that no record was changed"),
    "kedan ledger verify --ledger kedan.db",
    "",
    0,
    {
        CMD_ARG_LEDGER,
        CMD_ARG_OUT,
    },
};
