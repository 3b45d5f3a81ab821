"""What a decision may be, where an institution then stands, and what may follow what. Data first, few functions."""

from collections.abc import Mapping
from enum import StrEnum

from inspect_app.domain.errors import DomainError


class Outcome(StrEnum):
    """What a signed decision says. The first five are the ladder of levels (design, "Scores")."""

    REFUSED = "refused"
    PROVISIONAL = "provisional"
    CONDITIONAL = "conditional"
    ACCREDITED = "accredited"
    DISTINCTION = "distinction"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    WITHDRAWN = "withdrawn"


class Standing(StrEnum):
    """Where an institution stands in the register. It expires by the calendar: nobody signs that."""

    NONE = "none"
    REFUSED = "refused"
    PROVISIONAL = "provisional"
    CONDITIONAL = "conditional"
    ACCREDITED = "accredited"
    DISTINCTION = "distinction"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Matter(StrEnum):
    """What a dossier is about."""

    ACCREDITATION = "accreditation"  # after a visit
    SUSPENSION = "suspension"
    URGENT_SUSPENSION = "urgent_suspension"  # danger: signed without waiting for the committee
    REINSTATEMENT = "reinstatement"
    WITHDRAWAL = "withdrawal"
    APPEAL = "appeal"  # an appeal was upheld: what its examiner found takes the place of the decision


#: From the lowest to the highest.
LADDER = (Outcome.REFUSED, Outcome.PROVISIONAL, Outcome.CONDITIONAL, Outcome.ACCREDITED, Outcome.DISTINCTION)
#: Standings with which an institution is accredited in one way or other.
IN_FORCE = frozenset({Standing.PROVISIONAL, Standing.CONDITIONAL, Standing.ACCREDITED, Standing.DISTINCTION})
_ENDED = frozenset({Standing.NONE, Standing.REFUSED, Standing.WITHDRAWN, Standing.EXPIRED})

#: Outcome → the standings on which it may follow. While an institution is suspended the suspension is decided first:
#: lifted or made final; only then is a level given.
FOLLOWS: Mapping[Outcome, frozenset[Standing]] = {
    **dict.fromkeys(LADDER, IN_FORCE | _ENDED),
    Outcome.SUSPENDED: IN_FORCE,
    Outcome.REINSTATED: frozenset({Standing.SUSPENDED}),
    Outcome.WITHDRAWN: IN_FORCE | {Standing.SUSPENDED},
}

#: Matter → the outcomes that its dossier may have.
OUTCOMES: Mapping[Matter, frozenset[Outcome]] = {
    Matter.ACCREDITATION: frozenset(LADDER),
    Matter.SUSPENSION: frozenset({Outcome.SUSPENDED}),
    Matter.URGENT_SUSPENSION: frozenset({Outcome.SUSPENDED}),
    Matter.REINSTATEMENT: frozenset({Outcome.REINSTATED}),
    Matter.WITHDRAWAL: frozenset({Outcome.WITHDRAWN}),
    Matter.APPEAL: frozenset(Outcome) - {Outcome.SUSPENDED, Outcome.WITHDRAWN},
}

#: Matters that go to the signatory without a deliberation: danger does not wait, and an appeal was examined already.
WITHOUT_COMMITTEE = frozenset({Matter.URGENT_SUSPENSION, Matter.APPEAL})
#: Standings that end by themselves when their last day has passed.
EXPIRING = IN_FORCE | {Standing.SUSPENDED}


def rank(outcome: Outcome | str) -> int:
    """The place on the ladder, 0 for refused. Raises ValueError for what is no level."""
    return LADDER.index(Outcome(outcome))


def may_follow(standing: Standing | str, outcome: Outcome | str) -> bool:
    """Whether the outcome may be decided of an institution that stands so."""
    return Standing(standing) in FOLLOWS[Outcome(outcome)]


def check_follows(standing: Standing | str, outcome: Outcome | str) -> None:
    """Raise DomainError("cannot-follow") where the outcome cannot be decided of an institution that stands so."""
    if not may_follow(standing, outcome):
        raise DomainError("cannot-follow", standing=str(standing), outcome=str(outcome))


def standing_after(outcome: Outcome | str, before: Standing | str, level: str | None) -> Standing:
    """Where the institution stands after the decision; ``level`` is the one that a suspension had stopped.

    Raises DomainError: ``cannot-follow``, ``nothing-to-reinstate``.
    """
    check_follows(before, outcome)
    outcome = Outcome(outcome)
    if outcome is Outcome.REINSTATED:
        if level is None:
            raise DomainError("nothing-to-reinstate")
        return Standing(level)
    return Standing(outcome.value)


class DossierState(StrEnum):
    """How far a dossier is."""

    OPEN = "open"
    DELIBERATED = "deliberated"
    PROPOSED = "proposed"
    SIGNED = "signed"
    CLOSED = "closed"


class DossierEvent(StrEnum):
    """What happens to a dossier."""

    DELIBERATED = "deliberated"
    PROPOSED = "proposed"
    RETURNED = "returned"  # by the signatory, with reasons
    SIGNED = "signed"
    CLOSED = "closed"  # without a decision, with reasons


#: (state, event) → state; a pair that is absent is an illegal move.
MOVES: Mapping[tuple[DossierState, DossierEvent], DossierState] = {
    (DossierState.OPEN, DossierEvent.DELIBERATED): DossierState.DELIBERATED,
    (DossierState.DELIBERATED, DossierEvent.PROPOSED): DossierState.PROPOSED,
    (DossierState.OPEN, DossierEvent.PROPOSED): DossierState.PROPOSED,  # only of matters without a committee
    (DossierState.PROPOSED, DossierEvent.RETURNED): DossierState.OPEN,
    (DossierState.PROPOSED, DossierEvent.SIGNED): DossierState.SIGNED,
    (DossierState.OPEN, DossierEvent.CLOSED): DossierState.CLOSED,
    (DossierState.DELIBERATED, DossierEvent.CLOSED): DossierState.CLOSED,
}


#: The clock that runs while a dossier is in a state.
AWAITED: Mapping[DossierState, str] = {
    DossierState.OPEN: "deliberation",
    DossierState.DELIBERATED: "proposal",
    DossierState.PROPOSED: "signature",
}


def next_state(state: DossierState | str, event: DossierEvent | str, matter: Matter | str) -> DossierState:
    """The state after an event. Raises DomainError: ``illegal-dossier-move``, ``deliberation-missing``."""
    before, happening = DossierState(state), DossierEvent(event)
    alone = Matter(matter) in WITHOUT_COMMITTEE
    if (before, happening) == (DossierState.OPEN, DossierEvent.PROPOSED) and not alone:
        raise DomainError("deliberation-missing")
    if (before, happening) not in MOVES:
        raise DomainError("illegal-dossier-move", state=str(before), event=str(happening))
    return MOVES[before, happening]


def clock_of(state: DossierState | str, matter: Matter | str) -> str | None:
    """The clock that runs for a dossier in a state; None where nothing is awaited."""
    urgent = Matter(matter) is Matter.URGENT_SUSPENSION
    found = AWAITED.get(DossierState(state))
    return "urgent-signature" if urgent and found else found
