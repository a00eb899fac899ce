#include "policy/kit.h"

#include "core/text.h"
#include "core/tr.h"
#include "data/dmn.h"
#include "policy/feelcall.h"
#include "policy/moment.h"

#include <string.h>

typedef struct {
    Arena *arena;
    const DmnTypes *types;
} Kit;

/* xsd's types and the kinds of the language that they are. */
static const struct {
    const char *xsd;
    BoxKind kind;
} xsd_kinds[] = {
    {"decimal", BOX_NUMBER},  {"double", BOX_NUMBER},
    {"integer", BOX_NUMBER},  {"int", BOX_NUMBER},
    {"long", BOX_NUMBER},     {"float", BOX_NUMBER},
    {"boolean", BOX_BOOL},    {"string", BOX_TEXT},
    {"date", BOX_DATE},       {"time", BOX_TIME},
    {"dateTime", BOX_MOMENT}, {"duration", BOX_SECONDS},
};

/* How a text is to be read: by its own type, the model's, or what it is
 * compared with; a string where nothing says. */
static BoxKind kind_of(const Kit *k, const Doc *value, const DmnType *type,
                       const Boxed *like)
{
    const char *xsd = dmn_attribute(value, "type");
    const char *colon = xsd == NULL ? NULL : strchr(xsd, ':');
    const char *local = colon == NULL ? xsd : colon + 1;
    for (size_t i = 0;
         local != NULL && i < sizeof xsd_kinds / sizeof *xsd_kinds; i++)
        if (strcmp(xsd_kinds[i].xsd, local) == 0)
            return xsd_kinds[i].kind;
    const char *name = dmntype_kind(k->types, type);
    for (int kind = BOX_BOOL; name != NULL && kind <= BOX_MONTHS; kind++) {
        Boxed of = {.kind = (BoxKind)kind};
        if (feel_is_kind(&of, name))
            return (BoxKind)kind;
    }
    return like != NULL && like->kind != BOX_NULL ? like->kind : BOX_TEXT;
}

static Boxed scalar(const Kit *k, const Doc *value, const DmnType *type,
                    const Boxed *like)
{
    const Doc *node = dmn_text(value, NULL);
    const char *text = node == NULL ? "" : node->text;
    switch (kind_of(k, value, type, like)) {
    case BOX_NUMBER:
        return boxed_number(feelcall_number(text));
    case BOX_BOOL:
        if (strcmp(text, "true") == 0 || strcmp(text, "1") == 0)
            return boxed_bool(1);
        return strcmp(text, "false") == 0 || strcmp(text, "0") == 0
                   ? boxed_bool(0)
                   : boxed_null;
    case BOX_DATE:
        return moment_date(text);
    case BOX_TIME:
        return moment_time(text);
    case BOX_MOMENT:
        return moment_date_time(text);
    case BOX_SECONDS:
    case BOX_MONTHS:
        return moment_duration(text);
    default:
        return boxed_text(text);
    }
}

