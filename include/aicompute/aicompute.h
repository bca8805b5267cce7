/* SPDX-License-Identifier: MIT */
/*
 * libaicompute: turns sourced assumptions about AI into compute, hardware, money, energy and market size.
 *
 * Three handles carry the work, in this order:
 *   aic_scenario  what is assumed: loaded from YAML or built by calls; can be changed     one thread at a time
 *   aic_model     a compiled, immutable evaluator                                         any number of threads
 *   aic_result    values, verdicts, derivations                                           any number of threads
 * Every call that can fail returns an aic_status and takes, last, an aic_report that may be NULL. There is no other state: nothing to
 * initialise, nothing global.
 */
#ifndef AICOMPUTE_AICOMPUTE_H
#define AICOMPUTE_AICOMPUTE_H

#include <aicompute/kind.h>
#include <aicompute/model.h>
#include <aicompute/part.h>
#include <aicompute/report.h>
#include <aicompute/result.h>
#include <aicompute/sample.h>
#include <aicompute/scenario.h>
#include <aicompute/sensitivity.h>
#include <aicompute/solve.h>
#include <aicompute/status.h>
#include <aicompute/sweep.h>
#include <aicompute/table.h>
#include <aicompute/unit.h>

#endif
