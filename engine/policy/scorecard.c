#include "policy/scorecard.h"

#include "core/tr.h"
#include "policy/check.h"
#include "policy/pick.h"
#include "policy/points.h"
#include "policy/region.h"

#include <string.h>

static const char *const card_names[] = {"name", "base", "attributes", "cite",
                                         "title"};
static const char *const row_names[] = {
    "id", "title", "on", "cite", "reason", "bands", "choices", "best_of"};
static const char *const ladder_names[] = {"on", "bands", "choices", "title"};
static const char *const band_names[] = {"from",    "is",     "otherwise",
                                         "missing", "points", "title"};

#define NAMES(list) list, sizeof list / sizeof *list

static Node *null_node(Build *b)
{
    Node *node = reader_alloc(&b->r, 1, sizeof *node);
    if (node != NULL)
        *node = (Node){.kind = NODE_NULL, .unit = UNIT_NULL, .depth = 1};
    return node;
}

/* A choice is a bare word, or a value as an expression writes it. */
static int is_word(const char *s)
{
    return *s != '"' && *s != '-' && !(*s >= '0' && *s <= '9') &&
           strcmp(s, "true") != 0 && strcmp(s, "false") != 0;
}

static Test *word_test(Build *b, const Doc *is, Test *next)
{
    Test *test = reader_alloc(&b->r, 1, sizeof *test);
    Node *word = reader_alloc(&b->r, 1, sizeof *word);
    if (test == NULL || word == NULL)
        return NULL;
    *word = (Node){.kind = NODE_TEXT, .unit = UNIT_TEXT, .depth = 1};
    word->text = reader_text(&b->r, is->text, strlen(is->text));
    *test = (Test){.kind = TEST_EQUAL, .low = word, .next = next};
    return test;
}

/* A list is of words as they stand, "007" and "true" too. */
static void read_words(Build *b, Rule *rule, Ladder *l, size_t row,
                       const Doc *list, const char *id)
{
    Test *tests = NULL;
    for (const Doc *it = list->first; it != NULL; it = it->next)
        if (it->kind == DOC_TEXT)
            tests = word_test(b, it, tests);
        else
            reader_fault_node(&b->r, it, id, tr("a word is quoted"),
                              tr("put it in quotes"));
    if (tests == NULL)
        rule->is_broken = 1;
    else
        grid_test(b, rule, l->grid, row, 0, (Text){list, "", id}, tests);
}

static void read_choice(Build *b, Rule *rule, Ladder *l, size_t row,
                        const Doc *is, const char *id)
{
    if (is->kind == DOC_LIST) {
        read_words(b, rule, l, row, is, id);
    } else if (is->kind != DOC_TEXT || !is_word(is->text)) {
        grid_cell(b, rule, l->grid, row, 0, is, id);
    } else {
        Test *test = word_test(b, is, NULL);
        if (test != NULL)
            grid_test(b, rule, l->grid, row, 0, (Text){is, is->text, id}, test);
    }
}

/* The test of a band: from a value up, one value, null, or all the rest. */
static void read_band(Build *b, Rule *rule, Ladder *l, size_t row,
                      const Doc *band, const char *id)
{
    const Doc *from = doc_get(band, "from"), *is = doc_get(band, "is");
    Text text = {band, "", id};
    doc_only(band, NAMES(band_names), &b->d);
    if (is != NULL) {
        read_choice(b, rule, l, row, is, id);
        return;
    }
    Test *test = reader_alloc(&b->r, 1, sizeof *test);
    if (test == NULL)
        return;
    test->kind = TEST_RANGE;
    if (from != NULL) {
        const Expr *e = build_text(b, rule, from, id);
        if (e == NULL || e->node == NULL) {
            l->grid->cells[row].is_broken = rule->is_broken = 1;
            return;
        }
        test->low = e->node;
        text = e->text;
    } else if (doc_get(band, "missing") != NULL) {
        test->kind = TEST_EQUAL;
        test->low = null_node(b);
    } else if (doc_get(band, "otherwise") == NULL) {
        reader_fault_node(&b->r, band, id,
                          tr("a band says 'from', 'is', 'otherwise' or "
                             "'missing'"),
                          NULL);
        rule->is_broken = 1;
    }
    grid_test(b, rule, l->grid, row, 0, text, test);
}

