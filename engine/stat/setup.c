#include "stat/setup.h"

#include <gsl/gsl_errno.h>

void stat_setup(void)
{
    gsl_set_error_handler_off();
}
