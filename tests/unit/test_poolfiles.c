#include "check.h"

#include "book.h"

/* What is wrong with factor models, schemes and portfolios, said in full. */

/* The first line that faults_print() writes. */
static const char *first_fault(const Case *c)
{
    static char line[512];
    FILE *f = tmpfile();
    assert_non_null(f);
    faults_print(c->faults, f);
    rewind(f);
    if (fgets(line, sizeof line, f) == NULL)
        *line = '\0';
    line[strcspn(line, "\n")] = '\0';
    fclose(f);
    return line;
}

#define GROUPS                                                                 \
    " groups = ( { industry = \"C26\"; asset_correlation = \"0.12\"; } ); "

static const struct {
    const char *text, *fault;
} factors[] = {
    {"x = 1;", "factors.cfg:1: factors = { ... } is missing"},
    {"factors = { copula = \"clayton\";" GROUPS "};",
     "factors.cfg:1:23: this copula is not known; write \"gaussian\" or "
     "\"t\""},
    {"factors = { copula = \"t\"; degrees_of_freedom = \"4\";" GROUPS "};",
     "factors.cfg:1:11: the t copula does not say how long w stands; write w "
     "= \"path\" (one for all years of a scenario) or w = \"year\""},
    {"factors = { copula = \"t\"; w = \"month\"; degrees_of_freedom = "
     "\"4\";" GROUPS "};",
     "factors.cfg:1:32: w is neither \"path\" nor \"year\""},
    {"factors = { copula = \"t\"; w = \"path\";" GROUPS "};",
     "factors.cfg:1:50: the t copula's degrees of freedom are missing; write "
     "degrees_of_freedom = \"4\" here or for all groups"},
    {"factors = { copula = \"t\"; w = \"path\"; degrees_of_freedom = "
     "\"0.5\";" GROUPS "};",
     "factors.cfg:1:61: degrees of freedom are from 1 to 1000"},
    {"factors = { w = \"path\";" GROUPS "};",
     "factors.cfg:1:18: only the t copula has a mixing variable; leave it out, "
     "or write copula = \"t\""},
    {"factors = { degrees_of_freedom = \"4\";" GROUPS "};",
     "factors.cfg:1:35: only the t copula has degrees of freedom; leave it "
     "out, or write copula = \"t\""},
    {"factors = { timing = \"intensity\";" GROUPS "};",
     "factors.cfg:1:23: this timing is not known; write \"hazard\" or "
     "\"copula_time\""},
    {"factors = { timing = \"copula_time\"; autoregression = \"0.5\";" GROUPS
     "};",
     "factors.cfg:1:55: with copula_time one factor stands for all years; "
     "leave it out, or write timing = \"hazard\""},
    {"factors = { timing = \"copula_time\"; copula = \"t\"; w = \"year\"; "
     "degrees_of_freedom = \"4\";" GROUPS "};",
     "factors.cfg:1:56: with copula_time one w stands for all years; write w "
     "= \"path\""},
    {"factors = { correlation_file = \"a.csv\"; correlation = \"0.4\";" GROUPS
     "};",
     "factors.cfg:1:56: correlations stand in a file already; leave one of "
     "them out"},
    {"factors = { correlation_file = \"a.csv\"; nearest = \"1\";" GROUPS "};",
     "factors.cfg:1:52: nearest is neither \"yes\" nor \"no\""},
    {"factors = { correlation = \"1.2\";" GROUPS "};",
     "factors.cfg:1:28: a correlation between groups is in [0, 1]"},
    {"factors = { autoregression = \"1\";" GROUPS "};",
     "factors.cfg:1:31: an autoregression is between -1 and 1"},
    {"factors = { correlation = \"0.4\"; };",
     "factors.cfg:1:11: groups = ( { ... } ) with at least one group is "
     "missing"},
    {"factors = { groups = ( \"C26\" ); };",
     "factors.cfg:1:25: a group of factors is not { ... }"},
    {"factors = { groups = ( { asset_correlation = \"0.1\"; }, { industry = "
     "\"C26\"; asset_correlation = \"0.2\"; } ); };",
     "factors.cfg:1:11: the correlation between groups is missing; write "
     "correlation = \"0.4\"; \"0\" means independent"},
    {"factors = { groups = ( { asset_correlation = \"1\"; } ); };",
     "factors.cfg:1:47: an asset correlation is at least 0 and below 1"},
    {"factors = { groups = ( { asset_correlation = \"0.1\"; lgd_loading = "
     "\"1\"; } ); };",
     "factors.cfg:1:68: an lgd_loading is at least 0 and below 1"},
    {"factors = { lgd_basis = \"downturn\";" GROUPS "};",
     "factors.cfg:1:26: lgd_basis is neither \"default\" nor "
     "\"unconditional\""},
    {"factors = { lgd = \"145%\";" GROUPS "};",
     "factors.cfg:1:20: an lgd is in [0%, 100%]"},
    {"factors = { grades = \"BB\";" GROUPS "};",
     "factors.cfg:1:23: grades is not a list; write grades = ( { grade = "
     "\"BB\"; pd = \"2%\"; } )"},
    {"factors = { grades = ( \"BB\" );" GROUPS "};",
     "factors.cfg:1:25: a grade is not { ... }; write { grade = \"BB\"; pd = "
     "\"2%\"; }"},
    {"factors = { grades = ( { grade = \"BB\"; pd = \"200%\"; } );" GROUPS "};",
     "factors.cfg:1:46: a pd is in [0%, 100%]"},
    {"factors = { grades = ( { grade = \"B\"; pd = \"2%\"; },\n{ grade = "
     "\"B\"; "
     "pd = \"3%\"; } );" GROUPS "};",
     "factors.cfg:2:12: a grade is named twice"},
    {"factors = { correlation = \"0\"; groups = ( { industry = \"C26\"; "
     "asset_correlation = \"0.1\"; }, { industry = \"C26\"; asset_correlation "
     "= "
     "\"0.2\"; } ); };",
     "factors.cfg:1:93: a group above has the same columns and values"},
    {"factors = { groups = ( { industri = \"C26\"; asset_correlation = "
     "\"0.1\"; } ); };",
     "factors.cfg:1:26: 'industri' is not a name that is known here; did you "
     "mean 'industry'?"},
};

