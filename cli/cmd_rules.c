#include "cmd.h"

const Cmd cmd_rules_check = {
    "rules check",
    TR_NOOP("compile rule files, run their examples, list every fault"),
    "kedan rules check rules/*/*.cfg",
    0,
    {
        {"FILE...", "file", TR_NOOP("rule files, or folders of them")},
        CMD_ARG_OUT,
    },
};
