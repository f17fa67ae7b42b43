"""Decisions on units: their facts, and each change in its own short form."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members import dates
from members.forms.fields import TOO_LONG, CleanTextField, DayField
from members.models import Member, PartyUnit, UnitChange, UnitDecision
from members.vocabulary import Term, vocabulary

FACTS = ("number", "signed_on", "issuer", "title", "effective_on")


class VersionForm(forms.Form):
    """An act that needs nothing but the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """What stands at the head of a decision."""

    number = CleanTextField(
        label=_("Document number"),
        max_length=60,
        help_text=_("For example: “12-QĐ/TU”"),
        error_messages={
            "required": _("Enter the number of the document."),
            "max_length": TOO_LONG,
        },
    )
    signed_on = DayField(label=_("Signed on"))
    issuer = CleanTextField(
        label=_("Issued by"),
        max_length=255,
        error_messages={
            "required": _("Enter who issued the decision."),
            "max_length": TOO_LONG,
        },
    )
    title = CleanTextField(
        label=_("Subject"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Enter what the decision is about."),
            "max_length": TOO_LONG,
        },
    )
    effective_on = DayField(
        label=_("In force from"),
        help_text=_("The list of units changes as of this day."),
    )

    def facts(self) -> dict[str, Any]:
        """Return the checked columns by name, as they are stored."""
        return {name: self.cleaned_data[name] for name in FACTS}


class NewDecisionForm(DecisionForm):
    """The same for a new draft; which office keeps it, where there are several."""

    keeper = forms.ModelChoiceField(
        PartyUnit.objects.none(), label=_("Kept by the office of"), empty_label=None
    )

    field_order = ("keeper", *FACTS)

    def __init__(self, *args: Any, keepers: QuerySet[PartyUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keeper = self.fields["keeper"]
        assert isinstance(keeper, forms.ModelChoiceField)
        keeper.queryset = keepers
        if len(keepers) == 1:
            keeper.initial = keepers[0].pk
            keeper.widget = forms.HiddenInput()


class DecisionEditForm(DecisionForm, VersionForm):
    """A correction of a draft, with the version that was shown."""


def initial_facts(decision: UnitDecision) -> dict[str, Any]:
    """Return what the form of a draft is filled with."""
    return {name: getattr(decision, name) for name in (*FACTS, "version")}


class ChangeForm(VersionForm):
    """A change that is said by its act, its unit and its target alone."""

    def __init__(
        self, *args: Any, unit: PartyUnit | None, on: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.on = on

    def columns(self) -> Mapping[str, str]:
        """Return what the change says beyond its units."""
        return {}

    def parts(self) -> Mapping[str, Any]:
        """Return the units and people that a division names."""
        return {}


class CreateForm(ChangeForm):
    """A new unit."""

    name = CleanTextField(
        label=_("Name of the party body"),
        max_length=255,
        help_text=_("For example: “Đảng bộ xã Tam Hồng”"),
        error_messages={
            "required": _("Enter the name of the party body."),
            "max_length": TOO_LONG,
        },
    )
    code = CleanTextField(
        label=_("Unit code"),
        max_length=40,
        error_messages={
            "required": _("Enter the code of the unit."),
            "max_length": TOO_LONG,
        },
    )
    kind = forms.ChoiceField(
        label=_("Kind of party body"),
        error_messages={"required": _("Choose the kind of party body.")},
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        help_text=_("Of grassroots units; others may leave it empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_terms(self, on=self.on, kind=_("Choose the kind"), sector="–")

    def columns(self) -> Mapping[str, str]:
        return {
            name: self.cleaned_data[name] for name in ("name", "code", "kind", "sector")
        }


class RenameForm(ChangeForm):
    """Another name, kind or sector; what is left as it is stays."""

    name = CleanTextField(
        label=_("Name of the party body"),
        max_length=255,
        error_messages={
            "required": _("Enter the name of the party body."),
            "max_length": TOO_LONG,
        },
    )
    kind = forms.ChoiceField(label=_("Kind of party body"), required=False)
    sector = forms.ChoiceField(label=_("Sector"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert self.unit is not None
        self.fields["name"].initial = self.unit.name
        _offer_terms(self, on=self.on, kind=_("As it is"), sector=_("As it is"))

    def columns(self) -> Mapping[str, str]:
        said = {name: self.cleaned_data[name] for name in ("name", "kind", "sector")}
        return {
            name: text if text != getattr(self.unit, name) else ""
            for name, text in said.items()
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "name" in data and not any(self.columns().values()):
            self.add_error(None, _("Nothing is changed: write what becomes different."))
        return data


class _PeopleField(forms.ModelMultipleChoiceField):
    """People to tick; two of one name are told apart by their birth."""

    def label_from_instance(self, obj: Member) -> str:
        birth = dates.display_partial(obj.born_on)
        return f"{obj.full_name} ({birth})" if birth else obj.full_name


class DivideForm(ChangeForm):
    """Which people and which units below go to the receiving unit."""

    units = forms.ModelMultipleChoiceField(
        PartyUnit.objects.none(),
        label=_("Units that go"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    people = _PeopleField(
        Member.objects.none(),
        label=_("Members who go"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        below: QuerySet[PartyUnit],
        people: QuerySet[Member],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer_rows(self, "units", below)
        _offer_rows(self, "people", people)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("units") and not data.get("people"):
            self.add_error(None, _("Tick who goes, or which units go."))
        return data

    def parts(self) -> Mapping[str, Any]:
        return {
            "units": self.cleaned_data.get("units", ()),
            "people": self.cleaned_data.get("people", ()),
        }


FORMS: dict[UnitChange.Act, type[ChangeForm]] = {
    UnitChange.Act.CREATE: CreateForm,
    UnitChange.Act.RENAME: RenameForm,
    UnitChange.Act.MOVE: ChangeForm,
    UnitChange.Act.MERGE: ChangeForm,
    UnitChange.Act.DIVIDE: DivideForm,
    UnitChange.Act.CLOSE: ChangeForm,
}


def _offer_terms(form: forms.Form, *, on: date, kind: Any, sector: Any) -> None:
    """Offer the terms of a day; `kind` and `sector` are what stands for none."""
    terms, language = vocabulary(), get_language() or "vi"
    offered: dict[str, tuple[Any, Sequence[Term]]] = {
        "kind": (kind, terms.kinds_on(on)),
        "sector": (sector, terms.sectors_on(on)),
    }
    for name, (none, valid) in offered.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", none),
            *((term.code, capfirst(term.label.text(language))) for term in valid),
        ]


def _offer_rows(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let a field offer rows; without any it is not asked for."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelMultipleChoiceField)
    field.queryset = rows
    if not rows.exists():
        del form.fields[name]
