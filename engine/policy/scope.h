/* scope.h - the names that expressions may use, and what they stand for. */
#ifndef POLICY_SCOPE_H
#define POLICY_SCOPE_H

#include "policy/reader.h"

#include <stddef.h>

typedef enum { SYMBOL_INPUT, SYMBOL_PARAMETER, SYMBOL_VALUE } SymbolKind;

typedef struct Symbol Symbol;
struct Symbol {
    const char *name; /* interned */
    SymbolKind kind;
    Unit unit;
    const char *const *values; /* [n] words a category may be, or NULL */
    size_t n;
    size_t owner;         /* SYMBOL_VALUE: number of the rule that makes it */
    int has_min, has_max; /* SYMBOL_INPUT: values beyond count as null */
    Number min, max;
    int slot; /* where its values are, once coded; else -1 */
    int raw;  /* SYMBOL_INPUT: as the table has them, before min and max */
    const char *reader; /* id of the first rule that reads it, or NULL */
    const Doc *node;
};

typedef struct {
    Symbol **items;
    size_t n, capacity;
} Scope;

/* What bounds the values of an input that do not count as null: `min`, `max`,
 * and 0 below counts. */
typedef struct {
    int has_low, has_high;
    Number low, high;
} Bounds;

Bounds scope_bounds(const Symbol *symbol);

/* NULL after a fault (the name is taken) or without memory. */
Symbol *scope_add(Scope *scope, Symbol symbol, Reader *r);

Symbol *scope_find(const Scope *scope, const char *interned);

/* "did you mean ...", of the inputs (1) or of what rules make (0); NULL when
 * none is near. */
const char *scope_nearest(const Scope *scope, int inputs, const char *name,
                          Reader *r);

/* The same of values, or what else to do about a name that no rule makes. */
const char *scope_maker(const Scope *scope, const char *name, Reader *r);

/* Give every name in the tree its symbol; 0 after faults with the nearest
 * names.  `rule` is noted as the reader of each. */
int scope_resolve(const Scope *scope, Node *node, Text text, Reader *r);

#endif
