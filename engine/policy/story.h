/* story.h - an explanation: steps that become rows of the table "trace". */
#ifndef POLICY_STORY_H
#define POLICY_STORY_H

#include "data/table.h"

/* One step; what does not apply is NULL. */
typedef struct {
    const char *step;    /* "fact", "limit, binds", "recovery" ... */
    const char *rule;    /* id in the rule file, or a name */
    const char *cite;    /* where it is written */
    const char *formula; /* with names: "pd * lgd * ead" */
    const char *values;  /* the same with the row's numbers put in */
    const char *result;
    Label text; /* what it says to people */
} StoryStep;

/* `Story story = {.arena = arena};` is ready. */
typedef struct {
    Arena *arena;
    StoryStep *steps; /* [n] */
    size_t n, capacity;
    int failed; /* no memory; story_table() and story_append() say so */
} Story;

/* Add a step; its texts are borrowed until the story is written. */
void story_tell(Story *story, StoryStep step);

/* printf into the story's arena; "" without memory, which is noted. */
const char *story_say(Story *story, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Amounts "1234.50", rates as percents of at most 8 decimals, and numbers of at
 * most 10 digits; "null" for NULL_INT and NaN. */
const char *story_money(Story *story, int64_t fen);
const char *story_rate(Story *story, double rate);
const char *story_number(Story *story, double number);

/* The story as a new table "trace": step, rule, cite, formula, values, result,
 * text, text_zh.  ERR_MEMORY. */
MUST_USE ErrCode story_table(Table **out, Tables *tables, const Story *story,
                             Err *err);

/* ... as further rows of a table that story_table() made.  ERR_MEMORY, and the
 * table is as it was. */
MUST_USE ErrCode story_append(Table *trace, const Story *story, Err *err);

#endif
