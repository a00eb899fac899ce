#include "cmd.h"

const Cmd cmd_model_bin = {
    "model bin",
    TR_NOOP("columns cut into the classes that tell defaults best"),
    "kedan model bin datasets/outcomes.csv --target defaulted",
    0,
    {
        {"DATA", "data", TR_NOOP("any cases with their outcomes (CSV)")},
        {"--target", "COLUMN", TR_NOOP("the column that tells who defaulted")},
        {"--bad", "VALUE", TR_NOOP("its value for a default; first: 1, true")},
        {"--spec", "FILE", TR_NOOP("how to cut, as model fit reads it")},
        {"--events", "COLUMN",
         TR_NOOP("DATA is of pre-bins: their defaults, and")},
        {"--others", "COLUMN", TR_NOOP("their other rows, to be joined by")},
        {"--trend", "none|ascending|descending|peak|valley|auto",
         TR_NOOP("first: auto")},
        {"--bins-least", "N", TR_NOOP("first: 2")},
        {"--bins-most", "N", TR_NOOP("first: 8")},
        {"--rows-least", "N", TR_NOOP("rows of a bin; first: no bound")},
        {"--rows-most", "N", TR_NOOP("first: no bound")},
        {"--events-least", "N", TR_NOOP("defaults of a bin; first: 1")},
        {"--others-least", "N", TR_NOOP("other rows of a bin; first: 1")},
        CMD_ARG_OUT,
    },
};

const Cmd cmd_model_fit = {
    "model fit",
    TR_NOOP("a scorecard fitted to data, as a rule file"),
    "kedan model fit datasets/outcomes.csv --spec datasets/scorecard.cfg"
    " --output card.cfg",
    1,
    {
        {"DATA", "data", TR_NOOP("any cases with their outcomes (CSV)")},
        {"--spec", "FILE", TR_NOOP("what to fit; 'model = { id, target }'")},
        {"--target", "COLUMN",
         TR_NOOP("without a spec: who defaulted, all else by default")},
        {"--bad", "VALUE", TR_NOOP("its value for a default; first: 1, true")},
        {"--output", "FILE", TR_NOOP("the scorecard")},
        {"--format", "text|csv|json",
         TR_NOOP("form of the results; first: text")},
        CMD_ARG_THREADS,
        CMD_ARG_LANG,
    },
};
