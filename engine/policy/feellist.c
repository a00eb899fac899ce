#include "policy/feelcall.h"

#include <string.h>

/* What "sum([1, 2])" and "sum(1, 2)" both are about. */
static Boxed all_of(FeelRun *r, const Boxed args[], size_t n)
{
    return n == 1 ? feel_as_list(r, args[0]) : boxed_list(args, n);
}

static Boxed copy_of(FeelRun *r, const Boxed *items, size_t n, size_t room)
{
    Boxed *copy = feel_alloc(r, n + room + 1, sizeof *copy);
    if (copy == NULL)
        return boxed_null;
    if (n > 0)
        memcpy(copy, items, n * sizeof *copy);
    return boxed_list(copy, n);
}

/* The item of a list that the function itself made. */
static Boxed *own(const Boxed *list, size_t i)
{
    return (Boxed *)(uintptr_t)&list->items[i];
}

static void push(Boxed *list, Boxed item)
{
    *own(list, list->n++) = item;
}

static int contains(const Boxed *list, const Boxed *item)
{
    for (size_t i = 0; i < list->n; i++)
        if (boxed_equal(&list->items[i], item) == 1)
            return 1;
    return 0;
}

Boxed feel_list_contains(FeelRun *r, const Boxed args[], size_t n)
{
    (void)n;
    Boxed list = feel_as_list(r, args[0]);
    if (args[0].kind == BOX_NULL)
        return feel_wrong(r, "list contains: null is no list");
    return boxed_bool(contains(&list, &args[1]));
}

Boxed feel_count(FeelRun *r, const Boxed args[], size_t n)
{
    (void)n;
    if (args[0].kind == BOX_NULL)
        return feel_wrong(r, "count: null is no list");
    return boxed_int((int64_t)feel_as_list(r, args[0]).n);
}

/* The least (sign -1) or greatest (1) of them; null for none. */
static Boxed extreme(FeelRun *r, const Boxed *list, int sign)
{
    if (list->n == 0)
        return boxed_null;
    Boxed best = list->items[0];
    int order;
    for (size_t i = 0; i < list->n; i++) {
        if (!boxed_compare(&order, &list->items[i], &best))
            return feel_wrong(r, "min, max: a %s among others",
                              boxed_kind(list->items[i].kind));
        if (order == sign)
            best = list->items[i];
    }
    return best;
}

Boxed feel_min(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed list = all_of(r, args, n);
    return extreme(r, &list, -1);
}

Boxed feel_max(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed list = all_of(r, args, n);
    return extreme(r, &list, 1);
}

/* Numbers or durations folded; null for none. */
static Boxed fold(FeelRun *r, const Boxed *list, Number (*with)(Number, Number))
{
    if (list->n == 0)
        return boxed_null;
    Boxed out = list->items[0];
    for (size_t i = 0; i < list->n; i++) {
        const Boxed *item = &list->items[i];
        int is_duration = item->kind == BOX_SECONDS || item->kind == BOX_MONTHS;
        if (item->kind != out.kind ||
            (item->kind != BOX_NUMBER && !is_duration))
            return feel_wrong(r, "a %s among numbers", boxed_kind(item->kind));
        if (i > 0)
            out.number = with(out.number, item->number);
    }
    return number_is_null(out.number) ? boxed_null : out;
}

Boxed feel_sum(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed list = all_of(r, args, n);
    return fold(r, &list, number_add);
}

Boxed feel_product(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed list = all_of(r, args, n);
    return fold(r, &list, number_multiply);
}

Boxed feel_mean(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed list = all_of(r, args, n), out = fold(r, &list, number_add);
    if (out.kind != BOX_NULL)
        out.number = number_divide(out.number, number_int((int64_t)list.n));
    return out;
}

static Boxed sorted(FeelRun *r, const Boxed *list)
{
    Boxed out = copy_of(r, list->items, list->n, 0);
    for (size_t i = 1; i < out.n; i++)
        for (size_t k = i; k > 0; k--) {
            int order;
            Boxed a = out.items[k - 1], b = out.items[k];
            if (!boxed_compare(&order, &a, &b))
                return boxed_null;
            if (order <= 0)
                break;
            *own(&out, k - 1) = b;
            *own(&out, k) = a;
        }
    return out;
}

Boxed feel_median(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed list = all_of(r, args, n);
    if (fold(r, &list, number_add).kind != BOX_NUMBER)
        return boxed_null;
    Boxed out = sorted(r, &list);
    if (out.n == 0)
        return boxed_null;
    Number low = out.items[(out.n - 1) / 2].number;
    Number high = out.items[out.n / 2].number;
    return boxed_number(number_divide(number_add(low, high), number_int(2)));
}

