# SPDX-License-Identifier: MIT
"""What the headers of the library declare. Written by generate.py from include/aicompute/*.h; not for editing."""
from ctypes import POINTER, Structure, c_char_p, c_double, c_int, c_size_t, c_uint, c_uint32, c_uint64, c_void_p
from typing import Any, Dict, List, Tuple

# aic_status
AIC_OK = 0
AIC_ERROR_ARGUMENT = 1
AIC_ERROR_MEMORY = 2
AIC_ERROR_READ = 3
AIC_ERROR_WRITE = 4
AIC_ERROR_LIMIT = 5
AIC_ERROR_SYNTAX = 6
AIC_ERROR_SCENARIO = 7
AIC_ERROR_NAME = 8
AIC_ERROR_UNIT = 9
AIC_ERROR_DOMAIN = 10
AIC_ERROR_UNSUPPORTED = 11
AIC_ERROR_CANCELLED = 12
AIC_ERROR_INTERNAL = 13

# aic_severity
AIC_SEVERITY_NOTE = 0
AIC_SEVERITY_WARNING = 1
AIC_SEVERITY_ERROR = 2

# aic_kind_property
AIC_KIND_NAME = 0
AIC_KIND_UNIT = 1
AIC_KIND_DOC = 2
AIC_KIND_SOURCE = 3
AIC_KIND_FORMULA = 4
AIC_KIND_TYPE = 5
AIC_KIND_BOUNDS = 6
AIC_KIND_PRESENCE = 7

# aic_role
AIC_ROLE_ASSUMPTION = 0
AIC_ROLE_INPUT = 1
AIC_ROLE_OUTPUT = 2
AIC_ROLE_CALCULATION = 3

# aic_verdict
AIC_VERDICT_HOLDS = 0
AIC_VERDICT_READING = 1
AIC_VERDICT_DIFFERS = 2
AIC_VERDICT_NOT_CHECKABLE = 3

# aic_claim_figure
AIC_CLAIM_PUBLISHED = 0
AIC_CLAIM_PUBLISHED_LOW = 1
AIC_CLAIM_PUBLISHED_HIGH = 2
AIC_CLAIM_COMPUTED = 3
AIC_CLAIM_COMPUTED_LOW = 4
AIC_CLAIM_COMPUTED_HIGH = 5
AIC_CLAIM_RATIO = 6
AIC_CLAIM_SAMPLES = 7

# aic_claim_text
AIC_CLAIM_ID = 0
AIC_CLAIM_SAYS = 1
AIC_CLAIM_UNIT = 2
AIC_CLAIM_READING = 3
AIC_CLAIM_SOURCE = 4
AIC_CLAIM_NOTE = 5
AIC_CLAIM_UNSOURCED = 6
AIC_CLAIM_DEFAULTS = 7

# aic_quantity_text
AIC_QUANTITY_NAME = 0
AIC_QUANTITY_UNIT = 1
AIC_QUANTITY_DISPLAY = 2
AIC_QUANTITY_LABEL = 3
AIC_QUANTITY_SOURCE = 4
AIC_QUANTITY_NOTE = 5
AIC_QUANTITY_MODEL = 6

# aic_format
AIC_FORMAT_TEXT = 0
AIC_FORMAT_JSON = 1
AIC_FORMAT_CSV = 2
AIC_FORMAT_MARKDOWN = 3

# aic_numerals
AIC_NUMERALS_SI = 0
AIC_NUMERALS_CHINESE = 1

# aic_column_text
AIC_COLUMN_NAME = 0
AIC_COLUMN_UNIT = 1
AIC_COLUMN_STATISTIC = 2

# aic_row_text
AIC_ROW_NAME = 0
AIC_ROW_UNIT = 1

# aic_method
AIC_METHOD_SOBOL = 0
AIC_METHOD_MONTE_CARLO = 1

