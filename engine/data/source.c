#include "data/source.h"

#include "core/text.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Bytes to make room for at first: a file's size where it is known. */
static size_t first_room(FILE *f)
{
    struct stat s;
    if (fstat(fileno(f), &s) == 0 && s.st_size > 0)
        return (size_t)s.st_size;
    return 1 << 16;
}

/* Read all of `f`; 0 when out of memory. */
static int read_all(char **bytes, size_t *n, Arena *arena, FILE *f)
{
    size_t room = first_room(f);
    char *b = arena_alloc(arena, room + 1, 1);
    size_t used = 0;
    while (b != NULL) {
        used += fread(b + used, 1, room - used, f);
        int c = used < room ? EOF : getc(f); /* is there more? */
        if (c == EOF)
            break;
        char *more =
            room > SIZE_MAX / 4 ? NULL : arena_alloc(arena, room * 2 + 1, 1);
        if (more != NULL) {
            memcpy(more, b, used);
            more[used++] = (char)c;
        }
        b = more;
        room *= 2;
    }
    *bytes = b;
    *n = used;
    return b != NULL;
}

ErrCode source_load(Source *out, Arena *arena, const char *path, Err *err)
{
    ErrCode rc = OK;
    char *bytes = NULL;
    size_t n = 0;
    errno = 0;
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return FAIL(err, ERR_IO, "%s: %s", path, strerror(errno));
    const char *name = text_copy(arena, path, strlen(path));
    if (name == NULL || !read_all(&bytes, &n, arena, f)) {
        rc = FAIL(err, ERR_MEMORY, "%s: no memory for its bytes", path);
        goto done;
    }
    if (ferror(f)) { /* a folder opens, but does not read */
        rc = FAIL(err, ERR_IO, "%s: %s", path, strerror(errno));
        goto done;
    }
    *out = (Source){.name = name, .bytes = bytes, .n = n};
done:
    fclose(f);
    return rc;
}

ErrCode source_hash(Hash *out, const Source *source, Err *err)
{
    ErrCode rc = OK;
    Hasher *hasher = NULL;
    TRY(hash_new(&hasher, err));
    hash_start(hasher);
    hash_add(hasher, source->bytes, source->n);
    TRY(hash_end(out, hasher, err));
done:
    hash_free(hasher);
    return rc;
}

ErrCode source_read(Source *out, Arena *arena, const char *path, Err *err)
{
    ErrCode rc = OK;
    Source s;
    TRY(source_load(&s, arena, path, err));
    TRY(source_hash(&s.hash, &s, err));
    *out = s;
done:
    return rc;
}

ErrCode source_of(Source *out, const char *name, const char *bytes, size_t n,
                  Err *err)
{
    Source s = {.name = name, .bytes = bytes, .n = n};
    ErrCode rc = source_hash(&s.hash, &s, err);
    if (rc == OK)
        *out = s;
    return rc;
}

void source_forget(const Source *s)
{
    struct stat now;
    if (stat(s->name, &now) == 0 && S_ISREG(now.st_mode) &&
        (size_t)now.st_size == s->n)
        arena_forget((void *)(uintptr_t)s->bytes, s->n, 1);
}

ErrCode source_recall(const Source *s, Err *err)
{
    ErrCode rc = OK;
    errno = 0;
    FILE *f = fopen(s->name, "rb");
    if (f == NULL)
        return FAIL(err, ERR_IO, "%s: %s", s->name, strerror(errno));
    if (fread((char *)(uintptr_t)s->bytes, 1, s->n, f) != s->n)
        rc = FAIL(err, ERR_IO, "%.*s: changed while it was read",
                  TEXT_SHORT(s->name));
    fclose(f);
    return rc;
}
