/* Scorecards in other languages give the engine's scores to the last digit: the
 * C is compiled and run, the SQL runs in SQLite, the PMML and the CSV are read
 * back and evaluated, all on breaks, their neighbours, special codes, words and
 * nothing. */
#include "rules.h"

#include "credit/export.h"
#include "data/csv.h"
#include "data/dmn.h"
#include "data/sheet.h"
#include "stat/rng.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROWS = 3000, DAY = 19783 }; /* 2024-03-01 */

static const char card_text[] =
    "policy = { id = \"a-card\"; kind = \"eligibility\"; title = { zh = \"a\";"
    " en = \"A <card>\"; }; };\n"
    "inputs = ( { name = \"x\"; type = \"real\"; }, { name = \"short\"; type = "
    "\"ratio\"; min = \"0\"; max = \"1\"; }, { name = \"m\"; type = \"money\"; "
    "}, { name = \"on\"; type = \"date\"; }, { name = \"flag\"; type = "
    "\"boolean\"; }, { name = \"w\"; type = \"category\"; } );\n"
    "facts = ( { name = \"pd\"; expr = \"1 / (1 + exp(-(40 - score) / 9) * "
    "2 ** (score / 50))\"; cite = \"c\"; } );\n"
    "scorecards = ( { name = \"score\"; base = \"7.25\"; cite = \"c\"; "
    "attributes = (\n"
    "{ id = \"A\"; on = \"x\"; bands = ( { is = \"-999\"; points = \"-7\"; }, "
    "{ from = \"0.3\"; points = \"20\"; }, { from = \"0.1\"; points = \"12.5\";"
    " }, { otherwise = \"yes\"; points = \"3\"; }, { missing = \"yes\"; points "
    "= \"5\"; } ); },\n"
    "{ id = \"B\"; best_of = ( { on = \"short\"; bands = ( { from = \"50%\"; "
    "points = \"20\"; }, { from = \"10%\"; points = \"8\"; } ); }, { on = "
    "\"m\"; bands = ( { from = \"100万\"; points = \"12.5\"; }, { missing = "
    "\"yes\"; points = \"0\"; }, { is = \"-0.01\"; points = \"30\"; }, { from "
    "= \"0\"; points = \"1\"; } ); } ); },\n"
    "{ id = \"C\"; on = \"w\"; bands = ( { is = ( \"it's\", \"a\\\"b\" ); "
    "points = \"9\"; }, { is = ( \"<&>\", \"?\?=x\\\\\" ); points = \"4\"; }, "
    "{ is = ( \"甲 乙\" ); points = \"2.75\"; }, { otherwise = \"yes\"; points "
    "= \"0\"; }, { missing = \"yes\"; points = \"1\"; } ); },\n"
    "{ id = \"D\"; on = \"flag\"; choices = ( { is = \"true\"; points = \"0\"; "
    "}, { is = \"false\"; points = \"9\"; }, { missing = \"yes\"; points = "
    "\"2\"; } ); },\n"
    "{ id = \"E\"; on = \"on\"; bands = ( { from = "
    "\"date(\\\"2024-03-01\\\")\"; "
    "points = \"9\"; }, { otherwise = \"yes\"; points = \"0\"; }, { missing = "
    "\"yes\"; "
    "points = \"1\"; } ); } ); } );\n"
    "outputs = ( \"score\", \"pd\" );\n"
    "examples = ( { id = \"X\"; of = ( \"score\" ); on = \"2025-01-01\"; "
    "given = ( ); gives = ( \"eligible = true\" ); } );\n";

/* One row as those who use an export have it. */
typedef struct {
    double x, ratio, yuan, day; /* NaN: missing */
    int flag;                   /* -1: missing */
    const char *w;
    double score, pd; /* of the engine */
    const char *reasons[POLICY_REASONS];
} Row;

typedef struct {
    Ruled ruled;
    CardView card;
    Row rows[ROWS];
    char folder[64];
} Case;

static int64_t draw(uint64_t row, uint32_t what, size_t n)
{
    static const uint32_t key[2] = {21, 0};
    RngBlock b = rng_philox((RngBlock){{(uint32_t)row, what, 0, 0}}, key);
    return (int64_t)(rng_open01(b.v[0]) * (double)n);
}

