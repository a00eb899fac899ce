/* Every sharing scheme under rules/schemes is a document whose shares name its
 * parties and sum to the whole.  PROVES: rules/schemes */
#include "check.h"
#include "core/mem.h"
#include "data/doc.h"
#include "pool/pool.h"

#include <glob.h>

static int is_party(const Doc *parties, const char *name)
{
    for (const Doc *p = parties->first; p != NULL; p = p->next)
        if (strcmp(p->text, name) == 0)
            return 1;
    return 0;
}

static int64_t share_of(const Doc *shares, const char *party)
{
    for (const Doc *s = shares->first; s != NULL; s = s->next)
        if (strcmp(doc_get(s, "party")->text, party) == 0) {
            Ratio r = {0};
            assert_int_equal(ratio_parse(&r, doc_get(s, "share")->text, NULL),
                             OK);
            return r.billionths;
        }
    return 0;
}

static void check_layer(const Doc *layer, const Doc *parties, DocReader *r)
{
    int64_t sum = 0;
    const Doc *shares = doc_get(layer, "shares");
    assert_non_null(shares);
    for (const Doc *s = shares->first; s != NULL; s = s->next) {
        Ratio share = {0};
        const char *party = NULL;
        assert_true(doc_ratio(&share, s, "share", 0, r));
        assert_true(doc_text(&party, s, "party", 0, r));
        assert_true(is_party(parties, party));
        sum += share.billionths;
    }
    assert_int_equal(sum, RATIO_ONE);
}

static const Doc *read_scheme(Arena *arena, const char *path)
{
    Source source = {0};
    Err err = {0};
    const Doc *root = NULL;
    Faults *faults = faults_new(arena);
    if (source_read(&source, arena, path, &err) != OK ||
        doc_read(&root, arena, source, faults, &err) != OK) {
        faults_print(faults, stderr);
        fail_msg("%s: %s", path, err.text);
    }
    const Scheme *compiled = NULL;
    if (scheme_read(&compiled, arena, root, faults, &err) != OK) {
        faults_print(faults, stderr);
        fail_msg("%s: %s", path, err.text);
    }
    const Doc *scheme = doc_get(root, "scheme");
    assert_non_null(scheme);
    return scheme;
}

static void shares_of_every_scheme_sum_to_the_whole(void **state)
{
    (void)state;
    glob_t found;
    Arena *arena = arena_new();
    assert_int_equal(glob("rules/schemes/*.cfg", 0, NULL, &found), 0);
    assert_true(found.gl_pathc >= 6);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        Err err = {0};
        DocReader r = {faults_new(arena), &err, 0};
        const Doc *s = read_scheme(arena, found.gl_pathv[i]);
        const Doc *parties = doc_get(s, "parties");
        for (const Doc *l = doc_get(s, "layers")->first; l; l = l->next)
            check_layer(l, parties, &r);
        assert_false(r.failed);
    }
    globfree(&found);
    arena_free(arena);
}

/* The same digits name other parties elsewhere. */
static void digits_belong_to_the_parties_of_the_source(void **state)
{
    (void)state;
    static const struct {
        const char *path, *party;
        int64_t percent;
    } rows[] = {{"rules/schemes/hubei-4321.cfg", "guarantor", 30},
                {"rules/schemes/hubei-4321.cfg", "reguarantor", 20},
                {"rules/schemes/hubei-4321.cfg", "nfgf", 20},
                {"rules/schemes/hubei-4321.cfg", "bank", 20},
                {"rules/schemes/hubei-4321.cfg", "local_gov", 10},
                {"rules/schemes/hubei-4222.cfg", "reguarantor", 40},
                {"rules/schemes/hubei-4222.cfg", "guarantor", 20},
                {"rules/schemes/nfgf-standard.cfg", "nfgf", 20},
                {"rules/schemes/nfgf-standard.cfg", "guarantor", 40},
                {"rules/schemes/nfgf-tech-2024.cfg", "nfgf", 40},
                {"rules/schemes/nfgf-tech-2024-tier2.cfg", "nfgf", 35},
                {"rules/schemes/nfgf-tech-2024-tier3.cfg", "nfgf", 30},
                {"rules/schemes/nfgf-tech-2024-tier3.cfg", "guarantor", 30}};
    Arena *arena = arena_new();
    for (size_t i = 0; i < COUNT(rows); i++) {
        const Doc *s = read_scheme(arena, rows[i].path);
        const Doc *shares = doc_get(doc_at(doc_get(s, "layers"), 0), "shares");
        assert_int_equal(share_of(shares, rows[i].party),
                         rows[i].percent * (RATIO_ONE / 100));
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_of_every_scheme_sum_to_the_whole),
        cmocka_unit_test(digits_belong_to_the_parties_of_the_source),
    };
    return RUN(tests);
}
