"""Which of the installed packages' static files are collected."""

from django.contrib.staticfiles.apps import StaticFilesConfig as DjangoConfig


class StaticFilesConfig(DjangoConfig):
    """Leave out the builds of Bootstrap that no page uses; compressing them is slow."""

    ignore_patterns = [
        *DjangoConfig.ignore_patterns,
        "bootstrap-grid*",
        "bootstrap-reboot*",
        "bootstrap-utilities*",
        "*.rtl.*",
        "*.esm.*",
        "bootstrap.css*",
        "bootstrap.js*",
        "bootstrap.bundle.js*",
        "htmx.js",
        "htmx-4*",
        "htmx-2.js",
    ]
