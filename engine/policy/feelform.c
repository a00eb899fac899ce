#include "policy/feelform.h"

#include "policy/feelcall.h"
#include "policy/moment.h"

#include <string.h>

/* The arguments of a node, [count + 1]; NULL without memory. */
static Boxed *values_of(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed *items = feel_alloc(r, node->count + 1, sizeof *items);
    for (uint32_t i = 0; items != NULL && i < node->count; i++)
        items[i] = feel_run(r, node->args[i], frame);
    return items;
}

Boxed feelform_list(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed *items = values_of(r, node, frame);
    return items == NULL ? boxed_null : boxed_list(items, node->count);
}

Boxed feelform_range(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed *ends = values_of(r, node, frame);
    return ends == NULL ? boxed_null
                        : (Boxed){.kind = BOX_RANGE,
                                  .items = ends,
                                  .n = 2,
                                  .low_open = (int)(node->value.num & 1),
                                  .high_open = (int)(node->value.num >> 1 & 1)};
}

Boxed feelform_context(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed *items = feel_alloc(r, node->count + 1, sizeof *items);
    const char **names = feel_alloc(r, node->count + 1, sizeof *names);
    if (items == NULL || names == NULL)
        return boxed_null;
    FeelFrame own = {names, items, 0, frame};
    for (; own.n < node->count; own.n++) {
        const Node *entry = node->args[own.n];
        items[own.n] = feel_run(r, entry->args[0], &own);
        names[own.n] = entry->text;
    }
    return (Boxed){
        .kind = BOX_CONTEXT, .items = items, .names = names, .n = own.n};
}

/* The entry or part of a value, of each item of a list. */
static Boxed part_of(FeelRun *r, const Boxed *of, const char *name)
{
    if (of->kind == BOX_LIST) {
        Boxed *items = feel_alloc(r, of->n + 1, sizeof *items);
        for (size_t i = 0; items != NULL && i < of->n; i++)
            items[i] = part_of(r, &of->items[i], name);
        return items == NULL ? boxed_null : boxed_list(items, of->n);
    }
    const Boxed *entry = boxed_entry(of, name);
    if (entry != NULL)
        return *entry;
    if (of->kind == BOX_RANGE && strcmp(name, "start") == 0)
        return of->items[0];
    if (of->kind == BOX_RANGE && strcmp(name, "end") == 0)
        return of->items[1];
    return moment_part(r->arena, of, name);
}

Boxed feelform_path(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed of = feel_run(r, node->args[0], frame);
    return part_of(r, &of, node->text);
}

/* The n-th item, from the end when n is negative. */
static Boxed item_at(const Boxed *list, Number n)
{
    int64_t at = number_whole(n, 1), count = (int64_t)list->n;
    if (at == 0 || at > count || at < -count)
        return boxed_null;
    return list->items[at > 0 ? at - 1 : count + at];
}

/* Items for which the condition holds: "item", and their own entries. */
Boxed feelform_filter(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    static const char *const names[] = {"item"};
    Boxed list = feel_as_list(r, feel_run(r, node->args[0], frame));
    const Node *by = node->args[1];
    int is_place = by->kind == NODE_NUMBER || by->kind == NODE_NEGATE;
    if (is_place) {
        Boxed n = feel_run(r, by, frame);
        return n.kind == BOX_NUMBER ? item_at(&list, n.number) : boxed_null;
    }
    Boxed *kept = feel_alloc(r, list.n + 1, sizeof *kept);
    size_t n = 0;
    for (size_t i = 0; kept != NULL && i < list.n && !r->failed; i++) {
        const Boxed *item = &list.items[i];
        FeelFrame outer = {names, item, 1, frame}, own = {.outer = &outer};
        if (item->kind == BOX_CONTEXT)
            own = (FeelFrame){item->names, item->items, item->n, &outer};
        Boxed hit = feel_run(r, by, &own);
        if (hit.kind == BOX_NUMBER)
            return item_at(&list, hit.number);
        if (hit.kind == BOX_BOOL && hit.truth)
            kept[n++] = *item;
    }
    return kept == NULL ? boxed_null : boxed_list(kept, n);
}

/* The values a loop runs over: a list's, or whole numbers up or down. */
static Boxed domain_of(FeelRun *r, const Boxed *of)
{
    if (of->kind != BOX_RANGE)
        return feel_as_list(r, *of);
    int64_t from = INT64_MIN, to = INT64_MIN;
    if (of->items[0].kind == BOX_NUMBER && of->items[1].kind == BOX_NUMBER) {
        from = number_whole(of->items[0].number, 1);
        to = number_whole(of->items[1].number, 1);
    }
    if (from == INT64_MIN || to == INT64_MIN)
        return feel_wrong(r, "a loop over a range of no whole numbers");
    uint64_t n = from < to ? (uint64_t)to - (uint64_t)from
                           : (uint64_t)from - (uint64_t)to;
    if (n >= RUN_STEPS)
        return feel_wrong(r, "a loop over too many numbers");
    Boxed *items = feel_alloc(r, (size_t)n + 1, sizeof *items);
    for (uint64_t i = 0; items != NULL && i <= n; i++)
        items[i] = boxed_int(from < to ? from + (int64_t)i : from - (int64_t)i);
    return items == NULL ? boxed_null : boxed_list(items, (size_t)n + 1);
}

/* What one turn of a loop adds to: all results, or one truth. */
typedef struct {
    const Node *node;
    Boxed *items;
    size_t n, capacity;
    int decided, unknown; /* of some and every */
} Turns;

