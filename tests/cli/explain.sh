# The whole way of a case, in both languages and for machines: applications that
# were approved and declined, a loan against rights, a right, a contract.
db="--ledger $tmp/kedan.db"
kedan assess --applications datasets/applications.csv \
    --ip-rights datasets/ip_rights.csv --rules rules/credit \
    --value-rules rules/value/ip-income.cfg --as-of 2025-12-31 $db \
    --format csv --output "$tmp/decisions.csv"
kedan value --ip-rights datasets/ip_rights.csv --as-of 2025-12-31 $db \
    --rules rules/value/ip-income.cfg --format csv -o "$tmp/rights.csv"
kedan subsidy run --contracts datasets/contracts.csv $db \
    --rules rules/subsidy/suizhou/transfer.cfg --format csv \
    --output "$tmp/claims.csv"
# From what the rules make of it on; the steps before are those of the policy.
tell() { kedan explain "$@" $db | sed '2,/^trace\|^轨迹/d'; }
kedan explain A000001 $db | sed '/^trace/,$d'
tell A000001
tell A000003 --lang zh
tell A000047
tell A000047 --lang zh
tell T20209000470
tell C20250001 --lang zh
kedan explain C20250001 --format json $db | sed -n '/"budget, binds"/,/}/p'
