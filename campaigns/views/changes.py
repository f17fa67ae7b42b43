"""The changes of a draft: added in small steps, taken out."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.views import decisions as pages
from members import acts, queries
from members.forms import decisions as forms
from members.http import AccountRequest
from members.models import Member, PartyUnit, UnitChange, UnitDecision
from members.policy import Area
from members.services import decisions
from members.vocabulary import vocabulary

Act = UnitChange.Act
# Act, title, what it does: in the words of whoever writes the decision.
ACTS: Sequence[tuple[Act, Promise, Promise]] = (
    (
        Act.CREATE,
        gettext_lazy("Found a new unit"),
        gettext_lazy("A new committee or cell under a unit that you choose."),
    ),
    (
        Act.RENAME,
        gettext_lazy("Change name, kind or sector"),
        gettext_lazy(
            "The unit stays what it is; it is called otherwise from that day."
        ),
    ),
    (
        Act.MOVE,
        gettext_lazy("Put a unit under another one"),
        gettext_lazy("With its members and all units below it."),
    ),
    (
        Act.MERGE,
        gettext_lazy("Merge a unit into another one"),
        gettext_lazy("Its members and the units below it go over, and it ends."),
    ),
    (
        Act.DIVIDE,
        gettext_lazy("Divide a unit"),
        gettext_lazy(
            "Members or units that you tick go to another unit; the rest stays. Once "
            "for each unit that receives a part."
        ),
    ),
    (
        Act.CLOSE,
        gettext_lazy("End a unit"),
        gettext_lazy("One without members and without units below it."),
    ),
)
TITLES = {act: title for act, title, _help in ACTS}
LEADS = {
    Act.CREATE: gettext_lazy("Under which unit?"),
    Act.MOVE: gettext_lazy("Under which unit does %s come?"),
    Act.MERGE: gettext_lazy("Into which unit is %s merged?"),
    Act.DIVIDE: gettext_lazy("Which unit receives a part of %s?"),
}


@acts.page_and_form
def change_add(request: AccountRequest, decision_id: int) -> HttpResponse:
    """Ask for the act, the unit, the target, the rest: one thing a page."""
    draft = pages.draft_of(request, decision_id)
    act = next((each for each in Act if each == request.GET.get("act")), None)
    if act is None:
        return _choose_act(request, draft)
    change = UnitChange(act=act)
    if act is not Act.CREATE:
        change.unit = _unit(request)
        if change.unit is None:
            return _choose_unit(request, draft, act)
    if act in LEADS and not _has_target(request, draft, change):
        return _choose_target(request, draft, change)
    return _write(request, draft, change)


@acts.page_and_form
def change_remove(
    request: AccountRequest, decision_id: int, change_id: int
) -> HttpResponse:
    draft = pages.draft_of(request, decision_id)
    change = get_object_or_404(
        draft.changes.select_related("unit", "target", "target_change"), pk=change_id
    )

    def remove(version: int) -> None:
        decisions.remove_change(
            decision=draft,
            version=version,
            change=change,
            actor=request.actor,
            now=timezone.now(),
        )

    return pages.confirm(
        request,
        draft,
        remove,
        title=_("Take this out of the decision"),
        lead=queries.sentence_of(change),
        button=_("Take it out"),
        then=pages.link(draft)[1],
    )


def _choose_act(request: AccountRequest, draft: UnitDecision) -> HttpResponse:
    context = {
        "crumbs": [pages.link(draft)],
        "decision": draft,
        "acts": [(act.value, title, about) for act, title, about in ACTS],
    }
    return render(request, "campaigns/decisions/change_add.html", context)


def _unit(request: AccountRequest) -> PartyUnit | None:
    """Return the unit that the address names, of those the actor decides on."""
    return _named(request, "of", PartyUnit.objects.editable_by(request.actor).open())


def _named(
    request: AccountRequest, key: str, units: QuerySet[PartyUnit]
) -> PartyUnit | None:
    text = request.GET.get(key, "")
    if not text:
        return None
    return get_object_or_404(units, pk=queries.number_in(text))


def _has_target(
    request: AccountRequest, draft: UnitDecision, change: UnitChange
) -> bool:
    """Put the target that the address names into the change: a unit, or one to come."""
    text = request.GET.get("to", "")
    if text.startswith("new-"):
        created = draft.changes.filter(act=Act.CREATE)
        number = queries.number_in(text.removeprefix("new-"))
        change.target_change = get_object_or_404(created, pk=number)
        return True
    change.target = _named(request, "to", _targets(request, Act(change.act)))
    return change.target is not None


def _targets(request: AccountRequest, act: Act) -> QuerySet[PartyUnit]:
    """Return where the act can lead: below a cell stands no unit."""
    units = PartyUnit.objects.visible_to(request.actor, Area.UNITS).open()
    if act in (Act.CREATE, Act.MOVE):
        return units.exclude(kind__in=vocabulary().cells)
    return units


def _choose_unit(
    request: AccountRequest, draft: UnitDecision, act: Act
) -> HttpResponse:
    units = PartyUnit.objects.editable_by(request.actor).open()
    return _choose(
        request,
        draft,
        lambda text: queries.unit_choices(units, text),
        title=str(TITLES[act]),
        lead=_("Which unit? Of those that your office decides on."),
        key="of",
    )


def _choose_target(
    request: AccountRequest, draft: UnitDecision, change: UnitChange
) -> HttpResponse:
    act = Act(change.act)
    units = _targets(request, act).exclude(pk=change.unit_id or 0)
    lead = str(LEADS[act])
    return _choose(
        request,
        draft,
        lambda text: [
            *(
                ()
                if text
                else queries.units_to_come(
                    draft, with_cells=act not in (Act.CREATE, Act.MOVE)
                )
            ),
            *queries.unit_choices(units, text),
        ],
        title=str(TITLES[act]),
        lead=lead % change.unit.name if change.unit else lead,
        key="to",
    )


def _choose(
    request: AccountRequest,
    draft: UnitDecision,
    choices: Any,
    *,
    title: str,
    lead: str,
    key: str,
) -> HttpResponse:
    return acts.choose(
        request,
        choices,
        back=pages.link(draft),
        label=_("Name or code of the unit, with or without accents"),
        nothing=_("No unit is found. Accents may be left out."),
        most=queries.MOST_CHOICES,
        title=title,
        lead=lead,
        key=key,
    )


def _write(
    request: AccountRequest, draft: UnitDecision, change: UnitChange
) -> HttpResponse:
    form = _form(request, draft, change)

    def add() -> None:
        for name, text in form.columns().items():
            setattr(change, name, text)
        decisions.add_change(
            decision=draft,
            version=form.cleaned_data["version"],
            change=change,
            actor=request.actor,
            now=timezone.now(),
            **form.parts(),
        )

    return acts.change(
        request,
        form,
        add,
        refusals=pages.REFUSALS,
        then=pages.link(draft)[1],
        back=pages.link(draft),
        title=str(TITLES[Act(change.act)]),
        lead=_lead(change),
        button=_("Add to the decision"),
        again=_("Add it all the same"),
        stored=lambda _now: {"version": pages.draft_of(request, draft.pk).version},
        told=lambda _now: [
            (_("Changes"), pages.said_in(draft, request), queries.sentence_of(change))
        ],
    )


def _form(
    request: AccountRequest, draft: UnitDecision, change: UnitChange
) -> forms.ChangeForm:
    more: dict[str, Any] = {}
    if change.act == Act.DIVIDE:
        assert change.unit is not None
        below = PartyUnit.objects.editable_by(request.actor).open()
        people = Member.objects.visible_to(request.actor)
        more = {
            "below": below.filter(parent=change.unit).order_by("path"),
            "people": queries.people_at(change.unit, people),
        }
    return forms.FORMS[Act(change.act)](
        acts.sent(request),
        initial={"version": draft.version},
        unit=change.unit,
        on=draft.effective_on,
        **more,
    )


def _lead(change: UnitChange) -> str:
    """Return what is settled so far."""
    if change.act == Act.CREATE:
        above = change.target or change.target_change
        assert above is not None
        return _("Directly under: %s") % above.name
    if change.act == Act.RENAME:
        assert change.unit is not None
        return change.unit.name
    return queries.sentence_of(change)
