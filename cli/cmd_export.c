#include "cmd.h"

const Cmd cmd_model_export = {
    "model export",
    TR_NOOP("a scorecard as SQL, C, PMML or CSV, checked against the rules"),
    "kedan model export card.cfg --as sql --table loans --output card.sql",
    "--as",
    0,
    {
        {"CARD", "card-file",
         TR_NOOP("rule file with a scorecard, such as model fit writes")},
        {"--as", "sql|c|pmml|csv", TR_NOOP("what to write")},
        {"--card", "NAME", TR_NOOP("which scorecard, where there are several")},
        {"--facts", NULL,
         TR_NOOP("let facts be columns, which you reckon yourself")},
        {"--table", "NAME",
         TR_NOOP("that the SQL reads from; first: applications")},
        {"--as-of", "DATE", TR_NOOP("the card of this day; first: the last")},
        CMD_ARG_OUTPUT,
        CMD_ARG_LANG,
    },
};
