#include "credit/fitspec.h"

#include "core/tr.h"

#include <string.h>

static const char *const model_names[] = {
    "id",         "title", "cite",    "target", "event",    "only",
    "skip",       "words", "missing", "bins",   "columns",  "iv_least",
    "wrong_sign", "ridge", "points",  "from",   "date_used"};
static const char *const bins_names[] = {
    "name",         "trend",      "pre",        "most",      "least",
    "share_least",  "share_most", "rows_least", "rows_most", "events_least",
    "others_least", "rare",       "special"};
static const char *const points_names[] = {"pdo", "score", "odds", "decimals"};

#define NAMES(list) list, sizeof list / sizeof *list

typedef struct {
    FitSpec *spec;
    Arena *arena;
    DocReader d;
} Reading;

static void no_memory(Reading *r)
{
    r->d.failed = 1;
    if (FAIL(r->d.err, ERR_MEMORY, "no memory for a specification") == OK)
        return;
}

static void read_names(FitNames *out, Reading *r, const Doc *group,
                       const char *name)
{
    const Doc *list = doc_get(group, name);
    if (list == NULL)
        return;
    if (list->kind != DOC_LIST) {
        doc_fault(list, 0, TR_NOOP("a list of names stands here"),
                  TR_NOOP("( \"income\", \"age\" )"), &r->d);
        return;
    }
    const char **items = arena_alloc(r->arena, list->n + 1, sizeof *items);
    if (items == NULL) {
        no_memory(r);
        return;
    }
    for (const Doc *it = list->first; it != NULL; it = it->next)
        if (it->kind == DOC_TEXT)
            items[out->n++] = it->text;
        else
            doc_fault(it, 0, TR_NOOP("a name is quoted"), NULL, &r->d);
    out->items = items;
}

static void read_trend(ClassingRule *rule, Reading *r, const Doc *group)
{
    const char *word = bins_trend_word(rule->trend);
    doc_text(&word, group, "trend", 1, &r->d);
    rule->trend = bins_trend_named(word);
    if (rule->trend == BINS_TRENDS_COUNT)
        doc_fault(doc_get(group, "trend"), 0, TR_NOOP("there is no such trend"),
                  "none, ascending, descending, peak, valley, auto", &r->d);
}

static void read_count(uint64_t *out, Reading *r, const Doc *group,
                       const char *name, int64_t least, int64_t most)
{
    int64_t n = (int64_t)*out;
    if (!doc_count(&n, group, name, 1, &r->d))
        return;
    if (n < least || n > most)
        doc_fault(doc_get(group, name), 0, TR_NOOP("out of its range"), NULL,
                  &r->d);
    else
        *out = (uint64_t)n;
}

static void read_share(double *out, Reading *r, const Doc *group,
                       const char *name)
{
    Ratio share = {0};
    if (doc_get(group, name) == NULL ||
        !doc_ratio(&share, group, name, 0, &r->d))
        return;
    if (share.billionths < 0 || share.billionths > RATIO_ONE)
        doc_fault(doc_get(group, name), 0, TR_NOOP("a share is 0% to 100%"),
                  NULL, &r->d);
    *out = (double)share.billionths / (double)RATIO_ONE;
}

static void read_special(ClassingRule *rule, Reading *r, const Doc *group)
{
    FitNames codes = {0};
    if (doc_get(group, "special") == NULL)
        return;
    read_names(&codes, r, group, "special");
    double *special = arena_alloc(r->arena, codes.n + 1, sizeof *special);
    if (special == NULL) {
        no_memory(r);
        return;
    }
    for (size_t i = 0; i < codes.n; i++)
        if (!doc_real_of(&special[i], codes.items[i]))
            doc_fault(doc_get(group, "special"), 0,
                      TR_NOOP("a special code is a number"), "( \"-999\" )",
                      &r->d);
    rule->special = special;
    rule->n_special = codes.n;
}

static void read_rule(ClassingRule *rule, Reading *r, const Doc *group)
{
    uint64_t pre = rule->pre, most = rule->bins_most, least = rule->bins_least;
    doc_only(group, NAMES(bins_names), &r->d);
    read_trend(rule, r, group);
    read_count(&pre, r, group, "pre", 2, BINS_PRE_MOST);
    read_count(&most, r, group, "most", 2, BINS_PRE_MOST);
    read_count(&least, r, group, "least", 2, (int64_t)most);
    rule->pre = pre;
    rule->bins_most = most;
    rule->bins_least = least;
    read_share(&rule->share_least, r, group, "share_least");
    read_share(&rule->share_most, r, group, "share_most");
    read_count(&rule->rows_least, r, group, "rows_least", 0, UINT32_MAX);
    read_count(&rule->rows_most, r, group, "rows_most", 0, UINT32_MAX);
    read_count(&rule->events_least, r, group, "events_least", 1, UINT32_MAX);
    read_count(&rule->others_least, r, group, "others_least", 1, UINT32_MAX);
    read_count(&rule->rare, r, group, "rare", 0, UINT32_MAX);
    read_special(rule, r, group);
}

static void read_columns(Reading *r, const Doc *model)
{
    const Doc *list = doc_get(model, "columns");
    if (list == NULL || list->kind != DOC_LIST)
        return;
    FitColumn *columns = arena_alloc(r->arena, list->n + 1, sizeof *columns);
    if (columns == NULL) {
        no_memory(r);
        return;
    }
    for (const Doc *it = list->first; it != NULL; it = it->next) {
        FitColumn *c = &columns[r->spec->n_columns++];
        c->rule = r->spec->rule;
        doc_text(&c->name, it, "name", 0, &r->d);
        read_rule(&c->rule, r, it);
    }
    r->spec->columns = columns;
}

