#include "policy/grid.h"

#include "core/tr.h"
#include "policy/check.h"
#include "policy/literal.h"
#include "policy/parse.h"
#include "policy/units.h"

Grid *grid_new(Build *b, size_t n_inputs, size_t n_rules)
{
    Grid *g = reader_alloc(&b->r, 1, sizeof *g);
    if (g == NULL)
        return NULL;
    g->n_inputs = n_inputs;
    g->n_rules = n_rules;
    g->inputs = reader_alloc(&b->r, n_inputs + 1, sizeof *g->inputs);
    g->cells = reader_alloc(&b->r, n_inputs * n_rules + 1, sizeof *g->cells);
    g->ids = reader_alloc(&b->r, n_rules + 1, sizeof *g->ids);
    g->nodes = reader_alloc(&b->r, n_rules + 1, sizeof *g->nodes);
    return g->inputs && g->cells && g->ids && g->nodes ? g : NULL;
}

static void note(Build *b, Rule *rule, const GridCell *cell)
{
    for (const Test *t = cell->tests.first; t != NULL; t = t->next) {
        if (t->low != NULL)
            build_note(b, rule, cell->text, t->low);
        if (t->high != NULL)
            build_note(b, rule, cell->text, t->high);
    }
}

void grid_cell(Build *b, Rule *rule, Grid *g, size_t row, size_t column,
               const Doc *text, const char *id)
{
    GridCell *cell = &g->cells[row * g->n_inputs + column];
    if (text->kind != DOC_TEXT) {
        reader_fault_node(&b->r, text, id, tr("a test stands in quotes"),
                          tr("\"-\" is true of every value"));
        rule->is_broken = cell->is_broken = 1;
        return;
    }
    cell->text = (Text){text, text->text, id};
    cell->is_broken = !parse_tests(&cell->tests, cell->text, &b->r);
    rule->is_broken |= cell->is_broken;
    if (!cell->is_broken)
        note(b, rule, cell);
}

void grid_test(Build *b, Rule *rule, Grid *g, size_t row, size_t column,
               Text text, Test *test)
{
    GridCell *cell = &g->cells[row * g->n_inputs + column];
    cell->text = text;
    cell->tests.first = test;
    note(b, rule, cell);
}

/* The constant at an end of a test, in the unit of its column. */
static int constant(Build *b, const GridCell *cell, Node *node, Node *input)
{
    Reader *r = &b->r;
    if (check_expression(node, cell->text, r) == UNIT_WRONG ||
        units_meet(input, node, node->at, tr("compared"), cell->text, r) ==
            UNIT_WRONG ||
        !literal_word(input->symbol, node, cell->text, r))
        return SLOT_NONE;
    literal_check(node, input->unit, cell->text, r);
    int slot = emit_expression(&b->code, node);
    if (slot != SLOT_NONE && !code_is_constant(&b->code, slot)) {
        reader_fault(r, cell->text, node->at,
                     tr("a test must be the same on every row"),
                     tr("make a fact of the comparison and test it for true"));
        return SLOT_NONE;
    }
    return slot;
}

static int is_text(const Code *code, int slot)
{
    return code->slots[slot].rep == REP_TEXT;
}

static Number value(const Code *code, int slot)
{
    if (code->slots[slot].rep == REP_TRUTH)
        return number_int(*(const Truth *)code->slots[slot].value == IS_TRUE);
    return code_constant(code, slot);
}

/* Room that one cell fills. */
typedef struct {
    Span *spans;
    const char **words;
} Room;

static int add_equal(Build *b, Cell *out, Room room, const GridCell *cell,
                     const Test *t, Node *input)
{
    if (t->low->kind == NODE_NULL) {
        out->is_null = 1;
        return 1;
    }
    int slot = constant(b, cell, t->low, input);
    if (slot == SLOT_NONE)
        return 0;
    if (is_text(&b->code, slot)) {
        room.words[out->n_words++] = *(const char **)b->code.slots[slot].value;
        return 1;
    }
    Number v = value(&b->code, slot);
    room.spans[out->n_spans++] = (Span){1, 1, 0, 0, v, v};
    return 1;
}

