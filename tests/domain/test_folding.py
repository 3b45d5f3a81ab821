"""What search compares."""

import pytest

from inspect_app.domain.folding import clean, fold, numeral, search_words


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("الأطفال", "الاطفال"),
        ("إفران", "افران"),
        ("آسفي", "اسفي"),
        ("مستشفى", "مستشفي"),
        ("الحوز‌", "الحوز"),
        ("دار الطالبة", "دار الطالبه"),
        ("مـــؤسسة", "موسسه"),
        ("مُؤَسَّسَة", "موسسه"),
        ("Fès-Meknès", "fes meknes"),
        ("L’Œuvre", "l oeuvre"),
        ("٠٤.٤٢١", "04.421"),
        ("۰۴.۴۲۱", "04.421"),
    ],
)
def test_two_spellings_of_one_name_fold_to_the_same_text(typed: str, stored: str) -> None:
    assert fold(typed) == fold(stored) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("الإعاقة", "مركز الأشخاص في وضعية إعاقة"),
        ("والرباط", "دار الأطفال الرباط"),
        ("للنساء", "فضاء النساء"),
        ("enfants", "Maison d'enfant"),
        ("الماء", "ماء"),
    ],
)
def test_the_article_and_the_plural_do_not_hide_a_name(typed: str, stored: str) -> None:
    assert all(word in fold(stored) for word in search_words(typed))


@pytest.mark.parametrize("name", ["الو", "لالة", "Fès", "04.421-D001", "Ouled"])
def test_short_names_and_codes_are_looked_for_as_they_are(name: str) -> None:
    assert search_words(name) == fold(name).split()


def test_control_characters_and_double_spaces_never_reach_the_registry() -> None:
    assert clean("  Dar\x00 al\u0007  Amal\n") == "Dar al Amal"


def test_nobody_turns_the_writing_round_inside_a_name() -> None:
    assert clean("Dar \u202elamA\u202c \u2067x\u2069") == "Dar lamA x"
    assert clean("Dar\u200e \u200fالأمل") == "Dar\u200e \u200fالأمل"


def test_numbers_are_understood_as_moroccans_type_them() -> None:
    assert numeral("١٢٫٥") == "12.5"
    assert numeral("1 200,50") == "1200.50"
    assert numeral("−۳") == "-3"
