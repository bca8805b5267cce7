# SPDX-License-Identifier: MIT
# %% [markdown]
# # A chat service, a market and a broker's report
#
# Run it as a notebook (editors show the cells), or as a program: `python3 tutorial.py FOLDER` writes its figures to FOLDER.
# Its data are the example scenarios of the source tree, which is looked for two folders up, or at AICOMPUTE_EXAMPLES.

# %% Setting up
import os
import pathlib
import sys

import matplotlib
import numpy
import pandas

import aicompute
from aicompute import plots

HERE = pathlib.Path(globals().get("__file__", "bindings/python/examples/tutorial.py")).resolve()
SCENARIOS = pathlib.Path(os.environ.get("AICOMPUTE_EXAMPLES") or HERE.parents[3] / "examples/scenarios")
FIGURES = pathlib.Path(sys.argv[1]) if len(sys.argv) == 2 and __name__ == "__main__" and HERE.name == pathlib.Path(sys.argv[0]).name else None

# The same drawing gives the same file: no date in it, no random names, text as text.
matplotlib.rcParams.update({"svg.hashsalt": "aicompute", "svg.fonttype": "none"})


def keep(ax, name):
    """Leaves a picture in the folder that was asked for."""
    if FIGURES is not None:
        FIGURES.mkdir(parents=True, exist_ok=True)
        ax.figure.savefig(FIGURES / f"{name}.svg", metadata={"Date": None})
    return ax


# %% [markdown]
# ## A service, computed
# A scenario is a YAML file: assumptions with their sources, models, calculations. Every number has a unit.

# %%
chat = aicompute.load(SCENARIOS / "chat_service.yaml")
result = chat.evaluate()
servers, capex = result["chat.servers"], result["chat.capex"]
print(f"{servers.display}, {capex.display}; utilization is {result['chat.utilization'].display}")

# %% A wrong unit is refused, with the place and the repair
try:
    chat.set("chat.utilization", "32 TFLOP/s")
except aicompute.UnitError as error:
    print(error)

# %% [markdown]
# ## What if?
# Compiled once, a scenario is evaluated over whole columns.

# %%
model = chat.compile(inputs={"chat.utilization": "%", "visits": "visit/day"}, outputs={"chat.capex": "CNY"})
grid = pandas.DataFrame({"chat.utilization": numpy.linspace(20, 60, 5)})
grid.attrs["units"] = {"chat.utilization": "%"}
grid["capex, B CNY"] = model.batch(grid)["chat.capex"] / 1e9
print(grid.round(2).to_string(index=False))

# %% [markdown]
# ## What is not known
# Any assumption may be a range: 5 % are below, 5 % above. Draws are the same on every machine.

# %%
chat.set("chat.utilization", "25 % to 45 %")
chat.set("visits", "50M visit/day to 75M visit/day")
sampled = chat.sample(100_000, seed=1)
spread = sampled["chat.capex"].statistics()
print(f"capex {spread.quantile(0.05) / 1e9:.2f} .. {spread.quantile(0.95) / 1e9:.2f} B CNY, mean {spread.mean / 1e9:.2f}")
assert spread.quantile(0.05) < capex.value < spread.quantile(0.95)

# %% What matters: each input at its ends, the others at their medians; those that are certain moved by 10 %
matters = chat.sensitivity("chat.capex", step=0.1, seed=1)
print(matters)
keep(plots.tornado(matters, name="chat.capex", most=8), "tornado")

# %% How the draws are spread
rows = 50_000
generator = numpy.random.default_rng(1)
draws = model.batch({"chat.utilization": generator.uniform(25, 45, rows), "visits": generator.uniform(50e6, 75e6, rows)})
keep(plots.histogram(draws["chat.capex"], unit="CNY", name="chat.capex"), "histogram")

# %% [markdown]
# ## A market, year by year

# %%
market = aicompute.load(SCENARIOS / "server_market.yaml")
market.set("market.shipments_growth", "12 %/year to 28 %/year")
years = market.sample(20_000, seed=1, quantiles=(0.05, 0.25, 0.5, 0.75, 0.95))
keep(plots.fan(years["market.revenue"]), "fan")

# %% What is shipped replaces what is scrapped, or adds to what is there
keep(plots.market([years["market.replacement"], years["market.expansion"]], labels=["replacement", "expansion"]), "market")

# %% [markdown]
# ## A report, checked against its own assumptions
# Published figures are compared with what follows from what the report says elsewhere; the rounding of printed digits is respected on both sides.

# %%
check = aicompute.load(SCENARIOS / "report.yaml").check()
claims = check.claims
print(f"{claims.count('holds')} of {len(claims)} hold, {claims.count('differs')} differ")
keep(plots.claims(claims), "claims")

# %% The slip behind one that differs, and what it comes to without
print(next(one for one in check.to_dict()["claims"] if one["id"] == "INF-03")["diagnosis"][0]["text"])
keep(plots.repair(check, "INF-03"), "waterfall")
