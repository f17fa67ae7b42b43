"""Reading a table of a scenario: what only scenarios hold. Pure."""

from collections.abc import Collection, Mapping

from members import tables

KINDS = ("published", "chosen")  # what a file says of each of its values


class BadScenario(tables.BadTable):
    """A scenario says something that cannot be, or fails to say something."""


class Table(tables.Table):
    """One table of a scenario."""

    refusal = BadScenario

    def place(self, name: str, at: int, value: object) -> str:
        """Return how refusals call a value of a list, counted from 0."""
        return f"{name}.{at}"

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of different texts; no key means none."""
        found = super().texts(name)
        for at, text in enumerate(found):
            if text in found[:at]:
                self.refuse(f"{name}.{at}", f"{text} stands there twice")
        return found

    def number(self, name: str, *, least: int = 0, most: int = 10_000_000) -> int:
        """Return a whole number between two others."""
        value = self.take(name)
        if not isinstance(value, int) or isinstance(value, bool):
            self.refuse(name, "is not a whole number")
        if not least <= value <= most:
            self.refuse(name, f"is not between {least} and {most}")
        return value

    def kind(self) -> str:
        """Return whether what the table holds was published or is chosen."""
        return self.one_of("kind", KINDS)

    def counts(self, name: str, allowed: Collection[str]) -> Mapping[str, int]:
        """Return whole numbers by code, {} where the key is left out."""
        if name not in self:
            return {}
        return self.part(
            name,
            lambda own: {code: own.number(code) for code in allowed if code in own},
        )
