#include "cmd.h"

const Cmd cmd_run = {
    "run",
    TR_NOOP("the whole chain, from files to one HTML report"),
    "kedan run --datasets datasets --rules rules --output report.html",
    "",
    1,
    {
        {"--datasets", "FOLDER", TR_NOOP("folder of the data files")},
        {"--rules", "FOLDER", TR_NOOP("folder of the rule files")},
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        CMD_ARG_THREADS,
        {"--output", "FILE", TR_NOOP("the report; first: kedan-report.html")},
        CMD_ARG_LANG,
    },
};
