#include "cmd.h"

const Cmd cmd_report = {
    "report",
    TR_NOOP("recorded runs as one HTML page that opens offline"),
    "kedan report 1 2 3 --output report.html",
    "",
    0,
    {
        {"RUN...", "run", TR_NOOP("numbers of the runs")},
        CMD_ARG_LEDGER,
        CMD_ARG_OUTPUT,
        CMD_ARG_LANG,
    },
};
