#include "credit/cardfile.h"

#include "credit/cardtext.h"
#include "stat/normal.h"

#include <math.h>
#include <string.h>

static void put_head(FILE *to, const CardFit *fit, const char *program)
{
    const FitSpec *s = fit->spec;
    char day[DATE_TEXT];
    fprintf(to,
            "# Fitted by %s; the section fit has the data, the spec and the\n"
            "# statistics.  Points may be edited: examples then fail and say "
            "so.\n",
            program);
    fputs("policy = { id = \"", to);
    cardtext_text(to, s->id);
    fputs("\"; kind = \"eligibility\";\n  title = { zh = \"", to);
    cardtext_text(to, s->title.zh != NULL ? s->title.zh : s->id);
    fputs("\"; en = \"", to);
    cardtext_text(to, s->title.en != NULL ? s->title.en : s->id);
    fprintf(to,
            "\"; };\n  issuer = \"%s\"; document = \"section fit\"; source = "
            "\"section fit\"; confidence = \"M\";",
            program);
    if (s->date_used != NULL) {
        fputs(" date_used = \"", to);
        cardtext_text(to, s->date_used);
        fputs("\";", to);
    }
    fprintf(to, " };\n\nversions = ( { id = \"1\"; from = \"%s\"; } );\n",
            date_format(day, s->from));
}

static int is_used(const CardFit *fit, size_t i)
{
    return fit->terms[i].why == NULL;
}

static size_t last_used(const CardFit *fit)
{
    size_t last = 0;
    for (size_t i = 0; i < fit->n; i++)
        last = is_used(fit, i) ? i : last;
    return last;
}

static const char *comma(const CardFit *fit, size_t i)
{
    return i == last_used(fit) ? "" : ",";
}

static void put_inputs(FILE *to, const CardFit *fit)
{
    fputs("\ninputs = (\n", to);
    for (size_t i = 0; i < fit->n; i++) {
        const Classing *c = &fit->terms[i].classing;
        if (!is_used(fit, i))
            continue;
        fputs("  { name = \"", to);
        cardtext_text(to, c->name);
        fputs("\";", to);
        if (field_named(c->name, strlen(c->name)) == FIELD_COUNT)
            fprintf(to, " type = \"%s\";", c->is_words ? "category" : "number");
        fprintf(to, " }%s\n", comma(fit, i));
    }
    fputs(");\n", to);
}

static void put_pd(FILE *to, const FitSpec *s)
{
    fputs("\nfacts = (\n  { name = \"pd\"; expr = \"1 / (1 + ", to);
    cardtext_number(to, s->odds);
    fputs(" * 2 ** ((score - ", to);
    cardtext_number(to, s->score);
    fputs(") / ", to);
    cardtext_number(to, s->pdo);
    fputs("))\";\n    cite = \"", to);
    cardtext_number(to, s->score);
    fputs(" points are ", to);
    cardtext_number(to, s->odds);
    fputs(" goods to a bad, which double every ", to);
    cardtext_number(to, s->pdo);
    fputs(" points\"; }\n);\n", to);
}

/* How many rows a class had, for those who read the file. */
static void put_class_end(FILE *to, const CardFit *fit, const CardTerm *t,
                          size_t class, int is_last)
{
    fputs(" points = \"", to);
    cardtext_points(to, t->points[class], fit->spec->decimals);
    fprintf(to, "\"; }%s", is_last ? " " : ",");
    if (class < t->classing.n) {
        const Class *c = &t->classing.classes[class];
        fprintf(to, " # %.15g of %.15g", c->count.events, bin_rows(c->count));
    } else {
        fputs(" # words never seen", to);
    }
    fputc('\n', to);
}

static void put_range(FILE *to, const Class *c)
{
    if (isinf(c->from)) {
        fputs("      { otherwise = \"yes\";", to);
    } else {
        fputs("      { from = \"", to);
        cardtext_number(to, c->from);
        fputs("\";", to);
    }
}

static void put_numbers(FILE *to, const CardFit *fit, const CardTerm *t)
{
    const Classing *c = &t->classing;
    for (size_t i = c->n_cut; i + 1 < c->n; i++) {
        fputs("      { is = \"", to);
        cardtext_number(to, c->classes[i].from);
        fputs("\";", to);
        put_class_end(to, fit, t, i, 0);
    }
    for (size_t i = c->n_cut; i-- > 0;) {
        put_range(to, &c->classes[i]);
        put_class_end(to, fit, t, i, 0);
    }
}

static void put_words(FILE *to, const CardFit *fit, const CardTerm *t)
{
    const Classing *c = &t->classing;
    size_t rest = c->n;
    for (size_t i = 0; i < c->n_cut; i++) {
        const Class *k = &c->classes[i];
        rest = k->has_rest ? i : rest;
        if (k->n_words == 0)
            continue;
        fputs("      { is = (", to);
        for (size_t w = 0; w < k->n_words; w++) {
            fputs(w > 0 ? ", \"" : " \"", to);
            cardtext_text(to, k->words[w]);
            fputc('"', to);
        }
        fputs(" );", to);
        put_class_end(to, fit, t, i, 0);
    }
    fputs("      { otherwise = \"yes\";", to);
    put_class_end(to, fit, t, rest, 0);
}