#define ANY(list, what) list[draw(i, what, sizeof list / sizeof *list)]

/* A row of breaks, their neighbours and others; columns 0 to 5 of t. */
static void fill_row(Row *r, Case *c, Table *t, size_t i)
{
    static const double xs[] = {-999, -1000, 0.1, 0.3, 0.2, 5, -5, 1e300, 0};
    static const int64_t ratios[] = {
        NULL_INT,  -1,        0,         1,         99999999,   100000000,
        100000001, 499999999, 500000000, 500000001, 1000000000, 1000000001};
    static const int64_t fen[] = {
        NULL_INT, -2, -1, 0, 1, 100000000, 100000001, 99999999, 123456789012};
    static const char *const words[] = {"it's",  "a\"b",    "<&>", "?\?=x\\",
                                        "甲 乙", "unknown", NULL};
    int64_t beside = draw(i, 1, 3), ratio = ANY(ratios, 2), m = ANY(fen, 3);
    int64_t flag = draw(i, 4, 3) - 1, day = DAY - 1 + draw(i, 5, 4);
    r->x = ANY(xs, 0);
    r->x = beside == 0   ? r->x
           : beside == 1 ? nextafter(r->x, INFINITY)
                         : nextafter(r->x, -INFINITY);
    if (draw(i, 6, 10) == 0)
        r->x = (double)NAN;
    if (day == DAY + 2)
        day = NULL_INT;
    r->w = ANY(words, 7);
    r->ratio = ratio == NULL_INT ? (double)NAN : (double)ratio / 1e9;
    r->yuan = m == NULL_INT ? (double)NAN : (double)m / 100;
    r->day = day == NULL_INT ? (double)NAN : (double)day;
    r->flag = (int)flag;
    t->columns[0]->d[i] = r->x;
    t->columns[1]->i[i] = ratio;
    t->columns[2]->i[i] = m;
    t->columns[3]->i[i] = day;
    t->columns[4]->i[i] = flag < 0 ? NULL_INT : flag;
    t->columns[5]->s[i] =
        r->w ? texts_put(c->ruled.texts, r->w, strlen(r->w)) : NULL;
}

static void run_engine(Case *c)
{
    static const struct {
        const char *name;
        FieldType type;
    } columns[] = {{"x", TYPE_REAL},    {"short", TYPE_RATIO},
                   {"m", TYPE_MONEY},   {"on", TYPE_DATE},
                   {"flag", TYPE_BOOL}, {"w", TYPE_CATEGORY}};
    Tables *tables = tables_new(c->ruled.arena);
    Table *t;
    Column *column;
    tables->texts = c->ruled.texts;
    assert_int_equal(table_new(&t, tables, "t", ROWS, NULL), OK);
    for (int i = 0; i < 6; i++)
        assert_int_equal(
            table_add(&column, t, columns[i].name, columns[i].type, "", NULL),
            OK);
    for (size_t i = 0; i < ROWS; i++)
        fill_row(&c->rows[i], c, t, i);
    assert_int_equal(policy_scores(t, c->ruled.policy, (Date){20000}, NULL),
                     OK);
    for (size_t i = 0; i < ROWS; i++) {
        c->rows[i].score = table_find(t, "score")->d[i];
        c->rows[i].pd = table_find(t, "pd")->d[i];
        for (int k = 0; k < POLICY_REASONS; k++) {
            char name[24];
            snprintf(name, sizeof name, "reason_%d", k + 1);
            c->rows[i].reasons[k] = table_find(t, name)->s[i];
        }
    }
}

static int set_up(void **state)
{
    static Case c;
    size_t checked = 0;
    if (ruled_text(&c.ruled, "card", card_text) != OK)
        fail_msg("%s", c.ruled.said);
    ErrCode rc = cardview_new(&c.card, c.ruled.arena, c.ruled.policy,
                              (CardWish){NULL, NULL, 0}, &c.ruled.err);
    if (rc == OK)
        rc = export_check(&checked, c.ruled.arena, &c.card, c.ruled.policy,
                          &c.ruled.err);
    if (rc != OK)
        fail_msg("%s", c.ruled.err.text);
    assert_true(checked >= 4096);
    run_engine(&c);
    snprintf(c.folder, sizeof c.folder, "/tmp/kedan-export-XXXXXX");
    assert_non_null(mkdtemp(c.folder));
    *state = &c;
    return 0;
}

