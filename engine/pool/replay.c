#include "pool/renewals.h"
#include "pool/results.h"
#include "pool/told.h"

/* A loan that has a place in the story; not a renewal that is not there yet, or
 * has itself been renewed. */
static int is_told(DueLoan *due, const Told *told, uint32_t loan, Default when)
{
    return told_loan(due, told, loan, when) &&
           (due->balance > 0 || renewals_of(told->model->book, loan) == 0);
}

static size_t count_loans(const Told *told)
{
    const Book *b = told->model->book;
    size_t rows = 0;
    DueLoan due;
    for (size_t i = 0; i < told->n; i++) {
        Default d = told->defaults[i];
        for (uint32_t k = b->loan_at[d.slot]; k < b->loan_at[d.slot + 1]; k++)
            rows += (size_t)is_told(&due, told, k, d);
    }
    return rows;
}

/* One row for each loan of each firm that defaulted, in the order of time. */
static ErrCode add_story(Results *r, const Told *told)
{
    const Book *b = told->model->book;
    size_t rows = count_loans(told), row = 0;
    results_table(r, "pool_story", rows, "违约贷款", "Loans in default");
    Column *year = results_field(r, FIELD_year), *month = NULL;
    if (b->year_steps > 1)
        month = results_column(r, "month", TYPE_COUNT, "", "月", "month");
    Column *loan_id = results_field(r, FIELD_loan_id);
    Column *firm_id = results_field(r, FIELD_firm_id);
    Column *outstanding = results_field(r, FIELD_outstanding);
    Column *claim = results_column(r, "claim", TYPE_MONEY, "fen", "代偿申请",
                                   "claim on the scheme");
    Column *kept = results_column(r, "kept", TYPE_MONEY, "fen", "未担保损失",
                                  "outside the shares");
    Column *recovered =
        results_column(r, "recovered", TYPE_MONEY, "fen", "追偿", "recovered");
    const Column *loans = table_field(b->table, FIELD_loan_id);
    const Column *firms = table_field(b->table, FIELD_firm_id);
    for (size_t i = 0; r->rc == OK && i < told->n; i++) {
        Default d = told->defaults[i];
        for (uint32_t k = b->loan_at[d.slot]; k < b->loan_at[d.slot + 1]; k++) {
            DueLoan due;
            if (!is_told(&due, told, k, d))
                continue;
            year->i[row] = d.year + 1;
            if (month != NULL)
                month->i[row] = (int64_t)d.step % b->year_steps + 1;
            loan_id->s[row] = results_text(r, loans->s[b->loans[k].row]);
            firm_id->s[row] = results_text(r, firms->s[b->loans[k].row]);
            outstanding->i[row] = due.balance;
            claim->i[row] = due.part[DUE_SHARED];
            kept->i[row] = due.part[DUE_KEPT];
            recovered->i[row++] =
                due.part[DUE_SHARED_BACK] + due.part[DUE_KEPT_BACK];
        }
    }
    return r->rc;
}

static ErrCode add_parties(Results *r, const Model *m, const WaterfallPath *p)
{
    size_t n = m->scheme == NULL ? 0 : (size_t)m->scheme->n;
    size_t run = m->scheme == NULL ? 0 : (size_t)m->waterfall->run;
    results_table(r, "pool_story_parties", run * n, "各方支出",
                  "What each party pays");
    Column *year = results_field(r, FIELD_year);
    Column *party = results_field(r, FIELD_party);
    Column *paid = results_column(r, "paid", TYPE_MONEY, "fen", "代偿", "paid");
    Column *back =
        results_column(r, "recovered", TYPE_MONEY, "fen", "追偿", "recovered");
    Column *balance = results_column(r, "balance", TYPE_MONEY, "fen",
                                     "年末余额", "balance at year's end");
    for (size_t row = 0; r->rc == OK && row < run * n; row++) {
        size_t y = row / n, j = row % n;
        year->i[row] = (int64_t)y + 1;
        party->s[row] = results_text(r, m->scheme->party[j]);
        paid->i[row] = p->year[y].paid[j];
        back->i[row] = p->year[y].back[j];
        balance->i[row] =
            m->scheme->fund[j].exists ? p->year[y].balance[j] : NULL_INT;
    }
    return r->rc;
}

/* What each party has paid when all has come back: their losses sum to that of
 * the summary. */
