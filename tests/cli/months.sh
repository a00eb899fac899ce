# Time by months: defaults, claims, recoveries and payments fall in theirs.
head -401 datasets/portfolio.csv >$tmp/book.csv
pool() {
    kedan pool "$@" --portfolio $tmp/book.csv --factors datasets/factors.cfg \
      --scheme datasets/scheme.cfg --as-of 2025-12-31 --years 2 \
      --ledger $tmp/k.db 2>&1 | sed "s|$tmp|TMP|g"
}
pool simulate --steps monthly --scenarios 4000 --levels 0.99 |
  sed -n '/^First year/,/^Distribution/p'
for threads in 1 7; do
    pool simulate --steps monthly --scenarios 4000 --threads $threads --again \
      --format json | grep -v '"threads"\|"seconds"' >$tmp/$threads.json
done
cmp $tmp/1.json $tmp/7.json && echo "the same on 1 and 7 threads"
pool size --steps monthly --scenarios 4000 --ruin 0.01 | head -21
pool replay --steps monthly --scenario 3 | sed -n '/^Loans in/,/^$/p' | head -12
pool replay --steps monthly --scenario 3 --lang zh |
  grep '担保金额\|月\|L000181'
pool replay --scenario 3 | sed -n '/^Loans in/,/^$/p' | head -12
pool stress --steps monthly --stresses datasets/stress.cfg --scenarios 1000 |
  head -12
# Where steps are months every command says so first.
pool simulate --steps monthly --scenarios 1000 | head -3
pool compare --steps monthly --scenarios 1000 --against \
  rules/schemes/hubei-4222.cfg | head -3
pool simulate --steps monthly --scenarios 1000 --format html |
  grep -o 'Steps are monthly[^<]*months\.'
pool stress --steps monthly --pd x1.5 --scenarios 1000 --format html |
  grep -o '按月推进[^。]*。'
pool simulate --scenarios 1000 --format html | grep -c '按月'
exact() {
    kedan pool simulate --portfolio datasets/portfolio.csv \
      --factors datasets/factors.cfg --as-of 2025-12-31 --steps monthly \
      --scenarios 4000 --levels 0.95 --ledger $tmp/k.db "$@" 2>&1 |
      sed -n '/^Exact/,/^$/p;/^Chance to/,/^$/p;/^No exact/,/^$/p'
}
printf 'scheme = { id = "n"; source = "test"; basis = "net";
  share_base = "principal"; parties = ( "bank", "gov_pool" );
  denominator = "opening_balance"; layers = (
  { upto = "2%%"; shares = ( { party = "gov_pool"; share = "80%%"; },
    { party = "bank"; share = "20%%"; } ); },
  { shares = ( { party = "bank"; share = "100%%"; } ); } ); };\n' >$tmp/n.cfg
exact --scheme $tmp/n.cfg
exact --scheme datasets/scheme.cfg
pool simulate --steps weekly
