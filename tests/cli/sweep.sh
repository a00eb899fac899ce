# What a year of contracts would be paid as one number of the rules changes.
contracts="--contracts datasets/contracts.csv"
suizhou="$contracts --rules rules/subsidy/suizhou/transfer.cfg"
try() { kedan subsidy sweep $suizhou "$@" --ledger "$tmp/k.db" 2>&1; }
cap="--scenario tiers --vary limits.firm-cap.cap"
try $cap --from 10万 --to 40万 --points 7
try $cap --from 10万 --to 40万 --points 7 --threads 7 --again --format csv
kedan replay 1 --ledger "$tmp/k.db" | tail -1
try --vary city_rate --from 5% --to 20% --points 4 --lang zh
try --vary city_fund --from 0 --to 1200万 --points 3 --format json
try --vary city_rate --from 5% --to 20万
try --vary city_rate --from 20% --to 5%
try --vary city_rate --from x --to 5%
try --vary city_rat --from 1% --to 5%
try --vary firm_cap --from 1% --to 5%
try --vary limits.firm-cap.cap --from 1万 --to 5万
try --vary city_rate --from 1万 --to 5万 | head -3
try --from 1万 --to 5万