static void read_points(Reading *r, const Doc *model)
{
    const Doc *group = doc_get(model, "points");
    FitSpec *s = r->spec;
    if (group == NULL)
        return;
    doc_only(group, NAMES(points_names), &r->d);
    doc_real(&s->pdo, group, "pdo", 1, &r->d);
    doc_real(&s->score, group, "score", 1, &r->d);
    doc_real(&s->odds, group, "odds", 1, &r->d);
    doc_count(&s->decimals, group, "decimals", 1, &r->d);
    if (!(s->pdo > 0) || !(s->odds > 0) || s->decimals < 0 || s->decimals > 6)
        doc_fault(group, 0,
                  TR_NOOP("pdo and odds are above 0, decimals 0 to 6"), NULL,
                  &r->d);
}

static void read_sign(Reading *r, const Doc *model)
{
    const char *word = "drop";
    doc_text(&word, model, "wrong_sign", 1, &r->d);
    r->spec->refuse_wrong_sign = strcmp(word, "refuse") == 0;
    if (!r->spec->refuse_wrong_sign && strcmp(word, "drop") != 0)
        doc_fault(doc_get(model, "wrong_sign"), 0,
                  TR_NOOP("wrong_sign is drop or refuse"), NULL, &r->d);
}

static void read_ridge(Reading *r, const Doc *model)
{
    const Doc *node = doc_get(model, "ridge");
    if (node == NULL ||
        (node->kind == DOC_TEXT && strcmp(node->text, "auto") == 0))
        return;
    if (!doc_real(&r->spec->ridge, model, "ridge", 0, &r->d) ||
        !(r->spec->ridge >= 0))
        doc_fault(node, 0, TR_NOOP("ridge is auto, or 0 or more"), NULL, &r->d);
}

static void read_model(Reading *r, const Doc *model)
{
    FitSpec *s = r->spec;
    const Doc *bins = doc_get(model, "bins");
    doc_only(model, NAMES(model_names), &r->d);
    doc_text(&s->id, model, "id", 0, &r->d);
    doc_text(&s->target, model, "target", 0, &r->d);
    doc_text(&s->event, model, "event", 1, &r->d);
    doc_text(&s->cite, model, "cite", 1, &r->d);
    doc_label(&s->title, model, "title", 1, &r->d);
    doc_date(&s->from, model, "from", 1, &r->d);
    doc_text(&s->date_used, model, "date_used", 1, &r->d);
    doc_real(&s->iv_least, model, "iv_least", 1, &r->d);
    read_names(&s->only, r, model, "only");
    read_names(&s->skip, r, model, "skip");
    read_names(&s->words, r, model, "words");
    read_names(&s->missing, r, model, "missing");
    if (bins != NULL)
        read_rule(&s->rule, r, bins);
    read_columns(r, model);
    read_points(r, model);
    read_sign(r, model);
    read_ridge(r, model);
}

FitSpec fitspec_default(const char *target)
{
    const DateParts from = {2000, 1, 1};
    return (FitSpec){.id = "scorecard",
                     .target = target,
                     .cite = "fitted, see the section fit",
                     .ridge = -1,
                     .worse = 1,
                     .pdo = 50,
                     .score = 600,
                     .odds = 20,
                     .from = date_of(from),
                     .rule = {.trend = BINS_AUTO,
                              .pre = 100,
                              .bins_least = 2,
                              .bins_most = 8,
                              .share_least = 0.01,
                              .rows_least = 30,
                              .events_least = 1,
                              .others_least = 1,
                              .rare = 30}};
}

ErrCode fitspec_read(FitSpec *out, Arena *arena, const Doc *root,
                     Faults *faults, Err *err)
{
    static const char *const names[] = {"model"};
    Reading r = {out, arena, {.faults = faults, .err = err}};
    const Doc *model = doc_get(root, "model");
    *out = fitspec_default(NULL);
    doc_only(root, NAMES(names), &r.d);
    if (model == NULL)
        doc_fault(root, 0, TR_NOOP("the group 'model' is missing"),
                  TR_NOOP("model = { id = \"card\"; target = \"bad\"; };"),
                  &r.d);
    else
        read_model(&r, model);
    if (r.d.failed && err != NULL && err->code == ERR_MEMORY)
        return ERR_MEMORY;
    return faults_end(faults, ERR_RULE, root->file, err);
}

const ClassingRule *fitspec_rule(const FitSpec *spec, const char *name)
{
    for (size_t i = 0; i < spec->n_columns; i++)
        if (strcmp(spec->columns[i].name, name) == 0)
            return &spec->columns[i].rule;
    return &spec->rule;
}

static int is_listed(const FitNames *list, const char *name)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->items[i], name) == 0)
            return 1;
    return 0;
}

int fitspec_uses(const FitSpec *spec, const char *name)
{
    const char *const parts[] = {spec->target, spec->weight, spec->offset,
                                 spec->cluster};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        if (parts[k] != NULL && strcmp(name, parts[k]) == 0)
            return 0;
    return !is_listed(&spec->skip, name) &&
           (spec->only.n == 0 || is_listed(&spec->only, name));
}
