"""The forms of acts on the roll."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from members import cards, dates, queries
from members.forms.fields import (
    CHOOSE,
    TOO_LONG,
    CleanTextField,
    DayField,
    NameField,
    document_field,
    with_choose,
)
from members.forms.uploads import UploadForm
from members.models import (
    ActivityPause,
    Member,
    Membership,
    PartyUnit,
    RollImport,
    Transfer,
)
from members.models.people import MemberQuerySet

MOST_ALIKE = 5
ENDINGS = (
    Membership.Ending.DIED,
    Membership.Ending.LEFT,
    Membership.Ending.STRUCK_OFF,
    Membership.Ending.EXPELLED,
)


class _WrittenDate(forms.CharField):
    """A date known in part, shown as it is written: 17/05/1960, 05/1960, 1960."""

    def prepare_value(self, value: Any) -> Any:
        try:
            return dates.display_partial(dates.parse_partial(value or ""))
        except dates.NotADate:
            return value


class _CellField(forms.ModelChoiceField):
    """A cell, with the unit above it: villages of two communes have the same name."""

    def label_from_instance(self, obj: PartyUnit) -> str:
        return f"{obj.name}, {obj.parent.name}" if obj.parent else obj.name


class _WrittenCard(forms.CharField):
    """A card number, shown as it is printed."""

    def prepare_value(self, value: Any) -> Any:
        return cards.display_card_number(value or "")


PERSON_FIELDS = (
    "full_name",
    "born_on",
    "gender",
    "admitted_on",
    "official_on",
    "card_number",
    "personal_id",
)


class PersonForm(forms.ModelForm):
    """What is known of a person; `facts` gives it to a service, nothing is saved here."""

    class Meta:
        model = Member
        fields = PERSON_FIELDS
        field_classes: ClassVar[dict[str, type[forms.Field]]] = {
            "full_name": NameField,
            "born_on": _WrittenDate,
            "admitted_on": _WrittenDate,
            "official_on": _WrittenDate,
            "card_number": _WrittenCard,
            "personal_id": forms.CharField,
        }
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "card_number": forms.TextInput(attrs={"inputmode": "numeric"}),
            "personal_id": forms.TextInput(attrs={"inputmode": "numeric"}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "born_on": _("dd/mm/yyyy; mm/yyyy or yyyy where no more is known."),
            "admitted_on": _("dd/mm/yyyy"),
            "official_on": _("dd/mm/yyyy; empty for a probationary member."),
            "card_number": _("8 digits (38.012345) or 12."),
            "personal_id": _("12 digits."),
        }
        error_messages: ClassVar[dict[str, Any]] = {
            "full_name": {"required": _("Enter the full name."), "max_length": TOO_LONG}
        }

    def facts(self) -> dict[str, str]:
        """Return the checked columns by name, as they are stored."""
        return {name: getattr(self.instance, name) for name in PERSON_FIELDS}


class CorrectionForm(PersonForm):
    """The same for somebody who is on the roll, with the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        instance: Member,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        facts = {name: getattr(instance, name) for name in PERSON_FIELDS}
        super().__init__(
            data,
            instance=instance,
            initial={**(initial or {}), "version": instance.version, "shown": facts},
        )

    def touched(self) -> set[str]:
        """Return the columns in which something else stands than was shown."""
        shown = self.cleaned_data["shown"]
        was = shown if isinstance(shown, dict) else {}
        return {name for name, fact in self.facts().items() if fact != was.get(name)}


