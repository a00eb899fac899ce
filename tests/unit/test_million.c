/* A million contracts paid by the engine and, contract by contract, by whole
 * numbers of any length (OpenSSL's BIGNUM) written here from the words of the
 * policy alone: tiers, a cap a firm and year, a split between two payers, a
 * fund shared pro rata.  No fen is off. */
#include "contracts.h"

#include <openssl/bn.h>
#include <stdlib.h>

#ifdef ARENA_PASSTHROUGH /* valgrind: each step takes thirty times as long */
enum { N = 50000 };
#else
enum { N = 1000000 };
#endif
enum { FIRMS = N / 4, BILLION = 1000000000, UNIT_CAP = 50000000 };

static const uint64_t fund = UINT64_C(137) * N * 100 * 100 + 33;

/* 20% to 500,000 yuan, 9.7% to 2,000,000, 3.3333331% above; the city pays
 * 2/3 of it as far as nine digits say so, the county the rest. */
static const char policy[] = POLICY_HEAD
    "scales = ( { name = \"award\"; kind = \"marginal_rate\"; on = \"amount\";"
    "  cite = \"x\"; brackets = ( { from = \"0\"; rate = \"20%\"; },"
    "  { from = \"50万\"; rate = \"9.7%\"; },"
    "  { from = \"200万\"; rate = \"3.3333331%\"; } ); } );\n"
    "outputs = ( \"award\" );\n"
    "examples = ( { id = \"X\"; of = ( \"award\", \"E1\" ); on = "
    "\"2024-01-01\"; given = ( \"amount = 600000.00\" );"
    "  gives = ( \"award = 109700.00\" ); } );\n"
    "stacking = { base = \"amount\"; awards = ( \"award\" ); };\n"
    "limits = ( { id = \"L\"; scope = \"firm_year\"; cap = \"50万\";"
    "  cite = \"x\"; } );\n"
    "match = ( { payers = ( { payer = \"city\"; share = \"66.6666667%\"; },"
    "  { payer = \"county\"; share = \"33.3333333%\"; } ); } );\n"
    "budget = ( { payer = \"city\"; amount = \"%s\"; cite = \"x\";"
    "  allocation = \"pro_rata\"; remainder = \"largest\"; } );\n";

typedef struct {
    uint64_t amount, award, kept, city, paid, rest;
    uint32_t row, firm;
    int day;
} Claim;

static uint64_t state = UINT64_C(0x2545F4914F6CDD1D);

static uint64_t next_number(void) /* xorshift64 */
{
    state ^= state << 13;
    state ^= state >> 7;
    return state ^= state << 17;
}

/* Two thirds up to half a million yuan, some beyond ten: odd fen. */
static uint64_t next_amount(void)
{
    uint64_t top = next_number() % 3 != 0     ? 50000000
                   : next_number() % 100 != 0 ? 400000000
                                              : UINT64_C(2000000000);
    return 10000 + next_number() % top;
}

/* a * b / by rounded down, and what is left of it. */
static uint64_t divided(uint64_t a, uint64_t b, uint64_t by, uint64_t *left)
{
    static BIGNUM *n = NULL;
    if (n == NULL)
        n = BN_new();
    assert_true(n != NULL && BN_set_word(n, a) && BN_mul_word(n, b));
    *left = BN_div_word(n, by);
    uint64_t out = BN_get_word(n);
    assert_int_not_equal(out, (BN_ULONG)-1);
    return out;
}

static uint64_t award_of(uint64_t amount)
{
    static const uint64_t from[] = {0, 50000000, 200000000, UINT64_MAX};
    static const uint64_t rate[] = {200000000, 97000000, 33333331};
    static BIGNUM *sum = NULL, *part = NULL;
    if (sum == NULL) {
        sum = BN_new();
        part = BN_new();
    }
    BN_zero(sum);
    for (int k = 0; k < 3 && amount > from[k]; k++) {
        uint64_t top = amount < from[k + 1] ? amount : from[k + 1];
        assert_true(BN_set_word(part, top - from[k]) &&
                    BN_mul_word(part, rate[k]) && BN_add(sum, sum, part));
    }
    assert_true(BN_add_word(sum, BILLION / 2)); /* half away from zero */
    BN_div_word(sum, BILLION);
    return BN_get_word(sum);
}

/* The city's part; the fen between the parts goes to the larger remainder. */
static uint64_t city_of(uint64_t kept)
{
    uint64_t left, other;
    uint64_t city = divided(kept, 666666667, BILLION, &left);
    uint64_t county = divided(kept, 333333333, BILLION, &other);
    return city + (city + county < kept && left >= other);
}

