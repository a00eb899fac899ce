#include "pool/clauses.h"

#include "core/text.h"

#include <stdio.h>
#include <string.h>

/* "110%", or "8/9 = 88.8889%" where percent do not say it exactly */
static void sum_text(char out[80], int64_t sum, int64_t whole)
{
    double percent = 100.0 * (double)sum / (double)whole;
    if (sum * 10000 % whole == 0)
        snprintf(out, 80, "%.10g%%", percent);
    else
        snprintf(out, 80, "%lld/%lld = %.6g%%", (long long)sum,
                 (long long)whole, percent);
}

/* The shares of one layer as weights by party; they must sum to one. */
static void read_shares(Clauses *t, SchemeLayer *layer, const Doc *d)
{
    static const char *const known[] = {"party", "share"};
    Fraction parts[SCHEME_PARTIES];
    for (int j = 0; j < t->scheme->n; j++)
        parts[j] = (Fraction){0, 1};
    const Doc *list = clause_list(t, d, "shares");
    if (list == NULL || list->n == 0) {
        clause_fault(
            t, d, "a layer has no shares",
            "write shares = ( { party = \"...\"; share = \"...\"; } )");
        return;
    }
    for (const Doc *e = list->first; e != NULL; e = e->next) {
        Fraction share;
        doc_only(e, known, 2, &t->r);
        int j = clause_party(t, e, "party", -2);
        int good = clause_fraction(t, &share, e, "share", 0);
        if (j < 0 || !good)
            return;
        if (layer->shares >> j & 1) {
            clause_say(t, e, NULL, tr("'%s' has two shares of this layer"),
                       t->scheme->party[j]);
            return;
        }
        parts[j] = share;
        layer->shares |= (share.num > 0 ? UINT32_C(1) : 0) << j;
    }
    int64_t sum = 0;
    if (!fraction_weights(layer->weight, &layer->whole, parts,
                          (size_t)t->scheme->n)) {
        clause_fault(t, list,
                     "the shares have no common denominator below 1e15",
                     "write them with fewer digits");
        return;
    }
    for (int j = 0; j < t->scheme->n; j++)
        sum += layer->weight[j];
    if (sum != layer->whole) {
        char text[80];
        sum_text(text, sum, layer->whole);
        clause_say(t, list, NULL,
                   tr("the shares of this layer sum to %s, not 100%%"), text);
    }
}

void layers_read(Clauses *t, const Doc *group)
{
    static const char *const known[] = {"upto", "shares"};
    const Doc *list = clause_list(t, group, "layers");
    if (list == NULL || list->n == 0) {
        clause_fault(t, group, "a scheme has no layers",
                     "write layers = ( { shares = ( ... ); } )");
        return;
    }
    SchemeLayer *layers = clause_take(t, list->n, sizeof *layers);
    if (layers == NULL)
        return;
    Fraction below = {0, 1};
    size_t i = 0;
    for (const Doc *d = list->first; d != NULL; d = d->next, i++) {
        doc_only(d, known, 2, &t->r);
        read_shares(t, &layers[i], d);
        layers[i].is_last = doc_get(d, "upto") == NULL;
        if (layers[i].is_last && d->next != NULL)
            clause_fault(t, d, "only the last layer is without 'upto'", NULL);
        if (!layers[i].is_last && d->next == NULL)
            clause_fault(
                t, doc_get(d, "upto"),
                "the last layer has an upper end, and nobody pays what "
                "is above",
                "add a layer without 'upto'");
        if (!clause_rate(t, &layers[i].upto, d, "upto", 1))
            continue;
        if (!fraction_above(layers[i].upto, below))
            clause_fault(t, doc_get(d, "upto"),
                         "the upper ends of layers do not rise", NULL);
        below = layers[i].upto;
    }
    t->scheme->layers = layers;
    t->scheme->nlayers = list->n;
}
