#!/bin/sh
# collect.sh FOLDER FILES...: every message that users see, as FOLDER/kedan.pot.
#
# Messages are literals: the format of FAIL(), tr() and TR_NOOP(), the members
# of a Fault, and the arguments of the functions named below, which hand them
# to faults_add().
folder=$1
shift
mkdir -p "$folder"
for file in "$@"; do
    copy=$folder/$(echo "$file" | tr / _)
    sed 's/\.\(expected\|problem\|way_out\) = *$/&TR_NOOP(/
         s/\.\(expected\|problem\|way_out\) = "/.\1 = TR_NOOP("/' \
        "$file" >"$copy"
    echo "$copy"
done |
    LC_ALL=C sort |
    xgettext --files-from=- --from-code=UTF-8 --language=C \
        --keyword --keyword=tr --keyword=TR_NOOP --keyword=FAIL:3 \
        $(sed -n 's/^\([a-z].*\)$/--keyword=\1/p' "${0%/*}/keywords") \
        --no-location --no-wrap --sort-output \
        --output="$folder/kedan.pot" 2>"$folder/notes" || {
    cat "$folder/notes" >&2
    exit 1
}
# Times and places of the making do not belong into a catalogue.
sed '/^"POT-Creation-Date/d' "$folder/kedan.pot" >"$folder/kedan.tmp" &&
    mv "$folder/kedan.tmp" "$folder/kedan.pot"
