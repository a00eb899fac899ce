#include "flow/poolrun.h"

#include "report/json.h"

#include <math.h>
#include <string.h>
#include <time.h>

/* The figures of all parties, as columns; exact ones have z and no interval. */
typedef struct {
    const Table *table;
    const Column *party, *measure, *level, *value, *se, *low, *high, *z;
} Figures;

static Figures figures_of(const Job *job, const char *name)
{
    const Table *t = tables_find(job->tables, name);
    if (t == NULL)
        return (Figures){0};
    return (Figures){t,
                     table_field(t, FIELD_party),
                     table_field(t, FIELD_measure),
                     table_field(t, FIELD_level),
                     table_field(t, FIELD_value),
                     table_field(t, FIELD_se),
                     table_field(t, FIELD_low),
                     table_field(t, FIELD_high),
                     table_find(t, "z")};
}

static void put_fen(Json *j, const char *key, double fen)
{
    json_key(j, key);
    if (isnan(fen))
        json_null(j);
    else
        json_fen(j, fen);
}

static void put_z(Json *j, double z)
{
    json_key(j, "z");
    if (isnan(z))
        json_null(j);
    else
        json_real(j, z);
}

/* "el": { "value": ..., "se": ... } */
static void put_moment(Json *j, const Figures *f, const char *party,
                       const char *measure)
{
    for (size_t i = 0; i < f->table->rows; i++)
        if (f->party->s[i] == party && strcmp(f->measure->s[i], measure) == 0) {
            json_key(j, measure);
            json_object(j, JSON_LINE);
            put_fen(j, "value", f->value->d[i]);
            if (f->z == NULL)
                put_fen(j, "se", f->se->d[i]);
            else
                put_z(j, f->z->d[i]);
            json_close(j);
        }
}

/* "var": [ { "level": ..., "value": ..., "low": ..., "high": ... } ... ] */
static void put_levels(Json *j, const Figures *f, const char *party,
                       const char *measure)
{
    json_key(j, measure);
    json_array(j, JSON_LINES);
    for (size_t i = 0; i < f->table->rows; i++)
        if (f->party->s[i] == party && strcmp(f->measure->s[i], measure) == 0) {
            json_object(j, JSON_LINE);
            json_key(j, "level");
            json_real(j, f->level->d[i]);
            put_fen(j, "value", f->value->d[i]);
            if (f->z == NULL) {
                put_fen(j, "low", f->low->d[i]);
                put_fen(j, "high", f->high->d[i]);
            } else
                put_z(j, f->z->d[i]);
            json_close(j);
        }
    json_close(j);
}

static void put_party(Json *j, const Figures *f, const char *party)
{
    json_object(j, JSON_LINES);
    json_key(j, "name");
    json_text(j, party);
    put_moment(j, f, party, "el");
    put_moment(j, f, party, "sd");
    put_levels(j, f, party, "var");
    put_levels(j, f, party, "es");
    if (f->z == NULL)
        put_levels(j, f, party, "ul");
    json_close(j);
}

static void put_parties(Json *j, const Figures *f)
{
    const char *last = NULL;
    json_key(j, "parties");
    json_array(j, JSON_LINES);
    for (size_t i = 0; i < f->table->rows; i++) {
        const char *party = f->party->s[i];
        if (party != last && strcmp(party, "total") != 0)
            put_party(j, f, party);
        last = party;
    }
    json_close(j);
}

/* A cell of a table of figures: reals are shares unless their column is of fen,
 * texts and counts are as they are. */
static void put_cell(Json *j, const Column *c, size_t row)
{
    json_key(j, c->name);
    if (c->type == TYPE_COUNT)
        json_integer(j, c->i[row]);
    else if (c->type == TYPE_MONEY && c->i[row] == NULL_INT)
        json_null(j);
    else if (c->type == TYPE_MONEY)
        json_money(j, (Money){c->i[row]});
    else if (c->type != TYPE_REAL)
        json_text(j, c->s[row]);
    else if (strcmp(c->unit, "fen") == 0 && !isnan(c->d[row]))
        json_fen(j, c->d[row]);
    else
        json_real(j, c->d[row]);
}

/* "key": [ { "party": ..., "year": ... } ... ]: the columns named, row by row.
 */
static void put_rows(Json *j, const char *key, const Table *t,
                     const char *const names[], size_t n)
{
    json_key(j, key);
    json_array(j, JSON_LINES);
    for (size_t i = 0; i < t->rows; i++) {
        json_object(j, JSON_LINE);
        for (size_t k = 0; k < n; k++)
            put_cell(j, table_find(t, names[k]), i);
        json_close(j);
    }
    json_close(j);
}

