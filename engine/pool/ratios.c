#include "pool/ratios.h"

#include "core/text.h"
#include "pool/customers.h"
#include "pool/results.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 10, INPUTS = 96 };

/* The guarantor as its document has it. */
typedef struct {
    Label title;
    Date as_of;
    const Doc *figures;
} Guarantor;

typedef struct {
    const PoolRatios *of;
    Guarantor who;
    Customers customers;
    Table *row; /* of one row: what the ratios are of, and they */
    Results r;
} Ratios;

/* What the engine itself says of the book. */
typedef struct {
    const char *name;
    int64_t fen; /* NULL_INT: it is a number */
    double count;
} Said;

static ErrCode read_guarantor(Guarantor *out, const Doc *root, Faults *faults,
                              Err *err)
{
    static const char *const top[] = {"guarantor"};
    static const char *const known[] = {"id",     "title",      "as_of",
                                        "source", "confidence", "figures"};
    const char *text;
    DocReader r = {faults, err, 0};
    const Doc *g = doc_get(root, "guarantor");
    doc_only(root, top, 1, &r);
    if (g == NULL || g->kind != DOC_GROUP)
        doc_fault(g == NULL ? root : g, 0, tr("no group 'guarantor'"),
                  tr("write guarantor = { id = \"...\"; as_of = "
                     "\"2025-12-31\"; figures = { net_assets = \"...\"; }; "
                     "... };"),
                  &r);
    else {
        doc_only(g, known, sizeof known / sizeof *known, &r);
        (void)doc_text(&text, g, "id", 0, &r);
        (void)doc_label(&out->title, g, "title", 0, &r);
        (void)doc_date(&out->as_of, g, "as_of", 0, &r);
        (void)doc_text(&text, g, "source", 0, &r);
        (void)doc_confidence(&text, g, 0, &r);
        out->figures = doc_get(g, "figures");
        if (out->figures == NULL || out->figures->kind != DOC_GROUP)
            doc_fault(out->figures == NULL ? g : out->figures, 0,
                      tr("no group 'figures'"),
                      tr("write figures = { net_assets = \"...\"; ... };"), &r);
    }
    return faults_end(faults, ERR_RULE, root->file, err);
}

/* A cell of an input: what is said of the book, or of the guarantor. */
static void fill(Column *c, const PolicyInput *in, const Said *said,
                 const Guarantor *who, DocReader *r)
{
    Money money = {NULL_INT};
    Ratio ratio = {NULL_INT};
    double real = (double)NAN;
    int is_there = said == NULL && doc_get(who->figures, in->name) != NULL;
    switch (in->type) {
    case TYPE_MONEY:
        if (is_there)
            (void)doc_money(&money, who->figures, in->name, 0, r);
        c->i[0] = said != NULL ? said->fen : money.fen;
        break;
    case TYPE_RATIO:
        if (is_there)
            (void)doc_ratio(&ratio, who->figures, in->name, 0, r);
        c->i[0] = ratio.billionths;
        break;
    case TYPE_DATE:
        c->i[0] = who->as_of.days;
        break;
    case TYPE_REAL:
        if (is_there)
            (void)doc_real(&real, who->figures, in->name, 0, r);
        c->d[0] = said != NULL ? said->count : real;
        break;
    default:
        if (is_there)
            (void)doc_real(&real, who->figures, in->name, 0, r);
        c->i[0] = isnan(real) ? NULL_INT : (int64_t)real;
        c->i[0] = said != NULL ? (int64_t)said->count : c->i[0];
    }
}

static const Said *said_of(const Said said[], size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(said[i].name, name) == 0)
            return &said[i];
    return NULL;
}

