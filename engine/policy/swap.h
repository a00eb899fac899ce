/* swap.h - a program run with other values in the place of its own. */
#ifndef POLICY_SWAP_H
#define POLICY_SWAP_H

#include "policy/code.h"
#include "policy/whatif.h"

/* As code_run(); row i of the frame has the value of[rows[i]] and those of
 * its chain: inputs from the start, all else once it is made. */
void swap_run(const Code *code, void *const at[], const WhatIf of[],
              const uint32_t rows[], size_t n);

#endif
