# A scorecard for those who do not run kedan; the rules are run beside it first.
try() { kedan "$@" 2>&1; echo "status $?"; }
kedan model fit datasets/outcomes.csv --spec datasets/scorecard.cfg \
    --ledger "$tmp/l.db" --output "$tmp/card.cfg" >"$tmp/fit.out"
try model export "$tmp/card.cfg" --as sql --table loans
try model export "$tmp/card.cfg" --as c | sed -n '1,26p'
try model export "$tmp/card.cfg" --as pmml | sed -n '1,30p'
try model export "$tmp/card.cfg" --as csv --lang zh | head -8
tech=rules/eligibility/tech-sme-2017.cfg
try model export $tech --as sql
try model export $tech --as sql --facts | sed -n '/S3/,$p'
try model export $tech --as c --facts --as-of 2000-01-01
try model export rules/schemes/hubei-4321.cfg --as c
try model export rules/subsidy/suizhou/transfer.cfg --as c
try model export "$tmp/card.cfg" --as xml
try model export "$tmp/card.cfg"
try model export "$tmp/card.cfg" --as csv --card rating
try model export "$tmp/none.cfg" --as c
