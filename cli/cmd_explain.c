#include "cmd.h"

const Cmd cmd_explain = {
    "explain",
    TR_NOOP("why a case was decided as it was, by the rules of that day"),
    "kedan explain A000017 --lang zh",
    "",
    0,
    {
        {"KEY", "key", TR_NOOP("application, right or contract")},
        CMD_ARG_LEDGER,
        CMD_ARG_OUT,
    },
};
