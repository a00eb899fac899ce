# Rates and caps that do most within a budget; the result runs as a scenario.
contracts="--contracts datasets/contracts.csv"
rules="--rules rules/subsidy/suizhou/transfer.cfg"
printf 'outlook = { id = "x"; title = { en = "x"; };
  response = { elasticity = "1"; sd = "0.3"; source = "x"; confidence = "M"; };
};\n' >"$tmp/o.cfg"
try() {
    kedan subsidy optimise $contracts $rules --futures 100 --points 4 \
        --ledger "$tmp/k.db" "$@" 2>&1 | sed "s|$tmp|TMP|g"
}
two="--vary city_rate=5%..30%/5%,limits.firm-cap.cap=10万..100万/10万"
try --outlook "$tmp/o.cfg" --scenario tiers $two --budget 1400万 \
    -o "$tmp/chosen.cfg"
cat "$tmp/chosen.cfg"
kedan subsidy run $contracts $rules --scenario "$tmp/chosen.cfg" \
    --ledger "$tmp/r.db" | grep '^paid  '
kedan replay 1 --ledger "$tmp/k.db" | tail -1
for t in 1 7; do
    try --outlook "$tmp/o.cfg" --scenario tiers $two --budget 1400万 --again \
        -o "$tmp/chosen.cfg" --threads $t --format json >"$tmp/$t.json"
    cp "$tmp/chosen.cfg" "$tmp/$t.cfg"
done
cmp "$tmp/1.json" "$tmp/7.json" && cmp "$tmp/1.cfg" "$tmp/7.cfg" &&
    echo "the same on 1 and 7 threads"
try --vary city_rate=5%..30% --aim firms --payer city --budget 500万 \
    --confidence 90% --lang zh
try --vary city_rate=5%..30%/5% --aim firms --budget 9000万 --lang zh |
    sed -n '1,/^出资方/p'
try --vary city_rate=5%..30% --aim gini --budget 100万
try --vary city_rate=5%..30% --budget 1000万
try --vary city_rat=5%..30% --aim firms --budget 1000万
try --vary city_rate=5%..120%/5% --aim firms --budget 9000万
try --vary city_rate=5%..30% --aim firms --budget 1000万 --payer province
try --vary city_rate=30%..5% --budget 1000万
try --vary city_rate=5%..30%/1万 --budget 1000万
try --vary city_rate --budget 1000万
try --vary city_rate=1%..2%,city_rate=1%..2% --budget 1000万
try --vary a=1..2,b=1..2,c=1..2,d=1..2,e=1..2,f=1..2,g=1..2 --budget 1000万
try --vary a=1..2000000 --budget 1000万
try --vary city_rate=5%..30% --budget x
try --vary city_rate=5%..30% --budget 1000万 --confidence 2
try --vary city_rate=5%..30% --budget 1000万 --aim none
try --budget 1000万