static void faults_of_factor_models(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(factors); i++) {
        Case c;
        case_open(&c);
        assert_int_equal(case_factors(&c, factors[i].text), ERR_RULE);
        assert_string_equal(first_fault(&c), factors[i].fault);
        case_close(&c);
    }
}

#define HEAD                                                                   \
    "scheme = { id = \"a\"; share_base = \"covered\"; parties = ( \"bank\", "  \
    "\"pool\" ); source = \"S1\";\n"
#define LAYERS                                                                 \
    "layers = ( { shares = ( { party = \"bank\"; share = \"1/3\"; }, { party " \
    "= \"pool\"; share = \"2/3\"; } ); } );\n"

#define BREAKERS "breakers = ( { by = \"bank\"; suspend = \"5%\"; } );\n"

static const struct {
    const char *text, *fault;
} schemes[] = {
    {"x = 1;", "scheme.cfg:1: scheme = { ... } is missing"},
    {"scheme = { id = \"a\"; parties = ( \"bank\" );\n"
     "layers = ( { shares = ( { party = \"bank\"; share = \"1\"; } ); } ); };",
     "scheme.cfg:1:10: 'share_base' is missing here"},
    {"scheme = { id = \"a\"; share_base = \"gross\"; parties = ( \"bank\" );\n"
     "layers = ( { shares = ( { party = \"bank\"; share = \"1\"; } ); } ); };",
     "scheme.cfg:1:36: share_base 'gross' is not known; write one of "
     "\"principal\", \"covered\""},
    {"scheme = { id = \"a\"; share_base = \"covered\"; };",
     "scheme.cfg:1:10: parties = ( \"...\", ... ) with 1 to 16 names is "
     "missing"},
    {"scheme = { id = \"a\"; share_base = \"covered\"; parties = ( \"total\" "
     ");\nlayers = ( { shares = ( { party = \"total\"; share = \"1\"; } ); } "
     "); };",
     "scheme.cfg:1:59: 'total' stands for all parties together; give this "
     "party another name"},
    {"scheme = { id = \"a\"; share_base = \"covered\"; parties = ( \"b\", "
     "\"b\" );\nlayers = ( { shares = ( { party = \"b\"; share = \"1\"; } ); "
     "} ); };",
     "scheme.cfg:1:64: a party is named twice"},
    {HEAD "layers = ( { shares = ( { party = \"bank\"; share = \"70%\"; },\n"
          "{ party = \"pool\"; share = \"40%\"; } ); } ); };",
     "scheme.cfg:2:23: the shares of this layer sum to 110%, not 100%"},
    {HEAD "layers = ( { shares = ( { party = \"bank\"; share = \"1/3\"; },\n"
          "{ party = \"pool\"; share = \"5/9\"; } ); } ); };",
     "scheme.cfg:2:23: the shares of this layer sum to 8/9 = 88.8889%, not "
     "100%"},
    {HEAD "layers = ( { shares = ( { party = \"bank\"; share = \"half\"; } ); "
          "} ); };",
     "scheme.cfg:2:52: 'half' is not a share; write \"3.5%\", \"0.6‰\", "
     "\"0.035\" or \"3/8\""},
    {HEAD "layers = ( { shares = ( { party = \"banc\"; share = \"1\"; } ); } "
          "); };",
     "scheme.cfg:2:36: 'banc' is not among the parties; did you mean 'bank'?"},
    {HEAD "layers = ( { shares = ( { party = \"bank\"; share = \"1/2\"; }, { "
          "party = \"bank\"; share = \"1/2\"; } ); } ); };",
     "scheme.cfg:2:61: 'bank' has two shares of this layer"},
    {HEAD "layers = ( { } ); };",
     "scheme.cfg:2:12: a layer has no shares; write shares = ( { party = "
     "\"...\"; share = \"...\"; } )"},
    {HEAD "};",
     "scheme.cfg:1:10: a scheme has no layers; write layers = ( { shares = ( "
     "... ); } )"},
    {HEAD "layers = ( { upto = \"3%\"; shares = ( { party = \"bank\"; share = "
          "\"1\"; } ); } ); };",
     "scheme.cfg:2:22: the last layer has an upper end, and nobody pays what "
     "is above; add a layer without 'upto'"},
    {HEAD "layers = ( { shares = ( { party = \"bank\"; share = \"1\"; } ); },\n"
          "{ shares = ( { party = \"bank\"; share = \"1\"; } ); } ); };",
     "scheme.cfg:2:12: only the last layer is without 'upto'"},
    {HEAD "layers = ( { upto = \"3%\"; shares = ( { party = \"bank\"; share = "
          "\"1\"; } ); },\n{ upto = \"3%\"; shares = ( { party = \"bank\"; "
          "share = \"1\"; } ); },\n{ shares = ( { party = \"bank\"; share = "
          "\"1\"; } ); } ); };",
     "scheme.cfg:3:11: the upper ends of layers do not rise"},
    {HEAD LAYERS "caps = ( { party = \"pool\"; rate = \"4%\"; overflow = "
                 "\"bank\"; },\n{ party = \"bank\"; rate = \"9%\"; overflow = "
                 "\"pool\"; } ); };",
     "scheme.cfg:3:8: what 'bank' cannot pay comes back to it; let the last "
     "one pay without a limit"},
    {HEAD LAYERS "caps = ( { party = \"pool\"; rate = \"4%\"; overflow = "
                 "\"pool\"; } ); };",
     "scheme.cfg:3:53: 'pool' overflows to itself"},
    {HEAD LAYERS "caps = ( { party = \"pool\"; rate = \"4%\"; } ); };",
     "scheme.cfg:3:10: 'overflow' is missing here"},
    {HEAD LAYERS "caps = ( { party = \"pool\"; rate = \"4%\"; overflow = "
                 "\"bank\"; denominator = \"realesed\"; } ); };",
     "scheme.cfg:3:75: denominator 'realesed' is not known; write "
     "\"released\""},
    {HEAD LAYERS "caps = ( { party = \"pool\"; rate = \"4%\"; overflow = "
                 "\"bank\"; period = \"month\"; } ); };",
     "scheme.cfg:3:70: period 'month' is not known; write one of \"year\", "
     "\"life\""},
    {HEAD LAYERS "caps = ( { party = \"pool\"; rate = \"4%\"; overflow = "
                 "\"bank\"; denominator = \"closing\"; } ); };",
     "scheme.cfg:3:75: denominator 'closing' is not known; write one of "
     "\"opening_balance\", \"opening_book\", \"in_force_opening\", "
     "\"in_force_average\", \"new_business\", \"released\", \"cohort\""},
    {HEAD LAYERS "balances = ( { party = \"pool\"; opening = \"-1\"; overflow "
                 "= \"bank\"; } ); };",
     "scheme.cfg:3:43: a balance is below 0"},
    {HEAD LAYERS "premium = { rate = \"1%\"; }; };",
     "scheme.cfg:3:11: 'party' is missing here"},
    {HEAD LAYERS "premium = ( { party = \"pool\"; rate = \"1%\"; },\n{ party = "
                 "\"pool\"; rate = \"1%\"; } ); };",
     "scheme.cfg:4:1: 'pool' has two premiums"},
    {HEAD LAYERS "premium = { party = \"pool\"; rate = \"1%\"; fee_share = "
                 "\"1\"; }; };",
     "scheme.cfg:3:55: a premium has a 'rate' or a 'fee_share'"},
    {HEAD LAYERS "premium = ( { party = \"pool\"; fee_share = \"70%\"; },\n{ "
                 "party = \"bank\"; fee_share = \"31%\"; } ); };",
     "scheme.cfg:3:11: the parts of the fees sum to more than 100%"},
    {HEAD LAYERS "premium = ( { party = \"pool\"; fee_share = "
                 "\"1/999999937\"; },\n{ party = \"bank\"; fee_share = "
                 "\"1/999999929\"; } ); };",
     "scheme.cfg:3:11: the parts of the fees are too fine"},
    {HEAD LAYERS "reserves = \"yes\"; };",
     "scheme.cfg:3:13: 'reserves' is not a group { ... }"},
    {HEAD LAYERS "reserves = { party = \"pool\"; unearned = \"50%\"; "
                 "compensation = \"11%\"; ceiling = \"10%\"; }; };",
     "scheme.cfg:3:64: 'compensation' is above 'ceiling'"},
    {HEAD LAYERS "opening = { reserves = { unearned = \"1\"; compensation = "
                 "\"1\"; }; }; };",
     "scheme.cfg:3:24: the opening has reserves, and the scheme has none; "
     "write "
     "reserves = { party; unearned; compensation; ceiling; }"},
    {HEAD LAYERS "leverage_limit = \"10\"; };",
     "scheme.cfg:3:19: 'leverage_limit' is not a group { ... }"},
    {HEAD LAYERS
     "leverage_limit = { party = \"pool\"; multiple = \"10\"; }; };",
     "scheme.cfg:3:18: 'net_assets' is missing here"},
    {HEAD LAYERS "leverage_limit = { party = \"pool\"; multiple = \"0\"; "
                 "net_assets = \"1.00\"; }; };",
     "scheme.cfg:3:48: a multiple is above 0; write 10, or leave "
     "leverage_limit out"},
    {HEAD LAYERS "leverage_limit = { party = \"pool\"; multiple = \"-2\"; "
                 "net_assets = \"1.00\"; }; };",
     "scheme.cfg:3:48: '-2' is not a share; write \"3.5%\", \"0.6‰\", "
     "\"0.035\" or \"3/8\""},
    {HEAD LAYERS "confidence = \"sure\"; };",
     "scheme.cfg:3:15: 'sure' is not a confidence; V seen, V2 second hand, D "
     "derived, M+, M or M- from memory, UNKNOWN"},
    {HEAD LAYERS "recovery = ( { after_months = 12; share = \"120%\"; } ); };",
     "scheme.cfg:3:12: the shares of recovery sum to more than 100%"},
    {HEAD LAYERS "recovery = ( { after_months = 12; share = \"0%\"; } ); };",
     "scheme.cfg:3:12: the shares of recovery are all 0; write lgd 1 for loans "
     "of which nothing comes back"},
    {HEAD LAYERS "claim_after_months = 400; };",
     "scheme.cfg:3:22: 'claim_after_months' is not between 0 and 131 months"},
    {HEAD LAYERS "cover = \"120%\"; };",
     "scheme.cfg:3:10: a cover is in [0%, 100%]"},
    {"scheme = { id = \"a\"; share_base = \"covered\"; cover = \"80%\"; "
     "parties = ( \"pool\" );\nlayers = ( { shares = ( { party = \"pool\"; "
     "share = \"1\"; } ); } ); };",
     "scheme.cfg:1:10: nobody bears the uncovered part; write uncovered = "
     "\"...\" with the party's name"},
    {HEAD LAYERS "breakers = ( { by = \"bank\"; warn = \"5%\"; } ); };",
     "scheme.cfg:3:14: 'suspend' is missing here"},
    {HEAD LAYERS "breakers = ( { by = \"bank\"; warn = \"9%\"; "
                 "suspend = \"8%\"; resume = \"5%\"; } ); };",
     "scheme.cfg:3:37: 'warn' is above 'suspend'"},
    {HEAD LAYERS "breakers = ( { by = \"bank\"; warn = \"8%\"; "
                 "suspend = \"8%\"; resume = \"9%\"; } ); };",
     "scheme.cfg:3:68: 'resume' is above 'suspend'"},
    {HEAD LAYERS "opening = { suspended = ( \"A\" ); }; };",
     "scheme.cfg:3:25: banks are suspended, and the scheme has no breakers; "
     "write it in the scheme that has breakers = ( { by = \"bank\"; suspend; "
     "resume; } ), or leave their new business out of the portfolio"},
    {HEAD LAYERS BREAKERS "opening = { suspended = \"A\"; }; };",
     "scheme.cfg:4:26: 'suspended' is not a list of banks; write suspended = "
     "( \"...\", ... )"},
    {HEAD LAYERS BREAKERS "opening = { suspended = ( \"A\", 7 ); }; };",
     "scheme.cfg:4:32: a bank is not a name in quotes"},
    {HEAD LAYERS BREAKERS "opening = { suspended = ( \"A\", \"A\" ); }; };",
     "scheme.cfg:4:33: a bank is named twice"},
    {HEAD LAYERS "opening = { defaulted = ( ); }; };",
     "scheme.cfg:3:25: defaults of banks are counted, and the scheme has no "
     "breakers; write it in the scheme that has breakers = ( { by = \"bank\"; "
     "suspend; resume; } )"},
    {HEAD LAYERS "breakers = ( { by = \"bank\"; suspend = \"5%\"; denominator "
                 "= \"cohort\"; } ); opening = { defaulted = ( ); }; };",
     "scheme.cfg:3:98: breakers of cohorts have no one amount of defaults"},
    {HEAD LAYERS BREAKERS
     "opening = { defaulted = ( { bank = \"A\"; amount = \"-1.00\"; } ); }; };",
     "scheme.cfg:4:51: 'amount' is below 0"},
    {HEAD LAYERS BREAKERS
     "opening = { defaulted = ( { amount = \"1.00\"; } ); }; };",
     "scheme.cfg:4:27: 'bank' is missing here"},
};

