# What became of scored cases: the bundled portfolio's PDs and defaults, by
# county; a challenger that knows less, against the cases of the first loans;
# cards of rules, weights, points in place of PDs; what is refused.
data=datasets/outcomes.csv
kedan model validate $data --target defaulted --pd pd --segment county \
    --rho 0.12 --bootstrap 199 --ledger "$tmp/a.db"
awk -F, 'BEGIN {OFS = ","; print "id,bad,pd,other,points,where"} NR > 1 {
    print $1, $9, $6, ($6 + 0.03) / (1 + NR % 3), int(700 - 5000 * $6), $3
}' $data >"$tmp/two.csv"
head -800 "$tmp/two.csv" >"$tmp/base.csv"
echo "== a challenger and a base"
kedan model validate "$tmp/two.csv" --target bad --pd pd --challenger other \
    --base "$tmp/base.csv" --bootstrap 0 --ledger "$tmp/a.db" --format json |
    sed -n '/"validation_pair"/,/]/p; /"stability_columns"/,/]/p'
echo "== a card of rules on the same rows, and another, by weight"
kedan model fit "$data" --spec datasets/scorecard.cfg -o "$tmp/card.cfg" \
    --ledger "$tmp/c.db" >"$tmp/fitted"
grep AUC "$tmp/fitted"
echo 'model = { id = "two"; target = "defaulted"; only = ( "industry" ); };' \
    >"$tmp/two.cfg"
kedan model fit "$data" --spec "$tmp/two.cfg" -o "$tmp/other.cfg" \
    --ledger "$tmp/c.db" >"$tmp/fitted"
grep AUC "$tmp/fitted"
set -- model validate "$data" --target defaulted --ledger "$tmp/c.db" \
    --bootstrap 0 --card "$tmp/card.cfg"
kedan "$@" --challenger-card "$tmp/other.cfg" | sed -n '1,/^Calibration/p'
kedan replay 3 --ledger "$tmp/c.db"
awk -F, 'BEGIN {OFS = ","} {print $0, NR == 1 ? "count" : 1 + NR % 3}' "$data" \
    >"$tmp/weighted.csv"
# as repeated rows; but for errors, which are of the cases that there are
kedan model validate "$tmp/weighted.csv" --target defaulted --pd pd \
    --weight count --segment county --bootstrap 99 --ledger "$tmp/c.db"
awk -F, '{for (k = NR == 1 ? 1 : $NF; k > 0; k--) print}' \
    "$tmp/weighted.csv" >"$tmp/repeated.csv"
kedan model validate "$tmp/repeated.csv" --target defaulted --pd pd \
    --bootstrap 0 --ledger "$tmp/c.db" | sed -n '4,7p'
echo "== points"
kedan model validate "$tmp/two.csv" --target bad --score points --bootstrap 0 \
    --ledger "$tmp/a.db" | sed -n '1,/^Gains/p'
echo "== replayed, and a page"
kedan replay 1 --ledger "$tmp/a.db"
kedan report 1 --ledger "$tmp/a.db" --output "$tmp/a.html"
grep -c 'Validation of the model' "$tmp/a.html"
echo "== refused"
for options in "--pd pd" "--target bad" "--target bad --pd po" \
    "--target bad --pd points" "--target bad --pd id" \
    "--target bad --pd pd --card $tmp/card.cfg" \
    "--target bad --card $tmp/card.cfg" "--target bad --pd pd --weight id" \
    "--target bad --pd pd --bad maybe" "--target bad --pd pd --rho 1"; do
    # shellcheck disable=SC2086
    kedan model validate "$tmp/two.csv" $options --ledger "$tmp/a.db"
    echo "status $?"
done
LC_ALL=C.UTF-8 LANGUAGE=zh_CN kedan model validate "$tmp/two.csv" --target bda \
    --pd pd --ledger "$tmp/a.db"
echo "== the command on the page makes the figures again"
cp "$data" "$tmp/last year's.csv"
kedan model validate "$tmp/last year's.csv" --target defaulted --pd pd \
    --bootstrap 0 --ledger "$tmp/p.db" --format html -o "$tmp/page.html"
kedan model validate "$data" --target defaulted --pd pd --bootstrap 0 \
    --ledger "$tmp/p.db" --again >"$tmp/want"
sed -n 's|.*<code>\(.*\)</code>.*|\1|p' "$tmp/page.html" |
    sed "s/&#39;/'/g" >"$tmp/line.sh"
sed "s|$tmp|TMP|g" "$tmp/line.sh"
echo 'set -- --again' | cat - "$tmp/line.sh" | sed '2s|$| "$@"|' >"$tmp/run.sh"
. "$tmp/run.sh" | diff - "$tmp/want" && echo "the same"
