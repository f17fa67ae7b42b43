import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members import names
from members.names import (
    SORT_KEY_LENGTH,
    UnfitText,
    clean_text,
    confusable_key,
    fold,
    search_words,
    sort_key,
)

# The alphabet as a school book prints it: each letter with its six tones in order.
VOWELS = [
    "aàảãáạ",
    "ăằẳẵắặ",
    "âầẩẫấậ",
    "eèẻẽéẹ",
    "êềểễếệ",
    "iìỉĩíị",
    "oòỏõóọ",
    "ôồổỗốộ",
    "ơờởỡớợ",
    "uùủũúụ",
    "ưừửữứự",
    "yỳỷỹýỵ",
]
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# What is printed → (place of the letter in the alphabet, place of the tone).
PLACES = {letter: (ALPHABET.index(letter), 0) for letter in ALPHABET} | {
    letter: (ALPHABET.index(row[0]), tone)
    for row in VOWELS
    for tone, letter in enumerate(row)
}
WORDS = st.text(st.sampled_from(sorted(PLACES)), min_size=1, max_size=4)
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def slow_order(name):
    """The definition, without bytes: given name, family name, middle names."""
    words = name.split()
    in_order = [words[-1], *words[:-1]]
    return [
        (
            [PLACES[letter][0] for letter in word],
            [PLACES[letter][1] for letter in word if PLACES[letter][1]],
        )
        for word in in_order
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("  Nguyễn \t Văn\u00a0An\r\n", "Nguyễn Văn An"),
        (unicodedata.normalize("NFD", "Đỗ Thị Ước"), "Đỗ Thị Ước"),
        ("\u00ea\u0301", "ế"),  # as the old Windows keyboard sends it
        ("H'Hen Niê", "H'Hen Niê"),
        ("Y Bhiŏ ê\u0306", "Y Bhiŏ ê\u0306"),
        ("a\u2028b", "a b"),
        ("", ""),
    ],
)
def test_clean_text_composes_and_keeps_single_blanks(typed, kept):
    assert clean_text(typed) == kept


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\x00", "U+0000"),
        ("\x0b", "U+000B"),
        ("\x1f", "U+001F"),
        ("\x85", "U+0085"),
        ("\u200b", "ZERO WIDTH SPACE"),
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "LEFT-TO-RIGHT ISOLATE"),
        ("\ufeff", "ZERO WIDTH NO-BREAK SPACE"),
        ("\u00ad", "SOFT HYPHEN"),
        ("\ud800", "U+D800"),
        ("\ue000", "U+E000"),
        ("\uffff", "U+FFFF"),
        ("\u034f", "COMBINING GRAPHEME JOINER"),
        ("\u3164", "HANGUL FILLER"),
        ("\ufe0f", "VARIATION SELECTOR-16"),
    ],
)
def test_unseen_characters_are_refused_by_name(character, name):
    with pytest.raises(UnfitText) as refusal:
        clean_text(f"An {character}Bình")
    assert (refusal.value.character, refusal.value.name) == (character, name)


@given(st.text())
def test_cleaned_text_is_composed_and_cleaning_it_again_changes_nothing(text):
    try:
        cleaned = clean_text(text)
    except UnfitText:
        return
    assert clean_text(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Văn An", "nguyen van an"),
        (unicodedata.normalize("NFD", "Đặng Ước"), "dang uoc"),
        ("ĐẢNG UỶ", "dang uy"),
        ("Đảng ủy", "dang uy"),
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("Ðỗ Ɖỗ Đỗ đỗ", "do do do do"),
        ("Y Bhiŏ Ƀ", "y bhio b"),
        ("  Loại\u00a0 hình TCCSĐ ", "loai hinh tccsd"),
        ("≥ 50 %", "≥ 50 %"),
        ("", ""),
    ],
)
def test_fold_keeps_what_two_spellings_have_in_common(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_again_changes_nothing_and_composition_does_not_count(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Nguyễn Văn An", ("nguyen", "van", "an")),
        ("Đỗ Đỗ", ("do",)),
        ("H'Hen Niê", ("hhen", "hen", "nie")),
        ("H’Hen Niê", ("hhen", "hen", "nie")),
        ("Y-Bhiŏ-Niê", ("ybhionie", "bhio", "nie")),
        ("An (Tư) .", ("an", "tu")),
        ("", ()),
    ],
)
def test_search_words_are_folded_and_distinct(name, words):
    assert search_words(name) == words


@pytest.mark.parametrize(
    "typed", ["hhen", "h hen", "hen", "H'Hen", "niê h", "h’hen nie"]
)
def test_a_name_with_an_apostrophe_is_found_however_it_is_typed(typed):
    stored = search_words("H'Hen Niê")

    assert all(
        any(word.startswith(begun) for word in stored) for begun in search_words(typed)
    )


