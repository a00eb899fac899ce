#include "flow/command.h"

#include "credit/migrationtables.h"
#include "credit/tabled.h"
#include "flow/ratings.h"

#include <stdio.h>

typedef struct {
    Ratings ratings;
    Migration of;
} MigrationJob;

static ErrCode read_files(Job *job, Err *err)
{
    ErrCode rc = OK;
    uint64_t years, samples;
    MigrationJob *s = job->state = arena_alloc(job->arena, 1, sizeof *s);
    if (s == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a run");
    TRY(job_count(&years, job, "years", 5, 1, 30, err));
    TRY(job_count(&samples, job, "bootstrap", 999, 0, 100000, err));
    TRY(job_count(&job->seed, job, "seed", 1, 0, UINT64_MAX, err));
    TRY(ratings_read(&s->ratings, job, err));
    s->of = (Migration){.grades = s->ratings.grades,
                        .n = s->ratings.n,
                        .moves = &s->ratings.moves,
                        .has_time = s->ratings.has_time,
                        .years = (size_t)years,
                        .samples = (size_t)samples,
                        .seed = job->seed,
                        .threads = job_threads(job)};
done:
    return rc;
}

static int64_t defaults_of(const Migration *m)
{
    const Spell *list = m->has_time ? m->moves->spells : m->moves->cohorts;
    size_t n = m->has_time ? m->moves->nspells : m->moves->ncohorts;
    int64_t defaults = 0;
    for (size_t i = 0; i < n; i++)
        defaults += list[i].to == m->n;
    return defaults;
}

static ErrCode summary(Job *job, const MigrationJob *s, Err *err)
{
    enum { FIRMS, ROWS, START, END, COHORTS, DEFAULTS, WITHDRAWN, AFTER, N };
    static const TabledColumn list[N] = {
        [FIRMS] = {"firms", "", TYPE_COUNT, {"企业数", "firms"}},
        [ROWS] = {"ratings", "", TYPE_COUNT, {"评级记录", "ratings"}},
        [START] = {"start", "day", TYPE_DATE, {"起始日", "first day"}},
        [END] = {"end", "day", TYPE_DATE, {"截止日", "last day"}},
        [COHORTS] = {"cohorts", "", TYPE_COUNT, {"年度队列数", "cohorts"}},
        [DEFAULTS] = {"defaults", "", TYPE_COUNT, {"违约数", "defaults"}},
        [WITHDRAWN] = {"withdrawn",
                       "",
                       TYPE_COUNT,
                       {"队列年内退出", "withdrawn within a cohort's year"}},
        [AFTER] = {"after_default",
                   "",
                   TYPE_COUNT,
                   {"违约后记录（不计）",
                    "ratings after default, not counted"}},
    };
    Table *t;
    Column *c[N];
    const GradeMoves *m = &s->ratings.moves;
    ErrCode rc =
        tabled_new(&t, c, job->tables, "migration_summary",
                   (Label){"评级迁徙", "Migration of grades"}, 1, list, N, err);
    if (rc != OK)
        return rc;
    c[FIRMS]->i[0] = m->firms;
    c[ROWS]->i[0] = (int64_t)s->ratings.rows;
    c[START]->i[0] = s->of.has_time ? s->ratings.start.days : NULL_INT;
    c[END]->i[0] = s->of.has_time ? s->ratings.end.days : NULL_INT;
    c[COHORTS]->i[0] = m->years;
    c[DEFAULTS]->i[0] = defaults_of(&s->of);
    for (size_t i = 0; i < s->of.n; i++)
        c[WITHDRAWN]->i[0] += (int64_t)m->left[i];
    c[AFTER]->i[0] = (int64_t)m->unheeded;
    return OK;
}

static ErrCode compute(Job *job, Err *err)
{
    static const char *const results[] = {
        "migration_summary",       "migration_counts",
        "migration_cohort",        "migration_duration",
        "migration_grades_cohort", "migration_grades_duration",
        "migration_terms",         "migration_mobility",
        "migration_cells",         NULL};
    ErrCode rc = OK;
    const MigrationJob *s = job->state;
    MigrationWay ways[MIGRATION_WAYS];
    TRY(migration_estimate(ways, job->arena, &s->of, err));
    if (!ways[MIGRATION_COHORT].is_there)
        fprintf(job->user->notes, "%s\n",
                tr("no firm is graded over a whole year: no cohort estimate"));
    TRY(summary(job, s, err));
    TRY(migration_tables(job->tables, &s->of, ways, err));
    TRY(job_results(job, results, err));
done:
    return rc;
}

const Command command_model_migration = {"model migration", read_files, compute,
                                         NULL, NULL};