# aic_statistic
AIC_STATISTIC_MEAN = 0
AIC_STATISTIC_SD = 1
AIC_STATISTIC_MEAN_ERROR = 2
AIC_STATISTIC_SD_ERROR = 3
AIC_STATISTIC_QUANTILE = 4
AIC_STATISTIC_QUANTILE_ERROR = 5
AIC_STATISTIC_OUT_OF_BOUNDS = 6
AIC_STATISTIC_NOT_FINITE = 7

# aic_measure
AIC_MEASURE_ELASTICITIES = 1
AIC_MEASURE_TORNADO = 2
AIC_MEASURE_INDICES = 4
AIC_MEASURE_SECOND_ORDER = 8


class aic_allocator(Structure):
    _fields_ = [
        ("allocate", c_void_p),
        ("reallocate", c_void_p),
        ("release", c_void_p),
        ("user", c_void_p),
    ]


class aic_limits(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("file_bytes", c_size_t),
        ("depth", c_size_t),
        ("nodes", c_size_t),
        ("expanded_bytes", c_size_t),
        ("anchors", c_size_t),
        ("scalar_bytes", c_size_t),
        ("name_bytes", c_size_t),
        ("expression_depth", c_size_t),
        ("expression_tokens", c_size_t),
        ("years", c_size_t),
        ("unit_bytes", c_size_t),
        ("instructions", c_size_t),
        ("diagnostics", c_size_t),
    ]


class aic_text_options(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("format", c_int),
        ("numerals", c_int),
        ("color", c_int),
        ("width", c_int),
        ("digits", c_int),
        ("everything", c_int),
    ]


class aic_library(Structure):
    _fields_ = [
        ("name", c_char_p),
        ("text", c_char_p),
        ("bytes", c_size_t),
    ]


class aic_load_options(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("allocator", POINTER(aic_allocator)),
        ("limits", POINTER(aic_limits)),
        ("libraries", POINTER(aic_library)),
        ("library_count", c_size_t),
    ]


class aic_column(Structure):
    _fields_ = [
        ("name", c_char_p),
        ("unit", c_char_p),
    ]


class aic_model_options(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("inputs", POINTER(aic_column)),
        ("input_count", c_size_t),
        ("outputs", POINTER(aic_column)),
        ("output_count", c_size_t),
    ]


class aic_batch_options(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("cancel", POINTER(c_uint32)),
        ("progress", POINTER(c_uint64)),
        ("not_finite", POINTER(c_uint64)),
    ]


class aic_sample_options(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("samples", c_uint64),
        ("seed", c_uint64),
        ("method", c_int),
        ("replicates", c_uint32),
        ("threads", c_uint32),
        ("quantiles", POINTER(c_double)),
        ("quantile_count", c_size_t),
        ("cancel", POINTER(c_uint32)),
        ("progress", POINTER(c_uint64)),
        ("shard", c_uint32),
        ("shard_count", c_uint32),
        ("keep_partial", c_int),
        ("keep_draws", c_int),
        ("histogram", c_uint32),
    ]


class aic_solve_options(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("output", c_char_p),
        ("value", c_char_p),
        ("by", c_char_p),
        ("low", c_char_p),
        ("high", c_char_p),
        ("sampling", POINTER(aic_sample_options)),
    ]


class aic_sweep_axis(Structure):
    _fields_ = [
        ("name", c_char_p),
        ("range", c_char_p),
        ("values", POINTER(c_double)),
        ("count", c_size_t),
        ("unit", c_char_p),
    ]


class aic_sweep_options(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("axes", POINTER(aic_sweep_axis)),
        ("axis_count", c_size_t),
        ("together", c_int),
        ("rows", c_char_p),
        ("rows_size", c_size_t),
        ("rows_name", c_char_p),
        ("names", POINTER(c_char_p)),
        ("name_count", c_size_t),
        ("sampling", POINTER(aic_sample_options)),
    ]


class aic_sensitivity_options(Structure):
    _fields_ = [
        ("size", c_size_t),
        ("measures", c_uint32),
        ("replicates", c_uint32),
        ("samples", c_uint64),
        ("seed", c_uint64),
        ("threads", c_uint32),
        ("low", c_double),
        ("high", c_double),
        ("step", c_double),
        ("cancel", POINTER(c_uint32)),
        ("progress", POINTER(c_uint64)),
    ]


