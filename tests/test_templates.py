"""What the strict Content-Security-Policy and the style forbid in templates."""

import re
from pathlib import Path

import pytest
from django import forms

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
PRINTED = "reports/pdf/"  # complete documents with their own style sheet

FORBIDDEN_EVERYWHERE = {
    "unescaped": re.compile(r"\|\s*safe\b|\bautoescape\s+off\b"),
    "third party": re.compile(r"""\b(?:src|href|action)=["'](?:https?:)?//"""),
}
FORBIDDEN_ON_PAGES = {
    "inline style": re.compile(r"<style\b|\sstyle\s*="),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)|\bjavascript:"),
    "inline handler": re.compile(r"\s(?:on[a-z]+|hx-on[:\w-]*)\s*="),
    # Numbers are grouped by thousands where they are read: "of=1.234" finds nothing.
    "grouped key": re.compile(r"\{\{\s*[\w.]*\b(?:pk|\w*_?id|version)\s*\}\}"),
    "htmx that writes": re.compile(r"\bhx-(?:post|put|patch|delete)\b"),
}
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
POSTING_FORM = re.compile(r"<form\b[^>]*\bmethod=[\"']post[\"'].*?</form>", re.DOTALL)


def problems_of(source: str, *, is_printed: bool = False) -> list[str]:
    text = COMMENT.sub("", source)
    rules = FORBIDDEN_EVERYWHERE | ({} if is_printed else FORBIDDEN_ON_PAGES)
    problems = [name for name, pattern in rules.items() if pattern.search(text)]
    if any("csrf_token" not in form for form in POSTING_FORM.findall(text)):
        problems.append("no csrf_token")
    return problems


def test_templates_hold_to_the_policy():
    found = {
        str(path.relative_to(TEMPLATES)): problems
        for path in sorted(TEMPLATES.rglob("*.html"))
        if (
            problems := problems_of(
                path.read_text(encoding="utf-8"),
                is_printed=str(path.relative_to(TEMPLATES)).startswith(PRINTED),
            )
        )
    }

    assert found == {}


INCLUDED = re.compile(r"""\{% include "([^"]+)"((?:(?!%\}).)*?) only %\}""")


def test_a_form_keeps_its_token_where_it_is_included_with_nothing_else():
    """`only` drops what the context processors give, the token among it."""
    forgot = [
        f"{path.relative_to(TEMPLATES)}: {name}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        for name, given in INCLUDED.findall(path.read_text(encoding="utf-8"))
        if "csrf_token=" not in given and asks_for_a_token(name)
    ]

    assert forgot == []


def asks_for_a_token(name: str) -> bool:
    """Tell whether a template, or one that it includes, has a form that is sent."""
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    inner = re.findall(r"""\{% include "([^"]+)\"""", text)
    return "csrf_token %}" in text or any(map(asks_for_a_token, inner))


@pytest.mark.parametrize(
    ("source", "problems"),
    [
        ('<p class="note">{{ name }}</p> {# never |safe #}', []),
        ('<script src="{% static "js/app.js" %}" defer></script>', []),
        ("{{ remark|safe }}", ["unescaped"]),
        ("{% autoescape off %}", ["unescaped"]),
        ('<link href="https://cdn.example/x.css">', ["third party"]),
        ('<img src="//cdn.example/x.png">', ["third party"]),
        ('<p style="color: red">', ["inline style"]),
        ("<script>go()</script>", ["inline script"]),
        ('<a href="javascript:go()">', ["inline script"]),
        ('<button onclick="go()">', ["inline handler"]),
        ('<button hx-on:click="go()">', ["inline handler"]),
        ('<a href="?of={{ row.pk }}">', ["grouped key"]),
        ('<a href="?of={{ row.pk|unlocalize }}">', []),
        ('<button hx-post="/x/">', ["htmx that writes"]),
        ('<form method="post"><input></form>', ["no csrf_token"]),
        ('<form method="post">{% csrf_token %}<input></form>', []),
        ('<form method="get"><input></form>', []),
    ],
)
def test_each_problem_is_found(source, problems):
    assert problems_of(source) == problems


def test_a_printed_document_has_its_own_style_but_fetches_nothing():
    style = '<style>p { color: red }</style><p style="width: 3%">'

    assert problems_of(style, is_printed=True) == []
    assert problems_of('<img src="http://x/">', is_printed=True) == ["third party"]


def test_no_field_lets_the_browser_cut_what_is_pasted():
    """What is too long is told by the server, beside the field, and stays there."""

    class Form(forms.Form):
        line = forms.CharField(max_length=5)
        text = forms.CharField(max_length=5, widget=forms.Textarea(attrs={"rows": 3}))

    form = Form({"line": "123456", "text": "123456"})
    assert "maxlength" not in form.as_div()
    assert 'rows="3"' in form.as_div()
    assert form.as_div().count("123456") == 2
    assert set(form.errors) == {"line", "text"}
