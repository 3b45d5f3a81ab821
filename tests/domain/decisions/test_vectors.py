"""The rules of decisions against the cases that a lawyer can read (``tests/vectors/decisions.yaml``)."""

from datetime import date, timedelta
from typing import Any

import pytest
import yaml

from inspect_app.adapters.decision_files import load_decision_policy
from inspect_app.adapters.rule_files import load_rules
from inspect_app.config import ROOT
from inspect_app.domain.decisions import Grounds, Matter, Member, PlanFacts, appeals, completeness, people, propose
from inspect_app.domain.decisions.outcomes import Outcome, may_follow, standing_after
from inspect_app.domain.decisions.proposal import check_departure
from inspect_app.domain.errors import DomainError

CASES = yaml.safe_load((ROOT / "tests" / "vectors" / "decisions.yaml").read_text(encoding="utf-8"))
POLICY = load_decision_policy()


def cases(family: str) -> Any:
    return pytest.mark.parametrize("given", CASES[family], ids=[c["case"] for c in CASES[family]])


def card(given: dict[str, Any]) -> dict[str, Any]:
    gates = [
        {
            "code": code,
            "caps_at": given["level"],
            "criteria": [],
            "binding": True,
            "explanation": {"ar": "-", "fr": "-"},
        }
        for code in given.get("gates", ())
    ]
    findings = [
        {"criterion": code, "level": 0, "class": "standard", "severity": severity}
        for code, severity in given.get("findings", {}).items()
    ]
    return {"level": given["level"], "score": "71.43", "gates": gates, "findings": findings}


def refused(deed: Any) -> str | None:
    try:
        deed()
    except DomainError as error:
        return error.code
    return None


@cases("may_follow")
def test_what_may_follow_what(given: dict[str, Any]) -> None:
    assert {str(o) for o in Outcome} == {*given["may"], *given["may_not"]}, "every outcome is said"
    assert {str(o) for o in Outcome if may_follow(given["before"], o)} == set(given["may"])


@cases("standing_after")
def test_where_an_institution_stands_after_a_decision(given: dict[str, Any]) -> None:
    def found() -> str:
        return str(standing_after(given["outcome"], given["before"], given["level"]))

    if "refused" in given:
        assert refused(found) == given["refused"]
    else:
        assert found() == given["after"]


@cases("proposals")
def test_what_the_rules_propose_and_why(given: dict[str, Any]) -> None:
    plan = PlanFacts(3, 1, given["overdue_critical"]) if "overdue_critical" in given else None
    grounds = Grounds(
        card(given), "V-2026-00001", given.get("recurrent_critical", 0), tuple(given.get("past", ())), plan
    )
    found = propose(grounds, POLICY)
    assert (found.outcome, found.validity_months) == (given["proposes"], given["months"])
    assert [reason.code for reason in found.reasons if reason.binds] == given["because"]
    if "mentioned" in given:
        assert [reason.code for reason in found.reasons] == given["mentioned"]
    for reason in found.reasons:
        assert all((reason.text.ar, reason.text.fr)), "said in Arabic and French"
        assert "{" not in reason.text.ar + reason.text.fr + reason.text.en
        assert reason.source is None, "nothing is called law before its text was read"


@cases("conditions")
def test_findings_become_conditions(given: dict[str, Any]) -> None:
    found = propose(Grounds(card(given), "V-2026-00001"), POLICY)
    assert {c.criterion: c.days for c in found.conditions} == given["asks"]
    assert [c.criterion for c in found.conditions] == list(given["asks"]), "the gravest first"


@cases("validity")
def test_how_long_a_decision_holds(given: dict[str, Any]) -> None:
    assert POLICY.valid_until(given["outcome"], given["day"]) == given["until"]
    assert POLICY.visit_by(given["outcome"], given["day"]) == given["visit_by"]


@cases("committees")
def test_whether_a_deliberation_counts(given: dict[str, Any]) -> None:
    said = [{"body": m} if isinstance(m, str) else m for m in given["members"]]
    members = [
        Member(n, m["body"], m.get("present", True), m.get("conflict", "none"), m.get("vote"))
        for n, m in enumerate(said)
    ]
    sides = {n: m["side"] for n, m in enumerate(said) if "side" in m}

    def deliberate() -> None:
        people.check_committee(members, chair=0, manner=given["manner"], sides=sides, policy=POLICY)

    assert refused(deliberate) == given.get("refused")


@cases("signatories")
def test_who_may_sign(given: dict[str, Any]) -> None:
    assert refused(lambda: people.check_signatory(given["side"], given["conflict"])) == given.get("refused")


@cases("departures")
def test_a_departure_needs_a_written_reason(given: dict[str, Any]) -> None:
    def depart() -> frozenset[str]:
        return check_departure(
            given["outcome"], given["reason"], computed=given["computed"], committee=given["committee"]
        )

    if "refused" in given:
        assert refused(depart) == given["refused"]
    else:
        assert depart() == set(given["from"])


@cases("dossiers")
def test_whether_a_dossier_is_complete(given: dict[str, Any]) -> None:
    today = date(2026, 11, 24)
    held = completeness.Held(
        Matter.ACCREDITATION,
        final_report=given["final"],
        card_complete=given["card"],
        unanswered_observations=given["unanswered"],
        visited_on=today - timedelta(days=given["visited"]),
    )
    assert list(completeness.missing(held, POLICY, today)) == given["missing"]
    assert (refused(lambda: completeness.check_complete(held, POLICY, today)) is None) == (not given["missing"])


@cases("appeals")
def test_until_when_a_director_may_appeal(given: dict[str, Any]) -> None:
    def lodge() -> None:
        appeals.check_lodging(date(2026, 3, 1), given["day"], POLICY, frozenset(), lodged=given.get("lodged", False))

    assert refused(lodge) == given.get("refused")


@cases("replacements")
def test_what_takes_the_place_of_a_decision_whose_appeal_is_upheld(given: dict[str, Any]) -> None:
    assert [str(o) for o in appeals.replacements(given["contested"])] == given["may"]


def test_the_months_of_decisions_are_those_that_the_scoring_rules_announce() -> None:
    announced = {level["code"]: level["validity_months"] for level in load_rules().data["levels"]}
    assert dict(POLICY.validity_months) == announced