def test_sort_key_orders_as_a_vietnamese_list_does():
    ordered = [
        "An",
        "Nguyễn Văn An",
        "Nguyễn Văn Anh An",
        "Nguyễn Vân An",
        "Trần An",
        "Àn",
        "Ản",
        "Ãn",
        "Án",
        "Lê Ạn",
        "Anh",
        "Ăn",
        "Ân",
        "Ba",
        "Dũng",
        "Đức",
        "Em",
        "Êm",
        "Hỏa",
        "Hoá",
        "On",
        "Ôn",
        "Ơn",
        "Un",
        "Ưn",
        "Zu",
    ]

    keys = [sort_key(name) for name in ordered]
    assert keys == sorted(set(keys))


@given(NAMES, NAMES)
def test_sort_key_orders_as_the_alphabet_and_the_tones_do(one, other):
    keys = [sort_key(one).encode("ascii"), sort_key(other).encode("ascii")]
    places = [slow_order(one), slow_order(other)]

    assert (keys[0] < keys[1], keys[0] == keys[1]) == (
        places[0] < places[1],
        places[0] == places[1],
    )


@given(NAMES)
def test_sort_key_knows_neither_case_nor_composition(name):
    decomposed = unicodedata.normalize("NFD", name.upper())

    assert sort_key(decomposed) == sort_key(name)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Nguyễn Văn An", "an nguye{n!3 va{n"),
        ("Hoà", "hoa!1"),
        ("Hòa", "hoa!1"),
        ("H'Hen Niê", "nie{ hhen"),
        ("Y Bhiŏ", "bhio!6 y"),
        ("Č ê\u0306 ƀ", "b!8 c!7 e{!6"),
        ("Ðức", "d{u{c!4"),
        ("An 2", "2 an"),
        ("Zoë .", "zoe!9"),
        ("李", "z{00674e"),
        ("\u0301 .", ""),
        ("", ""),
    ],
)
def test_sort_key_of_unusual_names(name, key):
    assert sort_key(name) == key


@given(st.text())
def test_sort_key_is_short_and_ascii_whatever_is_typed(text):
    key = sort_key(text)

    assert key.isascii()
    assert len(key) <= SORT_KEY_LENGTH


def test_sort_key_is_cut_for_names_that_nobody_has():
    assert sort_key("ắ" * 200) == "a{" * 127 + "a"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đỗ Văn An", "Ðỗ Văn An"),
        ("Đỗ Văn An", "Ɖỗ văn ÁN"),
        ("Hoà", "Hòa"),
        ("Nguyễn Văn An", "Nguyễn Văn \u0410n"),  # Cyrillic А
        ("NGUYEN", "\u039dGUY\u0395N"),  # Greek Ν, Ε
        ("HOA", "\u041d\u041e\u0410"),
        ("Bình", "\uff22\uff49\uff4eh"),  # full width
        ("H'Hen", "H’Hen"),
    ],
)
def test_names_that_the_eye_could_confuse_share_a_key(one, other):
    assert confusable_key(one) == confusable_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Đỗ", "Do"), ("Ân", "An"), ("Tư", "Tu"), ("Lan", "Lam")]
)
def test_letters_of_the_alphabet_are_not_confused(one, other):
    assert confusable_key(one) != confusable_key(other)


@pytest.mark.parametrize(
    "name",
    [
        "Y Bhiŏ",
        "H'Hen Niê",
        "H’Hen Niê",
        "Nguyễn Văn An",
        "Tr. Thị Bê-Ly",
        "王",
        "Ksor H́Bia",
    ],
)
def test_names_of_people_are_kept(name):
    assert names.clean_name(f" {name}  ") == unicodedata.normalize("NFC", name)


@pytest.mark.parametrize(
    ("name", "character"),
    [
        ("😀", "😀"),
        ("\u0301", "\u0301"),
        ("Lê \u0301An", "\u0301"),
        ("Ho<script>", "<"),
        ("Nguyễn 123 !!!", "1"),
        ("Nguyễn An!", "!"),
        ("...", "."),
        ("An_Bình", "_"),
    ],
)
def test_what_belongs_into_no_name_is_refused(name, character):
    with pytest.raises(names.UnfitName) as refused:
        names.clean_name(name)

    assert refused.value.character == character


def test_a_word_that_is_too_long_for_its_index_is_cut_in_both():
    long = "Ngô" * 40

    (word,) = names.search_words(long)

    assert word == ("ngo" * 40)[: names.SEARCH_WORD_LENGTH]
    assert names.search_words(f"{long}X") == (word,)
