#include "flow/provenance.h"

#include "core/text.h"

#include <string.h>

/* What a file was read as, for people. */
static const char *role_zh(const char *role)
{
    static const char *const words[][2] = {{"contracts", "合同表"},
                                           {"rules", "规则"},
                                           {"value-rules", "估值规则"},
                                           {"scenario", "方案"},
                                           {"applications", "申请表"},
                                           {"ip-rights", "知识产权表"},
                                           {"portfolio", "贷款组合"},
                                           {"factors", "因子模型"},
                                           {"scheme", "分担方案"},
                                           {"outlook", "展望"},
                                           {"outcomes", "结果表"},
                                           {"history", "历史表"},
                                           {"map", "列对照"},
                                           {"ip-map", "知识产权列对照"},
                                           {"history-map", "历史列对照"},
                                           {"correlations", "相关系数"},
                                           {"guarantor", "担保公司账目"},
                                           {"stresses", "压力情景"},
                                           {"weights", "权重规则"},
                                           {"data", "数据表"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], role) == 0)
            return words[i][1];
    return role;
}

static int is_listed(const LedgerFile files[], size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(files[k].role, files[i].role) == 0 &&
            memcmp(&files[k].source.hash, &files[i].source.hash,
                   sizeof(Hash)) == 0)
            return 1;
    return 0;
}

static const char *hex(Texts *texts, const Hash *hash)
{
    static const char digits[] = "0123456789abcdef";
    char text[2 * HASH_SIZE];
    for (size_t i = 0; i < HASH_SIZE; i++) {
        text[2 * i] = digits[hash->byte[i] >> 4];
        text[2 * i + 1] = digits[hash->byte[i] & 15];
    }
    return texts_put(texts, text, sizeof text);
}

ErrCode provenance_table(Table **out, Tables *tables, const LedgerFile files[],
                         size_t n, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *role, *zh, *file, *bytes, *hash;
    size_t rows = 0, row = 0;
    for (size_t i = 0; i < n; i++)
        rows += !is_listed(files, i);
    TRY(table_new(&t, tables, "run_files", rows, err));
    t->title = (Label){"所用文件", "Files that were read"};
    TRY(table_add(&role, t, "role", TYPE_TEXT, "", err));
    TRY(table_add(&zh, t, "role_zh", TYPE_TEXT, "", err));
    TRY(table_add(&file, t, "file", TYPE_TEXT, "", err));
    TRY(table_add(&bytes, t, "bytes", TYPE_COUNT, "", err));
    TRY(table_add(&hash, t, "sha256", TYPE_TEXT, "", err));
    role->label = (Label){"用途", "role"};
    file->label = (Label){"文件", "file"};
    bytes->label = (Label){"字节数", "bytes"};
    for (size_t i = 0; i < n; i++) {
        if (is_listed(files, i))
            continue;
        role->s[row] =
            texts_put(tables->texts, files[i].role, strlen(files[i].role));
        zh->s[row] = role_zh(files[i].role);
        file->s[row] = texts_put(tables->texts, files[i].source.name,
                                 strlen(files[i].source.name));
        bytes->i[row] = (int64_t)files[i].source.n;
        hash->s[row] = hex(tables->texts, &files[i].source.hash);
        row++;
    }
    *out = t;
done:
    return rc;
}
