/* beside.h - work that a second thread does meanwhile.  For the files of this
 * layer only.
 */
#ifndef STORE_BESIDE_H
#define STORE_BESIDE_H

#include <pthread.h>

/* One piece of work on its way; `= {0}` is ready. */
typedef struct {
    void (*work)(void *of);
    void *of;
    pthread_t thread;
    int is_running;
} Beside;

/* Start work(of) in a thread of its own; where the system has none to give, it
 * is done before this returns. */
void beside_start(Beside *beside, void (*work)(void *of), void *of);

/* Wait until it is done; nothing when it was not started, or is done. */
void beside_end(Beside *beside);

#endif