static void read_ladder(Build *b, Rule *rule, Ladder *l, const Doc *group,
                        const char *id)
{
    const Doc *bands = doc_get(group, "bands");
    if (bands == NULL)
        bands = doc_get(group, "choices");
    if (bands == NULL || bands->kind != DOC_LIST || bands->n == 0) {
        reader_fault_node(&b->r, bands ? bands : group, id,
                          tr("the bands or choices are missing"),
                          tr("bands = ( { from = \"30%\"; points = \"20\"; } "
                             ")"));
        rule->is_broken = 1;
        return;
    }
    l->grid = grid_new(b, 1, bands->n);
    l->point_exprs = reader_alloc(&b->r, bands->n, sizeof *l->point_exprs);
    if (l->grid == NULL || l->point_exprs == NULL)
        return;
    l->grid->inputs[0] = build_expr(b, rule, group, "on", id);
    size_t row = 0;
    for (const Doc *it = bands->first; it != NULL; it = it->next, row++) {
        l->grid->nodes[row] = it;
        l->grid->ids[row] = id;
        read_band(b, rule, l, row, it, id);
        l->point_exprs[row] = build_expr(b, rule, it, "points", id);
    }
}

static void read_attribute(Build *b, Rule *rule, Attribute *a, const Doc *group,
                           const char *cite)
{
    const char *id = "";
    doc_only(group, NAMES(row_names), &b->d);
    doc_text(&id, group, "id", 0, &b->d);
    a->id = reader_text(&b->r, id, strlen(id));
    a->cite = build_cite(b, group, cite, id);
    doc_label(&a->title, group, "title", 1, &b->d);
    doc_label(&a->reason, group, "reason", 1, &b->d);
    const Doc *ways = doc_get(group, "best_of");
    int many = ways != NULL && ways->kind == DOC_LIST && ways->n > 0;
    a->n = many ? ways->n : 1;
    a->ladders = reader_alloc(&b->r, a->n, sizeof *a->ladders);
    if (a->ladders == NULL)
        return;
    const Doc *it = many ? ways->first : group;
    for (size_t i = 0; i < a->n; i++, it = it->next) {
        if (many)
            doc_only(it, NAMES(ladder_names), &b->d);
        read_ladder(b, rule, &a->ladders[i], it, a->id);
    }
}

static void read_card(Build *b, const Doc *group)
{
    Rule *rule = build_rule(b, group, RULE_SCORECARD, "name");
    if (rule == NULL)
        return;
    Scorecard *card = reader_alloc(&b->r, 1, sizeof *card);
    rule->detail = card;
    const Doc *rows = doc_get(group, "attributes");
    if (card == NULL)
        return;
    doc_only(group, NAMES(card_names), &b->d);
    doc_text(&rule->cite, group, "cite", 1, &b->d);
    build_gives(b, rule, rule->id, group);
    if (doc_get(group, "base") != NULL)
        card->base = build_expr(b, rule, group, "base", rule->id);
    if (rows == NULL || rows->kind != DOC_LIST || rows->n == 0) {
        reader_fault_node(
            &b->r, group, rule->id, tr("a scorecard has a list of attributes"),
            tr("attributes = ( { id = ...; on = ...; bands = ( ... ); } )"));
        rule->is_broken = 1;
        return;
    }
    card->attributes = reader_alloc(&b->r, rows->n, sizeof *card->attributes);
    if (card->attributes == NULL)
        return;
    for (const Doc *it = rows->first; it != NULL; it = it->next)
        read_attribute(b, rule, &card->attributes[card->n++], it, rule->cite);
}

void scorecards_read(Build *b, const Doc *root)
{
    const Doc *list = build_section(b, root, "scorecards");
    for (const Doc *it = list ? list->first : NULL; it; it = it->next)
        read_card(b, it);
}

/* A band that no value reaches is one written in the wrong order. */
static void check_reached(Build *b, const Ladder *l, const char *id)
{
    const HitColumn *c = &l->grid->hit->columns[0];
    for (size_t i = 0; i < l->grid->n_rules; i++) {
        int reached = 0;
        for (size_t s = 0; s < c->n_segments && !reached; s++) {
            const uint64_t *mask = &c->masks[s * c->words];
            size_t w = 0;
            while (w < c->words && mask[w] == 0)
                w++;
            reached = w == i / 64 && w < c->words &&
                      (size_t)__builtin_ctzll(mask[w]) == i % 64;
        }
        if (!reached)
            reader_fault_node(&b->r, l->grid->nodes[i], id,
                              tr("no value reaches this band"),
                              tr("write the highest band first"));
    }
}