static int tear_down(void **state)
{
    Case *c = *state;
    char command[128];
    if (c == NULL)
        return 1;
    snprintf(command, sizeof command, "rm -r %s", c->folder);
    ruled_free(&c->ruled);
    return system(command);
}

static FILE *file_of(const Case *c, const char *name, const char *mode)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", c->folder, name);
    FILE *f = fopen(path, mode);
    assert_non_null(f);
    return f;
}

/* Scores to the last digit; PDs as far as two libraries' exp and pow agree. */
static void agree(const Row *r, double score, double pd)
{
    if (isnan(r->score) ? !isnan(score) : score != r->score)
        fail_msg(
            "x %.17g ratio %.17g yuan %.17g day %g flag %d w %s: %.17g, "
            "not %.17g",
            r->x, r->ratio, r->yuan, r->day, r->flag, r->w ? r->w : "-", score,
            r->score);
    if (isnan(r->pd) ? !isnan(pd) : fabs(pd - r->pd) > 1e-14 * r->pd)
        fail_msg("a PD of %.17g, not %.17g", pd, r->pd);
}

static void the_rows_try_the_card(void **state)
{
    const Case *c = *state;
    size_t nulls = 0, kinds = 0;
    for (size_t i = 0; i < ROWS; i++) {
        size_t k = 0;
        nulls += isnan(c->rows[i].score);
        while (k < i && c->rows[k].score != c->rows[i].score)
            k++;
        kinds += k == i && !isnan(c->rows[i].score);
    }
    assert_true(nulls > 50 && nulls < ROWS / 2);
    assert_true(kinds > 100);
}

static void put_word(FILE *to, const char *word)
{
    if (word == NULL) {
        fputs("NULL", to);
        return;
    }
    putc('"', to);
    for (const char *p = word; *p != '\0'; p++)
        fprintf(to, "\\%03o", (unsigned char)*p);
    putc('"', to);
}

static void put_real(FILE *to, double x)
{
    if (isnan(x))
        fputs("NAN, ", to);
    else
        fprintf(to, "%.17g, ", x);
}

static void write_program(const Case *c)
{
    FILE *to = file_of(c, "card.c", "w");
    export_c(to, &c->card, "kedan");
    fclose(to);
    to = file_of(c, "rows.c", "w");
    fputs(
        "#include <stdio.h>\n#include \"card.c\"\n"
        "static const struct a_card_input rows[] = {\n",
        to);
    for (size_t i = 0; i < ROWS; i++) {
        const Row *r = &c->rows[i];
        fputs("{", to);
        put_real(to, r->x);
        put_real(to, r->ratio);
        put_real(to, r->yuan);
        put_word(to, r->w);
        fprintf(to, ", %d, ", r->flag);
        put_real(to, r->day);
        fputs("},\n", to);
    }
    fputs(
        "};\nint main(void)\n{\n"
        "for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)\n"
        "{\nconst char *why[4];\n"
        "size_t n = a_card_score_reasons(why, 4, &rows[i]);\n"
        "printf(\"%.17g %.17g\", a_card_score(&rows[i]), "
        "a_card_pd(&rows[i]));\n"
        "for (size_t k = 0; k < 4; k++)\n"
        "printf(\" %s\", k < n ? why[k] : \"-\");\n"
        "printf(\"\\n\");\n}\nreturn 0;\n}\n",
        to);
    fclose(to);
}

/* " S1 S3 - -" */
static void agree_on_reasons(const Row *r, const char *line)
{
    char want[200];
    size_t n = 0;
    for (int k = 0; k < POLICY_REASONS; k++)
        n += (size_t)snprintf(want + n, sizeof want - n, " %s",
                              r->reasons[k] == NULL ? "-" : r->reasons[k]);
    snprintf(want + n, sizeof want - n, "\n");
    if (!isnan(r->score))
        assert_string_equal(line, want);
}

