"""The Celery app; its settings are the CELERY_… of `settings.py`."""

import os

from celery import Celery
from django.conf import settings

from config import safefs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("tusoi")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
if settings.CELERY_BROKER_URL.startswith("safefs:"):
    safefs.install(settings.CELERY_BROKER_TRANSPORT_OPTIONS)
