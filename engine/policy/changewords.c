#include "policy/changewords.h"

#include "core/text.h"
#include "policy/alike.h"
#include "policy/reader.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *zh, *en;
} words[] = {
#define CHANGE_WORD(name, zh, en) {name, zh, en},
#include "policy/changewords.def"
#undef CHANGE_WORD
};

static Label word_of(const char *name)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].name, name) == 0)
            return (Label){words[i].zh, words[i].en};
    return (Label){name, name};
}

static const char *some(const char *text)
{
    return text == NULL ? "" : text;
}

static Label join(Arena *arena, Label a, Label between, Label b)
{
    if (*a.en == '\0')
        return b;
    if (*b.en == '\0')
        return a;
    return (Label){some(text_format(arena, "%s%s%s", a.zh, between.zh, b.zh)),
                   some(text_format(arena, "%s%s%s", a.en, between.en, b.en))};
}

static const Label none = {"", ""}, comma = {"，", ", "}, space = {" ", " "};

static const Doc *section_of(const Doc *node)
{
    while (node->parent != NULL && node->parent->parent != NULL)
        node = node->parent;
    return node;
}

static int is_in(const Doc *node, const char *section)
{
    const char *name = section_of(node)->name;
    return name != NULL && strcmp(name, section) == 0;
}

static int is_called(const Doc *node, const char *name)
{
    return node->name != NULL && strcmp(node->name, name) == 0;
}

/* The parameter that a value belongs to. */
static const Doc *parameter_of(const Doc *node)
{
    if (!is_in(node, "parameters"))
        return NULL;
    while (node->parent != NULL && node->parent != section_of(node))
        node = node->parent;
    return node;
}

static int says_money(const char *text)
{
    size_t n = strlen(text);
    return strstr(text, "万") != NULL || strstr(text, "亿") != NULL ||
           strstr(text, "元") != NULL || (n > 3 && text[n - 3] == '.');
}

/* Is it an amount, by how it is written or by where it stands? */
static int is_amount(Money *out, const Doc *node)
{
    if (node->kind != DOC_TEXT || !doc_money_of(out, node->text))
        return 0;
    const Doc *owner = parameter_of(node), *type = doc_get(owner, "type");
    if (owner != NULL)
        return is_called(node, "value") && type != NULL &&
               type->kind == DOC_TEXT && strcmp(type->text, "money") == 0;
    return says_money(node->text) || is_called(node, "cap") ||
           is_called(node, "floor") ||
           ((is_in(node, "scales") || is_in(node, "budget")) &&
            (is_called(node, "from") || is_called(node, "amount")));
}

/* "500,000", "1,234.50" */
static const char *grouped(Arena *arena, Money m)
{
    char digits[32], out[48];
    size_t n = 0;
    int64_t yuan = m.fen / 100, fen = m.fen % 100;
    int len =
        snprintf(digits, sizeof digits, "%" PRId64, yuan < 0 ? -yuan : yuan);
    if (m.fen < 0)
        out[n++] = '-';
    for (int i = 0; i < len; i++) {
        out[n++] = digits[i];
        if ((len - 1 - i) % 3 == 0 && i + 1 < len)
            out[n++] = ',';
    }
    out[n] = '\0';
    if (fen == 0)
        return some(text_copy(arena, out, n));
    return some(
        text_format(arena, "%s.%02d", out, (int)(fen < 0 ? -fen : fen)));
}

static Label amount_words(Arena *arena, Money m)
{
    enum { WAN = 1000000, YI = 10000 };
    Label out = {NULL, some(text_format(arena, "%s yuan", grouped(arena, m)))};
    if (m.fen != 0 && m.fen % ((int64_t)WAN * YI) == 0)
        out.zh = text_format(arena, "%" PRId64 "亿元", m.fen / WAN / YI);
    else if (m.fen != 0 && m.fen % WAN == 0)
        out.zh = text_format(arena, "%" PRId64 "万元", m.fen / WAN);
    else
        out.zh = text_format(arena, "%s元", grouped(arena, m));
    out.zh = some(out.zh);
    return out;
}

