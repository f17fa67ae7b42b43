import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from members import bulk, names, queries
from members.models import Member, NameWord
from members.policy import NOBODY, Role
from members.queries import RollRow
from tests.factories import (
    AccountFactory,
    ActivityPauseFactory,
    DistrictFactory,
    MemberFactory,
    MembershipFactory,
    PostFactory,
    UnitFactory,
)
from tests.members import name_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

ROOT = Path(__file__).resolve().parents[2]

# What both databases must answer. Given name first, then family name, then the rest:
# A before Ă before Â, D before Đ, ngang before huyền, hỏi, ngã, sắc and nặng.
EXPECTED = {
    "all": [
        "Nguyễn Văn An",
        "Trần Văn An",
        "Nguyễn Thanh Anh",
        "Lê Thị Ánh",
        "Nguyễn Thị Ăn",
        "nguyễn thị ân",
        "Lê Dung",
        "Lê Dũng",
        "Lê Đức",
        "Lê Em",
        "Y Bhiăng Êban",
        "Hoàng Thị Hoa",
        "Hoàng Thị Hoà",
        "Hoàng Thị Hòa",
        "H'Hen Niê",
        "Nguyễn An Toàn",
        "Do Thi Yen",
        "Đỗ Thị Yến",
    ],
    "nguyen an": [
        "Nguyễn Văn An",
        "Nguyễn Thanh Anh",
        "Nguyễn Thị Ăn",
        "nguyễn thị ân",
        "Nguyễn An Toàn",
    ],
    "do": ["Do Thi Yen", "Đỗ Thị Yến"],
    "đ": ["Lê Dung", "Lê Dũng", "Lê Đức", "Do Thi Yen", "Đỗ Thị Yến"],
    "hoa": ["Hoàng Thị Hoa", "Hoàng Thị Hoà", "Hoàng Thị Hòa"],
    "hhen": ["H'Hen Niê"],
    "ê": ["Lê Em", "Y Bhiăng Êban"],
    "a%": [
        "Nguyễn Văn An",
        "Trần Văn An",
        "Nguyễn Thanh Anh",
        "Lê Thị Ánh",
        "Nguyễn Thị Ăn",
        "nguyễn thị ân",
        "Nguyễn An Toàn",
    ],
    "_": [],
    "khong co ai": [],
}
EXPECTED |= {
    "NGUYỄN AN": EXPECTED["nguyen an"],
    "an nguyen": EXPECTED["nguyen an"],
    "nguy a": EXPECTED["nguyen an"],
    "Đỗ": EXPECTED["do"],
    "h hen": EXPECTED["hhen"],
    "nie": EXPECTED["hhen"],
}


def test_postgresql_orders_and_finds_names_as_vietnamese_does():
    # Hoà and Hòa are one syllable: whose row is older stands first.
    answer = name_order.ask()

    assert normal(answer) == normal(EXPECTED)


def test_sqlite_orders_and_finds_names_just_so(tmp_path):
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{tmp_path / 'names.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "TUSOI_VAR": str(tmp_path),
    }

    done = subprocess.run(
        [sys.executable, "-m", "tests.members.name_order"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        check=True,
    )

    assert json.loads(done.stdout) == name_order.ask()


def normal(answer):
    """The two spellings of one name as one."""
    return {
        asked: [name.replace("Hoà", "Hòa") if "Thị Hoà" in name else name
                for name in found]
        for asked, found in answer.items()
    }  # fmt: skip


def plan_of(queryset):
    sql, parameters = queryset.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


def test_a_search_reads_the_index_of_words_and_a_page_that_of_the_order():
    family = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
    full_names = [
        f"{family[at % 10]} Văn {chr(97 + at // 10 % 26)}{at // 260:04}x"
        for at in range(20_000)
    ]
    ids = bulk.new_ids(Member, len(full_names))
    keys = [names.sort_key(name) for name in full_names]
    codes = [f"DV{at}" for at in range(len(full_names))]
    bulk.insert(
        Member,
        {"id": ids, "code": codes, "full_name": full_names, "sort_key": keys},
    )
    words = [
        (pk, word)
        for pk, name in zip(ids, full_names, strict=True)
        for word in names.search_words(name)
    ]
    owners, texts = zip(*words, strict=True)
    bulk.insert(NameWord, {"member_id": owners, "word": texts})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE members_member, members_nameword")

    assert "nameword_by_word" in plan_of(Member.objects.named("a0001x"))
    assert "member_name_order" in plan_of(Member.objects.in_name_order()[:50])


def test_a_text_without_a_word_finds_nobody():
    MemberFactory()

    assert list(Member.objects.named("  ?! ")) == []


def test_the_roll_names_the_cell_and_the_status_by_two_queries(
    django_assert_num_queries,
):
    commune = UnitFactory(
        name="Đảng bộ xã Đại Tự", parent=DistrictFactory(), kind="GRASSROOTS_COMMITTEE"
    )
    cell = UnitFactory(name="Chi bộ thôn 1", parent=commune)
    old = MemberFactory(full_name="Lê Chi", born_on="1960-05", cell=cell)
    young = MemberFactory(full_name="Đỗ Yến", official_on="")
    MembershipFactory(member=young, unit=cell, kind="TEMPORARY")

    ill = MemberFactory(full_name="Trần Ất", cell=cell)
    ActivityPauseFactory(member=ill)

    with django_assert_num_queries(2):
        rows = queries.roll_rows([young, old, ill])

    above = "Chi bộ thôn 1, Đảng bộ xã Đại Tự"
    assert rows == [
        RollRow(f"/members/{young.pk}/", "Đỗ Yến", "", "", "Probationary member"),
        RollRow(f"/members/{old.pk}/", "Lê Chi", "05/1960", above, "Full member"),
        RollRow(
            f"/members/{ill.pk}/", "Trần Ất", "", above, "Exempt from work and meetings"
        ),
    ]


def test_the_units_in_charge_are_those_by_which_a_roll_is_seen():
    district = DistrictFactory(name="Huyện A")
    cell = UnitFactory(name="Chi bộ 1", parent=district)
    elsewhere = DistrictFactory(name="Huyện B")
    account = AccountFactory()
    PostFactory(account=account, unit=cell, role=Role.SECRETARY)
    PostFactory(account=account, unit=district)
    PostFactory(account=account, unit=district, role=Role.SECRETARY)
    PostFactory(account=account, unit=elsewhere, role=Role.SECRETARY)

    actor = queries.actor_for(account)

    assert queries.units_in_charge(actor) == "Huyện A, Chi bộ 1"
    assert queries.units_in_charge(NOBODY) == ""


def test_a_post_is_called_by_its_title_or_by_role_and_unit(django_assert_num_queries):
    unit = DistrictFactory(name="Huyện A")
    titled = queries.actor_for(PostFactory(title="Văn thư", unit=unit).account)
    plain = queries.actor_for(PostFactory(unit=unit).account)

    with django_assert_num_queries(2):
        titles = [queries.post_title(titled), queries.post_title(plain)]

    assert titles == ["Văn thư", "Office clerk, Huyện A"]
    with django_assert_num_queries(0):
        assert queries.post_title(NOBODY) == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("17", 17),
        ("017", 17),
        ("", 0),
        ("-17", 0),
        ("1 7", 0),
        ("\u0661\u0667", 0),  # Arabic digits
        ("9" * 18, 10**18 - 1),
        ("9" * 19, 0),  # longer than the number of any row
        ("9" * 5_000, 0),  # more than `int` reads
    ],
)
def test_the_number_of_a_row_is_read_from_what_anybody_may_send(text, number):
    assert queries.number_in(text) == number
