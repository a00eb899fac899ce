# Which rules a year's cases touched; the rest gets examples to be reviewed.
try() { kedan rules coverage "$@" 2>&1; echo "status $?"; }
rules=rules/eligibility/tech-sme-2017.cfg

head -400 datasets/applications.csv >"$tmp/applications.csv"
try $rules --cases "$tmp/applications.csv" --missing "$tmp/missing.cfg" |
    head -24
cat "$tmp/missing.cfg"
try $rules --cases "$tmp/applications.csv" --format csv --lang zh | head -4
try rules/subsidy/suizhou/transfer.cfg --cases datasets/contracts.csv --lang zh
try $rules
try $rules --cases "$tmp/none.csv"
try rules/schemes/hubei-4321.cfg --cases datasets/contracts.csv
