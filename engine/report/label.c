#include "report/label.h"

#include "core/text.h"

#include <stdio.h>
#include <string.h>

const char *label_say(Label label, ReportLanguage language)
{
    const char *first = language == REPORT_ZH ? label.zh : label.en;
    const char *other = language == REPORT_ZH ? label.en : label.zh;
    return first != NULL ? first : other != NULL ? other : "";
}

static const Column *text_column(const Table *table, const char *name)
{
    const Column *c = table == NULL ? NULL : table_find(table, name);
    return c != NULL && c->type == TYPE_TEXT ? c : NULL;
}

const Column *label_chinese(const Table *table, const Column *column)
{
    char name[80];
    int n = snprintf(name, sizeof name, "%s_zh", column->name);
    return n < (int)sizeof name ? text_column(table, name) : NULL;
}

int label_is_translation(const Table *table, const Column *column)
{
    size_t n = strlen(column->name);
    if (n < 4 || strcmp(column->name + n - 3, "_zh") != 0)
        return 0;
    for (size_t i = 0; i < table->n; i++)
        if (label_chinese(table, table->columns[i]) == column)
            return 1;
    return 0;
}

const Table *label_words(const Table *table)
{
    return table->owner == NULL ? NULL : tables_find(table->owner, "words");
}

Label label_word(const Table *words, const char *word, size_t n)
{
    const Column *name = text_column(words, "name");
    const Column *zh = text_column(words, "zh");
    const Column *en = text_column(words, "en");
    if (name == NULL || zh == NULL || en == NULL)
        return (Label){NULL, NULL};
    for (size_t i = 0; i < words->rows; i++)
        if (name->s[i] != NULL && strncmp(name->s[i], word, n) == 0 &&
            name->s[i][n] == '\0')
            return (Label){zh->s[i], en->s[i]};
    return (Label){NULL, NULL};
}

static int is_list(const Table *table)
{
    size_t n = strlen(table->name);
    return n > 5 && strcmp(table->name + n - 5, "_list") == 0;
}

const Table *label_titles(const Table *table, const Column *column)
{
    const Tables *all = table->owner;
    for (size_t i = 0; all != NULL && i < all->n; i++) {
        const Table *t = all->items[i];
        if (t != table && is_list(t) && t->n > 0 &&
            text_column(t, "title") != NULL &&
            strcmp(t->columns[0]->name, column->name) == 0 &&
            t->columns[0]->type == column->type)
            return t;
    }
    return NULL;
}

Label label_title(const Table *titles, const char *cell)
{
    const Column *en = text_column(titles, "title");
    const Column *zh = text_column(titles, "title_zh");
    for (size_t i = 0; en != NULL && i < titles->rows; i++) {
        const char *of = titles->columns[0]->s[i];
        if (of != NULL && strcmp(of, cell) == 0)
            return (Label){zh == NULL ? NULL : zh->s[i], en->s[i]};
    }
    return (Label){NULL, NULL};
}

/* "cut_by_cap" as "cut by cap", and names that are abbreviations in capitals.
 */
static const char *english_name(const char *name, Arena *arena)
{
    static const char *const capitals[] = {"pd", "lgd", "ead", "el", "es",
                                           "ip", "id",  "var", "hhi"};
    char *out = text_copy(arena, name, strlen(name));
    for (size_t i = 0; out != NULL && out[i] != '\0';) {
        size_t n = strcspn(out + i, "_");
        for (size_t k = 0; k < sizeof capitals / sizeof *capitals; k++)
            if (strlen(capitals[k]) == n &&
                memcmp(out + i, capitals[k], n) == 0)
                for (size_t j = i; j < i + n; j++)
                    out[j] = (char)(out[j] - 'a' + 'A');
        i += n;
        if (out[i] == '_')
            out[i++] = ' ';
    }
    return out;
}

static const char *first_header(const char *zh, Arena *arena)
{
    return text_copy(arena, zh, strcspn(zh, "|"));
}

Label label_of_table(const Table *table, Arena *arena)
{
    if (table->title.zh != NULL || table->title.en != NULL)
        return table->title;
    const char *name = english_name(table->name, arena);
    return (Label){name, name};
}

Label label_of_column(const Column *column, Arena *arena)
{
    Label label = column->label;
    Field field = field_named(column->name, strlen(column->name));
    if (label.zh == NULL && label.en == NULL && field != FIELD_COUNT)
        label.zh = first_header(field_info(field)->zh, arena);
    if (label.en == NULL)
        label.en = english_name(column->name, arena);
    if (label.zh == NULL)
        label.zh = label.en;
    return label;
}

int label_is_verbatim(const char *step)
{
    static const char *const steps[] = {
        "input",   "parameter", "fact",  "eligibility",
        "bracket", "scale",     "award", "award of the year",
        "points",  "decision"};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (strcmp(steps[i], step) == 0)
            return 1;
    return 0;
}
