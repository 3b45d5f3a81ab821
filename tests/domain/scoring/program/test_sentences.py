"""Small words inside the sentences: lists that grow long, numbers and their commas, marks that look like numbers."""

import pytest

from inspect_app.domain.scoring.program import sentences
from inspect_app.domain.texts import Text


def test_eight_names_are_written_out_and_the_rest_is_counted() -> None:
    names = [str(n) for n in range(1, 11)]
    eight = "1, 2, 3, 4, 5, 6, 7, 8"
    assert sentences.listed(names[:8]) == Text(f"رقم {eight.replace(',', '،')}", f"n° {eight}", f"no. {eight}")
    assert sentences.listed(names[:9]).en == f"no. {eight} and 1 more"
    assert sentences.listed(names) == Text(
        f"رقم {eight.replace(',', '،')} و2 غيرها", f"n° {eight} et 2 autres", f"no. {eight} and 2 more"
    )
    assert sentences.listed(names, most=9).fr.endswith("9 et 1 autres")


def test_a_place_in_a_list_does_not_read_like_a_mark_and_a_name_stays_as_it_is() -> None:
    assert sentences.listed(["4"]) == Text("رقم 4", "n° 4", "no. 4")
    assert sentences.listed(["kq.4"]).fr == "kq.4"
    assert sentences.listed(["GOV-06", "4"]).fr == "GOV-06, 4"


@pytest.mark.parametrize(
    ("value", "comma"),
    [
        ("62.5", "62,5"),
        ("-62.5", "-62,5"),
        ("0.3333…", "0,3333…"),
        ("4", "4"),
        ("art.4", "art.4"),
        ("1.2.3", "1.2.3"),
        ("5/3", "5/3"),
        ("X1.5", "X1.5"),
        ("1.5X", "1.5X"),
    ],
)
def test_only_numbers_get_the_comma_of_arabic_and_french(value: str, comma: str) -> None:
    said = sentences.rounding(before=value, value="1")
    assert said.fr == f"{comma} est arrondi à 1."
    assert said.ar.startswith(comma)
    assert said.en == f"{value} is rounded to 1."


def test_a_mean_says_of_how_many_and_of_what() -> None:
    plain = sentences.mean(value="2.5", count=1, weighted=False, exact="", percent=False)
    assert plain == Text("معدل (عدد القيم: 1) = 2,5.", "Moyenne de 1 valeur = 2,5.", "Mean of 1 value = 2.5.")
    assert sentences.mean(value="2.5", count=2, weighted=False, exact="", percent=False).en == "Mean of 2 values = 2.5."
    named = sentences.mean(
        value="59.20",
        count=11,
        weighted=True,
        exact="59.1957…",
        percent=True,
        of=Text("المجالات", "Domaines", "Domains"),
    )
    assert named == Text(
        "المجالات: معدل مرجح (عدد القيم: 11) = 59,20 % (قبل التقريب: 59,1957…).",
        "Domaines : moyenne pondérée de 11 valeurs = 59,20 % (avant arrondi : 59,1957…).",
        "Domains: weighted mean of 11 values = 59.20% (before rounding: 59.1957…).",
    )
