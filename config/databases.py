"""What Django is told of a database that a URL names; which URL names a Redis."""

from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

# A reading request takes no write lock; a writing one takes it at once, so that two
# writers wait for each other instead of failing with "database is locked".
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 60,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
    ),
}
# A cut line is noticed in seconds; without these a connection hangs for minutes.
POSTGRESQL_OPTIONS = {
    "connect_timeout": 5,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 3,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    # A process that stands still in the middle of a transaction lets go of its locks.
    # What row-level security adds looks dear to the planner, which would compile
    # statements for a second that run for a millisecond.
    "options": "-c idle_in_transaction_session_timeout=5min -c jit=off",
}
SQLITE, POSTGRESQL = ("sqlite",), ("postgres", "postgresql", "pgsql")
REDIS = ("redis", "rediss")


def database(url: str, *, name: str = "DATABASE_URL") -> dict[str, object]:
    """Return Django's settings for one database URL, which the variable `name` holds.

    Raises: ImproperlyConfigured for what is neither PostgreSQL's nor SQLite's.
    """
    refusal = ImproperlyConfigured(
        f"{name} is no address of a database: "
        "write postgres://user:password@host:port/name or sqlite:////folder/file."
    )
    try:
        scheme = urlsplit(url).scheme
        parsed = dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True)
    except (ValueError, dj_database_url.ParseError) as why:
        raise refusal from why
    if scheme not in (*SQLITE, *POSTGRESQL):
        raise refusal
    is_sqlite = scheme in SQLITE
    if not is_sqlite:
        parsed["ENGINE"] = "config.postgresql"
    options = SQLITE_OPTIONS if is_sqlite else POSTGRESQL_OPTIONS
    parsed["OPTIONS"] = {**options, **parsed.get("OPTIONS", {})}
    return dict(parsed)


def refuse_no_redis(url: str) -> None:
    """Refuse what cannot be the address of a Redis.

    Raises: ImproperlyConfigured.
    """
    try:
        parts = urlsplit(url)
        is_redis = parts.scheme in REDIS and bool(parts.hostname)
        is_redis = is_redis and parts.port != 0  # a port that cannot be raises
    except ValueError:
        is_redis = False
    if not is_redis:
        raise ImproperlyConfigured(
            "REDIS_URL is no address of Redis: write redis://host:port/number."
        )
