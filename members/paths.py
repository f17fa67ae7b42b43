"""Where a unit stands in the tree, as text that sorts and cuts by plain bytes.

A path is one segment of seven digits for each unit from the root down, without
separators: the root "0000001", its child "00000010000002". A column of paths must
compare by bytes (collation "C" on PostgreSQL, which is what SQLite does anyway);
then a subtree is one range of an index.
"""

SEGMENT = 7
LARGEST = 10**SEGMENT - 1
NO_PARENT = -1  # where columns name the unit above by its index, and there is none
MAX_DEPTH = 30  # docs/adr/0008-a-tree-has-at-most-thirty-levels.md

# The byte after '9': above whatever digit follows, below every path that differs.
AFTER_DIGITS = ":"


class TooDeep(ValueError):
    """The tree would get more levels than a path has room for."""


def segment(number: int) -> str:
    """Return the segment for the `number`-th unit.

    Raises: ValueError for a number that seven digits cannot hold, or below 1.
    """
    if not 1 <= number <= LARGEST:
        raise ValueError(f"a segment is a number from 1 to {LARGEST}, got {number}")
    return f"{number:0{SEGMENT}d}"


def child_path(parent: str, number: int, *, levels: int = 1) -> str:
    """Return the path of the `number`-th unit below `parent` ("" for a root).

    `levels` counts those that the unit brings, its own included.
    Raises: TooDeep if not all of them have room.
    """
    above = depth(parent) if parent else 0
    if above + levels > MAX_DEPTH:
        raise TooDeep(f"{levels} below level {above} are more than {MAX_DEPTH} levels")
    return parent + segment(number)


def depth(path: str) -> int:
    """Return how many units stand on the way, the unit itself included: a root is 1."""
    _check(path)
    return len(path) // SEGMENT


def ancestry(path: str) -> list[str]:
    """Return the paths from the root down to the unit, its own last."""
    _check(path)
    return [path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT)]


def is_within(path: str, ancestor: str) -> bool:
    """Tell whether `path` is `ancestor` itself or stands anywhere below it."""
    _check(path)
    _check(ancestor)
    return path.startswith(ancestor)


def subtree_range(path: str) -> tuple[str, str]:
    """Return the bounds of the unit with everything below it.

    Shape: (lower, upper), to be used as `lower <= p < upper` in byte order.
    """
    _check(path)
    return path, path + AFTER_DIGITS


def _check(path: str) -> None:
    """Refuse what is no path.

    Above all the empty text: every path begins with it, so a forgotten path would
    open the whole tree.
    """
    if not path or len(path) % SEGMENT or not (path.isascii() and path.isdigit()):
        raise ValueError(f"not a path of segments of {SEGMENT} digits: {path!r}")
