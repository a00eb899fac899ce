#define _XOPEN_SOURCE 700 /* mkdtemp, symlink */
#include "check.h"
#include "core/outfile.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static const char *in_folder(char out[PATH_MAX], const char *name)
{
    snprintf(out, PATH_MAX, "%s/%s", folder, name);
    return out;
}

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/kedan-outfile-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder); /* fails when a test left a file */
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void holds(const char *path, const char *text)
{
    char got[64] = {0};
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    got[fread(got, 1, sizeof got - 1, f)] = '\0';
    fclose(f);
    assert_string_equal(got, text);
}

static void a_file_appears_whole_when_it_is_kept(void **state)
{
    (void)state;
    OutFile file = {0};
    char path[PATH_MAX];
    in_folder(path, "new.csv");
    assert_int_equal(outfile_open(&file, path, NULL), OK);
    fputs("a,b\n", file.to);
    fflush(file.to);
    assert_int_equal(access(path, F_OK), -1); /* not yet */
    assert_int_equal(outfile_keep(&file, NULL), OK);
    holds(path, "a,b\n");
    outfile_drop(&file);
    holds(path, "a,b\n");
    unlink(path);
}

static void a_dropped_file_leaves_the_old_one_as_it_was(void **state)
{
    (void)state;
    OutFile file = {0};
    char path[PATH_MAX];
    write_file(in_folder(path, "old.csv"), "old\n");
    assert_int_equal(outfile_open(&file, path, NULL), OK);
    fputs("half of the n", file.to);
    outfile_drop(&file);
    holds(path, "old\n");
    assert_int_equal(outfile_open(&file, path, NULL), OK);
    fputs("new\n", file.to);
    assert_int_equal(outfile_keep(&file, NULL), OK);
    holds(path, "new\n");
    unlink(path);
}

static void a_link_stays_and_its_file_is_replaced(void **state)
{
    (void)state;
    OutFile file = {0};
    struct stat seen;
    char path[PATH_MAX], link[PATH_MAX];
    write_file(in_folder(path, "target"), "old\n");
    assert_int_equal(chmod(path, 0640), 0);
    assert_int_equal(symlink("target", in_folder(link, "link")), 0);
    assert_int_equal(outfile_open(&file, link, NULL), OK);
    fputs("new\n", file.to);
    assert_int_equal(outfile_keep(&file, NULL), OK);
    holds(path, "new\n");
    assert_int_equal(lstat(link, &seen), 0);
    assert_true(S_ISLNK(seen.st_mode));
    assert_int_equal(stat(path, &seen), 0);
    assert_int_equal(seen.st_mode & 0777, 0640);
    unlink(link);
    unlink(path);
}

static void a_device_is_written_as_it_is(void **state)
{
    (void)state;
    OutFile file = {0};
    struct stat seen;
    assert_int_equal(outfile_open(&file, "/dev/null", NULL), OK);
    fputs("gone\n", file.to);
    assert_int_equal(outfile_keep(&file, NULL), OK);
    assert_int_equal(stat("/dev/null", &seen), 0);
    assert_true(S_ISCHR(seen.st_mode));
}

static void what_cannot_be_written_is_an_error_with_its_reason(void **state)
{
    (void)state;
    OutFile file = {0};
    Err err = {0};
    char path[PATH_MAX], long_name[PATH_MAX + 8];
    assert_int_equal(outfile_open(&file, "/nowhere/x.csv", &err), ERR_IO);
    assert_string_equal(
        err.text, "cannot write '/nowhere/x.csv': No such file or directory");
    assert_int_equal(outfile_open(&file, folder, NULL), ERR_IO);
    memset(long_name, 'x', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    assert_int_equal(outfile_open(&file, long_name, NULL), ERR_IO);
    assert_int_equal(outfile_open(&file, "/dev/full", NULL), OK);
    fputs("more than the disk holds\n", file.to);
    err = (Err){0};
    assert_int_equal(outfile_keep(&file, &err), ERR_IO);
    assert_string_equal(err.text,
                        "cannot write '/dev/full': No space left on device");
    /* the folder goes while the file is written */
    assert_int_equal(outfile_open(&file, in_folder(path, "late"), NULL), OK);
    unlink(file.beside);
    assert_int_equal(outfile_keep(&file, NULL), ERR_IO);
    assert_int_equal(access(path, F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_appears_whole_when_it_is_kept),
        cmocka_unit_test(a_dropped_file_leaves_the_old_one_as_it_was),
        cmocka_unit_test(a_link_stays_and_its_file_is_replaced),
        cmocka_unit_test(a_device_is_written_as_it_is),
        cmocka_unit_test(what_cannot_be_written_is_an_error_with_its_reason),
    };
    return cmocka_run_group_tests_name(__FILE__, tests, make_folder,
                                       remove_folder);
}