static Label scalar_words(Arena *arena, const Doc *node)
{
    Money m;
    if (is_amount(&m, node))
        return amount_words(arena, m);
    if (node->kind == DOC_TEXT)
        return word_of(node->text);
    const char *text = text_format(arena, "%" PRId64, node->number);
    return (Label){some(text), some(text)};
}

/* What is told of a group besides its parts. */
static int is_aside(const char *name)
{
    return strcmp(name, "cite") == 0 || strcmp(name, "source") == 0 ||
           strcmp(name, "confidence") == 0 || strcmp(name, "title") == 0 ||
           strcmp(name, "id") == 0 || strcmp(name, "name") == 0 ||
           strcmp(name, "reason") == 0;
}

/* The parts of a group or a list, without the one its name has told. */
static Label parts_of(Arena *arena, const Doc *node, const Doc *told)
{
    static const Label between = {"；", "; "};
    Label out = none;
    for (const Doc *it = node->first; it != NULL; it = it->next) {
        Label item = change_value(arena, it);
        if (it == told || (node->kind == DOC_GROUP && is_aside(it->name)))
            continue;
        if (node->kind == DOC_GROUP)
            item = join(arena, word_of(it->name), space, item);
        out = join(arena, out, node->kind == DOC_GROUP ? comma : between, item);
    }
    return out;
}

Label change_value(Arena *arena, const Doc *node)
{
    if (node == NULL)
        return none;
    if (node->kind != DOC_GROUP && node->kind != DOC_LIST)
        return scalar_words(arena, node);
    return parts_of(arena, node, NULL);
}

static Label title_of(const Doc *group)
{
    const Doc *title = doc_get(group, "title");
    const Doc *zh = doc_get(title, "zh"), *en = doc_get(title, "en");
    if (zh == NULL || zh->text == NULL)
        zh = en;
    if (en == NULL || en->text == NULL)
        en = zh;
    return en == NULL || en->text == NULL ? none : (Label){zh->text, en->text};
}

/* "per claim", and of which award. */
static Label scope_of(Arena *arena, const Doc *limit)
{
    const Doc *scope = doc_get(limit, "scope"),
              *award = doc_get(limit, "award");
    Label out = none;
    if (scope != NULL && scope->text != NULL)
        out = word_of(strcmp(scope->text, "firm_count") == 0 ? "firm_count_year"
                                                             : scope->text);
    if (award != NULL && award->text != NULL)
        out = join(arena, (Label){award->text, award->text}, space, out);
    return out;
}

/* "bracket from 500,000 yuan" of a group without a name. */
static Label keyed(Arena *arena, const Doc *item)
{
    const Doc *key = alike_key(item);
    if (key == NULL)
        return none;
    if (is_called(key, "otherwise") || is_called(key, "missing"))
        return word_of(key->name);
    return join(arena, word_of(key->name), space, scalar_words(arena, key));
}

static Label item_name(Arena *arena, const Doc *item)
{
    const char *id = reader_id(item);
    Label title = title_of(item);
    if (*title.en != '\0')
        return title;
    if (id != NULL)
        return (Label){id, id};
    return item->kind == DOC_GROUP ? keyed(arena, item)
                                   : scalar_words(arena, item);
}

