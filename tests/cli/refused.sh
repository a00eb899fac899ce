# What a hostile or unlucky user gives: each is refused with its place, the
# value, what was expected and a way out, and the ledger stays as it was.
ledger=$tmp/ledger/kedan.db
mkdir "$tmp/ledger"
seal() { ls "$tmp/ledger"; sha256sum <"$ledger"; }
refused() {
    kedan "$@" --ledger "$ledger"
    echo "status $?"
    [ "$(seal)" = "$sealed" ] || echo "THE LEDGER CHANGED"
}
titled() { echo "- $1"; shift; "$@"; }
head -40 datasets/contracts.csv >"$tmp/contracts.csv"
grep -v ip-pledge-loan datasets/applications.csv | head -20 >"$tmp/loans.csv"
head -20 datasets/portfolio.csv >"$tmp/book.csv"
suizhou=rules/subsidy/suizhou/transfer.cfg
danbao=rules/credit/kechuang-danbao-dai.cfg
kedan subsidy run --contracts "$tmp/contracts.csv" --rules $suizhou \
    --ledger "$ledger" >"$tmp/out"
sealed=$(seal)

echo "= a contracts file that is"
claims() { refused subsidy run --contracts "$1" --rules $suizhou; }
made() { cat >"$tmp/$1.csv"; titled "$1" claims "$tmp/$1.csv"; }
start() { head -3 "$tmp/contracts.csv"; }
row="2025990000000009,91990004MA0001288M,示例企业,高新区,2025-11-20,licence"
rest="91990002MA80002129,firm,false,49000.00,37484.98,2025-11-17,66.6,"
made empty </dev/null
titled none claims "$tmp/none.csv"
titled folder claims "$tmp"
titled unreadable claims /proc/self/mem
head -c 3000 /dev/zero | made zeros
{ start; printf 'C9\0,%s,1000.00,%s\n' "$row" "$rest"; } | made nul-byte
{ start; echo "C9,$row"; } | made cut-off
{ start; printf 'C9,"%s,1000.00\n' "$row"; start; } | made open-quote
{ start; head -c 10000000 /dev/zero | tr '\0' x; echo; } | made long-line
head -c 9000 /dev/zero | tr '\0' , | made many-columns
{ start; head -3 datasets/applications-gb18030.csv; } | made two-encodings
iconv -t UTF-16 "$tmp/contracts.csv" | made utf-16
cut -d, -f1-5,7-9 "$tmp/contracts.csv" | made without-dates
cut -d, -f1-4,6-9 "$tmp/contracts.csv" | made without-counties
start | sed '1s/county/amount/' | made two-amounts
{ start; start | tail -1; } | made twice-the-same
{ start; echo "C8,$row,1000.00,$rest" | sed 's/288M/288N/'
  echo "C9,$row,1e6,$rest"
  echo "C10,$row,99999999999999999999,$rest"
  echo "C11,$row,-0.001,$rest"
  echo "C12,$row,一百万,$rest" | sed 's/licence/gift/; s/false/maybe/'
  echo "C13,$row,10.00,$rest" | sed 's/2025-11-20/45000/; s/66.6/六/'
} | made wrong-cells

echo "= a rule file with"
ruled() {
    sed "$2" $suizhou >"$tmp/$1.cfg"
    titled "$1" refused subsidy run --contracts "$tmp/contracts.csv" \
        --rules "$tmp/$1.cfg"
}
by() { titled "$1" refused subsidy run --contracts "$tmp/contracts.csv" \
    --rules "$2"; }
when='require = "amount > 0.00"'
ruled wrong-units "s/$when/require = \"amount > 3%\"/"
ruled unknown-name "s/$when/require = \"amont > 0.00\"/"
ruled half-a-rule "s/$when/require = \"amount > \"/"
ruled circle 's/^facts = (/&{ name = "a"; expr = "b + 1"; cite = "x"; },\
  { name = "b"; expr = "2 * a"; cite = "x"; },/'
ruled no-cite 's/\("amount > 0.00";\).*/\1/'
ruled wrong-example 's/"eligible = false"/"eligible = true"/'
ruled wrong-kind 's/kind = "subsidy"/kind = "subsidies"/'
ruled bare-rate 's/"20%"/0.2/'
ruled wrong-day 's/from = "2018-01-01"; cite/from = "2018-02-30"; cite/'
ruled misspelt-section 's/^examples/exampels/'
ruled other-day-column 's/"registered_on"/"registred_on"/'
ruled include 's/^examples/@include "x.cfg"\n&/'
by the-contracts "$tmp/contracts.csv"
by a-folder rules/subsidy
by another-kind $danbao
by a-scheme rules/schemes/hubei-4321.cfg
head -c 5000000 /dev/zero | tr '\0' '#' >"$tmp/big.cfg"
by five-megabytes "$tmp/big.cfg"
head -c 5000 /dev/zero | tr '\0' '(' | sed 's/^/a = /' >"$tmp/deep.cfg"
by brackets "$tmp/deep.cfg"
titled unknown-scenario refused subsidy run --rules $suizhou --scenario teirs \
    --contracts "$tmp/contracts.csv"