/* `wins` decides, else null when one is no truth, else the other. */
static Boxed logic(FeelRun *r, const Boxed args[], size_t n, int wins)
{
    Boxed list = all_of(r, args, n);
    int unknown = 0;
    for (size_t i = 0; i < list.n; i++) {
        const Boxed *item = &list.items[i];
        if (item->kind == BOX_BOOL && item->truth == wins)
            return boxed_bool(wins);
        unknown |= item->kind != BOX_BOOL;
    }
    return unknown ? boxed_null : boxed_bool(!wins);
}

Boxed feel_all(FeelRun *r, const Boxed args[], size_t n)
{
    return logic(r, args, n, 0);
}

Boxed feel_any(FeelRun *r, const Boxed args[], size_t n)
{
    return logic(r, args, n, 1);
}

Boxed feel_append(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed list = feel_as_list(r, args[0]);
    Boxed out = copy_of(r, list.items, list.n, n);
    for (size_t i = 1; i < n && out.kind == BOX_LIST; i++)
        push(&out, args[i]);
    return out;
}

static Boxed joined(FeelRun *r, const Boxed args[], size_t n, int once)
{
    size_t room = 0;
    for (size_t i = 0; i < n; i++)
        room += feel_as_list(r, args[i]).n;
    Boxed out = copy_of(r, NULL, 0, room);
    for (size_t i = 0; i < n && out.kind == BOX_LIST; i++) {
        Boxed list = feel_as_list(r, args[i]);
        for (size_t k = 0; k < list.n; k++)
            if (!once || !contains(&out, &list.items[k]))
                push(&out, list.items[k]);
    }
    return out;
}

Boxed feel_concatenate(FeelRun *r, const Boxed args[], size_t n)
{
    return joined(r, args, n, 0);
}

Boxed feel_union(FeelRun *r, const Boxed args[], size_t n)
{
    return joined(r, args, n, 1);
}

Boxed feel_distinct_values(FeelRun *r, const Boxed args[], size_t n)
{
    return joined(r, args, n, 1);
}

Boxed feel_sublist(FeelRun *r, const Boxed args[], size_t n)
{
    Boxed list = feel_as_list(r, args[0]);
    if (args[1].kind != BOX_NUMBER ||
        (n > 2 && args[2].kind != BOX_NUMBER && args[2].kind != BOX_NULL))
        return feel_wrong(r, "sublist: these arguments are none");
    int64_t count = (int64_t)list.n, length = count;
    int64_t from = number_whole(args[1].number, 1);
    if (n > 2 && args[2].kind == BOX_NUMBER)
        length = number_whole(args[2].number, 1);
    if (from == 0 || from > count || from < -count || length < 0)
        return feel_wrong(r, "sublist: a position outside of the list");
    from = from > 0 ? from - 1 : count + from;
    if (length > count - from)
        length = count - from;
    return boxed_list(list.items + from, (size_t)length);
}

Boxed feel_reverse(FeelRun *r, const Boxed args[], size_t n)
{
    (void)n;
    Boxed list = feel_as_list(r, args[0]);
    Boxed out = copy_of(r, NULL, 0, list.n);
    for (size_t i = list.n; i-- > 0 && out.kind == BOX_LIST;)
        push(&out, list.items[i]);
    return out;
}

Boxed feel_index_of(FeelRun *r, const Boxed args[], size_t n)
{
    (void)n;
    Boxed list = feel_as_list(r, args[0]);
    Boxed out = copy_of(r, NULL, 0, list.n);
    for (size_t i = 0; i < list.n && out.kind == BOX_LIST; i++)
        if (boxed_equal(&list.items[i], &args[1]) == 1)
            push(&out, boxed_int((int64_t)i + 1));
    return out;
}

static size_t flat_count(const Boxed *list)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++)
        n += list->items[i].kind == BOX_LIST ? flat_count(&list->items[i]) : 1;
    return n;
}

static void flat_push(Boxed *out, const Boxed *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->items[i].kind == BOX_LIST)
            flat_push(out, &list->items[i]);
        else
            push(out, list->items[i]);
}

Boxed feel_flatten(FeelRun *r, const Boxed args[], size_t n)
{
    (void)n;
    Boxed list = feel_as_list(r, args[0]);
    Boxed out = copy_of(r, NULL, 0, flat_count(&list));
    if (out.kind == BOX_LIST)
        flat_push(&out, &list);
    return out;
}

Boxed feel_get_value(FeelRun *r, const Boxed args[], size_t n)
{
    (void)n;
    if (args[0].kind != BOX_CONTEXT || args[1].kind != BOX_TEXT)
        return feel_wrong(r, "get value: these arguments are none");
    const Boxed *entry = boxed_entry(&args[0], args[1].text);
    return entry == NULL ? boxed_null : *entry;
}

Boxed feel_is_defined(FeelRun *r, const Boxed args[], size_t n)
{
    (void)r;
    (void)n;
    return boxed_bool(args[0].kind != BOX_NULL);
}
