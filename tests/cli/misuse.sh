# Each line fails before any file is read; the status follows it.
try() { kedan "$@"; echo "status $?"; }
try
try nonsense
KEDAN_ISA=avx1024 try pool simulate
try asess
try pool
try pool simulat
try --nonsense
try assess --applicatons a.csv
try assess --x
try assess -o
try assess --applications
try assess --applications --rules r.cfg
try assess --rules
try assess --rules=
try assess --rules a.cfg --rules b.cfg
try assess --again=yes
try assess one
try explain
try explain one two
try rules check
try rules check a.cfg --format xml
try replay 1 --threads many
try replay 1 --threads 4096
try pool simulate --seed 1e6
try pool simulate --as-of 2025-02-30
try pool simulate --as-of 45000
try explain A000001 --lang fr
try explain A000001 --output /nowhere/out.txt
try ledger verify --output "$tmp"
ls "$tmp"
# A full disk is named, and where the results are.
full() { kedan pool simulate --portfolio datasets/portfolio.csv --factors \
    datasets/factors.cfg --scenarios 1000 --ledger "$tmp/k.db" "$@"; }
for format in text json csv html; do
    full --output /dev/full --format $format
done
full --lang zh 2>&1 >/dev/full | head -2
kedan --help >/dev/full
kedan rules list rules --output /dev/full
kedan model fit datasets/outcomes.csv --spec datasets/scorecard.cfg \
    --ledger "$tmp/k.db" --output /dev/full
# What is missing is told at once, with an example.
for command in assess value "pool simulate" "pool size" "pool compare" \
    "pool stress" "pool ratios" "pool replay" "subsidy run" "subsidy sweep" \
    "subsidy compare" "subsidy simulate" "subsidy optimise" \
    "subsidy backtest" "rules coverage" "rules tck" "model score" \
    "model logit" "model validate" "model calibrate" "model export" \
    "model monitor"; do
    kedan $command
done
try pool simulate --portfolio datasets/portfolio.csv
try model validate datasets/outcomes.csv
try pool compare --lang zh
