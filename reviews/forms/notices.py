"""Notices that are handed over, requests to look again, and what comes of them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.forms.work import LinesField
from campaigns.models import Campaign
from campaigns.rulesets import RuleSet
from members.forms.fields import TOO_LONG, DayField
from reviews.forms.decisions import PapersForm, line_field
from reviews.queries.files import choices_of, level_words, reason_words
from reviews.queries.notices import Notice
from reviews.services.revising import Outcome

KEEP = "KEEP"


class HandOverForm(forms.Form):
    """To whom of a cell the notice was handed over on paper, and when."""

    people = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Given to"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    given_on = DayField(label=gettext_lazy("Handed over on"))

    def __init__(self, data: Any = None, *, waiting: Sequence[Notice]) -> None:
        super().__init__(data)
        people = self.fields["people"]
        assert isinstance(people, forms.TypedMultipleChoiceField)
        people.choices = [
            (each.participant.pk, each.participant.full_name) for each in waiting
        ]
        people.initial = [each.participant.pk for each in waiting]


class RequestForm(forms.Form):
    """What is to be looked at again; without words where a campaign keeps none."""

    text = LinesField(
        label=gettext_lazy("What is to be looked at again, and why"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, campaign: Campaign) -> None:
        super().__init__(data)
        self.fields["text"].required = campaign.mode == Campaign.Mode.FULL_TEXT
        if campaign.mode != Campaign.Mode.FULL_TEXT:
            del self.fields["text"]


class PaperRequestForm(RequestForm):
    """A request that came on paper, by the code of whoever signed it."""

    code = line_field(gettext_lazy("Member code, as it stands on the notice"))
    signed_on = DayField(label=gettext_lazy("Date of the paper"))
    field_order = ("code", "signed_on", "text")


class OutcomeForm(PapersForm):
    """The decision on one person: the level is kept or changed, and why."""

    level = forms.ChoiceField(label=gettext_lazy("Level after it"))
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason for the lowest level"), required=False
    )
    note = LinesField(
        label=gettext_lazy("Why; the person reads this"),
        max_length=2000,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, rules: RuleSet, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        first, *levels = choices_of(level_words(rules))
        reasons = self.fields["reason"]
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)
        assert isinstance(reasons, forms.ChoiceField)
        level.choices = [first, *self.kept(), *levels]
        reasons.choices = choices_of(reason_words(rules))

    def kept(self) -> list[tuple[str, str]]:
        """Return what is offered beside the levels."""
        return []

    def outcome(self) -> Outcome:
        """Return what stands after it, as the service takes it."""
        typed = self.cleaned_data
        level = "" if typed["level"] == KEEP else typed["level"]
        return Outcome(level, typed["note"], typed["reason"])


class AnswerForm(OutcomeForm):
    """The answer to a request."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("level", "reason", "note")

    def __init__(self, data: Any = None, *, now: str, **kwargs: Any) -> None:
        self.now = now
        super().__init__(data, **kwargs)

    def kept(self) -> list[tuple[str, str]]:
        """Return that the level is kept, in words."""
        return [(KEEP, _("keep: %s") % self.now)]


class ReopenForm(OutcomeForm):
    """Somebody who is rated anew though nobody asked, by the member code."""

    code = line_field(gettext_lazy("Member code"))
    field_order = ("code", "level", "reason", "note")
