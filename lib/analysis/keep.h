/* SPDX-License-Identifier: MIT */
/* Draws that are kept while they are made into statistics: as a table of their own, or until histograms are made of them. */
#ifndef AICI_ANALYSIS_KEEP_H
#define AICI_ANALYSIS_KEEP_H

#include "analysis/survey.h"

typedef struct aici_keep {
    aici_survey *survey;
    aici_arena *arena; /**< holds the draws; NULL: the result's does */
    double **column;   /**< by output; 8 bytes a draw */
    size_t columns, rows;
} aici_keep;

/** Makes room for all draws where the wish keeps them, and tells the sampling. aici_keep_end() in any case. Errors: LIMIT_DRAWS, MEMORY. */
aic_status aici_keep_begin(aici_keep *keep, aici_survey *survey);
void aici_keep_end(aici_keep *keep);

/** Makes the table of the result, when all is drawn; without columns where nothing is uncertain. */
aic_status aici_keep_fill(aici_keep *keep);

#endif
