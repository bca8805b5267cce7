/* SPDX-License-Identifier: MIT */
/*
 * W1 by hand: a register of draws from the random words to the sums, nothing stored but what may be a quantile. The first draws tell where
 * that is; what was kept is selected from by the library's own aici_select(), which is a twentieth of the time. No errors are worked out,
 * no bounds looked at, nothing may be out of the ordinary. Usage: sampling_limit SAMPLES ROUNDS THREADS
 */
#include "clock.h"

#include "eval/sampling.h"
#include "limit.h"
#include <pthread.h>

enum { OUTPUTS = 5, QUANTILES = 3, BLOCK = 8192, MOST_THREADS = 64 };
static const double probability[QUANTILES] = {0.05, 0.5, 0.95};

/** Where one output's quantiles may lie. */
typedef struct bracket {
    double from[QUANTILES], to[QUANTILES];
} bracket;

typedef struct share {
    pthread_t thread;
    uint64_t seed, first, end, samples; /* blocks */
    const bracket *brackets;
    double sum[OUTPUTS], square[OUTPUTS];
    uint64_t below[OUTPUTS][QUANTILES];
    double *kept[OUTPUTS]; /* stays from round to round */
    size_t kept_count[OUTPUTS], capacity[OUTPUTS];
} share;

typedef struct constants {
    logarithmic parameters, tokens, visits;
} constants;

static constants known;
static const aici_isa *isa; /* asked for once */

ALWAYS void draw(generator *g, vec out[OUTPUTS]) {
    words word[7];
    vec z[4];
    for (int i = 0; i < 7; i++)
        word[i] = next_words(g);
    normal_pair(word[0], word[1], &z[0], &z[1]);
    normal_pair(word[2], word[3], &z[2], &z[3]);
    const vec parameters = exp_of(fma_of(z[0], all(known.parameters.sd), all(known.parameters.mean)));
    const vec tokens = exp_of(fma_of(z[1], all(known.tokens.sd), all(known.tokens.mean)));
    const vec visits = exp_of(fma_of(z[2], all(known.visits.sd), all(known.visits.mean)));
    const vec price = fma_of(z[3], all(3000), all(29000));
    const vec utilization = fma_of(unit(word[4]), all(0.3), all(0.2)), peak = fma_of(unit(word[5]), all(3), all(1)), u = unit(word[6]);
    const mask rising = below(u, all(0.5));
    const vec way = root(all(50) * choose(rising, u, all(1) - u)), queries = choose(rising, all(5) + way, all(15) - way);
    out[0] = all(2) * parameters * tokens / utilization;
    out[1] = out[0] * visits * queries * all(1 / 86400.0) * peak;
    out[2] = out[1] * all(1 / 65e12);
    out[3] = out[2] * all(0.125);
    out[4] = out[3] * price;
}

/* --- sums ----------------------------------------------------------------------------------------------------------------------------- */

typedef struct tally {
    vec sum, square;
    words below[QUANTILES];
    double *kept;
} tally;

ALWAYS void take(tally *at, const bracket *where, vec value) {
    mask inside = below(value, value);
    at->sum = at->sum + value;
    at->square = fma_of(value, value, at->square);
    for (int i = 0; i < QUANTILES; i++) {
        const mask under = below(value, all(where->from[i]));
        at->below[i] = count_in(at->below[i], under);
        inside = either(inside, but_not(below(value, all(where->to[i])), under));
    }
    at->kept += pack(at->kept, inside, value);
}

static uint64_t lanes_of(const share *self, uint64_t block) {
    uint64_t left = self->samples - block * BLOCK;
    return left < BLOCK ? left : BLOCK;
}

static double *room_for_block(share *self, int output) {
    if (self->kept_count[output] + BLOCK + 8 > self->capacity[output]) {
        self->capacity[output] = 2 * self->capacity[output] + 2 * BLOCK;
        self->kept[output] = realloc(self->kept[output], self->capacity[output] * sizeof(double));
    }
    return self->kept[output] + self->kept_count[output];
}

static void begin_share(share *self) {
    for (int k = 0; k < OUTPUTS; k++) {
        self->sum[k] = self->square[k] = 0;
        self->kept_count[k] = 0;
        for (int i = 0; i < QUANTILES; i++)
            self->below[k][i] = 0;
    }
}

static void run_block(share *self, uint64_t block) {
    tally at[OUTPUTS];
    generator g = generator_of(self->seed, block);
    for (int k = 0; k < OUTPUTS; k++)
        at[k] = (tally){all(0), all(0), {word_all(0), word_all(0), word_all(0)}, room_for_block(self, k)};
    for (uint64_t i = 0; i < lanes_of(self, block); i += WIDTH) {
        vec out[OUTPUTS];
        draw(&g, out);
        take(&at[0], &self->brackets[0], out[0]);
        take(&at[1], &self->brackets[1], out[1]);
        take(&at[2], &self->brackets[2], out[2]);
        take(&at[3], &self->brackets[3], out[3]);
        take(&at[4], &self->brackets[4], out[4]);
    }
    for (int k = 0; k < OUTPUTS; k++) {
        self->sum[k] += sum_of(at[k].sum);
        self->square[k] += sum_of(at[k].square);
        for (int i = 0; i < QUANTILES; i++)
            self->below[k][i] += count_of(at[k].below[i]);
        self->kept_count[k] = (size_t)(at[k].kept - self->kept[k]);
    }
}