static void faults_of_schemes(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(schemes); i++) {
        Case c;
        case_open(&c);
        assert_int_equal(case_scheme(&c, schemes[i].text), ERR_RULE);
        assert_string_equal(first_fault(&c), schemes[i].fault);
        case_close(&c);
    }
}

/* A scheme is taken without its source, but not without a word. */
static void a_scheme_says_where_it_is_written(void **state)
{
    (void)state;
    Case c;
    case_open(&c);
    assert_int_equal(
        case_scheme(&c,
                    "scheme = { id = \"a\"; share_base = \"covered\";\n"
                    "parties = ( \"bank\" ); layers = ( { shares = ( { "
                    "party = \"bank\"; share = \"1\"; } ); } ); };"),
        OK);
    assert_int_equal(faults_warned(c.faults), 1);
    assert_string_equal(first_fault(&c),
                        "scheme.cfg:1:10: warning: the scheme does not say "
                        "where it is written; add source = \"...\"");
    case_close(&c);
    case_open(&c);
    assert_int_equal(case_scheme(&c, HEAD LAYERS "};"), OK);
    assert_int_equal(faults_warned(c.faults), 0);
    case_close(&c);
}

/* "1.6" for "1.6%" is taken, and told; the whole itself is not. */
static void a_rate_above_the_whole_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *warning;
    } rates[] = {
        {HEAD LAYERS "caps = ( { party = \"pool\"; rate = \"1.6\"; overflow = "
                     "\"bank\"; } ); };",
         "scheme.cfg:3:36: warning: 'rate' is more than 100%; parts of 100 are "
         "written \"1.6%\""},
        {HEAD LAYERS "premium = { party = \"pool\"; rate = \"101%\"; }; };",
         "scheme.cfg:3:37: warning: 'rate' is more than 100%; parts of 100 are "
         "written \"1.6%\""},
        {HEAD LAYERS "premium = { party = \"pool\"; rate = \"100%\"; }; };",
         NULL},
    };
    for (size_t i = 0; i < COUNT(rates); i++) {
        Case c;
        case_open(&c);
        assert_int_equal(case_scheme(&c, rates[i].text), OK);
        assert_int_equal(faults_warned(c.faults), rates[i].warning != NULL);
        if (rates[i].warning != NULL)
            assert_string_equal(first_fault(&c), rates[i].warning);
        case_close(&c);
    }
}

