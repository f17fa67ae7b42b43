"""Campaigns as they were published, with invented people: data, and how it is built.

Pure. Each file of `data/` marks every figure as published or chosen, and says which
of them a roll-up holds.
"""

from reviews.scenarios.generation import build
from reviews.scenarios.loading import UnknownScenario, load, names, read
from reviews.scenarios.model import (
    Dealing,
    Figure,
    Grassroots,
    Issuer,
    Observation,
    Office,
    Scenario,
    expectations,
)
from reviews.scenarios.tables import BadScenario

__all__ = [
    "BadScenario",
    "Dealing",
    "Figure",
    "Grassroots",
    "Issuer",
    "Observation",
    "Office",
    "Scenario",
    "UnknownScenario",
    "build",
    "expectations",
    "load",
    "names",
    "read",
]
