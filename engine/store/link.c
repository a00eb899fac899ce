#include "store/link.h"

#include <string.h>

static void gather(Link *l, const void *bytes, size_t n)
{
    if (n > sizeof l->pack - l->packed) {
        hash_add(l->hasher, l->pack, l->packed);
        l->packed = 0;
    }
    if (n > sizeof l->pack) {
        hash_add(l->hasher, bytes, n);
    } else if (n > 0) {
        memcpy(l->pack + l->packed, bytes, n);
        l->packed += n;
    }
}

static void link_number(Link *l, int64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> 8 * i);
    gather(l, bytes, sizeof bytes);
}

/* NULL counts as "". */
static void link_text(Link *l, const char *text)
{
    size_t n = text == NULL ? 0 : strlen(text);
    link_number(l, (int64_t)n);
    gather(l, text, n);
}

static void link_hash(Link *l, const Hash *hash)
{
    gather(l, hash->byte, HASH_SIZE);
}

/* Started by a word that says what is hashed. */
static void link_start(Link *l, const char *kind)
{
    hash_start(l->hasher);
    l->packed = 0;
    link_text(l, kind);
}

ErrCode link_end(Hash *out, Link *l, Err *err)
{
    hash_add(l->hasher, l->pack, l->packed);
    l->packed = 0;
    return hash_end(out, l->hasher, err);
}

/* What a run's identity and its first link have in common. */
static void add_call(Link *l, const LedgerRun *run)
{
    link_text(l, run->command);
    link_text(l, run->version);
    link_text(l, run->options);
    link_number(l, (int64_t)run->seed);
    link_number(l, (int64_t)run->nfiles);
}

ErrCode link_head(Hash *out, Link *l, const Hash *before, int64_t run,
                  const LedgerRun *data, const int64_t numbers[], Err *err)
{
    link_start(l, "kedan run 1");
    link_hash(l, before);
    link_number(l, run);
    add_call(l, data);
    for (size_t i = 0; i < data->nfiles; i++) {
        const LedgerFile *f = &data->files[i];
        link_text(l, f->role);
        link_text(l, f->source.name);
        link_number(l, numbers[i]);
        link_number(l, (int64_t)f->source.n);
        link_hash(l, &f->source.hash);
    }
    link_number(l, (int64_t)data->nresults);
    for (size_t i = 0; i < data->nresults; i++) {
        link_text(l, data->results[i].name);
        link_text(l, data->results[i].text);
    }
    link_number(l, (int64_t)data->nrows);
    return link_end(out, l, err);
}

void link_rows_start(Link *l, const Hash *before, int64_t run)
{
    link_start(l, "kedan rows 1");
    link_hash(l, before);
    link_number(l, run);
}

void link_row(Link *l, const LedgerRow *row)
{
    link_text(l, row->key);
    link_text(l, row->outcome);
    link_number(l, row->fen);
    link_number(l, row->line);
    link_text(l, row->trace);
}

ErrCode link_identity(Hash *out, Link *l, const LedgerRun *run, Err *err)
{
    link_start(l, "kedan identity 1");
    add_call(l, run);
    for (size_t i = 0; i < run->nfiles; i++) {
        link_text(l, run->files[i].role);
        link_hash(l, &run->files[i].source.hash);
    }
    return link_end(out, l, err);
}

ErrCode ledger_identity(Hash *out, const LedgerRun *run, Err *err)
{
    ErrCode rc = OK;
    Link link = {.packed = 0};
    TRY(hash_new(&link.hasher, err));
    TRY(link_identity(out, &link, run, err));
done:
    hash_free(link.hasher);
    return rc;
}
