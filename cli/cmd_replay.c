#include "cmd.h"

const Cmd cmd_replay = {
    "replay",
    TR_NOOP("compute a recorded run again and compare byte by byte"),
    "kedan replay 3",
    "",
    0,
    {
        {"RUN", "run", TR_NOOP("number of the run")},
        CMD_ARG_LEDGER,
        CMD_ARG_THREADS,
        CMD_ARG_OUT,
    },
};
