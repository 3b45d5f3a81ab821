"""Who may deliberate, propose, sign and examine: quorum, conflicts of interest, separation of duties.

Whoever supports an institution neither inspects nor decides it; whoever visited does not sign (design, "Separation").
A person stands on one side of a dossier, never on two: the key of ``dossier_people`` allows one row.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from inspect_app.domain.decisions.policy import DecisionPolicy
from inspect_app.domain.errors import DomainError, ForbiddenError


class Side(StrEnum):
    """On which side of a dossier a person stands."""

    VISIT = "visit"  # was on the visiting team
    SUPPORT = "support"  # supports the institution
    PROPOSE = "propose"  # prepares the dossier and proposes
    DECIDE = "decide"  # sits on the committee, or signs
    APPEAL = "appeal"  # examines the appeal


#: Who is on one of these sides neither deliberates nor signs.
NOT_DECIDING = frozenset({Side.VISIT, Side.SUPPORT, Side.PROPOSE, Side.APPEAL})
_WHY = {
    Side.VISIT: "visited-no-decision",
    Side.SUPPORT: "supports-it",
    Side.PROPOSE: "proposed-it",
    Side.APPEAL: "examines-it",
}

MANNERS = ("consensus", "votes")
VOTES = ("for", "against", "abstained")


@dataclass(frozen=True)
class Member:
    """A member at a deliberation. ``conflict``: undeclared, none or declared."""

    user_id: int
    body: str
    present: bool = True
    conflict: str = "none"
    vote: str | None = None

    @property
    def counts(self) -> bool:
        """Whether the member counts for the quorum: present, and free of conflicts."""
        return self.present and self.conflict == "none"


def check_side(side: Side | str | None, *, wanted: Side) -> None:
    """Raise ForbiddenError where a person who stands on a side may not stand on another one.

    ``visited-no-decision``, ``supports-it``, ``proposed-it``, ``examines-it``, ``decides-it``.
    """
    if side is None or Side(side) is wanted:
        return
    raise ForbiddenError(_WHY.get(Side(side), "decides-it"))


def check_signatory(side: Side | str | None, conflict: str) -> None:
    """Whether a person may sign. Raises ForbiddenError (by the side), DomainError ``not-declared``, ``dossier-conflict``."""
    check_side(side, wanted=Side.DECIDE)
    check_declared(conflict)


def check_declared(conflict: str) -> None:
    """Raise DomainError: ``not-declared`` before somebody has said whether they have a conflict, ``dossier-conflict``."""
    if conflict == "undeclared":
        raise DomainError("not-declared")
    if conflict != "none":
        raise ForbiddenError("dossier-conflict")


def check_committee(
    members: Sequence[Member],
    *,
    chair: int,
    manner: str,
    sides: Mapping[int, Side | str],
    policy: DecisionPolicy,
) -> None:
    """Whether a deliberation counts.

    Raises DomainError: ``member-twice``, ``manner-unknown``, ``member-involved``, ``member-undeclared``,
    ``conflicted-votes``, ``chair-missing``, ``quorum-missing``, ``bodies-missing``, ``vote-missing``,
    ``votes-with-consensus``, ``not-carried``.
    """
    ids = [m.user_id for m in members]
    if len(set(ids)) != len(ids):
        raise DomainError("member-twice", field="members", status=422)
    if manner not in MANNERS:
        raise DomainError("manner-unknown", field="manner", status=422)
    for member in members:
        side = sides.get(member.user_id)
        if side is not None and Side(side) in NOT_DECIDING:
            raise DomainError("member-involved", field="members", status=422)
        if member.present and member.conflict == "undeclared":
            raise DomainError("member-undeclared", field="members", status=422)
        if member.vote is not None and not member.counts:
            raise DomainError("conflicted-votes", field="members", status=422)
    counted = [m for m in members if m.counts]
    if chair not in {m.user_id for m in counted}:
        raise DomainError("chair-missing", field="chair", status=422)
    if len(counted) < policy.quorum:
        raise DomainError("quorum-missing", field="members", status=422, count=len(counted), quorum=policy.quorum)
    if len({m.body for m in counted}) < policy.bodies:
        raise DomainError("bodies-missing", field="members", status=422, bodies=policy.bodies)
    _check_votes([m.vote for m in counted], manner)


def _check_votes(votes: Collection[str | None], manner: str) -> None:
    if manner == "consensus":
        if any(vote is not None for vote in votes):
            raise DomainError("votes-with-consensus", field="manner", status=422)
        return
    if any(vote not in VOTES for vote in votes):
        raise DomainError("vote-missing", field="members", status=422)
    cast = list(votes)
    if cast.count("for") <= cast.count("against"):
        raise DomainError("not-carried", field="members", status=422)
