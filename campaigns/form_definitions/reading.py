"""Reading a form from its file: what is wrong is refused with its place. Pure."""

import re
from collections import Counter
from functools import partial

from campaigns.form_definitions.model import (
    Choice,
    FormDefinition,
    Place,
    Question,
    Section,
    Signature,
)
from members.tables import BadTable, Table

LEVELS = ("HEAD", "OFFICER", "MEMBER")  # of exemplary responsibility
KINDS = ("PLEDGE", "SELF_REVIEW", "COLLECTIVE_REVIEW")
NUMERALS = ("1", "I")
ASKED = ("POINTS",)  # of the campaign's rule set
PROPOSED = ("MEMBER", "SERVANT", "COLLECTIVE")
KEY = re.compile(r"[a-z][a-z0-9_]*")
CODE = re.compile(r"[a-z0-9-]+\.\d+")


Scales = dict[str, tuple[Choice, ...]]


class BadForm(BadTable):
    """A form says something that cannot be, or fails to say something."""


class FormTable(Table):
    """One table of a form's file."""

    refusal = BadForm

    def key(self) -> str:
        """Return the stable key of a section or a question."""
        found = self.text("key")
        if not KEY.fullmatch(found):
            self.refuse("key", "is no key: small letters, digits and _")
        return found

    def levels(self) -> tuple[str, ...]:
        """Return who is asked; no key means everybody."""
        found = self.texts("levels")
        for level in found:
            if level not in LEVELS:
                self.refuse_choice("levels", level, LEVELS)
        return found or LEVELS

    def flag_or_no(self, name: str) -> bool:
        """Return true or false; no key means false."""
        return self.maybe(name, FormTable.flag) or False

    def one_or_first(self, name: str, allowed: tuple[str, ...]) -> str:
        """Return one of these texts; no key means the first."""
        return self.one_of(name, allowed) if name in self else allowed[0]

    def one_or_none(self, name: str, allowed: tuple[str, ...]) -> str:
        """Return one of these texts; no key means ""."""
        return self.one_of(name, allowed) if name in self else ""


def read(values: object, *, file: str) -> FormDefinition:
    """Return the form that a file states.

    Raises: BadForm, which names the file, the key and what is wrong.
    """
    table = FormTable(values, file=file)
    scales = dict(table.rows("scales", _scale))
    form = FormDefinition(
        code=table.text("code"),
        kind=table.one_of("kind", KINDS),
        name=table.label("name"),
        heading=table.texts("heading"),
        gloss=table.text("gloss"),
        certainty=table.certainty(),
        source=table.label("source"),
        preamble=table.maybe("preamble", FormTable.label),
        closing=table.maybe("closing", FormTable.label),
        signatures=table.rows("signatures", _signature),
        sections=table.rows("sections", partial(_section, scales=scales)),
        prescribed=table.maybe("prescribed", FormTable.text) or "",
        numerals=table.one_or_first("numerals", NUMERALS),
        places=table.rows("places", _place),
    )
    table.finish()
    _check(form, table)
    return form


def _scale(table: FormTable) -> tuple[str, tuple[Choice, ...]]:
    return table.key(), table.rows("choices", _choice)


def _place(table: FormTable) -> Place:
    return Place(
        heading=table.maybe("heading", FormTable.label),
        lines=table.texts("lines"),
        signature=table.text("signature"),
        note=table.maybe("note", FormTable.text) or "",
    )


def _section(table: FormTable, *, scales: Scales) -> Section:
    section = Section(
        key=table.key(),
        title=table.label("title"),
        guidance=table.maybe("guidance", FormTable.label),
        levels=table.levels(),
        takes_items=table.flag_or_no("takes_items"),
        questions=table.rows("questions", partial(_question, scales=scales)),
    )
    if not (section.questions or section.takes_items):
        table.refuse("questions", "is missing, and no items are taken")
    return section


def _question(table: FormTable, *, scales: Scales) -> Question:
    scale = table.maybe("scale", FormTable.text)
    if scale and scale not in scales:
        table.refuse("scale", f'"{scale}" is no scale of the form')
    return Question(
        key=table.key(),
        label=table.label("label"),
        guidance=table.maybe("guidance", FormTable.label),
        choices=scales[scale] if scale else table.rows("choices", _choice),
        levels=table.levels(),
        is_required=table.flag_or_no("required"),
        asks_points=table.one_or_none("asks", ASKED) == "POINTS",
        proposes=table.one_or_none("proposes", PROPOSED),
    )


def _choice(table: FormTable) -> Choice:
    return Choice(code=table.text("code"), label=table.label("label"))


def _signature(table: FormTable) -> Signature:
    note = table.maybe("note", partial(FormTable.text)) or ""
    return Signature(title=table.text("title"), note=note)


def _check(form: FormDefinition, table: FormTable) -> None:
    """Refuse what only the whole shows."""
    if not CODE.fullmatch(form.code):
        table.refuse("code", "has no version: name.1")
    for name, found in (("heading", form.heading), ("sections", form.sections)):
        if not found:
            table.refuse(name, "is empty")
    asked = [
        question.key for section in form.sections for question in section.questions
    ]
    for keys in (asked, [section.key for section in form.sections]):
        twice = [key for key, count in Counter(keys).items() if count > 1]
        if twice:
            table.refuse("sections", f'"{twice[0]}" stands there twice')
    for level in LEVELS:
        if not form.shown_to(level):
            table.refuse("sections", f"leave nothing for {level}")
