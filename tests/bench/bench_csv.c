/* Rate at which applications are read: 1,000,000 rows of 25 columns, against a
 * plain loop of strsep and strtod that checks, hashes and interns nothing.
 * An argument sets the number of rows. */
#define _DEFAULT_SOURCE /* strsep, for the baseline */
#include "bench.h"

#include "core/date.h"
#include "data/csv.h"
#include "data/ids.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS = 25, ROW_BYTES = 420, NUMBERS = 12 };

static const char header[] =
    "application_id,firm_id,firm_name,product,amount,term_months,applied_on,"
    "county,industry,founded_on,employees,rd_staff,revenue,revenue_prev,"
    "hightech_revenue,rd_expense,total_cost,total_assets,total_liabilities,"
    "net_profit,operating_cash_flow,interest_expense,titles,tax_credit_grade,"
    "past_default\n";

static int write_row(char *out, uint64_t *state, int i)
{
    static const char *const counties[] = {"曾都区", "随县", "广水市",
                                           "高新区"};
    static const char *const titles[] = {"", "tech_sme", "hnte;tech_sme",
                                         "hnte;srdi;tech_sme"};
    char firm[19], applied[DATE_TEXT], founded[DATE_TEXT];
    uint64_t r = bench_draw(state);
    snprintf(firm, sizeof firm, "91421300MA%07d0", i % 900000);
    firm[17] = ids_uscc_check_char(firm);
    date_format(applied, (Date){19000 + (int)(r % 800)});
    date_format(founded, (Date){12000 + (int)(r % 7000)});
    int n = snprintf(out, ROW_BYTES,
                     "A%07d,%s,企业%d,ip-pledge,%u.00,%d,%s,%s,"
                     "C%d,%s,%d,%d",
                     i, firm, i % 900000,
                     (unsigned)(r >> 40) % 5000000 + 100000, (int)(r % 36) + 1,
                     applied, counties[r >> 20 & 3], (int)(r % 40) + 10,
                     founded, (int)(r >> 8 & 511), (int)(r >> 8 & 63));
    for (int k = 0; k < 10; k++) {
        uint64_t fen = bench_draw(state) % UINT64_C(20000000000);
        n += snprintf(out + n, (size_t)(ROW_BYTES - n), ",%u.%02u",
                      (unsigned)(fen / 100), (unsigned)(fen % 100));
    }
    return n + snprintf(out + n, (size_t)(ROW_BYTES - n), ",%s,%c,%s\n",
                        titles[r >> 30 & 3], "ABMCD"[r % 5],
                        r % 50 == 0 ? "true" : "false");
}

static size_t write_file(char *out, int rows)
{
    uint64_t state = 1;
    size_t n = sizeof header - 1;
    memcpy(out, header, n);
    for (int i = 0; i < rows; i++)
        n += (size_t)write_row(out + n, &state, i);
    return n;
}

static ErrCode read_ours(double *took, const char *bytes, size_t n, Err *err)
{
    ErrCode rc = OK;
    Arena *arena = arena_new();
    Faults *faults = faults_new(arena);
    Tables *tables = tables_new(arena);
    Source source = {.name = "bench.csv", .bytes = bytes, .n = n};
    Table *table;
    size_t refused;
    double start = bench_cpu();
    TRY(csv_read(&table, &refused, tables, source,
                 (CsvOptions){.of = "applications"}, faults, err));
    *took = bench_cpu() - start;
done:
    arena_free(arena);
    return rc;
}

/* Whether the plain loop reads a column as a number. */
static int is_number(int column)
{
    return column == 4 || column == 5 || (column >= 10 && column <= 21);
}

/* Cells in place, numbers as doubles: no check of any kind. */
static double read_plain(char *bytes, size_t rows)
{
    double *numbers = calloc(rows * COLUMNS, sizeof *numbers), sum = 0;
    char *rest = bytes, *line;
    strsep(&rest, "\n");
    for (size_t i = 0; i < rows && (line = strsep(&rest, "\n")) != NULL; i++)
        for (int c = 0; c < COLUMNS && line != NULL; c++) {
            const char *cell = strsep(&line, ",");
            if (is_number(c) && numbers != NULL)
                sum += numbers[i * COLUMNS + (size_t)c] = strtod(cell, NULL);
        }
    free(numbers);
    return sum;
}

int main(int argc, char **argv)
{
    int rows = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 1000000;
    char *bytes = malloc(sizeof header + (size_t)rows * ROW_BYTES);
    Err err = {0};
    double took = 0;
    if (bytes == NULL || rows < 1)
        return EXIT_FAILURE;
    size_t n = write_file(bytes, rows);
    bytes[n] = '\0';
    double before = bench_peak_mib();
    if (read_ours(&took, bytes, n, &err) != OK) {
        fprintf(stderr, "%s\n", err.text);
        return err_status(err.code);
    }
    printf(
        "csv read: %.0f rows/s, %.0f MB/s, %.1f ns a cell, %d rows of %d "
        "columns, %.0f MB in %.2f s\n",
        rows / took, (double)n / 1e6 / took, took * 1e9 / rows / COLUMNS, rows,
        COLUMNS, (double)n / 1e6, took);
    printf(
        "csv read: peak memory %.0f MiB, the file itself included, "
        "%.0f MiB without\n",
        bench_peak_mib(), bench_peak_mib() - before);
    double start = bench_cpu(), sum = read_plain(bytes, (size_t)rows);
    double plain = bench_cpu() - start;
    printf(
        "baseline strsep + strtod, no checks: %.2f s; ours takes %.2f of "
        "that (sum %.6g)\n",
        plain, took / plain, sum);
    free(bytes);
    return EXIT_SUCCESS;
}