/* The one row: an input each. */
static ErrCode make_row(Ratios *s, Tables *tables, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    const Customers *k = &s->customers;
    const Said said[] = {{"as_of", 0, 0},
                         {"in_force", k->in_force, 0},
                         {"weighted", k->weighted, 0},
                         {"small_in_force", k->small_in_force, 0},
                         {"largest_customer", k->largest, 0},
                         {"largest_group", k->largest_group, 0},
                         {"customers", NULL_INT, (double)k->n},
                         {"small_customers", NULL_INT, (double)k->small}};
    const size_t nsaid = sizeof said / sizeof *said;
    const PolicyInput *in;
    const char *names[INPUTS];
    size_t n = policy_inputs(&in, s->of->ratios), known = 0;
    DocReader r = {faults, err, 0};
    TRY(table_new(&s->row, tables, "guarantor", 1, err));
    for (size_t i = 0; i < n; i++) {
        Column *c;
        const Said *of = said_of(said, nsaid, in[i].name);
        TRY(table_add(&c, s->row, in[i].name, in[i].type, "", err));
        fill(c, &in[i], of, &s->who, &r);
        if (of == NULL && known < INPUTS)
            names[known++] = in[i].name;
    }
    doc_only(s->who.figures, names, known, &r);
    TRY(faults_end(faults, ERR_RULE, s->of->guarantor->file, err));
    TRY(policy_apply(s->row, s->of->ratios, s->who.as_of, err));
done:
    return rc;
}

static const Column *part_of(const Ratios *s, const char *id, const char *end)
{
    char name[128];
    int n = snprintf(name, sizeof name, "%s_%s", id, end);
    return n < (int)sizeof name ? table_find(s->row, name) : NULL;
}

/* "1234567.00" as "1,234,567.00". */
static const char *grouped(Results *r, const char *money)
{
    char text[2 * CELL_TEXT];
    size_t sign = *money == '-', whole = strcspn(money, "."), n = 0;
    for (const char *p = money; *p != '\0' && n < sizeof text - 2; p++) {
        size_t at = (size_t)(p - money);
        if (at > sign && at < whole && (whole - at) % 3 == 0)
            text[n++] = ',';
        text[n++] = *p;
    }
    text[n] = '\0';
    return results_text(r, text);
}

/* A cell as people read it: a share in %, money in yuan, a multiple plain;
 * `like` is the bound, which says whether a number is a share. */
static const char *shown(Results *r, const Column *c, const Column *like)
{
    char text[64], cell[CELL_TEXT];
    if (c == NULL || cell_is_null(c, 0))
        return NULL;
    int is_share = like != NULL && like->type == TYPE_RATIO;
    if (c->type == TYPE_MONEY)
        return grouped(r, cell_format(cell, c, 0));
    if (c->type != TYPE_REAL && !is_share)
        return results_text(r, cell_format(cell, c, 0));
    double x = c->type == TYPE_REAL ? c->d[0] : (double)c->i[0] / RATIO_ONE;
    snprintf(text, sizeof text, is_share ? "%.2f%%" : "%.2f",
             is_share ? 100 * x : x);
    return results_text(r, text);
}

static int is_broken(const Ratios *s, const char *id)
{
    const char *reasons = table_find(s->row, "reasons")->s[0];
    size_t n = strlen(id);
    for (const char *p = reasons; p != NULL && *p != '\0';) {
        size_t length = strcspn(p, ";");
        if (length == n && memcmp(p, id, n) == 0)
            return 1;
        p += length + (p[length] == ';');
    }
    return 0;
}

/* met, broken, or open where the room cannot be told. */
static const char *outcome_of(const Ratios *s, const char *id)
{
    const Column *room = part_of(s, id, "room");
    if (is_broken(s, id))
        return "broken";
    return room == NULL || cell_is_null(room, 0) ? "open" : "met";
}

static Label title_of(const Doc *row, Faults *faults, Err *err)
{
    Label title = {0};
    DocReader r = {faults, err, 0};
    (void)doc_label(&title, row, "title", 1, &r);
    return title;
}

