#include "cmd.h"

const Cmd cmd_model_logit = {
    "model logit",
    TR_NOOP("logistic regression of any table, with its certificate"),
    "kedan model logit german.data --target V21 --terms V2,V5,factor(V8)",
    0,
    {
        {"DATA", "data", TR_NOOP("rows as delimited text, any columns")},
        {"--target", "COLUMN", TR_NOOP("column of two values")},
        {"--event", "VALUE",
         TR_NOOP("the value that counts as 1; first: the larger or later")},
        {"--terms", "LIST",
         TR_NOOP("columns a,b,factor(c); first: all that are left")},
        {"--weight", "COLUMN", TR_NOOP("how many equal rows each stands for")},
        {"--offset", "COLUMN", TR_NOOP("added with the coefficient 1")},
        {"--sign", "LIST",
         TR_NOOP("a+,b-: refuse a coefficient of the other sign")},
        CMD_ARG_THREADS,
        CMD_ARG_OUT,
    },
};
