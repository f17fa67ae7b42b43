"""The forms of a page, filled in as by somebody who sees it for the first time."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse

NO_FIELDS = {"submit", "button", "image", "reset"}


@dataclass
class Field:
    """One control of a form: what it holds, and what it could."""

    name: str
    kind: str  # the type of an input, or "select", "textarea"
    is_required: bool
    values: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    def filled(self, typed: str) -> list[str]:
        """What is sent: what stood there, else a choice or a text where one must."""
        if self.values:
            return self.values
        if self.kind in {"select", "radio"}:
            return [choice for choice in self.choices if choice][:1]
        if not self.is_required:
            return []
        return self.choices[:1] if self.kind == "checkbox" else [typed]


@dataclass
class PageForm:
    """A form that posts, with the address that it posts to ("": its own page)."""

    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: set[str] = field(default_factory=set)  # their names


def forms_of(response: HttpResponse) -> list[PageForm]:
    """Return the forms of a page that post."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.forms


def links_of(response: HttpResponse) -> list[str]:
    """Return where the links of a page lead."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.links


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[PageForm] = []
        self.form: PageForm | None = None
        self.field: Field | None = None  # whose text or options are being read
        self.is_first = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = PageForm(given.get("action", ""))
            if given.get("method") == "post":
                self.forms.append(self.form)
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif self.form is None:
            return
        elif tag == "option" and self.field:
            self._option(self.field, given)
        elif tag == "button":
            self.form.buttons.add(given.get("name", ""))
        elif tag in {"input", "select", "textarea"} and given.get("name"):
            self._control(tag, given)

    def _option(self, of: Field, given: dict[str, str]) -> None:
        value = given.get("value", "")
        of.choices.append(value)
        if "selected" in given and value:
            of.values.append(value)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        assert self.form is not None
        kind = given.get("type", "text") if tag == "input" else tag
        name = given["name"]
        if kind in NO_FIELDS:
            self.form.buttons.add(name)
            return
        new = Field(name, kind, "required" in given)
        control = self.form.fields.setdefault(name, new)
        self.field = None if tag == "input" else control
        self.is_first = True
        value = given.get("value", "on" if kind == "checkbox" else "")
        if kind in {"radio", "checkbox"}:
            control.choices.append(value)
            control.values += [value] if "checked" in given else []
        elif tag == "input" and value:
            control.values.append(value)

    def handle_data(self, data: str) -> None:
        if self.field and self.field.kind == "textarea":
            # A browser leaves out the line break after the tag.
            text = data.removeprefix("\n") if self.is_first else data
            self.is_first = False
            if text:
                self.field.values = ["".join([*self.field.values, text])]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        if tag in {"form", "select", "textarea"}:
            self.field = None