static void put_attribute(FILE *to, const CardFit *fit, size_t i)
{
    const CardTerm *t = &fit->terms[i];
    const char *name = t->classing.name;
    fputs("    { id = \"", to);
    cardtext_text(to, name);
    fputs("\"; on = \"", to);
    cardtext_text(to, name);
    fprintf(to, "\"; bands = ( # %s, information value %.4f\n",
            t->classing.is_words ? "words" : bins_trend_word(t->classing.trend),
            t->classing.iv);
    if (t->classing.is_words)
        put_words(to, fit, t);
    else
        put_numbers(to, fit, t);
    fputs("      { missing = \"yes\";", to);
    put_class_end(to, fit, t, t->classing.n - 1, 1);
    fprintf(to, "    ); }%s\n", comma(fit, i));
}

static void put_card(FILE *to, const CardFit *fit)
{
    fprintf(to,
            "\n# Behind each class: events of its rows in the data%s.\n"
            "scorecards = (\n  { name = \"score\"; base = \"",
            fit->spec->weight != NULL ? ", by weight" : "");
    cardtext_points(to, fit->base, fit->spec->decimals);
    fputs("\"; cite = \"", to);
    cardtext_text(to, fit->spec->cite);
    fputs("\"; attributes = (\n", to);
    for (size_t i = 0; i < fit->n; i++)
        if (is_used(fit, i))
            put_attribute(to, fit, i);
    fputs("  ); }\n);\n\noutputs = ( \"score\", \"pd\" );\n", to);
}

static void put_source(FILE *to, const char *what, const Source *s)
{
    fprintf(to, "  %s = { file = \"", what);
    cardtext_text(to, s->name);
    fputs("\"; sha256 = \"", to);
    cardtext_hash(to, &s->hash);
    fputs("\"; };\n", to);
}

static void put_end(FILE *to, const char *name, double x)
{
    if (isfinite(x))
        fprintf(to, "%s = \"%.9g\"; ", name, x);
}

/* Of the intercept, 0, or a column that is used, in order. */
static void put_coefficient(FILE *to, const CardFit *fit, size_t at)
{
    double estimate = fit->logit.estimate[at], se = fit->logit.se[at];
    double z = estimate / se;
    if (isnan(se)) { /* a lasso has none */
        fprintf(to, "estimate = \"%.17g\"; }", estimate);
        return;
    }
    double p = fit->is_firth ? fit->firth.p[at] : 2 * normal_cdf(-fabs(z));
    fprintf(to,
            "estimate = \"%.17g\"; se = \"%.17g\"; z = \"%.3f\"; p = "
            "\"%.3g\"; ",
            estimate, se, z, p);
    if (fit->is_firth) { /* by the profile, where it reaches that far */
        put_end(to, "low", fit->firth.low[at]);
        put_end(to, "high", fit->firth.high[at]);
    }
    putc('}', to);
}

static void put_terms(FILE *to, const CardFit *fit)
{
    fputs(
        "  # of minus the weight of evidence, ln(share of others / share of "
        "events)\n  terms = (\n    { name = \"(intercept)\"; ",
        to);
    put_coefficient(to, fit, 0);
    for (size_t i = 0, at = 0; i < fit->n; i++) {
        if (!is_used(fit, i))
            continue;
        fputs(",\n    { name = \"", to);
        cardtext_text(to, fit->terms[i].classing.name);
        fprintf(to, "\"; iv = \"%.17g\"; ", fit->terms[i].classing.iv);
        put_coefficient(to, fit, ++at);
    }
    fputs(" );\n  left_out = (", to);
    for (size_t i = 0, n = 0; i < fit->n; i++) {
        if (is_used(fit, i))
            continue;
        fputs(n++ > 0 ? ",\n    { name = \"" : "\n    { name = \"", to);
        cardtext_text(to, fit->terms[i].classing.name);
        fprintf(to, "\"; why = \"%s%s%s\"; }", fit->terms[i].why,
                fit->terms[i].with != NULL ? ": " : "",
                fit->terms[i].with != NULL ? fit->terms[i].with : "");
    }
    fputs(" );\n", to);
}

static void put_name(FILE *to, const char *what, const char *name)
{
    if (name == NULL)
        return;
    fprintf(to, "  %s = \"", what);
    cardtext_text(to, name);
    fputs("\";\n", to);
}

