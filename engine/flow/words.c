#include "flow/words.h"

#include <string.h>

static const struct {
    const char *name, *zh, *en;
} words[] = {
#define WORD(name, zh, en) {name, zh, en},
#include "flow/words.def"
#undef WORD
};

enum { WORDS = sizeof words / sizeof *words };

ErrCode words_add(Tables *tables, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *name, *zh, *en;
    TRY(table_new(&t, tables, "words", WORDS, err));
    TRY(table_add_field(&name, t, FIELD_name, err));
    TRY(table_add(&zh, t, "zh", TYPE_TEXT, "", err));
    TRY(table_add(&en, t, "en", TYPE_TEXT, "", err));
    for (size_t i = 0; i < WORDS; i++) {
        name->s[i] =
            texts_put(tables->texts, words[i].name, strlen(words[i].name));
        zh->s[i] = words[i].zh;
        en->s[i] = words[i].en;
    }
done:
    return rc;
}

const char *words_zh(const char *name)
{
    for (size_t i = 0; i < WORDS; i++)
        if (strcmp(words[i].name, name) == 0)
            return words[i].zh;
    return name;
}
