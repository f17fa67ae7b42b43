"""The roll of a province: its pages and its search, as its clerk gets them.

Ours is asked as a role that owns nothing, so under the second lock; the plain way as
the owner, whom nothing holds.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from statistics import median

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.paginator import Paginator
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import override_settings
from django.urls import reverse

from benchmarks.measuring import Row, in_turns
from members import queries
from members.models import Account, Member, Membership, PartyUnit, Post
from members.models.people import LAST
from members.policy import Role
from members.row_security import asked_by
from members.services import database_roles

LIST_GOAL = 1.3
SEARCH_GOAL = 2
SIZE = 50
ROLE = "tusoi_bench_application"
SEARCHES = (("nguyen",), ("nguyen", "van"), ("tran", "thi", "h"), ("hoa", "le"))
# Their words one in the other, people of units in reach, as many as are counted.
FOUND = """
SELECT person.sort_key, person.id FROM members_member person
JOIN members_membership belongs
    ON belongs.member_id = person.id AND belongs.until_on IS NULL
JOIN members_partyunit unit
    ON unit.id = belongs.unit_id AND unit.path >= %s AND unit.path < %s
WHERE {words} LIMIT %s
"""
WORD = (
    "person.id IN (SELECT member_id FROM members_nameword"
    " WHERE word >= %s AND word < %s)"
)
# Nobody collected the files of this site; their names are not what is measured.
PLAIN_FILES = {
    **settings.STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
BARE = """<table>{% for belongs in page %}<tr>
<th>{{ belongs.member.full_name }}</th><td>{{ belongs.member.born_on }}</td>
<td>{{ belongs.unit.name }}, {{ belongs.unit.parent.name }}</td>
<td>{{ belongs.member.official_on }}</td>
</tr>{% endfor %}</table>{{ page.number }} of {{ page.paginator.num_pages }}"""


def measure(unit: PartyUnit, *, rounds: int) -> Iterator[Row]:
    """Get the roll of the unit as its clerk does, and as plainly as can be."""
    clerk = Account.objects.create_user("benchmark-clerk", "", display_name="-")
    Post.objects.create(
        account=clerk, unit=unit, role=Role.CLERK, from_on=date(2025, 1, 1)
    )
    with as_the_site():
        yield _list_row(clerk, rounds=rounds)
        yield _search_row(clerk, unit, rounds=rounds)


def _list_row(clerk: Account, *, rounds: int) -> Row:
    client = Client()
    client.force_login(clerk)
    bare = SessionMiddleware(AuthenticationMiddleware(_bare_page))
    plain_request = RequestFactory()
    plain_request.cookies = client.cookies

    address = reverse("members:member_list")

    def ours() -> bytes:
        with restricted():
            answer = client.get(address, secure=True)
        assert answer.status_code == 200, answer.status_code
        return bytes(answer.content)

    assert ours().count(b'<th scope="row">') == SIZE
    times = in_turns(ours, lambda: bare(plain_request.get("/")), rounds=rounds)
    return Row(
        name=f"list of {Member.objects.count():,} members, a page / a bare Django page",
        ratio=times.ratio,
        goal=LIST_GOAL,
        detail=str(times),
    )


def _bare_page(request: HttpRequest) -> HttpResponse:
    assert request.user.is_authenticated
    rows = Membership.objects.filter(until_on=None, kind="OFFICIAL")
    related = rows.select_related("member", "unit__parent")
    ordered = related.order_by("member__sort_key", "member_id")
    page = Paginator(ordered, SIZE).get_page(request.GET.get("page"))
    return HttpResponse(Template(BARE).render(Context({"page": page})))


def _search_row(clerk: Account, unit: PartyUnit, *, rounds: int) -> Row:
    actor = queries.actor_for(clerk)

    def ours() -> list[int]:
        with restricted(), asked_by(clerk.pk):
            return [
                queries.page_of_found(
                    Member.objects.visible_to(actor).named(" ".join(words)), size=SIZE
                ).counted.total
                for words in SEARCHES
            ]

    def plain() -> list[int]:
        return [_found_by_hand(unit, words) for words in SEARCHES]

    assert ours() == plain(), "the two ways find different people"
    times = in_turns(ours, plain, rounds=rounds)
    each = 1000 * median(times.ours) / len(SEARCHES)
    return Row(
        name=f"search, {len(SEARCHES)} names / SQL by hand without the second lock",
        ratio=times.ratio,
        goal=SEARCH_GOAL,
        detail=f"{times}; {each:.3g} ms each (guide: 50 ms)",
    )


def _found_by_hand(unit: PartyUnit, words: tuple[str, ...]) -> int:
    most = queries.MOST_COUNTED
    ranges = [bound for word in words for bound in (word, f"{word}{LAST}")]
    statement = FOUND.format(words=" AND ".join([WORD] * len(words)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [unit.path, f"{unit.path}:", *ranges, most + 1])
        places = sorted(cursor.fetchall())[:most]
        cursor.execute(
            "SELECT * FROM members_member WHERE id = ANY(%s) ORDER BY sort_key, id",
            [[pk for _key, pk in places[:SIZE]]],
        )
        cursor.fetchall()
    return len(places)


@contextmanager
def as_the_site() -> Iterator[None]:
    """Let requests be answered in this process, by a role that owns nothing."""
    site = override_settings(
        ALLOWED_HOSTS=["testserver"],
        SECOND_FACTOR_ASKED=False,
        STORAGES=PLAIN_FILES,
    )
    with role_of_the_application(), site:
        yield


@contextmanager
def role_of_the_application() -> Iterator[None]:
    """Make the role for the block; the server keeps roles beside all databases."""
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} NOLOGIN")
    database_roles.grant_to(ROLE)
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {ROLE}")
            cursor.execute(f"DROP ROLE {ROLE}")


@contextmanager
def restricted() -> Iterator[None]:
    """Ask the database as that role."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {ROLE}")
    try:
        yield
    finally:
        with connection.connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")
