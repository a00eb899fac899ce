/* scene.h - a compiled book with one scenario in hand: defaults set by hand, so
 * that every payment can be worked out on paper.
 */
#ifndef TESTS_SCENE_H
#define TESTS_SCENE_H

#include "check.h"

#include "book.h"
#include "pool/model.h"

typedef struct {
    Case c;
    Model m;
    Worker k;
} Scene;

/* Three years from 1 March 2024, one group of that asset correlation. */
static inline void scene_ask(Case *c, const char *correlation)
{
    char text[128];
    snprintf(text, sizeof text,
             "factors = { groups = ( { asset_correlation = \"%s\"; } ); };",
             correlation);
    c->options.years = 3;
    c->options.as_of = date_of((DateParts){2024, 3, 1});
    assert_int_equal(case_factors(c, text), OK);
}

/* Compile s->c, whose book, factors and scheme are read. */
static inline void scene_open(Scene *s)
{
    assert_int_equal(model_open(&s->m, s->c.portfolio, s->c.factors,
                                s->c.scheme, &s->c.options, s->c.faults,
                                &s->c.err),
                     OK);
    s->k = (Worker){0};
    assert_true(worker_open(&s->k, &s->m));
}

static inline void scene_close(Scene *s)
{
    worker_close(&s->k);
    model_close(&s->m);
    case_close(&s->c);
}

/* The firm in slot i, by pd, defaults in year first_of[i]; -1 is never. */
static inline const WaterfallPath *scene_play(Scene *s, const int first_of[],
                                              int firms)
{
    dues_clear(&s->k.table, 0, 1);
    for (int i = 0; i < firms; i++) {
        uint32_t bit = UINT32_C(1) << i;
        EventsTile tile = {
            .rows = 1, .year = first_of[i], .words = 1, .bits = &bit};
        if (first_of[i] >= 0)
            dues_take(&s->k.table, &tile);
    }
    model_path(&s->m, &s->k, 0);
    return &s->k.path;
}

#endif
