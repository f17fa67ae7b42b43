"""The end of what is beside the official membership, and levels to confirm."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.forms.fields import DayField, document_field
from members.models import Exemplarity, Member
from members.services.exemplarity import Confirmation

LEVEL, VERSION = "level_", "version_"  # before the number of a person


class BesideEndForm(forms.Form):
    """On which day it ends, by which document."""

    on = DayField(label=gettext_lazy("Ends on"))
    document = document_field()


class LevelsForm(forms.Form):
    """The level of each of these people, with the version that was shown.

    `people` come with `with_exemplarity`, each beside the names of the posts.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        people: Sequence[tuple[Member, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.people = [member for member, _posts in people]
        for member, posts in people:
            proposed = Exemplarity(member.exemplarity_proposed).label
            self.fields[f"{LEVEL}{member.pk}"] = forms.ChoiceField(
                label=member.full_name,
                choices=Exemplarity.choices,
                initial=member.exemplarity_now,
                help_text=_("Proposed: %(level)s (%(posts)s).")
                % {"level": proposed, "posts": posts or _("no leading post")},
            )
            self.fields[f"{VERSION}{member.pk}"] = forms.IntegerField(
                initial=member.version, widget=forms.HiddenInput
            )

    def confirmations(self) -> list[Confirmation]:
        """Return what was chosen, as the service takes it."""
        return [
            Confirmation(
                member=member,
                version=self.cleaned_data[f"{VERSION}{member.pk}"],
                level=Exemplarity(self.cleaned_data[f"{LEVEL}{member.pk}"]),
            )
            for member in self.people
        ]
