"""A random walk through the pages of reviews, step by step, each from its own seed."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from members.models import Event
from tests.reviews.histories import addresses, due, filling, law
from tests.reviews.histories.due import Wanted
from tests.reviews.histories.every import Every
from tests.reviews.histories.rows import Change, Rows
from tests.reviews.histories.step import Broken, Step
from tests.reviews.histories.world import World

# How a step begins: what is due, anything at all, an old form once more, or no page.
KINDS = ("due", "any", "stale", "forged")
WEIGHTS = (70, 16, 9, 5)
# What a script saves: the page beside it has the form.
PAGES = {
    "ballot_save": ("draft/", "enter/"),
    "collective_report_save": ("draft/", "write/"),
    "collective_turn_save": ("draft/", ""),
    "self_review_save": ("draft/", "write/"),
    "turn_save": ("draft/", ""),
}
REMEMBERED = 60


@dataclass
class History:
    """What was done so far, and what of it was taken."""

    world: World
    rows: Rows
    trace: list[str] = field(default_factory=list)
    forms: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    done: set[str] = field(default_factory=set)  # addresses whose act was taken
    wanted: Wanted | None = None  # what is done before anything else
    acts: set[str] = field(default_factory=set)  # that the log tells at the end
    taken: list[Change] = field(default_factory=list)  # what the last form changed

    def step(self, seed: int) -> None:
        """Do one thing.

        Raises: Broken if the law does not hold after it.
        """
        random = Random(seed)
        # Whoever wants something goes there, and does nothing else meanwhile.
        kind = "due" if self.wanted else random.choices(KINDS, WEIGHTS)[0]
        who = random.choice(list(self.world.accounts))
        if kind == "stale" and self.forms:
            self._send_again(random, who)
            return
        name = random.choice(list(addresses.names()))
        if kind == "due":
            move = due.choose(
                self.world, self.rows, random, done=self.done, wanted=self.wanted
            )
            self.visit(move.who, move.name, move.path, random)
            return
        path = addresses.any_address(self.world, self.rows, name, random)
        if path and kind == "forged":
            self.send(who, path, self._guess(name, random))
        elif path:
            self.visit(who, name, path, random)

    def visit(self, who: str, name: str, path: str, random: Random) -> None:
        """Open an address, and send a form that is there."""
        old, new = PAGES.get(name, ("", ""))
        page = self._get(who, path.removesuffix(old) + new)
        links = filling.choices_of(page) if page.status_code == 200 else []
        if links and not _forms_of_reviews(page):
            path += random.choice(links)
            page = self._get(who, path)
        if page.status_code == 405:
            self.send(who, path, {})
        if page.status_code != 200:
            return
        forms = _forms_of_reviews(page)
        if forms:
            form = random.choice(forms)
            to = path if name in PAGES else form.action or path
            acts_on = resolve(to.partition("?")[0]).url_name
            data = filling.filled(form, acts_on, self.world, random)
            self.send(who, to, data)

    def _send_again(self, random: Random, who: str) -> None:
        author, path, data = random.choice(self.forms)
        sent = dict(data)
        if random.random() < 0.5:
            sent.pop(filling.ONCE, None)
        self.send(author if random.random() < 0.6 else who, path, sent)

    def _guess(self, name: str, random: Random) -> dict[str, Any]:
        """What somebody sends who has not seen the page, but knows such pages."""
        alike = [
            data
            for _author, path, data in self.forms
            if resolve(path.partition("?")[0]).url_name == name
        ]
        data = dict(random.choice(alike)) if alike else {}
        data.pop(filling.ONCE, None)
        return data | {"version": str(random.randint(0, 4))}

    def _get(self, who: str, path: str) -> HttpResponse:
        page = self.world.client(who).get(path)
        self._look(who, "GET", path, {}, page)
        return page

    def send(self, who: str, path: str, data: dict[str, Any]) -> None:
        """Send a form, with or without its page."""
        client: Client = self.world.client(who)
        answer = client.post(path, data)
        self.forms = [*self.forms[-REMEMBERED:], (who, path, data)]
        self._look(who, "POST", path, data, answer)

    def _look(
        self, who: str, method: str, path: str, data: object, answer: HttpResponse
    ) -> None:
        self.trace.append(f"{who}: {method} {path} {data} → {answer.status_code}")
        step = Step(
            who=who,
            account=self.world.accounts[who],
            path=path,
            status=answer.status_code,
            changes=self.rows.again(),
        )
        self.taken = step.changes
        law.demand(self.world, self.rows, step)
        if method == "POST" and step.status in law.DONE:
            self.done.add(resolve(path.partition("?")[0]).url_name)
        # What the law itself opened is no part of the next step.
        self.rows.again()


def _forms_of_reviews(page: HttpResponse) -> list[Any]:
    return [form for form in filling.own_forms(page) if _is_of_reviews(form.action)]


def _is_of_reviews(action: str) -> bool:
    try:
        return not action or resolve(action.partition("?")[0]).namespace == "reviews"
    except Resolver404:
        return False


@dataclass(frozen=True)
class Plan:
    """How one walks: the seeds of the steps, and what is done rather than the rest."""

    seeds: Sequence[int]
    done: Collection[str] = ()  # in other walks: not so often again
    wanted: Wanted | None = None

    @classmethod
    def of(cls, random: Random, steps: int, **columns: Any) -> "Plan":
        return cls([random.getrandbits(32) for _ in range(steps)], **columns)


@contextmanager
def begun(world: World, plan: Plan) -> Iterator[History]:
    """Begin a history, of which nothing stays."""
    with world.taking_back():
        yield History(world, Rows.read(), done=set(plan.done), wanted=plan.wanted)


def walk(world: World, plan: Plan, every: Every | None = None) -> History:
    """Walk once; `every` tries everything on what comes into a new state.

    Raises: Broken, with the trace as a note.
    """
    with begun(world, plan) as history:
        for seed in plan.seeds:
            try:
                history.step(seed)
                if every:
                    every.look(history)
            except Broken as broken:
                broken.add_note("\n".join(history.trace))
                raise
        history.acts = set(Event.objects.values_list("action", flat=True))
    return history


def fault_of(world: World, plan: Plan) -> Broken | None:
    """Return what did not hold in a walk."""
    try:
        walk(world, plan)
    except Broken as broken:
        return broken
    return None


def shortest(
    world: World, plan: Plan, *, tries: int = 60
) -> tuple[Plan, Broken | None]:
    """Return as few of the steps as are found to have the same fault, and that."""
    found, seeds = fault_of(world, plan), list(plan.seeds)
    size = len(seeds) // 2
    while found and size and tries > 0:
        start = 0
        while start < len(seeds) and tries > 0:
            shorter = replace(plan, seeds=[*seeds[:start], *seeds[start + size :]])
            again = fault_of(world, shorter)
            tries -= 1
            if again and again.rule == found.rule:
                seeds, found = list(shorter.seeds), again
            else:
                start += size
        size //= 2
    return replace(plan, seeds=seeds), found
