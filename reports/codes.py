"""The code on an issued document, by which anybody checks that it was issued. Pure.

Source: docs/rules/documents.md § 16.
"""

import re
import secrets
import unicodedata

# Without letters and digits that look alike, and without vowels, which make words.
ALPHABET = "23456789CFGHJKMNPQRTVX"
LENGTH = 16  # of 22 signs: 71 bits, of which nobody meets one by trying
GROUP = 4
SHA256 = re.compile(r"[0-9a-f]{64}")


def new_code() -> str:
    """Return a code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def in_groups(code: str) -> str:
    """Return it as it is printed: CFGH-2345-…"""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def code_in(text: str) -> str:
    """Return the code in what was typed or read by a telephone, "" where there is none.

    A whole address is taken, too; blanks and strokes are passed over.
    """
    last = unicodedata.normalize("NFKC", text).strip().rstrip("/").rpartition("/")[2]
    code = re.sub(r"[\s\-\u2010-\u2015.]", "", last).upper()
    is_code = len(code) == LENGTH and set(code) <= set(ALPHABET)
    return code if is_code else ""


def sha256_in(text: str) -> str:
    """Return the hash in what was typed, as `sha256sum` writes it; "" for none."""
    words = text.lower().split()
    return next((word for word in words if SHA256.fullmatch(word)), "")
