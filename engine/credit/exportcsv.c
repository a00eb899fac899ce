#include "credit/export.h"
#include "credit/exporttext.h"

#include "core/text.h"

#include <string.h>

#define COLUMNS(X)                                                             \
    X(part)                                                                    \
    X(attribute)                                                               \
    X(input)                                                                   \
    X(unit)                                                                    \
    X(band)                                                                    \
    X(from)                                                                    \
    X(from_open)                                                               \
    X(to)                                                                      \
    X(to_open)                                                                 \
    X(word)                                                                    \
    X(points)                                                                  \
    X(title)                                                                   \
    X(reason)

enum {
#define X(name) AT_##name,
    COLUMNS(X)
#undef X
        AT_COUNT
};

typedef struct {
    Table *table;
    Arena *arena;
    const CardView *card;
    size_t row;
    int chinese; /* titles and reasons */
    int failed;  /* no memory */
} Sheet;

static void put(Sheet *s, int column, const char *text)
{
    s->table->columns[column]->s[s->row] = text;
}

static void put_copy(Sheet *s, int column, const char *text)
{
    char *copy = text_copy(s->arena, text, strlen(text));
    s->failed |= copy == NULL;
    put(s, column, copy);
}

static void put_points(Sheet *s, int64_t points)
{
    char text[EXPORT_NUMBER];
    put_copy(s, AT_points, export_points(text, points, s->card->parts));
}

static void put_range(Sheet *s, const CardBand *b)
{
    char text[EXPORT_NUMBER];
    put(s, AT_band, "range");
    if (b->has_low) {
        put_copy(s, AT_from, export_real(text, b->low));
        put(s, AT_from_open, b->low_open ? "true" : "false");
    }
    if (b->has_high) {
        put_copy(s, AT_to, export_real(text, b->high));
        put(s, AT_to_open, b->high_open ? "true" : "false");
    }
}

/* A row for a pick, one a word. */
static void put_pick(Sheet *s, const CardRow *row, const CardPick *pick)
{
    const CardBand *b = pick->band;
    size_t n = b->kind == BAND_WORDS ? b->n_words : 1;
    for (size_t i = 0; i < n; i++, s->row++) {
        put(s, AT_part, "points");
        put(s, AT_attribute, row->id);
        put(s, AT_input, pick->way->input->name);
        put(s, AT_unit, export_unit(pick->way->input));
        if (b->kind == BAND_RANGE)
            put_range(s, b);
        else
            put(s, AT_band,
                b->kind == BAND_MISSING ? "missing"
                : b->kind == BAND_OTHER ? "other"
                : b->kind == BAND_WORDS ? "word"
                : b->low == 0           ? "false"
                                        : "true");
        if (b->kind == BAND_WORDS)
            put(s, AT_word, b->words[i]);
        put_points(s, b->points);
        put(s, AT_title, s->chinese ? row->title.zh : row->title.en);
        put(s, AT_reason, s->chinese ? row->reason.zh : row->reason.en);
    }
}

static size_t count_rows(const CardView *card)
{
    size_t n = 1 + card->n_formulas;
    for (size_t i = 0; i < card->n; i++)
        for (size_t k = 0; k < card->rows[i].n_picks; k++) {
            const CardBand *b = card->rows[i].picks[k].band;
            n += b->kind == BAND_WORDS ? b->n_words : 1;
        }
    return n;
}

static void put_rows(Sheet *s)
{
    const CardView *card = s->card;
    put(s, AT_part, "base");
    put(s, AT_attribute, card->name);
    put_points(s, card->base);
    s->row++;
    for (size_t i = 0; i < card->n; i++)
        for (size_t k = 0; k < card->rows[i].n_picks; k++)
            put_pick(s, &card->rows[i], &card->rows[i].picks[k]);
    for (size_t i = 0; i < card->n_formulas; i++, s->row++) {
        put(s, AT_part, "formula");
        put(s, AT_attribute, card->formulas[i].name);
        put(s, AT_word, card->formulas[i].text);
    }
}

ErrCode export_table(Table **out, Tables *tables, const CardView *card,
                     int chinese, Err *err)
{
    static const char *const names[AT_COUNT] = {
#define X(name) #name,
        COLUMNS(X)
#undef X
    };
    ErrCode rc = OK;
    Column *column;
    Sheet s = {.arena = tables->arena, .card = card, .chinese = chinese};
    TRY(table_new(&s.table, tables, "scorecard", count_rows(card), err));
    for (int i = 0; i < AT_COUNT; i++)
        TRY(table_add(&column, s.table, names[i], TYPE_TEXT, "", err));
    put_rows(&s);
    if (s.failed)
        TRY(FAIL(err, ERR_MEMORY, "no memory for a scorecard"));
    *out = s.table;
done:
    return rc;
}
