/* SPDX-License-Identifier: MIT */
/* The slips of arithmetic in the report, as they were found by hand, are what is said first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "scene.h"

static const struct finding {
    const char *file, *id, *slip, *says; /* slip NULL: no simple slip */
} finding[] = {
    {"servers", "AIS-06", "periods + 1", "with 6 periods in place of 5"},
    {"servers", "AIS-07", "periods + 1", "with 6 periods in place of 5"},
    {"chatgpt_inference", "INF-03", "power of ten",
     "by a factor of 10 (as between 亿 and billion), or with `questions` counted in: 16.69 PFLOP/query"},
    {"chatgpt_inference", "INF-09", "carried forward", "if the published 17 PFLOP/query of INF-03 is carried forward"},
    {"growth_and_training_cost", "MAC-05", "minor unit of money",
     "by a factor of 1/100 (as between a currency and its hundredth (dollar and cent))"},
    {"sora_training", "TRN-03", "dimension dropped", "without `height` and `width`"},
    {"sora_training", "TRN-06", "choice", "with `image_data.channels_as_tokens` true, or by a factor of 3"},
    {"sora_training", "TRN-07", "two slips", "with `data.channels_as_tokens` true and without `height` and `width` in `data.video_tokens`"},
    {"sora_training", "TRN-08", "power of ten", "by a factor of 10 (as between 亿 and billion)"},
    {"sora_training", "TRN-10", "carried forward", "if the published 143T token of TRN-07 is carried forward"},
    {"sora_training", "TRN-13", "another quantity", "with `a100_peak` in place of `a100_peak_tensor`"},
    {"servers", "AIS-05", NULL, NULL},
    {"chatgpt_inference", "INF-13", NULL, NULL},
    {"china_and_us", "CMP-07", NULL, NULL},
    {"china_and_us", "CMP-08", NULL, NULL},
    {"monetary_and_fiscal", "MON-10", NULL, NULL},
    {"models", "KIM-03", NULL, NULL},
    {"workload_split", "SPL-07", NULL, NULL},
};

static void expect_finding(const struct scene *scene, const struct finding *expected) {
    const aici_result_claim *claim = scene_claim(scene, expected->id);
    const aici_result_diagnosis *first = claim->diagnosis_count ? claim->diagnosis : NULL;
    assert_int_equal(claim->verdict, AIC_VERDICT_DIFFERS);
    if (!expected->slip && first)
        fail_msg("%s: expected no simple slip, found %s", expected->id, first->text);
    if (expected->slip && (!first || strcmp(first->slip, expected->slip) != 0 || !strstr(first->text, expected->says)))
        fail_msg("%s: expected %s: %s, found %s", expected->id, expected->slip, expected->says, first ? first->text : "no simple slip");
    if (!expected->slip)
        assert_true(claim->reconcile_count > 0);
}

static void the_slips_of_the_report_are_said_first(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof finding / sizeof *finding; i++) {
        struct scene scene;
        char path[200];
        snprintf(path, sizeof path, "examples/scenarios/report/%s.yaml", finding[i].file);
        scene_open(&scene, path);
        scene_expect_ok(&scene, scene_check(&scene));
        expect_finding(&scene, &finding[i]);
        scene_end(&scene);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_slips_of_the_report_are_said_first)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
