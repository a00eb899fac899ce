#include "pool/borrowers.h"

#include "core/text.h"
#include "core/tr.h"

#include <stdlib.h>
#include <string.h>

/* More columns first; the order of the file among equals. */
static int by_keys(const void *a, const void *b)
{
    const FactorGroup *x = a, *y = b;
    if (x->keys != y->keys)
        return y->keys - x->keys;
    return x->place < y->place ? -1 : 1;
}

static int same_keys(const FactorGroup *a, const FactorGroup *b)
{
    for (size_t k = 0; k < FACTOR_KEY_COUNT; k++) {
        const char *x = a->value[k], *y = b->value[k];
        if ((x == NULL) != (y == NULL) || (x != NULL && strcmp(x, y) != 0))
            return 0;
    }
    return 1;
}

/* A number in [low, high]; a fault of its node otherwise. */
static int read_within(double *out, const Doc *group, const char *name,
                       double low, double high, const char *problem,
                       DocReader *r)
{
    if (!doc_real(out, group, name, 1, r) || doc_get(group, name) == NULL)
        return 0;
    if (*out >= low && *out <= high)
        return 1;
    doc_fault(doc_get(group, name), 0, problem, NULL, r);
    return 0;
}

/* "path" or "year", of a t copula alone. */
static void read_w(Factors *f, const Doc *group, DocReader *r)
{
    const char *w = NULL;
    if (f->is_t && doc_get(group, "w") == NULL)
        doc_fault(group, 0, "the t copula does not say how long w stands",
                  "write w = \"path\" (one for all years of a scenario) or w = "
                  "\"year\"",
                  r);
    if (!doc_text(&w, group, "w", 1, r) || w == NULL)
        return;
    f->is_yearly = strcmp(w, "year") == 0;
    if (!f->is_t)
        doc_fault(doc_get(group, "w"), 0,
                  "only the t copula has a mixing variable",
                  "leave it out, or write copula = \"t\"", r);
    else if (!f->is_yearly && strcmp(w, "path") != 0)
        doc_fault(doc_get(group, "w"), 0, "w is neither \"path\" nor \"year\"",
                  NULL, r);
}

static void read_copula(Factors *f, const Doc *group, DocReader *r)
{
    const char *copula = "gaussian";
    doc_text(&copula, group, "copula", 1, r);
    f->is_t = strcmp(copula, "t") == 0;
    if (!f->is_t && strcmp(copula, "gaussian") != 0)
        doc_fault(doc_get(group, "copula"), 0, "this copula is not known",
                  "write \"gaussian\" or \"t\"", r);
    read_w(f, group, r);
}

/* Those of a group, or of all groups that do not name their own. */
static void read_degrees(double *out, const Factors *f, const Doc *group,
                         DocReader *r)
{
    static const char name[] = "degrees_of_freedom";
    if (read_within(out, group, name, 1, 1000,
                    "degrees of freedom are from 1 to 1000", r) &&
        !f->is_t && doc_get(group, name) != NULL) {
        doc_fault(doc_get(group, name), 0,
                  "only the t copula has degrees of freedom",
                  "leave it out, or write copula = \"t\"", r);
        *out = 0;
    }
}

/* default when the path has passed, or by the year's own factor */
static void read_timing(Factors *f, const Doc *group, DocReader *r)
{
    const char *timing = "hazard";
    doc_text(&timing, group, "timing", 1, r);
    f->is_timed = strcmp(timing, "copula_time") == 0;
    if (!f->is_timed && strcmp(timing, "hazard") != 0)
        doc_fault(doc_get(group, "timing"), 0, "this timing is not known",
                  "write \"hazard\" or \"copula_time\"", r);
    if (f->is_timed && f->autoregression != 0)
        doc_fault(doc_get(group, "autoregression"), 0,
                  "with copula_time one factor stands for all years",
                  "leave it out, or write timing = \"hazard\"", r);
    if (f->is_timed && f->is_yearly)
        doc_fault(doc_get(group, "w"), 0,
                  "with copula_time one w stands for all years",
                  "write w = \"path\"", r);
}

/* "C26", or "I65 随县" */
static const char *label_of(Arena *arena, const FactorGroup *g)
{
    const char *label = NULL;
    for (size_t k = 0; k < FACTOR_KEY_COUNT; k++)
        if (g->value[k] != NULL)
            label = label == NULL
                        ? g->value[k]
                        : text_format(arena, "%s %s", label, g->value[k]);
    return label == NULL ? "*" : label;
}

