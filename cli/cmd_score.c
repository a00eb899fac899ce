#include "cmd.h"

const Cmd cmd_model_score = {
    "model score",
    TR_NOOP("any file scored by a card: score, PD, four reasons a row"),
    "kedan model score datasets/outcomes.csv --card card.cfg"
    " --format csv --output scores.csv",
    "--card",
    0,
    {
        {"DATA", "data", TR_NOOP("rows of any headers (CSV)")},
        {"--card", "FILE",
         TR_NOOP("rule file with a scorecard, such as model fit writes")},
        {"--id", "COLUMN",
         TR_NOOP("names of rows; first: application_id, loan_id, id or the"
                 " line")},
        {"--ways", "FILE",
         TR_NOOP("for each row below a score: what would lift it (CSV, .json,"
                 " .html)")},
        {"--below", "SCORE", TR_NOOP("that score")},
        {"--fixed", "LIST",
         TR_NOOP("scorecard rows or columns that cannot change")},
        CMD_ARG_AS_OF,
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        CMD_ARG_THREADS,
        CMD_ARG_OUT,
    },
};
