#include "data/doc.h"

#include "core/exact.h"
#include "core/text.h"
#include "core/tr.h"
#include "data/docscan.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add_fault(const Doc *node, Fault f, DocReader *r)
{
    f.file = node->file;
    if (f.line == 0) {
        f.line = node->line;
        f.column = node->column;
        f.source = node->source;
    }
    r->failed |= !f.is_warning;
    if (!faults_has(r->faults, f) && faults_add(r->faults, f, r->err) != OK)
        r->failed = 1;
}

/* 1 when *node can be looked at; 0 when the child is missing, and a fault of
 * `group` unless it is optional. */
static int find(const Doc **node, const Doc *group, const char *name,
                int optional, DocReader *r)
{
    char text[120];
    *node = doc_get(group, name);
    if (*node == NULL && !optional) {
        snprintf(text, sizeof text, tr("'%s' is missing here"), name);
        add_fault(group, (Fault){.problem = text}, r);
    }
    return *node != NULL;
}

static int refuse(const Doc *node, const char *expected, const char *way_out,
                  DocReader *r)
{
    static const char *const kinds[] = {"{ ... }", "( ... )", "", "", ""};
    char text[24];
    const char *value = node->text;
    if (node->kind <= DOC_LIST)
        value = kinds[node->kind];
    else if (node->kind == DOC_BOOL)
        value = node->number ? "true" : "false";
    else if (value == NULL) {
        snprintf(text, sizeof text, "%lld", (long long)node->number);
        value = text;
    }
    add_fault(node,
              (Fault){.value = value, .expected = expected, .way_out = way_out},
              r);
    return 0;
}

int doc_text(const char **out, const Doc *group, const char *name, int optional,
             DocReader *r)
{
    const Doc *node;
    if (!find(&node, group, name, optional, r))
        return optional;
    if (node->kind != DOC_TEXT)
        return refuse(node, TR_NOOP("a text"), TR_NOOP("put it in quotes"), r);
    *out = node->text;
    return 1;
}

int doc_check_confidence(const Doc *node, DocReader *r)
{
    static const char *const words[] = {"V", "V2", "D",      "M+",
                                        "M", "M-", "UNKNOWN"};
    char problem[120];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], node->text) == 0)
            return 1;
    snprintf(problem, sizeof problem, tr("'%.*s' is not a confidence"),
             TEXT_SHORT(node->text));
    doc_fault(node, 0, problem,
              tr("V seen, V2 second hand, D derived, M+, M or M- from memory, "
                 "UNKNOWN"),
              r);
    return 0;
}

int doc_confidence(const char **out, const Doc *group, int optional,
                   DocReader *r)
{
    if (!doc_text(out, group, "confidence", optional, r))
        return 0;
    const Doc *node = doc_get(group, "confidence");
    return node == NULL || doc_check_confidence(node, r);
}

/* How an amount may end: decimals down to the fen, and what the last is worth;
 * longer endings before those they end in. */
static const struct {
    const char *word;
    int places, fen;
} endings[] = {{"亿元", 9, 10}, {"万元", 6, 1}, {"元", 2, 1},
               {"亿", 9, 10},   {"万", 6, 1},   {"", 2, 1}};

int doc_money_of(Money *out, const char *text)
{
    const char *p = text, *end;
    int sign = *p == '-' ? -1 : 1;
    size_t k = 0, n = strlen(text), size;
    while ((size = strlen(endings[k].word)) > n ||
           strcmp(text + n - size, endings[k].word) != 0)
        k++;
    end = text + n - size;
    p += *p == '-' || *p == '+';
    Exact fen = exact_read(&p, endings[k].places) * endings[k].fen;
    if (fen < 0 || fen > MONEY_MAX || p != end)
        return 0;
    out->fen = sign * (int64_t)fen;
    return 1;
}

int doc_money(Money *out, const Doc *group, const char *name, int optional,
              DocReader *r)
{
    static const char *const way_out =
        TR_NOOP("write \"1000000.00\", \"100万\" or \"1亿\"");
    const Doc *node;
    if (!find(&node, group, name, optional, r))
        return optional;
    if (node->kind != DOC_TEXT)
        return refuse(node, TR_NOOP("an amount in quotes"), way_out, r);
    return doc_money_of(out, node->text) ||
           refuse(node, TR_NOOP("an amount"), way_out, r);
}

int doc_ratio(Ratio *out, const Doc *group, const char *name, int optional,
              DocReader *r)
{
    static const char *const way_out =
        TR_NOOP("write \"3.5%\", \"0.6‰\", \"0.035\" or \"1/3\"");
    const Doc *node;
    if (!find(&node, group, name, optional, r))
        return optional;
    if (node->kind != DOC_TEXT)
        return refuse(node, TR_NOOP("a rate in quotes"), way_out, r);
    return ratio_parse(out, node->text, NULL) == OK ||
           refuse(node, TR_NOOP("a rate"), way_out, r);
}

int doc_date(Date *out, const Doc *group, const char *name, int optional,
             DocReader *r)
{
    static const char *const way_out = TR_NOOP("write \"2024-03-01\"");
    const Doc *node;
    if (!find(&node, group, name, optional, r))
        return optional;
    if (node->kind != DOC_TEXT)
        return refuse(node, TR_NOOP("a date in quotes"), way_out, r);
    return date_parse(out, node->text, NULL) == OK ||
           refuse(node, TR_NOOP("a date"), way_out, r);
}

