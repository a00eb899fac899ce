# Suizhou's five years, foretold one by one; the published totals (S002: 80
# projects 4,616,900 yuan, 24 grants 12,000,000 yuan) beside the rules'.
s=rules/subsidy/suizhou
try() { kedan subsidy backtest --ledger "$tmp/k.db" --futures 2000 "$@" 2>&1; }
contracts="--contracts datasets/suizhou-contracts.csv --rules $s/transfer.cfg"
try $contracts --payer city --published 461.69万
try --contracts datasets/suizhou-results.csv --rules $s/industrialisation.cfg \
    --published 1200万 --lang zh
kedan replay 1 --ledger "$tmp/k.db" | tail -1
try $contracts --years 4 --again --threads 1 --format json >"$tmp/1.json"
try $contracts --years 4 --again --threads 7 --format json |
    cmp - "$tmp/1.json" && echo "the same on 1 and 7 threads"
try $contracts --again --format html -o "$tmp/p.html"
grep -c '"Foretold and realised"' "$tmp/p.html"
try $contracts --payer province
try $contracts --published x
try --contracts datasets/contracts.csv --rules $s/transfer.cfg
