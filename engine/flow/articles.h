/* articles.h - where the rules of a run are written, as a table for its report.
 */
#ifndef FLOW_ARTICLES_H
#define FLOW_ARTICLES_H

#include "data/table.h"
#include "store/ledger.h"

/*
 * The table rule_articles (file, section, rule, from, value, cite, source,
 * confidence) of those of files[n] that are rule documents with a policy or a
 * scenario, each file once: its head, then whatever says where it is written,
 * as it stands in the file.  What has no source or confidence of its own has
 * that of what is around it.  Other files, and decision models, add nothing.
 *
 * *out  NULL when there are no rules.
 * ERR_MEMORY.
 */
MUST_USE ErrCode articles_table(Table **out, Tables *tables,
                                const LedgerFile files[], size_t n, Err *err);

#endif
