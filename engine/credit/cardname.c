#include "credit/cardname.h"

#include "core/tr.h"
#include "policy/lexer.h"

#include <string.h>

/* Words that mean something where a name may stand. */
static const char *const taken[] = {"and",  "or",   "not",     "if",   "then",
                                    "else", "in",   "between", "true", "false",
                                    "null", "date", "score",   "pd"};

const char *cardname_check(const Column *column)
{
    size_t n = strlen(column->name);
    Lexer lexer = {.text = slice_of(column->name)};
    Word word = lexer_next(&lexer);
    Field field = field_named(column->name, n);
    if (word.kind != WORD_NAME || word.text.n != n)
        return TR_NOOP(
            "its header is no name that rules can use: letters, "
            "digits and '_', a letter first");
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        if (strcmp(taken[i], column->name) == 0)
            return TR_NOOP("its header is a word of the rules; rename it");
    if (field == FIELD_COUNT)
        return NULL;
    FieldType type = field_info(field)->type;
    if ((column->type == TYPE_REAL &&
         (type == TYPE_MONEY || type == TYPE_RATIO || type == TYPE_REAL ||
          type == TYPE_COUNT)) ||
        (column->type == TYPE_CATEGORY &&
         (type == TYPE_CATEGORY || type == TYPE_TEXT)))
        return NULL;
    return TR_NOOP(
        "its header is a field of the dictionary, of another type; "
        "rename it");
}
