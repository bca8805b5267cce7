/* SPDX-License-Identifier: MIT */
/*
 * Formulas of a model kind: read as trees, and once all inputs and outputs are known, whether each name in them is one of these. A formula
 * sees nothing of the scenario around the model. Dimensions are checked by the binder, in each model anew; circles are found there too.
 */
#include "scenario/kind_reader.h"

#include <string.h>

/* --- reading -------------------------------------------------------------------------------------------------------------------------- */

static bool read_one(aici_kind_reader *reader, const aici_node *node, const char **text, const aici_expr **tree) {
    aici_fragment fragment = aici_node_fragment(node);
    *text = node->as.text.bytes;
    *tree = NULL;
    return aici_kind_note(reader, aici_expr_read(reader->expr, &fragment, tree));
}

/* Formulas that cannot be read are left out: what is left has trees. */
bool aici_kind_read_formula(aici_kind_reader *reader, const aici_node *node, const char *what, aici_kind_formula *out) {
    const aici_node *const *item = NULL;
    uint32_t count = aici_kind_list(&node, &item);
    *out = (aici_kind_formula){.count = 0};
    if (count == 0)
        return true;
    const char **text = aici_kind_take(reader, count, sizeof *text);
    const aici_expr **tree = aici_kind_take(reader, count, sizeof *tree);
    const aici_node **written = aici_kind_take(reader, count, sizeof *written);
    if (!text || !tree || !written)
        return aici_kind_no_memory(reader);
    for (uint32_t i = 0; i < count; i++) {
        const aici_node *scalar = item[i];
        if (!aici_kind_shape(reader, &scalar, AICI_NODE_SCALAR, what))
            return false;
        if (scalar && !read_one(reader, scalar, &text[out->count], &tree[out->count]))
            return false;
        written[out->count] = scalar;
        out->count += tree[out->count] != NULL;
    }
    out->text = text;
    out->tree = tree;
    out->node = written;
    return true;
}

/* --- names ---------------------------------------------------------------------------------------------------------------------------- */

typedef struct name_check {
    aici_kind_reader *reader;
    uint32_t own;
    bool each, parent;
    bool go_on;
} name_check;

static const char *const component_names[] = {"each", "parent"};

static aici_place place_of(const aici_expr *name) { return aici_fragment_place(name->fragment, name->begin, name->end); }

static bool refuse_unknown(const name_check *check, const aici_expr *name) {
    aici_kind_reader *reader = check->reader;
    aici_place place = place_of(name);
    aici_slice text = name->as.name.text;
    bool go_on = aici_kind_fault_at(reader, AICI_CODE_UNKNOWN_NAME, &place, "%s: the kind has no input or output `%.*s`", reader->member,
                                    AICI_SLICE(text));
    if (aici_slice_is(text, "each") || aici_slice_is(text, "parent"))
        aici_report_hint(reader->expr->report, "`each` stands for a component in an output with `for_each`, `parent` in its `within`");
    else if (memchr(text.bytes, '.', text.size))
        aici_report_hint(reader->expr->report, "a formula of a kind sees only the kind's own inputs and outputs");
    else
        aici_kind_offer(reader, text, true, component_names, check->parent ? 2 : check->each ? 1 : 0);
    return go_on;
}

static bool refuse_output(const name_check *check, const aici_expr *name, const aici_kind_output *output) {
    aici_kind_reader *reader = check->reader;
    aici_place place = place_of(name);
    if (output->for_each)
        return aici_kind_fault_at(reader, AICI_CODE_BAD_KIND, &place,
                                  "%s: `%s` is made once for each component, so it is no single quantity", reader->member, output->name);
    bool go_on = aici_kind_fault_at(reader, AICI_CODE_BAD_KIND, &place, "%s: `%s` exists only over years, so no other formula can use it",
                                    reader->member, output->name);
    aici_report_hint(reader->expr->report, "repeat its formula here");
    return go_on;
}

static bool refuse_itself(const name_check *check, const aici_expr *name) {
    aici_place place = place_of(name);
    return aici_kind_fault_at(check->reader, AICI_CODE_BAD_KIND, &place, "%s: the default of an input cannot use the input itself",
                              check->reader->member);
}

static bool stands_for_component(const name_check *check, aici_slice name) {
    return (check->each && aici_slice_is(name, "each")) || (check->parent && aici_slice_is(name, "parent"));
}

