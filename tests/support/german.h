/* german.h - the German credit data and the logits fitted to it with 40
 * digits, where KEDAN_REAL_DATA names the folder that has them.
 */
#ifndef TESTS_GERMAN_H
#define TESTS_GERMAN_H

#include "check.h"

#include <stdlib.h>

enum { GERMAN_ROWS = 1000, GERMAN_COLUMNS = 24, GERMAN_TERMS = 64 };

typedef struct {
    double pd[GERMAN_ROWS];
    uint8_t bad[GERMAN_ROWS];
} German;

/* The path of a file of the folder; without a folder the test is skipped. */
static inline const char *real_path(char path[512], const char *name)
{
    const char *folder = getenv("KEDAN_REAL_DATA");
    if (folder == NULL) {
        print_message("KEDAN_REAL_DATA is not set\n");
        skip();
    }
    snprintf(path, 512, "%s/%s", folder, name);
    return path;
}

static inline FILE *german_open(const char *name)
{
    char path[512], within[128];
    snprintf(within, sizeof within, "german_credit/%s", name);
    FILE *f = fopen(real_path(path, within), "r");
    if (f == NULL)
        fail_msg("cannot read %s", path);
    return f;
}

typedef struct {
    int column;     /* V12 is column 12; 0: the intercept */
    char level[16]; /* "" for a number */
    double estimate, se;
} GermanTerm;

static inline size_t german_terms(GermanTerm terms[], const char *name)
{
    char line[256];
    size_t n = 0;
    FILE *f = german_open(name);
    char *got = fgets(line, sizeof line, f);
    while (got != NULL && fgets(line, sizeof line, f) != NULL) {
        GermanTerm *t = &terms[n++];
        char *comma = strchr(line, ',');
        *comma = '\0';
        char *end;
        t->estimate = strtod(comma + 1, &end);
        t->se = strtod(end + 1, NULL);
        end = line;
        t->column = line[0] == 'V' ? (int)strtol(line + 1, &end, 10) : 0;
        snprintf(t->level, sizeof t->level, "%s", line[0] == 'V' ? end : "");
    }
    fclose(f);
    return n;
}

/* Cells of a line that spaces part; how many. */
static inline int german_cells(char *cell[], char *line)
{
    int n = 0;
    for (char *at = line; *at != '\0' && n <= GERMAN_COLUMNS;) {
        at += strspn(at, " \r\n");
        size_t width = strcspn(at, " \r\n");
        if (width == 0)
            break;
        cell[n++] = at;
        at += width;
        if (*at != '\0')
            *at++ = '\0';
    }
    return n;
}

static inline double german_term(const GermanTerm *t, char *const cell[])
{
    if (t->column == 0)
        return t->estimate;
    const char *value = cell[t->column - 1];
    if (t->level[0] != '\0')
        return strcmp(value, t->level) == 0 ? t->estimate : 0;
    return t->estimate * strtod(value, NULL);
}

/* PDs of the rows of `data` by the fit in `fit`; a row's last cell is its
 * class, 2 for a bad one. */
static inline void german_load(German *g, const char *data, const char *fit)
{
    static GermanTerm terms[GERMAN_TERMS];
    char line[512], *cell[GERMAN_COLUMNS + 1];
    size_t n = german_terms(terms, fit);
    FILE *f = german_open(data);
    for (int i = 0; i < GERMAN_ROWS; i++) {
        double sum = 0;
        if (fgets(line, sizeof line, f) == NULL)
            fail_msg("%s ends at line %d", data, i);
        int cells = german_cells(cell, line);
        for (size_t t = 0; t < n; t++)
            sum += german_term(&terms[t], cell);
        g->pd[i] = 1 / (1 + exp(-sum));
        g->bad[i] = cell[cells - 1][0] == '2';
    }
    fclose(f);
}

static inline void german_full(German *g)
{
    german_load(g, "german.data", "german_full.csv");
}

static inline void german_numeric(German *g)
{
    german_load(g, "german.data-numeric", "german_numeric24.csv");
}

#endif
