#include "flow/decide.h"

#include "core/text.h"

#include <string.h>

static const char *text_at(const Column *c, size_t row)
{
    return c == NULL || c->s[row] == NULL ? "" : c->s[row];
}

static const char *outcome_at(const Column *outcome, const Column *eligible,
                              size_t row)
{
    if (outcome != NULL)
        return text_at(outcome, row);
    if (eligible == NULL || eligible->i[row] == NULL_INT)
        return "incomplete";
    return eligible->i[row] ? "eligible" : "ineligible";
}

/* What fired, what failed and what bound, as one short text; texts that many
 * rows share are made once, because the parts are interned. */
typedef struct {
    const Column *trace, *reasons, *binding;
    Texts *texts;
    const char *last[3], *joined; /* of the row before */
    char *room;
    size_t capacity;
} Joiner;

static const char *join(Joiner *j, Arena *arena, size_t row)
{
    const char *parts[3] = {text_at(j->trace, row), text_at(j->reasons, row),
                            text_at(j->binding, row)};
    if (j->joined != NULL && memcmp(parts, j->last, sizeof parts) == 0)
        return j->joined;
    memcpy(j->last, parts, sizeof parts);
    size_t n[3] = {strlen(parts[0]), strlen(parts[1]), strlen(parts[2])};
    size_t need = n[0] + n[1] + n[2] + 3;
    if (need > j->capacity) {
        j->room = arena_alloc(arena, 2 * need, 1);
        j->capacity = j->room == NULL ? 0 : 2 * need;
    }
    if (j->room == NULL)
        return NULL;
    char *p = j->room;
    for (int i = 0; i < 3; i++) {
        memcpy(p, parts[i], n[i]);
        p += n[i];
        *p++ = '|';
    }
    j->joined = texts_put(j->texts, j->room, need - 1);
    return j->joined;
}

ErrCode decide_rows(Job *job, const Table *table, Field key, Field amount,
                    Err *err)
{
    const Column *keys = table_field(table, key);
    const Column *fen = table_field(table, amount);
    const Column *outcome = table_field(table, FIELD_outcome);
    const Column *eligible = table_field(table, FIELD_eligible);
    Joiner joiner = {.trace = table_field(table, FIELD_trace),
                     .reasons = table_field(table, FIELD_reasons),
                     .binding = table_field(table, FIELD_binding),
                     .texts = job->tables->texts};
    LedgerRow *rows = arena_alloc(job->arena, table->rows + 1, sizeof *rows);
    for (size_t i = 0; rows != NULL && i < table->rows; i++) {
        const char *trace = join(&joiner, job->arena, i);
        if (trace == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for decisions");
        rows[i] = (LedgerRow){
            .key = text_at(keys, i),
            .outcome = outcome_at(outcome, eligible, i),
            .fen = fen == NULL || fen->i[i] == NULL_INT ? 0 : fen->i[i],
            .line = table->lines == NULL ? 0 : table->lines[i],
            .trace = trace};
    }
    if (rows == NULL)
        return FAIL(err, ERR_MEMORY, "no memory for decisions");
    job->decisions = rows;
    job->ndecisions = table->rows;
    return OK;
}