static void check_name(void *context, const aici_expr *name, aici_use use) {
    name_check *check = context;
    const aici_kind_reader *reader = check->reader;
    uint32_t number = 0;
    (void)use;
    if (!check->go_on || stands_for_component(check, name->as.name.text))
        return;
    bool found = aici_names_find(reader->names, name->as.name.text, &number);
    const aici_kind_output *output = found && number >= reader->input_count ? &reader->output[number - reader->input_count] : NULL;
    if (!found)
        check->go_on = refuse_unknown(check, name);
    else if (output && number != check->own && (output->for_each || output->over))
        check->go_on = refuse_output(check, name, output);
    else if (!output && number == check->own)
        check->go_on = refuse_itself(check, name);
}

bool aici_kind_check_names(aici_kind_reader *reader, const aici_expr *tree, uint32_t own, bool each, bool parent) {
    name_check check = {.reader = reader, .own = own, .each = each, .parent = parent, .go_on = true};
    aici_expr_each_name(tree, check_name, &check);
    return check.go_on;
}

static bool check_formula(aici_kind_reader *reader, const aici_kind_formula *formula, uint32_t own, bool each, bool parent) {
    for (uint32_t i = 0; i < formula->count; i++)
        if (!aici_kind_check_names(reader, formula->tree[i], own, each, parent))
            return false;
    return true;
}

/* --- references ----------------------------------------------------------------------------------------------------------------------- */

/* What `like`, `over` and `for_each` name: an input of quantities, anything else in the kind, an input of components. */
static bool check_like(aici_kind_reader *reader, const aici_node *declaration, const aici_kind_unit *unit, uint32_t own) {
    uint32_t number = 0;
    if (!unit->like)
        return true;
    bool found = aici_names_find(reader->names, aici_slice_of(unit->like), &number) && number < reader->input_count;
    const aici_node *node = aici_node_value(declaration, "like");
    if (!found) {
        bool go_on = aici_kind_fault(reader, AICI_CODE_UNKNOWN_NAME, node, "%s: `like` names no input of the kind: `%s`", reader->member,
                                     unit->like);
        aici_kind_offer(reader, aici_slice_of(unit->like), false, NULL, 0);
        return go_on;
    }
    const aici_kind_input *input = &reader->input[number];
    if (number == own || input->unit.like || input->type == AICI_INPUT_BOOLEAN || input->type == AICI_INPUT_TEXT)
        return aici_kind_fault(reader, AICI_CODE_BAD_KIND, node, "%s: `like: %s` must name an input with a unit of its own", reader->member,
                               unit->like);
    return true;
}

static bool check_over(aici_kind_reader *reader, const aici_kind_output *output, uint32_t own) {
    uint32_t number = 0;
    if (!output->over)
        return true;
    if (aici_names_find(reader->names, aici_slice_of(output->over), &number) && number != own)
        return true;
    bool go_on = aici_kind_fault(reader, AICI_CODE_UNKNOWN_NAME, aici_node_value(output->node, "over"),
                                 "%s: `over` names no other input or output of the kind: `%s`", reader->member, output->over);
    aici_kind_offer(reader, aici_slice_of(output->over), true, NULL, 0);
    return go_on;
}

static bool check_for_each(aici_kind_reader *reader, const aici_kind_output *output) {
    uint32_t number = 0;
    if (!output->for_each)
        return true;
    bool found = aici_names_find(reader->names, aici_slice_of(output->for_each), &number) && number < reader->input_count;
    if (found && reader->input[number].type == AICI_INPUT_COMPONENTS)
        return true;
    bool go_on = aici_kind_fault(reader, AICI_CODE_BAD_KIND, aici_node_value(output->node, "for_each"),
                                 "%s: `for_each` must name an input of `type: components`, not `%s`", reader->member, output->for_each);
    if (!found)
        aici_kind_offer(reader, aici_slice_of(output->for_each), false, NULL, 0);
    return go_on;
}

static bool check_input(aici_kind_reader *reader, uint32_t number) {
    const aici_kind_input *input = &reader->input[number];
    reader->member = input->name;
    return check_like(reader, input->node, &input->unit, number) && check_formula(reader, &input->standard, number, false, false);
}

static bool check_output(aici_kind_reader *reader, uint32_t number) {
    const aici_kind_output *output = &reader->output[number];
    uint32_t own = reader->input_count + number;
    bool each = output->for_each != NULL;
    reader->member = output->name;
    return check_like(reader, output->node, &output->unit, own) && check_over(reader, output, own) && check_for_each(reader, output) &&
           check_formula(reader, &output->formula, own, each, false) && check_formula(reader, &output->within, own, each, each);
}

bool aici_kind_check_references(aici_kind_reader *reader) {
    bool go_on = true;
    reader->section = "inputs";
    for (uint32_t i = 0; go_on && i < reader->input_count; i++)
        go_on = check_input(reader, i);
    reader->section = "outputs";
    for (uint32_t i = 0; go_on && i < reader->output_count; i++)
        go_on = check_output(reader, i);
    reader->member = "";
    return go_on;
}
