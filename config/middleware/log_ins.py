"""What opens before the log-in, and before a second factor is chosen."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect

from members.http import FACTOR_DUE, View, came_from


class LoginRequired(LoginRequiredMiddleware):
    """Send a visitor to the log-in page, and from there to a page that opens.

    Who has to choose a second factor gets no further than that choice.
    """

    def process_view(
        self, request: HttpRequest, view_func: View, *arguments: Any
    ) -> HttpResponseBase | None:
        refusal = super().process_view(request, view_func, *arguments)
        if refusal or not getattr(view_func, "login_required", True):
            return refusal
        opens = getattr(view_func, "opens_without_factor", False)
        if not opens and request.session.get(FACTOR_DUE):
            return redirect("members:second_factor_list")
        return None

    def handle_no_permission(
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseRedirect:
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        # The session ended over an open page: the address of an act shows nothing.
        return redirect_to_login(
            came_from(request),
            self.get_login_url(view_func),
            self.get_redirect_field_name(view_func),
        )
