# Schemes on the same futures: recorded, shown again and computed again like any
# run.
inputs="--portfolio datasets/portfolio.csv --factors datasets/factors.cfg
    --scheme rules/schemes/hubei-4222.cfg --as-of 2025-12-31"
try() { kedan pool compare $inputs --scenarios 4000 --levels 0.99 "$@" \
    --ledger "$tmp/k.db" 2>&1; }
try --against rules/schemes/hubei-4321.cfg,datasets/scheme.cfg
try --against rules/schemes/hubei-4321.cfg,datasets/scheme.cfg --threads 7 |
    head -1
kedan replay 1 --ledger "$tmp/k.db" | tail -1
try --against datasets/scheme.cfg --lang zh | tail -22
try --against datasets/scheme.cfg --format json | head -16
try --against datasets/scheme.cfg --format html | grep -c 'id="poolcompare"'
# Where no party has a fund there is no table of ruin.
try --against rules/schemes/hubei-4321.cfg | grep '^[A-Z]'
try --against rules/schemes/hubei-4321.cfg --format html |
    grep -c 'fund runs dry'
try
try --against ,datasets/scheme.cfg
try --against datasets/scheme.cfg,,rules/schemes/hubei-4321.cfg
try --against datasets/scheme.cfg,
try --against nowhere.cfg
try --against datasets/scheme.cfg,rules/schemes/hubei-4222.cfg
try --against datasets/factors.cfg
