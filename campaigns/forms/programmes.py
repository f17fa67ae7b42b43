"""The acts on a programme: adopted, checked, its result drafted, sent and answered."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.work import REQUIRED, LinesField
from campaigns.models import Campaign, Meeting, ProgrammeCheck, ProgrammeItem
from campaigns.queries.programmes import ItemLine
from members.dates import display_day
from members.forms.decisions import VersionForm
from members.forms.fields import TOO_LONG, CleanTextField, DayField, document_field

MOST_ITEMS = 500


class EmptyForm(forms.Form):
    """An act that asks for nothing."""


class WriteForm(VersionForm):
    """How the programme applies the study topic of the year."""

    application = LinesField(
        label=_("How the programme applies the study topic of the year"),
        required=False,
    )


class AdoptForm(VersionForm):
    """By which document the programme is adopted; how many items it has on paper."""

    adopted_on = DayField(label=_("Adopted on"))
    document = document_field()
    items_on_paper = forms.IntegerField(
        label=_("Number of items on paper"),
        required=False,
        min_value=1,
        max_value=MOST_ITEMS,
        help_text=_(
            "Empty where the items are entered here. Meetings then record for each "
            "number how it stands."
        ),
    )


class CheckForm(forms.Form):
    """How each item stands: all are on track but for what is changed."""

    on = DayField(label=_("Day of the check"))
    meeting = forms.ChoiceField(label=_("At the meeting"), required=False)

    def __init__(
        self,
        *args: Any,
        lines: Iterable[ItemLine],
        meetings: Sequence[Meeting],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_meetings(self.fields["meeting"], meetings)
        self.meetings = {str(each.pk): each for each in meetings}
        # What is behind comes first, and stays behind until somebody says otherwise.
        in_order = sorted(lines, key=lambda line: not line.is_behind)
        self.items = [line.item for line in in_order]
        behind = {line.item.pk: line.newest for line in in_order if line.is_behind}
        for item in self.items:
            before = behind.get(item.pk)
            self.fields[f"state_{item.pk}"] = forms.ChoiceField(
                label=item.text,
                choices=ProgrammeCheck.State.choices,
                help_text=_since(before) if before else "",
            )
            state = before.state if before else ProgrammeCheck.State.ON_TRACK
            self.initial.setdefault(f"state_{item.pk}", state)
            if item.is_on_paper:
                continue
            self.initial.setdefault(f"note_{item.pk}", before.note if before else "")
            self.fields[f"note_{item.pk}"] = CleanTextField(
                label=_("Note, evidence"),
                max_length=500,
                required=False,
                error_messages={"max_length": TOO_LONG},
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for item in self.items:
            state, note = data.get(f"state_{item.pk}"), data.get(f"note_{item.pk}")
            if state == ProgrammeCheck.State.BEHIND and note == "":
                self.add_error(f"note_{item.pk}", _("Say what is behind."))
        return data

    def meeting_chosen(self) -> Meeting | None:
        """Return the meeting that checked, where one is kept here."""
        return self.meetings.get(self.cleaned_data["meeting"])

    def found(self) -> dict[int, tuple[str, str]]:
        """Return what is not simply on track, by the number of the item."""
        data = self.cleaned_data
        found = {
            item.pk: (data[f"state_{item.pk}"], data.get(f"note_{item.pk}", ""))
            for item in self.items
        }
        usual = (ProgrammeCheck.State.ON_TRACK, "")
        return {pk: said for pk, said in found.items() if said != usual}


class ResultForm(VersionForm):
    """The result of the year, as a whole and item by item."""

    def __init__(
        self, *args: Any, items: Iterable[ProgrammeItem], mode: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"result_{item.pk}"] = forms.ChoiceField(
                label=item.text,
                choices=ProgrammeItem.Result.choices,
                required=False,
                initial=item.result,
            )
            if item.is_on_paper or mode == Campaign.Mode.RESULTS_ONLY:
                continue  # the words stay on paper
            self.fields[f"note_{item.pk}"] = CleanTextField(
                label=_("Note on the result"),
                max_length=2000,
                required=False,
                initial=item.result_note,
                widget=forms.Textarea(attrs={"rows": 2}),
                error_messages={"max_length": TOO_LONG},
            )
        if mode == Campaign.Mode.FULL_TEXT:
            self.fields["result"] = LinesField(
                label=_("Result of the year as a whole"), required=False
            )

    def results(self) -> dict[int, tuple[str, str]]:
        """Return result and note by the number of the item; a note not asked for stays."""
        data = self.cleaned_data
        return {
            item.pk: (
                data[f"result_{item.pk}"],
                data.get(f"note_{item.pk}", item.result_note),
            )
            for item in self.items
        }


class SignForm(VersionForm):
    """The day on which a co-chair has signed on paper."""

    on = DayField(label=_("Signed on"))


class SendForm(VersionForm):
    """The meeting that discussed the result, and its minutes."""

    discussed_on = DayField(label=_("Discussed on"))
    minutes = CleanTextField(
        label=_("Minutes (number, date)"),
        max_length=255,
        error_messages={"required": REQUIRED, "max_length": TOO_LONG},
    )
    meeting = forms.ChoiceField(label=_("At the meeting"), required=False)

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_meetings(self.fields["meeting"], meetings)
        self.meetings = {str(each.pk): each for each in meetings}

    def meeting_chosen(self) -> Meeting | None:
        """Return the meeting that discussed it, where one is kept here."""
        return self.meetings.get(self.cleaned_data["meeting"])


class AnswerForm(VersionForm):
    """What the unit above answers to a result."""

    APPROVED, RETURNED = "approve", "return"

    decision = forms.ChoiceField(
        label=_("Answer"),
        widget=forms.RadioSelect,
        choices=(
            (APPROVED, _("Approve the result")),
            (RETURNED, _("Return it for completion")),
        ),
        error_messages={"required": REQUIRED},
    )
    document = document_field()
    remarks = LinesField(label=_("Remarks"), required=False)


def _since(check: ProgrammeCheck) -> str:
    return _("Behind since %s.") % display_day(check.on)


def offer_meetings(field: forms.Field, meetings: Sequence[Meeting]) -> None:
    """Let a field offer meetings by day and kind, or none."""
    assert isinstance(field, forms.ChoiceField)
    named = [(str(each.pk), f"{display_day(each.on)} – {each.get_kind_display()}") for each in meetings]  # fmt: skip
    field.choices = [("", _("Not kept here")), *named]
