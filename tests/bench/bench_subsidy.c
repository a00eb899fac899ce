/* Rates of the subsidy engine: scales, budgets, and a year of a million
 * contracts before and after a change of policy.  Seconds of processor, the
 * wall beside them for the year: others may share the machine.  Run in the root
 * of the tree. */
#include "bench.h"

#include "core/text.h"
#include "data/doc.h"
#include "policy/budget.h"
#include "policy/scale.h"
#include "stat/setup.h"
#include "subsidy/optimise.h"
#include "subsidy/subsidy.h"
#include "subsidy/sums.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { N = 1000000, ROUNDS = 7 };

static uint64_t state = UINT64_C(88172645463325252);

/* Six brackets, 10% falling to 1%, from 500,000 yuan each time doubled. */
static const Bracket brackets[] = {
    {{0}, {100000000}, {0}},        {{50000000}, {80000000}, {0}},
    {{100000000}, {60000000}, {0}}, {{200000000}, {40000000}, {0}},
    {{400000000}, {20000000}, {0}}, {{800000000}, {10000000}, {0}},
};
static const Scale scale = {SCALE_MARGINAL_RATE, 6, brackets};

/* The plain way: 128 bits, bracket by bracket. */
static int64_t plain(int64_t value)
{
    Exact sum = 0;
    for (size_t k = 0; k < scale.n; k++) {
        int64_t from = brackets[k].from.fen;
        int64_t to = k + 1 < scale.n ? brackets[k + 1].from.fen : INT64_MAX;
        int64_t top = value < to ? value : to;
        if (top > from)
            sum += (Exact)(top - from) * brackets[k].rate.billionths;
    }
    return (int64_t)((sum + RATIO_ONE / 2) / RATIO_ONE);
}

static void show(const char *what, double best)
{
    printf("%s: %.1f million amounts/s\n", what, N / best * 1e-6);
}

static void bench_scale(int64_t out[], const int64_t value[])
{
    double best[2] = {1e9, 1e9};
    int64_t off = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = bench_cpu();
        scale_apply(out, &scale, value, N);
        double middle = bench_cpu();
        for (size_t i = 0; i < N; i++)
            off += out[i] != plain(value[i]);
        double end = bench_cpu();
        best[0] = middle - start < best[0] ? middle - start : best[0];
        best[1] = end - middle < best[1] ? end - middle : best[1];
    }
    show("scale_apply, 6 brackets", best[0]);
    show("128-bit loop over the brackets", best[1]);
    printf("rows where they differ: %lld\n", (long long)off);
}

/* The same in SQL, integer fen: rates are whole percents, so that a product in
 * hundredths of a fen is exact. */
static const char sql[] =
    "SELECT sum((CASE WHEN v < 50000000 THEN v * 10"
    " WHEN v < 100000000 THEN 500000000 + (v - 50000000) * 8"
    " WHEN v < 200000000 THEN 900000000 + (v - 100000000) * 6"
    " WHEN v < 400000000 THEN 1500000000 + (v - 200000000) * 4"
    " WHEN v < 800000000 THEN 2300000000 + (v - 400000000) * 2"
    " ELSE 3100000000 + (v - 800000000) END + 50) / 100) FROM t";

static int fill_table(sqlite3 *db, const int64_t value[])
{
    sqlite3_stmt *st = NULL;
    int rc =
        sqlite3_exec(db, "CREATE TABLE t(v INTEGER); BEGIN", NULL, NULL, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_prepare_v2(db, "INSERT INTO t VALUES(?1)", -1, &st, NULL);
    for (size_t i = 0; rc == SQLITE_OK && i < N; i++) {
        sqlite3_bind_int64(st, 1, value[i]);
        rc = sqlite3_step(st) == SQLITE_DONE ? sqlite3_reset(st) : SQLITE_ERROR;
    }
    sqlite3_finalize(st);
    return rc == SQLITE_OK ? sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) : rc;
}

