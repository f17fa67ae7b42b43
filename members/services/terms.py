"""Congress terms of a unit, and the numbers that documents get in them.

Source: docs/rules/terms.md.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from members import dates, events
from members.models import DocumentNumber, Letterhead, PartyUnit, UnitTerm
from members.policy import Actor, Area
from members.services.versions import locked_version
from members.vocabulary import vocabulary


class TermNotPossible(Exception):
    """The unit cannot have this term; the text says why."""


class NumberNotGiven(Exception):
    """The document cannot have this number; the text says why."""


def record_term(
    *,
    unit: PartyUnit,
    ordinal: int,
    name: str,
    from_on: date,
    until_on: date | None,
    document: str,
    actor: Actor,
    now: datetime,
) -> UnitTerm:
    """Record a term; one that begins while another runs ends it on that day.

    Raises: TermNotPossible where it would lie over another, or the congresses would
        not be counted in the order of their days.
    """
    with transaction.atomic():
        _hold(unit)
        term = UnitTerm(
            unit=unit,
            ordinal=ordinal,
            name=name,
            from_on=from_on,
            until_on=until_on,
            document=document,
        )
        _end_the_one_before(term, actor, now)
        _refuse_disorder(term)
        term.save()
        _note("terms.recorded", term, actor, now)
    return term


def correct_term(
    *,
    term: UnitTerm,
    version: int,
    ordinal: int,
    name: str,
    from_on: date,
    until_on: date | None,
    document: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Write what is known of a term, which other terms must leave room for.

    Raises: versions.ChangedMeanwhile; TermNotPossible.
    """
    with transaction.atomic():
        _hold(term.unit)
        current = locked_version(UnitTerm.objects.all(), term, version=version)
        current.ordinal, current.name = ordinal, name
        current.from_on, current.until_on = from_on, until_on
        current.document = document
        _refuse_disorder(current)
        _refuse_documents_left_out(current)
        current.version += 1
        current.save()
        _note("terms.corrected", current, actor, now)


def give_number(
    *,
    unit: PartyUnit,
    kind: str,
    signed_on: date,
    subject: str,
    number: int | None,
    actor: Actor,
    now: datetime,
) -> DocumentNumber:
    """Give a document of the unit its number: the next of its kind in the term.

    A number that was given on paper is entered as it is; the next goes on after it.
    Raises: NumberNotGiven where no term runs on the day, or the number is taken.
    """
    with transaction.atomic():
        held = _hold(unit)
        term = UnitTerm.objects.on(signed_on).filter(unit=unit).first()
        if term is None:
            raise NumberNotGiven(
                _("No term of %(unit)s is recorded for %(day)s: record it first.")
                % {"unit": unit.name, "day": dates.display_day(signed_on)}
            )
        document = DocumentNumber.objects.create(
            term=term,
            kind=kind,
            number=_number_in(term, kind, number),
            symbol=f"{kind}/{_symbol_of(held)}",
            signed_on=signed_on,
            subject=subject,
            given_at=now,
            given_by_id=actor.account_id,
        )
        events.record(
            action="documents.numbered",
            subject=document,
            actor=actor,
            now=now,
            unit=unit,
            area=Area.POSTS,
            data={"kind": kind},
        )
    return document


def _number_in(term: UnitTerm, kind: str, number: int | None) -> int:
    """Return the number that was given on paper, else the next of its kind."""
    given = DocumentNumber.objects.filter(term=term, kind=kind)
    if number is None:
        return (given.aggregate(last=Max("number"))["last"] or 0) + 1
    if given.filter(number=number).exists():
        raise NumberNotGiven(
            _("Number %(number)s of this kind is given already in this term.")
            % {"number": f"{number:02}"}
        )
    return number


def _hold(unit: PartyUnit) -> PartyUnit:
    """Hold the unit until the transaction ends: its terms are written by one."""
    return PartyUnit.objects.select_for_update(no_key=True).get(pk=unit.pk)


def _end_the_one_before(term: UnitTerm, actor: Actor, now: datetime) -> None:
    running = UnitTerm.objects.filter(
        unit=term.unit, until_on__isnull=True, from_on__lt=term.from_on
    )
    before = running.select_for_update(of=("self",), no_key=True).first()
    if before is None or term.ordinal <= before.ordinal:
        return
    before.until_on = term.from_on
    _refuse_documents_left_out(before)
    before.version += 1
    before.save(update_fields=["until_on", "version"])
    _note("terms.ended", before, actor, now)


def _refuse_disorder(term: UnitTerm) -> None:
    """Refuse a term over another; a later congress has a higher number."""
    others = UnitTerm.objects.filter(unit=term.unit).exclude(pk=term.pk)
    for other in others.order_by("from_on"):
        if other.ordinal == term.ordinal:
            raise TermNotPossible(
                _("Congress %(ordinal)s is recorded already: %(term)s.")
                % {"ordinal": other.ordinal, "term": other.name}
            )
        if _meet(term, other):
            raise TermNotPossible(
                _("It would lie over another term: %(term)s, from %(day)s.")
                % {"term": other.name, "day": dates.display_day(other.from_on)}
            )
        if (other.from_on < term.from_on) != (other.ordinal < term.ordinal):
            raise TermNotPossible(
                _("The congresses would not be counted in the order of their days: %s.")
                % other.name
            )


def _meet(term: UnitTerm, other: UnitTerm) -> bool:
    ends, others_end = term.until_on or date.max, other.until_on or date.max
    return term.from_on < others_end and other.from_on < ends


def _refuse_documents_left_out(term: UnitTerm) -> None:
    days = DocumentNumber.objects.filter(term=term).order_by("signed_on")
    for document in days:
        inside = term.from_on <= document.signed_on < (term.until_on or date.max)
        if not inside:
            raise TermNotPossible(
                _("Document %(number)s was numbered in this term on %(day)s.")
                % {"number": document, "day": dates.display_day(document.signed_on)}
            )


def _symbol_of(unit: PartyUnit) -> str:
    """Return what the unit's documents carry after their kind: "ĐU"."""
    head = Letterhead.objects.filter(unit=unit).first()
    if head and head.symbol:
        return head.symbol
    return vocabulary().kinds[unit.kind].committee_of(unit.name).symbol


def _note(action: str, term: UnitTerm, actor: Actor, now: datetime) -> None:
    events.record(
        action=action,
        subject=term,
        actor=actor,
        now=now,
        unit=term.unit,
        area=Area.POSTS,
    )
