#include "policy/bandtext.h"

enum { WORDS_SHOWN = 6 };

static const char *words_text(Arena *arena, const char *on, const Doc *list)
{
    const char *text = text_format(arena, "%s in (", on);
    size_t n = 0;
    for (const Doc *it = list->first; text != NULL && it != NULL;
         it = it->next, n++) {
        if (n == WORDS_SHOWN)
            return text_format(arena, "%s, ...)", text);
        text = text_format(arena, "%s%s%s", text, n > 0 ? ", " : "", it->text);
    }
    return text == NULL ? NULL : text_format(arena, "%s)", text);
}

/* The last of the values that bands begin at, which is the lowest, as no other
 * order is read; NULL when a band is another kind. */
static const char *lowest(const Ladder *l)
{
    const char *text = NULL;
    for (size_t i = 0; i < l->grid->n_rules; i++) {
        const Doc *from = doc_get(l->grid->nodes[i], "from");
        if (doc_get(l->grid->nodes[i], "is") != NULL)
            return NULL;
        if (from != NULL)
            text = from->text;
    }
    return text;
}

const char *band_text(Arena *arena, const Ladder *ladder, size_t row)
{
    const char *on = ladder->grid->inputs[0]->text.text;
    if (row >= ladder->grid->n_rules)
        return on;
    const Doc *band = ladder->grid->nodes[row];
    const Doc *from = doc_get(band, "from"), *is = doc_get(band, "is");
    if (from != NULL)
        return text_format(arena, "%s >= %s", on, from->text);
    if (is != NULL && is->kind == DOC_LIST && is->n > 1)
        return words_text(arena, on, is);
    if (is != NULL)
        return text_format(arena, "%s = %s", on,
                           is->kind == DOC_LIST ? is->first->text : is->text);
    if (doc_get(band, "missing") != NULL)
        return text_format(arena, "%s = null", on);
    const char *least = lowest(ladder);
    if (least != NULL)
        return text_format(arena, "%s < %s", on, least);
    return text_format(arena, "%s: otherwise", on);
}