static ErrCode add_ratios(Ratios *s, const Doc *rows, size_t counts[3],
                          Faults *faults)
{
    Results *r = &s->r;
    size_t i = 0;
    results_table(r, "pool_ratios", rows->n, "监管指标", "Ratios");
    Column *name = results_column(r, "ratio", TYPE_TEXT, "", "指标", "ratio");
    Column *zh = results_column(r, "ratio_zh", TYPE_TEXT, "", "指标", "ratio");
    Column *outcome =
        results_column(r, "outcome", TYPE_CATEGORY, "", "结论", "outcome");
    Column *value = results_column(r, "value", TYPE_TEXT, "", "数值", "value");
    Column *bound = results_column(r, "bound", TYPE_TEXT, "", "界限", "bound");
    Column *room =
        results_column(r, "room", TYPE_MONEY, "fen", "余量（负为缺口）",
                       "room (below 0: what lacks)");
    Column *cite = results_column(r, "cite", TYPE_TEXT, "", "依据", "article");
    for (const Doc *d = rows->first; r->rc == OK && d != NULL;
         d = d->next, i++) {
        const char *id = doc_get(d, "id")->text;
        const PolicyReason *reason = policy_reason(s->of->ratios, id);
        const Column *left = part_of(s, id, "room");
        const Column *like = part_of(s, id, "bound");
        Label title = title_of(d, faults, r->err);
        const char *word = outcome_of(s, id);
        counts[*word == 'm' ? 0 : *word == 'b' ? 1 : 2]++;
        name->s[i] = results_text(r, title.en != NULL ? title.en : id);
        zh->s[i] = results_text(r, title.zh != NULL ? title.zh : id);
        outcome->s[i] = results_text(r, word);
        value->s[i] = shown(r, part_of(s, id, "value"), like);
        bound->s[i] = shown(r, like, like);
        room->i[i] =
            left == NULL || left->type != TYPE_MONEY ? NULL_INT : left->i[0];
        cite->s[i] = reason == NULL ? NULL : results_text(r, reason->cite);
    }
    return r->rc;
}

static void put_money(Results *r, const char *name, int64_t fen, const char *zh,
                      const char *en)
{
    Column *c = results_column(r, name, TYPE_MONEY, "fen", zh, en);
    if (r->rc == OK)
        c->i[0] = fen;
}

static void put_count(Results *r, const char *name, size_t n, const char *zh,
                      const char *en)
{
    Column *c = results_column(r, name, TYPE_COUNT, "", zh, en);
    if (r->rc == OK)
        c->i[0] = (int64_t)n;
}

static int64_t base_of(const Ratios *s)
{
    const Column *base = table_find(s->row, "base");
    return base == NULL || base->type != TYPE_MONEY ? NULL_INT : base->i[0];
}

static ErrCode add_summary(Ratios *s, const size_t counts[3])
{
    Results *r = &s->r;
    results_table(r, "pool_ratio_summary", 1, "监管指标概要",
                  "Ratios at a glance");
    Column *name =
        results_column(r, "guarantor", TYPE_TEXT, "", "担保公司", "guarantor");
    Column *zh = results_column(r, "guarantor_zh", TYPE_TEXT, "", "担保公司",
                                "guarantor");
    Column *as_of = results_field(r, FIELD_as_of);
    if (r->rc != OK)
        return r->rc;
    Label title = s->who.title;
    name->s[0] = results_text(r, title.en != NULL ? title.en : title.zh);
    zh->s[0] = results_text(r, title.zh != NULL ? title.zh : title.en);
    as_of->i[0] = s->who.as_of.days;
    put_count(r, "met", counts[0], "达标", "ratios met");
    put_count(r, "broken", counts[1], "突破", "broken");
    put_count(r, "open", counts[2], "无法判断", "cannot be told");
    put_count(r, "customers", s->customers.n, "客户数", "customers");
    put_money(r, "in_force", s->customers.in_force, "在保余额", "in force");
    put_money(r, "weighted", s->customers.weighted, "担保责任余额",
              "weighted balance");
    put_money(r, "base", base_of(s), "净资产（扣除后）", "net assets, net");
    return r->rc;
}

