#include "policy/functions.h"

#include "core/tr.h"

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
    const char *names[FN_COUNT];
    for (int i = 0; i < FN_COUNT; i++)
        names[i] = functions[i].name;
    const char *text = text_copy(r->arena, name.bytes, name.n);
    const char *near =
        text == NULL ? NULL : text_nearest(text, names, FN_COUNT);
    return near == NULL ? NULL : reader_say(r, tr("did you mean '%s'"), near);
}
