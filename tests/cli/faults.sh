# What the command line cannot see: files that are missing or wrong.  All of a
# file's faults are listed, nothing is recorded, the status tells the kind.
try() { kedan "$@" --ledger "$tmp/kedan.db"; echo "status $?"; }
# The same, without what the program has to say about the rule file itself.
claims() {
    try subsidy run --contracts "$@" 2>&1 --rules $suizhou |
        grep "^kedan\|^status\|^datasets\|^$tmp"
}
book="--portfolio datasets/portfolio.csv --factors datasets/factors.cfg"
suizhou=rules/subsidy/suizhou/transfer.cfg

try pool simulate
try pool simulate --portfolio datasets/portfolio.csv
try pool simulate --portfolio "$tmp/none.csv" --factors datasets/factors.cfg
try pool simulate $book --scenarios 0
try pool simulate $book --years 31
try pool simulate $book --levels 0.99,1
try pool simulate $book --scheme $suizhou
try pool replay $book
try pool simulate $book --history datasets/outcomes.csv

cat >"$tmp/loans.csv" <<'END'
loan_id,firm_id,outstanding,pd,lgd,industry,remark
L1,F1,10万,2%,0.4,C34,fine
L1,F2,12x,0.02,0.4,C34,
L3,F3,1000.005,0.02,40,C34,
END
try pool simulate --portfolio "$tmp/loans.csv" --factors datasets/factors.cfg

cat >"$tmp/book.csv" <<'END'
loan_id,firm_id,outstanding,pd,lgd,industry
L1,F1,100000,0.02,0.4,C34
L2,F2,100000,0.02,,C34
L4,F2,100000,0.03,0.4,C34
L3,F3,100000,0.02,0.4,C99
END
try pool simulate --portfolio "$tmp/book.csv" --factors datasets/factors.cfg

claims datasets/contracts.csv --scenario teirs
claims datasets/portfolio.csv
cat >"$tmp/claims.csv" <<'END'
合同编号,企业代码,登记日期,金额（万元）,县区
C1,91990003MA00000154,2025-03-01,10,广水
C2,91990003MA00000155,2025-03-02,10,广水
C3,91990003MA00000154,45000,10,广水
END
claims "$tmp/claims.csv"
claims "$tmp/claims.csv" --rejects "$tmp/refused.csv" --format json \
    --output "$tmp/out.json"
cat "$tmp/refused.csv"

try ledger verify | sed "s/head .*/head HASH/"
try replay 7
echo text >"$tmp/note.db"
kedan ledger verify --ledger "$tmp/note.db"
echo "status $?"
ls "$tmp"
