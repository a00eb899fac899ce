#include "policy/inputs.h"

#include "core/tr.h"
#include "data/table.h"

#include <string.h>

/* The names of types in rule files; those of columns, and days. */
static const struct {
    const char *name;
    FieldType type;
    Unit unit;
} types[] = {
    {"money", TYPE_MONEY, UNIT_MONEY},  {"ratio", TYPE_RATIO, UNIT_RATIO},
    {"number", TYPE_REAL, UNIT_NUMBER}, {"real", TYPE_REAL, UNIT_NUMBER},
    {"count", TYPE_COUNT, UNIT_COUNT},  {"days", TYPE_COUNT, UNIT_DAYS},
    {"date", TYPE_DATE, UNIT_DATE},     {"boolean", TYPE_BOOL, UNIT_BOOL},
    {"text", TYPE_TEXT, UNIT_TEXT},     {"category", TYPE_CATEGORY, UNIT_TEXT},
    {"list", TYPE_LIST, UNIT_LIST},     {"months", TYPE_COUNT, UNIT_MONTHS}};

enum { TYPES = sizeof types / sizeof *types };

/* The type called `name`; 0 after a fault at group[type]. */
static int inputs_type(FieldType *out, Unit *unit, const Doc *group, Build *b)
{
    const char *name, *names[TYPES];
    if (!doc_text(&name, group, "type", 0, &b->d))
        return 0;
    for (size_t i = 0; i < TYPES; i++) {
        names[i] = types[i].name;
        if (strcmp(name, types[i].name) == 0) {
            *out = types[i].type;
            *unit = types[i].unit;
            return 1;
        }
    }
    const char *near = text_nearest(name, names, TYPES);
    reader_fault_node(&b->r, doc_get(group, "type"), reader_id(group),
                      reader_say(&b->r, tr("'%s' is not a type"), name),
                      near ? reader_say(&b->r, tr("did you mean '%s'?"), near)
                           : tr("money, ratio, number, count, days, months, "
                                "date, boolean, text, category or list"));
    return 0;
}

/* The words a category may be. */
static void read_words(Symbol *symbol, const Doc *group, Build *b)
{
    const Doc *list = doc_get(group, "values");
    if (list == NULL)
        return;
    if (list->kind != DOC_LIST || list->n == 0 ||
        (symbol->unit != UNIT_TEXT && symbol->unit != UNIT_LIST)) {
        reader_fault_node(&b->r, list, symbol->name,
                          tr("only text, categories and lists have words"),
                          tr("leave out 'values'"));
        return;
    }
    const char **words = reader_alloc(&b->r, list->n, sizeof *words);
    if (words == NULL)
        return;
    for (const Doc *w = list->first; w != NULL; w = w->next) {
        if (w->kind != DOC_TEXT) {
            reader_fault_node(&b->r, w, symbol->name, tr("a word is quoted"),
                              tr("put it in quotes"));
            continue;
        }
        const char *word = reader_text(&b->r, w->text, strlen(w->text));
        for (size_t i = 0; i < symbol->n; i++)
            if (words[i] == word)
                reader_fault_node(
                    &b->r, w, symbol->name,
                    reader_say(&b->r, tr("the word '%s' stands twice"), word),
                    tr("take it out, or write the word that is meant"));
        words[symbol->n++] = word;
    }
    symbol->values = words;
}

/* An input that the dictionary does not have must say what it is. */
static void tell_untyped(Build *b, const Doc *group, const char *name)
{
    const char *names[FIELD_COUNT];
    for (int i = 0; i < FIELD_COUNT; i++)
        names[i] = field_info((Field)i)->name;
    const char *near = text_nearest(name, names, FIELD_COUNT);
    reader_fault_node(
        &b->r, doc_get(group, "name"), name,
        reader_say(&b->r, tr("'%s' is no field of the dictionary"), name),
        near ? reader_say(&b->r, tr("did you mean '%s'?"), near)
             : tr("say what it is: type = \"money\""));
}

/* A column of the dictionary has the dictionary's type, whatever the rules
 * take it for. */
