/* policy.h - a published policy as text: read, checked, compiled, evaluated by
 * column, explained.
 *
 * One rule file is one Policy: all its versions, parameters with dates,
 * facts, eligibility rows, scorecards, decision tables, scales, constraints,
 * scenarios and examples.  rules/README.md is the language.
 */
#ifndef POLICY_POLICY_H
#define POLICY_POLICY_H

#include "core/fault.h"
#include "data/doc.h"
#include "data/table.h"

#include <stddef.h>

typedef struct Policy Policy;

typedef struct {
    const char *id;   /* "suizhou-transfer" */
    const char *kind; /* credit, eligibility, subsidy, value */
    Label title;
    const char *issuer, *document, *source, *confidence;
    const char *date_used; /* column that selects the version, or NULL */
    const char *scenario;  /* the scenario it stands under, or NULL */
    Label scenario_title;
} PolicyHead;

/* A column the rules read. */
typedef struct {
    const char *name; /* interned */
    FieldType type;
    int required;       /* a null makes the row incomplete */
    const char *reader; /* id of the first rule, fact ... that reads it */
} PolicyInput;

/*
 * Check and compile a document, and run its examples.  All faults of the file
 * in one pass.  `texts` must be those of the tables it will be applied to.
 * ERR_RULE after every fault is listed; ERR_MEMORY.
 */
MUST_USE ErrCode policy_read(Policy **out, Arena *arena, Texts *texts,
                             const Doc *root, Faults *faults, Err *err);

/* The same policy under one of its named scenarios (an overlay of changes).
 * ERR_USAGE, with the names there are, when there is none called `id`. */
MUST_USE ErrCode policy_scenario(Policy **out, const Policy *base,
                                 const char *id, Faults *faults, Err *err);

/* A value of a rule file by its path, as in `scenarios`: "limits.firm-cap.cap"
 * to "30万"; a parameter's name alone stands for all its dated values. */
typedef struct {
    const char *path, *value;
} PolicyChange;

/* The same policy, under its scenario if any, with values changed.  It lives as
 * long as `arena` and its base.  ERR_RULE after faults are listed; ERR_USAGE
 * for a parameter there is not; ERR_MEMORY.
 * Cost: that of reading the file. */
MUST_USE ErrCode policy_changed(Policy **out, Arena *arena, const Policy *base,
                                const PolicyChange change[], size_t n,
                                Faults *faults, Err *err);

/* The same policy under a scenario that stands in a file of its own:
 *
 *     scenario = { id = "cheaper"; of = "suizhou-transfer"; from = "tiers";
 *       title = { zh = "..."; en = "..."; };
 *       changes = ( { path = "city_rate"; value = "12.5%"; } ); };
 *
 * `of` is the policy's id, `from` one of its own scenarios, or left out; a
 * parameter's name alone stands for all its dated values.
 * *id  what it is called.
 * ERR_RULE after faults are listed; ERR_USAGE for a scenario there is not;
 * ERR_MEMORY. */
MUST_USE ErrCode policy_overlaid(Policy **out, const char **id,
                                 const Policy *base, const Doc *root,
                                 Faults *faults, Err *err);

/* Does policy_apply() give every row the same under both?  1 when they differ
 * at most in `sections`[n], which models read, and in parameters that no rule
 * reads; 0 when they may differ in more, or memory runs out. */
int policy_same_rules(const Policy *a, const Policy *b,
                      const char *const sections[], size_t n);

/* The same policy as it stood on `day`, for every row whatever its own date.
 * ERR_RULE, with the days of its versions, when none was in force; ERR_MEMORY.
 */
MUST_USE ErrCode policy_standing(Policy **out, const Policy *policy, Date day,
                                 Err *err);

const PolicyHead *policy_head(const Policy *policy);

/* The text of a span of days; `from` INT32_MIN and `to` INT32_MAX are open. */
typedef struct {
    const char *id, *cite; /* or NULL */
    Date from, to;         /* inclusive */
} PolicyVersion;

/* Version `i` in the order of dates; 0 when there are not so many. */
int policy_version(PolicyVersion *out, const Policy *policy, size_t i);

/* What the file says a row must come to. */
typedef struct {
    const char *id, *of; /* `of`: the ids it is about, "" when it names none */
    size_t line;
    Date on;
} PolicyExample;
size_t policy_example_list(const PolicyExample **out, const Policy *policy);

/* The facts of an example as a table of one row that policy_apply() takes, and
 * its day.  ERR_USAGE, with the ids there are, for an unknown id. */
MUST_USE ErrCode policy_example_row(Table **out, Date *day, Tables *tables,
                                    const Policy *policy, const char *id,
                                    Err *err);

/* The parameters as they stand on a day: policy, name, value as it is written,
 * since, source, confidence, cite.  None without a version in force. */
