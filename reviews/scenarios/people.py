"""Names of invented people, drawn from lists of parts. Pure."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

WOMAN, MAN = "F", "M"  # as `PeopleTable.gender`


@dataclass(frozen=True, slots=True)
class Draw:
    """Words with weights, ready to be drawn from."""

    words: Sequence[str]
    weights: Sequence[int]

    def one(self, rng: random.Random) -> str:
        """Return one of the words."""
        return rng.choices(self.words, self.weights)[0]


@dataclass(frozen=True, slots=True)
class NameSet:
    """The parts of one people's names; middle and given names by gender."""

    family: Draw
    middle: Mapping[str, Draw]
    given: Mapping[str, Draw]

    def full_name(self, rng: random.Random, *, gender: str) -> str:
        """Return an invented name; parts that this people does not use are left out."""
        parts = (self.family, self.middle[gender], self.given[gender])
        return " ".join(word for part in parts if (word := part.one(rng)))


@cache
def name_sets() -> Mapping[str, NameSet]:
    """Return the name sets by code."""
    file = resources.files("reviews.scenarios") / "data" / "names.toml"
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    return {
        code: NameSet(
            family=weighted(table["family"]),
            middle={sex: weighted(table[sex]["middle"]) for sex in (WOMAN, MAN)},
            given={
                sex: weighted(dict.fromkeys(table[sex]["given"], 1))
                for sex in (WOMAN, MAN)
            },
        )
        for code, table in tables.items()
    }


def weighted(weights: Mapping[str, int]) -> Draw:
    """Return the words to draw from, each by its weight."""
    return Draw(words=tuple(weights), weights=tuple(weights.values()))
