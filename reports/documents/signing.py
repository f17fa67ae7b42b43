"""Places for signatures at the end of a paper that is signed by hand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Prescribed words, what they mean in English, and the name where it is known."""

    words: str
    gloss: str = ""
    name: str = ""
    post: str = ""  # below the words, not bold: "BÍ THƯ"
    note: str = ""  # below them, small: "(Ký, ghi rõ họ tên)"
    dated: str = ""  # above the words: place and date
