"""Plain rows of a unit's work: each kind has a list, and three acts of one shape."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.forms import programme_rows
from campaigns.forms import work as forms
from campaigns.models import Activity, CampaignUnit
from campaigns.queries import work as queries
from campaigns.services import programmes, study
from campaigns.services import work as services
from campaigns.views import choosing, files
from campaigns.views.work import (
    address_of,
    home,
    kept_unit,
    may_edit,
    seen_unit,
)
from members import acts
from members.attachments.kinds import content_type_of
from members.forms.decisions import VersionForm
from members.http import AccountRequest, attachment

REFUSALS = (services.NotRecordable,)
TODAY = ("on", "sent_on", "received_on", "asked_on")  # the usual day of a new row


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of plain rows: by which form, on what it hangs, which page shows it."""

    form: type[forms.RecordForm]
    page: str  # the address that shows it, of the unit
    parent: str = "unit"  # the column that says on what it hangs
    related: tuple[str, ...] = ()  # other rows that its list names
    demand: services.Demand = services.nothing  # of every act on it
    demand_removal: services.Demand | None = None  # of taking it out, in its place
    adding: services.Counting = services.uncounted  # what a new row is counted by
    removing: services.Counting = services.uncounted

    @property
    def model(self) -> type[Any]:
        """The model of the rows."""
        return self.form._meta.model

    @property
    def parents(self) -> type[Any]:
        """The model of what the rows hang on."""
        related = self.model._meta.get_field(self.parent).related_model
        assert isinstance(related, type)
        return related

    @property
    def columns(self) -> tuple[str, ...]:
        """What is known of a row, in the order of its form."""
        return tuple(self.form._meta.fields or ())

    @property
    def name(self) -> str:
        """What a row of this kind is called."""
        return str(self.model._meta.verbose_name)


KINDS = {
    "document": Kind(
        forms.DocumentForm,
        "work:study",
        demand_removal=study.demand_not_studied,
        adding=study.asked_more_by,
        removing=study.asked_less_by,
    ),
    "rule": Kind(forms.RuleForm, "work:rules"),
    "activity": Kind(forms.ActivityForm, "work:activities"),
    "recommendation": Kind(forms.RecommendationForm, "work:activities", "activity"),
    "team": Kind(forms.TeamForm, "work:teams"),
    "team_member": Kind(forms.TeamMemberForm, "work:teams", "team"),
    "visit": Kind(forms.TeamVisitForm, "work:teams", "team", related=("unit",)),
    "draft": Kind(forms.DraftForm, "work:drafts"),
    "comment": Kind(forms.CommentForm, "work:drafts", "draft"),
    "finding": Kind(forms.FindingForm, "work:findings"),
    "item": Kind(
        programme_rows.ItemForm,
        "work:programme",
        "programme",
        demand=programmes.hold_for_items,
    ),
    "direction": Kind(programme_rows.DirectionForm, "work:programme", "programme"),
    "co_chair": Kind(programme_rows.CoChairForm, "work:programme", "programme"),
}
# Which page lists which kind, and what hangs on it.
LISTS = {
    "rules": ("rule", ()),
    "activities": ("activity", ("recommendation",)),
    "teams": ("team", ("visit", "team_member")),
    "drafts": ("draft", ("comment",)),
    "findings": ("finding", ()),
}


@require_safe
def record_list(
    request: AccountRequest, campaign_id: int, unit_id: int, page: str
) -> HttpResponse:
    """The rows of one kind that a unit keeps, each with what hangs on it."""
    unit = seen_unit(request, campaign_id, unit_id)
    name, hanging = LISTS[page]
    kind = KINDS[name]
    shown = {
        child: (
            _shown(request, KINDS[child]).order_by("pk"),
            KINDS[child].parent,
            KINDS[child].form.shown_in(unit.campaign.mode),
        )
        for child in hanging
    }
    rows = _shown(request, kind).filter(unit=unit)
    context = {
        "crumbs": [home(unit)],
        "unit": unit,
        "page": page,
        "kind": name,
        "hanging": [(child, KINDS[child].name) for child in hanging],
        "cards": queries.cards_of(
            rows.order_by("-pk"), kind.form.shown_in(unit.campaign.mode), shown
        ),
        "may_edit": may_edit(request, unit),
        "add_url": reverse(f"work:{name}_add", args=address_of(unit)),
    }
    return render(request, "campaigns/work/record_list.html", context)


@acts.page_and_form
def record_add(
    request: AccountRequest, campaign_id: int, unit_id: int, kind: Kind
) -> HttpResponse:
    """Record a row that hangs on a unit."""
    unit = kept_unit(request, campaign_id, unit_id)
    return _add(request, kind, kind.model(unit=unit), unit)


