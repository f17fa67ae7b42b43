"""Forms as data: what each level is asked, what is refused, what never changes."""

import hashlib
import tomllib
from datetime import date

import pytest

from campaigns import form_definitions as forms
from campaigns.form_definitions import (
    BadForm,
    Item,
    Problem,
    UnknownForm,
    loading,
    manifestations,
    reading,
)
from campaigns.steps import window_of

SEVEN = forms.load("pledge-2022.1")
# A version in use never changes: mend a copy under the next number.
DIGESTS = {
    "collective-01-2019.1": "ed06d391ef293407cf652842741662421be979f981bedc529fbd2b024fed8ba2",
    "collective-01-2023.1": "3db6086fa9664e7908be78759257c4ebeda708feb871df49de7c5d8713ca89f3",
    "collective-01-2025.1": "6bf4790787e76e494f9688fa790b06641687e7347c9a0a80de2b44e197fa6513",
    "pledge-2022.1": "2e4052b4b3279c2a986cabea89f0906eeee103bccdc0e9047a44b923e920a3be",
    "pledge-2026.1": "083e27d5bae33911309e8254a2d7443c3c16355e95a6f93ed1f2737c1b1867b0",
    "pledge-short.1": "f18d0190012ff4919b6aa0688ccb3bdb7660a6d29d56b3f185bdb46fc1f90912",
    "self-review-02-2019.1": "88b664fce7b7899e4a1027bef42200835c410e1596fca36eea33f265515821a1",
    "self-review-02a-2023.1": "d91d03c303b5d6cc6b99f00d21a7d2525fd11ef868c248fb179b7584f36b22cc",
    "self-review-02b-2023.1": "19f6389abe99a3aa72344ea01734de92cf0d30c06ccb25155d01ededcb75cdf7",
    "self-review-2a-2025.1": "4298c9bcf755f1130da93dae464a40bf972ba4604d567597126f066da86a4540",
    "self-review-2b-2025.1": "4d542b3dea241809517a0b645104bb9eb4368cd88bf08bee42f685f4defab3b9",
    "self-review-2c-2025.1": "180898985f1d664d1f7d1aa586d9b6353b69cb1bfa24909350bb3d6facbe1a00",
}


def typed_item(**columns: str) -> dict[str, str]:
    return {
        "section": "duty",
        "measure": "TEXT",
        "source": "",
        "text": "Góp ý dự thảo nghị quyết",
        "goal": "2 lần",
        "unit_of_measure": "",
        "due_on": "",
        "evidence": "",
        **columns,
    }


def content(*items: dict[str, str], **answers: str) -> forms.Content:
    return {"answers": answers, "items": list(items)}


def problems(*items: dict[str, str], **answers: str) -> dict[str, Problem]:
    return forms.problems_of(
        SEVEN, "MEMBER", content(*items, **answers), is_draft=False
    )


def test_a_form_that_ships_is_the_one_that_answers_belong_to():
    found = {
        path.stem: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in loading.FOLDER.glob("*.toml")
    }

    assert found == DIGESTS
    by_kind = {
        kind: forms.codes_of(kind)
        for kind in ("COLLECTIVE_REVIEW", "PLEDGE", "SELF_REVIEW")
    }
    assert sum(by_kind.values(), ()) == tuple(DIGESTS)
    assert {code.partition("-")[0] for code in by_kind["PLEDGE"]} == {"pledge"}


def test_the_level_of_exemplary_responsibility_decides_which_sections_show():
    shown = {
        level: [each.section.key for each in SEVEN.shown_to(level)]
        for level in forms.LEVELS
    }

    ordinary = ["ideology", "morality", "discipline", "style", "duty"]
    rest = ["remedy", "resolution"]
    assert shown == {
        "HEAD": [*ordinary, "leading", *rest],
        "OFFICER": [*ordinary, "leading", *rest],
        "MEMBER": [*ordinary, *rest],
    }
    assert [each.number for each in SEVEN.shown_to("MEMBER")] == [*range(1, 8)]


def test_what_somebody_is_not_asked_is_not_kept():
    kept = forms.kept_content(
        SEVEN,
        "MEMBER",
        answers={"duty": " a \r\nb  ", "leading": "x", "unknown": "y", "style": "  "},
        typed_items=[
            typed_item(source="last:7", measure="?"),
            typed_item(section="leading"),
            typed_item(source="other:7"),
        ],
    )

    assert kept == content(typed_item(source="last:7"), typed_item(), duty="a\nb")


def test_a_pledge_needs_an_item_with_a_target_and_nothing_else():
    assert problems(typed_item()) == {}
    assert problems(duty="x") == {"": Problem.NOTHING}
    empty = dict.fromkeys(("text", "goal"), "")
    assert problems(typed_item(**empty)) == {"": Problem.NOTHING}
    assert problems(typed_item(goal="")) == {"items.0.goal": Problem.MISSING}


@pytest.mark.parametrize(
    ("columns", "place", "problem"),
    [
        ({"due_on": "31/02/2024"}, "due_on", Problem.NO_DAY),
        ({"measure": "NUMBER", "goal": "nhiều"}, "goal", Problem.NO_NUMBER),
        ({"measure": "DATE", "goal": "sớm"}, "goal", Problem.NO_DAY),
        ({"text": "a" * 1001}, "text", Problem.TOO_LONG),
        ({"evidence": "a\u200bb"}, "evidence", Problem.UNFIT),
    ],
)
def test_an_item_says_what_is_wrong_with_it(columns, place, problem):
    assert problems(typed_item(**columns)) == {f"items.0.{place}": problem}


