/* funding.h - what a scheme's parties have beside claims, year by year: income,
 * reserves and net assets, and whether these carry the book.
 *
 * As year t opens: receivables come in, and each party with a premium earns its
 * rate of what is in force (of the share base, of firms that have not failed),
 * or its part of the fees of these loans (fees.h), which are split to the fen.
 * Both go into its fund where it has one.  As the year ends, a fund earns its
 * yield of what it held as the year before ended; then the party with reserves
 *   takes what it paid less what came back (if above 0) from its compensation
 *   reserve, as far as that goes;
 *   adds `compensation` of what is in force as the year ends, but not more than
 *   up to `ceiling` of it, and takes nothing back when that is passed;
 *   keeps `unearned` of the year's premium until the next year's end.
 * Net assets grow by premium, yield and payments into the fund, and fall by
 * what is paid less what comes back and by what is put into reserves: net
 * assets and reserves together change by cash alone.  What is owed by firms
 * counts when it comes back, not before; receivables of the opening day stand
 * in the net assets of that day already.
 * Source  reserves: interim measures for financing guarantee companies (2010,
 *         order 3 of seven ministries), article 31; use of the compensation
 *         reserve first: Caishui [2017] 22, article 3; leverage: regulation on
 *         financing guarantee companies (2017, State Council order 683),
 *         article 15.
 */
#ifndef POOL_FUNDING_H
#define POOL_FUNDING_H

#include "pool/volumes.h"

/* What is kept of a party by year, X(name, word); fen. */
#define FUNDING_ACCOUNTS(X)                                                    \
    X(RECEIVED, "receivables") /* of the opening state, come in */             \
    X(PREMIUM, "premium")                                                      \
    X(YIELD, "yield")                                                          \
    X(BALANCE, "fund") /* as the year ends, as all below */                    \
    X(UNEARNED, "unearned_reserve")                                            \
    X(COMPENSATION, "compensation_reserve")                                    \
    X(NET_ASSETS, "net_assets")

typedef enum {
#define X(name, word) ACCOUNT_##name,
    FUNDING_ACCOUNTS(X)
#undef X
        ACCOUNT_COUNT
} Account;

typedef int64_t Accounts[ACCOUNT_COUNT][SCHEME_PARTIES];

/* What carries over from year to year. */
typedef struct {
    const Scheme *scheme;
    const Volumes *volumes;
    int64_t *balance;             /* [parties] of funds, kept elsewhere */
    int64_t held[SCHEME_PARTIES]; /* of it as the year before ended */
    int64_t unearned, compensation, net_assets;
} Funding;

/* Parties that have each account, as bits; 0 when nobody has any but the
 * balances of funds, which are told by themselves. */
int funding_accounts(uint32_t accounts[ACCOUNT_COUNT], const Scheme *scheme);

void funding_open(Funding *f, const Scheme *scheme, const Volumes *volumes,
                  int64_t balance[]);

/* 1 when the limit of leverage binds as year t opens. */
int funding_binds(const Funding *f, const VolumesGone *path, int t);

void funding_begin(Funding *f, Accounts a, const VolumesGone *path, int t);

/* paid, back, paid_in  [parties] of year t.
 * Returns 1 when the compensation reserve did not cover what was paid. */
int funding_end(Funding *f, Accounts a, const VolumesGone *path, int t,
                const int64_t paid[], const int64_t back[],
                const int64_t paid_in[]);

#endif
