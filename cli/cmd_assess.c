#include "cmd.h"

const Cmd cmd_assess = {
    "assess",
    TR_NOOP("decide loan applications: eligible, score, PD, limit, price"),
    "kedan assess --applications datasets/applications.csv"
    " --rules rules/kechuang-danbao-dai.cfg --format csv --output out.csv",
    {
        {"--applications", "FILE", TR_NOOP("loan applications (CSV)")},
        {"--rules", "FILE", TR_NOOP("credit policy of the product")},
        {"--ip-rights", "FILE",
         TR_NOOP("the firms' patents and other rights "
                 "(CSV)")},
        {"--value-rules", "FILE", TR_NOOP("policy that values those rights")},
        CMD_ARG_MAP,
        CMD_ARG_AS_OF,
        CMD_ARG_REJECTS,
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};
