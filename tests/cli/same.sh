# One run is the same bytes whatever computed it: any number of threads, any
# instruction set, any compiler.  JSON without the two lines that may differ,
# and the head of the ledger's chain over all runs.
sum() { grep -v '"threads":\|"seconds":' | sha256sum; }
chain() {
    kedan assess --applications datasets/applications-gb18030.csv \
        --ip-rights datasets/ip_rights.csv --rules rules/credit \
        --value-rules rules/value/ip-income.cfg \
        --ledger "$1" --format json | sum
    head -1500 datasets/portfolio.csv |
        kedan pool simulate --portfolio /dev/stdin --threads "$2" \
            --factors datasets/factors.cfg --scheme datasets/scheme.cfg \
            --scenarios 3000 --years 3 --as-of 2025-12-31 \
            --ledger "$1" --format json 2>"$tmp/notes" | sum
    kedan subsidy run --contracts datasets/contracts.csv --scenario tiers \
        --rules rules/subsidy/suizhou-transfer.cfg \
        --ledger "$1" --format json | sum
    kedan ledger verify --ledger "$1"
}
for way in "1 portable" "2 avx2" "7 portable"; do
    echo "$way"
    KEDAN_ISA=${way#* }
    export KEDAN_ISA
    chain "$tmp/${way% *}.db" "${way% *}"
done
