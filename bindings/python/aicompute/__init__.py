# SPDX-License-Identifier: MIT
"""Compute, hardware, money, energy and market size of AI, from sourced assumptions in one YAML file.

>>> import aicompute
>>> scenario = aicompute.loads('''
... aicompute: 1
... assumptions: {chips: 1000 accelerator, price: 2 USD/accelerator-hour}
... calculations: {cost: chips * price * 30 day}
... ''')
>>> result = scenario.evaluate()
>>> result["cost"].value, result["cost"].unit
(1440000.0, 'USD')
"""
from ._errors import (ArgumentError, Cancelled, ClosedError, DomainError, Entry, Error, InternalError, LimitError, ModelSyntaxError, OutOfMemoryError,
                      ReadError, ReportWarning, ScenarioError, UnitError, UnknownNameError, UnsupportedError, WriteError)
from ._introspection import Kind, Kinds, Parameter, Unit, Units
from ._claims import Claim, Claims
from ._model import Column, Model
from ._part import Part, merge
from ._result import Quantity, Result
from ._scenario import Scenario, load, loads
from ._statistics import Statistics
from ._table import Table, TableColumn
from ._versions import __version__, library_version, show_versions

__all__ = ["ArgumentError", "Cancelled", "Claim", "Claims", "ClosedError", "Column", "DomainError", "Entry", "Error", "InternalError", "Kind", "Kinds",
           "LimitError", "Model", "ModelSyntaxError", "OutOfMemoryError", "Parameter", "Part", "Quantity", "ReadError", "ReportWarning", "Result", "Scenario",
           "ScenarioError", "Statistics", "Table", "TableColumn", "Unit", "UnitError", "Units", "UnknownNameError", "UnsupportedError", "WriteError", "__version__", "library_version", "load",
           "loads", "merge", "show_versions"]
