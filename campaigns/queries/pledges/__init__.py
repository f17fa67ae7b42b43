"""What the pages of pledges show, read with a fixed number of queries."""

from campaigns.queries.pledges.beginning import not_to_begin
from campaigns.queries.pledges.checking import (
    ItemLine,
    PersonItems,
    behind_at,
    items_of_unit,
)
from campaigns.queries.pledges.linking import (
    programme_checks,
    task_checks,
    with_links,
)
from campaigns.queries.pledges.lists import (
    own_pledges,
    roll_of,
)
from campaigns.queries.pledges.reading import (
    FullText,
    ItemRead,
    Link,
    SectionRead,
    all_texts,
    confirmed_texts,
    current_items,
    draft_as_read,
    last_number,
    last_remark,
    likeness_of,
    openings_of,
    read_text,
    texts_of,
    without_checks,
)
from campaigns.queries.pledges.suggesting import (
    Suggestion,
    suggestions_for,
)
from campaigns.queries.written.likeness import Likeness

__all__ = [
    "FullText",
    "ItemLine",
    "ItemRead",
    "Likeness",
    "Link",
    "PersonItems",
    "SectionRead",
    "Suggestion",
    "all_texts",
    "behind_at",
    "confirmed_texts",
    "current_items",
    "draft_as_read",
    "items_of_unit",
    "last_number",
    "last_remark",
    "likeness_of",
    "not_to_begin",
    "openings_of",
    "own_pledges",
    "programme_checks",
    "read_text",
    "roll_of",
    "suggestions_for",
    "task_checks",
    "texts_of",
    "with_links",
    "without_checks",
]
