# The regulator's ratios: of the example guarantor, of a small book whose firms
# have sizes, and what is refused.
inputs="--guarantor datasets/guarantor.cfg
    --weights rules/guarantee/weights.cfg
    --rules rules/guarantee/ratios.cfg"
try() { kedan pool ratios $inputs --ledger "$tmp/k.db" "$@" 2>&1 |
    sed "s|$tmp|TMP|g"; }
try --portfolio datasets/portfolio.csv | head -32
kedan replay 1 --ledger "$tmp/k.db" | tail -1
cat >"$tmp/book.csv" <<'B'
贷款编号,企业代码,贷款余额,违约概率,担保比例,企业规模,担保种类,集团代码
L1,F1,3000000.00,0.02,80%,小型,,
L2,F1,2000000.00,0.02,,小型,贷款担保,
L3,F2,7000000.00,0.02,80%,微型,贷款担保,G
L4,F3,2000000.00,0.02,100%,农户,贷款担保,
L5,F4,10000000.00,0.02,100%,大型,AA级以上债券担保,G
B
try --portfolio "$tmp/book.csv" --lang zh | head -32
try --portfolio "$tmp/book.csv" --liability whole --format json | head -16
try --portfolio "$tmp/book.csv" --format html | grep -c 'id="poolratios"'
# no sizes
cut -d, -f1-5,7- "$tmp/book.csv" >"$tmp/plain.csv"
try --portfolio "$tmp/plain.csv" | head -12
# bad input
kedan pool ratios 2>&1
try --portfolio "$tmp/book.csv" --liability all
sed 's/^L2,\(.*\)小型/L2,\1中型/' "$tmp/book.csv" >"$tmp/two.csv"
try --portfolio "$tmp/two.csv"
sed 's/premium_income/premium_incomes/' datasets/guarantor.cfg >"$tmp/g.cfg"
inputs="--portfolio $tmp/book.csv --rules rules/guarantee/ratios.cfg"
weights=rules/guarantee/weights.cfg
try --guarantor "$tmp/g.cfg" --weights $weights
try --guarantor datasets/scheme.cfg --weights $weights
try --guarantor datasets/guarantor.cfg --weights rules/guarantee/ratios.cfg
try --guarantor datasets/guarantor.cfg
sed 's/2025-12-31/2009-12-31/' datasets/guarantor.cfg >"$tmp/early.cfg"
try --guarantor "$tmp/early.cfg" --weights $weights
