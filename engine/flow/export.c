#include "flow/command.h"

#include "credit/export.h"

#include <string.h>

#define BY "kedan " ENGINE_VERSION

static ErrCode write_sql(Job *job, const CardView *card, Err *err)
{
    const char *table = job_option(job, "table");
    (void)err;
    export_sql(job->user->out, card, table ? table : "applications", BY);
    return OK;
}

static ErrCode write_c(Job *job, const CardView *card, Err *err)
{
    (void)err;
    export_c(job->user->out, card, BY);
    return OK;
}

static ErrCode write_pmml(Job *job, const CardView *card, Err *err)
{
    (void)err;
    export_pmml(job->user->out, card, BY);
    return OK;
}

static ErrCode write_csv(Job *job, const CardView *card, Err *err)
{
    ErrCode rc = OK;
    Table *table;
    TRY(export_table(&table, job->tables, card, job->user->chinese, err));
    rc = csv_write(job->user->out, table, 0, err);
done:
    return rc;
}

static const struct {
    const char *name;
    ErrCode (*write)(Job *job, const CardView *card, Err *err);
} forms[] = {{"sql", write_sql},
             {"c", write_c},
             {"pmml", write_pmml},
             {"csv", write_csv}};

static ErrCode read_card(CardView *out, Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    Policy *policy;
    Date day;
    size_t rows = 0;
    CardWish wish = {.card = job_option(job, "card"),
                     .with_facts = job_option(job, "facts") != NULL};
    TRY(job_need(&path, job, "card-file", err));
    TRY(job_as_of(&day, job, err));
    wish.day = job_option(job, "as-of") == NULL ? NULL : &day;
    TRY(job_rules(&policy, job, "rules", path, err));
    TRY(cardview_new(out, job->arena, policy, wish, err));
    if (!wish.with_facts) {
        TRY(export_check(&rows, job->arena, out, policy, err));
        fprintf(job->user->notes,
                tr("%s: as the rules on %zu rows at and beside every break\n"),
                path, rows);
    } else
        fprintf(job->user->notes,
                tr("%s: facts are columns here, so the rules were not run "
                   "beside the export\n"),
                path);
done:
    return rc;
}

ErrCode command_export(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *as;
    size_t i = 0;
    CardView card;
    TRY(job_need(&as, job, "as", err));
    while (i < sizeof forms / sizeof *forms && strcmp(forms[i].name, as) != 0)
        i++;
    if (i == sizeof forms / sizeof *forms)
        return FAIL(err, ERR_USAGE, "--as: '%s' is none of sql, c, pmml, csv",
                    as);
    TRY(read_card(&card, job, err));
    rc = forms[i].write(job, &card, err);
done:
    return rc;
}