/* Who reads a parameter as a cap, a floor or an amount of money there is? */
static const Doc *reader_of(const Doc *node, const char *name)
{
    if (node->kind == DOC_TEXT)
        return strcmp(node->text, name) == 0 ? node : NULL;
    for (const Doc *it = node->first; it != NULL; it = it->next) {
        const Doc *found = reader_of(it, name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

/* What the node is called: "cap per claim". */
static Label change_name(Arena *arena, const Doc *node);

static Label parameter_name(Arena *arena, const Doc *parameter)
{
    static const char *const sections[] = {"limits", "budget"};
    const char *id = some(reader_id(parameter));
    const Doc *root = section_of(parameter)->parent;
    for (size_t i = 0; i < 2; i++) {
        const Doc *section = doc_get(root, sections[i]);
        const Doc *found = section ? reader_of(section, id) : NULL;
        if (found != NULL && !is_called(found, "id"))
            return change_name(arena, found);
    }
    return join(arena, word_of("parameters"), space, (Label){id, id});
}

static Label limit_name(Arena *arena, const Doc *node)
{
    Label scope = scope_of(arena, node->parent), key = word_of(node->name);
    const char *en = *scope.en == '\0'
                         ? key.en
                         : text_format(arena, "%s %s", key.en, scope.en);
    return (Label){some(text_format(arena, "%s%s", scope.zh, key.zh)),
                   some(en)};
}

static int is_limit_figure(const Doc *node)
{
    return is_in(node, "limits") &&
           (is_called(node, "cap") || is_called(node, "floor") ||
            is_called(node, "count"));
}

/* The name of what a part belongs to; where the part is what it is known by,
 * that is left out: "bracket", not "bracket from 500,000 yuan". */
static Label around(Arena *arena, const Doc *part)
{
    const Doc *item = part->parent, *list = item->parent;
    if (list == NULL || list->kind != DOC_LIST || reader_id(item) != NULL ||
        alike_key(item) != part || list->parent->parent == NULL)
        return change_name(arena, item);
    return join(arena, change_name(arena, list->parent), comma,
                word_of(some(list->name)));
}

static Label change_name(Arena *arena, const Doc *node)
{
    if (node->parent == NULL)
        return none;
    if (is_limit_figure(node))
        return limit_name(arena, node);
    const Doc *parameter = parameter_of(node), *parent = node->parent;
    if (parameter != NULL && parameter != node &&
        (is_called(node, "value") || is_called(node, "values")))
        return parameter_name(arena, parameter);
    if (parent->parent == NULL)
        return word_of(some(node->name));
    if (parent->kind != DOC_LIST)
        return join(arena, around(arena, node), comma,
                    word_of(some(node->name)));
    Label own =
        join(arena, word_of(some(parent->name)), space, item_name(arena, node));
    return parent->parent->parent == NULL
               ? own
               : join(arena, change_name(arena, parent->parent), comma, own);
}

static Label change_of(Arena *arena, const Change *c)
{
    static const Label arrow = {" → ", " → "}, colon = {"：", ": "},
                       added = {"新增", "added"}, gone = {"取消", "removed"};
    Money a, b;
    Label name = change_name(arena, c->after ? c->after : c->before);
    Label before = change_value(arena, c->before);
    Label after = change_value(arena, c->after);
    if (c->before == NULL || c->after == NULL) {
        const Doc *node = c->after ? c->after : c->before;
        const Doc *told = reader_id(node) == NULL ? alike_key(node) : NULL;
        name = join(arena, c->after ? added : gone, space, name);
        if (node->kind == DOC_GROUP)
            before = after = parts_of(arena, node, told);
        return join(arena, name, colon, c->after ? after : before);
    }
    if (is_amount(&a, c->before) && is_amount(&b, c->after))
        before.en = grouped(arena, a);
    Label to = join(arena, before, arrow, after);
    return join(arena, name, colon, to);
}

Label change_words(Arena *arena, const Change *c, ChangeGround ground)
{
    Label out = change_of(arena, c);
    if (ground.cite != NULL)
        out = join(arena, out, comma, (Label){ground.cite, ground.cite});
    if (ground.from != NULL)
        out = join(arena, out, comma,
                   (Label){some(text_format(arena, "自%s起", ground.from)),
                           some(text_format(arena, "from %s", ground.from))});
    return out;
}
