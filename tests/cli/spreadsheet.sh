# A Chinese spreadsheet in GB18030 is decided as the English file is.
assess() {
    kedan assess --applications "$1" --ip-rights datasets/ip_rights.csv \
        --rules rules/credit --value-rules rules/value/ip-income.cfg \
        --as-of 2025-12-31 --ledger "$tmp/kedan.db" --format csv \
        --output "$2" 2>&1
    echo "status $?"
}
assess datasets/applications.csv "$tmp/en.csv"
assess datasets/applications-gb18030.csv "$tmp/zh.csv"
head -201 "$tmp/en.csv" | cmp - "$tmp/zh.csv" && wc -l <"$tmp/zh.csv"
