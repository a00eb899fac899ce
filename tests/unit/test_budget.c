#include "check.h"
#include "policy/budget.h"

#include <stdlib.h>

static const uint32_t turned[] = {3, 0, 2, 1};

/* By hand: wants 700, 50, 300, 500 in rows 0 to 3, in line 3, 0, 2, 1. */
static void the_queue_decides_who_is_paid(void **state)
{
    (void)state;
    const int64_t wanted[] = {700, 50, 300, 500};
    static const struct {
        BudgetLast last;
        int64_t amount, want[4];
    } rows[] = {
        {LAST_PARTIAL, 1000, {500, 0, 0, 500}},
        {LAST_WHOLE, 1000, {0, 0, 0, 500}},
        {LAST_SKIP, 1000, {0, 50, 300, 500}},
        {LAST_PARTIAL, 1550, {700, 50, 300, 500}},
        {LAST_PARTIAL, 0, {0, 0, 0, 0}},
        {LAST_WHOLE, 1200, {700, 0, 0, 500}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t paid[4] = {-7, -7, -7, -7};
        const Budget b = {.amount = {rows[i].amount}, .last = rows[i].last};
        assert_int_equal(budget_allocate(paid, wanted, turned, 4, &b,
                                         (Money){1}, NULL, NULL),
                         OK);
        for (size_t j = 0; j < 4; j++)
            assert_int_equal(paid[j], rows[i].want[j]);
    }
}

/* By hand: wants 1, 1, 1, 4 of which 5 are there: parts 5/7 and 20/7. */
static void pro_rata_hands_out_the_remainders_by_rule(void **state)
{
    (void)state;
    const int64_t wanted[] = {1, 1, 1, 4};
    static const struct {
        BudgetRemainder rule;
        int64_t unit, amount, want[4];
    } rows[] = {
        {REMAINDER_LARGEST, 1, 5, {1, 0, 1, 3}}, /* 5/7 each, and 2 and 6/7 */
        {REMAINDER_QUEUE, 1, 5, {1, 0, 1, 3}},
        {REMAINDER_KEEP, 1, 5, {0, 0, 0, 2}},
        {REMAINDER_LARGEST, 1, 7, {1, 1, 1, 4}},
        {REMAINDER_LARGEST, 1, 0, {0, 0, 0, 0}},
        {REMAINDER_LARGEST, 100, 599, {1, 0, 1, 3}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t paid[4], w[4], in_units[4];
        const Budget b = {.allocation = BUDGET_PRO_RATA,
                          .remainder = rows[i].rule,
                          .amount = {rows[i].amount}};
        for (size_t j = 0; j < 4; j++)
            in_units[j] = wanted[j] * rows[i].unit;
        assert_int_equal(budget_allocate(paid, in_units, turned, 4, &b,
                                         (Money){rows[i].unit}, w, NULL),
                         OK);
        for (size_t j = 0; j < 4; j++)
            assert_int_equal(paid[j], rows[i].want[j] * rows[i].unit);
    }
}

static uint64_t numbers = UINT64_C(0x853c49e6748fea9b);

static uint64_t next_number(void)
{
    numbers ^= numbers << 13;
    numbers ^= numbers >> 7;
    numbers ^= numbers << 17;
    return numbers;
}

typedef struct {
    int64_t part, remainder;
    size_t place;
} Share;

static int larger_first(const void *a, const void *b)
{
    const Share *x = a, *y = b;
    if (x->remainder != y->remainder)
        return x->remainder < y->remainder ? 1 : -1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Largest remainders by the book: quotas down, then a fen each to the largest
 * remainders in order. */
static void split_by_the_book(Share s[], const int64_t wanted[], size_t n,
                              int64_t amount, int64_t sum)
{
    int64_t spare = amount;
    for (size_t i = 0; i < n; i++) {
        Exact whole = (Exact)amount * wanted[i];
        s[i] = (Share){(int64_t)(whole / sum), (int64_t)(whole % sum), i};
        spare -= s[i].part;
    }
    qsort(s, n, sizeof *s, larger_first);
    for (int64_t i = 0; i < spare; i++)
        s[i].part++;
}

static void pro_rata_is_the_split_by_largest_remainders(void **state)
{
    (void)state;
    enum { N = 997 };
    static int64_t wanted[N], paid[N], w[N];
    static uint32_t queue[N];
    static Share split[N];
    for (uint32_t i = 0; i < N; i++)
        queue[i] = i;
    for (int round = 0; round < 20; round++) {
        int64_t sum = 0;
        for (size_t i = 0; i < N; i++)
            sum += wanted[i] = (int64_t)(next_number() % 60000007);
        const Budget b = {.allocation = BUDGET_PRO_RATA,
                          .amount = {sum / 10 * 6 + round}};
        assert_int_equal(
            budget_allocate(paid, wanted, queue, N, &b, (Money){1}, w, NULL),
            OK);
        split_by_the_book(split, wanted, N, b.amount.fen, sum);
        for (size_t i = 0; i < N; i++)
            assert_int_equal(paid[split[i].place], split[i].part);
    }
}

static void nobody_gets_more_than_wanted_and_the_sum_holds(void **state)
{
    (void)state;
    enum { N = 500 };
    int64_t wanted[N], paid[N], w[N];
    uint32_t queue[N];
    for (uint32_t i = 0; i < N; i++)
        queue[i] = N - 1 - i;
    for (int round = 0; round < 3 * 3 * 4; round++) {
        const Budget b = {.allocation = (BudgetAllocation)(round % 4),
                          .last = (BudgetLast)(round / 4 % 3),
                          .remainder = (BudgetRemainder)(round / 12),
                          .amount = {(int64_t)(next_number() % 300000)}};
        int64_t sum = 0, wants = 0, most = 0;
        for (size_t i = 0; i < N; i++) {
            wanted[i] = (int64_t)(next_number() % 1009);
            wants += wanted[i];
            most = wanted[i] > most ? wanted[i] : most;
        }
        assert_int_equal(
            budget_allocate(paid, wanted, queue, N, &b, (Money){1}, w, NULL),
            OK);
        for (size_t i = 0; i < N; i++) {
            assert_in_range(paid[i], 0, wanted[i]);
            sum += paid[i];
        }
        int64_t due = wants < b.amount.fen ? wants : b.amount.fen;
        assert_true(sum <= due);
        if (b.last == LAST_PARTIAL && b.remainder != REMAINDER_KEEP)
            assert_int_equal(sum, due);
    }
}

static void budgets_that_cannot_be_used_say_why(void **state)
{
    (void)state;
    assert_string_equal(budget_check(&(Budget){.amount = {-1}}),
                        "the budget is below 0");
    assert_string_equal(budget_check(&(Budget){.amount = {MONEY_MAX + 1}}),
                        "the budget is beyond 9e15 yuan");
    assert_null(budget_check(&(Budget){.amount = {0}}));
}

static void wants_beyond_64_bits_are_refused(void **state)
{
    (void)state;
    enum { N = 11 };
    int64_t wanted[N], paid[N], w[N];
    uint32_t queue[N];
    Err err = {0};
    for (uint32_t i = 0; i < N; i++) {
        wanted[i] = MONEY_MAX;
        queue[i] = i;
    }
    const Budget b = {.allocation = BUDGET_PRO_RATA, .amount = {5}};
    assert_int_equal(
        budget_allocate(paid, wanted, queue, N, &b, (Money){1}, w, &err),
        ERR_DOMAIN);
    assert_string_equal(err.text, "the awards of a year sum beyond 9e16 yuan");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_queue_decides_who_is_paid),
        cmocka_unit_test(pro_rata_hands_out_the_remainders_by_rule),
        cmocka_unit_test(pro_rata_is_the_split_by_largest_remainders),
        cmocka_unit_test(nobody_gets_more_than_wanted_and_the_sum_holds),
        cmocka_unit_test(budgets_that_cannot_be_used_say_why),
        cmocka_unit_test(wants_beyond_64_bits_are_refused),
    };
    return RUN(tests);
}
