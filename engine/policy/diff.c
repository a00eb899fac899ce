#include "policy/diff.h"

#include "policy/changewords.h"
#include "policy/inside.h"

#include <string.h>

enum { COLUMNS = 11 };

typedef struct {
    Tables *tables;
    PolicyText a, b;
    const Version *before, *after;
    Err *err;
} Diff;

static ErrCode find_version(const Version **out, PolicyText text, Err *err)
{
    char day[DATE_TEXT];
    const Policy *p = text.policy;
    *out = &p->versions[p->n_versions - 1];
    if (text.day == NULL)
        return OK;
    const Era *era = inside_era(p, *text.day);
    if (era == NULL)
        return FAIL(err, ERR_RULE, "no version of '%s' is in force on %s",
                    p->head.id, date_format(day, *text.day));
    *out = era->version;
    return OK;
}

/* Did the change of an amendment put that node, or one it is part of, here? */
static int brought(const Doc *change, const Doc *node)
{
    const Doc *value = doc_get(change, "value");
    for (; value != NULL && node != NULL; node = node->parent)
        if (node->raw == value->raw && node->file == value->file &&
            node->line == value->line)
            return 1;
    return 0;
}

static const char *text_of(const Doc *group, const char *name)
{
    const Doc *node = doc_get(group, name);
    return node != NULL && node->kind == DOC_TEXT ? node->text : NULL;
}

static int takes_out(const Doc *change, const char *path)
{
    const char *gone = text_of(change, "path");
    return text_of(change, "remove") != NULL && gone != NULL &&
           strcmp(gone, path) == 0;
}

/* What a list of changes cites for one of them; NULL when it made none such. */
static const char *cite_in(const Doc *changes, const Change *c,
                           const char *otherwise)
{
    for (const Doc *it = changes ? changes->first : NULL; it; it = it->next)
        if (c->after ? brought(it, c->after) : takes_out(it, c->path)) {
            const char *cite = text_of(it, "cite");
            return cite ? cite : otherwise;
        }
    return NULL;
}

static const char *cite_of_scenario(const Policy *p, const Change *c)
{
    const Doc *list = doc_get(p->root, "scenarios");
    for (const Doc *it = list ? list->first : NULL; it && p->head.scenario;
         it = it->next)
        if (text_of(it, "id") &&
            strcmp(text_of(it, "id"), p->head.scenario) == 0)
            return cite_in(doc_get(it, "changes"), c, text_of(it, "cite"));
    return NULL;
}

/* The article of the amendment that made the change. */
static const char *amended_by(const Diff *d, const Change *c)
{
    const Policy *p = d->b.policy;
    const Doc *list = doc_get(p->root, "versions");
    const char *found = cite_of_scenario(p, c);
    if (found != NULL)
        return found;
    for (const Doc *it = list ? list->first : NULL; it; it = it->next) {
        const char *cite =
            cite_in(doc_get(it, "amends"), c, text_of(it, "cite"));
        found = cite ? cite : found;
        if (text_of(it, "id") && strcmp(text_of(it, "id"), d->after->id) == 0)
            break;
    }
    return found;
}

/* The nearest citation around a node. */
static const char *cite_of(const Diff *d, const Change *c)
{
    const char *amended = amended_by(d, c);
    if (amended != NULL)
        return amended;
    for (const Doc *it = c->after ? c->after : c->before; it; it = it->parent)
        if (text_of(it, "cite") != NULL)
            return text_of(it, "cite");
    return text_of(doc_get(d->b.policy->root, "policy"), "document");
}

/* The day from which a change holds: of a parameter's value its own, else that
 * of the version. */
static const char *from_of(const Diff *d, const Change *c, char out[DATE_TEXT])
{
    const Doc *node = c->after ? c->after : c->before;
    const Doc *entry = node->kind == DOC_GROUP ? node : node->parent;
    if (c->section != NULL && c->section->name != NULL &&
        strcmp(c->section->name, "parameters") == 0 &&
        text_of(entry, "from") != NULL)
        return text_of(entry, "from");
    if (d->after->from.days == INT32_MIN || d->b.policy->head.scenario != NULL)
        return NULL;
    return date_format(out, d->after->from);
}

static ErrCode put(Diff *d, Column *column, size_t row, const char *text)
{
    if (text == NULL || *text == '\0')
        return OK;
    column->s[row] = texts_put(d->tables->texts, text, strlen(text));
    return column->s[row] ? OK
                          : FAIL(d->err, ERR_MEMORY, "no memory to compare");
}

static ErrCode fill(Diff *d, Column *to[COLUMNS], size_t row, const Change *c)
{
    static const char *const kinds[] = {"added", "removed", "changed"};
    ErrCode rc = OK;
    Arena *arena = d->tables->arena;
    char day[DATE_TEXT];
    ChangeGround ground = {cite_of(d, c), from_of(d, c, day)};
    Label before = change_value(arena, c->before),
          after = change_value(arena, c->after),
          words = change_words(arena, c, ground);
    const char *const texts[] = {c->section ? c->section->name : NULL,
                                 c->path,
                                 kinds[c->before == NULL  ? 0
                                       : c->after == NULL ? 1
                                                          : 2],
                                 before.en,
                                 before.zh,
                                 after.en,
                                 after.zh,
                                 ground.cite,
                                 ground.from,
                                 words.en,
                                 words.zh};
    for (size_t i = 0; i < COLUMNS; i++)
        TRY(put(d, to[i], row, texts[i]));
done:
    return rc;
}

static ErrCode write_table(Table **out, Diff *d, const Changes *changes)
{
    static const struct {
        const char *name;
        FieldType type;
        Label label;
    } columns[COLUMNS] = {{"section", TYPE_CATEGORY, {"部分", "section"}},
                          {"path", TYPE_TEXT, {"路径", "path"}},
                          {"change", TYPE_CATEGORY, {"变动", "change"}},
                          {"before", TYPE_TEXT, {"变动前", "before"}},
                          {"before_zh", TYPE_TEXT, {"变动前", "before"}},
                          {"after", TYPE_TEXT, {"变动后", "after"}},
                          {"after_zh", TYPE_TEXT, {"变动后", "after"}},
                          {"cite", TYPE_TEXT, {"依据", "cite"}},
                          {"from", TYPE_TEXT, {"自", "from"}},
                          {"words", TYPE_TEXT, {"说明", "in words"}},
                          {"words_zh", TYPE_TEXT, {"说明", "in words"}}};
    ErrCode rc = OK;
    Table *t;
    Column *to[COLUMNS];
    TRY(table_new(&t, d->tables, "rule_changes", changes->n, d->err));
    t->title = (Label){"规则变动", "What the rules say differently"};
    for (size_t i = 0; i < COLUMNS; i++) {
        TRY(table_add(&to[i], t, columns[i].name, columns[i].type, "", d->err));
        to[i]->label = columns[i].label;
    }
    for (size_t i = 0; i < changes->n; i++)
        TRY(fill(d, to, i, &changes->items[i]));
    *out = t;
done:
    return rc;
}

ErrCode policy_diff(Table **out, Tables *tables, PolicyText a, PolicyText b,
                    Err *err)
{
    ErrCode rc = OK;
    Diff d = {tables, a, b, NULL, NULL, err};
    Changes changes = {.arena = tables->arena};
    TRY(find_version(&d.before, a, err));
    TRY(find_version(&d.after, b, err));
    changes_find(&changes, d.before->root, a.day, d.after->root, b.day);
    if (changes.failed)
        TRY(FAIL(err, ERR_MEMORY, "no memory to compare two policies"));
    TRY(write_table(out, &d, &changes));
done:
    return rc;
}
