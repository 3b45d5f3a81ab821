"""Every published case again, figure by figure: inputs, arithmetic, what binds, and the sentences, as they stand on file.

``tests/vectors/explanations.jsonl`` has one case a line. After a change that is meant, write it again and read what differs:
``python -m tests.domain.scoring.program.test_explanations``.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from inspect_app.adapters.rule_books import load_cases, load_rule_books
from inspect_app.config import ROOT
from inspect_app.domain.scoring.program import Case, RuleBook, given_by, rule_book

VECTORS = ROOT / "tests" / "vectors"
FILE = VECTORS / "explanations.jsonl"
CASES = load_cases(VECTORS / "regulators.json")


def _explained(book: RuleBook) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each case of the programs of a book, worked through by it whatever vintage the case names."""
    for program in book.programs:
        for case in CASES:
            if program.vectors and case.framework == program.vectors.framework:
                yield f"{book.code}@{book.version}/{case.id}", program.work(_inputs(case, program)).as_data()


def _inputs(case: Case, program: Any) -> Mapping[str, Any]:
    _, given = given_by(case.given, program)
    return given


@pytest.mark.parametrize("published", load_rule_books(), ids=lambda book: f"{book.code}@{book.version}")
def test_a_jurist_reads_the_same_explanation_as_yesterday(published: RuleBook) -> None:
    book = rule_book(published.data)  # read anew, not as kept since the start
    want = dict(json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines())
    mine = {key: data for key, data in want.items() if key.startswith(f"{book.code}@{book.version}/")}
    got = dict(_explained(book))
    assert got.keys() == mine.keys()
    for key, data in got.items():
        assert json.loads(json.dumps(data)) == mine[key], key


def _write() -> None:
    lines = [json.dumps(row, ensure_ascii=False) for book in load_rule_books() for row in _explained(book)]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