/* When funds run dry; what caps, breakers, reserves and leverage do; means by
 * year and of accounts.  Events and accounts only of schemes that have any. */
static void put_yearly(Json *j, const Job *job)
{
    static const struct {
        const char *key, *table, *columns[8];
        size_t n;
    } arrays[] = {
        {"ruin",
         "pool_ruin",
         {"party", "year", "probability", "se", "low", "high"},
         6},
        {"ruin_time",
         "pool_ruin_time",
         {"party", "probability", "se", "low", "high", "mean_year",
          "mean_year_low", "mean_year_high"},
         8},
        {"events",
         "pool_events",
         {"event", "party", "year", "probability", "se", "low", "high"},
         7},
        {"years",
         "pool_years",
         {"party", "year", "paid", "paid_se", "recovered", "recovered_se",
          "balance", "balance_se"},
         8},
        {"accounts",
         "pool_accounts",
         {"party", "year", "measure", "value", "se"},
         5},
    };
    for (size_t k = 0; k < sizeof arrays / sizeof *arrays; k++) {
        const Table *t = tables_find(job->tables, arrays[k].table);
        if (t != NULL && (t->rows > 0 || k == 0))
            put_rows(j, arrays[k].key, t, arrays[k].columns, arrays[k].n);
    }
}

/* Histograms of the total and, with a scheme, of the parties. */
static void put_distributions(Json *j, const Job *job)
{
    static const char *const columns[] = {"party", "loss", "count",
                                          "share", "low",  "high"};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    const Table *t = tables_find(job->tables, "pool_party_distribution");
    put_rows(j, "distribution", tables_find(job->tables, "pool_distribution"),
             columns + 1, COLUMNS - 1);
    if (t != NULL)
        put_rows(j, "party_distribution", t, columns, COLUMNS);
}

static void put_contributions(Json *j, const Job *job)
{
    static const char *const columns[] = {"party", "level",        "by",
                                          "name",  "contribution", "se",
                                          "low",   "high",         "share"};
    const Table *t = tables_find(job->tables, "pool_contributions");
    if (t != NULL)
        put_rows(j, "contributions", t, columns,
                 sizeof columns / sizeof *columns);
}

/* What stands beside the simulation without a scheme too, where there is any.
 */
static void put_beside(Json *j, const Job *job)
{
    static const char *const large[] = {"level", "var_large", "granularity",
                                        "es_large"};
    static const char *const terms[] = {"name", "year", "pd_asked",
                                        "pd_implied"};
    const Table *t = tables_find(job->tables, "pool_large");
    if (t != NULL)
        put_rows(j, "large_pool", t, large, sizeof large / sizeof *large);
    t = tables_find(job->tables, "pool_terms");
    if (t != NULL)
        put_rows(j, "terms", t, terms, sizeof terms / sizeof *terms);
}

/* The exact figures, or why there are none; parties may have none alone. */
static void put_exact(Json *j, const Job *job)
{
    static const char *const ruin[] = {"party", "probability", "z"};
    Figures f = figures_of(job, "pool_exact");
    const Table *dry = tables_find(job->tables, "pool_exact_ruin");
    const Table *why = tables_find(job->tables, "pool_exact_reason");
    json_key(j, "exact");
    if (f.table == NULL)
        json_null(j);
    else {
        json_object(j, JSON_LINES);
        json_key(j, "total");
        put_party(j, &f, f.party->s[0]);
        put_parties(j, &f);
        if (dry != NULL && dry->rows > 0)
            put_rows(j, "ruin", dry, ruin, sizeof ruin / sizeof *ruin);
        json_close(j);
    }
    if (why == NULL && f.table != NULL)
        return;
    json_key(j, "exact_reason");
    json_text(j, why != NULL ? table_find(why, "reason")->s[0]
                             : "it was not asked for");
}

ErrCode poolrun_json(FILE *to, const Job *job, Err *err)
{
    const PoolRun *s = job->state;
    Figures f = figures_of(job, "pool_figures");
    Json j;
    json_begin(&j, to, JSON_PLAIN);
    json_object(&j, JSON_LINES);
    json_key(&j, "total");
    put_party(&j, &f, f.party->s[0]);
    if (s->scheme != NULL) {
        put_parties(&j, &f);
        put_yearly(&j, job);
    }
    put_distributions(&j, job);
    put_contributions(&j, job);
    put_beside(&j, job);
    put_exact(&j, job);
    json_key(&j, "scenarios");
    json_unsigned(&j, s->options.scenarios);
    json_key(&j, "seed");
    json_unsigned(&j, s->options.seed);
    json_key(&j, "threads");
    json_integer(&j, job_threads(job));
    json_key(&j, "seconds");
    json_real(&j, job_seconds(job));
    json_close(&j);
    return json_end(&j, err);
}