@acts.page_and_form
def record_add_below(
    request: AccountRequest, parent_id: int, kind: Kind
) -> HttpResponse:
    """Record a row that hangs on another row."""
    parents = kind.parents.objects.editable_by(request.actor)
    parent = get_object_or_404(parents, pk=parent_id)
    row = kind.model(**{kind.parent: parent})
    return _add(request, kind, row, services.unit_of(parent))


@acts.page_and_form
def record_edit(request: AccountRequest, record_id: int, kind: Kind) -> HttpResponse:
    row, unit = _kept(request, kind, record_id)
    form = _form(request, kind, row, unit)
    name = str(row)  # before the form writes into the row
    title = _("Correct: %s") % kind.name
    if first := _unit_first(request, form, kind, unit, title=title):
        return first

    def change() -> None:
        services.change_row(
            row=row,
            version=form.cleaned_data["version"],
            facts=form.facts(),
            actor=request.actor,
            now=timezone.now(),
            demand=kind.demand,
        )

    return acts.change(
        request,
        form,
        change,
        refusals=REFUSALS,
        said=_("The correction is recorded."),
        then=_back(unit, kind)[1],
        back=_back(unit, kind),
        title=title,
        lead=name,
        button=_("Record the correction"),
    )


@acts.page_and_form
def record_remove(request: AccountRequest, record_id: int, kind: Kind) -> HttpResponse:
    row, unit = _kept(request, kind, record_id)
    form = VersionForm(acts.sent(request), initial={"version": row.version})

    def remove() -> None:
        services.remove_row(
            row=row,
            version=form.cleaned_data["version"],
            actor=request.actor,
            now=timezone.now(),
            demand=kind.demand_removal or kind.demand,
            counting=kind.removing,
        )

    return acts.change(
        request,
        form,
        remove,
        refusals=REFUSALS,
        said=_("It is taken out."),
        then=_back(unit, kind)[1],
        back=_back(unit, kind),
        title=_("Take out: %s") % kind.name,
        lead=str(row),
        button=_("Take it out"),
        again=_("Take it out"),
        told=lambda now: [(kind.name, str(now), _("Take it out"))],
    )


@require_safe
def product_file(request: AccountRequest, record_id: int) -> HttpResponseBase:
    """Give out the file of what an activity produced."""
    activities = Activity.objects.visible_to(request.actor)
    activity = get_object_or_404(activities, pk=record_id)
    if not activity.product_file:
        raise Http404
    if not activity.is_given_out:
        page = reverse("work:activities", args=address_of(activity.unit))
        return files.told_why_not(request, activity, page)
    return attachment(
        activity.product_file,
        name=activity.product_name,
        content_type=content_type_of(activity.product_name),
    )


def _add(
    request: AccountRequest, kind: Kind, row: Any, unit: CampaignUnit
) -> HttpResponse:
    form = _form(request, kind, row, unit)

    def add() -> None:
        services.add_row(
            row=form.instance,
            actor=request.actor,
            now=timezone.now(),
            demand=kind.demand,
            counting=kind.adding,
        )

    title = _("Record: %s") % kind.name
    if first := _unit_first(request, form, kind, unit, title=title):
        return first
    if acts.did(request, form, add, refusals=REFUSALS):
        messages.success(request, _("%s: recorded.") % capfirst(kind.name))
        return redirect(_back(unit, kind)[1])
    return acts.page(
        request,
        form,
        back=_back(unit, kind),
        title=title,
        lead=unit.name,
        button=_("Record %s") % kind.name,
    )


def _unit_first(
    request: AccountRequest,
    form: forms.RecordForm,
    kind: Kind,
    unit: CampaignUnit,
    *,
    title: str,
) -> HttpResponse | None:
    if "unit" not in form.fields:
        return None
    back = _back(unit, kind)
    return choosing.unit_first(request, form, "unit", back=back, title=title)


def _form(
    request: AccountRequest, kind: Kind, row: Any, unit: CampaignUnit
) -> forms.RecordForm:
    return kind.form(
        acts.sent(request),
        request.FILES or None,
        instance=row,
        initial={} if row.pk else dict.fromkeys(TODAY, timezone.localdate()),
        mode=unit.campaign.mode,
        actor=request.actor,
    )


def _shown(request: AccountRequest, kind: Kind) -> QuerySet[Any]:
    rows: QuerySet[Any] = kind.model.objects.visible_to(request.actor)
    return rows.select_related(*kind.related) if kind.related else rows


def _kept(
    request: AccountRequest, kind: Kind, record_id: int
) -> tuple[Any, CampaignUnit]:
    rows = kind.model.objects.editable_by(request.actor)
    row = get_object_or_404(rows, pk=record_id)
    return row, services.unit_of(row)


def _back(unit: CampaignUnit, kind: Kind) -> tuple[str, str]:
    return unit.name, reverse(kind.page, args=address_of(unit))
