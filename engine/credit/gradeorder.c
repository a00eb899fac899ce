#include "credit/gradeorder.h"

#include <stdlib.h>
#include <string.h>

/* AAA+ 0, AAA 1, AAA- 2, AA+ 3 ...; -1: no such letters. */
static int letters(const char *name)
{
    char letter = name[0];
    int n = 0;
    if (letter < 'A' || letter > 'C')
        return -1;
    while (name[n] == letter)
        n++;
    const char *sign = &name[n];
    int shift = *sign == '+' ? -1 : *sign == '-' ? 1 : 0;
    if (n > 3 || sign[shift != 0] != '\0')
        return -1;
    return (letter - 'A') * 9 + (3 - n) * 3 + shift + 1;
}

static int loan_class(const char *name)
{
    static const char *const classes[] = {"正常", "关注", "次级", "可疑",
                                          "损失"};
    for (int i = 0; i < 5; i++)
        if (strcmp(name, classes[i]) == 0)
            return i;
    return -1;
}

static int by_rank(const void *a, const void *b, int (*rank)(const char *))
{
    const char *const *x = a, *const *y = b;
    return rank(*x) - rank(*y);
}

static int by_letters(const void *a, const void *b)
{
    return by_rank(a, b, letters);
}

static int by_loan_class(const void *a, const void *b)
{
    return by_rank(a, b, loan_class);
}

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Runs of digits at both: by their length without zeros, then digit by digit.
 */
static int compare_digits(const char **x, const char **y)
{
    size_t n = 0, m = 0;
    while (**x == '0')
        ++*x;
    while (**y == '0')
        ++*y;
    while (is_digit((*x)[n]))
        n++;
    while (is_digit((*y)[m]))
        m++;
    int order = n != m ? (n > m) - (n < m) : memcmp(*x, *y, n);
    *x += n;
    *y += m;
    return order;
}

static int by_text(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    const char *p = x, *q = y;
    while (*p != '\0' && *q != '\0') {
        int order = is_digit(*p) && is_digit(*q)
                        ? compare_digits(&p, &q)
                        : (unsigned char)*p++ - (unsigned char)*q++;
        if (order != 0)
            return order;
    }
    return *p != *q ? (*p != '\0') - (*q != '\0') : strcmp(x, y);
}

static int all(const char *const names[], size_t n, int (*rank)(const char *))
{
    for (size_t i = 0; i < n; i++)
        if (rank(names[i]) < 0)
            return 0;
    return 1;
}

void gradeorder_sort(const char *names[], size_t n)
{
    qsort(names, n, sizeof *names,
          all(names, n, letters)      ? by_letters
          : all(names, n, loan_class) ? by_loan_class
                                      : by_text);
}
