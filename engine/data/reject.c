#include "data/reject.h"

#include "core/tr.h"

#include <string.h>

/* The line and the column, in characters, of a place in the record. */
static void locate(size_t *line, size_t *column, const Records *r,
                   const char *at)
{
    const char *start = r->raw.bytes, *stop;
    *line = r->first_line;
    while ((stop = memchr(start, '\n', (size_t)(at - start))) != NULL) {
        start = stop + 1;
        ++*line;
    }
    *column = text_count(start, (size_t)(at - start)) + 1;
}

/* Append "county: 'x' is not y; z" to the row's reasons. */
static void note(Reject *j, const Fault *f)
{
    const char *bar = j->used == 0 ? "" : " | ";
    size_t room = sizeof j->reasons - j->used;
    int n =
        snprintf(j->reasons + j->used, room, "%s%s%s", bar,
                 f->rule == NULL ? "" : f->rule, f->rule == NULL ? "" : ": ");
    if (n >= 0 && (size_t)n < room) {
        j->used += (size_t)n;
        room -= (size_t)n;
        n = f->problem != NULL
                ? snprintf(j->reasons + j->used, room, "%s", tr(f->problem))
                : snprintf(j->reasons + j->used, room, tr("'%.*s' is not %s"),
                           TEXT_SHORT(f->value), tr(f->expected));
    }
    if (n >= 0 && (size_t)n < room && f->way_out != NULL) {
        j->used += (size_t)n;
        room -= (size_t)n;
        n = snprintf(j->reasons + j->used, room, "; %s", tr(f->way_out));
    }
    j->used += n < 0 ? 0 : (size_t)n < room ? (size_t)n : room - 1;
    j->used = text_clip(j->reasons, j->used);
    j->reasons[j->used] = '\0';
}

ErrCode reject_add(Reject *j, const Records *r, const char *at, Fault fault,
                   Err *err)
{
    j->is_bad = 1;
    if (j->only_mark)
        return OK;
    fault.file = j->file;
    locate(&fault.line, &fault.column, r, at);
    fault.is_warning = j->keep_good_rows;
    if (j->to != NULL)
        note(j, &fault);
    return faults_add(j->faults, fault, err);
}

/* The row as it was and its reasons, quoted. */
static void write_row(Reject *j, const Records *r)
{
    if (!j->has_header)
        fprintf(j->to, "%.*s%creasons\n", (int)j->header.n, j->header.bytes,
                j->separator);
    j->has_header = 1;
    fwrite(r->raw.bytes, 1, r->raw.n, j->to);
    fputc(j->separator, j->to);
    fputc('"', j->to);
    for (size_t i = 0; i < j->used; i++) {
        if (j->reasons[i] == '"')
            fputc('"', j->to);
        fputc(j->reasons[i], j->to);
    }
    fputs("\"\n", j->to);
}

void reject_end_row(Reject *j, const Records *r)
{
    if (!j->is_bad)
        return;
    j->refused++;
    if (j->to != NULL)
        write_row(j, r);
    j->is_bad = 0;
    j->used = 0;
}
