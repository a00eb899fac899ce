#include "pool/waterfall.h"

#include <string.h>

/* What comes back to each party: of all it paid, and of the shared part. */
typedef struct {
    int64_t all[SCHEME_PARTIES], shared[SCHEME_PARTIES];
} Back;

/* What carries over from step to step. */
typedef struct {
    const Waterfall *w;
    const Scheme *s;
    WaterfallPath *path;
    const int64_t *part;
    Sharing sharing;
    Funding funding;
    Back back[WATERFALL_STEPS]; /* by the step it will come in */
    /* The shared part by class, where there are several: the same, and of what
     * is paid in the step at hand. */
    int64_t *back_class;        /* [run][year_steps][parties][classes] */
    int64_t *due_class;         /* [parties][classes] */
    int64_t room[SHARING_ROOM]; /* of the only class */
} Flow;

/* Part of what came to `total` that lag i brings: rise of a running sum. */
static int64_t portion(const Scheme *s, size_t i, int64_t total)
{
    int64_t before = 0;
    for (size_t k = 0; k < i; k++)
        before += s->lag_weight[k];
    Fraction low = {before, s->lag_whole};
    Fraction high = {before + s->lag_weight[i], s->lag_whole};
    return fraction_of(total, high) - fraction_of(total, low);
}

static int64_t *class_row(const Flow *f, int t, int party)
{
    size_t row = (size_t)t * SCHEME_PARTIES + (size_t)party;
    return f->back_class + row * f->sharing.classes;
}

/* What comes back in step t goes to the parties, and lowers what they have
 * borne. */
static void receive(Flow *f, WaterfallYear *now, int t)
{
    Back *back = &f->back[t];
    size_t n = f->sharing.classes;
    for (int j = 0; j < f->s->n; j++) {
        int64_t *borne = f->sharing.borne + (size_t)j * n;
        now->back[j] += back->all[j];
        f->sharing.balance[j] += f->s->fund[j].exists ? back->shared[j] : 0;
        if (n == 1)
            borne[0] -= back->shared[j];
        for (size_t c = 0; n > 1 && c < n; c++) {
            borne[c] -= class_row(f, t, j)[c];
            class_row(f, t, j)[c] = 0;
        }
    }
    *back = (Back){0};
}

/* What will come back of a class's claim, by what each party paid of it. */
static void expect(Flow *f, Back *due, int64_t of_year[], size_t class,
                   const int64_t part[])
{
    const Sharing *sharing = &f->sharing;
    size_t n = (size_t)f->s->n;
    int64_t paid[SCHEME_PARTIES], back[SCHEME_PARTIES];
    for (size_t j = 0; j < n; j++)
        paid[j] = sharing->asked[j * sharing->classes + class];
    fraction_split(back, part[DUE_SHARED_BACK], paid, part[DUE_SHARED], n);
    for (size_t j = 0; j < n; j++) {
        size_t at = j * sharing->classes + class;
        due->shared[j] += back[j];
        due->all[j] += back[j];
        if (sharing->classes > 1)
            f->due_class[at] = back[j];
        if (of_year != NULL)
            of_year[at] -= back[j];
    }
}

/* What is due of the claims paid in step t is set down for the steps in which
 * it comes. */
static void set_down(Flow *f, int t, const Back *due)
{
    const Scheme *s = f->s;
    size_t n = f->sharing.classes;
    for (size_t i = 0; i < s->nlags; i++) {
        int at = t + f->w->lag[i];
        for (int j = 0; j < s->n; j++) {
            const int64_t *of_class = f->due_class + (size_t)j * n;
            int64_t shared = portion(s, i, due->shared[j]), all = shared;
            if (due->all[j] != due->shared[j])
                all = portion(s, i, due->all[j]);
            f->back[at].all[j] += all;
            f->back[at].shared[j] += shared;
            for (size_t c = 0; n > 1 && c < n; c++)
                class_row(f, at, j)[c] += portion(s, i, of_class[c]);
        }
    }
}

/* What is claimed of the classes of a step that were written, and what will
 * come back of it. */
static void pay_classes(Flow *f, WaterfallYear *now, int t, int64_t of_year[],
                        const int64_t part[])
{
    const Waterfall *w = f->w;
    const Scheme *s = f->s;
    size_t n = f->sharing.classes;
    Back due = {0};
    if (n > 1)
        memset(f->due_class, 0, n * SCHEME_PARTIES * sizeof *f->due_class);
    for (size_t c = 0; c < n; c++, part += w->parts) {
        if (n > 1 && f->sharing.path.stopped >> c & 1)
            continue;
        if (w->parts > DUE_SHARED_BACK && part[DUE_SHARED_BACK] > 0)
            expect(f, &due, of_year, c, part);
        if (w->parts > DUE_KEPT && s->uncovered >= 0)
            now->paid[s->uncovered] += part[DUE_KEPT];
        if (w->parts > DUE_KEPT_BACK && s->uncovered >= 0)
            due.all[s->uncovered] += part[DUE_KEPT_BACK];
    }
    if (w->parts > DUE_SHARED_BACK)
        set_down(f, t, &due);
}

static int is_nothing(const int64_t x[], size_t n)
{
    int64_t any = 0;
    for (size_t i = 0; i < n; i++)
        any |= x[i];
    return any == 0;
}

/* The claims of step `claimed` are paid in step t, and what will come back of
 * them is set down. */
