import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.urls import reverse

from members import documents
from members.models import Account, Event, FailedTry, Slip
from members.policy import Role
from members.views import slips
from tests.factories import AccountFactory, MemberFactory, PostFactory

pytestmark = pytest.mark.django_db

SLIPS = reverse("members:slip_list")
START = reverse("members:start")
ME = reverse("members:own_record")
NEW = "một mật khẩu mới của tôi"


@pytest.fixture
def cell(district):
    return district["1"]


@pytest.fixture
def keeper(client, cell):
    """A client at whose other end the cell's secretary sits."""
    client.force_login(PostFactory(unit=cell, role=Role.SECRETARY).account)
    return client


@pytest.fixture
def qr_texts(monkeypatch):
    """What stands in the QR codes that are drawn."""
    texts = []
    monkeypatch.setattr(documents, "qr_picture", lambda text: texts.append(text) or "")
    return texts


def ticks_of(page):
    """The people of the list with a box, and whether it is ticked."""
    return re.findall(r'type="checkbox"[^>]*value="(\d+)"( checked)?', page.text)


def slips_on(page):
    return [
        tuple(map(html.unescape, re.findall(r"<dd>(.*?)</dd>", each)))
        for each in page.text.split('<li class="slip">')[1:]
    ]


def start(client, slip, **changed):
    login, code = slip
    typed = {"login": login, "code": code, "password": NEW, "again": NEW, **changed}
    return client.post(START, typed)


def test_who_has_neither_password_nor_slip_is_ticked(keeper, cell):
    new, waiting, with_one = (MemberFactory(cell=cell) for _ in range(3))
    AccountFactory(member=with_one)
    MemberFactory(cell=cell, full_name="Trần")
    barred = MemberFactory(cell=cell)
    AccountFactory(member=barred, is_active=False)
    Slip.objects.all().delete()
    keeper.post(SLIPS, {"members": [waiting.pk]})

    shown = dict(ticks_of(keeper.get(SLIPS)))
    everybody = dict(ticks_of(keeper.get(SLIPS, {"show": "all"})))

    assert (shown[str(new.pk)], shown[str(waiting.pk)]) == (" checked", "")
    assert (str(with_one.pk) in shown, everybody[str(with_one.pk)]) == (False, "")
    assert str(barred.pk) not in everybody


def test_a_sheet_has_a_slip_for_each_who_is_chosen(keeper, cell, qr_texts):
    an = MemberFactory(full_name="Nguyễn Văn An", cell=cell)
    yen = MemberFactory(full_name="Đỗ Thị Yến", cell=cell)
    MemberFactory(full_name="Lê Bình", cell=cell)

    sheet = keeper.post(SLIPS, {"members": [yen.pk, an.pk]})

    assert [login for login, _ in slips_on(sheet)] == ["nguyenvanan", "dothiyen"]
    assert "no-store" in sheet["Cache-Control"]
    assert Slip.objects.count() == 2
    for text, (login, code) in zip(qr_texts, slips_on(sheet), strict=True):
        address = urlsplit(text)
        assert (address.netloc, address.path, address.query) == (
            "testserver",
            START,
            "",
        )
        assert parse_qs(address.fragment) == {"login": [login], "code": [code]}


def test_nobody_chosen_and_somebody_of_another_cell_are_refused(keeper, cell, district):
    MemberFactory(cell=cell)
    stranger = MemberFactory(cell=district["2"])

    answers = [
        keeper.post(SLIPS, {"members": chosen})
        for chosen in ([], [stranger.pk], ["x"], [999999])
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert all('role="alert"' in answer.text for answer in answers)
    assert not Slip.objects.exists()


def test_a_slip_that_cannot_be_is_refused_with_the_reason(keeper, cell, district):
    holder = MemberFactory(full_name="Lê Bình", cell=cell)
    PostFactory(member=holder, unit=district["A"])

    answer = keeper.post(SLIPS, {"members": [holder.pk]})

    assert answer.status_code == 422
    (told,) = answer.context["form"].non_field_errors()
    assert told.startswith("Lê Bình: ")


def test_a_clerk_picks_one_cell_and_turns_pages(client, district, monkeypatch):
    monkeypatch.setattr(slips, "PAGE_SIZE", 2)
    client.force_login(PostFactory(unit=district["G"]).account)
    people = [MemberFactory(cell=district[code]) for code in ("1", "1", "1", "2")]

    def listed(**query):
        found = ticks_of(client.get(SLIPS, query))
        return [
            people.index(each) for each in people if (str(each.pk), " checked") in found
        ]

    assert [listed(), listed(page="2")] == [[0, 1], [2, 3]]
    assert listed(cell=district["2"].pk) == [3]
    assert listed(cell="x") == [0, 1]
    assert listed(cell=district["3"].pk) == []


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.CLERK, True), (Role.SECRETARY, False)]
)
def test_the_roll_leads_to_the_slips_whoever_prints_them(client, district, role, shown):
    client.force_login(PostFactory(unit=district["G"], role=role).account)

    assert (SLIPS in client.get(reverse("members:member_list")).text) is shown


