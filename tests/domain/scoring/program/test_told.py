"""Rules in words: what a jurist, a director or a citizen reads of every rule-set, sentence by sentence, as it stands on file.

``tests/vectors/told.jsonl`` has one node a line. After a change that is meant: ``python -m tests.domain.scoring.program.test_told``.
"""

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from inspect_app.adapters.rule_books import load_rule_books
from inspect_app.adapters.rule_files import load_rules
from inspect_app.config import ROOT
from inspect_app.domain.scoring.program import Program, Scale, rule_book
from inspect_app.domain.scoring.program.checklist_form import program_of
from inspect_app.domain.scoring.program.conditions import (
    Bound,
    Every,
    Fact,
    Greater,
    Share,
    Some,
    Subset,
    Together,
    Value,
)
from inspect_app.domain.scoring.program.inputs import Input
from inspect_app.domain.scoring.program.judged import Bands, Cells, Limit, Limits, Lookup, Minimum, Moves
from inspect_app.domain.scoring.program.reckoned import Agreement, Mean, Rounding, Step
from inspect_app.domain.scoring.program.told import Teller, scales_of, titles_of
from inspect_app.domain.texts import Text

FILE = ROOT / "tests" / "vectors" / "told.jsonl"


def _programs() -> Iterator[tuple[str, Program]]:
    yield "default", program_of(load_rules())
    for published in load_rule_books():
        book = rule_book(published.data)
        for program in book.programs:
            yield f"{book.code}@{book.version}/{program.code}", program


def _told() -> Iterator[tuple[str, list[dict[str, str]]]]:
    for name, program in _programs():
        teller = Teller(program)
        for node in program.nodes:
            yield f"{name}/{node.code}", [text.as_dict() for text in teller.node(node)]


def test_a_citizen_reads_the_same_rules_as_yesterday() -> None:
    want = dict(json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines())
    got = dict(_told())
    assert got.keys() == want.keys()
    for key, rows in got.items():
        assert rows == want[key], key


def _text(word: str) -> Text:
    return Text(f"{word}-ar", f"{word}-fr", word)


MARKS = Scale("marks", (1, 2), {"1": _text("poor"), "2": _text("good")})
A, B, C = (
    Input("a", _text("food"), "grade", many=True, scale=MARKS),
    Input("b", _text("beds"), "number"),
    Input("c", _text("care"), "flag"),
)
TELLER = Teller(
    Program("p", _text("p"), (A, B, C), (Bands("n", _text("level"), "b", MARKS, (None, Fraction(50))),), ("n",)),
    {"core": _text("core ones")},
)


def _en(condition: Any) -> str:
    return TELLER.condition(condition).en


def test_titles_and_scales_are_those_of_inputs_and_results() -> None:
    program = Program(
        "p",
        _text("p"),
        (A, B),
        (Bands("n", _text("level"), "b", MARKS, (None, Fraction(50))), Minimum("m", _text("least"), ("a",))),
        ("n",),
    )
    assert titles_of(program) == {"a": _text("food"), "b": _text("beds"), "n": _text("level"), "m": _text("least")}
    assert scales_of(program) == {"a": MARKS, "n": MARKS}


def test_a_bound_on_a_scale_is_told_by_the_name_of_its_step_and_a_number_as_it_is() -> None:
    assert TELLER.bound("a", "at_least", 2) == Text("على الأقل «good-ar»", "au moins « good-fr »", "at least “good”")
    assert TELLER.bound("b", "below", 40) == Text("أدنى من 40", "au-dessous de 40", "below 40")
    assert TELLER.title("c") == Text("«care-ar»", "« care-fr »", "“care”")
    assert TELLER.title("unknown").en == "“unknown”"


def test_some_of_the_atoms_are_named_by_key_or_by_attribute() -> None:
    assert TELLER.subset(Subset(("a", "b"))) == Text(
        "«food-ar» و«beds-ar»", "« food-fr » et « beds-fr »", "“food” and “beds”"
    )
    assert TELLER.subset(Subset(("a",), frozenset({"2", "1"}))).en == "“food” (1, 2)"
    assert TELLER.subset(Subset(("a",), None, {"class": "core"})) == Text(
        "«food-ar» (core ones-ar)", "« food-fr » (core ones-fr)", "“food” (core ones)"
    )


