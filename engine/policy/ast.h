/* ast.h - an expression as a tree, and the kinds of values there are. */
#ifndef POLICY_AST_H
#define POLICY_AST_H

#include "core/text.h"
#include "data/doc.h"
#include "data/fields.h"
#include "policy/number.h"

#include <stddef.h>
#include <stdint.h>

/* What a value is, with its unit. */
typedef enum {
    UNIT_WRONG, /* said to be wrong already */
    UNIT_NULL,  /* fits everything */
    UNIT_NUMBER,
    UNIT_RATIO,
    UNIT_COUNT,
    UNIT_DAYS,
    UNIT_MONEY,
    UNIT_DATE,
    UNIT_BOOL,
    UNIT_TEXT,
    UNIT_LIST,
    UNIT_MONTHS /* a duration of years and months, in months */
} Unit;

const char *unit_name(Unit unit); /* "money"; static storage */
Unit unit_of(FieldType type);
FieldType unit_field(Unit unit); /* the column that holds it */
int unit_is_plain(Unit unit);    /* number, ratio, count, days */

/* What a rule calls itself and where its text stands. */
typedef struct {
    const Doc *node;  /* a text */
    const char *text; /* node->text */
    const char *rule; /* id of the rule, for messages */
} Text;

typedef enum {
    NODE_NUMBER, /* value; also dates */
    NODE_TEXT,
    NODE_BOOL,
    NODE_NULL,
    NODE_NAME,
    NODE_NEGATE,
    NODE_NOT,
    NODE_ADD,
    NODE_SUBTRACT,
    NODE_MULTIPLY,
    NODE_DIVIDE,
    NODE_POWER,
    NODE_LT,
    NODE_LE,
    NODE_GT,
    NODE_GE,
    NODE_EQ,
    NODE_NE,
    NODE_AND,
    NODE_OR,
    NODE_IF,   /* args: condition, then, else */
    NODE_IN,   /* args: needle, a list or one value */
    NODE_CALL, /* function, args */
    /* of decision models alone, see feel.h */
    NODE_PATH,     /* args[0] . text */
    NODE_FILTER,   /* args[0] [ args[1] ] */
    NODE_LIST,     /* [ args ] */
    NODE_CONTEXT,  /* { args }, each a NODE_ENTRY */
    NODE_ENTRY,    /* text : args[0] */
    NODE_RANGE,    /* args: low, high; value: its open ends */
    NODE_MOMENT,   /* @"text" */
    NODE_INVOKE,   /* args[0] ( the others, or NODE_ENTRYs ) */
    NODE_LAMBDA,   /* function: NODE_NAMEs, then its body */
    NODE_FOR,      /* NODE_ENTRYs in their order, then the body */
    NODE_SOME,     /* the same, then the condition */
    NODE_EVERY,    /* the same */
    NODE_BETWEEN,  /* args: value, low, high */
    NODE_INSTANCE, /* args[0] instance of text */
    NODE_TESTS,    /* args: tests, any of them holds; value 1: none does */
    NODE_ASKS,     /* a test that speaks of "?" itself: args[0] is its truth */
    NODE_TABLE,    /* `table` */
    NODE_ANY,      /* "-" */
} NodeKind;

struct Function;
struct Symbol;

typedef struct Node Node;
struct Node {
    NodeKind kind;
    Unit unit;      /* set by the checker; of literals by the parser */
    int is_bare;    /* a number literal without unit: money where money meets it
                     */
    uint32_t at, n; /* bytes of the text it came from */
    Number value;
    int is_within;    /* from a definition: `at` is where that is called */
    const char *text; /* NODE_TEXT, NODE_NAME: interned */
    const struct Function *function;
    const struct Symbol *symbol; /* NODE_NAME, once found */
    const struct DmnTable *table;
    Node *const *args;
    uint32_t count; /* arguments */
    uint32_t depth; /* of the tree below and with it */
};

/* One unary test of a table's cell: all that are left out are NULL. */
typedef enum { TEST_RANGE, TEST_EQUAL, TEST_ANY } TestKind;

typedef struct Test Test;
struct Test {
    TestKind kind;
    Node *low, *high;        /* TEST_EQUAL: low */
    int low_open, high_open; /* the end itself is outside */
    Test *next;
};

typedef struct {
    const Test *first; /* any of them holds */
    int is_not;        /* none of them holds */
} Tests;

#endif
