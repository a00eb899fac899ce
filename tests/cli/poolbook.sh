# What a book leaves to the factor model; exact chances in JSON.
simulate() {
    kedan pool simulate --portfolio $tmp/book.csv --factors $tmp/factors.cfg \
      --scenarios 1000 --ledger $tmp/k.db "$@" 2>&1 | sed "s|$tmp|TMP|"
}
model() {
    printf 'factors = { %s\n  groups = ( { asset_correlation = "0"; } ); };\n' \
      "$1" >$tmp/factors.cfg
}
{
    echo loan_id,firm_id,outstanding,grade,pd,lgd
    echo L1,F1,1000000,A,,
    echo L2,F2,1000000,BB,,0.6
    echo L3,F3,1000000,BB,5%,
} >$tmp/book.csv
model ''
simulate
model 'grades = ( { grade = "A"; pd = "1%"; } ); lgd = "45%";'
simulate
# .01 x 450,000 + .02 x 600,000 + .05 x 450,000 = 39,000
model 'lgd = "45%";
  grades = ( { grade = "A"; pd = "1%"; }, { grade = "BB"; pd = "2%"; } );'
simulate | grep 'exact '
# A fund of 600,000 is short when two fail or three:
# .01 x .02 x .95 + .01 x .98 x .05 + .99 x .02 x .05 + .01 x .02 x .05 = .00168
cat >$tmp/scheme.cfg <<'EOF'
scheme = { id = "one-fund"; title = { en = "One fund"; }; source = "own";
  confidence = "M"; basis = "net"; share_base = "principal"; cover = "100%";
  parties = ( "fund", "state" ); denominator = "opening_balance";
  layers = ( { shares = ( { party = "fund"; share = "1"; } ); } );
  balances = ( { party = "fund"; opening = "600000.00"; overflow = "state"; } );
};
EOF
simulate --scheme $tmp/scheme.cfg --format json --levels 0.99 |
  sed -n '/"exact"/,/^  }/p'
# Means by year, and how losses of the whole and of the parties are spread.
simulate --scheme $tmp/scheme.cfg --format json --levels 0.99 --again |
  sed -n '/"count": 0/d; /"years"/,/^  "party/p; /"party": .*"count"/p'
# A party called as one of the accounts is called so, not after the account.
simulate --scheme $tmp/scheme.cfg --levels 0.99 --again --lang zh |
  grep '^基金 .*预期损失' | head -1
# Closed forms and implied terms: losses of 10%, half of them on average.
model 'autoregression = "0.5";'
sed -i 's/asset_correlation = "0"/asset_correlation = "0.2"/' $tmp/factors.cfg
{
    echo loan_id,firm_id,outstanding,pd,lgd,lgd_sd
    for i in 1 2 3 4 5; do echo L$i,F$i,1000000,2%,0.5,0.1; done
} >$tmp/book.csv
simulate --format json --levels 0.999 | sed -n '/"large_pool"/,/^  ]/p'
simulate --format json --levels 0.999 --years 2 --again |
  sed -n '/"terms"/,/^  ]/p'
# One table as CSV, in yuan, the second time too.
simulate --format csv --levels 0.9
simulate --format csv --levels 0.9 | sed -n 3,4p
