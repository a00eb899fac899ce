#include "subsidy/outlook.h"

#include "core/text.h"

#include <math.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* What a group of the file may hold, beside source and confidence. */
static const struct {
    const char *group, *keys[3];
    Label label;
} groups[] = {
    {"count", {"model", "by", "dispersion"}, {"合同数量", "number"}},
    {"growth", {"mean", "sd"}, {"数量增长", "growth of the number"}},
    {"prices", {"mean", "sd"}, {"金额增长", "growth of values"}},
    {"response", {"elasticity", "sd"}, {"企业反应", "response of firms"}},
    {"gaming", {"share", "within"}, {"跨档行为", "gaming at steps"}},
    {"value", {"model", "tail_from"}, {"合同金额", "values"}},
};

enum { GROUPS = COUNT_OF(groups) };

typedef struct {
    Outlook *out;
    Tables *tables;
    DocReader r;
} Reading;

static void say(Reading *in, const Doc *d, const char *key, const char *problem,
                const char *way_out)
{
    const Doc *at = doc_get(d, key);
    doc_fault(at != NULL ? at : d, 0, problem, way_out, &in->r);
}

/* The place of a text among words[n]; -1 after a fault. */
static int read_word(Reading *in, const Doc *d, const char *key,
                     const char *const words[], size_t n, const char *way_out)
{
    const char *text = words[0];
    if (!doc_text(&text, d, key, 1, &in->r))
        return -1;
    for (size_t i = 0; i < n; i++)
        if (strcmp(words[i], text) == 0)
            return (int)i;
    say(in, d, key, tr("no such word"), way_out);
    return -1;
}

static void read_count(Reading *in, const Doc *d)
{
    static const char *const models[] = {"poisson", "negative_binomial", "fit"};
    static const char *const bys[] = {"whole", "county"};
    double dispersion = 0;
    int model = read_word(in, d, "model", models, COUNT_OF(models),
                          tr("write poisson, negative_binomial or fit"));
    int by =
        read_word(in, d, "by", bys, 2, tr("write \"whole\" or \"county\""));
    int given = doc_get(d, "dispersion") != NULL;
    if (given && !doc_real(&dispersion, d, "dispersion", 0, &in->r))
        return;
    if (model >= 0 && given != (model == 1))
        say(in, d, "dispersion",
            tr("a dispersion belongs to \"negative_binomial\", and to it "
               "alone"),
            tr("0.02 makes the yearly number vary by a seventh beyond chance"));
    else if (given && !(dispersion >= 0.002 && dispersion <= 2))
        say(in, d, "dispersion", tr("not between 0.002 and 2"), NULL);
    in->out->by_county = by == 1;
    in->out->is_counted = model == 2;
    in->out->dispersion = dispersion;
}

static double share_of(Ratio r)
{
    return (double)r.billionths / (double)RATIO_ONE;
}

/* "8%" with a spread; what is drawn stays above `least`. */
static void read_growth(Reading *in, Belief *out, const Doc *d)
{
    Ratio mean = {0}, sd = {0};
    if (!doc_ratio(&mean, d, "mean", 0, &in->r) ||
        !doc_ratio(&sd, d, "sd", 1, &in->r))
        return;
    if (share_of(mean) <= -0.9 || share_of(mean) > 9)
        say(in, d, "mean",
            tr("not between -0.9 and 9 (a share of last year's)"), NULL);
    else if (sd.billionths < 0 || share_of(sd) * 4 > 1 + share_of(mean))
        say(in, d, "sd", tr("the spread is negative or reaches zero contracts"),
            tr("four of it must stay below 1 and the mean"));
    *out = (Belief){share_of(mean), share_of(sd)};
}

static void read_response(Reading *in, const Doc *d)
{
    Belief b = {0};
    if (!doc_real(&b.mean, d, "elasticity", 0, &in->r) ||
        !doc_real(&b.sd, d, "sd", 1, &in->r))
        return;
    if (!(b.mean >= 0 && b.mean <= 5))
        say(in, d, "elasticity", tr("not between 0 and 5"),
            tr("1 means: a tenth less to pay brings a tenth more contracts"));
    else if (!(b.sd >= 0 && b.sd <= 2))
        say(in, d, "sd", tr("not between 0 and 2"), NULL);
    in->out->response = b;
}

