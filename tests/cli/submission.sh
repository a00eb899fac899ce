# First come by time of submission, as spreadsheets write times: in February
# before October, 9:00 before 10:00; what is no time is told by its place.
sheet() {
    printf '合同编号,企业代码,县区,登记日期,成交额,提交时间
A,91990001MA0000189G,随县,2025-01-01,100000,2026/10/1 9:00
B,91990002MA000004X3,随县,2025-01-01,100000,2026/2/1 10:00
C,91990004MA0000736F,随县,2025-01-01,100000,2026年2月1日9:00
D,91990001MA0000189G,随县,2024-01-01,100000,%s\n' "$1" |
        iconv -f utf-8 -t gb18030 >"$tmp/s.csv"
}
sed -e 's/allocation = "first_come";/& order = "submitted_at";/' \
    -e 's/value = "1000万"/value = "3万"/' \
    rules/subsidy/suizhou/transfer.cfg >"$tmp/r.cfg"
try() {
    kedan "$@" --contracts "$tmp/s.csv" --rules "$tmp/r.cfg" \
        --ledger "$tmp/k.db" 2>&1 | sed "s|$tmp|TMP|g"
}
sheet "20250301 08:00"
try subsidy run --format csv | cut -d, -f1,6,18-
# Next year's come as much later as they did.
try subsidy simulate --years 2 --futures 100 --year 3 --write "$tmp/y.csv" |
    sed -n '/^Simulated year/,$p'
cut -d, -f1,4,6 "$tmp/y.csv"
for text in 46050.68 "2026-02-29 9:00" "2026/2/1 9:00 CST"; do
    sheet "$text"
    try subsidy run
done
# Without the columns that limits, budgets and matches go by it says what it
# does instead.
printf 'contract_id,firm_id,registered_on,amount
A,91990001MA0000189G,2025-01-01,100000\n' >"$tmp/s.csv"
rules=rules/subsidy/suizhou/industrialisation.cfg
sed -e 's/allocation = "first_come";/& order = "submitted_at";/' \
    -e 's/payer = "city"; amount/payer = "city"; county = "随县"; amount/' \
    $rules >"$tmp/r.cfg"
try subsidy run | grep warning
try subsidy run --lang zh --again | grep 警告
# Amounts in the wrong unit.
printf 'contract_id,firm_id,county,registered_on,amount
A,91990001MA0000189G,随县,2025-01-01,9000000000000000
B,91990001MA0000189G,随县,2025-01-02,1\n' >"$tmp/s.csv"
cp rules/subsidy/fuqing/seller-2024.cfg "$tmp/r.cfg"
try subsidy run
