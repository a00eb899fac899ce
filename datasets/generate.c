/* generate FOLDER: write the invented data sets, the same bytes everywhere. */
#include "files.h"

typedef struct {
    const char *name;
    void (*row)(Sheet *s, int i);
    int rows;
    SheetStyle style;
} File;

static const File files[] = {
    {"applications.csv", application_row, APPLICATIONS, SHEET_EN},
    {"applications-gb18030.csv", application_row, APPLICATIONS_ZH, SHEET_ZH},
    {"ip_rights.csv", rights_rows, APPLICATIONS, SHEET_EN},
    {"portfolio.csv", loan_row, LOANS, SHEET_EN},
    {"contracts.csv", contract_row, CONTRACTS, SHEET_EN},
    {"contracts-gb18030.csv", contract_row, CONTRACTS, SHEET_ZH},
    {"outcomes.csv", outcome_row, OUTCOMES, SHEET_EN},
    {"suizhou-contracts.csv", suizhou_contract_row, SUIZHOU_CONTRACTS,
     SHEET_EN},
    {"suizhou-results.csv", suizhou_result_row, SUIZHOU_RESULTS, SHEET_EN},
};

static ErrCode write_file(const char *folder, const File *file, Err *err)
{
    Sheet sheet;
    ErrCode rc = sheet_open(&sheet, folder, file->name, file->style, err);
    if (rc != OK)
        return rc;
    file->row(&sheet, 0); /* the header */
    sheet_end_row(&sheet);
    for (int i = 0; i < file->rows; i++) {
        file->row(&sheet, i);
        sheet_end_row(&sheet);
    }
    return sheet_close(&sheet, err);
}

int main(int argc, char **argv)
{
    Err err = {0};
    if (argc != 2) {
        fputs("usage: generate FOLDER\n", stderr);
        return err_status(ERR_USAGE);
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (write_file(argv[1], &files[i], &err) != OK) {
            fprintf(stderr, "generate: %s\n", err.text);
            return err_status(err.code);
        }
    }
    return 0;
}
