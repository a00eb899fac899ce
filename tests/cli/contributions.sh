# Whose losses make the expected shortfall of each party.
simulate() {
    kedan pool simulate --portfolio datasets/portfolio.csv \
      --factors datasets/factors.cfg --scheme datasets/scheme.cfg --years 3 \
      --as-of 2025-12-31 --scenarios 2000 --levels 0.95 --ledger $tmp/k.db "$@"
}
simulate --contributions 0.95 --contributors $tmp/firms.csv |
  sed -n '/^Contributions/,/^$/p' | head -16
LANGUAGE=zh_CN simulate --contributions 0.95 --lang zh 2>/dev/null |
  sed -n '/ES 贡献/,/^$/p' | head -4
simulate --contributions 0.95 --format json 2>/dev/null |
  grep -A2 '"contributions"'
# Firm by firm they sum to the party's shortfall.
head -3 $tmp/firms.csv
awk -F, '$1 == "gov_pool" { sum += $4 } END { printf "%.2f\n", sum }' \
  $tmp/firms.csv
simulate --contributions 0.95 --format json 2>/dev/null |
  grep -A30 '"name": "gov_pool"' | grep -A1 '"es"' | head -2
simulate --contributors $tmp/firms.csv
simulate --contributions 95
simulate --contributions 0.9,0.95
