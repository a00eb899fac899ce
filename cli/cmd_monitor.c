#include "cmd.h"

const Cmd cmd_model_monitor = {
    "model monitor",
    TR_NOOP("a recorded run's own decisions beside what became of them"),
    "kedan model monitor 1 --outcomes later.csv --page monitor.html",
    "--outcomes",
    0,
    {
        {"RUN", "run", TR_NOOP("number of a run of 'assess'")},
        {"--outcomes", "FILE",
         TR_NOOP("application_id, as_of, defaulted (CSV)")},
        {"--page", "FILE", TR_NOOP("the same as an HTML page")},
        CMD_ARG_BOOTSTRAP,
        CMD_ARG_MAP,
        CMD_ARG_LEDGER,
        CMD_ARG_THREADS,
        CMD_ARG_OUT,
    },
};
