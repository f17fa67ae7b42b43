"""Each bad file is a shipped one with one text changed, as a slip would change it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.rulesets import BadRuleSet, from_resolved, load_file, resolve
from campaigns.rulesets.loading import FOLDER

OLD, MIDDLE, NEW = "hd27-2014", "qd132-2018", "qd366-2025"
NFD = "Ho\u00e0n tha\u0300nh"
LEVELS = (
    "CLEAN_STRONG_EXEMPLARY, CLEAN_STRONG, EXCELLENT, GOOD, SATISFACTORY,"
    " NOT_COMPLETED, WEAK"
)
KINDS = "MEMBER, CADRE, ORGANISATION, COLLECTIVE"
NO_TEXT = "is not a text"
MISSING = "is missing"
NO_NUMBER = "is not a number of 0 or more"
NO_COUNT = "is not a whole number from 1 to 10000"

# what is wrong: file, its text, what it becomes, the key refused, and why
BAD_FILES = {
    # heads, dates, texts
    "no code": (OLD, 'code = "hd27-2014"\n', "", "code", MISSING),
    "another name": (OLD, '"hd27-2014"', '"hd27"', "code", "is not the name of the file"),
    "no vi": (OLD, 'wording = { vi = "đánh giá, phân loại", ', "wording = { ", "wording.vi", MISSING),
    "no en": (OLD, ', en = "assessment and classification" }', " }", "wording.en", MISSING),
    "empty en": (OLD, '"assessment and classification"', '" "', "wording.en", NO_TEXT),
    "label not a table": (OLD, 'wording = {', 'wording = "x" #', "wording", "is not a table"),
    "blank at the end": (OLD, "and classification", "and classification ", "wording.en", "has blanks too many"),
    "two blanks": (OLD, "and classification", "and  classification", "wording.en", "has blanks too many"),
    "invisible": (OLD, "and classification", "and\u200bclassification", "wording.en", "holds ZERO WIDTH SPACE"),
    "not NFC": (OLD, "Hoàn thành", NFD, "organisations.levels[2].label.vi", "is not in Unicode form NFC"),
    "no date": (OLD, "2014-09-25", '"autumn 2014"', "valid_from", "is not a date"),
    "a moment": (OLD, "2014-09-25", "2014-09-25T00:00:00", "valid_from", "is not a date"),
    "ends before it begins": (OLD, "2018-03-07", "2014-09-24", "valid_until", "is before valid_from"),
    # origins
    "no source": (OLD, 'source = "hd27"\n', "", "source", MISSING),
    "unknown source": (OLD, 'source = "hd27"\n', 'source = "hd72"\n', "source", '"hd72" is none of form_table, known, streaks, unseen, program, statutes, ballots, hd27, results'),
    "no certainty": (OLD, 'source = "hd27"\ncertainty = "S"', 'source = "hd27"', "certainty", MISSING),
    "wrong certainty": (OLD, 'certainty = "S"', 'certainty = "A"', "certainty", '"A" is none of S, S2, R, U'),
    "overlay no flag": (OLD, "overlay = true\n", 'overlay = "yes"\n', "statuses[3].overlay", "is neither true nor false"),
    # keys
    "unknown key above": (OLD, "label = {", 'colour = "red"\nlabel = {', "colour", "is no known key"),
    "unknown key in a row": (OLD, 'code = "DEGRADATION"', 'code = "DEGRADATION"\nweight = 3', "reasons[0].weight", "is no known key"),
    "unknown key in a value": (OLD, "{ value = 15,", "{ value = 15, upto = 20,", "ceilings[0].percent.upto", "is no known key"),
    # levels
    "level outside the vocabulary": (OLD, '"WEAK"', '"POOR"', "organisations.levels[4].code", f'"POOR" is none of {LEVELS}'),
    "level twice": (MIDDLE, '{ code = "SATISFACTORY"', '{ code = "GOOD"', "organisations.levels[2].code", '"GOOD" stands there twice'),
    "levels not ordered": (OLD, '{ code = "SATISFACTORY"', '{ code = "EXCELLENT"', "organisations.levels", "are not ordered from best to worst"),
    "levels without good": (OLD, '{ code = "GOOD"', '{ code = "EXCELLENT"', "organisations.levels", "lack GOOD"),
    "levels no list": (MIDDLE, "levels = [", "levels = 4\nother = [", "organisations.levels", "is not a list"),
    "level of members missing": (OLD, '{ code = "NOT_COMPLETED"', '{ code = "WEAK"', "members.levels", "are not EXCELLENT, GOOD, SATISFACTORY, NOT_COMPLETED"),
    "level spelt as another": (OLD, 'vi = "HTNV"', 'vi = "TSVM"', "organisations.levels[3]", '"TSVM" also means another code'),
    "group outside the vocabulary": (OLD, 'code = "CLEAN_STRONG_ALL"', 'code = "ALL_CLEAN"', "organisations.groups[0].code", '"ALL_CLEAN" is none of CLEAN_STRONG_ALL'),
    "group of an unknown level": (OLD, 'levels = ["CLEAN_STRONG_EXEMPLARY", "CLEAN_STRONG"]', 'levels = ["EXCELLENT"]', "organisations.groups[0].levels[0]", '"EXCELLENT" is none of CLEAN_STRONG_EXEMPLARY, CLEAN_STRONG, GOOD, SATISFACTORY, WEAK'),
    "group of a level twice": (OLD, 'levels = ["CLEAN_STRONG_EXEMPLARY", "CLEAN_STRONG"]', 'levels = ["GOOD", "GOOD"]', "organisations.groups[0].levels[1]", '"GOOD" stands there twice'),
    "group of nothing": (OLD, 'levels = ["CLEAN_STRONG_EXEMPLARY", "CLEAN_STRONG"]', "levels = []", "organisations.groups[0].levels", "is empty"),
    "no good or better": (MIDDLE, 'good_or_better = ["EXCELLENT", "GOOD"]\n', "", "organisations.good_or_better", MISSING),
    "good or better too narrow": (MIDDLE, 'good_or_better = ["EXCELLENT", "GOOD"]', 'good_or_better = ["GOOD"]', "organisations.good_or_better", "are not the levels down to GOOD"),
    "within an unknown code": (OLD, "CLEAN_STRONG_EXEMPLARY/CLEAN_STRONG_ALL", "EXCELLENT/CLEAN_STRONG_ALL", "organisations.within[0]", '"EXCELLENT/CLEAN_STRONG_ALL" is no pair of known codes'),
    "within without a whole": (OLD, "CLEAN_STRONG_EXEMPLARY/CLEAN_STRONG_ALL", "GOOD", "organisations.within[0]", '"GOOD" is no pair of known codes'),
    "within something else": (OLD, "CLEAN_STRONG_EXEMPLARY/CLEAN_STRONG_ALL", "GOOD/CLEAN_STRONG_ALL", "organisations.within[0]", '"GOOD" is no part of "CLEAN_STRONG_ALL"'),
    "within itself": (OLD, "CLEAN_STRONG_EXEMPLARY/CLEAN_STRONG_ALL", "GOOD/GOOD", "organisations.within[0]", '"GOOD" is no part of "GOOD"'),
    # reasons and statuses
    "reason outside the vocabulary": (OLD, '"DEGRADATION"', '"LATE"', "reasons[0].code", '"LATE" is none of DEGRADATION, UNDER_HALF_OF_TARGETS, STATE_RATING, DISCIPLINED, OTHER, UNSTATED'),
    "reason twice": (OLD, 'code = "UNSTATED"', 'code = "OTHER"', "reasons", "are not DEGRADATION, UNDER_HALF_OF_TARGETS, STATE_RATING, DISCIPLINED, OTHER, UNSTATED in this order"),
    "alias of two reasons": (OLD, '"Lý do khác"', '"suy thoái"', "reasons[4]", '"suy thoái" also means another code'),
    "alias no text": (OLD, '"Lý do khác"', "7", "reasons[4].aliases[0]", NO_TEXT),
    "no is_reviewed": (OLD, "is_reviewed = true\n", "", "statuses[0].is_reviewed", MISSING),
    # ceilings
    "ceiling of an unknown subject": (OLD, 'subject = "members"', 'subject = "heads"', "ceilings[0].subject", '"heads" is none of members, cells, grassroots'),
    "ceiling of an unknown level": (OLD, 'level = "EXCELLENT"', 'level = "CLEAN_STRONG"', "ceilings[0].level", '"CLEAN_STRONG" is none of EXCELLENT, GOOD, SATISFACTORY, NOT_COMPLETED'),
    "ceiling twice": (NEW, 'subject = "cells"', 'subject = "members"', "ceilings[1].subject", '"members" stands there twice'),
    "percent above 100": (OLD, "value = 15", "value = 115", "ceilings[0].percent.value", "is more than 100 percent"),
    "percent below 0": (OLD, "value = 15", "value = -15", "ceilings[0].percent.value", NO_NUMBER),
    "percent a word": (OLD, "value = 15", 'value = "15%"', "ceilings[0].percent.value", NO_NUMBER),
    "percent a flag": (OLD, "value = 15", "value = true", "ceilings[0].percent.value", "is not a number"),
    "percent without origin": (OLD, 'value = 15, source = "known", ', "value = 15, ", "ceilings[0].percent.source", MISSING),
    "special percent not special": (NEW, "value = 25", "value = 20", "ceilings[0].percent_special.value", "is not more than the usual percent"),
    "unknown base": (OLD, '"GOOD_ONLY"', '"PRESENT"', "ceilings[0].base.value", '"PRESENT" is none of GOOD_ONLY, GOOD_OR_BETTER, ASSESSED'),
    "unknown unit": (OLD, 'unit = { value = "GRASSROOTS"', 'unit = { value = "PROVINCE"', "ceilings[0].unit.value", '"PROVINCE" is none of GRASSROOTS, CELL, SIMILAR_GROUP'),
    "unit of another subject": (OLD, 'subject = "members"\nlevel = "EXCELLENT"', 'subject = "grassroots"\nlevel = "GOOD"', "ceilings[0].unit.value", '"GRASSROOTS" is none of SUPERIOR, SIMILAR_GROUP'),
    "unknown rounding": (OLD, '"FLOOR"', '"DOWN"', "ceilings[0].rounding.value", '"DOWN" is none of FLOOR, HALF_UP, CEILING'),
    "note about nothing": (OLD, 'about = "ceilings"', 'about = "weather"', "notes[0].about", '"weather" is none of organisations, members, reasons, statuses, ceilings, criteria, procedure'),
    # criteria
    "points without their scale": (MIDDLE, 'scale = "DEGREES"', 'scale = "DEGREES"\npoints = 100', "criteria.points", "do not fit the scale DEGREES"),
    "degrees missing": (OLD, 'scale = "NONE"', 'scale = "DEGREES"', "criteria.degrees", "do not fit the scale DEGREES"),
    "degree twice": (MIDDLE, 'code = "POOR"', 'code = "GOOD"', "criteria.degrees[3].code", '"GOOD" stands there twice'),
    "criterion with points": (OLD, "is_result = true", "is_result = true\npoints = 5", "criteria.tree[0].points", "do not fit the scale NONE"),
    "criterion twice": (OLD, 'code = "IDEOLOGY"', 'code = "POLITICAL_TASK"', "criteria.tree[1].code", '"POLITICAL_TASK" stands there twice'),
    "criterion below none": (NEW, 'parent = "COMMON"', 'parent = "COMMONS"', "criteria.tree[1].parent", '"COMMONS" is no criterion above it'),
    "criterion beyond its branch": (MIDDLE, 'parent = "BUILDING"\n', 'parent = "RESULTS"\n', "criteria.tree[7].applies_to", "goes beyond its branch RESULTS"),
    "points do not sum": (NEW, "points = 18", "points = 17", "criteria.tree", "gives CADRE 29 points below COMMON, not 30"),
    "points do not sum at the top": (NEW, "points = 70", "points = 60", "criteria.tree", "gives MEMBER 90 points below the top, not 100"),
    "points of an unknown kind": (NEW, 'applies_to = ["CADRE"]', 'applies_to = ["LEADER"]', "criteria.tree[1].applies_to[0]", f'"LEADER" is none of {KINDS}'),
    "thresholds not ordered by points": (NEW, "points_from = 70", "points_from = 90", "criteria.thresholds[1].points_from", "is not less than for EXCELLENT"),
    "thresholds not ordered by level": (NEW, 'level = "SATISFACTORY"\napplies', 'level = "GOOD"\napplies', "criteria.thresholds[2].level", "stands below GOOD, is not worse"),
    "thresholds not ordered by degree": (MIDDLE, 'result_degree = "GOOD"\nother_degree = "AVERAGE"', 'result_degree = "GOOD"\nother_degree = "EXCELLENT"', "criteria.thresholds[1].other_degree", "asks for more than EXCELLENT"),
    "threshold of a level of others": (NEW, 'level = "NOT_COMPLETED"\napplies', 'level = "WEAK"\napplies', "criteria.thresholds[3].level", '"WEAK" is no level of MEMBER'),
    "threshold of an unknown degree": (MIDDLE, 'result_degree = "GOOD"', 'result_degree = "FAIR"', "criteria.thresholds[1].result_degree", '"FAIR" is none of EXCELLENT, GOOD, AVERAGE, POOR'),
    "threshold with points": (MIDDLE, 'result_degree = "GOOD"', 'points_from = 70', "criteria.thresholds[1].points_from", "does not fit the scale DEGREES"),
    "trigger twice": (NEW, 'code = "FORBIDDEN_ACT"', 'code = "DEGRADED"', "criteria.triggers[1].code", '"DEGRADED" stands there twice'),
    # procedure
    "nobody decides": (OLD, 'step = "DECIDES"', 'step = "VERIFIES"', "procedure.authorities", "do not DECIDE once on members, cells, grassroots"),
    "decided nowhere": (OLD, 'step = "DECIDES"\nunit = "GRASSROOTS"', 'step = "DECIDES"\nunit = "OFFICE"', "procedure.authorities[2].unit", '"OFFICE" is none of CELL, GRASSROOTS, SUPERIOR'),
    "quorum no fraction": (OLD, '"2/3"', '"66%"', "procedure.ballot.quorum.value", 'is not a fraction of a whole, such as "2/3"'),
    "quorum above all": (OLD, '"2/3"', '"4/3"', "procedure.ballot.quorum.value", 'is not a fraction of a whole, such as "2/3"'),
    "rounds not whole": (OLD, "rounds = { value = 1,", "rounds = { value = 1.5,", "procedure.ballot.rounds.value", NO_COUNT),
    "kept no time": (OLD, "value = 3,", "value = 0,", "procedure.kept_years.value", NO_COUNT),
    "days without number": (NEW, "request_days = { value = 30", "request_days = { value = 1000000000", "procedure.request_days.value", NO_COUNT),
    "more points than there are": (NEW, "points_from = 90", "points_from = 900", "criteria.thresholds[0].points_from", "is more than all points together"),
    "case twice": (NEW, 'code = "MATERNITY_LEAVE"', 'code = "SICK_LEAVE"', "procedure.special_cases[3].code", '"SICK_LEAVE" stands there twice'),
    "order twice": (NEW, 'code = "LOWER_BEFORE_HIGHER"', 'code = "STATE_BEFORE_PARTY"', "procedure.order[1].code", '"STATE_BEFORE_PARTY" stands there twice'),
    "form twice": (NEW, '"Mẫu 2B-HD', '"Mẫu 2A-HD', "procedure.forms[2].code", '"Mẫu 2A-HD KĐ.ĐG 2025" stands there twice'),
    "form of nobody": (NEW, 'applies_to = ["MEMBER"]\nsource = "hd43"', 'source = "hd43"', "procedure.forms[1].applies_to", MISSING),
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text", "becomes", "key", "why"), BAD_FILES.values(), ids=BAD_FILES
)
def test_a_bad_file_is_refused_with_key_and_reason(
    tmp_path, code, text, becomes, key, why
):
    path = tmp_path / f"{code}.toml"
    shipped = (FOLDER / path.name).read_text(encoding="utf-8")
    assert text in shipped
    path.write_text(shipped.replace(text, becomes, 1), encoding="utf-8")

    with pytest.raises(BadRuleSet) as refusal:
        load_file(path)

    found = refusal.value
    assert (found.file, found.key, found.why) == (path.name, key, why)
    assert str(found) == f"{path.name}: {key}: {why}"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"code = ", "is not TOML: Invalid value (at end of document)"),
        (b"\xff", "is not UTF-8"),
    ],
)
def test_a_file_that_is_no_toml_is_refused(tmp_path, content, why):
    path = tmp_path / "broken.toml"
    path.write_bytes(content)

    with pytest.raises(BadRuleSet) as refusal:
        load_file(path)

    assert (refusal.value.key, refusal.value.why) == ("(file)", why)


def test_stored_data_that_went_bad_are_refused_alike():
    resolved = resolve(NEW)
    del resolved["label"]["en"]

    with pytest.raises(BadRuleSet, match=r"^resolved: label\.en: is missing$"):
        from_resolved(resolved)


def tables(value: object) -> list[dict]:
    """Every table within resolved data, itself included."""
    if isinstance(value, list):
        return [table for one in value for table in tables(one)]
    if not isinstance(value, dict):
        return []
    return [value] + [table for one in value.values() for table in tables(one)]


@given(code=st.sampled_from([OLD, MIDDLE, NEW]), data=st.data())
def test_a_misspelt_key_is_refused_wherever_it_stands(code, data):
    resolved = resolve(code)
    table = data.draw(st.sampled_from(tables(resolved)))
    name = data.draw(st.sampled_from(sorted(table)))
    table[f"{name}x"] = table.pop(name)

    with pytest.raises(BadRuleSet):
        from_resolved(resolved)
