/* feelrun.h - expressions of decision models evaluated, one value at a time.
 *
 * What is undefined is null: a name without value, an operator on kinds it
 * does not know, a division by zero.  Null is a value: it equals itself alone,
 * `false and null` is false, `if null` takes else.
 */
#ifndef POLICY_FEELRUN_H
#define POLICY_FEELRUN_H

#include "policy/ast.h"
#include "policy/boxed.h"

enum {
    RUN_CALLS = 100,    /* of functions in one another */
    RUN_STEPS = 5000000 /* nodes evaluated in one run */
};

/* Why a run ended before its end. */
enum { RUN_NO_MEMORY = 1, RUN_TOO_LONG = 2 };

/* Names and their values; inner frames hide outer ones. */
typedef struct FeelFrame FeelFrame;
struct FeelFrame {
    const char *const *names; /* [n] interned */
    const Boxed *values;
    size_t n;
    const FeelFrame *outer;
};

typedef struct FeelRun FeelRun;
struct FeelRun {
    Arena *arena; /* values live in it */
    int calls;
    long steps;
    int failed;          /* of RUN_NO_MEMORY ...; all is null from there on */
    const char *problem; /* what went wrong first, or NULL */
    /* names that no frame has; 0: none of that name */
    int (*global)(Boxed *out, FeelRun *r, const char *name);
    void *to;
    /* NODE_TABLE; NULL where there are none */
    Boxed (*table)(FeelRun *r, const Node *node, const FeelFrame *frame);
};

struct FeelFunction;

/* What can be called: built in, made by an expression, or of the model. */
typedef struct Invocable Invocable;
struct Invocable {
    Boxed (*call)(FeelRun *r, const Invocable *f, const Boxed args[]);
    const char *const *params; /* [n] interned; args in their order */
    size_t n;
    const struct FeelFunction *builtin; /* its own parameters, or NULL */
    const Node *body;
    const FeelFrame *frame; /* what the body sees */
    void *to;               /* of the run where it was made */
    const void *of;
};

Boxed feel_run(FeelRun *r, const Node *node, const FeelFrame *frame);

/* Does the value pass a cell (from feel_tests())?  1, 0, or -1 for null. */
int feel_passes(FeelRun *r, const Node *tests, const Boxed *value,
                const FeelFrame *frame);

/* Note what went wrong, the first time only; returns null. */
Boxed feel_wrong(FeelRun *r, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

void *feel_alloc(FeelRun *r, size_t n, size_t size); /* notes the failure */

/* Is the value of a kind that types call so ("number", "date and time")? */
int feel_is_kind(const Boxed *value, const char *type);

/* The items of a list; of another value that value alone, of null none. */
Boxed feel_as_list(FeelRun *r, Boxed value);

#endif
