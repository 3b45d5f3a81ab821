"""What holds for every rule-set, whoever wrote it: the properties of section 3 of the study of regulators.

Better answers never lower a result; limits never raise one; what does not apply changes nothing; nor does the order;
nothing that applies is no score; the same again is the same, byte for byte; no binary float anywhere.
"""

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.adapters.rule_books import load_rule_books
from inspect_app.adapters.rule_files import load_rules
from inspect_app.config import ROOT
from inspect_app.domain.scoring.program import Atom, Grade, Outcome, Program
from inspect_app.domain.scoring.program.checklist_form import program_of
from inspect_app.domain.scoring.program.inputs import Input
from inspect_app.domain.scoring.program.judged import Judgement, Limits
from inspect_app.domain.scoring.program.reckoned import Agreement
from tests.examples import examples

BOOKS = [(f"{book.code}@{book.version}/{p.code}", p) for book in load_rule_books() for p in book.programs]
DEFAULT = (load_rules().code, program_of(load_rules()))
ALL = [DEFAULT, *BOOKS]
#: Agreement between raters is not better for higher counts; every other rule-set answers to better and worse.
JUDGING = [(name, p) for name, p in ALL if not any(isinstance(n, Agreement) for n in p.nodes)]
COLLECTING = [(name, p) for name, p in ALL if any(i.many for i in p.inputs)]

every = pytest.mark.parametrize("program", [p for _, p in ALL], ids=[name for name, _ in ALL])
judging = pytest.mark.parametrize("program", [p for _, p in JUDGING], ids=[name for name, _ in JUDGING])
collecting = pytest.mark.parametrize("program", [p for _, p in COLLECTING], ids=[name for name, _ in COLLECTING])

DOMAINS = [domain.code for domain in load_checklist(category="children").domains]


@st.composite
def _criteria(draw: st.DrawFn, asked: Input) -> dict[str, Atom]:
    """Criteria of a checklist: with a class, a domain and a weight, which the default rule-set asks for."""
    assert asked.scale is not None
    atoms = {}
    codes = draw(
        st.lists(st.sampled_from(["BLD-01", "PRO-01", *(f"X-{i}" for i in range(12))]), unique=True, min_size=1)
    )
    for code in codes:
        rank = draw(st.one_of(st.none(), st.integers(0, len(asked.scale.values) - 1)))
        domain = draw(st.sampled_from(DOMAINS))
        atoms[code] = Atom(
            key=code,
            value=None if rank is None else Grade(asked.scale, rank),
            weight=draw(st.sampled_from([1, 2, 3]).map(Fraction)),
            attributes={
                "domain": domain,
                "standard": f"{domain}-S{draw(st.integers(1, 2))}",
                "class": draw(st.sampled_from(["critical", "standard", "developmental"])),
            },
        )
    return atoms


def _single(asked: Input) -> st.SearchStrategy[Any]:
    if asked.kind == "flag":
        return st.booleans()
    if asked.kind == "option":
        return st.sampled_from(asked.values)
    if asked.kind == "matrix":
        return st.integers(2, 4).flatmap(
            lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=n, max_size=n)
        )
    if asked.kind == "grade":
        assert asked.scale is not None
        return st.sampled_from(asked.scale.values)
    low, high = int(asked.minimum or 0), int(asked.maximum if asked.maximum is not None else 20)
    return st.integers(low * 100, high * 100).map(lambda n: Decimal(n) / 100)


@st.composite
def _given(draw: st.DrawFn, program: Program) -> dict[str, Any]:
    given_: dict[str, Any] = {}
    for asked in program.inputs:
        if asked.code == "criteria":
            given_[asked.code] = draw(_criteria(asked))
        elif asked.many:
            keys = [str(i) for i in range(1, draw(st.integers(1, 9)) + 1)]
            given_[asked.code] = {k: draw(st.one_of(_single(asked), _single(asked), st.none())) for k in keys}
        else:
            given_[asked.code] = draw(_single(asked))
    return given_


def _ranks(outcomes: tuple[Outcome, ...]) -> Iterator[tuple[str, Any]]:
    """Every result that has a better and a worse."""
    for outcome in outcomes:
        if isinstance(outcome.value, Grade):
            yield outcome.code, outcome.value.rank
        elif isinstance(outcome.value, Decimal):
            yield outcome.code, outcome.value
        for group in outcome.groups or ():
            if group.rounded is not None:
                yield f"{outcome.code}.{group.code}", group.rounded


def _better(asked: Input, value: Any) -> Any:
    """The next better value; the same where there is none."""
    up = 1 if asked.better == "higher" else -1
    if asked.kind == "flag":
        return asked.better == "higher"
    if isinstance(value, Atom):
        assert isinstance(value.value, Grade)
        top = min(value.value.rank + 1, len(value.value.scale.values) - 1)
        return Atom(value.key, Grade(value.value.scale, top), value.weight, value.attributes)
    if asked.kind == "grade":
        assert asked.scale is not None
        rank = min(max(asked.scale.rank(value) + up, 0), len(asked.scale.values) - 1)
        return asked.scale.values[rank]
    moved = Decimal(value) + up
    low = Decimal(0) if asked.minimum is None else Decimal(int(asked.minimum))
    return max(low, moved if asked.maximum is None else min(moved, Decimal(int(asked.maximum))))


def _scored(value: Any) -> bool:
    return value is not None and not (isinstance(value, Atom) and value.value is None)


