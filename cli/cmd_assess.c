#include "cmd.h"

const Cmd cmd_assess = {
    "assess",
    TR_NOOP("decide loan applications: eligible, score, PD, limit, price"),
    "kedan assess --applications datasets/applications.csv"
    " --rules rules/credit --ip-rights datasets/ip_rights.csv"
    " --value-rules rules/value/ip-income.cfg --format csv --output out.csv",
    "--applications --rules",
    0,
    {
        {"--applications", "FILE", TR_NOOP("loan applications (CSV)")},
        {"--rules", "FILE",
         TR_NOOP("credit policy of a product, or a folder of them")},
        {"--ip-rights", "FILE",
         TR_NOOP("the firms' patents and other rights "
                 "(CSV)")},
        {"--value-rules", "FILE", TR_NOOP("policy that values those rights")},
        CMD_ARG_MAP,
        {"--ip-map", "FILE", TR_NOOP("the same for the rights")},
        CMD_ARG_AS_OF,
        {"--ways", "FILE",
         TR_NOOP("for each declined: what single change would help (CSV,"
                 " .json, .html)")},
        CMD_ARG_REJECTS,
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};
