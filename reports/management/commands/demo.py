"""A real district with its published figures, on this machine, in one command."""

import fcntl
import shutil
import signal
import socket
import subprocess
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from kombu import Connection
from kombu.exceptions import OperationalError

from members.management.progress import ProgressBar
from members.management.refusing import RefusingCommand
from members.policy import SYSTEM
from reports.management import processes
from reports.management.finding import find_unit
from reports.models import RollupReport
from reports.services import demonstrating, reporting

HOST = "127.0.0.1"
LOOK_EVERY_SECONDS = 0.3
INTERRUPTED = 130  # as shells tell it
PORTS = range(65536)  # 0 takes a free one


class Command(RefusingCommand):
    help = "Load a scenario, let a worker render its report, serve the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true")

    def handle(self, *, port: int, no_serve: bool, **options: object) -> None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with override(settings.LANGUAGE_CODE):
            try:
                self._prepare(None if no_serve else port)
            except KeyboardInterrupt as end:
                raise CommandError(
                    _("Ended before the report was made."), returncode=INTERRUPTED
                ) from end
            if not no_serve:
                with suppress(KeyboardInterrupt):
                    self._serve(port)

    def _prepare(self, port: int | None) -> None:
        if port is not None:
            _refuse_taken(port)
        _refuse_a_silent_broker()
        try:
            demonstrating.refuse_other_data()
        except demonstrating.NotADemonstration as refusal:
            raise CommandError(str(refusal)) from refusal
        self._load()
        self._show(self._render())

    def _load(self) -> None:
        self.stdout.write(_("Preparing the database"))
        with _alone():
            call_command("migrate", verbosity=0)
            if not demonstrating.is_in_use():
                call_command(
                    "load_scenario", demonstrating.SCENARIO, stderr=self.stderr
                )
            demonstrating.create_accounts(now=timezone.now())
            demonstrating.open_pledges(now=timezone.now())

    def _render(self) -> RollupReport:
        """Return the root's report, made by a real worker if there is none yet."""
        unit = find_unit(demonstrating.SCENARIO, None)
        language = settings.LANGUAGE_CODE
        made = reporting.finished_report(unit, language=language)
        if made is not None:
            return made
        report = reporting.request_report(
            unit=unit, language=language, actor=SYSTEM, now=timezone.now()
        )
        bar = ProgressBar(self.stderr, _("Rendering the report"))
        log = settings.VAR / "log" / "worker.log"
        with processes.running(processes.WORKER, log=log) as worker:
            while not report.is_finished:
                if worker.poll() is not None:
                    raise CommandError(_("The worker stopped; see %s.") % log)
                time.sleep(LOOK_EVERY_SECONDS)
                report = RollupReport.objects.select_related("job").get(pk=report.pk)
                bar(report.percent)
        if report.finished_at is None:
            raise CommandError(report.error)
        return report

    def _show(self, report: RollupReport) -> None:
        for file in (report.pdf, report.xlsx):
            extension = Path(file.path).suffix
            path = settings.VAR / f"{demonstrating.SCENARIO}{extension}"
            shutil.copyfile(file.path, path)
            self.stdout.write(_shortest(path))

    def _serve(self, port: int) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        address = f"{HOST}:{port}"
        self.stdout.write("\n" + _("The site: http://%s/ (Ctrl-C ends it)") % address)
        for line in _accounts():
            self.stdout.write(line)
        self.stdout.flush()
        log = settings.VAR / "log"
        with processes.running(
            processes.WEB.format(address=address),
            log=log / "web.log",
            SECOND_FACTOR_ASKED="False",  # who looks in has no printer at hand
        ) as web:
            while web.poll() is None:  # a worker that dies is followed by the next
                with processes.running(
                    processes.WORKER, log=log / "worker.log"
                ) as worker:
                    _wait_for_the_first(web, worker)
        raise CommandError(_("The web server stopped; see %s.") % (log / "web.log"))


def _wait_for_the_first(*programs: subprocess.Popen[bytes]) -> None:
    while all(program.poll() is None for program in programs):
        time.sleep(LOOK_EVERY_SECONDS)


def _accounts() -> Iterator[str]:
    for account in demonstrating.demo_accounts():
        yield _("%(title)s: log in as %(login)s, password %(password)s") % {
            "title": account.title,
            "login": account.login,
            "password": demonstrating.PASSWORD,
        }


@contextmanager
def _alone() -> Iterator[None]:
    """Prepare the database while no other run does: both would make its tables."""
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise CommandError(
                _("Another demonstration is preparing the database; try again.")
            ) from taken
        yield


def _refuse_a_silent_broker() -> None:
    """Refuse a Redis that does not answer: the worker would wait for it without end."""
    if not settings.REDIS_URL:
        return
    try:
        with Connection(settings.REDIS_URL) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=3)
    except OperationalError as refusal:
        raise CommandError(
            _("Redis does not answer at the address in REDIS_URL: %s") % refusal
        ) from refusal


def _refuse_taken(port: int) -> None:
    if port not in PORTS:
        raise CommandError(_("Ports have the numbers 1 to 65535."))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as refusal:
            raise CommandError(
                _("Port %d is taken: choose another with PORT=.") % port
            ) from refusal


def _shortest(path: Path) -> str:
    """Return the path from here where it lies below, else the whole one."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
