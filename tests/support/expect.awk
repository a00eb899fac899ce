# expect.awk - is what was printed what the document says?
#   awk -f expect.awk EXPECTED PRINTED
# A line "..." in EXPECTED stands for any lines, or none; at the end of a line
# it stands for the rest of that line.
{ sub(/[ \t]+$/, "") }
FNR == NR { want[++wanted] = $0; next }
{ got[++n] = $0 }
function same(a, b,    n) {
    n = length(a) - 3
    return a == b || (n > 0 && substr(a, n + 1) == "..." &&
                      substr(a, 1, n) == substr(b, 1, n))
}
function fail(line) {
    printf "the document has: %s\n", line
    for (i = 1; i <= n; i++)
        print "printed: " got[i]
    exit failed = 1
}
END {
    if (failed)
        exit 1
    at = 1
    for (w = 1; w <= wanted; w++) {
        if (want[w] == "...") {
            any = 1
            continue
        }
        while (any && at <= n && !same(want[w], got[at]))
            at++
        if (at > n || !same(want[w], got[at]))
            fail(want[w])
        at++
        any = 0
    }
    if (!any && at <= n)
        fail("no more than that")
}
