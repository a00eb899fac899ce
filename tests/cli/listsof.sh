# The lists that leave the bureau, and single contracts, under a scenario that
# was decided for: they add up to its column, and are explained by its rules.
try() {
    kedan subsidy run --contracts datasets/contracts.csv \
        --rules rules/subsidy/suizhou/transfer.cfg --scenario tiers,pro-rata \
        --ledger "$tmp/k.db" "$@" 2>&1
}
for of in baseline tiers pro-rata; do
    try --of $of --notice "$tmp/n.csv" --payment "$tmp/p.csv" \
        --waiting "$tmp/w.csv" --format json |
        awk -v of="\"$of\":" '/"measure": "cut_by_budget"|"measure": "paid"/ {
            on = 1 } on && $1 == of { print; on = 0 }'
    for list in n p w; do
        awk -F, 'NR > 1 { s += $NF } END { printf "%d %.2f\n", NR - 1, s }' \
            "$tmp/$list.csv"
    done
done
kedan explain C20250073 --ledger "$tmp/k.db" | grep -A3 '^budget'
kedan replay 2 --ledger "$tmp/k.db"
try --of steps
# Who gets nothing, and why.
try --refused "$tmp/r.csv" >"$tmp/out"
sed -n '1,3p' "$tmp/r.csv"
cut -d, -f5 "$tmp/r.csv" | sort | uniq -c | sed 's/^ *//'
