# A year of contracts under a policy, its reforms and the rules of other places.
try() { kedan subsidy run --contracts datasets/contracts.csv "$@" 2>&1; }
suizhou="--rules rules/subsidy/suizhou/transfer.cfg"
sanming=rules/subsidy/sanming/transaction-2023.cfg
table() { sed -n "/^$1/,/^\$/p"; }

try $suizhou --scenario "tiers,county-cut,$sanming@2023-12-31" >"$tmp/all"
table "Policies compared" <"$tmp/all"
table Totals <"$tmp/all"
table Winners <"$tmp/all"
try $suizhou --scenario "$sanming#none"
try $suizhou --scenario "tiers,rules/subsidy/shenyang/buyer-2018.cfg"
try $suizhou --scenario tiers,tiers
try $suizhou --scenario tier
try $suizhou --scenario tiers,
try $suizhou --scenario "tiers#cut"
try $suizhou --scenario "$sanming@2022-01-01"
try $suizhou --scenario "$sanming@2022"
try $suizhou --scenario "$sanming" --lang zh | table 资金合计