def test_each_kind_of_condition_is_told() -> None:
    low = Bound("at_most", 1)
    assert _en(Fact("c")) == "“care”"
    assert _en(Every(Subset(("a",)), low)) == "all of “food”: at most “poor”"
    assert _en(Some(Subset(("a",)), low, 3)) == "at least 3 of “food”: at most “poor”"
    assert _en(Share(Subset(("a",)), low, Fraction(165, 2))) == "at least 82.5% of “food”: at most “poor”"
    assert _en(Together((Fact("c"), Fact("d")), all)) == "“care”; and “d”"
    assert _en(Together((Fact("c"), Fact("d")), any)) == "“care”; or “d”"
    assert TELLER.condition(Together((Fact("c"), Fact("d")), any)) == Text(
        "«care-ar»، أو «d»", "« care-fr » ; ou « d »", "“care”; or “d”"
    )
    assert TELLER.condition(Together((Fact("c"), Fact("d")), all)) == Text(
        "«care-ar»، و«d»", "« care-fr » ; et « d »", "“care”; and “d”"
    )
    assert "“beds”" in _en(Greater("b", "n"))
    assert "“level”" in _en(Greater("b", "n"))
    assert _en(Value("b", Bound("above", 3))).endswith("above 3")


def test_what_a_node_does_is_told_line_by_line() -> None:
    mean = Mean("m", _text("m"), ("a", "b"), Rounding(1, "down", "how"), {"a": Fraction(1, 2)}, None, Fraction(4))
    assert [t.en for t in TELLER.node(mean)] == [
        "mean of “food” and “beds”",
        "in percent of 4",
        "“food”: weight 0.5",
        "decimals: 1 (rounding: “how”)",
    ]
    plain = Mean("m", _text("m"), ("a",), Rounding(0, "half-up"), {})
    assert [t.fr for t in TELLER.node(plain)] == [
        "moyenne de « food-fr »",
        "décimales : 0 (arrondi : la moitié vers le haut)",
    ]
    parted = Mean("m", _text("m"), ("a",), Rounding(0, "down"), {}, by="ward")
    assert [t.en for t in TELLER.node(parted)][1:] == [
        "one mean for each group",
        "decimals: 0 (rounding: towards zero)",
    ]
    assert [t.en for t in TELLER.node(Step("s", _text("s"), "b", MARKS, Rounding(0, "up")))] == ["“beds”, rounded"]
    assert [t.en for t in TELLER.node(Minimum("s", _text("s"), ("a", "b")))] == ["the lowest of “food” and “beds”"]
    assert TELLER.node(Agreement("k", _text("k"), "a", "none", Rounding(2, "up"))) == ()
    assert TELLER.node(Moves("s", _text("s"), "a", MARKS, ())) == ()


def test_a_limit_on_a_result_by_groups_says_that_one_of_them_is_enough() -> None:
    teller = Teller(program_of(load_rules()), {"FOD": _text("meals")})
    low = Bound("below", Fraction(35))
    assert teller.condition(Value("domains", low)).en == "at least one of “Domains”: below 35"
    assert teller.condition(Value("domains", low, "FOD")).en == "“Domains” (meals): below 35"


def test_limits_of_both_kinds_are_told_in_three_languages() -> None:
    caps, floors = (Limit("x", 0, Fact("c"), _text("cap")),), (Limit("y", 1, Fact("c"), _text("floor")),)
    told = TELLER.node(Limits("n", _text("n"), "a", MARKS, caps, floors))
    assert told == (
        Text("على الأكثر «poor-ar»: «care-ar»", "au plus « poor-fr » : « care-fr »", "at most “poor”: “care”"),
        Text("على الأقل «good-ar»: «care-ar»", "au moins « good-fr » : « care-fr »", "at least “good”: “care”"),
    )


def test_the_lowest_of_two_is_told_in_three_languages() -> None:
    assert TELLER.node(Minimum("s", _text("s"), ("a", "b"))) == (
        Text(
            "أدنى «food-ar» و«beds-ar»", "le plus bas de « food-fr » et « beds-fr »", "the lowest of “food” and “beds”"
        ),
    )


def test_a_table_is_told_cell_by_cell() -> None:
    cells = Cells("x", _text("x"), "a", "c", MARKS, {"1": {"true": 0}, "2": {"true": 1}})
    assert [t.en for t in TELLER.node(cells)] == ["poor × true: poor", "good × true: good"]
    lookup = Lookup("x", _text("x"), "a", {"1": None, "2": 12})
    assert [t.fr for t in TELLER.node(lookup)] == ["poor-fr : —", "good-fr : 12"]


def _write() -> None:
    FILE.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in _told()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
