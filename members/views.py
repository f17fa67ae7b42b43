"""Logging in, and the roll."""

from typing import Any

from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.http import require_safe

from members import queries
from members.forms import LoginForm
from members.http import AccountRequest, page_or_fragment
from members.models import Member

PAGE_SIZE = 50
MAX_QUERY_LENGTH = 100

login = auth_views.LoginView.as_view(
    authentication_form=LoginForm, redirect_authenticated_user=True
)
logout = auth_views.LogoutView.as_view()
set_language = login_not_required(i18n.set_language)


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer a load balancer: the process runs and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def member_list(request: AccountRequest) -> HttpResponse:
    q = request.GET.get("q", "")[:MAX_QUERY_LENGTH].strip()
    members = Member.objects.visible_to(request.actor)
    found = (members.named(q) if q else members).in_name_order()
    page: Page[Any] = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context: dict[str, object] = {
        "crumbs": [(_("Summaries and reports"), reverse("home"))],
        "units": queries.units_in_charge(request.actor),
        "q": q,
        "page": page,
        "rows": queries.roll_rows(list(page.object_list)),
    }
    return page_or_fragment(request, "members/member_list.html", context, "rows")
