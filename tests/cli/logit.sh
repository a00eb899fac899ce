# A regression of a table whose columns the engine does not know: what is read
# is said, and what cannot be fitted is refused with the columns' names.
awk 'BEGIN {
  print "amount,year,sector,bad"
  for (i = 0; i < 200; i++)
    print (1 + i * 104729 % 977) * 10000 "," 2000 + i * 31 % 24 "," \
      substr("C26I65M73", 1 + 3 * (i * 17 % 3), 3) "," \
      ((i * i * 37 + i * 11) % 211 + (i * 104729 % 977) / 10 > 170)
}' >$tmp/loans.csv
set -- model logit $tmp/loans.csv --target bad
kedan "$@"
kedan "$@" --terms 'amount,factor(sector)' --event 0 --format csv
kedan "$@" --terms amount --format json --lang zh
tail -n +2 $tmp/loans.csv | tr , ' ' | sed '3s/ [0-9]* / NA /' >$tmp/bare.data
kedan model logit $tmp/bare.data --target V4 --terms V1,V2 --format csv
kedan "$@" --lambda .02 --format csv
kedan "$@" --firth
kedan "$@" --terms amount,year --cluster sector --format csv
kedan "$@" --step bic --direction forward --format csv
echo "- refused"
kedan "$@" --firth --lambda 1; echo $?
kedan "$@" --lambda much; echo $?
kedan "$@" --lambda -1; echo $?
kedan "$@" --alpha 1; echo $?
kedan "$@" --direction both; echo $?
kedan "$@" --terms amount,amount; echo $?
kedan "$@" --terms sectors; echo $?
kedan "$@" --event yes; echo $?
kedan "$@" --terms amount --sign amount-; echo $?
kedan "$@" --terms amount --sign amount; echo $?
kedan model logit $tmp/loans.csv --target sector; echo $?
kedan "$@" --weight sector; echo $?
sed '1s/$/,twice/; 1!s/^\([0-9]*\)\(.*\)/\1\2,\1/' $tmp/loans.csv >$tmp/two.csv
kedan model logit $tmp/two.csv --target bad; echo $?
sed '1s/$/,known/; 1!s/,\([01]\)$/,\1,\1/' $tmp/loans.csv >$tmp/known.csv
kedan model logit $tmp/known.csv --target bad; echo $?
sed '7s/,.*//; 9s/$/,1/' $tmp/loans.csv >$tmp/ragged.csv
kedan model logit $tmp/ragged.csv --target bad; echo $?
