"""What every entry of a list has, and how the files of lists are read. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TypedDict

from members.tables import Label, Table

MOST_DAYS = 366
Sources = Mapping[str, Label]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An entry of a list: its code, the words for it, and how sure they are."""

    code: str
    label: Label
    source: Label
    certainty: str


class TermFacts(TypedDict):
    """What makes a `Term`, for entries that hold more."""

    code: str
    label: Label
    source: Label
    certainty: str


class ListTable(Table):
    """A table of a file of lists; each file has a subclass with its refusal."""

    def term(self, sources: Sources) -> Term:
        """Return the entry that the table is, where it holds no more."""
        return Term(**self.facts(sources))

    def facts(self, sources: Sources) -> TermFacts:
        """Return what every entry holds, its source one of these."""
        return {
            "code": self.text("code"),
            "label": self.label("label"),
            "source": sources[self.one_of("source", sources)],
            "certainty": self.certainty(),
        }

    def is_so(self, name: str) -> bool:
        """Return whether a flag is set; no key means no."""
        return name in self and self.flag(name)

    def days(self, name: str) -> int:
        """Return a number of days, a year at most."""
        found = self.take(name)
        if type(found) is not int or not 1 <= found <= MOST_DAYS:
            self.refuse(name, f"is no number of days from 1 to {MOST_DAYS}")
        return found


def shipped(file: str) -> str:
    """Return the text of a file of lists that this version ships."""
    path = resources.files("campaigns.vocabulary") / file
    return path.read_text(encoding="utf-8")