static const Loan good[] = {
    {"L1", "F1", "C26", "随县", "甲", 100000000, 0.02385, 0.45},
    {"L2", "F1", "C26", "随县", "乙", 200000000, 0.02385, 0.35},
    {"L3", "F2", "C26", "曾都区", "甲", 300000000, 0.01, 0.45},
};

static const struct {
    Loan third; /* instead of the third loan */
    const char *fault;
} portfolios[] = {
    {{"L3", "F1", "C26", "随县", "甲", 1, 0.03, 0.45},
     "portfolio:3: firm 'F1' has pd 0.03 here and "
     "0.02385 in line 1; all loans of a firm default together: "
     "give them one pd"},
    {{"L2", "F2", "C26", NULL, NULL, 1, 0.03, 0.45},
     "portfolio:3: loan 'L2' stands in line 2 already"},
    {{"L3", "F2", "M73", NULL, NULL, 1, 0.03, 0.45},
     "portfolio:3: loan 'L3' is of no group of factors (industry = 'M73'); "
     "add a group that names its columns"},
    {{"L3", "F2", "C26", NULL, NULL, 1, 1.5, 0.45},
     "portfolio:3: pd 1.5 of loan 'L3' is not in [0, 1]"},
    {{"L3", "F2", "C26", NULL, NULL, 1, NAN, 0.45},
     "portfolio:3: loan 'L3' has no pd; give it one, or its grade one: grades "
     "= "
     "( { grade = \"BB\"; pd = \"2%\"; } ) in the factor model"},
    {{"L3", "F2", "C26", NULL, NULL, 1, 0.03, -0.1},
     "portfolio:3: lgd -0.1 of loan 'L3' is not in [0, 1]"},
    {{"L3", "F2", "C26", NULL, NULL, 1, 0.03, NAN},
     "portfolio:3: loan 'L3' has no lgd; give it one, or all that have none: "
     "lgd = \"45%\" in the factor model"},
    {{"L3", "F2", "C26", NULL, NULL, -1, 0.03, 0.45},
     "portfolio:3: the outstanding of loan 'L3' is missing or below 0"},
    {{NULL, "F2", "C26", NULL, NULL, 1, 0.03, 0.45},
     "portfolio:3: a loan without loan_id or firm_id"},
    {{"L3", "F1", "C26", "应城", NULL, 1, 0.02385, 0.45},
     "portfolio:3: firm 'F1' is of group 'C26 应城' here and of 'C26' in line "
     "1; all loans of a firm default together: give them one group"},
};

