# A fund that is carried over, and grows in 2025: a year without contracts
# leaves what it had itself, not what a later one has.
later='{ from = "2025-01-01"; value = "5万"; source = "x"; confidence = "M"; }'
sed -e "s/\(value = \"\)1000万\(\"; [^}]*}\)/\13万\2, $later/" \
    -e 's/last = "partial";/& carry_over = "yes";/' \
    rules/subsidy/suizhou/transfer.cfg >"$tmp/r.cfg"
printf 'contract_id,firm_id,county,registered_on,amount
A,91990001MA0000189G,随县,2022-03-01,100000
B,91990001MA0000189G,随县,2026-03-01,1000000
C,91990002MA000004X3,随县,2027-03-01,1000000\n' >"$tmp/c.csv"
try() {
    kedan "$@" --contracts "$tmp/c.csv" --rules "$tmp/r.cfg" \
        --ledger "$tmp/k.db" 2>&1 | sed "s|$tmp|TMP|g"
}
# 10,000 of 2022, 30,000 each of 2023 and 2024, 50,000 each of 2025 and 2026.
try subsidy run | sed -n '/^Budgets/,/^$/p'
kedan explain B --ledger "$tmp/k.db" | grep -A3 '^budget'
# A year by itself knows nothing of what the year before it leaves.
try subsidy run --year 2026 | grep warning
try subsidy simulate --futures 100 | grep warning
try subsidy backtest --futures 100 --lang zh | grep 警告
