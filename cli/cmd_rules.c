#include "cmd.h"

const Cmd cmd_rules_check = {
    "rules check",
    TR_NOOP("compile rule files, run their examples, list every fault"),
    "kedan rules check rules",
    "",
    0,
    {
        {"FILE...", "file", TR_NOOP("rule files, or folders of them")},
        CMD_ARG_OUT,
    },
};

const Cmd cmd_rules_test = {
    "rules test",
    TR_NOOP("run the examples of rule files, each with its place"),
    "kedan rules test rules/eligibility",
    "",
    0,
    {
        {"FILE...", "file", TR_NOOP("rule files, or folders of them")},
        CMD_ARG_OUT,
    },
};

const Cmd cmd_rules_list = {
    "rules list",
    TR_NOOP("every policy with its versions and their days"),
    "kedan rules list rules --lang zh",
    "",
    0,
    {
        {"FILE...", "file", TR_NOOP("rule files, or folders of them")},
        CMD_ARG_OUT,
    },
};

const Cmd cmd_rules_as_of = {
    "rules as-of",
    TR_NOOP("which rules are in force on a day, and their parameters"),
    "kedan rules as-of 2024-06-30 rules/subsidy",
    "",
    0,
    {
        {"DAY", "day", TR_NOOP("the day, as 2024-06-30")},
        {"FILE...", "file", TR_NOOP("rule files, or folders of them")},
        CMD_ARG_OUT,
    },
};

const Cmd cmd_rules_explain = {
    "rules explain",
    TR_NOOP("how a rule file judges one of its examples or a case, and what"
            " would have had to differ"),
    "kedan rules explain rules/eligibility/tech-sme-2017.cfg X2",
    "",
    0,
    {
        {"RULES", "file", TR_NOOP("rule file")},
        {"KEY", "key", TR_NOOP("id of an example; with --cases, of a case")},
        {"--cases", "FILE", TR_NOOP("contracts, applications or rights (CSV)")},
        CMD_ARG_AS_OF,
        CMD_ARG_MAP,
        {"--ip-rights", "FILE", TR_NOOP("the rights of those firms (CSV)")},
        {"--value-rules", "FILE", TR_NOOP("policy that values those rights")},
        {"--ip-map", "FILE", TR_NOOP("the same for the rights")},
        CMD_ARG_REJECTS,
        CMD_ARG_OUT,
    },
};

const Cmd cmd_rules_diff = {
    "rules diff",
    TR_NOOP("what changed between two rule files, days or scenarios, and for"
            " whom"),
    "kedan rules diff rules/subsidy/suizhou/transfer.cfg --scenario tiers"
    " --cases datasets/contracts.csv",
    "",
    0,
    {
        {"FILE...", "file", TR_NOOP("one rule file, or two")},
        {"--as-of", "DATE", TR_NOOP("the rules of this day")},
        {"--and", "DATE", TR_NOOP("beside the rules of this day")},
        {"--scenario", "ID", TR_NOOP("beside this reform of the last file")},
        {"--cases", "FILE",
         TR_NOOP("contracts or applications (CSV): who changes, and why")},
        CMD_ARG_MAP,
        {"--ip-rights", "FILE", TR_NOOP("the rights of those firms (CSV)")},
        {"--value-rules", "FILE", TR_NOOP("policy that values those rights")},
        {"--ip-map", "FILE", TR_NOOP("the same for the rights")},
        CMD_ARG_REJECTS,
        CMD_ARG_OUT,
    },
};

const Cmd cmd_rules_coverage = {
    "rules coverage",
    TR_NOOP("which rules the cases of a year touched, and which none did"),
    "kedan rules coverage rules/eligibility/tech-sme-2017.cfg"
    " --cases datasets/applications.csv --missing missing.cfg",
    "--cases",
    0,
    {
        {"RULES", "file", TR_NOOP("rule file")},
        {"--cases", "FILE", TR_NOOP("contracts, applications or rights (CSV)")},
        {"--missing", "FILE",
         TR_NOOP("examples for what no case touched, to be reviewed")},
        CMD_ARG_AS_OF,
        CMD_ARG_MAP,
        {"--ip-rights", "FILE", TR_NOOP("the rights of those firms (CSV)")},
        {"--value-rules", "FILE", TR_NOOP("policy that values those rights")},
        {"--ip-map", "FILE", TR_NOOP("the same for the rights")},
        CMD_ARG_REJECTS,
        CMD_ARG_OUT,
    },
};

const Cmd cmd_rules_tck = {
    "rules tck",
    TR_NOOP("run a folder of the decision standard's test kit (DMN TCK)"),
    "kedan rules tck TestCases/compliance-level-2 --results results.csv",
    "--results",
    0,
    {
        {"FOLDER", "folder", TR_NOOP("folders of models and their cases")},
        {"--results", "FILE", TR_NOOP("a line for each case, as the kit asks")},
        CMD_ARG_OUT,
    },
};
