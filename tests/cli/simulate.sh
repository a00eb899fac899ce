# Next year drawn many times; any simulated year is paid to the same fen.
rules="--rules rules/subsidy/suizhou/transfer.cfg"
try() {
    kedan subsidy simulate --contracts datasets/contracts.csv $rules "$@" \
        --ledger "$tmp/k.db" 2>&1
}
outlook="--outlook datasets/outlook.cfg --scenario tiers,steps"
try $outlook --futures 400 --year 7 --write "$tmp/y.csv"
kedan subsidy run --contracts "$tmp/y.csv" $rules --ledger "$tmp/k.db" |
    sed -n '/^Totals/,/^paid/p'
kedan replay 1 --ledger "$tmp/k.db" | tail -1
try $outlook --futures 400 --year 7 --write "$tmp/z.csv" --threads 7 --again \
    --format json >"$tmp/a.json"
try $outlook --futures 400 --year 7 --write "$tmp/z.csv" --threads 1 --again \
    --format json | cmp - "$tmp/a.json" && cmp "$tmp/y.csv" "$tmp/z.csv" &&
    echo "the same on 1 and 7 threads"
try --futures 400 --lang zh
try $outlook --futures 100 --lang zh | sed -n "/^对明年的假设/,/^$/p"
try --futures 99
try --year 7
try --year 400 --futures 400 --write "$tmp/y.csv"
try --years 0
try --futures 100 --year 1 --write "$tmp/y.csv" --of cap
printf 'outlook = { id = "x"; title = { en = "x"; };
  count = { model = "fit"; by = "whole"; source = "x"; confidence = "D"; };
};\n' >"$tmp/f.cfg"
fits() {
    try --futures 100 --outlook "$tmp/f.cfg" "$@" |
        sed -n '/^Distributions/,/^$/p;/^合同数量的/,/^$/p'
}
fits
fits --lang zh
kedan subsidy simulate --contracts datasets/suizhou-contracts.csv $rules \
    --years 9 --outlook "$tmp/f.cfg" --futures 100 --ledger "$tmp/k.db" |
    sed -n '1,/^simulated/p;/^Distributions/,/^$/p'
sed -n '1p;/,2025-0[36]-/p' datasets/contracts.csv >"$tmp/b.csv"
kedan subsidy simulate --contracts "$tmp/b.csv" $rules \
    --outlook "$tmp/f.cfg" --ledger "$tmp/k.db" 2>&1
printf 'outlook = { id = "x"; title = { en = "x"; };
  count = { model = "normal"; source = "x"; confidence = "M"; };
  growth = { mean = "8%%"; sd = "40%%"; source = "x"; confidence = "M"; };
  prices = { mean = "2%%"; };
  response = { elasticity = "9"; source = "x"; confidence = "M"; };
  value = { model = "fit"; tail = "3"; source = "x"; confidence = "M"; };
};\n' \
    >"$tmp/o.cfg"
try --outlook "$tmp/o.cfg" | sed "s|$tmp|TMP|"
sed -n 1,2p datasets/contracts.csv >"$tmp/c.csv"
kedan subsidy simulate --contracts "$tmp/c.csv" $rules \
    --outlook datasets/outlook.cfg --ledger "$tmp/k.db" 2>&1
