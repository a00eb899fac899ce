#include "credit/export.h"
#include "credit/exporttext.h"

#include <inttypes.h>
#include <string.h>

/* Words of C99 that a rule file may use as a name. */
static const char *const words[] = {
    "auto",     "break",    "case",     "char",   "const",    "continue",
    "default",  "do",       "double",   "else",   "enum",     "extern",
    "float",    "for",      "goto",     "if",     "inline",   "int",
    "long",     "register", "restrict", "return", "short",    "signed",
    "sizeof",   "static",   "struct",   "switch", "typedef",  "union",
    "unsigned", "void",     "volatile", "while",  "_Bool",    "_Complex",
    "isnan",    "NAN",      "NULL",     "strcmp", "INT64_MIN"};

/* A name as C has it. */
static void put_field(FILE *to, const char *name)
{
    fputs(name, to);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(name, words[i]) == 0)
            putc('_', to);
}

/* What all names of the file begin with: the policy's id. */
static void put_prefix(FILE *to, const CardView *card)
{
    const char *id = card->policy;
    if (*id >= '0' && *id <= '9')
        fputs("card_", to);
    for (; *id != '\0'; id++) {
        int is_letter = (*id >= 'a' && *id <= 'z') ||
                        (*id >= 'A' && *id <= 'Z') ||
                        (*id >= '0' && *id <= '9') || (unsigned char)*id > 127;
        putc(is_letter ? *id : '_', to);
    }
    putc('_', to);
}

static void put_argument(FILE *to, const CardView *card)
{
    fputs("(const struct ", to);
    put_prefix(to, card);
    fputs("input *in)", to);
}

static void put_struct(FILE *to, const CardView *card)
{
    static const char *const types[] = {[CARD_NUMBER] = "double ",
                                        [CARD_DATE] = "double ",
                                        [CARD_TRUTH] = "int ",
                                        [CARD_WORD] = "const char *"};
    static const char *const missing[] = {[CARD_NUMBER] = "NAN: missing",
                                          [CARD_DATE] = "NAN: missing",
                                          [CARD_TRUTH] =
                                              "0 false, 1 true, -1 missing",
                                          [CARD_WORD] = "UTF-8; NULL: missing"};
    fputs("struct ", to);
    put_prefix(to, card);
    fputs("input {\n", to);
    for (size_t i = 0; i < card->n_inputs; i++) {
        const CardInput *in = &card->inputs[i];
        const char *unit = export_unit(in);
        fprintf(to, "    %s", types[in->kind]);
        put_field(to, in->name);
        fprintf(to, "; /* %s%s%s", unit, *unit ? "; " : "", missing[in->kind]);
        if (in->fact != NULL) {
            fputs("; ", to);
            export_note(to, in->fact);
        }
        fputs(" */\n", to);
    }
    fputs("};\n\n", to);
}

static void put_input(FILE *to, const CardInput *input)
{
    fputs("in->", to);
    put_field(to, input->name);
}

static void put_value(FILE *to, const CardInput *input, double x)
{
    char text[EXPORT_NUMBER];
    (void)input;
    fputs(export_real(text, x), to);
}

static void put_is_number(FILE *to, const CardInput *input)
{
    fputs("!isnan(", to);
    put_input(to, input);
    fputs(")", to);
}

static const RangeStyle range_style = {put_input, put_value, put_is_number,
                                       " == ", " && "};

static void put_text(FILE *to, const char *text)
{
    putc('"', to);
    for (const char *p = text; *p != '\0'; p++) {
        if ((unsigned char)*p < ' ')
            fprintf(to, "\\%03o", (unsigned)*p);
        else
            fprintf(to, strchr("\"\\?", *p) != NULL ? "\\%c" : "%c", *p);
    }
    putc('"', to);
}

/* Is it one of the words, or none of them? */
static void put_words(FILE *to, const CardInput *input, const CardBand *b,
                      const char *sign, const char *between)
{
    for (size_t i = 0; i < b->n_words; i++) {
        fprintf(to, "%sstrcmp(", i > 0 ? between : "");
        put_input(to, input);
        fputs(", ", to);
        put_text(to, b->words[i]);
        fprintf(to, ") %s 0", sign);
    }
}

static void put_other(FILE *to, const CardWay *way)
{
    for (size_t i = 0; i < way->n; i++)
        if (way->bands[i].kind == BAND_WORDS) {
            fputs(" &&\n        ", to);
            put_words(to, way->input, &way->bands[i], "!=", " &&\n        ");
        }
}

static void put_is_missing(FILE *to, const CardInput *input)
{
    fputs(input->kind == CARD_WORD || input->kind == CARD_TRUTH ? "" : "isnan(",
          to);
    put_input(to, input);
    fputs(input->kind == CARD_WORD    ? " == NULL"
          : input->kind == CARD_TRUTH ? " < 0"
                                      : ")",
          to);
}

static void put_condition(FILE *to, const CardPick *pick)
{
    const CardBand *b = pick->band;
    const CardInput *input = pick->way->input;
    if (b->kind == BAND_RANGE) {
        export_range(to, input, b, &range_style);
        return;
    }
    if (b->kind == BAND_MISSING) {
        put_is_missing(to, input);
        return;
    }
    put_input(to, input);
    if (b->kind == BAND_TRUTH) {
        fputs(b->low == 0 ? " == 0" : " > 0", to);
        return;
    }
    fputs(" != NULL", to);
    if (b->kind == BAND_OTHER) {
        put_other(to, pick->way);
        return;
    }
    fputs(" &&\n        (", to);
    put_words(to, input, b, "==", " ||\n         ");
    putc(')', to);
}

