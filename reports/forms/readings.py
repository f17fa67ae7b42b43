"""What is asked before somebody's results are read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.models import Participant
from members import names
from members.forms.fields import TOO_LONG, CleanTextField, DayField
from members.policy import Actor, PostInForce, Role
from members.row_security import Purpose, opened_for


class ReadingForm(forms.Form):
    """Of whom, in which post, why; an inspection adds its case."""

    post = forms.TypedChoiceField(label=_("In which post"), coerce=int)
    code = CleanTextField(
        label=_("Member code"),
        max_length=40,
        help_text=_(
            "As it stands on the papers of the case; there is no list to choose from."
        ),
        error_messages={"required": _("Enter the member code.")},
    )
    reason = CleanTextField(
        label=_("Why it must be read"),
        max_length=500,
        help_text=_(
            "The person and the level above read this. Do not enter what is a state secret."
        ),
        error_messages={
            "required": _("Enter the reason first."),
            "max_length": TOO_LONG,
        },
    )
    case_number = CleanTextField(
        label=_("Case number (inspection commission)"),
        required=False,
        max_length=60,
        help_text=_("Needed when you read in a post in the inspection commission."),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(
        self, *args: Any, actor: Actor, posts: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._actor = actor
        post = self.fields["post"]
        assert isinstance(post, forms.TypedChoiceField)
        post.choices = list(posts.items())

    @opened_for(Purpose.RESULTS)
    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "post" not in data or not data.get("code"):
            return data
        post = self._post(data["post"])
        if post.role is Role.INSPECTION_COMMISSION and not data.get("case_number"):
            self.add_error("case_number", _("Enter the number of the case."))
        reached = Participant.objects.read_with_reason(post)
        person = (
            reached.filter(member__code_key=names.fold(data["code"]))
            .select_related("member")
            .first()
        )
        if person is None:
            self.add_error(
                "code", _("Nobody with this code is in a campaign in your reach.")
            )
            return data
        return {**data, "post": post, "member": person.member}

    def _post(self, post_id: int) -> PostInForce:
        return next(each for each in self._actor.posts if each.post_id == post_id)


class ExtractForm(forms.Form):
    """About whom, in which post, why."""

    post = forms.TypedChoiceField(label=_("In which post"), coerce=int)
    code = CleanTextField(
        label=_("Member code"),
        max_length=40,
        help_text=_("Of somebody on whose level the committee of this unit decides."),
        error_messages={"required": _("Enter the member code.")},
    )
    reason = CleanTextField(
        label=_("Why the extract is needed"),
        max_length=500,
        help_text=_(
            "The person and the level above read this. Do not enter what is a state secret."
        ),
        error_messages={
            "required": _("Enter the reason first."),
            "max_length": TOO_LONG,
        },
    )

    def __init__(
        self, *args: Any, actor: Actor, posts: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._posts = {each.post_id: each for each in actor.posts_for_extracts()}
        post = self.fields["post"]
        assert isinstance(post, forms.TypedChoiceField)
        post.choices = list(posts.items())

    @opened_for(Purpose.RESULTS)
    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "post" not in data or not data.get("code"):
            return data
        post = self._posts[data["post"]]
        decided = Participant.objects.decided_at(post)
        person = (
            decided.filter(member__code_key=names.fold(data["code"]))
            .select_related("member")
            .first()
        )
        if person is None:
            self.add_error(
                "code",
                _("On nobody with this code does the committee of this unit decide."),
            )
            return data
        return {**data, "post": post, "member": person.member}


class PeriodForm(forms.Form):
    """Days over which is counted, both included."""

    from_on = DayField(label=_("From"))
    last_on = DayField(label=_("To the end of the day"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("from_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("This is before the first day."))
        return data
