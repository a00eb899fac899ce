# What changed between two texts of a policy, and who changes with it.
try() { kedan rules diff "$@" 2>&1; echo "status $?"; }
amended=tests/rules/amended.cfg
suizhou=rules/subsidy/suizhou/transfer.cfg
quiet() { try "$@" | grep -v "warning\|警告\|^ "; }

quiet $amended --as-of 2024-01-01 --and 2025-01-01 --format csv
quiet $amended --scenario same
quiet $amended --scenario floor --lang zh
quiet $amended
quiet $amended --as-of 2025-01-01
quiet $amended --as-of 2020-01-01 --and 2025-01-01
quiet $amended --scenario flor
try $suizhou $suizhou
try $suizhou rules/eligibility/tech-sme-2017.cfg \
    --cases datasets/contracts.csv | tail -2
try $suizhou --scenario county-cut --cases datasets/contracts.csv --lang zh |
    head -40
try $suizhou --scenario tiers --cases datasets/contracts.csv --format json |
    tail -24
try $suizhou --scenario tiers --cases datasets/contracts.csv --lang zh |
    grep 核减 | head -3
head -900 datasets/applications.csv >"$tmp/applications.csv"
sed "s/value = \"60\"/value = \"80\"/" rules/eligibility/tech-sme-2017.cfg |
    sed "s/\"score = 74\", \"eligible = true\"/\"score = 74\"/" \
        >"$tmp/strict.cfg"
try rules/eligibility/tech-sme-2017.cfg "$tmp/strict.cfg" \
    --cases "$tmp/applications.csv" | head -36
