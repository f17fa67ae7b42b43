"""What the site answers whoever asks: that it runs, and in which language."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.views import i18n
from django.views.decorators.http import require_safe

set_language = login_not_required(i18n.set_language)


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Answer a load balancer: the process runs and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
