#!/bin/sh
# man.sh PROGRAM: the manual page, from what the program says of itself.
program=$1
LC_ALL=C
export LC_ALL

# One command's help as a subsection.
section() {
    "$program" $1 --help | awk -v name="$1" '
        function roff(s) {
            gsub(/\\/, "\\e", s)
            gsub(/-/, "\\-", s)
            return s
        }
        NR == 1 { sub(/^usage: /, ""); printf ".SS %s\n", roff($0); next }
        NR == 2 { print roff($0) "."; next }
        /^example:/ { print ".PP\nExample:\n.nf"; in_example = 1; next }
        in_example { print roff($0); next }
        /^  / {
            printf ".TP\n.B %s\n%s\n", roff(trimmed(substr($0, 3, 24))),
                roff(substr($0, 27))
        }
        function trimmed(s) { sub(/ +$/, "", s); return s }
        END { print ".fi" }'
}

cat <<'END'
.\" Made by cli/man/man.sh from the tables in cli/cmd_*.c.
.TH KEDAN 1 "" "kedan" "User commands"
.SH NAME
kedan \- risk engine for technology-SME finance
.SH SYNOPSIS
.B kedan
.I COMMAND
.RI [ OPTIONS ]
.SH DESCRIPTION
kedan scores loans against patents and guaranteed loans by published rules,
simulates the pools that share their losses, and works out subsidies of
technology contracts.  Policies are text files.  Every run is recorded in a
ledger and can be computed again byte by byte.
.PP
Amounts in files are yuan unless a header says otherwise; dates never come from
the clock.  An option's value follows it or stands behind an equals sign.
.SH COMMANDS
END
"$program" --help | sed -n '4,/^$/s/^  \(.\{15\}\).*/\1/p' | sed 's/ *$//' |
    while read -r command; do section "$command"; done
cat <<'END'
.SH EXIT STATUS
END
"$program" --help | sed -n '/^exit status/,$ {
    s/-/\\-/g
    s/^  \([0-9]\) *\(.*\)/.TP\n.B \1\n\2/p
}'
cat <<'END'
.SH FILES
.TP
.B kedan.db
the ledger in the working folder, unless \-\-ledger names another
.SH ENVIRONMENT
.TP
.BR LC_ALL ", " LC_MESSAGES ", " LANG ", " LANGUAGE
language of messages; Chinese works where its locale is not installed
.TP
.B KEDAN_ISA
portable, avx2 or avx512: the instruction set of simulations, whose results are
the same
END
