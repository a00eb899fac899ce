# What a year of contracts would be paid under many policies, a line each.
contracts="--contracts datasets/contracts.csv"
rules=rules/subsidy/suizhou/transfer.cfg
try() {
    kedan subsidy compare $contracts --rules $rules --ledger "$tmp/k.db" \
        "$@" 2>&1
}
try --scenario tiers,steps
try --scenario tiers,steps --lang zh | head -5
try --scenario tiers,steps --threads 7 --again --format csv
kedan replay 1 --ledger "$tmp/k.db" | tail -1

# Line by line what 'subsidy run' pays.
kedan subsidy run $contracts --rules $rules --scenario tiers,steps \
    --ledger "$tmp/r.db" | grep '^paid  '

# More policies than stand side by side in 'subsidy run'; a rate in files of
# its own comes to what a sweep of that rate says.
list=
for k in 1 2 3 4 5 6 7 8 9 10 11 12; do
    # Without the examples that hold the rate to 20%.
    sed "s/suizhou-transfer/p$k/
         /name = \"city_rate\"/,/values/s/value = \"20%\"/value = \"$k%\"/
         /^scenarios/,/^);/d
         /id = \"X1\"/,/gives.*1000/d" $rules >"$tmp/p$k.cfg"
    list=$list,$tmp/p$k.cfg
done
kedan subsidy sweep $contracts --rules $rules --vary city_rate --from 1% \
    --to 12% --points 12 --ledger "$tmp/s.db" --format csv |
    cut -d, -f2- >"$tmp/swept"
try --scenario "${list#,}" --format csv | grep -v "base\|^not in" |
    cut -d, -f2- | cmp - "$tmp/swept" && wc -l <"$tmp/swept"

try --scenario tiers,
try --scenario tiers,tiers
try --scenario none
try

# A scenario in a file of its own.
made() {
    printf 'scenario = { id = "%s"; of = "%s"; from = "tiers";
  title = { zh = "试"; en = "A lower rate and cap"; };
  changes = ( { path = "city_rate"; value = "%s"; },
    { path = "limits.firm-cap.cap"; value = "30万"; } ); };\n' \
        "$1" "$2" "$3" >"$tmp/own.cfg"
}
made lower suizhou-transfer 12.5%
try --scenario "tiers,$tmp/own.cfg" | sed "s|$tmp|TMP|; s/--*$/--/"
try --scenario "$tmp/own.cfg#steps"
made lower suzhou 12.5%
try --scenario "$tmp/own.cfg"
made lower suizhou-transfer 12.5
try --scenario "$tmp/own.cfg"
printf 'scenario = { id = "x"; of = "suizhou-transfer"; form = "tiers";
  title = { en = "x"; }; };\n' >"$tmp/own.cfg"
try --scenario "$tmp/own.cfg"
