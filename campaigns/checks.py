"""What `check` says of the data that this version ships."""

from collections.abc import Callable
from typing import Any

from django.core import checks

from campaigns import form_definitions, rulesets
from campaigns.vocabulary.opinions import opinion_lists
from campaigns.vocabulary.parties import assessing_parties
from campaigns.vocabulary.records import record_lists
from campaigns.vocabulary.unreviewed import unreviewed_reasons
from members.holidays import holidays
from members.limits import limits
from members.periods import periods
from members.tables import BadTable
from members.vocabulary import vocabulary
from members.vocabulary.lists import lists

READERS: tuple[Callable[[], object], ...] = (
    vocabulary,
    lists,
    periods,
    limits,
    holidays,
    record_lists,
    opinion_lists,
    assessing_parties,
    unreviewed_reasons,
    lambda: form_definitions.codes_of("PLEDGE"),  # reads the form of every kind
    lambda: [rulesets.load(code) for code in rulesets.available()],
)


@checks.register(checks.Tags.compatibility)
def data_files(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Return what the files of rules and lists say that cannot be."""
    found: list[checks.CheckMessage] = []
    for read in READERS:
        try:
            read()
        except BadTable as bad:
            found.append(checks.Error(str(bad), id="campaigns.E001"))
    return found
