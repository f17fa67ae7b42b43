"""The pages of opinions: what they show to whom, what they refuse, what they cost."""

from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign
from members.models import Account, Event, Member
from members.queries.people import openings_of
from reports.documents.writers import CONTENT_TYPES
from reviews.models import Opinion, OpinionEntry, ResidenceExemption
from tests.factories import CampaignBodyFactory, OpinionEntryFactory
from tests.reviews.level_worlds import cell, committee, secretary, someone
from tests.reviews.opinion_worlds import (
    BODY,
    actor_of,
    ask,
    book,
    opinions_of,
    record,
    row_of,
    secretary_who_is,
)

__all__ = ["cell", "committee", "secretary"]
pytestmark = pytest.mark.django_db


LIST, REQUEST = 13, 9  # queries of a page


def client_of(actor) -> Client:
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def at(name, unit):
    return reverse(f"reviews:{name}", args=[unit.campaign_id, unit.live_unit_id])


def of(name, row):
    return reverse(f"reviews:{name}", args=[row.pk])


TYPED = {
    "source": "RESIDENCE", "body_name": BODY, "asked_on": "01/11/2024",
    "due_on": "20/11/2024",
}  # fmt: skip


def test_a_cell_asks_prints_and_enters(cell, secretary):
    person = someone(cell)
    client = client_of(secretary)
    page = at("opinion_ask", cell)
    assert client.post(page, TYPED).status_code == 422
    sent = client.post(page, TYPED | {"about": f"person-{person.pk}"})
    opinion = Opinion.objects.get(participant=person)
    assert sent["Location"] == of("opinion_request", opinion.request)
    pdf = reverse("opinion_request_print", args=[opinion.request_id, "pdf"])
    assert client.get(pdf)["Content-Type"] == "application/pdf"
    everything = reverse(
        "unit_opinions_print", args=[cell.campaign_id, cell.live_unit_id, "docx"]
    )
    assert client.get(everything).status_code == 200

    form = {"version": 1, "came_on": "12/11/2024"}
    enter = of("opinion_record", opinion)
    assert client.post(enter, form | {"text": ""}).status_code == 422
    assert client.post(enter, form | {"text": "Gương mẫu"}).status_code == 302
    # A second page with the first version shows both, and what is sent next is later.
    both = client.post(enter, form | {"text": "Khác"})
    assert (both.status_code, OpinionEntry.objects.count()) == (409, 1)
    assert "Gương mẫu" in both.content.decode()
    # Nothing is left to be printed.
    assert client.get(pdf).status_code == 404
    assert client.get(everything).status_code == 404


def test_a_committee_chooses_about_whose_people(cell, committee):
    person, body = someone(cell), CampaignBodyFactory(unit=cell)
    client, page = client_of(committee), at("opinion_ask", cell.parent)
    assert cell.name in client.get(page).content.decode()
    assert client.get(f"{page}?q=khong-co").context["choices"] == []
    assert client.get(f"{page}?of=999999").context["choices"]
    chosen = f"{page}?of={cell.live_unit_id}"
    about = [f"person-{person.pk}", f"body-{body.pk}"]
    typed = TYPED | {"source": "INSPECTION_COMMISSION", "about": about}
    assert client.post(chosen, typed).status_code == 302
    assert Opinion.objects.count() == 2
    assert client.get(at("residence_exempt", cell.parent)).status_code == 404


def test_no_opinion_of_the_place_of_residence(cell, secretary):
    person = someone(cell)
    client, page = client_of(secretary), at("residence_exempt", cell)
    typed = {"people": [person.pk], "category": "ROTATED"}
    assert client.post(page, typed | {"category": ""}).status_code == 422
    assert client.post(page, typed).status_code == 302
    assert "nhà công vụ" in client.get(at("opinion_list", cell)).content.decode()
    assert client.post(page, typed | {"category": "ASKED"}).status_code == 302
    assert not ResidenceExemption.objects.exists()


def test_who_is_among_those_asked_about_does_not_enter_the_own(cell):
    own, other = someone(cell), someone(cell)
    actor = secretary_who_is(own, cell)
    request = ask(cell, actor, own, other)
    shown = client_of(actor).get(of("opinion_request", request))
    assert shown.context["keyable"] == {Opinion.objects.get(participant=other).pk}
    mine = Opinion.objects.get(participant=own)
    assert client_of(actor).get(of("opinion_record", mine)).status_code == 404


def test_the_person_reads_who_read_it_and_replies(cell, secretary, committee):
    person = someone(cell)
    opinion = opinions_of(ask(cell, secretary, person)).get()
    own = client_of(actor_of(person))
    page = of("opinion_person", person)
    assert own.get(of("opinion_reply", opinion)).status_code == 404
    record(opinion, secretary)
    assert client_of(committee).get(page).status_code == 200
    client_of(committee).get(reverse("opinion_print", args=[opinion.pk, "docx"]))
    assert own.get(page).status_code == 200
    read = Event.objects.filter(action="opinions.read", member=person.member_id)
    assert [each.account_id for each in read] == [committee.account_id] * 2
    assert len(openings_of(Member.objects.get(pk=person.member_id))) == 2

    reply = of("opinion_reply", opinion)
    assert own.post(reply, {"text": ""}).status_code == 422
    assert own.post(reply, {"text": "Xin tiếp thu"}).status_code == 302
    assert "Xin tiếp thu" in client_of(secretary).get(page).content.decode()
    # A fellow of the cell finds nothing there.
    fellow = client_of(actor_of(someone(cell)))
    assert fellow.get(page).status_code == 404


