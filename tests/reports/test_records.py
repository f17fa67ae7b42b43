"""A person's own copy of everything: complete, theirs alone, archival, in both languages."""

import io
import json
from datetime import date

import jsonschema
import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Participant
from members.models import Event, Membership
from members.policy import Role
from reports import queries
from reports.documents import pdf
from reports.documents.record_html import act_name, record_html
from reports.documents.record_json import to_json
from reports.services import records
from tests.factories import (
    AccountFactory,
    ActivityPauseFactory,
    CampaignUnitFactory,
    CorrectionRequestFactory,
    MemberFactory,
    MembershipFactory,
    ParticipantFactory,
    PlacementFactory,
    PostFactory,
    TransferFactory,
    UnitFactory,
)
from tests.reports.schemas import RECORD

pytestmark = pytest.mark.django_db

PDF, JSON = reverse("own_record_pdf"), reverse("own_record_json")
RESULTS = reverse("own_results")
NUMBER = "038194012345"
TODAY = date(2026, 11, 25)
WRITTEN = ("opened", "begun", "sent", "returned", "confirmed", "acknowledged")


@pytest.fixture
def cell():
    return UnitFactory(code="1", name="Chi bộ thôn 1")


@pytest.fixture
def person(cell):
    """Somebody of whom there is a row of every kind."""
    member = MemberFactory(
        code="DV1", full_name="Đỗ Thị Yến", born_on="1990-05", card_number=NUMBER
    )
    old = UnitFactory(code="2", name="Chi bộ thôn 2")
    MembershipFactory(
        member=member,
        unit=old,
        until_on=date(2024, 1, 1),
        ending=Membership.Ending.TRANSFERRED,
    )
    MembershipFactory(member=member, unit=cell, from_on=date(2024, 1, 1))
    ActivityPauseFactory(member=member, document="QĐ 1")
    PostFactory(
        account=None,
        member=member,
        unit=cell,
        role=Role.COMMITTEE_MEMBER,
        appointed_by_document="QĐ 2",
    )
    TransferFactory(member=member, source=old, target=cell, comment="Gương mẫu")
    CorrectionRequestFactory(member=member, wanted="06/1990")
    placed = CampaignUnitFactory(live_unit=cell, name="Chi bộ thôn 1")
    PlacementFactory(
        unit=placed,
        participant=ParticipantFactory(
            campaign=placed.campaign,
            member=member,
            status=Participant.Status.ASSESSED,
            level="GOOD",
            is_imported=True,
        ),
    )
    return member


@pytest.fixture
def own(person):
    client = Client()
    client.force_login(AccountFactory(member=person, login="do.thi.yen"))
    return client


def opened_by_a_secretary(cell, person):
    secretary = PostFactory(unit=cell, role=Role.SECRETARY, title="Bí thư Chi bộ")
    client = Client()
    client.force_login(secretary.account)
    client.get(reverse("members:member_detail", args=[person.pk]))


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_json_holds_a_row_of_everything_as_the_contract_says(own, person, cell):
    opened_by_a_secretary(cell, person)

    response = own.get(JSON)
    found = json.loads(body(response))

    jsonschema.validate(found, RECORD)
    assert found["person"]["full_name"] == "Đỗ Thị Yến"
    assert (found["person"]["born_on"], found["person"]["card_number"]) == (
        "1990-05",
        NUMBER,
    )
    assert found["account"] == "do.thi.yen"
    assert [row["unit"]["code"] for row in found["memberships"]] == ["2", "1"]
    assert found["pauses"][0]["document"] == "QĐ 1"
    assert found["posts"][0]["role"] == "COMMITTEE_MEMBER"
    assert found["transfers"][0]["comment"] == "Gương mẫu"
    assert found["corrections"][0]["wanted"] == "06/1990"
    assert [
        (row["level"], row["imported"], row["placements"][0]["unit"]["name"])
        for row in found["campaigns"]
    ] == [("GOOD", True, "Chi bộ thôn 1")]
    assert [row["post"] for row in found["openings"]] == ["Bí thư Chi bộ"]
    assert found["acts"] == []
    assert response["Content-Disposition"] == (
        'attachment; filename="thong-tin-DV1.json"'
    )
    assert response["Cache-Control"] == "no-store"


def test_the_schema_refuses_what_the_contract_does_not_name(own):
    found = json.loads(body(own.get(JSON)))
    found["person"]["faith"] = "x"

    with pytest.raises(jsonschema.ValidationError, match="faith"):
        jsonschema.validate(found, RECORD)


def test_every_copy_is_an_event_and_stands_in_the_next_one(own, person, cell):
    body(own.get(JSON))

    event = Event.objects.get()
    assert (event.action, event.member, event.unit, event.data) == (
        "members.record_copied",
        person,
        None,
        {"kind": "json"},
    )
    acts = json.loads(body(own.get(JSON)))["acts"]
    assert [row["action"] for row in acts] == ["members.record_copied"]


