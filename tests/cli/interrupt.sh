# Ctrl-C: the run ends by that signal, says so, and leaves nothing half done.
ledger=$tmp/ledger/kedan.db
mkdir "$tmp/ledger"
seal() { ls "$tmp/ledger"; sha256sum <"$ledger"; }
kedan subsidy run --contracts datasets/contracts.csv --ledger "$ledger" \
    --rules rules/subsidy/suizhou-transfer.cfg >"$tmp/out"
sealed=$(seal)

# The child of process $1, once it minds the signal $2.
minding() {
    for i in $(seq 600); do
        sleep 0.1
        child=$(awk -v p="$1" '$4 == p { print $1 }' /proc/[0-9]*/stat 2>&1)
        caught=$(sed -n 's/^SigCgt:.*\(....\)$/\1/p' "/proc/$child/status")
        [ $((0x${caught:-0} >> ($2 - 1) & 1)) = 1 ] && break
    done
    sleep 1
    echo "$child"
}
interrupted() {
    number=$1
    shift
    kedan "$@" --ledger "$ledger" --output "$tmp/result" 2>"$tmp/notes" &
    job=$!
    kill -"$number" "$(minding $job "$number" 2>"$tmp/noise")"
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
