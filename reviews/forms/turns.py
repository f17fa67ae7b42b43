"""What is recorded of one person's turn at a review meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.forms.meetings import VersionedForm
from members.forms.fields import TOO_LONG, CleanTextField

MOST_REMARKS = 999


class TurnForm(VersionedForm):
    """How many remarks were made; who led, while the chair was reviewed."""

    remarks_made = forms.IntegerField(
        label=_("Number of remarks"), min_value=0, max_value=MOST_REMARKS
    )
    chaired_by = CleanTextField(
        label=_("Who led this part"),
        help_text=_("The chair is being reviewed, so somebody else leads."),
        max_length=255,
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, data: Any = None, *, is_chair: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not is_chair:
            del self.fields["chaired_by"]
