"""How many years running somebody, or an organisation, has had one level. Pure.

Source: docs/rules/consequences.md § 2.
"""

from collections.abc import Collection, Mapping


def years_running(
    levels: Mapping[int, Collection[str]], level: str, *, last: int, unrated: str
) -> list[int]:
    """Return the years up to `last` that have the level, without a gap; latest first.

    `levels` are those of each year: one, or several where several were given, which
    have to be this one. `unrated` says what a year without a level does: it BREAKS the
    row, or is SKIPPED and not counted.
    """
    found: list[int] = []
    for year in range(last, min(levels, default=last) - 1, -1):
        given = set(levels.get(year, ()))
        if given == {level}:
            found.append(year)
        elif given or unrated == "BREAKS":
            break
    return found
