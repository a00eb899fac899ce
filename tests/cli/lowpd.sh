# Prudent PDs of a book without a default (the book of Pluto and Tasche), of
# several years, and what is refused.
printf 'grade,obligors,defaults\nA,100,0\nB,400,0\nC,300,0\n' >"$tmp/a.csv"
kedan model pd "$tmp/a.csv" --rho 0.12 --levels 0.5,0.9,0.95 \
    --ledger "$tmp/a.db"
echo "== digits"
kedan model pd "$tmp/a.csv" --levels 0.5,0.999 --ledger "$tmp/a.db" \
    --format csv
echo "== five years"
kedan model pd "$tmp/a.csv" --rho 0.12 --theta 0.3 --years 5 --levels 0.9 \
    --ledger "$tmp/a.db"
kedan replay 3 --ledger "$tmp/a.db"
echo "== a worse grade that did better keeps the better one's"
printf 'grade,obligors,defaults\nA,200,3\nB,200,0\n' >"$tmp/d.csv"
kedan model pd "$tmp/d.csv" --levels 0.5 --ledger "$tmp/a.db" --format csv
echo "== refused"
printf 'grade,obligors,defaults\nA,100,0\nB,4,5\n' >"$tmp/b.csv"
kedan model pd "$tmp/b.csv" --ledger "$tmp/a.db"
echo "status $?"
printf 'grade,firms,defaults\nA,100,0\n' >"$tmp/c.csv"
kedan model pd "$tmp/c.csv" --ledger "$tmp/a.db"
echo "status $?"
for options in "--rho 1" "--levels 1.5" "--theta x" "--years 21"; do
    # shellcheck disable=SC2086
    kedan model pd "$tmp/a.csv" $options --ledger "$tmp/a.db"
    echo "status $?"
done