/* An attribute of type xsd:boolean, false where it is not given. */
static int is_set(const Doc *element, const char *name)
{
    const char *text = dmn_attribute(element, name);
    return text != NULL &&
           (strcmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

static int is_nil(const Doc *element)
{
    return is_set(element, "nil");
}

static Boxed read(const Kit *k, const Doc *element, const DmnType *type,
                  const Boxed *like);

/* The items of a <list>, or the components of `element`. */
static Boxed many(const Kit *k, const Doc *element, const DmnType *type,
                  const Boxed *like, int is_list)
{
    const char *wanted = is_list ? "item" : "component";
    Boxed *items = arena_alloc(k->arena, element->n + 1, sizeof *items);
    const char **names = arena_alloc(k->arena, element->n + 1, sizeof *names);
    size_t n = 0;
    if (items == NULL || names == NULL)
        return boxed_null;
    for (const Doc *d = element->first; d != NULL; d = d->next) {
        if (strcmp(d->name, wanted) != 0)
            continue;
        const char *name = is_list ? NULL : dmn_attribute(d, "name");
        const DmnType *part = type;
        const Boxed *one = NULL;
        if (!is_list) {
            names[n] = name == NULL ? "" : name;
            part = dmntype_part(k->types, type, names[n]);
            one = like == NULL ? NULL : boxed_entry(like, names[n]);
        } else if (like != NULL && like->kind == BOX_LIST && n < like->n) {
            one = &like->items[n];
        }
        items[n++] = read(k, d, part, one);
    }
    if (is_list)
        return boxed_list(items, n);
    return (Boxed){.kind = BOX_CONTEXT, .items = items, .names = names, .n = n};
}

static Boxed read(const Kit *k, const Doc *element, const DmnType *type,
                  const Boxed *like)
{
    const Doc *value = doc_get(element, "value");
    const Doc *list = doc_get(element, "list");
    if (is_nil(element))
        return boxed_null;
    if (list != NULL)
        return is_nil(list) ? boxed_null : many(k, list, type, like, 1);
    if (value != NULL)
        return is_nil(value) ? boxed_null : scalar(k, value, type, like);
    if (doc_get(element, "component") != NULL)
        return many(k, element, type, like, 0);
    return boxed_null;
}

/* A value, component or list below `element`, read as its own xsi:type says,
 * else as one of `type`, else as the kind of `like` (either may be NULL).
 * xsi:nil and what cannot be read are null.  Depth is DMN_DEPTH's. */
static Boxed kit_value(Arena *arena, const DmnTypes *types, const DmnType *type,
                       const Boxed *like, const Doc *element)
{
    Kit k = {arena, types};
    return read(&k, element, type, like);
}

/* Is `got` what is expected?  Numbers within 1e-8, as all runners of the kit
 * compare them. */
static int kit_same(const Boxed *got, const Boxed *expected)
{
    static const Number near = {1, 100000000};
    if (got->kind != expected->kind)
        return 0;
    if (got->kind == BOX_NUMBER) {
        Number d = number_subtract(got->number, expected->number);
        return number_compare(number_abs(d), near) <= 0;
    }
    if (got->kind != BOX_LIST && got->kind != BOX_CONTEXT)
        return boxed_equal(got, expected) == 1;
    if (got->n != expected->n)
        return 0;
    for (size_t i = 0; i < got->n; i++) {
        const Boxed *other = got->kind == BOX_LIST
                                 ? &expected->items[i]
                                 : boxed_entry(expected, got->names[i]);
        if (other == NULL || !kit_same(&got->items[i], other))
            return 0;
    }
    return 1;
}

/* As written in a model: 5 is a number, "5" a string. */
static const char *written(Arena *arena, const Boxed *v)
{
    const char *text = boxed_show(arena, v);
    if (text != NULL && v->kind == BOX_TEXT)
        text = text_format(arena, "\"%s\"", text);
    return text == NULL ? "" : text;
}

/* The value that a result node asks for: of a decision or service; under
 * another name, of the service that the case invokes, or NULL. */
static ErrCode ask(Boxed *out, const char **problem, DmnCase *of,
                   const char *name, const char *service, Err *err)
{
    Err own = {0};
    ErrCode rc = dmnmodel_decide(out, problem, of, name, err);
    if (rc != ERR_DOMAIN || service == NULL)
        return rc;
    return dmnmodel_decide(out, problem, of, service, &own) == OK ? OK : rc;
}

/* What a result node says is not met, or NULL. */
static const char *check(Arena *arena, const DmnModel *model, DmnCase *of,
                         const char *service, const Doc *node)
{
    Boxed got = boxed_null;
    Err err = {0};
    const char *problem = NULL, *name = dmn_attribute(node, "name");
    const Doc *expected = doc_get(node, "expected");
    if (expected == NULL)
        expected = doc_get(node, "computed"); /* as the oldest cases say */
    if (name == NULL || ask(&got, &problem, of, name, service, &err) != OK)
        return text_format(arena, "%s", name == NULL ? "" : err.text);
    if (is_set(node, "errorResult") && got.kind == BOX_NULL)
        return NULL;
    Boxed want = expected == NULL ? boxed_null
                                  : kit_value(arena, dmnmodel_types(model),
                                              dmnmodel_type(model, NULL, name),
                                              &got, expected);
    if (kit_same(&got, &want))
        return NULL;
    return text_format(arena, tr("%s is %s, not %s%s%s"), name,
                       written(arena, &got), written(arena, &want),
                       problem == NULL ? "" : ": ",
                       problem == NULL ? "" : problem);
}

static DmnCase *case_of(Arena *arena, const DmnModel *model, const Doc *test)
{
    DmnInput *inputs = arena_alloc(arena, test->n + 1, sizeof *inputs);
    size_t n = 0;
    if (inputs == NULL)
        return NULL;
    for (const Doc *d = test->first; d != NULL; d = d->next) {
        const char *name = dmn_attribute(d, "name");
        if (strcmp(d->name, "inputNode") != 0 || name == NULL)
            continue;
        const char *space = dmn_attribute(d, "namespace");
        const DmnType *type = dmnmodel_type(model, space, name);
        inputs[n++] = (DmnInput){
            name, kit_value(arena, dmnmodel_types(model), type, NULL, d),
            space};
    }
    return dmnmodel_case(model, arena, inputs, n);
}

const char *kit_run(int *ignored, Arena *arena, const DmnModel *model,
                    const Doc *test)
{
    const char *type = dmn_attribute(test, "type");
    *ignored = type != NULL && strcmp(type, "bkm") == 0;
    if (*ignored)
        return "a knowledge model alone is not evaluated";
    DmnCase *of = case_of(arena, model, test);
    const char *service = type != NULL && strcmp(type, "decisionService") == 0
                              ? dmn_attribute(test, "invocableName")
                              : NULL;
    if (of == NULL)
        return "no memory";
    for (const Doc *d = test->first; d != NULL; d = d->next) {
        if (strcmp(d->name, "resultNode") != 0)
            continue;
        const char *wrong = check(arena, model, of, service, d);
        if (wrong != NULL)
            return wrong;
    }
    return NULL;
}
