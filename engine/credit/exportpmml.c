#include "credit/export.h"
#include "credit/exporttext.h"

#include <inttypes.h>

static void put_text(FILE *to, const char *text)
{
    for (const char *p = text; p != NULL && *p != '\0'; p++) {
        if (*p == '&')
            fputs("&amp;", to);
        else if (*p == '<')
            fputs("&lt;", to);
        else if (*p == '>')
            fputs("&gt;", to);
        else if (*p == '"')
            fputs("&quot;", to);
        else if ((unsigned char)*p < ' ')
            fprintf(to, "&#%d;", *p);
        else
            putc(*p, to);
    }
}

static void put_value(FILE *to, const char *name, const char *value)
{
    fprintf(to, " %s=\"", name);
    put_text(to, value);
    putc('"', to);
}

static void put_fields(FILE *to, const CardView *card)
{
    static const char *const types[] = {
        [CARD_NUMBER] = "optype=\"continuous\" dataType=\"double\"",
        [CARD_DATE] = "optype=\"continuous\" dataType=\"dateDaysSince[1970]\"",
        [CARD_TRUTH] = "optype=\"categorical\" dataType=\"boolean\"",
        [CARD_WORD] = "optype=\"categorical\" dataType=\"string\""};
    fprintf(to, "  <DataDictionary numberOfFields=\"%zu\">\n", card->n_inputs);
    for (size_t i = 0; i < card->n_inputs; i++) {
        const CardInput *in = &card->inputs[i];
        const char *unit = in->kind == CARD_DATE ? "" : export_unit(in);
        fputs("    <DataField", to);
        put_value(to, "name", in->name);
        if (in->fact != NULL)
            put_value(to, "displayName", in->fact);
        else if (*unit != '\0')
            put_value(to, "displayName", unit);
        fprintf(to, " %s/>\n", types[in->kind]);
    }
    fputs("  </DataDictionary>\n", to);
}

static void put_schema(FILE *to, const CardView *card)
{
    fputs("    <MiningSchema>\n", to);
    for (size_t i = 0; i < card->n_inputs; i++) {
        fputs("      <MiningField", to);
        put_value(to, "name", card->inputs[i].name);
        fputs(" invalidValueTreatment=\"asIs\"/>\n", to);
    }
    fputs("    </MiningSchema>\n", to);
}

static void put_node(FILE *to, const Node *node, const char *score)
{
    char text[EXPORT_NUMBER];
    const char *name = node->kind == NODE_ADD        ? "+"
                       : node->kind == NODE_MULTIPLY ? "*"
                       : node->kind == NODE_DIVIDE   ? "/"
                       : node->kind == NODE_POWER    ? "pow"
                       : node->kind != NODE_CALL     ? "-"
                       : cardview_is_exp(node)       ? "exp"
                                                     : "ln";
    if (node->kind == NODE_NUMBER) {
        fprintf(to, "<Constant dataType=\"double\">%s</Constant>",
                export_real(text, number_double(node->value)));
        return;
    }
    if (node->kind == NODE_NAME) {
        fputs("<FieldRef", to);
        put_value(to, "field", score);
        fputs("/>", to);
        return;
    }
    fprintf(to, "<Apply function=\"%s\">", name);
    if (node->kind == NODE_NEGATE) /* no function of one argument does that */
        fputs("<Constant dataType=\"double\">0</Constant>", to);
    for (uint32_t i = 0; i < node->count; i++)
        put_node(to, node->args[i], score);
    fputs("</Apply>", to);
}

static void put_real(FILE *to, const char *name, const char *feature)
{
    fputs("      <OutputField", to);
    put_value(to, "name", name);
    fprintf(to, " optype=\"continuous\" dataType=\"double\" feature=\"%s\"",
            feature);
}

/* Points are added as whole parts, so that the sum is exact. */
static void put_score(FILE *to, const CardView *card)
{
    if (card->parts == 1) {
        put_real(to, card->name, "predictedValue");
        fputs("/>\n", to);
        return;
    }
    put_real(to, "sum_of_parts", "predictedValue");
    fputs("/>\n", to);
    put_real(to, card->name, "transformedValue");
    fprintf(to,
            "><Apply function=\"/\"><FieldRef field=\"sum_of_parts\"/>"
            "<Constant dataType=\"double\">%" PRId64
            "</Constant></Apply></OutputField>\n",
            card->parts);
}

static void put_output(FILE *to, const CardView *card)
{
    fputs("    <Output>\n", to);
    put_score(to, card);
    for (size_t i = 0; i < card->n_formulas; i++) {
        put_real(to, card->formulas[i].name, "transformedValue");
        putc('>', to);
        put_node(to, card->formulas[i].node, card->name);
        fputs("</OutputField>\n", to);
    }
    for (int i = 1; i <= POLICY_REASONS; i++)
        fprintf(to,
                "      <OutputField name=\"reason_%d\" optype=\"categorical\" "
                "dataType=\"string\" feature=\"reasonCode\" rank=\"%d\"/>\n",
                i, i);
    fputs("    </Output>\n", to);
}