class AdmissionForm(PersonForm):
    """Somebody new on the roll of a cell."""

    unit = _CellField(PartyUnit.objects.none(), label=_("Cell"), empty_label=CHOOSE)
    on = DayField(label=_("On the roll of the cell since"))

    is_another = forms.BooleanField(
        label=_("This is another person: enter them on the roll"), required=False
    )

    field_order = ("unit", *PERSON_FIELDS, "on", "is_another")

    def __init__(
        self, *args: Any, units: Any, people: MemberQuerySet, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = people
        if not self.is_bound:
            del self.fields["is_another"]
        unit = self.fields["unit"]
        assert isinstance(unit, forms.ModelChoiceField)
        unit.queryset = units
        if len(units) == 1:
            unit.empty_label = None

    def clean(self) -> dict[str, Any]:
        """Ask about whoever looks the same, so that nobody is entered twice."""
        data: dict[str, Any] = super().clean() or {}
        alike = self._likenesses(data)
        if not alike:
            del self.fields["is_another"]
        elif not data.get("is_another"):
            for each in alike:
                self.add_error("is_another", each)
        return data

    def _likenesses(self, data: Mapping[str, Any]) -> list[str]:
        try:
            born_on = dates.parse_partial(data.get("born_on") or "")
        except dates.NotADate:  # said at its own field
            return []
        name = data.get("full_name") or ""
        alike = queries.likenesses_of(self._people, name, born_on)
        return [
            _("%(name)s (%(birth)s, %(cell)s) is on the roll already.")
            % {
                "name": each.name,
                "birth": each.birth or _("birth not known"),
                "cell": each.cell or each.code,
            }
            for each in alike[:MOST_ALIKE]
        ]


class FullMemberForm(forms.Form):
    """The decision that ends probation."""

    on = DayField(label=_("Full member since"))
    document = document_field()


class SendForm(forms.Form):
    """A transfer to a cell that is kept here."""

    kind = forms.ChoiceField(
        label=_("What"),
        choices=Transfer.Kind.choices,
        initial=Transfer.Kind.FORMAL,
        widget=forms.RadioSelect,  # a telephone cuts long options short
    )
    leaves_on = DayField(label=_("From"))
    document = document_field()
    comment = forms.CharField(
        label=_("Comment of the cell"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Needed for a formal transfer after six months or more of the year in "
            "this cell. The person reads it, and so does the new cell."
        ),
    )
    comment_document = CleanTextField(
        label=_("Or the comment on paper: number and date"),
        required=False,
        max_length=255,
    )


class SendInsideForm(SendForm):
    """The same, with how long a temporary transfer is meant to last."""

    planned_until = DayField(
        label=_("Planned until, for a temporary transfer"),
        required=False,
        help_text=_("A reminder only: it ends by an act, not by this day."),
    )
    field_order = ("kind", "leaves_on", "planned_until", "document")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("leaves_on"), data.get("planned_until")
        if ends and data.get("kind") != Transfer.Kind.TEMPORARY:
            self.add_error("planned_until", _("Only a temporary transfer has an end."))
        elif begins and ends and ends <= begins:
            self.add_error("planned_until", _("This is not after the first day."))
        return data


class OutsideForm(SendForm):
    """A transfer to a unit that is not kept here."""

    outside = CleanTextField(
        label=_("Name of the unit"),
        max_length=255,
        error_messages={"required": _("Enter the name of the unit.")},
    )
    field_order = ("outside", "leaves_on", "document", "comment", "comment_document")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["kind"]


class PauseForm(forms.Form):
    """Exempt or suspended."""

    kind = forms.ChoiceField(
        label=_("What"), choices=with_choose(ActivityPause.Kind.choices)
    )
    from_on = DayField(label=_("From"))
    document = document_field()


class ResumeForm(forms.Form):
    """Takes part again."""

    on = DayField(label=_("Takes part again from"))
    document = document_field()


class EndingForm(forms.Form):
    """Leaves the roll for good."""

    ending = forms.ChoiceField(
        label=_("What"),
        choices=with_choose((each.value, each.label) for each in ENDINGS),
    )
    on = DayField(label=_("On"))
    document = document_field()

    def clean_ending(self) -> Membership.Ending:
        return Membership.Ending(self.cleaned_data["ending"])


class LateChangeForm(forms.Form):
    """Why a campaign follows the roll after that was fixed."""

    on = DayField(label=_("From"))
    document = document_field()
    reason = CleanTextField(
        label=_("Reason"),
        max_length=1000,
        error_messages={"required": _("Enter the reason."), "max_length": TOO_LONG},
    )


class ReceiveForm(forms.Form):
    """On the roll of the new cell from this day."""

    on = DayField(label=_("On the roll of the cell since"))


class ReturnForm(forms.Form):
    """Sent back, and why."""

    reason = CleanTextField(
        label=_("Reason"),
        max_length=255,
        error_messages={"required": _("Enter the reason.")},
    )


class RollUploadForm(UploadForm):
    """A roll that is sent, and of which unit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["within"].help_text = _(
            "Only people of the cells of this unit and below it are entered and changed."
        )

    def new_upload(self, *, language: str) -> RollImport:
        """Return the upload as the service takes it."""
        return RollImport(within=self.cleaned_data["within"], language=language)


class RollConfirmationForm(forms.Form):
    """That a preview was read, in so many words where somebody may enter twice."""

    are_others = forms.BooleanField(
        label=_("I have compared: the people who look the same are other people."),
        error_messages={
            "required": _(
                "Tick the box if these are other people; else take their rows out of "
                "the workbook and send it again. Nothing has been recorded."
            )
        },
    )

    def __init__(self, *args: Any, upload: RollImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not upload.asks_about_likeness:
            del self.fields["are_others"]