static void faults_of_portfolios(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(portfolios); i++) {
        Case c;
        Loan loans[3] = {good[0], good[1], portfolios[i].third};
        case_open(&c);
        case_loans(&c, loans, 3);
        assert_int_equal(
            case_factors(&c,
                         "factors = { correlation = \"0.1\"; groups = ( { "
                         "industry = \"C26\"; asset_correlation = "
                         "\"0.12\"; }, { industry = \"C26\"; county = "
                         "\"应城\"; asset_correlation = \"0.1\"; } ); };"),
            OK);
        assert_int_equal(case_run(&c), ERR_INPUT);
        assert_string_equal(first_fault(&c), portfolios[i].fault);
        case_close(&c);
    }
}

static void set_up_good(Case *c, const char *scheme)
{
    case_open(c);
    case_loans(c, good, 3);
    c->options.scenarios = 1000;
    assert_int_equal(case_factors(c, "factors = {" GROUPS "};"), OK);
    assert_int_equal(case_scheme(c, scheme), OK);
}

static void a_loading_without_spread_is_told(void **state)
{
    (void)state;
    Case c;
    case_open(&c);
    case_loans(&c, good, 3);
    c.options.scenarios = 1000;
    assert_int_equal(
        case_factors(&c,
                     "factors = { groups = ( { asset_correlation = "
                     "\"0.2\"; lgd_loading = \"0.1\"; } ); };"),
        OK);
    assert_int_equal(case_run(&c), OK);
    assert_string_equal(first_fault(&c),
                        "warning: lgd_loading is not used: no loan "
                        "has an lgd_sd");
    case_close(&c);
}

