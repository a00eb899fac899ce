/* json.h - a JSON text written in one pass, its keys in the order they come.
 *
 *     Json j;
 *     json_begin(&j, stdout, JSON_PLAIN);
 *     json_object(&j, JSON_LINES);
 *     json_key(&j, "el");
 *     json_object(&j, JSON_LINE);           "el": { "value": 209446759.81,
 *     json_key(&j, "value");                        "se": null }
 *     json_fen(&j, 20944675981.0);
 *     json_key(&j, "se");
 *     json_null(&j);
 *     json_close(&j);
 *     json_close(&j);
 *     TRY(json_end(&j, err));
 *
 * A stream that refuses is noticed once, by json_end(): the functions between
 * need no check.  A wrong order (a value without its key, a container left
 * open) is a fault of the caller and asserted.
 */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H

#include "core/err.h"
#include "core/money.h"
#include "core/ratio.h"

#include <stdint.h>
#include <stdio.h>

enum { JSON_DEPTH = 32 }; /* containers inside one another */

typedef enum {
    JSON_PLAIN,  /* for files and programs */
    JSON_IN_HTML /* < > & escaped, so that a script element can hold it */
} JsonUse;

typedef enum {
    JSON_LINES, /* a member a line, two spaces deeper */
    JSON_LINE   /* on one line, as are all containers inside */
} JsonLayout;

typedef struct {
    FILE *to;
    JsonUse use;
    int depth, indent; /* open containers; spaces more before every line */
    int has_key;       /* the next value belongs to the key just written */
    struct {
        char close;
        JsonLayout layout;
        int members;
    } open[JSON_DEPTH];
} Json;

void json_begin(Json *j, FILE *to, JsonUse use);

void json_object(Json *j, JsonLayout layout);
void json_array(Json *j, JsonLayout layout);
void json_close(Json *j); /* the innermost container */
void json_key(Json *j, const char *key);

void json_text(Json *j, const char *text); /* NULL is null; bytes that are not
                                            * UTF-8 become U+FFFD */
void json_slice(Json *j, const char *bytes, size_t n);
void json_money(Json *j, Money a);     /* yuan, two decimals */
void json_fen(Json *j, double fen);    /* an estimate; the same */
void json_ratio(Json *j, Ratio r);     /* exact: 0.035 */
void json_real(Json *j, double value); /* reads back as the same double;
                                        * null unless finite */
void json_integer(Json *j, int64_t value);
void json_unsigned(Json *j, uint64_t value); /* a seed */
void json_boolean(Json *j, int value);
void json_null(Json *j);

/* All of it handed to the system; ERR_IO when the stream refused anything. */
MUST_USE ErrCode json_flush(Json *j, Err *err);

/* The same, after a line feed. */
MUST_USE ErrCode json_end(Json *j, Err *err);

enum { JSON_REAL = 32 };

/* The digits json_real() writes for a finite value: of 15, 16 or 17 the fewest
 * that read back as the same double, with a point in any locale. */
const char *json_real_text(char out[JSON_REAL], double value);

#endif
