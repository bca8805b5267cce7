// SPDX-License-Identifier: MIT
// The C++ layer: who owns what, what is thrown and what it says, columns of the caller's, and that every handle says what C says.
#include "cpp.hpp"

#include <array>
#include <cmath>
#include <cstdlib>
#include <thread>

using namespace aicompute;
using namespace testing;

namespace {

static_assert(std::is_nothrow_move_constructible_v<Scenario> && !std::is_copy_constructible_v<Scenario>, "a scenario has one owner");
static_assert(std::is_nothrow_move_constructible_v<Report> && !std::is_copy_constructible_v<Report>, "a report has one owner");
static_assert(std::is_nothrow_move_constructible_v<Kinds> && !std::is_copy_constructible_v<Kinds>, "a list of kinds has one owner");
static_assert(std::is_nothrow_move_constructible_v<Units> && !std::is_copy_constructible_v<Units>, "a list of units has one owner");
static_assert(std::is_nothrow_copy_constructible_v<Model> && std::is_nothrow_copy_constructible_v<Result>,
              "models and results are counted");
static_assert(std::is_nothrow_copy_constructible_v<Error> && std::is_base_of_v<std::runtime_error, Error>,
              "an exception may be copied on its way");
static_assert(!std::is_convertible_v<Scenario, bool> && std::is_constructible_v<bool, Scenario>, "only asked is a handle a truth value");
static_assert(!std::is_constructible_v<Span<double>, const std::vector<double> &>, "what is const is not written");

/* --- ownership ------------------------------------------------------------------------------------------------------------------------ */

struct Counter {
    long blocks = 0;
    long left = -1; /* before memory runs out; -1: never */
};

void *allocate(void *user, std::size_t bytes) {
    Counter *counter = static_cast<Counter *>(user);
    if (counter->left == 0) {
        return nullptr;
    }
    counter->left -= counter->left > 0;
    counter->blocks++;
    return std::malloc(bytes);
}

void *reallocate(void *user, void *block, std::size_t bytes) {
    Counter *counter = static_cast<Counter *>(user);
    if (counter->left == 0) {
        return nullptr;
    }
    counter->left -= counter->left > 0;
    return std::realloc(block, bytes);
}

void release(void *user, void *block) {
    static_cast<Counter *>(user)->blocks--;
    std::free(block);
}

aic_allocator allocator_of(Counter &counter) { return {allocate, reallocate, release, &counter}; }

void everything_is_given_back(void **) {
    Counter counter;
    const aic_allocator allocator = allocator_of(counter);
    {
        Scenario scenario = Scenario::load(chat, "chat.yaml", {&allocator});
        Scenario copy = scenario.copy();
        Model model = Model::compile(scenario, {{"speed", "TFLOP/s"}}, {{"days"}});
        Model again = model;
        Result result = scenario.evaluate();
        Result check = scenario.check();
        result = check;
        Kinds kinds(scenario);
        Units units(scenario);
        assert_true(counter.blocks > 0);
    }
    assert_int_equal(counter.blocks, 0);
}

void nothing_is_lost_when_memory_runs_out(void **) {
    bool loaded = false;
    for (long left = 0; !loaded; left++) {
        Counter counter;
        counter.left = left;
        const aic_allocator allocator = allocator_of(counter);
        try {
            Scenario scenario = Scenario::load(chat, "chat.yaml", {&allocator});
            assert_true(scenario.evaluate()["days"].value() > 0);
            loaded = true;
        } catch (const Error &error) {
            assert_int_equal(error.status(), AIC_ERROR_MEMORY);
            assert_true(contains(error.what(), "memory"));
        }
        assert_int_equal(counter.blocks, 0);
    }
}

void what_is_moved_from_is_empty(void **) {
    Scenario scenario = chat_service();
    Scenario taken = std::move(scenario);
    assert_true(taken && !scenario);
    assert_true(scenario.title().empty());
    assert_int_equal(error_of([&] { static_cast<void>(scenario.evaluate()); }).status(), AIC_ERROR_ARGUMENT);
    assert_int_equal(error_of([&] { scenario.set("speed", "1 TFLOP/s"); }).status(), AIC_ERROR_ARGUMENT);
    scenario = std::move(taken);
    assert_true(scenario.title() == "A chat service");

    Result result = scenario.evaluate();
    Result moved = std::move(result);
    assert_true(moved && !result);
    assert_int_equal(result.count(), 0);
    assert_true(result.begin() == result.end());
    assert_true(result[0].name().empty() && std::isnan(result[0].value()) && result[0].values().empty());
    assert_int_equal(error_of([&] { static_cast<void>(result["days"]); }).status(), AIC_ERROR_ARGUMENT);

    Model none;
    assert_true(!none);
    assert_int_equal(error_of([&] { static_cast<void>(none.evaluate()); }).status(), AIC_ERROR_ARGUMENT);
    assert_int_equal(none.input_count() + none.output_count(), 0);

    Report report;
    Report other = std::move(report);
    assert_true(!report);
    assert_int_equal(report.count(), 0);
    assert_true(report.text().empty() && report.entries().empty());
    assert_true(contains(error_of([&] { scenario.set("sped", "1", &report); }).what(), "`speed`"));
}

void results_and_models_outlive_their_scenario(void **) {
    Result result;
    Model model;
    {
        Scenario scenario = chat_service();
        result = scenario.evaluate();
        model = Model::compile(scenario, {{"speed", "TFLOP/s"}}, {{"days", "day"}});
    }
    assert_true(result["days"].value() > 0);
    assert_true(std::fabs(model.evaluate({2})[0] - 1) < 1e-12);
}

void a_copy_shares_and_assigning_to_oneself_is_harmless(void **) {
    Result result = chat_service().evaluate();
    Result copy = result;
    assert_ptr_equal(copy.get(), result.get());
    Result &alias = copy;
    copy = alias;
    result = Result();
    assert_true(!result);
    assert_int_equal(copy.find("visits"), 0);
    assert_true(copy["visits"].label() == "日访问量");
}

void handles_of_c_are_taken_over_and_handed_out(void **) {
    aic_scenario *c = nullptr;
    assert_int_equal(aic_scenario_new(nullptr, &c, nullptr), AIC_OK);
    Scenario scenario(c);
    assert_ptr_equal(scenario.get(), c);
    aic_scenario *back = scenario.release();
    assert_true(!scenario);
    aic_scenario_free(back);
    Result result = chat_service().evaluate();
    Result other(aic_result_ref(result.get()));
    aic_result_unref(result.release());
    assert_true(other["days"].value() > 0);
}

/* --- errors --------------------------------------------------------------------------------------------------------------------------- */

void an_error_carries_the_picture_and_the_entries(void **) {
    const Error error =
        error_of([] { static_cast<void>(Scenario::load("aicompute: 1\nassumptions:\n  a: 3 flopp\n  b: 4 tokn\n", "a.yaml")); });
    assert_int_equal(error.status(), AIC_ERROR_UNIT);
    assert_int_equal(error.entries().size(), 2);
    const Entry &first = error.entries()[0];
    assert_int_equal(error.code(), first.code);
    assert_int_equal(first.severity, AIC_SEVERITY_ERROR);
    assert_true(first.file == "a.yaml" && contains(first.message, "flopp"));
    assert_int_equal(first.place.line, 3);
    assert_int_equal(first.place.last_line, 3);
    assert_true(first.place.column == 8 && first.place.last_column == 12);
    assert_true(contains(error.what(), "a.yaml:3:") && contains(error.what(), "^^^^^"));
    assert_true(std::string_view(error.what()).back() != '\n');
    assert_false(code_text(error.code()).empty());
    const Error copy = error;
    assert_ptr_equal(&copy.entries()[0], &first);
}

void a_name_that_is_not_there_offers_the_nearest(void **) {
    Result result = chat_service().evaluate();
    const Error error = error_of([&] { static_cast<void>(result["dayz"]); });
    assert_int_equal(error.status(), AIC_ERROR_NAME);
    assert_true(contains(error.entries()[0].hint, "`days`"));
    assert_true(contains(error_of([] { static_cast<void>(Kinds()["inferense"]); }).what(), "`inference`"));
}

void a_failed_call_changes_nothing(void **) {
    Scenario scenario = chat_service();
    assert_int_equal(error_of([&] { scenario.set("speed", "2 token"); }).status(), AIC_ERROR_UNIT);
    assert_true(scenario.evaluate()["days"].value() == chat_service().evaluate()["days"].value());
}

void the_callers_report_sees_what_was_thrown(void **) {
    Report report;
    const Error error = error_of([&] { static_cast<void>(Scenario::load("aicompute: 2\n", "", {}, &report)); });
    assert_int_equal(error.entries().size(), report.count());
    assert_int_equal(report.error_count(), 1);
    assert_true(contains(report.text(true), "\033["));
    const Scenario scenario = Scenario::load(chat, "", {}, &report);
    assert_int_equal(report.error_count(), 0);
    report.clear();
    assert_int_equal(report.count(), 0);
    assert_int_equal(report.entry(7).code, 0);
}

void a_nul_inside_a_text_is_refused(void **) {
    Scenario scenario = chat_service();
    const Error error = error_of([&] { scenario.set(std::string_view("speed\0x", 7), "1 TFLOP/s"); });
    assert_int_equal(error.status(), AIC_ERROR_ARGUMENT);
    assert_true(contains(error.what(), "NUL") && error.entries().empty() && error.code() == 0);
    assert_int_equal(error_of([] { static_cast<void>(Scenario::load(std::string_view("aicompute: 1\n\0", 14))); }).status(),
                     AIC_ERROR_SYNTAX);
    static_cast<void>(error_of([] { static_cast<void>(Scenario::load({})); }));
}

void an_exception_crosses_files_of_a_program(void **) { assert_int_equal(error_of(throw_from_another_file).status(), AIC_ERROR_UNIT); }

void limits_and_libraries_are_handed_in(void **) {
    LoadOptions tight;
    tight.limits.file_bytes = 10;
    assert_int_equal(error_of([&] { static_cast<void>(Scenario::load(chat, "", tight)); }).status(), AIC_ERROR_LIMIT);
    LoadOptions own;
    own.libraries = {{"robots.yaml", "aicompute: 1\nunits: {robot: base}\n"}};
    Scenario scenario(own);
    scenario.add_assumption("fleet", "3 robot");
    scenario.add_calculation("twice", "fleet * 2");
    assert_true(scenario.evaluate()["twice"].display() == "6 robot");
    own.libraries = {{"no-such-file.yaml"}};
    assert_int_equal(error_of([&] { Scenario refused(own); }).status(), AIC_ERROR_READ);
    assert_int_equal(error_of([] { static_cast<void>(Scenario::load_file("no-such-file.yaml")); }).status(), AIC_ERROR_READ);
}

/* --- scenarios and results ------------------------------------------------------------------------------------------------------------ */

void a_scenario_is_built_by_calls_and_written(void **) {
    Scenario scenario;
    scenario.set_header("title", "Built");
    scenario.set_header("timeline", "2024..2026");
    scenario.add_source("survey", "A survey");
    scenario.add_unit("rack", "8 server");
    scenario.add_exchange_rate("USD", "7 CNY");
    scenario.add_assumption("racks", "2 rack");
    scenario.set_property("racks", "source", "survey");
    scenario.set_year("racks", 2025, "3 rack");
    scenario.add_assumption("price", "1 USD/server");
    scenario.set_number("price", 2, "USD/server");
    scenario.add_calculation("cost", "racks * price");
    scenario.add_calculation("spare", "1");
    scenario.add_claim("cost", "48 USD", "cost[2025]");
    scenario.add_model("train", "training");
    scenario.remove("train");
    scenario.remove("spare");
    scenario.validate();
    assert_true(contains(scenario.text(), "rack"));
    Scenario again = Scenario::load(scenario.text());
    assert_true(again.text() == scenario.text());
    assert_true(again.title() == "Built");
    assert_int_equal(again.check().verdict_count(AIC_VERDICT_HOLDS), 1);
    assert_true(Units(scenario).convert(1, "rack", "server") == 8);
    assert_true(Units(scenario).convert(1, "USD", "CNY") == 7);
}

void quantities_are_found_and_walked(void **) {
    const Result result = chat_service().evaluate();
    std::size_t count = 0;
    for (const Quantity quantity : result) {
        assert_true(result[quantity.name()].text(AIC_QUANTITY_UNIT) == quantity.unit());
        count++;
    }
    assert_int_equal(count, result.count());
    const Quantity growing = result["growing"];
    assert_true(growing.is_series() && growing.role() == AIC_ROLE_CALCULATION && !growing.is_default());
    assert_int_equal(growing.years().size(), 3);
    assert_int_equal(growing.values().size(), 3);
    assert_int_equal(growing.years()[2], 2026);
    assert_true(growing.values()[2] == 4 && growing.value(2025) == 2 && growing.value() == 1);
    assert_true(contains(error_of([&] { static_cast<void>(growing.value(2030)); }).what(), "2030"));
    assert_int_equal(error_of([&] { static_cast<void>(result["days"].value(2024)); }).status(), AIC_ERROR_ARGUMENT);
    assert_int_equal(result["days"].values().size(), 1);
    assert_true(result["visits"].note() == "published traffic" && result["visits"].source().empty() && result["visits"].model().empty());
    assert_int_equal(chat_service().evaluate({"days"}).count(), 1);
}

void claims_are_checked_explained_and_compared(void **) {
    Scenario scenario = chat_service();
    const Result check = scenario.check();
    SampleOptions options;
    options.samples = 4096;
    assert_int_equal(scenario.check(options).claim_count(), 2);
    assert_int_equal(check.claim_count(), 2);
    assert_int_equal(check.unexpected_count(), 1);
    const Claim claim = check.claims()[0];
    assert_true(claim.id() == "queries" && claim.says() == "queries a day" && claim.reading().empty() && claim.source().empty() &&
                claim.note().empty());
    assert_int_equal(claim.verdict(), AIC_VERDICT_HOLDS);
    assert_int_equal(claim.expected(), AIC_VERDICT_HOLDS);
    assert_true(claim.published() == claim.computed() && claim.ratio() == 1 && !claim.unit().empty());
    assert_true(verdict_text(check.claim(1).verdict()) == "differs");
    assert_true(contains(check.text({AIC_FORMAT_JSON}), "\"claims\""));
    assert_true(contains(scenario.explain("days").text(), "speed"));
    Scenario other = scenario.copy();
    other.set("speed", "4 TFLOP/s");
    TextOptions wide;
    wide.width = 200;
    assert_true(contains(scenario.diff(other).text(wide), "days"));
    TextOptions everything;
    everything.everything = true;
    const Result result = scenario.evaluate();
    assert_true(contains(result.text(everything), "visits") && !contains(result.text(), "visits  "));
}

/* --- kinds and units ------------------------------------------------------------------------------------------------------------------ */

void kinds_describe_themselves(void **) {
    const Kinds kinds;
    std::size_t inputs = 0;
    for (const Kind kind : kinds) {
        assert_false(kind.name().empty() || kind.title().empty() || kind.version() == 0);
        inputs += kind.input_count() + kind.output_count();
    }
    assert_true(kinds.count() >= 10 && inputs > kinds.count());
    const Kind inference = kinds["inference"];
    assert_true(kinds[kinds.find("inference")].name() == "inference");
    assert_false(inference.input(0, AIC_KIND_NAME).empty() || inference.output(0, AIC_KIND_FORMULA).empty());
    assert_true(contains(kinds.text("inference"), "utilization"));
    assert_true(contains(kinds.text("", AIC_FORMAT_JSON), "\"inference\""));
    assert_true(kinds[kinds.count()].name().empty());
}

void units_convert_and_describe_themselves(void **) {
    const Units units;
    assert_true(std::fabs(units.convert(1, "PFLOP/s-day", "FLOP") / 8.64e19 - 1) < 1e-15);
    assert_true(units.convert(2, "hour") == 7200);
    assert_int_equal(error_of([&] { static_cast<void>(units.convert(1, "FLOP", "FLOP/s")); }).status(), AIC_ERROR_UNIT);
    std::size_t bases = 0;
    for (const Unit unit : units) {
        assert_false(unit.name().empty() || unit.title().empty());
        bases += unit.definition() == "base";
    }
    assert_true(bases > 3 && bases < units.count());
    assert_true(contains(units.text("TFLOP/s"), "FLOP") && contains(units.text("", true), "\"FLOP\""));
    assert_true(units[units.count()].synonyms().empty());
}

/* --- sampling ------------------------------------------------------------------------------------------------------------------------- */

Scenario uncertain() {
    return Scenario::load("aicompute: 1\n"
                          "timeline: 2024..2025\n"
                          "assumptions:\n"
                          "  share: uniform(20 %, 40 %)\n"
                          "  fleet: 100 server\n"
                          "calculations:\n"
                          "  used: fleet * share\n"
                          "  all: fleet * 1\n"
                          "  growing: \"used * 2 ^ (year - 2024)\"\n");
}

void a_scenario_is_solved(void **) {
    Scenario scenario = Scenario::load("aicompute: 1\nassumptions: {a: 3}\ncalculations: {b: a * 4}\n", "solve.yaml");
    SolveOptions options;
    options.output = "b";
    options.value = "20";
    options.by = "a";
    const Result result = scenario.solve(options);
    assert_int_equal(result.row_count(), 1);
    assert_true(result.column(0).values()[0] == 5);
    options.low = "6";
    options.high = "7";
    assert_int_equal(scenario.solve(options).row_count(), 0);
}

void a_scenario_is_swept(void **) {
    Scenario scenario = Scenario::load("aicompute: 1\nassumptions: {a: 3, c: 1}\ncalculations: {b: a * 4 + c}\n", "sweep.yaml");
    SweepOptions options;
    options.axes = {{"a", "1..3:3", {}, ""}, {"c", "", {5, 6}, "1"}};
    options.names = {"b"};
    const Result grid = scenario.sweep(options);
    assert_int_equal(grid.row_count(), 6);
    assert_true(grid.column(2).values()[5] == 18);
    options.axes.clear();
    options.rows = "a,c\n1,1\n2,0\n";
    assert_true(scenario.sweep(options).column(2).values()[1] == 8);
}

void parts_of_a_sampling_come_to_the_whole(void **) {
    aicompute::SampleOptions options;
    options.samples = 50000;
    options.method = AIC_METHOD_MONTE_CARLO;
    const double whole = uncertain().sample({}, options)["used"].mean();
    options.shard_count = 2;
    const aicompute::Part first = uncertain().sample_part({}, options);
    options.shard = 1;
    const aicompute::Part second = aicompute::Part::read(uncertain().sample_part({}, options).bytes(), "second.part");
    const aicompute::Part all = aicompute::Part::merge({&second, &first});
    assert_int_equal(first.samples() + second.samples(), 50000);
    assert_int_equal(first.all_samples(), 50000);
    assert_true(all.result()["used"].mean() == whole);
    assert_int_equal(first.result(true).samples(), first.samples());
    assert_int_equal(error_of([&] { (void)first.result(); }).status(), AIC_ERROR_SCENARIO);
    assert_int_equal(error_of([&] { (void)aicompute::Part::merge({&first, &first}); }).status(), AIC_ERROR_SCENARIO);
    assert_int_equal(error_of([&] { (void)aicompute::Part::merge({}); }).status(), AIC_ERROR_ARGUMENT);
    assert_int_equal(error_of([&] { (void)aicompute::Part::read("no part"); }).status(), AIC_ERROR_SYNTAX);
    assert_int_equal(error_of([&] { (void)aicompute::Part::load_file("no/such.part"); }).status(), AIC_ERROR_READ);
    assert_true(aicompute::Part::result_of({&second, &first})["used"].mean() == whole);
    assert_int_equal(error_of([&] { (void)aicompute::Part::result_of({&first}); }).status(), AIC_ERROR_SCENARIO);
    assert_int_equal(aicompute::Part::result_of({&first}, true).samples(), first.samples());
}

void a_scenario_has_sensitivities(void **) {
    Scenario scenario = Scenario::load("aicompute: 1\nassumptions: {a: 1 to 4, b: 5}\ncalculations: {c: a * b}\n", "sensitivity.yaml");
    SensitivityOptions options;
    options.low = 0.1;
    options.high = 0.9;
    const Result result = scenario.sensitivity("c", options);
    assert_int_equal(result.row_count(), 2);
    assert_true(result.row(0) == "a" && result.row_unit(0) == "1");
    assert_true(result.column(1).statistic() == "p10");
    assert_int_equal(result.samples(), 65536);
}

void a_model_has_a_gradient(void **) {
    Scenario scenario = Scenario::load("aicompute: 1\nassumptions: {a: 3, b: 5}\ncalculations: {c: a * a * b}\n", "gradient.yaml");
    const Model model = Model::compile(scenario, {Column{"a"}, Column{"b"}}, {Column{"c"}});
    const std::vector<double> at = {2, 5};
    const std::vector<double> gradient = model.gradient(at);
    assert_int_equal(gradient.size(), 2);
    assert_true(gradient[0] == 20 && gradient[1] == 4);
}

void a_scenario_is_sampled(void **) {
    Scenario scenario = uncertain();
    std::atomic<std::uint64_t> progress{0};
    SampleOptions options;
    options.samples = 8192;
    options.seed = 7;
    options.quantiles = {0.1, 0.9};
    options.progress = &progress;
    const Result result = scenario.sample({}, options);
    assert_int_equal(result.samples(), 8192);
    assert_int_equal(progress.load(), 8192);
    const Quantity used = result["used"];
    assert_true(std::fabs(used.value() - 30) < 1e-9); /* at the median */
    assert_true(std::fabs(used.mean() - 30) < 0.01);
    assert_true(std::fabs(used.sd() - 20 / std::sqrt(12.0)) < 0.01);
    assert_true(std::fabs(used.quantile(0) - 22) < 0.05 && std::fabs(used.quantile(1) - 38) < 0.05);
    assert_true(std::isnan(used.quantile(2)));
    assert_true(used.statistic(AIC_STATISTIC_MEAN_ERROR) > 0 && used.statistic(AIC_STATISTIC_NOT_FINITE) == 0);
    assert_true(std::fabs(result["growing"].mean(1) - 60) < 0.02);
    assert_true(std::isnan(result["all"].mean()));
    assert_int_equal(scenario.evaluate({"all"}).samples(), 0);
    assert_int_equal(scenario.sample({"used"}, options).count(), 1);
}

void draws_do_not_depend_on_threads(void **) {
    SampleOptions options;
    options.method = AIC_METHOD_MONTE_CARLO;
    options.samples = 20000;
    const double one = uncertain().sample({}, options)["used"].mean();
    options.threads = 3;
    assert_true(uncertain().sample({}, options)["used"].mean() == one);
    options.seed = 1;
    assert_true(uncertain().sample({}, options)["used"].mean() != one);
}

void sampling_is_refused_and_cancelled_by_an_exception(void **) {
    SampleOptions options;
    options.quantiles = {0.9, 0.1};
    assert_int_equal(error_of([&] { static_cast<void>(uncertain().sample({}, options)); }).status(), AIC_ERROR_ARGUMENT);
    assert_int_equal(error_of([&] { static_cast<void>(uncertain().sample({"nobody"})); }).status(), AIC_ERROR_NAME);
    const std::atomic<std::uint32_t> cancel{1};
    options = {};
    options.cancel = &cancel;
    assert_int_equal(error_of([&] { static_cast<void>(uncertain().sample({}, options)); }).status(), AIC_ERROR_CANCELLED);
}

/* --- models and columns --------------------------------------------------------------------------------------------------------------- */

Model days_by_speed() {
    Scenario scenario = chat_service();
    return Model::compile(scenario, {{"speed", "TFLOP/s"}, {"visits"}}, {{"days", "day"}, {"queries", "query/day"}});
}

void a_model_names_its_columns(void **) {
    const Model model = days_by_speed();
    assert_int_equal(model.input_count(), 2);
    assert_int_equal(model.output_count(), 2);
    assert_true(model.input_name(0) == "speed" && model.input_unit(0) == "TFLOP/s" && model.input_value(0) == 2);
    assert_true(model.output_name(1) == "queries" && model.output_unit(0) == "day");
    assert_false(model.text().empty());
    Scenario scenario = chat_service();
    assert_true(Model::compile(scenario).output_count() >= 5);
    assert_int_equal(error_of([&] { static_cast<void>(Model::compile(scenario, {{"speed", "token"}})); }).status(), AIC_ERROR_UNIT);
    assert_int_equal(error_of([&] { static_cast<void>(Model::compile(scenario, {{"speed", ""}})); }).status(), AIC_ERROR_UNIT);
}

void a_model_takes_whatever_holds_doubles(void **) {
    const Model model = days_by_speed();
    const std::vector<double> inputs = {4, model.input_value(1)};
    std::array<double, 2> outputs = {0, 0};
    double plain[2] = {0, 0};
    model.evaluate(inputs, outputs);
    model.evaluate(inputs, plain);
    assert_true(std::fabs(outputs[0] - 0.5) < 1e-12 && outputs[0] == plain[0]);
    assert_true(model.evaluate(inputs)[1] == outputs[1]);
    assert_true(model.evaluate({4, inputs[1]})[0] == outputs[0]);
}

void a_value_that_is_not_finite_is_an_error_that_names_the_operation(void **) {
    const Model model = days_by_speed();
    std::array<double, 2> outputs = {7, 7};
    const Error error = error_of([&] { model.evaluate(std::vector<double>{0, 1}, outputs); });
    assert_int_equal(error.status(), AIC_ERROR_DOMAIN);
    assert_true(contains(error.what(), "days"));
    assert_true(std::isinf(outputs[0]));
}

void a_batch_runs_over_the_callers_columns(void **) {
    const Model model = days_by_speed();
    std::vector<double> speed = {1, 2, 4, 0}, visits = {1, 2, 3, 4}, days(4), queries(4);
    std::atomic<std::uint64_t> progress{0};
    std::array<std::uint64_t, 2> not_finite = {0, 0};
    BatchOptions options;
    options.progress = &progress;
    options.not_finite = not_finite;
    Report report;
    model.evaluate_batch({speed, visits}, {days, queries}, options, &report);
    assert_true(std::fabs(days[2] - 0.5) < 1e-12 && std::isinf(days[3]) && queries[1] / queries[0] == 2);
    assert_int_equal(progress.load(), 4);
    assert_int_equal(not_finite[0], 1);
    assert_int_equal(not_finite[1], 0);
    assert_int_equal(report.error_count(), 0);
    assert_int_equal(report.entry(0).severity, AIC_SEVERITY_WARNING);

    const std::vector<Span<const double>> inputs = {speed, visits};
    std::vector<double> again(4);
    const std::vector<Span<double>> outputs = {again, queries};
    model.evaluate_batch(inputs, outputs);
    assert_true(again[0] == days[0]);
}

void a_column_of_the_wrong_size_is_refused_before_anything_is_written(void **) {
    const Model model = days_by_speed();
    std::vector<double> three = {1, 2, 3}, two = {1, 2}, days(3, 7), queries(3, 7);
    const auto refused = [&](auto &&call) {
        const Error error = error_of(call);
        assert_int_equal(error.status(), AIC_ERROR_ARGUMENT);
        assert_true(contains(error.what(), "expected"));
    };
    refused([&] { model.evaluate_batch({three, two}, {days, queries}); });
    refused([&] { model.evaluate_batch({three, three}, {days, two}); });
    refused([&] { model.evaluate_batch({three}, {days, queries}); });
    refused([&] { model.evaluate_batch({three, three}, {days}); });
    refused([&] { model.evaluate(three, days); });
    refused([&] { model.evaluate(two, days); });
    refused([&] { static_cast<void>(model.evaluate()); });
    std::array<std::uint64_t, 1> counters = {0};
    BatchOptions options;
    options.not_finite = counters;
    refused([&] { model.evaluate_batch({three, three}, {days, queries}, options); });
    assert_true(days == std::vector<double>(3, 7) && two[0] == 1);
    std::vector<double> none;
    model.evaluate_batch({none, none}, {none, none});
}

void a_batch_that_is_cancelled_throws(void **) {
    const Model model = days_by_speed();
    std::vector<double> speed(1000, 1), visits(1000, 1), days(1000), queries(1000);
    const std::atomic<std::uint32_t> cancel{1};
    BatchOptions options;
    options.cancel = &cancel;
    assert_int_equal(error_of([&] { model.evaluate_batch({speed, visits}, {days, queries}, options); }).status(), AIC_ERROR_CANCELLED);
}

void threads_share_a_model_and_an_error_stays_in_its_thread(void **) {
    const Model model = days_by_speed();
    std::array<int, 4> good = {0, 0, 0, 0};
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < good.size(); i++) {
        threads.emplace_back([model, &good, i] {
            for (int round = 0; round < 200; round++) {
                const Model mine = model;
                good[i] += std::fabs(mine.evaluate({2, 1})[0] - 1) < 1e-12;
                try {
                    static_cast<void>(mine.evaluate({0, 1}));
                } catch (const Error &error) {
                    good[i] += error.status() == AIC_ERROR_DOMAIN;
                }
            }
        });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    for (const int count : good) {
        assert_int_equal(count, 400);
    }
}

void the_library_says_who_it_is(void **) {
    assert_true(version() == aic_version());
    assert_int_equal(abi_version(), aic_abi_version());
    assert_true(status_text(AIC_ERROR_UNIT) == aic_status_text(AIC_ERROR_UNIT));
}

} // namespace

