"""The paper of a secret ballot and the tellers' minutes as they are printed."""

import io
import re

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from members.models import Account
from reports.documents.ballots import ballot_printout, tellers_printout
from reports.documents.printout_html import to_html
from reports.queries.ballots import ballot_paper, tellers_paper
from reviews.models import Ballot
from tests.reports.printouts import says_the_same
from tests.reviews.ballot_worlds import Hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    hall = Hall()
    hall.seat_tellers()
    for person, name in zip(
        hall.people, ["Út", "Tư", "Ba", "Bảy", "Sáu", "Hai", "Năm"], strict=True
    ):
        person.full_name = f"Lê Thị {name}"
        person.save()
    return hall


def text_of(html: str) -> str:
    body = html[html.index("<body>") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def seen(ballot: Ballot) -> Ballot:
    related = ("meeting__unit__campaign", "meeting__unit__live_unit__parent")
    return Ballot.objects.select_related(*related).get(pk=ballot.pk)


def test_a_blank_paper_has_everybody_in_the_order_of_the_meeting_and_no_name_of_a_voter(
    hall,
):
    ballot = seen(hall.open())

    printout = ballot_printout(ballot_paper(ballot, language="vi"))
    html = to_html(printout)
    assert says_the_same(printout)

    text = text_of(html)
    names = [each.full_name for each in hall.people]
    assert [text.index(name) for name in names] == sorted(map(text.index, names))
    assert "PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG ĐẢNG VIÊN" in text
    levels = [label.text("vi") for label in level_labels(ballot)]
    assert [level for level in levels if level not in text] == []
    assert html.count('<td class="c"></td>') == len(names) * len(levels)
    assert "Phiếu không ghi tên" in text


def level_labels(ballot):
    return [each.label for each in ballot.meeting.unit.campaign.rules.members.levels]


def test_the_tellers_minutes_have_papers_counts_and_what_follows(hall):
    ballot = seen(hall.lock("LEVELS", hall.lines()))

    printout = tellers_printout(tellers_paper(ballot, language="vi"))
    text = text_of(to_html(printout))
    assert says_the_same(printout)

    assert "BIÊN BẢN KIỂM PHIẾU" in text
    head, other = hall.people[1].full_name, hall.people[2].full_name
    assert f"Tổ trưởng tổ kiểm phiếu: {head}." in text
    assert f"Thành viên tổ kiểm phiếu: {other}." in text
    assert "Số phiếu thu về: 7;" in text
    assert "Hoàn thành tốt nhiệm vụ: 7 (100,00%)." in text
    assert text.index("TỔ TRƯỞNG TỔ KIỂM PHIẾU") < text.index("T/M CHI BỘ")


def test_both_are_given_as_files_and_the_minutes_once_the_counts_are_locked(hall):
    client = Client()
    client.force_login(Account.objects.get(pk=hall.keeper.account_id))
    ballot = hall.open()
    addresses = [
        reverse(f"{name}_print", args=[ballot.pk, "pdf"])
        for name in ("ballot", "tellers")
    ]

    assert [client.get(each).status_code for each in addresses] == [200, 404]
    hall.confirm(hall.enter(ballot, hall.lines()))
    for address in addresses:
        given = client.get(address)
        pages = pypdf.PdfReader(io.BytesIO(b"".join(given.streaming_content))).pages
        assert "Lê Thị Út" in pages[0].extract_text()