static void check_field(Build *b, const Doc *group, Field field, Unit unit)
{
    const FieldInfo *info = field_info(field);
    Unit own = unit_of(info->type);
    if (unit != own && unit_field(unit) != info->type &&
        !(unit_is_plain(unit) && unit_is_plain(own)))
        reader_fault_node(
            &b->r, doc_get(group, "type"), info->name,
            reader_say(&b->r,
                       tr("'%s' is %s here, but the field of that name is "
                          "%s"),
                       info->name, unit_name(unit), unit_name(own)),
            tr("take the type out, or give the input another name"));
}

/* The type of an input: its own, else the dictionary's. */
static int read_type(FieldType *type, Unit *unit, const Doc *group,
                     const char *name, Build *b)
{
    Field field = field_named(name, strlen(name));
    if (doc_get(group, "type") == NULL && field == FIELD_COUNT) {
        tell_untyped(b, group, name);
        return 0;
    }
    if (doc_get(group, "type") != NULL) {
        int good = inputs_type(type, unit, group, b);
        if (good && field != FIELD_COUNT)
            check_field(b, group, field, *unit);
        return good;
    }
    *type = field_info(field)->type;
    *unit = unit_of(*type);
    return 1;
}

/* A constant slot with a value as the file has it; NULL: null. */
static int code_value(Build *b, const Doc *value, Unit unit)
{
    const Doc *of = value == NULL ? NULL : value->parent;
    const char *name = value == NULL ? "" : value->name;
    Money money;
    Ratio ratio;
    Date day;
    int64_t count;
    double real;
    switch (unit) {
    case UNIT_MONEY:
        return code_whole(
            &b->code,
            of && doc_money(&money, of, name, 0, &b->d) ? money.fen : NULL_INT,
            1);
    case UNIT_RATIO:
        return code_whole(&b->code,
                          of && doc_ratio(&ratio, of, name, 0, &b->d)
                              ? ratio.billionths
                              : NULL_INT,
                          RATIO_ONE);
    case UNIT_DATE:
        return code_whole(
            &b->code,
            of && doc_date(&day, of, name, 0, &b->d) ? day.days : NULL_INT, 1);
    case UNIT_COUNT:
    case UNIT_DAYS:
    case UNIT_MONTHS:
        return code_whole(
            &b->code,
            of && doc_count(&count, of, name, 0, &b->d) ? count : NULL_INT, 1);
    case UNIT_NUMBER:
        if (of == NULL || !doc_real(&real, of, name, 0, &b->d))
            return code_number(&b->code, NUMBER_NULL);
        if (ratio_parse(&ratio, value->text, NULL) == OK)
            return code_number(&b->code,
                               number_scaled(ratio.billionths, RATIO_ONE));
        return code_number(&b->code, number_real(real));
    default:
        return code_text(&b->code, value == NULL || value->kind != DOC_TEXT
                                       ? NULL
                                       : reader_text(&b->r, value->text,
                                                     strlen(value->text)));
    }
}

/* Values outside `min` and `max` count as null. */
static void code_range(Build *b, Symbol *s, const Doc *group)
{
    const Doc *min = doc_get(group, "min"), *max = doc_get(group, "max");
    s->raw = s->slot = convert_input(&b->code, s->unit);
    if ((min == NULL && max == NULL) || b->code.failed)
        return;
    if (!unit_is_plain(s->unit) && s->unit != UNIT_MONEY &&
        s->unit != UNIT_DATE && s->unit != UNIT_MONTHS) {
        reader_fault_node(
            &b->r, min ? min : max, s->name,
            tr("only numbers, money, dates and months have ranges"),
            tr("leave out min and max"));
        return;
    }
    int low = code_value(b, min, s->unit), high = code_value(b, max, s->unit);
    if (low == SLOT_NONE || high == SLOT_NONE)
        return;
    s->min = code_constant(&b->code, low);
    s->max = code_constant(&b->code, high);
    s->has_min = !number_is_null(s->min);
    s->has_max = !number_is_null(s->max);
    if (s->has_min && s->has_max && number_compare(s->max, s->min) < 0) {
        reader_fault_node(&b->r, max, s->name, tr("max is below min"),
                          tr("write the lower figure into min"));
        s->has_min = s->has_max = 0; /* nothing is said of what they empty */
        return;
    }
    Slot like = b->code.slots[s->raw];
    s->slot = code_slot(&b->code, like.rep, like.scale, 1);
    code_op(&b->code,
            op_function(like.rep == REP_WHOLE ? OP_WITHIN_I : OP_WITHIN_N),
            s->slot, s->raw, low, high, NULL);
}

