"""The extract that an organisation department gets about one person, for a reason."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.models import Participant
from members import acts
from members.http import AccountRequest
from members.models import Post, ReasonedReading
from members.policy import PostInForce
from members.queries import number_in, post_name
from members.row_security import Purpose, opened_for
from members.services import readings
from members.views.confirming import weighty
from reports.documents.extracts import ExtractPaper, extract_printout
from reports.forms import ExtractForm
from reports.queries.extracts import extract_of
from reports.queries.heads import letterhead_at
from reports.views.papers import printed_file


@weighty
@acts.page_and_form
def extract_add(request: AccountRequest) -> HttpResponse:
    """Record why an extract is taken, and lead to it."""
    posts = _posts(request)
    if not posts:
        raise Http404
    form = ExtractForm(
        acts.sent(request),
        actor=request.actor,
        posts=posts,
        initial={"code": _code_shown(request)},
    )
    made: list[ReasonedReading] = []

    def ask() -> None:
        data = form.cleaned_data
        made.append(
            readings.ask_to_read(
                member=data["member"],
                post=data["post"],
                reason=data["reason"],
                case_number="",
                actor=request.actor,
                now=timezone.now(),
            )
        )

    if acts.did(request, form, ask, refusals=(readings.ReadingNotPossible,)):
        return redirect("extract_detail", made[0].pk)
    return acts.page(
        request,
        form,
        back=_back(),
        title=_("Take an extract about a person"),
        lead=_(
            "It holds decided levels, concluded shortcomings and how far they are put "
            "right. The reason is recorded before anything is shown."
        ),
        button=_("Record the reason"),
    )


@require_safe
def extract_detail(request: AccountRequest, reading_id: int) -> HttpResponse:
    """Show the extract to who asked, on that day, while the post is in force."""
    reading = _own(request, reading_id)
    post = _post_of(request, reading)
    if refused := _refused(request, reading):
        return refused
    context = {
        "crumbs": [_back()],
        "reading": reading,
        "extract": extract_of(
            post, reading.member, request.actor, today=timezone.localdate()
        ),
    }
    return render(request, "reports/extract_detail.html", context)


@require_safe
def extract_print(
    request: AccountRequest, reading_id: int, extension: str
) -> HttpResponseBase:
    """Give the extract; each file is recorded as a reading."""
    reading = _own(request, reading_id)
    post = _post_of(request, reading)
    if refused := _refused(request, reading):
        return refused
    today = timezone.localdate()
    paper = ExtractPaper(
        language=get_language(),
        letterhead=letterhead_at(reading.post.unit),
        name=reading.member.full_name,
        code=reading.member.code,
        post=post_name(reading.post),
        reason=reading.reason,
        on=today,
        extract=extract_of(post, reading.member, request.actor, today=today),
    )
    return printed_file(
        request,
        partial(extract_printout, paper),
        extension=extension,
        name=_("extract-%s") % reading.member.code,
        back=reverse("extract_detail", args=[reading.pk]),
    )


def _refused(request: AccountRequest, reading: ReasonedReading) -> HttpResponse | None:
    """Record the reading; return where to go where it is over."""
    try:
        readings.note_reading(reading=reading, actor=request.actor, now=timezone.now())
    except readings.ReadingNotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:reading_list")
    return None


def _code_shown(request: AccountRequest) -> str:
    """Return the code of whom a page led here for, of those in reach."""
    number = number_in(request.GET.get("person", ""))
    seen = Participant.objects.visible_to(request.actor)
    with opened_for(Purpose.RESULTS):
        found = seen.filter(pk=number).values_list("member__code", flat=True)
        return found.first() or ""


@opened_for(Purpose.RESULTS)
def _own(request: AccountRequest, reading_id: int) -> ReasonedReading:
    own = ReasonedReading.objects.own(request.actor)
    return get_object_or_404(
        own.select_related("member", "post__unit__parent"), pk=reading_id
    )


def _post_of(request: AccountRequest, reading: ReasonedReading) -> PostInForce:
    """Return the post by which it was asked, while it is in force and decides so."""
    for post in request.actor.posts_for_extracts():
        if post.post_id == reading.post_id:
            with opened_for(Purpose.RESULTS):
                decided = Participant.objects.decided_at(post)
                if decided.filter(member=reading.member).exists():
                    return post
    raise Http404


def _posts(request: AccountRequest) -> dict[int, str]:
    ids = [post.post_id for post in request.actor.posts_for_extracts()]
    held = Post.objects.own(request.actor).filter(pk__in=ids).select_related("unit")
    return {post.pk: post_name(post) for post in held.order_by("pk")}


def _back() -> tuple[str, str]:
    return _("Readings with a reason"), reverse("reports:reading_list")
