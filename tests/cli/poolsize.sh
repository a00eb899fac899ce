# How much money a fund needs, what it must earn, how large a book it carries;
# recorded, shown again and computed again like any run.
inputs="--portfolio datasets/portfolio.csv --factors datasets/factors.cfg
    --scheme datasets/scheme.cfg --years 3 --as-of 2025-12-31"
try() { kedan pool size $inputs --scenarios 4000 "$@" \
    --ledger "$tmp/k.db" 2>&1; }
try
try --threads 7 | head -2
kedan replay 1 --ledger "$tmp/k.db" | tail -1
try --party guarantor --ruin 0.05,0.01 --lang zh
try --format json --ruin 0.01 | head -40
try --format html | grep -c 'id="poolsize"\|id="results"'
# The guarantor earns the fees that the loans pay at their own rates.
sed '/^  recovery/i premium = { party = "guarantor"; fee_share = "100%"; };' \
    datasets/scheme.cfg >"$tmp/fees.cfg"
kedan pool size --portfolio datasets/portfolio.csv \
    --factors datasets/factors.cfg --scheme "$tmp/fees.cfg" --party guarantor \
    --ruin 0.01 --years 3 --as-of 2025-12-31 --scenarios 4000 \
    --ledger "$tmp/k.db" 2>&1 | sed "s|$tmp/||"
try --party nobody
try --ruin 2
kedan pool size --portfolio datasets/portfolio.csv \
    --factors datasets/factors.cfg 2>&1
