"""Addresses and pieces of the pages of a unit's work."""

from collections.abc import Mapping, Sequence

from django import template
from django.urls import reverse

from campaigns.queries.work import Card

register = template.Library()


@register.filter
def of_kind(below: Mapping[str, Sequence[Card]], kind: str) -> Sequence[Card]:
    """Return the rows of one kind that hang on a card."""
    return below.get(kind, ())


@register.simple_tag
def record_url(kind: str, act: str, pk: int) -> str:
    """Return the address of an act on a plain row, or on what it hangs."""
    return reverse(f"work:{kind}_{act}", args=[pk])
