#include "policy/moment.h"

#include "core/date.h"
#include "core/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Boxed part_of_date(const Boxed *of, const char *name)
{
    Date day = {(int32_t)of->days};
    DateParts d = date_parts(day);
    if (strcmp(name, "year") == 0)
        return boxed_int(d.year);
    if (strcmp(name, "month") == 0)
        return boxed_int(d.month);
    if (strcmp(name, "day") == 0)
        return boxed_int(d.day);
    if (strcmp(name, "weekday") == 0) /* 1970-01-01 was a Thursday */
        return boxed_int(1 + ((of->days + 3) % 7 + 7) % 7);
    return boxed_null;
}

static Boxed part_of_time(const Boxed *of, const char *name)
{
    Number floor = number_round(of->number, number_int(1), ROUND_FLOOR);
    int64_t s = number_whole(floor, 1);
    if (strcmp(name, "hour") == 0)
        return boxed_int(s / 3600);
    if (strcmp(name, "minute") == 0)
        return boxed_int(s / 60 % 60);
    if (strcmp(name, "second") == 0)
        return boxed_int(s % 60);
    if (strcmp(name, "time offset") == 0 && of->has_offset)
        return (Boxed){.kind = BOX_SECONDS, .number = number_int(of->offset)};
    return boxed_null;
}

/* A duration's parts carry its sign. */
static Boxed part_of_duration(const Boxed *of, const char *name)
{
    static const struct {
        const char *name;
        BoxKind kind;
        int64_t unit, wrap;
    } parts[] = {
        {"years", BOX_MONTHS, 12, 0},     {"months", BOX_MONTHS, 1, 12},
        {"days", BOX_SECONDS, 86400, 0},  {"hours", BOX_SECONDS, 3600, 24},
        {"minutes", BOX_SECONDS, 60, 60}, {"seconds", BOX_SECONDS, 1, 60},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].kind != of->kind || strcmp(parts[i].name, name) != 0)
            continue;
        Number down = number_round(of->number, number_int(1), ROUND_DOWN);
        int64_t v = number_whole(down, 1) / parts[i].unit;
        return boxed_int(parts[i].wrap > 0 ? v % parts[i].wrap : v);
    }
    return boxed_null;
}

Boxed moment_part(Arena *arena, const Boxed *of, const char *name)
{
    (void)arena;
    Boxed out = boxed_null;
    if (of->kind == BOX_DATE || of->kind == BOX_MOMENT)
        out = part_of_date(of, name);
    if (out.kind == BOX_NULL &&
        (of->kind == BOX_TIME || of->kind == BOX_MOMENT))
        out = part_of_time(of, name);
    if (of->kind == BOX_SECONDS || of->kind == BOX_MONTHS)
        out = part_of_duration(of, name);
    return out;
}

/* "05", "05.25" */
static const char *show_seconds(Arena *arena, Number s, int width)
{
    char text[NUMBER_TEXT];
    number_format(text, s);
    size_t whole = strcspn(text, ".");
    return text_format(arena, "%s%s", width == 2 && whole == 1 ? "0" : "",
                       text);
}

static const char *show_time(Arena *arena, const Boxed *of)
{
    Number floor = number_round(of->number, number_int(1), ROUND_FLOOR);
    int64_t s = number_whole(floor, 1);
    Number rest = number_subtract(of->number, number_int(s - s % 60));
    const char *seconds = show_seconds(arena, rest, 2);
    if (seconds == NULL)
        return NULL;
    char zone[16] = "";
    int off = abs(of->offset);
    if (of->has_offset && off == 0)
        memcpy(zone, "Z", 2);
    else if (of->has_offset)
        snprintf(zone, sizeof zone, "%c%02d:%02d", of->offset < 0 ? '-' : '+',
                 off / 3600, off / 60 % 60);
    return text_format(arena, "%02d:%02d:%s%s", (int)(s / 3600),
                       (int)(s / 60 % 60), seconds, zone);
}

static const char *show_months(Arena *arena, const Boxed *of)
{
    long long m = (long long)number_whole(of->number, 1);
    const char *sign = m < 0 ? "-" : "";
    m = m < 0 ? -m : m;
    if (m % 12 == 0 && m > 0)
        return text_format(arena, "%sP%lldY", sign, m / 12);
    if (m < 12)
        return text_format(arena, "%sP%lldM", sign, m);
    return text_format(arena, "%sP%lldY%lldM", sign, m / 12, m % 12);
}

static const char *show_duration(Arena *arena, const Boxed *of)
{
    Number size = number_abs(of->number);
    long long s = (long long)number_whole(
        number_round(size, number_int(1), ROUND_FLOOR), 1);
    const char *sign = number_compare(of->number, number_int(0)) < 0 ? "-" : "";
    Number rest = number_subtract(size, number_int(s - s % 60));
    char days[40] = "", hours[16] = "", minutes[16] = "", seconds[64] = "";
    if (s >= 86400)
        snprintf(days, sizeof days, "%lldD", s / 86400);
    if (s / 3600 % 24 > 0)
        snprintf(hours, sizeof hours, "%lldH", s / 3600 % 24);
    if (s / 60 % 60 > 0)
        snprintf(minutes, sizeof minutes, "%lldM", s / 60 % 60);
    if (number_compare(rest, number_int(0)) > 0) {
        const char *text = show_seconds(arena, rest, 1);
        snprintf(seconds, sizeof seconds, "%sS", text == NULL ? "" : text);
    }
    int has_time = hours[0] || minutes[0] || seconds[0];
    if (!has_time && !days[0])
        return "PT0S";
    return text_format(arena, "%sP%s%s%s%s%s", sign, days, has_time ? "T" : "",
                       hours, minutes, seconds);
}

const char *moment_show(Arena *arena, const Boxed *of)
{
    char day[DATE_TEXT];
    if (of->kind == BOX_MONTHS)
        return show_months(arena, of);
    if (of->kind == BOX_SECONDS)
        return show_duration(arena, of);
    if (of->kind == BOX_TIME)
        return show_time(arena, of);
    date_format(day, (Date){(int32_t)of->days});
    if (of->kind == BOX_DATE)
        return text_copy(arena, day, strlen(day));
    const char *time = show_time(arena, of);
    return time == NULL ? NULL : text_format(arena, "%sT%s", day, time);
}
