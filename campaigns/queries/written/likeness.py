"""Whether a text equals another word for word.

Source: docs/rules/pledges.md § 4.
"""

from enum import StrEnum

from campaigns import form_definitions
from campaigns.form_definitions import Content
from campaigns.models import Author, WrittenDraft, WrittenKind, ever_by, level_of
from members.row_security import Purpose, opened_for


class Likeness(StrEnum):
    """To what a text is equal; whose the other is, is told to nobody."""

    LAST_YEAR = "LAST_YEAR"
    SOMEBODY = "SOMEBODY"


def words_of(kind: WrittenKind, draft: WrittenDraft) -> Content:
    """Return of a draft what is compared: its words, not its ticks and points."""
    level = level_of(kind.author_of(draft))
    answers = draft.content["answers"]
    return {
        "answers": form_definitions.in_words(draft.definition, level, answers),
        "items": draft.content["items"],
    }


@opened_for(Purpose.LOOK_UP)
def likeness_of(kind: WrittenKind, author: Author, content: Content) -> Likeness | None:
    """Tell whether the words equal a text of last year's, or of somebody else.

    Three queries at most. Source: docs/rules/pledges.md § 4.
    """
    documents = kind.document._default_manager
    this = documents.filter(**{kind.author: author})
    own = documents.filter(ever_by(author))
    same = kind.text._default_manager.filter(
        digest=form_definitions.digest_of(content)
    ).exclude(**{f"{kind.above}__in": list(this)})
    if same.filter(**{f"{kind.above}__in": list(own)}).exists():
        return Likeness.LAST_YEAR
    return Likeness.SOMEBODY if same.exists() else None
