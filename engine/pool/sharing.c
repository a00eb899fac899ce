#include "pool/sharing.h"

#include <string.h>

size_t sharing_room(size_t classes)
{
    return classes * SHARING_ROOM;
}

void sharing_open(Sharing *s, const Dues *d, int64_t room[])
{
    size_t n = d->classes, each = n * SCHEME_PARTIES;
    s->volumes = d->volumes;
    s->classes = n;
    s->each = d->vintages;
    s->borne = room;
    s->claimed = room + each;
    s->asked = s->claimed + n;
    s->left = s->asked + each;
    s->paid_now = s->claimed_now = NULL;
    if (d->book->year_steps > 1) {
        s->paid_now = s->left + 2 * n;
        s->claimed_now = s->paid_now + each;
    }
    memset(room, 0, (each + n) * sizeof *room);
}

void sharing_begin_year(Sharing *s)
{
    size_t n = s->classes * (SCHEME_PARTIES + 1);
    if (s->paid_now != NULL)
        memset(s->paid_now, 0, n * sizeof *s->paid_now);
}

static int64_t *row_of(const Sharing *s, int party)
{
    return s->asked + (size_t)party * s->classes;
}

static int64_t sum_of(const int64_t x[], size_t n)
{
    int64_t sum = 0;
    for (size_t c = 0; c < n; c++)
        sum += x[c];
    return sum;
}

/* A part of what classes have left, in proportion; they have less then. */
static void take_part(int64_t part[], int64_t left[], size_t n, int64_t amount)
{
    if (n == 1)
        part[0] = amount;
    else
        fraction_split(part, amount, left, sum_of(left, n), n);
    for (size_t c = 0; c < n; c++)
        left[c] -= part[c];
}

/* What limits are parts of, with what it came to before the opening day. */
static int64_t whole_of(const Sharing *f, const Scheme *s, Denominator d,
                        int claim_year, int is_life, size_t first, size_t n)
{
    int64_t before =
        is_life || claim_year == 0 ? s->opening.before[is_life][d] : 0;
    return before +
           volumes_of(f->volumes, d, claim_year, is_life, &f->path, first, n);
}

/* What each party is asked for of the claims that classes `first` ... have
 * left, by layers; parties whose layers they pass are dry. */
static uint32_t pass_layers(Sharing *f, const Scheme *s, const uint32_t ended[],
                            int claim_year, size_t first, size_t n)
{
    uint32_t dry = 0;
    int64_t *left = f->left + first, *part = left + f->classes;
    int64_t claim = sum_of(left, n), below = 0;
    int64_t start = s->is_life               ? f->claimed[first]
                    : f->claimed_now != NULL ? f->claimed_now[first]
                                             : 0;
    start += s->is_life || claim_year == 0 ? s->opening.claimed : 0;
    int64_t whole =
        whole_of(f, s, s->denominator, claim_year, s->is_life, first, n);
    for (size_t k = 0; k < s->nlayers; k++) {
        const SchemeLayer *layer = &s->layers[k];
        int64_t from = start > below ? start : below, to = start + claim;
        if (!layer->is_last) {
            below = fraction_of(whole, layer->upto);
            to = to < below ? to : below;
        }
        if (to <= from)
            continue;
        take_part(part, left, n, to - from);
        for (size_t c = 0; c < n; c++) {
            int64_t parts[SCHEME_PARTIES];
            fraction_split(parts, part[c], layer->weight, layer->whole,
                           (size_t)s->n);
            for (int j = 0; j < s->n; j++)
                row_of(f, j)[first + c] += parts[j];
        }
        dry |= ended[k];
    }
    f->claimed[first] += claim;
    if (f->claimed_now != NULL)
        f->claimed_now[first] += claim;
    return dry;
}

/* The claims of each scheme through its own layers. */
static uint32_t layers_of_all(Sharing *f, int claim_year)
{
    uint32_t dry = 0;
    const uint32_t *ended = f->ended;
    size_t members = scheme_members(f->scheme), n = f->each;
    for (size_t i = 0; i < members; i++) {
        const Scheme *s = scheme_member(f->scheme, i);
        size_t step = s->denominator == DENOMINATOR_COHORT ? 1 : n;
        for (size_t c = 0; c < n; c += step)
            dry |= pass_layers(f, s, ended, claim_year, i * n + c, step);
        ended += s->nlayers;
    }
    return dry;
}

