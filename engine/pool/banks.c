#include "pool/banks.h"

#include "core/text.h"
#include "pool/clauses.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *bank_of(const Book *b, const Rows *r, size_t loan)
{
    const char *bank = r->c.bank->s[b->loans[loan].row];
    return bank == NULL ? "" : bank;
}

/* The place of a name among the banks; their number when it is none. */
static size_t place_of(const Book *b, const char *name)
{
    const char *const *at =
        bsearch(&name, b->banks, b->nbanks, sizeof *b->banks, by_name);
    return at == NULL ? b->nbanks : (size_t)(at - b->banks);
}

/* Banks by name; loans get their bank's place. */
static ErrCode list_banks(Book *b, const Rows *r)
{
    const char **names = arena_alloc(r->arena, b->nloans + 1, sizeof *names);
    if (names == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    size_t n = 0;
    for (size_t i = 0; i < b->nloans; i++)
        names[i] = bank_of(b, r, i);
    qsort(names, b->nloans, sizeof *names, by_name);
    for (size_t i = 0; i < b->nloans; i++)
        if (i == 0 || strcmp(names[i], names[n - 1]) != 0)
            names[n++] = names[i];
    b->banks = names;
    b->nbanks = n;
    BookLoan *loans = (BookLoan *)(uintptr_t)b->loans;
    for (size_t i = 0; i < b->nloans; i++)
        loans[i].bank = (uint32_t)place_of(b, bank_of(b, r, i));
    return OK;
}

/* A name that is no bank's, with those that are. */
static ErrCode refuse(const Book *b, const Rows *r, const Doc *name)
{
    char list[200];
    clause_words(list, sizeof list, b->banks, b->nbanks);
    return faults_add(
        r->faults,
        (Fault){.file = name->file,
                .line = name->line,
                .column = name->column,
                .source = name->source,
                .problem = text_format(r->arena,
                                       tr("no loan of the portfolio is of bank "
                                          "'%.*s'"),
                                       TEXT_SHORT(name->text)),
                .way_out = text_format(r->arena, tr("write one of %s"), list)},
        r->err);
}

/* The place of a bank that the opening state names, or a fault. */
static ErrCode find(size_t *at, const Book *b, const Rows *r, const Doc *name)
{
    *at = place_of(b, name->text);
    return *at == b->nbanks ? refuse(b, r, name) : OK;
}

/* Those that the opening state names. */
static ErrCode mark_suspended(Book *b, const Rows *r)
{
    ErrCode rc = OK;
    const Doc *list = r->scheme->opening.suspended;
    if (list == NULL || list->first == NULL)
        return OK;
    uint8_t *is = arena_alloc(r->arena, b->nbanks + 1, sizeof *is);
    if (is == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    for (const Doc *d = list->first; d != NULL; d = d->next) {
        size_t at;
        TRY(find(&at, b, r, d));
        is[at] = 1;
    }
    b->suspended = is;
done:
    return rc;
}

/* What has defaulted of them before. */
static ErrCode count_defaulted(Book *b, const Rows *r)
{
    ErrCode rc = OK;
    const SchemeOpening *o = &r->scheme->opening;
    if (o->ndefaulted == 0)
        return OK;
    int64_t *fen = arena_alloc(r->arena, b->nbanks + 1, sizeof *fen);
    if (fen == NULL)
        return FAIL(r->err, ERR_MEMORY, "no memory for a book");
    for (size_t i = 0; i < o->ndefaulted; i++) {
        size_t at;
        TRY(find(&at, b, r, o->defaulted[i].bank));
        fen[at] += o->defaulted[i].fen;
    }
    b->defaulted = fen;
done:
    return rc;
}

ErrCode banks_fill(Book *b, const Rows *r)
{
    ErrCode rc = OK;
    if (r->scheme == NULL || !r->scheme->breaker.exists)
        return OK;
    if (r->c.bank == NULL)
        return FAIL(r->err, ERR_INPUT,
                    "%s: the scheme's breakers need the column bank",
                    r->table->file == NULL ? r->table->name : r->table->file);
    TRY(list_banks(b, r));
    TRY(mark_suspended(b, r));
    TRY(count_defaulted(b, r));
done:
    return rc;
}
