#include "cmd.h"

const Cmd cmd_run = {
    "run",
    TR_NOOP("the whole chain, from files to one HTML report"),
    "kedan run --datasets datasets --rules rules --output report.html",
    {
        {"--datasets", "FOLDER", TR_NOOP("folder of the data files")},
        {"--rules", "FOLDER", TR_NOOP("folder of the rule files")},
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        CMD_ARG_THREADS,
        CMD_ARG_OUTPUT,
        CMD_ARG_LANG,
    },
};