static void turn(FeelRun *r, Turns *t, const FeelFrame *frame)
{
    static const char *const names[] = {"partial"};
    const Node *body = t->node->args[t->node->count - 1];
    Boxed partial = boxed_list(t->items, t->n);
    FeelFrame own = {names, &partial, 1, frame};
    Boxed value = feel_run(r, body, t->node->kind == NODE_FOR ? &own : frame);
    if (t->node->kind != NODE_FOR) {
        int wins = t->node->kind == NODE_SOME;
        t->decided |= value.kind == BOX_BOOL && value.truth == wins;
        t->unknown |= value.kind != BOX_BOOL;
        return;
    }
    Boxed *items =
        arena_grow(r->arena, t->items, &t->capacity, t->n, sizeof *items);
    r->failed |= items == NULL;
    if (items == NULL)
        return;
    t->items = items;
    items[t->n++] = value;
}

/* The loops of the variables from `k` on, inside each other. */
static void turns(FeelRun *r, Turns *t, uint32_t k, const FeelFrame *frame)
{
    const Node *entry = t->node->args[k];
    if (entry->kind != NODE_ENTRY || k + 1 == t->node->count) {
        turn(r, t, frame);
        return;
    }
    Boxed of = feel_run(r, entry->args[0], frame), list = domain_of(r, &of);
    for (size_t i = 0; i < list.n && !r->failed && !t->decided; i++) {
        FeelFrame own = {&entry->text, &list.items[i], 1, frame};
        turns(r, t, k + 1, &own);
    }
}

Boxed feelform_loop(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Turns t = {.node = node};
    turns(r, &t, 0, frame);
    if (node->kind == NODE_FOR)
        return boxed_list(t.items, t.n);
    int wins = node->kind == NODE_SOME;
    if (t.decided)
        return boxed_bool(wins);
    return t.unknown ? boxed_null : boxed_bool(!wins);
}

static Boxed call_lambda(FeelRun *r, const Invocable *f, const Boxed args[])
{
    FeelFrame own = {f->params, args, f->n, f->frame};
    void *outer = r->to;
    r->to = f->to;
    Boxed value = feel_run(r, f->body, &own);
    r->to = outer;
    return value;
}

/* A copy of frames that outlives what made them. */
static const FeelFrame *kept(FeelRun *r, const FeelFrame *frame)
{
    if (frame == NULL)
        return NULL;
    FeelFrame *copy = feel_alloc(r, 1, sizeof *copy);
    Boxed *values = feel_alloc(r, frame->n + 1, sizeof *values);
    const char **names = feel_alloc(r, frame->n + 1, sizeof *names);
    if (copy == NULL || values == NULL || names == NULL)
        return NULL;
    for (size_t i = 0; i < frame->n; i++) {
        values[i] = frame->values[i];
        names[i] = frame->names[i];
    }
    *copy = (FeelFrame){names, values, frame->n, kept(r, frame->outer)};
    return copy;
}

Boxed feelform_lambda(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Invocable *f = feel_alloc(r, 1, sizeof *f);
    const char **params = feel_alloc(r, node->count, sizeof *params);
    if (f == NULL || params == NULL)
        return boxed_null;
    for (uint32_t i = 0; i + 1 < node->count; i++)
        params[i] = node->args[i]->text;
    *f = (Invocable){.call = call_lambda,
                     .params = params,
                     .n = node->count - 1,
                     .body = node->args[node->count - 1],
                     .frame = kept(r, frame),
                     .to = r->to};
    return (Boxed){.kind = BOX_FUNCTION, .function = f};
}

/* Arguments in the order of the parameters; NULL where they do not fit. */
static const Boxed *in_order(FeelRun *r, const Invocable *f, const Boxed args[],
                             const char *const names[], size_t n)
{
    Boxed *out = feel_alloc(r, f->n + 1, sizeof *out);
    if (n != f->n || out == NULL) {
        feel_wrong(r, "%zu arguments, not %zu", n, f->n);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) {
        size_t at = i;
        for (at = 0; names[i] != NULL && at < n; at++)
            if (strcmp(names[i], f->params[at]) == 0)
                break;
        if (names[i] == NULL)
            at = i;
        if (at == n) {
            feel_wrong(r, "no parameter '%.80s'", names[i]);
            return NULL;
        }
        out[at] = args[i];
    }
    return out;
}

/* Call with arguments by position; names[i] != NULL: by name. */
static Boxed feel_call(FeelRun *r, const Boxed *callee, const Boxed args[],
                       const char *const names[], size_t n)
{
    if (callee->kind != BOX_FUNCTION)
        return feel_wrong(r, "a %s cannot be called", boxed_kind(callee->kind));
    const Invocable *f = callee->function;
    if (f->builtin != NULL)
        return feelcall_run(r, f->builtin, args, names, n);
    const Boxed *ordered = in_order(r, f, args, names, n);
    if (ordered == NULL)
        return boxed_null;
    if (r->calls >= RUN_CALLS) {
        r->failed |= RUN_TOO_LONG;
        return feel_wrong(r, "more than 100 calls in one another");
    }
    r->calls++;
    Boxed out = f->call(r, f, ordered);
    r->calls--;
    return out;
}

Boxed feelform_invoke(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    size_t n = node->count - 1;
    Boxed callee = feel_run(r, node->args[0], frame);
    Boxed *args = feel_alloc(r, n + 1, sizeof *args);
    const char **names = feel_alloc(r, n + 1, sizeof *names);
    if (args == NULL || names == NULL)
        return boxed_null;
    for (size_t i = 0; i < n; i++) {
        const Node *arg = node->args[i + 1];
        names[i] = arg->kind == NODE_ENTRY ? arg->text : NULL;
        args[i] =
            feel_run(r, arg->kind == NODE_ENTRY ? arg->args[0] : arg, frame);
    }
    return feel_call(r, &callee, args, names, n);
}