int main() {
    const CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_given_back),
        cmocka_unit_test(nothing_is_lost_when_memory_runs_out),
        cmocka_unit_test(what_is_moved_from_is_empty),
        cmocka_unit_test(results_and_models_outlive_their_scenario),
        cmocka_unit_test(a_copy_shares_and_assigning_to_oneself_is_harmless),
        cmocka_unit_test(handles_of_c_are_taken_over_and_handed_out),
        cmocka_unit_test(an_error_carries_the_picture_and_the_entries),
        cmocka_unit_test(a_name_that_is_not_there_offers_the_nearest),
        cmocka_unit_test(a_failed_call_changes_nothing),
        cmocka_unit_test(the_callers_report_sees_what_was_thrown),
        cmocka_unit_test(a_nul_inside_a_text_is_refused),
        cmocka_unit_test(an_exception_crosses_files_of_a_program),
        cmocka_unit_test(limits_and_libraries_are_handed_in),
        cmocka_unit_test(a_scenario_is_built_by_calls_and_written),
        cmocka_unit_test(quantities_are_found_and_walked),
        cmocka_unit_test(claims_are_checked_explained_and_compared),
        cmocka_unit_test(kinds_describe_themselves),
        cmocka_unit_test(units_convert_and_describe_themselves),
        cmocka_unit_test(parts_of_a_sampling_come_to_the_whole),
        cmocka_unit_test(a_scenario_is_solved),
        cmocka_unit_test(a_scenario_has_sensitivities),
        cmocka_unit_test(a_model_has_a_gradient),
        cmocka_unit_test(a_scenario_is_swept),
        cmocka_unit_test(a_scenario_is_sampled),
        cmocka_unit_test(draws_do_not_depend_on_threads),
        cmocka_unit_test(sampling_is_refused_and_cancelled_by_an_exception),
        cmocka_unit_test(a_model_names_its_columns),
        cmocka_unit_test(a_model_takes_whatever_holds_doubles),
        cmocka_unit_test(a_value_that_is_not_finite_is_an_error_that_names_the_operation),
        cmocka_unit_test(a_batch_runs_over_the_callers_columns),
        cmocka_unit_test(a_column_of_the_wrong_size_is_refused_before_anything_is_written),
        cmocka_unit_test(a_batch_that_is_cancelled_throws),
        cmocka_unit_test(threads_share_a_model_and_an_error_stays_in_its_thread),
        cmocka_unit_test(the_library_says_who_it_is),
    };
    return cmocka_run_group_tests(tests, nullptr, nullptr);
}