static void read_gaming(Reading *in, const Doc *d)
{
    const char *text;
    Ratio share = {0}, within = {0};
    in->out->has_gaming = 1;
    if (!doc_text(&text, d, "share", 0, &in->r))
        return;
    in->out->gaming_is_seen = strcmp(text, "seen") == 0;
    if (!in->out->gaming_is_seen && doc_ratio(&share, d, "share", 0, &in->r) &&
        ratio_check_share(share) != NULL)
        say(in, d, "share", tr("not a share between 0 and 1"),
            tr("write \"seen\" to take it from the contracts"));
    if (doc_ratio(&within, d, "within", 0, &in->r) &&
        (within.billionths <= 0 || within.billionths > RATIO_ONE / 2))
        say(in, d, "within", tr("not above 0, or beyond half of the step"),
            NULL);
    in->out->gaming = share_of(share);
    in->out->within = within.billionths;
}

static void read_value(Reading *in, const Doc *d)
{
    static const char *const words[] = {
#define X(name, word) word,
        OUTLOOK_VALUES(X)
#undef X
    };
    Money from = {0};
    int model = read_word(
        in, d, "model", words, COUNT_OF(words),
        tr("write resample, fit, lognormal, gamma, weibull or pareto"));
    if (doc_money(&from, d, "tail_from", 1, &in->r) && from.fen < 0)
        say(in, d, "tail_from", tr("an amount below 0"), NULL);
    in->out->value = model > 0 ? (OutlookValue)model : VALUE_RESAMPLE;
    in->out->tail_from = from.fen;
}

static void read_group(Reading *in, size_t g, const Doc *d)
{
    const char *names[5] = {"source", "confidence"}, *text;
    size_t n = 2;
    for (size_t k = 0; k < 3 && groups[g].keys[k] != NULL; k++)
        names[n++] = groups[g].keys[k];
    if (d->kind != DOC_GROUP) {
        doc_fault(d, 0, tr("not a group { ... }"), NULL, &in->r);
        return;
    }
    doc_only(d, names, n, &in->r);
    (void)doc_text(&text, d, "source", 0, &in->r);
    (void)doc_confidence(&text, d, 0, &in->r);
    switch (g) {
    case 0:
        read_count(in, d);
        break;
    case 1:
        read_growth(in, &in->out->growth, d);
        break;
    case 2:
        read_growth(in, &in->out->prices, d);
        break;
    case 3:
        read_response(in, d);
        break;
    case 4:
        read_gaming(in, d);
        break;
    default:
        read_value(in, d);
    }
}

/* A key or a word of the file in Chinese; itself when it is neither. */
static const char *in_chinese(const char *word)
{
    static const char *const words[][2] = {{"model", "模型"},
                                           {"by", "分组"},
                                           {"dispersion", "离散度"},
                                           {"mean", "均值"},
                                           {"sd", "标准差"},
                                           {"elasticity", "弹性"},
                                           {"share", "比例"},
                                           {"within", "范围"},
                                           {"tail_from", "尾部自"},
                                           {"poisson", "泊松"},
                                           {"negative_binomial", "负二项"},
                                           {"county", "县区"},
                                           {"fit", "拟合"},
                                           {"lognormal", "对数正态"},
                                           {"gamma", "伽马"},
                                           {"weibull", "韦布尔"},
                                           {"pareto", "广义帕累托"},
                                           {"resample", "重抽样"},
                                           {"whole", "合计"},
                                           {"seen", "按实际"}};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (strcmp(words[i][0], word) == 0)
            return words[i][1];
    return word;
}

