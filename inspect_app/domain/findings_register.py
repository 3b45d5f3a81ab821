"""What a final report does to the register of findings: opens, finds again, closes. Codes of criteria are for life."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from inspect_app.domain.checklist_diff import difference
from inspect_app.domain.checklists import Checklist


class FindingState(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    IN_HAND = "in_hand"  # an agreed plan answers it
    PROOF_SENT = "proof_sent"
    RETURNED = "returned"  # the proof was not enough
    VERIFIED = "verified"  # the proof was accepted; a visit has still to find it in order
    CLOSED = "closed"


#: Findings that somebody still has to mend.
UNMENDED = (FindingState.OPEN, FindingState.IN_HAND, FindingState.PROOF_SENT, FindingState.RETURNED)


class Closing(StrEnum):
    """Why a visit closes a finding."""

    MET = "met"
    NOT_APPLICABLE = "not-applicable"
    NOT_ASKED = "not-asked"  # the newer checklist has no such criterion, or does not ask it of this institution


@dataclass(frozen=True)
class Failed:
    """A criterion that the visit found not met, or only begun."""

    criterion: str
    level: int
    severity: str
    due_on: date


@dataclass(frozen=True)
class Standing:
    """A finding of the register that is not closed."""

    id: int
    criterion: str
    state: str


@dataclass(frozen=True)
class Changes:
    """What one visit does to the register."""

    opens: tuple[Failed, ...]
    again: tuple[tuple[Standing, Failed], ...]
    closes: tuple[tuple[Standing, Closing], ...]


def changes(
    standing: Sequence[Standing],
    failed: Sequence[Failed],
    *,
    asked: Collection[str],
    answers: Mapping[str, int | None],
) -> Changes:
    """What a visit that asked these criteria changes.

    ``answers``: the level found of each criterion that was answered, None where it does not apply. What was asked and
    not answered stays as it is.
    """
    found = {f.criterion: f for f in failed}
    before = {s.criterion: s for s in standing}
    closes = []
    for one in standing:
        if one.criterion in found:
            continue
        if one.criterion not in asked:
            closes.append((one, Closing.NOT_ASKED))
        elif one.criterion in answers:
            closes.append((one, Closing.MET if answers[one.criterion] is not None else Closing.NOT_APPLICABLE))
    return Changes(
        opens=tuple(f for f in failed if f.criterion not in before),
        again=tuple((before[f.criterion], f) for f in failed if f.criterion in before),
        closes=tuple(closes),
    )


def state_again(state: str) -> FindingState:
    """The state of a finding that a visit found again: what was verified was not mended after all."""
    return FindingState.OPEN if state == FindingState.VERIFIED else FindingState(state)


def due_again(state: str, due_on: date, due_now: date) -> date:
    """The last day for a finding found again: a delay never grows by failing twice, and begins anew once verified."""
    return due_now if state == FindingState.VERIFIED else min(due_on, due_now)


def reworded(old: Checklist, new: Checklist) -> frozenset[str]:
    """Criteria that both checklists ask, in other words: the same finding, but not word for word the same question."""
    if old.sha256 == new.sha256:
        return frozenset()
    asked = {"title", "requirement", "levels", "class"}
    return frozenset(c.code for c in difference(old, new).changed if asked & c.fields.keys())