static void read_input(Build *b, const Doc *group)
{
    static const char *const names[] = {"name",     "type",   "unit",
                                        "required", "values", "min",
                                        "max",      "title",  "cite"};
    const char *name;
    FieldType type;
    Symbol s = {.kind = SYMBOL_INPUT, .node = group};
    doc_only(group, names, sizeof names / sizeof *names, &b->d);
    if (!doc_text(&name, group, "name", 0, &b->d) ||
        !read_type(&type, &s.unit, group, name, b))
        return;
    s.name = reader_text(&b->r, name, strlen(name));
    read_words(&s, group, b);
    Symbol *symbol = s.name == NULL ? NULL : scope_add(&b->scope, s, &b->r);
    if (symbol != NULL)
        code_range(b, symbol, group);
}

void inputs_read(Build *b, const Doc *root)
{
    const Doc *list = build_section(b, root, "inputs");
    for (const Doc *it = list ? list->first : NULL; it; it = it->next)
        read_input(b, it);
}

const Doc *parameter_value(const Doc *parameter, Date day)
{
    const Doc *found = NULL, *list = doc_get(parameter, "values");
    if (list == NULL || list->kind != DOC_LIST)
        return NULL;
    for (const Doc *it = list->first; it != NULL; it = it->next) {
        const Doc *from = doc_get(it, "from");
        Date start = {INT32_MIN};
        if (from != NULL && (from->kind != DOC_TEXT ||
                             date_parse(&start, from->text, NULL) != OK))
            continue;
        if (start.days <= day.days)
            found = doc_get(it, "value");
    }
    return found;
}

/* Dates must rise, or the last would not be the latest. */
static void check_dates(Build *b, const Doc *list, const char *name)
{
    static const char *const names[] = {"from", "value", "source", "confidence",
                                        "cite"};
    Date last = {INT32_MIN}, from;
    for (const Doc *it = list->first; it != NULL; it = it->next) {
        const char *text;
        doc_only(it, names, sizeof names / sizeof *names, &b->d);
        doc_text(&text, it, "value", 0, &b->d);
        if (it != list->first || doc_get(it, "from") != NULL) {
            if (!doc_date(&from, it, "from", 0, &b->d))
                continue;
            if (from.days <= last.days)
                reader_fault_node(&b->r, doc_get(it, "from"), name,
                                  tr("the dates of a parameter rise"),
                                  tr("write the earliest value first"));
            last = from;
        }
    }
}

static void read_parameter(Build *b, const Doc *group)
{
    static const char *const names[] = {"name", "type",  "unit",
                                        "cite", "title", "values"};
    const char *name;
    FieldType type;
    Symbol s = {.kind = SYMBOL_PARAMETER, .node = group};
    doc_only(group, names, sizeof names / sizeof *names, &b->d);
    if (!doc_text(&name, group, "name", 0, &b->d) ||
        !inputs_type(&type, &s.unit, group, b))
        return;
    const Doc *list = doc_get(group, "values");
    if (list == NULL || list->kind != DOC_LIST || list->n == 0) {
        reader_fault_node(&b->r, list ? list : group, name,
                          tr("a parameter has a list of dated values"),
                          tr("values = ( { from = \"2024-01-01\"; value = "
                             "\"...\"; } )"));
        return;
    }
    if (s.unit == UNIT_BOOL || s.unit == UNIT_LIST) {
        reader_fault_node(&b->r, doc_get(group, "type"), name,
                          tr("a parameter is no boolean and no list"),
                          tr("make it a number, or a word"));
        return;
    }
    build_cite(b, group, NULL, name);
    check_dates(b, list, name);
    s.name = reader_text(&b->r, name, strlen(name));
    Symbol *symbol = s.name == NULL ? NULL : scope_add(&b->scope, s, &b->r);
    if (symbol != NULL)
        symbol->slot = code_value(b, parameter_value(group, b->day), s.unit);
}

void parameters_read(Build *b, const Doc *root)
{
    const Doc *list = build_section(b, root, "parameters");
    for (const Doc *it = list ? list->first : NULL; it; it = it->next)
        read_parameter(b, it);
}
