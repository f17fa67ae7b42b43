"""Column types: text in NFC, in byte order, sealed; keys of codes, partial dates."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _

from members import cards, dates, names, sealing


class NFCField(models.CharField):
    """Text of one line, stored in Unicode NFC whoever writes it."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return unicodedata.normalize("NFC", value) if value else value


class ByteOrderField(models.CharField):
    """ASCII text that sorts and searches by its bytes on every database.

    SQLite compares bytes by itself; PostgreSQL is told to (collation "C"), because
    the collation of a database cannot be relied on.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = dict(super().db_parameters(connection))
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class PasswordField(models.CharField):
    """The hash of a password; workers read nothing in its place, for lack of the right.

    To the database, and to migrations, it is a text like others.
    """

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        if getattr(compiler.connection, "hides_secrets", False):
            return "''", []
        return sql, params

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class CodeKeyField(ByteOrderField):
    """What all spellings of the row's code have in common: `names.fold` of it.

    `of` names the column of the code. The key is worked out where a row is saved whole
    or written by `bulk`, and not by `update()`, `bulk_update()` or `update_fields`; so
    these never change a code (`tests/test_architecture.py`). A look-up takes any
    spelling: `filter(code_key=code)`.
    """

    def __init__(self, *args: Any, of: str = "code", **kwargs: Any) -> None:
        self.of = of
        kwargs.setdefault("max_length", 120)  # of 40 characters; one folds to three
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    def pre_save(self, model_instance: Any, add: bool) -> Any:  # noqa: FBT001 -- Django's own
        key = names.fold(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, key)
        return key

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def keys(self, columns: Mapping[str, Sequence[str]]) -> list[str]:
        """Return the keys of rows that are given as columns."""
        return list(map(names.fold, columns[self.of]))

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return names.fold(value) if value else value


class PartialDateField(ByteOrderField):
    """A day, a month or a year as sortable text of `members.dates`; empty if none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return dates.parse_partial(text)
        except dates.NotADate as refusal:
            raise ValidationError(
                _("“%(value)s” is not a date: write dd/mm/yyyy, mm/yyyy or yyyy."),
                params={"value": text},
            ) from refusal


class SealedField(models.TextField):
    """Text that lies sealed in the database; no look-up finds it but its index does."""

    def get_prep_value(self, value: Any) -> Any:
        return sealing.seal(value or "")

    def from_db_value(self, value: str, *args: object) -> str:
        return sealing.unseal(value)


class CardNumberField(SealedField):
    """The number of the party card, as `members.cards` keeps it."""

    def to_python(self, value: Any) -> str:
        return _digits(value, cards.parse_card_number, _CARD_NUMBER_REFUSED)


class PersonalIdField(SealedField):
    """The personal number, as `members.cards` keeps it."""

    def to_python(self, value: Any) -> str:
        return _digits(value, cards.parse_personal_id, _PERSONAL_ID_REFUSED)


_CARD_NUMBER_REFUSED = _("A card number has 8 digits (38.012345) or 12.")
_PERSONAL_ID_REFUSED = _("A personal number has 12 digits.")


def _digits(value: Any, parse: Callable[[str], str], refusal: Any) -> str:
    try:
        return parse(value or "")
    except cards.NotANumber as wrong:
        raise ValidationError(refusal) from wrong


class IndexOfSealedField(ByteOrderField):
    """By what a sealed column is found again, written whenever its row is saved."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs |= {"max_length": sealing.INDEX_LENGTH, "blank": True, "default": ""}
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 -- Django calls it so
        index = sealing.index_of(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, index)
        return index
