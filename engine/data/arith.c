#include "data/arith.h"

#include "core/tr.h"

#include <string.h>

enum {
    MOST_CODE = 256,
    MOST_DEPTH = 32 /* of brackets */
};

/* What a part of an expression gives. */
typedef enum { GIVES_NUMBER, GIVES_TEXT, GIVES_CELL, GIVES_TRUTH } Gives;

typedef struct {
    Arena *arena;
    const char *text, *p;
    Arith *out;
    ArithOp *code;
    size_t n, depth;
    const char *problem; /* the first one */
    const char *at;
    int out_of_memory;
    const char *literal; /* of the text just read */
} Parser;

static void fail(Parser *s, const char *at, const char *problem)
{
    if (s->problem == NULL) {
        s->problem = problem;
        s->at = at;
    }
}

static void emit(Parser *s, ArithOp op)
{
    if (s->n == MOST_CODE)
        fail(s, s->p, TR_NOOP("the expression is too long"));
    else
        s->code[s->n++] = op;
}

static void skip_spaces(Parser *s)
{
    s->p += strspn(s->p, " \t\r\n");
}

static int is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

/* Move past `mark`; a word is not the start of a longer one. */
static int accept(Parser *s, const char *mark)
{
    size_t n = strlen(mark);
    skip_spaces(s);
    if (strncmp(s->p, mark, n) != 0 || (is_word(mark[0]) && is_word(s->p[n])))
        return 0;
    s->p += n;
    return 1;
}

static const char *keep(Parser *s, const char *bytes, size_t n)
{
    const char *copy = text_copy(s->arena, bytes, n);
    if (copy == NULL) {
        s->out_of_memory = 1;
        fail(s, bytes, "out of memory");
    }
    return copy;
}

/* The number of a column, entered on its first use. */
static void read_column(Parser *s, const char *bytes, size_t n)
{
    Arith *out = s->out;
    for (size_t i = 0; i < out->n_columns; i++)
        if (slice_is((Slice){bytes, n}, out->columns[i])) {
            emit(s, (ArithOp){.code = OP_CELL, .column = (long)i});
            return;
        }
    if (out->n_columns == ARITH_COLUMNS) {
        fail(s, bytes, TR_NOOP("too many columns in one expression"));
        return;
    }
    const char *name = keep(s, bytes, n);
    if (name == NULL)
        return;
    out->columns[out->n_columns] = name;
    emit(s, (ArithOp){.code = OP_CELL, .column = (long)out->n_columns++});
}

/* What stands between two marks like *p. */
static Slice read_between(Parser *s)
{
    const char *start = s->p + 1, *end = strchr(start, *s->p);
    if (end == NULL) {
        fail(s, s->p, TR_NOOP("a quote that is not closed"));
        end = start + strlen(start);
        s->p = end;
    } else {
        s->p = end + 1;
    }
    return (Slice){start, (size_t)(end - start)};
}

static Gives read_number(Parser *s)
{
    int64_t mantissa = 0;
    int places = 0;
    size_t n = strspn(s->p, "0123456789.");
    if (cell_decimal(&mantissa, &places, (Slice){s->p, n}) != NULL ||
        is_word(s->p[n]))
        fail(s, s->p, TR_NOOP("a number that cannot be read"));
    s->p += n;
    emit(s,
         (ArithOp){.code = OP_NUMBER, .number = rational_of(mantissa, places)});
    return GIVES_NUMBER;
}

static Gives read_choice(Parser *s);

static Gives read_group(Parser *s)
{
    const char *open = s->p++;
    if (++s->depth > MOST_DEPTH) {
        fail(s, open, TR_NOOP("brackets are too deep"));
        return GIVES_NUMBER;
    }
    Gives gives = read_choice(s);
    s->depth--;
    if (s->problem == NULL && !accept(s, ")"))
        fail(s, s->p, TR_NOOP("a closing bracket is missing"));
    /* a column in brackets is a number: its text has lost its place */
    return gives == GIVES_CELL ? GIVES_NUMBER : gives;
}

