#include "core/text.h"
#include "policy/feelcall.h"
#include "policy/feelform.h"
#include "policy/feelops.h"
#include "policy/moment.h"

#include <string.h>

typedef Boxed (*NodeFn)(FeelRun *r, const Node *node, const FeelFrame *frame);

static Boxed on_constant(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    (void)r;
    (void)frame;
    if (node->kind == NODE_NUMBER)
        return boxed_number(node->value);
    if (node->kind == NODE_TEXT)
        return boxed_text(node->text);
    if (node->kind == NODE_BOOL)
        return boxed_bool(node->value.num != 0);
    return boxed_null;
}

static Boxed on_moment(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    (void)frame;
    Boxed out = moment_of(node->text);
    return out.kind == BOX_NULL ? feel_wrong(r,
                                             "'%.40s' is no date, time or "
                                             "duration",
                                             node->text)
                                : out;
}

static Boxed on_name(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed out;
    for (const FeelFrame *f = frame; f != NULL; f = f->outer)
        for (size_t i = f->n; i-- > 0;)
            if (strcmp(f->names[i], node->text) == 0)
                return f->values[i];
    if (r->global != NULL && r->global(&out, r, node->text))
        return out;
    const FeelFunction *f = feelcall_named(node->text);
    Invocable *call = f == NULL ? NULL : feel_alloc(r, 1, sizeof *call);
    if (call == NULL)
        return f != NULL ? boxed_null
                         : feel_wrong(r, "'%.80s' has no value", node->text);
    call->builtin = f;
    return (Boxed){.kind = BOX_FUNCTION, .function = call};
}

static Boxed on_negate(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed a = feel_run(r, node->args[0], frame);
    if (a.kind != BOX_NUMBER && a.kind != BOX_SECONDS && a.kind != BOX_MONTHS)
        return boxed_null;
    a.number = number_negate(a.number);
    return a;
}

static Boxed arithmetic(const char **sign, FeelRun *r, NodeKind kind,
                        const Boxed *a, const Boxed *b)
{
    switch (kind) {
    case NODE_ADD:
        *sign = "+";
        return feelops_add(r, a, b);
    case NODE_SUBTRACT:
        *sign = "-";
        return feelops_subtract(r, a, b);
    case NODE_MULTIPLY:
        *sign = "*";
        return feelops_multiply(a, b);
    case NODE_DIVIDE:
        *sign = "/";
        return feelops_divide(r, a, b);
    default:
        *sign = "**";
        return a->kind == BOX_NUMBER && b->kind == BOX_NUMBER
                   ? boxed_number(number_power(a->number, b->number))
                   : boxed_null;
    }
}

static Boxed on_arithmetic(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    const char *sign;
    Boxed a = feel_run(r, node->args[0], frame);
    Boxed b = feel_run(r, node->args[1], frame);
    Boxed out = arithmetic(&sign, r, node->kind, &a, &b);
    return out.kind == BOX_NULL
               ? feel_wrong(r, "%s %s %s is undefined", boxed_kind(a.kind),
                            sign, boxed_kind(b.kind))
               : out;
}

static Boxed truth_of(int truth)
{
    return truth < 0 ? boxed_null : boxed_bool(truth);
}

static Boxed on_compare(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed a = feel_run(r, node->args[0], frame);
    Boxed b = feel_run(r, node->args[1], frame);
    return truth_of(feelops_compare(node->kind, &a, &b));
}

static Boxed on_logic(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    int wins = node->kind == NODE_OR;
    Boxed a = feel_run(r, node->args[0], frame);
    if (a.kind == BOX_BOOL && a.truth == wins)
        return a;
    Boxed b = feel_run(r, node->args[1], frame);
    if (b.kind == BOX_BOOL && b.truth == wins)
        return b;
    return a.kind == BOX_BOOL && b.kind == BOX_BOOL ? boxed_bool(!wins)
                                                    : boxed_null;
}

static Boxed on_if(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed a = feel_run(r, node->args[0], frame);
    int yes = a.kind == BOX_BOOL && a.truth;
    return feel_run(r, node->args[yes ? 1 : 2], frame);
}

/* Is the value what `test` came to: equal, in a range or in a list? */
static int meets(const Boxed *test, const Boxed *value)
{
    if (test->kind == BOX_RANGE && value->kind != BOX_RANGE)
        return boxed_in_range(test, value);
    if (test->kind != BOX_LIST)
        return boxed_equal(test, value);
    if (value->kind == BOX_LIST && boxed_equal(test, value) == 1)
        return 1;
    for (size_t i = 0; i < test->n; i++)
        if (meets(&test->items[i], value) == 1)
            return 1;
    return 0;
}

