#include "policy/known.h"

#include "core/text.h"
#include "core/tr.h"
#include "policy/inside.h"

#include <string.h>

static const Program *program_on(const Policy *p, Date day)
{
    const Era *era = inside_era(p, day);
    return era == NULL ? NULL : era->program;
}

/* The type of the column of that name on a day; 0 when there is none. */
static int known_column(FieldType *out, const Policy *p, Date day,
                        const char *name)
{
    const Program *program = program_on(p, day);
    for (size_t i = 0; program != NULL && i < program->n_outputs; i++)
        if (strcmp(program->outputs[i].name, name) == 0) {
            *out = program->outputs[i].type;
            return 1;
        }
    for (size_t i = 0; program != NULL && i < program->scope.n; i++) {
        const Symbol *s = program->scope.items[i];
        if (s->kind == SYMBOL_INPUT && strcmp(s->name, name) == 0) {
            *out = unit_field(s->unit);
            return 1;
        }
    }
    Field field = field_named(name, strlen(name));
    if (field == FIELD_COUNT || strcmp(field_info(field)->name, name) != 0)
        return 0;
    *out = field_info(field)->type;
    return 1;
}

/* Among all columns of the type. */
static const char *nearest(const Policy *p, Date day, const char *name,
                           FieldType type, Arena *arena)
{
    const Program *program = program_on(p, day);
    size_t n = 0, most = program == NULL ? 0 : program->scope.n;
    const char **names = arena_alloc(arena, most + FIELD_COUNT, sizeof *names);
    if (names == NULL)
        return NULL;
    for (size_t i = 0; i < most; i++)
        if (unit_field(program->scope.items[i]->unit) == type)
            names[n++] = program->scope.items[i]->name;
    for (int i = 0; i < FIELD_COUNT; i++)
        if (field_info((Field)i)->type == type)
            names[n++] = field_info((Field)i)->name;
    return text_nearest(name, names, n);
}

/* Does a rule make it, for itself? */
static int is_hidden(const Policy *p, Date day, const char *name)
{
    const Program *program = program_on(p, day);
    for (size_t i = 0; program != NULL && i < program->scope.n; i++)
        if (program->scope.items[i]->kind == SYMBOL_VALUE &&
            strcmp(program->scope.items[i]->name, name) == 0)
            return 1;
    return 0;
}

const Unknown *known_check(const Policy *p, Date day, const char *name,
                           FieldType type, Arena *arena)
{
    FieldType found;
    Unknown *u = arena_alloc(arena, 1, sizeof *u);
    int is_there = known_column(&found, p, day, name);
    if (u == NULL || (is_there && found == type))
        return NULL;
    const char *near = nearest(p, day, name, type, arena);
    u->problem =
        is_there
            ? text_format(arena, tr("'%.*s' is a column of type %s, not %s"),
                          TEXT_SHORT(name), type_name(found), type_name(type))
            : text_format(arena, tr("'%.*s' is not a column"),
                          TEXT_SHORT(name));
    if (!is_there && is_hidden(p, day, name))
        u->way_out = tr("add it to `outputs`");
    else if (near != NULL && strcmp(near, name) != 0)
        u->way_out = text_format(arena, tr("did you mean '%s'?"), near);
    else
        u->way_out = text_format(
            arena,
            is_there ? tr("name a column of type %s")
                     : tr("name it in `inputs`, with type = \"%s\""),
            type_name(type));
    return u;
}