static void put_row(FILE *to, const CardView *card, size_t k)
{
    const CardRow *row = &card->rows[k];
    fputs("/* ", to);
    export_note(to, row->id);
    fputs(" */\nstatic int64_t ", to);
    put_prefix(to, card);
    fprintf(to, "points_%zu", k + 1);
    put_argument(to, card);
    fputs("\n{\n", to);
    for (size_t i = 0; i < row->n_picks; i++) {
        fputs("    if (", to);
        put_condition(to, &row->picks[i]);
        fprintf(to, ")\n        return %" PRId64 ";\n",
                row->picks[i].band->points);
    }
    fprintf(to,
            "%s    return INT64_MIN; /* no points: the score is null */\n"
            "}\n\n",
            row->n_picks == 0 ? "    (void)in;\n" : "");
}

static void put_score(FILE *to, const CardView *card)
{
    fputs("/* The score; NAN: null. */\ndouble ", to);
    put_prefix(to, card);
    fputs(card->name, to);
    put_argument(to, card);
    fputs("\n{\n    int64_t (*const rows[])", to);
    put_argument(to, card);
    fputs(" = {", to);
    for (size_t i = 0; i < card->n; i++) {
        fputs(i > 0 ? ",\n        " : "\n        ", to);
        put_prefix(to, card);
        fprintf(to, "points_%zu", i + 1);
    }
    fprintf(to,
            "};\n    int64_t sum = %" PRId64
            ";\n"
            "    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {\n"
            "        int64_t points = rows[i](in);\n"
            "        if (points == INT64_MIN)\n"
            "            return NAN;\n"
            "        sum += points;\n"
            "    }\n"
            "    return (double)sum / %" PRId64 ";\n}\n",
            card->base, card->parts);
}

/* What each row may lose, and the greatest losses by insertion. */
static void put_reasons(FILE *to, const CardView *card)
{
    fputs(
        "\n/* Ids of the rows that lost the most points, the greatest loss "
        "first, equal\n * ones in the order of the card; at most `most`; how "
        "many. */\nsize_t ",
        to);
    put_prefix(to, card);
    fprintf(to,
            "%s_reasons(const char *reason[], size_t most,\n    const struct ",
            card->name);
    put_prefix(to, card);
    fputs("input *in)\n{\n    static const struct {\n        int64_t (*points)",
          to);
    put_argument(to, card);
    fputs(";\n        int64_t best;\n        const char *id;\n    } rows[] = {",
          to);
    for (size_t i = 0; i < card->n; i++) {
        fputs(i > 0 ? ",\n        {" : "\n        {", to);
        put_prefix(to, card);
        fprintf(to, "points_%zu, %" PRId64 ", ", i + 1, card->rows[i].most);
        put_text(to, card->rows[i].id);
        fputs("}", to);
    }
    fputs(
        "};\n    int64_t lost[sizeof rows / sizeof *rows];\n"
        "    size_t n = 0;\n"
        "    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {\n"
        "        int64_t points = rows[i].points(in);\n"
        "        int64_t loss = points == INT64_MIN ? 0 : rows[i].best - "
        "points;\n"
        "        size_t at = n;\n"
        "        while (at > 0 && lost[at - 1] < loss)\n"
        "            at--;\n"
        "        if (loss <= 0 || at == most)\n"
        "            continue;\n"
        "        n += n < most;\n"
        "        for (size_t k = n - 1; k > at; k--) {\n"
        "            lost[k] = lost[k - 1];\n"
        "            reason[k] = reason[k - 1];\n"
        "        }\n"
        "        lost[at] = loss;\n"
        "        reason[at] = rows[i].id;\n"
        "    }\n"
        "    return n;\n}\n",
        to);
}

static void put_formula(FILE *to, const CardView *card, const CardFormula *f)
{
    static const FormulaStyle style = {"", "score", "", "pow", "exp", "log"};
    fputs("\n/* ", to);
    export_note(to, f->text);
    fputs(" */\ndouble ", to);
    put_prefix(to, card);
    fputs(f->name, to);
    put_argument(to, card);
    fputs("\n{\n    double score = ", to);
    put_prefix(to, card);
    fprintf(to, "%s(in);\n    return ", card->name);
    export_formula(to, f->node, &style);
    fputs(";\n}\n", to);
}

void export_c(FILE *to, const CardView *card, const char *by)
{
    fputs("/* ", to);
    export_head(to, card, by);
    fputs(
        ".\n * C99; link with -lm. */\n"
        "#include <math.h>\n#include <stddef.h>\n#include <stdint.h>\n"
        "#include <string.h>\n\n",
        to);
    put_struct(to, card);
    for (size_t i = 0; i < card->n; i++)
        put_row(to, card, i);
    put_score(to, card);
    put_reasons(to, card);
    for (size_t i = 0; i < card->n_formulas; i++)
        put_formula(to, card, &card->formulas[i]);
}
