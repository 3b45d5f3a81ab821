"""Rules of decisions that are no table: the life of a dossier, people who were involved, the policy as a file."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from inspect_app.adapters.decision_files import FILE, load_decision_policy
from inspect_app.adapters.yaml_files import FaultyFilesError
from inspect_app.domain.decisions import DossierEvent, DossierState, Matter, Side, appeals, people
from inspect_app.domain.decisions.outcomes import clock_of, next_state
from inspect_app.domain.errors import DomainError, ForbiddenError


def test_a_dossier_goes_from_deliberation_to_proposal_to_signature() -> None:
    state = DossierState.OPEN
    for event in (DossierEvent.DELIBERATED, DossierEvent.PROPOSED, DossierEvent.SIGNED):
        state = next_state(state, event, Matter.ACCREDITATION)
    assert state is DossierState.SIGNED


def test_nobody_proposes_before_the_committee_has_deliberated_unless_there_is_danger() -> None:
    with pytest.raises(DomainError, match="deliberation-missing"):
        next_state(DossierState.OPEN, DossierEvent.PROPOSED, Matter.ACCREDITATION)
    assert next_state(DossierState.OPEN, DossierEvent.PROPOSED, Matter.URGENT_SUSPENSION) is DossierState.PROPOSED


@pytest.mark.parametrize("event", list(DossierEvent))
def test_nothing_happens_to_a_signed_dossier(event: DossierEvent) -> None:
    with pytest.raises(DomainError):
        next_state(DossierState.SIGNED, event, Matter.ACCREDITATION)


def test_what_a_signatory_returns_goes_to_the_committee_again() -> None:
    assert next_state(DossierState.PROPOSED, DossierEvent.RETURNED, Matter.ACCREDITATION) is DossierState.OPEN


def test_danger_has_a_clock_of_its_own() -> None:
    assert clock_of("proposed", Matter.ACCREDITATION) == "signature"
    assert clock_of("proposed", Matter.URGENT_SUSPENSION) == "urgent-signature"
    assert clock_of("signed", Matter.ACCREDITATION) is None


@pytest.mark.parametrize("side", [s for s in Side if s is not Side.PROPOSE])
def test_nobody_stands_on_two_sides(side: Side) -> None:
    with pytest.raises(ForbiddenError):
        people.check_side(side, wanted=Side.PROPOSE)
    people.check_side(Side.PROPOSE, wanted=Side.PROPOSE)


def test_whoever_took_part_does_not_examine_the_appeal() -> None:
    appeals.check_examiner(7, {1, 2})
    with pytest.raises(DomainError, match="examiner-involved"):
        appeals.check_examiner(2, {1, 2})


def _changed(tmp_path: Path, **changes: Any) -> Path:
    folder = tmp_path / "law"
    folder.mkdir()
    data = {**yaml.safe_load(FILE.read_text(encoding="utf-8")), **changes}
    path = folder / "decisions.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path


def test_a_figure_is_not_called_law_without_its_text(tmp_path: Path) -> None:
    path = _changed(tmp_path, visit_age_days={"value": 365, "status": "law", "source": None})
    with pytest.raises(FaultyFilesError, match="law needs its source"):
        load_decision_policy(path)


def test_every_figure_of_the_policy_is_said_to_be_policy() -> None:
    def stated(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["status"]] if "status" in node else []
            return own + [s for inner in node.values() for s in stated(inner)]
        return [s for inner in node for s in stated(inner)] if isinstance(node, list) else []

    assert set(stated(load_decision_policy().as_data())) == {"policy"}
    assert all(clock.source is None for clock in load_decision_policy().clocks.values())


def test_the_ladder_of_the_policy_is_whole(tmp_path: Path) -> None:
    outcomes = yaml.safe_load(FILE.read_text(encoding="utf-8"))["outcomes"]
    with pytest.raises(FaultyFilesError, match="from refused to distinction"):
        load_decision_policy(_changed(tmp_path, outcomes=outcomes[1:]))