static ErrCode add_losses(Results *r, const Model *m, const WaterfallPath *p)
{
    size_t n = m->scheme == NULL ? 0 : (size_t)m->scheme->n;
    results_table(r, "pool_story_losses", n, "各方损失",
                  "What each party loses");
    Column *party = results_field(r, FIELD_party);
    Column *paid = results_column(r, "paid", TYPE_MONEY, "fen", "代偿", "paid");
    Column *back =
        results_column(r, "recovered", TYPE_MONEY, "fen", "追偿", "recovered");
    Column *loss = results_column(r, "loss", TYPE_MONEY, "fen", "损失", "loss");
    for (size_t j = 0; r->rc == OK && j < n; j++) {
        party->s[j] = results_text(r, m->scheme->party[j]);
        for (int y = 0; y < m->waterfall->run; y++) {
            paid->i[j] += p->year[y].paid[j];
            back->i[j] += p->year[y].back[j];
        }
        loss->i[j] = paid->i[j] - back->i[j];
    }
    return r->rc;
}

/* ---- what the loans of the story come to ---- */

typedef struct {
    int64_t firms, loans, outstanding, claim, kept, recovered;
} Sums;

static Sums sums_of(const Told *told)
{
    const Book *b = told->model->book;
    Sums s = {0};
    DueLoan due;
    for (size_t i = 0; i < told->n; i++) {
        Default d = told->defaults[i];
        int64_t before = s.loans;
        for (uint32_t k = b->loan_at[d.slot]; k < b->loan_at[d.slot + 1]; k++) {
            if (!is_told(&due, told, k, d) || due.balance == 0)
                continue;
            s.loans++;
            s.outstanding += due.balance;
            s.claim += due.part[DUE_SHARED];
            s.kept += due.part[DUE_KEPT];
            s.recovered += due.part[DUE_SHARED_BACK] + due.part[DUE_KEPT_BACK];
        }
        s.firms += s.loans > before;
    }
    return s;
}

static void put(Results *r, const char *name, int64_t value, FieldType type,
                const char *zh, const char *en)
{
    Column *c =
        results_column(r, name, type, type == TYPE_MONEY ? "fen" : "", zh, en);
    if (r->rc == OK)
        c->i[0] = value;
}

static ErrCode add_summary(Results *r, const Told *told, uint64_t scenario)
{
    Sums s = sums_of(told);
    results_table(r, "pool_story_summary", 1, "情景概要",
                  "The future in short");
    results_steps(r, told->model->book);
    put(r, "scenario", (int64_t)scenario, TYPE_COUNT, "情景号", "scenario");
    put(r, "firms", s.firms, TYPE_COUNT, "违约企业数", "firms in default");
    put(r, "loans", s.loans, TYPE_COUNT, "违约贷款笔数", "loans in default");
    put(r, "outstanding", s.outstanding, TYPE_MONEY, "违约贷款余额",
        "outstanding in default");
    put(r, "claim", s.claim, TYPE_MONEY, "代偿申请", "claims on the scheme");
    put(r, "kept", s.kept, TYPE_MONEY, "未担保损失", "outside the shares");
    put(r, "recovered", s.recovered, TYPE_MONEY, "追偿", "recovered");
    put(r, "loss", s.claim + s.kept - s.recovered, TYPE_MONEY, "损失", "loss");
    return r->rc;
}

/* What happened to a party in a year. */
typedef struct {
    const char *word;
    uint32_t parties; /* as bits */
} Event;

enum { EVENTS = 4 };

static void events_of(Event out[EVENTS], const Model *m, const WaterfallYear *y)
{
    const Scheme *s = m->scheme;
    uint32_t levered = (uint32_t)y->is_levered << s->leverage.party;
    uint32_t unreserved = (uint32_t)y->is_unreserved << s->reserves.party;
    out[0] = (Event){"leverage_binds", levered};
    out[1] = (Event){"cap_binds", y->capped};
    out[2] = (Event){"runs_dry", y->dry};
    out[3] = (Event){"reserve_short", unreserved};
}

/* Rows of a table of events; counted alone while it has no columns. */
typedef struct {
    Results *r;
    Column *year, *party, *event;
    size_t n;
} EventRows;

static void put_event(EventRows *e, int year, const char *who, const char *word)
{
    if (e->year != NULL) {
        e->year->i[e->n] = year + 1;
        e->party->s[e->n] = results_text(e->r, who);
        e->event->s[e->n] = results_text(e->r, word);
    }
    e->n++;
}

/* What the breakers did. */
static void list_banks(EventRows *e, const Told *told, int year)
{
    const Model *m = told->model;
    const DueTable *t = &told->worker.table;
    if (!m->dues->by_bank || year >= m->book->years)
        return;
    const VolumesGone path = {dues_banks_gone(t, 0), told->worker.path.stopped};
    for (size_t k = 0; k < m->book->nbanks; k++) {
        uint8_t state[BOOK_YEARS];
        breakers_follow(state, m->dues, &m->scheme->breaker, dues_banks(t, 0),
                        &path, k);
        if (state[year] & BREAKERS_WARNED)
            put_event(e, year, m->book->banks[k], "warn");
        if (state[year] & BREAKERS_SUSPENDED)
            put_event(e, year, m->book->banks[k], "suspend");
    }
}

