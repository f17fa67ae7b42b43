"""Vietnamese text: cleaned for keeping, folded for comparing, keyed for sorting.

Nothing here changes a name that is kept, except to its composed form (NFC) with
single blanks. Keys are stored beside it, because the collation of a database
differs from machine to machine.
"""

import re
import unicodedata
from functools import lru_cache

# Keys are cut here. A Latin letter takes at most three bytes, so the first 80
# characters always count.
SORT_KEY_LENGTH = 255
SEARCH_WORD_LENGTH = 60  # of one word by which a name is found

_LINE_BLANKS = "\t\n\r"
# Drawn as nothing or as a blank though their category says mark, letter or symbol.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0"
    "\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)

# Typed for H'Hen, Y-Bhiŏ, Tr.: by whatever keyboard or word processor.
_BETWEEN_LETTERS = frozenset(" '’‘ʼ`´-‐‑–.")

_MARKS = re.compile("[\u0300-\u036f]+")
_STROKES_OFF = str.maketrans("đðɖƀ", "dddb")
_BETWEEN_PARTS = re.compile(r"[\W_]+")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")

_GRAVE, _HOOK, _TILDE, _ACUTE, _DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
_BREVE, _CIRCUMFLEX, _HORN, _CARON = "\u0306", "\u0302", "\u031b", "\u030c"

# ngang (no mark) < huyền < hỏi < ngã < sắc < nặng, then the marks of other languages.
_TONES = {_GRAVE: "1", _HOOK: "2", _TILDE: "3", _ACUTE: "4", _DOT: "5"}
_RANK = _TONES | {_BREVE: "6", _CARON: "7"}
_STROKE_RANK, _OTHER_RANK = "8", "9"

# '{' and '|' are the bytes after 'z': "a{" (ă) stands after every word in "a…" and
# before every word in "b…", and the key can still be read.
_LETTERS = {
    "a" + _BREVE: "a{",
    "a" + _CIRCUMFLEX: "a|",
    "e" + _CIRCUMFLEX: "e{",
    "o" + _CIRCUMFLEX: "o{",
    "o" + _HORN: "o|",
    "u" + _HORN: "u{",
}
_LETTER_DE = "d{"

# Case matters: the Cyrillic capital Н is drawn as H, the Greek small ν as v.
_LOOK_ALIKES = (
    str.maketrans("АВЕЅІЈКМНОРСТУҮХӀ", "ABESIJKMHOPCTYYXI")  # Cyrillic
    | str.maketrans("авеѕіјкмнорстуүхӏԁһԛԝ", "abesijkmhopctyyxldhqw")
    | str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")  # Greek
    | str.maketrans("αικνορτυχ", "aikvoptux")
    | str.maketrans("ıɑɡ", "iag")  # other forms of Latin letters
    | str.maketrans("’‘ʼ`‐‑–", "''''---")
)
_ONE_DE = str.maketrans("ðɖ", "đđ")
_ANY_TONE = re.compile(f"[{''.join(_TONES)}]+")


class UnfitText(ValueError):
    """The text holds a character that cannot be seen or is not defined."""

    def __init__(self, character: str) -> None:
        self.character = character
        self.code_point = f"U+{ord(character):04X}"
        self.name = unicodedata.name(character, self.code_point)
        super().__init__(f"unfit character {self.code_point} ({self.name})")


def clean_text(text: str) -> str:
    """Return one line of text as it is kept: composed (NFC), with single blanks.

    Tabs and line ends are blanks here, as cells of spreadsheets hold them.
    Raises: UnfitText for other control characters, and for characters that are
        invisible, turn the direction of reading, or are not defined.
    """
    composed = unicodedata.normalize("NFC", text)
    _refuse_unfit(composed)
    return " ".join(composed.split())


class UnfitName(UnfitText):
    """The name of a person holds what no name has."""

    @property
    def shown(self) -> str:
        """Return the character; a mark without its letter by its code point."""
        is_mark = unicodedata.category(self.character).startswith("M")
        return self.code_point if is_mark else self.character


def clean_name(text: str) -> str:
    """Return the name of a person as it is kept.

    A name has letters of any script with their marks, blanks, apostrophes, hyphens and
    dots, and at least one letter.
    Raises: UnfitText as `clean_text`; UnfitName for anything else, a mark that stands on
        no letter included.
    """
    name, before = clean_text(text), ""
    for character in name:
        kind = unicodedata.category(character)[0]
        fits = (
            kind == "L"
            or character in _BETWEEN_LETTERS
            or (kind == "M" and before in ("L", "M"))
        )
        if not fits:
            raise UnfitName(character)
        before = kind
    if name and not any(map(str.isalpha, name)):
        raise UnfitName(name[0])
    return name


