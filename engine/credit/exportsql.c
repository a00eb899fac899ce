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

static void put_end(FILE *to, const CardInput *input, const char *sign,
                    double x)
{
    put_column(to, input);
    fprintf(to, " %s ", sign);
    put_break(to, input, x);
}

static void put_range(FILE *to, const CardInput *input, const CardBand *b)
{
    if (b->has_low && b->has_high && b->low == b->high) {
        put_end(to, input, "=", b->low);
        return;
    }
    if (!b->has_low && !b->has_high) {
        put_column(to, input);
        fputs(" IS NOT NULL", to);
    }
    if (b->has_low)
        put_end(to, input, b->low_open ? ">" : ">=", b->low);
    fputs(b->has_low && b->has_high ? " AND " : "", to);
    if (b->has_high)
        put_end(to, input, b->high_open ? "<" : "<=", b->high);
}

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
        put_range(to, pick->way->input, b);
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

static void put_row(FILE *to, const CardRow *row)
{
    fputs("    + CASE /* ", to);
    export_note(to, row->id);
    fputs(" */", to);
    for (size_t i = 0; i < row->n_picks; i++) {
        fputs("\n        WHEN ", to);
        put_condition(to, &row->picks[i]);
        fprintf(to, " THEN %" PRId64, row->picks[i].band->points);
    }
    fputs(row->n_picks == 0 ? "\n        WHEN 1 = 0 THEN 0" : "", to);
    fputs("\n      END\n", to);
}

static void put_head(FILE *to, const CardView *card, const char *by)
{
    fputs("/* Scorecard ", to);
    export_note(to, card->name);
    fputs(" of the policy ", to);
    export_note(to, card->policy);
    fputs(", version ", to);
    export_note(to, card->version);
    fprintf(to, ", written by %s.\n   Columns:", by);
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
    fputs(". */\n", to);
}

static void put_score(FILE *to, const CardView *card, const char *table)
{
    fprintf(to, "SELECT t.*,\n    %s%" PRId64 "\n", card->parts > 1 ? "(" : "",
            card->base);
    for (size_t i = 0; i < card->n; i++)
        put_row(to, &card->rows[i]);
    if (card->parts > 1)
        fprintf(to, "    ) / %" PRId64 ".0\n", card->parts);
    fputs("    AS ", to);
    export_quoted(to, card->name, '"');
    fprintf(to, "\nFROM %s AS t", table);
}

static void put_formulas(FILE *to, const CardView *card)
{
    const FormulaStyle style = {"k.\"", card->name, "\"", "POWER", "EXP", "LN"};
    fputs("SELECT k.*", to);
    for (size_t i = 0; i < card->n_formulas; i++) {
        fputs(",\n    ", to);
        export_formula(to, card->formulas[i].node, &style);
        fputs(" AS ", to);
        export_quoted(to, card->formulas[i].name, '"');
    }
    fputs("\nFROM (\n", to);
}

void export_sql(FILE *to, const CardView *card, const char *table,
                const char *by)
{
    put_head(to, card, by);
    if (card->n_formulas > 0)
        put_formulas(to, card);
    put_score(to, card, table);
    fputs(card->n_formulas > 0 ? "\n) AS k;\n" : ";\n", to);
}
