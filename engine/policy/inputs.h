/* inputs.h - the sections `inputs` and `parameters`: the names that no rule
 * makes. */
#ifndef POLICY_INPUTS_H
#define POLICY_INPUTS_H

#include "policy/build.h"

/* { name; type; required; values; min; max }: type and label default from the
 * field dictionary. */
void inputs_read(Build *b, const Doc *root);

/* { name; type; cite; values = ( { from; value; ... } ) }: the value of the
 * build's day is a constant to the rules; null where none is given yet. */
void parameters_read(Build *b, const Doc *root);

/* The dated value of a parameter on a day, a text node; NULL when none. */
const Doc *parameter_value(const Doc *parameter, Date day);

#endif
