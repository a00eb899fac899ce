# TUTORIAL.md: its commands, run in its order in an empty folder beside the
# data, print what it says, and its text has no figure that they do not print.
steps="$tmp/steps"
mkdir -p "$steps" "$tmp/desk"
ln -s "$PWD/build" "$PWD/datasets" "$PWD/rules" "$PWD/tests" "$tmp/desk"
awk -v to="$steps" -f tests/support/steps.awk TUTORIAL.md
for step in "$steps"/[0-9]*.sh; do
    (cd "$tmp/desk" && . "$OLDPWD/$step") >"${step%.sh}.got" 2>&1
    awk -f tests/support/expect.awk "${step%.sh}.txt" "${step%.sh}.got"
done
awk -f tests/support/figures.awk "$steps"/*.got "$steps/prose"
echo "$(ls "$steps"/*.sh | wc -l) steps"
