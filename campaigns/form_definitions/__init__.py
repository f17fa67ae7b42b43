"""What a person fills in: sections, questions, guidance, as versioned data. Pure.

One definition serves the screen, the printed page and the Word file. Answers are JSON
by the keys of the questions and belong to one version of a form for good.

Source: docs/rules/pledges.md § 1.
"""

from campaigns.form_definitions.answers import (
    LONGEST_TEXT,
    Answers,
    Problem,
    answer_problems,
    kept,
)
from campaigns.form_definitions.asking import asked_in, with_asked
from campaigns.form_definitions.choosing import (
    collective_reports_for,
    resolved,
    self_reviews_for,
)
from campaigns.form_definitions.contents import (
    Content,
    by_columns,
    digest_of,
    in_words,
    kept_content,
    problems_of,
    sent_items,
)
from campaigns.form_definitions.items import LONGEST, MEASURES, MOST_ITEMS, Item
from campaigns.form_definitions.loading import UnknownForm, codes_of, load, load_file
from campaigns.form_definitions.model import (
    Choice,
    FormDefinition,
    Mark,
    Place,
    Question,
    Section,
    Shown,
    Signature,
)
from campaigns.form_definitions.points import (
    MarkRead,
    kind_of,
    sums_of,
    table_of,
    total_of,
    with_points,
)
from campaigns.form_definitions.reading import LEVELS, BadForm

__all__ = [
    "LEVELS",
    "LONGEST",
    "LONGEST_TEXT",
    "MEASURES",
    "MOST_ITEMS",
    "Answers",
    "BadForm",
    "Choice",
    "Content",
    "FormDefinition",
    "Item",
    "Mark",
    "MarkRead",
    "Place",
    "Problem",
    "Question",
    "Section",
    "Shown",
    "Signature",
    "UnknownForm",
    "answer_problems",
    "asked_in",
    "by_columns",
    "codes_of",
    "collective_reports_for",
    "digest_of",
    "in_words",
    "kept",
    "kept_content",
    "kind_of",
    "load",
    "load_file",
    "problems_of",
    "resolved",
    "self_reviews_for",
    "sent_items",
    "sums_of",
    "table_of",
    "total_of",
    "with_asked",
    "with_points",
]
