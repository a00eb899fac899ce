/* words.h - the glossary of a run: categories in the words of people. */
#ifndef FLOW_WORDS_H
#define FLOW_WORDS_H

#include "data/table.h"

/* Add the table `words` (name, zh, en) that renderers look words up in. */
MUST_USE ErrCode words_add(Tables *tables, Err *err);

/* The Chinese of a word of the glossary, for labels that are composed; the word
 * itself when it is not there. */
const char *words_zh(const char *name);

#endif
