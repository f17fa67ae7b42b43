"""Every sentence is in both languages: msgids are English, `locale/vi` is complete."""

import ast
import gettext
import re
import unicodedata
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
SOURCES = ("config", "members", "campaigns", "reviews", "reports")
PRINTED = "reports/pdf/"  # party documents are in Vietnamese by regulation
OWN_NAMES = ("Tự Soi", "Tiếng Việt", "English")  # the same in every language

MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
MARKERS_WITH_CONTEXT = {"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(({LITERAL})(?:, ({LITERAL}))?")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}")

Message = tuple[str, str]  # context, msgid


def messages_of_python(source: str) -> set[Message]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if name in MARKERS and texts:
                found.add(("", texts[0]))
            if name in MARKERS_WITH_CONTEXT and len(texts) > 1:
                found.add((texts[0], texts[1]))
    return found


def messages_of_template(source: str) -> set[Message]:
    found = set()
    for name, *literals in TEMPLATE_CALL.findall(templatize(source)):
        texts = [ast.literal_eval(literal) for literal in literals if literal]
        found.add((texts[0], texts[1]) if "p" in name else ("", texts[0]))
    return found


def messages_in_use() -> set[Message]:
    python = (path for folder in SOURCES for path in (ROOT / folder).rglob("*.py"))
    templates = (ROOT / "templates").rglob("*")
    return set().union(
        *(messages_of_python(path.read_text("utf-8")) for path in python),
        *(
            messages_of_template(path.read_text("utf-8"))
            for path in templates
            if path.is_file()
        ),
    )


def strings_of(entry: polib.POEntry) -> list[str]:
    return [*entry.msgstr_plural.values()] or [entry.msgstr]


def problems_of(entry: polib.POEntry) -> list[str]:
    """What is wrong with one translation into Vietnamese."""
    problems = ["fuzzy"] if entry.fuzzy else []
    wanted = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
    for text in strings_of(entry):
        if not text:
            problems.append("empty")
        elif set(PLACEHOLDER.findall(text)) != wanted:
            problems.append("other placeholders")
        if text != unicodedata.normalize("NFC", text):
            problems.append("not NFC")
        if "!" in text:
            problems.append("exclamation mark")
        if re.search("uỷ", text, re.IGNORECASE):
            problems.append("uỷ, where the house writes ủy")
    return problems


def loose_words_of(template: str) -> list[str]:
    """Words that a page shows whatever the language."""
    text = re.sub(r"\{#.*?#\}|\{% comment.*?endcomment %\}", "", template, flags=re.S)
    text = re.sub(r"\{% blocktrans.*?endblocktrans\w* %\}", "", text, flags=re.S)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
    text = re.sub("|".join(OWN_NAMES), "", text)
    labels = re.findall(r'\s(?:aria-label|title|placeholder|alt)="([^"]+)"', text)
    shown = re.sub(r"<[^>]*>|&\w+;", " ", text)
    return re.findall(r"[^\W\d_]{2,}", " ".join([shown, *labels]))


def catalogue() -> polib.POFile:
    return polib.pofile(CATALOGUE.read_text("utf-8"))


def test_every_sentence_in_use_is_in_the_catalogue_and_no_other():
    entries = {(entry.msgctxt or "", entry.msgid) for entry in catalogue()}

    assert {
        "missing": messages_in_use() - entries,
        "unused": entries - messages_in_use(),
    } == {
        "missing": set(),
        "unused": set(),
    }


def test_no_sentence_is_translated_twice():
    """Of two translations of one sentence the later would win, unseen."""
    seen = Counter((each.msgctxt, each.msgid) for each in polib.pofile(str(CATALOGUE)))
    assert [each for each, times in seen.items() if times > 1] == []


def test_every_translation_is_whole():
    problems = {
        entry.msgid: found for entry in catalogue() if (found := problems_of(entry))
    }

    assert problems == {}
    assert catalogue().obsolete_entries() == []


def test_pages_show_no_word_past_the_catalogue():
    found = {
        str(path.relative_to(ROOT)): words
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if PRINTED not in str(path)
        and (words := loose_words_of(path.read_text("utf-8")))
    }

    assert found == {}


def test_what_is_compiled_is_what_gettext_reads(tmp_path, settings):
    source = tmp_path / "vi" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n'
        'Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
        'msgid "Unit"\nmsgstr "Đơn vị"\n\n'
        '#, fuzzy\nmsgid "Guess"\nmsgstr "Đoán"\n\n'
        'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "%(n)s đảng viên"\n',
        encoding="utf-8",
    )
    settings.LOCALE_PATHS = [tmp_path]

    call_command("compile_translations")

    compiled = gettext.translation("django", tmp_path, ["vi"])
    assert compiled.gettext("Unit") == "Đơn vị"
    assert compiled.gettext("Guess") == "Guess"
    assert compiled.ngettext("one", "many", 7) == "%(n)s đảng viên"


def test_messages_are_found_in_code_and_templates():
    python = (
        'f(_("a" " b"), pgettext("month", "May"), ngettext("one", "many", n), _(x))'
    )
    template = (
        '{% translate "Hello it\'s" %}{{ x|default:_("none") }}'
        '{% translate "May" context "month" %}'
        "{% blocktranslate trimmed with n=a %}\n  {{ n }} of\n  100%\n"
        "{% endblocktranslate %}"
    )

    assert messages_of_python(python) == {("", "a b"), ("month", "May"), ("", "one")}
    assert messages_of_template(template) == {
        ("", "Hello it's"),
        ("", "none"),
        ("month", "May"),
        ("", "%(n)s of 100%%"),
    }


@pytest.mark.parametrize(
    ("msgid", "msgstr", "problems"),
    [
        ("%(n)s units", "%(n)s đơn vị", []),
        ("%(n)s units", "các đơn vị", ["other placeholders"]),
        ("Unit", "", ["empty"]),
        ("Welcome", "Xin chào!", ["exclamation mark"]),
        ("Committee", "Đảng uỷ", ["uỷ, where the house writes ủy"]),
        ("Unit", unicodedata.normalize("NFD", "Đơn vị"), ["not NFC"]),
    ],
)
def test_each_problem_of_a_translation_is_found(msgid, msgstr, problems):
    assert problems_of(polib.POEntry(msgid=msgid, msgstr=msgstr)) == problems


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ('<p class="note">{% translate "Unit" %} · {{ name }}&nbsp;{# why #}</p>', []),
        ("<title>{{ page }} – Tự Soi</title>", []),
        ("<p>Đơn vị {{ name }}</p>", ["Đơn", "vị"]),
        ('<button aria-label="Close">×</button>', ["Close"]),
    ],
)
def test_loose_words_are_found(template, words):
    assert loose_words_of(template) == words
