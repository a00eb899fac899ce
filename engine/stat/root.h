/* root.h - where a continuous function changes its sign. */
#ifndef STAT_ROOT_H
#define STAT_ROOT_H

typedef double RootFunction(double x, void *of);

/* The root between low and high, to 1e-13 of itself, by Brent's method (GSL);
 * 0 when the ends do not enclose one. */
int root_between(double *out, RootFunction *f, void *of, double low,
                 double high);

#endif
