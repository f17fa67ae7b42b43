"""Texts of data files in the reader's language."""

from django import template
from django.utils.translation import get_language

from campaigns.queries.written.reading import AnswerRead
from members.tables import Label

register = template.Library()


@register.filter
def words(label: Label) -> str:
    """Return the text of a label in the language of the page."""
    return label.text(get_language())


@register.filter
def in_words(answer: AnswerRead) -> str:
    """Return an answer as it is read in the language of the page."""
    return answer.words(get_language())
