/* feelcall.h - the functions of decision models, from feelcall.def. */
#ifndef POLICY_FEELCALL_H
#define POLICY_FEELCALL_H

#include "policy/feelname.h"
#include "policy/feelrun.h"

/* args[n]; those left out of a call by name are null. */
typedef Boxed (*FeelFn)(FeelRun *r, const Boxed args[], size_t n);

typedef struct FeelFunction FeelFunction;
struct FeelFunction {
    const char *name;
    const char *params; /* "n,scale"; forms separated by '|' */
    size_t least, most;
    FeelFn fn;
};

const FeelFunction *feelcall_named(const char *name); /* or NULL */

/* All names, for parsers; 0 without memory. */
int feelcall_names(FeelNames *names, Reader *r);

Boxed feelcall_run(FeelRun *r, const FeelFunction *f, const Boxed args[],
                   const char *const names[], size_t n);

/* Are all of args[n] of the kind?  Where not, which one is noted. */
int feelcall_all(FeelRun *r, const Boxed args[], size_t n, BoxKind kind,
                 const char *name);

/* "12.5", "-.872", "1e3" as a number; null when it is none. */
Number feelcall_number(const char *text);

/* The functions, by subject. */
#define FEEL(id, name, params, least, most)                                    \
    Boxed feel_##id(FeelRun *r, const Boxed args[], size_t n);
#include "policy/feelcall.def"
#undef FEEL

#endif
