/* engine.h - the public face: what the command line and other programs use.
 *
 * A job is a command and its options by name; files are named by options.  The
 * ledger keeps both with every file's bytes, so the same call replays it.
 */
#ifndef FLOW_ENGINE_H
#define FLOW_ENGINE_H

#include "core/err.h"

#include <stddef.h>
#include <stdio.h>

#define ENGINE_VERSION "0.1.0"

typedef struct {
    const char *name, *value; /* "applications", "datasets/applications.csv" */
} EngineOption;

typedef enum { ENGINE_TEXT, ENGINE_CSV, ENGINE_JSON, ENGINE_HTML } EngineFormat;

/* Who asked, and how to talk to them. */
typedef struct {
    FILE *out;   /* results */
    FILE *notes; /* findings, warnings, clock and memory: standard error */
    EngineFormat format;
    int chinese;        /* results in Chinese; messages follow the locale */
    const char *tables; /* a folder for every table as CSV; or NULL */
    int threads;        /* 0: all cores */
    /* Part done of a named stage; non-zero asks to stop.  NULL: silent. */
    int (*progress)(void *to, const char *stage, double part);
    void *to;
} EngineUser;

/*
 * Run a job: "assess", "value", "model validate", "model monitor",
 * "model calibrate", "model pd", "model migration", "model logit",
 * "model bin", "model fit", "model score", "pool simulate", "pool size",
 * "pool compare", "pool replay",
 * "subsidy run", "subsidy compare", "subsidy sweep", "subsidy simulate",
 * "rules check" and the other "rules ...", "explain", "ledger verify",
 * "replay", "report", "run".
 *
 * options  [n], names without dashes, each at most once.
 * rejected how many rows were refused into --rejects (exit status 1).
 * Errors   every code of core/err.h; all findings are on `notes` by then.
 */
MUST_USE ErrCode engine_run(size_t *rejected, const char *command,
                            const EngineOption options[], size_t n,
                            const EngineUser *user, Err *err);

#endif