static void the_c_gives_the_scores_and_reasons(void **state)
{
    const Case *c = *state;
    char command[400], line[100], *end;
    write_program(c);
    snprintf(command, sizeof command,
             "cd %s && cc -std=c99 -pedantic -Wall -Wextra -Werror -O1 "
             "-o rows rows.c -lm && ./rows >rows.txt",
             c->folder);
    assert_int_equal(system(command), 0);
    FILE *from = file_of(c, "rows.txt", "r");
    for (size_t i = 0; i < ROWS; i++) {
        assert_non_null(fgets(line, sizeof line, from));
        double score = strtod(line, &end), pd = strtod(end, &end);
        agree(&c->rows[i], score, pd);
        agree_on_reasons(&c->rows[i], end);
    }
    fclose(from);
}

static void bind_real(sqlite3_stmt *s, int at, double x)
{
    int rc =
        isnan(x) ? sqlite3_bind_null(s, at) : sqlite3_bind_double(s, at, x);
    assert_int_equal(rc, SQLITE_OK);
}

static void insert_rows(const Case *c, sqlite3 *db)
{
    sqlite3_stmt *s;
    char day[DATE_TEXT];
    assert_int_equal(sqlite3_exec(db,
                                  "CREATE TABLE loans(x REAL, \"short\" REAL, "
                                  "m REAL, \"on\" DATE, flag INT, w TEXT)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "INSERT INTO loans VALUES(?, ?, ?, ?, ?, ?)", -1,
                           &s, NULL),
        SQLITE_OK);
    for (size_t i = 0; i < ROWS; i++) {
        const Row *r = &c->rows[i];
        sqlite3_reset(s);
        sqlite3_clear_bindings(s);
        bind_real(s, 1, r->x);
        bind_real(s, 2, r->ratio);
        bind_real(s, 3, r->yuan);
        if (!isnan(r->day))
            sqlite3_bind_text(s, 4, date_format(day, (Date){(int32_t)r->day}),
                              -1, SQLITE_TRANSIENT);
        if (r->flag >= 0)
            sqlite3_bind_int(s, 5, r->flag);
        if (r->w != NULL)
            sqlite3_bind_text(s, 6, r->w, -1, SQLITE_STATIC);
        assert_int_equal(sqlite3_step(s), SQLITE_DONE);
    }
    sqlite3_finalize(s);
}

static double real_at(sqlite3_stmt *s, int column)
{
    return sqlite3_column_type(s, column) == SQLITE_NULL
               ? (double)NAN
               : sqlite3_column_double(s, column);
}

static int column_named(sqlite3_stmt *s, const char *name)
{
    int n = sqlite3_column_count(s), k = 0;
    while (k < n && strcmp(sqlite3_column_name(s, k), name) != 0)
        k++;
    assert_true(k < n);
    return k;
}

/* " S1 S3 - -\n", from column `at` on. */
static void sql_reasons(char line[200], sqlite3_stmt *s, int at)
{
    size_t n = 0;
    for (int k = 0; k < POLICY_REASONS; k++) {
        const unsigned char *id = sqlite3_column_text(s, at + k);
        n += (size_t)snprintf(line + n, 200 - n, " %s",
                              id == NULL ? "-" : (const char *)id);
    }
    snprintf(line + n, 200 - n, "\n");
}

/* The points by attribute add up to the score. */
static void check_sum(sqlite3_stmt *s, const CardView *card, int first,
                      double score)
{
    double sum = (double)card->base;
    for (size_t k = 0; k < card->n; k++)
        sum += real_at(s, first + (int)k);
    assert_true(isnan(score) ? isnan(sum) : sum / (double)card->parts == score);
}