/* Values that no band takes make the whole score null. */
static void check_covered(Build *b, const Ladder *l)
{
    const HitColumn *c = &l->grid->hit->columns[0];
    for (size_t s = 1; s < c->n_segments; s++) {
        const uint64_t *mask = &c->masks[s * c->words];
        size_t w = 0;
        while (w < c->words && mask[w] == 0)
            w++;
        if (w < c->words || !region_has(l->grid, 0, s))
            continue;
        reader_warn(&b->r, l->grid->inputs[0]->text, 0,
                    reader_say(&b->r, tr("no band takes %s: the score is null"),
                               region_value(b, l->grid, 0, s)),
                    tr("add { otherwise = \"yes\"; points = \"0\"; }"));
        return;
    }
}

static int code_ladder(Build *b, Ladder *l, const char *id)
{
    size_t n = l->grid->n_rules;
    int good = grid_code(b, l->grid);
    l->points = reader_alloc(&b->r, n + 1, sizeof *l->points);
    if (l->points == NULL)
        return 0;
    for (size_t i = 0; i < n; i++)
        good &= build_constant(&l->points[i], b, l->point_exprs[i], UNIT_NUMBER,
                               tr("the points of a band"));
    l->points[n] = NUMBER_NULL;
    if (!good)
        return 0;
    check_reached(b, l, id);
    check_covered(b, l);
    l->first = hit_first(&b->code, l->grid->hit);
    return l->first != SLOT_NONE;
}

static Number most_points(const Attribute *a)
{
    Number most = NUMBER_NULL;
    for (size_t i = 0; i < a->n; i++)
        for (size_t j = 0; j < a->ladders[i].grid->n_rules; j++) {
            Number p = a->ladders[i].points[j];
            most = most.den < 0 ? p : number_greater(most, p);
        }
    return most;
}

static int code_attribute(Build *b, Attribute *a)
{
    int good = 1;
    for (size_t i = 0; i < a->n; i++)
        good &= code_ladder(b, &a->ladders[i], a->id);
    if (good)
        a->most = most_points(a);
    return good && !b->code.failed;
}

/* By look-ups, as long as points are whole numbers of a common part. */
static int sum_parts(Build *b, const Scorecard *card)
{
    size_t n = 0, k = 0;
    for (size_t i = 0; i < card->n; i++)
        n += card->attributes[i].n;
    PointsLadder *of = reader_alloc(&b->r, n + 1, sizeof *of);
    for (size_t i = 0; of != NULL && i < card->n; i++)
        for (size_t j = 0; j < card->attributes[i].n; j++) {
            const Ladder *l = &card->attributes[i].ladders[j];
            of[k++] = (PointsLadder){l->first, j > 0, l->points,
                                     l->grid->n_rules + 1};
        }
    return of == NULL ? SLOT_NONE : points_code(&b->code, card->start, of, n);
}

/* Of points that have none: the square root of 2. */
static int sum_numbers(Build *b, const Scorecard *card)
{
    int total = code_number(&b->code, card->start);
    for (size_t i = 0; i < card->n; i++) {
        const Attribute *a = &card->attributes[i];
        int best = SLOT_NONE;
        for (size_t j = 0; j < a->n; j++) {
            const Ladder *l = &a->ladders[j];
            int slot = pick_number(&b->code, l->first, l->points,
                                   l->grid->n_rules + 1);
            best = j == 0 ? slot : pick_greater(&b->code, best, slot);
        }
        int d = code_slot(&b->code, REP_NUMBER, 1, 1);
        total = code_op(&b->code, op_function(OP_ADD_N), d, total, best,
                        SLOT_NONE, NULL);
    }
    return total;
}

void scorecard_code(Build *b, Rule *rule)
{
    Scorecard *card = rule->detail;
    int good = 1;
    card->start = number_int(0);
    if (card->base != NULL)
        good = build_constant(&card->start, b, card->base, UNIT_NUMBER,
                              tr("the base of a scorecard"));
    for (size_t i = 0; i < card->n; i++)
        good &= code_attribute(b, &card->attributes[i]);
    if (!good)
        return;
    int total = sum_parts(b, card);
    if (total == SLOT_NONE && !b->code.failed)
        total = sum_numbers(b, card);
    rule->gives[0]->slot = total;
    rule->gives[0]->unit = total == SLOT_NONE ? UNIT_WRONG : UNIT_NUMBER;
}