def test_a_copy_holds_nothing_of_anybody_else(own, person, cell):
    other = MemberFactory(code="DV2", full_name="Lê Văn Cường", cell=cell)
    ActivityPauseFactory(member=other, document="QĐ 77")
    PostFactory(account=None, member=other, unit=cell, title="Phó Bí thư chi bộ 77")
    CorrectionRequestFactory(member=other, wanted="77")
    opened_by_a_secretary(cell, other)

    text = body(own.get(JSON)).decode()

    assert "77" not in text
    assert "Cường" not in text
    assert json.loads(text)["openings"] == []


def test_who_is_no_member_has_no_copy(client):
    client.force_login(PostFactory().account)

    assert [client.get(url).status_code for url in (PDF, JSON, RESULTS)] == [404] * 3


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "vi",
            (
                "BẢN SAO THÔNG TIN ĐẢNG VIÊN",
                "Hoàn thành tốt nhiệm vụ",
                "05/1990",
                "do.thi.yen",
            ),
        ),
        (
            "en",
            (
                "Communist Party of Vietnam",
                "Tasks completed well",
                "06/1990",
                "committee member",
            ),
        ),
    ],
)
def test_the_print_is_archival_and_holds_the_words_of_its_language(
    own, person, language, words
):
    own.cookies["language"] = language
    content = pdf.html_to_pdf(
        record_html(queries.record_of(person, today=TODAY), language=language)
    )

    document = pypdf.PdfReader(io.BytesIO(content))
    text = " ".join(" ".join(page.extract_text().split()) for page in document.pages)
    metadata = document.trailer["/Root"]["/Metadata"].get_data().decode()
    missing = [word for word in words if word.lower() not in text.lower()]
    assert missing == []
    assert "pdfaid:conformance" in metadata
    assert document.trailer["/Root"]["/Lang"] == language
    assert document.metadata.title.endswith("Đỗ Thị Yến")


def test_the_print_comes_as_a_file(own):
    response = own.get(PDF)

    assert body(response).startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"


def test_a_machine_that_cannot_print_says_so_and_notes_no_copy(own, monkeypatch):
    def refuse(html):
        raise pdf.DocumentNotRendered("Thiếu phông chữ")

    monkeypatch.setattr(records, "html_to_pdf", refuse)

    response = own.get(PDF, follow=True)

    assert [str(each) for each in response.context["messages"]] == ["Thiếu phông chữ"]
    assert not Event.objects.exists()


def test_equal_records_give_equal_documents(person):
    first, second = (queries.record_of(person, today=TODAY) for _ in range(2))

    assert to_json(first) == to_json(second)
    assert record_html(first, language="vi") == record_html(second, language="vi")


def test_the_page_of_results_shows_ones_own_alone(own, person):
    ParticipantFactory(full_name="Lê Văn Cường")

    response = own.get(RESULTS)

    ((campaign, lines),) = response.context["results"]
    assert campaign.year == 2024
    assert ("Mức chất lượng", "Hoàn thành tốt nhiệm vụ") in lines


OPINIONS = (
    *("asked", "ended", "recorded", "taken", "replied", "read", "exempted"),
    "exemption_ended",
)
REMEDIATION = (
    *("opened", "item_added", "item_changed", "item_removed", "given", "minuted"),
    *("sent", "accepted", "returned", "checked", "marked_repeated"),
    *("named", "answered", "read"),
)


def test_every_act_on_a_record_has_a_name(person):
    acts = (
        "members.admitted",
        "members.corrected",
        "members.made_full",
        "members.ended",
        records.ACTION,
        "pauses.begun",
        "pauses.ended",
        *(f"corrections.{act}" for act in ("asked", "taken_back", "refused")),
        *(f"transfers.{act}" for act in ("sent", "received", "returned")),
        *(f"{kind}.{act}" for kind in ("pledges", "self_reviews") for act in WRITTEN),
        *("campaigns.time_extended", "campaigns.roll_followed", "decisions.decided"),
        *("level_notices.given", "levels.kept", "levels.revised"),
        *(f"level_requests.{act}" for act in ("filed", "received")),
        *(
            f"occasions.{act}"
            for act in ("called_up", "noted", "reviewed", "left", "replied")
        ),
        *(f"self_reviews.{act}" for act in ("suggested", "answer_judged")),
        *(f"remediation.{act}" for act in REMEDIATION),
        *(f"opinions.{act}" for act in OPINIONS),
    )

    assert [act for act in acts if act_name(act) == act] == []
    assert act_name("later.act") == "later.act"
