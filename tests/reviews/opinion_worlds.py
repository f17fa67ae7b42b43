"""A cell below a committee, its people, and the workbook that a body sends back."""

from datetime import UTC, date, datetime
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

from members import queries as registry
from members.sheets.writing import add_page, new_book, put_row
from reviews.models import Opinion
from reviews.services.opinions import asking, recording
from reviews.services.opinions.asking import Asked
from reviews.services.opinions.recording import Paper
from reviews.sheets.opinions import HEADS, SHEET
from tests.factories import AccountFactory, PostFactory

NOW = datetime(2024, 12, 10, 3, tzinfo=UTC)
ASKED_ON, DUE_ON, CAME_ON = date(2024, 11, 1), date(2024, 11, 20), date(2024, 11, 12)
BODY = "Chi ủy khu phố 3"


def asked_of(**columns) -> Asked:
    facts = {
        "source": "RESIDENCE", "body_name": BODY, "document": "CV 05-CV/CB",
        "asked_on": ASKED_ON, "due_on": DUE_ON,
    }  # fmt: skip
    return Asked(**facts | columns)


def ask(cell, actor, *people, bodies=(), now=NOW, **columns):
    return asking.ask(
        unit=cell, asked=asked_of(**columns), people=people, bodies=bodies,
        actor=actor, now=now,
    )  # fmt: skip


def opinions_of(request):
    return Opinion.objects.filter(request=request)


def one(request) -> Opinion:
    """The only opinion of a request."""
    return Opinion.objects.select_related(
        "request__unit__campaign", "request__unit__custodian", "participant", "body"
    ).get(request=request)


def book(*rows: list[str], heads=HEADS, sheet=SHEET) -> SimpleUploadedFile:
    """Return a workbook with these rows, each in the order of the heads."""
    content = BytesIO()
    with new_book(content) as made:
        page = add_page(made, sheet)
        for at, row in enumerate([[*heads], *rows]):
            put_row(page, at, row)
    return SimpleUploadedFile("nhan-xet.xlsx", content.getvalue())


def row_of(opinion, text="Gương mẫu", document="", signed_on="", name=None):
    name = opinion.subject.full_name if name is None else name
    return [str(opinion.pk), name, "", text, document, signed_on]


def record(opinion, actor, text="Gương mẫu", *, version=None, came_on=CAME_ON, **paper):
    recording.record(
        opinion=opinion, version=version or opinion.version,
        paper=Paper(text=text, **paper), came_on=came_on, actor=actor, now=NOW,
    )  # fmt: skip


def actor_of(person):
    return registry.actor_for(AccountFactory(member=person.member))


def secretary_who_is(person, cell):
    """Return the secretary who is on the roll, too."""
    post = PostFactory(unit=cell.live_unit, role="SECRETARY", member=person.member)
    return registry.actor_for(AccountFactory(member=post.member))