static void faults_of_dates_and_covers(void **state)
{
    (void)state;
    static const struct {
        Field field;
        int64_t value;
        const char *text, *fault;
    } cells[] = {
        {FIELD_amortisation, 0, "balloon",
         "portfolio:3: amortisation 'balloon' of loan 'L3' is not known; write "
         "bullet, equal_principal or equal_payment"},
        {FIELD_rate, -1, NULL, "portfolio:3: the rate of loan 'L3' is below 0"},
        {FIELD_covered_share, 1000000001, NULL,
         "portfolio:3: a covered_share is not in [0%, 100%]"},
    };
    for (size_t i = 0; i < COUNT(cells); i++) {
        Case c;
        set_up_good(&c, HEAD LAYERS "};");
        Column *column = case_column(&c, cells[i].field);
        if (cells[i].text != NULL)
            column->s[2] = cells[i].text;
        else
            column->i[2] = cells[i].value;
        c.options.as_of = date_of((DateParts){2024, 3, 1});
        assert_int_equal(case_run(&c), ERR_INPUT);
        assert_string_equal(first_fault(&c), cells[i].fault);
        case_close(&c);
    }
}

static void a_horizon_beyond_the_calendar_is_refused(void **state)
{
    (void)state;
    Case c;
    set_up_good(&c, HEAD LAYERS "};");
    Column *start = case_column(&c, FIELD_started_on);
    for (size_t i = 0; i < c.portfolio->rows; i++)
        start->i[i] = date_of((DateParts){9999, 6, 1}).days;
    assert_int_equal(case_run(&c), ERR_DOMAIN);
    assert_string_equal(c.err.text,
                        "portfolio: the horizon would open on 9999-06-01; "
                        "check started_on and --as-of");
    case_close(&c);
}

