# A card applied to a file of any headers: scores, PDs and four reasons, on
# record; the same scores that assess gives; what is refused.
try() { kedan "$@" 2>&1; echo "status $?"; }
try model fit datasets/outcomes.csv --target defaulted --lambda 0 \
    --ledger "$tmp/l.db" --output "$tmp/all.cfg" | sed -n '1,6p'
kedan model fit datasets/outcomes.csv --spec datasets/scorecard.cfg \
    --ledger "$tmp/l.db" --output "$tmp/card.cfg" >"$tmp/fit.out"
score() { try model score datasets/outcomes.csv --ledger "$tmp/l.db" "$@"; }
score --card "$tmp/card.cfg"
score --card "$tmp/card.cfg" --format csv | head -4
score --card "$tmp/card.cfg" --id firm_id --format csv | head -2
try explain P000003 --ledger "$tmp/l.db" | sed -n '/^points/,/^fact/p'
LANGUAGE=zh_CN try replay 3 --ledger "$tmp/l.db"
echo "== ways to a higher score"
score --card "$tmp/card.cfg" --ways "$tmp/ways.csv" --below 600 \
    --fixed county | tail -1
head -3 "$tmp/ways.csv"
wc -l <"$tmp/ways.csv"
cut -d, -f2,4,12 "$tmp/ways.csv" | sort | uniq -c
echo "== the file changed as told scores as told"
awk -F, -v OFS=, 'NR == FNR {if (FNR > 1) {
            key[++n] = $1; field[n] = $4; told[n] = $9
            to[n] = $7 == "true" ? sprintf("%.2f", $6 - .01) : $6}
        next}
    FNR == 1 {print; for (i = 1; i <= NF; i++) at[$i] = i}
    {line[$1] = $0}
    END {for (k = 1; k <= n; k++) {$0 = line[key[k]]; $1 = key[k] "-" k
            $(at[field[k]]) = to[k]; print
            print $1 "," told[k] >told_file}}' told_file="$tmp/told" \
    "$tmp/ways.csv" datasets/outcomes.csv >"$tmp/changed.csv"
kedan model score "$tmp/changed.csv" --card "$tmp/card.cfg" \
    --ledger "$tmp/l.db" --format csv | sed 1d | cut -d, -f1,2 >"$tmp/scored"
cmp "$tmp/told" "$tmp/scored" && wc -l <"$tmp/scored"
echo "== where none is enough alone, several together"
score --card "$tmp/card.cfg" --ways "$tmp/ways.json" --below 740 | tail -1
grep -m 1 -A 12 '"changes": 2' "$tmp/ways.json"
score --card "$tmp/card.cfg" --ways "$tmp/ways.csv" --below 740 | tail -1
awk -F, '{ways[$2 "," $12]++} END {for (w in ways) print w ": " ways[w]}' \
    "$tmp/ways.csv" | sort
awk -F, -v OFS=, 'NR == FNR {if (FNR > 1 && $2 > 1) {
            key[++n] = $1; field[n] = $4; to[n] = $6; told[n] = $9}
        next}
    FNR == 1 {print; for (i = 1; i <= NF; i++) at[$i] = i}
    {line[$1] = $0}
    END {for (k = 1; k <= n; k++) {$0 = line[key[k]]; $1 = key[k] "-" k
            m = split(field[k], of, ";"); split(to[k], value, ";")
            for (i = 1; i <= m; i++) {
                if (of[i] == "outstanding")
                    value[i] = sprintf("%.2f", value[i] - .01)
                $(at[of[i]]) = value[i]}
            print; print $1 "," told[k] >told_file}}' \
    told_file="$tmp/told" "$tmp/ways.csv" datasets/outcomes.csv \
    >"$tmp/changed.csv"
kedan model score "$tmp/changed.csv" --card "$tmp/card.cfg" \
    --ledger "$tmp/l.db" --format csv | sed 1d | cut -d, -f1,2 >"$tmp/scored"
cmp "$tmp/told" "$tmp/scored" && wc -l <"$tmp/scored"
score --card "$tmp/card.cfg" --below 600 2>&1 | tail -2
score --card "$tmp/card.cfg" --ways "$tmp/ways.csv" | tail -2
score --card "$tmp/card.cfg" --ways "$tmp/ways.csv" --below high | tail -2
score --card "$tmp/card.cfg" --ways "$tmp/ways.csv" --below 600 \
    --fixed town | tail -2
score --card "$tmp/card.cfg" --ways "$tmp/ways.csv" --below 600 \
    --fixed "$(seq -s, 65 | sed 's/[0-9]*/county/g')" | tail -2
sed 's/^outputs = ( "score", /outputs = ( /; s/"score = [0-9.]*", //' \
    "$tmp/card.cfg" >"$tmp/pd.cfg"
score --card "$tmp/pd.cfg" --ways "$tmp/ways.csv" --below 600 | tail -2
echo "== as assess gives them"
rules=rules/eligibility/tech-sme-2017.cfg
kedan assess --applications datasets/applications.csv --rules $rules \
    --ledger "$tmp/a.db" --format csv >"$tmp/assess.csv"
kedan model score datasets/applications.csv --card $rules --ledger "$tmp/a.db" \
    --format csv >"$tmp/score.csv"
head -3 "$tmp/score.csv"
column() {
    awk -F, -v name="$1" 'NR == 1 {for (i = 1; i <= NF; i++) at[$i] = i}
        {print $1 "," $at[name]}' "$2"
}
column score "$tmp/assess.csv" >"$tmp/one"
column score "$tmp/score.csv" >"$tmp/two"
cmp "$tmp/one" "$tmp/two" && wc -l <"$tmp/two"
try model score datasets/applications.csv --card $rules --ledger "$tmp/a.db" \
    --lang zh
echo "== lines name rows without a name"
cut -d, -f3- datasets/outcomes.csv | head -3 >"$tmp/bare.csv"
try model score "$tmp/bare.csv" --card "$tmp/card.cfg" --ledger "$tmp/l.db" \
    --format csv
try explain 3 --ledger "$tmp/l.db" | head -1
echo "== a record alone has the score it has among others"
awk 'NR == 1 || /^P000003,/' datasets/outcomes.csv >"$tmp/one.csv"
try model score "$tmp/one.csv" --card "$tmp/card.cfg" --ledger "$tmp/l.db" \
    --format csv
score --card "$tmp/card.cfg" --format csv | grep ^P000003,
echo "== refused"
score
score --card "$tmp/card.cfg" --id firmid
try model score datasets/applications.csv --ledger "$tmp/l.db" \
    --card rules/eligibility/sme-size-2011.cfg
cut -d, -f1,3 datasets/outcomes.csv >"$tmp/narrow.csv"
try model score "$tmp/narrow.csv" --card "$tmp/card.cfg" --ledger "$tmp/l.db"
