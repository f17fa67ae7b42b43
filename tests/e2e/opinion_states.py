"""The pages of opinions of other bodies in every state; `states` shows them with the others."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from campaigns.models import Campaign, CampaignBody, CampaignUnit
from members.models import Account
from members.policy import Role
from reviews.models import Opinion, OpinionRequest, ResidenceExemption
from tests.e2e.conftest import Site
from tests.e2e.pledge_states import of_person, people, secretary, unit
from tests.factories import (
    OpinionEntryFactory,
    OpinionFactory,
    OpinionRequestFactory,
    PostFactory,
    ResidenceExemptionFactory,
)

SAID = (
    "Gương mẫu chấp hành chủ trương của Đảng, quy định của địa phương; dự họp khu phố "
    "đầy đủ.\nCần tham gia nhiều hơn các buổi lao động chung."
)
EARLIER = "Gương mẫu chấp hành chủ trương của Đảng."
ASKED_ON = date(2024, 11, 1)


def asked(site: Site, *, late: bool = True) -> OpinionRequest:
    """The cell has asked about its people; the first is answered, the last exempt."""
    OpinionRequest.objects.all().delete()
    ResidenceExemption.objects.all().delete()
    cell, today = unit(site), timezone.localdate()
    due_on = today - timedelta(3) if late else today + timedelta(5)
    request = OpinionRequestFactory(
        unit=cell,
        goes_to=above(site),
        body_name="Chi ủy khu phố 3, phường Tân Lập",
        asked_on=ASKED_ON,
        due_on=due_on,
    )
    *some, last = people(site)
    for person in some:
        OpinionFactory(request=request, participant=person)
    ResidenceExemptionFactory(participant=last)
    first = Opinion.objects.order_by("pk").filter(request=request)[0]
    Opinion.objects.filter(pk=first.pk).update(state="RECEIVED")
    OpinionEntryFactory(opinion=first, text=EARLIER)
    OpinionEntryFactory(opinion=first, text=SAID, at=timezone.now())
    OpinionEntryFactory(
        opinion=first,
        kind="REPLY",
        text="Xin tiếp thu; quý I/2025 sẽ tham gia đầy đủ.",
        document="",
        signed_on=None,
        came_on=None,
        at=timezone.now(),
    )
    return request


def about_the_cell(site: Site) -> CampaignBody:
    """A mass organisation is asked about the cell itself."""
    body = CampaignBody.objects.organisations().get(unit=unit(site))
    request = OpinionRequestFactory(
        unit=unit(site),
        goes_to=above(site),
        source="MASS_ORGANISATION",
        body_name="Công đoàn xã",
    )
    OpinionFactory(request=request, participant=None, body=body)
    return body


def above(site: Site) -> CampaignUnit:
    found = CampaignUnit.objects.select_related("live_unit")
    return found.get(pk=unit(site).parent_id)


def first_opinion(site: Site) -> Opinion:
    return Opinion.objects.filter(request=asked(site)).order_by("pk")[0]


def listed(site: Site, place: CampaignUnit, name: str = "opinion_list") -> str:
    return site.address(f"reviews:{name}", site.campaign.pk, place.live_unit_id)


def of_request(name: str) -> Callable[[Site], str]:
    return lambda site: site.address(f"reviews:{name}", asked(site).pk)


def of_first(name: str) -> Callable[[Site], str]:
    return lambda site: site.address(f"reviews:{name}", first_opinion(site).pk)


def person_page(site: Site) -> str:
    first_opinion(site)
    return site.address("reviews:opinion_person", people(site)[0].pk)


SECRETARY: dict[str, Callable[[Site], str]] = {
    "opinions of a cell": lambda site: (asked(site), listed(site, unit(site)))[1],
    "no opinions of a cell": lambda site: (
        asked(site).delete(),
        listed(site, unit(site)),
    )[1],
    "opinions to be asked for": lambda site: (
        asked(site),
        listed(site, unit(site), "opinion_ask"),
    )[1],
    "no opinion at home": lambda site: listed(site, unit(site), "residence_exempt"),
    "request for opinions": of_request("opinion_request"),
    "request waited for no longer": of_request("opinion_request_end"),
    "workbook of opinions to be received": of_request("opinion_receive"),
    "opinion to be entered": of_first("opinion_record"),
    "opinions on a person": person_page,
    "opinions on a collective": lambda site: site.address(
        "reviews:opinion_body", about_the_cell(site).pk
    ),
}
PERSON: dict[str, Callable[[Site], str]] = {
    "opinions on oneself": person_page,
    "opinion to be replied to": of_first("opinion_reply"),
    "accusation": lambda site: site.address("accusation_page"),
}
COMMITTEE: dict[str, Callable[[Site], str]] = {
    "opinions of a committee": lambda site: (asked(site), listed(site, above(site)))[1],
    "whom a committee asks about": lambda site: listed(
        site, above(site), "opinion_ask"
    ),
}
OPINIONS = SECRETARY | PERSON | COMMITTEE


def viewer(state: str, site: Site) -> Account:
    """Whoever looks at a state."""
    Campaign.objects.filter(pk=site.campaign.pk).update(mode="FULL_TEXT")
    if state in SECRETARY:
        return secretary(site)
    if state in PERSON:
        return of_person(people(site)[0])
    return PostFactory(unit=above(site).live_unit, role=Role.SECRETARY).account
