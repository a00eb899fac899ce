#include "policy/written.h"

#include "core/tr.h"
#include "policy/define.h"
#include "policy/known.h"

#include <string.h>

static int is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static void check_confidence(const Doc *node, Reader *r)
{
    DocReader d = reader_doc(r);
    (void)doc_check_confidence(node, &d);
    reader_done(r, &d);
}

/* Ids stand in lists and traces, which blanks and signs cut up. */
static void check_id(const Doc *node, Reader *r)
{
    if (strcspn(node->text, " ;:,\t") < strlen(node->text))
        reader_fault_node(r, node, node->text,
                          tr("an id with a blank or one of ; : ,"),
                          tr("write - or _ instead"));
}

/* A citation that cites nothing, an id that names nothing. */
static void check_texts(const Doc *node, Reader *r)
{
    static const char *const names[] = {"cite",   "id",       "name", "expr",
                                        "issuer", "document", "zh",   "en"};
    for (const Doc *it = node->first; it != NULL; it = it->next) {
        check_texts(it, r);
        if (it->kind != DOC_TEXT || it->name == NULL)
            continue;
        if (strcmp(it->name, "confidence") == 0)
            check_confidence(it, r);
        if (strcmp(it->name, "id") == 0)
            check_id(it, r);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (strcmp(it->name, names[i]) == 0 && is_blank(it->text))
                reader_fault_node(
                    r, it, reader_id(node),
                    reader_say(r, tr("'%s' is empty"), it->name),
                    i == 0 ? tr("write the article: \"article 8 (2)\"")
                           : tr("fill it in, or take it out"));
    }
}

static void check_date(const Policy *p, Reader *r)
{
    const char *name = p->head.date_used;
    const Doc *node = doc_get(doc_get(p->root, "policy"), "date_used");
    if (name == NULL || node == NULL || p->n_eras == 0)
        return;
    const Unknown *u =
        known_check(p, p->eras[p->n_eras - 1].from, name, TYPE_DATE, r->arena);
    if (u != NULL)
        reader_fault_node(r, node, p->head.id, u->problem, u->way_out);
}

/* Is every text of the one list in the other? */
static int is_within(const Doc *list, const Doc *other)
{
    for (const Doc *a = list->first; a != NULL; a = a->next) {
        const Doc *b = other->first;
        while (b != NULL && (a->text == NULL || b->text == NULL ||
                             strcmp(a->text, b->text) != 0))
            b = b->next;
        if (b == NULL)
            return 0;
    }
    return 1;
}

static const char *day_of(const Doc *example)
{
    const Doc *on = doc_get(example, "on");
    return on != NULL && on->text != NULL ? on->text : "";
}

static int have_one_input(const Doc *a, const Doc *b)
{
    const Doc *x = doc_get(a, "given"), *y = doc_get(b, "given");
    return x != NULL && y != NULL && strcmp(day_of(a), day_of(b)) == 0 &&
           is_within(x, y) && is_within(y, x);
}

static void check_examples(const Doc *list, Reader *r)
{
    for (const Doc *it = list ? list->first : NULL; it; it = it->next) {
        const Doc *gives = doc_get(it, "gives"), *before = list->first;
        if (gives != NULL && gives->kind == DOC_LIST && gives->n == 0)
            reader_fault_node(r, gives, reader_id(it),
                              tr("an example that expects nothing proves "
                                 "nothing"),
                              tr("gives = ( \"name = value\" )"));
        while (before != it && !have_one_input(before, it))
            before = before->next;
        if (before != it)
            reader_warn(r, (Text){it, "", reader_id(it)}, 0,
                        reader_say(r, tr("the same input as '%s' on line %zu"),
                                   reader_id(before) ? reader_id(before) : "",
                                   before->line),
                        tr("change what is given, or make one example of "
                           "them"));
    }
}

/* Does a program of any day call the function of that name? */
static int is_called(const Policy *p, const char *name)
{
    for (size_t i = 0; i < p->n_eras; i++) {
        const Definitions *all = p->eras[i].program->definitions;
        for (size_t k = 0; all != NULL && k < all->n; k++)
            if (all->items[k].name == name && all->items[k].is_used)
                return 1;
    }
    return 0;
}

static void check_functions(const Policy *p, Reader *r)
{
    for (size_t i = 0; i < p->n_eras; i++) {
        const Definitions *all = p->eras[i].program->definitions;
        for (size_t k = 0; all != NULL && k < all->n; k++) {
            const Definition *d = &all->items[k];
            if (!is_called(p, d->name))
                reader_warn(r, (Text){d->text.node->parent, "", d->name}, 0,
                            reader_say(r, tr("nothing calls '%s'"), d->name),
                            tr("call it where it is meant, or take it out"));
        }
    }
}

void written_check(const Policy *p, Reader *r)
{
    check_texts(p->root, r);
    check_date(p, r);
    check_examples(doc_get(p->root, "examples"), r);
    check_functions(p, r);
}
