#include "credit/migrationtables.h"

#include "credit/tabled.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const way_names[] = {"cohort", "duration"};

static const char *word(Tables *tables, const char *text)
{
    return texts_put(tables->texts, text, strlen(text));
}

static const char *state_name(const Migration *m, size_t state)
{
    return state < m->n ? m->grades[state] : "default";
}

/* ---- matrices: a row for each grade, a column for each state ---- */

/* The column to_GRADE. */
static ErrCode add_state(Column **out, Table *t, const Migration *m,
                         size_t state, FieldType type, const char *unit,
                         Err *err)
{
    char name[96];
    const char *grade = state_name(m, state);
    snprintf(name, sizeof name, "to_%.80s", grade);
    Label label =
        state < m->n ? (Label){grade, grade} : (Label){"违约", "default"};
    return table_add_labelled(out, t, name, type, unit, label, err);
}

static ErrCode matrix(Table **out, Column *to[], Tables *tables,
                      const Migration *m, const char *name, Label title,
                      FieldType type, Err *err)
{
    static const TabledColumn list[] = {
        {"grade", "", TYPE_CATEGORY, {"等级", "grade"}}};
    ErrCode rc = OK;
    Column *grade;
    TRY(tabled_new(out, &grade, tables, name, title, m->n, list, 1, err));
    for (size_t i = 0; i < m->n; i++)
        grade->s[i] = m->grades[i];
    for (size_t j = 0; j <= m->n; j++)
        TRY(add_state(&to[j], *out, m, j, type, type == TYPE_REAL ? "1" : "",
                      err));
done:
    return rc;
}

static ErrCode counts(Tables *tables, const Migration *m,
                      const MigrationWay *way, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *to[TRANSITIONS_MOST], *left, *all;
    size_t k = m->n + 1;
    TRY(matrix(
        &t, to, tables, m, "migration_counts",
        (Label){"一年后所在等级（户数）", "Where firms stood a year later"},
        TYPE_COUNT, err));
    TRY(table_add_labelled(&all, t, "firms", TYPE_COUNT, "",
                           (Label){"户年数", "firm-years"}, err));
    TRY(table_add_labelled(&left, t, "withdrawn", TYPE_COUNT, "",
                           (Label){"另有退出", "withdrawn besides"}, err));
    for (size_t i = 0; i < m->n; i++) {
        for (size_t j = 0; j < k; j++)
            to[j]->i[i] = (int64_t)way->count[i * k + j];
        all->i[i] = (int64_t)way->time[i];
        left->i[i] = (int64_t)m->moves->left[i];
    }
done:
    return rc;
}

static ErrCode chances(Tables *tables, const Migration *m, int way,
                       const MigrationWay *w, Err *err)
{
    static const struct {
        const char *name;
        Label title;
    } of[] = {{"migration_cohort",
               {"一年迁徙概率：队列法", "Chances within a year: cohorts"}},
              {"migration_duration",
               {"一年迁徙概率：持续期法", "Chances within a year: durations"}}};
    ErrCode rc = OK;
    Table *t;
    Column *to[TRANSITIONS_MOST];
    TRY(matrix(&t, to, tables, m, of[way].name, of[way].title, TYPE_REAL, err));
    for (size_t i = 0; i < m->n; i++)
        for (size_t j = 0; j <= m->n; j++)
            to[j]->d[i] = tabled_figure(w->chance[i * (m->n + 1) + j].value);
done:
    return rc;
}

/* ---- figures with their interval ---- */

/* NAME, NAME_low, NAME_high of one way. */
static ErrCode add_figure(Column *c[3], Table *t, const char *name, Label label,
                          const char *unit, Err *err)
{
    static const struct {
        const char *name;
        Label label;
    } parts[] = {{"", {"", ""}},
                 {"_low", {"下限", ", low"}},
                 {"_high", {"上限", ", high"}}};
    ErrCode rc = OK;
    for (int i = 0; i < 3; i++) {
        char own[96], zh[96], en[96];
        snprintf(own, sizeof own, "%s%s", name, parts[i].name);
        snprintf(zh, sizeof zh, "%s%s", label.zh, parts[i].label.zh);
        snprintf(en, sizeof en, "%s%s", label.en, parts[i].label.en);
        Label whole = {word(t->owner, zh), word(t->owner, en)};
        if (whole.zh == NULL || whole.en == NULL)
            return FAIL(err, ERR_MEMORY, "no memory for a result");
        TRY(table_add_labelled(&c[i], t, own, TYPE_REAL, unit, whole, err));
    }
done:
    return rc;
}

