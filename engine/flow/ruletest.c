#include "flow/command.h"
#include "flow/rulefiles.h"

#include "core/tr.h"

#include <string.h>

static size_t count(const RuleFile files[], size_t n)
{
    size_t rows = 0;
    for (size_t i = 0; i < n; i++)
        rows += files[i].policy ? policy_examples(files[i].policy) : 0;
    return rows;
}

static ErrCode write_table(Job *job, const RuleFile files[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *file, *line, *id, *of, *on;
    size_t row = 0;
    TRY(table_new(&t, job->tables, "rule_examples", count(files, n), err));
    t->title = (Label){"通过的算例", "Examples that hold"};
    TRY(table_add_labelled(&file, t, "file", TYPE_TEXT, "",
                           (Label){"文件", "file"}, err));
    TRY(table_add_labelled(&line, t, "line", TYPE_COUNT, "",
                           (Label){"行", "line"}, err));
    TRY(table_add_labelled(&id, t, "example", TYPE_TEXT, "",
                           (Label){"算例", "example"}, err));
    TRY(table_add_labelled(&of, t, "of", TYPE_TEXT, "",
                           (Label){"所证规则", "of"}, err));
    TRY(table_add_labelled(&on, t, "on", TYPE_DATE, "", (Label){"判定日", "on"},
                           err));
    for (size_t i = 0; i < n; i++) {
        const PolicyExample *list = NULL;
        size_t m =
            files[i].policy ? policy_example_list(&list, files[i].policy) : 0;
        for (size_t k = 0; k < m; k++, row++) {
            file->s[row] = files[i].file;
            line->i[row] = (int64_t)list[k].line;
            id->s[row] = list[k].id;
            of->s[row] = *list[k].of ? list[k].of : NULL;
            on->i[row] =
                list[k].on.days == INT32_MIN ? NULL_INT : list[k].on.days;
        }
    }
    rc = job_result(job, t, err);
done:
    return rc;
}

/* A file whose example fails does not load: its faults are printed by then. */
ErrCode command_rules_test(Job *job, Err *err)
{
    ErrCode rc = OK;
    RuleFile *files;
    size_t n, bad = 0;
    TRY(rulefiles_read(&files, &n, job, err));
    TRY(write_table(job, files, n, err));
    TRY(command_show(job, NULL, err));
    for (size_t i = 0; i < n; i++)
        bad += !files[i].is_good;
    fprintf(job->user->notes, tr("%zu examples hold, %zu of %zu files fail\n"),
            count(files, n), bad, n);
    TRY(rulefiles_good(files, n, err));
done:
    return rc;
}
