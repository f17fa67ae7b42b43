"""Who counts, which round opens, and what was counted."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.forms.meetings import VersionedForm
from campaigns.models import Participant
from members.forms.fields import TOO_LONG, CleanTextField
from reviews.ballots import Fault, Papers
from reviews.models import Ballot, BallotDraft
from reviews.queries.ballot_pages import Column, LineShown, NextRound
from reviews.services.balloting import PAPERS, CountsDoNotAdd

MOST = 100_000
BOXES = PAPERS[1:]  # who is convoked is known
FAULTS = {
    Fault.NEGATIVE: ("present", _("No number is below 0.")),
    Fault.MORE_PRESENT_THAN_CONVOKED: (
        "present",
        _("More were present than convoked."),
    ),
    Fault.MORE_ISSUED_THAN_PRESENT: (
        "issued",
        _("More papers were issued than voters were present."),
    ),
    Fault.MORE_RETURNED_THAN_ISSUED: (
        "returned",
        _("More papers came back than were issued."),
    ),
    Fault.RETURNED_IS_NO_SUM: (
        "invalid",
        _("Valid and invalid papers are not as many as came back."),
    ),
}


def _box(label: Any, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, **kwargs)


class TellersForm(VersionedForm):
    """The head and the others, of those who vote and are not the secretary."""

    head = forms.TypedChoiceField(label=_("Head of the tellers"), coerce=int)
    others = forms.TypedMultipleChoiceField(
        label=_("Tellers"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any = None, *, people: Sequence[Participant], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        names = [(each.pk, each.full_name) for each in people]
        self.fields["head"].choices = [("", _("Choose"))] + names  # type: ignore[attr-defined]  # a field with choices
        self.fields["others"].choices = names  # type: ignore[attr-defined]  # the same


class RoundForm(VersionedForm):
    """Which round opens, with the names of those whom it concerns."""

    kind = forms.ChoiceField(label=_("Round"), widget=forms.RadioSelect)

    def __init__(
        self, data: Any = None, *, rounds: Sequence[NextRound], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a field with choices
            (each.kind, f"{each.label}: {', '.join(each.names)}") for each in rounds
        ]


class ParagraphForm(VersionedForm):
    """The paragraph of the minutes by which a locked round is corrected."""

    paragraph = CleanTextField(
        label=_("Paragraph of the minutes"),
        max_length=1000,
        error_messages={"max_length": TOO_LONG},
    )


class CountForm(VersionedForm):
    """The papers of a round, and one line a person; an empty box of a line is 0."""

    present = _box(_("Voters present"))
    issued = _box(_("Papers issued"))
    returned = _box(_("Papers returned"))
    valid = _box(_("Valid"))
    invalid = _box(_("Invalid"))

    def __init__(
        self,
        data: Any = None,
        *,
        ballot: Ballot,
        lines: Sequence[LineShown],
        columns: Sequence[Column],
        present: int,
        draft: BallotDraft | None = None,
    ) -> None:
        self.ballot, self.lines, self.columns = ballot, lines, columns
        is_entered = ballot.state == Ballot.State.ENTERED
        papers = {name: getattr(ballot, name) for name in BOXES}
        known = papers if is_entered else {"present": present}
        super().__init__(data, initial={"version": ballot.version, **known})
        for line in lines:
            self._add(line, is_entered=is_entered)
        if draft:
            self._take_up(draft)
        for name, field in self.fields.items():
            if name != "version":
                _dress(field)

    def _add(self, line: LineShown, *, is_entered: bool) -> None:
        for column, count in zip(self.columns, line.counts, strict=True):
            self.fields[f"{column.name}_{line.line.occasion_id}"] = _box(
                f"{line.name}: {column.label}",
                required=False,
                initial=count or None if is_entered else None,
            )

    def _take_up(self, draft: BallotDraft) -> None:
        """Show what was typed and not entered, upon the version it was typed to."""
        typed = draft.content.items()
        self.initial.update({name: text for name, text in typed if name in self.fields})
        self.initial["version"] = draft.ballot_version

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The papers, in the order of the page."""
        return [self[name] for name in BOXES]

    @property
    def rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Each person with the boxes of the line, in the order of the meeting."""
        return [(each.name, self._boxes_of(each)) for each in self.lines]

    def _boxes_of(self, line: LineShown) -> list[forms.BoundField]:
        pk = line.line.occasion_id
        return [self[f"{column.name}_{pk}"] for column in self.columns]

    def papers(self) -> Papers:
        """Return the papers as they were typed."""
        typed = {name: self.cleaned_data[name] for name in BOXES}
        return Papers(convoked=self.ballot.convoked, **typed)

    def counts(self) -> dict[int, dict[str, int]]:
        """Return the votes by occasion and column."""
        return {
            each.line.occasion_id: {
                column.name: self.cleaned_data[f"{column.name}_{each.line.occasion_id}"]
                or 0
                for column in self.columns
            }
            for each in self.lines
        }

    def tell(self, refusal: CountsDoNotAdd) -> None:
        """Say beside each box what does not add up, with its number."""
        for fault in refusal.faults:
            self.add_error(*FAULTS[fault])
        for pk, missing in refusal.missing.items():
            self.add_error(f"{self.columns[0].name}_{pk}", lacking(missing))


def lacking(missing: int) -> str:
    """Return how many papers a line lacks, or has too many, in words."""
    many = abs(missing)
    text = (
        ngettext("%(count)d paper is missing.", "%(count)d papers are missing.", many)
        if missing > 0
        else ngettext("%(count)d paper too many.", "%(count)d papers too many.", many)
    )
    return text % {"count": many}


def _dress(field: forms.Field) -> None:
    """Let a box say what it is, for who does not see the row."""
    field.widget.attrs |= {
        "class": "form-control",
        "aria-label": field.label,
        "autocomplete": "off",
    }


def chosen(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return head and other tellers, as the service takes them."""
    head = typed["head"]
    return {"head": head, "others": [pk for pk in typed["others"] if pk != head]}
