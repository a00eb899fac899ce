# PDs put right: a shift to a mean, a line, rising steps; a master scale; PDs
# that were fitted are calibrated; what is refused.
data=datasets/outcomes.csv
model() { kedan model "$@" --ledger "$tmp/a.db"; }
model calibrate $data --pd pd --method tendency --mean 0.03 \
    --scale 0.0003,0.3,10
model calibrate $data --pd pd --method isotonic --target defaulted
echo "== a line, and what it makes of the calibration"
model calibrate $data --pd pd --method platt --target defaulted
model calibrate $data --pd pd --method platt --target defaulted \
    --scale 0.001,0.5,5 --format csv >"$tmp/b.csv"
head -3 "$tmp/b.csv"
model validate "$tmp/b.csv" --target defaulted --pd calibrated_pd \
    --grade calibrated_grade --bootstrap 0 |
    sed -n '/^Calibration line/,/^Gains/p'
echo "== points are read the other way round"
awk -F, 'BEGIN {OFS = ","; print "bad,points"}
    NR > 1 {print $9, int(700 - 5000 * $6)}' $data >"$tmp/c.csv"
model calibrate "$tmp/c.csv" --score points --method platt --target bad
echo "== refused"
for options in "--pd pd" "--pd pd --method logit" "--pd pd --method tendency" \
    "--method platt" "--pd pd --method platt" \
    "--pd pd --method tendency --mean 2" \
    "--pd pd --method isotonic --target defaulted --mean 0.02" \
    "--pd pd --method tendency --mean 0.1 --scale 0.3,0.1" \
    "--pd pd --method tendency --mean 0.1 --scale 0.3,0.1,4"; do
    # shellcheck disable=SC2086
    model calibrate $data $options
    echo "status $?"
done
