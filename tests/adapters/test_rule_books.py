"""A jurist who mistypes a rule is told where; a published rule-set that changed is found."""

from pathlib import Path

import pytest

from inspect_app.adapters import rule_books
from inspect_app.adapters.yaml_files import FaultyFilesError

GOOD = (rule_books.FOLDER / "cqc-2023.yaml").read_text(encoding="utf-8")


def _faults(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "rules" / "trial.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FaultyFilesError) as refused:
        rule_books.load_rule_book(path)
    return [str(fault) for fault in refused.value.faults]


def _line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('family: "mean", of: "scores"', 'family: "mean", of: "marks"', "neither an input nor an earlier node"),
        ('of: "percentage", scale: "score"', 'of: "percentage", scale: "marks"', "no such scale"),
        ('{fact: "breach"}', '{fact: "broken"}', "no flag «broken»"),
        ('at_most: "RI"\n            when: {fact', 'at_most: "X"\n            when: {fact', "no step «X» on the scale"),
        ('from: {"2": "39"', 'from: {"7": "39"', "no step «7» on the scale"),
        ('from: {"2": "39"', 'from: {"2": 39.5', "from.2: a text is needed here, between quotes"),
        ('"3": "63", "4": "88"', '"4": "88"', "no threshold for the step «3»"),
        ('"3": "63", "4": "88"', '"3": "93", "4": "88"', "«4» is above «3»: its threshold must be above 93, not 88"),
        ('from: {"2": "39"', 'from: {"1": "0", "2": "39"', "«1» is the lowest step: it has no threshold"),
        (
            '"half-even", "down", "up"]',
            '"half-even", "down", "upp"]',
            "«upp» is no way of rounding; these are: half-up",
        ),
        ('default: "half-up"', 'default: "half"', "«half» is none of the values"),
        ('ceiling: "up"}', 'ceiling: "over"}', "«over» is none of the values"),
        ('mode_from: "rounding"', 'mode_from: "scores"', "no option «scores»"),
        ('title: {ar: "بيان جودة", fr:', "title: {fr:", "title.ar is missing"),
        ('fr: "Énoncé de qualité"', 'fr: ""', "title.fr: may not be empty"),
        ("values: [1, 2, 3, 4]", "values: 4", "a list is needed here"),
        ("values: [1, 2, 3, 4]", "values: [1]", "at least 2 are needed"),
        ("many: true, title", "many: several, title", "true or false is needed here"),
        ('answer: ["score"]', 'answer: ["mark"]', "no node «mark»"),
        ('family: "bands", of: "percentage", scale: "score"', 'family: "stripes"', "one of: mean, rounding"),
        ('{some: {of: "kq", at_most: "I", count: 2}}', '{some: {of: "kq", count: 2}}', "exactly one of: at_least"),
        ('{some: {of: "kq", at_most: "I", count: 2}}', '{most: {of: "kq"}}', "exactly one of: every"),
        ('code: "percentage", family', 'code: "scores", family', "stands twice"),
        ('better: "lower"', 'worse: "lower"', "inputs.worse: no such entry; known here: code, title, kind"),
        ('code: "cqc"\n', 'code: "cqc\n', "a quote or a bracket that is not closed"),
    ],
)
def test_a_fault_in_a_rule_is_told_with_its_line(tmp_path: Path, was: str, now: str, said: str) -> None:
    assert was in GOOD
    faults = _faults(tmp_path, GOOD.replace(was, now, 1))
    assert any(said in fault for fault in faults), faults
    lines = {int(fault.split(":")[1]) for fault in faults if said in fault}
    assert min(abs(line - _line(GOOD, was)) for line in lines) <= 2


def test_a_matrix_must_say_something_for_every_cell(tmp_path: Path) -> None:
    text = (rule_books.FOLDER / "safer-2017.yaml").read_text(encoding="utf-8")
    faults = _faults(tmp_path, text.replace('low: {limited: "ordinary", ', "low: {"))
    assert "nothing for the step «limited»" in faults[0]


def test_a_published_rule_set_that_changed_is_found(tmp_path: Path) -> None:
    file = tmp_path / "trial.yaml"
    file.write_text(GOOD, encoding="utf-8")
    assert rule_books.publish(tmp_path) == ["trial.yaml"]
    assert rule_books.publish(tmp_path) == []
    assert rule_books.changed_after_publication(tmp_path) == []
    file.write_text(GOOD.replace('"39"', '"40"'), encoding="utf-8")
    assert "changed after publication" in str(rule_books.changed_after_publication(tmp_path)[0])
    file.unlink()
    assert len(rule_books.changed_after_publication(tmp_path)) == 1


def test_no_published_rule_set_of_the_repository_has_changed() -> None:
    assert rule_books.changed_after_publication() == []


def test_the_house_has_the_rules_of_thirteen_kinds() -> None:
    assert len({book.code for book in rule_books.load_rule_books()}) == 13
    assert (rule_books.FOLDER / rule_books.LOCK).exists()
