# Several schemes of one book: one guarantor, one pool behind them.
awk -F, -v OFS=, 'NR == 1 { print $0, "scheme"; next }
  NR <= 1001 { print $0, NR % 3 ? "example-4321" : "city-half" }' \
  datasets/portfolio.csv >$tmp/book.csv
cat >$tmp/city.cfg <<'EOF'
scheme = { id = "city-half";
  title = { zh = "市级对半分担"; en = "Half by the city"; };
  source = "an example"; confidence = "M-";
  basis = "gross"; share_base = "principal";
  parties = ( "bank", "city", "gov_pool" );
  layers = ( { shares = ( { party = "bank"; share = "30%"; },
      { party = "city"; share = "50%"; },
      { party = "gov_pool"; share = "20%"; } ); } );
  caps = ( { party = "city"; rate = "1%"; overflow = "gov_pool"; } );
  recovery = ( { after_months = 12; share = "60%"; },
    { after_months = 24; share = "40%"; } );
  claim_after_months = 3; };
EOF
both=datasets/scheme.cfg+$tmp/city.cfg
pool() {
    kedan pool "$@" --portfolio $tmp/book.csv --factors datasets/factors.cfg \
      --as-of 2025-12-31 --scenarios 2000 --ledger $tmp/k.db 2>&1 |
      sed "s|$tmp|TMP|g"
}
pool simulate --scheme $both --years 3 --levels 0.99 |
  sed -n '/^Loss figures/,/^Distribution/p'
pool simulate --scheme $both --contributions 0.99 --format json \
  --threads 1 >$tmp/a.json
(head -1 $tmp/book.csv; tail -n +2 $tmp/book.csv | tac) >$tmp/t.csv
mv $tmp/t.csv $tmp/book.csv
pool simulate --scheme $both --contributions 0.99 --format json \
  --threads 7 --again | grep -v seconds >$tmp/b.json
grep -v seconds $tmp/a.json | sed 's/"threads": 1/"threads": 7/' |
  cmp - $tmp/b.json && echo "the same on 1 and 7 threads, in any order"
pool replay --scheme $both --scenario 7 --years 2 |
  sed -n '/^What each party pays/,$p' | head -14
pool size --scheme $both --ruin 0.05 | sed -n '/^What/,$p' | head -4
# Whom it helps when all loans go under one of them.
sed 's/,city-half$/,/; s/,example-4321$/,/' $tmp/book.csv >$tmp/t.csv
mv $tmp/t.csv $tmp/book.csv
pool simulate --scheme $both | head -3
pool compare --scheme datasets/scheme.cfg --against $tmp/city.cfg \
  --levels 0.99 | grep 'government pool  expected'
pool simulate --scheme datasets/scheme.cfg+
pool simulate --scheme $both+datasets/scheme.cfg
kedan replay 1 --ledger $tmp/k.db 2>&1 | sed "s|$tmp|TMP|g" | tail -1
