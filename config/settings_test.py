"""The settings of the test run: the slow parts made fast, nothing made easier."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from config.databases import POSTGRESQL_OPTIONS

# No test outlives the machine: commits need not wait for its disk.
POSTGRESQL_OPTIONS["options"] = (
    f"{POSTGRESQL_OPTIONS['options']} -c synchronous_commit=off"
)
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789abcdef" * 4)

from config.settings import *  # noqa: E402, F403 -- the key has to be there before

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
HTTPS = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
SENDS_EMAIL = True  # into a list
SITE_URL = "https://tusoi.example.vn"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
VAR = Path(tempfile.mkdtemp(prefix="tusoi-test-"))
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
MEDIA_ROOT = VAR / "files"
STATIC_ROOT = VAR / "static"  # nothing collected: the finders serve what is there now
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

# The process that leads others has migrated a database for them (tests/template.py).
if "TUSOI_TEST_TEMPLATE" in os.environ:
    DATABASES["default"]["TEST"] = {
        "TEMPLATE": os.environ["TUSOI_TEST_TEMPLATE"],
        "MIGRATE": False,
    }

# Several test processes share one Redis.
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
CACHES["default"]["KEY_PREFIX"] = _WORKER
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **CELERY_BROKER_TRANSPORT_OPTIONS,
    "global_keyprefix": f"{_WORKER}:",
}

# Every page of every test asks the database as a role for which the second lock holds.
MIDDLEWARE = ["tests.restricted.RestrictedRole", *MIDDLEWARE]