/* A whole number of at most 18 digits. */
static int read_count(int64_t *out, const char *text)
{
    const char *p = text;
    int sign = *p == '-' ? -1 : 1;
    if (*p == '-' || *p == '+')
        p++;
    Exact value = exact_read(&p, 0);
    if (value < 0 || *p != '\0' || value > INT64_C(999999999999999999))
        return 0;
    *out = (int64_t)(sign * value);
    return 1;
}

int doc_count(int64_t *out, const Doc *group, const char *name, int optional,
              DocReader *r)
{
    const Doc *node;
    if (!find(&node, group, name, optional, r))
        return optional;
    if (node->kind == DOC_NUMBER) {
        *out = node->number;
        return 1;
    }
    return (node->kind == DOC_TEXT && read_count(out, node->text)) ||
           refuse(node, TR_NOOP("a whole number"),
                  TR_NOOP("write 12 or \"12\""), r);
}

/* [+-]digits[.digits][e[+-]digits], and nothing else that strtod() takes. */
static int is_decimal(const char *p)
{
    p += *p == '-' || *p == '+';
    size_t whole = strspn(p, "0123456789");
    p += whole;
    if (whole == 0)
        return 0;
    if (*p == '.') {
        size_t part = strspn(++p, "0123456789");
        p += part;
        if (part == 0)
            return 0;
    }
    if (*p == 'e' || *p == 'E') {
        p++;
        p += *p == '-' || *p == '+';
        size_t power = strspn(p, "0123456789");
        p += power;
        if (power == 0)
            return 0;
    }
    return *p == '\0';
}

int doc_real_of(double *out, const char *text)
{
    double value = is_decimal(text) ? strtod(text, NULL) : (double)INFINITY;
    if (!isfinite(value))
        return 0;
    *out = value;
    return 1;
}

int doc_real(double *out, const Doc *group, const char *name, int optional,
             DocReader *r)
{
    const Doc *node;
    if (!find(&node, group, name, optional, r))
        return optional;
    if (node->kind == DOC_NUMBER) {
        *out = (double)node->number;
        return 1;
    }
    return (node->kind == DOC_TEXT && doc_real_of(out, node->text)) ||
           refuse(node, TR_NOOP("a number in quotes"),
                  TR_NOOP("write \"0.12\" or \"1e-3\""), r);
}

int doc_label(Label *out, const Doc *group, const char *name, int optional,
              DocReader *r)
{
    static const char *const names[] = {"zh", "en"};
    static const char *const way_out =
        TR_NOOP("write { zh = \"...\"; en = \"...\"; }");
    const Doc *node;
    Label label = {NULL, NULL};
    if (!find(&node, group, name, optional, r))
        return optional;
    if (node->kind != DOC_GROUP || node->n == 0)
        return refuse(node, TR_NOOP("a text in two languages"), way_out, r);
    doc_only(node, names, 2, r);
    if (!doc_text(&label.zh, node, "zh", 1, r) ||
        !doc_text(&label.en, node, "en", 1, r))
        return 0;
    *out = label;
    return label.zh != NULL || label.en != NULL;
}

/* "did you mean 'cite'?", or what else there is, as far as it fits. */
static void say_known(char *out, size_t size, const char *name,
                      const char *const names[], size_t n)
{
    const char *near = text_nearest(name, names, n);
    if (near != NULL) {
        snprintf(out, size, tr("did you mean '%s'?"), near);
        return;
    }
    size_t at = (size_t)snprintf(out, size, "%s", tr("known here: "));
    for (size_t i = 0; i < n; i++) {
        size_t wide = strlen(names[i]) + 2;
        if (at + wide + sizeof ", ..." > size) {
            snprintf(out + at, size - at, ", ...");
            return;
        }
        at += (size_t)snprintf(out + at, size - at, "%s%s", i > 0 ? ", " : "",
                               names[i]);
    }
}

void doc_only(const Doc *group, const char *const names[], size_t n,
              DocReader *r)
{
    if (group->kind != DOC_GROUP) {
        refuse(group, TR_NOOP("a group { ... }"), NULL, r);
        return;
    }
    for (const Doc *d = group->first; d != NULL; d = d->next) {
        size_t i = 0;
        while (i < n && strcmp(names[i], d->name) != 0)
            i++;
        if (i < n)
            continue;
        char way_out[240];
        say_known(way_out, sizeof way_out, d->name, names, n);
        add_fault(d,
                  (Fault){.line = d->line,
                          .column = d->name_column,
                          .source = d->name_column > 0 ? d->source : NULL,
                          .value = d->name,
                          .expected = "a name that is known here",
                          .way_out = way_out},
                  r);
    }
}

/* The line and column of byte `p` of the node's text. */
static void count_lines(Fault *f, const Doc *node, const char *p)
{
    f->line = node->line;
    f->column = node->column;
    for (const char *q = node->raw; q < p; q++) {
        if (*q == '\n') {
            f->line++;
            f->column = 1;
        } else if (((unsigned char)q[1] & 0xC0) != 0x80) {
            f->column++;
        }
    }
}

void doc_fault(const Doc *node, size_t offset, const char *problem,
               const char *way_out, DocReader *r)
{
    char line[DOC_LINE_SHOWN + 1];
    Fault f = {.problem = problem, .way_out = way_out};
    if (node->text != NULL) {
        const char *p = node->raw;
        while (offset > 0 && docscan_step(&p))
            offset--;
        count_lines(&f, node, p);
        f.source = node->source;
        if (f.line > node->line) { /* a text over several lines */
            while (p[-1] != '\n')
                p--;
            snprintf(line, sizeof line, "%.*s", (int)strcspn(p, "\r\n"), p);
            f.source = line;
        }
    }
    add_fault(node, f, r);
}
