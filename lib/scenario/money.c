/* SPDX-License-Identifier: MIT */
/*
 * Money in models: a kind declares `money`, and the first amount that a model is given decides which currency that is. A second one is
 * refused, unless an exchange rate makes them the same.
 */
#include "scenario/bind.h"

uint16_t aici_money_of(const aici_binder *binder, const aici_dimension *dimension) {
    for (uint16_t i = 0; i < dimension->count; i++)
        if (aici_units_base_class(binder->units, dimension->factor[i].base) == AICI_BASE_MONEY)
            return dimension->factor[i].base;
    return 0;
}

static aici_dimension currency_dimension(uint16_t base) {
    aici_dimension dimension = {.count = 1};
    dimension.factor[0].base = base;
    dimension.factor[0].exponent = AICI_EXPONENT_ONE;
    return dimension;
}

bool aici_money_name(aici_binder *binder, uint16_t base, const char **code, double *scale) {
    aici_unit declared;
    aici_slice name;
    *scale = 1.0;
    if (aici_units_currency(binder->units, &declared, &name) && declared.dimension.count == 1 &&
        declared.dimension.factor[0].base == base) {
        *scale = declared.scale;
        *code = aici_arena_copy(binder->arena, name.bytes, name.size);
    } else {
        aici_dimension dimension = currency_dimension(base);
        *code = aici_judge_unit_text(binder, &dimension);
    }
    return *code ? true : aici_bind_no_memory(binder);
}

static const aici_kind_unit *unit_of(const aici_draft *draft) {
    return draft->quantity.input ? &draft->quantity.input->unit : draft->quantity.output ? &draft->quantity.output->unit : NULL;
}

static bool refuse_mix(aici_binder *binder, const aici_model_draft *model, uint32_t draft, uint16_t base) {
    uint32_t other = model->currency_from;
    const char *mine = NULL, *theirs = NULL;
    double scale;
    if (!aici_money_name(binder, base, &mine, &scale) || !aici_money_name(binder, model->currency, &theirs, &scale))
        return false;
    if (draft < other) { /* checked later, but written before */
        const char *swapped = mine;
        mine = theirs;
        theirs = swapped;
        other = draft;
        draft = model->currency_from;
    }
    aici_draft *offender = &binder->draft[draft];
    aic_status status = aici_report_error(binder->report, AICI_CODE_CURRENCY_MIX, aici_draft_place(binder, offender),
                                          "%s is in %s, and %s in %s: a model reckons in one currency", offender->local, mine,
                                          binder->draft[other].local, theirs);
    aici_report_hint(binder->report, "tie them: under `exchange_rates`, say what one %s is worth in %s", mine, theirs);
    return aici_draft_fault(binder, offender, status);
}

bool aici_money_compare(aici_binder *binder, uint32_t draft) {
    const aici_kind_unit *unit = unit_of(&binder->draft[draft]);
    if (!unit || unit->any || unit->like || unit->money == 0)
        return true;
    aici_model_draft *model = &binder->model[binder->draft[draft].quantity.model];
    uint16_t base = aici_money_of(binder, &binder->draft[draft].quantity.tree->type.dimension);
    if (model->currency != 0 && base != 0 && model->currency != base)
        return refuse_mix(binder, model, draft, base);
    if (model->currency == 0) {
        model->currency = base;
        model->currency_from = draft;
    }
    return true;
}
