# A rule file may read columns of its own; they must then be there, and hold
# what it declares.  What is decided by them replays and is explained.
try() { kedan "$@" --ledger "$tmp/kedan.db"; echo "status $?"; }
claims() { try subsidy run --contracts "$1" --rules "$tmp/own.cfg"; }
sed 's/^inputs = (/&\n  { name = "是否高新"; type = "boolean"; },\n/
     s/^inputs = (/&\n  { name = "heads"; type = "count"; }, /
     s/require = "amount > 0.00"/require = "是否高新 and heads >= 3"/
     s/given = ( /&"是否高新 = true", "heads = 3", /
     s/\(gives = ( "eligible = \)false/\1true/
     ' rules/subsidy/suizhou/transfer.cfg >"$tmp/own.cfg"

claims datasets/contracts.csv 2>&1
awk -F, -v OFS=, 'NR == 1 { print $0, "是否高新", "heads（人）" }
    NR > 1 && NR < 8 { print $0, NR % 2 ? "是" : "false", NR }' \
    datasets/contracts.csv >"$tmp/unit.csv"
claims "$tmp/unit.csv" 2>&1
sed 's/（人）//' "$tmp/unit.csv" >"$tmp/own.csv"
sed '5s/,5$/,five/; 6s/,6$/,6.5/; 7s/,7$/,/' "$tmp/own.csv" >"$tmp/wrong.csv"
claims "$tmp/wrong.csv" 2>&1
claims "$tmp/own.csv" 2>&1 | sed -n '1,/^paid  /p'
try replay 1
try explain C20250002 --format csv | grep "是否高新\|heads\|value\|eligible\|st"
try explain C20250003 --format csv | grep "是否高新\|heads\|value\|eligible\|st"

# Columns that only the firms' rights can give.
try assess --applications datasets/applications.csv --rules rules/credit
grep -v ip-pledge-loan datasets/applications.csv >"$tmp/guaranteed.csv"
try assess --applications "$tmp/guaranteed.csv" --rules rules/credit |
    sed -n '1,/^declined/p'
# All that are missing are told at once, of every policy that has rows.
cut -d, -f1,2,4-7 datasets/applications.csv | head -20 >"$tmp/few.csv"
try assess --applications "$tmp/few.csv" --rules rules/credit 2>&1 |
    sed -n '1,3p; /^kedan\|^status/p'
# Rights have no day of their own.
try value --ip-rights datasets/ip_rights.csv --rules rules/value/ip-income.cfg

# What the models made of a row stands below what the rules did.
try explain C20250002 --lang zh | sed -n '/^结果/,$p'
