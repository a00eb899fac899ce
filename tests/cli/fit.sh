# A scorecard fitted to data of any headers, and used; pre-bins joined.
try() { kedan "$@" 2>&1; echo "status $?"; }
tab="$tmp/counts.csv"
printf 'bad,good\n20,52\n23,48\n25,47\n18,53\n13,58\n21,51\n19,52\n' >"$tab"
printf '17,54\n17,55\n14,57\n24,46\n22,51\n28,43\n39,33\n' >>"$tab"
try model bin "$tab" --events bad --others good --trend valley \
    --rows-least 50 --format json | head -20
try model bin "$tab" --events bad --others good --trend ascending --lang zh
try model bin "$tab" --events bad --others good --rows-least 600
try model bin "$tab" --events bad --others none
try model bin datasets/outcomes.csv --spec datasets/scorecard.cfg | head -30
fit() { try model fit datasets/outcomes.csv --ledger "$tmp/l.db" "$@"; }
fit --spec datasets/scorecard.cfg --output "$tmp/card.cfg" |
    sed '/^Classes/,$d'
sed 's/sha256 = "[0-9a-f]*"/sha256 = "..."/' "$tmp/card.cfg"
try rules check "$tmp/card.cfg"
echo "== the run is on record, with the card's hash"
sha256sum <"$tmp/card.cfg"
LANGUAGE=zh_CN try replay 1 --ledger "$tmp/l.db"
fit --spec datasets/scorecard.cfg --output "$tmp/again.cfg" | head -2
cmp "$tmp/card.cfg" "$tmp/again.cfg"
echo "== other regressions, weights, and rejects"
set -- --spec datasets/scorecard.cfg --output "$tmp/other.cfg"
terms() { fit "$@" | sed -n '/^Columns/,/^$/p'; }
terms "$@" --step bic
terms "$@" --firth
terms "$@" --lambda .002 --alpha .5
terms "$@" --cluster firm_id
awk -F, 'BEGIN {OFS = ","} NR > 1 && NR % 4 == 0 {$9 = ""}
    {print $0, NR == 1 ? "count" : 1 + NR % 3}' datasets/outcomes.csv \
    >"$tmp/rejects.csv"
try model fit "$tmp/rejects.csv" "$@" --weight count --infer fuzzy --worse 2 \
    --ledger "$tmp/l.db" 2>&1 | sed '/^Classes/,$d; /^bytes/d; /^sha256/d'
sed -n '/step =/p; /firth/p; /alpha/p; /weight =/p; /rejects = {/p' \
    "$tmp/other.cfg"
echo "== whole weights are rows repeated, to the last digit of each class"
awk -F, 'NR == 1 {print; next} {for (k = NR % 3; k >= 0; k--) print}' \
    datasets/outcomes.csv >"$tmp/repeated.csv"
awk -F, '{print $0 (NR == 1 ? ",count" : "," 1 + NR % 3)}' \
    datasets/outcomes.csv >"$tmp/weighted.csv"
cut_alike() { kedan model bin "$tmp/$1" "$2" "$3" --format csv \
    --spec datasets/scorecard.cfg; }
cut_alike repeated.csv --target defaulted >"$tmp/repeated.txt"
cut_alike weighted.csv --weight count >"$tmp/weighted.txt"
cmp "$tmp/repeated.txt" "$tmp/weighted.txt" && head -4 "$tmp/weighted.txt"
try model fit "$tmp/weighted.csv" --weight count "$@" --ledger "$tmp/l.db" |
    sed -n '/weight/p; /^status/p'
grep '# ' "$tmp/other.cfg" | sed -n 3,6p
try model bin "$tab" --events bad --others good --weight good
fit "$@" --firth --lambda 1
fit "$@" --worse 2
fit "$@" --weight county
fit "$@" --weight cuonty
fit "$@" --cluster county --infer fuzzy
sed 's/county/conty/' datasets/scorecard.cfg >"$tmp/spec.cfg"
fit --spec "$tmp/spec.cfg" -o "$tmp/c.cfg"
echo 'model = { id = "x"; bins = { trend = "up"; most = 1; }; };' \
    >"$tmp/spec.cfg"
fit --spec "$tmp/spec.cfg" -o "$tmp/c.cfg"