static void put_figure(Column *const c[3], size_t row, Figure f)
{
    c[0]->d[row] = tabled_figure(f.value);
    c[1]->d[row] = tabled_figure(f.low);
    c[2]->d[row] = tabled_figure(f.high);
}

static const Label way_labels[] = {{"队列法", "cohorts"},
                                   {"持续期法", "durations"}};

static ErrCode add_ways(Column *c[MIGRATION_WAYS][3], Table *t,
                        const MigrationWay ways[], Err *err)
{
    ErrCode rc = OK;
    for (int w = 0; w < MIGRATION_WAYS; w++)
        if (ways[w].is_there)
            TRY(add_figure(c[w], t, way_names[w], way_labels[w], "1", err));
done:
    return rc;
}

/* ---- by grade ---- */

/* Of cohorts: firm-years and defaults; of durations: years and changes. */
static ErrCode add_basis(Column *c[2], Table *t, int way, Err *err)
{
    static const TabledColumn list[MIGRATION_WAYS][2] = {
        {{"firms", "", TYPE_COUNT, {"户年数", "firm-years"}},
         {"defaults", "", TYPE_COUNT, {"违约数", "defaults"}}},
        {{"years", "year", TYPE_REAL, {"观察时间", "watched"}},
         {"changes", "", TYPE_COUNT, {"变动次数", "changes"}}}};
    ErrCode rc = OK;
    for (int i = 0; i < 2; i++)
        TRY(table_add_labelled(&c[i], t, list[way][i].name, list[way][i].type,
                               list[way][i].unit, list[way][i].label, err));
done:
    return rc;
}

static void put_basis(Column *const c[2], size_t grade, int way,
                      const MigrationWay *w, size_t k)
{
    double changes = 0;
    for (size_t j = 0; j < k; j++)
        changes += j == grade ? 0 : w->count[grade * k + j];
    if (way == MIGRATION_COHORT) {
        c[0]->i[grade] = (int64_t)w->time[grade];
        c[1]->i[grade] = (int64_t)w->count[grade * k + k - 1];
    } else {
        c[0]->d[grade] = tabled_figure(w->time[grade]);
        c[1]->i[grade] = (int64_t)changes;
    }
}

/* Whether PDs rise with worse grades. */
static ErrCode put_order(Table *t, const Migration *m, const MigrationWay *way,
                         Err *err)
{
    ErrCode rc = OK;
    Column *rises, *share;
    TRY(table_add_labelled(&rises, t, "rises", TYPE_BOOL, "",
                           (Label){"不低于上一级", "at least the better one's"},
                           err));
    TRY(table_add_labelled(&share, t, "rises_share", TYPE_REAL, "1",
                           (Label){"抽样中占比", "in samples"}, err));
    for (size_t i = 0; i < m->n; i++) {
        double own = way->pd[i].value;
        double better = i == 0 ? (double)NAN : way->pd[i - 1].value;
        int is_known = !isnan(own) && !isnan(better);
        rises->i[i] = is_known ? own >= better : NULL_INT;
        share->d[i] = is_known ? way->in_order[i] : (double)NAN;
    }
done:
    return rc;
}

static ErrCode by_grade(Tables *tables, const Migration *m, int w,
                        const MigrationWay *way, Err *err)
{
    static const struct {
        const char *name;
        Label title;
    } of[MIGRATION_WAYS] = {
        {"migration_grades_cohort",
         {"各等级一年违约概率：队列法（95% 区间）",
          "PD of a year by grade: cohorts, with 95% intervals"}},
        {"migration_grades_duration",
         {"各等级一年违约概率：持续期法（95% 区间）",
          "PD of a year by grade: durations, with 95% intervals"}}};
    static const TabledColumn list[] = {
        {"grade", "", TYPE_CATEGORY, {"等级", "grade"}}};
    ErrCode rc = OK;
    Table *t;
    Column *grade, *basis[2], *pd[3];
    TRY(tabled_new(&t, &grade, tables, of[w].name, of[w].title, m->n, list, 1,
                   err));
    TRY(add_basis(basis, t, w, err));
    TRY(add_figure(pd, t, "pd", (Label){"违约概率", "PD"}, "1", err));
    for (size_t i = 0; i < m->n; i++) {
        grade->s[i] = m->grades[i];
        put_basis(basis, i, w, way, m->n + 1);
        put_figure(pd, i, way->pd[i]);
    }
    TRY(put_order(t, m, way, err));
done:
    return rc;
}

