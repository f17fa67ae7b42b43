"""The workbook of opinions that comes back: compared, shown, taken."""

from datetime import date

import pytest
from django.utils.translation import override

from campaigns.services.written.states import WritingRefused
from members.models import Event
from members.row_security import asked_by
from reviews.models import OpinionEntry
from reviews.services.opinions import workbooks
from reviews.services.opinions.workbooks import Outcome, PreviewChanged
from tests.restricted import restricted
from tests.reviews.level_worlds import cell, secretary, someone
from tests.reviews.opinion_worlds import (
    CAME_ON,
    NOW,
    ask,
    book,
    one,
    opinions_of,
    record,
    row_of,
)

__all__ = ["cell", "secretary"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def compared(request, actor, *rows, came_on=CAME_ON):
    typed = workbooks.read(book(*rows))
    return typed, workbooks.compare(
        request, typed, came_on=came_on, actor=actor, now=NOW
    )


def take(request, actor, typed, lines, came_on=CAME_ON):
    return workbooks.take(
        request=request, rows=typed, previewed=workbooks.told(lines),
        came_on=came_on, actor=actor, now=NOW,
    )  # fmt: skip


def test_a_workbook_brings_what_is_new_and_changed_and_passes_by_the_rest(
    cell, secretary
):
    people = [someone(cell) for _each in range(4)]
    request = ask(cell, secretary, *people)
    new, same, other, renamed = opinions_of(request).order_by("pk")
    for each in (same, other):
        record(each, secretary, "Gương mẫu", signed_on=date(2024, 11, 10))
    with restricted(), asked_by(secretary.account_id):
        typed, lines = compared(
            request, secretary,
            row_of(new, "Tốt\nRất tốt"),
            row_of(same, "Gương mẫu", signed_on="10/11/2024"),
            row_of(other, "Có thiếu sót", signed_on="2024-11-10"),
            row_of(renamed, name="Người khác"),
            row_of(new, "Hai lần"),
            ["999999", "Ai đó", "", "x", "", ""],
            [str(renamed.pk), "", "", "", "", ""],
        )  # fmt: skip
        assert [each.outcome for each in lines] == [
            Outcome.NEW, Outcome.UNCHANGED, Outcome.CHANGED, *[Outcome.REFUSED] * 3,
        ]  # fmt: skip
        assert take(request, secretary, typed, lines) == 2
    texts = OpinionEntry.objects.filter(opinion__in=[new, other]).order_by("pk")
    assert [each.text for each in texts] == [
        "Gương mẫu", "Tốt\nRất tốt", "Có thiếu sót",
    ]  # fmt: skip
    [taken] = Event.objects.filter(action="opinions.taken")
    assert taken.data["changes"] == 2
    # Sent in once more it changes nothing.
    typed, lines = compared(request, secretary, row_of(new, "Tốt\nRất tốt"))
    with pytest.raises(WritingRefused, match="anything new"):
        take(request, secretary, typed, lines)


def test_what_was_entered_meanwhile_is_shown_first(cell, secretary):
    request = ask(cell, secretary, someone(cell))
    typed, lines = compared(request, secretary, row_of(one(request), "Từ tệp"))
    record(one(request), secretary, "Từ giấy")
    with pytest.raises(PreviewChanged):
        take(request, secretary, typed, lines)
    assert [each.text for each in OpinionEntry.objects.all()] == ["Từ giấy"]


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"text": "x" * 4001}, "more than 4000"),
        ({"text": "a\u200bb"}, "cannot be seen"),
        ({"signed_on": "31/11/2024"}, "is no day"),
        ({"signed_on": "2024"}, "is no day"),
        ({"signed_on": "20/11/2024"}, "before it was signed"),
        ({"document": "x" * 256}, "more than 255"),
    ],
)
def test_a_row_that_does_not_fit_says_why(cell, secretary, columns, why):
    request = ask(cell, secretary, someone(cell))
    with override("en"):
        _typed, [line] = compared(request, secretary, row_of(one(request), **columns))
    assert line.outcome == Outcome.REFUSED
    assert why in line.why


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (lambda: book(["1", "", "", "", "", ""]), "no opinion"),
        (lambda: book(["1"], sheet="Khác"), "no sheet"),
        (lambda: book(["1"], heads=["Số phiếu"]), "no column"),
    ],
)
def test_a_file_that_is_another_is_refused(file, why):
    with override("en"), pytest.raises(WritingRefused, match=why) as refusal:
        workbooks.read(file())
    assert refusal.value.column == "file"


def test_a_file_with_more_words_than_are_shown_is_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "LONGEST_WHOLE", 10)
    with override("en"), pytest.raises(WritingRefused, match="divide"):
        workbooks.read(book(["1", "a", "", "x" * 11, "", ""]))
