"""Reading somebody's results and texts for a stated reason: asked, approved, read, closed."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns.models import Participant
from members import acts
from members.http import AccountRequest
from members.models import Post, ReasonedReading
from members.policy import Area, PostInForce
from members.queries import post_name, reading_rows
from members.row_security import Purpose, opened_for
from members.services import readings
from members.views.confirming import weighty
from reports import queries
from reports.forms import ReadingForm
from reports.queries import reasoned_texts


@require_safe
def reading_list(request: AccountRequest) -> HttpResponse:
    """Show one's own readings and, to the level above, those of the levels below."""
    if not request.actor.subtrees(Area.FIGURES):
        raise Http404
    may_ask = bool(request.actor.posts_with_reason())
    seen = ReasonedReading.objects.visible_to(request.actor)
    own = ReasonedReading.objects.own(request.actor)
    to_approve = ReasonedReading.objects.editable_by(request.actor)
    context = {
        "may_extract": bool(request.actor.posts_for_extracts()),
        "crumbs": [(_("Summaries and reports"), reverse("figures_home"))],
        "may_ask": may_ask,
        "to_approve": reading_rows(to_approve),
        "own": reading_rows(own),
        "others": reading_rows(  # each stands once on the page
            seen.exclude(pk__in=own.values("pk")).exclude(
                pk__in=to_approve.values("pk")
            )
        ),
    }
    return render(request, "reports/reading_list.html", context)


@weighty
@acts.page_and_form
def reading_add(request: AccountRequest) -> HttpResponse:
    posts = _posts(request)
    if not posts:
        raise Http404
    form = ReadingForm(acts.sent(request), actor=request.actor, posts=posts)
    made: list[ReasonedReading] = []

    def ask() -> None:
        data = form.cleaned_data
        made.append(
            readings.ask_to_read(
                member=data["member"],
                post=data["post"],
                reason=data["reason"],
                case_number=data["case_number"],
                actor=request.actor,
                now=timezone.now(),
            )
        )

    if acts.did(request, form, ask, refusals=(readings.ReadingNotPossible,)):
        if made[0].is_inspection:
            messages.success(
                request, _("It is recorded. A second of the commission has to approve.")
            )
            return redirect("reports:reading_list")
        return redirect("reports:reading_detail", made[0].pk)
    return acts.page(
        request,
        form,
        back=(_("Readings with a reason"), reverse("reports:reading_list")),
        title=_("Read somebody's results and texts for a reason"),
        lead=_("The reason is recorded before anything is shown."),
        button=_("Record the reason"),
    )


@require_safe
def reading_detail(request: AccountRequest, reading_id: int) -> HttpResponse:
    """Show results and texts; only to who asked, while the post is in force."""
    reading = _own(request, reading_id)
    post = _post_of(request, reading)
    try:
        readings.note_reading(reading=reading, actor=request.actor, now=timezone.now())
    except readings.ReadingNotPossible as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:reading_list")
    people = Participant.objects.read_with_reason(post).filter(member=reading.member)
    context = {
        "crumbs": [(_("Readings with a reason"), reverse("reports:reading_list"))],
        "reading": reading,
        "results": queries.result_cards(people, language=get_language()),
        "texts": reasoned_texts.texts_read(post, people),
        "plans": reasoned_texts.plans_read(
            post, reading.member, today=timezone.localdate()
        ),
        "may_close": reading.is_inspection,
    }
    return render(request, "reports/reading_detail.html", context)


@weighty
@require_POST
def reading_approve(request: AccountRequest, reading_id: int) -> HttpResponse:
    waiting = ReasonedReading.objects.editable_by(request.actor)
    return _done(
        request,
        get_object_or_404(waiting, pk=reading_id),
        readings.approve,
        said=_("The reading is approved."),
    )


@require_POST
def reading_close(request: AccountRequest, reading_id: int) -> HttpResponse:
    open_cases = ReasonedReading.objects.closable_by(request.actor)
    return _done(
        request,
        get_object_or_404(open_cases, pk=reading_id),
        readings.close_case,
        said=_("The case is closed; the person sees what was read."),
    )


def _done(
    request: AccountRequest,
    reading: ReasonedReading,
    act: Callable[..., None],
    *,
    said: str,
) -> HttpResponse:
    try:
        act(reading=reading, actor=request.actor, now=timezone.now())
    except readings.ReadingNotPossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("reports:reading_list")


@opened_for(Purpose.RESULTS)
def _own(request: AccountRequest, reading_id: int) -> ReasonedReading:
    own = ReasonedReading.objects.own(request.actor)
    related = own.select_related("member", "post__unit")
    return get_object_or_404(related, pk=reading_id)


def _post_of(request: AccountRequest, reading: ReasonedReading) -> PostInForce:
    """Return the post by which it was asked, if it is in force and reads so still."""
    for post in request.actor.posts_with_reason():
        if post.post_id == reading.post_id:
            return post
    raise Http404


def _posts(request: AccountRequest) -> dict[int, str]:
    ids = [post.post_id for post in request.actor.posts_with_reason()]
    held = Post.objects.own(request.actor).filter(pk__in=ids).select_related("unit")
    return {post.pk: post_name(post) for post in held.order_by("pk")}
