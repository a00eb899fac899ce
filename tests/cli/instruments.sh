# Every subsidy there is a rule file for, run on the same rows: a line each.
c=$tmp/c.csv
h=contract_id,firm_id,county,registered_on,amount,paid_amount,interest_paid
h=$h,seller_kind,certified_talent,repaid_on_time,score,listed_major,listed_key
h=$h,body,title_won,own_investment,rd_increment,growth,loss,team_share
h=$h,use_years,volume,batch_volume,eligible_share,small_share
h=$h,first_borrowers,mean_fee,share_amount,customer_balance,fee
row() {
    printf '%s,%s,true,true,%s,true,true,%s,%s,%s,%s,%s,%s,70%%,0,%s,%s' \
        "$1" "$2" "$3" "$4" "$5" "$6" "$7" "$8" "$9" "${10}" "${11}"
    printf ',85%%,62%%,true,0.95%%,%s,10000000.00,0.5%%\n' "$6"
}
a=91990001MA0000189G
b=91990002MA000004X3
for year in 2018 2024 2025; do
    printf '%s\n' "$h"
    row "A,$a,广水,$year-03-01,1234567.89,1000000.05,246913.58" university \
        71.5 agency hnte 345678.91 2345678.9 31000000 4567.89 \
        345000000 50000000
    row "B,$a,随县,$year-04-01,98765432.10,23456789.01,1357924.68" institute \
        88 incubator platform 23456789.5 87654321.1 0 8765432.1 \
        4500000000 0
    row "C,$b,高新区,$year-05-01,650000000.01,9999.99,12345.67" firm \
        12 agency ip_demonstration 1 1999999.99 30000000 0 1234567.89 0
done | awk 'NR == 1 || !/^contract_id/' |
    awk -F, -v OFS=, 'NR > 1 { $1 = $1 NR } { print }' >"$c"
for f in rules/subsidy/*/*.cfg; do
    echo "$f"
    kedan subsidy run --contracts "$c" --rules "$f" \
        --ledger "$tmp/k.db" >"$tmp/out" 2>"$tmp/err" || cat "$tmp/err"
    awk '/^(Totals|Counts)/ { on = 1 } /^Budgets/ { on = 0 }
        on && $NF ~ /[1-9]/ { print "  " $0 }' "$tmp/out"
    awk '/^Subsidy against value/ { on = 1 } on && $NF == "yes"' "$tmp/out"
done
# Where the rules make the base, all amounts of a claim grow with it.
kedan subsidy run --contracts "$c" --ledger "$tmp/k.db" \
    --rules rules/subsidy/chongqing/guarantee-fee-2022.cfg |
    sed -n '/^Subsidy against value/,/^Steps/p'