def test_by_the_slip_one_is_in_and_sees_the_own_record(keeper, cell):
    member = MemberFactory(full_name="Nguyễn Văn An", cell=cell)
    (slip,) = slips_on(keeper.post(SLIPS, {"members": [member.pk]}))
    keeper.logout()

    done = start(keeper, slip)

    assert done.url == ME
    page = keeper.get(ME)
    assert page.context["member"] == member
    assert 'class="notice notice-success"' in page.text
    assert start(keeper, slip).status_code == 422


def test_the_slip_logs_out_who_was_logged_in_before(keeper, cell):
    member = MemberFactory(cell=cell)
    (slip,) = slips_on(keeper.post(SLIPS, {"members": [member.pk]}))

    start(keeper, slip)

    account = Account.objects.get(member=member)
    assert keeper.session["_auth_user_id"] == str(account.pk)


def test_what_is_wrong_with_the_password_uses_nothing_up(keeper, cell):
    member = MemberFactory(full_name="Nguyễn Văn An", cell=cell)
    (slip,) = slips_on(keeper.post(SLIPS, {"members": [member.pk]}))
    keeper.logout()

    refused = {
        name: list(start(keeper, slip, **typed).context["form"].errors)
        for name, typed in {
            "short": {"password": "ngắn", "again": "ngắn"},
            "common": {"password": "1234567890123", "again": "1234567890123"},
            "like the name": {"password": "nguyenvanan1", "again": "nguyenvanan1"},
            "differs": {"again": "một mật khẩu khác"},
            "empty": {"login": "", "code": "", "password": "", "again": ""},
        }.items()
    }

    assert refused == {
        "short": ["password"],
        "common": ["password"],
        "like the name": ["password"],
        "differs": ["again"],
        "empty": ["login", "code", "password", "again"],
    }
    assert not FailedTry.objects.exists()
    assert start(keeper, slip).url == ME


def test_a_wrong_code_and_a_locked_name_are_told_in_a_sentence(client):
    told = [
        list(start(client, ("nobody", "CFGH")).context["form"].non_field_errors())
        for _ in range(7)
    ]

    assert told[:6] == [told[0]] * 6
    assert (len(told[6]), told[6] != told[0]) == (1, True)


def test_no_address_holds_a_code(client):
    page = client.get(START, {"login": "yen", "code": "CFGH-CFGH-CFGH"})

    assert page.status_code == 200
    assert 'value="CFGH' not in page.text
    assert 'method="post"' in page.text
    assert "no-store" in page["Cache-Control"]


def test_the_log_in_page_leads_to_the_first_log_in(client):
    assert f'href="{START}"' in client.get(reverse("members:login")).text


def test_the_menu_of_the_account_leads_to_password_and_sessions(keeper):
    page = keeper.get(reverse("home")).text

    for name in ("password_change", "session_list"):
        assert f'href="{reverse(f"members:{name}")}"' in page


def test_a_qr_code_is_a_picture_of_its_own():
    picture = documents.qr_picture("https://tusoi.example.vn/start/#login=an&code=CFGH")

    drawn = unquote(picture).replace("xmlns='http://www.w3.org/2000/svg'", "")
    assert drawn.startswith("data:image/svg+xml")
    assert "http" not in drawn


def test_no_event_holds_a_name_or_code(keeper, cell):
    member = MemberFactory(full_name="Nguyễn Văn An", cell=cell)
    keeper.post(SLIPS, {"members": [member.pk]})

    assert [event.data for event in Event.objects.all()] == [{}]
