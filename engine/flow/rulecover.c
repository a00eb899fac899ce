#include "flow/cases.h"
#include "flow/command.h"

#include "core/outfile.h"
#include "core/text.h"
#include "policy/seek.h"

#include <string.h>

static size_t count_touched(const Cover *c, const char *part, size_t *all)
{
    size_t touched = 0;
    *all = 0;
    for (size_t i = 0; i < c->n; i++) {
        if (part != NULL && strcmp(c->items[i].part, part) != 0)
            continue;
        touched += c->items[i].cases > 0;
        ++*all;
    }
    return touched;
}

static ErrCode write_parts(Job *job, const Cover *c, Err *err)
{
    static const char *const parts[] = {"eligibility", "scorecard", "decision",
                                        "scale", "constraint"};
    enum { PARTS = sizeof parts / sizeof *parts };
    ErrCode rc = OK;
    Table *t;
    Column *part, *all, *touched, *share;
    size_t rows = 1, row = 0, n;
    for (size_t i = 0; i < PARTS; i++) {
        count_touched(c, parts[i], &n);
        rows += n > 0;
    }
    TRY(table_new(&t, job->tables, "rule_coverage_parts", rows, err));
    t->title = (Label){"规则覆盖", "What the cases touched"};
    TRY(table_add_labelled(&part, t, "part", TYPE_CATEGORY, "",
                           (Label){"部分", "part"}, err));
    TRY(table_add_labelled(&all, t, "ways", TYPE_COUNT, "",
                           (Label){"判定情形", "ways"}, err));
    TRY(table_add_labelled(&touched, t, "touched", TYPE_COUNT, "",
                           (Label){"已触及", "touched"}, err));
    TRY(table_add_labelled(&share, t, "share", TYPE_REAL, "1",
                           (Label){"覆盖率", "coverage"}, err));
    for (size_t i = 0; i <= PARTS; i++) {
        const char *name = i < PARTS ? parts[i] : NULL;
        size_t hit = count_touched(c, name, &n);
        if (n == 0 && i < PARTS)
            continue;
        part->s[row] = name == NULL ? "total" : name;
        all->i[row] = (int64_t)n;
        touched->i[row] = (int64_t)hit;
        share->d[row++] = n == 0 ? 1 : (double)hit / (double)n;
    }
    TRY(job_result(job, t, err));
done:
    return rc;
}

/* All items, or those that no case touched. */
static ErrCode write_items(Table **out, Job *job, const Cover *c, int untouched,
                           Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *part, *rule, *item, *says, *cases, *cite;
    size_t n, row = 0, hit = count_touched(c, NULL, &n);
    TRY(table_new(&t, job->tables,
                  untouched ? "rule_untouched" : "rule_coverage",
                  untouched ? n - hit : n, err));
    t->title = untouched ? (Label){"未触及的规则", "What no case touched"}
                         : (Label){"各规则触及件数", "Cases by rule"};
    TRY(table_add_labelled(&part, t, "part", TYPE_CATEGORY, "",
                           (Label){"部分", "part"}, err));
    TRY(table_add_labelled(&rule, t, "rule", TYPE_TEXT, "",
                           (Label){"规则", "rule"}, err));
    TRY(table_add_labelled(&item, t, "way", TYPE_TEXT, "",
                           (Label){"情形", "way"}, err));
    TRY(table_add_labelled(&says, t, "says", TYPE_TEXT, "",
                           (Label){"内容", "says"}, err));
    TRY(table_add_labelled(&cases, t, "cases", TYPE_COUNT, "",
                           (Label){"件数", "cases"}, err));
    TRY(table_add_labelled(&cite, t, "cite", TYPE_TEXT, "",
                           (Label){"依据", "cite"}, err));
    for (size_t i = 0; i < c->n; i++) {
        const CoverItem *it = &c->items[i];
        if (untouched && it->cases > 0)
            continue;
        part->s[row] = it->part;
        rule->s[row] = it->rule;
        item->s[row] = it->item;
        says->s[row] = it->says;
        cases->i[row] = (int64_t)it->cases;
        cite->s[row++] = it->cite;
    }
    TRY(job_result(job, t, err));
    *out = t;
done:
    return rc;
}

static void put_about(FILE *to, const CoverItem *it)
{
    fprintf(to, "  # %s %s %s", it->part, it->rule, it->item);
    if (it->says != NULL)
        fprintf(to, " [%s]", it->says);
    if (it->cite != NULL)
        fprintf(to, ", %s", it->cite);
    fputc('\n', to);
}

static void put_examples(FILE *to, const Cover *c, const char *const texts[])
{
    size_t n = 0, left = 0;
    fputs(
        "# Found for what no case touched: the results are what the rules\n"
        "# say now, not what they should say.  Check each against the text\n"
        "# of the policy before it goes into `examples`.\n",
        to);
    for (size_t i = 0; i < c->n; i++) {
        left += c->items[i].cases == 0 && texts[i] == NULL;
        if (texts[i] == NULL)
            continue;
        if (n > 0)
            fputs(",\n", to);
        put_about(to, &c->items[i]);
        fprintf(to, "  { id = \"untouched-%zu\"; %s", ++n, texts[i]);
    }
    fputs(n > 0 ? "\n" : "", to);
    if (left > 0)
        fputs("# No facts were found for these; perhaps there are none:\n", to);
    for (size_t i = 0; i < c->n; i++)
        if (c->items[i].cases == 0 && texts[i] == NULL)
            put_about(to, &c->items[i]);
}

static ErrCode write_missing(Job *job, const Cover *c, const Table *rows,
                             Err *err)
{
    ErrCode rc = OK;
    OutFile file = {0};
    const char *path = job_option(job, "missing");
    const char **texts = arena_alloc(job->arena, c->n + 1, sizeof *texts);
    if (path == NULL)
        return OK;
    if (texts == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to look for examples");
    TRY(seek_examples(texts, c, rows, err));
    TRY(outfile_open(&file, path, err));
    put_examples(file.to, c, texts);
    TRY(outfile_keep(&file, err));
done:
    outfile_drop(&file);
    return rc;
}

/* A note on rows that no version of the policy judges. */
static void tell_outside(const Job *job, const Cover *c)
{
    if (c->outside > 0)
        fprintf(job->user->notes,
                tr("%zu of %zu cases are on days without a version\n"),
                c->outside, c->rows);
}

ErrCode command_rules_coverage(Job *job, Err *err)
{
    ErrCode rc = OK;
    const char *path;
    Policy *policy;
    Table *rows, *unused;
    Date day;
    TRY(job_need(&path, job, "file", err));
    TRY(job_as_of(&day, job, err));
    TRY(cases_policy(&policy, job, path, err));
    TRY(cases_dated(job, policy, err));
    TRY(cases_read(&rows, job, &policy, 1, err));
    Cover *cover = cover_new(job->arena, policy);
    if (cover == NULL)
        TRY(FAIL(err, ERR_MEMORY, "no memory to count rules"));
    TRY(cover_count(cover, rows, day, err));
    tell_outside(job, cover);
    TRY(write_parts(job, cover, err));
    TRY(write_items(&unused, job, cover, 1, err));
    TRY(write_items(&unused, job, cover, 0, err));
    job->rows = unused;
    TRY(write_missing(job, cover, rows, err));
    TRY(command_show(job, NULL, err));
done:
    return rc;
}
