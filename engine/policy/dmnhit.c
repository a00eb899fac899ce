#include "policy/dmntable.h"

#include "policy/feelcall.h"

/* The rules of one table that hold, in their order. */
typedef struct {
    const DmnTable *t;
    FeelRun *r;
    const FeelFrame *frame;
    size_t *rules; /* [n] */
    Boxed *values; /* [n * n_outputs] */
    size_t n;
} Hits;

/* The inputs' values; 0 when one is not allowed. */
static int inputs_of(Boxed out[], const Hits *h)
{
    const DmnTable *t = h->t;
    for (size_t i = 0; i < t->n_inputs; i++) {
        out[i] = feel_run(h->r, t->inputs[i], h->frame);
        if (t->in_allowed[i] == NULL || out[i].kind == BOX_NULL ||
            feel_passes(h->r, t->in_allowed[i], &out[i], h->frame) == 1)
            continue;
        const char *text = boxed_show(h->r->arena, &out[i]);
        feel_wrong(h->r, "input %zu of a table: '%.80s' is not allowed", i + 1,
                   text == NULL ? "" : text);
        return 0;
    }
    return 1;
}

static int holds(const Hits *h, size_t rule, const Boxed inputs[])
{
    const DmnTable *t = h->t;
    for (size_t i = 0; i < t->n_inputs; i++) {
        const Node *cell = t->cells[rule * t->n_inputs + i];
        if (cell != NULL && feel_passes(h->r, cell, &inputs[i], h->frame) != 1)
            return 0;
    }
    return 1;
}

static int find(Hits *h)
{
    const DmnTable *t = h->t;
    Boxed *inputs = feel_alloc(h->r, t->n_inputs + 1, sizeof *inputs);
    h->rules = feel_alloc(h->r, t->n_rules + 1, sizeof *h->rules);
    if (inputs == NULL || h->rules == NULL || !inputs_of(inputs, h))
        return 0;
    for (size_t i = 0; i < t->n_rules; i++)
        if (holds(h, i, inputs))
            h->rules[h->n++] = i;
    h->values = feel_alloc(h->r, h->n * t->n_outputs + 1, sizeof *h->values);
    if (h->values == NULL)
        return 0;
    for (size_t i = 0; i < h->n * t->n_outputs; i++) {
        size_t rule = h->rules[i / t->n_outputs];
        h->values[i] = feel_run(
            h->r, t->outputs[rule * t->n_outputs + i % t->n_outputs], h->frame);
    }
    return !h->r->failed;
}

/* One value, or a context of several. */
static Boxed result(const DmnTable *t, const Boxed values[])
{
    if (t->n_outputs == 1)
        return values[0];
    return (Boxed){.kind = BOX_CONTEXT,
                   .items = values,
                   .names = t->out_names,
                   .n = t->n_outputs};
}

static Boxed hit(const Hits *h, size_t i)
{
    return result(h->t, h->values + i * h->t->n_outputs);
}

/* What the table says where no rule holds. */
static Boxed otherwise(const Hits *h)
{
    const DmnTable *t = h->t;
    int has_default = 0;
    Boxed *values = feel_alloc(h->r, t->n_outputs, sizeof *values);
    if (values == NULL)
        return boxed_null;
    for (size_t i = 0; i < t->n_outputs; i++) {
        has_default |= t->out_default[i] != NULL;
        values[i] = t->out_default[i] == NULL
                        ? boxed_null
                        : feel_run(h->r, t->out_default[i], h->frame);
    }
    if (has_default)
        return result(t, values);
    if (t->hit == DMN_COLLECT && t->fold == DMN_LIST)
        return boxed_list(NULL, 0);
    return t->hit == DMN_COLLECT && t->fold == DMN_COUNT ? boxed_int(0)
                                                         : boxed_null;
}

