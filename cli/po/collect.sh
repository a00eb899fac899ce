#!/bin/sh
# collect.sh FOLDER FILES...: every message that users see, as FOLDER/kedan.pot.
#
# Messages are literals: the format of FAIL(), tr() and TR_NOOP(), the members
# of a Fault, and the arguments of the functions in `problems` and `ways`, which
# hand them to faults_add().
here=${0%/*}
folder=$1
shift
mkdir -p "$folder"
rm -f "$folder/kedan.pot"

# pass LIST OPTIONS...: collect the arguments of the functions in a list.
pass() {
    list=$here/$1
    shift
    xgettext --files-from="$folder/files" --from-code=UTF-8 --language=C \
        --keyword $(sed -n 's/^\([A-Za-z].*\)$/--keyword=\1/p' "$list") \
        --no-location --no-wrap --sort-output "$@" \
        --output="$folder/kedan.pot" 2>"$folder/notes" && return
    cat "$folder/notes" >&2
    exit 1
}

awk -v folder="$folder" '
FNR == 1 {
    close(copy)
    copy = FILENAME
    gsub("/", "_", copy)
    copy = folder "/" copy
    print copy
}
/\.(expected|problem|way_out) = *$/ { $0 = $0 "TR_NOOP(" }
match($0, /\.(expected|problem|way_out) = "/) {
    at = RSTART + RLENGTH - 1
    $0 = substr($0, 1, at - 1) "TR_NOOP(" substr($0, at)
}
{
    print >copy
}' "$@" | LC_ALL=C sort >"$folder/files"
pass problems --keyword=tr --keyword=TR_NOOP --keyword=FAIL:3
pass ways --join-existing

# Times and places of the making do not belong into a catalogue.
sed '/^"POT-Creation-Date/d' "$folder/kedan.pot" >"$folder/kedan.tmp" &&
    mv "$folder/kedan.tmp" "$folder/kedan.pot"