static void a_loan_matures_after_it_starts(void **state)
{
    (void)state;
    Case c;
    set_up_good(&c, HEAD LAYERS "};");
    case_column(&c, FIELD_started_on)->i[2] = 19000;
    case_column(&c, FIELD_matures_on)->i[2] = 18999;
    c.options.as_of = date_of((DateParts){2024, 3, 1});
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(first_fault(&c),
                        "portfolio:3: loan 'L3' matures before it starts");
    case_close(&c);
}

static void recovery_and_lgd_must_agree(void **state)
{
    (void)state;
    Case c;
    set_up_good(&c, HEAD LAYERS
                "recovery = ( { after_months = 12; share = "
                "\"30%\"; } ); };");
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(
        first_fault(&c),
        "portfolio:1: lgd 0.45 of loan 'L1' and the scheme's recovery of 0.3 "
        "do not sum to 1; let the recoveries of the scheme sum to 100%: they "
        "are then parts of 1 - lgd");
    case_close(&c);
}

static void payments_into_funds_need_a_day(void **state)
{
    (void)state;
    Case c;
    set_up_good(&c, HEAD LAYERS
                "balances = ( { party = \"pool\"; opening = \"1000.00\"; "
                "replenish = ( { on = \"2025-01-01\"; amount = \"5万\"; } ); "
                "overflow = \"bank\"; } ); };");
    assert_int_equal(case_run(&c), ERR_DOMAIN);
    assert_string_equal(c.err.text,
                        "scheme.cfg: payments into 'pool' are dated, and the "
                        "horizon is not; give --as-of");
    case_again(&c);
    c.options.as_of = date_of((DateParts){2024, 12, 31});
    assert_int_equal(case_run(&c), OK);
    case_close(&c);
}

