"""The roll, the people on it, and their transfers."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from members import queries
from members.http import AccountRequest, back_to_first, page_or_fragment, text_sought
from members.models import CorrectionRequest, Member, Transfer
from members.policy import Area
from members.row_security import Purpose, opened_for
from members.services import people

PAGE_SIZE = 50


@require_safe
def member_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.ROLL):
        raise Http404
    q = text_sought(request)
    show = request.GET.get("show", "")
    members = Member.objects.visible_to(request.actor)
    if show == "probation":
        members = members.due_for_full(timezone.localdate())
    of_roll = queries.page_of_found if q or show else queries.page_of_all
    page = of_roll(
        members.named(q) if q else members,
        size=PAGE_SIZE,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    context: dict[str, object] = {
        "crumbs": back_to_first(),
        "units": queries.units_in_charge(request.actor),
        "q": q,
        "show": show,
        "page": page,
        "rows": queries.roll_rows(page.members),
        "may_edit": request.actor.reaches(Area.ROLL_EDIT),
        "may_add": queries.kept_cells(request.actor).exists(),
        "keeps_own_cell": bool(request.actor.units(Area.ROLL_EDIT)),
        "keeps_from_above": bool(request.actor.subtrees(Area.ROLL_EDIT)),
        "may_import": request.actor.reaches(Area.ROLL_IMPORT),
        "may_print_slips": request.actor.reaches(Area.ACCOUNTS),
    }
    return page_or_fragment(request, "members/member_list.html", context, "rows")


@require_safe
def own_record(request: AccountRequest) -> HttpResponse:
    """Show somebody all that the registry holds about them, and who has looked."""
    members = Member.objects.visible_to(request.actor)
    member = get_object_or_404(members, pk=request.actor.member_id)
    context = {
        "crumbs": back_to_first(),
        "member": member,
        "openings": queries.openings_of(member),
        "readings": queries.readings_of(member, today=timezone.localdate()),
        "requests": queries.requests_of(member, today=timezone.localdate()),
    }
    page = {**context, **queries.person_page(member)}
    return render(request, "members/own_record.html", page)


@require_safe
def member_detail(request: AccountRequest, member_id: int) -> HttpResponse:
    members = Member.objects.visible_to(request.actor)
    member = get_object_or_404(members, pk=member_id)
    if member.pk != request.actor.member_id:
        people.note_opening(member=member, actor=request.actor, now=timezone.now())
    kept = Member.objects.editable_by(request.actor).filter(pk=member.pk)
    context = {
        "crumbs": [(_("Roll of members"), reverse("members:member_list"))],
        "member": member,
        "may_edit": kept.exists(),
        "is_own": member.pk == request.actor.member_id,
        "shutting": queries.accounts_in_charge(request.actor)
        .filter(member=member)
        .first(),
        "requests": queries.request_rows(
            CorrectionRequest.objects.editable_by(request.actor)
            .filter(member=member)
            .order_by("pk"),
            today=timezone.localdate(),
        ),
        **queries.person_page(member),
    }
    return render(request, "members/member_detail.html", context)


@require_safe
def transfer_list(request: AccountRequest) -> HttpResponse:
    if not request.actor.reaches(Area.ROLL):
        raise Http404
    today = timezone.localdate()
    waiting = Transfer.objects.visible_to(request.actor).waiting()
    to_receive = Transfer.objects.receivable_by(request.actor)
    context = {
        "crumbs": [(_("Roll of members"), reverse("members:member_list"))],
        "to_receive": queries.transfer_rows(to_receive, today=today),
        "others": queries.transfer_rows(
            waiting.exclude(pk__in=to_receive.values("pk")), today=today
        ),
        "returned": queries.transfer_rows(
            queries.returned_transfers(request.actor, today=today), today=today
        ),
    }
    return render(request, "members/transfer_list.html", context)


def _note_comment_read(request: AccountRequest, transfer: Transfer) -> None:
    """Record the reading of what a cell wrote about somebody, by the side that reads."""
    source, target = transfer.source, transfer.target
    sends = request.actor.reaches_unit(Area.ROLL, source.pk, source.path)
    people.note_opening(
        member=transfer.member,
        actor=request.actor,
        now=timezone.now(),
        unit=source if sends else target,
    )


@require_safe
def transfer_detail(request: AccountRequest, transfer_id: int) -> HttpResponse:
    transfers = Transfer.objects.visible_to(request.actor)
    related = transfers.select_related("member", "source", "target", "sent_by")
    with opened_for(Purpose.RECORD):  # who comes is not on this roll yet
        transfer = get_object_or_404(related, pk=transfer_id)
    if transfer.comment and transfer.member_id != request.actor.member_id:
        _note_comment_read(request, transfer)
    mine = Transfer.objects.editable_by(request.actor).waiting()
    theirs = Transfer.objects.receivable_by(request.actor)
    context = {
        "crumbs": [(_("Transfers"), reverse("members:transfer_list"))],
        "transfer": transfer,
        "is_late": transfer.is_late(timezone.localdate()),
        "may_receive": theirs.filter(pk=transfer.pk).exists(),
        "may_take_back": mine.filter(pk=transfer.pk).exists(),
    }
    return render(request, "members/transfer_detail.html", context)
