/* SPDX-License-Identifier: MIT */
/* W1 as one writes it in C with the GNU Scientific Library: a draw at a time, columns kept, quantiles by partitioning. Usage: sampling_gsl
 * SAMPLES ROUNDS */
#include "clock.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

enum { OUTPUTS = 5, QUANTILES = 3 };

static double from_interval(gsl_rng *random, double p5, double p95) {
    return gsl_ran_lognormal(random, (log(p5) + log(p95)) / 2, (log(p95) - log(p5)) / (2 * 1.6448536269514722));
}

static double triangular(gsl_rng *random, double low, double mode, double high) {
    double u = gsl_rng_uniform(random), share = (mode - low) / (high - low);
    return u < share ? low + sqrt(u * (high - low) * (mode - low)) : high - sqrt((1 - u) * (high - low) * (high - mode));
}

static void draw(gsl_rng *random, double *const column[OUTPUTS], size_t i) {
    double parameters = from_interval(random, 0.5e12, 2e12), tokens = from_interval(random, 150, 500),
           utilization = gsl_ran_flat(random, 0.2, 0.5);
    double visits = from_interval(random, 4e7, 9e7), queries = triangular(random, 5, 10, 15), peak = gsl_ran_flat(random, 1, 4);
    double price = 29000 + gsl_ran_gaussian_ziggurat(random, 3000), per_query = 2 * parameters * tokens / utilization;
    double rate = per_query * visits * queries / 86400 * peak;
    column[0][i] = per_query;
    column[1][i] = rate;
    column[2][i] = rate / 65e12;
    column[3][i] = rate / 65e12 / 8;
    column[4][i] = rate / 65e12 / 8 * price;
}

/** Leaves the value of a rank in its place. */
static double partition(double *value, long count, long rank) {
    long first = 0, last = count - 1;
    while (first < last) {
        double pivot = value[rank], other;
        long up = first, down = last;
        do {
            while (value[up] < pivot) {
                up++;
            }
            while (pivot < value[down]) {
                down--;
            }
            if (up <= down) {
                other = value[up];
                value[up++] = value[down];
                value[down--] = other;
            }
        } while (up <= down);
        first = down < rank ? up : first;
        last = rank < up ? down : last;
    }
    return value[rank];
}

static double summarise(double *value, long count) {
    static const double probability[QUANTILES] = {0.05, 0.5, 0.95};
    double sum = 0, square = 0, mean, answers = 0;
    for (long i = 0; i < count; i++) {
        sum += value[i];
    }
    mean = sum / (double)count;
    for (long i = 0; i < count; i++) {
        square += (value[i] - mean) * (value[i] - mean);
    }
    answers = sqrt(square / (double)count);
    for (int i = 0; i < QUANTILES; i++) {
        double rank = probability[i] * ((double)count - 1);
        long whole = (long)rank;
        double at = partition(value, count, whole), next = partition(value, count, whole + 1);
        answers += at + (rank - (double)whole) * (next - at);
    }
    return isnan(answers) ? answers : mean;
}

int main(int count, char **word) {
    if (count != 3) {
        return 2;
    }
    long samples = (long)atof(word[1]);
    double *column[OUTPUTS];
    for (int k = 0; k < OUTPUTS; k++) {
        column[k] = malloc((size_t)samples * sizeof(double));
    }
    for (int round = 0; round < atoi(word[2]); round++) {
        bench_clock start = bench_start();
        gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
        double mean = 0;
        gsl_rng_set(random, (unsigned long)round + 1);
        for (long i = 0; i < samples; i++) {
            draw(random, column, (size_t)i);
        }
        for (int k = 0; k < OUTPUTS; k++) {
            mean = summarise(column[k], samples);
        }
        gsl_rng_free(random);
        bench_print(bench_stop(start), mean);
    }
    for (int k = 0; k < OUTPUTS; k++) {
        free(column[k]);
    }
    return 0;
}