static void bench_sql(const int64_t value[], const int64_t out[])
{
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    int64_t want = 0, got = 0;
    double best = 1e9;
    for (size_t i = 0; i < N; i++)
        want += out[i];
    if (sqlite3_open(":memory:", &db) != SQLITE_OK ||
        fill_table(db, value) != SQLITE_OK)
        return;
    for (int round = 0; round < ROUNDS; round++) {
        double start = bench_cpu();
        if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK &&
            sqlite3_step(st) == SQLITE_ROW)
            got = sqlite3_column_int64(st, 0);
        sqlite3_finalize(st);
        double took = bench_cpu() - start;
        best = took < best ? took : best;
    }
    sqlite3_close(db);
    show("SQLite CASE, integer fen", best);
    printf("fen between the totals: %lld\n", (long long)(got - want));
}

static void bench_budget(int64_t paid[], int64_t wanted[])
{
    static const char *const names[] = {"first come", "ranked", "pro rata"};
    static uint32_t queue[N];
    static int64_t rest[N];
    int64_t wants = 0;
    for (uint32_t i = 0; i < N; i++) {
        wanted[i] = 1 + (int64_t)(bench_draw(&state) % 60000000);
        wants += wanted[i];
        queue[i] = i;
    }
    for (int a = BUDGET_FIRST_COME; a <= BUDGET_PRO_RATA; a++) {
        const Budget b = {.allocation = (BudgetAllocation)a,
                          .amount = {wants / 10 * 6}};
        double best = 1e9;
        int64_t sum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double start = bench_cpu();
            if (budget_allocate(paid, wanted, queue, N, &b, (Money){1}, rest,
                                NULL) != OK)
                return;
            double took = bench_cpu() - start;
            best = took < best ? took : best;
        }
        for (size_t i = 0; i < N; i++)
            sum += paid[i];
        printf("%s over 1,000,000 claims: %.1f ms, %lld fen off\n", names[a],
               best * 1e3, (long long)(sum - b.amount.fen));
    }
}

static ErrCode read_policy(Policy **out, const char *path, Arena *arena,
                           Tables *tables, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Source source;
    const Doc *doc;
    TRY(source_read(&source, arena, path, err));
    TRY(doc_read(&doc, arena, source, faults, err));
    TRY(policy_read(out, arena, tables->texts, doc, faults, err));
done:
    return rc;
}

static ErrCode text_column(Table *t, Field field, const char *start,
                           uint64_t below, Err *err)
{
    Column *c;
    ErrCode rc = table_add_field(&c, t, field, err);
    for (size_t i = 0; rc == OK && i < t->rows; i++) {
        char text[40];
        uint64_t k = below > 0 ? bench_draw(&state) % below : i;
        int n = snprintf(text, sizeof text, "%s%08llu", start,
                         (unsigned long long)k);
        c->s[i] = texts_put(t->owner->texts, text, (size_t)n);
        if (c->s[i] == NULL)
            rc = FAIL(err, ERR_MEMORY, "out of memory");
    }
    return rc;
}

/* A year of contracts in the order of their registration, three a firm. */
static ErrCode make_contracts(Table **out, Tables *tables, const char *name,
                              size_t n, Err *err)
{
    ErrCode rc = OK;
    static const char *const words[] = {"随县", "广水", "曾都", "高新区"};
    Table *t;
    Column *day, *amount, *county;
    state = UINT64_C(88172645463325252);
    TRY(table_new(&t, tables, name, n, err));
    TRY(text_column(t, FIELD_contract_id, "HT", 0, err));
    TRY(text_column(t, FIELD_firm_id, "9142130000", n / 3, err));
    TRY(text_column(t, FIELD_registry_no, "2024", UINT64_C(100) * n, err));
    TRY(table_add_field(&day, t, FIELD_registered_on, err));
    TRY(table_add_field(&amount, t, FIELD_amount, err));
    TRY(table_add_field(&county, t, FIELD_county, err));
    for (size_t i = 0; i < n; i++) {
        const char *word = words[bench_draw(&state) % 4];
        day->i[i] = 19723 + (int64_t)(i * 366 / n);
        amount->i[i] = 1 + (int64_t)(bench_draw(&state) % 150000000);
        county->s[i] = texts_put(tables->texts, word, strlen(word));
    }
    *out = t;
done:
    return rc;
}

