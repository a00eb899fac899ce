# What became of a recorded run's own decisions.  The outcomes are made up from
# the decisions: of the approved one in 99 of grade A defaults, one in 60 of
# grade B and one in 20 of the others, and every seventh is not known yet.
kedan assess --applications datasets/applications.csv --rules rules/credit \
    --ip-rights datasets/ip_rights.csv --ledger "$tmp/a.db" --format csv \
    --value-rules rules/value/ip-income.cfg >"$tmp/decisions.csv"
awk -F, 'BEGIN {OFS = ","; print "application_id,as_of,defaulted"
        odds["A"] = 99; odds["B"] = 60; odds["C"] = 20}
    NR > 1 && $6 == "approve" && NR % 7 {
        print $1, "2026-06-30", NR % odds[$10] ? "false" : "true"
    }' "$tmp/decisions.csv" >"$tmp/later.csv"
kedan model monitor 1 --outcomes "$tmp/later.csv" --ledger "$tmp/a.db" \
    --bootstrap 99 --page "$tmp/page.html"
grep -c 'Decisions and what became of them' "$tmp/page.html"
echo "== a later observation of the same application counts"
tail -1 "$tmp/later.csv" | sed 's/2026-06-30,.*/2026-12-31,true/' \
    >>"$tmp/later.csv"
kedan model monitor 1 --outcomes "$tmp/later.csv" --ledger "$tmp/a.db" \
    --bootstrap 0 | sed -n 1,5p
echo "== refused"
kedan model monitor 2 --outcomes "$tmp/later.csv" --ledger "$tmp/a.db"
echo "status $?"
kedan model monitor 1 --outcomes datasets/outcomes.csv --ledger "$tmp/a.db"
echo "status $?"
kedan value --ip-rights datasets/ip_rights.csv --as-of 2025-12-31 \
    --rules rules/value/ip-income.cfg --ledger "$tmp/a.db" >"$tmp/value"
kedan model monitor 2 --outcomes "$tmp/later.csv" --ledger "$tmp/a.db"
echo "status $?"
kedan model monitor 1 --outcomes "$tmp/later.csv" --ledger "$tmp/a.db" \
    --page "$tmp/later.csv"
echo "status $?"
