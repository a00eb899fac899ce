#include "data/plancolumn.h"

#include "core/tr.h"

#include <math.h>
#include <string.h>

static ErrCode no_memory(const char *file, Err *err)
{
    return FAIL(err, ERR_MEMORY, "%s: no memory for its columns", file);
}

/* The stored number of a bound in plain units. */
static int64_t stored(double bound, FieldType type)
{
    double scale = type == TYPE_MONEY   ? 100
                   : type == TYPE_RATIO ? (double)RATIO_ONE
                                        : 1;
    if (isinf(bound))
        return bound < 0 ? -INT64_MAX : INT64_MAX;
    return (int64_t)(bound * scale);
}

static void set_range(PlanColumn *c)
{
    FieldRange range = c->field < FIELD_COUNT
                           ? field_range(c->field)
                           : (FieldRange){-HUGE_VAL, HUGE_VAL, ""};
    c->low_real = range.low;
    c->high_real = range.high;
    c->low = stored(range.low, c->type);
    c->high = stored(range.high, c->type);
    c->expected = range.expected;
}

/* Intern every word of the column's codes. */
static ErrCode set_words(PlanColumn *c, Tables *tables, const char *file,
                         FileKind of, Err *err)
{
    enum { MOST_WORDS = 64 };
    size_t n;
    Texts *texts = tables->texts;
    Arena *arena = tables->arena;
    const FileCode *codes = file_codes(&n, of, c->field);
    if (codes == NULL)
        return OK;
    PlanWord *words = arena_alloc(arena, MOST_WORDS, sizeof *words);
    const char *list = "";
    for (size_t i = 0; i < n && words != NULL && list != NULL; i++) {
        const char *word =
            texts_put(texts, codes[i].word, strlen(codes[i].word));
        list = text_format(arena, "%s%s%s", list, i == 0 ? "" : ", ", word);
        words[c->n_words++] = (PlanWord){word, word};
        for (const char *also = codes[i].words; *also != '\0';) {
            size_t bytes = strcspn(also, "|");
            words[c->n_words++] =
                (PlanWord){texts_put(texts, also, bytes), word};
            also += bytes + (also[bytes] == '|');
        }
    }
    if (words == NULL || list == NULL)
        return no_memory(file, err);
    for (size_t i = 0; i < c->n_words; i++)
        if (words[i].read == NULL || words[i].word == NULL)
            return no_memory(file, err);
    c->words = words;
    c->words_expected = text_format(arena, tr("one of %s"), list);
    return c->words_expected == NULL ? no_memory(file, err) : OK;
}

ErrCode plancolumn_make(PlanColumn *out, Tables *tables, const char *file,
                        FileKind of, Field field, const CsvColumn *extra,
                        Err *err)
{
    PlanColumn *c = out;
    *c = (PlanColumn){.field = field, .cell = PLAN_NO_CELL};
    if (field < FIELD_COUNT) {
        int needs = file_needs(of, field);
        c->name = field_info(field)->name;
        c->type = field_info(field)->type;
        c->needs = needs < 0 ? 0 : needs;
    } else {
        c->name = extra->name;
        c->type = extra->type;
    }
    set_range(c);
    return field < FIELD_COUNT ? set_words(c, tables, file, of, err) : OK;
}
