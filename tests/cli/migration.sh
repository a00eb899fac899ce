# Twenty firms in the setting of Lando and Skodeberg (2002): the duration
# estimate has a PD for the grade from which no firm defaulted.  Then pairs of
# a year, classes of loans, snapshots by year, and what is refused.
{
    echo firm_id,date,grade
    for i in 0 1 2 3 4 5 6 7 8 9; do
        echo "A$i,2023-01-01,A"
        echo "B$i,2023-01-01,B"
    done
    printf 'A0,2023-02-01,B\nB0,2023-03-01,A\nB1,2023-07-01,D\n'
} >"$tmp/a.csv"
kedan model migration "$tmp/a.csv" --end 2024-01-01 --ledger "$tmp/a.db"
kedan replay 1 --ledger "$tmp/a.db"
echo "== any number of threads"
kedan model migration "$tmp/a.csv" --end 2024-01-01 --ledger "$tmp/a.db" \
    --again --threads 1 --format json >"$tmp/1.json"
kedan model migration "$tmp/a.csv" --end 2024-01-01 --ledger "$tmp/a.db" \
    --again --threads 3 --format json >"$tmp/3.json"
cmp "$tmp/1.json" "$tmp/3.json" && sed -n 1,40p "$tmp/1.json"
echo "== less than a year"
kedan model migration "$tmp/a.csv" --years 1 --ledger "$tmp/a.db"
echo "== pairs of loan classes; a bank's own words"
printf '%s\n' 年初等级,年末等级,户数 正常,正常,930 正常,关注,40 正常,次级,5 \
    正常,,25 关注,正常,30 关注,关注,50 关注,可疑,20 次级,损失,4 >"$tmp/b.csv"
kedan model migration "$tmp/b.csv" --default 次级,可疑,损失 --years 2 \
    --lang zh --ledger "$tmp/a.db"
echo "== snapshots by year, grades by numbers"
printf '%s\n' 企业代码,年份,评级 1,2021,R1 1,2022,R2 1,2023,R10 2,2021,R2 \
    2,2022,违约 2,2023,R1 3,2021,R1 3,2022,R1 4,2021,R10 4,2022,NR >"$tmp/c.csv"
kedan model migration "$tmp/c.csv" --snapshots --years 1 --ledger "$tmp/a.db" \
    --bootstrap 99
echo "== refused"
try() {
    printf '%b' "$1" >"$tmp/x.csv"
    shift
    kedan model migration "$tmp/x.csv" --ledger "$tmp/a.db" "$@"
    echo "status $?"
}
try 'firm_id,when,grade\na,2021,A\n'
try 'firm_id,date,grade\na,2021,A\na,2021,B\n' --end 2022-01-01
try 'firm_id,date,grade\na,2021,A\nb,2021,B\n'
try 'firm_id,date,grade\na,0021,A\nb,2021,B\n'
try 'firm_id,date,grade\na,2021,A\nb,45352,B\n'
try 'firm_id,date,grade\na,2021,A\nb,2022,\n'
try 'firm_id,date,grade\na,2021,D\nb,2022,D\n'
try 'firm_id,date,grade\na,2021,NR\nb,2022,A\n'
try 'firm_id,date,grade\na,2021,A\nb,2022,C\n' --grades A,B
try 'firm_id,date,grade\na,2021,A\nb,2022,C\n' --start 2021-02-30
try 'firm_id,date,grade\na,2021,A\nb,2022,C\n' --date dat
try 'firm_id,date,grade\na,2021,A\nb,2022,C\n' --years 31
try 'from,to,count\nA,B,1.5\n'
try 'from,to,count\nA,B,many\n'
try 'from,to,count\n,B,1\n'
try 'from,to,count\nA,B,9000000\nA,A,9000000\n'
try 'from,to\nA,B\n' --default a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q
try 'from,to\nA,B\n' --grades "$(seq -s, 70)"
{
    echo from,to
    seq -f 'firm %.0f,x' 70
} >"$tmp/y.csv"
kedan model migration "$tmp/y.csv" --ledger "$tmp/a.db"
echo "status $?"
