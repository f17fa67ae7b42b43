"""What is typed of opinions: whom one asks about whom, what came, what is replied."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.forms.work import LinesField
from campaigns.models import CampaignBody, Participant
from campaigns.vocabulary.opinions import opinion_lists
from members.forms.fields import CHOOSE, TOO_LONG, CleanTextField, DayField
from members.forms.uploads import NO_FILE
from reviews.services.opinions.asking import Asked
from reviews.services.opinions.recording import LONGEST_TEXT, Paper
from reviews.services.opinions.workbooks import MOST_BYTES

ASKED_AFTER_ALL = "ASKED"  # the choice that ends an exemption
NOBODY_CHOSEN = _("Choose about whom it is asked.")
PERSON, BODY = "person", "body"  # how the choices of whom begin


def _line(label: Any, **kwargs: Any) -> CleanTextField:
    return CleanTextField(
        label=label,
        max_length=255,
        error_messages={"max_length": TOO_LONG},
        **kwargs,
    )


def _words(label: Any, *, rows: int = 6, **kwargs: Any) -> LinesField:
    return LinesField(
        label=label,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG},
        **kwargs,
    )


class AskForm(forms.Form):
    """Which body, by which document, until when, about whom."""

    source = forms.ChoiceField(label=_("Kind of body"))
    body_name = _line(
        _("Body that is asked"),
        help_text=_("For example: “Chi ủy khu phố 3, phường Tân Lập”"),
    )
    document = _line(_("Number of the letter, if there is one"), required=False)
    asked_on = DayField(label=_("Asked on"))
    due_on = DayField(label=_("Answer due on"))
    about = forms.MultipleChoiceField(
        label=_("About whom"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NOBODY_CHOSEN},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        people: Sequence[Participant],
        bodies: Sequence[CampaignBody],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self._people = {f"{PERSON}-{each.pk}": each for each in people}
        self._bodies = {f"{BODY}-{each.pk}": each for each in bodies}
        language = get_language() or "vi"
        kinds = [
            (each.code, each.label.text(language))
            for each in opinion_lists().askable.values()
            if people or each.gives("UNIT")
        ]
        source, about = self.fields["source"], self.fields["about"]
        assert isinstance(source, forms.ChoiceField)
        assert isinstance(about, forms.MultipleChoiceField)
        source.choices = [("", CHOOSE), *kinds]
        about.choices = [
            *((key, each.full_name) for key, each in self._people.items()),
            *((key, each.full_name) for key, each in self._bodies.items()),
        ]

    def asked(self) -> Asked:
        """Return which body is asked, as the services want it."""
        data = {key: each for key, each in self.cleaned_data.items() if key != "about"}
        return Asked(**data)

    def people(self) -> list[Participant]:
        """Return about which people it is asked."""
        return [
            self._people[key]
            for key in self.cleaned_data["about"]
            if key in self._people
        ]

    def bodies(self) -> list[CampaignBody]:
        """Return about which collectives it is asked."""
        return [
            self._bodies[key]
            for key in self.cleaned_data["about"]
            if key in self._bodies
        ]


class ExemptForm(forms.Form):
    """Of whom no opinion of the place of residence is asked for, and why."""

    category = forms.ChoiceField(label=_("Why none is asked for"))
    people = forms.TypedMultipleChoiceField(
        label=_("For whom"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose for whom it is recorded.")},
    )

    def __init__(self, data: Any = None, *, people: Sequence[Participant]) -> None:
        super().__init__(data)
        language = get_language() or "vi"
        category, whom = self.fields["category"], self.fields["people"]
        assert isinstance(category, forms.ChoiceField)
        assert isinstance(whom, forms.TypedMultipleChoiceField)
        category.choices = [
            ("", CHOOSE),
            *(
                (each.code, each.label.text(language))
                for each in opinion_lists().exemptions.values()
            ),
            (ASKED_AFTER_ALL, _("It is asked for after all")),
        ]
        whom.choices = [(each.pk, each.full_name) for each in people]

    def code(self) -> str:
        """Return the category, "" where one is asked for after all."""
        found: str = self.cleaned_data["category"]
        return "" if found == ASKED_AFTER_ALL else found


class Versioned(forms.Form):
    """The version of the row that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class PaperForm(Versioned):
    """What came on paper; without the words where a campaign keeps none."""

    text = _words(
        _("What the body says"),
        rows=8,
        help_text=_(
            "As it stands on the paper, in full. Enter nothing that is a state secret."
        ),
    )
    document = _line(_("Number of the paper, if it has one"), required=False)
    signed_on = DayField(label=_("Signed on"), required=False)
    came_on = DayField(label=_("Received on"))

    def __init__(self, data: Any = None, *, has_texts: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not has_texts:
            del self.fields["text"]

    def paper(self) -> Paper:
        """Return what the paper says, as the services want it."""
        data = self.cleaned_data
        return Paper(
            text=data.get("text", ""),
            document=data["document"],
            signed_on=data["signed_on"],
        )


class ReplyForm(forms.Form):
    """What the person says to an opinion."""

    text = _words(
        _("Your reply"),
        help_text=_("It is kept beside the opinion, with its day, and never changed."),
    )


class ReturnedForm(forms.Form):
    """A workbook that a body has sent back."""

    came_on = DayField(label=_("Received on"))
    file = forms.FileField(
        label=_("Excel workbook (.xlsx)"),
        help_text=_("The one that was sent out: one opinion a row, at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": NO_FILE,
            "missing": NO_FILE,
            "invalid": NO_FILE,
            "empty": _("The file is empty."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(size)s."),
                params={"size": filesizeformat(MOST_BYTES)},
            )
        return file
