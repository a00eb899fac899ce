# A page says what it was made from: files with their hashes, and where every
# rule is written; the same from the ledger, with a scenario of one's own.
printf 'scenario = { id = "half"; of = "suizhou-transfer";
  title = { zh = "减半"; en = "Half"; }; cite = "memo";
  changes = ( { path = "city_rate"; value = "10%%"; cite = "memo, 3"; } ); };
' >"$tmp/half.cfg"
rows() {
    sed -n '/<h3>.*Files that were read/,/<\/section>/p' |
        grep '^<tr>' |
        sed -e 's/<span class="zh"[^>]*>[^<]*<\/span>//g' \
            -e 's/<\/td>/ | /g' -e 's/<[^>]*>//g' -e "s|$tmp|TMP|g" \
            -e 's/[0-9a-f]\{64\}/HASH/'
}
kedan subsidy run --contracts datasets/contracts.csv \
    --rules rules/subsidy/suizhou/transfer.cfg \
    --scenario "tiers,$tmp/half.cfg,rules/subsidy/suzhou/buyer.cfg" \
    --ledger "$tmp/k.db" --format html | rows >"$tmp/run"
cat "$tmp/run"
kedan report 1 --ledger "$tmp/k.db" --output "$tmp/page.html"
rows <"$tmp/page.html" | cmp - "$tmp/run" && echo "the same from the ledger"
# A guarantor's ratios are judged by rule files too.
kedan pool ratios --portfolio datasets/portfolio.csv \
    --guarantor datasets/guarantor.cfg --ledger "$tmp/k.db" \
    --weights rules/guarantee/weights.cfg --rules rules/guarantee/ratios.cfg \
    --format html | rows | head -7
