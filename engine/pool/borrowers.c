#include "pool/borrowers.h"

#include <math.h>
#include <string.h>

/* A share of `text`'s grammar as a double in [0, 1]; a fault otherwise. */
static void read_share(double *out, const Doc *group, const char *name,
                       const char *problem, DocReader *r)
{
    Ratio share = {0};
    if (!doc_ratio(&share, group, name, 0, r))
        return;
    *out = (double)share.billionths / (double)RATIO_ONE;
    if (ratio_check_share(share) != NULL)
        doc_fault(doc_get(group, name), 0, problem, NULL, r);
}

static void read_grade(FactorGrade *out, const Doc *d, const Factors *f,
                       DocReader *r)
{
    static const char *const known[] = {"grade", "pd"};
    if (d->kind != DOC_GROUP) {
        doc_fault(d, 0, "a grade is not { ... }",
                  "write { grade = \"BB\"; pd = \"2%\"; }", r);
        return;
    }
    doc_only(d, known, sizeof known / sizeof *known, r);
    doc_text(&out->grade, d, "grade", 0, r);
    read_share(&out->pd, d, "pd", "a pd is in [0%, 100%]", r);
    if (out->grade != NULL && !isnan(borrowers_pd(f, out->grade)))
        doc_fault(doc_get(d, "grade"), 0, "a grade is named twice", NULL, r);
}

void borrowers_read(Factors *f, Arena *arena, const Doc *group, DocReader *r)
{
    f->lgd = NAN;
    if (doc_get(group, "lgd") != NULL)
        read_share(&f->lgd, group, "lgd", "an lgd is in [0%, 100%]", r);
    const Doc *list = doc_get(group, "grades");
    if (list == NULL)
        return;
    if (list->kind != DOC_LIST) {
        doc_fault(list, 0, "grades is not a list",
                  "write grades = ( { grade = \"BB\"; pd = \"2%\"; } )", r);
        return;
    }
    FactorGrade *grades = arena_alloc(arena, list->n + 1, sizeof *grades);
    if (grades == NULL) {
        r->failed = 1;
        (void)FAIL(r->err, ERR_MEMORY, "no memory for a factor model");
        return;
    }
    f->grades = grades;
    for (const Doc *d = list->first; d != NULL; d = d->next) {
        FactorGrade grade = {NULL, NAN};
        read_grade(&grade, d, f, r);
        if (grade.grade != NULL)
            grades[f->ngrades++] = grade;
    }
}

double borrowers_pd(const Factors *f, const char *grade)
{
    for (size_t i = 0; grade != NULL && i < f->ngrades; i++)
        if (strcmp(f->grades[i].grade, grade) == 0)
            return f->grades[i].pd;
    return (double)NAN;
}