@pytest.mark.parametrize(
    ("due_on", "is_taken"),
    [
        ("31/10/2023", False),
        ("01/11/2023", True),
        ("30062025", True),
        ("01/01/1950", False),
    ],
)
def test_an_item_is_due_on_a_day_of_the_campaign(due_on, is_taken):
    found = forms.problems_of(
        SEVEN, "MEMBER", content(typed_item(due_on=due_on)),
        is_draft=False, days=window_of(2024),
    )  # fmt: skip
    assert found == ({} if is_taken else {"items.0.due_on": Problem.NOT_OF_YEAR})


def test_two_hundred_thousand_characters_are_told_at_their_place():
    long = content(duty="a" * 200_000)

    found = forms.problems_of(SEVEN, "MEMBER", long, is_draft=True)

    assert found == {"duty": Problem.TOO_LONG}


def test_a_draft_lacks_nothing():
    draft = content(typed_item(goal="", due_on="sau", text=""), typed_item())

    assert forms.problems_of(SEVEN, "MEMBER", draft, is_draft=True) == {}


def test_sixty_one_items_are_too_many():
    assert problems(*[typed_item()] * 61) == {"": Problem.TOO_MANY}


def test_what_is_sent_has_its_day_and_its_source():
    written = content(typed_item(due_on="1/9/2024", source="criterion:7"))

    [sent] = forms.sent_items(written)

    assert sent == Item(
        "duty", "Góp ý dự thảo nghị quyết", "TEXT", "2 lần", "", date(2024, 9, 1), "",
        "criterion:7",
    )  # fmt: skip
    assert sent.source_id == ("criterion", 7)


def test_a_day_is_taken_in_digits_alone_for_a_telephone_has_no_stroke():
    written = content(
        typed_item(due_on="01092024"), typed_item(measure="DATE", goal="31122024")
    )

    first, second = forms.sent_items(written)

    assert first.due_on == date(2024, 9, 1)
    assert second.goal == "31/12/2024"


@pytest.mark.parametrize("text", ["1092024", "112024", "32122024", "٠١٠٩٢٠٢٤"])
def test_digits_that_are_no_day_or_could_be_two_are_refused(text):
    assert problems(typed_item(due_on=text)) == {"items.0.due_on": Problem.NO_DAY}


def test_the_same_words_have_the_same_digest_whatever_stands_between_them():
    first = content(typed_item(due_on="01/01/2024"), duty="Dự họp, đúng giờ.")
    second = content(typed_item(evidence="Biên bản"), duty="dự họp ĐÚNG GIỜ")
    third = content(typed_item(), duty="Dự họp đủ và đúng giờ")

    digests = [forms.digest_of(each) for each in (first, second, third)]

    assert digests[0] == digests[1] != digests[2]


FORM = """
code = "x.1"
kind = "PLEDGE"
name = { vi = "X", en = "X" }
heading = ["X"]
gloss = "X"
certainty = "R"
source = { vi = "X", en = "X" }
[[sections]]
key = "a"
title = { vi = "A", en = "A" }
[[sections.questions]]
key = "q"
label = { vi = "Q", en = "Q" }
"""


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ('title = { vi = "A", en = "A" }', 'title = { vi = "A" }', "sections[0].title.en: is missing"),
        ('kind = "PLEDGE"', 'kind = "POEM"', 'kind: "POEM" is none of PLEDGE, SELF_REVIEW, COLLECTIVE_REVIEW'),
        ('key = "q"', 'key = "Q 1"', "sections[0].questions[0].key: is no key: small letters, digits and _"),
        ('code = "x.1"', 'code = "x"', "code: has no version: name.1"),
        ('key = "a"', 'key = "a"\nlevels = ["ALL"]', 'sections[0].levels: "ALL" is none of HEAD, OFFICER, MEMBER'),
        ('key = "a"', 'key = "a"\nlevels = ["HEAD"]', "sections: leave nothing for OFFICER"),
        ('gloss = "X"', 'gloss = "X"\nmarks = 3', "marks: is no known key"),
    ],
)  # fmt: skip
def test_a_form_that_is_wrong_is_refused_with_its_place(old, new, refusal):
    assert reading.read(tomllib.loads(FORM), file="x").code == "x.1"

    with pytest.raises(BadForm) as refused:
        reading.read(tomllib.loads(FORM.replace(old, new, 1)), file="x")

    assert str(refused.value) == f"x: {refusal}"


def test_the_same_key_twice_is_refused():
    twice = FORM + '[[sections.questions]]\nkey = "q"\nlabel = { vi = "Q", en = "Q" }\n'

    with pytest.raises(BadForm, match='"q" stands there twice'):
        reading.read(tomllib.loads(twice), file="x")


@pytest.mark.parametrize("code", ["pledge-1999.1", "../../pyproject", ""])
def test_no_other_file_is_a_form(code):
    with pytest.raises(UnknownForm):
        forms.load(code)


def test_the_manifestations_are_twenty_seven_in_three_lists():
    lists = manifestations.load()

    assert [(each.code, len(each.entries)) for each in lists] == [
        ("A", 9), ("B", 9), ("C", 9),
    ]  # fmt: skip