static void breakers_need_banks(void **state)
{
    (void)state;
    Case c;
    set_up_good(&c, HEAD LAYERS
                "breakers = ( { by = \"bank\"; suspend = "
                "\"5%\"; } ); };");
    assert_int_equal(case_run(&c), OK);
    case_column(&c, FIELD_scheme)->s[0] = "another";
    c.portfolio->columns[4]->name = "not-a-bank";
    case_again(&c);
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(c.err.text,
                        "portfolio: the scheme's breakers need the column "
                        "bank");
    assert_int_equal(faults_warned(c.faults), 1);
    assert_string_equal(faults_at(c.faults, 0)->problem,
                        "1 loans stand under other schemes than 'a' and are "
                        "left out");
    case_close(&c);
}

static void suspended_banks_are_those_of_the_portfolio(void **state)
{
    (void)state;
    Case c;
    set_up_good(&c, HEAD LAYERS BREAKERS
                "opening = { suspended = ( \"X\", \"Y\" ); }; };");
    ((Column *)(uintptr_t)table_find(c.portfolio, "bank"))->s[0] =
        case_text(&c, "X");
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(first_fault(&c),
                        "scheme.cfg:4:33: no loan of the portfolio is of bank "
                        "'Y'; write one of \"X\", \"乙\", \"甲\"");
    case_close(&c);
    set_up_good(
        &c, HEAD LAYERS BREAKERS
        "opening = { defaulted = ( { bank = \"Y\"; amount = \"1.00\"; } "
        "); }; };");
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(first_fault(&c),
                        "scheme.cfg:4:37: no loan of the portfolio is of bank "
                        "'Y'; write one of \"乙\", \"甲\"");
    case_close(&c);
}

static void columns_that_are_not_used_are_said(void **state)
{
    (void)state;
    Case c;
    set_up_good(&c, HEAD LAYERS
                "recovery = ( { after_months = 12; share = \"55%\"; } ); };");
    Column *lgd = (Column *)(uintptr_t)table_find(c.portfolio, "lgd");
    lgd->d[1] = NAN;
    case_column(&c, FIELD_lgd_sd)->d[1] = 0.2385;
    case_column(&c, FIELD_overdue_days)->i[2] = 91;
    assert_int_equal(case_run(&c), OK);
    assert_int_equal(faults_warned(c.faults), 2);
    assert_string_equal(faults_at(c.faults, 0)->problem,
                        "lgd_sd is not used: the scheme says what comes back");
    assert_string_equal(faults_at(c.faults, 1)->problem,
                        "overdue_days is not used: overdue loans are taken as "
                        "sound");
    case_close(&c);
}

static void a_missing_column_is_named(void **state)
{
    (void)state;
    Case c;
    set_up_good(&c, HEAD LAYERS "};");
    c.portfolio->columns[6]->name = "not-a-pd";
    assert_int_equal(case_run(&c), ERR_INPUT);
    assert_string_equal(c.err.text,
                        "portfolio: the pool needs the column pd "
                        "(违约概率), which is missing");
    case_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_of_factor_models),
        cmocka_unit_test(faults_of_schemes),
        cmocka_unit_test(a_rate_above_the_whole_is_told),
        cmocka_unit_test(a_scheme_says_where_it_is_written),
        cmocka_unit_test(faults_of_portfolios),
        cmocka_unit_test(a_loading_without_spread_is_told),
        cmocka_unit_test(faults_of_dates_and_covers),
        cmocka_unit_test(a_horizon_beyond_the_calendar_is_refused),
        cmocka_unit_test(a_loan_matures_after_it_starts),
        cmocka_unit_test(recovery_and_lgd_must_agree),
        cmocka_unit_test(payments_into_funds_need_a_day),
        cmocka_unit_test(breakers_need_banks),
        cmocka_unit_test(suspended_banks_are_those_of_the_portfolio),
        cmocka_unit_test(columns_that_are_not_used_are_said),
        cmocka_unit_test(a_missing_column_is_named),
    };
    return RUN(tests);
}
