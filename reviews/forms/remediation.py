"""What is typed of a plan of remediation: its items, its steps, what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.work import LinesField
from members.forms.fields import CHOOSE, TOO_LONG, CleanTextField, DayField
from reviews.models import RemediationCheck, RemediationItem
from reviews.queries.remediation.lists import ItemLine
from reviews.remediation import Act
from reviews.services.remediation.following import Found, Named
from reviews.services.remediation.items import ItemFacts

Source = RemediationItem.Source
LONG = 4000


def _lines(label: Any, *, rows: int, **kwargs: Any) -> LinesField:
    return LinesField(
        label=label,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG},
        **kwargs,
    )


def _line(label: Any, **kwargs: Any) -> CleanTextField:
    return CleanTextField(
        label=label,
        max_length=255,
        error_messages={"max_length": TOO_LONG},
        **kwargs,
    )


class Versioned(forms.Form):
    """A form that brings the version of the row that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ItemForm(forms.Form):
    """One item; number and date of a document where something was concluded."""

    shortcoming = _lines(_("What has to be put right"), rows=4)
    document = _line(_("Number of the document that concludes it"))
    document_on = DayField(label=_("Date of the document"))
    measure = _lines(_("What is done about it"), rows=4)
    responsible = _line(_("Who is responsible"))
    due_on = DayField(label=_("Until when"))

    def __init__(self, data: Any = None, *, source: Source, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if source is not Source.CONCLUDED:
            del self.fields["document"], self.fields["document_on"]

    def facts(self) -> ItemFacts:
        """Return what was typed, as the services want it."""
        typed = {key: self.cleaned_data[key] for key in self.fields if key != "version"}
        return ItemFacts(**typed)


class ItemEditForm(ItemForm, Versioned):
    """One item that was shown in a version."""


class StepForm(Versioned):
    """The day of a step, with the words and the number that it needs."""

    on = DayField(label=_("Day"))
    document = _line(_("Number of the document"), required=False)
    text = _lines(_("Opinion of the committee above"), rows=5, required=False)

    def __init__(self, data: Any = None, *, act: Act, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if act is Act.MINUTE:
            self.fields["on"].label = _("Day of the meeting")
            self.fields["document"].label = _("Number of the minutes")
            self.fields["text"].label = _("Opinion of the collective")
        if act is Act.RETURN:
            self.fields["text"].label = _("What is to be completed")
        if act in (Act.GIVE, Act.SEND):
            del self.fields["document"], self.fields["text"]
        for name in {Act.MINUTE: ("document", "text"), Act.RETURN: ("text",)}.get(
            act, ()
        ):
            self.fields[name].required = True


class CheckForm(Versioned):
    """How an item stood; the new day of what is given longer time."""

    on = DayField(label=_("Day"))
    state = forms.ChoiceField(
        label=_("How it stood"),
        choices=RemediationCheck.State.choices,
        widget=forms.RadioSelect,
    )
    note = CleanTextField(
        label=_("Remark; why it needs longer, or to which body it is referred"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    due_on = DayField(label=_("New day, if it is given longer time"), required=False)

    def found(self) -> Found:
        """Return what was typed, as the services want it."""
        data = self.cleaned_data
        return Found(
            on=data["on"],
            state=RemediationCheck.State(data["state"]),
            note=data["note"],
            due_on=data["due_on"],
        )


@dataclass(frozen=True, slots=True)
class FollowRow:
    """An item on the page of a meeting, and the fields that ask about it."""

    line: ItemLine
    fields: Sequence[forms.BoundField]


class FollowForm(forms.Form):
    """How the items of a unit stood at a meeting; what is left out was not spoken of."""

    on = DayField(label=_("Day of the meeting"))

    def __init__(
        self, data: Any = None, *, lines: Sequence[ItemLine], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.lines = lines
        for line in lines:
            pk = line.read.item.pk
            self.fields[f"version_{pk}"] = forms.IntegerField(
                widget=forms.HiddenInput,
                min_value=1,
                initial=line.read.item.version,
            )
            self.fields[f"state_{pk}"] = forms.ChoiceField(
                label=_("How it stood"),
                choices=[
                    ("", _("Not spoken about")),
                    *RemediationCheck.State.choices,
                ],
                required=False,
            )
            self.fields[f"note_{pk}"] = CleanTextField(
                label=_("Remark; why it needs longer, or to which body it is referred"),
                max_length=1000,
                required=False,
                error_messages={"max_length": TOO_LONG},
            )
            self.fields[f"due_on_{pk}"] = DayField(
                label=_("New day, if it is given longer time"), required=False
            )

    @property
    def rows(self) -> list[FollowRow]:
        """The items with their fields, in the order of the list."""
        names = ("version", "state", "note", "due_on")
        return [
            FollowRow(line, [self[f"{name}_{line.read.item.pk}"] for name in names])
            for line in self.lines
        ]

    def found(self) -> list[tuple[RemediationItem, int, Found]]:
        """Return what was said, as the services want it."""
        data = self.cleaned_data
        return [
            (
                item,
                data[f"version_{item.pk}"],
                Found(
                    on=data["on"],
                    state=RemediationCheck.State(state),
                    note=data[f"note_{item.pk}"],
                    due_on=data[f"due_on_{item.pk}"],
                ),
            )
            for item in (line.read.item for line in self.lines)
            if (state := data[f"state_{item.pk}"])
        ]

    def take_up(self, item: RemediationItem) -> None:
        """Go on from a later version of an item; what was typed stays."""
        typed: Any = self.data
        data = typed.copy()
        data[f"version_{item.pk}"] = str(item.version)
        self.data = data
        self.add_error(
            f"state_{item.pk}",
            _("Somebody has recorded this item meanwhile: look at it again."),
        )


class RepeatForm(Versioned):
    """Of which earlier shortcoming this is a repetition."""

    earlier = forms.TypedChoiceField(label=_("Repeats"), coerce=int)

    def __init__(
        self, data: Any = None, *, rows: Sequence[RemediationItem], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.rows: Mapping[int, RemediationItem] = {row.pk: row for row in rows}
        earlier = self.fields["earlier"]
        assert isinstance(earlier, forms.TypedChoiceField)
        earlier.choices = [
            ("", CHOOSE),
            *((row.pk, f"{row.document}: {row.shortcoming}") for row in rows),
        ]


class PersonForm(Versioned):
    """Who was responsible: a member by code and name, or somebody outside."""

    name = _line(_("Full name"))
    code = _line(
        _("Member code"),
        required=False,
        help_text=_("Empty for somebody who is no member here any more."),
    )
    organisation = _line(_("Where the person is now"), required=False)
    post = _line(_("Post at that time"))
    from_on = DayField(label=_("From"))
    until_on = DayField(label=_("Until"), required=False)

    def named(self) -> Named:
        """Return what was typed, as the services want it."""
        typed = {key: self.cleaned_data[key] for key in self.fields if key != "version"}
        return Named(**typed)


class AnswerForm(forms.Form):
    """What somebody who was named says to it."""

    text = _lines(_("Your answer"), rows=8)


class PaperPlanForm(forms.Form):
    """Whose plan is typed from the signed paper, and of which day it is."""

    person = forms.TypedChoiceField(label=_("Whose plan"), coerce=int)
    signed_on = DayField(label=_("Day on which the paper was signed"))

    def __init__(self, data: Any = None, *, people: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        person = self.fields["person"]
        assert isinstance(person, forms.TypedChoiceField)
        person.choices = [("", CHOOSE), *people]
