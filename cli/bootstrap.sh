#!/bin/sh
# bootstrap.sh GROUP...: the system's packages that a build needs.
#
# Nothing happens where they are present, and nothing then needs a network.
# Missing ones are installed on Debian, with one update and one installation:
# by root, or through a sudo that asks nothing; anybody else is told the one
# line to run, and the status is 7.  make calls this before all else.
#
# Groups: run (build the program), test (its tests), clang (second compiler,
# fuzzing), valgrind, lint.

# need PACKAGE PROBE...: note the package when its probe fails.
need() {
    package=$1
    shift
    "$@" >/dev/null 2>&1 || missing="$missing $package"
}
library() { pkg-config --exists "$1"; }
program() { command -v "$1"; }
present() { test -e "$1"; }
of_clang() { test -e "$(clang -print-resource-dir)/$1"; }

group_run() {
    need gcc program cc
    need libc6-dev present /usr/include/stdio.h
    need make program make
    need pkg-config program pkg-config
    need libgsl-dev library gsl
    need libsqlite3-dev library sqlite3
    need libconfig-dev library libconfig
    need libssl-dev library libcrypto
    need libexpat1-dev library expat
    need libsleef-dev library sleef
    need libnlopt-dev library nlopt
    need libjs-chart.js present /usr/share/javascript/chart.js/chart.min.js
    need gettext program msgfmt
}
group_test() { need libcmocka-dev library cmocka; }
group_clang() {
    need clang program clang
    need libclang-rt-14-dev of_clang \
        "lib/linux/libclang_rt.fuzzer-$(uname -m).a"
    need libomp-dev of_clang include/omp.h
}
group_valgrind() { need valgrind program valgrind; }
group_lint() {
    need clang-format program clang-format
    need cppcheck program cppcheck
}

missing=
for group in "$@"; do
    case $group in
    run | test | clang | valgrind | lint) "group_$group" ;;
    *)
        echo "bootstrap.sh: '$group' is no group of packages" >&2
        exit 2
        ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    as_root=no
fi
if [ "$as_root" = no ] || ! command -v apt-get >/dev/null; then
    echo "kedan needs packages that are not here; run this, then make:" >&2
    echo "sudo apt-get update && sudo apt-get install -y" \
        "--no-install-recommends$missing" >&2
    exit 7
fi

log=$(mktemp) || exit 7
trap 'rm -f "$log"' EXIT
apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o DPkg::Lock::Timeout=120 "$@" >"$log" 2>&1 </dev/null || {
        cat "$log" >&2
        echo "kedan: 'apt-get $1' failed; the packages needed are:$missing" >&2
        exit 7
    }
}
echo "kedan: installing$missing" >&2
apt update
# shellcheck disable=SC2086 # a list of names
apt install --no-install-recommends $missing
