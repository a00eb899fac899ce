#include "policy/condition.h"

#include "policy/fold.h"

static int is_same(const Node *a, const Node *b)
{
    if (a == b)
        return 1;
    if (a->kind != b->kind || a->count != b->count || a->text != b->text ||
        a->function != b->function || a->value.num != b->value.num ||
        a->value.den != b->value.den)
        return 0;
    for (uint32_t i = 0; i < a->count; i++)
        if (!is_same(a->args[i], b->args[i]))
            return 0;
    return 1;
}

/* The axis of what is compared; `n` when there is none. */
static size_t find(const Condition *c, const Node *on)
{
    size_t i = 0;
    while (i < c->n && !is_same(c->axes[i].on, on))
        i++;
    return i;
}

static ConditionAxis *axis_of(Condition *c, const Node *on)
{
    size_t i = find(c, on);
    if (i == CONDITION_AXES) {
        c->is_cut = 1;
        return NULL;
    }
    c->n += i == c->n;
    c->axes[i].on = on;
    return &c->axes[i];
}

/* The condition that a fact stands for, or NULL. */
static const Node *fact_of(const Condition *c, const Node *node)
{
    const Symbol *s = node->kind == NODE_NAME ? node->symbol : NULL;
    if (s == NULL || s->kind != SYMBOL_VALUE || node->unit != UNIT_BOOL)
        return NULL;
    const Rule *rule = c->b->rules[s->owner];
    return rule->kind == RULE_FACT ? rule->exprs[0]->node : NULL;
}

static void add_word(Condition *c, ConditionAxis *a, const char *word)
{
    for (size_t i = 0; i < a->n_words; i++)
        if (a->words[i] == word)
            return;
    const char **words = arena_grow(c->scratch, a->words, &a->word_capacity,
                                    a->n_words, sizeof *words);
    c->is_cut |= words == NULL;
    if (words == NULL)
        return;
    a->words = words;
    words[a->n_words++] = word;
}

static void add_point(Condition *c, ConditionAxis *a, Number point)
{
    size_t i = 0;
    while (i < a->n_points && number_compare(a->points[i], point) < 0)
        i++;
    if (i < a->n_points && number_compare(a->points[i], point) == 0)
        return;
    Number *points = arena_grow(c->scratch, a->points, &a->point_capacity,
                                a->n_points, sizeof *points);
    c->is_cut |= points == NULL;
    if (points == NULL)
        return;
    a->points = points;
    for (size_t k = a->n_points++; k > i; k--)
        points[k] = points[k - 1];
    points[i] = point;
}

/* What one side of a comparison is against the other. */
typedef struct {
    const Node *on; /* the side that depends on the row */
    const char *word;
    Number number;
    int is_null, is_turned; /* is_turned: the constant stands first */
} Against;

static int constant_of(Against *out, const Node *node, const Condition *c)
{
    out->is_null = node->kind == NODE_NULL;
    out->word = node->kind == NODE_TEXT ? node->text : NULL;
    out->number = NUMBER_NULL;
    return out->is_null || out->word != NULL ||
           fold_number(&out->number, node, &c->b->code);
}

/* Is it a comparison with a constant? */
static int against(Against *out, const Node *node, const Condition *c)
{
    Against other;
    if (node->kind < NODE_LT ||
        (node->kind > NODE_NE && node->kind != NODE_IN) ||
        node->args[0]->unit == UNIT_BOOL || node->args[0]->unit == UNIT_LIST ||
        node->args[1]->unit == UNIT_LIST)
        return 0;
    out->is_turned = !constant_of(out, node->args[1], c);
    if (out->is_turned && !constant_of(out, node->args[0], c))
        return 0;
    out->on = node->args[out->is_turned];
    return !constant_of(&other, out->on, c);
}

static int is_logic(const Node *node)
{
    return node->kind == NODE_AND || node->kind == NODE_OR ||
           node->kind == NODE_NOT ||
           (node->kind == NODE_IF && node->unit == UNIT_BOOL);
}

void condition_note(Condition *c, const Node *node)
{
    Against t;
    const Node *fact = fact_of(c, node);
    c->is_cut |= ++c->nodes > CONDITION_NODES;
    if (c->is_cut)
        return;
    if (fact != NULL) {
        condition_note(c, fact);
    } else if (is_logic(node)) {
        for (uint32_t i = 0; i < node->count; i++)
            condition_note(c, node->args[i]);
    } else if (against(&t, node, c)) {
        ConditionAxis *a = axis_of(c, t.on);
        if (a != NULL && t.word != NULL)
            add_word(c, a, t.word);
        else if (a != NULL && !number_is_null(t.number))
            add_point(c, a, t.number);
    } else if (node->kind != NODE_BOOL && node->kind != NODE_NULL) {
        (void)axis_of(c, node);
    }
}

static void add_sample(Condition *c, ConditionAxis *a, size_t *capacity,
                       Sample s)
{
    Sample *samples =
        arena_grow(c->scratch, a->samples, capacity, a->n, sizeof *samples);
    c->is_cut |= samples == NULL;
    if (samples == NULL)
        return;
    a->samples = samples;
    samples[a->n++] = s;
}

static const Symbol *symbol_of(const Node *node)
{
    return node->kind == NODE_NAME ? node->symbol : NULL;
}

