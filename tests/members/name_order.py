"""Prints how the database of `DATABASE_URL` orders and finds names, as JSON.

The test runs it on an empty SQLite file and compares the answer with that of
PostgreSQL: `ask` is the same function for both.
"""

import json
import random

import django

NAMES = (
    "Trần Văn An",
    "Nguyễn Văn An",
    "nguyễn thị ân",
    "Nguyễn Thị Ăn",
    "Lê Thị Ánh",
    "Đỗ Thị Yến",
    "Do Thi Yen",
    "Lê Đức",
    "Lê Dũng",
    "Lê Dung",
    "Lê Em",
    "Hoàng Thị Hoà",
    "Hoàng Thị Hòa",
    "Hoàng Thị Hoa",
    "H'Hen Niê",
    "Y Bhiăng Êban",
    "Nguyễn An Toàn",
    "Nguyễn Thanh Anh",
)
ASKED = (
    "nguyen an",
    "NGUYỄN AN",
    "an nguyen",
    "nguy a",
    "do",
    "Đỗ",
    "đ",
    "hoa",
    "hhen",
    "h hen",
    "nie",
    "a%",
    "_",
    "ê",
    "khong co ai",
)


def ask() -> dict[str, list[str]]:
    """Write the names in a shuffled order, then order them and search."""
    # The settings must be there before the models are imported.
    from members.models import Member
    from tests.factories import MemberFactory

    for name in random.Random(27).sample(NAMES, len(NAMES)):
        MemberFactory(full_name=name)
    return {
        "all": list(Member.objects.in_name_order().values_list("full_name", flat=True)),
        **{
            asked: list(
                Member.objects.named(asked)
                .in_name_order()
                .values_list("full_name", flat=True)
            )
            for asked in ASKED
        },
    }


if __name__ == "__main__":
    django.setup()

    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(ask()))  # noqa: T201 -- the answer of this program