# name: (restype, argtypes)
FUNCTIONS: Dict[str, Tuple[Any, List[Any]]] = {
    "aic_abi_version": (c_uint, []),
    "aic_code_text": (c_char_p, [c_int]),
    "aic_kinds_count": (c_size_t, [c_void_p]),
    "aic_kinds_find": (c_int, [c_void_p, c_char_p, POINTER(c_size_t), c_void_p]),
    "aic_kinds_free": (None, [c_void_p]),
    "aic_kinds_input": (c_char_p, [c_void_p, c_size_t, c_size_t, c_int]),
    "aic_kinds_input_count": (c_size_t, [c_void_p, c_size_t]),
    "aic_kinds_name": (c_char_p, [c_void_p, c_size_t]),
    "aic_kinds_new": (c_int, [c_void_p, POINTER(c_void_p), c_void_p]),
    "aic_kinds_output": (c_char_p, [c_void_p, c_size_t, c_size_t, c_int]),
    "aic_kinds_output_count": (c_size_t, [c_void_p, c_size_t]),
    "aic_kinds_schema": (c_int, [c_void_p, POINTER(c_void_p), c_void_p]),
    "aic_kinds_text": (c_int, [c_void_p, c_char_p, c_int, POINTER(c_void_p), c_void_p]),
    "aic_kinds_title": (c_char_p, [c_void_p, c_size_t]),
    "aic_kinds_version": (c_uint, [c_void_p, c_size_t]),
    "aic_model_compile": (c_int, [c_void_p, POINTER(aic_model_options), POINTER(c_void_p), c_void_p]),
    "aic_model_evaluate": (c_int, [c_void_p, POINTER(c_double), POINTER(c_double), c_void_p]),
    "aic_model_evaluate_batch": (c_int, [c_void_p, c_size_t, POINTER(c_void_p), POINTER(c_void_p), POINTER(aic_batch_options), c_void_p]),
    "aic_model_gradient": (c_int, [c_void_p, POINTER(c_double), POINTER(c_double), POINTER(c_double), c_void_p]),
    "aic_model_input_count": (c_size_t, [c_void_p]),
    "aic_model_input_name": (c_char_p, [c_void_p, c_size_t]),
    "aic_model_input_unit": (c_char_p, [c_void_p, c_size_t]),
    "aic_model_input_value": (c_double, [c_void_p, c_size_t]),
    "aic_model_output_count": (c_size_t, [c_void_p]),
    "aic_model_output_name": (c_char_p, [c_void_p, c_size_t]),
    "aic_model_output_unit": (c_char_p, [c_void_p, c_size_t]),
    "aic_model_ref": (c_void_p, [c_void_p]),
    "aic_model_text": (c_int, [c_void_p, POINTER(c_void_p), c_void_p]),
    "aic_model_unref": (None, [c_void_p]),
    "aic_part_bytes": (c_void_p, [c_void_p, POINTER(c_size_t)]),
    "aic_part_free": (None, [c_void_p]),
    "aic_part_load_file": (c_int, [c_char_p, POINTER(aic_load_options), POINTER(c_void_p), c_void_p]),
    "aic_part_read": (c_int, [c_void_p, c_size_t, c_char_p, POINTER(aic_load_options), POINTER(c_void_p), c_void_p]),
    "aic_part_result": (c_int, [c_void_p, c_int, POINTER(c_void_p), c_void_p]),
    "aic_part_samples": (c_uint64, [c_void_p, POINTER(c_uint64)]),
    "aic_parts_merge": (c_int, [POINTER(c_void_p), c_size_t, POINTER(c_void_p), c_void_p]),
    "aic_parts_result": (c_int, [POINTER(c_void_p), c_size_t, c_int, POINTER(c_void_p), c_void_p]),
    "aic_report_clear": (None, [c_void_p]),
    "aic_report_code": (c_int, [c_void_p, c_size_t]),
    "aic_report_count": (c_size_t, [c_void_p]),
    "aic_report_error_count": (c_size_t, [c_void_p]),
    "aic_report_file": (c_char_p, [c_void_p, c_size_t]),
    "aic_report_free": (None, [c_void_p]),
    "aic_report_hint": (c_char_p, [c_void_p, c_size_t]),
    "aic_report_message": (c_char_p, [c_void_p, c_size_t]),
    "aic_report_new": (c_void_p, [POINTER(aic_allocator)]),
    "aic_report_notes": (c_char_p, [c_void_p, c_size_t]),
    "aic_report_path": (c_char_p, [c_void_p, c_size_t]),
    "aic_report_place": (None, [c_void_p, c_size_t, POINTER(c_uint), POINTER(c_uint), POINTER(c_uint), POINTER(c_uint)]),
    "aic_report_severity": (c_int, [c_void_p, c_size_t]),
    "aic_report_text": (c_int, [c_void_p, c_int, POINTER(c_void_p)]),
    "aic_result_claim": (c_char_p, [c_void_p, c_size_t, c_int]),
    "aic_result_claim_count": (c_size_t, [c_void_p]),
    "aic_result_claim_expected": (c_int, [c_void_p, c_size_t]),
    "aic_result_claim_figure": (c_double, [c_void_p, c_size_t, c_int]),
    "aic_result_claim_verdict": (c_int, [c_void_p, c_size_t]),
    "aic_result_column": (c_char_p, [c_void_p, c_size_t, c_int]),
    "aic_result_column_count": (c_size_t, [c_void_p]),
    "aic_result_column_values": (c_void_p, [c_void_p, c_size_t]),
    "aic_result_count": (c_size_t, [c_void_p]),
    "aic_result_find": (c_int, [c_void_p, c_char_p, POINTER(c_size_t), c_void_p]),
    "aic_result_is_default": (c_int, [c_void_p, c_size_t]),
    "aic_result_quantity": (c_char_p, [c_void_p, c_size_t, c_int]),
    "aic_result_ref": (c_void_p, [c_void_p]),
    "aic_result_role": (c_int, [c_void_p, c_size_t]),
    "aic_result_row": (c_char_p, [c_void_p, c_size_t, c_int]),
    "aic_result_row_count": (c_size_t, [c_void_p]),
    "aic_result_samples": (c_uint64, [c_void_p]),
    "aic_result_statistic": (c_double, [c_void_p, c_size_t, c_size_t, c_int, c_size_t]),
    "aic_result_text": (c_int, [c_void_p, POINTER(aic_text_options), POINTER(c_void_p), c_void_p]),
    "aic_result_unexpected_count": (c_size_t, [c_void_p]),
    "aic_result_unref": (None, [c_void_p]),
    "aic_result_value": (c_double, [c_void_p, c_size_t]),
    "aic_result_values": (c_void_p, [c_void_p, c_size_t]),
    "aic_result_verdict_count": (c_size_t, [c_void_p, c_int]),
    "aic_result_year_count": (c_size_t, [c_void_p, c_size_t]),
    "aic_result_years": (c_void_p, [c_void_p, c_size_t]),
    "aic_scenario_add_assumption": (c_int, [c_void_p, c_char_p, c_char_p, c_void_p]),
    "aic_scenario_add_calculation": (c_int, [c_void_p, c_char_p, c_char_p, c_void_p]),
    "aic_scenario_add_claim": (c_int, [c_void_p, c_char_p, c_char_p, c_char_p, c_void_p]),
    "aic_scenario_add_exchange_rate": (c_int, [c_void_p, c_char_p, c_char_p, c_void_p]),
    "aic_scenario_add_model": (c_int, [c_void_p, c_char_p, c_char_p, c_void_p]),
    "aic_scenario_add_source": (c_int, [c_void_p, c_char_p, c_char_p, c_void_p]),
    "aic_scenario_add_unit": (c_int, [c_void_p, c_char_p, c_char_p, c_void_p]),
    "aic_scenario_check": (c_int, [c_void_p, POINTER(aic_sample_options), POINTER(c_void_p), c_void_p]),
    "aic_scenario_copy": (c_int, [c_void_p, POINTER(c_void_p), c_void_p]),
    "aic_scenario_diff": (c_int, [c_void_p, c_void_p, POINTER(c_void_p), c_void_p]),
    "aic_scenario_evaluate": (c_int, [c_void_p, POINTER(c_char_p), c_size_t, POINTER(c_void_p), c_void_p]),
    "aic_scenario_explain": (c_int, [c_void_p, c_char_p, POINTER(c_void_p), c_void_p]),
    "aic_scenario_free": (None, [c_void_p]),
    "aic_scenario_load": (c_int, [c_char_p, c_size_t, c_char_p, POINTER(aic_load_options), POINTER(c_void_p), c_void_p]),
    "aic_scenario_load_file": (c_int, [c_char_p, POINTER(aic_load_options), POINTER(c_void_p), c_void_p]),
    "aic_scenario_new": (c_int, [POINTER(aic_load_options), POINTER(c_void_p), c_void_p]),
    "aic_scenario_remove": (c_int, [c_void_p, c_char_p, c_void_p]),
    "aic_scenario_sample": (c_int, [c_void_p, POINTER(c_char_p), c_size_t, POINTER(aic_sample_options), POINTER(c_void_p), c_void_p]),
    "aic_scenario_sample_part": (c_int, [c_void_p, POINTER(c_char_p), c_size_t, POINTER(aic_sample_options), POINTER(c_void_p), c_void_p]),
    "aic_scenario_sensitivity": (c_int, [c_void_p, c_char_p, POINTER(aic_sensitivity_options), POINTER(c_void_p), c_void_p]),
    "aic_scenario_set": (c_int, [c_void_p, c_char_p, c_char_p, c_void_p]),
    "aic_scenario_set_header": (c_int, [c_void_p, c_char_p, c_char_p, c_void_p]),
    "aic_scenario_set_number": (c_int, [c_void_p, c_char_p, c_double, c_char_p, c_void_p]),
    "aic_scenario_set_property": (c_int, [c_void_p, c_char_p, c_char_p, c_char_p, c_void_p]),
    "aic_scenario_set_year": (c_int, [c_void_p, c_char_p, c_int, c_char_p, c_void_p]),
    "aic_scenario_solve": (c_int, [c_void_p, POINTER(aic_solve_options), POINTER(c_void_p), c_void_p]),
    "aic_scenario_sweep": (c_int, [c_void_p, POINTER(aic_sweep_options), POINTER(c_void_p), c_void_p]),
    "aic_scenario_text": (c_int, [c_void_p, POINTER(c_void_p), c_void_p]),
    "aic_scenario_title": (c_char_p, [c_void_p]),
    "aic_scenario_validate": (c_int, [c_void_p, c_void_p]),
    "aic_status_text": (c_char_p, [c_int]),
    "aic_text_bytes": (c_char_p, [c_void_p]),
    "aic_text_free": (None, [c_void_p]),
    "aic_text_size": (c_size_t, [c_void_p]),
    "aic_units_convert": (c_int, [c_void_p, c_double, c_char_p, c_char_p, POINTER(c_double), c_void_p]),
    "aic_units_count": (c_size_t, [c_void_p]),
    "aic_units_definition": (c_char_p, [c_void_p, c_size_t]),
    "aic_units_free": (None, [c_void_p]),
    "aic_units_name": (c_char_p, [c_void_p, c_size_t]),
    "aic_units_new": (c_int, [c_void_p, POINTER(c_void_p), c_void_p]),
    "aic_units_synonyms": (c_char_p, [c_void_p, c_size_t]),
    "aic_units_text": (c_int, [c_void_p, c_char_p, c_int, POINTER(c_void_p), c_void_p]),
    "aic_units_title": (c_char_p, [c_void_p, c_size_t]),
    "aic_verdict_text": (c_char_p, [c_int]),
    "aic_version": (c_char_p, []),
}