static Gives read_leaf(Parser *s)
{
    skip_spaces(s);
    const char *start = s->p;
    if (s->problem != NULL)
        return GIVES_NUMBER;
    if (*start == '(')
        return read_group(s);
    if (*start == '\'' || *start == '"') {
        Slice text = read_between(s);
        s->literal = keep(s, text.bytes, text.n);
        emit(s,
             (ArithOp){.code = OP_NUMBER, .number = {0, 1}}); /* taken back */
        return GIVES_TEXT;
    }
    if (*start >= '0' && *start <= '9')
        return read_number(s);
    Slice name = {start, 0};
    if (*start == '`') {
        name = read_between(s);
    } else {
        while (is_word(*s->p))
            s->p++;
        name.n = (size_t)(s->p - start);
    }
    if (name.n == 0)
        fail(s, start,
             *start == '\0' ? TR_NOOP("the expression ends too early")
                            : TR_NOOP("a column or a number should be here"));
    else
        read_column(s, name.bytes, name.n);
    return GIVES_CELL;
}

static void need_number(Parser *s, Gives gives, const char *at)
{
    if (gives == GIVES_TEXT || gives == GIVES_TRUTH)
        fail(s, at, TR_NOOP("a number is needed here"));
}

static void need_truth(Parser *s, Gives gives, const char *at)
{
    if (gives != GIVES_TRUTH)
        fail(s, at, TR_NOOP("a comparison is needed here"));
}

static Gives read_factor(Parser *s)
{
    int negative = 0;
    while (accept(s, "-"))
        negative ^= 1;
    const char *at = s->p;
    Gives gives = read_leaf(s);
    if (!negative)
        return gives;
    need_number(s, gives, at);
    emit(s, (ArithOp){.code = OP_NEGATE});
    return GIVES_NUMBER;
}

/* Parts joined from the left by either of two operators of one level. */
static Gives read_chain(Parser *s, Gives (*read_part)(Parser *),
                        const char *first, ArithOpCode first_code,
                        const char *second, ArithOpCode second_code)
{
    const char *at = s->p;
    Gives gives = read_part(s);
    for (;;) {
        ArithOpCode code = accept(s, first)    ? first_code
                           : accept(s, second) ? second_code
                                               : OP_NUMBER;
        if (code == OP_NUMBER || s->problem != NULL)
            return gives;
        need_number(s, gives, at);
        at = s->p;
        need_number(s, read_part(s), at);
        emit(s, (ArithOp){.code = code});
        gives = GIVES_NUMBER;
    }
}

static Gives read_term(Parser *s)
{
    return read_chain(s, read_factor, "*", OP_MULTIPLY, "/", OP_DIVIDE);
}

static Gives read_sum(Parser *s)
{
    return read_chain(s, read_term, "+", OP_ADD, "-", OP_SUBTRACT);
}

