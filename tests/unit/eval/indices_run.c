/* SPDX-License-Identifier: MIT */
/* Sobol' indices against themselves: threads, instruction sets, orders; stopping, refusals and no memory. */
#include "eval/indices_models.h"
#include "failing_allocator.h"

/* --- the same bits -------------------------------------------------------------------------------------------------------------------- */

static uint64_t hash_of(const aici_output_indices *of, uint32_t factors) {
    char bytes[8 * 64];
    size_t count = 0;
    const double head[] = {of->mean, of->variance, of->interactions.value, of->interactions.error};
    memcpy(bytes, head, sizeof head);
    count += sizeof head;
    for (uint32_t i = 0; i < factors; i++) {
        const double own[] = {of->first[i].value, of->first[i].error, of->total[i].value, of->total[i].error};
        memcpy(bytes + count, own, sizeof own);
        count += sizeof own;
        for (uint32_t k = 0; of->second && k < i; k++, count += sizeof(double))
            memcpy(bytes + count, &of->second[i * factors + k].value, sizeof(double));
    }
    return aici_name_hash((aici_slice){bytes, count}, 0);
}

static uint64_t hash_with(const struct model *model, uint64_t points, uint32_t threads, const aici_isa *isa, bool second_order) {
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    request.points = points;
    request.threads = threads;
    request.isa = isa;
    request.second_order = second_order;
    uint64_t hash = hash_of(indices_of(&request, arena), model->factor_count);
    aici_arena_free(arena);
    return hash;
}

static void threads_change_no_bit(void **state) {
    const struct model *model = ishigami(state);
    const uint64_t one = hash_with(model, 16384, 1, NULL, true);
    for (uint32_t threads = 2; threads <= 64; threads = threads * 2 + 1)
        assert_true(hash_with(model, 16384, threads, NULL, true) == one);
}

static void instruction_sets_change_no_bit(void **state) {
    const struct model *model = ishigami(state);
    const uint64_t best = hash_with(model, 1024, 1, aici_isa_best(), true);
    for (unsigned i = 0; i < AICI_ISA_COUNT; i++)
        if (aici_isa_at(i))
            assert_true(hash_with(model, 1024, 1, aici_isa_at(i), true) == best);
}

/** Compilers and machines neither: these words are written here. */
static void the_bits_are_known(void **state) {
    const uint64_t hash = hash_with(ishigami(state), 1024, 1, NULL, true);
    if (hash != UINT64_C(0x52df13e5ddcd4985))
        fail_msg("the hash is 0x%016llx", (unsigned long long)hash);
}

static void the_second_order_changes_no_bit_of_the_first(void **state) {
    const struct model *model = ishigami(state);
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    const aici_output_indices *plain = indices_of(&request, arena);
    request.second_order = true;
    const aici_output_indices *more = indices_of(&request, arena);
    assert_memory_equal(plain->first, more->first, 3 * sizeof *plain->first);
    assert_memory_equal(plain->total, more->total, 3 * sizeof *plain->total);
    assert_null(plain->second);
    aici_arena_free(arena);
}

static void an_output_has_its_indices_whoever_stands_beside_it(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = uniform(model, 1, 2), y = lognormal(model, 2, 0.5), product = multiply(model, x, y);
    output(model, product);
    const uint64_t alone = hash_with(model, 1024, 1, NULL, true);
    for (int i = 0; i < 30; i++)
        output(model, add(model, product, number(model, i)));
    assert_true(hash_with(model, 1024, 1, NULL, true) == alone);
}

static void another_seed_gives_another_design(void **state) {
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(ishigami(state));
    const double one = indices_of(&request, arena)->first[0].value;
    request.seed = 2;
    assert_true(indices_of(&request, arena)->first[0].value != one);
    aici_arena_free(arena);
}

/* --- trouble -------------------------------------------------------------------------------------------------------------------------- */

static void it_stops_when_asked(void **state) {
    const volatile uint32_t stop = 1;
    const aici_control control = {&stop, NULL};
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(ishigami(state));
    const aici_output_indices *out;
    uint32_t faulty;
    request.control = &control;
    assert_int_equal(aici_eval_indices(&request, arena, &out, &faulty), AIC_ERROR_CANCELLED);
    aici_arena_free(arena);
}

static void progress_ends_at_all_points(void **state) {
    volatile uint64_t progress = 99;
    const aici_control control = {NULL, &progress};
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(ishigami(state));
    request.control = &control;
    request.threads = 3;
    indices_of(&request, arena);
    assert_int_equal(progress, POINTS * REPLICATES);
    aici_arena_free(arena);
}

static void too_many_words_are_refused(void **state) {
    struct model *model = ishigami(state);
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    const aici_output_indices *out;
    uint32_t faulty;
    model->small.program.word_count = 513;
    assert_int_equal(aici_eval_indices(&request, arena, &out, &faulty), AIC_ERROR_LIMIT);
    aici_arena_free(arena);
}

static void a_draw_without_a_distribution_is_named(void **state) {
    struct model *model = begin_model(state);
    const aici_operand x = uniform(model, 1, 2), y = uniform(model, 3, 2);
    output(model, add(model, x, y));
    aici_arena *arena = aici_arena_new(aici_memory_default());
    aici_indices_request request = request_of(model);
    const aici_output_indices *out;
    uint32_t faulty = 99;
    assert_int_equal(aici_eval_indices(&request, arena, &out, &faulty), AIC_ERROR_DOMAIN);
    assert_int_equal(faulty, 1);
    aici_arena_free(arena);
}

static void each_allocation_may_fail(void **state) {
    const struct model *model = ishigami(state);
    struct failing_allocator memory;
    failing_allocator_init(&memory);
    for (size_t n = 1; failing_allocator_again(&memory, n, false); n++) {
        aici_arena *arena = aici_arena_new(&memory.allocator);
        const aici_output_indices *out;
        uint32_t faulty;
        aici_indices_request request = request_of(model);
        request.points = 64;
        request.second_order = true;
        request.allocator = &memory.allocator;
        const aic_status status = arena ? aici_eval_indices(&request, arena, &out, &faulty) : AIC_ERROR_MEMORY;
        assert_int_equal(status, memory.failed ? AIC_ERROR_MEMORY : AIC_OK);
        aici_arena_free(arena);
        assert_true(failing_allocator_is_clean(&memory));
    }
}

/** Student's t, from tables. */
static void intervals_are_those_of_student(void **state) {
    (void)state;
    assert_true(fabs(aici_interval_width(2, 0.95) - 12.7062047361747) < 1e-9);
    assert_true(fabs(aici_interval_width(8, 0.95) - 2.36462425159278) < 1e-11);
    assert_true(fabs(aici_interval_width(8, 0.9) - 1.89457860509001) < 1e-11);
    assert_true(fabs(aici_interval_width(64, 0.95) - 1.99834054252074) < 1e-11);
    assert_true(isnan(aici_interval_width(1, 0.95)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
        TEST(threads_change_no_bit),
        TEST(instruction_sets_change_no_bit),
        TEST(the_bits_are_known),
        TEST(the_second_order_changes_no_bit_of_the_first),
        TEST(an_output_has_its_indices_whoever_stands_beside_it),
        TEST(another_seed_gives_another_design),
        TEST(it_stops_when_asked),
        TEST(progress_ends_at_all_points),
        TEST(too_many_words_are_refused),
        TEST(a_draw_without_a_distribution_is_named),
        TEST(each_allocation_may_fail),
        TEST(intervals_are_those_of_student),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