/* Take from a party's row what is above `limit`; it goes to party `to`. */
static int cut(Sharing *f, int party, size_t first, size_t n, int64_t limit,
               int to)
{
    int64_t *pay = row_of(f, party) + first, *over = row_of(f, to) + first;
    int64_t sum = sum_of(pay, n);
    limit = limit < 0 ? 0 : limit;
    if (sum <= limit)
        return 0;
    for (size_t c = 0; c < n; c++)
        over[c] += pay[c];
    if (n == 1)
        pay[0] = limit;
    else {
        fraction_split(f->left, limit, pay, sum, n);
        memcpy(pay, f->left, n * sizeof *pay);
    }
    for (size_t c = 0; c < n; c++)
        over[c] -= pay[c];
    return 1;
}

/* Classes first ... of a party under its cap; 1 when it binds. */
static int cap_classes(Sharing *f, const Scheme *s, int party, int claim_year,
                       size_t first, size_t n)
{
    const SchemeCap *cap = &s->cap[party];
    int64_t limit = fraction_of(
        whole_of(f, s, cap->denominator, claim_year, cap->is_life, first, n),
        cap->rate);
    if (cap->is_life || claim_year == 0)
        limit -= s->opening.cap_used[party];
    if (cap->is_life)
        limit -= sum_of(f->borne + (size_t)party * f->classes + first, n);
    else if (f->paid_now != NULL)
        limit -= sum_of(f->paid_now + (size_t)party * f->classes + first, n);
    return cut(f, party, first, n, limit, cap->overflow);
}

/* The party's caps in all schemes of the book. */
static int apply_caps(Sharing *f, int party, int claim_year)
{
    int binds = 0;
    if (!f->scheme->cap[party].exists)
        return 0;
    size_t members = scheme_members(f->scheme), n = f->each;
    for (size_t i = 0; i < members; i++) {
        const Scheme *s = scheme_member(f->scheme, i);
        size_t step = s->cap[party].denominator == DENOMINATOR_COHORT ? 1 : n;
        for (size_t c = 0; s->cap[party].exists && c < n; c += step)
            binds |= cap_classes(f, s, party, claim_year, i * n + c, step);
    }
    return binds;
}

/* What a party pays is borne by it. */
static void note_paid(Sharing *f, int party)
{
    size_t at = (size_t)party * f->classes;
    for (size_t c = 0; c < f->classes; c++) {
        f->borne[at + c] += f->asked[at + c];
        if (f->paid_now != NULL)
            f->paid_now[at + c] += f->asked[at + c];
    }
}

/* Caps, then funds; each party before those that its rest goes to. */
static void settle(Sharing *f, SharingMarks *marks, int claim_year)
{
    const Scheme *s = f->scheme;
    for (int i = 0; i < s->n; i++) {
        int j = s->order[i];
        const SchemeFund *fund = &s->fund[j];
        if (apply_caps(f, j, claim_year))
            marks->capped |= UINT32_C(1) << j;
        if (fund->exists &&
            cut(f, j, 0, f->classes, f->balance[j], fund->overflow))
            marks->dry |= UINT32_C(1) << j;
        f->balance[j] -= fund->exists ? sharing_paid(f, j) : 0;
        note_paid(f, j);
    }
}

SharingMarks sharing_run(Sharing *f, const int64_t claim[], size_t parts,
                         int claim_year)
{
    SharingMarks marks = {0};
    size_t n = f->classes;
    memset(f->asked, 0, (size_t)f->scheme->n * n * sizeof *f->asked);
    for (size_t c = 0; c < n; c++)
        f->left[c] = n > 1 && f->path.stopped >> c & 1
                         ? 0
                         : claim[c * parts + DUE_SHARED];
    marks.dry = layers_of_all(f, claim_year);
    settle(f, &marks, claim_year);
    return marks;
}
