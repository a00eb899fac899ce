/* Rows a second of a scorecard, one thread, seconds of processor: the score and
 * four reason codes of each row, beside a plain C loop of the same work; how
 * both grow with rows and columns; one application by itself.
 *
 * Ours: policy_scores() from columns in memory to the columns score and
 * reason_1 to reason_4, their memory and that of the look-ups included; the
 * breaks are exact fractions.  Plain: for each row and attribute a walk over
 * its breaks as doubles, points added up, the loss put in its place among the
 * four; into arrays that are there. */
#include "bench.h"

#include "policy/policy.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BANDS = 6, MOST = 60, TEXT = 1 << 20, TOP = 4, PASSES = 3 };

static uint64_t state = 20260301;

static uint64_t draw(uint64_t n)
{
    return bench_draw(&state) % n;
}

typedef struct {
    Arena *arena;
    Texts *texts;
    Policy *policy;
    Err err;
} Run;

static void stop(const char *what, Run *r, const Faults *faults)
{
    if (faults != NULL)
        faults_print(faults, stderr);
    fprintf(stderr, "%s: %s\n", what, r->err.text);
    exit(EXIT_FAILURE);
}

/* Attribute k: break b at (b + 1) * 15% + k/1000, points that rise with it;
 * one in three turns a ratio, the others real numbers. */
static int points_of(size_t k, size_t band) /* band 0: below all; 6: missing */
{
    return band == BANDS ? 3 : (int)(2 * band + (k * 7 + band * band) % 5);
}

static double break_of(size_t k, size_t b)
{
    return (double)((b + 1) * 150 + k) / 1000;
}

static int is_ratio(size_t k)
{
    return k % 3 == 0;
}

/* A text that grows. */
typedef struct {
    char *at;
    size_t room;
} To;

