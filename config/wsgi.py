"""The entry point for what answers pages: gunicorn, and `runserver`."""

import os
from contextlib import suppress

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection

from config.malformed import refusing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = refusing(get_wsgi_application())

if connection.vendor == "postgresql":
    # The threads share this; none of them has a connection yet.
    options = connection.settings_dict["OPTIONS"]
    options["options"] = f"{options['options']} {settings.PAGE_LIMITS}"

    from members.services import database_roles

    with suppress(OperationalError):  # a site whose server is away starts as well
        database_roles.demand_second_lock(required=settings.SECOND_LOCK_REQUIRED)
    connection.close()
