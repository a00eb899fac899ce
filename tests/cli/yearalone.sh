# A year taken out of several: what was registered before is a duplicate still.
printf 'contract_id,registry_no,firm_id,county,registered_on,amount
A,R1,91990001MA0000189G,随县,2024-05-01,100000
B,R1,91990002MA000004X3,随县,2025-03-01,100000
C,R2,91990002MA000004X3,随县,2025-04-01,100000
D,R2,91990002MA000004X3,随县,2025-03-01,100000
E,,91990002MA000004X3,随县,2025-03-01,100000
' >"$tmp/c.csv"
try() {
    kedan subsidy "$@" --contracts "$tmp/c.csv" \
        --rules rules/subsidy/suizhou/transfer.cfg --ledger "$tmp/k.db"
}
for year in 2024 2025; do
    try run --year $year --format csv | awk -F, '{ print $1, $NF }'
done
try run --year 2025 --again | sed -n '/^Contracts to check/,/^$/p'
kedan replay 2 --ledger "$tmp/k.db"
try sweep --year 2025 --vary city_rate --from 10% --to 20% --points 2
