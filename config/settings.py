"""All settings; machines differ by environment variables only (`.env.example`).

Without any variable this is the embedded default: SQLite, a broker in a folder,
everything under `var/`, reachable from this machine alone.
"""

import logging
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from config import mail
from config.databases import database, refuse_no_redis
from config.wiring import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE
from config.wiring import DUE_SOURCES as DUE_SOURCES
from config.wiring import JOB_TASKS as JOB_TASKS
from config.wiring import MEETING_SECTIONS as MEETING_SECTIONS
from config.wiring import REMINDER_MATTERS as REMINDER_MATTERS
from config.wiring import SIGNING_CHECKS as SIGNING_CHECKS
from config.wiring import TREE_FOLLOWERS as TREE_FOLLOWERS

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = env.path("TUSOI_VAR", BASE_DIR / "var")
try:
    VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
except OSError as refusal:
    raise ImproperlyConfigured(
        f"TUSOI_VAR names {VAR}, which cannot be a folder of this site: {refusal}"
    ) from refusal

DATABASE_URL = env.str("DATABASE_URL", "")
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    refuse_no_redis(REDIS_URL)
EMBEDDED = not DATABASE_URL


def embedded_secret_key(path: Path) -> str:
    """Return the key in `path`, made on first use, readable by its owner only."""
    if not path.exists():
        # Whole or not at all: an empty key would break every later start.
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as new:
            new.write(secrets.token_urlsafe(50))
            new.flush()
            os.fsync(new.fileno())
            with suppress(FileExistsError):
                os.link(new.name, path)
    return path.read_text(encoding="ascii")


SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not EMBEDDED:
        raise ImproperlyConfigured(
            "Set SECRET_KEY: a random text of 50 characters or more, the same for "
            "every process of this site."
        )
    SECRET_KEY = embedded_secret_key(VAR / "secret_key")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
# What seals the numbers of persons: the first key seals, all of them open.
FIELD_KEYS: list[str] = env.list("FIELD_KEYS", []) or [
    SECRET_KEY,
    *SECRET_KEY_FALLBACKS,
]

DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"] if EMBEDDED else []
)
HTTPS = env.bool("HTTPS", not EMBEDDED)
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)

INSTALLED_APPS = [
    "members",
    "campaigns",
    "reviews",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",  # its templates, of which we have some of our own
    "config.static.StaticFilesConfig",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "js_lib_bootstrap5",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "config.middleware.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.languages.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.actors.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # In this order: what came too late is kept before a visitor is sent away.
    "config.middleware.sessions.SessionLimitsMiddleware",
    "config.middleware.log_ins.LoginRequired",
    "config.middleware.refused.RefusedMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.answers.NotAllowedPage",
    "config.middleware.answers.BusyPage",
    "config.middleware.answers.AuthorityEndedPage",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "members.http.account",
                "config.menu.menu",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Who waits for a page waits seconds. A worker or a command works under its locks for
# minutes and must not be cut off, so only `config.wsgi` adds these.
PAGE_LIMITS = "-c statement_timeout=10s -c lock_timeout=3s"

# Who owns the tables: `migrate` alone logs in as it, and then grants to the other.
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", "")
DATABASE_OWNER = (
    database(DATABASE_OWNER_URL, name="DATABASE_OWNER_URL")
    if DATABASE_OWNER_URL
    else None
)
DATABASES = {"default": database(DATABASE_URL or f"sqlite:///{VAR / 'db.sqlite3'}")}
# As whom workers log in: one that reads no secret of an account and writes no review.
# `migrate` grants to it what it needs; empty: workers log in as pages do.
DATABASE_WORKER_URL = env.str("DATABASE_WORKER_URL", "")
DATABASE_WORKER = (
    {**database(DATABASE_WORKER_URL, name="DATABASE_WORKER_URL"), "IS_WORKER": True}
    if DATABASE_WORKER_URL
    else None
)
# Whether the site refuses to start as a role that passes row-level security.
SECOND_LOCK_REQUIRED = env.bool("SECOND_LOCK_REQUIRED", HTTPS)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": (
        {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

AUTH_USER_MODEL = "members.Account"
LOGIN_URL = "members:login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "members:login"
PASSWORD_HASHERS = ["config.passwords.Argon2idHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "config.passwords.LengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        ),
        "OPTIONS": {"user_attributes": ("login", "display_name", "email")},
    },
]
# Who holds a post has something beside the password; docs/rules/accounts.md § 4. Only
# the demonstration asks for nothing.
SECOND_FACTOR_ASKED = env.bool("SECOND_FACTOR_ASKED", True)
SECOND_FACTOR_GRACE_DAYS = env.int("SECOND_FACTOR_GRACE_DAYS", 14)
# Another place where people log in, for accounts that are linked to it; off without an
# issuer. What it says is believed for a name, never for what somebody may do.
OIDC_ISSUER = env.str("OIDC_ISSUER", "").rstrip("/")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", "")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", "")
OIDC_NAME = env.str("OIDC_NAME", "OpenID")
if OIDC_ISSUER and not OIDC_ISSUER.startswith("https://"):
    raise ImproperlyConfigured("OIDC_ISSUER must begin with https://.")