def fold(text: str) -> str:
    """Return what two spellings have in common, to compare heads, labels and codes.

    Case, accents, the place of the tone (uỷ, ủy), đ and d, and blanks do not count.
    """
    if not text.isascii():
        text = text.casefold().translate(_STROKES_OFF)
        text = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return " ".join(text.casefold().split())


def search_words(name: str) -> tuple[str, ...]:
    """Return the folded words under which a name is found, in order, each once.

    A word with punctuation inside gives itself joined and its later parts: "H'Hen
    Niê" gives hhen, hen, nie. Since a typed word need only *begin* one of these,
    "hhen", "h hen", "hen" and "H'Hen" all find her. What is longer than
    `SEARCH_WORD_LENGTH` is cut, of the name and of what is typed alike.
    """
    return tuple(
        dict.fromkeys(part for word in name.split() for part in _search_parts(word))
    )


def login_name(name: str) -> str:
    """Return a log-in name for a person: the letters a to z, and digits, of the name.

    Shape: at most 50 characters; "dangvien" where the name has none of these.
    """
    return _NOT_ASCII_WORD.sub("", fold(name))[:50] or "dangvien"


def sort_key(name: str) -> str:
    """Return a key whose byte order is the order of names in a Vietnamese list.

    Given name (the last word), then family name, then middle names. A word is
    compared by its letters first, then by its tones; wherever the tone is written
    (Hoà, Hòa) the syllable is the same. Case and punctuation do not count.
    Shape: ASCII, at most `SORT_KEY_LENGTH` bytes; to be compared by bytes
        (collation "C"). "Nguyễn Văn An" gives "an nguye{n!3 va{n".
    """
    words = [key for word in name.split() if (key := _word_key(word))]
    return " ".join(words[-1:] + words[:-1])[:SORT_KEY_LENGTH]


def confusable_key(name: str) -> str:
    """Return a key that two names share when the eye could take one for the other.

    Only for warnings: tones, case, look-alike letters of other scripts and variants
    of Đ are one; the letters of the Vietnamese alphabet stay apart.
    """
    # What is compatible with a blank with something on it becomes one here.
    return " ".join(" ".join(map(_confusable_word, name.split())).split())


def _refuse_unfit(text: str) -> None:
    # Nearly every text is plain; only the others are looked at character by character.
    if text.isprintable() and not _INVISIBLE.search(text):
        return
    for character in text:
        if character in _LINE_BLANKS:
            continue
        is_unseen = unicodedata.category(character).startswith("C")
        if is_unseen or _INVISIBLE.match(character):
            raise UnfitText(character)


# A roll of 100,000 people is made of a few thousand different words.
@lru_cache(maxsize=2**16)
def _search_parts(word: str) -> tuple[str, ...]:
    parts = [part for part in _BETWEEN_PARTS.split(fold(word)) if part]
    words = ("".join(parts), *parts[1:]) if parts else ()
    return tuple(each[:SEARCH_WORD_LENGTH] for each in words)


@lru_cache(maxsize=2**16)
def _confusable_word(word: str) -> str:
    text = unicodedata.normalize("NFKD", word).translate(_LOOK_ALIKES)
    text = _ANY_TONE.sub("", text.casefold().translate(_ONE_DE))
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=2**16)
def _word_key(word: str) -> str:
    """Return letters, and after "!" the tones if there are any; "" without a letter.

    ' ' (between words) < '!' < digits < letters, so that letters decide before
    tones, and tones before the next word.
    """
    letters: list[str] = []
    ranks: list[str] = []
    for character in unicodedata.normalize("NFD", word.casefold()):
        if unicodedata.combining(character):
            _add_mark(character, letters, ranks)
        elif character.isalnum():
            letters.append(_letter(character))
            if character == "ƀ":
                ranks.append(_STROKE_RANK)
    if not letters:
        return ""
    return "".join(letters) + ("!" + "".join(ranks) if ranks else "")


def _add_mark(mark: str, letters: list[str], ranks: list[str]) -> None:
    letter = _LETTERS.get(letters[-1] + mark) if letters else None
    if letter:
        letters[-1] = letter
    else:
        ranks.append(_RANK.get(mark, _OTHER_RANK))


def _letter(character: str) -> str:
    if character.isascii():
        return character
    if character in "đðɖ":
        return _LETTER_DE
    if character == "ƀ":
        return "b"
    # Letters of other scripts follow z, in the order of their code points.
    return f"z{{{ord(character):06x}"
