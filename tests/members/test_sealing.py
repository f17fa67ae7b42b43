from io import StringIO

import pytest
from cryptography.fernet import InvalidToken
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from members import sealing
from members.models import Member
from tests.factories import MemberFactory

NUMBER = "038194012345"


def test_sealed_text_is_unreadable_and_differs_each_time():
    one, two = sealing.seal(NUMBER), sealing.seal(NUMBER)

    assert one != two
    assert NUMBER not in one + two
    assert sealing.unseal(one) == sealing.unseal(two) == NUMBER


def test_nothing_stays_nothing():
    assert (sealing.seal(""), sealing.unseal(""), sealing.index_of("")) == ("", "", "")


def test_the_index_is_the_same_for_the_same_text_and_depends_on_the_key(settings):
    index = sealing.index_of(NUMBER)
    settings.FIELD_KEYS = ["another key"]

    assert len(index) == sealing.INDEX_LENGTH
    assert sealing.index_of(NUMBER) != index


def test_an_earlier_key_still_opens_and_a_lost_one_does_not(settings):
    settings.FIELD_KEYS = ["old"]
    stored = sealing.seal(NUMBER)
    settings.FIELD_KEYS = ["new", "old"]

    assert sealing.unseal(stored) == NUMBER
    settings.FIELD_KEYS = ["new"]
    with pytest.raises(InvalidToken):
        sealing.unseal(stored)


@pytest.mark.django_db
def test_numbers_lie_sealed_in_the_database_and_belong_to_one_person():
    member = MemberFactory(card_number=NUMBER, personal_id=NUMBER)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM members_member WHERE id = %s", [member.pk])
        assert not any(NUMBER in str(value) for value in cursor.fetchone())
    again = Member.objects.get(pk=member.pk)
    assert (again.card_number, again.personal_id) == (NUMBER, NUMBER)
    for column in ("card_number", "personal_id"):
        with pytest.raises(IntegrityError), transaction.atomic():
            MemberFactory(**{column: NUMBER})
    MemberFactory.create_batch(2)  # nobody has no number together


@pytest.mark.django_db
def test_after_resealing_the_first_key_alone_opens_and_finds(settings):
    settings.FIELD_KEYS = ["old"]
    numbers = [f"0381940{number:05}" for number in range(3)]
    for number in numbers:
        MemberFactory(card_number=number)
    MemberFactory()
    settings.FIELD_KEYS = ["new", "old"]
    out = StringIO()

    call_command("reseal", stdout=out, stderr=StringIO())

    settings.FIELD_KEYS = ["new"]
    assert "3" in out.getvalue()
    assert sorted(Member.objects.values_list("card_number", flat=True)) == [
        "",
        *numbers,
    ]
    index = sealing.index_of(numbers[1])
    assert Member.objects.get(card_number_index=index).card_number == numbers[1]
