"""The parts of a form. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from members.tables import Label

LEADING = ("HEAD", "OFFICER")  # levels of exemplary responsibility of those who lead
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to a question that is answered by a tick."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Mark:
    """That a question asks for points: by which criterion, and how many at most.

    A sum is worked out from the criteria below it.
    """

    code: str
    parent: str | None
    most: Decimal
    is_sum: bool


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked; the key stays when the words change.

    `asks_points` stands for a question for each of the campaign's criteria
    (`points.with_points`); `proposes` says of what the answer is the own level.
    """

    key: str
    label: Label
    guidance: Label | None
    choices: tuple[Choice, ...]  # none: it is answered in words
    levels: tuple[str, ...]  # of exemplary responsibility that are asked it
    is_required: bool
    asks_points: bool = False
    proposes: str = ""
    mark: Mark | None = None

    @property
    def is_written(self) -> bool:
        """Whether it is answered in words."""
        return not (self.choices or self.mark or self.asks_points)

    def answer_in_words(self, answer: str, language: str) -> str:
        """Return an answer as it is read: of a tick, what stands at it."""
        for choice in self.choices:
            if choice.code == answer:
                return choice.label.text(language)
        return answer


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its questions; measured items may stand below them."""

    key: str
    title: Label
    guidance: Label | None
    levels: tuple[str, ...]
    takes_items: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, in the prescribed words, and what stands below them."""

    title: str
    note: str


@dataclass(frozen=True, slots=True)
class Place:
    """What others fill in below the author's signature, in the prescribed words."""

    heading: Label | None
    lines: tuple[str, ...]
    signature: str
    note: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A section as somebody of one level meets it: its number and its questions."""

    number: int
    section: Section
    questions: tuple[Question, ...]

    def number_of(self, question: Question) -> int | None:
        """Return the number of a question in words, None where it stands alone."""
        written = [each for each in self.questions if each.is_written]
        is_counted = len(written) > 1 and question in written
        return written.index(question) + 1 if is_counted else None


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """One version of a form. `heading` is prescribed: it stays Vietnamese."""

    code: str  # with the version: "pledge-2022.1", the name of its file
    kind: str
    name: Label  # in a list of forms
    heading: tuple[str, ...]  # the lines of the title, "{year}" in them
    gloss: str  # the title in English
    certainty: str
    source: Label
    preamble: Label | None
    closing: Label | None
    signatures: tuple[Signature, ...]
    sections: tuple[Section, ...]
    prescribed: str = ""  # the code that rule sets name it by
    numerals: str = "1"  # how its sections are numbered: one of NUMERALS
    places: tuple[Place, ...] = ()
    most_points: Decimal | None = None  # of the whole, where the rule set says so

    def numeral(self, number: int) -> str:
        """Return the number of a section as the form prints it."""
        return ROMAN[number - 1] if self.numerals == "I" else str(number)

    def shown_to(self, level: str) -> tuple[Shown, ...]:
        """Return the sections that somebody of this level fills in, numbered anew."""
        asked = [
            (section, questions)
            for section in self.sections
            if level in section.levels
            and (
                (questions := tuple(q for q in section.questions if level in q.levels))
                or section.takes_items
            )
        ]
        return tuple(
            Shown(number, section, questions)
            for number, (section, questions) in enumerate(asked, start=1)
        )

    def questions_for(self, level: str) -> Iterator[Question]:
        """Give the questions that somebody of this level answers, in order."""
        for shown in self.shown_to(level):
            yield from shown.questions

    def level_question(self, level: str, proposes: str) -> Question | None:
        """Return where somebody proposes the own level as this, None for nowhere."""
        asked = (q for q in self.questions_for(level) if q.proposes == proposes)
        return next(asked, None)

    def sections_with_items(self, level: str) -> tuple[str, ...]:
        """Return the keys of the sections under which this level writes items."""
        return tuple(
            shown.section.key
            for shown in self.shown_to(level)
            if shown.section.takes_items
        )
