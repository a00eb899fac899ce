#include "data/docgrammar.h"

#include "core/tr.h"

#include <string.h>

enum { NAME, SIGN, ITEM, VALUE, NEXT }; /* ITEM: a value or the end of a list */

static const DocGrammarFault fine = {NULL, NULL, 0};

static DocGrammarFault unexpected(char open, char wanted)
{
    static const DocGrammarFault faults[] = {
        [NAME] = {TR_NOOP("a name was expected here"),
                  TR_NOOP("write NAME = VALUE;"), 0},
        [SIGN] = {TR_NOOP("'=' was expected here"),
                  TR_NOOP("write NAME = VALUE;"), 0},
        [ITEM] = {TR_NOOP("a value was expected here"),
                  TR_NOOP("put text into quotes"), 0},
        [VALUE] = {TR_NOOP("a value was expected here"),
                   TR_NOOP("put text into quotes"), 0},
        [NEXT] = {TR_NOOP("a comma or a closing bracket was expected here"),
                  TR_NOOP("quotes inside a text are written \\\""), 0},
    };
    static const DocGrammarFault next = {
        TR_NOOP("';' or a name was expected here"),
        TR_NOOP("quotes inside a text are written \\\""), 0};
    int in_group = open == '{' || open == 0;
    return wanted == NEXT && in_group ? next : faults[(int)wanted];
}

static DocGrammarFault take_value(DocGrammar *g, char token)
{
    static const DocGrammarFault mixed = {
        TR_NOOP("an array [ ] holds numbers, texts or booleans of one kind"),
        TR_NOOP("write a list ( )"), 0};
    static const DocGrammarFault deep = {
        TR_NOOP("lists and groups stand in one another over 32 deep"), NULL, 0};
    char *kind = &g->levels[g->depth].kind;
    int opens = strchr("{([", token) != NULL;
    if (g->levels[g->depth].open == '[' &&
        (opens || (*kind != 0 && *kind != token)))
        return mixed;
    *kind = token;
    g->levels[g->depth].wanted = NEXT;
    if (!opens)
        return fine;
    if (g->depth == DOC_DEPTH)
        return deep;
    g->depth++;
    g->levels[g->depth].open = token;
    g->levels[g->depth].wanted = token == '{' ? NAME : ITEM;
    g->levels[g->depth].kind = 0;
    return fine;
}

static DocGrammarFault take_close(DocGrammar *g, char token)
{
    static const DocGrammarFault nothing = {
        TR_NOOP("a bracket that closes nothing"),
        TR_NOOP("look for one that is missing or of another kind above"), 0};
    static const DocGrammarFault comma = {
        TR_NOOP("a comma before a closing bracket"),
        TR_NOOP("remove the comma"), 1};
    static const char opens[] = "{([", closes[] = "})]";
    char open = g->levels[g->depth].open, wanted = g->levels[g->depth].wanted;
    if (open != opens[strchr(closes, token) - closes])
        return nothing;
    int after_name = open == '{' && (wanted == SIGN || wanted == VALUE);
    if (after_name)
        return unexpected(open, wanted);
    g->depth--;
    return wanted == VALUE ? comma : fine;
}

DocGrammarFault docgrammar_take(DocGrammar *g, char token)
{
    static const DocGrammarFault unclosed = {
        TR_NOOP("a bracket that is never closed"), NULL, 0};
    char open = g->levels[g->depth].open, *wanted = &g->levels[g->depth].wanted;
    int in_group = open == '{' || open == 0, is_next = *wanted == NEXT;
    if (token == 'e' && g->depth > 0)
        return unclosed;
    if (token == 'e' && (is_next || *wanted == NAME))
        return fine;
    if (strchr("})]", token) != NULL)
        return take_close(g, token);
    if (strchr("\"0b{([", token) != NULL &&
        (*wanted == VALUE || *wanted == ITEM))
        return take_value(g, token);
    if (token == 'w' && in_group && (is_next || *wanted == NAME))
        *wanted = SIGN;
    else if (token == '=' && *wanted == SIGN)
        *wanted = VALUE;
    else if (token == ',' && is_next)
        *wanted = in_group ? NAME : VALUE;
    else if (token == ';' && is_next && in_group)
        *wanted = NAME;
    else
        return unexpected(open, *wanted);
    return fine;
}
