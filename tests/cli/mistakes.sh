# What authors are told of their mistakes, in Chinese, without the lines.
kedan rules check tests/rules/mistakes/*.cfg --lang zh 2>&1 |
  grep -E '^tests/rules/.*[.]cfg:[0-9]' | sed 's|tests/rules/mistakes/||'
