"""What a body proposes for an organisation, and the levels that are decided."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from campaigns.models import CampaignBody, CampaignUnit
from campaigns.models.campaign import CampaignUnitQuerySet
from campaigns.rulesets import RuleSet
from campaigns.vocabulary.parties import assessing_parties
from members.forms.fields import CHOOSE, TOO_LONG, CleanTextField, DayField
from reviews.forms.decisions import PapersForm
from reviews.queries.files import choices_of
from reviews.queries.organisations import BodyLine, level_words
from reviews.services.organisations import Chosen


class BodyProposalForm(forms.Form):
    """Who proposes which level, by which document, on which day."""

    party = forms.ChoiceField(label=_("Who proposes"))
    party_name = CleanTextField(
        label=_("Name of the body"),
        max_length=255,
        help_text=_("As it stands on the paper: “Chi bộ 2”, “Hội nghị đảng viên”."),
        error_messages={
            "required": _("Enter which body it is."),
            "max_length": TOO_LONG,
        },
    )
    level = forms.ChoiceField(label=_("Proposed level"))
    document = CleanTextField(
        label=_("Document, or minutes"),
        max_length=255,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    on = DayField(label=_("Day"))
    note = CleanTextField(
        label=_("Note"),
        max_length=1000,
        required=False,
        help_text=_("For example how many were for it, as the paper says."),
        error_messages={"max_length": TOO_LONG},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, rules: RuleSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "vi"
        parties = [
            (code, each.label.text(language))
            for code, each in assessing_parties().items()
        ]
        for name, choices in (
            ("party", parties),
            ("level", list(level_words(rules).items())),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", CHOOSE), *choices]

    def facts(self) -> dict[str, Any]:
        """Return what was entered, by the names of the columns."""
        facts = dict(self.cleaned_data)
        facts.pop("version")
        return facts


class CollectiveForm(forms.Form):
    """Which collective beside an organisation is rated, and of which unit."""

    unit = forms.ModelChoiceField(
        queryset=CampaignUnit.objects.none(),
        label=_("Unit"),
        empty_label=CHOOSE,
        error_messages={"required": _("Choose one of the list.")},
    )
    kind = forms.ChoiceField(label=_("Kind of collective"))
    name = CleanTextField(
        label=_("Name, where it has one of its own"),
        max_length=255,
        required=False,
        help_text=_("Empty: it is called by its kind and its unit."),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, units: CampaignUnitQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit, kind = self.fields["unit"], self.fields["kind"]
        assert isinstance(unit, forms.ModelChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        unit.queryset = units
        kinds = [
            each
            for each in CampaignBody.Kind.choices
            if each[0] != CampaignBody.Kind.ORGANISATION
        ]
        kind.choices = [("", CHOOSE), *kinds]


class BodyDecisionForm(PapersForm):
    """The papers of a decision, and one line for each organisation without a level."""

    def __init__(
        self, data: Any = None, *, lines: Sequence[BodyLine], rules: RuleSet
    ) -> None:
        super().__init__(data)
        self.lines = lines
        choices = choices_of(level_words(rules))
        for line in lines:
            self._add(line, choices)

    def _add(self, line: BodyLine, choices: Sequence[tuple[str, str]]) -> None:
        pk, name = line.body.pk, line.body.full_name
        proposed = {each.proposal.level for each in line.proposals}
        level = forms.ChoiceField(
            label=_("Decided level"),
            choices=choices,
            initial=next(iter(proposed)) if len(proposed) == 1 else "",
            required=False,
        )
        note = CleanTextField(
            label=_("Why, where nobody proposed it"),
            max_length=1000,
            required=False,
            error_messages={"max_length": TOO_LONG},
        )
        level.widget.attrs |= {
            "class": "form-select",
            "aria-label": f"{level.label}: {name}",
        }
        note.widget.attrs |= {
            "class": "form-control",
            "aria-label": f"{note.label}: {name}",
        }
        self.fields[f"level_{pk}"] = level
        self.fields[f"note_{pk}"] = note
        self.fields[f"version_{pk}"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=line.body.version
        )

    def fields_of(self, line: BodyLine) -> list[forms.BoundField]:
        """Return level, reason and shown version of one organisation."""
        return [self[f"{name}_{line.body.pk}"] for name in ("level", "note", "version")]

    def chosen(self) -> dict[int, Chosen]:
        """Return what was chosen, by the number of the body; "" is left for later."""
        typed = self.cleaned_data
        return {
            line.body.pk: Chosen(
                typed[f"level_{line.body.pk}"],
                typed[f"version_{line.body.pk}"],
                typed[f"note_{line.body.pk}"],
            )
            for line in self.lines
            if typed[f"level_{line.body.pk}"]
        }
