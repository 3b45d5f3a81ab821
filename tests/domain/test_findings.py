"""What must be mended first, and by when."""

from datetime import date

import pytest

from inspect_app.adapters.checklist_files import load_checklist
from inspect_app.adapters.rule_files import load_policy, load_rules
from inspect_app.domain.checklists import Facts
from inspect_app.domain.findings import by_severity, findings
from inspect_app.domain.scoring import AnswerInput, score

FACTS = Facts("children", capacity=60)


def found(levels: dict[str, int], *, before: dict[str, int | None] | None = None, told_on: date | None = None):
    checklist, rules = load_checklist(category="children"), load_rules()
    answers = {c.code: AnswerInput(levels.get(c.code, 3), False) for c in checklist.applicable(FACTS)}
    card = score(checklist, rules, answers, FACTS).as_data()
    return findings(
        card,
        checklist,
        load_policy(),
        maximum=rules.maximum,
        failing_below=rules.failing_below,
        told_on=told_on,
        before=before or {},
    )


def test_critical_first_then_what_limits_the_level_then_the_heaviest_gap():
    order = found({"IMP-01": 1, "GOV-10": 0, "GOV-01": 1, "PRO-02": 0})
    assert order[0].criterion.code == "PRO-02"
    assert order[0].severity == "critical"
    rest = order[1:]
    assert [f.gap for f in rest if not f.binds] == sorted((f.gap for f in rest if not f.binds), reverse=True)


def test_all_that_fails_in_a_domain_binds_when_the_limit_stands_on_the_domain():
    checklist = load_checklist(category="children")
    low = {c.code: 1 for c in checklist.applicable(FACTS) if c.domain == "FIN" and not c.critical}
    low |= {c.code: 0 for c in checklist.applicable(FACTS) if c.domain == "FIN" and not c.critical}
    binding = {f.criterion.domain for f in found(low) if f.binds}
    assert binding == {"FIN"}


@pytest.mark.parametrize(
    ("level", "severity", "due"), [(0, "critical", date(2026, 12, 1)), (1, "major", date(2027, 1, 30))]
)
def test_the_delay_of_the_severity_counts_from_the_day_on_which_the_institution_was_told(level, severity, due):
    (finding,) = found({"PRO-02": level}, told_on=date(2026, 11, 1))
    assert finding.severity == severity
    assert finding.due_on == due


def test_there_is_no_delay_before_anybody_was_told():
    assert found({"PRO-02": 0})[0].due_on is None


@pytest.mark.parametrize(("before", "recurrent"), [(0, True), (1, True), (2, False), (None, False)])
def test_what_failed_on_the_visit_before_too_is_recurrent(before, recurrent):
    assert found({"GOV-10": 0}, before={"GOV-10": before})[0].recurrent is recurrent


def test_findings_are_counted_by_severity_the_gravest_first():
    assert by_severity(found({"IMP-01": 1, "GOV-10": 0, "PRO-02": 0})) == {"critical": 1, "major": 1, "minor": 1}
    assert by_severity(()) == {}
