"""The first clerk of an installation, and a slip by the server."""

import re

import pytest
from django.core.management import CommandError, call_command

from members.models import Account, CodeCard, Event, PartyUnit, Post
from members.policy import Area, Role
from members.queries import actor_for
from members.services import slips
from tests.factories import (
    AccountFactory,
    DistrictFactory,
    MemberFactory,
    PostFactory,
    UnitFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

NEW = "hoa sen nở bên hồ"


def refusal(*command, **options):
    with pytest.raises(CommandError) as refused:
        call_command(*command, **options)
    return str(refused.value)


def told(capsys):
    """What the command prints: names and values."""
    lines = capsys.readouterr().out.splitlines()
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def test_an_empty_installation_gets_its_first_unit_and_clerk(capsys, settings):
    settings.ALLOWED_HOSTS = [".example.vn", "tusoi.example.vn"]
    settings.HTTPS = True

    call_command(
        "first_clerk", "Trần Thị Bình", "--unit", "H", "--unit-name", "Đảng bộ xã H"
    )

    printed = told(capsys)
    unit = PartyUnit.objects.get()
    post = Post.objects.get()
    assert (unit.code, unit.name, unit.kind) == ("H", "Đảng bộ xã H", "SUPERIOR")
    assert (post.unit, post.role) == (unit, Role.CLERK)
    assert printed["Account name"] == "tranthibinh"
    assert re.match(
        r"https://tusoi\.example\.vn/start/#login=tranthibinh&code=", printed["Address"]
    )
    account = slips.use_slip(
        login="tranthibinh",
        code=printed["Code on the slip"],
        password=NEW,
        now=Event.objects.latest("pk").at,
    )
    assert actor_for(account).subtrees(Area.ACCOUNTS) == (unit.path,)
    reasons = Event.objects.filter(account=None).values_list("system_reason", flat=True)
    assert set(reasons) == {"first clerk"}


def test_a_unit_that_is_there_is_taken(capsys):
    unit = DistrictFactory(code="H")

    call_command("first_clerk", "Trần Thị Bình", "--unit", "h")

    assert Post.objects.get().unit == unit


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--unit", "K"], "no unit K"),
        (["--unit", "K", "--unit-name", "K", "--unit-kind", "xx"], "no “xx”"),
    ],
)
def test_what_is_refused_leaves_nothing(options, says):
    assert says in refusal("first_clerk", "Trần Thị Bình", *options)
    assert not Account.objects.exists()
    assert not PartyUnit.objects.exists()


@pytest.mark.parametrize(
    ("name", "unit_name"),
    [
        ("Trần\u202eThị", "Đảng bộ xã H"),
        ("Trần Thị 2", "Đảng bộ xã H"),
        ("Trần Thị Bình", "Đảng\u200bbộ"),
    ],
)
def test_a_name_is_what_a_name_is_on_the_pages(name, unit_name):
    command = ["first_clerk", name, "--unit", "H", "--unit-name", unit_name]

    assert "name: " in refusal(*command)
    assert not Account.objects.exists()
    assert not PartyUnit.objects.exists()


def test_a_member_who_looks_like_the_clerk_is_told(capsys):
    MemberFactory(code="DV7", full_name="TRẦN THỊ BÌNH", cell=UnitFactory())

    call_command("first_clerk", "Trần Thị Bình", "--unit", "K", "--unit-name", "Huyện")

    assert "DV7, TRẦN THỊ BÌNH, is on the roll" in capsys.readouterr().err
    assert Account.objects.count() == 1


def test_where_posts_are_held_it_is_refused_unless_told(capsys):
    PostFactory(unit=DistrictFactory(code="H"))
    command = ["first_clerk", "Trần Thị Bình", "--unit", "H"]

    assert "--another" in refusal(*command)
    assert Post.objects.count() == 1
    call_command(*command, "--another")
    assert Post.objects.count() == 2


def test_the_server_prints_a_slip_for_whom_nobody_above_can(capsys):
    account = PostFactory(account=AccountFactory(login="van-thu")).account

    call_command("print_slip", "Van-Thu")

    code = told(capsys)["Code on the slip"]
    used = slips.use_slip(
        login="van-thu", code=code, password=NEW, now=Event.objects.latest("pk").at
    )
    assert used == account


def test_the_server_prints_a_card(capsys):
    member = PostFactory(member=MemberFactory()).member
    AccountFactory(login="an", member=member)

    call_command("print_slip", "an", card=True)

    codes = [line.replace(" ", "") for line in capsys.readouterr().out.splitlines()]
    assert codes == CodeCard.objects.get().codes.split()


def test_the_server_prints_nothing_for_nobody():
    AccountFactory(login="technical", is_technical=True)

    assert "no account nobody" in refusal("print_slip", "nobody")
    assert "runs the machine" in refusal("print_slip", "technical")
    assert "no post" in refusal("print_slip", AccountFactory().login, card=True)
