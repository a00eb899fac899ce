# What single change would have helped each application that was declined, as
# explain tells it of one; nothing of it is on record.
assess() {
    kedan assess --applications datasets/applications.csv \
        --rules rules/credit --ip-rights datasets/ip_rights.csv \
        --value-rules rules/value/ip-income.cfg --as-of 2025-12-31 \
        --ledger "$tmp/l.db" "$@"
}
assess >"$tmp/without"
assess --ways "$tmp/ways.csv" >"$tmp/with"
cmp "$tmp/without" "$tmp/with"
head -4 "$tmp/ways.csv"
cut -d, -f10 "$tmp/ways.csv" | sort | uniq -c | sort -rn
echo "== as explain has it"
kedan explain A000057 --ledger "$tmp/l.db" | sed -n '/^would help/,/^[a-vx-z]/p'
echo "== none for those who were not declined, or that explain does not tell"
assess --format csv | awk -F, '$6 == "decline" {print $1}' | sort >"$tmp/no"
cut -d, -f1 "$tmp/ways.csv" | sed 1d | sort -u | comm -23 - "$tmp/no" | wc -l
for id in $(head -20 "$tmp/no"); do
    told=$(kedan explain "$id" --ledger "$tmp/l.db" |
        grep -c "^would help .* = [ar]")
    listed=$(grep -c "^$id," "$tmp/ways.csv")
    [ "$told" = "$listed" ] || echo "$id: explain $told, listed $listed"
done
echo "== other forms"
assess --ways "$tmp/ways.json" >"$tmp/with"
head -16 "$tmp/ways.json"
assess --ways "$tmp/ways.html" --lang zh >"$tmp/with" 2>&1
grep -c '<table' "$tmp/ways.html"
kedan replay 1 --ledger "$tmp/l.db"
assess --ways "$tmp"
echo "status $?"
