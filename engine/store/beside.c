#include "store/beside.h"

static void *run(void *given)
{
    Beside *b = given;
    b->work(b->of);
    return NULL;
}

void beside_start(Beside *b, void (*work)(void *of), void *of)
{
    b->work = work;
    b->of = of;
    b->is_running = pthread_create(&b->thread, NULL, run, b) == 0;
    if (!b->is_running)
        work(of);
}

void beside_end(Beside *b)
{
    if (b->is_running)
        pthread_join(b->thread, NULL);
    b->is_running = 0;
}
