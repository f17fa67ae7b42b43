"""The forms of what hangs on a programme: items, requests for direction, co-chairs."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.forms.work import RecordForm, field_of
from campaigns.models import CoChair, DirectionRequest, ProgrammeItem
from campaigns.queries.programmes import member_named, named_as
from campaigns.steps import window_of
from members.dates import display_day
from members.forms.fields import CleanTextField


class ItemForm(RecordForm):
    """One item of a programme: what, how one sees it, by when, what shows it, by whom.

    Who answers for it is found by code and name together: neither alone finds anybody.
    """

    responsible_code = CleanTextField(
        label=_("Who answers for it: member code"), max_length=40, required=False
    )
    responsible_name = CleanTextField(
        label=_("Who answers for it: full name"),
        max_length=255,
        required=False,
        help_text=_("It is offered to this person for the pledge. Empty for nobody."),
    )

    class Meta:
        model = ProgrammeItem
        formfield_callback = field_of
        fields = (
            "kind",
            "text",
            "measure",
            "goal",
            "unit_of_measure",
            "due_on",
            "evidence",
            "application",
            "breakthrough",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.responsible_id:
            code, name = named_as(self.instance.responsible_id)
            self.fields["responsible_code"].initial = code
            self.fields["responsible_name"].initial = name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._find_responsible(data)
        is_number = data.get("measure") == ProgrammeItem.Measure.NUMBER
        if is_number and not any(letter.isdigit() for letter in data.get("goal", "0")):
            self.add_error("goal", _("Enter the number that is to be reached."))
        self._demand_of_year(data.get("due_on"))
        return data

    def _demand_of_year(self, due_on: date | None) -> None:
        """Refuse a day outside the year. Source: docs/rules/programmes.md § 2."""
        first, last = window_of(self.instance.programme.unit.campaign.year)
        if due_on and not first <= due_on <= last:
            days = {"first": display_day(first), "last": display_day(last)}
            text = _("Choose a day from %(first)s to %(last)s.")
            self.add_error("due_on", text % days)

    def _find_responsible(self, data: dict[str, Any]) -> None:
        code, name = data.get("responsible_code"), data.get("responsible_name")
        found = member_named(code=code, name=name) if code and name else None
        if (code or name) and found is None:
            self.add_error(
                "responsible_code", _("No member has this code and this name.")
            )
        self.instance.responsible = found

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        del facts["responsible_code"], facts["responsible_name"]
        return {**facts, "responsible": self.instance.responsible}


class DirectionForm(RecordForm):
    TEXTS = ("answer",)
    PAST = ("asked_on", "answered_on")

    class Meta:
        model = DirectionRequest
        formfield_callback = field_of
        fields = (
            "document",
            "asked_on",
            "subject",
            "answer_document",
            "answered_on",
            "answer",
        )


class CoChairForm(RecordForm):
    member_code = CleanTextField(
        label=_("Member code, where the person has an account here"),
        max_length=40,
        required=False,
        help_text=_("Empty: the person signs on paper."),
    )

    class Meta:
        model = CoChair
        formfield_callback = field_of
        fields = ("name", "title", "document", "from_on", "ends_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.member_id:
            self.fields["member_code"].initial = named_as(self.instance.member_id)[0]

    def clean(self) -> dict[str, Any]:
        """Find the member by code and name together: neither alone finds anybody."""
        data = super().clean() or self.cleaned_data
        code, name = data.get("member_code", ""), data.get("name", "")
        data["member"] = member_named(code=code, name=name) if code else None
        if code and data["member"] is None:
            self.add_error("member_code", _("No member has this code and this name."))
        self.instance.member = data["member"]
        return data

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        del facts["member_code"]
        return facts
