# figures.awk - figures of a text that nothing printed bears out:
#   awk -f figures.awk PRINTED... TEXT
# A figure has a comma, a point, a percent sign or three digits; `code` and
# links are passed over.
function digits(s) { gsub(/[^0-9.%]/, " ", s); return " " s " " }
FNR == 1 { file++ }
file < ARGC - 1 {
    gsub(/,/, "")
    printed = printed digits($0)
    next
}
{
    gsub(/`[^`]*`|[A-Za-z]+[0-9]+/, "")
    gsub(/\([^)]*\)/, "", $0)
    while (match($0, /[0-9][0-9,]*(\.[0-9]+)?%?/)) {
        figure = substr($0, RSTART, RLENGTH)
        $0 = substr($0, RSTART + RLENGTH)
        bare = figure
        gsub(/,/, "", bare)
        if (bare !~ /[.%]/ && length(bare) < 3)
            continue
        if (!index(printed, " " bare " ") && !index(printed, " " bare ".00 "))
            print "not printed anywhere: " figure
    }
}
