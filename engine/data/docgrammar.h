/* docgrammar.h - libconfig's grammar, token by token: what may stand next.
 *
 * libconfig says "syntax error" and a line; this says what was expected, so
 * that the reader can name the column.
 */
#ifndef DATA_DOCGRAMMAR_H
#define DATA_DOCGRAMMAR_H

#include <stddef.h>

enum { DOC_DEPTH = 32 }; /* of lists and groups in one another */

/* `DocGrammar g = {0};` is at the start of a document. */
typedef struct {
    size_t depth;
    struct {
        char open;   /* its bracket; 0: the document */
        char wanted; /* what comes next */
        char kind;   /* of an array's first value, or 0 */
    } levels[DOC_DEPTH + 1];
} DocGrammar;

typedef struct {
    const char *problem; /* NULL: the token may stand here */
    const char *way_out; /* or NULL */
    int is_last_comma;   /* the comma before this bracket is the problem */
} DocGrammarFault;

/*
 * Take one token: 'w' a name, '=' (or ':'), ',' or ';', a bracket of {}()[],
 * a value '"' (text), '0' (number) or 'b' (true, false), or 'e' the end.
 * After a problem, but for a last comma, the state means nothing.
 */
DocGrammarFault docgrammar_take(DocGrammar *g, char token);

#endif