titled other-year refused subsidy run --rules $suizhou --year 1999 \
    --contracts "$tmp/contracts.csv"

echo "= applications"
assess() { refused assess --applications "$tmp/loans.csv" "$@"; }
titled no-rules assess
titled unknown-product assess --rules rules/subsidy/suizhou
mkdir "$tmp/twice" "$tmp/other" "$tmp/bare"
cp $danbao "$tmp/twice/a.cfg"
cp $danbao "$tmp/twice/b.cfg"
cp rules/credit/ip-pledge-loan.cfg "$tmp/other"
sed 's/kechuang-danbao-dai/another/' $danbao >"$tmp/other/a.cfg"
titled two-rules assess --rules "$tmp/twice"
titled other-rules assess --rules "$tmp/other" 2>&1 | sed 3,19d
titled no-rule-file assess --rules "$tmp/bare"
titled rights-without-rules assess --rules $danbao \
    --ip-rights datasets/ip_rights.csv
titled rights-by-credit-rules assess --rules $danbao \
    --ip-rights datasets/ip_rights.csv --value-rules $danbao

echo "= a book"
pool() { refused pool simulate --scenarios 100 "$@"; }
simulate() {
    name=$1
    shift
    titled "$name" pool --portfolio "$tmp/book.csv" "$@"
}
factors() {
    echo "factors = { $2 };" >"$tmp/factors.cfg"
    simulate "$1" --factors "$tmp/factors.cfg"
}
any='groups = ( { asset_correlation = "0.2"; } );'
factors no-group 'correlation = "0.3";
  groups = ( { industry = "Z99"; asset_correlation = "0.1"; } );' 2>&1 |
    sed 3,19d
factors correlation "correlation = \"1.5\"; $any"
factors copula "copula = \"clayton\"; correlation = \"0.5\"; $any"
factors misspelt "corelation = \"0.5\"; $any"
scheme() {
    sed "$2" datasets/scheme.cfg >"$tmp/scheme.cfg"
    simulate "$1" --factors datasets/factors.cfg --scheme "$tmp/scheme.cfg"
}
scheme seven-eighths 's|4/8|3/8|'
scheme unknown-party 's/party = "guarantor"; share/party = "garantor"; share/'
scheme overflow-in-a-circle 's/overflow = "guarantor"/overflow = "gov_pool"/'
scheme over-recovery 's/share = "60%"/share = "70%"/'
scheme negative-balance 's/30000000.00/-1/'
for option in "--levels 1.0" "--levels 0.99,,0.5" "--levels high" \
    "--levels 0.9999999999" "--scenarios 1" "--scenarios 4294967296" \
    "--years 31" "--seed -1" \
    "--as-of 2025-02-29" "--threads 9999" "--leves 0.9"; do
    kedan pool simulate --portfolio "$tmp/book.csv" $option \
        --factors datasets/factors.cfg --ledger "$ledger"
    echo "status $?"
done
titled beyond-the-run refused pool replay --portfolio "$tmp/book.csv" \
    --factors datasets/factors.cfg --scenarios 100 --scenario 100

echo "= what is not on record"
refused explain X000001
refused replay 2
refused replay one
refused report 2 --output "$tmp/report.html"
ls "$tmp/report.html"

echo "= where it cannot be written"
write() { refused subsidy run --contracts "$tmp/contracts.csv" \
    --rules $suizhou "$@"; }
write --output "$tmp/contracts.csv"
write --output "$ledger"
write --rejects "$tmp/contracts.csv"
write --returns "$tmp/contracts.csv"
write --notice "$tmp/list.csv" --payment "$tmp/list.csv"
write --output "$tmp"
write --output "$tmp/none/out.txt"
kedan ledger verify --ledger "$ledger" >/dev/full
echo "status $?"
head -40 datasets/contracts.csv | cmp - "$tmp/contracts.csv"

echo "= a ledger that is"
other() {
    kedan subsidy run --contracts datasets/contracts.csv --rules $suizhou \
        --ledger "$1" >"$tmp/out"
    echo "status $?"
}
mkdir "$tmp/l"
echo text >"$tmp/l/text.db"
titled a-text other "$tmp/l/text.db"
cat "$tmp/l/text.db"
titled a-folder other "$tmp/l"
titled nowhere other "$tmp/none/kedan.db"
cp "$ledger" "$tmp/l/newer.db"
printf '\0\0\0\143' |
    dd of="$tmp/l/newer.db" bs=1 seek=60 conv=notrunc status=none
titled newer other "$tmp/l/newer.db"
head -c 40000 "$ledger" >"$tmp/l/cut.db"
titled cut-off other "$tmp/l/cut.db"
sed 's/C20250007/C20250008/' "$ledger" >"$tmp/l/changed.db"
titled changed kedan ledger verify --ledger "$tmp/l/changed.db"
echo "status $?"
titled changed kedan replay 1 --ledger "$tmp/l/changed.db"
echo "status $?"
cp "$ledger" "$tmp/l/full.db"
(trap '' XFSZ; ulimit -f 300; titled full other "$tmp/l/full.db")
cmp "$ledger" "$tmp/l/full.db"
ls "$tmp/l"
titled as-it-was kedan ledger verify --ledger "$ledger" | sed 's/head .*//'