/* The words of the tests, and one that is none of them. */
static void sample_words(Condition *c, ConditionAxis *a, size_t *capacity)
{
    const Symbol *s = symbol_of(a->on);
    size_t known = s == NULL ? 0 : s->n;
    Sample other = {.word = known == 0 ? "" : NULL};
    for (size_t i = 0; i < a->n_words; i++)
        add_sample(c, a, capacity, (Sample){.word = a->words[i]});
    for (size_t k = 0; k < known && other.word == NULL; k++) {
        size_t i = 0;
        while (i < a->n_words && a->words[i] != s->values[k])
            i++;
        other.word = i == a->n_words ? s->values[k] : NULL;
    }
    if (other.word != NULL)
        add_sample(c, a, capacity, other);
}

static void sample_number(Condition *c, ConditionAxis *a, size_t *capacity,
                          Number v)
{
    Bounds b = symbol_of(a->on) ? scope_bounds(a->on->symbol) : (Bounds){0};
    if ((!b.has_low || number_compare(v, b.low) >= 0) &&
        (!b.has_high || number_compare(v, b.high) <= 0))
        add_sample(c, a, capacity, (Sample){.number = v});
}

/* Has it no value between two whole ones? */
static int is_whole(const ConditionAxis *a)
{
    Unit unit = a->on->unit;
    int whole = a->on->kind == NODE_NAME &&
                (unit == UNIT_MONEY || unit == UNIT_COUNT ||
                 unit == UNIT_DAYS || unit == UNIT_DATE || unit == UNIT_MONTHS);
    for (size_t i = 0; i < a->n_points; i++)
        whole &= a->points[i].den == 1;
    return whole;
}

static void sample_numbers(Condition *c, ConditionAxis *a, size_t *capacity)
{
    const Number one = number_int(1), two = number_int(2);
    int whole = is_whole(a);
    for (size_t i = 0; i < a->n_points; i++) {
        Number v = a->points[i];
        sample_number(c, a, capacity, v);
        if (whole || i == 0)
            sample_number(c, a, capacity, number_subtract(v, one));
        if (whole || i + 1 == a->n_points)
            sample_number(c, a, capacity, number_add(v, one));
        else
            sample_number(c, a, capacity,
                          number_divide(number_add(v, a->points[i + 1]), two));
    }
    Bounds b = symbol_of(a->on) ? scope_bounds(a->on->symbol) : (Bounds){0};
    if (b.has_low)
        sample_number(c, a, capacity, b.low);
    if (b.has_high)
        sample_number(c, a, capacity, b.high);
}

static void sample(Condition *c, ConditionAxis *a)
{
    size_t capacity = 0;
    a->at = 0;
    if (a->samples != NULL)
        return;
    add_sample(c, a, &capacity, (Sample){.is_null = 1, .truth = IS_NULL});
    if (a->n_words > 0)
        sample_words(c, a, &capacity);
    else if (a->n_points > 0)
        sample_numbers(c, a, &capacity);
    else if (a->on->unit == UNIT_BOOL) {
        add_sample(c, a, &capacity, (Sample){.truth = IS_FALSE});
        add_sample(c, a, &capacity, (Sample){.truth = IS_TRUE});
    } else { /* asked for null alone */
        add_sample(c, a, &capacity, (Sample){.number = number_int(0)});
    }
}

int condition_start(Condition *c)
{
    size_t rows = 1;
    for (size_t i = 0; i < c->n && !c->is_cut; i++) {
        sample(c, &c->axes[i]);
        rows *= c->axes[i].n;
        c->is_cut |= rows * (c->nodes + 1) > CONDITION_WORK;
    }
    return !c->is_cut;
}

int condition_next(Condition *c)
{
    for (size_t i = 0; i < c->n; i++) {
        if (++c->axes[i].at < c->axes[i].n)
            return 1;
        c->axes[i].at = 0;
    }
    return 0;
}

static Truth truth_if(int holds)
{
    return holds ? IS_TRUE : IS_FALSE;
}

static Truth compare(const Condition *c, const Node *node, const Against *t)
{
    const ConditionAxis *a = &c->axes[find(c, t->on)];
    const Sample *s = &a->samples[a->at];
    int is_not = node->kind == NODE_NE;
    if (t->is_null)
        return truth_if(s->is_null != is_not);
    if (s->is_null || (t->word == NULL && number_is_null(t->number)))
        return IS_NULL;
    if (t->word != NULL)
        return truth_if((s->word == t->word) != is_not);
    int order = number_compare(s->number, t->number);
    order = t->is_turned ? -order : order;
    switch (node->kind) {
    case NODE_LT:
        return truth_if(order < 0);
    case NODE_LE:
        return truth_if(order <= 0);
    case NODE_GT:
        return truth_if(order > 0);
    case NODE_GE:
        return truth_if(order >= 0);
    default:
        return truth_if((order == 0) != is_not);
    }
}

static Truth join(const Condition *c, const Node *node)
{
    Truth a = condition_truth(c, node->args[0]);
    if (node->kind == NODE_NOT)
        return (Truth)(IS_TRUE - a);
    if (node->kind == NODE_IF)
        return condition_truth(c, node->args[a == IS_TRUE ? 1 : 2]);
    Truth b = condition_truth(c, node->args[1]);
    if (node->kind == NODE_AND)
        return a < b ? a : b;
    return a > b ? a : b;
}

Truth condition_truth(const Condition *c, const Node *node)
{
    Against t;
    const Node *fact = fact_of(c, node);
    if (fact != NULL)
        return condition_truth(c, fact);
    if (node->kind == NODE_BOOL)
        return truth_if(node->value.num != 0);
    if (node->kind == NODE_NULL)
        return IS_NULL;
    if (is_logic(node))
        return join(c, node);
    if (against(&t, node, c))
        return compare(c, node, &t);
    const ConditionAxis *a = &c->axes[find(c, node)];
    return a->samples[a->at].truth;
}
