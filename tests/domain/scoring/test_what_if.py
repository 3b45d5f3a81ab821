"""What if? Brahim supposes other levels, and sees what the same engine would say."""

from decimal import Decimal

from inspect_app.adapters.rule_files import load_rules
from inspect_app.domain.checklists import Facts
from inspect_app.domain.scoring import AnswerInput, score
from inspect_app.domain.scoring.what_if import Stand, what_if
from tests.factories.scoring import checklist, criterion

ASKED = checklist(
    GOV=[criterion("GOV-01", criterion_class="critical"), criterion("GOV-02")],
    PRO=[criterion("PRO-01"), criterion("PRO-02"), criterion("PRO-03")],
)
HOME = Facts("children")


def _stand(**levels: int | None) -> Stand:
    answers = {code.replace("_", "-"): AnswerInput(n, not_applicable=n is None) for code, n in levels.items()}
    return Stand(ASKED, load_rules(), answers, HOME)


FOUND = _stand(GOV_01=0, GOV_02=2, PRO_01=2, PRO_02=1, PRO_03=None)


def test_the_two_results_stand_side_by_side_and_the_first_is_the_visit_s_own() -> None:
    tried = what_if(FOUND, {"GOV-01": 3, "PRO-02": 2})
    assert tried.before == score(ASKED, load_rules(), FOUND.answers, HOME)
    assert (tried.before.level, tried.before.score) == ("provisional", Decimal("43.33"))
    assert (tried.after.level, tried.after.score) == ("accredited", Decimal("73.33"))
    assert tried.gain == Decimal("30.00")
    assert tried.changes == {"GOV-01": (0, 3), "PRO-02": (1, 2)}


def test_it_says_which_limits_would_be_lifted_and_which_domains_would_move() -> None:
    tried = what_if(FOUND, {"GOV-01": 3})
    lifted = {gate.code for gate in tried.lifted}
    assert {"critical-not-met", "critical-begun", "critical-not-full"} <= lifted
    assert "protection-medium" not in lifted  # PRO stays at 50%
    assert [(d.code, d.gain) for d in tried.domains] == [("GOV", Decimal("50.00"))]
    best = what_if(FOUND, {"GOV-01": 3, "GOV-02": 3, "PRO-01": 3, "PRO-02": 0})
    assert [gate.code for gate in best.left] == ["protection-medium"]  # 80% would give «accredited»


def test_a_level_that_falls_may_be_supposed_too() -> None:
    tried = what_if(FOUND, {"PRO-01": 0})
    assert tried.gain is not None
    assert tried.gain < 0
    assert tried.lifted == ()


def test_what_does_not_apply_was_not_asked_or_is_no_level_changes_nothing() -> None:
    tried = what_if(FOUND, {"PRO-03": 3, "ZZZ-01": 3, "GOV-01": 7, "GOV-02": 2})
    assert tried.changes == {}
    assert tried.after == tried.before


def test_what_is_fully_met_or_does_not_apply_cannot_be_mended() -> None:
    assert FOUND.mendable == ("GOV-01", "GOV-02", "PRO-01", "PRO-02")
    assert _stand(GOV_01=3, PRO_03=None).mendable == ()
