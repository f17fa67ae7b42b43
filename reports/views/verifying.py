"""Whether a document was issued: asked by anybody, with the paper or the file in hand."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from members import acts
from members.http import AccountRequest
from reports.codes import code_in
from reports.forms.issues import VerifyForm
from reports.queries.verification import Answer, Verdict
from reports.services import verifying


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: AccountRequest) -> HttpResponse:
    form = VerifyForm(acts.sent(request), request.FILES or None)
    if not form.is_valid():
        return _page(request, form, status=422 if form.is_bound else 200)
    data = form.cleaned_data
    return _answered(request, form, code=data["code"], sha256=data["sha256"])


@login_not_required
@never_cache
@require_safe
def verify_code(request: AccountRequest, code: str) -> HttpResponse:
    """Answer whoever reads the QR code of a paper."""
    form = VerifyForm(initial={"code": code})
    found = code_in(code)
    if not found:
        return _page(request, form, verdict=Verdict(Answer.UNKNOWN))
    return _answered(request, form, code=found, sha256="")


def _answered(
    request: AccountRequest, form: VerifyForm, *, code: str, sha256: str
) -> HttpResponse:
    try:
        verdict = verifying.ask(
            code=code, sha256=sha256, actor=request.actor, now=timezone.now()
        )
    except verifying.TooManyTries as refusal:
        return _page(request, form, refusal=str(refusal), status=429)
    return _page(request, form, verdict=verdict)


def _page(
    request: AccountRequest,
    form: VerifyForm,
    *,
    verdict: Verdict | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "verdict": verdict, "refusal": refusal}
    return render(request, "reports/verify.html", context, status=status)
