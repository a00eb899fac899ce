#include "credit/export.h"
#include "credit/exporttext.h"

#include "core/date.h"

#include <inttypes.h>

static void put_column(FILE *to, const CardInput *input)
{
    fputs("t.", to);
    export_quoted(to, input->name, '"');
}

static void put_break(FILE *to, const CardInput *input, double x)
{
    char text[EXPORT_NUMBER], day[DATE_TEXT];
    if (input->kind == CARD_DATE)
        fprintf(to, "'%s'", date_format(day, (Date){(int32_t)x}));
    else
        fputs(export_real(text, x), to);
}

static void put_is_there(FILE *to, const CardInput *input)
{
    put_column(to, input);
    fputs(" IS NOT NULL", to);
}

static const RangeStyle range_style = {put_column, put_break, put_is_there,
                                       " = ", " AND "};

static void put_words(FILE *to, const CardBand *b, int *n)
{
    for (size_t i = 0; b->kind == BAND_WORDS && i < b->n_words; i++) {
        fputs((*n)++ > 0 ? ", " : "(", to);
        export_quoted(to, b->words[i], '\'');
    }
}

/* A word that is none of those named. */
static void put_other(FILE *to, const CardWay *way)
{
    int n = 0;
    put_column(to, way->input);
    fputs(way->n > 2 ? " NOT IN " : " IS NOT NULL", to);
    for (size_t i = 0; i < way->n; i++)
        put_words(to, &way->bands[i], &n);
    fputs(n > 0 ? ")" : "", to);
}

static void put_condition(FILE *to, const CardPick *pick)
{
    const CardBand *b = pick->band;
    int n = 0;
    switch (b->kind) {
    case BAND_RANGE:
        export_range(to, pick->way->input, b, &range_style);
        return;
    case BAND_OTHER:
        put_other(to, pick->way);
        return;
    case BAND_TRUTH:
        fputs(b->low == 0 ? "NOT " : "", to);
        put_column(to, pick->way->input);
        return;
    case BAND_WORDS:
        put_column(to, pick->way->input);
        fputs(" IN ", to);
        put_words(to, b, &n);
        putc(')', to);
        return;
    default:
        put_column(to, pick->way->input);
        fputs(" IS NULL", to);
    }
}

/* What the attribute's own columns are called: "points_S1", "rank_S1". */
static void put_own(FILE *to, const char *of, const char *what,
                    const CardRow *row)
{
    char name[256];
    snprintf(name, sizeof name, "%s_%.200s", what, row->id);
    fputs(of, to);
    export_quoted(to, name, '"');
}

static void put_row(FILE *to, const CardRow *row)
{
    fputs(",\n    CASE", to);
    for (size_t i = 0; i < row->n_picks; i++) {
        fputs("\n        WHEN ", to);
        put_condition(to, &row->picks[i]);
        fprintf(to, " THEN %" PRId64, row->picks[i].band->points);
    }
    fputs(row->n_picks == 0 ? "\n        WHEN 1 = 0 THEN 0" : "", to);
    fputs("\n      END AS ", to);
    put_own(to, "", "points", row);
}

static void put_head(FILE *to, const CardView *card, const char *by)
{
    fputs("/* ", to);
    export_head(to, card, by);
    fputs(".\n   Columns:", to);
    for (size_t i = 0; i < card->n_inputs; i++) {
        const CardInput *input = &card->inputs[i];
        const char *unit =
            input->kind == CARD_DATE ? "date" : export_unit(input);
        fputs(i > 0 ? ", " : " ", to);
        export_note(to, input->name);
        if (*unit != '\0')
            fprintf(to, " (%s)", unit);
        if (input->fact != NULL) {
            fputs(" = ", to);
            export_note(to, input->fact);
        }
    }
    fputs(".\n   Gives them, points_ID of each row", to);
    if (card->parts > 1)
        fprintf(to, " (in 1/%" PRId64 ")", card->parts);
    fputs(
        ", rank_ID (1: it lost the most points; NULL: none),\n   row_count and "
        "rank_count (they only keep points from being reckoned "
        "again for each use),\n   ",
        to);
    export_note(to, card->name);
    for (size_t i = 0; i < card->n_formulas; i++) {
        fputs(", ", to);
        export_note(to, card->formulas[i].name);
    }
    fprintf(to, ", reason_1 to reason_%d. */\n", POLICY_REASONS);
}