static void *work(void *argument) {
    share *self = argument;
    begin_share(self);
    for (uint64_t block = self->first; block < self->end; block++)
        run_block(self, block);
    return NULL;
}

/* --- quantiles ------------------------------------------------------------------------------------------------------------------------ */

static uint64_t first_draws(uint64_t samples) {
    uint64_t count = (uint64_t)(1.27 * pow((double)samples, 2.0 / 3)) / 64 * 64;
    count = count < 1024 ? 1024 : count > 65536 ? 65536 : count;
    return count < samples ? count : samples;
}

static void set_bracket(bracket *out, double *value, size_t count, double *room) {
    const aici_ordered values = {value, count, 0};
    for (int i = 0; i < QUANTILES; i++) {
        double p = probability[i], slack = 4.5 * sqrt((double)count * p * (1 - p)) + 2, low = floor(p * (double)count - slack),
               high = ceil(p * (double)count + slack);
        out->from[i] = low < 0 ? (double)-INFINITY : aici_select(isa, values, (size_t)low, room).value;
        out->to[i] = high >= (double)count ? (double)INFINITY : aici_select(isa, values, (size_t)high, room).value;
    }
}

static void look(uint64_t seed, uint64_t samples, bracket brackets[OUTPUTS]) {
    uint64_t count = first_draws(samples);
    double *value = malloc((OUTPUTS * count + AICI_SELECT_ROOM(count)) * sizeof *value);
    for (uint64_t block = 0; block * BLOCK < count; block++) {
        generator g = generator_of(seed, block);
        for (uint64_t i = block * BLOCK; i < count && i < (block + 1) * BLOCK; i += WIDTH) {
            vec out[OUTPUTS];
            draw(&g, out);
            for (uint64_t k = 0; k < OUTPUTS; k++)
                store(value + k * count + i, out[k]);
        }
    }
    for (uint64_t k = 0; k < OUTPUTS; k++)
        set_bracket(&brackets[k], value + k * count, count, value + OUTPUTS * count);
    free(value);
}

/** Type 7, as everywhere. NaN where a bracket missed. */
static double quantile_of(const share *part, int threads, int output, int which, uint64_t samples) {
    const bracket *at = &part->brackets[output];
    size_t kept = 0;
    uint64_t under = 0, ignored = 0;
    for (int i = 0; i < threads; i++)
        kept += part[i].kept_count[output];
    double *value = malloc(AICI_SELECT_ROOM(2 * kept + 8) * sizeof *value), found = (double)NAN;
    aici_ordered inside = {value, 0, 0};
    for (int i = 0; i < threads; i++) {
        inside.count +=
            isa->narrow(part[i].kept[output], part[i].kept_count[output], at->from[which], at->to[which], value + inside.count, &ignored);
        under += part[i].below[output][which];
    }
    double rank = probability[which] * ((double)samples - 1), whole = floor(rank);
    inside.below = under;
    if (whole >= (double)under && whole + 1 < (double)(under + inside.count)) {
        const aici_found at_rank = aici_select(isa, inside, (size_t)whole, value + kept + 8);
        found = at_rank.value + (rank - whole) * (at_rank.next - at_rank.value);
    }
    free(value);
    return found;
}

/* --- a round -------------------------------------------------------------------------------------------------------------------------- */

static double run(uint64_t seed, uint64_t samples, int threads) {
    static share part[MOST_THREADS];
    bracket brackets[OUTPUTS];
    double mean = 0, answers = 0;
    uint64_t blocks = (samples + BLOCK - 1) / BLOCK;
    look(seed, samples, brackets);
    for (int i = 0; i < threads; i++) {
        part[i].seed = seed;
        part[i].first = blocks * (uint64_t)i / (uint64_t)threads;
        part[i].end = blocks * (uint64_t)(i + 1) / (uint64_t)threads;
        part[i].samples = samples;
        part[i].brackets = brackets;
        if (i + 1 == threads || pthread_create(&part[i].thread, NULL, work, &part[i]) != 0)
            work(&part[i]);
    }
    for (int i = 0; i + 1 < threads; i++)
        pthread_join(part[i].thread, NULL);
    for (int k = 0; k < OUTPUTS; k++) {
        double sum = 0, square = 0;
        for (int i = 0; i < threads; i++) {
            sum += part[i].sum[k];
            square += part[i].square[k];
        }
        mean = sum / (double)samples;
        answers += sqrt(square / (double)samples - mean * mean);
        for (int i = 0; i < QUANTILES; i++)
            answers += quantile_of(part, threads, k, i, samples);
    }
    return isnan(answers) ? answers : mean;
}

int main(int count, char **word) {
    if (count != 4)
        return 2;
    make_tables();
    isa = aici_isa_best();
    known = (constants){logarithmic_of(0.5e12, 2e12), logarithmic_of(150, 500), logarithmic_of(4e7, 9e7)};
    for (int round = 0; round < atoi(word[2]); round++) {
        bench_clock start = bench_start();
        double mean = run((uint64_t)round + 1, (uint64_t)atof(word[1]) / 16 * 16, atoi(word[3]));
        bench_print(bench_stop(start), mean);
    }
    return 0;
}
