# awk -f size.awk FILES...: nothing wide or long, so that all of it is read.
# Lines take at most 80 columns (East Asian characters take two), functions 60
# lines without their tables, files of the engine and the commands 400.  The
# formatter puts a function's braces into the first column.  LC_ALL=C:
# characters are bytes here.
BEGIN { WIDTH = 80; FUNCTION = 60; FILE = 400 }
FNR == 1 { opened = 0 }
width($0) > WIDTH && FILENAME !~ /\.def$/ {
    bad(width($0) " columns wide, over " WIDTH)
}
/^{/ { opened = FNR; tables = 0; table = 0 }
opened && /= \{$/ { table = FNR }
table && /^ +\};$/ { tables += FNR - table + 1; table = 0 }
/^}$/ && opened {
    lines = FNR - opened + 1 - tables
    if (lines > FUNCTION) bad("a function of " lines " lines, over " FUNCTION)
    opened = 0
}
FNR == FILE + 1 && FILENAME ~ /^(engine|cli)\/.*\.[ch]$/ {
    bad("a file of more than " FILE " lines")
}
function width(line) {
    if (line !~ /[\200-\377]/) return length(line)
    gsub(/[\343-\355][\200-\277][\200-\277]/, "xx", line)
    gsub(/\357[\274\275][\200-\277]/, "xx", line)
    gsub(/[\340-\357][\200-\277][\200-\277]/, "x", line)
    gsub(/[\360-\367][\200-\277][\200-\277][\200-\277]/, "xx", line)
    gsub(/[\300-\337][\200-\277]/, "x", line)
    return length(line)
}
function bad(why) { printf "%s:%d: %s\n", FILENAME, FNR, why; failed = 1 }
END { exit failed }