@judging
@examples(30)
@given(data=st.data())
def test_a_better_answer_never_lowers_any_result(program: Program, data: st.DataObject) -> None:
    before = data.draw(_given(program))
    movable = [a for a in program.inputs if a.kind in ("grade", "number", "flag")]
    asked = data.draw(st.sampled_from(movable))
    after = dict(before)
    if asked.many:
        keys = [key for key, value in before[asked.code].items() if _scored(value)]
        assume(keys)
        key = data.draw(st.sampled_from(keys))
        after[asked.code] = before[asked.code] | {key: _better(asked, before[asked.code][key])}
    else:
        after[asked.code] = _better(asked, before[asked.code])
    worse, better = dict(_ranks(program.work(before).outcomes)), dict(_ranks(program.work(after).outcomes))
    assert worse.keys() == better.keys()
    for code, value in worse.items():
        assert better[code] >= value, code


@every
@examples(20)
@given(data=st.data())
def test_a_limit_never_raises_a_result(program: Program, data: st.DataObject) -> None:
    result = program.work(data.draw(_given(program)))
    values = {o.code: o.value for o in result.outcomes}
    for node in program.nodes if result.scored else ():
        after = values[node.code]
        before = values[node.of] if isinstance(node, Limits) else None
        if isinstance(before, Grade) and isinstance(after, Grade) and isinstance(node, Limits) and not node.floors:
            assert after.rank <= before.rank
        if isinstance(node, Judgement) and isinstance(after, Grade) and not node.floors:
            chosen = result.outcome(node.code).inputs[node.choice]
            assert after.rank <= node.scale.rank(chosen)


@collecting
@examples(20)
@given(data=st.data())
def test_what_does_not_apply_changes_nothing(program: Program, data: st.DataObject) -> None:
    before = data.draw(_given(program))
    asked = data.draw(st.sampled_from([a for a in program.inputs if a.many]))
    extra: Any = None
    if asked.code == "criteria":
        some = next(iter(before[asked.code].values()))
        extra = Atom("Z-9", None, some.weight, some.attributes)
    after = dict(before) | {asked.code: before[asked.code] | {"Z-9": extra}}
    one, other = program.work(before), program.work(after)
    assert one.answer == other.answer
    assert dict(_ranks(one.outcomes)) == dict(_ranks(other.outcomes))


@collecting
@examples(20)
@given(data=st.data())
def test_the_order_of_the_answers_changes_nothing(program: Program, data: st.DataObject) -> None:
    before = data.draw(_given(program))
    after = {
        code: dict(data.draw(st.permutations(list(value.items())))) if isinstance(value, dict) else value
        for code, value in before.items()
    }
    one, other = program.work(before), program.work(after)
    assert one.answer == other.answer
    assert dict(_ranks(one.outcomes)) == dict(_ranks(other.outcomes))


@collecting
@examples(8)
@given(data=st.data())
def test_nothing_that_applies_is_no_score(program: Program, data: st.DataObject) -> None:
    given_ = data.draw(_given(program))
    for asked in program.inputs:
        if asked.code == "criteria":
            given_[asked.code] = {k: Atom(a.key, None, a.weight, a.attributes) for k, a in given_[asked.code].items()}
        elif asked.many:
            given_[asked.code] = dict.fromkeys(given_[asked.code])
        elif asked.kind in ("grade", "number") and not asked.optional:
            given_[asked.code] = None
    result = program.work(given_)
    assert not result.scored
    assert set(result.answer) == {None}


@every
@examples(12)
@given(data=st.data())
def test_the_same_again_is_the_same_byte_for_byte_and_without_a_float(program: Program, data: st.DataObject) -> None:
    given_ = data.draw(_given(program))
    one = program.work(given_)
    assert one.sha256 == program.work(given_).sha256
    assert not any(isinstance(value, float) for value in _leaves(one.as_data()))


@judging
@examples(12)
@given(data=st.data())
def test_every_result_names_what_fixed_it_and_says_so_in_three_languages(program: Program, data: st.DataObject) -> None:
    result = program.work(data.draw(_given(program)))
    for outcome in result.outcomes:
        assert all(outcome.explanation.as_dict().get(language) for language in ("ar", "fr", "en"))
    for code in program.answer if result.scored else ():
        outcome = result.outcome(code)
        assert outcome.value is None or outcome.binding or outcome.family == "ladder"


def _leaves(data: Any) -> Iterator[Any]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _leaves(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _leaves(value)
    else:
        yield data


def _modules() -> list[Path]:
    return sorted((ROOT / "inspect_app" / "domain").rglob("*.py"))


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(ROOT)))
def test_no_rule_reckons_with_binary_floats(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"line {node.lineno}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in ("float", "round"), f"line {node.lineno}"


FRAMEWORKS = {book.code for book in load_rule_books()} - {"agreement"} | {
    "acecqa",
    "cqc",
    "ofsted",
    "hiqa",
    "cohsasa",
    "dswd",
    "safer",
    "hague",
    "five-star",
    "five_star",
    "care inspectorate",
}


@pytest.mark.parametrize(
    "folder", ["inspect_app/domain", "inspect_app/schemas", "inspect_app/adapters", "inspect_app/frontend"]
)
def test_the_code_knows_no_framework(folder: str) -> None:
    for path in sorted((ROOT / folder).rglob("*")):
        if path.suffix not in (".py", ".ts"):
            continue
        text = path.read_text(encoding="utf-8").lower()
        words = set(re.findall(r"[a-z_-]+", text))
        found = {name for name in FRAMEWORKS if (name in words if len(name) < 5 else name in text)} - {"has"}
        assert not found, f"{path.relative_to(ROOT)} names {found}"
