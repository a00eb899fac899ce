/* setup.h - what the numeric libraries want before their first use. */
#ifndef STAT_SETUP_H
#define STAT_SETUP_H

/* GSL reports errors by status from now on; its default handler aborts the
 * process.  Call once, before threads start. */
void stat_setup(void);

#endif
