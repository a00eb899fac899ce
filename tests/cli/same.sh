# One run is the same bytes whatever computed it: any number of threads, any
# instruction set, any compiler.  Each way of computing leaves the sums of its
# results, without the two lines of JSON that may differ, and the head of the
# ledger's chain over all runs, which covers every file, result and decision;
# every way must leave what the first one did.  The sums stay in the build
# folder, where .ci/run compares those of all compilers and variants.
sum() { grep -v '"threads":\|"seconds":' | sha256sum; }
chain() { # LEDGER THREADS
    OMP_NUM_THREADS=$2
    export OMP_NUM_THREADS
    kedan assess --applications datasets/applications-gb18030.csv \
        --ip-rights datasets/ip_rights.csv --rules rules/credit \
        --value-rules rules/value/ip-income.cfg \
        --ledger "$1" --format json | sum
    kedan value --ip-rights datasets/ip_rights.csv --as-of 2025-12-31 \
        --rules rules/value/ip-income.cfg \
        --ledger "$1" --format json | sum
    head -1500 datasets/portfolio.csv |
        kedan pool simulate --portfolio /dev/stdin --threads "$2" \
            --factors datasets/factors.cfg --scheme datasets/scheme.cfg \
            --scenarios 3000 --years 3 --as-of 2025-12-31 \
            --ledger "$1" --format json 2>"$tmp/notes" | sum
    # small pds, drawn sparsely, by months
    awk -F, -v OFS=, 'NR == 1 {for (i = 1; i <= NF; i++) if ($i == "pd") at = i}
        NR > 1 {$at = sprintf("%.7f", $at / 10)} {print}' \
        datasets/portfolio.csv |
        kedan pool simulate --portfolio /dev/stdin --threads "$2" \
            --factors datasets/factors.cfg --scheme datasets/scheme.cfg \
            --steps monthly --scenarios 2000 --years 2 --as-of 2025-12-31 \
            --ledger "$1" --format json 2>"$tmp/notes" | sum
    kedan subsidy run --contracts datasets/contracts.csv --scenario tiers \
        --rules rules/subsidy/suizhou/transfer.cfg \
        --ledger "$1" --format json | sum
    kedan model validate datasets/outcomes.csv --target defaulted --pd pd \
        --segment county --month started_on --rho 0.12 --bootstrap 99 \
        --threads "$2" --ledger "$1" --format json | sum
    kedan ledger verify --ledger "$1"
}
for way in "1 portable" "2 avx2" "3 avx512" "7 portable"; do
    KEDAN_ISA=${way#* }
    export KEDAN_ISA
    chain "$tmp/${way% *}.db" "${way% *}" >"$tmp/sums.now" 2>&1
    [ -e "$tmp/sums" ] || cp "$tmp/sums.now" "$tmp/sums"
    cmp "$tmp/sums" "$tmp/sums.now" && echo "$way: the same"
done
# Six sums of results, none of them of nothing, and a head.
sed 's/^[0-9a-f]\{64\}  -$/SUM/; s/head [0-9a-f]\{64\}$/head HEAD/' "$tmp/sums"
sort -u "$tmp/sums" | grep -vc "^$(printf '' | sha256sum)"
