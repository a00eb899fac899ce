#include "screen.h"

#include "core/tr.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t asked; /* the signal */

static void note(int number)
{
    asked = number;
}

int screen_signal(void)
{
    return asked;
}

void screen_end_by(int number)
{
    signal(number, SIG_DFL);
    raise(number);
}

void screen_init(Screen *screen)
{
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_handler = note;
    act.sa_flags = (int)SA_RESETHAND; /* the second one is not waited for */
    sigemptyset(&act.sa_mask);
    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    *screen = (Screen){.to = isatty(STDERR_FILENO) ? stderr : NULL};
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

enum { BAR = 30 };

static void draw(const Screen *s, double part, double passed)
{
    static const char full[] = "##############################";
    int done = (int)(BAR * part), left = -1;
    if (passed >= 1 && part > 0)
        left = (int)(passed * (1 - part) / part + 0.5);
    fprintf(s->to, "\r\033[K%s [%.*s%*s] %3d%%", gettext(s->stage), done, full,
            BAR - done, "", (int)(100 * part));
    if (left >= 0)
        fprintf(s->to, tr("  %d:%02d left"), left / 60, left % 60);
    fflush(s->to);
}

int screen_progress(void *screen, const char *stage, double part)
{
    Screen *s = screen;
    if (s->to == NULL || asked)
        return asked != 0;
    double time = now();
    part = part > 0 ? part < 1 ? part : 1 : 0;
    if (s->stage == NULL || strcmp(s->stage, stage) != 0) {
        s->stage = stage;
        s->started = s->drawn = time;
    }
    if (part >= 1) {
        screen_clear(s);
    } else if (time - s->drawn >= 0.1) {
        draw(s, part, time - s->started);
        s->drawn = time;
        s->is_dirty = 1;
    }
    return 0;
}

void screen_clear(Screen *screen)
{
    if (screen->is_dirty)
        fputs("\r\033[K", screen->to);
    screen->is_dirty = 0;
}
