"""The pages from the notice of a level to the answer that changes it."""

import pytest
from django.urls import reverse

from reviews.models import Decision, LevelRequest, LevelRevision
from tests.clients import client_of
from tests.reviews.level_pages import address
from tests.reviews.level_worlds import cell, committee, holder
from tests.reviews.notice_worlds import asked, own, own_again, rated, upper

__all__ = ["cell", "committee"]
pytestmark = pytest.mark.django_db


def test_the_pages_lead_from_the_notice_to_the_request(cell):
    person = rated(cell)
    mine, clerk = client_of(own(person)), client_of(holder(cell))
    listed = clerk.get(address("notice_list", cell))
    assert [each.participant for each in listed.context["notices"]] == [person]
    typed = {"people": [person.pk], "given_on": "10/12/2024"}
    assert (
        clerk.post(address("notice_list", cell), typed | {"given_on": ""}).status_code
        == 422
    )
    assert clerk.post(address("notice_list", cell), typed).status_code == 302

    decision = Decision.objects.get()
    args = [person.pk, decision.pk]
    detail = reverse("reviews:notice_detail", args=args)
    assert mine.get(detail).status_code == 200
    ask = reverse("reviews:request_add", args=args)
    assert clerk.get(ask).status_code == 404
    assert mine.post(ask, {"text": ""}).status_code == 422
    assert mine.post(ask, {"text": "Xin xem lại\r\nvì hai lẽ"}).status_code == 302
    assert LevelRequest.objects.get().text == "Xin xem lại\nvì hai lẽ"
    assert mine.get(ask).status_code == 404
    assert "Xin xem lại" in mine.get(detail).content.decode()
    assert "Xin xem lại" not in clerk.get(detail).content.decode()
    assert clerk.get(address("request_list", cell.parent.parent)).status_code == 404


def test_the_pages_lead_from_the_request_to_the_answer(cell):
    person, above = rated(cell), upper(cell)
    theirs, request = client_of(above), asked(person, text="Xin xem lại")
    assert (
        person.full_name
        in theirs.get(address("request_list", cell.parent.parent)).content.decode()
    )
    page = {
        name: reverse(f"reviews:request_{name}", args=[request.pk])
        for name in ("detail", "receive", "answer")
    }
    assert "Xin xem lại" in theirs.get(page["detail"]).content.decode()
    assert theirs.post(page["receive"], {"version": "7"}).status_code == 409
    assert theirs.post(page["receive"], {"version": "1"}).status_code == 302
    form = {
        "version": "2", "level": "KEEP", "note": "Đã xem", "document": "30-QĐ/TU",
        "on": "10/12/2024", "minutes": "BB 31", "minutes_on": "10/12/2024",
        "present": "9", "votes_for": "9", "votes_against": "0", "signed_by": "Lê Văn An",
    }  # fmt: skip
    assert theirs.post(page["answer"], form | {"note": ""}).status_code == 422
    assert theirs.post(page["answer"], form | {"version": "1"}).status_code == 409
    assert theirs.post(page["answer"], form).status_code == 302
    mine = client_of(own_again(person))
    args = [person.pk, request.decision_id]
    detail = reverse("reviews:notice_detail", args=args)
    assert "Đã xem" in mine.get(detail).content.decode()
    seen = theirs.get(
        reverse(
            "reviews:decision_detail", args=[LevelRevision.objects.get().decision_id]
        )
    )
    assert person.full_name in seen.content.decode()
