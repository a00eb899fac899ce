/* lexer.h - the text of an expression cut into words. */
#ifndef POLICY_LEXER_H
#define POLICY_LEXER_H

#include "core/text.h"
#include "policy/number.h"

#include <stddef.h>

/* Words of more than one character; the others are their own character. */
typedef enum {
    WORD_END = 0,
    WORD_NUMBER = 256, /* 2000.00 */
    WORD_RATIO,        /* 3.5%, 0.6‰ */
    WORD_MONEY,        /* 500万, 1亿, 300元: in fen */
    WORD_TEXT,         /* "A": the slice has no quotes */
    WORD_NAME,         /* rd_staff, 金额; keywords too */
    WORD_POWER,        /* ** */
    WORD_NE,           /* != */
    WORD_LE,           /* <= */
    WORD_GE,           /* >= */
    WORD_DOTS,         /* .. */
    WORD_BAD           /* `problem` says why */
} WordKind;

typedef struct {
    int kind;
    size_t at;                     /* byte of the text where it starts */
    Slice text;                    /* as it stands, without quotes */
    Number number;                 /* WORD_NUMBER, WORD_RATIO, WORD_MONEY */
    const char *problem, *way_out; /* WORD_BAD; static storage */
} Word;

/* is_feel: the words of decision models (FEEL): numbers have no units but 34
 * digits and exponents, texts have escapes, there are comments, braces, ':',
 * '.', '?' and '@'. */
typedef struct {
    Slice text;
    size_t at;
    int is_feel;
} Lexer;

Word lexer_next(Lexer *lexer); /* WORD_END at the end, again and again */

#endif