/* ---- by grade and year, by way, by cell ---- */

static ErrCode terms(Tables *tables, const Migration *m,
                     const MigrationWay ways[], Err *err)
{
    static const TabledColumn list[] = {
        {"grade", "", TYPE_CATEGORY, {"等级", "grade"}},
        {"year", "", TYPE_COUNT, {"年数", "years"}}};
    ErrCode rc = OK;
    Table *t;
    Column *c[2], *pd[MIGRATION_WAYS][3];
    TRY(tabled_new(&t, c, tables, "migration_terms",
                   (Label){"累计违约概率（95% 区间）",
                           "Chance of default until a year, with 95% "
                           "intervals"},
                   m->n * m->years, list, 2, err));
    TRY(add_ways(pd, t, ways, err));
    for (size_t row = 0; row < t->rows; row++) {
        size_t grade = row / m->years, year = row % m->years;
        c[0]->s[row] = m->grades[grade];
        c[1]->i[row] = (int64_t)year + 1;
        for (int w = 0; w < MIGRATION_WAYS; w++)
            if (ways[w].is_there)
                put_figure(pd[w], row, ways[w].pd[year * (m->n + 1) + grade]);
    }
done:
    return rc;
}

static ErrCode mobility(Tables *tables, const MigrationWay ways[], Err *err)
{
    static const TabledColumn list[] = {
        {"way", "", TYPE_CATEGORY, {"方法", "way"}}};
    ErrCode rc = OK;
    Table *t;
    Column *way, *c[3];
    size_t row = 0;
    TRY(tabled_new(&t, &way, tables, "migration_mobility",
                   (Label){"迁徙强度（Jafry–Schuermann 指数，95% 区间）",
                           "Mobility index (Jafry, Schuermann), with 95% "
                           "intervals"},
                   (size_t)(ways[0].is_there + ways[1].is_there), list, 1,
                   err));
    TRY(add_figure(c, t, "mobility", (Label){"指数", "index"}, "", err));
    for (int w = 0; w < MIGRATION_WAYS; w++) {
        if (!ways[w].is_there)
            continue;
        way->s[row] = word(tables, way_names[w]);
        put_figure(c, row++, ways[w].mobility);
    }
done:
    return rc;
}

static ErrCode cells(Tables *tables, const Migration *m,
                     const MigrationWay ways[], Err *err)
{
    static const TabledColumn list[] = {
        {"grade", "", TYPE_CATEGORY, {"期初等级", "from"}},
        {"to", "", TYPE_CATEGORY, {"期末等级", "to"}}};
    ErrCode rc = OK;
    Table *t;
    Column *c[2], *chance[MIGRATION_WAYS][3];
    size_t k = m->n + 1;
    TRY(tabled_new(&t, c, tables, "migration_cells",
                   (Label){"逐格一年迁徙概率（95% 区间）",
                           "Each chance of a year, with 95% intervals"},
                   m->n * k, list, 2, err));
    TRY(add_ways(chance, t, ways, err));
    for (size_t row = 0; row < t->rows; row++) {
        c[0]->s[row] = m->grades[row / k];
        c[1]->s[row] = word(tables, state_name(m, row % k));
        for (int w = 0; w < MIGRATION_WAYS; w++)
            if (ways[w].is_there)
                put_figure(chance[w], row, ways[w].chance[row]);
    }
done:
    return rc;
}

ErrCode migration_tables(Tables *tables, const Migration *m,
                         const MigrationWay ways[], Err *err)
{
    ErrCode rc = OK;
    if (ways[MIGRATION_COHORT].is_there)
        TRY(counts(tables, m, &ways[MIGRATION_COHORT], err));
    for (int w = 0; w < MIGRATION_WAYS; w++)
        if (ways[w].is_there)
            TRY(chances(tables, m, w, &ways[w], err));
    for (int w = 0; w < MIGRATION_WAYS; w++)
        if (ways[w].is_there)
            TRY(by_grade(tables, m, w, &ways[w], err));
    TRY(terms(tables, m, ways, err));
    TRY(mobility(tables, ways, err));
    TRY(cells(tables, m, ways, err));
done:
    return rc;
}
