#include "cmd.h"

const Cmd cmd_report = {
    "report",
    TR_NOOP("a recorded run as one HTML page that opens offline"),
    "kedan report 3 --output report.html",
    {
        {"RUN", "run", TR_NOOP("number of the run")},
        CMD_ARG_LEDGER,
        CMD_ARG_OUTPUT,
        CMD_ARG_LANG,
    },
};