static int by_day(const void *a, const void *b)
{
    const Claim *x = a, *y = b;
    return x->day != y->day ? (x->day > y->day) - (x->day < y->day)
                            : (x->row > y->row) - (x->row < y->row);
}

static int by_rest(const void *a, const void *b)
{
    const Claim *x = a, *y = b;
    return x->rest != y->rest ? (x->rest < y->rest) - (x->rest > y->rest)
                              : by_day(a, b);
}

static int by_row(const void *a, const void *b)
{
    const Claim *x = a, *y = b;
    return (x->row > y->row) - (x->row < y->row);
}

static void keep_under_the_cap(Claim claims[])
{
    static uint64_t had[FIRMS];
    qsort(claims, N, sizeof *claims, by_day);
    for (size_t i = 0; i < N; i++) {
        Claim *c = &claims[i];
        uint64_t room = UNIT_CAP - had[c->firm];
        c->award = award_of(c->amount);
        c->kept = c->award < room ? c->award : room;
        c->city = city_of(c->kept);
        had[c->firm] += c->kept;
    }
}

static void share_the_fund(Claim claims[])
{
    uint64_t wanted = 0, given = 0;
    for (size_t i = 0; i < N; i++)
        wanted += claims[i].city;
    assert_true(wanted > fund);
    for (size_t i = 0; i < N; i++) {
        Claim *c = &claims[i];
        c->paid = divided(c->city, fund, wanted, &c->rest);
        given += c->paid;
    }
    qsort(claims, N, sizeof *claims, by_rest);
    for (size_t i = 0; i < fund - given; i++)
        claims[i].paid++;
}

static void draw(Claim claims[])
{
    for (uint32_t i = 0; i < N; i++)
        claims[i] = (Claim){.row = i,
                            .amount = next_amount(),
                            .firm = (uint32_t)(next_number() % FIRMS),
                            .day = 19723 + (int)(next_number() % 366)};
}

static Table *table_of(Case *c, const Claim claims[])
{
    Table *t = NULL;
    char text[24];
    assert_int_equal(table_new(&t, c->tables, "contracts", N, NULL), OK);
    Column *id = case_column(t, FIELD_contract_id);
    Column *firm = case_column(t, FIELD_firm_id);
    Column *day = case_column(t, FIELD_registered_on);
    Column *amount = case_column(t, FIELD_amount);
    Column *county = case_column(t, FIELD_county);
    for (size_t i = 0; i < N; i++) {
        snprintf(text, sizeof text, "C%07zu", i);
        id->s[i] = case_text(c, text);
        snprintf(text, sizeof text, "F%07u", claims[i].firm);
        firm->s[i] = case_text(c, text);
        day->i[i] = claims[i].day;
        amount->i[i] = (int64_t)claims[i].amount;
        county->s[i] = case_text(c, "a");
    }
    return t;
}

static Table *paid_by_the_engine(Case *c, const Claim claims[])
{
    static char text[sizeof policy + 32];
    char money[32];
    snprintf(money, sizeof money, "%llu.%02u", (unsigned long long)(fund / 100),
             (unsigned)(fund % 100));
    const char *at = strstr(policy, "%s");
    assert_non_null(at);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - policy), policy, money,
             at + 2);
    Table *t = table_of(c, claims);
    assert_int_equal(
        subsidy_apply(t, case_policy(c, text), (Date){19723}, &c->err), OK);
    return t;
}

static void no_fen_is_off_on_a_million_contracts(void **unused)
{
    (void)unused;
    Case c = case_open();
    Claim *claims = test_malloc(N * sizeof *claims);
    size_t capped = 0, off = 0;
    uint64_t paid = 0;
    draw(claims);
    Table *t = paid_by_the_engine(&c, claims);
    keep_under_the_cap(claims);
    share_the_fund(claims);
    qsort(claims, N, sizeof *claims, by_row);
    for (size_t i = 0; i < N; i++) {
        const Claim *w = &claims[i];
        off += (uint64_t)case_fen(t, "award", i) != w->award;
        off += (uint64_t)case_fen(t, "cut_by_cap", i) != w->award - w->kept;
        off += (uint64_t)case_fen(t, "paid_city", i) != w->paid;
        off += (uint64_t)case_fen(t, "paid_county", i) != w->kept - w->city;
        capped += w->kept < w->award;
        paid += (uint64_t)case_fen(t, "paid_city", i);
    }
    assert_int_equal(off, 0);
    assert_int_equal(paid, fund);
    assert_in_range(capped, N / 200, N / 2);
    test_free(claims);
    arena_free(c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_fen_is_off_on_a_million_contracts),
    };
    return RUN(tests);
}