/* The place of a value in the order of an output's values. */
static size_t rank(const Hits *h, size_t output, const Boxed *value)
{
    const Node *order = h->t->out_values[output];
    uint32_t i = 0;
    if (order == NULL || order->kind != NODE_TESTS)
        return 0;
    for (; i < order->count; i++) {
        Boxed of = feel_run(h->r, order->args[i], h->frame);
        if (boxed_equal(&of, value) == 1)
            break;
    }
    return i;
}

/* Does hit `a` stand in front of `b` by its outputs, from the left? */
static int is_before(const Hits *h, size_t a, size_t b)
{
    size_t n = h->t->n_outputs;
    for (size_t i = 0; i < n; i++) {
        size_t x = rank(h, i, &h->values[a * n + i]);
        size_t y = rank(h, i, &h->values[b * n + i]);
        if (x != y)
            return x < y;
    }
    return 0;
}

/* Hits in a list, sorted by their outputs where `by_output`. */
static Boxed listed(const Hits *h, int by_output)
{
    Boxed *items = feel_alloc(h->r, h->n + 1, sizeof *items);
    size_t *order = feel_alloc(h->r, h->n + 1, sizeof *order);
    if (items == NULL || order == NULL)
        return boxed_null;
    for (size_t i = 0; i < h->n; i++) {
        size_t k = i;
        for (; by_output && k > 0 && is_before(h, i, order[k - 1]); k--)
            order[k] = order[k - 1];
        order[k] = i;
    }
    for (size_t i = 0; i < h->n; i++)
        items[i] = hit(h, order[i]);
    return boxed_list(items, h->n);
}

static Boxed best(const Hits *h)
{
    size_t at = 0;
    for (size_t i = 1; i < h->n; i++)
        if (is_before(h, i, at))
            at = i;
    return hit(h, at);
}

static Boxed any(const Hits *h)
{
    Boxed first = hit(h, 0);
    for (size_t i = 1; i < h->n; i++) {
        Boxed other = hit(h, i);
        if (boxed_equal(&first, &other) != 1)
            return feel_wrong(h->r,
                              "ANY: rules %zu and %zu hold and say different "
                              "things",
                              h->rules[0] + 1, h->rules[i] + 1);
    }
    return first;
}

/* All values of one output folded. */
static Boxed folded(const Hits *h, size_t output)
{
    static const FeelFn of[] = {NULL, feel_sum, feel_min, feel_max, feel_count};
    size_t n = h->t->n_outputs;
    Boxed *items = feel_alloc(h->r, h->n + 1, sizeof *items);
    if (items == NULL)
        return boxed_null;
    for (size_t i = 0; i < h->n; i++)
        items[i] = h->values[i * n + output];
    Boxed list = boxed_list(items, h->n);
    return of[h->t->fold](h->r, &list, 1);
}

static Boxed collected(const Hits *h)
{
    if (h->t->fold == DMN_LIST)
        return listed(h, 0);
    Boxed *values = feel_alloc(h->r, h->t->n_outputs, sizeof *values);
    for (size_t i = 0; values != NULL && i < h->t->n_outputs; i++)
        values[i] = folded(h, i);
    return values == NULL ? boxed_null : result(h->t, values);
}

Boxed dmntable_run(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Hits h = {.t = node->table, .r = r, .frame = frame};
    if (!find(&h))
        return boxed_null;
    if (h.n == 0)
        return otherwise(&h);
    switch (h.t->hit) {
    case DMN_UNIQUE:
        if (h.n > 1)
            return feel_wrong(r, "UNIQUE: rules %zu and %zu both hold",
                              h.rules[0] + 1, h.rules[1] + 1);
        return hit(&h, 0);
    case DMN_ANY:
        return any(&h);
    case DMN_PRIORITY:
        return best(&h);
    case DMN_FIRST:
        return hit(&h, 0);
    case DMN_COLLECT:
        return collected(&h);
    default:
        return listed(&h, h.t->hit == DMN_OUTPUT_ORDER);
    }
}