static void read_group(FactorGroup *g, const Factors *f, Arena *arena,
                       const Doc *d, DocReader *r)
{
    static const char *const known[] = {
#define X(name) #name,
        FACTOR_KEYS(X)
#undef X
            "asset_correlation",
        "degrees_of_freedom", "lgd_loading"};
    g->label = "";
    if (d->kind != DOC_GROUP) {
        doc_fault(d, 0, "a group of factors is not { ... }", NULL, r);
        return;
    }
    doc_only(d, known, sizeof known / sizeof *known, r);
    for (size_t k = 0; k < FACTOR_KEY_COUNT; k++) {
        doc_text(&g->value[k], d, factors_key_name(k), 1, r);
        g->keys += g->value[k] != NULL;
    }
    if (doc_real(&g->rho, d, "asset_correlation", 0, r) &&
        !(g->rho >= 0 && g->rho < 1))
        doc_fault(doc_get(d, "asset_correlation"), 0,
                  "an asset correlation is at least 0 and below 1", NULL, r);
    if (doc_real(&g->q, d, "lgd_loading", 1, r) && !(g->q >= 0 && g->q < 1))
        doc_fault(doc_get(d, "lgd_loading"), 0,
                  "an lgd_loading is at least 0 and below 1", NULL, r);
    g->nu = f->nu;
    read_degrees(&g->nu, f, d, r);
    if (f->is_t && g->nu == 0)
        doc_fault(d, 0, "the t copula's degrees of freedom are missing",
                  "write degrees_of_freedom = \"4\" here or for all groups", r);
    g->label = label_of(arena, g);
}

static int read_groups(Factors *f, Arena *arena, const Doc *list, DocReader *r)
{
    FactorGroup *groups = arena_alloc(arena, list->n, sizeof *groups);
    if (groups == NULL)
        return 0;
    size_t i = 0;
    for (const Doc *d = list->first; d != NULL; d = d->next, i++) {
        groups[i].place = i;
        read_group(&groups[i], f, arena, d, r);
        if (groups[i].label == NULL)
            return 0;
        for (size_t j = 0; j < i; j++)
            if (same_keys(&groups[i], &groups[j])) {
                doc_fault(d, 0, "a group above has the same columns and values",
                          NULL, r);
                break;
            }
    }
    qsort(groups, list->n, sizeof *groups, by_keys);
    f->groups = groups;
    f->n = list->n;
    return 1;
}

/* A file of correlations by pair in place of one number. */
static void read_pairs(Factors *f, const Doc *group, DocReader *r)
{
    const char *nearest = "no";
    doc_text(&f->pairs_file, group, "correlation_file", 1, r);
    doc_text(&nearest, group, "nearest", 1, r);
    f->is_repaired = strcmp(nearest, "yes") == 0;
    if (!f->is_repaired && strcmp(nearest, "no") != 0)
        doc_fault(doc_get(group, "nearest"), 0,
                  "nearest is neither \"yes\" nor \"no\"", NULL, r);
    if (f->pairs_file != NULL && doc_get(group, "correlation") != NULL)
        doc_fault(doc_get(group, "correlation"), 0,
                  "correlations stand in a file already",
                  "leave one of them out", r);
}

/* What the lgd of loans is the mean of. */
static void read_basis(Factors *f, const Doc *group, DocReader *r)
{
    const char *basis = "default";
    doc_text(&basis, group, "lgd_basis", 1, r);
    f->is_unconditional = strcmp(basis, "unconditional") == 0;
    if (!f->is_unconditional && strcmp(basis, "default") != 0)
        doc_fault(doc_get(group, "lgd_basis"), 0,
                  "lgd_basis is neither \"default\" nor \"unconditional\"",
                  NULL, r);
}

static int read_model(Factors *f, Arena *arena, const Doc *group, DocReader *r)
{
    static const char *const known[] = {
        "copula",  "degrees_of_freedom", "w",      "correlation",
        "timing",  "autoregression",     "groups", "correlation_file",
        "nearest", "lgd_basis",          "lgd",    "grades"};
    doc_only(group, known, sizeof known / sizeof *known, r);
    read_copula(f, group, r);
    read_degrees(&f->nu, f, group, r);
    read_pairs(f, group, r);
    read_basis(f, group, r);
    borrowers_read(f, arena, group, r);
    read_within(&f->common, group, "correlation", 0, 1,
                "a correlation between groups is in [0, 1]", r);
    read_within(&f->autoregression, group, "autoregression", -0.999999,
                0.999999, "an autoregression is between -1 and 1", r);
    read_timing(f, group, r);
    const Doc *list = doc_get(group, "groups");
    if (doc_get(group, "correlation") == NULL && f->pairs_file == NULL &&
        list != NULL && list->n > 1)
        doc_fault(group, 0, "the correlation between groups is missing",
                  "write correlation = \"0.4\"; \"0\" means independent", r);
    if (list != NULL && list->kind == DOC_LIST && list->n > 0)
        return read_groups(f, arena, list, r);
    doc_fault(list == NULL ? group : list, 0,
              "groups = ( { ... } ) with at least one group is missing", NULL,
              r);
    return 1;
}

ErrCode factors_read(const Factors **out, Arena *arena, const Doc *root,
                     Faults *faults, Err *err)
{
    DocReader r = {faults, err, 0};
    const Doc *group = doc_get(root, "factors");
    Factors *f = arena_alloc(arena, 1, sizeof *f);
    if (f == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a factor model");
    f->file = root->file;
    if (group == NULL || group->kind != DOC_GROUP)
        doc_fault(root, 0, "factors = { ... } is missing", NULL, &r);
    else if (!read_model(f, arena, group, &r))
        return FAIL(err, ERR_MEMORY, "no memory for a factor model");
    if (r.failed) {
        ErrCode rc = faults_end(faults, ERR_RULE, root->file, err);
        return rc != OK ? rc : ERR_MEMORY;
    }
    *out = f;
    return OK;
}
