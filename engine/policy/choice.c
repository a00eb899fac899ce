#include "policy/choice.h"

#include "core/money.h"
#include "data/table.h"

enum { CHOICES_MAX = 256, RATES_MAX = 512 };

ChoiceValue choice_null(const Slot *slot)
{
    ChoiceValue v = {.number = NUMBER_NULL};
    if (slot->rep == REP_TRUTH)
        v.truth = IS_NULL;
    else if (slot->rep == REP_TEXT)
        v.text = NULL;
    else if (slot->rep == REP_WHOLE)
        v.whole = NULL_INT;
    return v;
}

void choice_put(const Slot *slot, void *at, size_t i, ChoiceValue value)
{
    if (slot->rep == REP_TRUTH)
        ((Truth *)at)[i] = value.truth;
    else if (slot->rep == REP_TEXT)
        ((const char **)at)[i] = value.text;
    else if (slot->rep == REP_WHOLE)
        ((int64_t *)at)[i] = value.whole;
    else
        ((Number *)at)[i] = value.number;
}

ChoiceValue choice_at(const Slot *slot, const void *at, size_t i)
{
    if (slot->rep == REP_TRUTH)
        return (ChoiceValue){.truth = ((const Truth *)at)[i]};
    if (slot->rep == REP_TEXT)
        return (ChoiceValue){.text = ((const char *const *)at)[i]};
    if (slot->rep == REP_WHOLE)
        return (ChoiceValue){.whole = ((const int64_t *)at)[i]};
    return (ChoiceValue){.number = ((const Number *)at)[i]};
}

Number choice_number(const Slot *slot, const void *at, size_t i)
{
    if (slot->rep == REP_NUMBER)
        return ((const Number *)at)[i];
    if (slot->rep != REP_WHOLE || ((const int64_t *)at)[i] == NULL_INT)
        return NUMBER_NULL;
    return number_scaled(((const int64_t *)at)[i], slot->scale);
}

ChoiceValue choice_of(const Slot *slot, Number value)
{
    ChoiceValue v = {.number = value};
    if (slot->rep == REP_WHOLE)
        v.whole = number_whole(value, slot->scale);
    return v;
}

static void add(Choices *c, Choice *choice, ChoiceValue v)
{
    if (choice->n == CHOICES_MAX)
        return;
    ChoiceValue *values = arena_grow(
        c->arena, choice->values, &choice->capacity, choice->n, sizeof *values);
    if (values == NULL) {
        c->failed = 1;
        return;
    }
    choice->values = values;
    values[choice->n++] = v;
}

/* May a literal of that unit be compared with the input? */
static int meets(Unit input, Unit literal)
{
    return input == literal || (unit_is_plain(input) && unit_is_plain(literal));
}

/* A number of the rules, and the numbers beside it. */
static void add_number(Choices *c, Number v, Unit unit)
{
    if (number_is_null(v))
        return;
    for (size_t i = 0; i < c->n; i++) {
        Choice *choice = &c->choices[i];
        int ratio = choice->input->unit == UNIT_RATIO;
        if (!meets(choice->input->unit, unit) ||
            choice->slot->rep == REP_TRUTH || choice->slot->rep == REP_TEXT)
            continue;
        Number step = ratio ? number_divide(number_int(1), number_int(1000))
                            : number_int(1);
        add(c, choice, choice_of(choice->slot, v));
        add(c, choice, choice_of(choice->slot, number_add(v, step)));
        v = number_subtract(v, step);
        if (number_compare(v, number_int(0)) >= 0)
            add(c, choice, choice_of(choice->slot, v));
        v = number_add(v, step);
    }
    if (!unit_is_plain(unit) || c->n_rates == RATES_MAX)
        return;
    Number *rates = arena_grow(c->arena, c->rates, &c->rate_capacity,
                               c->n_rates, sizeof *rates);
    if (rates == NULL) {
        c->failed = 1;
        return;
    }
    c->rates = rates;
    rates[c->n_rates++] = v;
}

/* To the inputs of any words; the others have all of theirs. */
static void add_text(Choices *c, const char *text)
{
    for (size_t i = 0; i < c->n; i++) {
        Choice *choice = &c->choices[i];
        size_t k = 0;
        if (choice->slot->rep != REP_TEXT || choice->input->n > 0)
            continue;
        while (k < choice->n && choice->values[k].text != text)
            k++;
        if (k == choice->n)
            add(c, choice, (ChoiceValue){.text = text});
    }
}

static void walk(Choices *c, const Node *node)
{
    if (node->kind == NODE_NUMBER)
        add_number(c, node->value, node->unit);
    if (node->kind == NODE_TEXT)
        add_text(c, node->text);
    if (node->kind == NODE_NAME && node->symbol != NULL &&
        node->symbol->kind == SYMBOL_PARAMETER && node->symbol->slot >= 0 &&
        node->symbol->unit != UNIT_TEXT && node->symbol->unit != UNIT_BOOL &&
        node->symbol->unit != UNIT_LIST)
        add_number(c, code_constant(&c->program->code, node->symbol->slot),
                   node->symbol->unit);
    for (uint32_t i = 0; i < node->count; i++)
        walk(c, node->args[i]);
}

/* What an input has of its own: first null, then its words, both truths. */
static void start(Choices *c, Choice *choice, const Symbol *input)
{
    choice->input = input;
    choice->slot = &c->program->code.slots[input->raw];
    add(c, choice, choice_null(choice->slot));
    for (size_t i = 0; i < input->n && choice->slot->rep == REP_TEXT; i++)
        add(c, choice, (ChoiceValue){.text = input->values[i]});
    for (Truth t = IS_FALSE; choice->slot->rep == REP_TRUTH && t <= IS_TRUE;
         t++)
        add(c, choice, (ChoiceValue){.truth = t});
    for (int k = 0;
         choice->slot->rep != REP_TRUTH && choice->slot->rep != REP_TEXT &&
         choice->input->unit != UNIT_DATE && k < 3;
         k++)
        add(c, choice, choice_of(choice->slot, number_int(k)));
}

void choices_make(Choices *c, Arena *arena, const Program *program)
{
    *c = (Choices){.arena = arena, .program = program};
    c->choices = arena_alloc(arena, program->n_inputs + 1, sizeof *c->choices);
    if (c->choices == NULL) {
        c->failed = 1;
        return;
    }
    for (; c->n < program->n_inputs; c->n++)
        start(c, &c->choices[c->n], program->inputs[c->n]);
    for (size_t i = 0; i < program->n_rules; i++)
        for (size_t k = 0; k < program->rules[i]->n_exprs; k++)
            if (program->rules[i]->exprs[k]->node != NULL)
                walk(c, program->rules[i]->exprs[k]->node);
}
