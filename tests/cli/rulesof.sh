# Which rules there are, which hold on a day, what their examples prove, and how
# one is judged: with its figures, and what would have had to differ.
kedan rules list tests/rules/amended.cfg rules/subsidy/suizhou/transfer.cfg \
    rules/schemes/hubei-4321.cfg --format csv
kedan rules as-of 2024-06-30 tests/rules/amended.cfg 2>&1 | grep -v warning
kedan rules as-of 2010-01-01 rules/eligibility/tech-sme-2017.cfg 2>&1
kedan rules as-of 2024-02-30 rules; echo "status $?"
kedan rules test rules/eligibility/tech-sme-2017.cfg 2>&1
sed 's/"score = 80"/"score = 81"/' rules/eligibility/tech-sme-2017.cfg \
    >"$tmp/wrong.cfg"
kedan rules test "$tmp/wrong.cfg" >"$tmp/out" 2>&1
echo "status $?"; grep -c "expects score = 81 and got 80" "$tmp/out"
kedan rules explain rules/eligibility/tech-sme-2017.cfg X4 |
    sed -n '/^eligible/,$p'
kedan rules explain rules/eligibility/tech-sme-2017.cfg X9; echo "status $?"
kedan rules explain rules/subsidy/suizhou/transfer.cfg C20250001 \
    --cases datasets/contracts.csv --lang zh |
    sed -n '/^base\|^基数/,$p' | head -8
kedan rules explain rules/subsidy/suizhou/transfer.cfg C0 \
    --cases datasets/contracts.csv; echo "status $?"
kedan rules explain rules/eligibility/tech-sme-2017.cfg X4 --format html |
    grep -c "employees: 501 -&gt; 500"
# ids stay as they are, though one may be a word of the glossary
kedan rules test rules/subsidy/suizhou/transfer.cfg --lang zh 2>/dev/null |
    tail -4
