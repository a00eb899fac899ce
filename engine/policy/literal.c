#include "policy/literal.h"

#include "core/tr.h"

enum { WORDS_TOLD = 8 };

/* Do the digits stand in the text, without a unit? */
static int is_bare(const Node *node, Text text)
{
    size_t n = 0;
    while (
        n < node->n && text.text[node->at + n] != '\0' &&
        ((text.text[node->at + n] >= '0' && text.text[node->at + n] <= '9') ||
         text.text[node->at + n] == '.'))
        n++;
    return n > 0 && n == node->n;
}

static void check_money(const Node *node, Text text, Reader *r)
{
    if (node->value.den == 1 && node->value.num % 100 == 0 &&
        node->value.num > 0 && node->value.num < LITERAL_FEN)
        reader_warn(r, text, node->at,
                    reader_say(r, tr("money is compared with %d yuan"),
                               (int)(node->value.num / 100)),
                    tr("write the unit: 1万, or 1.00元 if it is meant"));
}

static void check_ratio(const Node *node, Text text, Reader *r)
{
    char number[NUMBER_TEXT];
    if (number_compare(node->value, number_int(1)) <= 0)
        return;
    number_format(number, node->value);
    reader_warn(r, text, node->at,
                reader_say(r,
                           tr("a ratio is compared with %s, which is %s00%%"),
                           number, number),
                reader_say(r, tr("write %s%%, or %s00%% if it is meant"),
                           number, number));
}

static void check_count(const Node *node, Text text, Reader *r)
{
    if (node->value.den > 1)
        reader_warn(r, text, node->at,
                    tr("a count is compared with a part of one"),
                    tr("counts, years and months are whole numbers"));
}

void literal_check(const Node *node, Unit other, Text text, Reader *r)
{
    if (node->kind != NODE_NUMBER || !is_bare(node, text))
        return;
    if (other == UNIT_MONEY)
        check_money(node, text, r);
    else if (other == UNIT_RATIO && node->value.den == 1)
        check_ratio(node, text, r);
    else if (other == UNIT_COUNT || other == UNIT_DAYS)
        check_count(node, text, r);
}

/* "its words: A, B, ..." */
static const char *words_of(const Symbol *symbol, Reader *r)
{
    const char *text = "";
    for (size_t i = 0; i < symbol->n && i < WORDS_TOLD; i++)
        text =
            reader_say(r, "%s%s%s", text, i > 0 ? ", " : "", symbol->values[i]);
    return reader_say(r, tr("its words: %s%s"), text,
                      symbol->n > WORDS_TOLD ? ", ..." : "");
}

int literal_word(const Symbol *symbol, const Node *word, Text text, Reader *r)
{
    if (symbol == NULL || symbol->n == 0 || word->kind != NODE_TEXT)
        return 1;
    for (size_t i = 0; i < symbol->n; i++)
        if (symbol->values[i] == word->text)
            return 1;
    const char *near = text_nearest(word->text, symbol->values, symbol->n);
    reader_fault(r, text, word->at,
                 reader_say(r, tr("'%s' is none of the words of '%s'"),
                            word->text, symbol->name),
                 near == NULL ? words_of(symbol, r)
                              : reader_say(r, tr("did you mean '%s'?"), near));
    return 0;
}
