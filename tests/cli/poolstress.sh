# A book under stress: what each stress does, how far it lies from the book as
# it is, and what it takes to empty the fund; recorded and computed again.
inputs="--portfolio datasets/portfolio.csv --factors datasets/factors.cfg
    --scheme datasets/scheme.cfg --as-of 2025-12-31"
try() { kedan pool stress $inputs --scenarios 4000 --levels 0.99 "$@" \
    --ledger "$tmp/k.db" 2>&1; }
try --stresses datasets/stress.cfg --reverse 0.25 | head -45
try --stresses datasets/stress.cfg --reverse 0.25 --threads 7 | head -1
kedan replay 1 --ledger "$tmp/k.db" | tail -1
try --pd x1.5 --lgd +10pp --lang zh | head -12
try --factor -2 --format json | head -26
try --factor -2 --format html | grep -c 'id="poolstress"'
try --reverse 0.25 --party gov_pool | tail -8 | head -4
try --reverse 0.25 --reverse-of factor --lang zh | sed -n '/反向/,/^$/p'
# bad input
try --reverse-of lgd
try --reverse 0.25 --reverse-of size
try
try --pd 1.5
try --lgd 10%
try --factor -7
try --pledge-value -30
try --pledge-value -30% --pledge-product bonds
try --pledge-product ip-pledge-loan
try --party gov_pool
try --reverse 2
try --reverse 0.1,0.2
try --reverse 0.1 --party bank
try --reverse 0.1 --party nobody
try --stresses datasets/scheme.cfg
kedan pool stress --portfolio datasets/portfolio.csv --factors \
    datasets/factors.cfg --scheme rules/schemes/hubei-4222.cfg \
    --reverse 0.1 2>&1
cat >"$tmp/stress.cfg" <<'S'
stresses = (
  { id = "a"; pd = "2"; source = "own"; confidence = "UNKNOWN"; },
  { id = "a"; pledge_product = "x"; source = "own"; } );
S
try --stresses "$tmp/stress.cfg" | sed "s|$tmp|TMP|g"
# Without a scheme the total alone; a fund cannot be emptied then.
bare() { kedan pool stress --portfolio datasets/portfolio.csv \
    --factors datasets/factors.cfg --as-of 2025-12-31 --scenarios 1000 \
    --levels 0.99 "$@" --ledger "$tmp/k.db" 2>&1; }
bare --pd x1.5 | cut -c1-73
bare --reverse 0.25
