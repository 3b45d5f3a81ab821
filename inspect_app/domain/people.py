"""Rules about accounts: which roles go together, which territory each needs, how long a guesser waits, when a session ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from inspect_app.domain.errors import DomainError
from inspect_app.domain.roles import SECOND_FACTOR_ROLES, Role

#: Wrong passwords or codes in a row before the account closes for a while.
ATTEMPTS = 5
#: The first closing; each further one lasts twice as long.
FIRST_LOCK = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=24)


@dataclass(frozen=True)
class SessionLimits:
    """After how long without a sign of life, and after how long at most, a session is over."""

    idle: timedelta
    absolute: timedelta


#: The field: a day's visit without typing the password twice. Offices that can change much: a coffee break.
FIELD_SESSION = SessionLimits(idle=timedelta(hours=12), absolute=timedelta(days=3))
OFFICE_SESSION = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))


@dataclass(frozen=True)
class Scopes:
    """What a person may see. Codes of regions and provinces (HCP), ids of institutions."""

    national: bool = False
    regions: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    institutions: frozenset[int] = frozenset()

    @property
    def empty(self) -> bool:
        """Whether nothing is given."""
        return not (self.national or self.regions or self.provinces or self.institutions)

    def as_data(self) -> dict[str, object]:
        """Plain JSON, for the audit trail."""
        return {
            "national": self.national,
            "regions": sorted(self.regions),
            "provinces": sorted(self.provinces),
            "institutions": sorted(self.institutions),
        }


def lock_for(failures: int) -> timedelta | None:
    """How long the account closes at this number of failures in a row; None when it does not.

    5 → 15 min, 10 → 30 min, 15 → 1 h … 24 h at most.
    """
    if failures < ATTEMPTS or failures % ATTEMPTS:
        return None
    doubled = int(2 ** min(failures // ATTEMPTS - 1, 10))
    return min(FIRST_LOCK * doubled, LONGEST_LOCK)


def session_limits(roles: Iterable[str]) -> SessionLimits:
    """How long the sessions of a person with these roles live."""
    return OFFICE_SESSION if SECOND_FACTOR_ROLES & {Role(role) for role in roles} else FIELD_SESSION


def session_over(limits: SessionLimits, *, began: datetime, seen: datetime, now: datetime) -> bool:
    """Whether a session that began and was last seen at these instants is over. A clock in the future is over too."""
    slack = timedelta(minutes=5)  # nodes whose clocks differ a little
    if began > now + slack or seen > now + slack:
        return True
    return now - seen > limits.idle or now - began > limits.absolute


def check_functions(roles: frozenset[Role], scopes: Scopes) -> None:
    """Refuse combinations that would mix what must be separate.

    Raises DomainError: role-needed, director-alone (who directs an institution neither inspects nor decides),
    auditor-alone (who checks the others changes nothing), institution-needed, institution-for-directors, territory-needed.
    """
    if not roles:
        raise DomainError("role-needed", field="roles")
    if Role.DIRECTOR in roles:
        if roles != {Role.DIRECTOR}:
            raise DomainError("director-alone", field="roles")
        if not scopes.institutions:
            raise DomainError("institution-needed", field="institutions")
        if scopes.national or scopes.regions or scopes.provinces:
            raise DomainError("director-without-territory", field="national")
        return
    if Role.AUDITOR in roles and roles != {Role.AUDITOR}:
        raise DomainError("auditor-alone", field="roles")
    if scopes.institutions:
        raise DomainError("institution-for-directors", field="institutions")
    if scopes.empty and roles != {Role.ADMINISTRATOR}:
        raise DomainError("territory-needed", field="national")
