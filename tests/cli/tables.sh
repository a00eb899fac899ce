# An answer of several tables: CSV shows the first, a folder gets every one.
rules="--rules rules/subsidy/suizhou/transfer.cfg"
try() {
    kedan "$@" --ledger "$tmp/k.db" 2>&1 | sed "s|$tmp|TMP|g"
}
simulate="subsidy simulate --contracts datasets/contracts.csv $rules"
try $simulate --futures 100 --format csv
try $simulate --futures 100 --format csv --lang zh | tail -1
try $simulate --futures 100 --format csv --tables "$tmp/t"
ls "$tmp/t"
cat "$tmp/t/future_counts.csv"
try $simulate --futures 100 --format json --tables "$tmp/u" |
    sed -n 's/^  "\([a-z_]*\)": .*/\1.csv/p' | sort >"$tmp/names"
ls "$tmp/u" | LC_ALL=C sort | cmp - "$tmp/names" &&
    echo "the tables of the JSON text"
try replay 1 --tables "$tmp/r" >"$tmp/replayed"
tail -1 "$tmp/replayed"
diff -r "$tmp/t" "$tmp/r" && echo "a replay writes the same"
# Rows come too; what is read stays.
cp datasets/contracts.csv "$tmp/contracts.csv"
run="subsidy run --contracts $tmp/contracts.csv $rules"
try $run --format csv --tables "$tmp/v" >"$tmp/rows"
cmp "$tmp/rows" "$tmp/v/contracts.csv" && ls "$tmp/v" | wc -l
try $run --tables "$tmp"
cmp datasets/contracts.csv "$tmp/contracts.csv" && echo "untouched"
try $simulate --futures 100 --tables "$tmp/none/t" | tail -1
try $simulate --futures 100 --tables "$tmp/names" | tail -1
long=$(printf %5000s x | tr " " x)
try $simulate --futures 100 --tables "$tmp/$long" | tail -1
