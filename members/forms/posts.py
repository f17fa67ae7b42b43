"""Posts: given, delegated, ended."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members.forms.fields import (
    TOO_LONG,
    CleanTextField,
    DayField,
    document_field,
    with_choose,
)
from members.models import PartyUnit, Post
from members.policy import Role

FIELD_LENGTH = 120
_OUTSIDE_NEEDS = {
    "title": _("Enter the title."),
    "organisation": _("Enter the authority or union."),
}


class DocumentForm(forms.Form):
    """An act that needs nothing but its document."""

    document = document_field()


class DelegationForm(DocumentForm):
    """Until when somebody may act as well."""

    until = DayField(label=_("Until (included)"))

    field_order = ("until", "document")


class ChargeForm(forms.Form):
    """The units and fields in the charge of who holds a committee post."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    units = forms.ModelMultipleChoiceField(
        PartyUnit.objects.none(),
        label=_("Units in charge"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    fields_of_work = forms.CharField(
        label=_("Fields of work in charge, one a line"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = units

    def clean_fields_of_work(self) -> list[str]:
        """Return the lines that say something, each once."""
        line = CleanTextField(required=False, max_length=FIELD_LENGTH)
        text: str = self.cleaned_data["fields_of_work"]
        lines = [line.clean(each) for each in text.splitlines()]
        return list(dict.fromkeys(filter(None, lines)))


class PostForm(DocumentForm):
    """A role, from a day, perhaps with a planned end."""

    role = forms.ChoiceField(
        label=_("Post"),
        choices=with_choose(Post.RoleChoice.choices),
        error_messages={"required": _("Choose the post.")},
    )
    title = CleanTextField(
        label=_("Title, where it differs"), required=False, max_length=255
    )
    organisation = CleanTextField(
        label=_("Authority or union, for a post there"),
        required=False,
        max_length=255,
        help_text=_(
            "For example: “Ủy ban nhân dân xã”. Such a post gives no access; the level of "
            "exemplary responsibility goes by it."
        ),
    )
    is_head = forms.BooleanField(
        label=_("Heads this authority or union"), required=False
    )
    from_on = DayField(label=_("From"))
    planned_until = DayField(
        label=_("Planned until"),
        required=False,
        help_text=_("A reminder only: the post ends by an act, not by this day."),
    )

    ends_on = DayField(
        label=_("Last day, for a working team"),
        required=False,
        help_text=_("As its decision says; the day after, the post gives nothing."),
    )
    named = forms.ModelMultipleChoiceField(
        PartyUnit.objects.none(),
        label=_("Units that its decision names, for a working team"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One post at each of them. If none is ticked: at this unit."),
    )

    field_order = (
        "role",
        "title",
        "organisation",
        "is_head",
        "from_on",
        "planned_until",
        "ends_on",
        "named",
        "document",
    )

    def __init__(self, *args: Any, units: QuerySet[PartyUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["named"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = units

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("from_on"), data.get("planned_until")
        if begins and ends and ends <= begins:
            self.add_error("planned_until", _("This is not after the first day."))
        if data.get("role"):
            self._check_outside(data)
            self._check_team(data)
        return data

    def _check_outside(self, data: dict[str, Any]) -> None:
        """A post outside has a title and an organisation; no other has one."""
        if data.get("role") == Role.OUTSIDE:
            for name, said in _OUTSIDE_NEEDS.items():
                if name in data and not data[name]:
                    self.add_error(name, said)
            return
        for name in ("organisation", "is_head"):
            if data.get(name):
                self.add_error(name, _("Only a post in an authority or union has it."))

    def _check_team(self, data: dict[str, Any]) -> None:
        """A working team has a last day and the units of its decision; no other has."""
        begins, ends = data.get("from_on"), data.get("ends_on")
        if data.get("role") == Role.WORKING_TEAM:
            if "ends_on" in data and not ends:
                self.add_error("ends_on", _("Enter the last day of the working team."))
            if begins and ends and ends < begins:
                self.add_error("ends_on", _("This is before the first day."))
            return
        for name in ("ends_on", "named"):
            if data.get(name):
                self.add_error(name, _("Only a working team has it."))
