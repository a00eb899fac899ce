/* sharing.h - the claims of a step through the layers, caps and funds of a
 * scheme: who pays how much of them.
 *
 * Claims stand in classes (dues.h).  Layers and caps look at the classes of
 * their own scheme, those of a cohort at each class alone; funds look at all
 * classes together.  What a limit leaves is shared among the classes it looks
 * at in proportion to what each asks for.
 */
#ifndef POOL_SHARING_H
#define POOL_SHARING_H

#include "pool/dues.h"

/* What carries over from step to step, and the claims at hand.  Rows of
 * parties have one amount a class. */
typedef struct {
    const Scheme *scheme;
    const Volumes *volumes;
    VolumesGone path;
    size_t classes, each;  /* all, and of each scheme of the book */
    const uint32_t *ended; /* by layer of all members: who ends below it */
    int64_t balance[SCHEME_PARTIES]; /* of funds */
    int64_t *borne;   /* [parties][classes] paid less come back */
    int64_t *claimed; /* [classes] of all years so far */
    /* Of the earlier steps of the year of the claims; NULL: it has one step. */
    int64_t *paid_now;    /* [parties][classes] */
    int64_t *claimed_now; /* [classes] */
    int64_t *asked;       /* [parties][classes], then what each pays */
    int64_t *left;        /* [2][classes] scratch */
} Sharing;

/* Numbers that the arrays need together, and for one class. */
enum { SHARING_ROOM = 3 * SCHEME_PARTIES + 4 };
size_t sharing_room(size_t classes);

/* Set the arrays up in room[], zeroed where they carry over. */
void sharing_open(Sharing *sharing, const Dues *dues, int64_t room[]);

/* A year of claims begins: what its layers and caps have had is nothing. */
void sharing_begin_year(Sharing *sharing);

/* What the step did, parties as bits. */
typedef struct {
    uint32_t capped, dry;
} SharingMarks;

/* Share out the claims of a step of `claim_year`: asked[] becomes what each
 * pays. claim  [classes][parts] shared parts first. */
SharingMarks sharing_run(Sharing *sharing, const int64_t claim[], size_t parts,
                         int claim_year);

/* What a party pays of all classes. */
static inline int64_t sharing_paid(const Sharing *s, int party)
{
    int64_t sum = 0;
    for (size_t c = 0; c < s->classes; c++)
        sum += s->asked[(size_t)party * s->classes + c];
    return sum;
}

#endif