static void the_sql_gives_the_scores_and_reasons(void **state)
{
    const Case *c = *state;
    static char sql[1 << 16];
    sqlite3 *db;
    sqlite3_stmt *s;
    FILE *to = file_of(c, "card.sql", "w+");
    export_sql(to, &c->card, "loans", "kedan");
    rewind(to);
    sql[fread(sql, 1, sizeof sql - 1, to)] = '\0';
    fclose(to);
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    insert_rows(c, db);
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(db));
    int score = column_named(s, "score"), pd = column_named(s, "pd"),
        reason = column_named(s, "reason_1");
    for (size_t i = 0; i < ROWS; i++) {
        char line[200];
        assert_int_equal(sqlite3_step(s), SQLITE_ROW);
        agree(&c->rows[i], real_at(s, score), real_at(s, pd));
        sql_reasons(line, s, reason);
        agree_on_reasons(&c->rows[i], line);
        check_sum(s, &c->card, 6, real_at(s, score));
    }
    sqlite3_finalize(s);
    sqlite3_close(db);
}

/* A value by the name of its field; its text, where it is no number. */
static double field(const char **word, const Row *r, const char *name)
{
    *word = NULL;
    if (strcmp(name, "w") == 0)
        *word = r->w;
    if (strcmp(name, "flag") == 0)
        *word = r->flag < 0 ? NULL : r->flag ? "true" : "false";
    return strcmp(name, "x") == 0       ? r->x
           : strcmp(name, "short") == 0 ? r->ratio
           : strcmp(name, "m") == 0     ? r->yuan
           : strcmp(name, "on") == 0    ? r->day
                                        : (double)NAN;
}

static int simple_holds(const Doc *p, const Row *r)
{
    const char *word, *test = dmn_attribute(p, "operator");
    const char *value = dmn_attribute(p, "value");
    double x = field(&word, r, dmn_attribute(p, "field"));
    if (strcmp(test, "isMissing") == 0)
        return word == NULL && isnan(x);
    if (strcmp(test, "isNotMissing") == 0)
        return word != NULL || !isnan(x);
    assert_true(word == NULL || strstr("equal notEqual", test) != NULL);
    if (word != NULL)
        return (strcmp(test, "equal") == 0) == (strcmp(word, value) == 0);
    if (isnan(x))
        return 0;
    double v = strtod(value, NULL);
    return strcmp(test, "equal") == 0            ? x == v
           : strcmp(test, "lessThan") == 0       ? x < v
           : strcmp(test, "lessOrEqual") == 0    ? x <= v
           : strcmp(test, "greaterThan") == 0    ? x > v
           : strcmp(test, "greaterOrEqual") == 0 ? x >= v
                                                 : 0;
}

static int predicate_holds(const Doc *p, const Row *r)
{
    if (strcmp(p->name, "SimplePredicate") == 0)
        return simple_holds(p, r);
    assert_string_equal(p->name, "CompoundPredicate");
    int is_or = strcmp(dmn_attribute(p, "booleanOperator"), "or") == 0;
    for (const Doc *it = p->first; it != NULL; it = it->next)
        if (it->name[0] != '@' && it->name[0] != '#' &&
            predicate_holds(it, r) == is_or)
            return is_or;
    return !is_or;
}

/* The points of a characteristic; NaN: none of its attributes holds. */
static double characteristic(const Doc *c, const Row *r)
{
    for (const Doc *a = c->first; a != NULL; a = a->next) {
        if (strcmp(a->name, "Attribute") != 0)
            continue;
        for (const Doc *p = a->first; p != NULL; p = p->next)
            if (p->name[0] != '@' && p->name[0] != '#' && predicate_holds(p, r))
                return strtod(dmn_attribute(a, "partialScore"), NULL);
    }
    return (double)NAN;
}

static double function_of(const char *name, double a, double b)
{
    return strcmp(name, "+") == 0     ? a + b
           : strcmp(name, "-") == 0   ? a - b
           : strcmp(name, "*") == 0   ? a * b
           : strcmp(name, "/") == 0   ? a / b
           : strcmp(name, "pow") == 0 ? pow(a, b)
           : strcmp(name, "exp") == 0 ? exp(a)
                                      : (double)NAN;
}

static double expression(const Doc *e, const double of[2])
{
    double args[2] = {0, 0};
    size_t n = 0;
    if (strcmp(e->name, "Constant") == 0)
        return strtod(dmn_text(e, NULL)->text, NULL);
    if (strcmp(e->name, "FieldRef") == 0)
        return of[strcmp(dmn_attribute(e, "field"), "score") == 0];
    for (const Doc *it = e->first; it != NULL; it = it->next)
        if (it->name[0] != '@' && it->name[0] != '#' && n < 2)
            args[n++] = expression(it, of);
    return function_of(dmn_attribute(e, "function"), args[0], args[1]);
}