typedef struct {
    double own, system, wall;
} Lap;

static Lap clocks(void)
{
    struct rusage u = {0};
    (void)getrusage(RUSAGE_SELF, &u);
    return (Lap){bench_cpu(),
                 (double)u.ru_stime.tv_sec + (double)u.ru_stime.tv_usec * 1e-6,
                 bench_wall()};
}

/* What went by since `start`, kept where it is the least. */
static void lap_end(Lap *best, Lap *start)
{
    Lap end = clocks();
    if (best->own <= 0 || end.own - start->own < best->own)
        *best = (Lap){end.own - start->own, end.system - start->system,
                      end.wall - start->wall};
    *start = clocks();
}

enum { STEPS = 4 };

static ErrCode do_year(Lap best[STEPS], Arena *arena, Err *err)
{
    ErrCode rc = OK;
    const Date as_of = {19723};
    Tables *tables = tables_new(arena);
    Faults *faults = faults_new(arena);
    Policy *policy, *reform;
    Table *before, *after;
    if (tables == NULL || faults == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(read_policy(&policy, "tests/bench/year.cfg", arena, tables, faults,
                    err));
    TRY(policy_scenario(&reform, policy, "flat", faults, err));
    TRY(make_contracts(&before, tables, "before", N, err));
    TRY(make_contracts(&after, tables, "after", N, err));
    Lap start = clocks();
    TRY(subsidy_apply(before, policy, as_of, err));
    lap_end(&best[0], &start);
    TRY(subsidy_apply(after, reform, as_of, err));
    lap_end(&best[1], &start);
    const SubsidySide side[] = {{"baseline", {"a", "a"}, before, policy},
                                {"flat", {"b", "b"}, after, reform}};
    TRY(subsidy_compare(tables, side, 2, as_of, err));
    lap_end(&best[2], &start);
    TRY(subsidy_lists(tables, before, err));
    lap_end(&best[3], &start);
done:
    return rc;
}

/* Each round gives its memory to the next: a machine that lends its pages
 * to guests takes longer over a new one than the policy over its rows. */
static ErrCode bench_year(Err *err)
{
    static const char *const names[STEPS] = {"baseline", "scenario", "report",
                                             "lists"};
    Lap best[STEPS] = {{0}};
    ErrCode rc = OK;
    for (int round = 0; round < 3 && rc == OK; round++) {
        Arena *arena = arena_new();
        rc = arena != NULL ? do_year(best, arena, err) : ERR_MEMORY;
        arena_free(arena);
        printf("round %d: the baseline's best so far %.3f s\n", round + 1,
               best[0].own);
    }
    for (int k = 0; k < STEPS && rc == OK; k++)
        printf(
            "1,000,000 contracts, %s: %.3f s of processor, %.3f of them the "
            "system's; wall %.3f s\n",
            names[k], best[k].own, best[k].system, best[k].wall);
    if (rc == OK)
        printf(
            "1,000,000 contracts: table, scale, limits, budgets and the "
            "report's tables: %.3f s of processor\n",
            best[0].own + best[2].own);
    return rc;
}

enum { CAPS = 20 };

/* The policy with its cap a firm and year at 20 places. */
static ErrCode make_caps(const Policy *out[], Policy *policy, Arena *arena,
                         Faults *faults, Err *err)
{
    ErrCode rc = OK;
    for (int k = 0; k < CAPS; k++) {
        Policy *changed;
        const PolicyChange cap = {"limits.firm-cap.cap",
                                  text_format(arena, "%d0000", 5 + 5 * k)};
        TRY(policy_changed(&changed, arena, policy, &cap, 1, faults, err));
        out[k] = changed;
    }
done:
    return rc;
}

/* Beside it: subsidy_apply() for each cap, as one of them takes. */
static ErrCode bench_sweep(Arena *arena, Err *err)
{
    ErrCode rc = OK;
    const Date as_of = {19723};
    const Policy *caps[CAPS];
    SubsidySum sums[CAPS];
    Names payers;
    Tables *tables = tables_new(arena);
    Faults *faults = faults_new(arena);
    Policy *policy;
    Table *t, *rows;
    if (tables == NULL || faults == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(read_policy(&policy, "rules/subsidy/suizhou/transfer.cfg", arena,
                    tables, faults, err));
    TRY(policy_scenario(&policy, policy, "tiers", faults, err));
    TRY(make_caps(caps, policy, arena, faults, err));
    TRY(make_contracts(&t, tables, "swept", N, err));
    for (int threads = 1; threads <= 2; threads++) {
        Lap best = {0}, start = clocks();
        TRY(subsidy_sums(sums, &payers, t, caps, CAPS, as_of, threads, err));
        lap_end(&best, &start);
        printf(
            "20 caps on 1,000,000 contracts, %d threads: %.3f s of "
            "processor, wall %.3f s\n",
            threads, best.own, best.wall);
    }
    TRY(table_share(&rows, tables, t, "rows", err));
    Lap best = {0}, start = clocks();
    TRY(subsidy_apply(rows, caps[0], as_of, err));
    lap_end(&best, &start);
    printf("20 times subsidy_apply(): %.3f s of processor\n", CAPS * best.own);
done:
    return rc;
}

/* Rates and caps within a budget: 230 contracts whose values are fitted, firms
 * that answer and step over steps, 500 simulated years. */
static ErrCode bench_optimise(Arena *arena, Err *err)
{
    ErrCode rc = OK;
    Tables *tables = tables_new(arena);
    Faults *faults = faults_new(arena);
    Policy *policy, *start;
    Table *t;
    int64_t chosen[2];
    static const Knob knobs[] = {
        {"city_rate", TYPE_RATIO, 50000000, 10000000, 25},
        {"limits.firm-cap.cap", TYPE_MONEY, 10000000, 10000000, 9}};
    const Outlook outlook = {.prices = {0.02, 0.01},
                             .response = {1, 0.3},
                             .has_gaming = 1,
                             .gaming = 0.3,
                             .within = 50000000,
                             .value = VALUE_FIT};
    const FuturesOptions options = {
        .n = 500, .seed = 1, .years = 1, .threads = 1, .shown = -1};
    if (tables == NULL || faults == NULL)
        return FAIL(err, ERR_MEMORY, "out of memory");
    TRY(read_policy(&policy, "rules/subsidy/suizhou/transfer.cfg", arena,
                    tables, faults, err));
    TRY(policy_scenario(&start, policy, "tiers", faults, err));
    TRY(make_contracts(&t, tables, "chosen", 230, err));
    const OptimisePlan plan = {policy,    start,       knobs,
                               2,         AIM_INDUCED, INT64_C(2000000000),
                               {95, 100}, NULL,        12};
    Lap best = {0}, begin = clocks();
    TRY(optimise_run(chosen, tables, t, &plan, &outlook, &options, faults,
                     err));
    lap_end(&best, &begin);
    int64_t tried =
        table_find(tables_find(tables, "optimise_basis"), "tried")->i[0];
    printf(
        "optimise, %lld sets of figures, 1 thread: %.3f s of processor, "
        "%.1f ms a set\n",
        (long long)tried, best.own, best.own * 1e3 / (double)tried);
done:
    return rc;
}

static ErrCode in_arena(ErrCode (*bench)(Arena *, Err *), Err *err)
{
    Arena *arena = arena_new();
    ErrCode rc = arena == NULL ? FAIL(err, ERR_MEMORY, "out of memory")
                               : bench(arena, err);
    arena_free(arena);
    return rc;
}

int main(void)
{
    static int64_t value[N], out[N];
    Err err = {0};
    stat_setup();
    for (size_t i = 0; i < N; i++)
        value[i] = (int64_t)(bench_draw(&state) % 1500000000);
    bench_scale(out, value);
    bench_sql(value, out);
    bench_budget(out, value);
    ErrCode rc = bench_year(&err);
    if (rc == OK)
        rc = in_arena(bench_sweep, &err);
    if (rc == OK)
        rc = in_arena(bench_optimise, &err);
    if (rc != OK)
        fprintf(stderr, "%s\n", err.text);
    printf("peak memory: %.0f MiB\n", bench_peak_mib());
    return err_status(rc);
}
