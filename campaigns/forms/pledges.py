"""The small forms around a pledge: its checks, its results, its setup."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns import form_definitions
from campaigns.form_definitions import LONGEST_TEXT
from campaigns.models import MeasuredItem, PledgeItem, PledgeSetup
from campaigns.services.pledges.setups import SetupFacts
from members.forms.fields import TOO_LONG, CleanTextField, DayField


class ProgressForm(forms.Form):
    """How an item stands: what is on track needs no word."""

    state = forms.ChoiceField(
        label=_("How it stands"),
        choices=PledgeItem.Progress.choices,
        widget=forms.RadioSelect,
    )
    note = CleanTextField(
        label=_("In a few words"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    evidence = CleanTextField(
        label=_("Evidence"),
        max_length=500,
        required=False,
        help_text=_("The paper, minutes or figure that shows it."),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, is_on_paper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_on_paper:  # no words are entered
            del self.fields["note"], self.fields["evidence"]

    def clean(self) -> dict[str, Any]:
        """Give words that are not asked for as none."""
        return {"note": "", "evidence": "", **(super().clean() or self.cleaned_data)}

    def clean_state(self) -> PledgeItem.Progress:
        return PledgeItem.Progress(self.cleaned_data["state"])


class CheckForm(ProgressForm):
    """The same as the cell finds it, on the day of its meeting."""

    on = DayField(label=_("At the meeting of"))
    field_order = ("on", "state", "note", "evidence")


class RoundForm(forms.Form):
    """The day on which the cell went through its pledges."""

    on = DayField(label=_("At the meeting of"))


class ResultsForm(forms.Form):
    """The result of the year for each item of one person."""

    def __init__(
        self,
        *args: Any,
        items: list[PledgeItem],
        is_on_paper: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for at, item in enumerate(items, start=1):
            self.fields[f"result-{item.pk}"] = forms.ChoiceField(
                label=f"{at}. {item.text} ({item.goal})",
                choices=MeasuredItem.Result.choices,
                initial=item.result,
                required=False,
            )
            if is_on_paper:  # no words are entered
                continue
            self.fields[f"note-{item.pk}"] = CleanTextField(
                label=_("Note on item %s") % at,
                max_length=1000,
                initial=item.result_note,
                required=False,
                error_messages={"max_length": TOO_LONG},
            )
        self._numbers = [item.pk for item in items]

    def results(self) -> dict[int, tuple[MeasuredItem.Result, str]]:
        """Return result and note by the number of the item."""
        data = self.cleaned_data
        return {
            number: (
                MeasuredItem.Result(data[f"result-{number}"]),
                data.get(f"note-{number}", ""),
            )
            for number in self._numbers
        }


class SetupForm(forms.ModelForm):
    """How a campaign has its pledges written."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    form = forms.ChoiceField(label=_("Form"))
    short_form = forms.ChoiceField(
        label=_("Form of members outside the political system"), required=False
    )

    class Meta:
        model = PledgeSetup
        fields = ("form", "short_form", "preamble", "needs_criteria", "is_published")
        help_texts = {
            "preamble": _(
                "One line a document, as it is printed before the first section. Empty: "
                "the words of the form."
            ),
            "is_published": _(
                "Members of one cell then read each other's confirmed pledges."
            ),
        }

    def __init__(
        self, data: Any = None, *, instance: PledgeSetup, language: str
    ) -> None:
        initial = {"version": instance.version}
        super().__init__(data, instance=instance, initial=initial)
        choices = [
            (code, form_definitions.load(code).name.text(language))
            for code in form_definitions.codes_of("PLEDGE")
        ]
        for name, first in (("form", []), ("short_form", [("", _("None"))])):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [*first, *choices]
        self.fields["preamble"].max_length = LONGEST_TEXT  # type: ignore[attr-defined]  # a text
        definition = form_definitions.load(instance.form)
        self._sections = [section.key for section in definition.sections]
        for section in definition.sections:
            default = section.guidance.text(language) if section.guidance else ""
            self.fields[f"guidance-{section.key}"] = forms.CharField(
                label=_("Guidance: %s") % section.title.text(language),
                required=False,
                max_length=1000,
                initial=instance.guidance.get(section.key, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=default,
                error_messages={"max_length": TOO_LONG},
            )

    def facts(self) -> SetupFacts:
        """Return the checked columns by name."""
        data = self.cleaned_data
        guidance = {key: data[f"guidance-{key}"] for key in self._sections}
        return SetupFacts(
            form=data["form"],
            short_form=data["short_form"],
            preamble=data["preamble"],
            guidance={key: text for key, text in guidance.items() if text},
            needs_criteria=data["needs_criteria"],
            is_published=data["is_published"],
        )