static int backwards(Build *b, const GridCell *cell, const Span *s)
{
    if (!s->has_low || !s->has_high)
        return 0;
    int order = number_compare(s->low, s->high);
    if (order < 0 || (order == 0 && !s->low_open && !s->high_open))
        return 0;
    reader_fault(&b->r, cell->text, 0,
                 order == 0 ? tr("a range that no value lies in")
                            : tr("a range that runs backwards"),
                 tr("write the lower end first"));
    return 1;
}

static int add_range(Build *b, Cell *out, Room room, const GridCell *cell,
                     const Test *t, Node *input)
{
    Span s = {t->low != NULL, t->high != NULL, t->low_open,
              t->high_open,   {0, 1},          {0, 1}};
    if (input->unit == UNIT_TEXT || input->unit == UNIT_BOOL ||
        input->unit == UNIT_LIST) {
        if (t->low == NULL && t->high == NULL)
            return 1;
        reader_fault(&b->r, cell->text, 0,
                     tr("only numbers, money and dates have ranges"),
                     tr("write the words: \"A\", \"B\""));
        return 0;
    }
    for (int i = 0; i < 2; i++) {
        Node *end = i == 0 ? t->low : t->high;
        int slot = end ? constant(b, cell, end, input) : SLOT_NONE;
        if (end != NULL && slot == SLOT_NONE)
            return 0;
        if (end != NULL)
            *(i == 0 ? &s.low : &s.high) = value(&b->code, slot);
    }
    if (backwards(b, cell, &s))
        return 0;
    if (s.has_low || s.has_high)
        room.spans[out->n_spans++] = s;
    return 1;
}

static int make_cell(Build *b, Cell *out, const GridCell *cell, Node *input)
{
    size_t n = 0;
    for (const Test *t = cell->tests.first; t != NULL; t = t->next)
        n++;
    Room room = {reader_alloc(&b->r, n + 1, sizeof *room.spans),
                 reader_alloc(&b->r, n + 1, sizeof *room.words)};
    if (room.spans == NULL || room.words == NULL)
        return 0;
    *out = (Cell){.spans = room.spans, .words = room.words};
    out->is_not = cell->tests.is_not;
    int good = 1;
    for (const Test *t = cell->tests.first; t != NULL; t = t->next) {
        if (t->kind == TEST_ANY)
            out->is_any = 1;
        else if (t->kind == TEST_EQUAL)
            good &= add_equal(b, out, room, cell, t, input);
        else
            good &= add_range(b, out, room, cell, t, input);
    }
    for (size_t i = 0; i < out->n_spans && good; i++)
        if (room.spans[i].low.den < 0 || room.spans[i].high.den < 0) {
            reader_fault(&b->r, cell->text, 0,
                         tr("a test against a value that is null"),
                         tr("is the parameter in force on that day?"));
            good = 0;
        }
    return good;
}

int grid_code(Build *b, Grid *g)
{
    int good = 1;
    int *slots = reader_alloc(&b->r, g->n_inputs + 1, sizeof *slots);
    Cell *cells =
        reader_alloc(&b->r, g->n_inputs * g->n_rules + 1, sizeof *cells);
    if (slots == NULL || cells == NULL)
        return 0;
    for (size_t j = 0; j < g->n_inputs; j++) {
        Unit unit = build_code(b, g->inputs[j]);
        good &= unit != UNIT_WRONG;
        if (unit == UNIT_LIST) {
            reader_fault(&b->r, g->inputs[j]->text, 0,
                         tr("a table cannot test a list"),
                         tr("test \"word\" in list"));
            good = 0;
        }
        slots[j] = g->inputs[j] ? g->inputs[j]->slot : SLOT_NONE;
    }
    if (!good)
        return 0;
    for (size_t i = 0; i < g->n_rules * g->n_inputs; i++)
        good &= !g->cells[i].is_broken &&
                make_cell(b, &cells[i], &g->cells[i],
                          g->inputs[i % g->n_inputs]->node);
    if (!good)
        return 0;
    g->hit = hit_new(&b->code, slots, g->n_inputs, cells, g->n_rules);
    if (g->hit == NULL && !b->r.failed) {
        FAIL(b->r.err, ERR_MEMORY, "no memory to compile the tables");
        b->r.failed = 1;
    }
    return g->hit != NULL;
}
