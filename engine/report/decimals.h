/* decimals.h - how many decimals a number is shown with. */
#ifndef REPORT_DECIMALS_H
#define REPORT_DECIMALS_H

#include "data/table.h"

/* The fewest, at most `most`, that show the first `rows` values times `factor`
 * as they are; -1 when these do not do. */
int decimals_exact(const Column *c, size_t rows, double factor, int most);

/* Those that show two digits of a size, `least` to 6. */
int decimals_for(double size, int least);

/* Those of a level, which has at most nine (stat/sample.h), as a percentage. */
int decimals_of_level(double percent);

#endif
