"""Appeals: until when a director may lodge one, who examines it, and what may come of it."""

from collections.abc import Collection, Container
from datetime import date
from enum import StrEnum

from inspect_app.domain.decisions.outcomes import LADDER, Outcome, rank
from inspect_app.domain.decisions.policy import DecisionPolicy
from inspect_app.domain.errors import DomainError, ForbiddenError


class AppealState(StrEnum):
    """How far an appeal is."""

    LODGED = "lodged"
    UNDER_EXAMINATION = "under_examination"
    UPHELD = "upheld"
    REJECTED = "rejected"


ENDED = frozenset({AppealState.UPHELD, AppealState.REJECTED})


def last_day(decided_on: date, policy: DecisionPolicy, holidays: Container[date]) -> date:
    """The last day on which an appeal may be lodged."""
    return policy.clock("appeal").due(decided_on, holidays)


def check_lodging(
    decided_on: date, today: date, policy: DecisionPolicy, holidays: Container[date], *, lodged: bool
) -> None:
    """Raise DomainError: ``appeal-late``, ``appeal-twice``."""
    if lodged:
        raise DomainError("appeal-twice")
    if today > last_day(decided_on, policy, holidays):
        raise DomainError("appeal-late")


def check_examiner(user_id: int, involved: Collection[int]) -> None:
    """Raise DomainError("examiner-involved") where the person took part in the visit, the dossier or the decision."""
    if user_id in involved:
        raise DomainError("examiner-involved", field="examiner", status=422)


def check_examining(user_id: int, examiner: int | None) -> None:
    """Raise ForbiddenError("not-the-examiner") for anybody else than the person named."""
    if user_id != examiner:
        raise ForbiddenError("not-the-examiner")


def replacements(contested: Outcome | str) -> tuple[Outcome, ...]:
    """What may take the place of a decision whose appeal is upheld: a better level; a suspension lifted; and after a
    withdrawal any level that grants something."""
    contested = Outcome(contested)
    if contested is Outcome.SUSPENDED:
        return (Outcome.REINSTATED,)
    if contested is Outcome.WITHDRAWN:
        return LADDER[1:]
    if contested is Outcome.REINSTATED:
        return ()
    return LADDER[rank(contested) + 1 :]


def check_replacement(contested: Outcome | str, outcome: str | None) -> None:
    """Raise DomainError("replacement-unknown") where the new outcome is not better for who appealed."""
    if outcome not in {str(o) for o in replacements(contested)}:
        raise DomainError("replacement-unknown", field="new_outcome", status=422)