static void put(To *to, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void put(To *to, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    size_t n = (size_t)vsnprintf(to->at, to->room, fmt, ap);
    va_end(ap);
    to->at += n;
    to->room -= n;
}

static void write_card(char *out, size_t columns)
{
    static const char head[] =
        "policy = { id = \"bench\"; kind = \"eligibility\"; };\ninputs = (";
    To at = {out, TEXT};
    put(&at, "%s", head);
    for (size_t k = 0; k < columns; k++)
        put(&at, "%s{ name = \"x%zu\"; type = \"%s\"; }", k ? ", " : "", k,
            is_ratio(k) ? "ratio" : "real");
    put(&at,
        ");\nscorecards = ( { name = \"score\"; base = \"300\"; "
        "cite = \"c\"; attributes = (");
    for (size_t k = 0; k < columns; k++) {
        put(&at, "%s{ id = \"S%zu\"; on = \"x%zu\"; bands = (", k ? ", " : "",
            k, k);
        for (size_t b = BANDS - 1; b-- > 0;)
            put(&at, "{ from = \"%.1f%%\"; points = \"%d\"; }, ",
                100 * break_of(k, b), points_of(k, b + 1));
        put(&at,
            "{ otherwise = \"yes\"; points = \"%d\"; }, "
            "{ missing = \"yes\"; points = \"%d\"; } ); }",
            points_of(k, 0), points_of(k, BANDS));
    }
    put(&at,
        "); } );\noutputs = ( \"score\" );\nexamples = ( { id = \"X\"; of = "
        "( \"score\" ); given = (); gives = ( \"score = %zu\" ); } );\n",
        300 + 3 * columns);
}

static Run load(size_t columns)
{
    static char text[TEXT];
    Run r = {.arena = arena_new()};
    Source source;
    const Doc *root;
    write_card(text, columns);
    r.texts = texts_new(r.arena);
    Faults *faults = faults_new(r.arena);
    if (source_of(&source, "card", text, strlen(text), &r.err) != OK ||
        doc_read(&root, r.arena, source, faults, &r.err) != OK ||
        policy_read(&r.policy, r.arena, r.texts, root, faults, &r.err) != OK)
        stop("card", &r, faults);
    return r;
}

static Table *rows_of(Run *r, Arena *arena, size_t rows, size_t columns)
{
    Tables *tables = tables_new(arena);
    Table *t;
    Column *c;
    char name[16];
    tables->texts = r->texts;
    if (table_new(&t, tables, "rows", rows, &r->err) != OK)
        stop("rows", r, NULL);
    for (size_t k = 0; k < columns; k++) {
        snprintf(name, sizeof name, "x%zu", k);
        if (table_add(&c, t, name, is_ratio(k) ? TYPE_RATIO : TYPE_REAL, "",
                      &r->err) != OK)
            stop("rows", r, NULL);
        for (size_t i = 0; i < rows; i++) {
            int is_null = draw(20) == 0;
            int64_t x = (int64_t)draw(10000);
            if (is_ratio(k))
                c->i[i] = is_null ? NULL_INT : x * 100000;
            else
                c->d[i] = is_null ? (double)NAN : (double)x / 10000;
        }
    }
    return t;
}

typedef struct {
    size_t columns;
    double breaks[MOST][BANDS - 1];
    int points[MOST][BANDS + 1], most[MOST];
} Plain;

static Plain plain_card(size_t columns)
{
    Plain p = {.columns = columns};
    for (size_t k = 0; k < columns; k++) {
        for (size_t b = 0; b < BANDS - 1; b++)
            p.breaks[k][b] = break_of(k, b);
        for (size_t b = 0; b <= BANDS; b++) {
            p.points[k][b] = points_of(k, b);
            if (p.points[k][b] > p.most[k])
                p.most[k] = p.points[k][b];
        }
    }
    return p;
}

static void plain_row(int *score, int top[TOP], const Plain *p,
                      double *const x[], size_t row)
{
    int lost[TOP] = {0}, sum = 300;
    for (int r = 0; r < TOP; r++)
        top[r] = -1;
    for (size_t k = 0; k < p->columns; k++) {
        double v = x[k][row];
        size_t band = 0;
        while (band < BANDS - 1 && v >= p->breaks[k][band])
            band++;
        int points = p->points[k][v == v ? band : BANDS];
        int less = p->most[k] - points;
        sum += points;
        for (int r = 0; r < TOP && less > 0; r++)
            if (less > lost[r]) {
                int was = lost[r], who = top[r];
                lost[r] = less;
                top[r] = (int)k;
                for (int q = r + 1; q < TOP; q++) {
                    int l = lost[q], w = top[q];
                    lost[q] = was;
                    top[q] = who;
                    was = l;
                    who = w;
                }
                break;
            }
    }
    *score = sum;
}

/* Both on the same rows; how many differ. */
static size_t compare(const Table *t, const int score[], int (*top)[TOP])
{
    static const char *const names[TOP] = {"reason_1", "reason_2", "reason_3",
                                           "reason_4"};
    const Column *s = table_find(t, "score");
    size_t differ = 0;
    char id[16];
    for (size_t i = 0; i < t->rows; i++) {
        int same = s->d[i] == score[i];
        for (int r = 0; r < TOP; r++) {
            const char *code = table_find(t, names[r])->s[i];
            snprintf(id, sizeof id, "S%d", top[i][r]);
            same &= top[i][r] < 0 ? code == NULL
                                  : code != NULL && strcmp(code, id) == 0;
        }
        differ += !same;
    }
    return differ;
}

static double run_plain(const Table *t, size_t columns, int score[],
                        int (*top)[TOP])
{
    Plain p = plain_card(columns);
    double *x[MOST], best = 1e9;
    for (size_t k = 0; k < columns; k++) {
        x[k] = malloc((t->rows + 1) * sizeof *x[k]);
        if (x[k] == NULL)
            exit(EXIT_FAILURE);
        for (size_t i = 0; i < t->rows; i++)
            x[k][i] = !is_ratio(k) ? t->columns[k]->d[i]
                      : t->columns[k]->i[i] == NULL_INT
                          ? (double)NAN
                          : (double)t->columns[k]->i[i] / 1e9;
    }
    for (int pass = 0; pass < PASSES; pass++) {
        double start = bench_cpu();
        for (size_t i = 0; i < t->rows; i++)
            plain_row(&score[i], top[i], &p, x, i);
        double took = bench_cpu() - start;
        best = took < best ? took : best;
    }
    for (size_t k = 0; k < columns; k++)
        free(x[k]);
    return best;
}

static void bench(size_t rows, size_t columns)
{
    Run r = load(columns);
    double best = 1e9;
    int *score = malloc((rows + 1) * sizeof *score);
    int(*top)[TOP] = malloc((rows + 1) * sizeof *top);
    if (score == NULL || top == NULL)
        exit(EXIT_FAILURE);
    for (int pass = 0; pass < PASSES; pass++) {
        Arena *arena = arena_new();
        state = 7;
        Table *t = rows_of(&r, arena, rows, columns);
        double start = bench_cpu();
        if (policy_scores(t, r.policy, (Date){19000}, &r.err) != OK)
            stop("scores", &r, NULL);
        double took = bench_cpu() - start;
        best = took < best ? took : best;
        if (pass == PASSES - 1) {
            double plain = run_plain(t, columns, score, top);
            size_t differ = compare(t, score, top);
            printf(
                "score and four reasons, %7zu rows x %2zu: %.2f M rows/s;"
                " plain loop %.2f M rows/s; ratio %.2f; %zu differ; peak"
                " %.0f MiB\n",
                rows, columns, (double)rows / best / 1e6,
                (double)rows / plain / 1e6, plain / best, differ,
                bench_peak_mib());
        }
        arena_free(arena);
    }
    free(score);
    free(top);
    arena_free(r.arena);
}

/* One row in a table of its own, again and again. */
static void bench_one(size_t columns)
{
    enum { TIMES = 2000 };
    Run r = load(columns);
    double took = 0;
    for (int i = 0; i < TIMES; i++) {
        Arena *arena = arena_new();
        Table *t = rows_of(&r, arena, 1, columns);
        double start = bench_cpu();
        if (policy_scores(t, r.policy, (Date){19000}, &r.err) != OK)
            stop("one", &r, NULL);
        took += bench_cpu() - start;
        arena_free(arena);
    }
    printf("one application x %zu: %.2f us\n", columns, took / TIMES * 1e6);
    arena_free(r.arena);
}

int main(void)
{
    bench_one(20);
    bench(100000, 20);
    bench(1000000, 5);
    bench(1000000, 20);
    bench(1000000, 40);
    return EXIT_SUCCESS;
}