static void put_simple(FILE *to, const CardInput *input, const char *test,
                       const char *value)
{
    fputs("<SimplePredicate", to);
    put_value(to, "field", input->name);
    put_value(to, "operator", test);
    if (value != NULL)
        put_value(to, "value", value);
    fputs("/>", to);
}

static void put_range(FILE *to, const CardInput *input, const CardBand *b)
{
    char text[EXPORT_NUMBER];
    int both = b->has_low && b->has_high;
    if (both && b->low == b->high) {
        put_simple(to, input, "equal", export_real(text, b->low));
        return;
    }
    if (!b->has_low && !b->has_high)
        put_simple(to, input, "isNotMissing", NULL);
    fputs(both ? "<CompoundPredicate booleanOperator=\"and\">" : "", to);
    if (b->has_low)
        put_simple(to, input, b->low_open ? "greaterThan" : "greaterOrEqual",
                   export_real(text, b->low));
    if (b->has_high)
        put_simple(to, input, b->high_open ? "lessThan" : "lessOrEqual",
                   export_real(text, b->high));
    fputs(both ? "</CompoundPredicate>" : "", to);
}

static size_t count_words(const CardWay *way)
{
    size_t n = 0;
    for (size_t i = 0; i < way->n; i++)
        n += way->bands[i].n_words;
    return n;
}

/* One by one: in an Array a word that ends with a backslash could not be told
 * from one that goes on with a quote. */
static void put_words(FILE *to, const CardPick *pick)
{
    const CardWay *way = pick->way;
    int is_other = pick->band->kind == BAND_OTHER;
    size_t n = is_other ? count_words(way) : pick->band->n_words;
    if (n == 0)
        put_simple(to, way->input, "isNotMissing", NULL);
    if (n > 1)
        fprintf(to, "<CompoundPredicate booleanOperator=\"%s\">",
                is_other ? "and" : "or");
    for (size_t i = 0; i < way->n; i++)
        for (size_t k = 0; k < way->bands[i].n_words; k++)
            if (is_other || &way->bands[i] == pick->band)
                put_simple(to, way->input, is_other ? "notEqual" : "equal",
                           way->bands[i].words[k]);
    fputs(n > 1 ? "</CompoundPredicate>" : "", to);
}

static void put_pick(FILE *to, const CardPick *pick)
{
    fprintf(to, "        <Attribute partialScore=\"%" PRId64 "\">",
            pick->band->points);
    switch (pick->band->kind) {
    case BAND_MISSING:
        put_simple(to, pick->way->input, "isMissing", NULL);
        break;
    case BAND_RANGE:
        put_range(to, pick->way->input, pick->band);
        break;
    case BAND_TRUTH:
        put_simple(to, pick->way->input, "equal",
                   pick->band->low == 0 ? "false" : "true");
        break;
    default:
        put_words(to, pick);
    }
    fputs("</Attribute>\n", to);
}

static void put_row(FILE *to, const CardRow *row)
{
    fputs("      <Characteristic", to);
    put_value(to, "name", row->id);
    put_value(to, "reasonCode", row->id);
    fprintf(to, " baselineScore=\"%" PRId64 "\">\n", row->most);
    for (size_t i = 0; i < row->n_picks; i++)
        put_pick(to, &row->picks[i]);
    fputs("      </Characteristic>\n", to);
}

void export_pmml(FILE *to, const CardView *card, const char *by)
{
    fputs(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<PMML version=\"4.4\" xmlns=\"http://www.dmg.org/PMML-4_4\">\n"
        "  <Header",
        to);
    put_value(to, "description", card->title.en);
    put_value(to, "modelVersion", card->version);
    fputs("><Application", to);
    put_value(to, "name", by);
    fputs("/></Header>\n", to);
    put_fields(to, card);
    fputs("  <Scorecard", to);
    put_value(to, "modelName", card->policy);
    fprintf(to,
            " functionName=\"regression\" initialScore=\"%" PRId64
            "\"\n"
            "      useReasonCodes=\"true\" reasonCodeAlgorithm=\"pointsBelow\""
            " baselineMethod=\"max\">\n",
            card->base);
    put_schema(to, card);
    put_output(to, card);
    fputs("    <Characteristics>\n", to);
    for (size_t i = 0; i < card->n; i++)
        put_row(to, &card->rows[i]);
    fputs("    </Characteristics>\n  </Scorecard>\n</PMML>\n", to);
}
