# What of the payments is to be returned: a rule of ours, none is published.
made() {
    awk -v when="$1" -v share="$2" '
      /^inputs = \(/ { print
        print "  { name = \"withdrawn\"; type = \"boolean\"; },"
        print "  { name = \"moved_on\"; type = \"date\"; },"; next }
      /^facts = \(/ { print
        print "  { name = \"taken_back\"; cite = \"what-if\";"
        print "    expr = \"withdrawn\"; },"
        print "  { name = \"moved_away\"; cite = \"what-if\";"
        print "    expr = \"moved_on <= registered_on + 1095\"; },"; next }
      /^outputs/ {
        sub(/\( /, "( \"taken_back\", \"moved_away\", "); print
        print "clawback = ( { id = \"withdrawn\"; when = \"" when "\";"
        print "    cite = \"what-if\"; },"
        print "  { id = \"moved\"; when = \"moved_away\";"
        print "    share = \"" share "\";"
        print "    cite = \"what-if\"; } );"; next }
      /"county"; type = "category"/ { print $0 ","
        print "  { name = \"registered_on\"; type = \"date\"; }"; next }
      /^scenarios/ { skip = 1 }
      /^examples/ { skip = 0 }
      !skip { print }' \
        rules/subsidy/suizhou/transfer.cfg >"$tmp/r.cfg"
}
printf 'contract_id,firm_id,county,registered_on,amount,withdrawn,moved_on
C1,91990004MA0001288M,随县,2022-03-01,100000.00,false,
C2,91990004MA0001288M,随县,2022-04-01,200000.00,true,2023-01-01
C3,91990004MA0001288M,曾都,2022-05-01,300000.05,false,2023-06-01
C4,91990004MA0001288M,高新区,2022-06-01,400000.00,false,2028-06-01
C5,91990004MA0001288M,高新区,2022-07-01,500000.00,,\n' >"$tmp/c.csv"
try() {
    kedan subsidy run --contracts "$tmp/c.csv" --rules "$tmp/r.cfg" \
        --returns "$tmp/back.csv" --ledger "$tmp/k.db" "$@" 2>&1 |
        sed "s|$tmp|TMP|g"
}
made taken_back 50%
try --format csv | cut -d, -f1,10-
cat "$tmp/back.csv"
try | sed -n '/^Totals/,/^$/p'
try --lang zh | sed -n '/^资金合计/,/^$/p'
try --format json | sed -n '/"to_return"/,/^  ]/p'
made taken_back 150%
try
made withdrawn 50%
try
made taken_bak 50%
try
made county 50%
try
