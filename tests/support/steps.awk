# steps.awk - cut a document with shell sessions into what a test needs:
#   awk -v to=FOLDER -f steps.awk DOCUMENT
# Each command of a block "```console" ("$ ", and lines that go on) becomes
# FOLDER/NN.sh and what it must print FOLDER/NN.txt; the rest goes to prose.
BEGIN { prose = to "/prose" }
/^```console$/ { inside = 1; goes_on = 0; next }
inside && /^```$/ { inside = 0; next }
!inside { print >prose; next }
/^\$ / {
    close(name ".sh")
    close(name ".txt")
    name = sprintf("%s/%02d", to, ++n)
    printf "" >(name ".txt")
}
/^\$ / || goes_on {
    goes_on = /\\$/
    sub(/^\$ /, "")
    print >(name ".sh")
    next
}
{ print >(name ".txt") }
