# Ctrl-C: the run ends by that signal, says so, and leaves nothing half done.
ledger=$tmp/ledger/kedan.db
mkdir "$tmp/ledger"
seal() { ls "$tmp/ledger"; sha256sum <"$ledger"; }
kedan subsidy run --contracts datasets/contracts.csv --ledger "$ledger" \
    --rules rules/subsidy/suizhou/transfer.cfg >"$tmp/out"
sealed=$(seal)

# The process that writes the result, once it has begun; its number is in the
# name of the file in the making.
writing() {
    for i in $(seq 600); do
        sleep 0.1
        for file in "$tmp"/result.*.part; do
            [ -e "$file" ] && break 2
        done
    done
    sleep 1
    file=${file%.part}
    echo "${file##*.}"
}
interrupted() {
    number=$1
    shift
    kedan "$@" --ledger "$ledger" --output "$tmp/result" 2>"$tmp/notes" &
    job=$!
    kill -"$number" "$(writing)"
    wait $job
    echo "status $?"
    grep "^kedan" "$tmp/notes"
    [ "$(seal)" = "$sealed" ] || echo "THE LEDGER CHANGED"
    ls "$tmp"
}
book="--portfolio datasets/portfolio.csv --factors datasets/factors.cfg"
for number in 2 15; do
    interrupted $number pool simulate $book --scheme datasets/scheme.cfg \
        --scenarios 3000000 --years 30 --as-of 2025-12-31
done
kedan ledger verify --ledger "$ledger" | sed 's/head .*//'
