#include "flow/command.h"
#include "flow/rulefiles.h"

static ErrCode write_table(Job *job, const RuleFile files[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *file, *kind, *id, *zh, *en, *examples, *good;
    TRY(table_new(&t, job->tables, "rules_checked", n, err));
    t->title = (Label){"规则检查", "Rules checked"};
    TRY(table_add(&file, t, "file", TYPE_TEXT, "", err));
    TRY(table_add(&kind, t, "kind", TYPE_CATEGORY, "", err));
    TRY(table_add(&id, t, "id", TYPE_TEXT, "", err));
    TRY(table_add(&zh, t, "title_zh", TYPE_TEXT, "", err));
    TRY(table_add(&en, t, "title", TYPE_TEXT, "", err));
    TRY(table_add(&examples, t, "examples", TYPE_COUNT, "", err));
    TRY(table_add(&good, t, "good", TYPE_BOOL, "", err));
    file->label = (Label){"文件", "file"};
    kind->label = (Label){"种类", "kind"};
    id->label = (Label){"编号", "id"};
    zh->label = en->label = (Label){"名称", "title"};
    examples->label = (Label){"通过算例", "examples held"};
    good->label = (Label){"合格", "good"};
    for (size_t i = 0; i < n; i++) {
        file->s[i] = files[i].file;
        kind->s[i] = files[i].kind;
        id->s[i] = files[i].id;
        zh->s[i] = files[i].title.zh;
        en->s[i] = files[i].title.en;
        examples->i[i] = (int64_t)files[i].examples;
        good->i[i] = files[i].is_good;
    }
    rc = job_result(job, t, err);
done:
    return rc;
}

ErrCode command_rules_checked(Job *job, Err *err)
{
    ErrCode rc = OK;
    RuleFile *files;
    size_t n;
    TRY(rulefiles_read(&files, &n, job, err));
    TRY(write_table(job, files, n, err));
    TRY(rulefiles_good(files, n, err));
done:
    return rc;
}

ErrCode command_rules(Job *job, Err *err)
{
    ErrCode rc = command_rules_checked(job, err);
    ErrCode shown = command_show(job, NULL, rc == OK ? err : NULL);
    return rc != OK ? rc : shown;
}
