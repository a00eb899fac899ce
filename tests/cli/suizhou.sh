# Suizhou's published five years (S002): 80 projects, 4,616,900 yuan of the
# city's, 24 grants, 12,000,000 yuan; and what other places' rules had cost.
s=rules/subsidy
try() { kedan subsidy run --ledger "$tmp/kedan.db" "$@" 2>&1; }
figures() {
    sed -n "/^Totals/,/^Budgets/p" |
        grep -E "^(measure|contracts paid|cut by caps|paid)"
}
try --contracts datasets/suizhou-contracts.csv \
    --rules $s/suizhou/transfer.cfg | figures
try --contracts datasets/suizhou-results.csv \
    --rules $s/suizhou/industrialisation.cfg | figures
for other in "$s/sanming/transaction-2023.cfg@2023-12-31" \
    "$s/shenyang/buyer-2018.cfg" "$s/shenyang/buyer-2018.cfg#every-buyer" \
    shenyang-cap "$s/suzhou/buyer.cfg"; do
    try --contracts datasets/suizhou-contracts.csv \
        --rules $s/suizhou/transfer.cfg --scenario "$other" | figures
done