static int passes(FeelRun *r, const Node *test, const Boxed *value,
                  const FeelFrame *frame)
{
    if (test->count == 1 && test->kind >= NODE_LT && test->kind <= NODE_NE) {
        Boxed end = feel_run(r, test->args[0], frame);
        return feelops_compare(test->kind, value, &end);
    }
    if (test->kind == NODE_ASKS) {
        Boxed truth = feel_run(r, test->args[0], frame);
        return truth.kind == BOX_BOOL ? truth.truth : meets(&truth, value);
    }
    Boxed of = feel_run(r, test, frame);
    return meets(&of, value);
}

int feel_passes(FeelRun *r, const Node *tests, const Boxed *value,
                const FeelFrame *frame)
{
    static const char *const names[] = {"?"};
    FeelFrame own = {names, value, 1, frame};
    int found = 0;
    if (tests->kind == NODE_ANY)
        return 1;
    for (uint32_t i = 0; i < tests->count && found != 1; i++) {
        int one = passes(r, tests->args[i], value, &own);
        found = one == 1 ? 1 : found < 0 ? found : one;
    }
    return tests->value.num == 0 || found < 0 ? found : !found;
}

static Boxed on_in(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed a = feel_run(r, node->args[0], frame);
    const Node *test = node->args[1];
    int found = test->kind == NODE_TESTS ? feel_passes(r, test, &a, frame)
                                         : passes(r, test, &a, frame);
    return truth_of(found);
}

static Boxed on_between(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed x = feel_run(r, node->args[0], frame);
    Boxed low = feel_run(r, node->args[1], frame);
    Boxed high = feel_run(r, node->args[2], frame);
    int from = feelops_compare(NODE_GE, &x, &low),
        to = feelops_compare(NODE_LE, &x, &high);
    if (from == 0 || to == 0)
        return boxed_bool(0);
    return truth_of(from < 0 || to < 0 ? -1 : 1);
}

static Boxed on_instance(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    Boxed a = feel_run(r, node->args[0], frame);
    return boxed_bool(node->text != NULL && feel_is_kind(&a, node->text));
}

Boxed feel_run(FeelRun *r, const Node *node, const FeelFrame *frame)
{
    static const NodeFn of[] = {[NODE_NUMBER] = on_constant,
                                [NODE_TEXT] = on_constant,
                                [NODE_BOOL] = on_constant,
                                [NODE_NULL] = on_constant,
                                [NODE_NAME] = on_name,
                                [NODE_NEGATE] = on_negate,
                                [NODE_ADD] = on_arithmetic,
                                [NODE_SUBTRACT] = on_arithmetic,
                                [NODE_MULTIPLY] = on_arithmetic,
                                [NODE_DIVIDE] = on_arithmetic,
                                [NODE_POWER] = on_arithmetic,
                                [NODE_LT] = on_compare,
                                [NODE_LE] = on_compare,
                                [NODE_GT] = on_compare,
                                [NODE_GE] = on_compare,
                                [NODE_EQ] = on_compare,
                                [NODE_NE] = on_compare,
                                [NODE_AND] = on_logic,
                                [NODE_OR] = on_logic,
                                [NODE_IF] = on_if,
                                [NODE_IN] = on_in,
                                [NODE_PATH] = feelform_path,
                                [NODE_FILTER] = feelform_filter,
                                [NODE_LIST] = feelform_list,
                                [NODE_CONTEXT] = feelform_context,
                                [NODE_RANGE] = feelform_range,
                                [NODE_MOMENT] = on_moment,
                                [NODE_INVOKE] = feelform_invoke,
                                [NODE_LAMBDA] = feelform_lambda,
                                [NODE_FOR] = feelform_loop,
                                [NODE_SOME] = feelform_loop,
                                [NODE_EVERY] = feelform_loop,
                                [NODE_BETWEEN] = on_between,
                                [NODE_INSTANCE] = on_instance,
                                [NODE_ANY] = NULL};
    if (r->failed)
        return boxed_null;
    if (++r->steps > RUN_STEPS) {
        feel_wrong(r, "more than 5000000 steps");
        r->failed |= RUN_TOO_LONG;
        return boxed_null;
    }
    NodeFn fn = node->kind == NODE_TABLE ? r->table : of[node->kind];
    Boxed out = fn == NULL ? boxed_null : fn(r, node, frame);
    return r->failed ? boxed_null : out;
}
