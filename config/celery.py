"""The Celery app; its settings are the CELERY_… of `settings.py`."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.conf import settings
from django.db import connection

from config import safefs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("tusoi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
if settings.CELERY_BROKER_URL.startswith("safefs:"):
    safefs.install(settings.CELERY_BROKER_TRANSPORT_OPTIONS)


@worker_init.connect
def log_in_as_worker(**_kwargs: Any) -> None:
    """Let a worker and its children ask the database as their own role."""
    own: dict[str, Any] | None = settings.DATABASE_WORKER
    if own is not None:
        connection.close()
        connection.settings_dict.update(own)
