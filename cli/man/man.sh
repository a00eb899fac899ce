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
.TP
.B 0
done
.TP
.B 1
done, but rows were refused into \-\-rejects
.TP
.B 2
the command line is wrong
.TP
.B 3
a data file breaks its schema
.TP
.B 4
a rule file does not compile
.TP
.B 5
a number is outside its domain
.TP
.B 6
out of memory
.TP
.B 7
the system refused a file or database operation
.TP
.B 8
a record or a replay is not what was recorded
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
