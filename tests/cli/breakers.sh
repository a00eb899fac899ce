# A bank that is suspended writes no new business in the year after.
sed -e '/^ *recovery = (/i new_business = { renewed = "90%"; };' \
  -e '/^ *recovery = (/i breakers = ( { by = "bank"; warn = "3%";' \
  -e '/^ *recovery = (/i suspend = "5%"; resume = "2%"; } );' \
  datasets/scheme.cfg >$tmp/breakers.cfg
head -401 datasets/portfolio.csv >$tmp/book.csv
pool() {
    kedan pool "$@" --portfolio $tmp/book.csv --factors datasets/factors.cfg \
      --scheme $tmp/breakers.cfg --as-of 2025-12-31 --years 3 \
      --scenarios 2000 --ledger $tmp/k.db 2>&1 | sed "s|$tmp|TMP|g"
}
pool simulate --levels 0.99 | sed -n '/^Caps and breakers/,/^$/p' | head -12
pool replay --scenario 7 | sed -n '/^What happened/,$p' | head -20
pool replay --scenario 7 --lang zh | sed -n '/^触发事件/,$p' | head -20
