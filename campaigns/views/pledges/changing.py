"""What the buttons inside a pledge do to what was typed, before it is kept."""

from collections.abc import Mapping, Sequence

from campaigns.form_definitions import LONGEST, MOST_ITEMS, Content
from campaigns.queries.pledges import Suggestion
from campaigns.views.written.writing import REVIEW

TOP = "main"


def change(
    content: Content, button: str, offered: Mapping[str, Sequence[Suggestion]]
) -> str:
    """Add or take out an item as the button asks; return where the page goes on.

    Shape: "add:duty", "remove:3", "use:criterion:7:duty", "review"; anything else
    keeps what was typed and nothing more.
    """
    act, _, rest = button.partition(":")
    if act == "add":
        return _add(content, rest, {})
    if act == "use":
        source, _, section = rest.rpartition(":")
        return _add(content, section, _taken_from(source, offered))
    if act == "remove" and rest in map(str, range(len(content["items"]))):
        gone = content["items"].pop(int(rest))
        return f"section-{gone['section']}"
    return REVIEW if act == REVIEW else TOP


def _add(content: Content, section: str, taken: Mapping[str, str]) -> str:
    if len(content["items"]) < MOST_ITEMS:
        blank = dict.fromkeys(LONGEST, "")
        content["items"].append(
            {"section": section, "measure": "TEXT", "source": "", **blank, **taken}
        )
    return f"item-{len(content['items']) - 1}"


def _taken_from(
    source: str, offered: Mapping[str, Sequence[Suggestion]]
) -> dict[str, str]:
    """Return what an item takes over; a day of last year is over and stays behind."""
    kind = source.partition(":")[0]
    for each in offered.get(kind, ()):
        if each.source == source:
            return {
                "text": each.text,
                "measure": each.measure,
                "goal": each.goal,
                "unit_of_measure": each.unit_of_measure,
                "due_on": each.due_on,
                "source": each.source,
            }
    return {}
