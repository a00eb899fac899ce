#include "flow/poolrun.h"

#include "core/text.h"
#include "pool/shock.h"

#include <string.h>

typedef struct {
    PoolRun run;                   /* first: what poolrun_read() leaves */
    PoolShock shocks[SHOCKS_MOST]; /* [n] */
    size_t n;
    PoolReverse reverse; /* level NULL: none */
} PoolStress;

/* "pledge_value" as the option "pledge-value". */
static const char *option_of(char room[32], size_t which)
{
    snprintf(room, 32, "%s", shock_name(which));
    for (char *p = room; *p != '\0'; p++)
        if (*p == '_')
            *p = '-';
    return room;
}

/* The stress that the command line asks for. */
static ErrCode read_asked(PoolStress *s, Job *job, Err *err)
{
    PoolShock *shock = &s->shocks[0];
    char name[32];
    size_t given = 0;
    *shock = SHOCK_NONE;
    for (size_t i = 0; i < SHOCK_COUNT; i++) {
        const char *text = job_option(job, option_of(name, i));
        if (text == NULL)
            continue;
        const char *way_out = shock_take(shock, i, text);
        if (way_out != NULL)
            return FAIL(err, ERR_USAGE, "--%s: '%.*s' cannot be read; %s", name,
                        TEXT_SHORT(text), tr(way_out));
        given++;
    }
    if (given == 1 && shock->product != NULL)
        return FAIL(err, ERR_USAGE,
                    "--pledge-product says whose pledges fall: give "
                    "--pledge-value too, as -30%%");
    if (given == 0)
        return OK;
    shock->name = shock_said(job->arena, shock);
    s->n = 1;
    return shock->name == NULL ? FAIL(err, ERR_MEMORY, "no memory for a run")
                               : OK;
}

static ErrCode read_file(PoolStress *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    const Doc *root;
    PoolShock *shocks;
    size_t n;
    const char *path = job_option(job, "stresses");
    if (path == NULL)
        return OK;
    TRY(job_doc(&root, job, "stresses", path, err));
    rc = shocks_read(&shocks, &n, job->arena, root, job->faults, err);
    TRY(job_found(job, rc, ERR_RULE, path, err));
    if (s->n + n > SHOCKS_MOST)
        return FAIL(err, ERR_USAGE,
                    "--stresses: with that of the command line more than %d "
                    "stresses",
                    SHOCKS_MOST);
    memcpy(s->shocks + s->n, shocks, n * sizeof *shocks);
    s->n += n;
done:
    return rc;
}

/* What is to grow until the fund fails: one of the shocks but a product. */
static ErrCode read_reversed(PoolStress *s, const Job *job, Err *err)
{
    char name[32];
    const char *text = job_option(job, "reverse-of");
    if (text == NULL)
        return OK;
    if (s->reverse.level == NULL)
        return FAIL(err, ERR_USAGE,
                    "--reverse-of says what --reverse is of: give that too, as "
                    "--reverse 0.05");
    for (size_t i = 0; i < SHOCK_pledge_product; i++)
        if (strcmp(text, option_of(name, i)) == 0) {
            s->reverse.shock = (int)i;
            return OK;
        }
    return FAIL(err, ERR_USAGE,
                "--reverse-of: '%.*s' is none of pd, lgd, factor and "
                "pledge-value",
                TEXT_SHORT(text));
}

static ErrCode read_reverse(PoolStress *s, Job *job, Err *err)
{
    ErrCode rc = OK;
    double *values;
    const char **texts;
    size_t n;
    s->reverse.party = job_option(job, "party");
    if (job_option(job, "reverse") == NULL)
        return s->reverse.party == NULL
                   ? OK
                   : FAIL(err, ERR_USAGE,
                          "--party says whose fund --reverse is of: give that "
                          "too, as --reverse 0.05");
    TRY(poolrun_shares(&values, &texts, &n, job, "reverse", "0.05", err));
    if (n > 1)
        return FAIL(err, ERR_USAGE, "--reverse is of one chance, as 0.05");
    s->reverse.level = texts[0];
done:
    return rc;
}

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *scheme;
    PoolStress *s = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    if (job_option(job, "reverse") != NULL) /* of a fund */
        TRY(job_need(&scheme, job, "scheme", err));
    TRY(read_asked(s, job, err));
    TRY(read_reverse(s, job, err));
    TRY(read_reversed(s, job, err));
    if (s->n == 0 && s->reverse.level == NULL &&
        job_option(job, "stresses") == NULL)
        return FAIL(err, ERR_USAGE,
                    "no stress is given: write --pd x1.5, --lgd +10pp, "
                    "--factor -2, --pledge-value -30%%, --stresses FILE or "
                    "--reverse 0.05");
    TRY(poolrun_read(job, err));
    s->run = *(PoolRun *)job->state;
    job->state = s;
    TRY(read_file(s, job, err));
done:
    return rc;
}

static ErrCode compute(Job *job, Err *err)
{
    static const char *const results[] = {
        "pool_stress_summary", "pool_stress_list",
        "pool_stress_reverse", "pool_stress_ruin",
        "pool_stress_events",  "pool_stress",
        "history_rates",       NULL};
    ErrCode rc = OK;
    const PoolStress *s = job->state;
    const PoolVariant base = {NULL, s->run.portfolio, s->run.factors,
                              s->run.scheme, NULL};
    rc = pool_stress(job->tables, &base, s->shocks, s->n, &s->run.options,
                     s->reverse.level == NULL ? NULL : &s->reverse, job->faults,
                     err);
    TRY(job_found(job, rc, ERR_INPUT, s->run.portfolio->file, err));
    TRY(job_results(job, results, err));
done:
    return rc;
}

const Command command_pool_stress = {"pool stress", read_files, compute, NULL,
                                     NULL};