# Seconds without use, and in any case; docs/rules/accounts.md § 3 says for whom.
SESSION_LIMITS = {
    "holder": (30 * 60, 12 * 60 * 60),
    "member": (12 * 60 * 60, 24 * 60 * 60),
}
SESSION_COOKIE_AGE = max(whole for _idle, whole in SESSION_LIMITS.values())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.middleware.answers.csrf_failure"
if HTTPS:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", False)
    # Browsers keep their lists for years: that is for the owner of the domain to say.
    SILENCED_SYSTEM_CHECKS = ["security.W021"]
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# How e-mails leave: EMAIL_URL names an SMTP server; without it none are sent, but for
# a developer, who reads them on the console. docs/rules/reminders.md § 4.
EMAIL_URL = env.str("EMAIL_URL", "")
SENDS_EMAIL = bool(EMAIL_URL) or DEBUG
if EMAIL_URL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(mail.smtp_settings(EMAIL_URL))
else:
    kind = "console" if DEBUG else "dummy"
    EMAIL_BACKEND = f"django.core.mail.backends.{kind}.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", "tusoi@localhost")
# Where people reach the site, for the links of e-mails.
SITE_URL = env.str("SITE_URL", "").rstrip("/") or mail.site_url(
    ALLOWED_HOSTS, https=HTTPS
)
# From which hour until before which other e-mails go out, on working days; and a file
# of public holidays in place of `members/data/holidays.toml`.
REMINDER_HOURS = mail.hours(env.str("REMINDER_HOURS", "7-19"))
HOLIDAYS_FILE = env.str("HOLIDAYS_FILE", "")

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# The virus scanner, clamd: the path of its socket, or HOST:PORT. Without one attached
# files are given out unscanned (docs/rules/attachments.md § 3).
CLAMD = env.str("CLAMD", "")
if CLAMD and not (CLAMD.startswith("/") or CLAMD.rpartition(":")[2].isdigit()):
    raise ImproperlyConfigured("CLAMD is the path of a socket, or HOST:PORT.")
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "config.uploads.BoundedUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024

BROKER_FOLDER = VAR / "broker"
CELERY_BROKER_URL = REDIS_URL or "safefs://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # A page that queues a job does not wait for a broker that is down.
    {"visibility_timeout": 600, "max_retries": 0, "interval_start": 0}
    if REDIS_URL
    else {
        "data_folder_in": str(BROKER_FOLDER / "messages"),
        "data_folder_out": str(BROKER_FOLDER / "messages"),
        "control_folder": str(BROKER_FOLDER / "control"),
        "polling_interval": 0.2,
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_ENABLE_REMOTE_CONTROL = bool(REDIS_URL)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat-schedule")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "config.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["stderr"],
        "level": env.log_level("LOG_LEVEL", logging.WARNING),
    },
}