static int by_size(const void *a, const void *b)
{
    const Customer *x = *(Customer *const *)a, *y = *(Customer *const *)b;
    if (x->counted != y->counted)
        return x->counted > y->counted ? -1 : 1;
    return strcmp(x->firm, y->firm);
}

static ErrCode add_customers(Ratios *s, Arena *arena)
{
    Results *r = &s->r;
    const Customers *k = &s->customers;
    size_t n = k->n < LARGEST ? k->n : LARGEST;
    int64_t base = base_of(s);
    Customer **order = arena_alloc(arena, k->n + 1, sizeof *order);
    if (order == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for customers");
    for (size_t i = 0; i < k->n; i++)
        order[i] = &k->list[i];
    qsort(order, k->n, sizeof *order, by_size);
    results_table(r, "pool_ratio_customers", n, "最大客户",
                  "The largest customers");
    Column *firm = results_field(r, FIELD_firm_id);
    Column *group = results_field(r, FIELD_group_id);
    Column *whole = results_column(r, "in_force", TYPE_MONEY, "fen", "在保余额",
                                   "in force");
    Column *counted = results_column(r, "counted", TYPE_MONEY, "fen",
                                     "集中度计算余额", "counts");
    Column *share = results_column(r, "share", TYPE_REAL, "1",
                                   "占净资产（扣除后）", "of net assets, net");
    for (size_t i = 0; r->rc == OK && i < n; i++) {
        const Customer *c = order[i];
        firm->s[i] = results_text(r, c->firm);
        group->s[i] = c->group == c->firm ? NULL : results_text(r, c->group);
        whole->i[i] = c->in_force;
        counted->i[i] = c->counted;
        share->d[i] = base == NULL_INT || base <= 0
                          ? (double)NAN
                          : (double)c->counted / (double)base;
    }
    return r->rc;
}

static ErrCode add_rules(Ratios *s, Tables *tables, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    const Policy *const policies[] = {s->of->ratios, s->of->weights};
    Tables *own = tables_new(tables->arena);
    if (own == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for a table");
    own->texts = tables->texts;
    TRY(policy_parameters(&t, own, policies, 2, s->who.as_of, err));
    TRY(table_share(&t, tables, t, "pool_ratio_rules", err));
    t->title = (Label){"界限及其来源", "The bounds and where they stand"};
done:
    return rc;
}

/* Whether rules were in force on the day of the accounts. */
static ErrCode check_day(const Policy *policy, Date as_of, Err *err)
{
    char day[DATE_TEXT];
    if (policy_in_force(policy, as_of))
        return OK;
    return FAIL(err, ERR_RULE,
                "%s: no rule was in force on %s, the guarantor's as_of; give "
                "rules of that day, or accounts of a later one",
                policy_head(policy)->id, date_format(day, as_of));
}

ErrCode pool_ratios(Tables *out, const PoolRatios *of, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    size_t counts[3] = {0};
    Ratios s = {.of = of, .r = {.tables = out, .err = err}};
    TRY(read_guarantor(&s.who, of->guarantor, faults, err));
    TRY(check_day(of->ratios, s.who.as_of, err));
    TRY(check_day(of->weights, s.who.as_of, err));
    TRY(customers_read(&s.customers, out,
                       &(Guarantees){of->portfolio, of->weights, of->is_whole},
                       s.who.as_of, faults, err));
    TRY(make_row(&s, out, faults, err));
    const Doc *rows = policy_section(of->ratios, s.who.as_of, "eligibility");
    if (rows == NULL)
        return FAIL(err, ERR_RULE, "%s has no eligibility rows, so no ratio",
                    policy_head(of->ratios)->id);
    TRY(add_ratios(&s, rows, counts, faults));
    TRY(add_summary(&s, counts));
    TRY(add_customers(&s, out->arena));
    TRY(add_rules(&s, out, err));
done:
    return rc;
}
