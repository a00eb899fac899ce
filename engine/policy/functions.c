#include "policy/functions.h"

#include "core/tr.h"
#include "policy/define.h"

static const Function functions[] = {
#define FUNCTION(name, least, most, typing, meaning)                           \
    {#name, FN_##name, least, most, TYPING_##typing, TR_NOOP(meaning)},
#include "policy/functions.def"
#undef FUNCTION
};

const Function *function_named(Slice name)
{
    for (int i = 0; i < FN_COUNT; i++)
        if (slice_is(name, functions[i].name))
            return &functions[i];
    return NULL;
}

const char *function_nearest(Reader *r, Slice name)
{
    const Definitions *all = r->definitions;
    size_t n = 0, more = all == NULL ? 0 : all->n;
    const char **names = reader_alloc(r, FN_COUNT + more, sizeof *names);
    const char *text = text_copy(r->arena, name.bytes, name.n);
    for (; names != NULL && n < FN_COUNT; n++)
        names[n] = functions[n].name;
    for (size_t i = 0; names != NULL && i < more; i++)
        if (!all->items[i].is_tests)
            names[n++] = all->items[i].name;
    const char *near = text == NULL ? NULL : text_nearest(text, names, n);
    return near == NULL ? NULL : reader_say(r, tr("did you mean '%s'?"), near);
}