/* What was asked for beside plain maximum likelihood. */
static void put_way(FILE *to, const CardFit *fit)
{
    static const char *const searches[] = {NULL, "aic", "bic"};
    static const char *const inferred[] = {NULL, "fuzzy", "parcel"};
    const FitSpec *s = fit->spec;
    put_name(to, "step", searches[s->way.search]);
    put_name(to, "firth", s->way.kind == LOGIT_FIRTH ? "yes" : NULL);
    if (s->way.kind == LOGIT_PENALTY)
        fprintf(to, "  alpha = \"%.15g\";\n", s->way.alpha);
    put_name(to, "weight", s->weight);
    put_name(to, "offset", s->offset);
    put_name(to, "cluster", s->cluster);
    if (fit->rejects > 0)
        fprintf(to,
                "  # outcomes of rejects are made up: nothing in the data can "
                "test them\n  rejects = { by = \"%s\"; worse = \"%.15g\"; rows "
                "= \"%zu\"; taken_bad = \"%.15g\"; };\n",
                inferred[s->infer], s->worse, fit->rejects, fit->reject_bads);
}

static void put_fit(FILE *to, const CardFit *fit, const Source *data,
                    const Source *spec, const char *program)
{
    const Logit *l = &fit->logit;
    fprintf(to, "\nfit = {\n  program = \"%s\";\n", program);
    put_source(to, "data", data);
    if (spec->name != NULL) /* else all is by default */
        put_source(to, "spec", spec);
    fputs("  target = \"", to);
    cardtext_text(to, fit->spec->target);
    fprintf(to,
            "\"; rows = \"%zu\"; events = \"%zu\";\n"
            "  log_likelihood = \"%.17g\"; null_log_likelihood = \"%.17g\"; "
            "auc = \"%.17g\";\n"
            "  # on the rows it was fitted to; rounding points moves no PD by "
            "more than\n  pd_gap = \"%.3g\";\n"
            "  ridge = \"%.15g\"; stretch = \"%.17g\"; gradient_norm = "
            "\"%.3g\"; condition = "
            "\"%.3g\"; steps = "
            "\"%d\";\n",
            fit->rows, fit->events, l->log_likelihood, l->null_log_likelihood,
            fit->auc, fit->pd_gap, fit->ridge.lambda, fit->ridge.stretch,
            l->gradient_norm, l->condition, l->steps);
    put_way(to, fit);
    put_terms(to, fit);
    fputs("};\n", to);
}

/* A value of a class, as an example says it; "null" where there is none. */
static void put_value(FILE *to, const Classing *c, size_t class)
{
    if (class + 1 >= c->n) {
        fputs(class < c->n ? "null" : "\\\"?\\\"", to);
    } else if (c->is_words) {
        const Class *k = &c->classes[class];
        fputs("\\\"", to);
        cardtext_text(to, k->n_words > 0 ? k->words[0] : "?");
        fputs("\\\"", to);
    } else if (isinf(c->classes[class].from)) {
        cardtext_number(to, c->n_cut > 1 ? c->classes[1].from - 1 : 0);
    } else {
        cardtext_number(to, c->classes[class].from);
    }
}

typedef enum { MOST, LEAST, UNKNOWN } Kind;

/* The class that gives the most, or the least, points of those with rows. */
static size_t pick_class(const CardTerm *t, Kind kind)
{
    size_t at = t->classing.n - 1;
    if (kind == UNKNOWN)
        return at;
    for (size_t i = 0; i < t->classing.n_cut; i++)
        if (i == 0 || (kind == MOST ? t->points[i] > t->points[at]
                                    : t->points[i] < t->points[at]))
            at = i;
    return at;
}

static void put_example(FILE *to, const CardFit *fit, const char *id, Kind kind,
                        int is_last)
{
    int64_t score = fit->base;
    fprintf(to, "  { id = \"%s\"; of = ( \"score\", \"pd\" ); given = (", id);
    for (size_t i = 0, n = 0; i < fit->n; i++) {
        const CardTerm *t = &fit->terms[i];
        if (!is_used(fit, i))
            continue;
        size_t class = pick_class(t, kind);
        score += t->points[class];
        fputs(n++ > 0 ? ", \"" : " \"", to);
        cardtext_text(to, t->classing.name);
        fputs(" = ", to);
        put_value(to, &t->classing, class);
        fputc('"', to);
    }
    fputs(" );\n    gives = ( \"score = ", to);
    cardtext_points(to, score, fit->spec->decimals);
    fprintf(to, "\", \"pd = %.9f\" ); }%s\n", cardpoints_pd(fit->spec, score),
            is_last ? "" : ",");
}

ErrCode cardfile_write(FILE *to, const CardFit *fit, const Source *data,
                       const Source *spec, const char *program, Err *err)
{
    put_head(to, fit, program);
    put_inputs(to, fit);
    put_pd(to, fit->spec);
    put_card(to, fit);
    put_fit(to, fit, data, spec, program);
    fputs("\nexamples = (\n", to);
    put_example(to, fit, "most", MOST, 0);
    put_example(to, fit, "least", LEAST, 0);
    put_example(to, fit, "unknown", UNKNOWN, 1);
    fputs(");\n", to);
    return ferror(to) ? FAIL(err, ERR_IO, "the scorecard cannot be written")
                      : OK;
}
