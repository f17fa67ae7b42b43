#!/usr/bin/env python
"""Django's command line."""

import os
import sys
from io import TextIOWrapper


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from environs import EnvError

    from members.row_security import Purpose, opened_for
    from members.tables import BadTable

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal may know few letters
            stream.reconfigure(errors="backslashreplace")
    for argument in sys.argv:
        if not argument.isascii() and any("\ud800" <= c <= "\udfff" for c in argument):
            sys.exit(f"This argument is not UTF-8: {argument!a}")
    # Pages of `runserver` are answered in threads of their own, which ask for nothing.
    try:
        settings.INSTALLED_APPS  # noqa: B018 a faulty setting is told before Django goes on without it
        with opened_for(Purpose.COMMAND):
            execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError, BadTable) as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