/* of[0] the sum of parts, of[1] the score; the last one is the PD. */
static double outputs(double of[2], const Doc *output)
{
    double pd = (double)NAN;
    for (const Doc *f = output->first; f != NULL; f = f->next) {
        if (strcmp(f->name, "OutputField") != 0 ||
            strcmp(dmn_attribute(f, "feature"), "transformedValue") != 0)
            continue;
        const Doc *e = doc_get(f, "Apply");
        if (strcmp(dmn_attribute(f, "name"), "score") == 0)
            of[1] = expression(e, of);
        else
            pd = expression(e, of);
    }
    return pd;
}

/* By the points below the baseline, the first of equal ones first. */
static void check_reasons(const Doc *list, const Row *r)
{
    double last = INFINITY;
    for (int k = 0; k < POLICY_REASONS && r->reasons[k] != NULL; k++) {
        double lost = -1;
        for (const Doc *c = list->first; c != NULL; c = c->next)
            if (strcmp(c->name, "Characteristic") == 0 &&
                strcmp(dmn_attribute(c, "reasonCode"), r->reasons[k]) == 0)
                lost = strtod(dmn_attribute(c, "baselineScore"), NULL) -
                       characteristic(c, r);
        assert_true(lost > 0 && lost <= last);
        last = lost;
    }
}

static void the_pmml_gives_the_scores_and_reasons(void **state)
{
    Case *c = *state;
    static char text[1 << 16];
    Source source;
    const Doc *root;
    FILE *to = file_of(c, "card.pmml", "w+");
    export_pmml(to, &c->card, "kedan");
    rewind(to);
    size_t n = fread(text, 1, sizeof text, to);
    fclose(to);
    assert_int_equal(source_of(&source, "card.pmml", text, n, NULL), OK);
    assert_int_equal(
        dmn_read(&root, c->ruled.arena, source, "PMML", c->ruled.faults, NULL),
        OK);
    const Doc *card = doc_get(root, "Scorecard");
    const Doc *list = doc_get(card, "Characteristics");
    for (size_t i = 0; i < ROWS; i++) {
        const Row *r = &c->rows[i];
        double of[2] = {strtod(dmn_attribute(card, "initialScore"), NULL),
                        (double)NAN};
        for (const Doc *it = list->first; it != NULL; it = it->next)
            if (strcmp(it->name, "Characteristic") == 0)
                of[0] += characteristic(it, r);
        double pd = outputs(of, doc_get(card, "Output"));
        agree(r, of[1], pd);
        if (!isnan(of[1]))
            check_reasons(list, r);
    }
}

static const char *text_at(const Table *t, const char *column, size_t row)
{
    return table_find(t, column)->s[row];
}

static int csv_holds(const Table *t, size_t i, const Row *r)
{
    const char *word, *band = text_at(t, "band", i);
    double x = field(&word, r, text_at(t, "input", i));
    double from = table_find(t, "from")->d[i], to = table_find(t, "to")->d[i];
    const char *open = text_at(t, "from_open", i);
    const char *to_open = text_at(t, "to_open", i);
    if (strcmp(band, "missing") == 0)
        return word == NULL && isnan(x);
    if (strcmp(band, "range") == 0)
        return !isnan(x) &&
               (isnan(from) || x > from ||
                (x == from && strcmp(open, "false") == 0)) &&
               (isnan(to) || x < to ||
                (x == to && strcmp(to_open, "false") == 0));
    if (strcmp(band, "word") == 0)
        return word != NULL && strcmp(word, text_at(t, "word", i)) == 0;
    if (strcmp(band, "other") == 0) /* all the card's words earn points */
        return word != NULL;
    return word != NULL && strcmp(word, band) == 0;
}

/* The ids of the greatest losses by insertion, as " S1 S3 - -\n". */
typedef struct {
    const char *id;
    double lost;
} Loss;

