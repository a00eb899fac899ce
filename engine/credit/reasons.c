#include "credit/summary.h"

#include <stdlib.h>
#include <string.h>

enum { REASONS_MAX = 1024, TOP = 12 };

/* One reason of one policy and how many rows were given it. */
typedef struct {
    const Policy *policy;
    const char *id; /* interned */
    int64_t count;
} Given;

typedef struct {
    Given items[REASONS_MAX];
    size_t n;
} Tally;

/* Beyond REASONS_MAX distinct reasons the rest are not listed. */
static void give(Tally *t, const Policy *policy, const char *id, int64_t count)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->items[i].policy == policy && t->items[i].id == id) {
            t->items[i].count += count;
            return;
        }
    if (t->n < REASONS_MAX)
        t->items[t->n++] = (Given){policy, id, count};
}

static const Policy *policy_of(Policy *const policies[], size_t n,
                               const char *product)
{
    for (size_t i = 0; i < n; i++)
        if (n == 1 || (product != NULL &&
                       strcmp(policy_head(policies[i])->id, product) == 0))
            return policies[i];
    return NULL;
}

/* Count the ids of one list, which are separated by ';'. */
static void give_list(Tally *t, Texts *texts, const Policy *policy,
                      const char *list, int64_t count)
{
    while (*list != '\0') {
        size_t n = strcspn(list, ";");
        const char *id = texts_put(texts, list, n);
        if (id != NULL && n > 0)
            give(t, policy, id, count);
        list += n + (list[n] == ';');
    }
}

static int by_count(const void *a, const void *b)
{
    const Given *x = a, *y = b;
    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    int order = strcmp(policy_head(x->policy)->id, policy_head(y->policy)->id);
    return order != 0 ? order : strcmp(x->id, y->id);
}

/* Runs of rows with one policy and one list are counted at once. */
static void tally_rows(Tally *t, Texts *texts, const Table *d,
                       Policy *const policies[], size_t n)
{
    const Column *reasons = table_field(d, FIELD_reasons);
    const Column *product = table_field(d, FIELD_product);
    for (size_t i = 0, run; reasons != NULL && i < d->rows; i += run) {
        const char *list = reasons->s[i];
        const char *word = product == NULL ? NULL : product->s[i];
        for (run = 1; i + run < d->rows && reasons->s[i + run] == list &&
                      (product == NULL || product->s[i + run] == word);)
            run++;
        const Policy *policy = policy_of(policies, n, word);
        if (list != NULL && policy != NULL)
            give_list(t, texts, policy, list, (int64_t)run);
    }
}

/* What the policy says of it; of a column (price_floor), what it is. */
static PolicyReason reason_of(const Given *g)
{
    const PolicyReason *r = policy_reason(g->policy, g->id);
    Field field = field_named(g->id, strlen(g->id));
    if (r != NULL)
        return *r;
    if (field == FIELD_COUNT)
        return (PolicyReason){g->id, {NULL, NULL}, NULL};
    return (PolicyReason){
        g->id, {field_info(field)->zh, field_info(field)->meaning}, NULL};
}

static ErrCode write_reasons(Tables *tables, const char *name,
                             const Tally *tally, Err *err)
{
    static const struct {
        const char *name, *unit;
        FieldType type;
        Label label;
    } columns[] = {
        {"policy", "", TYPE_CATEGORY, {"规则", "rules"}},
        {"reason", "", TYPE_CATEGORY, {"原因代码", "reason code"}},
        {"text", "", TYPE_TEXT, {"原因", "reason"}},
        {"text_zh", "", TYPE_TEXT, {"原因", "reason"}},
        {"cite", "", TYPE_TEXT, {"依据", "source"}},
        {"count", "", TYPE_COUNT, {"次数", "times"}},
    };
    enum { N = sizeof columns / sizeof *columns };
    ErrCode rc = OK;
    Table *t;
    Column *c[N];
    TRY(table_new(&t, tables, name, tally->n, err));
    t->title = (Label){"原因统计", "Reasons given"};
    for (size_t k = 0; k < N; k++) {
        TRY(table_add(&c[k], t, columns[k].name, columns[k].type,
                      columns[k].unit, err));
        c[k]->label = columns[k].label;
    }
    for (size_t i = 0; i < tally->n; i++) {
        const Given *g = &tally->items[i];
        PolicyReason r = reason_of(g);
        c[0]->s[i] = policy_head(g->policy)->id;
        c[1]->s[i] = g->id;
        c[2]->s[i] = r.text.en;
        c[3]->s[i] = r.text.zh;
        c[4]->s[i] = r.cite;
        c[5]->i[i] = g->count;
    }
done:
    return rc;
}

static const char *text_of(const Given *g)
{
    const PolicyReason *r = policy_reason(g->policy, g->id);
    return r == NULL || r->text.en == NULL ? g->id : r->text.en;
}

/* Keep the rows of the TOP texts that come first. */
static void keep_top(Tally *t)
{
    const char *texts[TOP];
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < t->n; i++) {
        const char *text = text_of(&t->items[i]);
        size_t k = 0;
        while (k < n && strcmp(texts[k], text) != 0)
            k++;
        if (k == n && n < TOP)
            texts[n++] = text;
        if (k < n)
            t->items[kept++] = t->items[i];
    }
    t->n = kept;
}

ErrCode summary_reasons(Tables *tables, const Table *decisions,
                        Policy *const policies[], size_t n, Err *err)
{
    ErrCode rc = OK;
    Tally *tally = arena_alloc(tables->arena, 1, sizeof *tally);
    if (tally == NULL)
        return FAIL(err, ERR_MEMORY, "no memory to count reasons");
    tally_rows(tally, tables->texts, decisions, policies, n);
    qsort(tally->items, tally->n, sizeof *tally->items, by_count);
    TRY(write_reasons(tables, "assess_reasons", tally, err));
    keep_top(tally);
    TRY(write_reasons(tables, "assess_top_reasons", tally, err));
done:
    return rc;
}