def test_who_sees_levels_and_does_not_decide_reads_nothing(cell, secretary, committee):
    campaign = cell.campaign
    for each in campaign.rule_set_resolved["procedure"]["authorities"]:
        if (each["subject"], each["step"]) == ("members", "DECIDES"):
            each["unit"] = "CELL"
    campaign.save()
    person = someone(cell)
    record(opinions_of(ask(cell, secretary, person)).get(), secretary)
    assert client_of(secretary).get(of("opinion_person", person)).status_code == 200
    assert client_of(committee).get(of("opinion_person", person)).status_code == 404


def test_waiting_is_ended_once(cell, secretary):
    request = ask(cell, secretary, someone(cell))
    client, page = client_of(secretary), of("opinion_request_end", request)
    assert client.post(page, {"version": 1}).status_code == 302
    assert client.post(page, {"version": 1}).status_code == 409
    assert client.post(page, {"version": 2}).status_code == 422


def test_the_workbook_goes_out_and_comes_back(cell, secretary):
    person = someone(cell, born_on="1980-05-17")
    request = ask(cell, secretary, person)
    opinion = opinions_of(request).get()
    client = client_of(secretary)
    file = client.get(of("opinion_file", request))
    content = BytesIO(b"".join(file.streaming_content))
    rows = list(openpyxl.load_workbook(content)["Nhận xét"].values)
    assert rows[1][:3] == (
        str(opinion.pk), person.full_name, f"17/05/1980; {cell.name}",
    )  # fmt: skip

    page = of("opinion_receive", request)
    typed = {"came_on": "12/11/2024"}
    assert client.post(page, typed).status_code == 422
    sent = client.post(page, typed | {"file": book(row_of(opinion, "Tốt"))})
    assert (sent.status_code, sent.context["counts"]["new"]) == (200, 1)
    assert not OpinionEntry.objects.exists()
    rows = sent.context["rows"]
    # Another account, another request, a changed form: nothing of it is taken.
    other = client_of(secretary_who_is(someone(cell), cell))
    assert other.post(page, {"rows": rows})["Location"] == page
    elsewhere = of("opinion_receive", ask(cell, secretary, someone(cell)))
    assert client.post(elsewhere, {"rows": rows})["Location"] == elsewhere
    assert client.post(page, {"rows": f"{rows}x"})["Location"] == page
    assert not OpinionEntry.objects.exists()


def test_what_was_entered_meanwhile_is_shown_before_it_is_taken(cell, secretary):
    request = ask(cell, secretary, someone(cell))
    opinion = opinions_of(request).get()
    client, page = client_of(secretary), of("opinion_receive", request)
    typed = {"came_on": "12/11/2024"}
    sent = client.post(page, typed | {"file": book(row_of(opinion, "Tốt"))})
    rows = sent.context["rows"]
    record(opinion, secretary, "Từ giấy")
    assert client.post(page, {"rows": rows}).status_code == 409
    sent = client.post(page, typed | {"file": book(row_of(opinion, "Tốt"))})
    rows = sent.context["rows"]
    done = client.post(page, {"rows": rows})
    assert done["Location"] == of("opinion_request", request)
    assert OpinionEntry.objects.order_by("pk").last().text == "Tốt"
    # The same once more would change nothing, and says so with what it is.
    assert client.post(page, {"rows": rows}).status_code == 409
    Campaign.objects.update(state="CLOSED", roll_fixed_at="2024-12-01T00:00Z",
                            closed_at="2024-12-02T00:00Z")  # fmt: skip
    sent = client.post(page, typed | {"file": book(row_of(opinion, "Khá"))})
    assert client.post(page, {"rows": sent.context["rows"]}).status_code == 422


def test_what_is_too_large_is_refused(cell, secretary, monkeypatch):
    monkeypatch.setattr("reviews.forms.opinions.MOST_BYTES", 10)
    request = ask(cell, secretary, someone(cell))
    sent = client_of(secretary).post(
        of("opinion_receive", request), {"came_on": "12/11/2024", "file": book(["1"])}
    )
    assert sent.status_code == 422


def test_the_pages_cost_the_same_for_any_number_of_people(
    cell, secretary, django_assert_max_num_queries
):
    people = [someone(cell) for _each in range(3)]
    request = ask(cell, secretary, *people)
    counts = {}
    client = client_of(secretary)
    pages = (at("opinion_list", cell), of("opinion_request", request))
    client.get(pages[0])  # the first page of a session notes its use
    for page in pages:
        with django_assert_max_num_queries(60) as few:
            assert client.get(page).status_code == 200
        counts[page] = len(few)
    assert [*counts.values()] == [LIST, REQUEST]
    for person in [*people, *(someone(cell) for _each in range(10))]:
        opinion, _is_new = Opinion.objects.get_or_create(
            request=request, participant=person, defaults={"goes_to": cell.parent}
        )
        OpinionEntryFactory(opinion=opinion)
    for page in pages:
        with django_assert_max_num_queries(60) as many:
            assert client.get(page).status_code == 200
        assert len(many) == counts[page]


def test_the_form_of_an_accusation_keeps_nothing_of_who_prints_it(secretary):
    client = client_of(secretary)
    before = Event.objects.count()
    for extension, content_type in CONTENT_TYPES.items():
        form = reverse("accusation_form", args=[extension])
        assert client.get(form)["Content-Type"] == content_type
        sent = client.post(reverse("accusation_receipt", args=[extension]))
        assert sent["Content-Type"] == content_type
    assert Event.objects.count() == before