static void pay(Flow *f, WaterfallYear *now, int t, int claimed)
{
    const Waterfall *w = f->w;
    const Scheme *s = f->s;
    size_t n = f->sharing.classes, parts = (size_t)w->parts;
    size_t all = (size_t)s->n * n;
    const int64_t *part = f->part + (size_t)claimed * n * parts;
    int64_t *of_year = f->path->of_class;
    int year = claimed / w->year_steps;
    if (claimed % w->year_steps == 0)
        sharing_begin_year(&f->sharing);
    if (is_nothing(part, n * parts))
        return;
    SharingMarks marks = sharing_run(&f->sharing, part, parts, year);
    now->capped |= marks.capped;
    now->dry |= marks.dry;
    of_year += of_year == NULL ? 0 : (size_t)year * all;
    for (size_t i = 0; of_year != NULL && i < all; i++)
        of_year[i] += f->sharing.asked[i];
    for (int j = 0; j < s->n; j++) {
        int64_t left = f->sharing.balance[j];
        now->paid[j] += sharing_paid(&f->sharing, j);
        now->left[j] = left < now->left[j] ? left : now->left[j];
    }
    pay_classes(f, now, t, of_year, part);
}

/* Everything as it is on the opening day. */
static void open_flow(Flow *f)
{
    const Waterfall *w = f->w;
    const Scheme *s = f->s;
    WaterfallPath *out = f->path;
    size_t n = w->dues->classes, run = (size_t)w->run;
    size_t steps = run * (size_t)w->year_steps, each = n * SCHEME_PARTIES;
    int64_t *room = n == 1 ? f->room : out->room;
    sharing_open(&f->sharing, w->dues, room);
    f->due_class = n == 1 ? NULL : room + sharing_room(n);
    f->back_class = n == 1 ? NULL : f->due_class + each;
    if (n > 1)
        memset(f->back_class, 0, steps * each * sizeof *f->back_class);
    memset(f->back, 0, steps * sizeof *f->back);
    memset(out->year, 0, run * sizeof *out->year);
    if (out->of_class != NULL)
        memset(out->of_class, 0,
               (size_t)w->years * (size_t)s->n * n * sizeof *out->of_class);
    funding_open(&f->funding, s, w->dues->volumes, f->sharing.balance);
    if (w->has_accounts)
        memset(out->account, 0, run * sizeof *out->account);
    for (int j = 0; j < s->n; j++) {
        f->sharing.balance[j] = s->fund[j].opening;
        out->gross[j] = out->net[j] = 0;
    }
}

/* As a year opens: whether the book may grow, and what comes in. */
static void begin_year(Flow *f, int t)
{
    const Dues *d = f->w->dues;
    WaterfallYear *now = &f->path->year[t];
    now->is_levered = funding_binds(&f->funding, &f->sharing.path, t);
    if (now->is_levered && d->may_stop && t <= d->book->youngest)
        for (size_t c = 0; c < d->classes; c += d->vintages)
            f->sharing.path.stopped |= UINT64_C(1)
                                       << (c + (size_t)(t - d->book->oldest));
    funding_begin(&f->funding, f->path->account[t], &f->sharing.path, t);
}

size_t waterfall_room(const Waterfall *w)
{
    size_t n = w->dues->classes;
    size_t steps = (size_t)w->run * (size_t)w->year_steps;
    return n == 1 ? 0 : sharing_room(n) + (1 + steps) * SCHEME_PARTIES * n;
}

/* One step: what comes in, the claims, and what of them comes back at once. */
static void run_step(Flow *f, WaterfallYear *now, int t, int64_t paid_in[])
{
    const Waterfall *w = f->w;
    const Scheme *s = f->s;
    int claimed = t - w->claim_lag;
    if (!s->is_net)
        receive(f, now, t);
    for (int j = 0; j < s->n; j++) {
        int64_t fen = w->paid_in[t * s->n + j];
        f->sharing.balance[j] += fen;
        paid_in[j] += fen;
    }
    if (claimed >= 0 && claimed < w->years * w->year_steps)
        pay(f, now, t, claimed);
    if (!s->is_net)
        receive(f, now, t);
}

static void run_year(Flow *f, int y)
{
    const Waterfall *w = f->w;
    const Scheme *s = f->s;
    WaterfallPath *out = f->path;
    WaterfallYear *now = &out->year[y];
    int64_t paid_in[SCHEME_PARTIES] = {0};
    for (int j = 0; j < s->n; j++)
        now->left[j] = WATERFALL_UNASKED;
    if (w->has_accounts)
        begin_year(f, y);
    for (int t = y * w->year_steps; t < (y + 1) * w->year_steps; t++)
        run_step(f, now, t, paid_in);
    if (w->has_accounts)
        now->is_unreserved =
            funding_end(&f->funding, out->account[y], &f->sharing.path, y,
                        now->paid, now->back, paid_in);
    if (w->breakers != NULL)
        breakers_end(w->breakers, out->table, out->scenario, y,
                     f->sharing.path.stopped);
    for (int j = 0; j < s->n; j++) {
        now->balance[j] = f->sharing.balance[j];
        out->gross[j] += now->paid[j];
        out->net[j] += now->paid[j] - now->back[j];
    }
}

void waterfall_run(WaterfallPath *out, const Waterfall *w, const int64_t part[],
                   VolumesGone gone)
{
    const Scheme *s = w->scheme;
    Flow f;
    f.w = w;
    f.s = s;
    f.path = out;
    f.part = part;
    f.sharing.scheme = s;
    f.sharing.path = gone;
    f.sharing.ended = w->ended;
    open_flow(&f);
    if (w->breakers != NULL)
        breakers_open(w->breakers, out->table, out->scenario);
    for (int y = 0; y < w->run; y++)
        run_year(&f, y);
    out->stopped = f.sharing.path.stopped;
}
