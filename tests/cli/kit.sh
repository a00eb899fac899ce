# Own models with cases in the format of the standard's test kit: all hold; one
# that expects what is wrong is told with both rules, and so are bad files.
try() { kedan rules tck "$@" 2>&1; echo "status $?"; }
try tests/kit --results "$tmp/results.csv"
grep -vc '"SUCCESS",""$' "$tmp/results.csv"
# However it is reached, a folder is called by its own name and its parent's.
try tests/kit/hits/../.././kit//money/. --results "$tmp/results.csv" | tail -1
sed -n 1p "$tmp/results.csv"

mkdir -p "$tmp/kit/wrong"
cp tests/kit/hits/hits.dmn "$tmp/kit/wrong"
sed 's/ errorResult="true"//; s|<value xsi:nil="true"/>|<value>low</value>|' \
    tests/kit/hits/hits-test-01.xml >"$tmp/kit/wrong/hits-test-01.xml"
try "$tmp/kit" --results "$tmp/results.csv" | tail -4
grep ERROR "$tmp/results.csv"
cp tests/kit/money/money.dmn "$tmp/kit/wrong"
sed 's/ errorResult="true"//; s|<value xsi:nil="true"/></e|<value>1</value></e|
    ' tests/kit/money/money-test-01.xml >"$tmp/kit/wrong/money-test-01.xml"
try "$tmp/kit" --results "$tmp/results.csv" | tail -1
grep money.*ERROR "$tmp/results.csv"
rm "$tmp/kit/wrong/money-test-01.xml"
try "$tmp/kit" --results "$tmp/results.csv" --lang zh | tail -4
sed -i 's|]1..5\[|]1..|' "$tmp/kit/wrong/hits.dmn"
try "$tmp/kit" --results "$tmp/results.csv" | sed "s|$tmp|TMP|" | head -4
echo '<testCases><modelName>' >"$tmp/kit/wrong/hits-test-01.xml"
try "$tmp/kit" --results "$tmp/results.csv" | sed "s|$tmp|TMP|"
try "$tmp/none" --results "$tmp/r.csv" | sed "s|$tmp|TMP|"
mkdir "$tmp/empty"
try "$tmp/empty" --results "$tmp/r.csv" | sed "s|$tmp|TMP|"

# Imports: one that is not there, of another kind, without a name, of itself,
# of a file that is not well-formed.
at=$tmp/imports
mkdir "$at"
cp tests/kit/imports/* "$at"
check() { kedan rules check "$@" 2>&1; }
sed -i 's|kedan/terms" xmlns|kedan/other" xmlns|' "$at/terms.dmn"
check "$at/firm.dmn" | sed -n 1,3p
sed -i 's|importType="[^"]*"/>|importType="http://www.dmg.org/PMML"/>|' \
    "$at/firm.dmn"
check "$at/firm.dmn" | sed -n 1,3p
sed -i 's|import name="T"|import|; s|importType="[^"]*"/>|/>|' "$at/firm.dmn"
check "$at/firm.dmn" | sed -n 1,3p
cp tests/kit/imports/* "$at"
sed -i 's|import name="T" namespace="https://kedan/terms|import name="T" \
namespace="https://kedan/imports|' "$at/firm.dmn"
check "$at/imports.dmn" | sed -n 1,3p
check "$at/imports.dmn" --lang zh | sed -n 1p
echo '<definitions namespace="https://kedan/imports"><' >"$at/a.dmn"
check "$at/firm.dmn" | grep -c itself
cp tests/kit/imports/* "$at"
rm "$at/a.dmn"
echo '<definitions><' >"$at/terms.dmn"
check "$at/imports.dmn" | grep '^[^ ]*dmn:' | head -4
cp tests/kit/imports/* "$at"
sed -i 's|1..30\]|1..|' "$at/terms.dmn"
check "$at/firm.dmn" | sed -n 1,3p
kedan rules tck "$at" --results "$tmp/r.csv" 2>&1 | tail -2
for i in $(seq 17); do
    echo "<definitions namespace='urn:$i'>
<import name='I' namespace='urn:$((i + 1))'/></definitions>" >"$at/$i.dmn"
done
echo "<definitions namespace='urn:18'/>" >"$at/18.dmn"
check "$at/1.dmn" | grep 'more than'
check "$at/2.dmn" | tail -1
