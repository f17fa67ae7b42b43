"""Answers to a form: kept by the keys of its questions, checked before they are sent.

Pure. A draft may hold anything that fits; only what is sent has to be whole.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from campaigns.form_definitions.model import FormDefinition, Mark, Question
from members.names import UnfitText
from members.names import clean_text as clean_line

Answers = dict[str, str]

LONGEST_POINTS = 10  # characters
LONGEST_TEXT = 20_000  # characters of one answer: some ten printed pages


class Problem(StrEnum):
    """What is wrong with one answer."""

    TOO_LONG = "TOO_LONG"
    UNFIT = "UNFIT"  # a character that cannot be seen
    NO_CHOICE = "NO_CHOICE"  # none of the answers that the question offers
    MISSING = "MISSING"
    NO_DAY = "NO_DAY"  # of the calendar
    NOT_OF_YEAR = "NOT_OF_YEAR"  # a day outside the year of the campaign
    NO_NUMBER = "NO_NUMBER"
    NOTHING = "NOTHING"  # neither an answer nor an item, in the whole form
    TOO_MANY = "TOO_MANY"
    NO_POINTS = "NO_POINTS"  # no number of points, or more than the criterion has
    OVER_SUM = "OVER_SUM"  # the criteria together have more than those above them


UNFINISHED = (Problem.MISSING, Problem.NO_POINTS)  # what a draft may still be


def kept(form: FormDefinition, level: str, typed: Mapping[str, str]) -> Answers:
    """Return what was typed as it is kept: by known keys, without empty answers."""
    answers = {
        question.key: clean_text(typed.get(question.key, ""))
        for question in form.questions_for(level)
        if question.mark is None or not question.mark.is_sum
    }
    return {key: text for key, text in answers.items() if text}


def clean_text(text: str) -> str:
    """Return a text of several lines in NFC, with ends of lines of one kind.

    What cannot be seen stays, for `answer_problems` to tell its author.
    """
    composed = unicodedata.normalize("NFC", text)
    lines = composed.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def answer_problems(
    form: FormDefinition, level: str, answers: Answers, *, is_draft: bool
) -> dict[str, Problem]:
    """Return what is wrong, by question; a draft lacks nothing."""
    found = {
        question.key: problem
        for question in form.questions_for(level)
        if (problem := _problem(question, answers.get(question.key, "")))
    }
    if is_draft:
        return {key: each for key, each in found.items() if each not in UNFINISHED}
    return found


def _problem(question: Question, text: str) -> Problem | None:
    if not text:
        return Problem.MISSING if question.is_required else None
    if question.choices:
        codes = {choice.code for choice in question.choices}
        return None if text in codes else Problem.NO_CHOICE
    if question.mark:
        return _point_problem(question.mark, text)
    if len(text) > LONGEST_TEXT:
        return Problem.TOO_LONG
    return None if readable(text) else Problem.UNFIT


def _point_problem(mark: Mark, text: str) -> Problem | None:
    if len(text) > LONGEST_POINTS:
        return Problem.TOO_LONG
    points = number_of(text)
    fits = points is not None and points <= mark.most
    return None if fits else Problem.NO_POINTS


def number_of(text: str) -> Decimal | None:
    """Return the points that were written, None where it is no number of points."""
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def readable(text: str) -> bool:
    """Tell whether every character can be seen."""
    try:
        clean_line(text)
    except UnfitText:
        return False
    return True


def words_of(text: str) -> Iterator[str]:
    """Give the words of a text without marks of punctuation, in small letters."""
    for part in unicodedata.normalize("NFC", text).casefold().split():
        word = "".join(letter for letter in part if letter.isalnum())
        if word:
            yield word