/* Planners put a subquery's expressions in the place of its columns, and would
 * reckon all points once for each of n^2 comparisons; not beyond a window. */
#define FENCE ",\n    COUNT(*) OVER () AS "

static void put_points(FILE *to, const CardView *card, const char *table)
{
    fputs("SELECT t.*", to);
    for (size_t i = 0; i < card->n; i++)
        put_row(to, &card->rows[i]);
    fprintf(to, FENCE "\"row_count\"\nFROM %s AS t", table);
}

static void put_score(FILE *to, const CardView *card)
{
    fprintf(to, ",\n    %s%" PRId64, card->parts > 1 ? "(" : "", card->base);
    for (size_t i = 0; i < card->n; i++)
        put_own(to, " + p.", "points", &card->rows[i]);
    if (card->parts > 1)
        fprintf(to, ") / %" PRId64 ".0", card->parts);
    fputs(" AS ", to);
    export_quoted(to, card->name, '"');
}

/* 1 and one more for each attribute that lost more, or as much and stands
 * before; losses below a row's most are of one sign. */
static void put_rank(FILE *to, const CardView *card, size_t k)
{
    const CardRow *row = &card->rows[k];
    fputs(",\n    CASE WHEN ", to);
    put_own(to, "p.", "points", row);
    fprintf(to, " < %" PRId64 " THEN 1", row->most);
    for (size_t i = 0; i < card->n; i++) {
        if (i == k)
            continue;
        fputs("\n        + CASE WHEN ", to);
        put_own(to, "p.", "points", &card->rows[i]);
        fputs(i < k ? " <= " : " < ", to);
        put_own(to, "p.", "points", row);
        int64_t apart = card->rows[i].most - row->most;
        fprintf(to, " %c %" PRId64 " THEN 1 ELSE 0 END", apart < 0 ? '-' : '+',
                apart < 0 ? -apart : apart);
    }
    fputs(" END AS ", to);
    put_own(to, "", "rank", row);
}

static void put_reasons(FILE *to, const CardView *card)
{
    for (int r = 1; r <= POLICY_REASONS; r++) {
        fputs(",\n    CASE", to);
        for (size_t i = 0; i < card->n; i++) {
            fputs(" WHEN ", to);
            put_own(to, "k.", "rank", &card->rows[i]);
            fprintf(to, " = %d THEN ", r);
            export_quoted(to, card->rows[i].id, '\'');
        }
        fprintf(to, "%s END AS \"reason_%d\"",
                card->n == 0 ? " WHEN 1 = 0 THEN ''" : "", r);
    }
}

static void put_formulas(FILE *to, const CardView *card)
{
    const FormulaStyle style = {"k.\"", card->name, "\"", "POWER", "EXP", "LN"};
    for (size_t i = 0; i < card->n_formulas; i++) {
        fputs(",\n    ", to);
        export_formula(to, card->formulas[i].node, &style);
        fputs(" AS ", to);
        export_quoted(to, card->formulas[i].name, '"');
    }
}

void export_sql(FILE *to, const CardView *card, const char *table,
                const char *by)
{
    put_head(to, card, by);
    fputs("SELECT k.*", to);
    put_formulas(to, card);
    put_reasons(to, card);
    fputs("\nFROM (\nSELECT p.*", to);
    put_score(to, card);
    for (size_t k = 0; k < card->n; k++)
        put_rank(to, card, k);
    fputs(FENCE "\"rank_count\"\nFROM (\n", to);
    put_points(to, card, table);
    fputs("\n) AS p\n) AS k;\n", to);
}