/* "mean 8%, sd 5%" as the file has it, or "均值 8%，标准差 5%". */
static const char *said(Arena *arena, size_t g, const Doc *d, int chinese)
{
    const char *text = "";
    for (size_t k = 0; k < 3 && groups[g].keys[k] != NULL && text; k++) {
        const char *key = groups[g].keys[k];
        const Doc *at = doc_get(d, key);
        if (at == NULL || at->text == NULL)
            continue;
        const char *gap = *text == '\0' ? "" : chinese ? "，" : ", ";
        text = text_format(arena, "%s%s%s %s", text, gap,
                           chinese ? in_chinese(key) : key,
                           chinese ? in_chinese(at->text) : at->text);
    }
    return text;
}

static const char *text_at(const Doc *d, const char *name)
{
    const Doc *at = doc_get(d, name);
    return at != NULL ? at->text : NULL;
}

/* What the file states, as a table of the results. */
static ErrCode put_stated(Reading *in, const Doc *outlook, Err *err)
{
    ErrCode rc = OK;
    Table *t;
    Column *name, *name_zh, *value, *value_zh, *source, *confidence;
    size_t rows = 0;
    for (size_t g = 0; g < GROUPS; g++)
        rows += doc_get(outlook, groups[g].group) != NULL;
    TRY(table_new(&t, in->tables, "subsidy_outlook", rows, err));
    t->title = (Label){"对明年的假设", "What is believed of next year"};
    TRY(table_add_labelled(&name, t, "name", TYPE_TEXT, "",
                           (Label){"假设", "belief"}, err));
    TRY(table_add_labelled(&name_zh, t, "name_zh", TYPE_TEXT, "",
                           (Label){"假设", "belief"}, err));
    TRY(table_add_labelled(&value, t, "value", TYPE_TEXT, "",
                           (Label){"取值", "value"}, err));
    TRY(table_add_labelled(&value_zh, t, "value_zh", TYPE_TEXT, "",
                           (Label){"取值", "value"}, err));
    TRY(table_add_labelled(&source, t, "source", TYPE_TEXT, "",
                           (Label){"来源", "source"}, err));
    TRY(table_add_labelled(&confidence, t, "confidence", TYPE_TEXT, "",
                           (Label){"可信度", "confidence"}, err));
    rows = 0;
    for (size_t g = 0; g < GROUPS; g++) {
        const Doc *d = doc_get(outlook, groups[g].group);
        if (d == NULL)
            continue;
        name->s[rows] = groups[g].label.en;
        name_zh->s[rows] = groups[g].label.zh;
        value->s[rows] = said(in->tables->arena, g, d, 0);
        value_zh->s[rows] = said(in->tables->arena, g, d, 1);
        source->s[rows] = text_at(d, "source");
        confidence->s[rows++] = text_at(d, "confidence");
    }
    in->out->stated = t;
done:
    return rc;
}

ErrCode outlook_read(Outlook *out, Tables *tables, const Doc *root,
                     Faults *faults, Err *err)
{
    static const char *const top[] = {"outlook"};
    const char *known[2 + GROUPS] = {"id", "title"}, *id;
    Label title;
    Outlook o = {0};
    Reading in = {&o, tables, {faults, err, 0}};
    const Doc *outlook = doc_get(root, "outlook");
    doc_only(root, top, 1, &in.r);
    if (outlook == NULL || outlook->kind != DOC_GROUP)
        doc_fault(root, 0, tr("no group 'outlook'"),
                  tr("write outlook = { id = \"...\"; ... };"), &in.r);
    else {
        for (size_t g = 0; g < GROUPS; g++)
            known[2 + g] = groups[g].group;
        doc_only(outlook, known, COUNT_OF(known), &in.r);
        (void)doc_text(&id, outlook, "id", 0, &in.r);
        (void)doc_label(&title, outlook, "title", 0, &in.r);
        for (size_t g = 0; g < GROUPS; g++)
            if (doc_get(outlook, groups[g].group) != NULL)
                read_group(&in, g, doc_get(outlook, groups[g].group));
    }
    ErrCode rc = faults_end(faults, ERR_RULE, root->file, err);
    if (rc == OK)
        rc = put_stated(&in, outlook, err);
    if (rc == OK)
        *out = o;
    return rc;
}
