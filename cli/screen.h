/* screen.h - what a person sees while it runs, and how they stop it. */
#ifndef CLI_SCREEN_H
#define CLI_SCREEN_H

#include <stdio.h>

typedef struct {
    FILE *to;              /* the terminal, or NULL: nothing is drawn */
    const char *stage;     /* what the clock below counts */
    double started, drawn; /* seconds */
    int is_dirty;          /* a bar stands on the line */
} Screen;

/* Draw on standard error when that is a terminal; from now on Ctrl-C and a
 * polite kill are noted, and a second one ends the program at once. */
void screen_init(Screen *screen);

/* A bar with the time left, a few times a second.  Non-zero once somebody
 * asked to stop.  The engine's progress callback. */
int screen_progress(void *screen, const char *stage, double part);

void screen_clear(Screen *screen); /* wipe the bar */

/* The signal that asked to stop; 0: none. */
int screen_signal(void);

/* End as that signal ends a program, so that scripts see it. */
void screen_end_by(int number);

#endif
