# A scorecard fitted to data of any headers, and used; pre-bins joined.
try() { kedan "$@" 2>&1; echo "status $?"; }
tab="$tmp/counts.csv"
printf 'bad,good\n20,52\n23,48\n25,47\n18,53\n13,58\n21,51\n19,52\n' >"$tab"
printf '17,54\n17,55\n14,57\n24,46\n22,51\n28,43\n39,33\n' >>"$tab"
try model bin "$tab" --events bad --others good --trend valley \
    --rows-least 50 --format json | head -20
try model bin "$tab" --events bad --others good --trend ascending --lang zh
try model bin "$tab" --events bad --others good --rows-least 600
try model bin "$tab" --events bad --others none
try model bin datasets/outcomes.csv --spec datasets/scorecard.cfg | head -30
try model fit datasets/outcomes.csv --spec datasets/scorecard.cfg \
    --output "$tmp/card.cfg" | head -26
sed 's/sha256 = "[0-9a-f]*"/sha256 = "..."/' "$tmp/card.cfg"
try rules check "$tmp/card.cfg"
sed 's/county/conty/' datasets/scorecard.cfg >"$tmp/spec.cfg"
try model fit datasets/outcomes.csv --spec "$tmp/spec.cfg" -o "$tmp/c.cfg"
echo 'model = { id = "x"; bins = { trend = "up"; most = 1; }; };' \
    >"$tmp/spec.cfg"
try model fit datasets/outcomes.csv --spec "$tmp/spec.cfg" -o "$tmp/c.cfg"
