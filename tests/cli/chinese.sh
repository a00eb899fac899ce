# Chinese by option, by environment without its locale, and not in English.
kedan --help --lang zh
kedan pool replay --help --lang=zh
try() { kedan "$@"; echo "status $?"; }
try asess --lang zh
try assess --lang zh --applicatons a.csv
try explain --lang zh
try pool simulate --as-of 2025-02-30 --lang zh
LC_ALL=zh_CN.UTF-8 kedan explain
LC_ALL=C.UTF-8 LANGUAGE=zh_CN kedan explain
LC_ALL=zh_CN.UTF-8 kedan explain --lang en
LC_ALL=C kedan explain
unset LC_ALL
LANG=zh_CN.UTF-8 kedan explain
