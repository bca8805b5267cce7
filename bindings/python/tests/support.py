# SPDX-License-Identifier: MIT
"""Where things are, and small scenarios that several tests use."""
import importlib.util
import pathlib
import sys
import unittest

PACKAGE = pathlib.Path(__file__).resolve().parent.parent / "aicompute"
ROOT = PACKAGE.parent.parent.parent
sys.path.insert(0, str(PACKAGE.parent))

SCENARIOS = ROOT / "examples/scenarios"
EXAMPLES = sorted(SCENARIOS.glob("*.yaml")) + sorted((SCENARIOS / "report").glob("*.yaml"))
CHAT = SCENARIOS / "chat_service.yaml"
MARKET = SCENARIOS / "server_market.yaml"
TRAINING = SCENARIOS / "training_run.yaml"

COST = """aicompute: 1
title: A <b>bold</b> title
assumptions:
  chips: {value: 1000 accelerator, note: "<script>alert(1)</script>"}
  price: 2 USD/accelerator-hour
  days: 30 day
calculations:
  cost: chips * price * days
claims:
  - {id: cost-1, says: "<i>cost</i>", published: 1.44M USD, computed: cost}
  - {id: cost-2, says: wrong, published: 5M USD, computed: cost}
"""

UNCERTAIN = """aicompute: 1
title: Uncertain
timeline: 2024..2026
assumptions:
  price: 2 to 5 USD/accelerator-hour
  chips: 900 to 1100 accelerator
  days: 30 day
  scale: {2024: 1, 2026: 3}
calculations:
  cost: price * chips * days
  bill: cost * scale
  fixed: days * 2
"""

HAS_NUMPY = importlib.util.find_spec("numpy") is not None
HAS_PANDAS = HAS_NUMPY and importlib.util.find_spec("pandas") is not None
HAS_VENV = importlib.util.find_spec("venv") is not None and importlib.util.find_spec("ensurepip") is not None
needs_numpy = unittest.skipUnless(HAS_NUMPY, "no NumPy")
needs_pandas = unittest.skipUnless(HAS_PANDAS, "no pandas")