static void put_loss(Loss top[POLICY_REASONS], Loss l)
{
    for (int k = 0; k < POLICY_REASONS && l.lost > 0; k++)
        if (l.lost > top[k].lost) {
            Loss was = top[k];
            top[k] = l;
            l = was;
        }
}

/* Of the attribute whose rows begin at *k: what the row earns; its loss. */
static double csv_points(Loss *loss, size_t *k, const Table *t, const Row *r)
{
    const double *points = table_find(t, "points")->d;
    double earned = (double)NAN, most = -INFINITY;
    const char *id = text_at(t, "attribute", *k);
    for (; *k + 1 < t->rows && text_at(t, "attribute", *k) == id; ++*k) {
        if (isnan(earned) && csv_holds(t, *k, r))
            earned = points[*k];
        most = points[*k] > most ? points[*k] : most;
    }
    *loss = (Loss){id, isnan(earned) ? 0 : most - earned};
    return earned;
}

static void the_csv_gives_the_scores_and_reasons(void **state)
{
    Case *c = *state;
    static char text[1 << 16];
    Tables *tables = tables_new(c->ruled.arena);
    Source source;
    Table *t;
    FILE *to = file_of(c, "card.csv", "w+");
    assert_int_equal(export_table(&t, tables, &c->card, 0, NULL), OK);
    assert_int_equal(csv_write(to, t, 0, NULL), OK);
    rewind(to);
    size_t n = fread(text, 1, sizeof text, to);
    fclose(to);
    assert_int_equal(source_of(&source, "card.csv", text, n, NULL), OK);
    tables = tables_new(c->ruled.arena);
    assert_int_equal(sheet_read(&t, tables, source, (SheetOptions){0},
                                c->ruled.faults, NULL),
                     OK);
    const double *points = table_find(t, "points")->d;
    for (size_t i = 0; i < ROWS; i++) {
        double score = points[0];
        char line[200];
        size_t n_line = 0;
        Loss loss,
            top[POLICY_REASONS] = {{"-", 0}, {"-", 0}, {"-", 0}, {"-", 0}};
        for (size_t k = 1; k + 1 < t->rows;) {
            score += csv_points(&loss, &k, t, &c->rows[i]);
            put_loss(top, loss);
        }
        for (int k = 0; k < POLICY_REASONS; k++)
            n_line +=
                (size_t)snprintf(line + n_line, sizeof line - n_line, " %s%s",
                                 top[k].id, k + 1 < POLICY_REASONS ? "" : "\n");
        agree_on_reasons(&c->rows[i], line);
        agree(&c->rows[i], score, c->rows[i].pd);
    }
    assert_string_equal(text_at(t, "part", t->rows - 1), "formula");
    assert_string_equal(text_at(t, "attribute", t->rows - 1), "pd");
}

static void refused(const char *from, const char *to, const char *why)
{
    static char text[sizeof card_text + 200];
    Ruled r;
    CardView card;
    const char *at = strstr(card_text, from);
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - card_text), card_text,
             to, at + strlen(from));
    if (ruled_text(&r, "card", text) != OK)
        fail_msg("%s", r.said);
    assert_int_not_equal(cardview_new(&card, r.arena, r.policy,
                                      (CardWish){NULL, NULL, 0}, &r.err),
                         OK);
    if (strstr(r.err.text, why) == NULL)
        fail_msg("'%s' has no '%s'", r.err.text, why);
    ruled_free(&r);
}

static void what_no_double_keeps_is_refused(void **state)
{
    (void)state;
    refused("on = \"x\"", "on = \"x * 2\"", "the expression 'x * 2'");
    refused("points = \"-7\"", "points = \"exp(1)\"", "a millionth");
    refused("from = \"100万\"", "from = \"10000000000000.01\"",
            "no doubles of their own");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rows_try_the_card),
        cmocka_unit_test(the_c_gives_the_scores_and_reasons),
        cmocka_unit_test(the_sql_gives_the_scores_and_reasons),
        cmocka_unit_test(the_pmml_gives_the_scores_and_reasons),
        cmocka_unit_test(the_csv_gives_the_scores_and_reasons),
        cmocka_unit_test(what_no_double_keeps_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
