"""The number of the party card and the personal number, as text of digits. Pure.

Source: docs/rules/rolls.md § 1.
"""

import re

_BETWEEN_DIGITS = re.compile(r"[ .\-]")
_CARD = re.compile(r"[0-9]{8}|[0-9]{12}")
_PERSON = re.compile(r"[0-9]{12}")


class NotANumber(ValueError):
    """The text is not a number of this kind."""

    def __init__(self, text: str) -> None:
        super().__init__(f"not such a number: {text!r}")
        self.text = text


def parse_card_number(text: str) -> str:
    """Return the digits of a card number as people write it; "" for nothing.

    Shape: eight digits on cards to 2025 ("38.012345"), since then the twelve of the
        personal number.
    Raises: NotANumber.
    """
    return _parsed(text, _CARD)


def parse_personal_id(text: str) -> str:
    """Return the twelve digits of a personal number; "" for nothing.

    Raises: NotANumber.
    """
    return _parsed(text, _PERSON)


def display_card_number(stored: str) -> str:
    """Return a card number as it is printed on the card: 38.012345."""
    return f"{stored[:2]}.{stored[2:]}" if len(stored) == 8 else stored


def _parsed(text: str, form: re.Pattern[str]) -> str:
    digits = _BETWEEN_DIGITS.sub("", text.strip())
    if digits and not form.fullmatch(digits):
        raise NotANumber(text)
    return digits