/* The comparison that stands here; OP_NUMBER when none does. */
static ArithOpCode read_comparison(Parser *s)
{
    static const struct {
        const char *mark;
        ArithOpCode code;
    } marks[] = {
        {"!=", OP_UNEQUAL}, {"<=", OP_LESS_EQUAL}, {">=", OP_MORE_EQUAL},
        {"==", OP_EQUAL},   {"=", OP_EQUAL},       {"<", OP_LESS},
        {">", OP_MORE},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (accept(s, marks[i].mark))
            return marks[i].code;
    return OP_NUMBER;
}

/* The text operand whose push is the last of the code, which is taken back. */
static ArithText take_text(Parser *s, Gives gives, const char *literal)
{
    ArithText text = {-1, literal};
    if (s->n > 0)
        s->n--;
    if (gives == GIVES_CELL)
        text.column = s->code[s->n].column;
    return text;
}

/* Texts are compared when neither side is a number worked out. */
static int compares_texts(Gives a, Gives b)
{
    return (a == GIVES_TEXT || a == GIVES_CELL) &&
           (b == GIVES_TEXT || b == GIVES_CELL);
}

static Gives read_compared(Parser *s)
{
    const char *at = s->p;
    Gives left = read_sum(s);
    const char *literal = s->literal;
    ArithOpCode code = s->problem == NULL ? read_comparison(s) : OP_NUMBER;
    if (code == OP_NUMBER)
        return left;
    const char *right_at = s->p;
    Gives right = read_sum(s);
    if (s->problem != NULL)
        return GIVES_TRUTH;
    if ((code == OP_EQUAL || code == OP_UNEQUAL) &&
        compares_texts(left, right)) {
        ArithOp op = {.code = code == OP_EQUAL ? OP_SAME : OP_DIFFER};
        op.texts[1] = take_text(s, right, s->literal);
        op.texts[0] = take_text(s, left, literal);
        emit(s, op);
        return GIVES_TRUTH;
    }
    need_number(s, left, at);
    need_number(s, right, right_at);
    emit(s, (ArithOp){.code = code});
    return GIVES_TRUTH;
}

static Gives read_not(Parser *s)
{
    if (!accept(s, "not"))
        return read_compared(s);
    const char *at = s->p;
    if (++s->depth > MOST_DEPTH) {
        fail(s, at, TR_NOOP("brackets are too deep"));
        return GIVES_TRUTH;
    }
    need_truth(s, read_not(s), at);
    s->depth--;
    emit(s, (ArithOp){.code = OP_NOT});
    return GIVES_TRUTH;
}

static Gives read_both(Parser *s)
{
    const char *at = s->p;
    Gives gives = read_not(s);
    while (s->problem == NULL && accept(s, "and")) {
        need_truth(s, gives, at);
        at = s->p;
        need_truth(s, read_not(s), at);
        emit(s, (ArithOp){.code = OP_AND});
    }
    return gives;
}

static Gives read_choice(Parser *s)
{
    const char *at = s->p;
    Gives gives = read_both(s);
    while (s->problem == NULL && accept(s, "or")) {
        need_truth(s, gives, at);
        at = s->p;
        need_truth(s, read_both(s), at);
        emit(s, (ArithOp){.code = OP_OR});
    }
    return gives;
}

/* Values that the code stacks at most. */
static size_t stack_of(const ArithOp code[], size_t n)
{
    size_t now = 0, most = 0;
    for (size_t i = 0; i < n; i++) {
        switch (code[i].code) {
        case OP_NUMBER:
        case OP_CELL:
        case OP_SAME:
        case OP_DIFFER:
            now++;
            break;
        case OP_NEGATE:
        case OP_NOT:
            break;
        default:
            now--;
        }
        most = now > most ? now : most;
    }
    return most;
}

static void read_whole(Parser *s, int wants_truth)
{
    Gives gives = read_choice(s);
    skip_spaces(s);
    if (s->problem == NULL && *s->p != '\0')
        fail(s, s->p, TR_NOOP("nothing may follow here"));
    if (wants_truth)
        need_truth(s, gives, s->text);
    else
        need_number(s, gives, s->text);
    if (s->problem == NULL && stack_of(s->code, s->n) > ARITH_STACK)
        fail(s, s->text, TR_NOOP("the expression is too deep"));
}

ErrCode arith_compile(const Arith **out, ArithFault *fault, Arena *arena,
                      const char *text, int wants_truth, Err *err)
{
    Arith *arith = arena_alloc(arena, 1, sizeof *arith);
    ArithOp *code = arena_alloc(arena, MOST_CODE, sizeof *code);
    if (arith == NULL || code == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for an expression");
    Parser s = {
        .arena = arena, .text = text, .p = text, .out = arith, .code = code};
    read_whole(&s, wants_truth);
    if (s.out_of_memory)
        return FAIL(err, ERR_MEMORY, "no memory for an expression");
    *fault = (ArithFault){s.problem, 0};
    if (s.problem != NULL) {
        fault->offset = (size_t)(s.at - text);
        return OK;
    }
    arith->code = code;
    arith->n = s.n;
    *out = arith;
    return OK;
}
