#include "cmd.h"

const Cmd cmd_model_calibrate = {
    "model calibrate",
    TR_NOOP("PDs put right by outcomes or moved to a mean; a master scale"),
    "kedan model calibrate datasets/outcomes.csv --pd pd --method tendency"
    " --mean 0.03 --scale 0.0003,0.3,10",
    "--method",
    0,
    {
        {"DATA", "data", TR_NOOP("scored cases (CSV); --format csv adds PDs")},
        {"--method", "tendency|platt|isotonic",
         TR_NOOP("one shift of odds, a line, or rising steps")},
        {"--pd", "COLUMN", TR_NOOP("probabilities of default")},
        {"--score", "COLUMN", TR_NOOP("or points, higher is safer")},
        {"--target", "COLUMN", TR_NOOP("the column that tells who defaulted")},
        {"--bad", "VALUE", TR_NOOP("its value for a default; first: 1, true")},
        {"--mean", "PD", TR_NOOP("mean that the PDs shall have")},
        {"--scale", "LIST", TR_NOOP("lowest PD, highest PD, grades")},
        CMD_ARG_LEDGER,
        CMD_ARG_AGAIN,
        CMD_ARG_OUT,
    },
};
