# Scales on a firm's sum of the year: the brackets of the sum, and what the
# claim adds to it.
printf 'contract_id,firm_id,registered_on,amount,paid_amount
A,91990001MA0000189G,2024-03-01,1,1234567.89
B,91990001MA0000189G,2024-05-01,1,98765.43
C,91990001MA0000189G,2024-07-01,1,120000000.00\n' >"$tmp/c.csv"
told() {
    kedan subsidy run --contracts "$tmp/c.csv" --rules "rules/subsidy/$1" \
        --ledger "$tmp/k.db" --again >"$tmp/out"
    kedan explain "$2" --ledger "$tmp/k.db" |
        sed -n '/^base/,/^limit/p' | grep -v '\[' | sed '1,3d;$d'
}
told sanming/transaction-2023.cfg B
sed -i 's/,1,\([0-9.]*\)$/,\1,1/' "$tmp/c.csv"
told sanming/registry-2023.cfg C
told fuqing/buyer-2024.cfg A
