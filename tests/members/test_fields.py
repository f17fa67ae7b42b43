import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models
from django.db.utils import ConnectionHandler
from django.test.utils import isolate_apps

from members.fields import ByteOrderField, CodeKeyField, NFCField, PartialDateField
from members.models import Account, Letterhead, Member, PartyUnit, Post, UnitDecision
from tests.factories import (
    AccountFactory,
    LetterheadFactory,
    MemberFactory,
    PostFactory,
    UnitDecisionFactory,
    UnitFactory,
)

DECOMPOSED = unicodedata.normalize("NFD", "Đảng ủy xã Tề Lỗ")
COMPOSED = unicodedata.normalize("NFC", DECOMPOSED)
assert DECOMPOSED != COMPOSED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "model", "column"),
    [
        (AccountFactory, Account, "display_name"),
        (AccountFactory, Account, "login"),
        (LetterheadFactory, Letterhead, "issuer"),
        (MemberFactory, Member, "full_name"),
        (MemberFactory, Member, "code"),
        (PostFactory, Post, "title"),
        (UnitDecisionFactory, UnitDecision, "title"),
        (UnitFactory, PartyUnit, "name"),
    ],
)
def test_text_is_stored_composed_and_found_however_it_is_typed(factory, model, column):
    row = factory(**{column: DECOMPOSED})

    row.refresh_from_db()
    assert getattr(row, column) == COMPOSED
    for typed in (COMPOSED, DECOMPOSED):
        assert model.objects.get(**{column: typed}) == row


@pytest.mark.django_db
def test_an_update_of_many_rows_stores_text_composed():
    unit = UnitFactory()

    PartyUnit.objects.update(name=DECOMPOSED)

    unit.refresh_from_db()
    assert unit.name == COMPOSED


@pytest.mark.parametrize("value", ["", None])
@pytest.mark.parametrize("field", [NFCField(), CodeKeyField()])
def test_nothing_stays_nothing(field, value):
    assert field.get_prep_value(value) == value


@pytest.mark.django_db
@pytest.mark.parametrize("factory", [UnitFactory, MemberFactory])
def test_a_row_is_found_by_any_spelling_of_its_code(factory):
    row = factory(code="ĐB  Tề Lỗ")
    assert row.code_key == "db te lo"
    found = type(row).objects.filter(code_key__in=["đb tề lỗ", "other"])
    assert (found.get(), found.get().code) == (row, "ĐB  Tề Lỗ")

    row.code = "X1"
    row.save()

    assert type(row).objects.get(code_key="x1") == row


@isolate_apps("members")
def test_a_key_may_be_of_another_column_and_keeps_it_in_migrations():
    class Row(models.Model):
        number = NFCField(max_length=40)
        number_key = CodeKeyField(of="number")

        class Meta:
            app_label = "members"

    field = Row._meta.get_field("number_key")
    row = Row(number="Đ.1")

    assert (field.pre_save(row, add=True), row.number_key) == ("d.1", "d.1")
    assert field.keys({"number": ["Đ.1", "E  2"]}) == ["d.1", "e 2"]
    assert field.clone().of == "number"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("factory", "constraint"),
    [(UnitFactory, "partyunit_code_once"), (MemberFactory, "member_code_once")],
)
def test_two_spellings_of_one_code_are_there_once(factory, constraint):
    factory(code="Đ.1")

    with pytest.raises(IntegrityError, match=constraint):
        factory(code="d.1")


@pytest.mark.django_db
def test_the_longest_code_has_room_for_its_key():
    code = "ೋ" * 40  # one character, which folds to three: none folds to more

    assert len(MemberFactory(code=code).code_key) == 120


@pytest.mark.django_db
def test_columns_in_byte_order_say_so_to_postgresql():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, collation_name FROM information_schema.columns"
            " WHERE table_name = 'members_member' AND data_type = 'character varying'"
        )
        collations = dict(cursor.fetchall())

    assert collations == {
        "code": None,
        "code_key": "C",
        "full_name": None,
        "exemplarity": None,
        "exemplarity_for": None,
        "gender": None,
        "sort_key": "C",
        "born_on": "C",
        "admitted_on": "C",
        "official_on": "C",
        "card_number_index": "C",
        "personal_id_index": "C",
    }


def test_sqlite_compares_bytes_without_being_told():
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    sqlite = ConnectionHandler({"default": settings})["default"]

    parameters = ByteOrderField(max_length=9).db_parameters(sqlite)

    assert parameters.get("collation") is None


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("17/05/1960", "1960-05-17"),
        ("5/1960", "1960-05"),
        ("1960", "1960"),
        ("1960-05", "1960-05"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_date_known_in_part_is_taken_as_people_write_it(typed, stored):
    assert PartialDateField().to_python(typed) == stored


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("typed", ["31/02/1960", "1960-13", "năm 1960", "60"])
def test_what_is_no_date_is_refused_with_how_to_write_one(typed):
    with pytest.raises(ValidationError) as caught:
        PartialDateField().clean(typed, None)

    assert caught.value.messages == [
        f"“{typed}” is not a date: write dd/mm/yyyy, mm/yyyy or yyyy."
    ]


def test_a_date_known_in_part_keeps_only_its_own_settings_in_migrations():
    field = PartialDateField("born on", help_text="x")

    assert (field.max_length, field.blank, field.default) == (10, True, "")
    assert field.clone().deconstruct() == field.deconstruct()
