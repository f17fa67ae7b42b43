"""What somebody sent, what came of it, and that something does not hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from members.models import Account
from tests.reviews.histories.rows import Change, Row


class Broken(AssertionError):
    """Something that must hold does not; `rule` names it."""

    def __init__(self, rule: str, told: object) -> None:
        super().__init__(f"{rule}: {told}")
        self.rule = rule


@dataclass
class Step:
    """What somebody sent, what was answered, and which rows are others since."""

    who: str
    account: Account
    path: str
    status: int
    changes: list[Change]

    def of(self, model: str) -> Iterator[Change]:
        """Return the rows of one model that changed."""
        return (each for each in self.changes if each.model == model)

    def new(self, model: str) -> Iterator[Row]:
        """Return the rows of one model that were not there."""
        for each in self.of(model):
            if each.before is None and each.after is not None:
                yield each.after
