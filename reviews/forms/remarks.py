"""What is typed of one person's turn: remarks one below the other, answer, comment."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from campaigns.forms.meetings import VersionedForm
from campaigns.forms.work import LinesField
from members.comparing import Both
from members.forms.fields import TOO_LONG, CleanTextField
from reviews.queries.remarks import Said
from reviews.services.remarks import LONGEST, MOST_REMARKS

ITEM = re.compile(r"item-(\d{1,4})-(?:text|critic)")
MORE = 3  # empty remarks where no button adds one
BLANK = 9999  # the number that a script replaces when it adds one
COMMENT = _("Comment of the cell committee")
TEXTS = ("answer", "comment", "chaired_by")


@dataclass(frozen=True, slots=True)
class RemarkRow:
    """One remark with its two fields; `at` is its number in the page."""

    at: int
    text: BoundField
    critic: BoundField


class SaidForm(VersionedForm):
    """All that is said at a turn; a remark that says nothing is none.

    While the page saves itself it may lack who leads the part of the chair.
    """

    chaired_by = CleanTextField(
        label=_("Who leads this part"),
        max_length=255,
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        said: Said,
        version: int,
        is_chair: bool = False,
        is_final: bool = True,
        is_published: bool = False,
        comment: Any = COMMENT,
    ) -> None:
        initial = {"version": version, **{name: getattr(said, name) for name in TEXTS}}
        super().__init__(data, initial=initial)
        if is_chair:
            self.fields["chaired_by"].required = is_final
        else:
            del self.fields["chaired_by"]
        if is_published:
            self.fields["reason"] = CleanTextField(
                label=_("Why it is corrected"),
                max_length=500,
                required=is_final,
                help_text=_(
                    "What stands here has been read. It is kept as it was, beside the "
                    "correction and this reason."
                ),
                error_messages={"max_length": TOO_LONG},
            )
            self.fields["reason"].widget.attrs["class"] = "form-control"
        self.is_published = is_published
        more = MORE if is_published else 1
        self.numbers = list(range(len(said.remarks) + more))
        if data is not None:
            found = (ITEM.fullmatch(name) for name in data)
            self.numbers = sorted({int(each[1]) for each in found if each} - {BLANK})
        for at in (*self.numbers, BLANK):
            self._add(at, said.remarks)
        self.fields["answer"] = _long(_("Taken up, explained"), rows=4)
        self.fields["comment"] = _long(comment, rows=4)

    def _add(self, at: int, remarks: Sequence[tuple[str, str]]) -> None:
        kept = remarks[at] if at < len(remarks) else ("", "")
        text, critic = f"item-{at}-text", f"item-{at}-critic"
        self.fields[text] = _long(_("Remark"), rows=2)
        self.fields[critic] = CleanTextField(
            label=_("Who said it (if noted)"), max_length=255, required=False
        )
        self.fields[critic].widget.attrs.update(
            {"class": "form-control", "autocomplete": "off"}
        )
        self.initial.update({text: kept[0], critic: kept[1]})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if len(self.numbers) > MOST_REMARKS:
            raise forms.ValidationError(
                _("At most %(most)d remarks; these are %(count)d."),
                params={"most": MOST_REMARKS, "count": len(self.numbers)},
            )
        return data

    def said(self, *, without: str = "") -> Said:
        """Return what was typed, for the service; one remark may be left out."""
        data = self.cleaned_data
        return Said(
            remarks=[
                (data[f"item-{at}-text"], data[f"item-{at}-critic"])
                for at in self.numbers
                if str(at) != without
            ],
            **{name: data.get(name, "") for name in TEXTS},
        ).fit

    def differences(self, now: Said) -> Both:
        """Return what is kept now and what was typed, where they differ."""
        typed = self.said()
        lines = [
            (_("Remarks"), _listed(now), _listed(typed)),
            *(
                (self.fields[name].label, getattr(now, name), getattr(typed, name))
                for name in TEXTS
                if name in self.fields
            ),
        ]
        return [line for line in lines if line[1] != line[2]]

    def first_error(self) -> str:
        """Return in words what does not fit, for a script."""
        return next(str(each) for errors in self.errors.values() for each in errors)

    @property
    def rows(self) -> list[RemarkRow]:
        """The remarks, in the order in which they were typed."""
        return [self._row(at) for at in self.numbers]

    @property
    def blank(self) -> RemarkRow:
        """What a script copies for one more."""
        return self._row(BLANK)

    @property
    def reasons(self) -> Iterator[BoundField]:
        """The field that asks why what is published is corrected, or none."""
        if "reason" in self.fields:
            yield self["reason"]

    @property
    def leads(self) -> Iterator[BoundField]:
        """The field that asks who leads while the chair is reviewed, or none."""
        if "chaired_by" in self.fields:
            yield self["chaired_by"]

    def _row(self, at: int) -> RemarkRow:
        return RemarkRow(at, self[f"item-{at}-text"], self[f"item-{at}-critic"])


class ReplyForm(forms.Form):
    """What somebody writes to what was said about them."""

    text = LinesField(
        label=_("Your reply"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": TOO_LONG},
    )


def _long(label: Any, *, rows: int) -> forms.CharField:
    field = LinesField(
        label=label,
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows, "class": "form-control grows"}),
        error_messages={"max_length": TOO_LONG},
    )
    field.help_text = ""  # said once, above all of them
    return field


def _listed(said: Said) -> str:
    return "\n".join(
        f"– {text} ({critic})" if critic else f"– {text}"
        for text, critic in said.remarks
    )