/* Banks that the future opens without. */
static void list_opening(EventRows *e, const Book *b)
{
    for (size_t k = 0; k < b->nbanks; k++)
        if (breakers_opening(b, k))
            put_event(e, 0, b->banks[k], "suspended_before");
}

static void list_events(EventRows *e, const Told *told)
{
    const Model *m = told->model;
    int run = m->scheme == NULL ? 0 : m->waterfall->run;
    Event events[EVENTS];
    list_opening(e, m->book);
    for (int y = 0; y < run; y++) {
        events_of(events, m, &told->worker.path.year[y]);
        for (int i = 0; i < EVENTS; i++)
            for (int j = 0; j < m->scheme->n; j++)
                if (events[i].parties >> j & 1)
                    put_event(e, y, m->scheme->party[j], events[i].word);
        list_banks(e, told, y);
    }
}

static ErrCode add_events(Results *r, const Told *told)
{
    EventRows e = {.r = r};
    list_events(&e, told);
    results_table(r, "pool_story_events", e.n, "触发事件", "What happened");
    e = (EventRows){
        r, results_field(r, FIELD_year), results_field(r, FIELD_party),
        results_column(r, "event", TYPE_CATEGORY, "", "事件", "event"), 0};
    if (r->rc == OK)
        list_events(&e, told);
    return r->rc;
}

/* The year a loan would start in if its bank were not suspended, its firm not
 * having failed before; -1: it is written, or never was to be. */
static int unwritten_in(const Told *told, size_t loan)
{
    const Book *b = told->model->book;
    const BookLoan *l = &b->loans[loan];
    const DueTable *t = &told->worker.table;
    if (!breakers_stop(told->model->waterfall->breakers, t, 0, loan) ||
        t->failed[l->slot] < book_start(b, loan))
        return -1;
    return l->vintage;
}

/* One row for each loan that a suspended bank does not write, by year. */
static ErrCode add_unwritten(Results *r, const Told *told)
{
    const Book *b = told->model->book;
    size_t rows = 0, row = 0;
    if (told->model->waterfall == NULL ||
        told->model->waterfall->breakers == NULL)
        return OK;
    for (size_t i = 0; i < b->nloans; i++)
        rows += unwritten_in(told, i) >= 0;
    results_table(r, "pool_story_unwritten", rows, "暂停期间未发放的贷款",
                  "Loans not written, their bank being suspended");
    Column *year = results_field(r, FIELD_year);
    Column *loan_id = results_field(r, FIELD_loan_id);
    Column *firm_id = results_field(r, FIELD_firm_id);
    Column *bank = results_field(r, FIELD_bank);
    Column *amount =
        results_column(r, "amount", TYPE_MONEY, "fen", "金额", "amount");
    const Column *loans = table_field(b->table, FIELD_loan_id);
    const Column *firms = table_field(b->table, FIELD_firm_id);
    for (int y = 0; r->rc == OK && y < b->years; y++)
        for (size_t i = 0; i < b->nloans; i++) {
            if (unwritten_in(told, i) != y)
                continue;
            year->i[row] = y + 1;
            loan_id->s[row] = results_text(r, loans->s[b->loans[i].row]);
            firm_id->s[row] = results_text(r, firms->s[b->loans[i].row]);
            bank->s[row] = results_text(r, b->banks[b->loans[i].bank]);
            amount->i[row++] = b->written[i];
        }
    return r->rc;
}

ErrCode pool_replay(Tables *out, const Table *portfolio, const Factors *factors,
                    const Scheme *scheme, const PoolOptions *options,
                    uint64_t scenario, Faults *faults, Err *err)
{
    ErrCode rc = OK;
    Model m;
    Told told = {0};
    Results r = {.tables = out, .err = err};
    TRY(model_open(&m, portfolio, factors, scheme, options, faults, err));
    if (scenario >= UINT32_MAX)
        TRY(FAIL(err, ERR_DOMAIN, "scenarios are numbered 0 to 4294967294"));
    TRY(told_open(&told, &m, err));
    told_scenario(&told, scenario);
    const WaterfallPath *path = &told.worker.path;
    TRY(add_summary(&r, &told, scenario));
    TRY(add_losses(&r, &m, path));
    TRY(add_story(&r, &told));
    TRY(add_parties(&r, &m, path));
    TRY(add_events(&r, &told));
    TRY(add_unwritten(&r, &told));
    TRY(accounts_tell(out, &m, path, err));
done:
    told_close(&told);
    model_close(&m);
    return rc;
}
