# Where the money goes when contracts say more of their firms: by class and by
# grade, each adding up to what is paid; firms that gain or lose by their names.
awk -F, -v OFS=, 'NR == 1 { print $0, "企业类型", "信用等级" }
    NR > 1 { print $0, NR % 3 ? "hnte" : "tech_sme",
                   NR % 7 ? substr("ABC", NR % 3 + 1, 1) : "" }' \
    datasets/contracts.csv >"$tmp/c.csv"
try() {
    kedan subsidy run --contracts "$tmp/c.csv" \
        --rules rules/subsidy/suizhou/transfer.cfg --scenario tiers \
        --ledger "$tmp/k.db" "$@"
}
try | sed -n '/^Totals/,/^$/p; /^By class/,/^$/p; /^By credit/,/^$/p
    /^Firms that/,/^tiers  *more/p'
try --lang zh --format html | grep -c '<h3>.*按信用等级'