MUST_USE ErrCode policy_parameters(Table **out, Tables *tables,
                                   const Policy *const policies[], size_t n,
                                   Date day, Err *err);
size_t policy_inputs(const PolicyInput **out, const Policy *policy);
size_t policy_examples(const Policy *policy); /* how many ran and held */

/* Is a version in force on that day? */
int policy_in_force(const Policy *policy, Date day);

/* Spans of days within which no rule and no parameter changes: how many there
 * are, and the one that holds a day, from 0; -1 when no version does.  What a
 * model reads of the rules on one day holds for the whole span. */
size_t policy_eras(const Policy *policy);
int policy_era(const Policy *policy, Date day);

/* A section of the version in force that day with amendments and the scenario
 * applied ("budget", "limits", "recovery" ...), for the model that knows it;
 * NULL when there is none.  Dated values are resolved with policy_money() and
 * its siblings. */
const Doc *policy_section(const Policy *policy, Date day, const char *name);

/* A parameter's value on a day.  ERR_RULE when there is none, or of another
 * type. */
MUST_USE ErrCode policy_money(Money *out, const Policy *policy,
                              const char *name, Date day, Err *err);
MUST_USE ErrCode policy_ratio(Ratio *out, const Policy *policy,
                              const char *name, Date day, Err *err);
MUST_USE ErrCode policy_number(double *out, const Policy *policy,
                               const char *name, Date day, Err *err);

/*
 * Evaluate all rules over all rows, column by column over blocks of rows.
 * Each row is judged by the version and parameters of its own date, the column
 * date_used; where the policy names none, by `as_of`.
 *
 * Reads  the inputs.  ERR_RULE at once when a column is absent, naming the
 *        rule and the column.
 * Adds   the columns listed in the file's `outputs` (facts, scorecards,
 *        decisions, scales, constraints), and
 *          eligible   BOOL, null where it cannot be told (a null input)
 *          reasons    LIST of the ids of failed eligibility rows, then of
 *                     scorecard rows by points lost; null when none
 *          missing    LIST of required inputs that are null; null when none
 *          trace      TEXT, compact: what fired, table by table ("T2:3 S1:2")
 * A row whose date no version covers has eligible = false and the reason
 * "not-in-force".  An undefined value (division by zero, null in) is a null.
 * Cost   about 10 ns an operator and row; no memory beyond the added columns.
 */
MUST_USE ErrCode policy_apply(Table *table, const Policy *policy, Date as_of,
                              Err *err);

/* The same, but only the columns of the file's `outputs`: for simulations that
 * look at nothing else. */
MUST_USE ErrCode policy_outputs(Table *table, const Policy *policy, Date as_of,
                                Err *err);

/*
 * Scores with reason codes in bulk: the columns of policy_outputs(), and
 * reason_1 to reason_4, CATEGORY: the ids of the scorecard rows that lost the
 * most points, the greatest loss first, equal ones by their order in the file;
 * null when fewer lost any, and on a day without a version.  No text is made
 * of a row: for letters to many, and where traces are not wanted.
 * ERR_RULE when there are more than 1,023 scorecard rows.
 */
enum { POLICY_REASONS = 4 };
MUST_USE ErrCode policy_scores(Table *table, const Policy *policy, Date as_of,
                               Err *err);
/* Of such a table: the column of reason k + 1, NULL where there is none. */
const Column *policy_reasons(const Table *scores, int k);

/* What an eligibility or scorecard row, or a limit of a constraint, says: for
 * reports and letters to the firm. */
typedef struct {
    const char *id;
    Label text;
    const char *cite; /* "article 6 (2)" */
} PolicyReason;
const PolicyReason *policy_reason(const Policy *policy, const char *id);

/*
 * One row step by step: a table "trace" (step, rule, cite, formula, values,
 * result; text and text_zh, what a failed row, points lost or a limit says):
 * facts with their formula and numbers, rows that failed, rules that fired on
 * which values, bracket by bracket amounts, what bound.  Models append theirs.
 * Recomputed from the inputs; its results equal those of policy_apply().
 */
MUST_USE ErrCode policy_explain(Table **out, Tables *tables,
                                const Policy *policy, const Table *table,
                                size_t row, Date as_of, Err *err);

/*
 * What would have had to be otherwise, as further steps "to differ" of a trace:
 * for each eligibility row that is not true, and each decision table the rows
 * before the one that holds (but for tables of scores, policy/whatif.h): the
 * inputs that alone would do, each by the least change found, at most three,
 * the relatively smallest first; words and truths stand as far away as double
 * the number, "county: A -> B, C".  Numbers are looked for to the fen, the day
 * or the billionth; a plain one to 0.0001.
 * Cost: some thousand rows an input and target.
 */
MUST_USE ErrCode policy_differ(Table *trace, const Policy *policy,
                               const Table *table, size_t row, Date as_of,
                               Err *err);

#endif
