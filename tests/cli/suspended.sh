# Banks that are suspended on the opening day write nothing in the first year.
sed -e '/^ *recovery = (/i new_business = { renewed = "90%"; };' \
  -e '/^ *recovery = (/i breakers = ( { by = "bank"; warn = "3%";' \
  -e '/^ *recovery = (/i suspend = "5%"; resume = "2%"; } );' \
  datasets/scheme.cfg >$tmp/running.cfg
sed '/^ *recovery = (/i opening = { suspended = ( "丁银行", "戊银行" ); };' \
  $tmp/running.cfg >$tmp/suspended.cfg
sed 's/丁银行/丁银/' $tmp/suspended.cfg >$tmp/unknown.cfg
sed '/^breakers/d; /^suspend/d' $tmp/suspended.cfg >$tmp/without.cfg
head -401 datasets/portfolio.csv >$tmp/book.csv
pool() {
    scheme=$1
    shift
    kedan pool "$@" --portfolio $tmp/book.csv --factors datasets/factors.cfg \
      --scheme $tmp/$scheme.cfg --as-of 2025-12-31 --ledger $tmp/k.db 2>&1 |
      sed "s|$tmp|TMP|g"
}
told() { sed -n '/^What happened/,$p' | head -18; }
pool suspended replay --scenario 7 --years 3 | told
pool suspended replay --scenario 7 --years 3 --steps monthly | told | head -8
pool suspended replay --scenario 7 --lang zh --format html |
  grep -o '第 1 年丁银行[^；。]*' | head -1
pool running simulate --scenarios 2000 --years 3 --levels 0.99 |
  sed -n '/^Caps and breakers/,/^$/p' | head -12
pool suspended simulate --scenarios 2000 --years 3 --levels 0.99 |
  sed -n '/^Caps and breakers/,/^$/p' | head -12
pool running compare --against $tmp/suspended.cfg --scenarios 2000 --years 3 \
  --levels 0.99 --format csv | sed -n '/^total,el/p'
for scheme in running suspended; do
    pool $scheme size --scenarios 2000 --years 3 --ruin 0.05 |
      sed -n '/^balance needed/,/^high/p'
    pool $scheme stress --scenarios 2000 --years 3 --pd x2 --levels 0.99 \
      --format csv | sed -n '/^total,el/p'
done
pool unknown simulate
pool unknown simulate --lang zh
pool without simulate
pool without simulate --lang zh
